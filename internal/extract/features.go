package extract

import (
	"math"
	"strings"

	"claimbench/internal/text"
)

// feature is one feature of check-worthiness and what it weighs, in tenths of the step from a line that is worth
// nothing to one that is worth a check. The weights are set by hand, from what a fact-checker needs (a thing that
// happened or was counted, by somebody who can be named) and not learnt: no labelled text that may be shipped holds
// more than one kind of text, and weights learnt on debates were at chance on posts.
type feature struct {
	name   string
	weight float64
}

// weighed are the features, in the order of Features.
var weighed = []feature{
	{"long", 1.5},
	{"number words", 3.5},
	{"big number", 6},
	{"year", 4},
	{"topic", 2.5},
	{"topics", 5},
	{"comparison", 3.5},
	{"first person", -3},
	{"we", -1},
	{"third person", 2},
	{"opinion verb", -3.5},
	{"courtesy", -5},
	{"negation", 0},
	{"world", 2},
	{"saying", 1.5},
	{"past", 3.5},
	{"third or you with record", 3},
	{"dots", -2},
	{"capital start", 0},
	{"topic with comparison", 2},
	{"name with topic", 2},
}

// averageLine is what a line of prose has of them, about.
const averageLine = 4

// FeatureNames names the features that Features gives, in order.
func FeatureNames() []string {
	names := make([]string, len(weighed))
	for i, f := range weighed {
		names[i] = f.name
	}
	return names
}

// logit is what the features say, 0 for a line like the average.
func logit(values []float64) float64 {
	z := -averageLine / 10.0
	for i, f := range weighed {
		z += f.weight / 10 * values[i]
	}
	return z
}

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
	return newLine([]rune(sentence), text.Sentence{Lang: lang}, 0, grammarOf(lang).words).features(0,
		len([]rune(sentence)))
}

// tally counts the signs of a line.
type tally struct {
	words, digits, big, money, year, names, past int
	signs                                        [16]int
}

// features reads the features off code points [start,end) of a line.
func (l *line) features(start, end int) []float64 {
	t := l.tally(start, end)
	has := func(n int) float64 { return math.Min(1, float64(n)) }
	s := func(bit sign) float64 { return has(t.signs[bitOf(bit)]) }
	n := float64(t.words)
	record := math.Max(s(signRecord), has(t.past))
	name := has(t.names)
	return []float64{
		boolean(n > 22), s(signNumber), has(t.big), has(t.year), s(signTopic),
		math.Min(1, float64(t.signs[bitOf(signTopic)])/3),
		s(signCompare), s(signFirst), s(signWe), s(signThird), s(signThink), s(signPolite), s(signDeny), s(signWorld),
		s(signSay),
		has(t.past), math.Max(s(signThird), s(signYou)) * record, boolean(strings.Contains(string(l.runes), "...")),
		l.capitalStart(), s(signTopic) * s(signCompare), s(signTopic) * name,
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
func (l *line) tally(start, end int) tally {
	var t tally
	base, _, _ := strings.Cut(l.lang, "-")
	table := worthWords[base]
	for i := range l.toks {
		k := &l.toks[i]
		if k.start < start || k.end > end {
			continue
		}
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
		case strings.HasPrefix(k.form, "million"), strings.HasPrefix(k.form, "billion"), strings.HasPrefix(k.form,
			"trillion"), strings.Contains(k.form, "ملیون"), strings.Contains(k.form, "ملیار"), strings.Contains(k.form,
			"تریلیون"):
			t.big++
		case strings.ContainsAny(k.form, "%$€£") || k.form == "percent" || k.form == "dollars":
			t.money++
		}
		if base == "en" && i > 0 && l.runes[k.start] >= 'A' && l.runes[k.start] <= 'Z' && k.class&(cPron|cFirst) == 0 {
			t.names++
		}
		if base == "en" && strings.HasSuffix(k.form, "ed") && len(k.form) > 4 || k.class&(cAux|cVerb) == cAux|cVerb &&
			l.is(i, "was", "were", "had", "did") || l.is(i, "کان", "کانت", "کانوا", "لم") {
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
