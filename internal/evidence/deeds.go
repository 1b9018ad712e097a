package evidence

import (
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// How the acts of this room are taken back (internal/deeds). An item that is linked again is the same item, so that a
// review which relied on it counts again.

// note keeps an act on an item as a deed of the person.
func note(tx *store.Tx, who history.Who, action string, it Item) error {
	return deeds.Note(tx, who, deeds.Deed{Kind: action, Object: Object(it.ID), ClaimID: int64(it.ClaimID),
		CollectionID: it.CollectionID, Version: it.Version, Other: it.Version - 1})
}

// Deeds says how the acts of this room are taken back.
func (s *Service) Deeds() map[string]deeds.Kind {
	return map[string]deeds.Kind{
		"evidence.linked":   {Words: "linked evidence to claim", Back: s.turn(unlinkBack), Again: s.turn(relink)},
		"evidence.unlinked": {Words: "unlinked evidence from claim", Back: s.turn(relink), Again: s.turn(unlinkBack)},
		"origin.confirmed":  {Words: "stated the origin of article", Back: s.turnOrigins, Again: s.turnOrigins},
		"origin.refused": {Words: "kept two origins apart, refusal", Back: s.turnRefusal,
			Again: s.turnRefusal},
		"passage.refused": {Words: "refused a passage for claim", Back: s.turnPassage, Again: s.turnPassage},
	}
}

// taking locks the claim of a deed, and says whether this person may change its evidence now.
func (s *Service) taking(tx *store.Tx, actor auth.Actor, d *deeds.Deed) (c claims.Claim, who history.Who, err error) {
	if c, err = claims.Lock(tx, claims.ID(d.ClaimID)); err != nil {
		return c, who, err
	}
	if who, err = s.policy.May(actor, auth.ThingEvidence, auth.Link, c.CollectionID); err != nil {
		return c, who, err
	}
	return c, who, Takes(c)
}

// turn is the common road of taking back: permission, locks, nothing built on it, the change itself.
func (s *Service) turn(do func(*store.Tx, history.Who, claims.Claim, Item, *deeds.Deed) (Item, error)) func(*store.Tx,
	auth.Actor, *deeds.Deed) error {
	return func(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
		c, who, err := s.taking(tx, actor, d)
		if err != nil {
			return err
		}
		var it Item
		if err := store.Take(tx.Lock(), &it, "such evidence", "id = ?", d.ObjectID()); err != nil {
			return err
		}
		same, err := deeds.Same(&tx.Rx, d.Object, it.Version, d.Version)
		if err != nil {
			return err
		}
		if !same {
			return changedSince(it)
		}
		it, err = do(tx, who, c, it, d)
		d.Version = it.Version
		return err
	}
}

// changedSince refuses to take back what was changed since. It names nobody: who works on the evidence of a claim may
// be reviewing it.
func changedSince(it Item) error {
	what := "it was changed since"
	if it.UnlinkedAt != nil {
		what = "it was unlinked since"
	}
	return fault.New(fault.Conflict, "Evidence #%d of claim %d is not as you left it: %s. It stays as it is.", it.ID,
		it.ClaimID, what)
}

func unlinkBack(tx *store.Tx, who history.Who, c claims.Claim, it Item, d *deeds.Deed) (Item, error) {
	if it.ArticleID != nil && d.Kind == "evidence.linked" {
		if err := claims.UnsettleLinked(tx, it.ClaimID, it.RevisionID, it.Span); err != nil {
			return it, err
		}
	}
	return unlink(tx, who, c, it.ID, it.Version, d.Reason(), d.Batch())
}

func relink(tx *store.Tx, who history.Who, c claims.Claim, it Item, d *deeds.Deed) (Item, error) {
	var n int64
	if err := tx.Gorm().Model(&Item{}).Where("claim_id = ? AND unlinked_at IS NULL", c.ID).Count(&n).Error; err != nil {
		return it, err
	}
	if err := HasRoom(c, n); err != nil {
		return it, err
	}
	after := it
	after.UnlinkedAt, after.UnlinkedBy, after.Version = nil, nil, it.Version+1
	if err := store.Changed(tx.Gorm().Model(&Item{}).Where("id = ? AND version = ?", it.ID,
		it.Version).Updates(map[string]any{"unlinked_by": nil, "unlinked_at": nil, "version": after.Version}),
		"this evidence"); err != nil {
		return it, err
	}
	_, err := history.Append(tx, who, history.Event{Action: "evidence.relinked", Object: Object(it.ID),
		Collection: int64(it.CollectionID), Before: fields(it), After: fields(after), Reason: d.Reason(),
		Batch: d.Batch()})
	if err != nil || d.Kind != "evidence.linked" {
		return after, err
	}
	return after, settleLinked(tx, who, after)
}

// linkedTo refuses that an open claim stops being one while something is linked to it: that was built on it.
func linkedTo(tx *store.Tx, c claims.Claim) error {
	var n int64
	if err := tx.Gorm().Model(&Item{}).Where("claim_id = ? AND unlinked_at IS NULL", c.ID).Count(&n).Error; err != nil {
		return err
	}
	if n == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "Others have built on it: evidence was linked to claim %d since. It stays open; "+
		"withdraw it, with a reason, if it should not be checked.", c.ID)
}

// giveBack unlinks from a claim what a merge took over at a moment, when the merge is taken back.
func giveBack(tx *store.Tx, who history.Who, d deeds.Deed, into claims.Claim, at store.Micros) error {
	var taken []Item
	if err := tx.Gorm().Where("claim_id = ? AND linked_at = ? AND linked_by = ? AND unlinked_at IS NULL", into.ID, at,
		who.UserID).Order("id").Limit(MostOfClaim).Find(&taken).Error; err != nil {
		return err
	}
	for _, it := range taken {
		if _, err := unlink(tx, who, into, it.ID, it.Version, d.Reason(), d.Batch()); err != nil {
			return err
		}
	}
	return nil
}
