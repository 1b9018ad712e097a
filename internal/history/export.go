package history

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"

	"claimbench/internal/store"
)

// exportLine is one event of an export. The leaf's bytes can be made from it (docs: leaf.go), its hash compared with
// leaf_hash, and each text with its salted hash.
type exportLine struct {
	Seq        int64                 `json:"seq"`
	At         int64                 `json:"at"` // UTC microseconds since 1970
	Time       string                `json:"time"`
	User       int64                 `json:"user"`
	Name       string                `json:"name"`
	Role       string                `json:"role"`
	Via        Via                   `json:"via"`
	Request    string                `json:"request"`
	Batch      string                `json:"batch"`
	Action     string                `json:"action"`
	Object     string                `json:"object"`
	Collection int64                 `json:"collection"`
	Veil       int64                 `json:"veil"`
	Before     Fields                `json:"before"`
	After      Fields                `json:"after"`
	Texts      map[string]exportText `json:"texts"`
	LeafHash   string                `json:"leaf_hash"` // base64, as in checkpoints and proofs
}

type exportText struct {
	Hash   string  `json:"hash"`
	Salt   string  `json:"salt,omitempty"`
	Text   *string `json:"text"` // null once erased
	Erased bool    `json:"erased,omitempty"`
}

// Export writes the events that a filter chooses as JSON Lines, oldest first, as of one moment. Limit and BeforeSeq
// bound it when set. It streams: memory does not grow with the history.
func Export(ctx context.Context, db *store.DB, w io.Writer, f Filter) (int64, error) {
	var n int64
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	err := db.Read(ctx, func(rx *store.Rx) error {
		n = 0
		for {
			var rows []eventRow
			if err := f.where(rx.Gorm()).Order("seq").Limit(MaxLimit).Find(&rows).Error; err != nil {
				return err
			}
			all, err := entries(rx, rows)
			if err != nil {
				return err
			}
			for i, e := range all {
				if f.Limit > 0 && n >= int64(f.Limit) {
					return nil
				}
				hash, _ := leafHash(nil, &rows[i])
				if err := enc.Encode(e.exportLine(base64.StdEncoding.EncodeToString(hash[:]))); err != nil {
					return err
				}
				n++
				f.AfterSeq = e.Seq
			}
			if len(rows) < MaxLimit {
				return nil
			}
		}
	})
	return n, err
}

func (e Entry) exportLine(leafHash string) exportLine {
	line := exportLine{
		Seq: e.Seq, At: int64(e.At), Time: e.At.String(), User: e.Who.UserID, Name: e.Who.Name, Role: e.Who.Role,
		Via: e.Who.Via, Request: e.Who.Request, Batch: e.Batch, Action: e.Action, Object: e.Object,
		Collection: e.Collection, Veil: e.Veil, Before: e.Before, After: e.After,
		Texts: map[string]exportText{}, LeafHash: leafHash,
	}
	add := func(name string, t Text) {
		x := exportText{Hash: t.Hash, Erased: t.Erased}
		if !t.Erased {
			x.Salt, x.Text = hex.EncodeToString(t.Salt), &t.Text
		}
		line.Texts[name] = x
	}
	for name, t := range e.Texts {
		add(name, t)
	}
	if e.Reason.Hash != "" {
		add(reasonText, e.Reason)
	}
	return line
}
