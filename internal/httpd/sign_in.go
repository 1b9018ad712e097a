package httpd

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
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
	return s.respond(c, http.StatusOK, page, map[string]bool{"demo": s.Auth.Demo()})
}

func (s *Server) signInPage(c echo.Context, next, user string) (*view.SignIn, error) {
	page := &view.SignIn{Shell: view.Shell{Title: "Sign in", Theme: theme(c)}, User: user, Next: s.ownPath(next, "/")}
	users, err := s.Auth.DemoUsers(c.Request().Context())
	rank := func(u auth.User) int {
		if len(u.Grants) == 0 {
			return 0
		}
		return slices.Index(auth.Roles(), u.Grants[0].Role)
	}
	slices.SortStableFunc(users, func(a, b auth.User) int { return rank(a) - rank(b) })
	for _, u := range users {
		page.Demo = append(page.Demo, view.DemoUser{Name: u.Name, Does: doesOf(u.Grants)})
	}
	return page, err
}

// does says in a few words what each role is for.
var does = map[auth.Role]string{
	auth.Reviewer: "turns candidates into claims, links evidence, reviews",
	auth.Editor:   "imports, adjudicates, approves, freezes sets",
	auth.Auditor:  "reads everything, the history included",
	auth.Admin:    "users, roles, collections; no verdicts",
}

func doesOf(grants []auth.Grant) string {
	if len(grants) == 0 {
		return ""
	}
	return does[grants[0].Role]
}

// signInSubmit checks a name and a password.
func (s *Server) signInSubmit(c echo.Context) error {
	var form struct {
		User     string `form:"user" json:"user" validate:"required"`
		Password string `form:"password" json:"password" validate:"required"`
		Next     string `form:"next" json:"next"`
	}
	err := bind(c, &form)
	var in auth.Session
	if err == nil {
		in, err = s.Auth.SignIn(c.Request().Context(), auth.Try{Name: form.User, Password: form.Password,
			Address: c.RealIP(), Device: s.device(c)})
	}
	if err != nil {
		s.retryAfter(c, err)
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, err := s.signInPage(c, form.Next, form.User)
			if page != nil {
				page.Wrong = w
			}
			return page, err
		})
	}
	return s.entered(c, in, form.Next)
}

// signInDemo lets a demo user in by one click.
func (s *Server) signInDemo(c echo.Context) error {
	var form struct {
		User string `form:"user" json:"user" validate:"required"`
		Next string `form:"next" json:"next"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	in, err := s.Auth.DemoSignIn(c.Request().Context(), form.User)
	if err != nil {
		return err
	}
	return s.entered(c, in, form.Next)
}

// entered begins a session in the browser; whatever session there was ends.
func (s *Server) entered(c echo.Context, in auth.Session, next string) error {
	if old := s.sessionToken(c); old != "" {
		if err := s.Auth.SignOut(c.Request().Context(), old); err != nil {
			return err
		}
	}
	s.setSession(c, in)
	return s.done(c, s.ownPath(next, "/"), "", map[string]any{"user": in.Actor.Name, "display": in.Actor.Display})
}

// signOut ends this session.
func (s *Server) signOut(c echo.Context) error {
	if err := s.Auth.SignOut(c.Request().Context(), s.sessionToken(c)); err != nil {
		return err
	}
	s.dropSession(c)
	return s.done(c, "/sign-in", "", map[string]bool{"signed_out": true})
}
