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

// insertBatch keeps one INSERT below the engines' limits on placeholders (17 columns; 65,535 on PostgreSQL, 32,766 on
// SQLite).
const insertBatch = 256

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
	if gather(tx, who, events) {
		return 0, nil
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
	res := tx.Gorm().Exec("UPDATE log_head SET size = ?, edge = ? WHERE id = 1 AND size = ?", tree.size, tree.bytes(),
		head.Size)
	if res.Error != nil {
		return 0, res.Error
	}
	if res.RowsAffected != 1 {
		return 0, fault.New(fault.Internal, "history: the head moved under its lock")
	}
	return rows[0].Seq, tell(tx, rows[0].Seq, events)
}

func insert(tx *store.Tx, rows []eventRow, texts []textRow, hashes []hashRow) error {
	err := store.InsertMany(tx,
		"events (seq, at, user_id, user_name, role, via, request, batch, action, object, collection_id, veil, "+
			"row_before, row_after, texts, salt, token)", len(rows), insertBatch,
		func(args []any, i int) []any {
			r := &rows[i]
			return append(args, r.Seq, r.At, r.UserID, r.UserName, r.Role, r.Via, r.Request, r.Batch, r.Action,
				r.Object, r.CollectionID, r.Veil, r.RowBefore, r.RowAfter, r.Texts, r.Salt,
				r.Token)
		}, nil)
	if err != nil {
		return err
	}
	err = store.InsertMany(tx, "event_texts (seq, name, salt, text)", len(texts), insertBatch,
		func(args []any, i int) []any {
			t := &texts[i]
			return append(args, t.Seq, t.Name, t.Salt, t.Text)
		}, nil)
	if err != nil {
		return err
	}
	return store.InsertMany(tx, "log_hashes (idx, hash)", len(hashes), insertBatch, func(args []any, i int) []any {
		return append(args, hashes[i].Idx, hashes[i].Hash)
	}, nil)
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
		salt := newSalt(saltSize)
		h := textHash(salt, text)
		hashes[name] = hex.EncodeToString(h[:])
		texts = append(texts, textRow{Name: name, Salt: salt, Text: &text})
	}
	return eventRow{
		At: int64(at), UserID: who.UserID, UserName: who.Name, Role: who.Role, Via: string(who.Via),
		Request: who.Request, Token: who.Token,
		Batch: e.Batch, Action: e.Action, Object: e.Object, CollectionID: e.Collection, Veil: e.Veil,
		RowBefore: encodeRow(e.Before), RowAfter: encodeRow(e.After), Texts: encode(hashes),
		Salt: newSalt(eventSalt),
	}, texts
}

func newSalt(n int) []byte {
	salt := make([]byte, n)
	_, _ = rand.Read(salt) // never fails (crypto/rand since Go 1.24)
	return salt
}
