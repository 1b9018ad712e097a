package review

import (
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
)

// The guards of this room. Each is pure and gives nil, or a fault with the sentence that a person reads. The services
// ask them of what they have locked, pages of what they show. None asks a permission.

// Reviewable says whether a claim takes reviews: it is open.
func Reviewable(c claims.Claim) error {
	switch c.State {
	case claims.Open:
		return nil
	case claims.Candidate:
		return fault.New(fault.Conflict, "Claim %d is still a candidate. Accept it first.", c.ID)
	case claims.InConflict:
		return fault.New(fault.Conflict,
			"The round on claim %d is closed; an editor decides it.", c.ID)
	}
	return fault.New(fault.Conflict, "Claim %d is %s and takes no reviews.", c.ID,
		c.State.Word())
}

// Adjudicable says whether a claim waits for an adjudicator: it is in conflict.
func Adjudicable(c claims.Claim) error {
	if c.State != claims.InConflict {
		return fault.New(fault.Conflict,
			"Claim %d is %s; only a claim in conflict is adjudicated.", c.ID, c.State.Word())
	}
	return nil
}

// Adjudicator says whether a person may decide a round: they did not review in it, not even in a review that they
// have replaced since.
func Adjudicator(c claims.Claim, reviews []Review, by auth.UserID) error {
	if slices.ContainsFunc(reviews, func(rv Review) bool { return rv.ReviewerID == by }) {
		return fault.New(fault.Forbidden, "You reviewed claim %d in this round; an editor who did not decides it.",
			c.ID)
	}
	return nil
}

// Approvable says whether a claim waits for its approval: it is decided.
func Approvable(c claims.Claim) error {
	if c.State != claims.Decided {
		remedy := "Wait for its reviews: they decide it, or an editor does."
		switch {
		case c.State == claims.InConflict:
			remedy = "Let an editor adjudicate it first."
		case c.State == claims.Candidate:
			remedy = "Accept it first; then it is reviewed."
		case c.State == claims.Approved:
			remedy = "There is nothing left to approve; an editor can reopen it."
		case c.State.Ended():
			remedy = "There is nothing to approve."
		}
		return fault.New(fault.Conflict, "Claim %d is %s; only a decided claim is approved. %s",
			c.ID, c.State.Word(), remedy)
	}
	return nil
}

// Approver keeps four eyes on every verdict: whoever approves is neither the adjudicator nor the only reviewer whose
// review counted.
func Approver(d Decision, counted []Review, by auth.UserID) error {
	if d.AdjudicatorID != nil && *d.AdjudicatorID == by {
		return fault.New(fault.Forbidden, "You adjudicated claim %d; another editor approves it.", d.ClaimID)
	}
	if len(counted) == 1 && counted[0].ReviewerID == by {
		return fault.New(fault.Forbidden, "You are the only reviewer of claim %d; another editor approves it.",
			d.ClaimID)
	}
	return nil
}

// Reopenable says whether a new round may be started on a claim: it is in conflict, decided or approved.
func Reopenable(c claims.Claim) error {
	if c.State != claims.InConflict && !c.State.Locked() {
		return fault.New(fault.Conflict, "Claim %d is %s; there is nothing to reopen.", c.ID, c.State.Word())
	}
	return nil
}
