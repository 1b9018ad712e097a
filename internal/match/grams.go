package match

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/text"
)

// Inside one script, words that no lexicon knows still share their letters: inflections of one word, and words that
// languages borrowed from each other. So every item is also filed under its grams: four letters in a row of its folded
// text, a space standing for the edge of a word, and two where a character is a syllable or more (kanji, kana, hangul).
// They are ranked by BM25, as Robertson and Zaragoza give it (The Probabilistic Relevance Framework, 2009, §3), with
// every gram counted once in an item.

const (
	gramLetters = 4 // letters of a gram in an alphabet
	gramK1      = 1.2
	gramB       = 0.75
)

// hand tells apart languages that share the Arabic letters.
type hand uint8

// The hands. Other letters than Arabic ones are plain.
const (
	handPlain hand = iota
	handArabic
	handPersian
)

// handOf finds the hand of a text by letters that Arabic has not.
func handOf(s string) hand {
	h := handPlain
	for _, r := range s {
		switch {
		case r == 'پ' || r == 'چ' || r == 'ژ' || r == 'گ' || r == 'ک' || r == 'ی':
			return handPersian
		case r >= 0x620 && r < 0x700:
			h = handArabic
		}
	}
	return h
}

// gram is up to four folded characters of the basic plane, sixteen bits each.
type gram uint64

// gramIndex files items under their grams. The grams are found by hash; a map would take twice the bytes, and there are
// about as many grams as sentences.
type gramIndex struct {
	grams    []gram   // by id
	slots    []uint32 // by hash: an id plus one, 0 for none
	postings []packed // by id: positions of items
	lengths  []uint16 // of each item: how many different grams
	total    int      // of all items
}

func newGramIndex() *gramIndex { return &gramIndex{slots: make([]uint32, 64)} }

// id finds a gram.
func (g *gramIndex) id(x gram) (id uint32, ok bool) {
	n := g.slots[g.slot(x)]
	return n - 1, n > 0
}

// slot is where a gram stands in slots, or the free place where it would.
func (g *gramIndex) slot(x gram) uint32 {
	mask := uint32(len(g.slots) - 1)
	for at := uint32(uint64(x)*0x9E3779B97F4A7C15>>32) & mask; ; at = (at + 1) & mask {
		if n := g.slots[at]; n == 0 || g.grams[n-1] == x {
			return at
		}
	}
}

// number gives a gram the next id.
func (g *gramIndex) number(x gram) uint32 {
	g.grams = append(room(g.grams, 1), x)
	g.postings = append(room(g.postings, 1), packed{})
	if 4*len(g.grams) > 3*len(g.slots) {
		g.slots = make([]uint32, 2*len(g.slots)) // a power of two
		for id, old := range g.grams {
			g.slots[g.slot(old)] = uint32(id) + 1
		}
	} else {
		g.slots[g.slot(x)] = uint32(len(g.grams))
	}
	return uint32(len(g.grams)) - 1
}

// add files the next item. An item that is never found counts for nothing.
func (g *gramIndex) add(n uint32, s string, found bool, buf []gram) []gram {
	if !found {
		g.lengths = append(g.lengths, 0)
		return buf
	}
	buf = gramsOf(s, buf[:0])
	for _, x := range buf {
		id, ok := g.id(x)
		if !ok {
			id = g.number(x)
		}
		g.postings[id].add(n)
	}
	g.lengths = append(room(g.lengths, 1), uint16(min(len(buf), math.MaxUint16)))
	g.total += len(buf)
	return buf
}

// idf is BM25's weight of a gram among the items that are filed: ln(1 + (n-df+½)/(df+½)).
func (g *gramIndex) idf(df int) float64 {
	return math.Log(1 + (float64(len(g.lengths)-df)+0.5)/(float64(df)+0.5))
}

// gramsOf gives the different grams of a text, sorted. Words that say nothing have none.
func gramsOf(s string, out []gram) []gram {
	folded := text.Fold(s)
	w := gramWindow{out: out}
	for at := 0; at < len(folded); {
		r, size := utf8.DecodeRuneInString(folded[at:])
		switch {
		case isSign(r):
			w.sign(r)
			at += size
		case inWord(r):
			end := at + size
			for end < len(folded) {
				next, n := utf8.DecodeRuneInString(folded[end:])
				if !inWord(next) || isSign(next) {
					break
				}
				end += n
			}
			if word := folded[at:end]; !stopwords[word] {
				w.word(word)
			}
			at = end
		default:
			w.last = 0
			at += size
		}
	}
	slices.Sort(w.out)
	return slices.Compact(w.out)
}

func inWord(r rune) bool {
	return r <= 0xFFFF && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r))
}

// gramWindow slides over a text.
type gramWindow struct {
	out     []gram
	letters gram // the last four, sixteen bits each
	n       int  // how many of them are there
	last    rune // the sign before, when it is one
}

func (w *gramWindow) word(s string) {
	w.last = 0
	if w.n == 0 {
		w.letter(' ')
	}
	for _, r := range s {
		w.letter(r)
	}
	w.letter(' ')
}

func (w *gramWindow) letter(r rune) {
	w.letters = w.letters<<16 | gram(r)
	if w.n++; w.n >= gramLetters {
		w.out = append(w.out, w.letters)
	}
}

func (w *gramWindow) sign(r rune) {
	r = japaneseSign(r) & 0xFFFF
	if w.last != 0 {
		w.out = append(w.out, gram(w.last)<<16|gram(r))
	}
	w.last, w.letters, w.n = r, 0, 0
}

// isSign says whether a character is a syllable or a word by itself.
func isSign(r rune) bool {
	return r >= 0x3041 && r <= 0x30FF || isKanji(r) || r >= 0xAC00 && r <= 0xD7A3
}
