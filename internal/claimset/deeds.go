package claimset

import (
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// How changes of a draft are taken back: while nobody has changed it since, and while it is a draft.

// heldSet is what a change of a draft keeps: the claims that it put in, took out or moved, and the events that have the
// title before and after.
type heldSet struct {
	Claims []claims.ID `json:"claims,omitempty"`
	// behind which claim each stood that was taken out, or the one that was moved; 0: at the top. Of those that were
	// taken out it is one that stayed.
	Behind []claims.ID `json:"behind,omitempty"`
	Now    claims.ID   `json:"now,omitempty"` // behind which the one stands that was moved
	Title  [2]int64    `json:"title"`
}

// Deeds says how the acts of this room are taken back, or what undoes them.
func (s *Service) Deeds() map[string]deeds.Kind {
	return map[string]deeds.Kind{
		added:   {Words: "added claims to set", Back: s.turn(takeOut), Again: s.turn(putIn)},
		removed: {Words: "took claims out of set", Back: s.turn(putBack), Again: s.turn(takeOut)},
		moved:   {Words: "moved a claim of set", Back: s.turn(moveBack), Again: s.turn(moveBack)},
		renamed: {Words: "renamed set", Back: s.turn(retitle), Again: s.turn(retitle)},
		"claimset.frozen": {Words: "froze claim set",
			Instead: "A frozen set never changes: make a correction, and freeze that."},
	}
}

// The changes of a draft that are taken back.
const (
	added   = "claimset.claims_added"
	removed = "claimset.claims_removed"
	moved   = "claimset.claim_moved"
	renamed = "claimset.renamed"
)

// note keeps a change of a draft as a deed. was and is are its claims before and after, title the events that have its
// title then. A change that changed nothing is no deed.
func note(tx *store.Tx, who history.Who, action string, set Set, was, is []claims.ID, title [2]int64) error {
	h := heldSet{Title: title}
	switch action {
	case added:
		h.Claims, _ = missing(is, was)
	case removed:
		h.Claims, h.Behind = missing(was, is)
	case moved:
		h.moved(was, is)
	}
	if action != renamed && len(h.Claims) == 0 {
		return nil
	}
	d := deeds.Deed{Kind: action, Object: Object(set.ID), CollectionID: set.CollectionID, Version: set.Version,
		Other: set.Version - 1}
	if err := d.Hold(h); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// missing gives the claims of a list that another has not, and behind which of those that it has each stands.
func missing(of, other []claims.ID) (out, behind []claims.ID) {
	in, last := among(other), claims.ID(0)
	for _, id := range of {
		if _, is := in[id]; is {
			last = id
			continue
		}
		out, behind = append(out, id), append(behind, last)
	}
	return out, behind
}

// moved keeps which claim stands elsewhere. Where two neighbours changed places, either may be said to be moved.
func (h *heldSet) moved(was, is []claims.ID) {
	from, to := 0, len(was)-1
	for from < to && was[from] == is[from] {
		from++
	}
	for to > from && was[to] == is[to] {
		to--
	}
	if from == to {
		return
	}
	at, now := from, to // the first went down
	if was[from] != is[to] {
		at, now = to, from
	}
	h.Claims, h.Behind, h.Now = []claims.ID{was[at]}, []claims.ID{before(was, at)}, before(is, now)
}

// before gives the claim that stands before a place, 0 for none.
func before(ids []claims.ID, at int) claims.ID {
	if at == 0 {
		return 0
	}
	return ids[at-1]
}

// turn is the common road of taking back: permission, lock, nothing changed since, the change itself, the history.
func (s *Service) turn(do func(*store.Tx, *deeds.Deed, heldSet, *Set, []slot) ([]slot, string, error)) func(
	*store.Tx, auth.Actor, *deeds.Deed) error {
	return func(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
		var h heldSet
		if err := d.Held(&h); err != nil {
			return err
		}
		who, err := s.policy.May(actor, auth.ThingClaimSet, auth.Write, d.CollectionID)
		if err != nil {
			return err
		}
		var now Set
		if err := store.Take(tx.Lock(), &now, "such claim set", "id = ?", d.ObjectID()); err != nil {
			return err
		}
		if err := Buildable(now); err != nil {
			return err
		}
		if same, err := deeds.Same(&tx.Rx, d.Object, now.Version, d.Version); err != nil || !same {
			if err == nil {
				err = fault.New(fault.Conflict, "Others have built on it: “%s” was changed since. It stays as it is; "+
					"change it anew.", now.Title)
			}
			return err
		}
		was, err := slotsOf(&tx.Rx, now.ID)
		if err != nil {
			return err
		}
		after := now
		is, action, err := do(tx, d, h, &after, was)
		if err != nil {
			return err
		}
		if _, err := save(tx, who, fields(now, idsOf(was)), &after, idsOf(is), history.Event{Action: action,
			Reason: d.Reason(), Batch: d.Batch()}); err != nil {
			return err
		}
		d.Version = after.Version
		return d.Hold(h)
	}
}

func putIn(tx *store.Tx, _ *deeds.Deed, h heldSet, set *Set, there []slot) ([]slot, string, error) {
	is, err := putInto(tx, *set, there, h.Claims)
	return is, added, err
}

// putBack puts claims where they were before they were taken out.
func putBack(tx *store.Tx, d *deeds.Deed, h heldSet, set *Set, there []slot) ([]slot, string, error) {
	if len(h.Behind) != len(h.Claims) { // kept by an earlier program, which knew no order
		return putIn(tx, d, h, set, there)
	}
	is, err := putBehind(tx, *set, there, h.Claims, func(i int) claims.ID { return h.Behind[i] })
	return is, added, err
}

func takeOut(tx *store.Tx, _ *deeds.Deed, h heldSet, set *Set, there []slot) ([]slot, string, error) {
	is, err := takeOf(tx, *set, there, h.Claims)
	return is, removed, err
}

// moveBack moves a claim to where it stood, or there again.
func moveBack(tx *store.Tx, d *deeds.Deed, h heldSet, set *Set, there []slot) ([]slot, string, error) {
	behind := h.Behind[0]
	if d.Again() {
		behind = h.Now
	}
	ids := idsOf(there)
	from, to := slices.Index(ids, h.Claims[0]), slices.Index(ids, behind)
	if to < from {
		to++
	}
	is, err := moveTo(tx, set.ID, there, from, to)
	return is, moved, err
}

// retitle gives a draft the title that it had before its renaming, or after it.
func retitle(tx *store.Tx, d *deeds.Deed, h heldSet, set *Set, there []slot) ([]slot, string, error) {
	seq := h.Title[0]
	if d.Again() {
		seq = h.Title[1]
	}
	e, err := history.Get(&tx.Rx, seq, history.Viewer{})
	if err != nil {
		return nil, "", err
	}
	t := e.Texts["title"]
	if t.Erased || t.Text == "" {
		return nil, "", fault.New(fault.Conflict, "The title that “%s” had is there no more. Write one anew.",
			set.Title)
	}
	set.Title = t.Text
	return there, renamed, nil
}
