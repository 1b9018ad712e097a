package match

import "slices"

// Two claims of a collection may be one: the same sentence translated, the same figure told again. Such a pair is worth
// a look when nearly all that either says, the other says too; a shared name is not enough, and a number or a day that
// only one of them gives makes them two.

// How alike two statements are at least before they are proposed as one claim (docs/text/evidence.md has the measures):
// in one language, all that they have in common meets, and so do half of any two sentences on one matter.
const (
	leastSameAcross = 0.30
	leastSameWithin = 0.50
	bareFigure      = 0.75 // what two statements are worth of which only one gives some number or date
)

// Likeness is how far two texts say the same. Score lies between 0 and 1; Same says that a person should look whether
// they are one claim. Against says that a number, date, name, direction or denial differs: such a pair is never Same.
type Likeness struct {
	Score   float64
	Same    bool
	Against bool
	Strange bool  // each names somebody or a place that the other does not
	Apart   int   // of the words that the lexicon knows, how many each has that did not meet, at least
	Keys    []Key // what they share; Query is of the first text
}

// Alike compares one text with others, by the weights that their words have in this index. It reads no item of the
// index, and nothing of what it reads is kept.
func (ix *Index) Alike(q Item, others []Item) []Likeness {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	sc := ix.pool.Get().(*scratch)
	defer ix.pool.Put(sc)
	sc.refresh(ix)
	in := ix.prepare(Item{Lang: q.Lang, Text: q.Text}, sc)
	out := make([]Likeness, len(others))
	for i, o := range others {
		out[i] = ix.alikeOf(in, o, sc)
	}
	return out
}

func (ix *Index) alikeOf(in *inquiry, o Item, sc *scratch) Likeness {
	units := slices.DeleteFunc(slices.Clone(sc.rd.read(o.Text)), func(u unit) bool { return !ix.filed(&u) })
	terms, known, strange := ix.termsOf(units)
	links, mass := ix.meetTerms(in.by, len(in.asks), terms, sc)
	links = slices.Clone(links)
	for i := range links {
		links[i].hit = known[links[i].hit]
	}
	alone := strangeMass * (ix.logItems + 0.7) // as a word of a query that no item has: ask
	l := Likeness{Score: bothSay(links, in, mass+float64(strange)*alone*alone)}
	l.Against = ix.contradicts(&meetingTexts{claim: in.claim, passage: &said{Item: o}, queryUnits: in.asks,
		hitUnits: units, links: links})
	switch mine, theirs := loneFigures(in.asks, units, links); {
	case mine > 0 && theirs > 0: // 14 bridges, 15 پل
		l.Against = true
	case mine+theirs > 0:
		l.Score *= bareFigure
	}
	l.Strange = loneNames(in.asks, units, links)
	l.Apart = knownApart(in.asks, units, links)
	for _, k := range links {
		a, u := in.asks[k.query].unit, units[k.hit]
		l.Keys = append(l.Keys, Key{Query: in.item.Text[a.start:a.end], Hit: o.Text[u.start:u.end],
			Kind: keyKind(&a, &u)})
	}
	least := leastSameAcross
	if in.item.language() == o.language() {
		least = leastSameWithin
	}
	l.Same = !l.Against && l.Score >= least
	return l
}

// bothSay is the lesser of the shares, by weight, that two texts have in common. A unit counts at most what it weighs
// in the query, so that stems, which are rarer than their concepts, make no half of a text the whole.
func bothSay(links []link, in *inquiry, mass float64) float64 {
	sum := 0.0
	for _, l := range links {
		sum += min(l.weight, in.asks[l.query].mass) * min(l.weight, in.asks[l.query].mass)
	}
	if sum == 0 {
		return 0
	}
	return min(1, sum/max(in.mass, mass))
}

// termsOf gives the terms of units as in Index.forward, without making new ones. known leads from a unit there to its
// place in units; strange counts the units that no item of the index has.
func (ix *Index) termsOf(units []unit) (terms []termID, known []int, strange int) {
	for i := range units {
		from := len(terms)
		ix.eachTerm(&units[i], func(c conceptID) { terms = append(terms, termID(c)) }, func(name string) {
			if id, ok := ix.terms[name]; ok {
				terms = append(terms, id)
			}
		})
		if len(terms) == from {
			strange++
			continue
		}
		terms[len(terms)-1] |= endOfUnit
		known = append(known, i)
	}
	return terms, known, strange
}

// loneFigures counts the numbers and dates of either text that the other does not give.
func loneFigures(asks []asked, units []unit, links []link) (mine, theirs int) {
	for i, a := range asks {
		if a.unit.value != "" && !slices.ContainsFunc(links, func(l link) bool { return l.query == i }) {
			mine++
		}
	}
	for i, u := range units {
		if u.value != "" && !slices.ContainsFunc(links, func(l link) bool { return l.hit == i }) {
			theirs++
		}
	}
	return mine, theirs
}

// loneNames says whether each text has a name that the other has not. The first word of a text of Latin letters, which
// may have its capital for that alone, counts only when the lexicon knows it as a name.
func loneNames(asks []asked, units []unit, links []link) bool {
	lone := func(u *unit) bool {
		return u.kind == KindName && u.value == "" && (u.start > 0 || len(u.concepts) > 0 ||
			u.word != nil && u.word.script != scriptLatin)
	}
	mine, theirs := false, false
	for i := range asks {
		mine = mine || lone(&asks[i].unit) && !slices.ContainsFunc(links, func(l link) bool { return l.query == i })
	}
	for i := range units {
		theirs = theirs || lone(&units[i]) && !slices.ContainsFunc(links, func(l link) bool { return l.hit == i })
	}
	return mine && theirs
}

// knownApart is how many words each of two texts has at least that the lexicon knows and that the other does not say:
// where both have many they speak of different things, and not only in words that are not known.
func knownApart(asks []asked, units []unit, links []link) int {
	mine, theirs := 0, 0
	for i, a := range asks {
		if a.unit.value == "" && len(a.unit.concepts) > 0 &&
			!slices.ContainsFunc(links, func(l link) bool { return l.query == i }) {
			mine++
		}
	}
	for i, u := range units {
		if u.value == "" && len(u.concepts) > 0 &&
			!slices.ContainsFunc(links, func(l link) bool { return l.hit == i }) {
			theirs++
		}
	}
	return min(mine, theirs)
}
