package captures

import (
	"context"
	"strconv"

	"claimbench/internal/addresses"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/files"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Of says for which item of evidence a capture is kept.
type Of struct {
	Collection auth.CollectionID
	Evidence   int64
	Claim      int64
}

// Keep writes a capture of an item of evidence, which the caller has locked. An item keeps at most MostOfItem of them;
// the newest counts. It asks no permission.
func Keep(tx *store.Tx, who history.Who, of Of, p Prepared) (c Capture, err error) {
	n, _, err := store.One[int64](&tx.Rx, "SELECT COUNT(*) FROM captures WHERE evidence_id = ?", of.Evidence)
	if err != nil {
		return c, err
	}
	if n >= MostOfItem {
		return c, fault.New(fault.Conflict, "Evidence #%d has %d captures, and no more are kept of one item. Link the "+
			"document anew if it changed.", of.Evidence, n)
	}
	c = Capture{CollectionID: of.Collection, EvidenceID: of.Evidence, ClaimID: of.Claim, State: Kept, Way: p.way,
		Found: p.found, Span: p.at, KeptBy: auth.UserID(who.UserID), KeptAt: tx.Now(), Version: 1}
	if c.Document, err = p.about.written(); err != nil {
		return c, err
	}
	if err := tx.Gorm().Create(&c).Error; err != nil {
		return c, err
	}
	c.BodyID = c.ID
	if err := tx.Gorm().Model(&Capture{}).Where("id = ?", c.ID).Update("body_id", c.ID).Error; err != nil {
		return c, err
	}
	b := body{ID: c.ID, WARC: p.warc, Words: p.words, Stamp: []byte{}}
	if p.outside != "" {
		b.WARC = []byte{}
		if err := files.Own(tx, Object(c.ID), p.outside); err != nil {
			return c, err
		}
	}
	if err := tx.Gorm().Create(&b).Error; err != nil {
		return c, err
	}
	_, err = history.Append(tx, who, history.Event{Action: "capture.kept", Object: Object(c.ID),
		Collection: int64(c.CollectionID), After: fields(c), Texts: texts(c)})
	return c, err
}

// MoveOut moves the records that lie in the database into the folder of files, one capture after the other. It
// gives how many, also when it is stopped. What it moves is the same, so the history has nothing of it.
func MoveOut(ctx context.Context, db *store.DB) (n int, err error) {
	defer fault.In(&err, "captures.MoveOut()")
	for last := ID(0); ; {
		var b body
		is := false
		if err := db.Read(ctx, func(r *store.Rx) (err error) {
			b, is, err = store.One[body](r, "SELECT * FROM capture_bodies WHERE id > ? AND LENGTH(warc) > 0 ORDER "+
				"BY id "+
				"LIMIT 1", last)
			return err
		}); err != nil || !is {
			return n, err
		}
		last = b.ID
		sum, err := files.Put(ctx, db, b.WARC)
		if err != nil || sum == "" {
			return n, err
		}
		if err := db.Write(ctx, func(tx *store.Tx) error {
			moved := tx.Gorm().Model(&body{}).Where("id = ? AND LENGTH(warc) > 0", b.ID).Update("warc", []byte{})
			if moved.Error != nil || moved.RowsAffected == 0 { // withheld meanwhile
				return moved.Error
			}
			return files.Own(tx, Object(b.ID), sum)
		}); err != nil {
			return n, err
		}
		n++
	}
}

// Carry keeps the newest capture of an item for another item, of the same words, that a merge made of it. The bytes are
// not copied.
func Carry(tx *store.Tx, who history.Who, from int64, to Of, batch string) error {
	was, there, err := Newest(&tx.Rx, from)
	if err != nil || !there {
		return err
	}
	c := was
	c.ID, c.CollectionID, c.EvidenceID, c.ClaimID, c.Version = 0, to.Collection, to.Evidence, to.Claim, 1
	if err := tx.Gorm().Create(&c).Error; err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{Action: "capture.carried", Object: Object(c.ID),
		Collection: int64(c.CollectionID), After: fields(c), Texts: texts(c), Batch: batch})
	return err
}

// Withhold takes the bytes of a capture away by law, with all that is known of the document, wherever a merge carried
// it; the texts of the history go with them, and their salted hashes stay. It asks no permission.
func Withhold(tx *store.Tx, who history.Who, id ID, version int64, reason string) (after Capture, err error) {
	var now Capture
	if err := store.Take(tx.Lock(), &now, "such capture", "id = ?", id); err != nil {
		return now, err
	}
	if now.State == Withheld {
		return now, fault.New(fault.Conflict, "Capture %d is withheld already.", id)
	}
	if now.Version != version {
		return now, fault.Stale("Somebody changed this capture after you opened it. Look at it again.")
	}
	var all []Capture
	if err := tx.Lock().Where("body_id = ? AND state = ?", now.BodyID, Kept).Order("id").
		Find(&all).Error; err != nil {
		return now, err
	}
	if err := bodyGone(tx, now.BodyID); err != nil {
		return now, err
	}
	for _, c := range all {
		bare, err := takeAway(tx, c, "")
		if err != nil {
			return now, err
		}
		said := texts(bare)
		names := []string{"document"}
		if c.Stamp != "" {
			names, said["stamp"] = append(names, "stamp"), ""
		}
		for _, name := range names {
			if _, err := history.Erase(tx, who, Object(c.ID), name, reason); err != nil &&
				fault.KindOf(err) != fault.NotFound {
				return now, err
			}
		}
		if err := addresses.Unschedule(tx, Stamps, int64(c.ID)); err != nil {
			return now, err
		}
		if _, err := history.Append(tx, who, history.Event{Action: "capture.withheld", Object: Object(c.ID),
			Collection: int64(c.CollectionID), Before: fields(c), After: fields(bare), Texts: said,
			Reason: reason}); err != nil {
			return now, err
		}
		if c.ID == id {
			after = bare
		}
	}
	return after, nil
}

// bodyGone erases the bytes of a capture, wherever they lie.
func bodyGone(tx *store.Tx, id ID) error {
	if err := files.Drop(tx, Object(id)); err != nil {
		return err
	}
	return tx.Gorm().Where("id = ?", id).Delete(&body{}).Error
}

// takeAway empties the row of a capture.
func takeAway(tx *store.Tx, c Capture, stamp string) (bare Capture, err error) {
	bare = c
	bare.State, bare.Span, bare.Document, bare.Version = Withheld, text.Span{}, "{}", c.Version+1
	bare.Stamp = stamp
	return bare, store.Changed(tx.Gorm().Model(&Capture{}).Where("id = ? AND version = ?", c.ID, c.Version).
		Updates(map[string]any{"state": bare.State, "start_cp": 0, "end_cp": 0, "document": bare.Document,
			"stamp": bare.Stamp, "version": bare.Version}), "this capture")
}

// emptied follows the erasing of what the history has of a capture: the bytes go too, for they say the same.
func emptied(tx *store.Tx, id, _, mark string, row history.Fields) (string, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return mark, err
	}
	var c Capture
	if err := store.Take(tx.Lock(), &c, "such capture", "id = ?", n); err != nil || c.State == Withheld {
		return mark, err
	}
	var left int64 // other captures of the same bytes, which a merge carried over
	if err := tx.Gorm().Model(&Capture{}).Where("body_id = ? AND state = ? AND id <> ?", c.BodyID, Kept, c.ID).
		Count(&left).Error; err != nil {
		return mark, err
	}
	if left == 0 {
		if err := bodyGone(tx, c.BodyID); err != nil {
			return mark, err
		}
	}
	bare, err := takeAway(tx, c, c.Stamp) // its text is one of its own
	for name, value := range fields(bare) {
		row[name] = value
	}
	return mark, err
}
