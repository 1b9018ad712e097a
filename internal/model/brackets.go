package model

import (
	"strings"
	"unicode/utf8"

	"claimbench/internal/extract"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// brackets parts a statement into what stands outside its square brackets, and the same with the brackets in the words
// of the text, which code found by their anchors. lacks is the first bracket that is not held, "" for none.
func (j judge) brackets(statement string, from []filled, c *extract.Candidate) (bare, stand, lacks string) {
	words := j.window.words(j.doc)
	var out, with strings.Builder
	for rest := statement; rest != ""; {
		before, after, found := strings.Cut(rest, "[")
		if found {
			before = strings.TrimRight(before, " ")
		}
		out.WriteString(before)
		with.WriteString(before)
		if !found {
			break
		}
		in, behind, closed := strings.Cut(after, "]")
		if !closed || len(c.Brackets) == mostFilled {
			return "", "", after
		}
		b, ok := j.fill(words, strings.TrimSpace(in), from)
		if !ok || out.Len() == 0 {
			return "", "", in
		}
		c.Brackets = append(c.Brackets, b)
		with.WriteString(" [" + b.Text + "]")
		rest = behind
	}
	return strings.TrimSpace(out.String()), strings.TrimSpace(with.String()), ""
}

// fill finds what a bracket holds in the text: by its anchors, which must hold the same words.
func (j judge) fill(words, in string, from []filled) (extract.Bracket, bool) {
	for _, f := range from {
		if strings.TrimSpace(f.Text) != in || in == "" {
			continue
		}
		at, why := between(words, f.First, f.Last)
		if why == Several { // said more than once, and the same each time: the first place is as good as any
			if all, _ := find(words, in); len(all) > 0 {
				at, why = all[0], ""
			}
		}
		got := string([]rune(words)[at.Start:at.End])
		if why != "" || text.Fold(got) != text.Fold(in) || utf8.RuneCountInString(got) > mostAnchor ||
			strings.ContainsAny(got, "[]\n") {
			continue
		}
		first := j.window.start()
		return extract.Bracket{Text: got, From: text.Span{Start: first + at.Start, End: first + at.End}}, true
	}
	return extract.Bracket{}, false
}

// bracketed are the brackets of a candidate with their sources.
func (j judge) bracketed(c extract.Candidate) []value.Bracket {
	var out []value.Bracket
	for _, b := range c.Brackets {
		out = append(out, value.Bracket{Text: b.Text, From: b.Text})
	}
	return out
}

// rewritten is a statement with brackets whose words outside of them are written in other letters; "" where that does
// not come out even. bare and own have the same words.
func rewritten(stand, bare, own string) string {
	if bare == own {
		return stand
	}
	if stand == bare {
		return own
	}
	a, b := wordsIn(bare), wordsIn(own)
	if len(a) != len(b) {
		return ""
	}
	var out strings.Builder
	from := 0
	for i := range a {
		k := strings.Index(stand[from:], bare[a[i].from:a[i].to])
		if k < 0 {
			return ""
		}
		out.WriteString(stand[from:from+k] + own[b[i].from:b[i].to])
		from += k + a[i].to - a[i].from
	}
	return out.String() + stand[from:]
}
