package desk

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
)

// duplicates proposes claims of the collection that may say the same as one, to whoever may merge them, from the index
// as it stands. A page is never refused for want of a proposal: what goes wrong goes into the log. behind says that the
// index lacks texts of the collection.
func (l *look) duplicates(h Head) (out []evidence.Duplicate, behind bool) {
	if !h.Acts.Has(Edit) {
		return nil, false
	}
	out, current, err := l.h.Evidence.Duplicates(l.rx, h.Claim)
	if err != nil {
		l.log.Warn("no duplicates proposed", "claim", int64(h.Claim.ID), "err", err)
		return nil, false
	}
	return out, !current
}

// duplicatesAnew is duplicates in another look, when the index has caught up.
func (d *Desk) duplicatesAnew(ctx context.Context, actor auth.Actor, h Head) (out []evidence.Duplicate) {
	if err := d.look(ctx, actor, func(l *look) error {
		out, _ = l.duplicates(h)
		return nil
	}); err != nil {
		d.log.Warn("no duplicates proposed", "claim", int64(h.Claim.ID), "err", err)
	}
	return out
}

// Changed is a claim that was just accepted or worded, with what there is to say of it at once.
type Changed struct {
	Head
	Duplicates []evidence.Duplicate
}

// Changed answers for whoever has just changed a claim. The index is asked as it stands.
func (d *Desk) Changed(ctx context.Context, actor auth.Actor, id claims.ID) (out Changed, err error) {
	defer fault.In(&err, "desk.Changed(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if out.Head, err = l.head(id); err != nil {
			return err
		}
		out.Duplicates, _ = l.duplicates(out.Head)
		return nil
	})
	return out, err
}

// ClaimJSON is the claim for programs, with the claims that may say the same.
func (c Changed) ClaimJSON() ClaimJSON {
	out := c.Head.ClaimJSON()
	out.PerhapsSame = duplicatesJSON(c.Duplicates)
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
}

// KeyJSON is what two texts share: the words of each, as written, and what they are.
type KeyJSON struct {
	Own   string `json:"own"`
	Other string `json:"other"`
	Kind  string `json:"kind"`
}

func duplicatesJSON(all []evidence.Duplicate) []DuplicateJSON {
	out := []DuplicateJSON{}
	for _, d := range all {
		x := DuplicateJSON{Claim: JSONOf(d.Other), Score: d.Score, Kept: d.Kept, Gone: d.Gone, Keys: []KeyJSON{}}
		for _, k := range d.Keys {
			x.Keys = append(x.Keys, KeyJSON{k.Query, k.Hit, k.Kind})
		}
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
