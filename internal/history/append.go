package history

import (
	"crypto/rand"
	"encoding/hex"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// textRow is one text of an event. Salt and text are both there, or both erased.
type textRow struct {
	Seq  int64   `gorm:"column:seq;primaryKey;autoIncrement:false"`
	Name string  `gorm:"column:name;primaryKey"`
	Salt []byte  `gorm:"column:salt"`
	Text *string `gorm:"column:text"`
}

func (textRow) TableName() string { return "event_texts" }

// insertBatch keeps one INSERT below the engines' limits on placeholders (15 columns; 65,535 on PostgreSQL, 32,766 on
// SQLite).
const insertBatch = 500

// Append writes one event, in the Write that changes the row it speaks of, and returns its number. On PostgreSQL it
// locks the head of the history: append after the rows are written, so that the lock is held briefly.
func Append(tx *store.Tx, who Who, e Event) (seq int64, err error) {
	return AppendAll(tx, who, []Event{e})
}

// AppendAll writes several events at the cost of reading the head once, and returns the number of the first; the others
// follow without a gap.
func AppendAll(tx *store.Tx, who Who, events []Event) (first int64, err error) {
	if len(events) == 0 {
		return 0, nil
	}
	for _, e := range events {
		if err := check(who, e); err != nil {
			return 0, err
		}
	}
	// Texts and salts are prepared before the head is locked.
	rows := make([]eventRow, len(events))
	texts := make([][]textRow, len(events))
	for i, e := range events {
		rows[i], texts[i] = newRow(tx.Now(), who, e)
	}
	head, err := readHead(tx.Lock())
	if err != nil {
		return 0, err
	}
	tree, err := openEdge(head)
	if err != nil {
		return 0, err
	}
	var hashes []hashRow
	var allTexts []textRow
	var buf []byte
	for i := range rows {
		rows[i].Seq = tree.size + 1
		for _, t := range texts[i] {
			t.Seq = rows[i].Seq
			allTexts = append(allTexts, t)
		}
		var leaf tlog.Hash
		leaf, buf = leafHash(buf, &rows[i])
		tree.add(leaf, func(idx int64, h tlog.Hash) { hashes = append(hashes, hashRow{Idx: idx, Hash: h[:]}) })
	}
	if err := insert(tx, rows, allTexts, hashes); err != nil {
		return 0, err
	}
	res := tx.Gorm().Model(&headRow{}).Where("id = ? AND size = ?", 1, head.Size).
		Updates(map[string]any{"size": tree.size, "edge": tree.bytes()})
	if res.Error != nil {
		return 0, res.Error
	}
	if res.RowsAffected != 1 {
		return 0, fault.New(fault.Internal, "history: the head moved under its lock")
	}
	return rows[0].Seq, nil
}

func insert(tx *store.Tx, rows []eventRow, texts []textRow, hashes []hashRow) error {
	if err := tx.Gorm().CreateInBatches(rows, insertBatch).Error; err != nil {
		return err
	}
	if len(texts) > 0 {
		if err := tx.Gorm().CreateInBatches(texts, insertBatch).Error; err != nil {
			return err
		}
	}
	return tx.Gorm().CreateInBatches(hashes, insertBatch).Error
}

func newRow(at store.Micros, who Who, e Event) (eventRow, []textRow) {
	all := maps.Clone(e.Texts)
	if e.Reason != "" {
		if all == nil {
			all = Texts{}
		}
		all[reasonText] = e.Reason
	}
	hashes := make(map[string]string, len(all))
	var texts []textRow
	for _, name := range slices.Sorted(maps.Keys(all)) {
		text := all[name]
		salt := make([]byte, saltSize)
		_, _ = rand.Read(salt) // never fails (crypto/rand since Go 1.24)
		h := textHash(salt, text)
		hashes[name] = hex.EncodeToString(h[:])
		texts = append(texts, textRow{Name: name, Salt: salt, Text: &text})
	}
	return eventRow{
		At: int64(at), UserID: who.UserID, UserName: who.Name, Role: who.Role, Via: string(who.Via), Request: who.Request,
		Batch: e.Batch, Action: e.Action, Object: e.Object, CollectionID: e.Collection, Veil: e.Veil,
		RowBefore: encodeRow(e.Before), RowAfter: encodeRow(e.After), Texts: encode(hashes),
	}, texts
}
