package evidence

import (
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// How what was said of origins and of proposed passages is taken back. A statement that stands again has the version
// that it had, so that a review which saw it counts again; a new one never gets a version that was taken back.

// heldOrigins are the origins of articles before and after an act, in the same order; version 0: none was stated. Pair
// are the two that were said to be of one origin, of which one may have had it before.
type heldOrigins struct {
	Was []ArticleOrigin `json:"was"`
	Is  []ArticleOrigin `json:"is"`

	Pair []articles.ID `json:"pair,omitempty"`
}

// pair gives Pair, also of an act that was kept without it.
func (h heldOrigins) pair() (out []articles.ID) {
	if len(h.Pair) > 0 || len(h.Is) != 2 {
		return h.Pair
	}
	return []articles.ID{h.Is[0].ArticleID, h.Is[1].ArticleID}
}

func noteOrigins(tx *store.Tx, who history.Who, c auth.CollectionID, h heldOrigins) error {
	if len(h.Is) == 0 {
		return nil
	}
	d := deeds.Deed{Kind: "origin.confirmed", Object: ArticleOriginObject(h.Is[0].ArticleID), CollectionID: c}
	if err := d.Hold(h); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// StatedBy gives the articles whose origin an act stated; none for an act of another kind.
func StatedBy(d deeds.Deed) (out []articles.ID, err error) {
	if d.Kind != "origin.confirmed" {
		return nil, nil
	}
	var h heldOrigins
	err = d.Held(&h)
	for _, x := range h.Is {
		out = append(out, x.ArticleID)
	}
	return out, err
}

// turnOrigins puts the origins of articles as they were before an act, or as they were after it.
func (s *Service) turnOrigins(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var h heldOrigins
	if err := d.Held(&h); err != nil {
		return err
	}
	who, err := s.policy.May(actor, auth.ThingOrigin, auth.Confirm, d.CollectionID)
	if err != nil {
		return err
	}
	ids := make([]articles.ID, len(h.Is))
	for i, x := range h.Is {
		ids[i] = x.ArticleID
	}
	if _, err := lockArticles(tx, ids...); err != nil {
		return err
	}
	from, to, fate := h.Is, h.Was, claims.Fate("")
	if d.Again() {
		from, to, fate = h.Was, h.Is, claims.Accepted
	}
	if pair := h.pair(); len(pair) == 2 {
		if err := claims.SettleOrigin(tx, who, pair[0], pair[1], fate); err != nil {
			return err
		}
	}
	for i, id := range ids {
		now, _, err := OriginOf(&tx.Rx, id)
		if err != nil {
			return err
		}
		if now.Version != from[i].Version {
			return fault.New(fault.Conflict, "Others have built on it: the origin of article %d was stated anew "+
				"since. It stays as it is.", id)
		}
		to[i].ArticleID = id
		if err := putOrigin(tx, who, *d, now, to[i]); err != nil {
			return err
		}
	}
	return nil
}

// putOrigin changes what is stated of an article's origin to what was stated before, or takes it away.
func putOrigin(tx *store.Tx, who history.Who, d deeds.Deed, now, to ArticleOrigin) error {
	e := history.Event{Action: "origin.restored", Object: ArticleOriginObject(to.ArticleID),
		Collection: int64(d.CollectionID), Reason: d.Reason(), Batch: d.Batch()}
	if now.Version != 0 {
		e.Before = articleOriginFields(now)
		if err := store.Changed(tx.Gorm().Delete(&ArticleOrigin{}, "article_id = ? AND version = ?", now.ArticleID,
			now.Version), "this article's origin"); err != nil {
			return err
		}
	}
	if to.Version == 0 {
		e.Action = "origin.withdrawn"
	} else {
		e.After = articleOriginFields(to)
		if err := tx.Gorm().Create(&to).Error; err != nil {
			return err
		}
	}
	_, err := history.Append(tx, who, e)
	return err
}

func noteRefusal(tx *store.Tx, who history.Who, x OriginRefusal) error {
	d := deeds.Deed{Kind: "origin.refused", Object: refusalObject(x.ID), CollectionID: x.CollectionID}
	if err := d.Hold(x); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// turnRefusal lets two articles be proposed as one origin again, or refuses it again.
func (s *Service) turnRefusal(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var x OriginRefusal
	if err := d.Held(&x); err != nil {
		return err
	}
	who, err := s.policy.May(actor, auth.ThingOrigin, auth.Confirm, d.CollectionID)
	if err != nil {
		return err
	}
	if _, err := s.joined(tx, x.A, x.B, d.Again()); err != nil {
		return err
	}
	if d.Again() {
		x.RefusedAt = tx.Now()
		if err := tx.Gorm().Create(&x).Error; err != nil {
			return err
		}
		if err := claims.SettleOrigin(tx, who, x.A, x.B, claims.Refused); err != nil {
			return err
		}
		return x.tell(tx, who, d.Reason(), d.Batch())
	}
	if err := store.Changed(tx.Gorm().Delete(&OriginRefusal{}, "id = ?", x.ID), "this refusal"); err != nil {
		return err
	}
	if err := claims.SettleOrigin(tx, who, x.A, x.B, ""); err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{Action: "origin.unrefused", Object: refusalObject(x.ID),
		Collection: int64(x.CollectionID), Before: refusalFields(x), Reason: d.Reason(), Batch: d.Batch()})
	return err
}

// heldPassages is what the deed of a refused passage keeps: it, those that were passed over, and what had become of
// them before. One that is not in Was had no fate.
type heldPassages struct {
	At   articles.SentenceID                 `json:"at"`
	All  []articles.SentenceID               `json:"all"`
	Was  map[articles.SentenceID]claims.Fate `json:"was"`
	Over []articles.SentenceID               `json:"over"`
}

func notePassage(tx *store.Tx, who history.Who, c claims.Claim, h heldPassages) error {
	d := deeds.Deed{Kind: "passage.refused", Object: claims.Object(c.ID), ClaimID: int64(c.ID),
		CollectionID: c.CollectionID}
	if err := d.Hold(h); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// turnPassage takes the refusal of a passage back, or refuses it again. It has no event, as the refusal has none.
func (s *Service) turnPassage(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var h heldPassages
	if err := d.Held(&h); err != nil {
		return err
	}
	c, who, err := s.taking(tx, actor, d)
	if err != nil {
		return err
	}
	if d.Again() {
		return settle(tx, who, c, h.At, claims.Refused, h.Over)
	}
	now, err := claims.FatesOf(&tx.Rx, c.ID, []articles.SentenceID{h.At})
	if err != nil {
		return err
	}
	if now[h.At] != claims.Refused {
		return fault.New(fault.Conflict, "Others have built on it: something else became of this passage of claim %d "+
			"since. It stays as it is.", c.ID)
	}
	return claims.Unsettle(tx, c.ID, h.At, h.All, h.Was)
}

// passagesOf are the passages that an act on one settles.
func passagesOf(at articles.SentenceID, above []articles.SentenceID) []articles.SentenceID {
	all := append([]articles.SentenceID{at}, above[:min(len(above), mostPassedOver)]...)
	return slices.Compact(slices.Sorted(slices.Values(all)))
}
