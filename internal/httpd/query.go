package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
	"claimbench/internal/term"
)

// param is a name that the query of a route may carry. check refuses a value that is none of a closed vocabulary; nil
// where the handler reads what was typed.
type param struct {
	name  string
	check func(value string) error
}

// words are parameters whose values are typed: words, numbers, dates.
func words(names ...string) []param {
	out := make([]param, len(names))
	for i, n := range names {
		out[i] = param{name: n}
	}
	return out
}

// choice is a parameter whose value is a name of a vocabulary.
func choice[T ~string](name string, of term.Table[T]) []param {
	return []param{{name, func(value string) error { return of.Check(name, T(value)) }}}
}

// oneOrNot is a parameter that is "1" or not there.
func oneOrNot(name string) []param {
	return choice(name, term.New("value of "+name, term.Term[string]{Name: "1"}))
}

// asks names the parameters that the route's address may carry; without it there are none.
func (a access) asks(params ...[]param) access {
	a.params = slices.Concat(append([][]param{a.params}, params...)...)
	return a
}

// knownQuery refuses a page whose address carries a name or a value that the route does not know: a filter that is
// misspelt must not look as if it had filtered.
func (s *Server) knownQuery(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := s.routeOf(c)
		if m := c.Request().Method; m != http.MethodGet && m != http.MethodHead || r.path == "" {
			return next(c)
		}
		for name, values := range c.QueryParams() {
			if err := r.access.knows(name, values); err != nil {
				return err
			}
		}
		return next(c)
	}
}

// knows says whether a parameter is one that the route may carry, once, with a value that it can have.
func (a access) knows(name string, values []string) error {
	i := slices.IndexFunc(a.params, func(p param) bool { return p.name == name })
	switch {
	case i < 0 && len(a.params) == 0:
		return fault.New(fault.Invalid, "“%s” in the address is not known here: this page takes no parameters. Leave "+
			"it out.", short(name)).With(short(name), "This page takes no parameters.")
	case i < 0:
		known := make([]string, len(a.params))
		for j, p := range a.params {
			known[j] = p.name
		}
		return fault.New(fault.Invalid, "“%s” in the address is not known here. Known are %s.", short(name),
			strings.Join(known, ", ")).With(short(name), "This parameter is not known here.")
	case len(values) > 1:
		return fault.New(fault.Invalid, "“%s” stands %d times in the address; write it once.", name,
			len(values)).With(name, "Write it once.")
	case values[0] == "" || a.params[i].check == nil:
		return nil
	}
	return a.params[i].check(values[0])
}
