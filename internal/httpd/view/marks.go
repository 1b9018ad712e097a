package view

import (
	"slices"
	"strconv"
	"strings"

	"claimbench/internal/text"
)

// MarkedSpan is a stretch of an article that a claim, or a hedge of the claim looked at, covers.
type MarkedSpan struct {
	text.Span
	Number  int64
	Verdict Verdict
	Here    bool
	Hedge   bool
	Found   bool // words that were looked for
}

// Segments cuts [from, to) at every boundary of the marks, so that overlapping claims become a row of flat segments:
// nested or overlapping elements would cost the reader, and boxes would move the glyphs of bidirectional text. slice
// gives the article's text between two code points. Joined, the segments are the text of [from, to).
func Segments(slice func(start, end int) string, from, to int, marks []MarkedSpan) []Segment {
	cuts := []int{from, to}
	for _, m := range marks {
		for _, at := range []int{m.Start, m.End} {
			if from < at && at < to {
				cuts = append(cuts, at)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Segment
	for i := 0; i+1 < len(cuts); i++ {
		out = append(out, segment(slice(cuts[i], cuts[i+1]), cuts[i], marks))
	}
	return out
}

func segment(text string, at int, marks []MarkedSpan) Segment {
	s := Segment{Text: text}
	var numbers []int64
	for _, m := range marks {
		if m.Start > at || at >= m.End {
			continue
		}
		if m.Hedge || m.Found {
			s.Hedge, s.Found = s.Hedge || m.Hedge, s.Found || m.Found
			continue
		}
		numbers = append(numbers, m.Number)
		s.Here = s.Here || m.Here
		s.Mark = Foremost(s.Mark, m.Verdict)
	}
	slices.Sort(numbers)
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.FormatInt(n, 10)
	}
	s.Claims = strings.Join(words, " ")
	return s
}

// order is how verdicts that meet in one place give way: what warns the reader comes first.
var order = [...]Verdict{Disputed, Unverified, Corroborated, InConflict, Unreviewed, Candidate}

// Foremost is the one of two verdicts that is drawn where both apply; "" gives way to any.
func Foremost(a, b Verdict) Verdict {
	for _, v := range order {
		if a == v || b == v {
			return v
		}
	}
	return a
}
