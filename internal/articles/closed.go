package articles

import (
	"errors"
	"fmt"
	"slices"
	"unicode"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// An article that was taken down or is protected is closed. Its document must not come in a second time by another
// door, where it would stand openly: not with the same words, however they are set, nor with most of them, and of a
// protected one not from its address (docs/adr/0485). Every text passes open, in the Write that takes it in.

// Closed is in the chain of the error that refuses a document, for what must keep of which article it is. No door shows
// it.
type Closed struct{ Article ID }

func (c *Closed) Error() string {
	return fmt.Sprintf("the document of article %d, which is closed", c.Article)
}

// closedText is a mark of a text of a closed article.
type closedText struct {
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	Mark         int64             `gorm:"column:mark;primaryKey;autoIncrement:false"`
	ArticleID    ID                `gorm:"column:article_id;primaryKey;autoIncrement:false"`
}

func (closedText) TableName() string { return "closed_texts" }

// closing lets what closes an article and what takes a text in happen one after the other: else each would not see the
// other, and the copy stays open.
func closing(tx *store.Tx, in auth.CollectionID) error {
	return tx.Alone(fmt.Sprintf("closing:%d", in))
}

// ErrWaits is in the chain of the error that says that what a machine brings here is taken in by a person.
var ErrWaits = errors.New("a person takes in what machines bring")

// waits refuses every text of a machine where something is protected, whatever text it is: an answer that depended on
// the text would tell what is protected to a program that may not read it (docs/adr/0607).
func waits(r *store.Rx, actor auth.Actor, in auth.CollectionID) error {
	if actor.Token == nil || !actor.Token.Machine {
		return nil
	}
	some, _, err := store.One[bool](r, "SELECT EXISTS (SELECT 1 FROM articles WHERE collection_id = ? AND "+
		"state = '"+string(Protected)+"') AS some", in)
	if err == nil && some {
		err = fault.Wrap(fault.Conflict, ErrWaits, "A person takes in what machines bring to this collection.")
	}
	return err
}

// open refuses a text of a document that is closed in the collection, and one from the address of a protected one. What
// it says to people who may not read what is protected is the same whatever is closed, and names nothing. self is an
// article that may have the text itself.
func (s *Service) open(tx *store.Tx, actor auth.Actor, in Import, self ID) error {
	at, err := ProtectedAt(&tx.Rx, in.Collection, append([]string{in.URL}, in.Reached...))
	if err != nil {
		return err
	}
	for _, id := range at {
		return s.refuseClosed(tx, actor, in.Collection, id, "from the address of")
	}
	id, err := closedLike(tx, in.Collection, in.Raw, self)
	if err != nil || id == 0 {
		return err
	}
	return s.refuseClosed(tx, actor, in.Collection, id, "the text, or most of it, of")
}

func (s *Service) refuseClosed(tx *store.Tx, actor auth.Actor, in auth.CollectionID, id ID, what string) error {
	a, err := ByID(&tx.Rx, id)
	if err != nil {
		return err
	}
	cause := &Closed{id}
	if _, err := s.policy.May(actor, auth.ThingEvidence, auth.Protect, in); err != nil {
		return fault.Wrap(fault.Conflict, cause, "This document is not taken in here. An editor of the collection can "+
			"say why.")
	}
	if a.State == TakenDown {
		return fault.Wrap(fault.Conflict, cause, "This is %s article %d, which was taken down, so it is not taken in "+
			"again.", what, id)
	}
	return fault.Wrap(fault.Conflict, cause, "This is %s article %d, whose source is protected: taken in again, it "+
		"would stand openly. Show article %d again first if it may be open; a newer text of it comes in there as a "+
		"revision.", what, id, id)
}

// isClosed is SQL that is true of articles that are not open. It lists the states, for no index leads to all but one.
const isClosed = "state IN ('" + string(TakenDown) + "', '" + string(Protected) + "')"

// closedLike finds the closed article of a collection with which a text shares half of its marks, or that shares half
// of its own; 0 there is none.
func closedLike(tx *store.Tx, in auth.CollectionID, raw string, self ID) (ID, error) {
	some, _, err := store.One[bool](&tx.Rx, "SELECT EXISTS (SELECT 1 FROM articles WHERE collection_id = ? AND "+
		isClosed+") AS some", in)
	if err != nil || !some {
		return 0, err
	}
	if err := markEarlier(tx, in); err != nil {
		return 0, err
	}
	marks, shared := marksOf(raw), map[ID]int{}
	for chunk := range slices.Chunk(marks, idsAtOnce) {
		found, err := store.Select[struct {
			ID ID
			N  int
		}](&tx.Rx, "SELECT article_id AS id, COUNT(*) AS n FROM closed_texts WHERE collection_id = ? AND mark IN ? "+
			"GROUP BY article_id", in, chunk)
		if err != nil {
			return 0, err
		}
		for _, x := range found {
			shared[x.ID] += x.N
		}
	}
	var best ID
	for id, n := range shared {
		if id == self || n <= shared[best] && best != 0 {
			continue
		}
		all, _, err := store.One[int](&tx.Rx, "SELECT COUNT(*) AS n FROM closed_texts WHERE article_id = ?", id)
		if err != nil {
			return 0, err
		}
		if 2*n >= len(marks) || 2*n >= all {
			best = id
		}
	}
	return best, nil
}

// markEarlier marks the texts of articles that were closed before there were marks.
func markEarlier(tx *store.Tx, in auth.CollectionID) error {
	ids, err := store.Select[ID](&tx.Rx, "SELECT id FROM articles WHERE collection_id = ? AND "+isClosed+
		" AND NOT EXISTS (SELECT 1 FROM closed_texts c WHERE c.article_id = articles.id) ORDER BY id", in)
	for _, id := range ids {
		if err := markClosed(tx, in, id); err != nil {
			return err
		}
	}
	return err
}

// markClosed keeps by what all texts of an article are known again.
func markClosed(tx *store.Tx, in auth.CollectionID, id ID) error {
	seen := map[int64]bool{}
	if err := EachText(&tx.Rx, func(raw string) error {
		for _, m := range marksOf(raw) {
			seen[m] = true
		}
		return nil
	}, "article_id = ?", id); err != nil || len(seen) == 0 {
		return err
	}
	rows := make([]closedText, 0, len(seen))
	for m := range seen {
		rows = append(rows, closedText{in, m, id})
	}
	return tx.Gorm().CreateInBatches(rows, idsAtOnce).Error
}

// unmark forgets the marks of an article that is open again.
func unmark(tx *store.Tx, id ID) error {
	return tx.Gorm().Where("article_id = ?", id).Delete(&closedText{}).Error
}

const (
	// markLetters is how long the stretches are, in letters, of which a mark is made: a few words.
	markLetters = 20
	// markEvery is of how many stretches in a row the one with the smallest number is kept. Any text that shares
	// markEvery + markLetters letters in a row with another shares a mark with it (winnowing).
	markEvery = 48
)

// marksOf gives numbers by which a text is known again when its lines, spaces, points, marks and capitals are set
// otherwise, or some of its words were changed, as a set in no order. A text of few letters has one, of all of it.
func marksOf(raw string) []int64 {
	letters := make([]rune, 0, len(raw))
	for _, r := range text.Fold(raw) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			letters = append(letters, r)
		}
	}
	if len(letters) == 0 {
		letters = []rune(raw)
	}
	n := max(len(letters)-markLetters+1, 1)
	numbers := make([]uint64, 0, n)
	const base = 1_000_003
	var h, top uint64 = 0, 1
	for i, r := range letters {
		if i < markLetters {
			h = h*base + uint64(r)
			if i > 0 {
				top *= base
			}
		} else {
			h = (h-uint64(letters[i-markLetters])*top)*base + uint64(r)
		}
		if i >= markLetters-1 {
			numbers = append(numbers, mixed(h))
		}
	}
	if len(numbers) == 0 {
		numbers = append(numbers, mixed(h))
	}
	var out []int64
	for least, i := -1, 0; i+min(markEvery, len(numbers)) <= len(numbers); i++ {
		window := numbers[i : i+min(markEvery, len(numbers))]
		if last := i + len(window) - 1; least < i {
			least = i
			for k, x := range window {
				if x <= numbers[least] {
					least = i + k
				}
			}
			out = append(out, int64(numbers[least]))
		} else if numbers[last] <= numbers[least] {
			least = last
			out = append(out, int64(numbers[least]))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// mixed spreads the bits of a number (the end of SplitMix64), so that the least of several is any of them.
func mixed(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// liveAt finds the other live articles of a collection that stand at the address of one, however it is spelt, the
// oldest first; of very many the oldest.
func liveAt(r *store.Rx, a Article) (out []ID, err error) {
	if a.URL == "" {
		return nil, nil
	}
	found, err := store.Select[struct {
		ID  ID
		URL string
	}](r, "SELECT id, url FROM articles WHERE collection_id = ? AND url <> '' AND state = 'live' AND id <> ? AND "+
		"(url = ? OR LOWER(url) LIKE ?) ORDER BY id LIMIT ?", a.CollectionID, a.ID, a.URL, HostLike(a.URL), mostOfHost)
	for _, x := range found {
		if SameAddress(x.URL, a.URL) {
			out = append(out, x.ID)
		}
	}
	return out, err
}

// mostOfHost bounds how many addresses of a site are compared with one.
const mostOfHost = 20_000
