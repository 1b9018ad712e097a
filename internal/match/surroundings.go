package match

import (
	"slices"
	"strings"
)

// A claim is a fragment: who did it is often said in the sentence beside it. So a claim and a passage are also
// compared with what stands around them in their articles.

// reach is how many items before and after one count as its surroundings.
const reach = 2

// mostSought is how many items of an article are read to find the one that a query stands in, where the texts are
// elsewhere.
const mostSought = 400

// surroundings is an item with its neighbours, as a query.
type surroundings struct {
	by    *meetTable
	units int
	mass  float64
}

// around gives the terms of an item and its neighbours in its article, each different unit once.
func (ix *Index) around(item uint32, out []termID, sc *scratch) []termID {
	if more := len(ix.postings) - len(sc.seen); more > 0 {
		sc.seen = append(sc.seen, make([]uint32, more)...)
	}
	if sc.turn++; sc.turn == 0 { // after four billion
		clear(sc.seen)
		sc.turn = 1
	}
	for _, near := range ix.docs.near(item) {
		sc.unit = ix.forward.of(near, sc.unit[:0])
		for terms := sc.unit; len(terms) > 0; {
			n := unitLength(terms)
			if first := terms[0] &^ endOfUnit; sc.seen[first] != sc.turn {
				sc.seen[first] = sc.turn
				out = append(out, terms[:n]...)
			}
			terms = terms[n:]
		}
	}
	return out
}

// aroundItem turns an item with its neighbours into a query.
func (ix *Index) aroundItem(item uint32, sc *scratch) *surroundings {
	var asks []asked
	s := &surroundings{}
	for terms := ix.around(item, nil, sc); len(terms) > 0; {
		n := unitLength(terms)
		var a asked
		for _, t := range terms[:n] {
			id := t &^ endOfUnit
			a.terms = append(a.terms, weightedTerm{id, ix.trust[id]})
		}
		a.mass = ix.mass(int(a.terms[0].id) < len(ix.lex.concepts), a.terms)
		if last := a.terms[n-1].id; ix.typeAt[last] > 0 && ix.keys&KeySound != 0 {
			own := a.terms
			for _, like := range ix.alikeTo(last, sc) {
				if !slices.ContainsFunc(own, func(w weightedTerm) bool { return w.id == like.id }) {
					a.terms = append(a.terms, like)
				}
			}
		}
		s.mass += a.mass * a.mass
		asks = append(asks, a)
		terms = terms[n:]
	}
	s.by, s.units = &sc.near, len(asks)
	ix.fill(s.by, asks)
	return s
}

// closeness is the cosine of the surroundings of a query and of an item, 0 to 1.
func (ix *Index) closeness(s *surroundings, item uint32, sc *scratch) float64 {
	sc.terms = ix.around(item, sc.terms[:0], sc)
	links, mass := ix.meetTerms(s.by, s.units, sc.terms, sc)
	return score(links, s.mass, mass)
}

// homeOf finds where in its article a query stands: the item of its ID, or else the first one that contains its
// words. It gives -1 when there is none.
func (ix *Index) homeOf(q Item, doc int32, sc *scratch) int {
	if at, ok := ix.items.find(q.ID); ok && ix.docs.of[at] == doc {
		return int(at)
	}
	if ix.items.bare && len(ix.docs.items[doc]) > mostSought {
		return -1
	}
	ix.need(ix.docs.items[doc], sc)
	for _, item := range ix.docs.items[doc] {
		if text := ix.text(item, sc); text != "" && strings.Contains(text, q.Text) {
			return int(item)
		}
	}
	return -1
}

// askAround adds to the units of a query those of its neighbours, with less weight.
func (ix *Index) askAround(in *inquiry, sc *scratch) []asked {
	asks := in.asks
	have := map[termID]bool{}
	for _, a := range asks {
		for _, t := range a.terms {
			have[t.id] = true
		}
	}
	beside := ix.docs.near(uint32(in.home))
	ix.need(beside, sc)
	for _, near := range beside {
		source := ix.text(near, sc)
		for _, a := range ix.ask(slices.Clone(sc.rd.read(source)), sc) {
			if len(a.terms) == 0 || have[a.terms[0].id] {
				continue
			}
			for i := range a.terms {
				have[a.terms[i].id] = true
				a.terms[i].trust *= nearTrust
			}
			a.mass *= nearTrust
			a.source = source
			asks = append(asks, a)
		}
	}
	return asks
}
