package desk

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/match"
)

// Same is a claim with others of its collection that may say the same, for whoever may merge them.
type Same struct {
	Head
	Duplicates []evidence.Duplicate
	Behind     bool // not all texts of the collection are searched yet
}

// Same answers for the panel of claims that may say the same. There are none for a claim that may not be merged as it
// stands. It waits for an index that is behind as long as a page waits.
func (d *Desk) Same(ctx context.Context, actor auth.Actor, id claims.ID) (out Same, err error) {
	defer fault.In(&err, "desk.Same(%d)", id)
	err = d.caughtUp(ctx, func() (auth.CollectionID, bool, error) {
		err := d.look(ctx, actor, func(l *look) (err error) {
			if out.Head, err = l.head(id); err != nil {
				return err
			}
			if err := l.must(claims.ThingOf(out.Claim), auth.Write, out.Claim.CollectionID); err != nil {
				return err
			}
			out.Duplicates, out.Behind, err = l.duplicates(out.Head)
			return err
		})
		return out.Claim.CollectionID, out.Behind, err
	})
	return out, err
}

// duplicates proposes claims of the collection that may say the same as one, to whoever may merge them, from the index
// as it stands. behind says that the index lacks texts of the collection.
func (l *look) duplicates(h Head) (out []evidence.Duplicate, behind bool, err error) {
	if !h.Acts.Has(Edit) {
		return nil, false, nil
	}
	out, current, err := l.h.Evidence.Duplicates(l.rx, h.Claim)
	for _, d := range out {
		l.name(d.By...)
	}
	return out, !current, err
}

// Changed is a claim that was just accepted or worded, with what there is to say of it at once.
type Changed struct {
	Head
	Duplicates []evidence.Duplicate
}

// Changed answers for whoever has just changed a claim. The index is asked as it stands, and the answer is not refused
// for want of a proposal: what goes wrong goes into the log.
func (d *Desk) Changed(ctx context.Context, actor auth.Actor, id claims.ID) (out Changed, err error) {
	defer fault.In(&err, "desk.Changed(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if out.Head, err = l.head(id); err != nil {
			return err
		}
		if out.Duplicates, _, err = l.duplicates(out.Head); err != nil {
			l.log.Warn("no duplicates proposed", "claim", int64(id), "err", err)
		}
		return nil
	})
	return out, err
}

// ClaimJSON is the claim for programs, with the claims that may say the same.
func (c Changed) ClaimJSON() ClaimJSON {
	out := c.Head.ClaimJSON()
	out.PerhapsSame = duplicatesJSON(c.Duplicates, c.Names)
	return out
}

// DuplicateJSON is another claim that may say the same. To merge the two, send gone to the address of kept; blocked
// says why they cannot be merged as they are.
type DuplicateJSON struct {
	Claim   ClaimJSON `json:"claim"`
	Score   float64   `json:"score"` // 0 to 1
	Kept    claims.ID `json:"kept"`  // the claim that would stay
	Gone    claims.ID `json:"gone"`
	Keys    []KeyJSON `json:"keys"`
	Blocked string    `json:"blocked,omitempty"`
	// the machines that propose it, besides the rules or instead of them
	ProposedBy []string `json:"proposed_by"`
}

// SameJSON lists the claims of the collection that may say the same as one, best first.
type SameJSON struct {
	Claim       claims.ID       `json:"claim"`
	PerhapsSame []DuplicateJSON `json:"perhaps_same"`
	Behind      bool            `json:"behind,omitempty"` // not all texts of the collection are searched yet
}

// JSON is the answer for programs.
func (s Same) JSON() SameJSON {
	return SameJSON{s.Claim.ID, duplicatesJSON(s.Duplicates, s.Names), s.Behind}
}

// KeyJSON is what two texts share: the words of each, as written, and what they are.
type KeyJSON struct {
	Own   string `json:"own"`
	Other string `json:"other"`
	Kind  string `json:"kind"`
}

func keysJSON(all []match.Key) []KeyJSON {
	out := []KeyJSON{}
	for _, k := range all {
		out = append(out, KeyJSON{k.Query, k.Hit, k.Kind})
	}
	return out
}

func duplicatesJSON(all []evidence.Duplicate, names Names) []DuplicateJSON {
	out := []DuplicateJSON{}
	for _, d := range all {
		x := DuplicateJSON{Claim: JSONOf(d.Other), Score: d.Score, Kept: d.Kept, Gone: d.Gone,
			ProposedBy: names.all(d.By)}
		x.Keys = keysJSON(d.Keys)
		if d.Why != nil {
			x.Blocked = fault.Message(d.Why)
		}
		out = append(out, x)
	}
	return out
}

// DuplicateRefusedJSON says that two claims proposed as one stay two.
type DuplicateRefusedJSON struct {
	Claim     claims.ID `json:"claim"`
	NotSameAs claims.ID `json:"not_same_as"`
}
