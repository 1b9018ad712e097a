package claims

import (
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Acts on many claims that another room does: what is looked at, the slices, what became of each claim and taking back
// are those of this room's own acts.

// Batcher is how another room does an act to many claims. None of its methods is called before OnBatch.
type Batcher interface {
	// May asks the permission for the act, and for its target, and says who acts.
	May(actor auth.Actor, b Batch) (history.Who, error)
	// Target reads what a person chose; "" is what comes first. Of what cannot be it is fault.Invalid.
	Target(r *store.Rx, b Batch, chosen string) (int64, error)
	// Look gives what says of a claim of the collection why the act is not done to it. That is asked of the claims in
	// their order, once each, and may count them. A few statements, however many they are.
	Look(r *store.Rx, b Batch, ids []ID) (func(Claim) error, error)
	// Hold locks what the act is done to, before Look is asked in a Write.
	Hold(tx *store.Tx, b Batch) error
	// Do does it to claims that Look let pass, and gives of each what Back needs, in their order.
	Do(tx *store.Tx, t BatchTurn, all []Claim) (held []int64, err error)
	// Back takes it back, and gives of each why it could not be, nil for one of which it was, in their order.
	Back(tx *store.Tx, t BatchTurn, all []BatchItem) (kept []error, err error)
}

// BatchTurn is a slice of a batch: who does it, and what its events say.
type BatchTurn struct {
	Batch
	Who    history.Who
	Reason string // of its events
	Tag    string // the batch of its events
}

// BatchItem is a claim to which an act was done, with what Do gave.
type BatchItem struct {
	Claim ID
	Held  int64
}

// OnBatch lets another room do an act to many claims.
func (s *Service) OnBatch(act BatchAct, how Batcher) {
	if s.batchers == nil {
		s.batchers = map[BatchAct]Batcher{}
	}
	s.batchers[act] = how
}

// BatchTarget reads what a person chose for an act of another room: to whom, until when, to which set. An act of this
// room has none.
func (s *Service) BatchTarget(r *store.Rx, b Batch, act BatchAct, chosen string) (int64, error) {
	if other, ok := s.batchers[act]; ok {
		return other.Target(r, b, chosen)
	}
	return 0, nil
}

// mayBatch asks the permission for a batch whose act and target are known.
func (s *Service) mayBatch(actor auth.Actor, b Batch) (history.Who, error) {
	if other, ok := s.batchers[b.Act]; ok {
		return other.May(actor, b)
	}
	return s.policy.May(actor, batches[b.Act].thing, batches[b.Act].needs, b.CollectionID)
}

// elsewhere asks who does a slice. A refusal is why nothing is done to any claim of it.
func (b batchRun) elsewhere() (t BatchTurn, why string, err error) {
	t = BatchTurn{Batch: b.b, Reason: b.said, Tag: BatchObject(b.b.ID)}
	t.Who, err = b.s.mayBatch(b.actor, b.b)
	if why, left := refusalOf(err); left {
		return t, why, nil
	}
	return t, "", err
}

// doElsewhere lets another room do its act to the claims of items, and keeps what became of each in them. again: they
// are done again, as they are now.
func (b batchRun) doElsewhere(tx *store.Tx, other Batcher, items []batchItem, again bool) error {
	t, why, err := b.elsewhere()
	if err != nil {
		return err
	}
	if why == "" {
		if err := other.Hold(tx, b.b); err != nil {
			return err
		}
	}
	ids := make([]ID, len(items))
	for i, it := range items {
		ids[i] = it.ClaimID
	}
	refuse, err := other.Look(&tx.Rx, b.b, ids)
	if err != nil {
		return err
	}
	if why != "" {
		refuse = func(Claim) error { return fault.New(fault.Forbidden, "%s", why) }
	}
	pass, at, err := b.passing(tx, items, refuse, again)
	if err != nil || len(pass) == 0 {
		return err
	}
	held, err := other.Do(tx, t, pass)
	if err != nil {
		return err
	}
	for i, n := range at {
		items[n].State, items[n].Why, items[n].Version, items[n].Other = FateDone, "", pass[i].Version, held[i]
	}
	return nil
}

// passing gives the claims of items that nothing refuses, and which items they are of; the others are refused in them.
func (b batchRun) passing(tx *store.Tx, items []batchItem, refuse func(Claim) error, again bool) (pass []Claim,
	at []int, err error) {
	ids := make([]ID, len(items))
	for i, it := range items {
		ids[i] = it.ClaimID
	}
	found, err := FilledOf(&tx.Rx, ids)
	if err != nil {
		return nil, nil, err
	}
	by := map[ID]Claim{}
	for _, c := range found {
		if c.CollectionID == b.b.CollectionID {
			by[c.ID] = c
		}
	}
	for i, it := range items {
		c, looked := by[it.ClaimID], it.Version
		if again {
			looked = c.Version
		}
		err := batchable(c, looked, refuse)
		if why, left := refusalOf(err); left {
			items[i].State, items[i].Why = FateRefused, why
		} else if err != nil {
			return nil, nil, err
		} else {
			pass, at = append(pass, c), append(at, i)
		}
	}
	return pass, at, nil
}

// backElsewhere lets another room take its act back from the claims of items, and keeps in them which it could not.
func (b batchRun) backElsewhere(tx *store.Tx, other Batcher, items []batchItem) error {
	t, why, err := b.elsewhere()
	if err != nil {
		return err
	}
	if why != "" {
		for i := range items {
			items[i].State, items[i].Why = FateKept, why
		}
		return nil
	}
	if err := other.Hold(tx, b.b); err != nil {
		return err
	}
	all := make([]BatchItem, len(items))
	for i, it := range items {
		all[i] = BatchItem{it.ClaimID, it.Other}
	}
	kept, err := other.Back(tx, t, all)
	if err != nil {
		return err
	}
	for i := range items {
		items[i].State, items[i].Why = FateBack, ""
		if kept[i] != nil {
			items[i].State, items[i].Why = FateKept, fault.Message(kept[i])
		}
	}
	return nil
}

// turnElsewhere changes those items of some that are of one fate.
func (b batchRun) turnElsewhere(tx *store.Tx, from, n int, was BatchFate, do func([]batchItem) error) error {
	items, err := b.some(tx, from, n, was)
	if err != nil || len(items) == 0 {
		return err
	}
	if err := do(items); err != nil {
		return err
	}
	for _, it := range items {
		if err := it.keep(tx); err != nil {
			return err
		}
	}
	return nil
}
