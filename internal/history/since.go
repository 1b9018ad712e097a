package history

import (
	"claimbench/internal/store"
)

// Moved is an event as a room sees it that asks which of its own rows it reaches: veiled ones too, so that nothing of
// it is for people.
type Moved struct {
	Seq    int64
	Object string
	row    *string
}

// Field gives a field of the row that the event speaks of, as it left it or as it was before it went; "" when there is
// none.
func (m Moved) Field(name string) string {
	f, err := decodeRow(m.row)
	if err != nil {
		return ""
	}
	return f[name]
}

// Since gives the events after one, oldest first, at most limit.
func Since(rx *store.Rx, seq int64, limit int) (out []Moved, err error) {
	return out, scan(rx, "SELECT seq, object, COALESCE(row_after, row_before) FROM events WHERE seq > ? ORDER BY seq "+
		"LIMIT ?", []any{seq, limit}, func(scan func(...any) error) error {
		var m Moved
		err := scan(&m.Seq, &m.Object, &m.row)
		out = append(out, m)
		return err
	})
}

// Still holds the history as it is until a Write has ended, and gives its size: nobody else adds an event meanwhile. As
// with Append, all other locks come before it.
func Still(tx *store.Tx) (int64, error) {
	h, err := readHead(tx.Lock())
	return h.Size, err
}

// DecodeRow reads the fields of a row as an event has them; nil is no row.
func DecodeRow(row *string) (Fields, error) { return decodeRow(row) }

// HiddenAmong says of which objects nobody may read what their events tell (Hide).
func HiddenAmong(r *store.Rx, objects []string) (map[string]bool, error) {
	return hiddenAmong(r, objects)
}
