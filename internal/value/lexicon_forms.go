package value

import (
	"bytes"
	"strconv"
	"strings"

	"claimbench/internal/lang"
)

// findClitic looks an Arabic word up with its glued heads taken off: و or ف, then ب, ل or ك, then ال.
func (l *lexicon) findClitic(f []byte) (*lex, uint8) {
	const waw, fa, ba, lam, kaf, al = "و", "ف", "ب", "ل", "ک", "ال"
	var off uint8
	rest := f
	try := func(s string, bit uint8) bool {
		if len(rest) > len(s)+2 && bytes.HasPrefix(rest, []byte(s)) {
			rest, off = rest[len(s):], off|bit
			return true
		}
		return false
	}
	known := func() *lex {
		if w := l.find(rest); w != nil && w.senses&(senseSince|senseClock|senseLead|senseFuture) == w.senses &&
			off&proclitAl != 0 {
			return nil
		} else {
			return w
		}
	}
	if try(waw, proclitConj) || try(fa, proclitConj) {
		if w := known(); w != nil {
			return w, off
		}
	}
	switch {
	case bytes.HasPrefix(rest, []byte("لل")) && len(rest) > 6: // ل + ال
		rest, off = rest[4:], off|proclitPrep|proclitAl
		if w := known(); w != nil {
			return w, off
		}
		return nil, off
	case try(ba, proclitPrep), try(lam, proclitPrep), try(kaf, proclitPrep):
		if w := known(); w != nil {
			return w, off
		}
	}
	if try(al, proclitAl) {
		return known(), off
	}
	return nil, off
}

// findEnding looks a Persian word up without its plural or indefinite ending: نفری, میلیون‌ها. A plural scale is
// vague, so it is not found here.
func (l *lexicon) findEnding(f []byte) (*lex, bool) {
	for _, e := range l.endings {
		if len(f) > len(e)+3 && bytes.HasSuffix(f, []byte(e)) {
			w := l.find(f[:len(f)-len(e)])
			if w != nil && w.senses&(senseUnit|senseWeekday) != 0 &&
				w.senses&(senseMonth|senseNum|senseNoun|senseScale) == 0 {
				return w, true
			}
		}
	}
	return nil, false
}

// deriveOrdinals adds پنجم, پنجمین, سی‌ام, नौवीं to the numerals, by the endings of the language. The irregular
// ones are listed.
func (l *lexicon) deriveOrdinals(endings []string) {
	type entry struct {
		form string
		num  float64
	}
	var all []entry
	for form, w := range l.words {
		if w.senses&(senseNum|senseHundred|senseScale) != 0 && w.num > 0 && w.num != 2 && w.num != 3 &&
			w.senses&senseVague == 0 {
			all = append(all, entry{form, w.num})
		}
	}
	for _, e := range all {
		for _, end := range endings {
			form := e.form + foldWord(end)
			if l.words[form] == nil {
				l.words[form] = &lex{senses: senseOrd, num: e.num}
			}
		}
	}
}

// deriveArabicDuals adds the dual of the things counted and of units: شخصان, شخصين, سنتين.
func (l *lexicon) deriveArabicDuals() {
	type entry struct{ form, unit string }
	var all []entry
	for form, w := range l.words {
		if w.senses&senseUnit != 0 && w.senses&(senseTime|senseNum|senseDualUnit) == 0 && len(form) >= 6 &&
			form[0] >= 0xD8 && w.unit != "" {
			all = append(all, entry{form, w.unit})
		}
	}
	for _, e := range all {
		stem := e.form
		if bytes.HasSuffix([]byte(stem), []byte("ه")) {
			stem = stem[:len(stem)-2] + "ت"
		}
		for _, end := range []string{"ان", "ین"} {
			if form := stem + end; l.words[form] == nil {
				l.words[form] = &lex{senses: senseDualUnit, unit: e.unit, amount: 2}
			}
		}
	}
}

// derivePrefixed adds months, weekdays, units and numerals with the one-letter heads that are glued to them: במאי.
func (l *lexicon) derivePrefixed(heads []string) {
	more := map[string]*lex{}
	for form, w := range l.words {
		if w.senses&(senseMonth|senseWeekday|senseUnit|senseNum|senseOrd|senseScale|senseVague|senseYear|senseFrac|
			senseDualUnit|sensePre) == 0 {
			continue
		}
		for _, h := range heads {
			if l.words[h+form] == nil {
				more[h+form] = w
			}
		}
	}
	for form, w := range more {
		l.words[form] = w
	}
	for first, phrases := range l.phrases {
		for _, h := range heads {
			if l.phrases[h+first] == nil {
				l.phrases[h+first] = phrases
			}
		}
	}
}

// deriveCompounds adds the adjectives that are a numeral and a unit in one word, in all their forms: четырёхдневная,
// dreijährig, pięciokrotny. The rows numstem, unitstem and adjending of the language say what they are made of. What
// follows figures and a hyphen, 4-дневная, is the unit alone.
func (l *lexicon) deriveCompounds(p *lang.Pack) {
	endings := p.Words("values", "adjending")
	for _, unit := range p.Rows("values") {
		if unit.Kind != "unitstem" {
			continue
		}
		alone := &lex{}
		alone.take("unit", unit.Arg)
		switch unit.Arg {
		case "minute", "hour", "day", "week", "month", "year", "decade":
			alone.take("time", unit.Arg)
		}
		l.addForms("", unit.Forms, endings, alone)
		for _, num := range p.Rows("values") {
			if num.Kind != "numstem" {
				continue
			}
			w := &lex{senses: senseDualUnit, unit: unit.Arg}
			w.amount, _ = strconv.ParseFloat(num.Arg, 64)
			for _, head := range num.Forms {
				l.addForms(head, unit.Forms, endings, w)
			}
		}
	}
}

// addForms adds head + stem + ending with the meaning w, where no such word is listed.
func (l *lexicon) addForms(head string, stems, endings []string, w *lex) {
	for _, stem := range stems {
		for _, end := range endings {
			form := foldWord(head + stem + strings.TrimPrefix(end, "-")) // "-" is no ending
			if l.words[form] == nil {
				l.words[form] = w
			}
		}
	}
}
