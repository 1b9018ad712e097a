package claimset

import (
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// Omitted are claims that a set prints and its correction does not.
type Omitted struct {
	Claims []claims.Claim         // as they are now, at most mostOmitted, in the order of the version before
	More   bool                   // there are more of them
	Said   map[claims.ID]Omission // why, where an editor said it
}

// mostOmitted is how many claims that a correction leaves out are listed.
const mostOmitted = 50

// OmittedOf lists the claims of the version before that a set has not; none of a set that corrects nothing. It asks no
// permission.
func OmittedOf(r *store.Rx, set Set) (out Omitted, err error) {
	if set.Supersedes == nil {
		return out, nil
	}
	ids, err := store.Numbers[claims.ID](r.Gorm().Raw("SELECT m.claim_id FROM claim_set_claims m WHERE "+
		"m.set_id = ? AND NOT EXISTS (SELECT 1 FROM claim_set_claims n WHERE n.set_id = ? AND "+
		"n.claim_id = m.claim_id) ORDER BY "+inOrder+" LIMIT ?", *set.Supersedes, set.ID, mostOmitted+1))
	if err != nil {
		return out, err
	}
	if out.More = len(ids) > mostOmitted; out.More {
		ids = ids[:mostOmitted]
	}
	if out.Claims, err = inTheirOrder(r, ids); err != nil || len(ids) == 0 {
		return out, err
	}
	out.Said, err = saidOf(r, set.ID)
	return out, err
}

// WhyOmitted says in a sentence why a claim that was printed may be missing: by where it stands now.
func WhyOmitted(c claims.Claim) string {
	switch c.State {
	case claims.Open, claims.InConflict:
		return "It was reopened and is not decided yet: whoever reads the correction takes it for withdrawn."
	case claims.Decided:
		return "It was decided anew, and waits for its approval."
	case claims.Approved:
		return "It is approved, and was taken out."
	}
	return "It is " + c.State.Word() + "."
}
