package session

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
)

const noticeCookie = "notice"

// Notices carry one sentence over a redirect, signed, so that nobody else can put words in the
// portal's mouth.
type Notices struct {
	Key    []byte
	Secure bool
}

// Leave is said on the next page.
func (n Notices) Leave(w http.ResponseWriter, words string) {
	text := base64.RawURLEncoding.EncodeToString([]byte(words))
	http.SetCookie(w, n.cookie(text+"."+n.sum(text), 60))
}

// Take is what was left, once.
func (n Notices) Take(w http.ResponseWriter, r *http.Request) string {
	c, err := r.Cookie(noticeCookie)
	if err != nil {
		return ""
	}
	http.SetCookie(w, n.cookie("", -1))
	text, sum, _ := strings.Cut(c.Value, ".")
	words, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || !hmac.Equal([]byte(sum), []byte(n.sum(text))) {
		return ""
	}
	return string(words)
}

func (n Notices) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: noticeCookie, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: n.Secure, SameSite: http.SameSiteLaxMode,
	}
}

func (n Notices) sum(text string) string {
	mac := hmac.New(sha256.New, n.Key)
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
