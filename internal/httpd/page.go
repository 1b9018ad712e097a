package httpd

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// wantsJSON says that a program asks, not a browser.
func wantsJSON(c echo.Context) bool {
	accept := c.Request().Header.Get(echo.HeaderAccept)
	return strings.Contains(accept, "json") && !strings.Contains(accept, echo.MIMETextHTML)
}

// program answers a program. It is the only writer of JSON but for problems and the live stream.
func (s *Server) program(c echo.Context, status int, data desk.Answer) error {
	return c.JSON(status, data)
}

// respond answers a request that read something: the page for a browser, data for a program.
func (s *Server) respond(c echo.Context, status int, page view.Page, data desk.Answer) error {
	c.Response().Header().Add(echo.HeaderVary, "Accept, HX-Request")
	if wantsJSON(c) {
		return s.program(c, status, data)
	}
	var b bytes.Buffer
	render := s.render.Render
	if c.Request().Header.Get("HX-Request") == "true" {
		render = s.render.RenderView
	}
	if err := render(&b, page); err != nil {
		return fault.Wrap(fault.Internal, err, "rendering %s", page.Template())
	}
	return c.HTMLBlob(status, b.Bytes())
}

// done answers a request that changed something: 303 to the next page with a notice for a browser, data for a program.
func (s *Server) done(c echo.Context, next, notice string, data desk.Answer) error {
	c.Set(addressKey, addressOf(c, next, data))
	if wantsJSON(c) {
		return s.program(c, http.StatusOK, data)
	}
	return s.lead(c, next, notice)
}

// lead sends a browser to a page with a notice. The outbox of a page (web/src/outbox.ts) asks by Prefer: return=minimal
// to be told the address and no more, for it goes there itself.
func (s *Server) lead(c echo.Context, next, notice string) error {
	if notice != "" {
		s.setNotice(c, notice+", "+clock(s.DB.Now())+".")
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
	return s.respond(c, statusOf(kind), page, nil)
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

// theme reads the colours a person chose; anything else is the system's.
func theme(c echo.Context) string {
	if t := cookieValue(c, themeCookie); t == "light" || t == "dark" {
		return t
	}
	return ""
}

// shell makes what surrounds a page whose collection was read already; nil is a page that is in none.
func (s *Server) shell(c echo.Context, title, here string, col *articles.Collection) view.Shell {
	actor, in := signedIn(c)
	if !in || col != nil {
		return s.framed(c, title, here, s.desk.FrameIn(actor, col))
	}
	f, err := s.desk.Frame(c.Request().Context(), actor, 0)
	if err != nil {
		s.log.Warn("a page without its frame", "path", c.Path(), "err", err)
	}
	return s.framed(c, title, here, f)
}

// framed makes what surrounds a page: who is signed in, where, and where they may go. here is the word of its tab.
func (s *Server) framed(c echo.Context, title, here string, f desk.Frame) view.Shell {
	sh := view.Shell{Title: title, Theme: theme(c), Here: c.Request().URL.RequestURI(), Status: s.takeNotice(c),
		Demo: s.Auth.Demo()}
	actor, in := signedIn(c)
	if !in {
		return sh
	}
	if r := actor.Reset; r != nil {
		sh.Reset = &view.Reset{ID: r.Link, By: r.By, At: day(r.At) + ", " + clock(r.At),
			Dismiss: "/settings/reset-notice"}
	}
	sh.User, sh.Live = &view.User{Name: actor.Display, Roles: rolesWord(f.Roles)}, "/live"
	var col auth.CollectionID
	if f.Collection != nil {
		col = f.Collection.ID
		sh.Collection = &view.Link{URL: "/collections", Word: f.Collection.Name}
		sh.LiveTopic = "collection:" + itoa(col)
		if f.Search {
			sh.SearchURL = under(col, "search")
		}
	}
	for _, t := range f.Tabs {
		word, url := tabOf(t, col)
		sh.Tabs = append(sh.Tabs, view.Tab{URL: url, Word: word, Here: word == here})
	}
	return sh
}

func rolesWord(roles []auth.Role) string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = string(r)
	}
	return strings.Join(out, ", ")
}

// tabOf is how a tab reads and where it leads.
func tabOf(t desk.Tab, c auth.CollectionID) (word, url string) {
	switch t {
	case desk.TabQueue:
		return "Queue", under(c, "queue")
	case desk.TabArticles:
		return "Articles", under(c, "articles")
	case desk.TabClaims:
		return "Claims", under(c, "claims")
	case desk.TabSets:
		return "Claim sets", under(c, "sets")
	}
	return view.Phrase(string(t)), "/" + string(t)
}

func under(c auth.CollectionID, page string) string { return "/collections/" + itoa(c) + "/" + page }

func itoa[T ~int64 | ~int](n T) string { return strconv.FormatInt(int64(n), 10) }

// collection reads the collection that a page is in.
func (s *Server) collection(c echo.Context, id auth.CollectionID) (*articles.Collection, error) {
	actor, _ := signedIn(c)
	col, err := s.Articles.Collection(c.Request().Context(), actor, id)
	return &col, err
}

// themeSet keeps the colours that a person chose, in a cookie, for a year.
func (s *Server) themeSet(c echo.Context) error {
	var form struct {
		Theme string `form:"theme" json:"theme"`
		Back  string `form:"back" json:"back"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	life := 365 * 24 * time.Hour
	if form.Theme != "light" && form.Theme != "dark" {
		form.Theme, life = "", gone
	}
	c.SetCookie(s.cookie(themeCookie, form.Theme, life))
	return s.done(c, s.ownPath(form.Back, "/settings"), "", desk.ThemeJSON{Theme: form.Theme})
}

// actorOf is who comes; the route's guard has seen to it that somebody is signed in.
func actorOf(c echo.Context) auth.Actor {
	actor, _ := signedIn(c)
	return actor
}

// addressOf is where the outcome of an act is read: for a browser the page that comes next; for a program the object
// that was changed.
func addressOf(c echo.Context, next string, data desk.Answer) string {
	if !wantsJSON(c) {
		return next
	}
	switch d := data.(type) {
	case desk.SetJSON:
		return setURL(d.ID)
	case desk.ClaimJSON:
		return claimURL(d.ID)
	case desk.EvidenceJSON:
		return claimURL(d.Claim)
	case desk.ImportedJSON:
		return "/articles/" + itoa(d.Article.ID)
	case desk.ReviewedJSON:
		return claimURL(d.Claim.ID)
	}
	return ownPage(c.Request().URL.Path)
}
