package httpd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// wantsJSON says that a program asks, not a browser.
func wantsJSON(c echo.Context) bool {
	if _, program := bearerOf(c.Request()); program {
		return true
	}
	accept := c.Request().Header.Get(echo.HeaderAccept)
	return strings.Contains(accept, "json") && !strings.Contains(accept, echo.MIMETextHTML)
}

// program answers a program. It is the only writer of JSON but for problems and the live stream.
func (s *Server) program(c echo.Context, status int, data desk.Answer) error {
	raw, err := written(data)
	if err != nil {
		return err
	}
	versioned(c, data)
	return s.body(c, status, echo.MIMEApplicationJSON, raw)
}

func written(data desk.Answer) ([]byte, error) {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(data); err != nil {
		return nil, fault.Wrap(fault.Internal, err, "writing %T", data)
	}
	return b.Bytes(), nil
}

// respond answers a request that read something: the page for a browser, data for a program.
func (s *Server) respond(c echo.Context, status int, page view.Page, data desk.Answer) error {
	c.Response().Header().Add(echo.HeaderVary, "Accept, HX-Request, HX-Target")
	if wantsJSON(c) {
		return s.program(c, status, data)
	}
	var b bytes.Buffer
	render := s.render.Render
	worker, works := page.(view.Worker)
	switch {
	case works && inWorkOf(c, worker):
		render = func(w io.Writer, _ view.Page) error { return s.render.RenderWork(w, worker) }
	case inWork(c): // a page of another kind
		c.Response().Header().Set("HX-Retarget", "#view")
		render = s.render.RenderView
	case c.Request().Header.Get("HX-Request") == "true":
		render = s.render.RenderView
	}
	if err := render(&b, page); err != nil {
		return fault.Wrap(fault.Internal, err, "rendering %s", page.Template())
	}
	shown := b.Bytes()
	if then := thenOf(c); then != nil {
		shown = s.atThen(shown, *then)
	}
	return s.body(c, status, echo.MIMETextHTMLCharsetUTF8, shown)
}

// inWork says that a page asks for what stands in its #work, which changes in its own place.
func inWork(c echo.Context) bool {
	h := c.Request().Header
	return h.Get("HX-Request") == "true" && strings.HasSuffix(h.Get("HX-Target"), "#work")
}

// inWorkOf says that it is asked for by a page of the same kind.
func inWorkOf(c echo.Context, page view.Worker) bool {
	at, err := url.Parse(c.Request().Header.Get("HX-Current-URL"))
	return err == nil && inWork(c) && matches(page.Work(), at.Path)
}

// ahead says that a page asks for what its reader may look at next. Nobody has looked at it yet: it takes no notice
// away, and leaves no trace.
func ahead(c echo.Context) bool { return c.Request().Header.Get("Purpose") == "prefetch" }

// refusedInPlace says in #refused of a page why what it sent from #work was not taken; all else stays as it is.
func (s *Server) refusedInPlace(c echo.Context, status int, page *view.ErrorPage) error {
	var b bytes.Buffer
	if err := s.render.RenderRefusal(&b, page); err != nil {
		return fault.Wrap(fault.Internal, err, "rendering a refusal")
	}
	h := c.Response().Header()
	h.Set("HX-Retarget", "#refused")
	h.Set("HX-Reswap", "innerHTML")
	return s.body(c, status, echo.MIMETextHTMLCharsetUTF8, b.Bytes())
}

// either answers as respond does, and makes only the one of the two that was asked for.
func (s *Server) either(c echo.Context, page func() view.Page, data func() desk.Answer) error {
	if wantsJSON(c) {
		return s.respond(c, http.StatusOK, nil, data())
	}
	return s.respond(c, http.StatusOK, page(), nil)
}

// done answers a request that changed something: 303 to the next page with a notice for a browser, data for a program.
func (s *Server) done(c echo.Context, next, notice string, data desk.Answer) error {
	if wantsJSON(c) {
		return s.did(c, http.StatusOK, next, data)
	}
	c.Set(addressKey, next)
	return s.lead(c, next, notice)
}

// lead sends a browser to a page with a notice. The outbox of a page (web/src/outbox.ts) asks by Prefer: return=minimal
// to be told the address and no more, for it goes there itself.
func (s *Server) lead(c echo.Context, next, notice string) error {
	if notice != "" {
		s.setNotice(c, notice+", "+clockIn(s.DB.Now(), readersZone(c))+".")
	}
	if key, ok := c.Get(sentKey).(string); ok {
		sent := s.cookie(sentCookie, key, time.Minute)
		sent.HttpOnly, sent.SameSite = false, http.SameSiteStrictMode
		c.SetCookie(sent)
	}
	if c.Request().Header.Get("Prefer") == "return=minimal" {
		c.Response().Header().Set(echo.HeaderLocation, next)
		return c.NoContent(http.StatusNoContent)
	}
	return c.Redirect(http.StatusSeeOther, next)
}

// refused answers a form that was not taken: the same page again with what was typed and what is wrong with it. again
// fills the page's form. Anything that typing cannot mend goes to the error mapper, as every error of a program does.
func (s *Server) refused(c echo.Context, err error, again func(view.Wrong) (view.Page, error)) error {
	kind := fault.KindOf(err)
	if wantsJSON(c) || kind != fault.Invalid && kind != fault.Conflict && kind != fault.TooLarge &&
		kind != fault.Limited && kind != fault.Unauthenticated {
		return err
	}
	page, second := again(wrongOf(c, err))
	if second != nil {
		return err // what is wrong with the form matters more than that it cannot be shown
	}
	if worker, works := page.(view.Worker); inWork(c) && !(works && inWorkOf(c, worker)) {
		return err // said where the form stands
	}
	return s.respond(c, statusOf(kind), page, nil)
}

// filled fills the page of a form that was refused with what was typed. One that could not be read is not filled.
func filled[T any, P interface {
	*T
	view.Page
}](page P, err error, fill func(P)) (view.Page, error) {
	if page == nil {
		return nil, err
	}
	fill(page)
	return page, err
}

// wrongOf spreads a fault over the fields of a form.
func wrongOf(c echo.Context, err error) view.Wrong {
	w := view.Wrong{"": fault.Message(err)}
	if f, ok := fault.As(err); ok {
		for _, field := range ownFields(c, f.Fields) {
			w[field.Name] = field.Msg
		}
	}
	return w
}

func (s *Server) setNotice(c echo.Context, words string) {
	notice := s.cookie(noticeCookie, url.QueryEscape(words), time.Minute)
	notice.SameSite = http.SameSiteStrictMode
	c.SetCookie(notice)
}

// takeNotice reads what the last act did, once.
func (s *Server) takeNotice(c echo.Context) string {
	value := cookieValue(c, noticeCookie)
	if value == "" {
		return ""
	}
	c.SetCookie(s.cookie(noticeCookie, "", gone))
	words, err := url.QueryUnescape(value)
	if err != nil || len(words) > 300 {
		return ""
	}
	return words
}

func under(c auth.CollectionID, page string) string { return "/collections/" + itoa(c) + "/" + page }

func itoa[T ~int64 | ~int](n T) string { return strconv.FormatInt(int64(n), 10) }

// claimURL is where a claim's page is.
func claimURL(n claims.ID) string { return "/claims/" + itoa(n) }

func setURL(n claimset.ID) string { return "/sets/" + itoa(n) }

// maxOwnPath bounds a path that a form brings, in bytes.
const maxOwnPath = 2048

// What a path of ours is made of. Our routes need no percent sign in a path, so none is taken: nothing can be decoded
// into something else later.
var (
	ownPathShape     = regexp.MustCompile(`^/$|^(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$`)
	ownQueryShape    = regexp.MustCompile(`^[A-Za-z0-9!$%&'()*+,./:;=?@_~\x{80}-\x{10ffff}-]*$`)
	ownFragmentShape = regexp.MustCompile(`^[A-Za-z0-9._:-]*$`)
)

// ownPath is where a form asked to return to: the address of a page of this site, or the fallback. Every redirect
// that takes a value from outside goes through it. It asks what is allowed: the path is one of our routes that GET
// opens, and the query and the fragment hold plain characters.
func (s *Server) ownPath(asked, fallback string) string {
	if u, err := parseOwnPath(asked); err == nil && s.opens(u.Path) {
		return u.String()
	}
	return fallback
}

// parseOwnPath reads an address without scheme and host whose path, query and fragment are plain.
func parseOwnPath(asked string) (*url.URL, error) {
	if len(asked) > maxOwnPath {
		return nil, fault.New(fault.Invalid, "an address of %d bytes", len(asked))
	}
	u, err := url.Parse(asked)
	if err != nil {
		return nil, err
	}
	switch {
	case u.Scheme != "" || u.Opaque != "" || u.Host != "" || u.User != nil:
		return nil, fmt.Errorf("%q is an address elsewhere", asked)
	case !ownPathShape.MatchString(u.Path) || u.RawPath != "" || !strings.HasPrefix(asked, u.Path):
		return nil, fmt.Errorf("%q has a path that is none of ours", asked)
	case !ownQueryShape.MatchString(u.RawQuery) || !ownFragmentShape.MatchString(u.Fragment):
		return nil, fmt.Errorf("%q holds characters that no address of ours needs", asked)
	}
	if _, err := url.ParseQuery(u.RawQuery); err != nil {
		return nil, err
	}
	u.RawQuery = escapeForeign(u.RawQuery)
	return u, nil
}

// escapeForeign writes what is not ASCII as percent signs, for a header holds ASCII only.
func escapeForeign(query string) string {
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c < 0x80 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// opens says whether GET opens a page at this path.
func (s *Server) opens(path string) bool {
	for _, pattern := range s.pages {
		if matches(pattern, path) {
			return true
		}
	}
	return false
}

// matches says whether a path is of a route's shape, in which “:name” stands for any one segment.
func matches(pattern, path string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return false
	}
	for i, w := range want {
		if w != have[i] && (!strings.HasPrefix(w, ":") || have[i] == "") {
			return false
		}
	}
	return true
}
