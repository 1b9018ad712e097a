package review

import (
	"context"
	"slices"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// QuestionID numbers a question.
type QuestionID int64

// Question is what an adjudicator asks one reviewer of a round in conflict, and what that one answers. The claim stays
// in conflict and no review is changed: the answer is a note for whoever decides. It waits for its answer until then.
type Question struct {
	ID         QuestionID    `gorm:"column:id;primaryKey" json:"-"`
	Public     Public        `gorm:"column:public" json:"id"`
	ClaimID    claims.ID     `gorm:"column:claim_id" json:"claim"`
	RoundID    RoundID       `gorm:"column:round_id" json:"-"`
	AskedBy    auth.UserID   `gorm:"column:asked_by" json:"asked_by"`
	ReviewerID auth.UserID   `gorm:"column:reviewer_id" json:"reviewer"`
	Question   string        `gorm:"column:question" json:"question" words:"own"`
	AskedAt    store.Micros  `gorm:"column:asked_at" json:"asked_at"`
	Answer     string        `gorm:"column:answer" json:"answer" words:"own"`
	AnsweredAt *store.Micros `gorm:"column:answered_at" json:"answered_at,omitempty"` // nil: it waits
}

// TableName names the table.
func (Question) TableName() string { return "review_questions" }

const (
	// MostQuestions is how many questions may be asked in one round.
	MostQuestions = 50
	// MostSentBack is how many questions that wait for a person are read at once.
	MostSentBack = 200
)

// Asking is a question to the reviewer who has a letter in the round: the adjudicator knows no names.
type Asking struct {
	ClaimID  claims.ID
	Round    int
	Letter   string
	Question string
}

// SendBack asks one reviewer of a round in conflict something. The claim stays in conflict.
func (s *Service) SendBack(ctx context.Context, actor auth.Actor, a Asking) (_ claims.Claim, err error) {
	defer fault.In(&err, "review.SendBack(%d, %s)", a.ClaimID, a.Letter)
	typed := func() error {
		return checkNote("question", &a.Question, "Write what you ask; the reviewer reads it.")
	}
	return s.onRound(ctx, actor, a.ClaimID, auth.Adjudicate, typed, Adjudicable,
		func(tx *store.Tx, who history.Who, c claims.Claim) (claims.Claim, error) {
			if c.Round != a.Round {
				return c, otherRound(c, a.Round)
			}
			rd, there, err := roundOf(&tx.Rx, c)
			if err != nil || !there {
				return c, err
			}
			to, err := askable(&tx.Rx, c, rd, actor.UserID, a.Letter)
			if err != nil {
				return c, err
			}
			q := Question{Public: store.Draw(), ClaimID: c.ID, RoundID: rd.ID, AskedBy: actor.UserID, ReviewerID: to,
				Question: a.Question, AskedAt: tx.Now()}
			if err := tx.Gorm().Create(&q).Error; err != nil {
				return c, err
			}
			if err := notices.Tell(tx, aboutQuestion(c, q, notices.SentBack), to); err != nil {
				return c, err
			}
			if _, err = history.Append(tx, who, history.Event{Action: "question.asked", Object: questionObject(q),
				Collection: int64(c.CollectionID), After: questionFields(q, rd.Public), Texts: questionTexts(q),
				Veil: int64(rd.ID)}); err != nil {
				return c, err
			}
			if err := claims.SentTyped(tx, actor.UserID, c.ID, claims.QuestionForm); err != nil {
				return c, err
			}
			return c, noteQuestion(tx, who, c, q)
		})
}

// askable gives the reviewer who has a letter in a round, when the actor may ask them something now.
func askable(r *store.Rx, c claims.Claim, rd Round, by auth.UserID, letter string) (auth.UserID, error) {
	w, err := WholeOf(r, c, 0)
	if err != nil {
		return 0, err
	}
	if err := Adjudicator(c, w.Of(rd), by); err != nil {
		return 0, err
	}
	var to auth.UserID
	for user, l := range w.Letters(rd) {
		if l == letter {
			to = user
		}
	}
	if to == 0 {
		return 0, fault.New(fault.Invalid, "There is no reviewer “%s” in this round. Choose one of the letters on the "+
			"page.", strings.ToValidUTF8(letter, "")).With("letter", "Choose whom you ask.")
	}
	asked, err := QuestionsIn(r, c.ID, []RoundID{rd.ID})
	if err != nil {
		return 0, err
	}
	if len(asked) >= MostQuestions {
		return 0, fault.New(fault.Conflict, "%d questions were asked in this round; no more are taken. Decide it, or "+
			"start a new round.", len(asked))
	}
	if slices.ContainsFunc(asked, func(q Question) bool { return q.ReviewerID == to && q.AnsweredAt == nil }) {
		return 0, fault.New(fault.Conflict, "Reviewer %s has not answered your last question yet. Wait for the "+
			"answer, or decide without it.", letter).With("letter", "A question waits there already.")
	}
	return to, nil
}

// Answer answers a question that was put to the actor. It may be given until the conflict is decided.
func (s *Service) Answer(ctx context.Context, actor auth.Actor, id claims.ID, question Public, answer string) (
	out Question, err error) {
	defer fault.In(&err, "review.Answer(%d, %s)", id, question)
	_, who, err := s.allowed(ctx, actor, id, auth.ThingReview, auth.Submit)
	if err != nil {
		return out, err
	}
	if err := checkNote("answer", &answer, "Write your answer; whoever decides the conflict reads it."); err != nil {
		return out, err
	}
	err = s.write(ctx, func(tx *store.Tx) error {
		c, err := claims.Lock(tx, id)
		if err != nil {
			return err
		}
		if err := store.Take(tx.Gorm(), &out, "such question to you", "public = ? AND claim_id = ? AND reviewer_id = ?",
			question, id, actor.UserID); err != nil {
			return err
		}
		rd, there, err := roundOf(&tx.Rx, c)
		if err != nil {
			return err
		}
		if !there || rd.ID != out.RoundID || c.State != claims.InConflict {
			return fault.New(fault.Conflict, "The conflict on claim %d is over, so the question needs no answer any "+
				"more; what you typed is kept.", id)
		}
		if out.AnsweredAt != nil {
			return fault.New(fault.Conflict, "You have answered this question already.")
		}
		before, at := questionFields(out, rd.Public), tx.Now()
		out.Answer, out.AnsweredAt = answer, &at
		if err := store.Changed(tx.Gorm().Model(&Question{}).Where("id = ? AND answered_at IS NULL", out.ID).Updates(
			map[string]any{"answer": answer, "answered_at": at}), "this question"); err != nil {
			return err
		}
		if err := notices.Tell(tx, aboutQuestion(c, out, notices.Answered), out.AskedBy); err != nil {
			return err
		}
		if err := claims.SentTyped(tx, actor.UserID, c.ID, claims.AnswerForm); err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "question.answered", Object: questionObject(out),
			Collection: int64(c.CollectionID), Before: before, After: questionFields(out, rd.Public),
			Texts: questionTexts(out), Veil: int64(rd.ID)})
		return err
	})
	return out, err
}

// checkNote looks at what was typed as a question or an answer, and trims it.
func checkNote(field string, note *string, missing string) error {
	*note = strings.TrimSpace(*note)
	if err := text.CheckTyped(field, *note); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", err).With(field, err.Error())
	}
	if n := len([]rune(*note)); text.Blank(*note) || n > mostNote {
		msg := missing
		if n > mostNote {
			msg = "At most 2,000 characters are kept; shorten it."
		}
		return fault.New(fault.Invalid, "%s", msg).With(field, msg)
	}
	return nil
}

const mostNote = 2000

// QuestionsIn lists what was asked in some rounds of a claim, the oldest first. Who may see which of
// them is decided in package desk.
func QuestionsIn(r *store.Rx, claim claims.ID, rounds []RoundID) ([]Question, error) {
	return store.Select[Question](r, "SELECT * FROM review_questions WHERE claim_id = ? AND round_id IN ? ORDER BY id "+
		"LIMIT 1000", claim, rounds)
}

// SentBack lists the questions of a collection that wait for a person's answer, the oldest first. It asks no
// permission: show it to nobody but that person.
func SentBack(r *store.Rx, user auth.UserID, collection auth.CollectionID) ([]Question, error) {
	return store.Select[Question](r, "SELECT q.* FROM "+sentBackFrom+" ORDER BY q.id LIMIT ?", user, collection,
		claims.InConflict, MostSentBack)
}

const sentBackFrom = "review_questions q JOIN claims c ON c.id = q.claim_id JOIN review_rounds rd ON " +
	"rd.id = q.round_id AND rd.n = c.round WHERE q.reviewer_id = ? AND q.answered_at IS NULL " +
	"AND c.collection_id = ? AND c.state = ?"

// Resolved is a round in conflict that was decided otherwise than a person's own review in it.
type Resolved struct {
	ClaimID   claims.ID      `gorm:"column:claim_id"`
	RoundID   RoundID        `gorm:"column:round_id"`
	Own       claims.Verdict `gorm:"column:own"` // as their review said
	Verdict   claims.Verdict `gorm:"column:verdict"`
	Reason    Reason         `gorm:"column:reason"`
	DecidedAt store.Micros   `gorm:"column:decided_at"`
}

// ResolvedSince lists the conflicts of a collection that were decided after a moment otherwise than a person's own
// review in them, the oldest first. It asks no permission: show it to nobody but that person.
func ResolvedSince(r *store.Rx, user auth.UserID, collection auth.CollectionID, since store.Micros, limit int) (
	[]Resolved, error) {
	return store.Select[Resolved](r, "SELECT d.claim_id, d.round_id, rv.verdict AS own, d.verdict, d.reason, "+
		"d.decided_at FROM decisions d JOIN reviews rv ON rv.round_id = d.round_id AND rv.reviewer_id = ? AND "+
		"rv.superseded_at IS NULL AND rv.verdict <> d.verdict JOIN claims c ON c.id = d.claim_id WHERE "+
		"d.decided_at > ? AND d.adjudicator_id IS NOT NULL AND c.collection_id = ? ORDER BY d.decided_at, d.id LIMIT ?",
		user, since, collection, limit)
}

// Place is where a conflict stands among those that a person may decide, and how many of these were sent back with a
// question that nobody has answered yet. No number is above QueueCap+1.
type Place struct{ At, Of, SentBack int }

// PlaceOf counts the conflicts that a person may decide, in the queue's order; At is 0 when this is none of them.
func PlaceOf(r *store.Rx, user auth.UserID, c claims.Claim) (out Place, err error) {
	const all = "SELECT c.id, CASE WHEN EXISTS (SELECT 1 FROM review_questions q JOIN review_rounds rd ON rd.id = " +
		"q.round_id AND rd.n = c.round WHERE q.claim_id = c.id AND q.answered_at IS NULL) THEN 1 ELSE 0 END AS asked " +
		"FROM claims c WHERE c.collection_id = ? AND c.state = ? AND NOT EXISTS (SELECT 1 FROM reviews rv JOIN " +
		"review_rounds rd ON rd.id = rv.round_id AND rd.n = c.round WHERE rv.claim_id = c.id AND rv.reviewer_id = ?) " +
		"ORDER BY c.opened_at, c.id LIMIT ?"
	type row struct {
		ID    claims.ID
		Asked int
	}
	rows, err := store.Select[row](r, all, c.CollectionID, claims.InConflict, user, QueueCap+1)
	for i, x := range rows {
		out.SentBack += x.Asked
		if x.ID == c.ID {
			out.At = i + 1
		}
	}
	out.Of = len(rows)
	return out, err
}

// NextConflict is the conflict that a person may decide after one, in the queue's order, and from its beginning after
// the last; 0 when there is none.
func NextConflict(r *store.Rx, user auth.UserID, after claims.Claim) (claims.ID, error) {
	const part = "SELECT c.id, c.opened_at FROM claims c WHERE c.collection_id = ? AND c.state = ? AND c.id <> ? AND " +
		"NOT EXISTS (SELECT 1 FROM reviews rv JOIN review_rounds rd ON rd.id = rv.round_id AND rd.n = c.round WHERE " +
		"rv.claim_id = c.id AND rv.reviewer_id = ?)"
	args := []any{after.CollectionID, claims.InConflict, after.ID, user}
	var opened store.Micros
	if after.OpenedAt != nil {
		opened = *after.OpenedAt
	}
	later, err := store.Select[claims.Claim](r, part+" AND (c.opened_at > ? OR c.opened_at = ? AND c.id > ?) ORDER BY "+
		"c.opened_at, c.id LIMIT 1", append(args, opened, opened, after.ID)...)
	if err != nil || len(later) > 0 {
		return first(later), err
	}
	again, err := store.Select[claims.Claim](r, part+" ORDER BY c.opened_at, c.id LIMIT 1", args...)
	return first(again), err
}

func first(all []claims.Claim) claims.ID {
	if len(all) == 0 {
		return 0
	}
	return all[0].ID
}

func aboutQuestion(c claims.Claim, q Question, kind notices.Kind) notices.About {
	return notices.About{In: c.CollectionID, Kind: kind, Claim: int64(c.ID), Ref: string(q.Public)}
}

func questionObject(q Question) string { return "question:" + string(q.Public) }

func questionFields(q Question, round Public) history.Fields {
	return history.Fields{"claim": history.Num(q.ClaimID), "round": string(round), "asked_by": history.Num(q.AskedBy),
		"reviewer": history.Num(q.ReviewerID), "asked_at": history.Num(q.AskedAt),
		"answered_at": history.NumOr(q.AnsweredAt)}
}

func questionTexts(q Question) history.Texts {
	return history.Texts{"question": q.Question, "answer": q.Answer}
}
