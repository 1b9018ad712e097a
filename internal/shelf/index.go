package shelf

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// mostPosted bounds the entries that one term names. What more of them have is too common to find anything by.
const mostPosted = 2000

// termKey is a term as the table has it.
func termKey(name string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash takes everything
	return int64(h.Sum64())      //nolint:gosec // all 64 bits are wanted
}

// posting is a row of the index.
type posting struct {
	Collection auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	Term       int64             `gorm:"column:term;primaryKey;autoIncrement:false"`
	N          int64             `gorm:"column:n"`
	IDs        []byte            `gorm:"column:ids" words:"fact"`
}

func (posting) TableName() string { return "shelf_terms" }

// has says whether an entry is among those that a posting names.
func (p posting) at(id EntryID) int {
	for i := 0; i+4 <= len(p.IDs); i += 4 {
		if binary.LittleEndian.Uint32(p.IDs[i:]) == uint32(id) {
			return i
		}
	}
	return -1
}

// postingsAtOnce is how many rows of the index are read or written by one statement.
const postingsAtOnce = 256

// post puts entries under their terms: those of one slice, in one read and one write for some hundred terms.
func post(tx *store.Tx, in auth.CollectionID, terms map[int64][]EntryID) error {
	keys := sortedKeys(terms)
	for part := range slices.Chunk(keys, postingsAtOnce) {
		there, err := store.Select[posting](&tx.Rx, "SELECT * FROM shelf_terms WHERE collection_id = ? AND term IN ?",
			in, part)
		if err != nil {
			return err
		}
		by := make(map[int64]posting, len(there))
		for _, p := range there {
			by[p.Term] = p
		}
		rows := make([]posting, len(part))
		for i, term := range part {
			p := by[term]
			p.Collection, p.Term = in, term
			for _, id := range terms[term] {
				if p.N++; len(p.IDs) < 4*mostPosted {
					p.IDs = binary.LittleEndian.AppendUint32(p.IDs, uint32(id))
				}
			}
			rows[i] = p
		}
		if err := putPostings(tx, rows); err != nil {
			return err
		}
	}
	return nil
}

// unpost takes an entry from under its terms.
func unpost(tx *store.Tx, e Entry) error {
	keys := sortedKeys(termsOf(match.NewTerms(), e))
	for part := range slices.Chunk(keys, postingsAtOnce) {
		there, err := store.Select[posting](&tx.Rx, "SELECT * FROM shelf_terms WHERE collection_id = ? AND term IN ?",
			e.CollectionID, part)
		if err != nil {
			return err
		}
		for i, p := range there {
			if at := p.at(e.ID); at >= 0 {
				p.IDs = slices.Delete(slices.Clone(p.IDs), at, at+4)
			}
			p.N--
			there[i] = p
		}
		if err := putPostings(tx, there); err != nil {
			return err
		}
	}
	return nil
}

func putPostings(tx *store.Tx, rows []posting) error {
	if len(rows) == 0 {
		return nil
	}
	if err := tx.Gorm().Exec("DELETE FROM shelf_terms WHERE collection_id = ? AND term IN ?", rows[0].Collection,
		termsIn(rows)).Error; err != nil {
		return err
	}
	return store.InsertMany(tx, "shelf_terms (collection_id, term, n, ids)", len(rows), postingsAtOnce,
		func(args []any, i int) []any {
			return append(args, int64(rows[i].Collection), rows[i].Term, rows[i].N, rows[i].IDs)
		}, nil)
}

func termsIn(rows []posting) []int64 {
	out := make([]int64, len(rows))
	for i, p := range rows {
		out[i] = p.Term
	}
	return out
}

func sortedKeys(m map[int64][]EntryID) []int64 {
	keys := make([]int64, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// termsOf gives the terms under which an entry is filed.
func termsOf(t *match.Terms, e Entry) map[int64][]EntryID {
	out := map[int64][]EntryID{}
	for _, term := range t.Of(e.Claim) {
		out[termKey(term.Name)] = []EntryID{e.ID}
	}
	return out
}

// nearest is how many entries that share most with a claim are compared with it word by word, and nearby how many that
// share most of its rare terms are read for that: common terms, which the index leaves out, then tell them apart.
const (
	nearest = 12
	nearby  = 96
)

// weighed is an entry with what its terms share with a claim.
type weighed struct {
	id     EntryID
	weight float64
}

// heaviest gives the entries that share most with a claim, best first, at most so many.
func heaviest(sums map[EntryID]float64, most int) []weighed {
	all := make([]weighed, 0, len(sums))
	for id, w := range sums {
		all = append(all, weighed{id, w})
	}
	slices.SortFunc(all, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id))
	})
	return all[:min(len(all), most)]
}
