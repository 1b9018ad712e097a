package view

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimbench/internal/text"
)

func slicer(raw string) func(start, end int) string {
	points := []rune(raw)
	return func(start, end int) string { return string(points[start:end]) }
}

func span(start, end int) text.Span { return text.Span{Start: start, End: end} }

func TestSegments(t *testing.T) {
	// Two claims overlap in "b𠮷"; a hedge stands inside the second. Offsets count code points, so 𠮷 is one.
	got := Segments(slicer("ab𠮷cde"), 0, 6, []MarkedSpan{
		{Span: span(0, 3), Number: 14, Verdict: Unverified, Here: true},
		{Span: span(1, 5), Number: 13, Verdict: Unreviewed},
		{Span: span(3, 4), Hedge: true},
	})
	want := []Segment{
		{Text: "a", Mark: Unverified, Claims: "14", Here: true},
		{Text: "b𠮷", Mark: Unverified, Claims: "13 14", Here: true},
		{Text: "c", Mark: Unreviewed, Claims: "13", Hedge: true},
		{Text: "d", Mark: Unreviewed, Claims: "13"},
		{Text: "e"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSegmentsKeepTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := []rune(rapid.String().Draw(t, "text"))
		from := rapid.IntRange(0, len(raw)).Draw(t, "from")
		to := rapid.IntRange(from, len(raw)).Draw(t, "to")
		marks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) MarkedSpan {
			start := rapid.IntRange(-2, len(raw)).Draw(t, "start")
			return MarkedSpan{
				Span:    text.Span{Start: start, End: rapid.IntRange(start, len(raw)+2).Draw(t, "end")},
				Number:  rapid.Int64Range(1, 9).Draw(t, "number"),
				Verdict: rapid.SampledFrom(order[:]).Draw(t, "verdict"),
				Hedge:   rapid.Bool().Draw(t, "hedge"),
			}
		}), 0, 8).Draw(t, "marks")
		segments := Segments(slicer(string(raw)), from, to, marks)
		var b strings.Builder
		at := from
		for _, s := range segments {
			b.WriteString(s.Text)
			for _, m := range marks {
				covers := m.Start <= at && at < m.End && !m.Hedge
				if covers && (s.Mark == "" || Foremost(s.Mark, m.Verdict) != s.Mark) {
					t.Fatalf("at %d: mark %q gives way to %q of claim %d", at, s.Mark, m.Verdict, m.Number)
				}
			}
			at += len([]rune(s.Text))
		}
		if got, want := b.String(), string(raw[from:to]); got != want {
			t.Fatalf("segments joined are %q, the text is %q", got, want)
		}
	})
}

func TestForemost(t *testing.T) {
	for _, c := range []struct{ a, b, want Verdict }{
		{"", Candidate, Candidate}, {Unreviewed, "", Unreviewed}, {Corroborated, Disputed, Disputed},
		{Unverified, Corroborated, Unverified}, {Candidate, Unreviewed, Unreviewed}, {"", "", ""},
	} {
		if got := Foremost(c.a, c.b); got != c.want {
			t.Errorf("Foremost(%q, %q) = %q, want %q", c.a, c.b, got, c.want)
		}
	}
}
