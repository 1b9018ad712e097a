package model

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"claimbench/internal/text"
)

// Ladder is the version of the way in which words are found in a text. It grows when the same words would be found
// elsewhere, or no more.
const Ladder = "2"

// The rungs of the ladder. Each gives way in what it names and in what those before it do; none gives way in a letter
// or a digit.
const (
	rungExact  = iota + 1 // sign for sign
	rungNFC               // one letter written in two ways (é as one sign or two)
	rungSpaces            // which spaces, and how many
	rungQuotes            // which quotation marks
	rungs      = rungQuotes
)

// mostJoined is how many code points beside some words are asked whether they are of the same word or number.
const mostJoined = 4

// mostAnchor is how many code points an anchor may have, mostFound at how many places it is looked for.
const (
	mostAnchor = 200
	mostFound  = 50
)

// laid is a text as one rung compares it: its signs, and of each where it stands, in code points.
type laid struct {
	signs []rune
	from  []int
	to    []int
}

// lay lays a text out for a rung.
func lay(s string, rung int) laid {
	var l laid
	n := 0
	for len(s) > 0 {
		size := 1
		if rung >= rungNFC {
			size = max(norm.NFC.NextBoundaryInString(s, true), 1)
		} else {
			_, size = utf8.DecodeRuneInString(s)
		}
		from, part := n, s[:size]
		n += utf8.RuneCountInString(part)
		s = s[size:]
		if rung >= rungNFC {
			part = norm.NFC.String(part)
		}
		for _, r := range part {
			if rung >= rungSpaces && unicode.IsSpace(r) {
				if last := len(l.signs) - 1; last >= 0 && l.signs[last] == ' ' {
					l.to[last] = n
					continue
				}
				r = ' '
			}
			if rung >= rungQuotes && isQuote(r) {
				r = '"'
			}
			l.signs, l.from, l.to = append(l.signs, r), append(l.from, from), append(l.to, n)
		}
	}
	return l
}

// isQuote says whether a sign is a quotation mark, of whatever language.
func isQuote(r rune) bool {
	return strings.ContainsRune(`"'“”„‟«»‹›‘’‚‛「」『』＂＇`, r)
}

// find lists the places of words in a text, on the first rung on which there are any, in code points. Words that only
// end or begin like those of the text are not there.
func find(in, words string) (at []text.Span, rung int) {
	words = strings.TrimSpace(words)
	if utf8.RuneCountInString(words) > mostAnchor || !strings.ContainsFunc(words, isWordly) {
		return nil, 0
	}
	for rung = rungExact; rung <= rungs; rung++ {
		if at = lay(in, rung).places(words, rung, nil); len(at) > 0 {
			return at, rung
		}
	}
	return nil, 0
}

// places lists where words stand in a text that is laid out for a rung: those places that take wants, nil all.
func (all laid) places(words string, rung int, take func(text.Span) bool) (at []text.Span) {
	want := lay(words, rung)
	for i := 0; i+len(want.signs) <= len(all.signs) && len(at) < mostFound; i++ {
		j := i + len(want.signs)
		if !slices.Equal(all.signs[i:j], want.signs) || text.Cuts(string(all.signs[max(0, i-mostJoined):i]), words) &&
			!joinsArabic(all.signs, i) ||
			text.Cuts(string(want.signs), string(all.signs[j:min(len(all.signs), j+mostJoined)])) {
			continue
		}
		if j < len(all.signs) && all.from[j] < all.to[j-1] || i > 0 && all.to[i-1] > all.from[i] {
			continue // it would begin or end within one sign of the text
		}
		if p := (text.Span{Start: all.from[i], End: all.to[j-1]}); take == nil || take(p) {
			at = append(at, p)
		}
	}
	return at
}

// joinsArabic says whether the word before whose second letter i is has the Arabic “and” written onto it. Many words
// begin with its letter (وعد, promised, has عد, counted), so what is behind it must tell: the article, a hamza, a word
// that is very common, or one that stands by itself elsewhere in the text.
func joinsArabic(signs []rune, i int) bool {
	if i < 1 || signs[i-1] != 'و' || i > 1 && isArabicWord(signs[i-2]) {
		return false
	}
	end := i
	for end < len(signs) && isArabicWord(signs[end]) {
		end++
	}
	rest := signs[i:end]
	if len(rest) == 0 || !unicode.Is(unicode.Arabic, rest[0]) {
		return false
	}
	word := string(rest)
	switch {
	case slices.Contains(behindAnd, word):
		return true
	case len(rest) < 3: // ورد, came, has رد, answered
		return false
	case rest[0] == 'أ' || rest[0] == 'إ':
		return true
	case strings.HasPrefix(word, "ال") && len(rest) > 3 && rest[2] != 'د' && rest[2] != 'ي':
		return true // not والد, father, and والي, governor
	}
	for j := 0; j+len(rest) <= len(signs); j++ {
		if slices.Equal(signs[j:j+len(rest)], rest) && (j == 0 || !isArabicWord(signs[j-1])) &&
			(j+len(rest) == len(signs) || !isArabicWord(signs[j+len(rest)])) {
			return true
		}
	}
	return false
}

// behindAnd are very common words that are none with the letter of “and” before them.
var behindAnd = strings.Fields("قال قالت كان كانت كانوا لم لن لا ما هو هي هم هذا هذه ذلك تلك في من على عن إن أن قد " +
	"بعد قبل مع بين حتى كما لكن ليس ليست")

func isArabicWord(r rune) bool { return isWordly(r) || unicode.IsMark(r) }

func isWordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// between finds the one stretch of a text that begins with some words and ends with others. why is "" when there is
// exactly one.
func between(in, first, last string) (s text.Span, why Why) {
	heads, _ := find(in, first)
	tails, _ := find(in, last)
	if len(heads) == 0 || len(tails) == 0 {
		return s, Missing
	}
	n := 0
	for _, h := range heads {
		for _, t := range tails {
			if h.Start <= t.Start && h.End <= t.End {
				s, n = text.Span{Start: h.Start, End: t.End}, n+1
			}
		}
	}
	switch n {
	case 0:
		return text.Span{}, Missing
	case 1:
		return s, ""
	}
	return text.Span{}, Several
}
