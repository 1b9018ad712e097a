package match

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// What the parts of the score weigh, found by leaving articles out (docs/text/evidence.md).
const (
	trustMonth   = 0.6  // the same month, of any year
	trustBare    = 0.5  // the same number of something else, perhaps
	gramsAlways  = 0.1  // what shared letters weigh in the score, against the keys' 1,
	gramsUnknown = 10   // and how much more of a query whose words the lexicon does not know
	strangeMass  = 0.3  // what a word that the corpus does not have weighs, against one that it has once
	leastSound   = 0.70 // how alike two words of different scripts must sound
	farApart     = 0.25 // at most, of the likeliest readings of two words that are not alike
	leastSame    = 0.85 // and two of one script
	leastLetters = 4    // letters that a stem needs before a word of its own script can sound like it
	leastLatin   = 0.6  // how many of their letters two Latin stems must share
	leastWritten = 0.4  // and two of another script, whose languages write one name differently (پاستبین, باستبين)

	// Of a claim in an article:
	nearTrust     = 0.35 // what the words beside it weigh, against its own
	nearPower     = 0.25 // of the cosine of the surroundings, in the score
	sameIncident  = 0.15 // how alike the casts of two articles on one incident are at least
	otherIncident = 0.1  // what a passage on another incident is worth at most
	absentCost    = 0.5  // what is lost when no name of a claim occurs in the other article
	leastCast     = 3    // names that an article needs, to be told from others by them
	fewNames      = 5    // at most, of an article so short that one missed name decides
	nearlyAll     = 0.8  // share of them that the other article must say, to tell of the same incident
	saidOnce      = 0.7  // taken off the count of a name before its root is drawn
	placeWeight   = 0.5  // countries are named everywhere

	clashFactor = 0.6 // what such a passage is worth
)

// asked is a unit of the query with all terms of the corpus it may meet.
type asked struct {
	unit   unit
	source string // the text it stands in, when that is not the query's
	terms  []weightedTerm
	mass   float64 // what it weighs in the query
}

// weightedTerm is a term of the corpus that a unit of a query may meet, and how far.
type weightedTerm struct {
	id    termID
	trust float32
}

// meeting is where a term leads in a query.
type meeting struct {
	query int
	trust float32
}

// link joins a unit of the query with a unit of an item.
type link struct {
	query, hit int // positions of the units
	weight     float64
}

// loosely gives the term under which a number or date also stands for less than it says: "month:5-7" for any day of
// "month:5", "n:60 percent" for 60 of anything, which is "~60".
func loosely(value string) (string, bool) {
	if month, _, ok := strings.Cut(value, "-"); ok && strings.HasPrefix(value, "month:") {
		return month, true
	}
	if n, ok := strings.CutPrefix(value, "n:"); ok {
		n, _, _ = strings.Cut(n, " ")
		return "~" + n, true
	}
	return "", false
}

// ask finds, for every unit of a query, the terms of the corpus that it may meet: its concepts and its stem, and
// words of any script that sound like it.
func (ix *Index) ask(units []unit, sc *scratch) []asked {
	out := make([]asked, 0, len(units))
	said := make(map[string]bool, len(units))
	for i := range units {
		a := asked{unit: units[i]}
		if name := a.unit.name(); said[name] {
			continue // said again, it says no more; and a text that repeats one word stays cheap
		} else if len(out) == maxAsked {
			break
		} else {
			said[name] = true
		}
		meets := func(id termID) { a.terms = append(a.terms, weightedTerm{id, ix.trust[id]}) }
		ix.eachTerm(&a.unit, func(c conceptID) { meets(termID(c)) }, func(name string) {
			if id, ok := ix.terms[name]; ok && (a.unit.value != "" || ix.keys&KeyStem != 0) {
				meets(id)
			}
		})
		a.mass = ix.mass(len(a.unit.concepts) > 0, a.terms)
		if w := a.unit.word; w != nil && ix.keys&KeySound != 0 &&
			(!w.sure || w.proper || a.unit.kind == KindName) {
			a.terms = ix.soundsLike(a.unit.word, a.terms, sc)
		}
		if a.mass == 0 {
			a.mass = max(ix.mass(false, a.terms), strangeMass*math.Log(1+float64(ix.items.len())+priorItems))
		}
		out = append(out, a)
	}
	return out
}

// mass is what a unit could contribute: the weight of its rarest concept, or else of its stem.
func (ix *Index) mass(known bool, terms []weightedTerm) float64 {
	best := 0.0
	for _, t := range terms {
		if known && int(t.id) >= len(ix.lex.concepts) {
			break // the stem of a known word is rarer than its concept
		}
		best = max(best, ix.idf(t.id)*float64(t.trust))
	}
	return best
}

const (
	maxAsked    = 500 // different units of a query that are asked for: a page of text
	maxLinks    = 100 // places of an item that one unit of a query may meet
	maxAlike    = 300 // words that one word of a query is compared with by sound, under one key
	maxReadings = 4   // readings of a word that are compared
)

// soundsLike adds the stems of the corpus that sound like w. A word that the lexicon knows is compared with names
// only, and with words that it does not know.
func (ix *Index) soundsLike(w *word, terms []weightedTerm, sc *scratch) []weightedTerm {
	if alike, ok := sc.alike[w.folded]; ok {
		return append(terms, alike...)
	}
	alike := ix.findAlike(w, terms, sc)
	sc.alike[w.folded] = alike
	return append(terms, alike...)
}

func (ix *Index) findAlike(w *word, have []weightedTerm, sc *scratch) []weightedTerm {
	readings := w.readings()
	asked := wordType{readings: joinReadings(readings), script: w.script, known: w.sure, stem: w.stem}
	if id, ok := ix.terms[w.stem]; ok && len(readings) <= maxReadings {
		// It sounds as its stem did when that was first met: what is like that stem is known, or kept from now on.
		if t, met := ix.typeOf(id); met && t.readings == asked.readings && t.script == asked.script &&
			t.known == asked.known {
			return slices.DeleteFunc(slices.Clone(ix.alikeTo(id, sc)), func(like weightedTerm) bool {
				return slices.ContainsFunc(have, func(h weightedTerm) bool { return h.id == like.id })
			})
		}
	}
	return ix.alikeUnder(soundKeys(readings), asked, have, 0, sc)
}

// alikeUnder compares a word with the stems from the term least on that are filed under one of its keys.
func (ix *Index) alikeUnder(keys []string, w wordType, have []weightedTerm, least termID,
	sc *scratch) []weightedTerm {
	if more := len(ix.postings) - len(sc.tried); more > 0 {
		sc.tried = append(sc.tried, make([]uint32, more)...)
	}
	sc.round++
	for _, t := range have {
		sc.tried[t.id] = sc.round
	}
	var found []weightedTerm
	for _, key := range keys {
		list := ix.bySound[key]
		for _, id := range list[:min(len(list), maxAlike)] {
			t, _ := ix.typeOf(id)
			if id < least || sc.tried[id] == sc.round {
				continue
			}
			if !w.known || !t.known {
				sc.tried[id] = sc.round
			}
			if alike := soundAlike(&w, t); alike > 0 {
				found = append(found, weightedTerm{id, float32(alike * alike)})
			}
		}
	}
	return found
}

// soundAlike says how alike two words sound, 0 when they are not one name. Two words that the lexicon surely knows are
// not compared by their sound.
func soundAlike(a, b *wordType) float64 {
	if a.known && b.known {
		return 0
	}
	least := leastSound
	if a.script == b.script { // inside one script, letters tell more than sounds
		if !writtenAlike(*a, b) {
			return 0
		}
		least = leastSame
	}
	if alike := likeness(a.readings, b.readings, least); alike >= least {
		return alike
	}
	return 0
}

// likeness is the greatest similarity of two words' readings, or something below least. When the likeliest readings
// are far apart, no other pair is near enough.
func likeness(a, b string, least float64) float64 {
	if a == "" || b == "" {
		return 0
	}
	best, wanted := 0.0, farApart // of the first pair
	for x := range strings.SplitSeq(a, "\n") {
		for y := range strings.SplitSeq(b, "\n") {
			best = max(best, soundSimilarity(x, y, wanted))
			if best < farApart {
				return 0
			}
			wanted = max(best, least)
		}
	}
	return best
}

// meetTable turns a query round: by term, the units it leads to. It is kept between queries.
type meetTable struct {
	slots []int32 // by termID: place in lists plus one, 0 for none
	terms []termID
	lists [][]meeting
}

// fill makes a table lead to the units of a query.
func (ix *Index) fill(t *meetTable, q []asked) {
	for _, id := range t.terms {
		t.slots[id] = 0
	}
	t.terms = t.terms[:0]
	if more := len(ix.postings) - len(t.slots); more > 0 {
		t.slots = append(t.slots, make([]int32, more)...)
	}
	for i, a := range q {
		for _, m := range a.terms {
			if t.slots[m.id] == 0 {
				t.terms = append(t.terms, m.id)
				n := len(t.terms)
				if n > len(t.lists) {
					t.lists = append(t.lists, nil)
				}
				t.lists[n-1] = t.lists[n-1][:0]
				t.slots[m.id] = int32(n)
			}
			n := t.slots[m.id] - 1
			t.lists[n] = append(t.lists[n], meeting{i, m.trust})
		}
	}
}

// at gives the units that a term leads to.
func (t *meetTable) at(id termID) []meeting {
	if n := t.slots[id]; n > 0 {
		return t.lists[n-1]
	}
	return nil
}

// meet links the units of a query with those of an item, each at most once, heaviest first, and gives the item's mass.
func (ix *Index) meet(by *meetTable, queryUnits int, item uint32, sc *scratch) ([]link, float64) {
	sc.unit = ix.forward.of(item, sc.unit[:0])
	return ix.meetTerms(by, queryUnits, sc.unit, sc)
}

// meetTerms is meet for terms that lie elsewhere, unit by unit as in Index.forward.
func (ix *Index) meetTerms(by *meetTable, queryUnits int, terms []termID, sc *scratch) ([]link, float64) {
	all := sc.links[:0]
	mass, unit, best, known := 0.0, 0, 0.0, false
	sc.met = append(sc.met[:0], make([]uint8, queryUnits)...)
	for _, t := range terms {
		id := t &^ endOfUnit
		weight := ix.idf(id) * float64(ix.trust[id])
		if int(id) < len(ix.lex.concepts) {
			known = true
			best = max(best, weight)
		} else if !known {
			best = max(best, weight)
		}
		for _, m := range by.at(id) {
			if sc.met[m.query] == maxLinks {
				continue // more can hardly be better, and a text that repeats itself stays cheap
			}
			sc.met[m.query]++
			all = append(all, link{m.query, unit, ix.idf(id) * float64(min(m.trust, ix.trust[id]))})
		}
		if t&endOfUnit != 0 {
			mass += best * best
			unit, best, known = unit+1, 0, false
		}
	}
	sc.links = all
	return sc.pick(all, queryUnits, unit), mass
}

// pick keeps of all links the heaviest, so that every unit is used once. Ties go to the earlier units.
func (sc *scratch) pick(all []link, queryUnits, units int) []link {
	if len(all) == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b link) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.query, b.query), cmp.Compare(a.hit, b.hit))
	})
	sc.used = append(sc.used[:0], make([]bool, queryUnits+units)...)
	out := all[:0]
	for _, l := range all {
		if !sc.used[l.query] && !sc.used[queryUnits+l.hit] {
			sc.used[l.query], sc.used[queryUnits+l.hit] = true, true
			out = append(out, l)
		}
	}
	return out
}

// score is the cosine of query and item, with a unit's weight as its coordinate. Links by stem weigh more than the
// concept that a unit's mass is taken from, so it is held at 1.
func score(links []link, queryMass, hitMass float64) float64 {
	sum := 0.0
	for _, l := range links {
		sum += l.weight * l.weight
	}
	if sum == 0 {
		return 0
	}
	return min(1, sum/math.Sqrt(queryMass*hitMass))
}

// writtenAlike says whether two words of one script that sound alike are also written so: inside one script letters
// tell more than sounds, and Wilson is no Olsen.
func writtenAlike(a wordType, b *wordType) bool {
	if a.readings == "" || b.readings == "" || a.readings[0] == '\n' || b.readings[0] == '\n' {
		return false
	}
	if a.script == scriptLatin {
		return a.stem[0] == b.stem[0] && spelling(a.stem, b.stem, leastLatin) >= leastLatin
	}
	return soundClass(a.readings[0]) == soundClass(b.readings[0]) &&
		spelling(a.stem, b.stem, leastWritten) >= leastWritten
}

// spelling says how far two stems of one script are written alike, 0 to 1: one less the share of letters that must be
// changed, added or dropped (Levenshtein). It is 0 for short stems, and for what cannot reach least.
func spelling(a, b string, least float64) float64 {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < leastLetters || len(y) > longestName || float64(len(x)) < least*float64(len(y)) {
		return 0
	}
	var row [longestName + 1]int
	for j := range y {
		row[j+1] = j + 1
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return 1 - float64(row[len(y)])/float64(len(y))
}
