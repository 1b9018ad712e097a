package httpd

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/guidelines"
	"claimbench/internal/httpd/view"
	"claimbench/internal/markdown"
	"claimbench/internal/review"
)

// guideAsk reads what of a collection's guidelines is asked for.
func guideAsk(c echo.Context) (ask desk.GuideAsk, err error) {
	if ask.In, err = pathID[auth.CollectionID](c, "collection"); err != nil {
		return ask, err
	}
	if ask.N, err = queryID[int](c, "version"); err != nil {
		return ask, err
	}
	if ask.Before, err = queryID[int](c, "before"); err != nil {
		return ask, err
	}
	ask.Gaps, err = queryID[review.GapID](c, "gaps")
	return ask, err
}

// guidelines shows what the people of a collection agreed on.
func (s *Server) guidelines(c echo.Context) error {
	ask, err := guideAsk(c)
	if err != nil {
		return err
	}
	seen, err := s.desk.Guide(c.Request().Context(), actorOf(c), ask)
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		return s.either(c, nil, func() desk.Answer { return seen.JSON() })
	}
	page, err := s.guidelinesPage(c, seen)
	if err != nil {
		return err
	}
	return s.either(c, func() view.Page { return page }, nil)
}

func guidelinesURL(n auth.CollectionID, version int) string {
	return withQuery(under(n, "guidelines"), "version", itoa(version))
}

func (s *Server) guidelinesPage(c echo.Context, seen desk.Guide) (*view.Guidelines, error) {
	in, v := seen.Frame.In(), seen.Shown
	p := &view.Guidelines{Shell: s.framed(c, "Guidelines", "", seen.Frame), Lang: v.Lang, Note: detected(v.Note),
		Old: v.N != seen.InForce}
	if v.N > 0 {
		p.Head = fmt.Sprintf("Version %d, by %s, %s", v.N, seen.Names.Of(v.AuthorID), moment(v.AddedAt))
		p.Dir = foreign("", v.Lang, "").Dir
		var err error
		if p.Words, err = markdown.HTML(v.Words); err != nil {
			return nil, err
		}
	}
	if e := seen.Earlier; e.N > 0 {
		p.Changes = &view.Changes{Title: fmt.Sprintf("What version %d changed", v.N)}
		p.Changes.Was, p.Changes.Is = view.Difference(e.Words, v.Words)
	}
	for _, x := range seen.Versions {
		p.Versions = append(p.Versions, view.GuidelineRow{Note: detected(x.Note), Here: x.N == v.N,
			Link: view.Link{URL: guidelinesURL(in, x.N), Word: "Version " + itoa(x.N)},
			By:   seen.Names.Of(x.AuthorID) + ", " + moment(x.AddedAt)})
	}
	if seen.More > 0 {
		p.More = withQuery(under(in, "guidelines"), "before", itoa(seen.More))
	}
	for _, g := range seen.Gaps {
		p.Gaps = append(p.Gaps, gapRow(seen, g))
	}
	if seen.MoreGaps > 0 {
		p.MoreGaps = withQuery(under(in, "guidelines"), "gaps", itoa(seen.MoreGaps)) + "#ga-h"
	}
	if seen.Writes {
		p.Form = &view.GuidelineForm{URL: under(in, "guidelines"), Words: v.Words, Lang: v.Lang, Opened: seen.InForce}
	}
	return p, nil
}

func gapRow(seen desk.Guide, g review.GapSeen) view.GapRow {
	row := view.GapRow{ID: int64(g.ID), Claim: view.Link{URL: claimURL(g.ClaimID), Word: "Claim " + itoa(g.ClaimID)},
		Words: detected(g.Rationale), Found: moment(g.FoundAt)}
	if g.Answer > 0 && g.AnsweredBy != nil && g.AnsweredAt != nil {
		row.Answered = fmt.Sprintf("answered by version %d, says %s, %s", g.Answer, seen.Names.Of(*g.AnsweredBy),
			moment(*g.AnsweredAt))
	}
	if seen.Writes && seen.InForce > 0 {
		row.Form = &view.GapForm{URL: under(seen.Frame.In(), "guidelines/gaps"), Newest: seen.InForce,
			Version: g.Version}
	}
	return row
}

type guidelineForm struct {
	Words  string `form:"words" json:"words"`
	Lang   string `form:"lang" json:"lang"`
	Note   string `form:"note" json:"note"`
	Opened int    `form:"opened" json:"opened"`
}

// guidelinesSet puts a new version in force.
func (s *Server) guidelinesSet(c echo.Context) error {
	n, form, v, err := carryOut(c, "collection", func(n auth.CollectionID, f *guidelineForm) (guidelines.Version,
		error) {
		return s.Guide.Set(c.Request().Context(), actorOf(c), n, guidelines.Draft(*f))
	})
	if err != nil {
		return s.guideRefused(c, n, err, func(p *view.Guidelines) {
			if p.Form != nil {
				p.Form.Clash = form.Opened != p.Form.Opened
				p.Form.Words, p.Form.Lang, p.Form.Note = form.Words, form.Lang, form.Note
			}
		})
	}
	return s.done(c, under(n, "guidelines"), fmt.Sprintf("Version %d is in force", v.N), desk.GuidelineOf(v))
}

// guideRefused shows the guidelines again for a form on their page that was refused; fill puts back what was typed.
func (s *Server) guideRefused(c echo.Context, in auth.CollectionID, err error, fill func(*view.Guidelines)) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		seen, err := s.desk.Guide(c.Request().Context(), actorOf(c), desk.GuideAsk{In: in})
		if err != nil {
			return nil, err
		}
		page, err := s.guidelinesPage(c, seen)
		return filled(page, err, func(p *view.Guidelines) {
			p.Wrong = w
			fill(p)
		})
	})
}

type gapForm struct {
	Gap     review.GapID `form:"gap" json:"gap" validate:"required"`
	Answer  int          `form:"answer" json:"answer"`
	Version int64        `form:"version" json:"version"`
}

// gapAnswer says which version answers a gap.
func (s *Server) gapAnswer(c echo.Context) error {
	n, _, g, err := carryOut(c, "collection", func(n auth.CollectionID, f *gapForm) (review.Gap, error) {
		return s.Review.AnswerGap(c.Request().Context(), actorOf(c), n, f.Gap, f.Answer, f.Version)
	})
	if err != nil {
		return s.guideRefused(c, n, err, func(*view.Guidelines) {})
	}
	said := "The gap is open again"
	if g.Answer > 0 {
		said = fmt.Sprintf("The gap is answered by version %d", g.Answer)
	}
	return s.done(c, under(n, "guidelines")+"#ga-h", said, desk.GapOf(review.GapSeen{Gap: g}))
}
