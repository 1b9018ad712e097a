package claims

import (
	"context"
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/model"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Other words for a claim, or a gloss, that a machine proposes can be refused alone: the claim stays as it is.

// OfferRefusalID is the id of a refused proposal.
type OfferRefusalID int64

// OfferRefusal says that a person looked at other words or a gloss that a machine proposes for a claim, and that nobody
// wants them. It has no words: a take-down would have to find them.
type OfferRefusal struct {
	ID           OfferRefusalID    `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	ClaimID      ID                `gorm:"column:claim_id"`
	Machine      auth.UserID       `gorm:"column:machine_id;serializer:zeronull"` // 0: the language model
	Own          OwnNumber         `gorm:"column:own_n"`                          // as Proposal.Number
	Kind         string            `gorm:"column:kind" words:"fact"`
	RefusedBy    auth.UserID       `gorm:"column:refused_by"`
	RefusedAt    store.Micros      `gorm:"column:refused_at"`
}

// TableName names the table.
func (OfferRefusal) TableName() string { return "proposal_refusals" }

func offerObject(id OfferRefusalID) string { return fmt.Sprintf("proposal_refusal:%d", id) }

func offerFields(x OfferRefusal) history.Fields {
	return history.Fields{"collection": history.Num(x.CollectionID), "claim": history.Num(x.ClaimID),
		"machine": history.Num(x.Machine), "n": history.Num(x.Own), "kind": x.Kind,
		"refused_by": history.Num(x.RefusedBy)}
}

// heldOffer is what a deed on a refused proposal keeps.
type heldOffer struct {
	Refusal OfferRefusal `json:"refusal"`
}

// Number is by what a person names a proposal that stands beside a claim: its number among those of its machine, or the
// id of one of the language model, which has no machine.
func (p Proposal) Number() OwnNumber {
	if p.Machine == 0 {
		return OwnNumber(p.ID)
	}
	return p.Own
}

// RefuseOffer refuses other words for a claim, or a gloss, that a machine proposes, or with machine 0 the language
// model, by the number of the proposal; reason may be empty. To refuse it twice changes nothing; one that somebody took
// is fault.Conflict. Whoever may change the words of the claim may say so.
func (s *Service) RefuseOffer(ctx context.Context, actor auth.Actor, id ID, machine auth.UserID, n OwnNumber,
	reason string) (out OfferRefusal, err error) {
	defer fault.In(&err, "claims.RefuseOffer(%d, %d, %d)", id, machine, n)
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return out, err
	}
	if _, err := s.policy.May(actor, ThingOf(c), auth.Write, c.CollectionID); err != nil {
		return out, err
	}
	if err := text.CheckReason(&reason, "", ""); err != nil {
		return out, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lockSeen(tx, id)
		if err != nil {
			return err
		}
		who, err := s.policy.May(actor, ThingOf(c), auth.Write, c.CollectionID)
		if err != nil {
			return err
		}
		p, err := offerOn(tx, c, machine, n)
		if err != nil {
			return err
		}
		if there, ok, err := store.One[OfferRefusal](&tx.Rx, "SELECT * FROM proposal_refusals WHERE "+
			"claim_id = ? AND COALESCE(machine_id, 0) = ? AND own_n = ?", c.ID, machine, n); err != nil || ok {
			out = there
			return err
		}
		out = OfferRefusal{CollectionID: c.CollectionID, ClaimID: c.ID, Machine: machine, Own: n, Kind: p.Kind,
			RefusedBy: actor.UserID, RefusedAt: tx.Now()}
		if err := refuseOffer(tx, who, c, p, &out, history.Event{Reason: reason}); err != nil {
			return err
		}
		d := deeds.Deed{Kind: "proposal.refused", Object: offerObject(out.ID), ClaimID: int64(c.ID),
			CollectionID: c.CollectionID}
		if err := d.Hold(heldOffer{out}); err != nil {
			return err
		}
		return deeds.Note(tx, who, d)
	})
	return out, err
}

// offerOn reads other words or a gloss that a machine proposes for a claim.
func offerOn(tx *store.Tx, c Claim, machine auth.UserID, n OwnNumber) (p Proposal, err error) {
	kinds := []string{ProposedStatement, ProposedGloss}
	if machine == 0 {
		return p, store.Take(tx.Lock(), &p, "such proposal", "id = ? AND machine_id IS NULL AND maker = ? AND "+
			"claim_id = ? AND kind IN ?", n, model.Maker, c.ID, kinds)
	}
	return p, store.Take(tx.Lock(), &p, "such proposal", "machine_id = ? AND own_n = ? AND claim_id = ? AND kind IN ?",
		machine, n, c.ID, kinds)
}

// refuseOffer writes a refusal with its event; the proposal must wait.
func refuseOffer(tx *store.Tx, who history.Who, c Claim, p Proposal, x *OfferRefusal, e history.Event) error {
	if err := OfferRefusable(c); err != nil {
		return err
	}
	if p.Fate != "" {
		return fault.New(fault.Conflict, "Somebody decided on this proposal meanwhile. Look at the claim again.")
	}
	if err := tx.Gorm().Create(x).Error; err != nil {
		return err
	}
	if err := settleOffers(tx, who, Refused, "id = ?", p.ID); err != nil {
		return err
	}
	e.Action, e.Object, e.Collection = "proposal.refused", offerObject(x.ID), int64(x.CollectionID)
	e.After = offerFields(*x)
	_, err := history.Append(tx, who, e)
	return err
}

// turnOffer lets a refused proposal wait again, or refuses it again.
func (s *Service) turnOffer(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var h heldOffer
	if err := d.Held(&h); err != nil {
		return err
	}
	x := h.Refusal
	c, err := lockSeen(tx, x.ClaimID)
	if err != nil {
		return err
	}
	who, err := s.policy.May(actor, ThingOf(c), auth.Write, c.CollectionID)
	if err != nil {
		return err
	}
	p, err := offerOn(tx, c, x.Machine, x.Own)
	if err != nil {
		return err
	}
	if d.Again() {
		x.RefusedAt = tx.Now()
		return refuseOffer(tx, who, c, p, &x, history.Event{Reason: d.Reason(), Batch: d.Batch()})
	}
	if err := store.Changed(tx.Gorm().Delete(&OfferRefusal{}, "id = ?", x.ID), "this refusal"); err != nil {
		return err
	}
	if err := wait(tx, "", "id = ?", p.ID); err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{Action: "proposal.unrefused", Object: offerObject(x.ID),
		Collection: int64(x.CollectionID), Before: offerFields(x), Reason: d.Reason(), Batch: d.Batch()})
	return err
}
