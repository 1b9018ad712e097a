package match

import (
	"cmp"
	"math"
	"slices"
)

// inquiry is a query made ready for an index.
type inquiry struct {
	item  Item
	claim *said // the item
	asks  []asked
	by    *meetTable
	mass  float64
	known float64 // the share of its mass that the lexicon knows
	spelt float64 // what an item would reach that shares all its grams
	doc   int32   // its article in the index, -1 when the index does not have it
	home  int     // the item of that article that it is, or is part of; -1 when none is
	near  *surroundings
	hand  hand // how its letters are written
	sense Sense
}

// prepare reads a query, and finds where in the index it stands.
func (ix *Index) prepare(q Item, sc *scratch) *inquiry {
	in := &inquiry{item: q, claim: &said{Item: q}, doc: ix.docs.number(q.Doc), home: -1, hand: handOf(q.Text)}
	in.asks = ix.ask(slices.Clone(sc.rd.read(q.Text)), sc)
	if in.doc >= 0 {
		in.home = ix.homeOf(q, in.doc, sc)
	}
	if in.home >= 0 {
		in.near = ix.aroundItem(uint32(in.home), sc)
		in.asks = ix.askAround(in, sc)
	}
	known := 0.0
	for _, a := range in.asks {
		in.mass += a.mass * a.mass
		if len(a.unit.concepts) > 0 || a.unit.value != "" {
			known += a.mass * a.mass
		}
	}
	if in.mass > 0 {
		in.known = known / in.mass
	}
	in.by = &sc.asked
	ix.fill(in.by, in.asks)
	return in
}

// ranked is a candidate after exact scoring.
type ranked struct {
	item    uint32
	score   float64
	against bool
	two     float64 // what the two voices say
	third   float64 // what the third adds; 0: there is none
}

// exact scores the candidates unit by unit and gives the k best.
func (ix *Index) exact(in *inquiry, cands []candidate, sc *scratch, k int) []Hit {
	list := make([]ranked, 0, len(cands))
	for _, c := range cands {
		links, mass := ix.meet(in.by, len(in.asks), c.item, sc)
		r := ranked{item: c.item, score: ix.similarity(in, score(links, in.mass, mass), c.item, sc)}
		in.hear(&r, ix)
		if r.score > 0 {
			list = append(list, r)
		}
	}
	list = ix.best(in, list, sc, k)
	shown := make([]uint32, len(list))
	for i, r := range list {
		shown[i] = r.item
	}
	ix.need(shown, sc)
	hits := make([]Hit, 0, len(list))
	for _, r := range list {
		if ix.items.bare && ix.text(r.item, sc) == "" {
			continue // its text was taken down or replaced meanwhile
		}
		links, _ := ix.meet(in.by, len(in.asks), r.item, sc)
		hits = append(hits, ix.hit(in, r, links, sc))
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

// best weighs candidates and gives the k best. To be weighed lowers a score: once k are weighed, those of which the
// rough score is below all of theirs are left as they are.
func (ix *Index) best(in *inquiry, list []ranked, sc *scratch, k int) []ranked {
	byScore := func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.item, b.item))
	}
	slices.SortFunc(list, byScore)
	out := make([]ranked, 0, k+1)
	for _, r := range list {
		if len(out) == k && r.score < out[k-1].score {
			break
		}
		ix.weigh(in, &r, sc)
		at, _ := slices.BinarySearchFunc(out, r, byScore)
		if out = slices.Insert(out, at, r); len(out) > k {
			out = out[:k]
		}
	}
	return out
}

// weigh lowers the score of a passage that tells of another incident.
func (ix *Index) weigh(in *inquiry, r *ranked, sc *scratch) {
	if r.third > 0 {
		r.score = r.two
		defer r.heard()
	}
	if other := ix.docs.of[r.item]; in.doc >= 0 && other >= 0 {
		own := ix.ownCastOf(in.doc, sc)
		factor, same := ix.incident(own, other, sc)
		r.third *= factor
		r.score *= factor * (1 - absentCost*ix.absentHere(own, r.item, other, sc))
		r.against = !same
		if in.home >= 0 {
			lacks, ok := sc.there[other]
			if !ok {
				lacks = ix.absentThere(own, uint32(in.home), other, sc)
				sc.there[other] = lacks
			}
			r.score *= 1 - absentCost*lacks
			r.score *= math.Pow(ix.closeness(in.near, r.item, sc), nearPower)
		}
	}
}

// hit words the reasons of one ranked item.
func (ix *Index) hit(in *inquiry, r ranked, links []link, sc *scratch) Hit {
	it := ix.itemOf(r.item, sc)
	units := sc.rd.read(it.Text)
	units = slices.DeleteFunc(units, func(u unit) bool { return !ix.filed(&u) })
	links = slices.DeleteFunc(links, func(l link) bool { return l.hit >= len(units) }) // texts that were not had
	keys := make([]Key, len(links))
	for i, l := range links {
		a, hu := in.asks[l.query], units[l.hit]
		from := in.item.Text
		if a.source != "" {
			from = a.source
		}
		keys[i] = Key{Query: from[a.unit.start:a.unit.end], Hit: it.Text[hu.start:hu.end], Kind: keyKind(&a.unit, &hu)}
	}
	if ix.contradicts(&meetingTexts{claim: in.claim, passage: &said{Item: it}, queryUnits: in.asks,
		hitUnits: units, links: links}) {
		r.score, r.against = r.score*clashFactor, true
	}
	return Hit{ID: it.ID, Score: math.Round(r.score*1e6) / 1e6, Against: r.against, Keys: keys,
		Near: math.Round(in.nearness(it.ID)*1e3) / 1e3}
}

// keyKind says what kind of reason two units are. Words that the lexicon does not surely know, and does not join, met
// by their sound, and so are names.
func keyKind(q, h *unit) string {
	switch {
	case h.kind != KindWord:
		return h.kind
	case q.kind == KindName:
		return KindName
	case q.word != nil && h.word != nil && !q.word.sure && !h.word.sure && q.word.stem != h.word.stem &&
		!shareConcept(q, h):
		return KindName
	}
	return KindWord
}

func shareConcept(a, b *unit) bool {
	for _, c := range a.concepts {
		if slices.Contains(b.concepts, c) {
			return true
		}
	}
	return false
}

// filed says whether a unit has any term, and so a place in Index.forward.
func (ix *Index) filed(u *unit) bool {
	has := false
	ix.eachTerm(u, func(conceptID) { has = true }, func(string) { has = true })
	return has
}

// similarity joins what the keys say with what the letters say, 0 to 1, as two witnesses who need not both be right.
// The letters weigh the more, the less of the query the lexicon knows.
func (ix *Index) similarity(in *inquiry, keys float64, item uint32, sc *scratch) float64 {
	if in.spelt == 0 {
		return keys
	}
	if in.hand != handPlain && in.hand != ix.hands[item] {
		return keys // Persian has Arabic words by the thousand, which say something else there
	}
	w := gramsAlways + gramsUnknown*(1-in.known)
	return 1 - (1-keys)*math.Exp(-w*float64(sc.spelt[item])/in.spelt)
}
