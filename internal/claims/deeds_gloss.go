package claims

import (
	"claimbench/internal/auth"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// How a gloss, and its confirming, is taken back. The words that are put back stay in the history, and come from there.

// heldGloss is a gloss before and after an act, without its words.
type heldGloss struct {
	ID   GlossID    `json:"id"`
	Lang string     `json:"lang"`
	Was  glossStood `json:"was"`
	Is   glossStood `json:"is"`
}

// glossStood is how a gloss stood, with the event that has its words; 0: there was none.
type glossStood struct {
	Words       int64        `json:"words"`
	AuthorID    auth.UserID  `json:"author"`
	ConfirmedBy *auth.UserID `json:"confirmed_by,omitempty"`
	ChangedAt   store.Micros `json:"changed_at"`
}

func glossStoodAt(g Gloss, words int64) glossStood {
	if g.ID == 0 {
		words = 0
	}
	return glossStood{words, g.AuthorID, g.ConfirmedBy, g.ChangedAt}
}

// glossWords is the event that has the words of a gloss as they are now.
func glossWords(r *store.Rx, id GlossID) (int64, error) {
	if id == 0 {
		return 0, nil
	}
	found, err := history.List(r, history.Filter{Object: glossObject(id), ActionPrefix: "gloss.set", Limit: 1})
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0].Seq, nil
}

// noteGloss keeps an act on a gloss as a deed. was and is are the events that have its words before and after.
func noteGloss(tx *store.Tx, who history.Who, c Claim, action string, before, after Gloss, was, is int64) error {
	d := deeds.Deed{Kind: action, Object: glossObject(after.ID), ClaimID: int64(c.ID), CollectionID: c.CollectionID,
		Version: after.Version, Other: before.Version}
	if err := d.Hold(heldGloss{ID: after.ID, Lang: after.Lang, Was: glossStoodAt(before, was),
		Is: glossStoodAt(after, is)}); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// turnGloss puts a gloss as it was before an act on it, or as it was after it.
func (s *Service) turnGloss(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var h heldGloss
	if err := d.Held(&h); err != nil {
		return err
	}
	c, err := lockSeen(tx, ID(d.ClaimID))
	if err != nil {
		return err
	}
	who, err := s.policy.May(actor, auth.ThingClaim, auth.Write, c.CollectionID)
	if err != nil {
		return err
	}
	from, to := h.Is, h.Was
	if d.Again() {
		from, to = h.Was, h.Is
	}
	now, err := glossNow(tx, c, *d, h, from)
	if err != nil {
		return err
	}
	if err := glossTurns(c, now, *d, actor.UserID); err != nil {
		return err
	}
	if err := putGloss(tx, who, c, d, h, now, to); err != nil {
		return err
	}
	if err := settleTurnedGloss(tx, who, *d, now); err != nil {
		return err
	}
	return s.reindex(tx, c)
}

// settleTurnedGloss lets what machines proposed as a gloss wait again when the gloss that settled it is taken back, and
// settles it again with the gloss. was is the gloss before it is turned.
func settleTurnedGloss(tx *store.Tx, who history.Who, d deeds.Deed, was Gloss) error {
	if d.Kind != "gloss.set" {
		return nil
	}
	if !d.Again() {
		return unsettleGloss(tx, was)
	}
	var now Gloss
	if err := store.Take(tx.Gorm(), &now, "such gloss", "id = ?", glossOfDeed(d)); err != nil {
		return err
	}
	return settleGloss(tx, who, now)
}

// glossOfDeed is the number of the gloss that a deed is about.
func glossOfDeed(d deeds.Deed) int64 {
	n, _ := history.Number(d.Object, "gloss")
	return n
}

// glossNow locks the gloss of an act, and says that it is as the act, or its taking back, left it.
func glossNow(tx *store.Tx, c Claim, d deeds.Deed, h heldGloss, left glossStood) (now Gloss, err error) {
	var there []Gloss
	if err := tx.Lock().Where("claim_id = ? AND lang = ?", c.ID, h.Lang).Find(&there).Error; err != nil {
		return now, err
	}
	if len(there) == 1 {
		now = there[0]
	}
	ok := now.ID == 0 && left.Words == 0
	if now.ID == h.ID && left.Words != 0 {
		if ok, err = deeds.Same(&tx.Rx, d.Object, now.Version, d.Version); err != nil {
			return now, err
		}
	}
	if ok {
		return now, nil
	}
	what := "was changed or confirmed since"
	switch {
	case now.ID == 0:
		what = "is there no more"
	case left.Words == 0:
		what = "was written since"
	}
	return now, fault.New(fault.Conflict, "Others have built on it: the gloss of claim %d in %s %s. It stays as it is.",
		c.ID, h.Lang, what)
}

// glossTurns asks the guards of an act on a gloss again.
func glossTurns(c Claim, now Gloss, d deeds.Deed, by auth.UserID) error {
	switch {
	case d.Kind != "gloss.confirmed":
		return GlossEditable(c)
	case d.Again():
		return GlossConfirmable(c, now, by)
	case c.State.Locked():
		return GlossEditable(c) // what an approver saw stays
	}
	return nil
}

// putGloss changes a gloss to how it stood, with its event.
func putGloss(tx *store.Tx, who history.Who, c Claim, d *deeds.Deed, h heldGloss, now Gloss, to glossStood) error {
	e := history.Event{Object: d.Object, Collection: int64(c.CollectionID), Reason: d.Reason(), Batch: d.Batch()}
	if now.ID != 0 {
		e.Before = glossFields(now)
	}
	if to.Words == 0 {
		e.Action = "gloss.withdrawn"
		if err := store.Changed(tx.Gorm().Delete(&Gloss{}, "id = ? AND version = ?", now.ID, now.Version),
			"this gloss"); err != nil {
			return err
		}
		_, err := history.Append(tx, who, e)
		d.Version = now.Version + 1
		return err
	}
	after := Gloss{ID: h.ID, ClaimID: c.ID, Lang: h.Lang, AuthorID: to.AuthorID, ConfirmedBy: to.ConfirmedBy,
		ChangedAt: to.ChangedAt, Version: max(now.Version, d.Version) + 1}
	var err error
	if after.Words, err = glossWordsAt(&tx.Rx, c, h.Lang, to.Words); err != nil {
		return err
	}
	e.Action, e.After = glossAction(*d), glossFields(after)
	if now.Words != after.Words {
		e.Texts = history.Texts{"words": after.Words}
	}
	if now.ID == 0 {
		err = tx.Gorm().Create(&after).Error
	} else {
		err = store.Changed(tx.Gorm().Model(&Gloss{}).Where("id = ? AND version = ?", now.ID, now.Version).
			Select("*").Omit("id").Updates(&after), "this gloss")
	}
	if err != nil {
		return err
	}
	d.Version = after.Version
	_, err = history.Append(tx, who, e)
	return err
}

func glossAction(d deeds.Deed) string {
	switch {
	case d.Kind != "gloss.confirmed":
		return "gloss.set"
	case d.Again():
		return "gloss.confirmed"
	}
	return "gloss.unconfirmed"
}

// glossWordsAt reads the words that a gloss had, unless they were erased.
func glossWordsAt(r *store.Rx, c Claim, lang string, seq int64) (string, error) {
	e, err := history.Get(r, seq, history.Viewer{})
	if err != nil {
		return "", err
	}
	if t := e.Texts["words"]; !t.Erased && t.Text != "" {
		return t.Text, nil
	}
	return "", fault.New(fault.Conflict, "The words of the gloss of claim %d in %s are there no more. Write it anew.",
		c.ID, lang)
}
