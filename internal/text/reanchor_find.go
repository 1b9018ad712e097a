package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// anchorWord is a word, a number with its separators, or one Han or kana character, by its bytes.
type anchorWord struct {
	start, end int
	folded     string
	han        bool
}

// anchorWords cuts s; what is neither letter nor digit lies between them.
func anchorWords(s string) []anchorWord {
	var out []anchorWord
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isKanaOrHan(r):
			out = append(out, anchorWord{i, i + size, s[i : i+size], true})
			i += size
		case isTokenRune(r):
			j := tokenEnd(s, i)
			out = append(out, anchorWord{start: i, end: j, folded: Fold(s[i:j])})
			i = j
		default:
			i += size
		}
	}
	return out
}

func isTokenRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == 0x200C || r == 'ـ'
}

// tokenEnd finds the end of the token that begins at i: separators between digits and apostrophes between letters
// belong to it.
func tokenEnd(s string, i int) int {
	prev := rune(0)
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isTokenRune(r) && !isKanaOrHan(r):
		case isSeparator(r):
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			if !(unicode.IsDigit(prev) && unicode.IsDigit(next)) && !(r == '\'' || r == '’') || !isTokenRune(next) ||
				isKanaOrHan(next) {
				return i
			}
		default:
			return i
		}
		prev = r
		i += size
	}
	return i
}

func isSeparator(r rune) bool {
	switch r {
	case '.', ',', '٫', '٬', '\'', '’', ':', '/', '．', '，':
		return true
	}
	return false
}

const (
	minLikeness = 0.5 // of the words of a quotation, by length, that a proposal must share
	maxAligned  = 512 // tokens of a quotation that are aligned one by one
)

// proposeChanged looks for the passage that a quotation has become.
func proposeChanged(old Quote, oldSpan Span, d *Doc) (Anchor, Span, []Change) {
	span, ok := betweenContexts(old, d)
	if !ok {
		span, ok = likePassage(old, oldSpan, d)
	}
	if !ok {
		return AnchorOrphaned, Span{}, []Change{{Kind: ChangeMissing, Old: old.Exact}}
	}
	return AnchorNeedsConfirmation, span, differences(old.Exact, d.Slice(span))
}

// likePassage finds the stretch of d that shares most words with the quotation, and trims it to them.
func likePassage(old Quote, oldSpan Span, d *Doc) (Span, bool) {
	quote := anchorWords(old.Exact)
	if len(quote) == 0 {
		return Span{}, false
	}
	text := anchorWords(d.raw)
	from, likeness := bestWindow(quote, text, d.byteOf(oldSpan.Start, 0))
	if likeness < minLikeness {
		return Span{}, false
	}
	margin := len(quote)/2 + 8
	lo, hi := max(0, from-margin), min(len(text), from+len(quote)+margin)
	first, last := from, min(len(text), from+len(quote))-1
	if len(quote) <= maxAligned {
		a, b := align(quote, text[lo:hi])
		first, last = lo+a, lo+b
	}
	if first > last {
		return Span{}, false
	}
	start, end := withEdges(old.Exact, quote, d.raw, text[first].start, text[last].end)
	return Span{d.CodePoint(start), d.CodePoint(end)}, true
}

// withEdges adds the punctuation that the quotation begins and ends with, where the new text has it too.
func withEdges(exact string, quote []anchorWord, raw string, start, end int) (int, int) {
	if lead := exact[:quote[0].start]; strings.HasSuffix(raw[:start], lead) {
		start -= len(lead)
	}
	if tail := exact[quote[len(quote)-1].end:]; strings.HasPrefix(raw[end:], tail) {
		end += len(tail)
	}
	return start, end
}

// bestWindow slides a window of as many tokens as the quotation has over the text, and gives where it shares most,
// by length of the tokens, and which part of the quotation that is; of equals, the nearest to byte near.
func bestWindow(quote, text []anchorWord, near int) (from int, likeness float64) {
	want := make(map[string]int, len(quote))
	total := 0
	for _, t := range quote {
		want[t.folded]++
		total += t.end - t.start
	}
	have := make(map[string]int, len(want))
	shared, best, bestAt := 0, 0, 0
	for i, t := range text {
		if n := want[t.folded]; n > 0 {
			if have[t.folded]++; have[t.folded] <= n {
				shared += len(t.folded)
			}
		}
		if out := i - len(quote); out >= 0 {
			t := text[out]
			if n := want[t.folded]; n > 0 {
				if have[t.folded]--; have[t.folded] < n {
					shared -= len(t.folded)
				}
			}
		}
		at := max(0, i-len(quote)+1)
		if shared > best || shared == best && best > 0 && distance(text[at].start, near) < distance(text[bestAt].start,
			near) {
			best, bestAt = shared, at
		}
	}
	sum := 0
	for _, t := range quote {
		sum += len(t.folded)
	}
	return bestAt, float64(best) / float64(max(1, sum))
}

// align finds the tokens of text, first to last, that the quotation has become: the cheapest alignment of the whole
// quotation to a part of the text (Sellers 1980).
func align(quote, text []anchorWord) (first, last int) {
	n, m := len(quote), len(text)
	cost := make([][]int32, n+1)
	for i := range cost {
		cost[i] = make([]int32, m+1)
		cost[i][0] = int32(i) * gapCost
	}
	for i := 1; i <= n; i++ {
		for j := 1; j <= m; j++ {
			cost[i][j] = min(cost[i-1][j-1]+swapCost(&quote[i-1], &text[j-1]), cost[i-1][j]+gapCost,
				cost[i][j-1]+gapCost)
		}
	}
	end := 0
	for j := 1; j <= m; j++ {
		if cost[n][j] <= cost[n][end] && (cost[n][j] < cost[n][end] || !matches(quote, text, end)) {
			end = j
		}
	}
	i, j := n, end
	for i > 0 && j > 0 {
		switch cost[i][j] {
		case cost[i-1][j-1] + swapCost(&quote[i-1], &text[j-1]):
			i, j = i-1, j-1
		case cost[i][j-1] + gapCost: // rather a word put in than one of the quotation lost
			j--
		default:
			i--
		}
	}
	return j, end - 1
}

// gapCost is what a word put in or left out costs.
const gapCost = 2

// swapCost is what it costs that word a became b: nothing when they are the same to a reader, little when one is a
// form of the other or both are numbers, and less than leaving one out and putting the other in.
func swapCost(a, b *anchorWord) int32 {
	switch {
	case a.folded == b.folded:
		return 0
	case hasDigit(*a) && hasDigit(*b), sharesStem(a.folded, b.folded):
		return 1
	}
	return 3
}

// sharesStem reports two words that have three letters of any script in a row in common.
func sharesStem(a, b string) bool {
	for i := range a {
		j := i
		for range 3 {
			if j >= len(a) {
				return false
			}
			_, size := utf8.DecodeRuneInString(a[j:])
			j += size
		}
		if strings.Contains(b, a[i:j]) {
			return true
		}
	}
	return false
}

// matches reports that the alignment may end at token end of text: the last words agree.
func matches(quote, text []anchorWord, end int) bool {
	return end > 0 && quote[len(quote)-1].folded == text[end-1].folded
}

// betweenContexts finds what stands between the old prefix and the old suffix, when both stand in the text, once
// and in this order, and not too far apart.
func betweenContexts(old Quote, d *Doc) (Span, bool) {
	const enough = 12 // code points on either side
	if utf8.RuneCountInString(old.Prefix) < enough || utf8.RuneCountInString(old.Suffix) < enough {
		return Span{}, false
	}
	at := strings.Index(d.raw, old.Prefix)
	if at < 0 || strings.Contains(d.raw[at+1:], old.Prefix) {
		return Span{}, false
	}
	start := at + len(old.Prefix)
	room := min(len(d.raw), start+2*len(old.Exact)+256)
	length := strings.Index(d.raw[start:room], old.Suffix)
	if length <= 0 {
		return Span{}, false
	}
	end := start + length
	for start < end && d.raw[start] <= ' ' {
		start++
	}
	for start < end && d.raw[end-1] <= ' ' {
		end--
	}
	if start >= end {
		return Span{}, false
	}
	return Span{d.CodePoint(start), d.CodePoint(end)}, true
}

// differences says how the words of a quotation differ from those proposed for it.
func differences(old, new string) []Change {
	a, b := anchorWords(old), anchorWords(new)
	pre := 0
	for pre < len(a) && pre < len(b) && a[pre].folded == b[pre].folded {
		pre++
	}
	post := 0
	for post < len(a)-pre && post < len(b)-pre && a[len(a)-1-post].folded == b[len(b)-1-post].folded {
		post++
	}
	was, is := cutTokens(old, a, pre, post), cutTokens(new, b, pre, post)
	if was == "" && is == "" {
		return []Change{{Kind: ChangeOther, Old: old, New: new}} // spelling, spaces or punctuation
	}
	var out []Change
	for _, kind := range changeKinds(old, new) {
		out = append(out, Change{Kind: kind, Old: was, New: is})
	}
	if out == nil {
		out = []Change{{Kind: ChangeOther, Old: was, New: is}}
	}
	return out
}

// cutTokens is the text from token pre to the last but post.
func cutTokens(s string, ts []anchorWord, pre, post int) string {
	if pre >= len(ts)-post {
		return ""
	}
	return s[ts[pre].start:ts[len(ts)-1-post].end]
}
