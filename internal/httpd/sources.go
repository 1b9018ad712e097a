package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// admiralty are the letters of reliability with what they mean.
var admiralty = []view.Option{
	{Value: "", Word: "not rated"}, {Value: "A", Word: "A, reliable"}, {Value: "B", Word: "B, usually reliable"},
	{Value: "C", Word: "C, fairly reliable"},
	{Value: "D", Word: "D, not usually reliable"}, {Value: "E", Word: "E, unreliable"},
	{Value: "F", Word: "F, cannot be judged"},
}

func ratings(chosen string) []view.Option {
	out := append([]view.Option(nil), admiralty...)
	for i := range out {
		out[i].Chosen = out[i].Value == chosen
	}
	return out
}

func ratingWord(letter string) string {
	for _, o := range admiralty {
		if o.Value == letter {
			return o.Word
		}
	}
	return letter
}

// sources lists all sources.
func (s *Server) sources(c echo.Context) error {
	page, all, err := s.sourcesPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, all)
}

func (s *Server) sourcesPage(c echo.Context) (*view.Sources, []articles.Source, error) {
	actor := actorOf(c)
	all, err := s.Articles.Sources(c.Request().Context(), actor)
	if err != nil {
		return nil, nil, err
	}
	_, refusal := s.Policy.MayAnywhere(actor, auth.ThingSource, auth.Write)
	page := &view.Sources{Shell: s.shell(c, "Sources", "Articles", nil),
		Empty: &view.Empty{So: "There is no source yet.", Next: "Sources come in with the articles that name them."}}
	for _, src := range all {
		row := view.SourceRow{ID: int64(src.ID), Name: named(src.Name), Kind: view.Code(src.Kind), Country: src.Country,
			Rating: ratings(src.Reliability), Rated: ratingWord(src.Reliability), Version: src.Version}
		if refusal == nil {
			row.RateURL = "/sources/" + itoa(src.ID) + "/rating"
		}
		page.Rows = append(page.Rows, row)
	}
	if refusal == nil {
		page.Add, page.Kind, page.Rating = "/sources", sourceKinds(""), ratings("")
	}
	return page, all, nil
}

func sourceKinds(chosen string) []view.Option {
	return view.Codes(chosen, "newspaper", "broadcaster", "agency", "website", "government", "organisation", "person",
		"other")
}

type sourceForm struct {
	Name        string `form:"name" json:"name"`
	Kind        string `form:"kind" json:"kind"`
	Country     string `form:"country" json:"country"`
	Reliability string `form:"reliability" json:"reliability"`
}

// sourceCreate adds a source.
func (s *Server) sourceCreate(c echo.Context) error {
	var form sourceForm
	err := bind(c, &form)
	var src articles.Source
	if err == nil {
		src, err = s.Articles.CreateSource(c.Request().Context(), actorOf(c), articles.SourceNew(form))
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.sourcesPage(c)
			if page != nil {
				page.Wrong, page.Name, page.Land, page.Kind, page.Rating = w, form.Name, form.Country,
					sourceKinds(form.Kind), ratings(form.Reliability)
			}
			return page, err
		})
	}
	return s.done(c, "/sources", "Source added", src)
}

// sourceRate sets a source's reliability.
func (s *Server) sourceRate(c echo.Context) error {
	n, err := pathID[articles.SourceID](c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Reliability string `form:"reliability" json:"reliability"`
		Version     int64  `form:"version" json:"version"`
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	var src articles.Source
	if err = bind(c, &form); err == nil {
		if src, err = s.sourceByID(c, n); err == nil {
			src.Reliability, src.Version = form.Reliability, form.Version
			src, err = s.Articles.UpdateSource(ctx, actor, src)
		}
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.sourcesPage(c)
			if page != nil {
				page.Wrong = w
			}
			return page, err
		})
	}
	return s.done(c, "/sources", src.Name+" is rated "+ratingWord(src.Reliability), src)
}

func (s *Server) sourceByID(c echo.Context, n articles.SourceID) (articles.Source, error) {
	all, err := s.Articles.Sources(c.Request().Context(), actorOf(c))
	for _, src := range all {
		if src.ID == n {
			return src, err
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "There is no source %d.", n)
	}
	return articles.Source{}, err
}
