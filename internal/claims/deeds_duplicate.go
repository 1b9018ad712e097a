package claims

import (
	"claimbench/internal/auth"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// How it is taken back that two claims were said to be two.

// heldDuplicate is a refusal, and what had become of the proposal before.
type heldDuplicate struct {
	Refusal DuplicateRefusal `json:"refusal"`
	Claim   ID               `json:"claim"` // on whose page it was refused
	Other   ID               `json:"other"`
	Was     *Fate            `json:"was,omitempty"` // nil: nothing was kept of it
}

func noteDuplicate(tx *store.Tx, who history.Who, h heldDuplicate) error {
	d := deeds.Deed{Kind: "duplicate.refused", Object: refusalObject(h.Refusal.ID), ClaimID: int64(h.Claim),
		CollectionID: h.Refusal.CollectionID}
	if err := d.Hold(h); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// fateOfPair is what became of the proposal that two claims are one; nil when nothing is kept of it.
func fateOfPair(r *store.Rx, id, other ID) (*Fate, error) {
	f, there, err := store.One[Fate](r, "SELECT fate FROM proposals WHERE claim_id = ? AND other_id = ? AND "+
		"token_id IS NULL", id, other)
	if !there {
		return nil, err
	}
	return &f, err
}

// turnDuplicate lets two claims be proposed as one again, or refuses it again.
func (s *Service) turnDuplicate(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var h heldDuplicate
	if err := d.Held(&h); err != nil {
		return err
	}
	x := h.Refusal
	both, err := LockAll(tx, []ID{x.A, x.B})
	if err != nil {
		return err
	}
	c := both[0]
	if c.ID != h.Claim {
		c = both[len(both)-1]
	}
	who, err := s.policy.May(actor, ThingOf(c), auth.Write, c.CollectionID)
	if err != nil {
		return err
	}
	if d.Again() {
		x.RefusedAt = tx.Now()
		return s.refuseAgain(tx, who, *d, h, x)
	}
	if err := store.Changed(tx.Gorm().Delete(&DuplicateRefusal{}, "id = ?", x.ID), "this refusal"); err != nil {
		return err
	}
	if err := unsettlePair(tx, h); err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{Action: "duplicate.unrefused", Object: refusalObject(x.ID),
		Collection: int64(x.CollectionID), Before: refusalFields(x), Reason: d.Reason(), Batch: d.Batch()})
	return err
}

func (s *Service) refuseAgain(tx *store.Tx, who history.Who, d deeds.Deed, h heldDuplicate,
	x DuplicateRefusal) error {
	if there, err := refused(&tx.Rx, x); err != nil || there != nil {
		return errorOr(err, func() error {
			return fault.New(fault.Conflict, "Others have built on it: somebody said since that claims %d and %d are "+
				"two. It stays as it is.", x.A, x.B)
		})
	}
	if err := tx.Gorm().Create(&x).Error; err != nil {
		return err
	}
	if err := Settled(tx, who, Proposal{Kind: ProposedDuplicate, CollectionID: x.CollectionID, ClaimID: h.Claim,
		OtherID: &h.Other,
		Fate:    Refused}); err != nil {
		return err
	}
	_, err := history.Append(tx, who, history.Event{Action: "duplicate.refused", Object: refusalObject(x.ID),
		Collection: int64(x.CollectionID), After: refusalFields(x), Reason: d.Reason(), Batch: d.Batch()})
	return err
}

// unsettlePair gives the proposal that two claims are one the fate that it had.
func unsettlePair(tx *store.Tx, h heldDuplicate) error {
	was := Fate("")
	if h.Was != nil {
		was = *h.Was
	}
	for _, pair := range [][2]ID{{h.Claim, h.Other}, {h.Other, h.Claim}} {
		if err := wait(tx, was, "claim_id = ? AND other_id = ? AND kind = ?", pair[0], pair[1],
			ProposedDuplicate); err != nil {
			return err
		}
	}
	one := tx.Gorm().Model(&Proposal{}).Where("claim_id = ? AND other_id = ? AND kind = ? AND token_id IS NULL",
		h.Claim,
		h.Other, ProposedDuplicate)
	if h.Was != nil {
		return one.Update("fate", *h.Was).Error
	}
	return one.Delete(&Proposal{}).Error
}
