package review

import (
	"context"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/term"
	"claimbench/internal/text"
)

// Adjudication is an editor's decision of a claim in conflict.
type Adjudication struct {
	ClaimID claims.ID
	Round   int
	Version int64 // of the claim, as the editor read it; 0: not stated, the round alone is compared
	Draft         // Rationale is needed when the verdict is none that a standing review gave
	Causes  []Cause
}

// onRound is the common road of what editors do on a claim's round: permission, what was typed, lock, guard, the act
// itself, and the claim as people see it after. do gives the claim as it left it.
func (s *Service) onRound(ctx context.Context, actor auth.Actor, id claims.ID, act auth.Action, typed func() error,
	guard func(claims.Claim) error, do changing) (c claims.Claim, err error) {
	_, who, err := s.allowed(ctx, actor, id, auth.ThingRound, act)
	if err != nil {
		return claims.Claim{}, err
	}
	if err := typed(); err != nil {
		return claims.Claim{}, err
	}
	err = s.write(ctx, func(tx *store.Tx) error {
		if c, err = claims.Lock(tx, id); err != nil {
			return err
		}
		if err := guard(c); err != nil {
			return err
		}
		if c, err = do(tx, who, c); err != nil {
			return err
		}
		c, err = claims.Filled(&tx.Rx, c)
		return err
	})
	return c, err
}

// changing is what an editor does to a round, or to its decision.
type changing func(*store.Tx, history.Who, claims.Claim) (claims.Claim, error)

// ended keeps what do does as a deed of the editor, and erases what they had typed for it.
func ended(actor auth.Actor, act auth.Action, do changing) changing {
	return func(tx *store.Tx, who history.Who, c claims.Claim) (claims.Claim, error) {
		c, err := do(tx, who, c)
		if err != nil {
			return c, err
		}
		if form, has := formOf[act]; has {
			if err := claims.SentTyped(tx, actor.UserID, c.ID, form); err != nil {
				return c, err
			}
		}
		return c, noteOnRound(tx, who, act, c)
	}
}

// Adjudicate decides a claim in conflict. Whoever reviewed it in this round does not adjudicate it.
func (s *Service) Adjudicate(ctx context.Context, actor auth.Actor, a Adjudication) (_ claims.Claim, err error) {
	defer fault.In(&err, "review.Adjudicate(%d, %s)", a.ClaimID, a.Verdict)
	return s.onRound(ctx, actor, a.ClaimID, auth.Adjudicate, a.check, Adjudicable,
		ended(actor, auth.Adjudicate, func(tx *store.Tx, who history.Who, c claims.Claim) (claims.Claim, error) {
			if c.Round != a.Round {
				return c, otherRound(c, a.Round)
			}
			if a.Version != 0 && a.Version != c.Version {
				return c, fault.Stale("Claim %d was changed after you opened it (version %d, now %d). "+
					"Read it again; what you typed is kept.", c.ID, a.Version, c.Version)
			}
			rd, there, err := roundOf(&tx.Rx, c)
			if err != nil || !there {
				return c, err
			}
			var reviews []Review
			if err := tx.Gorm().Where("round_id = ?", rd.ID).Find(&reviews).Error; err != nil {
				return c, err
			}
			if err := Adjudicator(c, reviews, actor.UserID); err != nil {
				return c, err
			}
			if err := a.explained(reviews); err != nil {
				return c, err
			}
			if err := evidence.Hold(tx, c); err != nil {
				return c, err
			}
			w, err := weigh(&tx.Rx, c)
			if err != nil {
				return c, err
			}
			col, err := articles.CollectionByID(&tx.Rx, c.CollectionID)
			if err != nil {
				return c, err
			}
			advice, err := judgeDraft(col, a.Draft, w.linked)
			if err != nil {
				return c, err
			}
			standing, err := standingOf(&tx.Rx, c, rd)
			if err != nil {
				return c, err
			}
			if err := history.Lift(tx, int64(rd.ID)); err != nil {
				return c, err
			}
			if err := countPairs(tx, c, standing); err != nil {
				return c, err
			}
			by := actor.UserID
			d := Decision{ClaimID: c.ID, RoundID: rd.ID, AdjudicatorID: &by, Verdict: a.Verdict, Reason: a.Reason,
				Rationale: a.Rationale, Causes: append(store.List[Cause]{}, a.Causes...),
				Evidence: EvidenceIDs(a.Evidence), Counted: reviewersOf(standing), Advice: advice,
				DecidedAt: tx.Now(), Version: 1}
			if err := tellOtherwise(tx, c, rd, d, reviews); err != nil {
				return c, err
			}
			return s.decide(tx, who, c, rd, d, "decision.adjudicated", "claim.adjudicated")
		}))
}

// check looks at what was typed, before any Write.
func (a *Adjudication) check() error {
	if err := checkDraft(&a.Draft, nil); err != nil {
		return err
	}
	for _, c := range a.Causes {
		if err := Causes.Check("causes", c); err != nil {
			return err
		}
	}
	return nil
}

// explained says whether a decision that no reviewer of the round came to is given a reason in words.
func (a *Adjudication) explained(reviews []Review) error {
	given := slices.ContainsFunc(reviews, func(rv Review) bool {
		return rv.SupersededAt == nil && rv.Verdict == a.Verdict
	})
	if given || a.Rationale != "" {
		return nil
	}
	return fault.New(fault.Invalid, "No reviewer came to this verdict. Say why you decide so: the reviewers and the "+
		"auditor read it.").With("rationale", "A decision against all reviews needs its reasons in words.")
}

// otherRound refuses what was meant for another round than the claim's present one.
func otherRound(c claims.Claim, opened int) error {
	return fault.Stale(
		"Claim %d is in round %d now; you had round %d open. Read it again, then send it; what you typed is kept.",
		c.ID, c.Round, opened)
}

// Approval is the second pair of eyes on a decision: the reason that is printed, among those given, and the
// explanation that is printed.
type Approval struct {
	ClaimID     claims.ID
	Version     int64 // of the decision
	Reason      Reason
	Explanation string
}

// Approve approves a decision. The approver is neither its only reviewer nor its adjudicator.
func (s *Service) Approve(ctx context.Context, actor auth.Actor, a Approval) (_ claims.Claim, err error) {
	defer fault.In(&err, "review.Approve(%d)", a.ClaimID)
	return s.onRound(ctx, actor, a.ClaimID, auth.Approve, a.check, Approvable,
		ended(actor, auth.Approve, func(tx *store.Tx, who history.Who, c claims.Claim) (claims.Claim, error) {
			if err := evidence.Hold(tx, c); err != nil {
				return c, err
			}
			d, reviews, err := decisionOf(tx, c)
			if err != nil {
				return c, err
			}
			if err := a.fits(&tx.Rx, actor, c, d, reviews); err != nil {
				return c, err
			}
			round, err := nameOf(&tx.Rx, d.RoundID)
			if err != nil {
				return c, err
			}
			before := decisionFields(d, round)
			by, at := actor.UserID, tx.Now()
			d.ApproverID, d.ApprovedAt, d.Reason, d.Explanation = &by, &at, a.Reason, a.Explanation
			d.Version++
			if err := store.Changed(tx.Gorm().Model(&Decision{}).Where("id = ? AND version = ?", d.ID, a.Version).
				Updates(map[string]any{"approver_id": by, "approved_at": at, "reason": d.Reason,
					"explanation": d.Explanation, "version": d.Version}), "this decision"); err != nil {
				return c, err
			}
			if _, err := history.Append(tx, who, history.Event{Action: "decision.approved",
				Object: decisionObject(d.ID), Collection: int64(c.CollectionID), Before: before,
				After: decisionFields(d, round), Texts: decisionTexts(d)}); err != nil {
				return c, err
			}
			return s.claims.Advance(tx, who, c, func(c *claims.Claim) {
				c.State, c.Reason = claims.Approved, d.Reason
			}, "claim.approved", "")
		}))
}

// check looks at what was typed, before any Write.
func (a *Approval) check() error {
	a.Explanation = strings.TrimSpace(a.Explanation)
	if err := text.CheckTyped("explanation", a.Explanation); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", err).With("explanation", err.Error())
	}
	if n := len([]rune(a.Explanation)); text.Blank(a.Explanation) || n > 5000 {
		return fault.New(fault.Invalid,
			"Write the explanation that is printed with the verdict, in at most 5,000 characters.").With("explanation",
			"An approval needs the explanation that is printed.")
	}
	return nil
}

// fits says whether an approval is of the decision as it stands, and by somebody who may approve it.
func (a Approval) fits(r *store.Rx, actor auth.Actor, c claims.Claim, d Decision, reviews []Review) error {
	if d.Version != a.Version {
		return fault.Stale(
			"The decision on claim %d changed after you opened it. Read it again; what you typed is kept.", c.ID)
	}
	if err := Approver(d, reviews, actor.UserID); err != nil {
		return err
	}
	if given := GivenReasons(d, reviews); !given.Has(a.Reason) {
		return fault.New(fault.Invalid, "Choose one of the reasons that were given: %s.",
			strings.Join(given.Words(), ", ")).With("reason", "Choose one of the reasons given.")
	}
	return stillStands(r, c, d, reviews, a.Reason)
}

// decisionOf reads and locks the decision of the claim's present round, with the round's reviews.
func decisionOf(tx *store.Tx, c claims.Claim) (d Decision, reviews []Review, err error) {
	rd, there, err := roundOf(&tx.Rx, c)
	if err != nil {
		return d, nil, err
	}
	if !there {
		return d, nil, fault.New(fault.NotFound, "Claim %d has no decision.", c.ID)
	}
	if err := store.Take(tx.Lock(), &d, "decision on this claim", "round_id = ?", rd.ID); err != nil {
		return d, nil, err
	}
	reviews, err = counted(&tx.Rx, c, rd, d)
	return d, reviews, err
}

// standingOf lists the reviews of a round that count now: those that are neither superseded nor stale.
func standingOf(r *store.Rx, c claims.Claim, rd Round) ([]Review, error) {
	all, err := current(r, rd.ID)
	if err != nil {
		return nil, err
	}
	stale, err := staleReasons(r, c, all)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(rv Review) bool { return stale[rv.ID] != "" }), nil
}

// counted lists the reviews of a round that its decision counted: those that were not stale at that moment.
func counted(r *store.Rx, c claims.Claim, rd Round, d Decision) ([]Review, error) {
	all, err := current(r, rd.ID)
	if err != nil {
		return nil, err
	}
	return countedAmong(r, c, d, all)
}

// countedAmong is counted, of the reviews of the decision's round that are not superseded. Only a decision of an
// earlier program, which did not keep which ones counted, makes it read more.
func countedAmong(r *store.Rx, c claims.Claim, d Decision, all []Review) ([]Review, error) {
	if len(all) == 0 {
		return nil, nil
	}
	if len(d.Counted) > 0 {
		return slices.DeleteFunc(all, func(rv Review) bool { return !slices.Contains(d.Counted, rv.ReviewerID) }), nil
	}
	w, err := aroundOf(r, c)
	if err != nil {
		return nil, err
	}
	out := uncounted(all, c, d, w)
	return slices.DeleteFunc(all, func(rv Review) bool { return out[rv.ID] != "" }), nil
}

// uncounted says of the reviews of a decision's round which it did not count, and why; w is how things are now.
func uncounted(all []Review, c claims.Claim, d Decision, w around) map[ID]string {
	if len(d.Counted) == 0 { // an earlier program did not keep them: they are found by the times
		w.until = d.DecidedAt
		return staleAmong(all, c, w)
	}
	now, out := staleAmong(all, c, w), map[ID]string{}
	for _, rv := range all {
		if slices.Contains(d.Counted, rv.ReviewerID) {
			continue
		}
		if out[rv.ID] = now[rv.ID]; out[rv.ID] == "" {
			out[rv.ID] = "It did not count when the claim was decided."
		}
	}
	return out
}

// stillStands weighs the evidence of a decision again before it is printed: an origin may have been stated since, or an
// article taken down. The guards that only advise in this collection are not asked.
func stillStands(r *store.Rx, c claims.Claim, d Decision, reviews []Review, reason Reason) error {
	w, err := weigh(r, c)
	if err != nil {
		return err
	}
	col, err := articles.CollectionByID(r, c.CollectionID)
	if err != nil {
		return err
	}
	draft := Draft{Verdict: d.Verdict, Reason: reason, Rationale: d.Rationale, Evidence: d.Evidence}
	advised := append(slices.Clone(col.Advice), d.Advice...)
	for _, rv := range reviews {
		if rv.Verdict == d.Verdict {
			draft.Rationale += "\n" + rv.Rationale
			draft.Searched += "\n" + rv.Searched
			advised = append(advised, rv.Advice...)
		}
	}
	if d.AdjudicatorID != nil {
		draft.Searched += "\n" + d.Rationale // an adjudicator's note of what was searched is not kept apart
	}
	for _, f := range Check(draft, w.linked) {
		if !slices.Contains(advised, f.Guard) {
			return fault.New(fault.Conflict,
				"The evidence of claim %d does not carry its verdict any more: %s Reopen the claim; what you typed "+
					"is kept.", c.ID, f.Msg).WithDetail([]Failure{f})
		}
	}
	return nil
}

// GivenReasons are the reasons that were given for the verdict: the adjudicator's, or the agreeing reviewers'.
func GivenReasons(d Decision, reviews []Review) term.Table[Reason] {
	given := map[Reason]bool{}
	if d.AdjudicatorID != nil {
		given[d.Reason] = true
	}
	for _, rv := range reviews {
		if rv.Verdict == d.Verdict {
			given[rv.Reason] = true
		}
	}
	return Reasons(d.Verdict).Only(func(r Reason) bool { return given[r] })
}

// Reopen starts a new round on a claim that is decided, approved or in conflict. The earlier rounds stay readable.
func (s *Service) Reopen(ctx context.Context, actor auth.Actor, id claims.ID, version int64, reason string) (
	_ claims.Claim, err error) {
	defer fault.In(&err, "review.Reopen(%d)", id)
	typed := func() error {
		return text.CheckReason(&reason, "Say why the claim is reopened; the reviewers and the history read it.",
			"Reopening needs a reason.")
	}
	c, err := s.onRound(ctx, actor, id, auth.Reopen, typed, Reopenable,
		ended(actor, auth.Reopen, func(tx *store.Tx, who history.Who, c claims.Claim) (claims.Claim, error) {
			if c.Version != version {
				return c, fault.Stale(
					"Claim %d was changed after you opened it. Look at what it is now, then reopen it; what you "+
						"typed is kept.", c.ID)
			}
			if err := tellReopened(tx, c, actor.UserID); err != nil {
				return c, err
			}
			if c.State == claims.InConflict {
				if err := leaveConflict(tx, who, c); err != nil {
					return c, err
				}
			}
			c, err := s.claims.Advance(tx, who, c, func(c *claims.Claim) {
				now := tx.Now()
				c.State, c.Verdict, c.Reason, c.Round = claims.Open, "", "", c.Round+1
				c.OpenedAt = &now // it waits from now on
			}, "claim.reopened", reason)
			if err != nil {
				return c, err
			}
			col, err := articles.CollectionByID(&tx.Rx, c.CollectionID)
			if err != nil {
				return c, err
			}
			_, _, err = openRound(tx, who, c, col, reason) // at once: its reason is kept with it
			return c, err
		}))
	if err != nil {
		return c, err
	}
	return s.claims.Follow(ctx, actor, c), nil // its article may have a newer text since it was locked
}

// leaveConflict says of a round in conflict that nobody will decide it, so that what was said in it can be read.
func leaveConflict(tx *store.Tx, who history.Who, c claims.Claim) error {
	rd, there, err := roundOf(&tx.Rx, c)
	if err != nil || !there {
		return err
	}
	standing, err := standingOf(&tx.Rx, c, rd)
	if err != nil {
		return err
	}
	if err := countPairs(tx, c, standing); err != nil {
		return err
	}
	before := roundFields(rd)
	rd.Outcome = Abandoned
	if err := store.Changed(tx.Gorm().Model(&Round{}).Where("id = ? AND outcome = ?", rd.ID, InConflict).Update(
		"outcome", Abandoned), "this round"); err != nil {
		return err
	}
	if err := history.Lift(tx, int64(rd.ID)); err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{Action: "round.abandoned", Object: roundObject(rd),
		Collection: int64(c.CollectionID), Before: before, After: roundFields(rd)})
	return err
}
