package match

import (
	"math"
	"slices"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// An incident is told by who, what and when, and those are spread over an article: a sentence seldom has all three.
// So the articles of an index are compared as wholes, by the people and places they keep naming, and a passage of an
// article about others weighs less for a claim, whatever words the two share.

// cast is who an article is about: its names in the order in which it first says them, with their weights.
type cast struct {
	terms   []termID
	weights []float64
	norm    float64
}

// weightOf is what a name weighs in a cast, 0 when it is none of its names.
func (c *cast) weightOf(id termID) float64 {
	if u := slices.Index(c.terms, id); u >= 0 {
		return c.weights[u]
	}
	return 0
}

// ownCast is the cast of the article that a query stands in, ready to be met by those of the others: by a name, the
// places in it of the names that sound alike.
type ownCast struct {
	*cast
	doc int32
	by  map[termID][]meeting
}

// castOf collects the names of an article. A name said once weighs little, one said throughout a lot.
func (ix *Index) castOf(doc int32, sc *scratch) *cast {
	if c, ok := sc.casts[doc]; ok {
		return c
	}
	c := &cast{}
	if more := len(ix.postings) - len(sc.place); more > 0 {
		sc.place = append(sc.place, make([]int32, more)...)
	}
	for _, item := range ix.docs.items[doc] {
		for _, id := range ix.namesOf(item, sc) {
			if sc.place[id] == 0 {
				c.terms, c.weights = append(c.terms, id), append(c.weights, 0)
				sc.place[id] = int32(len(c.terms))
			}
			c.weights[sc.place[id]-1]++
		}
	}
	for u, id := range c.terms {
		sc.place[id] = 0
		w := ix.idf(id) * math.Sqrt(c.weights[u]-saidOnce)
		if int(id) < len(ix.lex.concepts) {
			w *= placeWeight
		}
		c.weights[u] = w
		c.norm += w * w
	}
	sc.casts[doc] = c
	return c
}

// ownCastOf gives the cast of the article of the query in hand.
func (ix *Index) ownCastOf(doc int32, sc *scratch) *ownCast {
	if sc.own.cast != nil && sc.own.doc == doc {
		return &sc.own
	}
	c := ix.castOf(doc, sc)
	own := ownCast{cast: c, doc: doc, by: make(map[termID][]meeting, 2*len(c.terms))}
	for u, id := range c.terms {
		own.by[id] = append(own.by[id], meeting{u, 1})
		if ix.typeAt[id] > 0 {
			for _, like := range ix.alikeTo(id, sc) {
				own.by[like.id] = append(own.by[like.id], meeting{u, like.trust})
			}
		}
	}
	sc.own = own
	return &sc.own
}

// namesOf gives the terms of the names in an item: what the text room reads as a name, and of that what is a place or
// people, or no word of the lexicon.
func (ix *Index) namesOf(item uint32, sc *scratch) []termID {
	if ix.items.bare {
		sc.unit = ix.named.of(item, sc.unit[:0])
		return sc.unit
	}
	it := ix.itemOf(item, sc)
	return ix.namesRead(it, sc.rd.read(it.Text), item)
}

// namesRead gives the names in an item from its units.
func (ix *Index) namesRead(it Item, units []unit, item uint32) []termID {
	spans := nameSpans(it)
	if len(spans) == 0 {
		return nil
	}
	var out []termID
	terms := ix.forward.of(item, nil)
	for _, u := range units {
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
	t, met := ix.typeOf(last)
	return last, met && !t.known && (t.proper || t.script != scriptLatin)
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
func (ix *Index) kinship(own *ownCast, b int32, sc *scratch) float64 {
	if k, ok := sc.kin[b]; ok {
		return k
	}
	other := ix.castOf(b, sc)
	all := sc.links[:0]
	for u, id := range other.terms {
		for _, m := range own.by[id] {
			all = append(all, link{m.query, u, own.weights[m.query] * other.weights[u] * float64(m.trust)})
		}
	}
	sc.links = all
	sum := 0.0
	for _, l := range sc.pick(all, len(own.terms), len(other.terms)) {
		sum += l.weight
	}
	k := 0.0
	if sum > 0 {
		k = sum / math.Sqrt(own.norm*other.norm)
	}
	sc.kin[b] = k
	return k
}

// incident says what a passage of article b is worth for a claim of the article whose cast is own, and whether the two
// tell of one incident. Articles with too few names to tell by are taken to do.
func (ix *Index) incident(own *ownCast, b int32, sc *scratch) (factor float64, same bool) {
	if len(own.terms) < leastCast || len(ix.castOf(b, sc).terms) < leastCast {
		return 1, true
	}
	k := ix.kinship(own, b, sc)
	if k < sameIncident && !ix.namesSaid(own, b, sc) {
		return otherIncident * k / sameIncident, false
	}
	return 1, true
}

// namesSaid says whether one of two articles has few names, and the other says nearly all of them, as words that the
// text room did not read as names there: what a short article lacks to be kin may be one name that was missed.
func (ix *Index) namesSaid(own *ownCast, b int32, sc *scratch) bool {
	other := ix.castOf(b, sc)
	return len(other.terms) <= fewNames && ix.saidShare(other, own.doc, sc) >= nearlyAll ||
		len(own.terms) <= fewNames && ix.saidShare(own.cast, b, sc) >= nearlyAll
}

// saidShare is the share of the names of a cast, by weight, that an article says anywhere.
func (ix *Index) saidShare(c *cast, doc int32, sc *scratch) float64 {
	at := map[termID]int{}
	for u, id := range c.terms {
		at[id] = u
		if ix.typeAt[id] > 0 {
			for _, like := range ix.alikeTo(id, sc) {
				at[like.id] = u
			}
		}
	}
	said := make([]bool, len(c.terms))
	for _, item := range ix.docs.items[doc] {
		sc.unit = ix.forward.of(item, sc.unit[:0])
		for _, t := range sc.unit {
			if u, ok := at[t&^endOfUnit]; ok {
				said[u] = true
			}
		}
	}
	all, met := 0.0, 0.0
	for u, w := range c.weights {
		all += w
		if said[u] {
			met += w
		}
	}
	return shareOf(met, all)
}

// absentHere is the share of the names of an item of another article, by weight, that do not occur in the query's own
// article at all: a passage on Macron is not about an article that never names them.
func (ix *Index) absentHere(own *ownCast, item uint32, other int32, sc *scratch) float64 {
	theirs := ix.castOf(other, sc)
	all, gone := 0.0, 0.0
	for _, id := range ix.namesOf(item, sc) {
		w := theirs.weightOf(id)
		all += w
		if len(own.by[id]) == 0 {
			gone += w
		}
	}
	return shareOf(gone, all)
}

// absentThere is the same of the item that the query is, and another article.
func (ix *Index) absentThere(own *ownCast, home uint32, other int32, sc *scratch) float64 {
	met := map[termID]bool{}
	for _, id := range ix.castOf(other, sc).terms {
		for _, m := range own.by[id] {
			met[own.terms[m.query]] = true
		}
	}
	all, gone := 0.0, 0.0
	for _, id := range ix.namesOf(home, sc) {
		w := own.weightOf(id)
		all += w
		if !met[id] {
			gone += w
		}
	}
	return shareOf(gone, all)
}

func shareOf(part, all float64) float64 {
	if all == 0 {
		return 0
	}
	return part / all
}
