package value

import (
	"sync"

	"claimbench/internal/lang"
)

// cjkSense is what a Japanese word can be beside a number.
type cjkSense uint8

const (
	cjkCounter cjkSense = iota + 1
	cjkTime
	cjkMoney
	cjkUnit
	cjkPre
	cjkPost
	cjkRel
	cjkWeekday
	cjkOrdinal // the counter makes the number an ordinal: 番目, 回目, 位
	cjkNone    // the number before it counts nothing: 号, 条
	cjkSkip    // a word that only begins like a numeral: 十分, 千葉
	cjkHalf    // a half of the day before an hour; 12 for those whose hours go on from noon
	cjkAbout   // makes a time of day about: 8時ごろ
)

type cjkWord struct {
	word  []rune
	sense cjkSense
	arg   string
	lex   *lex // relative dates and weekdays
}

// cjkLexicon finds words by their first rune; the longest come first.
type cjkLexicon struct {
	after  map[rune][]cjkWord // counters, units, marks after a number
	before map[rune][]cjkWord // qualifiers, by their last rune
	dates  map[rune][]cjkWord
	skip   map[rune][]cjkWord
	halves map[rune][]cjkWord // halves of the day, by their last rune
	about  map[rune][]cjkWord
	tight  map[string]bool // qualifiers after a number that other words begin with: 強, 台
	wordy  map[string]bool // counters that make a word with one numeral sign: 二度
	joins  map[rune]bool   // signs that a numeral sign may follow: 約, 計
	dated  runeFilter      // first runes of dates
}

// runeFilter says quickly that a rune is not among those added; it may err the other way.
type runeFilter [16]uint64

func (f *runeFilter) add(r rune)      { f[r>>6&15] |= 1 << (r & 63) }
func (f *runeFilter) has(r rune) bool { return f[r>>6&15]&(1<<(r&63)) != 0 }

// cjkLexicons are made when a language without spaces is first read; those without words of their own are read with
// the Japanese ones.
var cjkLexicons sync.Map // language → func() *cjkLexicon

func cjkLexiconOf(p *lang.Pack) *cjkLexicon {
	if !p.Is(lang.Unspaced) {
		p = lang.Of("ja")
	}
	load, ok := cjkLexicons.Load(p.Code)
	if !ok {
		load, _ = cjkLexicons.LoadOrStore(p.Code, sync.OnceValue(func() *cjkLexicon { return loadCJK(p) }))
	}
	return load.(func() *cjkLexicon)()
}

func loadCJK(p *lang.Pack) *cjkLexicon {
	l := &cjkLexicon{after: map[rune][]cjkWord{}, before: map[rune][]cjkWord{}, dates: map[rune][]cjkWord{},
		skip: map[rune][]cjkWord{}, halves: map[rune][]cjkWord{}, about: map[rune][]cjkWord{}, joins: map[rune]bool{},
		tight: setOf(p.Words("values", "tightpost")), wordy: setOf(p.Words("values", "wordycounter"))}
	for _, sign := range p.Words("values", "beforesign") {
		l.joins[[]rune(sign)[0]] = true
	}
	senses := map[string]cjkSense{"counter": cjkCounter, "time": cjkTime, "money": cjkMoney, "unit": cjkUnit,
		"pre":  cjkPre,
		"post": cjkPost, "rel": cjkRel, "wday": cjkWeekday, "ordinal": cjkOrdinal, "none": cjkNone, "skip": cjkSkip,
		"halfday": cjkHalf, "about": cjkAbout}
	for _, r := range p.Rows("values") {
		sense := senses[r.Kind]
		for _, form := range r.Forms {
			if sense != 0 {
				l.add(cjkWord{word: []rune(form), sense: sense, arg: r.Arg}, r.Kind)
			}
		}
	}
	return l
}

func (l *cjkLexicon) add(w cjkWord, kind string) {
	into, key := l.after, w.word[0]
	switch w.sense {
	case cjkPre:
		into, key = l.before, w.word[len(w.word)-1]
	case cjkHalf:
		into, key = l.halves, w.word[len(w.word)-1]
	case cjkAbout:
		into = l.about
	case cjkRel, cjkWeekday:
		w.lex = &lex{}
		if w.sense == cjkWeekday {
			kind = "weekday"
		}
		w.lex.take(kind, w.arg)
		into = l.dates
		l.dated.add(key)
	case cjkSkip:
		into = l.skip
	}
	list := into[key]
	i := 0
	for i < len(list) && len(list[i].word) >= len(w.word) {
		i++
	}
	list = append(list, cjkWord{})
	copy(list[i+1:], list[i:])
	list[i] = w
	into[key] = list
}

func setOf(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[w] = true
	}
	return out
}

// at finds the longest of the words that starts at r[i].
func cjkAt(words map[rune][]cjkWord, r []rune, i int) *cjkWord {
	if i < 0 || i >= len(r) {
		return nil
	}
	list := words[narrow(r[i])]
	for k := range list {
		if hasRunes(r, i, list[k].word) {
			return &list[k]
		}
	}
	return nil
}

func hasRunes(r []rune, i int, word []rune) bool {
	if i < 0 || i+len(word) > len(r) {
		return false
	}
	for k, c := range word {
		if narrow(r[i+k]) != c {
			return false
		}
	}
	return true
}

// narrow gives the ASCII form of a full-width letter or sign.
func narrow(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		return r - 0xFF01 + '!'
	}
	return r
}
