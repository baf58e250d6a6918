package session

import "net/http"

const themeCookie = "theme"

// Theme is the theme that the demo's gallery asked this browser for: "light", "dark" or none.
func Theme(r *http.Request) string {
	c, err := r.Cookie(themeCookie)
	if err != nil {
		return ""
	}
	return known(c.Value)
}

// HoldTheme asks the browser for a theme from now on; any other word takes the wish back.
func HoldTheme(w http.ResponseWriter, theme string) {
	c := &http.Cookie{Name: themeCookie, Value: known(theme), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if c.Value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

func known(theme string) string {
	if theme == "light" || theme == "dark" {
		return theme
	}
	return ""
}
