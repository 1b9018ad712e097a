package httpd

import (
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/notices"
	"claimbench/internal/review"
)

// theme reads the colours a person chose; anything else is the system's.
func theme(c echo.Context) string {
	if t := cookieValue(c, themeCookie); t == "light" || t == "dark" {
		return t
	}
	return ""
}

// shell makes what surrounds a page that is in no collection.
func (s *Server) shell(c echo.Context, title, here string) view.Shell {
	actor, in := signedIn(c)
	if !in {
		return s.framed(c, title, here, desk.Frame{})
	}
	f, err := s.lastFrame(c, actor)
	if err != nil {
		s.log.Warn("a page without its frame", "path", c.Path(), "err", err)
	}
	return s.framed(c, title, here, f)
}

// framed makes what surrounds a page: who is signed in, where, and where they may go. here is the word of its tab.
func (s *Server) framed(c echo.Context, title, here string, f desk.Frame) view.Shell {
	sh := view.Shell{Title: title, Theme: theme(c), Here: c.Request().URL.RequestURI(),
		Demo: s.Auth.Demo()}
	if !ahead(c) {
		sh.Status = s.takeNotice(c)
	}
	actor, in := signedIn(c)
	if !in {
		return sh
	}
	if r := actor.Reset; r != nil {
		sh.Reset = &view.Reset{ID: r.Link, By: r.By, At: day(r.At) + ", " + clockIn(r.At, time.UTC),
			Dismiss: "/settings/reset-notice"}
	}
	sh.User, sh.Live = &view.User{SignIn: actor.Name, Name: actor.Display, Roles: rolesWord(f.Roles)}, "/live"
	sh.Past = s.pastShown(c, f)
	var col auth.CollectionID
	if f.Collection != nil {
		col = f.Collection.ID
		if strings.HasPrefix(c.Path(), "/collections/:collection/") {
			s.remember(c, col)
		}
		sh.Collection = &view.Link{URL: "/collections", Word: f.Collection.Name}
		sh.LiveTopic = "collection:" + itoa(col)
		if f.Search {
			sh.SearchURL = under(col, "search")
		}
	}
	if f.Unread > 0 {
		sh.Unread = cappedFrom(f.Unread, notices.CountCap)
	}
	sh.Undo = turnOf(unlessStays(c, actor, col, f.Undo), under(col, "undo"))
	sh.Redo = turnOf(unlessStays(c, actor, col, f.Redo), under(col, "redo"))
	sh.Stays = turnOf(unlessStays(c, actor, col, f.Stays), under(col, "undo"))
	for _, t := range f.Tabs {
		word, url := tabOf(t, col)
		sh.Tabs = append(sh.Tabs, view.Tab{URL: url, Word: word, Here: word == here})
		sh.Places = append(sh.Places, view.Place{URL: url, Word: word, Act: goActs[t]})
		if t == desk.TabQueue {
			sh.Places = append(sh.Places, view.Place{Word: "Candidates", Act: "go-candidates",
				URL: withQuery(url, "tab", string(review.TabCandidates))})
		}
	}
	for _, to := range []struct {
		may        bool
		path, word string
	}{{f.Guide, "guidelines", "Guidelines"}, {f.Guide, "method", "Method: how this collection checks"},
		{f.Shelf, "checked", "Already checked: fact-checks of others"},
		{f.Print, "alarms", "Alarms: what happened to what is in print"},
		{f.Status, "status", "Status of printed claims"}, {f.Requests, "requests", "Requests: what readers ask"},
		{f.Import, "articles/import", "Articles in: import files and texts"}} {
		if to.may {
			sh.Places = append(sh.Places, view.Place{URL: under(col, to.path), Word: to.word})
		}
	}
	sh.Places = append(sh.Places, view.Place{URL: "/notices", Word: "Your notices", Act: "go-notices"},
		view.Place{URL: "/settings", Word: "Your settings"})
	if slices.Contains(f.Tabs, desk.TabQueue) {
		sh.Places = append(sh.Places, view.Place{URL: "/drafts", Word: "Your drafts"})
	}
	return sh
}

// goActs are the acts of the keys that lead to the parts of the workbench.
var goActs = map[desk.Tab]string{desk.TabQueue: "go-queue", desk.TabArticles: "go-articles",
	desk.TabClaims: "go-claims", desk.TabSets: "go-sets", desk.TabHistory: "go-history",
	desk.TabDashboard: "go-dashboard"}

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
	case desk.TabDashboard:
		return "Dashboard", under(c, "dashboard")
	}
	return view.Phrase(string(t)), "/" + string(t)
}

// themeForm is the theme that a browser keeps.
type themeForm struct {
	Theme string `form:"theme" json:"theme"`
	Back  string `form:"back" json:"back"`
}

// themeSet keeps the colours that a person chose, in a cookie, for a year.
func (s *Server) themeSet(c echo.Context) error {
	var form themeForm
	if err := bind(c, &form); err != nil {
		return err
	}
	life := year
	if form.Theme != "light" && form.Theme != "dark" {
		form.Theme, life = "", gone
	}
	c.SetCookie(s.cookie(themeCookie, form.Theme, life))
	return s.done(c, s.ownPath(form.Back, "/settings"), "", desk.ThemeJSON{Theme: form.Theme})
}
