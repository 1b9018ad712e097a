package httpd

import (
	"slices"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/wishes"
)

type glossAskForm struct {
	Lang string `form:"ask" json:"lang" of:"lang"`
}

// claimGlossAsk asks the language model for a gloss of a claim, which comes later.
func (s *Server) claimGlossAsk(c echo.Context) error {
	n, form, w, err := carryOut(c, "id", func(n claims.ID, f *glossAskForm) (wishes.Wish, error) {
		return s.Wishes.AskGloss(c.Request().Context(), actorOf(c), n, f.Lang)
	})
	if err != nil {
		return s.claimRefused(c, n, err, func(p *view.ClaimPage) {
			if p.Ask != nil {
				p.Ask.Lang = form.Lang
			}
		})
	}
	return s.done(c, claimURL(n), "The model is asked for a gloss; it will stand beside the claim",
		desk.GlossAskedOf(w))
}

// showAsk is the form that asks the model for a gloss, with what it was asked for; nil where it is not asked. Where
// somebody confirmed a gloss in the reader's language the form names none.
func showAsk(seen desk.Claim, lang string) *view.GlossAsk {
	if seen.Wished.Model == "" {
		return nil
	}
	a := &view.GlossAsk{Action: claimURL(seen.Claim.ID) + "/glosses/ask", Model: seen.Wished.Model,
		Host: seen.Wished.Host, Lang: lang}
	if lang == seen.Claim.Lang || slices.ContainsFunc(seen.Claim.Glosses, func(g claims.Gloss) bool {
		return g.Lang == lang && g.ConfirmedBy != nil && !seen.Older[g.ID]
	}) {
		a.Lang = ""
	}
	for _, w := range seen.Wished.All {
		if line := wishLine(w); line != "" {
			a.Asked = append(a.Asked, line)
		}
	}
	return a
}

// wishLine says how far a gloss is that the model was asked for; "" for one that came.
func wishLine(w wishes.Wish) string {
	in := languageName(w.Lang)
	switch {
	case w.Why != "":
		line := "The model’s gloss in " + in + " was refused: " + w.Why.Word() + "."
		if w.What != "" {
			line += " " + w.What
		}
		return line
	case w.State == wishes.Failed, w.State == wishes.Waiting && w.Message != "":
		return "A gloss in " + in + " is not there: " + w.Message
	case w.State == wishes.Waiting:
		return "The model is asked for a gloss in " + in + "."
	}
	return w.Message
}
