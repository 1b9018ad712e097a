package history

import (
	"errors"
	"fmt"
	"strconv"

	"gorm.io/gorm"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

const (
	textErased = "text.erased"
	textKind   = "text" // the kind of the objects that say a text was erased: "text:SEQ/NAME"
)

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
		return 0, fault.New(fault.NotFound, "The history holds no text “%s” of %s, or it is erased already.", name,
			object)
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

func eraseRows(tx *store.Tx, who Who, rows []textRow, reason string) error {
	if tx.Dialect() == store.SQLite {
		// There is one writing connection, so this reaches the statement that erases. The PRAGMA answers with a row:
		// by Exec it would stay open on that connection (store.DB.patient says what comes of it).
		var set int
		if err := tx.Gorm().Raw("PRAGMA secure_delete = ON").Scan(&set).Error; err != nil {
			return err
		}
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
