package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// showBrackets is what would be filled into a statement, to accept or strike; nil when nothing waits. back is where
// the form comes back to.
func showBrackets(cl claims.Claim, waiting []claims.Filling, in articles.Stretch, back string) *view.Brackets {
	if len(waiting) == 0 {
		return nil
	}
	out := &view.Brackets{Action: claimURL(cl.ID) + "/brackets", WordsVersion: cl.WordsVersion, Back: back,
		Statement: foreign(claims.StatementWith(cl.Statement, waiting), cl.Lang, cl.Dir)}
	for i, f := range waiting {
		b := view.Bracket{ID: int64(f.ID), Words: inClaim(f.Words, cl.Lang, cl.Dir), Whence: whence(f, in)}
		if i < 9 {
			b.Key = itoa(i + 1)
		}
		out.All = append(out.All, b)
	}
	return out
}

// whence says where the words of a bracket came from.
func whence(f claims.Filling, in articles.Stretch) string {
	if f.Span == (text.Span{}) {
		return "worked out from the day of publication, " + published(in.Article.Published)
	}
	return "from characters " + grouped(f.Span.Start) + " to " + grouped(f.Span.End) + " of the article"
}

type bracketsForm struct {
	WordsVersion int64               `form:"words_version" json:"words_version"`
	Accept       []claims.ProposalID `form:"accept" json:"accept"`
	Back         string              `form:"back" json:"-"`
}

// claimBrackets puts the accepted brackets into a claim's statement, and strikes the others.
func (s *Server) claimBrackets(c echo.Context) error {
	n, form, cl, err := carryOut(c, "id", func(n claims.ID, f *bracketsForm) (claims.Claim, error) {
		return s.Claims.Bracket(c.Request().Context(), actorOf(c), n, f.WordsVersion, f.Accept)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.claimEditPage(c)
			return filled(page, err, func(p *view.ClaimEdit) { p.Wrong = w })
		})
	}
	data, warning := s.looked(c, cl)
	notice := "Nothing was filled into claim " + itoa(n)
	if len(form.Accept) > 0 {
		notice = many(len(form.Accept), "bracket", "brackets") + " put into claim " + itoa(n)
	}
	return s.done(c, s.ownPath(form.Back, claimURL(n)+"/edit"), notice+warning, data)
}
