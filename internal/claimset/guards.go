package claimset

import (
	"fmt"

	"claimbench/internal/claims"
	"claimbench/internal/fault"
)

// The guards of this room. Each is pure and gives nil, or a fault with the sentence that a person reads. The services
// ask them of what they have locked, pages of what they show. None asks a permission.

// Buildable says whether claims may be added to a set and taken out, and its title changed: it is a draft.
func Buildable(s Set) error {
	if s.State != Draft {
		return fault.New(fault.Conflict,
			"“%s” is frozen and never changes. Start a correction: it becomes the next version.", s.Title)
	}
	return nil
}

// Takes says whether a claim may go into a set: it is of the set's collection, and approved.
func Takes(s Set, c claims.Claim) error {
	if c.CollectionID != s.CollectionID {
		return fault.New(fault.Invalid, "There is no claim %d in this collection.", c.ID).With("claims",
			"Choose claims of this collection.")
	}
	if c.State != claims.Approved {
		return fault.New(fault.Invalid, "Claim %d is %s; only approved claims go into a set.", c.ID,
			c.State.Word()).With("claims", "Choose approved claims.")
	}
	return nil
}

// MostOfSet is how many claims a set has at most, so that every list of a set has a bound.
const MostOfSet = 50_000

// HasRoom says whether a set may have n claims.
func HasRoom(s Set, n int) error {
	if n > MostOfSet {
		return fault.New(fault.Conflict,
			"“%s” would have %d claims; a set has at most %d. Make a second set of the others.", s.Title, n,
			MostOfSet).With("claims", fmt.Sprintf("A set has at most %d claims.", MostOfSet))
	}
	return nil
}

// Freezable says whether a set of these claims may be frozen: it is a draft with at least one claim, all of them
// approved, none of an article that was taken down. The claims must have been filled.
func Freezable(s Set, all []claims.Claim) error {
	if err := Buildable(s); err != nil {
		return err
	}
	if len(all) == 0 {
		return fault.New(fault.Invalid, "“%s” holds no claim. Add approved claims, then freeze it.",
			s.Title).With("claims", "Add a claim.")
	}
	for _, c := range all {
		if err := freezable(c); err != nil {
			return err
		}
	}
	return nil
}

// freezable says whether one claim may be written down for good.
func freezable(c claims.Claim) error {
	if c.State != claims.Approved {
		return fault.New(fault.Conflict, "Claim %d is %s; only approved claims go into a frozen set. Take "+
			"it out of the set, or have it approved.", c.ID, c.State.Word())
	}
	if c.Withheld {
		return fault.New(fault.Conflict,
			"The article of claim %d was taken down; take the claim out of the set.", c.ID)
	}
	return nil
}

// Correctable says whether the next version of a set may be started: it is the newest frozen one, and no correction of
// it is a draft. drafts counts those.
func Correctable(s Set, drafts int64) error {
	if s.State != Frozen {
		return fault.New(fault.Conflict, "“%s”, version %d, is %s; only the newest frozen version is corrected. "+
			"Open that one.", s.Title, s.N, s.State.Word())
	}
	if drafts > 0 {
		return fault.New(fault.Conflict, "A correction of “%s” has been started already. Go on with that draft.",
			s.Title)
	}
	return nil
}

// Exportable says whether a set may be exported: it was frozen.
func Exportable(s Set) error {
	if s.State == Draft {
		return fault.New(fault.Conflict, "“%s” is a draft; freeze it, then export it.", s.Title)
	}
	return nil
}
