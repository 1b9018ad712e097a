package match

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/text"
)

// unit is the smallest stretch of a text that can be a reason: a word, a phrase, a name, a number or a date.
// Start and end are bytes.
type unit struct {
	start, end int
	kind       string
	word       *word // nil for numbers, dates and phrases
	concepts   []conceptID
	value      string  // of a number or date: the term it stands for
	number     float64 // of a number
	scale      int     // of a word like million: its power of ten
	measure    string  // of a word like kilometre, and of a number beside one: what it counts in
}

// name tells units apart that stand for different things.
func (u *unit) name() string {
	switch {
	case u.value != "":
		return u.value
	case u.word != nil:
		return u.word.stem
	}
	return fmt.Sprint(u.concepts)
}

// reader cuts texts into units. It is not safe for concurrent use; words may be shared.
type reader struct {
	lex   *Lexicon
	known func(raw string, s script) *word
	toks  []token
	units []unit
	words []*word // of toks, where they have been asked for
	kana  bool    // whether the text is Japanese by its kana
	urdu  bool    // whether it is Urdu by its letters
	tongue
}

// read gives the units of a text, in order. The slice is valid until the next read.
func (rd *reader) read(s string) []unit {
	rd.toks = scan(s, rd.toks[:0])
	rd.units = rd.units[:0]
	rd.kana, rd.urdu = writesKana(s), strings.ContainsAny(s, urduLetters)
	rd.tongue = tongueOf(s, rd.toks)
	rd.words = append(rd.words[:0], make([]*word, len(rd.toks))...)
	for i := 0; i < len(rd.toks); {
		switch t := rd.toks[i]; t.script {
		case scriptHan, scriptKatakana:
			i = rd.japanese(s, i)
		case scriptDigits:
			i = rd.digits(s, i)
		default:
			i = rd.spaced(s, i)
		}
	}
	rd.joinNumbers(s)
	return rd.units
}

// urduLetters are letters that only Urdu has among the languages of the lexicon.
const urduLetters = "ٹڈڑےں"

// spaced reads one word or phrase of a script that has spaces, and gives the token to go on with.
func (rd *reader) spaced(s string, i int) int {
	t := rd.toks[i]
	w := rd.word(s, i)
	if n, id := rd.phrase(s, i, w); n > 1 {
		rd.addConcepts(t.start, rd.toks[i+n-1].end, nil, []conceptID{id})
		return i + n
	}
	if w.parts != nil {
		for _, p := range w.parts {
			rd.addConcepts(t.start, t.end, p, p.concepts)
		}
		return i + 1
	}
	if w.stem == "" && s[t.start:t.end] == "May" && rd.byDigits(i) {
		if id, there := rd.lex.topics["month:5"]; there { // a small word else
			rd.addConcepts(t.start, t.end, nil, []conceptID{id})
		}
	}
	if w.stem != "" {
		concepts := w.concepts
		if rd.urdu && w.guests != nil {
			concepts = slices.Concat(concepts, w.guests)
		}
		rd.addConcepts(t.start, t.end, w, concepts)
	}
	return i + 1
}

// byDigits says whether a number stands right before or behind token i.
func (rd *reader) byDigits(i int) bool {
	return i > 0 && rd.toks[i-1].script == scriptDigits && rd.toks[i].start-rd.toks[i-1].end <= 2 ||
		i+1 < len(rd.toks) && rd.toks[i+1].script == scriptDigits && rd.toks[i+1].start-rd.toks[i].end <= 2
}

// word gives the word at token i.
func (rd *reader) word(s string, i int) *word {
	if rd.words[i] == nil {
		t := rd.toks[i]
		raw := s[t.start:t.end]
		if rd.tongue != noTongue && t.script == scriptLatin {
			raw = rd.tongue.in(raw)
		}
		rd.words[i] = rd.known(raw, t.script)
	}
	return rd.words[i]
}

// phrase finds the longest phrase that starts at token i, and how many tokens it takes; 0 when there is none.
func (rd *reader) phrase(s string, i int, first *word) (int, conceptID) {
	if len(first.phrases) == 0 || i+1 >= len(rd.toks) || rd.apart(i+1) {
		return 0, 0
	}
	second := rd.word(s, i+1).key
	from := sort.Search(len(first.phrases), func(k int) bool { return first.phrases[k].rest[0] >= second })
	best, id := 0, conceptID(0)
	for _, p := range first.phrases[from:] {
		if p.rest[0] != second {
			break
		}
		n := len(p.rest) + 1
		if n > best && i+n <= len(rd.toks) && rd.follows(s, i+1, p.rest[1:]) {
			best, id = n, p.concept
		}
	}
	return best, id
}

// follows says whether the tokens after i have these stems, with no more than a space or hyphen between them.
func (rd *reader) follows(s string, i int, stems []string) bool {
	for j, want := range stems {
		next := i + 1 + j
		if rd.apart(next) || rd.word(s, next).key != want {
			return false
		}
	}
	return true
}

// apart says whether there is more than a space or hyphen between a token and the one before.
func (rd *reader) apart(i int) bool { return rd.toks[i].start-rd.toks[i-1].end > 4 }

// addConcepts adds the unit of a word or phrase with what the lexicon knows of it.
func (rd *reader) addConcepts(start, end int, w *word, ids []conceptID) {
	u := unit{start: start, end: end, kind: KindWord, word: w, concepts: ids}
	if len(ids) > 0 {
		c := rd.lex.concepts[ids[0]]
		u.kind, u.value, u.scale = c.kind, c.value, c.scale
		for _, id := range ids {
			if u.measure == "" {
				u.measure = rd.lex.concepts[id].unit
			}
		}
		if n, ok := strings.CutPrefix(c.value, "n:"); ok {
			u.number, _ = strconv.ParseFloat(n, 64)
		}
	} else if w != nil && (w.proper || w.script == scriptKatakana) {
		u.kind = KindName
	}
	rd.units = append(rd.units, u)
}

// japanese reads from token i on, where kanji, kana and katakana follow each other without spaces, by the longest form
// that the lexicon knows. What it does not know stays a name when it is katakana, and pairs of kanji otherwise.
func (rd *reader) japanese(s string, i int) int {
	t := rd.toks[i]
	for pos := t.start; pos < t.end; {
		n := rd.longestForm(s[pos:])
		if n == 3 && t.script == scriptHan && !rd.kana && soundRun(s[pos:t.end]) >= leastForeign {
			n = 0 // 马斯克 is no horse
		}
		if t.script == scriptKatakana && n > 0 && pos+n < t.end && !rd.splits(s[pos:t.end], n) {
			n = 0
		}
		if n > 0 {
			w := rd.known(s[pos:pos+n], t.script)
			rd.addConcepts(pos, pos+n, w, w.concepts)
			pos += n
			continue
		}
		if t.script == scriptKatakana {
			if w := rd.known(s[pos:t.end], t.script); w.stem != "" {
				rd.addConcepts(pos, t.end, w, w.concepts)
			}
			break
		}
		if n := soundRun(s[pos:t.end]); n > 0 && !rd.kana {
			w := rd.known(s[pos:pos+n], t.script)
			rd.addConcepts(pos, pos+n, w, w.concepts)
			rd.units[len(rd.units)-1].kind = KindName
			pos += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[pos:])
		if next, more := utf8.DecodeRuneInString(s[min(pos+size, t.end):t.end]); isKanji(r) && isKanji(next) {
			w := rd.known(s[pos:pos+size+more], t.script)
			rd.addConcepts(pos, pos+size+more, w, w.concepts)
		}
		pos += size
	}
	return rd.after(i, rd.lastEnd(t.end))
}

// longestForm gives the bytes of the longest Japanese form of the lexicon at the start of s.
func (rd *reader) longestForm(s string) int {
	best, node := 0, uint32(0)
	for i, r := range s {
		if node = rd.lex.japanese.step(node, japaneseSign(r)); node == 0 {
			break
		}
		if size := i + utf8.RuneLen(r); rd.lex.japanese.ends[node] && (i > 0 || isKanji(r)) {
			best = size
		}
	}
	return best
}

// splits says whether a katakana run may be cut after its first n bytes: what follows must be known too, or long
// enough to be a name.
func (rd *reader) splits(run string, n int) bool {
	return n >= 9 && (rd.longestForm(run[n:]) == len(run)-n || len(run)-n >= 12)
}

// leastForeign is the bytes of three characters: a run of so many that Chinese writes foreign names with is a name,
// even when the first is a word.
const leastForeign = 9

func isKanji(r rune) bool {
	return r >= 0x3400 && r <= 0x9FFF || r == '々' || r >= 0x20000 && r <= 0x3FFFF
}

func (rd *reader) lastEnd(least int) int {
	if n := len(rd.units); n > 0 {
		return max(least, rd.units[n-1].end)
	}
	return least
}

// after gives the first token from i on that starts at or after end; a token that a form has eaten into is cut.
func (rd *reader) after(i, end int) int {
	for i < len(rd.toks) && rd.toks[i].end <= end {
		i++
	}
	if i < len(rd.toks) && rd.toks[i].start < end {
		rd.toks[i].start = end
	}
	return i
}

// digits reads a number, with the Japanese counter that follows it.
func (rd *reader) digits(s string, i int) int {
	t := rd.toks[i]
	if n := rd.longestForm(s[t.start:]); n > t.end-t.start { // 5月, 2つ
		w := rd.known(s[t.start:t.start+n], scriptHan)
		rd.addConcepts(t.start, t.start+n, w, w.concepts)
		return rd.after(i, t.start+n)
	}
	value, ok := parseNumber(text.Fold(s[t.start:t.end]))
	if !ok {
		return i + 1
	}
	end := t.end
	value, end = japaneseScale(s, value, end)
	if next := rd.after(i, end); next < len(rd.toks) && rd.toks[next].start == end &&
		rd.toks[next].script == scriptLatin {
		if power, ok := letterPowers[strings.ToLower(s[end:rd.toks[next].end])]; ok {
			value, end = value*tens[power], rd.toks[next].end
		}
	}
	u := unit{start: t.start, end: end, kind: KindNumber, number: value}
	switch next, size := utf8.DecodeRuneInString(s[end:]); {
	case next == '年' && value >= 1000:
		u.kind, u.value, u.end = KindDate, "year:"+formatNumber(value), end+size
	case next == '日' && value <= 31:
		u.kind, u.value, u.end = KindDate, "day:"+formatNumber(value), end+size
	case value >= 1900 && value <= 2100 && end-t.start == digitBytes(s[t.start:end]) && value == float64(int(value)):
		u.kind, u.value = KindDate, "year:"+formatNumber(value)
	default:
		u.value = "n:" + formatNumber(value)
	}
	rd.units = append(rd.units, u)
	return rd.after(i, u.end)
}
