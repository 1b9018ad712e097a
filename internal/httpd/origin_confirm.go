package httpd

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/match"
)

var likeWords = map[string]string{
	match.OriginCopy: "Much the same words", match.OriginTranslation: "The same text in another language",
	match.OriginAgency: "Both name the same agency", evidence.LikeByMachine: "A machine says so",
}

// showAlike adds the articles that look like this one to its page.
func showAlike(p *view.Reader, seen desk.Reading) {
	if seen.Pending {
		p.OriginPending = "The articles of this collection are being compared. Reload the page in a moment to see " +
			"which look like this one."
	}
	for _, x := range seen.Alike {
		v := view.OriginProposal{
			Other: articleLink(x.Other, titleOf(x.Other, x.OtherSource), 0, 0), OtherID: int64(x.Other.ID),
			Kind: likeWords[x.Kind], Name: x.Name, Version: x.Version, OtherVersion: x.OtherVersion,
			Overlap: fmt.Sprintf("overlap %d %%", (x.Overlap+5)/10), By: byMachines(seen.Names, x.By),
		}
		if x.Kind == evidence.LikeByMachine {
			v.Overlap = ""
		}
		if x.Own != nil && x.Others != nil {
			v.Stated = "Two different origins are stated for these articles. Confirming states one for both."
		}
		if seen.May.ConfirmOrigin {
			v.ConfirmURL, v.RefuseURL = p.Article.URL+"/same-origin", p.Article.URL+"/origin-refusals"
		}
		p.OriginProposals = append(p.OriginProposals, v)
	}
}

// sameOriginForm says that two articles are of one origin: as proposed, or "same origin as" beside a passage.
type sameOriginForm struct {
	Other        articles.ID `form:"other" json:"other"`
	Version      int64       `form:"version" json:"version"`
	OtherVersion int64       `form:"other_version" json:"other_version"`
	Origin       string      `form:"origin" json:"origin"`
	As           string      `form:"as" json:"-"` // article:version, instead of a proposal
	Back         string      `form:"back" json:"-"`
}

// articleSameOrigin states one origin for two articles.
func (s *Server) articleSameOrigin(c echo.Context) error {
	n, form, o, err := carryOut(c, "id", func(n articles.ID, f *sameOriginForm) (evidence.Origin, error) {
		one, err := s.oneOrigin(c, n, *f)
		if err != nil {
			return evidence.Origin{}, err
		}
		return s.Evidence.ConfirmOrigin(c.Request().Context(), actorOf(c), one)
	})
	if err != nil {
		return err
	}
	return s.done(c, s.ownPath(form.Back, "/articles/"+itoa(n)), "Both articles are of one origin now, "+o.Name+
		"; reviews that counted them apart are stale", desk.OriginOf(o))
}

// oneOrigin reads which two articles are meant, and how their origin is called.
func (s *Server) oneOrigin(c echo.Context, n articles.ID, form sameOriginForm) (one evidence.OneOrigin, err error) {
	if _, err := s.Articles.Get(c.Request().Context(), actorOf(c), n); err != nil {
		return one, err
	}
	one = evidence.OneOrigin{A: n, B: form.Other, VersionA: form.Version, VersionB: form.OtherVersion,
		Name: form.Origin, Proposed: form.As == ""}
	if form.As != "" {
		as, ok := wholeNumbers(form.As, 2)
		if !ok {
			return one, fault.New(fault.Invalid, "“%s” names no article. Go back, reload the page and choose again.",
				short(form.As))
		}
		one.B, one.VersionB, one.Name, one.ByPublisher = articles.ID(as[0]), as[1], "", true
	}
	if one.B == 0 {
		return one, fault.New(fault.Invalid, "Say with which other article this one shares its origin.").With("other",
			"Choose an article.")
	}
	return one, nil
}

type originRefuseForm struct {
	Other  articles.ID `form:"other" json:"other"`
	Reason string      `form:"reason" json:"reason"`
}

// articleOriginRefuse records that two articles are not of one origin.
func (s *Server) articleOriginRefuse(c echo.Context) error {
	n, _, x, err := carryOut(c, "id", func(n articles.ID, f *originRefuseForm) (x evidence.OriginRefusal, err error) {
		ctx, actor := c.Request().Context(), actorOf(c)
		if _, err := s.Articles.Get(ctx, actor, n); err != nil {
			return x, err
		}
		if f.Other == 0 {
			return x, fault.New(fault.Invalid, "Say which other article this one does not share its origin with.").
				With("other", "Choose an article.")
		}
		return s.Evidence.RefuseOrigin(ctx, actor, n, f.Other, f.Reason)
	})
	if err != nil {
		return err
	}
	return s.done(c, "/articles/"+itoa(n), "Not of one origin; the two are not proposed again",
		desk.OriginRefusalOf(x))
}
