package review

import (
	"context"
	"errors"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Submission is a review on its way. WordsVersion and Round are those the reviewer had open.
type Submission struct {
	ClaimID      claims.ID
	WordsVersion int64
	Round        int
	Draft
	Confidence *int // 0–100; nil: not stated
}

// Submit records a reviewer's verdict and says where the claim stands after it. It fails with fault.Conflict only when
// the words or the round changed or a named item is gone, and it never shows another's review; with fault.Invalid, the
// failures as its detail, when a guard is not met.
func (s *Service) Submit(ctx context.Context, actor auth.Actor, sub Submission) (_ Review, _ claims.Claim, err error) {
	defer fault.In(&err, "review.Submit(claim %d)", sub.ClaimID)
	_, who, err := s.allowed(ctx, actor, sub.ClaimID, auth.ThingReview, auth.Submit)
	if err != nil {
		return Review{}, claims.Claim{}, err
	}
	if err := checkDraft(&sub.Draft, sub.Confidence); err != nil {
		return Review{}, claims.Claim{}, err
	}
	var rv Review
	var c claims.Claim
	err = s.write(ctx, func(tx *store.Tx) error {
		if c, err = claims.Lock(tx, sub.ClaimID); err != nil {
			return err
		}
		if err := reviewable(&tx.Rx, c, sub); err != nil {
			return err
		}
		if err := evidence.Hold(tx, c); err != nil {
			return err
		}
		w, err := weigh(&tx.Rx, c)
		if err != nil {
			return err
		}
		to, err := enteringOf(&tx.Rx, c)
		if err != nil {
			return err
		}
		advice, err := judgeDraft(to.col, sub.Draft, w.linked)
		if err != nil {
			return err
		}
		rd := to.round
		if rd.ID == 0 {
			if rd, err = makeRound(tx, who, c, to.col, ""); err != nil {
				return err
			}
		}
		rv = Review{
			Public: store.Draw(), ClaimID: c.ID, RoundID: rd.ID, ReviewerID: actor.UserID,
			WordsVersion: c.WordsVersion, Verdict: sub.Verdict,
			Reason:     sub.Reason,
			Confidence: sub.Confidence, Rationale: sub.Rationale, Searched: sub.Searched,
			Evidence:    EvidenceIDs(sub.Evidence),
			SubmittedAt: tx.Now(), Advice: advice,
			Ground: groundOf(c, w), Guideline: to.inForce,
		}
		for _, x := range w.items {
			rv.SeenEvidence = max(rv.SeenEvidence, x.ID)
		}
		rv.OwnOnly = ownOnly(rv, w.items)
		all, replaced, err := supersede(tx, who, c, rd, to.standing, actor.UserID)
		if err != nil {
			return err
		}
		if err := tx.Gorm().Create(&rv).Error; err != nil {
			return err
		}
		if err := errors.Join(dropUnsent(tx, actor.UserID, c.ID), dropTrail(tx, actor.UserID, c.ID)); err != nil {
			return err
		}
		if _, err := history.Append(tx, who, history.Event{Action: "review.submitted", Object: Object(rv),
			Collection: int64(c.CollectionID), After: reviewFields(rv, rd.Public), Texts: reviewTexts(rv),
			Veil: int64(rd.ID)}); err != nil {
			return err
		}
		if err := noteReview(tx, who, c, rv, replaced); err != nil {
			return err
		}
		if c, err = s.conclude(tx, who, c, rd, append(all, rv), w.around); err != nil {
			return err
		}
		c, err = claims.Filled(&tx.Rx, c)
		return err
	})
	if c.State == claims.Open {
		rv = rv.Unnumbered()
	}
	return rv, c, err
}

// entering is what a review comes into.
type entering struct {
	col      articles.Collection
	inForce  int      // the number of the guidelines' version in force, 0 for none
	round    Round    // the claim's present one; ID 0: this review begins it
	standing []Review // those in it that are not superseded, oldest first
}

var enteringQuery = "SELECT " + store.Columns[articles.Collection]("k", "k_") + ", (SELECT MAX(n) FROM guidelines " +
	"WHERE collection_id = k.id) AS in_force, " + store.Columns[Round]("rd", "rd_") + ", " +
	store.Columns[Review]("rv", "rv_") + " FROM collections k LEFT JOIN review_rounds rd ON rd.claim_id = ? AND " +
	"rd.n = ? LEFT JOIN reviews rv ON rv.round_id = rd.id AND rv.superseded_at IS NULL WHERE k.id = ? ORDER BY rv.id"

// enteringOf reads it in one statement; the claim is locked.
func enteringOf(r *store.Rx, c claims.Claim) (out entering, err error) {
	rows, err := store.Select[struct {
		Col     articles.Collection `gorm:"embedded;embeddedPrefix:k_"`
		InForce int                 `gorm:"column:in_force"`
		Round   Round               `gorm:"embedded;embeddedPrefix:rd_"`
		Review  Review              `gorm:"embedded;embeddedPrefix:rv_"`
	}](r, enteringQuery, c.ID, c.Round, c.CollectionID)
	for _, x := range rows {
		if out.col, out.inForce, out.round = x.Col, x.InForce, x.Round; x.Review.ID != 0 {
			out.standing = append(out.standing, x.Review)
		}
	}
	return out, err
}

// reviewable says whether this claim, as it stands now, may be reviewed as the person saw it.
func reviewable(r *store.Rx, c claims.Claim, sub Submission) error {
	if err := Reviewable(c); err != nil {
		return err
	}
	if c.WordsVersion != sub.WordsVersion {
		return claims.ConflictOf(r, c, sub.WordsVersion)
	}
	if c.Round != sub.Round {
		return otherRound(c, sub.Round)
	}
	return nil
}

// judgeDraft applies the guards, and gives back those that failed where they only advise.
func judgeDraft(col articles.Collection, d Draft, linked []Weighed) (articles.Advice, error) {
	for _, id := range d.Evidence {
		if !slices.ContainsFunc(linked, func(w Weighed) bool { return w.ID == id }) {
			return nil, fault.Stale(
				"Evidence #%d that you named is not linked to this claim any more. Look at the evidence again; what "+
					"you typed is kept.", id)
		}
	}
	advice := articles.Advice{}
	var hard []Failure
	for _, f := range Check(d, linked) {
		if slices.Contains(col.Advice, f.Guard) {
			advice = append(advice, f.Guard)
		} else {
			hard = append(hard, f)
		}
	}
	if len(hard) == 0 {
		return advice, nil
	}
	e := fault.New(fault.Invalid, "%s %s", hard[0].Msg, hard[0].Remedy).WithDetail(hard)
	for _, f := range hard {
		e = e.With(f.Field, f.Msg+" "+f.Remedy)
	}
	return nil, e
}

// supersede sets aside an earlier review of the same person in this round, and gives those that still stand and the
// name of the one that it set aside, "" for none.
func supersede(tx *store.Tx, who history.Who, c claims.Claim, rd Round, all []Review, by auth.UserID) (rest []Review,
	replaced Public, err error) {
	for _, o := range all {
		if o.ReviewerID != by {
			rest = append(rest, o)
			continue
		}
		replaced = o.Public
		before, at := reviewFields(o, rd.Public), tx.Now()
		o.SupersededAt = &at
		if err := store.Changed(tx.Gorm().Model(&Review{}).Where("id = ? AND superseded_at IS NULL",
			o.ID).Update("superseded_at", at), "your review"); err != nil {
			return nil, "", err
		}
		if _, err := history.Append(tx, who, history.Event{Action: "review.superseded", Object: Object(o),
			Collection: int64(c.CollectionID), Before: before, After: reviewFields(o, rd.Public),
			Veil: int64(rd.ID)}); err != nil {
			return nil, "", err
		}
	}
	return rest, replaced, nil
}

// conclude counts the reviews of a round that stand, and closes it when they reach the quorum. w is what they rest on,
// read in this Write.
func (s *Service) conclude(tx *store.Tx, who history.Who, c claims.Claim, rd Round, all []Review,
	w around) (claims.Claim, error) {
	stale := staleAmong(all, c, w)
	voices := make([]Voice, len(all))
	var standing []Review
	for i, rv := range all {
		voices[i] = Voice{Verdict: rv.Verdict, Reason: rv.Reason, Stale: stale[rv.ID] != ""}
		if !voices[i].Stale {
			standing = append(standing, rv)
		}
	}
	out := Judge(voices, Terms{Quorum: rd.Quorum, Rule: rd.Rule})
	switch out.State {
	case claims.InConflict:
		if err := closeRound(tx, who, c, &rd, InConflict); err != nil {
			return c, err
		}
		if err := countRound(tx, c, standing); err != nil { // the pairs are counted when their names are shown
			return c, err
		}
		return s.claims.Advance(tx, who, c, func(c *claims.Claim) { c.State = claims.InConflict }, "claim.in_conflict",
			"")
	case claims.Decided:
		if err := closeRound(tx, who, c, &rd, Agreed); err != nil {
			return c, err
		}
		if err := countRound(tx, c, standing); err != nil {
			return c, err
		}
		if err := countPairs(tx, c, standing); err != nil {
			return c, err
		}
		d := Decision{ClaimID: c.ID, RoundID: rd.ID, Verdict: out.Verdict, Reason: out.Reason,
			Causes:   store.List[Cause]{},
			Evidence: relied(standing, out.Verdict), Counted: reviewersOf(standing), Advice: articles.Advice{},
			DecidedAt: tx.Now(), Version: 1}
		if err := tellOtherwise(tx, c, rd, d, all); err != nil {
			return c, err
		}
		return s.decide(tx, who, c, rd, d, "decision.reached", "claim.decided")
	}
	return c, nil
}

func reviewersOf(reviews []Review) store.IDs[auth.UserID] {
	out := store.IDs[auth.UserID]{}
	for _, rv := range reviews {
		out = append(out, rv.ReviewerID)
	}
	slices.Sort(out)
	return out
}

// relied is every item that a review of the verdict relied on, each once, in order.
func relied(reviews []Review, verdict claims.Verdict) EvidenceIDs {
	out := EvidenceIDs{}
	for _, rv := range reviews {
		if rv.Verdict != verdict {
			continue
		}
		for _, id := range rv.Evidence {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	slices.Sort(out)
	return out
}

func (s *Service) decide(tx *store.Tx, who history.Who, c claims.Claim, rd Round, d Decision, action,
	claimAction string) (claims.Claim, error) {
	if err := tx.Gorm().Create(&d).Error; err != nil {
		return c, err
	}
	if _, err := history.Append(tx, who, history.Event{Action: action, Object: decisionObject(d.ID),
		Collection: int64(c.CollectionID), After: decisionFields(d, rd.Public), Texts: decisionTexts(d)}); err != nil {
		return c, err
	}
	if err := noteGap(tx, who, c, d); err != nil {
		return c, err
	}
	return s.claims.Advance(tx, who, c, func(c *claims.Claim) {
		c.State, c.Verdict, c.Reason = claims.Decided,
			d.Verdict, d.Reason
	}, claimAction, "")
}

// checkDraft looks at what was typed, before any Write.
func checkDraft(d *Draft, confidence *int) error {
	d.Rationale, d.Searched = strings.TrimSpace(d.Rationale), strings.TrimSpace(d.Searched)
	slices.Sort(d.Evidence)
	d.Evidence = slices.Compact(d.Evidence)
	if d.Evidence == nil {
		d.Evidence = []evidence.ID{}
	}
	var bad fault.Collect
	if !claims.Verdicts.Has(d.Verdict) {
		bad.Add("verdict", "Choose a verdict: 1 corroborated, 2 disputed, 3 unverified.")
	} else if !reasons[d.Verdict].Has(d.Reason) {
		bad.Add("reason", "Choose why it is %s: %s.", d.Verdict.Word(), strings.Join(reasons[d.Verdict].Words(), ", "))
	}
	if confidence != nil && (*confidence < 0 || *confidence > 100) {
		bad.Add("confidence", "Confidence is a number from 0 to 100; %d is not. Leave it empty when you cannot say.",
			*confidence)
	}
	for field, v := range map[string]string{"rationale": d.Rationale, "searched": d.Searched} {
		if err := text.CheckTyped(field, v); err != nil {
			bad.Add(field, "%s", err)
		} else if n := len([]rune(v)); n > 10000 {
			bad.Add(field, "The %s has %d characters; at most 10,000 are kept.", field, n)
		}
	}
	return bad.Err()
}
