package review

import (
	"context"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
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
	Draft         // Rationale is always needed
	Causes  []Cause
}

// Adjudicate decides a claim in conflict. Whoever reviewed it in this round does not adjudicate it.
func (s *Service) Adjudicate(ctx context.Context, actor auth.Actor, a Adjudication) (claims.Claim, error) {
	_, who, err := s.allowed(ctx, actor, a.ClaimID, auth.ThingRound, auth.Adjudicate)
	if err != nil {
		return claims.Claim{}, err
	}
	if err := checkDraft(&a.Draft, 0); err != nil {
		return claims.Claim{}, err
	}
	if a.Rationale == "" {
		return claims.Claim{}, fault.New(fault.Invalid,
			"Say why you decide so: the reviewers and the auditor read it.").With("rationale",
			"A decision needs its reasons in words.")
	}
	for _, c := range a.Causes {
		if err := Causes.Check("causes", c); err != nil {
			return claims.Claim{}, err
		}
	}
	var c claims.Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if c, err = claims.Lock(tx, a.ClaimID); err != nil {
			return err
		}
		if c.State != claims.InConflict || c.Round != a.Round {
			return fault.New(fault.Conflict,
				"Claim %d is %s in round %d; only a claim in conflict is adjudicated. What you typed is kept.", c.ID,
				c.State.Word(), c.Round)
		}
		if a.Version != 0 && a.Version != c.Version {
			return fault.New(fault.Conflict,
				"Claim %d was changed after you opened it (version %d, now %d). Read it again; what you typed is kept.",
				c.ID, a.Version, c.Version)
		}
		rd, there, err := roundOf(&tx.Rx, c)
		if err != nil || !there {
			return err
		}
		if mine, err := reviewed(&tx.Rx, rd, actor.UserID); err != nil {
			return err
		} else if mine {
			return fault.New(fault.Forbidden, "You reviewed claim %d in this round; an editor who did not decides it.",
				c.ID)
		}
		linked, _, err := weigh(&tx.Rx, c)
		if err != nil {
			return err
		}
		if _, err := judgeDraft(&tx.Rx, c, a.Draft, linked); err != nil {
			return err
		}
		by := actor.UserID
		d := Decision{ClaimID: c.ID, RoundID: rd.ID, AdjudicatorID: &by, Verdict: a.Verdict, Reason: a.Reason,
			Rationale: a.Rationale, Causes: append(store.List[Cause]{}, a.Causes...), Evidence: EvidenceIDs(a.Evidence),
			DecidedAt: tx.Now(), Version: 1}
		if err := history.Lift(tx, int64(rd.ID)); err != nil {
			return err
		}
		if c, err = s.decide(tx, who, c, d, "decision.adjudicated", "claim.adjudicated"); err != nil {
			return err
		}
		c, err = claims.Filled(&tx.Rx, c)
		return err
	})
	return c, err
}

func reviewed(r *store.Rx, rd Round, by auth.UserID) (bool, error) {
	var n int64
	err := r.Gorm().Model(&Review{}).Where("round_id = ? AND reviewer_id = ?", rd.ID, by).Count(&n).Error
	return n > 0, err
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
func (s *Service) Approve(ctx context.Context, actor auth.Actor, a Approval) (claims.Claim, error) {
	_, who, err := s.allowed(ctx, actor, a.ClaimID, auth.ThingRound, auth.Approve)
	if err != nil {
		return claims.Claim{}, err
	}
	a.Explanation = strings.TrimSpace(a.Explanation)
	if err := text.CheckTyped("explanation", a.Explanation); err != nil {
		return claims.Claim{}, fault.Wrap(fault.Invalid, err, "%s", err).With("explanation", err.Error())
	}
	if n := len([]rune(a.Explanation)); n == 0 || n > 5000 {
		return claims.Claim{}, fault.New(fault.Invalid,
			"Write the explanation that is printed with the verdict, in at most 5,000 characters.").With("explanation",
			"An approval needs the explanation that is printed.")
	}
	var c claims.Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if c, err = claims.Lock(tx, a.ClaimID); err != nil {
			return err
		}
		if c.State != claims.Decided {
			return fault.New(fault.Conflict,
				"Claim %d is %s; only a decided claim is approved. What you typed is kept.", c.ID,
				c.State.Word())
		}
		d, reviews, err := decisionOf(tx, c)
		if err != nil {
			return err
		}
		if d.Version != a.Version {
			return fault.New(fault.Conflict,
				"The decision on claim %d changed after you opened it. Read it again; what you typed is kept.", c.ID)
		}
		if err := mayApprove(actor, d, reviews); err != nil {
			return err
		}
		if given := GivenReasons(d, reviews); !given.Has(a.Reason) {
			return fault.New(fault.Invalid, "Choose one of the reasons that were given: %s.",
				strings.Join(given.Words(), ", ")).With("reason",
				"Choose one of the reasons given.")
		}
		if err := stillStands(&tx.Rx, c, d, reviews, a.Reason); err != nil {
			return err
		}
		before := decisionFields(d)
		by, at := actor.UserID, tx.Now()
		d.ApproverID, d.ApprovedAt, d.Reason, d.Explanation, d.Version = &by, &at, a.Reason, a.Explanation, d.Version+1
		if err := store.Changed(tx.Gorm().Model(&Decision{}).Where("id = ? AND version = ?", d.ID, a.Version).Updates(
			map[string]any{
				"approver_id": by, "approved_at": at, "reason": d.Reason, "explanation": d.Explanation,
				"version": d.Version,
			}), "this decision"); err != nil {
			return err
		}
		if _, err := history.Append(tx, who, history.Event{Action: "decision.approved", Object: decisionObject(d.ID),
			Collection: int64(c.CollectionID), Before: before, After: decisionFields(d),
			Texts: decisionTexts(d)}); err != nil {
			return err
		}
		if c, err = s.claims.Advance(tx, who, c, func(c *claims.Claim) {
			c.State, c.Reason = claims.Approved,
				d.Reason
		}, "claim.approved", ""); err != nil {
			return err
		}
		c, err = claims.Filled(&tx.Rx, c)
		return err
	})
	return c, err
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

// counted lists the reviews of a round that its decision counted: those that were not stale at that moment.
func counted(r *store.Rx, c claims.Claim, rd Round, d Decision) ([]Review, error) {
	all, err := current(r, rd.ID)
	if err != nil {
		return nil, err
	}
	stale, err := staleAt(r, c, all, d.DecidedAt)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(rv Review) bool { return stale[rv.ID] != "" }), nil
}

// stillStands weighs the evidence of a decision again before it is printed: an origin may have been stated since, or an
// article taken down. The guards that only advise in this collection are not asked.
func stillStands(r *store.Rx, c claims.Claim, d Decision, reviews []Review, reason Reason) error {
	linked, _, err := weigh(r, c)
	if err != nil {
		return err
	}
	col, err := articles.CollectionByID(r, c.CollectionID)
	if err != nil {
		return err
	}
	draft := Draft{Verdict: d.Verdict, Reason: reason, Rationale: d.Rationale, Evidence: d.Evidence}
	advised := slices.Clone(col.Advice)
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
	for _, f := range Check(draft, linked) {
		if !slices.Contains(advised, f.Guard) {
			return fault.New(fault.Conflict,
				"The evidence of claim %d does not carry its verdict any more: %s Reopen the claim; what you typed "+
					"is kept.", c.ID, f.Msg).WithDetail([]Failure{f})
		}
	}
	return nil
}

// mayApprove keeps four eyes on every verdict.
func mayApprove(actor auth.Actor, d Decision, reviews []Review) error {
	if d.AdjudicatorID != nil && *d.AdjudicatorID == actor.UserID {
		return fault.New(fault.Forbidden, "You adjudicated claim %d; another editor approves it.", d.ClaimID)
	}
	if len(reviews) == 1 && reviews[0].ReviewerID == actor.UserID {
		return fault.New(fault.Forbidden, "You are the only reviewer of claim %d; another editor approves it.",
			d.ClaimID)
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
func (s *Service) Reopen(ctx context.Context, actor auth.Actor, id claims.ID, version int64,
	reason string) (claims.Claim, error) {
	_, who, err := s.allowed(ctx, actor, id, auth.ThingRound, auth.Reopen)
	if err != nil {
		return claims.Claim{}, err
	}
	reason = strings.TrimSpace(reason)
	if err := text.CheckTyped("reason", reason); err != nil {
		return claims.Claim{}, fault.Wrap(fault.Invalid, err, "%s", err).With("reason", err.Error())
	}
	if reason == "" {
		return claims.Claim{}, fault.New(fault.Invalid,
			"Say why the claim is reopened; the reviewers and the history read it.").With("reason",
			"Reopening needs a reason.")
	}
	var c claims.Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if c, err = claims.Lock(tx, id); err != nil {
			return err
		}
		switch c.State {
		case claims.Decided, claims.Approved, claims.InConflict:
		default:
			return fault.New(fault.Conflict, "Claim %d is %s; there is nothing to reopen.", c.ID,
				c.State.Word())
		}
		if c.Version != version {
			return fault.New(fault.Conflict,
				"Claim %d was changed after you opened it. Look at what it is now, then reopen it; what you typed "+
					"is kept.", c.ID)
		}
		if c.State == claims.InConflict {
			if err := leaveConflict(tx, who, c); err != nil {
				return err
			}
		}
		c, err = s.claims.Advance(tx, who, c, func(c *claims.Claim) {
			c.State, c.Verdict, c.Reason, c.Round = claims.Open, "", "", c.Round+1
		}, "claim.reopened", reason)
		if err != nil {
			return err
		}
		if _, err = openRound(tx, who, c, reason); err != nil { // at once: its reason is kept with it
			return err
		}
		c, err = claims.Filled(&tx.Rx, c)
		return err
	})
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
	before := roundFields(rd)
	rd.Outcome = Abandoned
	if err := store.Changed(tx.Gorm().Model(&Round{}).Where("id = ? AND outcome = ?", rd.ID, InConflict).Update(
		"outcome", Abandoned), "this round"); err != nil {
		return err
	}
	if err := history.Lift(tx, int64(rd.ID)); err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{Action: "round.abandoned", Object: roundObject(rd.ID),
		Collection: int64(c.CollectionID), Before: before, After: roundFields(rd)})
	return err
}
