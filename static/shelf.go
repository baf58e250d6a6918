package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
)

// asset is one file as it is sent.
type asset struct {
	body        []byte
	gzipped     []byte // nil where packing does not help
	contentType string
}

// shelved are all assets by address, and all addresses by the plain name.
type shelved struct {
	asset map[string]asset
	url   map[string]string
}

var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

func build() shelved {
	s := shelved{asset: map[string]asset{}, url: map[string]string{}}
	s.put("inter.woff2", mustRead("fonts/inter.woff2"))
	s.put("jetbrains-mono.woff2", mustRead("fonts/jetbrains-mono.woff2"))
	s.put("mark.svg", mustRead("brand/mark.svg"))
	s.put("htmx.js", mustRead("vendor/htmx/htmx.min.js"))
	s.put("portal.js", joinedScripts())
	// The sheet comes last: it names the fonts by their addresses.
	s.put("portal.css", []byte(s.withFonts(joinedSheet())))
	return s
}

func (s shelved) put(name string, body []byte) {
	ext := path.Ext(name)
	sum := sha256.Sum256(body)
	url := Prefix + strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:5]) + ext
	a := asset{body: body, contentType: contentTypes[ext]}
	if ext != ".woff2" { // already packed
		a.gzipped = zip(body)
	}
	s.asset[url], s.url[name] = a, url
}

func (s shelved) withFonts(sheet string) string {
	for name, url := range s.url {
		sheet = strings.ReplaceAll(sheet, `"../fonts/`+name+`"`, `"`+url+`"`)
	}
	return sheet
}

func zip(body []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic("static: " + err.Error())
	}
	// A buffer takes everything; an error here would be one of the gzip package itself.
	if _, err := w.Write(body); err != nil {
		panic("static: " + err.Error())
	}
	if err := w.Close(); err != nil {
		panic("static: " + err.Error())
	}
	return b.Bytes()
}

// mustRead panics on a file that is not embedded: the program was built wrongly.
func mustRead(name string) []byte {
	body, err := files.ReadFile(name)
	if err != nil {
		panic("static: " + err.Error())
	}
	return body
}
