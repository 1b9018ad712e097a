package match

import (
	"strings"
	"sync"
)

// Which stems of the corpus sound like one of them is asked again and again, for the names of articles above all. The
// answers are kept; what came in since is compared when a stem is asked for the next time.

// alikeMemo keeps the stems that sound like a stem. It is bounded: what it forgets is worked out again.
type alikeMemo struct {
	mu sync.Mutex
	of map[termID]alikeTerms
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

// joinReadings writes the likeliest readings of a word one a line, in one string.
func joinReadings(readings []string) string {
	return strings.Join(readings[:min(len(readings), maxReadings)], "\n")
}
