package claimset

import (
	"slices"
	"strconv"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Adding many claims to a draft at once, in slices.

// addingMany puts claims into a draft. Taking one back needs nothing but its number.
type addingMany struct{ *Service }

// Many is how claims.Service.OnBatch lets many claims be added to a draft.
func (s *Service) Many() claims.Batcher { return addingMany{s} }

// DraftsOf gives the drafts of a collection, the newest first, at most limit. It asks no permission.
func DraftsOf(r *store.Rx, in auth.CollectionID, limit int) ([]Set, error) {
	return store.Select[Set](r, "SELECT * FROM claim_sets WHERE collection_id = ? AND state = ? ORDER BY id DESC "+
		"LIMIT ?", in, Draft, limit)
}

// May asks what adding one asks.
func (s addingMany) May(actor auth.Actor, b claims.Batch) (history.Who, error) {
	return s.policy.May(actor, auth.ThingClaimSet, auth.Write, b.CollectionID)
}

// Target is a draft of the collection; first of all the newest, 0 while there is none.
func (s addingMany) Target(r *store.Rx, b claims.Batch, chosen string) (int64, error) {
	if chosen == "" {
		newest, err := DraftsOf(r, b.CollectionID, 1)
		if err != nil || len(newest) == 0 {
			return 0, err
		}
		return int64(newest[0].ID), nil
	}
	id, err := strconv.ParseInt(chosen, 10, 64)
	if err != nil {
		return 0, errNoDraft()
	}
	set, err := ByID(r, ID(id))
	switch {
	case fault.KindOf(err) == fault.NotFound, err == nil && set.CollectionID != b.CollectionID:
		return 0, errNoDraft()
	case err != nil:
		return 0, err
	}
	return id, Buildable(set)
}

func errNoDraft() error {
	return fault.New(fault.Invalid, "There is no such draft set in this collection. Begin one at the sets, or choose "+
		"another.").With("set", "Choose a draft set.")
}

// Look leaves out what a draft does not take, and what is in it already.
func (s addingMany) Look(r *store.Rx, b claims.Batch, _ []claims.ID) (func(claims.Claim) error, error) {
	if b.Target == 0 {
		return func(claims.Claim) error { return errNoDraft() }, nil
	}
	set, err := ByID(r, ID(b.Target))
	if err != nil {
		return nil, err
	}
	members, err := membersOf(r, set.ID)
	there, n := among(members), len(members)
	return func(c claims.Claim) error {
		if err := Buildable(set); err != nil {
			return err
		}
		if err := Takes(set, c); err != nil {
			return err
		}
		if _, in := there[c.ID]; in {
			return fault.New(fault.Conflict, "It is in the set already.")
		}
		n++
		return HasRoom(set, n)
	}, err
}

// Hold locks the draft.
func (s addingMany) Hold(tx *store.Tx, b claims.Batch) error {
	var set Set
	return store.Take(tx.Lock(), &set, "such claim set", "id = ?", b.Target)
}

// Do puts the claims in, with one event for the slice.
func (s addingMany) Do(tx *store.Tx, t claims.BatchTurn, all []claims.Claim) ([]int64, error) {
	ids := make([]claims.ID, len(all))
	for i, c := range all {
		ids[i] = c.ID
	}
	return make([]int64, len(all)), changeMany(tx, t, added, func(set Set, there []slot) ([]slot, error) {
		return putInto(tx, set, there, ids)
	})
}

// Back takes out those that are in it still, while it is a draft.
func (s addingMany) Back(tx *store.Tx, t claims.BatchTurn, all []claims.BatchItem) (kept []error, err error) {
	kept = make([]error, len(all))
	set, err := ByID(&tx.Rx, ID(t.Target))
	if err != nil {
		return nil, err
	}
	if err := Buildable(set); err != nil {
		for i := range kept {
			kept[i] = err
		}
		return kept, nil
	}
	return kept, changeMany(tx, t, removed, func(set Set, there []slot) ([]slot, error) {
		var out []claims.ID
		at := among(idsOf(there))
		for i, x := range all {
			if _, in := at[x.Claim]; in {
				out = append(out, x.Claim)
			} else {
				kept[i] = fault.New(fault.Conflict, "Somebody took it out of the set since.")
			}
		}
		return takeOf(tx, set, there, out)
	})
}

// changeMany changes a draft that is held, with its event. A change that changes nothing has none.
func changeMany(tx *store.Tx, t claims.BatchTurn, action string,
	do func(Set, []slot) ([]slot, error)) error {
	set, err := ByID(&tx.Rx, ID(t.Target))
	if err != nil {
		return err
	}
	was, err := slotsOf(&tx.Rx, set.ID)
	if err != nil {
		return err
	}
	is, err := do(set, was)
	if err != nil || slices.Equal(is, was) {
		return err
	}
	_, err = save(tx, t.Who, fields(set, idsOf(was)), &set, idsOf(is), history.Event{Action: action, Reason: t.Reason,
		Batch: t.Tag})
	return err
}
