package model

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/extract"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Other words for a claim may leave some of its words out, for a person looks at both; but not words that may turn it
// round: “The wife of the president was fined” is not said by “The president was fined”.

// settings are the words that begin where and when something was, by language: what they begin may be left out.
var settings = map[string]string{
	"en": "in at on near during since after before inside outside within around throughout",
	"fr": "à au aux dans en sur pendant depuis après avant lors vers chez",
	"de": "in im am an auf bei beim während seit nach vor bis",
	"fa": "در طی پس پیش نزدیک",
	"ar": "في خلال منذ قرب بعد قبل عند",
}

// gap is what a statement leaves out of its words, in bytes of these.
type gap struct{ from, to int }

// dropped gives words of a claim that other words for it leave out though they may turn it round; "" for none.
func (j judge) dropped(s text.Sentence, span text.Span, statement string) string {
	exact := j.doc.Slice(span)
	var ways [][]gap
	if strings.ContainsFunc(exact, unspaced) {
		ways = partsLeft(exact, statement)
	} else {
		ways = [][]gap{gapsOf(exact, statement, false), gapsOf(exact, statement, true)}
	}
	bad := exact
	for _, gaps := range ways {
		i := slices.IndexFunc(gaps, func(g gap) bool { return !j.harmless(s, span, exact, g) })
		if i < 0 {
			return ""
		}
		bad = exact[gaps[i].from:gaps[i].to]
	}
	return bad
}

// harmless says whether what is left out stands between signs, or begins as a place or time does and ends where the
// next begins, or is the title of a person, and says nothing of what is true.
func (j judge) harmless(s text.Sentence, span text.Span, exact string, g gap) bool {
	at := text.Span{Start: span.Start + utf8.RuneCountInString(exact[:g.from])}
	at.End = at.Start + utf8.RuneCountInString(exact[g.from:g.to])
	if slices.ContainsFunc(j.untruths(s), func(o extract.Operator) bool { return o.Words.Overlaps(at) }) {
		return false
	}
	opens := signBeside(exact[:g.from], true)
	closes := signBeside(exact[g.to:], false)
	words, next := wordsIn(exact[g.from:g.to]), wordsIn(exact[g.to:])
	setting := func(all []wordIn) bool {
		base, _, _ := strings.Cut(s.Lang, "-")
		return len(all) > 0 && slices.Contains(strings.Fields(text.Fold(settings[base])), all[0].folded)
	}
	return opens && closes || setting(words) && (closes || setting(next)) || g.from == 0 && len(words) == 1 &&
		j.names(s, at.End)
}

// names says whether the name of a person is the next thing behind a place: one word before it is a title.
func (j judge) names(s text.Sentence, at int) bool {
	return slices.ContainsFunc(value.Names(j.doc, s), func(n value.Name) bool {
		// a name may be read with its title
		return n.Type == value.NamePerson && n.Span.End > at && n.Span.Start <= at+1
	})
}

// signBeside says whether a sign, or nothing, is the next thing beside a place.
func signBeside(s string, before bool) bool {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isQuote(r) })
	r, _ := utf8.DecodeRuneInString(s)
	if before {
		r, _ = utf8.DecodeLastRuneInString(s)
	}
	return s == "" || strings.ContainsRune(",،、，;；؛:：–—()（）.。", r)
}

// gapsOf are what a statement leaves out of the words that it takes in their order, each at its first place, or at its
// last.
func gapsOf(exact, statement string, last bool) (out []gap) {
	there, mine := wordsIn(exact), wordsIn(statement)
	if last {
		slices.Reverse(there)
		slices.Reverse(mine)
	}
	n := 0
	var kept []wordIn
	for _, w := range there {
		if n < len(mine) && w.folded == mine[n].folded {
			kept, n = append(kept, w), n+1
		}
	}
	if last {
		slices.Reverse(kept)
	}
	from := 0
	for _, w := range append(kept, wordIn{from: len(exact)}) {
		if left := wordsIn(exact[from:w.from]); len(left) > 0 {
			out = append(out, gap{from + left[0].from, from + left[len(left)-1].to})
		}
		from = w.to
	}
	return out
}

// partsLeft are what a statement leaves out where words are not parted: whole parts between signs. None where it leaves
// out less.
func partsLeft(exact, statement string) [][]gap {
	sign := func(r rune) bool { return strings.ContainsRune("、，,。．；;（）()", r) }
	rest := strings.Join(strings.FieldsFunc(statement, sign), "")
	out := []gap{}
	for at := 0; at < len(exact); {
		to := at + strings.IndexFunc(exact[at:]+"。", sign)
		if part := exact[at:to]; strings.HasPrefix(rest, part) {
			rest = rest[len(part):]
		} else {
			out = append(out, gap{at, to})
		}
		_, size := utf8.DecodeRuneInString(exact[to:])
		at = to + max(size, 1)
	}
	if rest != "" {
		return nil
	}
	return [][]gap{out}
}
