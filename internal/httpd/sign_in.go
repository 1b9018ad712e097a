package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// home sends a person to the first page that their roles open.
func (s *Server) home(c echo.Context) error {
	actor, in := signedIn(c)
	if !in {
		return c.Redirect(http.StatusSeeOther, "/sign-in")
	}
	f, err := s.desk.Frame(c.Request().Context(), actor, 0)
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
