package review

import (
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
)

// How a question to a reviewer is taken back: by whom it was asked, while the claim is in conflict and nobody has
// answered. Whoever it was put to, and has not looked, is told no more. Its words come back from the history.

const asked = "question.asked"

// heldQuestion is a question without its words.
type heldQuestion struct {
	Public     Public       `json:"public"`
	RoundID    RoundID      `json:"round"`
	ReviewerID auth.UserID  `json:"reviewer"`
	AskedAt    store.Micros `json:"asked_at"`
}

func noteQuestion(tx *store.Tx, who history.Who, c claims.Claim, q Question) error {
	d := deeds.Deed{Kind: asked, Object: questionObject(q), ClaimID: int64(c.ID), CollectionID: c.CollectionID}
	if err := d.Hold(heldQuestion{q.Public, q.RoundID, q.ReviewerID, q.AskedAt}); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// turnQuestion takes a question back, or puts it again.
func (s *Service) turnQuestion(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var h heldQuestion
	if err := d.Held(&h); err != nil {
		return err
	}
	c, err := claims.Lock(tx, claims.ID(d.ClaimID))
	if err != nil {
		return err
	}
	who, err := s.policy.May(actor, auth.ThingRound, auth.Adjudicate, c.CollectionID)
	if err != nil {
		return err
	}
	rd, there, err := roundOf(&tx.Rx, c)
	if err != nil {
		return err
	}
	if !there || rd.ID != h.RoundID || c.State != claims.InConflict {
		return fault.New(fault.Conflict, "The conflict on claim %d is over, so your question stays as it is.", c.ID)
	}
	if d.Again() {
		return askAgain(tx, who, c, rd, *d, h)
	}
	var q Question
	if err := store.Take(tx.Lock(), &q, "such question of yours", "public = ? AND asked_by = ?", h.Public,
		actor.UserID); err != nil {
		return err
	}
	if q.AnsweredAt != nil {
		return fault.New(fault.Conflict, "Others have built on it: your question about claim %d was answered since. "+
			"It stays as it is.", c.ID)
	}
	if err := store.Changed(tx.Gorm().Delete(&Question{}, "id = ? AND answered_at IS NULL", q.ID),
		"this question"); err != nil {
		return err
	}
	if err := notices.Untell(tx, aboutQuestion(c, q, notices.SentBack), q.ReviewerID); err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{Action: "question.withdrawn", Object: d.Object,
		Collection: int64(c.CollectionID), Before: questionFields(q, rd.Public), Veil: int64(rd.ID),
		Reason: d.Reason(), Batch: d.Batch()})
	return err
}

// askAgain puts a question again with the words that it had, unless they were erased or another waits there.
func askAgain(tx *store.Tx, who history.Who, c claims.Claim, rd Round, d deeds.Deed, h heldQuestion) error {
	all, err := QuestionsIn(&tx.Rx, c.ID, []RoundID{rd.ID})
	if err != nil {
		return err
	}
	for _, q := range all {
		if q.ReviewerID == h.ReviewerID && q.AnsweredAt == nil || len(all) >= MostQuestions {
			return fault.New(fault.Conflict, "Another question waits for this reviewer of claim %d now. Wait for the "+
				"answer.", c.ID)
		}
	}
	found, err := history.List(&tx.Rx, history.Filter{Object: d.Object, ActionPrefix: asked, Limit: 1,
		Viewer: history.Viewer{UserID: who.UserID}})
	if err != nil {
		return err
	}
	q := Question{Public: h.Public, ClaimID: c.ID, RoundID: rd.ID, AskedBy: auth.UserID(who.UserID),
		ReviewerID: h.ReviewerID, AskedAt: h.AskedAt}
	if len(found) == 1 && !found[0].Texts["question"].Erased {
		q.Question = found[0].Texts["question"].Text
	}
	if q.Question == "" {
		return fault.New(fault.Conflict, "The words of your question about claim %d are there no more. Write it anew.",
			c.ID)
	}
	if err := tx.Gorm().Create(&q).Error; err != nil {
		return err
	}
	if err := notices.Tell(tx, aboutQuestion(c, q, notices.SentBack), h.ReviewerID); err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{Action: asked, Object: d.Object, Collection: int64(c.CollectionID),
		After: questionFields(q, rd.Public), Texts: questionTexts(q), Veil: int64(rd.ID), Reason: d.Reason(),
		Batch: d.Batch()})
	return err
}
