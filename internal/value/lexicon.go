package value

import (
	"sort"
	"strconv"
	"strings"
	"sync"

	"claimbench/internal/lang"
)

// sense is what a word can mean to the readers of values; a word can have several.
type sense uint64

const (
	senseNum        sense = 1 << iota // a numeral below 1000
	senseHundred                      // multiplies what stands before it by 100, or is 100
	senseScale                        // the same for 1000 and above
	senseDual                         // two of a scale: ألفان
	senseVague                        // "thousands" of what nobody counted
	senseSome                         // before a scale makes it vague: several, چند
	senseOrd                          // an ordinal
	senseFrac                         // a fraction: half, ثلث
	senseTeen                         // عشر: 10, or the second word of 11–19
	senseTeenUnit                     // حادي: 1, but only before عشر or tens
	senseMonth                        // a month
	senseUnsure                       // a month only where a day, year or the word month says so
	senseFlanked                      // a month only between a day and a year: میزان is "amount"
	senseWeekday                      //
	senseUnit                         // a unit or a thing counted
	senseMoney                        // a unit of money
	senseTime                         // a unit of time
	senseNoun                         // a thing counted, so words may stand before it
	senseDualUnit                     // two of a unit: عامين
	sensePre                          // qualifier before the number
	sensePost                         // qualifier after it
	senseRel                          // a date by itself: today
	senseDeixis                       // last, this, next
	senseAgo                          // after an amount of time: ago, پیش
	senseSince                        // before one: قبل
	senseYear                         // the word year as head of a year's number
	senseMonthWord                    // ماه, شهر
	senseDayWord                      // روز, يوم, ليلة
	senseCentury                      //
	senseDecade                       // دهه, عقد
	senseDecadeNum                    // تسعينيات
	senseAnd                          //
	senseTo                           //
	senseBetween                      //
	senseOf                           // of, من
	senseArticle                      // a, an, the
	senseClock                        // ساعت, الساعة, at
	senseMorning                      //
	senseEvening                      // adds 12 to a clock time
	senseNoon                         // p.m. for 1–4
	senseLabel                        // what follows is a label's number: Article 5, القناة 12
	sensePart                         // early, أوائل: belongs to the date it stands before
	senseLead                         // in, since, من: may stand before a year
	senseFuture                       // says the sentence looks ahead
	senseStop                         // no value: لست
	senseEra                          // م, میلادی, BC after a year
	senseMinus                        //
	senseTimes                        // "times", بار, مرة
	senseOrdMark                      // makes an ordinal of figures: 3e, 20-й
	senseOClock                       // after an hour: Uhr
	senseDecadeMark                   // after a year's figures makes a decade of it: 1980er, 1980-х
	senseGood                         // what is weighed in tons: گندم
	senseOver                         // between the whole and the part of a fraction: 3분의 2
	senseDecadeHead                   // before them: années 80
	senseCounted                      // a numeral or ordinal only beside what is counted: نو, achten, دوسرے
	senseScaled                       // a numeral only before a scale: اسی, "the same", is also 80
	senseUnitBefore                   // a unit that stands before its number: yüzde
	senseHarm                         // what happens to persons and tells that they are counted: کشته, بازداشت
	senseChange                       // something became more or less: rose, from 3 to 4
	senseThat                         // what is said begins behind it: that, que, إن
	senseSaid                         // a verb of saying in the past, before a day: said on Tuesday
	senseLed                          // an ordinal only after an article or preposition: segundo is also "according to"
	senseOr                           // between two numbers that are the ends of a guess: two or three
	senseShare                        // between a part and its whole: out of; or before the whole: از هر
)

// lex is what is known of a word or phrase.
type lex struct {
	senses   sense
	num      float64 // numeral, scale or ordinal
	frac     float64
	amount   float64 // of a word that is an amount by itself: عامين, twice
	shift    int     // of a deixis or a relative date, in units of relUnit
	relUnit  byte    // d w m y
	month    uint8   // 1–12
	weekday  uint8   // 1 Monday – 7 Sunday
	calendar Calendar
	unit     string
	pre      string // qualifier
	post     string
	relative string
	decade   int
	phrases  []phrase // that begin with this word
	cut      bool     // a month's name cut short: Sept
}

type phrase struct {
	rest  []string
	sense *lex
}

// lexicon is the words of one language and of all.
type lexicon struct {
	words     map[string]*lex
	phrases   map[string][]phrase
	clitics   bool            // Arabic: heads may be glued to the word
	particles map[string]bool // what may be glued to the end of a word
	endings   []string
	filter    [1024]uint64 // of wordHash
}

func (l *lexicon) find(folded []byte) *lex {
	if w := l.lookUp(folded); w != nil && w.senses != 0 {
		return w
	}
	return nil
}

// lookUp gives what is known of the word, also when it only begins phrases.
func (l *lexicon) lookUp(folded []byte) *lex {
	h := wordHash(folded)
	if l.filter[h>>6]&(1<<(h&63)) == 0 {
		return nil
	}
	return l.words[string(folded)]
}

// wordHash is a cheap hash for a filter that spares most words the look-up.
func wordHash(f []byte) uint16 {
	n := len(f)
	if n == 0 {
		return 0
	}
	// In Arabic letters the odd bytes differ.
	h := uint32(f[n-1])*0x9E37 ^ uint32(f[min(n/2|1, n-1)])*0x85EB ^ uint32(f[min(1, n-1)])*0xC2B3 ^ uint32(
		f[min(3, n-1)])*0x27D5 ^ uint32(n)*0x1657
	return uint16(h ^ h>>7)
}

// lexicons are made when a language is first read.
var lexicons sync.Map // language → func() *lexicon

// lexiconOf gives the words to read a sentence of the language with. Languages without a table of their own get the
// signs and units that are written alike everywhere.
func lexiconOf(p *lang.Pack) *lexicon {
	load, ok := lexicons.Load(p.Code)
	if !ok {
		load, _ = lexicons.LoadOrStore(p.Code, sync.OnceValue(func() *lexicon { return loadLexicon(p) }))
	}
	return load.(func() *lexicon)()
}

func loadLexicon(p *lang.Pack) *lexicon {
	l := &lexicon{words: map[string]*lex{}, phrases: map[string][]phrase{}, clitics: p.Is(lang.Clitics)}
	l.read(lang.Of(lang.Common).Rows("values"))
	l.read(p.Rows("cldr"))
	l.read(p.Rows("values"))
	if p.Is(lang.Endings) {
		l.endings = p.Words("values", "ending")
	}
	if p.Is(lang.DerivedOrdinals) {
		l.deriveOrdinals(p.Words("values", "ordending"))
	}
	if p.Is(lang.Particles) {
		l.particles = map[string]bool{}
		for _, w := range p.Words("values", "particle") {
			l.particles[w] = true
		}
	}
	if p.Is(lang.Prefixes) {
		l.derivePrefixed(p.Words("values", "prefix"))
	}
	l.deriveCompounds(p)
	if p.Is(lang.DualNouns) {
		l.deriveArabicDuals()
	}
	l.markCut()
	for first, ps := range l.phrases {
		sort.SliceStable(ps, func(i, j int) bool { return len(ps[i].rest) > len(ps[j].rest) })
		if l.words[first] == nil {
			l.words[first] = &lex{}
		}
		l.words[first].phrases = ps
	}
	for w := range l.words {
		h := wordHash([]byte(w))
		l.filter[h>>6] |= 1 << (h & 63)
	}
	return l
}

// markCut marks the names of months that are the beginning of a longer one.
func (l *lexicon) markCut() {
	var months []string
	for w, x := range l.words {
		if x.senses&senseMonth != 0 {
			months = append(months, w)
		}
	}
	for _, w := range months {
		for _, longer := range months {
			if len(longer) > len(w) && l.words[longer].month == l.words[w].month && strings.HasPrefix(longer, w) {
				l.words[w].cut = true
			}
		}
	}
}

// read adds the rows of a table; take says what their kinds mean.
func (l *lexicon) read(rows []lang.Row) {
	for _, r := range rows {
		for _, form := range r.Forms {
			l.add(r.Kind, r.Arg, form)
		}
	}
}

func (l *lexicon) add(kind, arg, form string) {
	words := strings.Fields(form)
	if len(words) == 0 {
		return
	}
	for i := range words {
		words[i] = foldWord(words[i])
	}
	if len(words) == 1 {
		w := l.words[words[0]]
		if w == nil {
			w = &lex{}
			l.words[words[0]] = w
		}
		w.take(kind, arg)
		return
	}
	rest := words[1:]
	for _, p := range l.phrases[words[0]] {
		if strings.Join(p.rest, " ") == strings.Join(rest, " ") {
			p.sense.take(kind, arg)
			return
		}
	}
	p := phrase{rest: rest, sense: &lex{}}
	p.sense.take(kind, arg)
	l.phrases[words[0]] = append(l.phrases[words[0]], p)
}

// plainSenses are the senses that need no more than their name in the table.
var plainSenses = map[string]sense{
	"some": senseSome, "ago": senseAgo, "since": senseSince, "year": senseYear, "monthword": senseMonthWord,
	"dayword": senseDayWord, "century": senseCentury, "decade": senseDecade, "and": senseAnd, "to": senseTo,
	"or": senseOr, "share": senseShare,
	"between": senseBetween, "of": senseOf, "article": senseArticle, "clock": senseClock, "am": senseMorning,
	"pm": senseEvening, "noon": senseNoon, "label": senseLabel, "part": sensePart, "lead": senseLead,
	"future": senseFuture, "era": senseEra, "minus": senseMinus, "times": senseTimes, "ordmark": senseOrdMark,
	"oclock": senseOClock, "decademark": senseDecadeMark, "decadehead": senseDecadeHead, "over": senseOver,
	"good": senseGood, "harm": senseHarm, "change": senseChange, "that": senseThat, "said": senseSaid,
}

// take adds a line's sense to the word.
func (w *lex) take(kind, arg string) {
	if s, ok := plainSenses[kind]; ok {
		w.senses |= s
		return
	}
	number, _ := strconv.ParseFloat(arg, 64)
	switch kind {
	case "num":
		w.senses, w.num = w.senses|senseNum, number
	case "hundred":
		w.senses, w.num = w.senses|senseHundred, 100
	case "scale":
		w.senses, w.num = w.senses|senseScale, number
	case "dual":
		w.senses, w.num = w.senses|senseDual, number
	case "vague":
		w.senses, w.num = w.senses|senseVague, number
	case "ord":
		w.senses, w.num = w.senses|senseOrd, number
	case "teen":
		w.senses, w.num = w.senses|senseTeen|senseNum, 10
	case "teenunit":
		w.senses, w.num = w.senses|senseTeenUnit, number
	case "numcounted":
		w.senses, w.num = w.senses|senseNum|senseCounted, number
	case "numscaled":
		w.senses, w.num = w.senses|senseNum|senseScaled, number
	case "ordcounted":
		w.senses, w.num = w.senses|senseOrd|senseCounted, number
	case "ordled":
		w.senses, w.num = w.senses|senseOrd|senseLed, number
	case "frac":
		w.senses, w.frac = w.senses|senseFrac, number
	case "stop":
		w.senses = senseStop
	case "decadenum":
		w.senses, w.decade = w.senses|senseDecadeNum, int(number)
	default:
		w.takeNamed(kind, arg, int(number))
	}
}

func (w *lex) takeNamed(kind, arg string, number int) {
	switch kind {
	case "month", "monthunsure", "monthdated", "solar", "solarunsure", "solardated", "lunar", "lunarunsure":
		w.senses, w.month = w.senses|senseMonth, uint8(number)
		if strings.HasSuffix(kind, "unsure") {
			w.senses |= senseUnsure
		} else if strings.HasSuffix(kind, "dated") {
			w.senses |= senseUnsure | senseFlanked
		}
		switch kind[0] {
		case 's':
			w.calendar = Solar
		case 'l':
			w.calendar = Lunar
		}
	case "weekday":
		w.senses, w.weekday = w.senses|senseWeekday, uint8(number)
	case "unit":
		w.senses, w.unit = w.senses|senseUnit, arg
	case "unitbefore":
		w.senses, w.unit = w.senses|senseUnitBefore, arg
	case "noun":
		w.senses, w.unit = w.senses|senseUnit|senseNoun, arg
	case "money":
		w.senses, w.unit = w.senses|senseUnit|senseMoney, arg
	case "time":
		w.senses, w.unit = w.senses|senseUnit|senseTime, arg
	case "dualtime":
		w.senses, w.unit, w.amount = w.senses|senseDualUnit|senseTime, arg, 2
	case "dualunit":
		w.senses, w.unit, w.amount = w.senses|senseDualUnit, arg, 2
	case "amount": // "3 times": thrice
		count, unit, _ := strings.Cut(arg, " ")
		w.amount, _ = strconv.ParseFloat(count, 64)
		w.senses, w.unit = w.senses|senseDualUnit, unit
	case "pre":
		w.senses, w.pre = w.senses|sensePre, arg
	case "agonow", "later", "earlier":
		w.senses, w.relative = w.senses|senseAgo, kind
	case "post":
		w.senses, w.post = w.senses|sensePost, arg
	case "deixis":
		w.senses, w.shift = w.senses|senseDeixis, number
	case "rel": // "yesterday:d-1"
		name, code, _ := strings.Cut(arg, ":")
		w.senses, w.relative = w.senses|senseRel, name
		if code != "" {
			w.relUnit = code[0]
			w.shift, _ = strconv.Atoi(code[1:])
		}
	}
}
