package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/requests"
)

func requestURL(n requests.ID) string { return "/requests/" + itoa(n) }

// requests lists what readers asked about what is checked in a collection.
func (s *Server) requests(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	before, err := queryID[requests.ID](c, "before")
	if err != nil {
		return err
	}
	seen, err := s.desk.Requests(c.Request().Context(), actorOf(c), n, requests.State(c.QueryParam("state")), before)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.requestsPage(c, n, seen), seen.JSON())
}

// mostOfRequest is how much of a request a list shows, in code points.
const mostOfRequest = 300

func (s *Server) requestsPage(c echo.Context, n auth.CollectionID, seen desk.Requests) *view.Requests {
	here := under(n, "requests")
	p := &view.Requests{Shell: s.framed(c, "Requests", "", seen.Frame)}
	if seen.Form.Name != "" {
		p.Public = s.opts.PublicURL + desk.AskPath(seen.Form.Name)
	}
	p.Filter = append(p.Filter, view.Tab{URL: here, Word: "All, those alike once", Here: seen.State == ""})
	for _, t := range requests.States.Terms() {
		p.Filter = append(p.Filter, view.Tab{URL: withQuery(here, "state", string(t.Name)), Word: view.Phrase(t.Word),
			Here: seen.State == t.Name})
	}
	for _, x := range seen.List {
		row := requestRow(x.Request)
		if x.Alike > 0 {
			row.Alike = many(x.Alike, "more is like it", "more are like it")
		}
		p.Rows = append(p.Rows, row)
	}
	if seen.Next != 0 {
		p.More = withQuery(here, "state", string(seen.State), "before", itoa(seen.Next))
	}
	return p
}

func requestRow(x requests.Request) view.RequestRow {
	words := []rune(x.Words)
	if len(words) > mostOfRequest {
		words = append(words[:mostOfRequest:mostOfRequest], '…')
	}
	return view.RequestRow{URL: requestURL(x.ID), ID: int64(x.ID), Words: detected(string(words)), Address: x.Address,
		State: x.State.Word(), Came: moment(x.ReceivedAt)}
}

// requestForm shows whether the form of a collection is published.
func (s *Server) requestForm(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	page, seen, err := s.requestFormPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, desk.RequestFormOf(seen.Form))
}

func (s *Server) requestFormPage(c echo.Context, n auth.CollectionID) (*view.RequestForm, desk.RequestForm, error) {
	seen, err := s.desk.RequestForm(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	f := seen.Form
	p := &view.RequestForm{Shell: s.framed(c, "Form for readers", "Collections", seen.Frame),
		Name: seen.Frame.Collection.Name, Rules: under(n, "rules"), Action: under(n, "requests/form"),
		Published: f.Name != "", Title: f.Title, Intro: f.Intro, PerDay: itoa(f.PerDay),
		Langs: askLangs(f.Lang), Version: f.Version}
	if p.Published {
		p.Public = s.opts.PublicURL + desk.AskPath(f.Name)
	}
	return p, seen, nil
}

// askLangs are the languages of the form, by their own names.
func askLangs(chosen string) (out []view.Option) {
	for _, l := range requests.Langs() {
		out = append(out, view.Option{Value: l, Word: requests.Say(l, "name"), Lang: l, Dir: requests.Dir(l),
			Chosen: l == chosen})
	}
	return out
}

// requestFormSent sets the form of a collection.
type requestFormSent struct {
	Published string `form:"published" json:"published"` // "1", or left out
	Lang      string `form:"lang" json:"lang"`
	Title     string `form:"title" json:"title"`
	Intro     string `form:"intro" json:"intro"`
	PerDay    int    `form:"per_day" json:"per_day"`
	Version   int64  `form:"version" json:"version"`
}

// requestFormSet publishes the form of a collection, changes its words, or takes it back.
func (s *Server) requestFormSet(c echo.Context) error {
	n, form, out, err := carryOut(c, "collection", func(n auth.CollectionID, f *requestFormSent) (requests.Form,
		error) {
		return s.Requests.SetForm(c.Request().Context(), actorOf(c), requests.FormSet{In: n,
			Published: f.Published == "1", Lang: f.Lang, Title: f.Title, Intro: f.Intro, PerDay: f.PerDay,
			Version: f.Version})
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.requestFormPage(c, n)
			return filled(page, err, func(p *view.RequestForm) {
				p.Wrong, p.Published, p.Title, p.Intro = w, form.Published == "1", form.Title, form.Intro
				p.PerDay, p.Langs = itoa(form.PerDay), askLangs(form.Lang)
			})
		})
	}
	notice := "The form is not published"
	if out.Name != "" {
		notice = "The form is published: anybody who has its address can ask"
	}
	return s.done(c, under(n, "requests/form"), notice, desk.RequestFormOf(out))
}
