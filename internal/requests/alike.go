package requests

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/match"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Bounds of putting together.
const (
	sortedAtOnce = 50  // new requests of a collection that are looked at in one go
	mostHeads    = 500 // the newest of those with which they are compared
	mostCompared = 12  // those that share most with one, with which it is compared word by word
	fewTerms     = 5   // fewer say nothing of what a page says
)

// likeness puts requests together that ask the same. It keeps what it read of words, and is used by one goroutine.
type likeness struct {
	terms *match.Terms
	heads []head
}

// head is a request that stands for those like it.
type head struct {
	id      ID
	key     string // its folded letters and digits
	address string // bare; "" none
	item    match.Item
	terms   map[string]bool
}

func (l *likeness) headOf(x Request) head {
	h := head{id: x.ID, key: keyOf(x.Words), item: match.Item{Lang: text.Detect(x.Words), Text: x.Words},
		terms: map[string]bool{}}
	if x.Address != "" {
		h.address = articles.Bare(x.Address)
	}
	for _, t := range l.terms.Of(x.Words) {
		h.terms[t.Name] = true
	}
	return h
}

// keyOf is what a text says in letters and digits, folded.
func keyOf(words string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, text.Fold(words))
}

// headFor is the head that a request is like; its own number where there is none.
func (l *likeness) headFor(h head) ID {
	type near struct {
		head
		shared int
	}
	var some []near
	for _, o := range l.heads {
		switch both := h.address != "" && o.address != ""; {
		case both && h.address == o.address && (h.key == "" || o.key == ""):
			return o.id
		case h.key == "" || o.key == "", both && h.address != o.address && min(len(h.terms), len(o.terms)) < fewTerms:
			continue // “is this true?” of two pages
		case o.key == h.key:
			return o.id
		}
		n := 0
		for t := range h.terms {
			if o.terms[t] {
				n++
			}
		}
		if n > 0 && 4*n >= min(len(h.terms), len(o.terms)) {
			some = append(some, near{o, n})
		}
	}
	slices.SortFunc(some, func(a, b near) int {
		return cmp.Or(cmp.Compare(b.shared, a.shared), cmp.Compare(a.id, b.id))
	})
	some = some[:min(len(some), mostCompared)]
	items := make([]match.Item, len(some))
	for i, o := range some {
		items[i] = o.item
	}
	best, score := h.id, 0.0
	for i, is := range match.AlikeAmong(h.item, items) {
		if is.Same && !is.Strange && is.Score > score {
			best, score = some[i].id, is.Score
		}
	}
	return best
}

// Sort looks at requests that nobody has looked at yet, and puts each to the first of those that are like it. It gives
// how many it looked at: 0 when there are no more.
func (s *Service) Sort(ctx context.Context) (n int, err error) {
	defer fault.In(&err, "requests.Sort()")
	var fresh, known []Request
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		fresh, known, err = unsorted(r)
		return err
	}); err != nil || len(fresh) == 0 {
		return 0, err
	}
	l := likeness{terms: match.NewTerms()}
	for _, x := range known {
		l.heads = append(l.heads, l.headOf(x))
	}
	to := make([]ID, len(fresh))
	for i, x := range fresh {
		h := l.headOf(x)
		if to[i] = l.headFor(h); to[i] == h.id {
			l.heads = append(l.heads, h)
		}
	}
	return len(fresh), s.db.Write(ctx, func(tx *store.Tx) error {
		in := fresh[0].CollectionID
		if err := tx.Alone("requests:" + history.Num(in)); err != nil {
			return err
		}
		last, err := lastHead(&tx.Rx, in)
		if err != nil || len(known) > 0 && last != known[0].ID || len(known) == 0 && last != 0 {
			return err // another server put some together meanwhile: they are looked at again
		}
		if still, err := stillHeads(&tx.Rx, fresh, to); err != nil || !still {
			return err // an editor put some elsewhere meanwhile
		}
		for i, x := range fresh {
			if err := tx.Gorm().Exec("UPDATE requests SET head_id = ? WHERE id = ? AND head_id = 0", to[i],
				x.ID).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// stillHeads says whether requests stand where they were read, as those do to which the fresh ones are to be put.
func stillHeads(r *store.Rx, fresh []Request, to []ID) (bool, error) {
	known := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(to))), func(id ID) bool {
		return slices.ContainsFunc(fresh, func(x Request) bool { return x.ID == id })
	})
	if len(known) == 0 {
		return true, nil
	}
	n, _, err := store.One[int](r, "SELECT COUNT(*) FROM requests WHERE id IN ? AND head_id = id", known)
	return n == len(known), err
}

// unsorted reads the oldest requests of one collection that nobody has looked at, and the heads there, the newest
// first.
func unsorted(r *store.Rx) (fresh, known []Request, err error) {
	first, there, err := store.One[Request](r, "SELECT * FROM requests WHERE head_id = 0 ORDER BY id LIMIT 1")
	if err != nil || !there {
		return nil, nil, err
	}
	if fresh, err = store.Select[Request](r, "SELECT * FROM requests WHERE head_id = 0 AND collection_id = ? "+
		"ORDER BY id "+
		"LIMIT ?", first.CollectionID, sortedAtOnce); err != nil {
		return nil, nil, err
	}
	known, err = store.Select[Request](r, "SELECT * FROM requests WHERE collection_id = ? AND (head_id = 0 OR "+
		"head_id = id) AND head_id <> 0 ORDER BY id DESC LIMIT ?", first.CollectionID, mostHeads)
	return fresh, known, err
}

func lastHead(r *store.Rx, in auth.CollectionID) (ID, error) {
	id, _, err := store.One[ID](r, "SELECT id FROM requests WHERE collection_id = ? AND (head_id = 0 OR head_id = id) "+
		"AND head_id <> 0 ORDER BY id DESC LIMIT 1", in)
	return id, err
}
