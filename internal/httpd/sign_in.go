package httpd

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/httpd/view"
)

// home sends a person to the first page that their roles open.
func (s *Server) home(c echo.Context) error {
	actor, in := signedIn(c)
	if !in {
		return c.Redirect(http.StatusSeeOther, "/sign-in")
	}
	f, err := s.lastFrame(c, actor)
	if err != nil {
		return err
	}
	if len(f.Tabs) == 0 {
		return c.Redirect(http.StatusSeeOther, "/collections")
	}
	_, url := tabOf(f.Tabs[0], f.In())
	return c.Redirect(http.StatusSeeOther, url)
}

// signIn shows the door.
func (s *Server) signIn(c echo.Context) error {
	if _, in := signedIn(c); in {
		return c.Redirect(http.StatusSeeOther, s.ownPath(c.QueryParam("next"), "/"))
	}
	page, err := s.signInPage(c, c.QueryParam("next"), "")
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, desk.SignInAskJSON{Demo: s.Auth.Demo()})
}

// signInPage is the page with every way to sign in. Where next leads is checked here already, so that the page carries
// nothing else.
func (s *Server) signInPage(c echo.Context, next, typed string) (*view.SignIn, error) {
	page := &view.SignIn{Shell: view.Shell{Title: "Sign in", Theme: theme(c)}, Next: s.ownPath(next, "/")}
	for _, k := range s.signInKinds() {
		way, err := k.shows(c, typed)
		if err != nil {
			return nil, err
		}
		if way != nil {
			page.Ways = append(page.Ways, *way)
		}
	}
	return page, nil
}

// entered begins a session in the browser; whatever session there was ends.
func (s *Server) entered(c echo.Context, in auth.Session, next string) error {
	if old := s.sessionToken(c); old != "" {
		if err := s.Auth.SignOut(c.Request().Context(), old); err != nil {
			return err
		}
	}
	s.setSession(c, in)
	return s.done(c, s.ownPath(next, "/"), "", desk.SignedInJSON{User: in.Actor.Name, Display: in.Actor.Display})
}

// signOut ends this session.
func (s *Server) signOut(c echo.Context) error {
	if err := s.Auth.SignOut(c.Request().Context(), s.sessionToken(c)); err != nil {
		return err
	}
	s.dropSession(c)
	return s.done(c, "/sign-in", "", desk.DoneJSON{Done: "signed_out"})
}

// actorOf is who comes; the route's guard has seen to it that somebody is signed in.
func actorOf(c echo.Context) auth.Actor {
	actor, _ := signedIn(c)
	return actor
}

// resume finds out who comes, with the roles held at this moment. A session that has ended is nobody's.
func (s *Server) resume(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if token, sent := bearerOf(c.Request()); sent && !s.routeOf(c).access.nobody {
			if err := s.resumeBearer(c, token); err != nil {
				return err
			}
			return next(c)
		}
		token := s.sessionToken(c)
		if token == "" || s.routeOf(c).access.nobody || strings.HasPrefix(c.Request().URL.Path, "/assets/") {
			return next(c)
		}
		actor, err := s.Auth.Resume(c.Request().Context(), token)
		switch fault.KindOf(err) {
		case "":
			actor.Request, actor.Via = requestOf(c), history.Web
			if wantsJSON(c) || isJSON(c) {
				actor.Via = history.API
			}
			c.Set(actorKey, actor)
			c.Set(tokenKey, token)
		case fault.Unauthenticated, fault.NotFound, fault.Invalid:
			s.dropSession(c)
		default:
			return fmt.Errorf("resume the session: %w", err)
		}
		return next(c)
	}
}

// signedIn is who comes, and whether anybody is signed in at all.
func signedIn(c echo.Context) (auth.Actor, bool) {
	a, ok := c.Get(actorKey).(auth.Actor)
	return a, ok
}

// Names of cookies. Over TLS the two that hold a token get a prefix, so that no other host can set them.
const (
	sessionCookie = "session" // the token of the session
	deviceCookie  = "device"  // the token of a browser in which this person signed in before
	themeCookie   = "theme"   // light, dark or nothing
	noticeCookie  = "notice"  // what the last act did, shown once
)

// cookie makes a cookie as all of ours are: for the whole site, out of reach of scripts, and Secure where people reach
// the server over TLS. A lifetime below zero takes the cookie away; zero keeps it while the browser is open.
func (s *Server) cookie(name, value string, life time.Duration) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(life.Seconds()), HttpOnly: true,
		Secure: s.secure(), SameSite: http.SameSiteLaxMode}
}

// gone takes a cookie away.
const gone = -time.Second

// host is a cookie's name with the prefix that keeps other hosts from setting it, over TLS.
func (s *Server) host(name string) string {
	if s.secure() {
		return "__Host-" + name
	}
	return name
}

// cookieValue is what the browser sent under a name, or "".
func cookieValue(c echo.Context, name string) string {
	cookie, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// setSession gives the browser the token of a session that was just begun, and the one by which it is known.
func (s *Server) setSession(c echo.Context, in auth.Session) {
	c.SetCookie(s.cookie(s.host(sessionCookie), in.Token, auth.Absolute))
	if in.Device != "" {
		c.SetCookie(s.cookie(s.host(deviceCookie), in.Device, auth.DeviceLife))
	}
}

// dropSession takes the session's token away again; the browser stays known.
func (s *Server) dropSession(c echo.Context) { c.SetCookie(s.cookie(s.host(sessionCookie), "", gone)) }

// sessionToken is the token of the session that the browser sent, or "".
func (s *Server) sessionToken(c echo.Context) string { return cookieValue(c, s.host(sessionCookie)) }

// device is the token by which the browser is known, or "".
func (s *Server) device(c echo.Context) string { return cookieValue(c, s.host(deviceCookie)) }
