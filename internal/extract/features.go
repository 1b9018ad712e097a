package extract

import (
	"math"
	"strings"

	"claimbench/internal/text"
)

// featureNames are the features of check-worthiness, in the order of Features.
var featureNames = []string{
	"words", "short", "long", "digits", "number words", "big number", "percent or money", "year",
	"topic", "topics", "comparison", "record", "first person", "we", "you", "third person", "opinion verb", "courtesy",
	"question", "future or modal", "negation", "vague", "world", "saying", "past", "proper names", "record with number",
	"topic with number", "third or you with record", "first with record", "dots", "capital start",
}

// FeatureNames names the features that Features gives, in order.
func FeatureNames() []string { return append([]string(nil), featureNames...) }

// compileSigns folds the words of a table.
func compileSigns(rows []signRow) map[string]sign {
	out := map[string]sign{}
	for _, row := range rows {
		for _, w := range strings.Fields(row.words) {
			out[foldAll(w)] |= row.sign
		}
	}
	return out
}

// Features gives what a sentence shows about its worth for a check, each about
// 0 to 1. They are general (numbers, names, comparisons, records, persons), so
// weights learnt on one kind of text carry to another.
func Features(lang, sentence string) []float64 {
	return newLine([]rune(sentence), text.Sentence{Lang: lang}, 0, grammarOf(lang).words).features()
}

// tally counts the signs of a line.
type tally struct {
	words, digits, big, money, year, names, past int
	signs                                        [16]int
}

// features reads the features off a line.
func (l *line) features() []float64 {
	t := l.tally()
	has := func(n int) float64 { return math.Min(1, float64(n)) }
	s := func(bit sign) float64 { return has(t.signs[bitOf(bit)]) }
	n := float64(t.words)
	number := math.Max(has(t.digits), s(signNumber))
	question := 0.0
	if strings.ContainsAny(string(l.runes[max(0, len(l.runes)-2):]), "?؟？") {
		question = 1
	}
	record := math.Max(s(signRecord), has(t.past))
	return []float64{
		math.Log1p(n) / 4, boolean(n < 5), boolean(n > 22), has(t.digits), s(signNumber), has(t.big), has(t.money), has(t.year),
		s(signTopic), math.Min(1, float64(t.signs[bitOf(signTopic)])/3), s(signCompare), s(signRecord), s(signFirst), s(signWe), s(signYou), s(signThird),
		s(signThink), s(signPolite), math.Max(question, s(signAsk)*question), s(signNow), s(signDeny), s(signVague), s(signWorld), s(signSay),
		has(t.past), math.Min(1, float64(t.names)/2), s(signRecord) * number, s(signTopic) * number,
		math.Max(s(signThird), s(signYou)) * record, s(signFirst) * record, boolean(strings.Contains(string(l.runes), "...")), l.capitalStart(),
	}
}

func boolean(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// bitOf is the position of a sign's bit.
func bitOf(s sign) int {
	n := 0
	for s > 1 {
		s >>= 1
		n++
	}
	return n
}

// tally counts the signs of the words, with the attached letters of Arabic off.
func (l *line) tally() tally {
	var t tally
	base, _, _ := strings.Cut(l.lang, "-")
	table := worthWords[base]
	for i := range l.toks {
		k := &l.toks[i]
		switch k.kind {
		case mark:
			continue
		case number:
			t.digits++
			if len(k.form) == 4 && (strings.HasPrefix(k.form, "19") || strings.HasPrefix(k.form, "20")) {
				t.year++
			}
		}
		t.words++
		bits := table[k.form]
		if bits == 0 && base == "ar" {
			if rest, ok := cutLetter(k.form, 'و', 'ف', 'ب', 'ل'); ok {
				bits = table[rest]
			}
		}
		for b := 0; b < 16; b++ {
			if bits&(1<<b) != 0 {
				t.signs[b]++
			}
		}
		switch {
		case strings.HasPrefix(k.form, "million"), strings.HasPrefix(k.form, "billion"), strings.HasPrefix(k.form, "trillion"), strings.Contains(k.form, "ملیون"), strings.Contains(k.form, "ملیار"), strings.Contains(k.form, "تریلیون"):
			t.big++
		case strings.ContainsAny(k.form, "%$€£") || k.form == "percent" || k.form == "dollars":
			t.money++
		}
		if base == "en" && i > 0 && l.runes[k.start] >= 'A' && l.runes[k.start] <= 'Z' && k.class&(cPron|cFirst) == 0 {
			t.names++
		}
		if base == "en" && strings.HasSuffix(k.form, "ed") && len(k.form) > 4 || k.class&(cAux|cVerb) == cAux|cVerb && l.is(i, "was", "were", "had", "did") || l.is(i, "کان", "کانت", "کانوا", "لم") {
			t.past++
		}
	}
	return t
}

// capitalStart is 0 for a line that goes on where another broke off.
func (l *line) capitalStart() float64 {
	if len(l.runes) > 0 && l.runes[0] >= 'a' && l.runes[0] <= 'z' {
		return 0
	}
	return 1
}
