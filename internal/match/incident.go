package match

import (
	"math"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// An incident is told by who, what and when, and those are spread over an article: a sentence seldom has all three.
// So the articles of an index are compared as wholes, by the people and places they keep naming, and a passage of an
// article about others weighs less for a claim, whatever words the two share.

// cast is who an article is about: its names with their weights, ready to be met by those of another.
type cast struct {
	by      map[termID][]meeting
	terms   []termID // unit by unit, as in Index.forward
	weights []float64
	norm    float64
	said    map[uint32][]int // by item: the names in it, as places in terms
}

// castOf collects the names of an article. A name said once weighs little, one said throughout a lot.
func (ix *Index) castOf(doc int32, sc *scratch) *cast {
	if c, ok := sc.casts[doc]; ok {
		return c
	}
	c := &cast{by: map[termID][]meeting{}, said: map[uint32][]int{}}
	at := map[termID]int{}
	var counts []float64
	for _, item := range ix.docs.items[doc] {
		for _, id := range ix.namesOf(item, sc) {
			u, seen := at[id]
			if !seen {
				u = len(counts)
				at[id] = u
				counts = append(counts, 0)
				c.terms = append(c.terms, id)
			}
			counts[u]++
			c.said[item] = append(c.said[item], u)
		}
	}
	for u, id := range c.terms {
		w := ix.idf(id) * math.Sqrt(counts[u]-saidOnce)
		if int(id) < len(ix.lex.concepts) {
			w *= placeWeight
		}
		c.weights = append(c.weights, w)
		c.norm += w * w
		c.by[id] = append(c.by[id], meeting{u, 1})
		if t := ix.types[id]; t.met {
			for _, like := range ix.alikeTo(t, nil, sc) {
				c.by[like.id] = append(c.by[like.id], meeting{u, like.trust})
			}
		}
	}
	sc.casts[doc] = c
	return c
}

// namesOf gives the terms of the names in an item: what the text room reads as a name, and of that what is a place or
// people, or no word of the lexicon.
func (ix *Index) namesOf(item uint32, sc *scratch) []termID {
	spans := nameSpans(ix.items[item])
	if len(spans) == 0 {
		return nil
	}
	var out []termID
	terms := ix.forward[ix.starts[item]:ix.starts[item+1]]
	for _, u := range sc.rd.read(ix.items[item].Text) {
		if !ix.filed(&u) {
			continue
		}
		n := unitLength(terms)
		if id, ok := ix.nameIn(terms[:n]); ok && within(spans, u.start) {
			out = append(out, id)
		}
		terms = terms[n:]
	}
	return out
}

// nameSpans gives the bytes of the names in an item, start and end.
func nameSpans(it Item) [][2]int {
	d, err := text.NewDoc(it.Text)
	if err != nil || d.Len() == 0 {
		return nil
	}
	lang := it.Lang
	if lang == "" {
		lang = text.Detect(it.Text)
	}
	var out [][2]int
	for _, n := range value.Names(d, text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: lang,
		Dir: text.DirOf(lang)}) {
		start, end := d.ByteSpan(n.Span)
		out = append(out, [2]int{start, end})
	}
	return out
}

func within(spans [][2]int, at int) bool {
	for _, s := range spans {
		if at >= s[0] && at < s[1] {
			return true
		}
	}
	return false
}

// nameIn gives the term under which the unit made of terms is a name: a place or people, or a word that the lexicon
// does not know.
func (ix *Index) nameIn(terms []termID) (termID, bool) {
	first, last := terms[0]&^endOfUnit, terms[len(terms)-1]&^endOfUnit
	if int(first) < len(ix.lex.concepts) && ix.lex.concepts[first].key == KeyPlace {
		return first, true
	}
	t := ix.types[last]
	return last, t.met && !t.known && (t.proper || t.script != scriptLatin)
}

// unitLength gives the number of terms of the first unit.
func unitLength(terms []termID) int {
	for i, t := range terms {
		if t&endOfUnit != 0 {
			return i + 1
		}
	}
	return len(terms)
}

// kinship says how far two articles tell of the same people and places: the cosine of their casts, 0 to 1.
func (ix *Index) kinship(a, b int32, sc *scratch) float64 {
	pair := [2]int32{min(a, b), max(a, b)}
	if k, ok := sc.kin[pair]; ok {
		return k
	}
	one, other := ix.castOf(pair[0], sc), ix.castOf(pair[1], sc)
	all := sc.links[:0]
	for u, id := range other.terms {
		for _, m := range one.by[id] {
			all = append(all, link{m.query, u, one.weights[m.query] * other.weights[u] * float64(m.trust)})
		}
	}
	sc.links = all
	sum := 0.0
	for _, l := range sc.pick(all, len(one.terms), len(other.terms)) {
		sum += l.weight
	}
	k := 0.0
	if sum > 0 {
		k = sum / math.Sqrt(one.norm*other.norm)
	}
	sc.kin[pair] = k
	return k
}

// incident says what a passage of article b is worth for a claim of article a, and whether the two tell of one
// incident. Articles with too few names to tell by are taken to do.
func (ix *Index) incident(a, b int32, sc *scratch) (factor float64, same bool) {
	if len(ix.castOf(a, sc).terms) < leastCast || len(ix.castOf(b, sc).terms) < leastCast {
		return 1, true
	}
	k := ix.kinship(a, b, sc)
	if k < sameIncident {
		return otherIncident * k / sameIncident, false
	}
	return 1, true
}

// absent is the share of the names of an item, by weight, that do not occur in another article at all: a claim on
// Macron is not about an article that never names them.
func (ix *Index) absent(item uint32, own, other int32, sc *scratch) float64 {
	mine, theirs := ix.castOf(own, sc), ix.castOf(other, sc)
	all, gone := 0.0, 0.0
	for _, u := range mine.said[item] {
		w := mine.weights[u]
		all += w
		if len(theirs.by[mine.terms[u]]) == 0 {
			gone += w
		}
	}
	if all == 0 {
		return 0
	}
	return gone / all
}
