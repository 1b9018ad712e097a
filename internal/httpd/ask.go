package httpd

import (
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/httpd/view"
	"claimbench/internal/publish"
	"claimbench/internal/requests"
)

// What readers see who have no account: the form that an admin published, and how far their request is. No session is
// looked at, and nothing of the workbench is linked from there.

// askLang is the language of a public page: chosen on it, else what the browser asks for, else usual.
func askLang(c echo.Context, usual string) string {
	return requests.Chosen(c.QueryParam("lang"), c.Request().Header.Get("Accept-Language"), usual)
}

// askPublic is what every public page has.
func (s *Server) askPublic(c echo.Context, lang, title string) view.Public {
	h := c.Response().Header()
	h.Set("Referrer-Policy", "no-referrer") // the address is all that is needed to read it
	h.Set("X-Robots-Tag", "noindex")
	h.Add(echo.HeaderVary, "Accept-Language")
	p := view.Public{Shell: view.Shell{Title: title}, Lang: lang, Dir: requests.Dir(lang)}
	if c.Request().Method == http.MethodGet {
		for _, l := range requests.Langs() {
			p.Langs = append(p.Langs, view.Option{Value: "?lang=" + l, Word: requests.Say(l, "name"), Lang: l,
				Dir: requests.Dir(l), Chosen: l == lang})
		}
	}
	return p
}

// askRead lets so many read public addresses of requests: those who have one, and those who guess.
func (s *Server) askRead(err error) error {
	lets := &s.askers.readers
	if err != nil {
		lets = &s.askers.guessers
	}
	if wait := lets.take(s.askers.now()); wait > 0 {
		return fault.New(fault.Limited, "Too many ask at this moment. Ask again in %d seconds.",
			int(wait.Seconds())+1).WithDetail(auth.RetryAfter(wait))
	}
	return err
}

// askForm shows the form by which readers ask.
func (s *Server) askForm(c echo.Context) error {
	f, err := s.Requests.Published(c.Request().Context(), c.Param("name"))
	if err = s.askRead(err); err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.askPage(c, f, askLang(c, f.Lang)), desk.AskOf(f))
}

func (s *Server) askPage(c echo.Context, f requests.Form, lang string) *view.PublicAsk {
	return &view.PublicAsk{Public: s.askPublic(c, lang, f.Title), Title: detected(f.Title), Intro: detected(f.Intro),
		Action: desk.AskPath(f.Name)}
}

// askedForm is what a reader sends.
type askedForm struct {
	Words   string `form:"words" json:"words"`
	Address string `form:"address" json:"address"`
	Contact string `form:"contact" json:"contact"`
	Lang    string `form:"lang" json:"lang"` // in which they are told how far it is; left out: English
}

func (f askedForm) asking(c echo.Context, sent string) requests.Asking {
	return requests.Asking{Form: c.Param("name"), Words: strings.ReplaceAll(f.Words, "\r\n", "\n"), Address: f.Address,
		Contact: f.Contact, Lang: f.Lang, Sent: sent, Via: doorOf(c), Request: requestOf(c)}
}

// askKey reads by what a request that is sent again is known; "" it has no key. It is called before the body is bound.
func askKey(c echo.Context) (string, error) {
	key, body, err := keyed(c)
	if err == nil && key != "" {
		err = requests.CheckKey(key)
	}
	if err != nil || key == "" {
		return "", err
	}
	return key + "\n" + hex.EncodeToString(body[:]), nil
}

// askReceive takes what a reader asks, once: sent again, the first is answered, however many came from there since.
func (s *Server) askReceive(c echo.Context, a requests.Asking) (string, error) {
	ctx := c.Request().Context()
	wait := s.askMay(c)
	if a.Sent != "" && (wait == nil || s.askRead(nil) == nil) {
		secret, err := s.Requests.Again(ctx, a)
		if err != nil {
			return "", err
		}
		if secret != "" {
			c.Response().Header().Set(replayedHeader, "true")
			return secret, nil
		}
	}
	if wait != nil {
		return "", wait
	}
	return s.Requests.Receive(ctx, a)
}

// doorOf says whether somebody without an account came by a page or by a program.
func doorOf(c echo.Context) history.Via {
	if wantsJSON(c) || isJSON(c) {
		return history.API
	}
	return history.Web
}

// askSend takes what a reader asks, and leads them to where they are told how far it is.
func (s *Server) askSend(c echo.Context) error {
	var form askedForm
	sent, err := askKey(c)
	if err == nil {
		err = bind(c, &form)
	}
	secret := ""
	if err == nil {
		secret, err = s.askReceive(c, form.asking(c, sent))
	}
	if err != nil {
		return s.askRefused(c, form, err)
	}
	if wantsJSON(c) {
		return s.program(c, http.StatusCreated, desk.AskedAtJSON{Address: desk.AskedPath(secret)})
	}
	return c.Redirect(http.StatusSeeOther, desk.AskedPath(secret))
}

// askMay lets so many requests come from one network address.
func (s *Server) askMay(c echo.Context) error {
	wait := s.askers.send(c.RealIP())
	if wait <= 0 {
		return nil
	}
	return fault.New(fault.Limited, "Too many questions came from where you are. Wait, and send it again in %s.",
		many(int(wait.Minutes())+1, "minute", "minutes")).WithDetail(auth.RetryAfter(wait))
}

// askRefused shows the form again with what was typed, and what is wrong in the reader's words.
func (s *Server) askRefused(c echo.Context, form askedForm, err error) error {
	if wantsJSON(c) || isJSON(c) || fault.KindOf(err) != fault.Invalid {
		return err
	}
	f, none := s.Requests.Published(c.Request().Context(), c.Param("name"))
	if none != nil {
		return err
	}
	lang := requests.Chosen(form.Lang, "", f.Lang)
	asking := form.asking(c, "")
	asking.Tidy()
	p := s.askPage(c, f, lang)
	p.Words, p.Address, p.Contact = asking.Words, asking.Address, asking.Contact
	p.Wrong = view.Wrong{"": requests.Say(lang, "wrong")}
	for _, m := range asking.Mistakes() {
		p.Wrong[m.Field] = requests.Say(lang, m.Key)
	}
	return s.respond(c, http.StatusUnprocessableEntity, p, nil)
}

// asked tells the one who asked how far it is, and nothing else.
func (s *Server) asked(c echo.Context) error {
	a, err := s.Requests.Asked(c.Request().Context(), c.Param("secret"))
	if err = s.askRead(err); err != nil {
		return err
	}
	lang := requests.Chosen(c.QueryParam("lang"), "", a.Lang)
	p := &view.PublicAsked{Public: s.askPublic(c, lang, requests.Say(lang, "asked")), Told: string(a.Told),
		More: a.More}
	for _, x := range a.Printed {
		p.Printed = append(p.Printed, view.PrintedVerdict{Verdict: view.Verdict(x.Verdict),
			Word: publish.Word(lang, string(x.Verdict)), About: publish.Word(lang, "about "+string(x.Verdict)),
			Withdrawn: x.Withdrawn})
	}
	return s.respond(c, http.StatusOK, p, desk.TellingOf(a))
}

// askFailed is the page of an error at a public address of requests; nil at any other.
func (s *Server) askFailed(c echo.Context, err error, kind fault.Kind) *view.PublicFailed {
	path := c.Path()
	if !strings.HasPrefix(path, "/ask/:") && !strings.HasPrefix(path, "/asked/:") {
		return nil
	}
	lang := askLang(c, "")
	key, about := "not sent", ""
	switch kind {
	case fault.NotFound:
		key, about = "nothing here", "compare"
	case fault.TooLarge:
		key = "too large"
	case fault.Limited:
		if key = "came often"; c.Request().Method == http.MethodPost {
			if f, _ := fault.As(err); f != nil && f.Msg == requests.Say("en", "day is full") {
				key = "day is full"
			}
		}
	}
	say := strings.ReplaceAll(requests.Say(lang, key), "{n}", publish.Number(lang, minutesOf(err)))
	return &view.PublicFailed{Public: s.askPublic(c, lang, say), Heading: say, About: requests.Say(lang, about)}
}

// minutesOf is how many minutes a fault says to wait, at least one.
func minutesOf(err error) int {
	if f, ok := fault.As(err); ok {
		if wait, ok := f.Detail.(auth.RetryAfter); ok {
			return max(1, (wait.Seconds()+59)/60)
		}
	}
	return 1
}
