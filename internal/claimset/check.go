package claimset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"sync"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// The bounds of what is remembered: a page says when its set was checked, and that is at most this long ago.
const (
	checkedFor  = time.Minute
	mostChecked = 1000
)

// checks remembers which frozen sets were found to be as they were frozen, so that their pages, one after the other, do
// not read them whole each time. A set that was found changed is looked at again every time.
type checks struct {
	mu sync.Mutex
	by map[ID]checked
}

// checked is what reading a whole frozen set told.
type checked struct {
	at       store.Micros
	sha256   string // that the set had
	intact   bool
	size     int
	verdicts map[claims.Verdict]int
}

// of adds to an opened set what is known of the whole of it, and checks it when that is not known, or not any more.
func (c *checks) of(r *store.Rx, now store.Micros, o *Opened) error {
	c.mu.Lock()
	known := c.by[o.ID]
	c.mu.Unlock()
	age := now.Time().Sub(known.at.Time())
	if !known.intact || known.sha256 != o.SHA256 || age < 0 || age >= checkedFor {
		var err error
		if known, err = checkWhole(r, o.Set); err != nil {
			return err
		}
		known.at = now
		c.keep(o.ID, known)
	}
	o.Intact, o.Size, o.CheckedAt = known.intact, known.size, known.at
	o.Verdicts = maps.Clone(known.verdicts)
	return nil
}

func (c *checks) keep(id ID, known checked) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.by) >= mostChecked {
		clear(c.by)
	}
	c.by[id] = known
}

// checkWhole hashes what was frozen, and counts it by verdict, one claim in memory at a time.
func checkWhole(r *store.Rx, set Set) (out checked, err error) {
	rows, err := r.Gorm().Model(&member{}).Select("frozen").Where("set_id = ?", set.ID).Order(inOrder).Rows()
	if err != nil {
		return out, err
	}
	defer func() { _ = rows.Close() }()
	h := sha256.New()
	out.verdicts = map[claims.Verdict]int{}
	for rows.Next() {
		var frozen store.RawBytes
		if err := rows.Scan(&frozen); err != nil {
			return out, err
		}
		_, _ = h.Write(frozen) // a hash takes everything
		_, _ = h.Write([]byte{'\n'})
		if v, ok := verdictIn(frozen); ok { // what cannot be read is not intact either
			out.verdicts[v]++
		}
		out.size++
	}
	out.sha256, out.intact = set.SHA256, hex.EncodeToString(h.Sum(nil)) == set.SHA256
	return out, rows.Err()
}

// verdictMark stands before a frozen claim's verdict, which is the first one in it.
var verdictMark = []byte(`,"verdict":"`)

// verdictIn finds the verdict of a frozen claim without reading all of it.
func verdictIn(frozen []byte) (claims.Verdict, bool) {
	_, rest, found := bytes.Cut(frozen, verdictMark)
	word, _, ended := bytes.Cut(rest, []byte{'"'})
	return claims.Verdict(word), found && ended
}
