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

// heldSet is what a change of a draft keeps: the claims that it put in or took out, and the events that have the title
// before and after.
type heldSet struct {
	Claims []claims.ID `json:"claims,omitempty"`
	Title  [2]int64    `json:"title"`
}

// Deeds says how the acts of this room are taken back, or what undoes them.
func (s *Service) Deeds() map[string]deeds.Kind {
	return map[string]deeds.Kind{
		added:   {Words: "added claims to set", Back: s.turn(takeOut), Again: s.turn(putIn)},
		removed: {Words: "took claims out of set", Back: s.turn(putIn), Again: s.turn(takeOut)},
		renamed: {Words: "renamed set", Back: s.turn(retitle), Again: s.turn(retitle)},
		"claimset.frozen": {Words: "froze claim set",
			Instead: "A frozen set never changes: make a correction, and freeze that."},
	}
}

// The changes of a draft that are taken back.
const (
	added   = "claimset.claims_added"
	removed = "claimset.claims_removed"
	renamed = "claimset.renamed"
)

// note keeps a change of a draft as a deed. was and is are its claims before and after, title the events that have its
// title then. A change that changed nothing is no deed.
func note(tx *store.Tx, who history.Who, action string, set Set, was, is []claims.ID, title [2]int64) error {
	h := heldSet{Title: title}
	more, less := is, was
	if action == removed {
		more, less = was, is
	}
	if action != renamed {
		for _, id := range more {
			if _, in := slices.BinarySearch(less, id); !in {
				h.Claims = append(h.Claims, id)
			}
		}
		if len(h.Claims) == 0 {
			return nil
		}
	}
	d := deeds.Deed{Kind: action, Object: Object(set.ID), CollectionID: set.CollectionID, Version: set.Version,
		Other: set.Version - 1}
	if err := d.Hold(h); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// turn is the common road of taking back: permission, lock, nothing changed since, the change itself, the history.
func (s *Service) turn(do func(*store.Tx, *deeds.Deed, heldSet, *Set, []claims.ID) ([]claims.ID, string, error)) func(
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
		was, err := membersOf(&tx.Rx, now.ID)
		if err != nil {
			return err
		}
		after := now
		ids, action, err := do(tx, d, h, &after, was)
		if err != nil {
			return err
		}
		if _, err := save(tx, who, fields(now, was), &after, ids, history.Event{Action: action, Reason: d.Reason(),
			Batch: d.Batch()}); err != nil {
			return err
		}
		d.Version = after.Version
		return d.Hold(h)
	}
}

func putIn(tx *store.Tx, _ *deeds.Deed, h heldSet, set *Set, there []claims.ID) ([]claims.ID, string, error) {
	ids, err := putInto(tx, *set, there, h.Claims)
	return ids, added, err
}

func takeOut(tx *store.Tx, _ *deeds.Deed, h heldSet, set *Set, there []claims.ID) ([]claims.ID, string, error) {
	ids, err := takeOf(tx, *set, there, h.Claims)
	return ids, removed, err
}

// retitle gives a draft the title that it had before its renaming, or after it.
func retitle(tx *store.Tx, d *deeds.Deed, h heldSet, set *Set, there []claims.ID) ([]claims.ID, string, error) {
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
