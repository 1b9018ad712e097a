package extract

import (
	"slices"
	"strings"

	"claimbench/internal/lang"
)

// Operators of languages that have no grammar of ours. How far they reach is known by marks and contrasts only, so each
// governs the rest of its part of the sentence, or all of it: rather too much than too little.

// stretch is a part of a line, in code points.
type stretch = [2]int

// listed are the operators of a line without a grammar: those of the language's table, or else the words of speech that
// deny, doubt or condition, each of which governs its part of the sentence.
func (p *parse) listed() []Operator {
	t := tableOf(primary(p.lang))
	if t == nil {
		return p.spoken()
	}
	return append(p.tabled(t, false), p.inverted()...)
}

// judged are the operators of a line with a grammar by which the rules cut nothing.
func (p *parse) judged() []Operator {
	return append(p.tabled(tableOf(primary(p.lang)), true), p.inverted()...)
}

// tabled are the operators of a table, or those of it by which the rules cut nothing, with what they reach.
func (p *parse) tabled(t *operatorTable, judged bool) []Operator {
	parts := p.parts(t, lang.Of(p.lang).Is(lang.Unspaced))
	var out []Operator
	for _, h := range p.hits(t) {
		words := p.stands(h)
		if h.op.reach != reachNone && h.op.reach != reachBeside && (h.op.judged || !judged) {
			out = append(out, p.operator(h.op, words, p.reached(h.op.reach, words, parts)))
		}
	}
	return out
}

// inversions are the verbs that begin a sentence whose first clause is a condition: "Had the guard locked the gate, …".
var inversions = map[string]wordList{"en": newWordList("had were should"), "de": newWordList("hätte hätten wäre " +
	"wären sollte sollten würde würden")}

// inverted is the condition that begins a line by its verb.
func (p *parse) inverted() []Operator {
	verbs, there := inversions[primary(p.lang)]
	if !there || len(p.toks) < 2*plainLeast || !verbs.has(p.toks[0].form) ||
		find(1, len(p.toks), p.comma) == len(p.toks) {
		return nil
	}
	return []Operator{p.operator(&operator{name: "counterfactual"}, stretch{p.toks[0].start, p.toks[0].end},
		stretch{0, len(p.runes)})}
}

// parts cut a line where a contrast, a semicolon or a full stop of a quotation begins another part.
func (p *parse) parts(t *operatorTable, letters bool) []stretch {
	cuts := []int{0}
	for i, r := range p.runes {
		if strings.ContainsRune(";；。", r) {
			cuts = append(cuts, i+1)
		} else if letters && strings.ContainsRune("，,", r) {
			for w := range t.contrast {
				if hasAt(p.runes, i+1, w) {
					cuts = append(cuts, i+1)
					break
				}
			}
		}
	}
	for i := 1; i < len(p.toks) && !letters; i++ {
		if k := &p.toks[i]; k.kind != word || !t.contrast[k.form] {
			continue
		}
		for b := i - 1; b >= max(0, i-3); b-- { // “, bestätigte aber, dass”: the verb may stand before it
			if p.isMark(b, ",،،–—") {
				cuts = append(cuts, p.toks[b+1].start)
				break
			}
		}
	}
	slices.Sort(cuts)
	cuts = append(slices.Compact(cuts), len(p.runes))
	out := make([]stretch, 0, len(cuts))
	for i := 0; i+1 < len(cuts); i++ {
		out = append(out, stretch{cuts[i], cuts[i+1]})
	}
	return out
}

// reached is what an operator governs of its part of a line.
func (p *parse) reached(how reach, words stretch, parts []stretch) stretch {
	part := parts[0]
	for _, s := range parts {
		if s[0] <= words[0] {
			part = s
		}
	}
	part[1] = max(part[1], words[1])
	switch how {
	case reachAll:
		return stretch{0, len(p.runes)}
	case reachBefore:
		return stretch{part[0], words[1]}
	case reachPhrase:
		return stretch{words[0], p.phraseTo(words, part[1])}
	case reachAfter:
		if p.lettersIn(words[1], part[1]) >= leastClause/2 {
			return stretch{words[0], part[1]}
		}
	}
	return part
}

// phraseTo gives the comma that ends a phrase: the first, or the second where the first only opens what the phrase
// names: "Entgegen der Behauptung, der Damm sei gebrochen, …".
func (p *parse) phraseTo(words stretch, end int) int {
	var commas []int
	for i := words[1]; i < end; i++ {
		if strings.ContainsRune(",，、", p.runes[i]) && !(i+1 < end && p.runes[i+1] >= '0' && p.runes[i+1] <= '9') {
			commas = append(commas, i)
		}
	}
	switch {
	case len(commas) == 0:
		return end
	case len(commas) > 1 && lang.Of(p.lang).Is(lang.OrdinalStops|lang.CapitalMonths):
		return commas[1]
	}
	return commas[0]
}

// lettersIn counts the letters and digits of [from,to).
func (p *parse) lettersIn(from, to int) (n int) {
	for _, r := range p.runes[from:max(from, to)] {
		if kindOf(r) != mark {
			n++
		}
	}
	return n
}

// spoken are the operators among the words of speech: each governs its part of the sentence.
func (p *parse) spoken() []Operator {
	of := speechOf(lang.Of(p.lang))
	if !of.known() {
		return nil
	}
	names := map[speechSense]string{speechDeny: hedgeDenied, speechCond: "conditional"}
	parts := p.parts(&operatorTable{}, true)
	var out []Operator
	for _, w := range of.read(p.runes) {
		for _, sense := range []speechSense{speechDeny, speechCond} {
			if w.is&sense != 0 {
				words := stretch{w.start, w.end}
				out = append(out, p.operator(&operator{name: names[sense], reach: reachClause}, words,
					p.reached(reachClause, words, parts)))
				break
			}
		}
	}
	return out
}
