package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

var linkWords = map[auth.LinkKind]struct{ heading, note string }{
	auth.FirstAdmin: {"The first admin", "Nobody runs this workbench yet. Whoever sends this form becomes its admin."},
	auth.Invite:     {"Set your password", "An admin has added you to this workbench."},
	auth.Reset: {"Set a new password",
		"An admin has made you this link to choose a new password. All your sessions end."},
}

// linkLook shows what a link is for; looking spends nothing.
func (s *Server) linkLook(c echo.Context) error {
	page, err := s.linkPage(c)
	if err != nil {
		return err
	}
	if page.Spent != "" && wantsJSON(c) {
		return fault.New(fault.NotFound, "%s", page.Spent)
	}
	status := http.StatusOK
	if page.Spent != "" {
		status = http.StatusNotFound
	}
	return s.respond(c, status, page, desk.LinkAskJSON{Kind: auth.LinkKind(page.Kind), User: page.For})
}

func (s *Server) linkPage(c echo.Context) (*view.LinkSpend, error) {
	token := c.Param("token")
	page := &view.LinkSpend{Shell: view.Shell{Title: "Set a password", Theme: theme(c)}, Action: auth.LinkPath(token),
		Heading: "This link", Note: "Links are good for a day."}
	info, err := s.Auth.LookAtLink(c.Request().Context(), token)
	if fault.KindOf(err) == fault.NotFound {
		page.Spent = fault.Message(err)
		return page, nil
	}
	words := linkWords[info.Kind]
	page.Kind, page.For, page.Heading, page.Note = string(info.Kind), info.Name, words.heading, words.note
	page.Names, page.Called = info.Kind != auth.Reset, info.Display
	return page, err
}

// spendForm is a password that is chosen by a link; user names the first admin.
type spendForm struct {
	User     string `form:"user" json:"user" of:"name"`
	Display  string `form:"display" json:"display"`
	Password string `form:"password" json:"password" validate:"required"`
}

// linkSpend sets the password that a link allows, and signs its owner in.
func (s *Server) linkSpend(c echo.Context) error {
	var form spendForm
	var name string
	err := bind(c, &form)
	if err == nil {
		name, err = s.Auth.SpendLink(c.Request().Context(), auth.Spend{Token: c.Param("token"), Name: form.User,
			Display: form.Display, Password: form.Password, Address: c.RealIP()})
	}
	if err != nil {
		s.retryAfter(c, err)
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, err := s.linkPage(c)
			return filled(page, err, func(p *view.LinkSpend) { p.Wrong, p.User, p.Called = w, form.User, form.Display })
		})
	}
	in, err := s.Auth.SignIn(c.Request().Context(), auth.Try{Name: name, Password: form.Password,
		Address: c.RealIP(), Device: s.device(c)})
	if err != nil {
		return err
	}
	return s.entered(c, in, "/")
}
