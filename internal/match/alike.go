package match

import (
	"strings"
	"sync"
)

// Which stems of the corpus sound like one of them is asked again and again, for the names of articles above all. The
// answers are kept; what came in since is compared when a stem is asked for the next time.

// alikeMemo keeps the stems that sound like a stem. It is bounded: what it forgets is worked out again.
type alikeMemo struct {
	mu       sync.Mutex
	of       map[termID]alikeTerms
	foreseen termID // the first stem that Foresee has not come to
}

// alikeTerms are the stems below upTo that sound like one.
type alikeTerms struct {
	terms []weightedTerm
	upTo  termID
}

const mostAlikes = 1 << 15

// alikeTo gives the stems of the corpus that sound like one of them, itself among them. The slice is not to be changed.
func (ix *Index) alikeTo(id termID, sc *scratch) []weightedTerm {
	all := termID(len(ix.postings))
	ix.alikes.mu.Lock()
	known := ix.alikes.of[id]
	ix.alikes.mu.Unlock()
	if known.upTo == all {
		return known.terms
	}
	t, _ := ix.typeOf(id)
	more := ix.alikeUnder(soundKeys(strings.Split(t.readings, "\n")), *t, nil, known.upTo, sc)
	known = alikeTerms{append(known.terms[:len(known.terms):len(known.terms)], more...), all}
	ix.alikes.mu.Lock()
	defer ix.alikes.mu.Unlock()
	if ix.alikes.of == nil || len(ix.alikes.of) >= mostAlikes {
		ix.alikes.of = map[termID]alikeTerms{}
	}
	ix.alikes.of[id] = known
	return known.terms
}

// Foresee works out which stems sound like some of those that nobody has asked for yet, so that the first question
// about a name need not; many may ask the index meanwhile. It says whether more are left. An index that is large
// foresees those that were met first, which are met most.
func (ix *Index) Foresee(stems int) (more bool) {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	sc := ix.pool.Get().(*scratch)
	defer ix.pool.Put(sc)
	ix.alikes.mu.Lock()
	from := ix.alikes.foreseen
	ix.alikes.mu.Unlock()
	id := max(from, termID(len(ix.lex.concepts)))
	for ; stems > 0 && int(id) < len(ix.postings); id++ {
		if ix.typeAt[id] == 0 {
			continue
		}
		ix.alikeTo(id, sc)
		stems--
	}
	ix.alikes.mu.Lock()
	defer ix.alikes.mu.Unlock()
	ix.alikes.foreseen = id
	return int(id) < len(ix.postings) && len(ix.alikes.of) < mostAlikes/2
}

// joinReadings writes the likeliest readings of a word one a line, in one string.
func joinReadings(readings []string) string {
	return strings.Join(readings[:min(len(readings), maxReadings)], "\n")
}
