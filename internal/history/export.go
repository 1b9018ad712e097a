package history

import (
	"bytes"
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
	Token      int64                 `json:"token,omitempty"`
	Role       string                `json:"role"`
	Via        Via                   `json:"via"`
	Request    string                `json:"request"`
	Batch      string                `json:"batch"`
	Action     string                `json:"action"`
	Object     string                `json:"object"`
	Collection int64                 `json:"collection"`
	Veil       int64                 `json:"veil"`
	Before     json.RawMessage       `json:"before"` // as it is kept: canonical JSON
	After      json.RawMessage       `json:"after"`
	Texts      map[string]exportText `json:"texts"`
	LeafHash   string                `json:"leaf_hash"` // base64, as in checkpoints and proofs
	// of version 2: of what its salts are made, and the salt of the name, or, once it is erased, its hash; all in hex
	LeafVersion int    `json:"leaf_version,omitempty"`
	Secret      string `json:"secret,omitempty"`
	NameSalt    string `json:"name_salt,omitempty"`
	NameHash    string `json:"name_hash,omitempty"`
	// it tells of a protected source: its rows, texts and salts are left out, and its leaf's hash stays
	Protected bool `json:"protected,omitempty"`
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
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := db.Read(ctx, func(rx *store.Rx) error {
		n = 0
		for {
			var rows []eventRow
			if err := f.where(rx.Gorm()).Order("seq").Limit(MaxLimit).Find(&rows).Error; err != nil {
				return err
			}
			texts, err := textsOf(rx, rows)
			if err != nil {
				return err
			}
			objects := make([]string, len(rows))
			for i := range rows {
				objects[i] = rows[i].Object
			}
			hidden, err := hiddenAmong(rx, objects)
			if err != nil {
				return err
			}
			for i := range rows {
				if f.Limit > 0 && n >= int64(f.Limit) {
					return nil
				}
				line, err := exported(&rows[i], texts[rows[i].Seq])
				if hidden[rows[i].Object] {
					line.hide()
				}
				if buf.Reset(); err == nil {
					err = enc.Encode(line)
				}
				if err != nil {
					return damagedEvent(rows[i].Seq, err)
				}
				if _, err := buf.WriteTo(w); err != nil {
					return err
				}
				n++
				f.AfterSeq = rows[i].Seq
			}
			if len(rows) < MaxLimit {
				return nil
			}
		}
	})
	return n, err
}

// exported makes the line of an event. Its rows go out as they are kept: to read and write them again would be half of
// the work, and the leaf's hash tells whoever reads the line whether they were changed.
func exported(r *eventRow, texts []textRow) (exportLine, error) {
	hashes, err := decode(r.Texts)
	if err != nil {
		return exportLine{}, err
	}
	hash, _ := leafHash(nil, r)
	line := exportLine{
		Seq: r.Seq, At: r.At, Time: store.Micros(r.At).String(), User: r.UserID, Name: r.UserName,
		Token: r.Token, Role: r.Role,
		Via: Via(r.Via), Request: r.Request, Batch: r.Batch, Action: r.Action, Object: r.Object,
		Collection: r.CollectionID, Veil: r.Veil, Before: keptRow(r.RowBefore), After: keptRow(r.RowAfter),
		Texts: make(map[string]exportText, len(hashes)), LeafHash: base64.StdEncoding.EncodeToString(hash[:]),
	}
	line.salted(r)
	for name, hash := range hashes {
		line.Texts[name] = exportText{Hash: hash, Erased: true}
	}
	for _, t := range texts {
		if hash, known := hashes[t.Name]; known && t.Text != nil {
			line.Texts[t.Name] = exportText{Hash: hash, Salt: hex.EncodeToString(t.Salt), Text: t.Text}
		}
	}
	return line, nil
}

// hide takes out what nobody may read, and the salts by which it could be guessed.
func (l *exportLine) hide() {
	l.Protected, l.Before, l.After, l.Secret = true, nil, nil, ""
	for name, t := range l.Texts {
		l.Texts[name] = exportText{Hash: t.Hash}
	}
}

// salted adds of what the leaf of version 2 is made beside the values.
func (l *exportLine) salted(r *eventRow) {
	if len(r.Salt) <= saltSize {
		return
	}
	l.LeafVersion, l.Secret = 2, hex.EncodeToString(r.Salt[:saltSize])
	if r.nameErased() {
		l.NameHash = hex.EncodeToString(r.Salt[saltSize:])
	} else {
		l.NameSalt = hex.EncodeToString(r.Salt[saltSize:])
	}
}

func keptRow(row *string) json.RawMessage {
	if row == nil {
		return nil
	}
	return json.RawMessage(*row)
}
