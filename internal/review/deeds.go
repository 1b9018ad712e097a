package review

import (
	"maps"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// How the acts of this room are taken back (internal/deeds). A review is taken back by its author only, and only while
// its round is open; what is answered then does not depend on the reviews of others. What ends a round is undone by
// acts of its own.

// heldOf is what the deed of a review keeps.
type heldOf struct {
	Review   Public `json:"review"`
	Replaced Public `json:"replaced,omitempty"` // the person's own that it set aside
}

func noteReview(tx *store.Tx, who history.Who, c claims.Claim, rv Review, replaced Public) error {
	d := deeds.Deed{Kind: "review.submitted", Object: claims.Object(c.ID), ClaimID: int64(c.ID),
		CollectionID: c.CollectionID}
	if err := d.Hold(heldOf{rv.Public, replaced}); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// onRoundDeeds are the acts of editors on a round, as deeds.
var onRoundDeeds = map[auth.Action]string{auth.Adjudicate: "decision.adjudicated", auth.Approve: "decision.approved",
	auth.Reopen: "claim.reopened"}

func noteOnRound(tx *store.Tx, who history.Who, act auth.Action, c claims.Claim) error {
	return deeds.Note(tx, who, deeds.Deed{Kind: onRoundDeeds[act], Object: claims.Object(c.ID), ClaimID: int64(c.ID),
		CollectionID: c.CollectionID, Version: c.Version})
}

// Deeds says how the acts of this room are taken back.
func (s *Service) Deeds() map[string]deeds.Kind {
	const reopen = "That is not taken back so: reopen the claim, with a reason, and it is decided anew."
	out := map[string]deeds.Kind{
		"review.submitted":     {Words: "reviewed claim", Back: s.takeBack, Again: s.submitAgain},
		"decision.adjudicated": {Words: "adjudicated claim", Instead: reopen},
		"decision.approved":    {Words: "approved claim", Instead: reopen},
		"claim.reopened": {Words: "reopened claim",
			Instead: "That is not taken back so: the claim is reviewed again, and decided."},
	}
	out[asked] = deeds.Kind{Words: "asked a reviewer about claim",
		Back: s.turnQuestion, Again: s.turnQuestion}
	maps.Copy(out, s.givenKinds())
	return out
}

// ownReview is a review of a person while they take it back, or give it again.
type ownReview struct {
	who   history.Who
	claim claims.Claim
	round Round
	held  heldOf
	rv    Review
}

// own locks what a person's own review is about. When its round has closed it is fault.Conflict.
func (s *Service) own(tx *store.Tx, actor auth.Actor, d *deeds.Deed) (o ownReview, err error) {
	if err := d.Held(&o.held); err != nil {
		return o, err
	}
	if o.claim, err = claims.Lock(tx, claims.ID(d.ClaimID)); err != nil {
		return o, err
	}
	if o.who, err = s.policy.May(actor, auth.ThingReview, auth.Submit, o.claim.CollectionID); err != nil {
		return o, err
	}
	if err := store.Take(tx.Gorm(), &o.rv, "such review of yours", "public = ? AND reviewer_id = ?", o.held.Review,
		actor.UserID); err != nil {
		return o, err
	}
	if err := store.Take(tx.Gorm(), &o.round, "such round", "id = ?", o.rv.RoundID); err != nil {
		return o, err
	}
	if o.round.ClosedAt != nil {
		return o, fault.New(fault.Conflict, "The round of your review of claim %d is closed, so the review stays. An "+
			"editor can reopen the claim, with a reason; then you review it again.", o.claim.ID)
	}
	return o, nil
}

// takeBack withdraws a person's review. What it had replaced stands again, and what was typed is a draft again.
func (s *Service) takeBack(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	o, err := s.own(tx, actor, d)
	if err != nil {
		return err
	}
	if o.rv.SupersededAt != nil {
		return fault.Stale("You gave another review of claim %d since, or took this one back. Look at it again.",
			o.claim.ID)
	}
	at := tx.Now()
	after := o.rv
	after.SupersededAt, after.Withdrawn = &at, true
	if err := o.set(tx, d, o.rv, after, "review.withdrawn"); err != nil {
		return err
	}
	if o.held.Replaced != "" {
		var before Review
		if err := store.Take(tx.Gorm(), &before, "such review of yours", "public = ? AND reviewer_id = ?",
			o.held.Replaced, actor.UserID); err != nil {
			return err
		}
		again := before
		again.SupersededAt, again.Withdrawn = nil, false
		if err := o.set(tx, d, before, again, "review.restored"); err != nil {
			return err
		}
	}
	return o.draftAgain(tx)
}

// set changes whether a review stands, with its event, which the round veils.
func (o ownReview) set(tx *store.Tx, d *deeds.Deed, before, after Review, action string) error {
	if err := store.Changed(tx.Gorm().Model(&Review{}).Where("id = ?", before.ID).Updates(map[string]any{
		"superseded_at": after.SupersededAt, "withdrawn": after.Withdrawn}), "your review"); err != nil {
		return err
	}
	_, err := history.Append(tx, o.who, history.Event{Action: action, Object: Object(before),
		Collection: int64(o.claim.CollectionID), Before: reviewFields(before, o.round.Public),
		After: reviewFields(after, o.round.Public), Veil: int64(o.round.ID), Reason: d.Reason(), Batch: d.Batch()})
	return err
}

// draftAgain gives the author back what they had typed, unless they typed something else since.
func (o ownReview) draftAgain(tx *store.Tx) error {
	was, err := rowUnsent(&tx.Rx, o.rv.ReviewerID, o.claim.ID)
	if err != nil || was != nil {
		return err
	}
	var n int64
	if err := tx.Gorm().Model(&Unsent{}).Where("user_id = ?", o.rv.ReviewerID).Count(&n).Error; err != nil ||
		n >= MostUnsent {
		return err
	}
	u := o.unsent()
	if err := u.forgetIn(&tx.Rx, o.claim); err != nil { // a text may have been taken down since the review was given
		return err
	}
	u.SavedAt, u.Version = tx.Now(), int64(tx.Now()) // a version that another tab knows is not given twice
	return tx.Gorm().Create(&u).Error
}

func (o ownReview) unsent() Unsent {
	return Unsent{UserID: o.rv.ReviewerID, ClaimID: o.claim.ID, Verdict: o.rv.Verdict, Reason: o.rv.Reason,
		Confidence: confidenceField(o.rv.Confidence), Rationale: o.rv.Rationale, Searched: o.rv.Searched,
		Evidence: o.rv.Evidence, SeenEvidence: o.rv.SeenEvidence}
}

// submitAgain gives a review again that was taken back: it is judged anew, and counts as one that is sent.
func (s *Service) submitAgain(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	o, err := s.own(tx, actor, d)
	if err != nil {
		return err
	}
	c := o.claim
	if err := reviewable(&tx.Rx, c, Submission{ClaimID: c.ID, WordsVersion: o.rv.WordsVersion,
		Round: o.round.N}); err != nil {
		return err
	}
	if err := evidence.Hold(tx, c); err != nil {
		return err
	}
	w, err := weigh(&tx.Rx, c)
	if err != nil {
		return err
	}
	col, err := articles.CollectionByID(&tx.Rx, c.CollectionID)
	if err != nil {
		return err
	}
	if _, err := judgeDraft(col, Draft{Verdict: o.rv.Verdict, Reason: o.rv.Reason, Rationale: o.rv.Rationale,
		Searched: o.rv.Searched, Evidence: o.rv.Evidence}, w.linked); err != nil {
		return err
	}
	all, err := current(&tx.Rx, o.round.ID)
	if err != nil {
		return err
	}
	all, replaced, err := supersede(tx, o.who, c, o.round, all, actor.UserID)
	if err != nil {
		return err
	}
	after := o.rv
	after.SupersededAt, after.Withdrawn = nil, false
	if err := o.set(tx, d, o.rv, after, "review.restored"); err != nil {
		return err
	}
	if err := o.dropDraft(tx); err != nil {
		return err
	}
	o.held.Replaced = replaced
	if err := d.Hold(o.held); err != nil {
		return err
	}
	_, err = s.conclude(tx, o.who, c, o.round, append(all, after), w.around)
	return err
}

// dropDraft erases the draft that takeBack left, unless the author typed something into it.
func (o ownReview) dropDraft(tx *store.Tx) error {
	u, err := rowUnsent(&tx.Rx, o.rv.ReviewerID, o.claim.ID)
	if err != nil || u == nil || !u.same(o.unsent()) {
		return err
	}
	return dropUnsent(tx, o.rv.ReviewerID, o.claim.ID)
}

// mends are the acts whose taking back may make reviews count again.
var mends = []string{"evidence.linked", "evidence.unlinked", "claim.edited", "claim.anchor_confirmed", "claim.split",
	"claim.merged", "claim.withdrawn", "origin.confirmed"}

// mostMended bounds the claims that are settled when what was said of an origin is taken back.
const mostMended = 200

// Settle closes rounds whose reviews reach the quorum again, because what had made one of them stale was taken back:
// else a round would wait for nobody.
func (s *Service) Settle(tx *store.Tx, actor auth.Actor, d deeds.Deed) error {
	if !slices.Contains(mends, d.Kind) {
		return nil
	}
	if d.ClaimID != 0 {
		return s.settle(tx, actor, claims.ID(d.ClaimID))
	}
	texts, err := evidence.StatedBy(d)
	if err != nil || len(texts) == 0 {
		return err
	}
	waiting, err := store.Select[claims.ID](&tx.Rx, `SELECT c.id FROM claims c JOIN review_rounds rd
		ON rd.claim_id = c.id AND rd.n = c.round WHERE c.state = 'open' AND rd.closed_at IS NULL AND (c.article_id IN ?
		OR EXISTS (SELECT 1 FROM evidence e WHERE e.claim_id = c.id AND e.article_id IN ? AND e.unlinked_at IS NULL))
		AND c.collection_id = ?
		ORDER BY c.id LIMIT ?`, texts, texts, d.CollectionID, mostMended)
	for _, id := range waiting {
		if err := s.settle(tx, actor, id); err != nil {
			return err
		}
	}
	return err
}

// settle closes the round of a claim if its reviews reach the quorum.
func (s *Service) settle(tx *store.Tx, actor auth.Actor, id claims.ID) error {
	c, err := claims.Lock(tx, id)
	if err != nil || Reviewable(c) != nil {
		return err
	}
	rd, there, err := roundOf(&tx.Rx, c)
	if err != nil || !there || rd.ClosedAt != nil {
		return err
	}
	all, err := current(&tx.Rx, rd.ID)
	if err != nil || len(all) < rd.Quorum {
		return err
	}
	who, err := s.policy.May(actor, auth.ThingClaim, auth.Write, c.CollectionID)
	if err != nil {
		return err
	}
	w, err := aroundOf(&tx.Rx, c)
	if err != nil {
		return err
	}
	_, err = s.conclude(tx, who, c, rd, all, w)
	return err
}
