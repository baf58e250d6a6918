package sheet

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatLooksLikeAFormulaIsGuarded(t *testing.T) {
	for text, want := range map[string]string{
		"Bramley":             "Bramley",
		"":                    "",
		"'t Hooft BV":         "'t Hooft BV",
		"=1+1":                "'=1+1",
		"+48 22 100":          "'+48 22 100",
		"-5":                  "'-5",
		"@SUM(A1)":            "'@SUM(A1)",
		"\t=1":                "'\t=1",
		"\r=1":                "'\r'=1",
		"\n":                  "'\n",
		"\x00=1":              "'\x00=1",
		"  =1":                "'  =1",
		"\u00a0=1":            "'\u00a0=1",
		"\u200b\ufeff=1":      "'\u200b\ufeff=1",
		"＝1":                  "'＝1",
		"＠SUM":                "'＠SUM",
		"a=1":                 "a=1",
		"'=1":                 "''=1",
		"one\n=two\r\n+three": "one\n'=two\r\n'+three",
	} {
		if got := guarded(text); got != want {
			t.Errorf("guarded(%q) = %q, want %q", text, got, want)
		}
		if got := unguarded(want); got != text {
			t.Errorf("unguarded(%q) = %q, want %q", want, got, text)
		}
	}
}

func TestOnlyOneGuardIsTakenOff(t *testing.T) {
	for text, want := range map[string]string{"'=1": "=1", "''=1": "'=1", "'x": "'x", "''": "''", " '=1": " '=1"} {
		if got := unguarded(text); got != want {
			t.Errorf("unguarded(%q) = %q, want %q", text, got, want)
		}
	}
}

// cells are texts in which everything that matters to guards, quotes and lines is frequent.
var cells = rapid.StringOf(rapid.OneOf(
	rapid.SampledFrom([]rune("=+-@'\"\t\r\n ,;a\u00a0\u200b\ufeff＝＋－＠")),
	rapid.Rune().Filter(func(r rune) bool { return r != 0 }),
))

func TestWhatIsWrittenIsReadBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		separator := rapid.SampledFrom([]byte{',', ';'}).Draw(t, "separator")
		rows := rapid.SliceOfN(rapid.SliceOfN(cells, 1, 6), 1, 5).Draw(t, "rows")
		var file bytes.Buffer
		w := NewWriter(&file, separator)
		for _, row := range rows {
			w.Write(row...)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}

		l, err := newLines(&file)
		if err != nil {
			t.Fatal(err)
		}
		l.separator = separator
		for i, row := range rows {
			rec, err := l.next()
			if err != nil || rec.fault != "" || strings.Join(rec.cells, "\x00") != strings.Join(row, "\x00") {
				t.Fatalf("row %d: %q came back as %q (%s, %v)", i, row, rec.cells, rec.fault, err)
			}
		}
		if _, err := l.next(); err != io.EOF {
			t.Fatalf("after the last row: %v", err)
		}
	})
}

func TestNoWrittenLineRunsAsAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := guarded(cells.Draw(t, "cell"))
		eachLine(text, func(rest string) (string, int) {
			if bare := strings.TrimLeft(rest, skipped); bare != "" && strings.ContainsAny(bare[:1], "=+-@\t\r\n") {
				t.Fatalf("%q has a line that runs", text)
			}
			return "", 0
		})
	})
}
