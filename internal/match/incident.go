package match

import "math"

// An incident is told by who, what and when, and those are spread over an article: a sentence seldom has all three.
// So the articles of an index are compared as wholes, by the people and places they keep naming, and a passage of an
// article about others weighs less for a claim, whatever words the two share.

// cast is who an article is about: its names with their weights, ready to be met by those of another.
type cast struct {
	by      map[termID][]meeting
	terms   []termID // unit by unit, as in Index.forward
	weights []float64
	norm    float64
}

// castOf collects the names of an article. A name said once weighs little, one said throughout a lot.
func (ix *Index) castOf(doc int32, sc *scratch) *cast {
	if c, ok := sc.casts[doc]; ok {
		return c
	}
	c := &cast{by: map[termID][]meeting{}}
	at := map[termID]int{}
	var counts []float64
	for _, item := range ix.docs.items[doc] {
		for terms := ix.forward[ix.starts[item]:ix.starts[item+1]]; len(terms) > 0; {
			n := unitLength(terms)
			if id, ok := ix.nameIn(terms[:n]); ok {
				u, seen := at[id]
				if !seen {
					u = len(counts)
					at[id] = u
					counts = append(counts, 0)
					c.terms = append(c.terms, id)
				}
				counts[u]++
			}
			terms = terms[n:]
		}
	}
	for u, id := range c.terms {
		w := ix.idf(id) * math.Sqrt(counts[u]-0.7)
		if int(id) < len(ix.lex.concepts) {
			w *= placeWeight
		}
		c.weights = append(c.weights, w)
		c.norm += w * w
		c.by[id] = append(c.by[id], meeting{u, 1})
		if t, ok := ix.types[id]; ok {
			for _, like := range ix.alikeTo(t, nil) {
				c.by[like.id] = append(c.by[like.id], meeting{u, like.trust})
			}
		}
	}
	sc.casts[doc] = c
	return c
}

// nameIn gives the term under which the unit made of terms is a name: a place or people, or a word that the lexicon
// does not know and that is written or may be written as a name.
func (ix *Index) nameIn(terms []termID) (termID, bool) {
	first, last := terms[0]&^endOfUnit, terms[len(terms)-1]&^endOfUnit
	if int(first) < len(ix.lex.concepts) && ix.lex.concepts[first].key == KeyPlace {
		return first, true
	}
	t, ok := ix.types[last]
	return last, ok && !t.guessed && (t.proper || t.script != scriptLatin)
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

// incidentFactor is what a passage of one article is worth for a claim of another.
func (ix *Index) incidentFactor(a, b int32, sc *scratch) float64 {
	if a < 0 || b < 0 {
		return 1
	}
	return min(1, kinBase+ix.kinship(a, b, sc)/kinFull)
}

var kinBase, kinFull = 0.0, 0.3

var placeWeight = 0.5
