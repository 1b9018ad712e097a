package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/match"
)

// settings is a person's own page.
func (s *Server) settings(c echo.Context) error {
	seen, err := s.desk.Settings(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.settingsPage(c, seen), seen.JSON())
}

func (s *Server) settingsPage(c echo.Context, seen desk.Settings) *view.Settings {
	page := &view.Settings{Shell: s.framed(c, "Your settings", "", seen.Frame), SignOut: "/sign-out",
		EndAll: "/settings/sessions/end", Roles: roleRows(seen.Grants), Reads: "/settings/languages",
		Naming: "/settings/name", Called: actorOf(c).Display,
		Langs: readable(seen.Reads), OtherLangs: unlisted(seen.Reads)}
	if s.opts.Mail {
		page.Mail = &view.MailForm{URL: "/settings/mail", Address: seen.Mail.Address, Daily: seen.Mail.Daily}
	}
	if !s.Auth.Demo() {
		page.Password = "/settings/password"
	}
	page.Themes = []view.Option{{Value: "", Word: "As the system", Chosen: page.Theme == ""},
		{Value: "light", Word: "Light", Chosen: page.Theme == "light"}, {Value: "dark", Word: "Dark",
			Chosen: page.Theme == "dark"}}
	page.KeyLangs = view.Codes(keywordLang(c), match.KeywordLangs...)
	for i, o := range page.KeyLangs {
		page.KeyLangs[i].Word = languageName(o.Value)
	}
	page.Zone, page.Zones = cookieValue(c, zoneCookie), view.Codes("", zonesOffered...)
	return page
}

type passwordForm struct {
	Old string `form:"old" json:"old" of:"old_password" validate:"required"`
	New string `form:"new" json:"new" of:"password" validate:"required"`
}

// passwordSet changes one's own password.
func (s *Server) passwordSet(c echo.Context) error {
	var form passwordForm
	var in auth.Session
	err := bind(c, &form)
	if err == nil {
		in, err = s.Auth.SetPassword(c.Request().Context(), actorOf(c), form.Old, form.New, s.device(c))
	}
	if err != nil {
		s.retryAfter(c, err)
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Settings(c.Request().Context(), actorOf(c))
			return filled(s.settingsPage(c, seen), err, func(p *view.Settings) { p.Wrong = w })
		})
	}
	s.setSession(c, in)
	return s.done(c, "/settings", "Your password is changed and your other sessions have ended",
		desk.DoneJSON{Done: "password_changed"})
}

// sessionsEnd ends all sessions of the person who asks.
func (s *Server) sessionsEnd(c echo.Context) error {
	actor := actorOf(c)
	if err := s.Auth.EndSessions(c.Request().Context(), actor, actor.UserID); err != nil {
		return err
	}
	s.dropSession(c)
	return s.done(c, "/sign-in", "", desk.DoneJSON{Done: "sessions_ended"})
}

// resetNoticeForm is the notice of a reset that its owner has read.
type resetNoticeForm struct {
	Notice int64  `form:"notice" json:"notice"`
	Back   string `form:"back" json:"-"`
}

// resetDismiss puts the notice away that one's password was reset by a link.
func (s *Server) resetDismiss(c echo.Context) error {
	var form resetNoticeForm
	if err := bind(c, &form); err != nil {
		return err
	}
	if err := s.Auth.DismissReset(c.Request().Context(), actorOf(c), form.Notice); err != nil {
		return err
	}
	return s.done(c, s.ownPath(form.Back, "/settings"), "", desk.DoneJSON{Done: "notice_dismissed"})
}

type nameForm struct {
	Display string `form:"display" json:"display"`
}

// nameSet changes what others call the person who asks.
func (s *Server) nameSet(c echo.Context) error {
	var form nameForm
	var called string
	err := bind(c, &form)
	if err == nil {
		called, err = s.Auth.SetDisplay(c.Request().Context(), actorOf(c), form.Display)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Settings(c.Request().Context(), actorOf(c))
			return filled(s.settingsPage(c, seen), err, func(p *view.Settings) { p.Wrong, p.Called = w, form.Display })
		})
	}
	return s.done(c, "/settings", "Others see this name now", desk.CalledJSON{Display: called})
}

type mailForm struct {
	Address string `form:"address" json:"address"`
	Daily   string `form:"daily" json:"daily"` // "1", or left out
}

// mailChoose keeps whether and where a person wants the daily mail.
func (s *Server) mailChoose(c echo.Context) error {
	var form mailForm
	err := bind(c, &form)
	if err == nil {
		_, err = s.Notices.ChooseMail(c.Request().Context(), actorOf(c), form.Address, form.Daily == "1")
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Settings(c.Request().Context(), actorOf(c))
			return filled(s.settingsPage(c, seen), err, func(p *view.Settings) {
				if p.Wrong = w; p.Mail != nil {
					p.Mail.Address, p.Mail.Daily = form.Address, form.Daily == "1"
				}
			})
		})
	}
	return s.done(c, "/settings", "Kept", desk.DoneJSON{Done: "mail_chosen"})
}
