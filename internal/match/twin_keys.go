package match

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"claimbench/internal/text"
)

// Two whole articles are compared by their keys: the concepts, stems, numbers and dates of their units, and the sounds
// of their names. The keys of a text are few, so an article costs little beside reading it; of a long text only the
// head is read, for a translation has the same head.

const (
	keyedLetters = 12_000 // of a text that its keys are taken from
	agencyTail   = 2_000  // bytes at the end of a text where an agency may stand
	trustSound   = 0.5    // what a shared skeleton of a sound weighs, until the names are compared
)

// twinKey is one key of an article. Unit is the first of its units that has it. Name is the place, plus one, of the
// name that the key is a sound of; 0 when it is none.
type twinKey struct {
	term  uint32
	unit  uint16
	name  uint16
	trust float32
}

// twinTerms numbers keys and counts the articles that have them.
type twinTerms struct {
	ids   map[string]uint32
	df    []int32
	first [][]int32 // the articles that have a key, while they are few

	noting bool // keys that are new are noted in fresh, to be forgotten again
	fresh  []string

	counted int // the number of articles that the last weight was asked among, and its logarithm
	log     float64
}

func (t *twinTerms) intern(name string) uint32 {
	id, ok := t.ids[name]
	if !ok {
		id = uint32(len(t.df))
		t.ids[name] = id
		t.df, t.first = append(t.df, 0), append(t.first, nil)
		if t.noting {
			t.fresh = append(t.fresh, name)
		}
	}
	return id
}

// forget takes away the keys that are new since they were noted.
func (t *twinTerms) forget() {
	for _, name := range t.fresh {
		delete(t.ids, name)
	}
	n := len(t.df) - len(t.fresh)
	t.df, t.first, t.noting, t.fresh = t.df[:n], t.first[:n], false, nil
}

// add counts the keys of the next article.
func (t *twinTerms) add(n int32, keys []twinKey) {
	for i, k := range keys {
		if i > 0 && keys[i-1].term == k.term {
			continue
		}
		if t.df[k.term]++; t.df[k.term] <= fullBucket {
			t.first[k.term] = append(t.first[k.term], n)
		} else {
			t.first[k.term] = nil
		}
	}
}

// idf is the weight of a key among n articles, as Index.idf.
func (t *twinTerms) idf(term uint32, n int) float64 {
	df := int(t.df[term])
	if t.log == 0 || t.counted != n {
		t.counted, t.log = n, math.Log(float64(n)+priorItems+1)
	}
	if df < len(halfLogs) {
		return t.log - halfLogs[df]
	}
	return t.log - math.Log(float64(df)+0.5)
}

// head is as much of a text as its keys are taken from. A sign of kanji, kana or hangul counts as three letters.
func head(s string) string {
	letters := 0
	for i, r := range s {
		if letters++; isSign(r) {
			letters += 2
		}
		if letters > keyedLetters {
			return s[:i]
		}
	}
	return s
}

// ends is the head of a text and its last words, where agencies are named.
func ends(s, head string) string {
	from := max(len(head), len(s)-agencyTail)
	for from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	return head + "\n" + s[from:]
}

// keysOf gives the keys of a text, each once, by their number, and the names that stand under sounds.
func (t *Twins) keysOf(s string) (keys []twinKey, names []wordType) {
	said := map[string]bool{}
	units := t.rd.read(s)
	n := uint16(0)
	for i := range units {
		u := &units[i]
		name := u.name()
		if name == "" || said[name] || n == math.MaxUint16 {
			continue
		}
		said[name] = true
		eachKey(t.lex, u, func(key string, trust float32) {
			keys = append(keys, twinKey{term: t.terms.intern(key), unit: n, trust: trust})
		})
		if w := u.word; w != nil && u.value == "" && maybeName(w) {
			readings := w.readings()
			names = append(names, wordType{readings: joinReadings(readings),
				script: w.script, known: w.sure, stem: w.stem})
			for _, sound := range soundKeys(readings) {
				keys = append(keys, twinKey{term: t.terms.intern("s" + sound), unit: n, name: uint16(len(names)),
					trust: trustSound})
			}
		}
		n++
	}
	slices.SortFunc(keys, func(a, b twinKey) int {
		return cmp.Or(cmp.Compare(a.term, b.term), cmp.Compare(a.unit, b.unit))
	})
	return slices.Clip(keys), names
}

// maybeName says whether a word may be a name. In Latin letters a name has a capital.
func maybeName(w *word) bool { return w.proper || !w.sure && w.script != scriptLatin }

// languageOf is the language of an article, found when it is not said.
func languageOf(lang, head string) string {
	if lang == "" || lang == "und" {
		return text.Detect(head)
	}
	return lang
}
