package httpd

import (
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/lang"
)

// between parts the codes that somebody types.
func between(r rune) bool { return r == ',' || r == ' ' || r == '،' || r == '、' }

// readsForm is which languages a person says that they read: those ticked, and others by their codes.
type readsForm struct {
	Langs []string `form:"lang" json:"langs" of:"lang"`
	Other string   `form:"other" json:"-"`
}

// readsSet keeps which languages a person reads.
func (s *Server) readsSet(c echo.Context) error {
	var form readsForm
	var kept []string
	err := bind(c, &form)
	if err == nil {
		kept, err = s.Auth.SetReads(c.Request().Context(), actorOf(c), append(slices.Clone(form.Langs),
			strings.FieldsFunc(form.Other, between)...))
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Settings(c.Request().Context(), actorOf(c))
			return filled(s.settingsPage(c, seen), err, func(p *view.Settings) {
				p.Wrong, p.Langs, p.OtherLangs = w, readable(form.Langs), form.Other
			})
		})
	}
	return s.done(c, "/settings", "Your languages are kept", desk.ReadsJSON{Langs: kept})
}

// readable are the languages that the program knows something of, with those that are chosen.
func readable(chosen []string) []view.Option {
	var out []view.Option
	for _, p := range lang.All() {
		out = append(out, view.Option{Value: p.Code, Word: languageName(p.Code),
			Chosen: slices.Contains(chosen, p.Code)})
	}
	slices.SortFunc(out, func(a, b view.Option) int { return strings.Compare(a.Word, b.Word) })
	return out
}

// unlisted are the chosen languages that the program knows nothing of.
func unlisted(chosen []string) string {
	known := readable(nil)
	return strings.Join(slices.DeleteFunc(slices.Clone(chosen), func(tag string) bool {
		return slices.ContainsFunc(known, func(o view.Option) bool { return o.Value == tag })
	}), ", ")
}
