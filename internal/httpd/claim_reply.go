package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/replies"
)

// replyForm is who was asked about a claim.
type replyForm struct {
	Name    string      `form:"name" json:"name"`
	Role    string      `form:"role" json:"role"`
	Way     replies.Way `form:"way" json:"way"`
	AskedOn string      `form:"asked_on" json:"asked_on"`
	Until   string      `form:"until" json:"until"`
	Contact string      `form:"contact" json:"contact"`
}

// claimAsked writes down that somebody was asked about a claim.
func (s *Server) claimAsked(c echo.Context) error {
	n, form, x, err := carryOut(c, "id", func(n claims.ID, f *replyForm) (replies.Reply, error) {
		return s.Replies.Ask(c.Request().Context(), actorOf(c), replies.Ask{ClaimID: n, Name: f.Name, Role: f.Role,
			Way: f.Way, AskedOn: f.AskedOn, Until: f.Until, Contact: f.Contact})
	})
	if err != nil {
		return s.claimRefused(c, n, err, func(p *view.ClaimPage) {
			p.AskForm = view.AskForm{Name: form.Name, Role: form.Role, AskedOn: form.AskedOn, Until: form.Until,
				Contact: form.Contact, Ways: view.Options(replies.Ways, form.Way), Open: true}
		})
	}
	return s.replied(c, x.ID, "It is written down who was asked")
}

type replyAnswerForm struct {
	Version int64           `form:"version" json:"version"`
	Outcome replies.Outcome `form:"outcome" json:"outcome"`
	On      string          `form:"answered_on" json:"answered_on"`
	Words   string          `form:"words" json:"words"`
}

// replyAnswer writes down what came of asking.
func (s *Server) replyAnswer(c echo.Context) error {
	n, form, x, err := carryOut(c, "id", func(n replies.ID, f *replyAnswerForm) (replies.Reply, error) {
		return s.Replies.Answer(c.Request().Context(), actorOf(c), replies.Answer{ID: n, Version: f.Version,
			Outcome: f.Outcome, On: f.On, Words: f.Words})
	})
	if err != nil {
		return s.replyRefused(c, n, err, func(p *view.ClaimPage) {
			for i := range p.Replies {
				if x := &p.Replies[i]; x.ID == int64(n) {
					x.Open, x.Typed, x.TypedOn = true, form.Words, form.On
					x.Outcomes = view.Options(replies.Outcomes, form.Outcome)
				}
			}
		})
	}
	return s.replied(c, x.ID, "The answer is written down")
}

// replied answers a deed on a reply with how it is now; who wrote it down is under the veil of the round.
func (s *Server) replied(c echo.Context, n replies.ID, notice string) error {
	seen, err := s.desk.Reply(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	return s.done(c, claimURL(seen.Claim)+"#re-h", notice, seen)
}

// replyRefused shows the claim's page again for a form of one of its replies; one that is not there has no page.
func (s *Server) replyRefused(c echo.Context, n replies.ID, err error, fill func(*view.ClaimPage)) error {
	of, not := s.Replies.ClaimOf(c.Request().Context(), actorOf(c), n)
	if not != nil {
		return err
	}
	return s.claimRefused(c, of, err, fill)
}

// replyUse links an answer as evidence for its claim.
func (s *Server) replyUse(c echo.Context) error {
	n, _, it, err := carryOut(c, "id", func(n replies.ID, f *stanceForm) (evidence.Item, error) {
		return s.Replies.Use(c.Request().Context(), actorOf(c), n, f.Stance, s.Evidence.Link)
	})
	if err != nil {
		return s.replyRefused(c, n, err, nil)
	}
	return s.done(c, claimURL(it.ClaimID)+"#ev-h", "The answer is linked: "+it.Stance.Word(),
		desk.EvidenceOf(evidence.Shown{Item: it}))
}

type stanceForm struct {
	Stance evidence.Stance `form:"stance" json:"stance"`
}

// showReplies is the log of a claim, with the forms that the viewer may send.
func showReplies(p *view.ClaimPage, seen desk.Claim) {
	for _, x := range seen.Replies {
		v := view.Reply{ID: int64(x.ID), Name: detected(x.Name), Role: detected(x.Role),
			Asked: published(x.AskedOn) + ", by " + x.Way.Word(), Until: published(x.Until),
			Outcome: string(x.Outcome), Words: detected(x.Words), On: published(x.AnsweredOn),
			Contact: detected(x.Contact), Version: x.Version,
			By: "written down by " + seen.Names.Of(x.AskedBy) + ", " + day(x.AskedAt)}
		if seen.Acts.Has(desk.AskFor) {
			v.AnswerURL = "/replies/" + itoa(x.ID) + "/answer"
			v.Outcomes, v.Typed, v.TypedOn = view.Options(replies.Outcomes, x.Outcome), x.Words, x.AnsweredOn
		}
		if seen.Acts.Has(desk.Link) && x.Outcome == replies.Answered {
			v.UseURL, v.Stances = "/replies/"+itoa(x.ID)+"/evidence", view.Options(evidence.Stances, "")
		}
		p.Replies = append(p.Replies, v)
	}
	if seen.Acts.Has(desk.AskFor) {
		p.AskURL, p.AskForm.Ways = claimURL(seen.Claim.ID)+"/replies", view.Options(replies.Ways, "")
	}
}
