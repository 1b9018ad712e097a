package httpd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// askForm is a question of an adjudicator to the reviewer with a letter.
type askForm struct {
	Letter   string `form:"letter" json:"letter"`
	Question string `form:"question" json:"question"`
	Round    int    `form:"round" json:"round"`
	onward
}

// questionAsk sends a claim in conflict back to one reviewer with a question. It stays in conflict.
func (s *Server) questionAsk(c echo.Context) error {
	n, form, cl, err := carryOut(c, "id", func(n claims.ID, f *askForm) (claims.Claim, error) {
		return s.Review.SendBack(c.Request().Context(), actorOf(c), review.Asking{ClaimID: n, Round: f.Round,
			Letter: f.Letter, Question: f.Question})
	})
	if err != nil {
		return s.conflictRefused(c, n, form.onward, err, func(p *view.Decide, w view.Wrong) {
			p.Ask.Wrong, p.Ask.Letter, p.Ask.Question = w, form.Letter, form.Question
		})
	}
	return s.done(c, s.afterConflict(c, cl, form.onward), "Claim "+itoa(n)+" sent back to reviewer "+short(form.Letter)+
		" with your question; it stays in conflict", desk.JSONOf(cl))
}

// answerForm is a reviewer's answer to what an adjudicator asked.
type answerForm struct {
	Question review.Public `form:"question" json:"question"`
	Answer   string        `form:"answer" json:"answer"`
	Back     string        `form:"back" json:"-"`
}

// questionAnswer answers a question that was put to whoever sends it.
func (s *Server) questionAnswer(c echo.Context) error {
	n, form, q, err := carryOut(c, "id", func(n claims.ID, f *answerForm) (review.Question, error) {
		return s.Review.Answer(c.Request().Context(), actorOf(c), n, f.Question, f.Answer)
	})
	if err != nil {
		return s.claimRefused(c, n, err, func(p *view.ClaimPage) {
			for i := range p.ToMe {
				if p.ToMe[i].Public == string(form.Question) {
					p.ToMe[i].Answer, p.ToMe[i].Wrong = form.Answer, p.Wrong
				}
			}
		})
	}
	q.AskedBy = 0 // the conflict goes on, and whoever decides it is not named until it is over
	return s.done(c, s.ownPath(form.Back, claimURL(n)), "Your answer is a note on the conflict of claim "+itoa(n)+
		"; your review stays as it is", desk.QuestionSeen{Question: q, Mine: true}.JSON())
}

// showToMe are the questions that wait for this person's answer, which comes back to a page.
func showToMe(v desk.Reviewing, back string, t *claims.Typed) (out []view.ToMe) {
	for _, q := range v.ToMe() {
		out = append(out, view.ToMe{Action: claimURL(q.ClaimID) + "/answers", Public: string(q.Public), Back: back,
			Question: detected(q.Question.Question), At: moment(q.AskedAt)})
		typed, there := showTyped(q.ClaimID, claims.AnswerForm, t)
		if out[len(out)-1].Typed = typed; there {
			out[len(out)-1].Answer = t.Fields.One("answer")
		}
	}
	return out
}

// showQuestions is what was asked of reviewers of a conflict, and what they answered.
func showQuestions(all []desk.QuestionSeen, names desk.Names) (out []view.QuestionSeen) {
	for _, q := range all {
		x := view.QuestionSeen{Whom: "reviewer " + q.Letter, By: "An editor", Question: detected(q.Question.Question),
			At: moment(q.AskedAt), Waits: q.Waits}
		if q.ReviewerID != 0 {
			x.Whom = names.Of(q.ReviewerID)
		}
		if q.Mine {
			x.Whom = "you"
		}
		if q.AskedBy != 0 {
			x.By = names.Of(q.AskedBy)
		}
		if q.AnsweredAt != nil {
			x.Answer, x.AnsweredAt = detected(q.Answer), moment(*q.AnsweredAt)
		}
		out = append(out, x)
	}
	return out
}

// stillAsked says to whoever decides a conflict who has been asked and has not answered, "" for nobody. They may decide
// without the answer; it cannot be given after that.
func stillAsked(all []desk.QuestionSeen) string {
	all = slices.DeleteFunc(slices.Clone(all), func(q desk.QuestionSeen) bool { return !q.Waits })
	if len(all) == 0 {
		return ""
	}
	var letters []string
	since := all[0].AskedAt
	for _, q := range all {
		letters, since = append(letters, q.Letter), min(since, q.AskedAt)
	}
	slices.Sort(letters)
	who, have := "Reviewer "+letters[0], "has"
	if len(letters) > 1 {
		who, have = "Reviewers "+strings.Join(letters, ", "), "have"
	}
	return fmt.Sprintf("%s %s not answered yet, asked %s. You may decide without: no answer is taken after that.", who,
		have, moment(since))
}
