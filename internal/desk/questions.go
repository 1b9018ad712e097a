package desk

import (
	"context"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/review"
)

// QuestionSeen is a question to a reviewer of a conflict that a person may see. Who asked and who was asked are 0 where
// the letter stands for the name.
type QuestionSeen struct {
	review.Question
	Letter string
	Mine   bool // this person was asked
	Waits  bool // it can still be answered
}

// questions adds to the rounds what was asked in them, as far as the person may see it: all of it for auditors, and for
// everybody once the round is decided or left; until then what they were asked themselves, and for those who may decide
// the conflict all, under letters. Nothing is asked in a round that is open.
func (l *look) questions(w review.Whole, v *Reviewing) error {
	var ids []review.RoundID
	for _, rd := range w.Rounds {
		if rd.Outcome == review.InConflict || rd.Outcome == review.Abandoned {
			ids = append(ids, rd.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	asked, err := review.QuestionsIn(l.rx, v.Claim.ID, ids)
	if err != nil || len(asked) == 0 {
		return err
	}
	for i := range v.Rounds {
		seen := &v.Rounds[i]
		at := slices.IndexFunc(w.Rounds, func(rd review.Round) bool { return rd.N == seen.N })
		if at < 0 {
			continue
		}
		rd := w.Rounds[at]
		letters := w.Letters(rd)
		for _, q := range asked {
			if q.RoundID == rd.ID {
				if x, may := l.question(q, phaseOf(rd, w.Decisions[rd.ID]), v.Claim, w.Of(rd)); may {
					x.Letter = letters[q.ReviewerID]
					seen.Questions = append(seen.Questions, x)
				}
			}
		}
	}
	return nil
}

func (l *look) question(q review.Question, ph phase, c claims.Claim, all []review.Review) (QuestionSeen, bool) {
	me := l.actor.UserID
	x := QuestionSeen{Question: q, Mine: q.ReviewerID == me, Waits: ph == conflicted && q.AnsweredAt == nil}
	named := ph == settled || ph == abandoned || l.may(auth.ThingReview, auth.ReadOpen, c.CollectionID)
	decides := l.may(auth.ThingRound, auth.Adjudicate, c.CollectionID) && review.Adjudicator(c, all, me) == nil
	if !named && !decides && !x.Mine {
		return x, false
	}
	if !named {
		if !x.Mine {
			x.ReviewerID = 0
		}
		if x.AskedBy != me {
			x.AskedBy = 0
		}
	}
	l.name(x.ReviewerID)
	l.name(x.AskedBy)
	return x, true
}

// ToMe lists what the person was asked in the present round and has not answered.
func (v Reviewing) ToMe() (out []QuestionSeen) {
	if rd := v.Present(); rd != nil {
		for _, q := range rd.Questions {
			if q.Mine && q.Waits {
				out = append(out, q)
			}
		}
	}
	return out
}

// QuestionJSON is a question to a reviewer, and the answer. Question names it when it is answered.
type QuestionJSON struct {
	Question   review.Public `json:"question"`
	Letter     string        `json:"letter,omitempty"`
	Reviewer   auth.UserID   `json:"reviewer,omitempty"` // left out where the letter stands for the name
	AskedBy    auth.UserID   `json:"asked_by,omitempty"` // left out until the conflict is over
	Mine       bool          `json:"mine"`               // it is put to whoever reads this
	Waits      bool          `json:"waits"`              // it can be answered
	Words      string        `json:"words"`
	AskedAt    Time          `json:"asked_at"`
	Answer     string        `json:"answer"`
	AnsweredAt *Time         `json:"answered_at,omitempty"`
}

// JSON is a question for programs.
func (q QuestionSeen) JSON() QuestionJSON {
	return QuestionJSON{Question: q.Public, Letter: q.Letter, Reviewer: q.ReviewerID, AskedBy: q.AskedBy, Mine: q.Mine,
		Waits: q.Waits, Words: q.Question.Question, AskedAt: Time(q.AskedAt), Answer: q.Answer,
		AnsweredAt: timeOf(q.AnsweredAt)}
}

// NextConflict is the conflict that the person may decide after one; 0 when there is none.
func (d *Desk) NextConflict(ctx context.Context, actor auth.Actor, after claims.Claim) (next claims.ID, err error) {
	defer fault.In(&err, "desk.NextConflict(%d)", after.ID)
	err = d.look(ctx, actor, func(l *look) (err error) {
		next, err = l.nextConflict(after)
		return err
	})
	return next, err
}

func (l *look) nextConflict(after claims.Claim) (claims.ID, error) {
	if !l.may(auth.ThingRound, auth.Adjudicate, after.CollectionID) {
		return 0, nil
	}
	return review.NextConflict(l.rx, l.actor.UserID, after)
}
