package httpd

import (
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// A page of reading is shown to auditors as it stood at a moment: with asof in its address. Links and filters of such a
// page go on at that moment where they lead to pages of the same kind.

const (
	asOfParam = "asof"
	thenKey   = "then" // desk.Then of a request that asks for the past
	// asOfHeader tells a program which moment it was answered of.
	asOfHeader = "Claimbench-As-Of"
)

// asOf is the middleware that turns a request to the past.
func (s *Server) asOf(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		asked := c.QueryParam(asOfParam)
		if asked == "" || !s.routeOf(c).access.past {
			return next(c)
		}
		actor, in := signedIn(c)
		if !in {
			return next(c) // the route asks to sign in
		}
		at, err := momentAsked(c, asked)
		if err != nil {
			return err
		}
		ctx, then, err := s.desk.Backwards(c.Request().Context(), actor, at)
		if err != nil {
			return err
		}
		c.SetRequest(c.Request().WithContext(ctx))
		c.Set(thenKey, then)
		c.Response().Header().Set(asOfHeader, then.At.String())
		return next(c)
	}
}

// momentAsked reads a moment: with its zone, or in the hours of the reader; a day is its first moment.
func momentAsked(c echo.Context, asked string) (at micros, err error) {
	zone, err := zoneOf(c)
	if err != nil {
		return 0, err
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, asked, zone); err == nil {
			return desk.MicrosOf(t), nil
		}
	}
	return 0, fault.New(fault.Invalid, "“%s” is no moment. Write it as 2026-11-01T09:30, or with its zone as "+
		"2026-11-01T09:30:00Z.", short(asked)).With(asOfParam, "Write a moment as 2026-11-01T09:30.")
}

type micros = desk.Micros

// thenOf is the moment of a page, nil for now.
func thenOf(c echo.Context) *desk.Then {
	if then, ok := c.Get(thenKey).(desk.Then); ok {
		return &then
	}
	return nil
}

// ofNow is the address of a file that holds what is so now; "" on a page of the past, where nobody would expect that.
func ofNow(c echo.Context, url string) string {
	if thenOf(c) != nil {
		return ""
	}
	return url
}

// pastShown is the banner of a page of the past, or the way to one.
func (s *Server) pastShown(c echo.Context, f desk.Frame) *view.Past {
	if !f.Past || !s.routeOf(c).access.past {
		return nil
	}
	here := *c.Request().URL
	query := here.Query()
	query.Del(asOfParam)
	p := &view.Past{Action: here.Path, Now: here.Path}
	if len(query) > 0 {
		p.Now += "?" + query.Encode()
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		for _, value := range query[name] {
			p.Keep = append(p.Keep, view.Fact{Word: name, Value: value})
		}
	}
	if then := thenOf(c); then != nil {
		zone, err := zoneOf(c)
		if err != nil {
			zone = time.UTC
		}
		p.At, p.Stamp = exactlyIn(then.At, zone), stamp(then.At)
		p.Value = then.At.Time().In(zone).Format("2006-01-02T15:04:05")
		p.Last = momentIn(then.Last, zone)
	}
	return p
}

var (
	pageLinks = regexp.MustCompile(`(href|hx-get)="(/[^"#]*)(#[^"]*)?"( data-now)?`)
	laterPart = regexp.MustCompile(`(?s)<section[^>]* hx-get="([^"]*)" hx-trigger="load"[^>]*>.*?</section>`)
	getForms  = regexp.MustCompile(`<form[^>]*action="([^"]*)"[^>]*method="get"[^>]*>`)
)

// atThen keeps the moment in the links and filters of a page of the past, and in the parts that it loads. A part that
// has no past is not there: it would show today.
func (s *Server) atThen(page []byte, then desk.Then) []byte {
	at := url.QueryEscape(then.At.String())
	out := laterPart.ReplaceAllStringFunc(string(page), func(part string) string {
		path, _, _ := strings.Cut(html.UnescapeString(laterPart.FindStringSubmatch(part)[1]), "?")
		if s.showsPast(path) {
			return part
		}
		return ""
	})
	out = pageLinks.ReplaceAllStringFunc(out, func(link string) string {
		m := pageLinks.FindStringSubmatch(link)
		path, query, _ := strings.Cut(html.UnescapeString(m[2]), "?")
		if !s.showsPast(path) || strings.Contains(query, asOfParam+"=") || m[4] != "" {
			return link
		}
		mark := "?"
		if query != "" {
			mark = "&amp;"
		}
		return m[1] + `="` + m[2] + mark + asOfParam + "=" + at + m[3] + `"`
	})
	return []byte(getForms.ReplaceAllStringFunc(out, func(form string) string {
		if path := getForms.FindStringSubmatch(form)[1]; !s.showsPast(path) || strings.Contains(form, "data-asof") {
			return form
		}
		return form + `<input type="hidden" name="` + asOfParam + `" value="` + then.At.String() + `">`
	}))
}

// showsPast says whether the page at a path can be asked of the past.
func (s *Server) showsPast(path string) bool {
	for _, r := range s.table {
		if r.access.past && matches(r.path, path) {
			return true
		}
	}
	return false
}
