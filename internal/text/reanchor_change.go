package text

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/lang"
)

// surroundingChanges says what beside unchanged words alters them: a digit or letter joined to their edge, or a
// negation that came or went in the rest of the sentence.
func surroundingChanges(old Quote, span Span, d *Doc) []Change {
	var out []Change
	q := d.Quote(span)
	for _, edge := range []func(Quote) string{firstWord, lastWord} {
		if was, is := edge(old), edge(q); Fold(was) != Fold(is) {
			out = append(out, Change{Kind: changeKind(was, is), Old: was, New: is})
		}
	}
	// The new surroundings are read twice as far for a negation that may only have been pushed away.
	wide := d.around(span, 2*contextLen)
	was, is := sentenceAround(old), sentenceAround(q)
	if negations(is) > negations(was) || negations(was) > negations(sentenceAround(wide)) {
		out = append(out, Change{Kind: ChangeNegation, Old: strings.TrimSpace(was), New: strings.TrimSpace(is)})
	}
	return out
}

// around is Quote with n code points of context.
func (d *Doc) around(s Span, n int) Quote {
	return Quote{
		Exact:  d.Slice(s),
		Prefix: d.Slice(Span{max(0, s.Start-n), s.Start}),
		Suffix: d.Slice(Span{s.End, min(d.Len(), s.End+n)}),
	}
}

// firstWord is the word or number that the quotation begins in, with what is glued to it outside the quotation.
func firstWord(q Quote) string {
	s := q.Prefix + q.Exact
	for _, t := range anchorWords(s) {
		if t.end > len(q.Prefix) {
			return s[t.start:t.end]
		}
	}
	return ""
}

// lastWord is the same for its end.
func lastWord(q Quote) string {
	s := q.Exact + q.Suffix
	last := ""
	for _, t := range anchorWords(s) {
		if t.start >= len(q.Exact) {
			break
		}
		last = s[t.start:t.end]
	}
	return last
}

// sentenceAround gives the context of q that lies in the same sentence, roughly: back to the last full stop or line
// end, forward to the next.
func sentenceAround(q Quote) string {
	before, after := q.Prefix, q.Suffix
	if i := strings.LastIndexFunc(before, endsHere); i >= 0 {
		_, size := utf8.DecodeRuneInString(before[i:])
		before = before[i+size:]
	}
	if last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(q.Exact, unicode.IsSpace)); endsHere(last) {
		after = ""
	} else if i := strings.IndexFunc(after, endsHere); i >= 0 {
		after = after[:i]
	}
	return before + " " + after
}

func endsHere(r rune) bool {
	m := markOf(r)
	return m == markStop || m == markFull || m == markShout || m == markLine
}

// negationWords deny, alone; in folded form.
var negationWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, r := range lang.Everywhere("words") {
		for _, w := range r.Forms {
			if r.Kind == "negation" {
				m[Fold(w)] = true
			}
		}
	}
	return m
})

// japaneseNegations are endings and characters that deny.
var japaneseNegations = []string{"ない", "なかっ", "ません", "なく", "なけれ", "ざる", "ぬ", "ずに", "不", "非", "無", "未", "否"}

// negations counts the words and endings of s that deny.
func negations(s string) int {
	n := 0
	for _, t := range anchorWords(s) {
		switch {
		case t.han:
		case negationWords()[t.folded], strings.HasSuffix(t.folded, "n't"), strings.HasSuffix(t.folded, "n’t"):
			n++
		case strings.HasPrefix(t.folded, "نمی") && len(t.folded) > len("نمی")+2:
			n++ // the present tense of Persian verbs
		}
	}
	for _, j := range japaneseNegations {
		n += strings.Count(s, j)
	}
	return n
}

// changeKind says what sort of difference lies between two texts: a number's before a negation's before a Latin
// token's.
func changeKind(old, new string) ChangeKind {
	kinds := changeKinds(old, new)
	if len(kinds) == 0 {
		return ChangeOther
	}
	return kinds[0]
}

// changeKinds gives all sorts of difference between two texts but "other", in the order of their weight.
func changeKinds(old, new string) []ChangeKind {
	a, b := anchorWords(old), anchorWords(new)
	var out []ChangeKind
	if !slices.Equal(chosen(a, hasDigit), chosen(b, hasDigit)) {
		out = append(out, ChangeDigit)
	}
	if negations(old) != negations(new) || negatedVerb(a, b) {
		out = append(out, ChangeNegation)
	}
	if !slices.Equal(chosen(a, isLatinToken), chosen(b, isLatinToken)) {
		out = append(out, ChangeLatin)
	}
	return out
}

// chosen gives the folded forms of the tokens that pass, sorted.
func chosen(ts []anchorWord, pass func(anchorWord) bool) []string {
	var out []string
	for _, t := range ts {
		if pass(t) {
			out = append(out, t.folded)
		}
	}
	slices.Sort(out)
	return out
}

func hasDigit(t anchorWord) bool {
	return strings.ContainsAny(t.folded, "0123456789") || t.han && strings.Contains("一二三四五六七八九十百千万億兆〇", t.folded)
}

func isLatinToken(t anchorWord) bool {
	return t.folded != "" && t.folded[0] >= 'a' && t.folded[0] <= 'z'
}

// negatedVerb reports a Persian verb that gained or lost its ن: کرد, نکرد.
func negatedVerb(a, b []anchorWord) bool {
	return gainsNun(a, b) || gainsNun(b, a)
}

func gainsNun(a, b []anchorWord) bool {
	has := make(map[string]bool, len(a))
	for _, t := range a {
		has[t.folded] = true
	}
	for _, t := range b {
		if rest, ok := strings.CutPrefix(t.folded, "ن"); ok && !has[t.folded] && len(rest) >= 4 && has[rest] {
			return true
		}
	}
	return false
}
