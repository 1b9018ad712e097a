package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
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
	choose(out, chosen)
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

// sources lists the sources that this person may know.
func (s *Server) sources(c echo.Context) error {
	found, err := s.desk.Sources(c.Request().Context(), actorOf(c), c.QueryParam("after"))
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.sourcesPage(c, found, sourceForm{}, nil), found.List)
}

func (s *Server) sourcesPage(c echo.Context, found desk.Sources, typed sourceForm, wrong view.Wrong) *view.Sources {
	here := "Articles"
	if found.Edits {
		here = "Sources"
	}
	page := &view.Sources{Shell: s.framed(c, "Sources", here, found.Frame), Edits: found.Edits, Wrong: wrong,
		Empty: &view.Empty{So: "There is no source yet.", Next: "Sources come in with the articles that name them."}}
	for _, src := range found.List.Items {
		row := view.SourceRow{ID: int64(src.ID), Name: named(src.Name), Typed: src.Name, Kind: view.Code(src.Kind),
			Country: src.Country, Version: src.Version}
		if found.Edits {
			row.EditURL, row.Kinds = "/sources/"+itoa(src.ID), sourceKinds(src.Kind)
		}
		for _, r := range src.Ratings {
			rating := view.SourceRating{Collection: r.CollectionName, ID: int64(r.Collection),
				Rated: ratingWord(r.Reliability)}
			if r.May {
				rating.URL = under(r.Collection, "sources/"+itoa(src.ID)+"/rating")
				rating.Options, rating.Version = ratings(r.Reliability), r.Version
			}
			row.Ratings = append(row.Ratings, rating)
		}
		page.Rows = append(page.Rows, row)
	}
	if found.Edits {
		page.Add, page.Name, page.Land, page.Kind = "/sources", typed.Name, typed.Country, sourceKinds(typed.Kind)
	}
	if found.List.Next != "" {
		page.More = withQuery("/sources", "after", found.List.Next)
	}
	return page
}

func sourceKinds(chosen string) []view.Option {
	return view.Codes(chosen, "newspaper", "broadcaster", "agency", "website", "government", "organisation", "person",
		"other")
}

type sourceForm struct {
	Name    string `form:"name" json:"name"`
	Kind    string `form:"kind" json:"kind"`
	Country string `form:"country" json:"country"`
}

// sourceCreate adds a source to the directory.
func (s *Server) sourceCreate(c echo.Context) error {
	var form sourceForm
	err := bind(c, &form)
	var src articles.Source
	if err == nil {
		src, err = s.Articles.CreateSource(c.Request().Context(), actorOf(c), articles.SourceNew(form))
	}
	if err != nil {
		return s.sourceRefused(c, err, form)
	}
	return s.done(c, "/sources", "Source added", desk.SourceRowOf(src))
}

type sourceEditForm struct {
	sourceForm
	Version int64 `form:"version" json:"version"`
}

// fill puts what was typed back into the row of the source.
func (f sourceEditForm) fill(page *view.Sources, source int64, w view.Wrong) {
	for i := range page.Rows {
		if row := &page.Rows[i]; row.ID == source {
			row.Wrong, row.Typed, row.Country, row.Kinds = w, f.Name, f.Country, sourceKinds(f.Kind)
		}
	}
}

// sourceEdit changes a source's name, kind and country, for every collection.
func (s *Server) sourceEdit(c echo.Context) error {
	n, form, src, err := carryOut(c, "id", func(n articles.SourceID, f *sourceEditForm) (articles.Source, error) {
		return s.Articles.UpdateSource(c.Request().Context(), actorOf(c), articles.Source{ID: n, Name: f.Name,
			Kind: f.Kind, Country: f.Country, Version: f.Version})
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			found, err := s.desk.Sources(c.Request().Context(), actorOf(c), "")
			page := s.sourcesPage(c, found, sourceForm{}, view.Wrong{"": w[""]})
			form.fill(page, int64(n), w)
			return page, err
		})
	}
	return s.done(c, "/sources", src.Name+" is saved", desk.SourceRowOf(src))
}

type ratingForm struct {
	Reliability string `form:"reliability" json:"reliability"`
	Version     int64  `form:"version" json:"version"`
}

// sourceRate sets how reliable the editors of a collection find a source.
func (s *Server) sourceRate(c echo.Context) error {
	col, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	_, _, rated, err := carryOut(c, "id", func(n articles.SourceID, f *ratingForm) (articles.Rating, error) {
		return s.Articles.RateSource(c.Request().Context(), actorOf(c), articles.Rating{CollectionID: col,
			SourceID: n, Reliability: f.Reliability, Version: f.Version})
	})
	if err != nil {
		return s.sourceRefused(c, err, sourceForm{})
	}
	return s.done(c, "/sources", "The source is rated "+ratingWord(rated.Reliability), desk.RatingOf(rated))
}

// sourceRefused shows the page again with what is wrong, and what was typed of a new source.
func (s *Server) sourceRefused(c echo.Context, err error, typed sourceForm) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		found, err := s.desk.Sources(c.Request().Context(), actorOf(c), "")
		return s.sourcesPage(c, found, typed, w), err
	})
}
