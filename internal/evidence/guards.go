package evidence

import (
	"claimbench/internal/claims"
	"claimbench/internal/fault"
)

// MostOfClaim is how many items of evidence a claim has at most: what a page, a review and a frozen set read whole.
const MostOfClaim = 500

// HasRoom says whether a claim that has n items may have another.
func HasRoom(c claims.Claim, n int64) error {
	if n >= MostOfClaim {
		return fault.New(fault.Conflict,
			"Claim %d has %d items of evidence, the most a claim may have. Unlink one that adds nothing, "+
				"then link this one.",
			c.ID, n)
	}
	return nil
}

// Takes says whether evidence may be linked to a claim, and unlinked from it: it is open or in conflict. It is pure;
// the service asks it of the claim that it has locked, a page of the claim that it shows.
func Takes(c claims.Claim) error {
	switch {
	case c.State == claims.Candidate:
		return fault.New(fault.Conflict, "Claim %d is still a candidate. Accept it first, then link evidence to it.",
			c.ID)
	case c.State.Locked():
		return fault.New(fault.Conflict,
			"Claim %d is decided and locked. An editor can reopen it; then evidence can be linked.", c.ID)
	case c.State.Ended():
		return fault.New(fault.Conflict, "Claim %d was %s; it takes no evidence.", c.ID, c.State.Word())
	}
	return nil
}

// Unlinkable says whether an item may be taken away from its claim.
func Unlinkable(c claims.Claim, it Item) error {
	if it.UnlinkedAt != nil {
		return fault.New(fault.Conflict, "This evidence was unlinked already.")
	}
	return Takes(c)
}
