package history

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

const (
	textErased = "text.erased"
	textKind   = Erasures
	actorName  = "actor-name" // the NAME of the name of who acted; no text is called so
)

// Erasures is the kind of the objects that say a text was erased: "text:SEQ/NAME".
const Erasures = "text"

// Erase withdraws a text (name, or "reason") from every event of an object, and says so in one event each. The leaf
// keeps the salted hash, so the history still verifies, and verification says what was erased. It returns how many
// texts went; none is fault.NotFound. On SQLite the bytes are overwritten in the file once its write-ahead log is
// folded in; on PostgreSQL they go with the next VACUUM. Backups keep them.
func Erase(tx *store.Tx, who Who, object, name, reason string) (int, error) {
	var rows []textRow
	err := tx.Lock().Table("event_texts").Select("event_texts.seq, event_texts.name").
		Where("name = ? AND salt IS NOT NULL AND seq IN (?)", name,
			tx.Gorm().Session(&gorm.Session{NewDB: true}).Table("events").Select("seq").Where("object = ?", object)).
		Order("seq").Find(&rows).Error
	if err != nil {
		return 0, err
	}
	if len(rows) == 0 {
		return 0, noText(object, name)
	}
	return len(rows), eraseRows(tx, who, rows, reason)
}

// EraseAt withdraws one text of one event.
func EraseAt(tx *store.Tx, who Who, seq int64, name, reason string) error {
	var row textRow
	err := tx.Lock().Where("seq = ? AND name = ? AND salt IS NOT NULL", seq, name).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return fault.New(fault.NotFound, "Event %d has no text “%s”, or it is erased already.", seq, name)
	}
	if err != nil {
		return err
	}
	return eraseRows(tx, who, []textRow{row}, reason)
}

// EraseNames withdraws the name of a person from the oldest most events that they did and that still hold it, and says
// so in one event each. The leaf keeps the salted hash and the number of the account. It returns how many names went,
// and how many events of version 1 hold the name for ever: their leaf has it in clear. Call it until it returns 0.
func EraseNames(tx *store.Tx, who Who, user int64, most int, reason string) (erased int, kept int64, err error) {
	mine := func(where string) *gorm.DB {
		return tx.Gorm().Model(&eventRow{}).Where("user_id = ? AND user_name <> '' AND "+where, user)
	}
	if err := mine("salt IS NULL").Count(&kept).Error; err != nil {
		return 0, 0, err
	}
	var rows []eventRow
	if err := mine("salt IS NOT NULL").Order("seq").Limit(most).Find(&rows).Error; err != nil {
		return 0, kept, err
	}
	if len(rows) == 0 {
		return 0, kept, nil
	}
	if err := overwrite(tx); err != nil {
		return 0, kept, err
	}
	events := make([]Event, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		if len(r.Salt) != eventSalt {
			return 0, kept, damagedEvent(r.Seq, errForm)
		}
		h, _ := r.nameHash(nil)
		salt := append(slices.Clone(r.Salt[:saltSize]), h[:]...)
		if err := store.Changed(tx.Gorm().Exec("UPDATE events SET user_name = '', salt = ? WHERE seq = ?", salt,
			r.Seq), "this event"); err != nil {
			return 0, kept, err
		}
		events = append(events, Event{
			Action: textErased, Object: textObject(r.Seq, actorName), Collection: r.CollectionID,
			After: erasedFields(r.Seq, actorName), Reason: reason, Veil: r.Veil,
		})
	}
	_, err = AppendAll(tx, who, events)
	return len(rows), kept, err
}

// Overwrite has SQLite write over what a Write erases of rows that are in no event.
func Overwrite(tx *store.Tx) error { return overwrite(tx) }

// overwrite has SQLite write over what is erased.
func overwrite(tx *store.Tx) error {
	if tx.Dialect() != store.SQLite {
		return nil
	}
	// There is one writing connection, so this reaches the statement that erases. The PRAGMA answers with a row:
	// by Exec it would stay open on that connection (store.DB.patient says what comes of it).
	var set int
	return tx.Gorm().Raw("PRAGMA secure_delete = ON").Scan(&set).Error
}

func eraseRows(tx *store.Tx, who Who, rows []textRow, reason string) error {
	if err := overwrite(tx); err != nil {
		return err
	}
	events := make([]Event, 0, len(rows))
	for _, r := range rows {
		var of eventRow
		if err := tx.Gorm().Where("seq = ?", r.Seq).Take(&of).Error; err != nil {
			return err
		}
		res := tx.Gorm().Model(&textRow{}).Where("seq = ? AND name = ?", r.Seq, r.Name).
			Updates(map[string]any{"salt": nil, "text": nil})
		if res.Error != nil {
			return res.Error
		}
		events = append(events, Event{
			Action: textErased, Object: textObject(r.Seq, r.Name), Collection: of.CollectionID,
			After: erasedFields(r.Seq, r.Name), Reason: reason, Veil: of.Veil,
		})
	}
	_, err := AppendAll(tx, who, events)
	return err
}

func textObject(seq int64, name string) string { return fmt.Sprintf("%s:%d/%s", textKind, seq, name) }

func erasedFields(seq int64, name string) Fields {
	return Fields{"event": strconv.FormatInt(seq, 10), "name": name}
}

// erasedRows lists the texts that were met without words, for replay: one that went without an event stands out as any
// other row would.
func erasedRows(met []textRow) Rows {
	return Rows{Kind: textKind, List: func(_ *store.Rx, yield func(string, Fields, Texts) error) error {
		for _, r := range met {
			if err := yield(textObject(r.Seq, r.Name), erasedFields(r.Seq, r.Name), nil); err != nil {
				return err
			}
		}
		return nil
	}}
}

// Holds says that the history holds a text of an object that is not erased, and of which collection the object is (0:
// none); none is fault.NotFound.
func Holds(rx *store.Rx, object, name string) (collection int64, err error) {
	row, there, err := store.One[struct {
		Collection int64 `gorm:"column:collection_id"`
	}](rx, "SELECT e.collection_id FROM events e JOIN event_texts t ON t.seq = e.seq WHERE e.object = ? "+
		"AND t.name = ? AND t.text NOT IN ? ORDER BY e.seq DESC LIMIT 1", object, name, marksOf(object))
	if err == nil && !there {
		err = noText(object, name)
	}
	return row.Collection, err
}

// Had is Holds for a text that may be erased already.
func Had(rx *store.Rx, object, name string) (collection int64, err error) {
	row, there, err := store.One[struct {
		Collection int64 `gorm:"column:collection_id"`
	}](rx, "SELECT e.collection_id FROM events e JOIN event_texts t ON t.seq = e.seq WHERE e.object = ? "+
		"AND t.name = ? ORDER BY e.seq DESC LIMIT 1", object, name)
	if err == nil && !there {
		err = noText(object, name)
	}
	return row.Collection, err
}

func noText(object, name string) error {
	return fault.New(fault.NotFound, "The history holds no text “%s” of %s, or it is erased already.", name, object)
}
