package httpd

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/httpd/view"
)

// whatWasTyped gives the words of a form that failed and cannot be shown again, so that nobody loses them: neither
// secrets nor the numbers that a page carries along. A form that was not read yet, for an expired session, is read
// now. What another site sent is not shown.
func whatWasTyped(c echo.Context) []view.Typed {
	r := c.Request()
	if own, _ := c.Get(ownFormKey).(bool); !own || r.Method != http.MethodPost {
		return nil
	}
	if r.PostForm == nil && r.ContentLength <= reviewBody { // nobody has to be signed in here: memory is bounded
		switch kind, _, _ := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType)); kind {
		case echo.MIMEApplicationForm:
			_ = r.ParseForm() // what could be read is shown
		case echo.MIMEMultipartForm:
			_ = r.ParseMultipartForm(formMemory)
		}
	}
	var names []string
	for name := range r.PostForm {
		names = append(names, name)
	}
	slices.Sort(names)
	var out []view.Typed
	for _, name := range names {
		if carried(name) {
			continue
		}
		var lines []string
		for _, v := range r.PostForm[name] {
			v = plainWords(v)
			if _, err := strconv.ParseFloat(v, 64); err != nil && v != "" {
				lines = append(lines, v)
			}
		}
		if len(lines) > 0 {
			out = append(out, view.Typed{ID: "typed-" + itoa(len(out)+1), Label: view.Phrase(plainWords(name)),
				Words: strings.Join(lines, "\n")})
		}
	}
	return out
}

// carried says that a field is a secret, or the page's own and typed by nobody.
func carried(name string) bool {
	switch name {
	case "back", "next", "passage", "looked", "accept", keyField:
		return true
	}
	return strings.Contains(name, "password") || strings.Contains(name, "token") || strings.Contains(name, "version")
}

// plainWords is a text without what cannot be written in a page.
func plainWords(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd"), "\r\n", "\n")
	return strings.TrimSpace(s)
}
