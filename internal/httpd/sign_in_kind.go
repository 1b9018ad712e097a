package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/httpd/view"
)

// signInKind is one way to sign in: a password, a demo user by one click. A new kind is a file with this interface and
// a line in signInKinds; the routes, the page, the session and the cookies follow.
type signInKind interface {
	// path is where its form goes, below /sign-in; "" is /sign-in itself.
	path() string
	// shows is what the page offers; nil: nothing now. typed is the name that came with a try that was refused.
	shows(c echo.Context, typed string) (*view.Way, error)
	// begin takes what the form sent, and says who came, or where else they are asked. With an error it gives next and
	// typed all the same, so that the page is filled again.
	begin(c echo.Context) (arrival, error)
}

// returningKind is a kind whose begin sends people elsewhere; they come back by GET to its path with “/back”.
type returningKind interface {
	signInKind
	// finish says who came back. It believes nothing that begin did not hand out.
	finish(c echo.Context) (arrival, error)
}

// arrival is what a kind found out.
type arrival struct {
	who       auth.Identity
	elsewhere string // an address of the kind's own making, never what a form sent; "" when who is known
	next      string // where the person wanted to go, as the form sent it
	typed     string // the name that was typed
}

// signInKinds are all ways to sign in, in the order of the page.
func (s *Server) signInKinds() []signInKind { return []signInKind{byPassword{s}, byDemo{s}} }

// routesSignIn are the addresses of every kind.
func (s *Server) routesSignIn() []route {
	var out []route
	for _, k := range s.signInKinds() {
		path := "/sign-in" + k.path()
		out = append(out, route{post, path, anybody().takes(signInBody), s.signInBy(k.begin)})
		if r, ok := k.(returningKind); ok {
			out = append(out, route{get, path + "/back", anybody().asks(words("code", "state", "error")),
				s.signInBy(r.finish)})
		}
	}
	return out
}

// signInBy lets in whom a step of a kind finds.
func (s *Server) signInBy(step func(echo.Context) (arrival, error)) echo.HandlerFunc {
	return func(c echo.Context) error {
		a, err := step(c)
		if err == nil && a.elsewhere != "" {
			return c.Redirect(http.StatusSeeOther, a.elsewhere)
		}
		var in auth.Session
		if err == nil {
			in, err = s.Auth.Enter(c.Request().Context(), a.who)
		}
		if err != nil {
			s.retryAfter(c, err)
			return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
				page, err := s.signInPage(c, a.next, a.typed)
				if page != nil {
					page.Wrong = w
				}
				return page, err
			})
		}
		return s.entered(c, in, a.next)
	}
}

// byPassword is the name and the password that a person chose.
type byPassword struct{ s *Server }

func (byPassword) path() string { return "" }

func (byPassword) shows(_ echo.Context, typed string) (*view.Way, error) {
	return &view.Way{Action: "/sign-in", Button: "Sign in", Hint: "No account? Ask your admin for an invitation link.",
		Fields: []view.WayField{{Name: "user", Label: "Name", Type: "text", Fill: "username", Value: typed},
			{Name: "password", Label: "Password", Type: "password", Fill: "current-password"}}}, nil
}

// passwordSignIn is somebody at the door, with their password.
type passwordSignIn struct {
	User     string `form:"user" json:"user" validate:"required"`
	Password string `form:"password" json:"password" validate:"required"`
	Next     string `form:"next" json:"next"`
}

func (k byPassword) begin(c echo.Context) (a arrival, err error) {
	var form passwordSignIn
	err = bind(c, &form)
	a = arrival{next: form.Next, typed: form.User}
	if err == nil {
		a.who, err = k.s.Auth.ByPassword(c.Request().Context(), auth.Try{Name: form.User, Password: form.Password,
			Address: c.RealIP(), Device: k.s.device(c)})
	}
	return a, err
}

// byDemo is one of the demo's people, by one click.
type byDemo struct{ s *Server }

func (byDemo) path() string { return "/demo" }

func (k byDemo) shows(c echo.Context, _ string) (*view.Way, error) {
	users, err := k.s.Auth.DemoUsers(c.Request().Context())
	if err != nil || len(users) == 0 {
		return nil, err
	}
	way := &view.Way{Action: "/sign-in/demo", Heading: "This is a demonstration",
		Note: "Six people, one click each. Nothing here leaves this machine."}
	for _, role := range append(auth.Roles.Names(), "") {
		for _, u := range users {
			if firstRole(u) == role {
				way.Choices = append(way.Choices, view.WayChoice{Name: "user", Value: u.Name,
					Does: auth.Roles.About(role)})
			}
		}
	}
	return way, nil
}

// demoSignIn is the demo user that somebody wants to be.
type demoSignIn struct {
	User string `form:"user" json:"user" validate:"required"`
	Next string `form:"next" json:"next"`
}

func (k byDemo) begin(c echo.Context) (a arrival, err error) {
	var form demoSignIn
	err = bind(c, &form)
	a = arrival{next: form.Next, typed: form.User}
	if err == nil {
		a.who, err = k.s.Auth.ByDemo(c.Request().Context(), form.User)
	}
	return a, err
}

func firstRole(u auth.User) auth.Role {
	if len(u.Grants) == 0 {
		return ""
	}
	return u.Grants[0].Role
}
