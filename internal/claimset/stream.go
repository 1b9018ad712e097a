package claimset

import (
	"bytes"
	"encoding/json"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/store"
)

// Kept is a claim as it was frozen. It holds while Each shows it.
type Kept struct {
	stored []byte
	down   map[articles.ID]bool // articles that were taken down since, nil: none that it names
}

// Entry reads it, without the words of articles that were taken down since.
func (f Kept) Entry() (Entry, error) { return shown(f.stored, f.down) }

// JSON gives it as it goes out: as it was stored, byte for byte, unless something is withheld.
func (f Kept) JSON() ([]byte, error) { return out(f.stored, f.down) }

// Each reads the frozen claims of a set in the order of their numbers, one in memory at a time. It asks no permission.
func Each(r *store.Rx, set Set, do func(Kept) error) error {
	gone, err := takenDown(r, set)
	if err != nil {
		return err
	}
	rows, err := r.Gorm().Raw("SELECT frozen FROM claim_set_claims WHERE set_id = ? ORDER BY claim_id", set.ID).Rows()
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var frozen store.RawBytes
		if err := rows.Scan(&frozen); err != nil {
			return err
		}
		if len(gone) > 0 && namesAny(frozen, gone) {
			err = do(Kept{frozen, gone})
		} else {
			err = do(Kept{frozen, nil})
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

// takenDown gives the articles of a set's collection that were taken down, in one question: a claim and its evidence
// are of one collection.
func takenDown(r *store.Rx, set Set) (map[articles.ID]bool, error) {
	var ids []articles.ID
	if err := r.Gorm().Table("articles").Where("collection_id = ? AND state = ?", set.CollectionID,
		articles.TakenDown).Pluck("id", &ids).Error; err != nil {
		return nil, err
	}
	out := make(map[articles.ID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, nil
}

// articleMark stands before the number of each article that a frozen claim names. A quotation mark within a string is
// escaped, so that it stands nowhere else.
var articleMark = []byte(`"article":{"article":`)

// namesAny says whether a frozen claim may name one of some articles. One that has another form than this program's is
// said to.
func namesAny(frozen []byte, of map[articles.ID]bool) bool {
	found := 0
	for rest := frozen; ; found++ {
		at := bytes.Index(rest, articleMark)
		if at < 0 {
			return found == 0 // every claim has an article
		}
		rest = rest[at+len(articleMark):]
		end := bytes.IndexByte(rest, ',')
		id, err := strconv.ParseInt(string(rest[:max(end, 0)]), 10, 64)
		if err != nil || of[articles.ID(id)] {
			return true
		}
	}
}

// shown gives a frozen claim without the words of articles that were taken down.
func shown(frozen []byte, down map[articles.ID]bool) (Entry, error) {
	e, err := thaw(frozen)
	if err == nil && down != nil {
		withholdIn(&e, down)
	}
	return e, err
}

// out gives a frozen claim as it goes out: as it was stored, byte for byte, unless something is withheld.
func out(frozen []byte, down map[articles.ID]bool) ([]byte, error) {
	if down == nil {
		return frozen, nil
	}
	e, err := shown(frozen, down)
	if err != nil {
		return nil, err
	}
	return json.Marshal(e)
}

// Keep writes a claim down as a freeze does.
func Keep(e Entry) (Kept, error) {
	b, err := json.Marshal(e)
	return Kept{stored: b}, err
}
