package match

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

//go:embed tables/acts.tsv
var actsTSV string

// actForm is a form that names an act: a word, the start of a word, or signs that stand anywhere.
type actForm struct {
	form, act string
}

// actTable has the forms of what is done to persons.
type actTable struct {
	words  map[string]string // folded word to act
	starts []actForm
	signs  []actForm
}

var acts = sync.OnceValue(func() actTable {
	t := actTable{words: map[string]string{}}
	for line := range strings.Lines(actsTSV) {
		act, forms, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || line[0] == '#' || act == "act" {
			continue
		}
		for _, form := range strings.Split(forms, "|") {
			start, many := strings.CutSuffix(form, "*")
			switch first, _ := utf8.DecodeRuneInString(form); {
			case isSign(first):
				t.signs = append(t.signs, actForm{form, act})
			case many:
				t.starts = append(t.starts, actForm{text.Fold(start), act})
			default:
				t.words[text.Fold(form)] = act
			}
		}
	}
	return t
})

// of gives the act that a word names, "" for none. Arabic writes "and" and "so" onto it.
func (t actTable) of(raw string) string {
	folded := text.Fold(raw)
	rest, _ := strings.CutPrefix(folded, "و")
	for _, w := range []string{folded, rest} {
		if act := t.words[w]; act != "" {
			return act
		}
		for _, s := range t.starts {
			if strings.HasPrefix(w, s.form) {
				return s.act
			}
		}
	}
	return ""
}

// actAt is an act that a text names, at these bytes.
type actAt struct {
	start, end int
	act        string
}

// actsIn finds the acts that a text names, in order.
func actsIn(s string) []actAt {
	var out []actAt
	for _, t := range scan(s, nil) {
		if act := acts().of(s[t.start:t.end]); act != "" {
			out = append(out, actAt{t.start, t.end, act})
		}
	}
	for _, sign := range acts().signs {
		for at := 0; ; {
			i := strings.Index(s[at:], sign.form)
			if i < 0 {
				break
			}
			out = append(out, actAt{at + i, at + i + len(sign.form), sign.act})
			at += i + len(sign.form)
		}
	}
	slices.SortFunc(out, func(a, b actAt) int { return a.start - b.start })
	return out
}

// nearAct is how many bytes may lie between an act and the count that follows it: killed at least eight.
const nearAct = 40

// actOf gives what the persons suffered whom a quantity of a text counts, "" when the text does not say: the act right
// before it, or else the first behind it up to the next quantity, or else the last before it.
func (st *statement) actOf(q value.Quantity) string {
	s := st.doc.Slice(text.Span{Start: 0, End: st.doc.Len()})
	start, end := st.doc.ByteSpan(q.Span)
	from, to := 0, len(s)
	for _, o := range st.quantities {
		if a, b := st.doc.ByteSpan(o.Span); b <= start {
			from = max(from, b)
		} else if a >= end {
			to = min(to, a)
		}
	}
	before, behind := actAt{}, actAt{}
	for _, a := range st.acts.get(func() []actAt { return actsIn(s) }) {
		switch {
		case a.end <= start && a.start >= from:
			before = a
		case a.start >= end && a.end <= to && behind.act == "":
			behind = a
		case a.start >= start && a.end <= end:
			return a.act // 死者3人
		}
	}
	close := before.act != "" && start-before.end <= nearAct && !parts(s[before.end:start])
	if close && !endsWithVerb(st.lang) || behind.act == "" {
		return before.act
	}
	return behind.act
}

// endsWithVerb says whether a language says what was done after whom it was done to.
func endsWithVerb(lang string) bool {
	base, _, _ := strings.Cut(lang, "-")
	return slices.Contains([]string{"fa", "ja", "ko", "tr", "hi", "ur"}, base)
}

// parts says whether a stretch of text joins one statement to another.
func parts(s string) bool {
	if strings.ContainsAny(s, ",;.،؛。、") {
		return true
	}
	for _, w := range strings.Fields(s) {
		switch w {
		case "and", "but", "while", "و", "et", "und", "y", "e", "i", "и", "ve":
			return true
		}
	}
	return false
}

// sameAct says whether what was done to the persons whom two quantities count may be the same: a text need not say it.
func sameAct(a statement, q value.Quantity, b statement, o value.Quantity) bool {
	x, y := a.actOf(q), b.actOf(o)
	return x == y || x == "" || y == ""
}

// otherActs says whether two quantities are not known to count persons to whom the same was done, though a text says
// what was done to its own.
func otherActs(a statement, q value.Quantity, b statement, o value.Quantity) bool {
	return a.actOf(q) != b.actOf(o)
}
