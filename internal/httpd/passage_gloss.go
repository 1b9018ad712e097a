package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/wishes"
)

type passageGlossForm struct {
	Sentence articles.SentenceID `form:"sentence" json:"sentence"`
	Lang     string              `form:"lang" json:"lang"`
	Back     string              `form:"back" json:"-"`
}

// passageGloss asks the language model for a gloss of a passage, which this person alone will read.
func (s *Server) passageGloss(c echo.Context) error {
	n, form, w, err := carryOut(c, "id", func(n claims.ID, f *passageGlossForm) (wishes.Wish, error) {
		return s.Wishes.AskPassage(c.Request().Context(), actorOf(c), n, f.Sentence, f.Lang)
	})
	if err != nil {
		return s.claimRefused(c, n, err, nil)
	}
	return s.done(c, s.ownPath(form.Back, claimURL(n)), "The model is asked for a gloss of the passage",
		desk.GlossAskedOf(w))
}

// glossing adds to passages the glosses that this person asked for, and where one may be asked for: of those whose
// language they do not read.
func (k keywording) glossing(out *view.Suggestions, c claims.Claim, got desk.Suggested, here string) {
	if got.Model == "" {
		return
	}
	for i := range out.Passages {
		p := &out.Passages[i]
		g, asked := got.Glosses[articles.SentenceID(p.SentenceID)]
		switch {
		case asked && g.Words != "":
			p.Told = &view.PassageGloss{Words: foreign(g.Words, g.Lang, ""), By: machineName("", g.Model),
				Notes: g.Notes}
		case asked:
			p.Told = &view.PassageGloss{Line: wishLine(g.Wish)}
		case k.plain(p.Words.Lang):
			continue
		default:
			p.Told = &view.PassageGloss{Action: claimURL(c.ID) + "/passages/gloss", Lang: k.in, In: languageName(k.in),
				Sentence: itoa(p.SentenceID), Back: here}
			out.Sends, out.SendsTo = got.Model, got.Host
		}
	}
}
