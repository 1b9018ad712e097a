package extract

import (
	"sort"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// facts are the quantities, dates and names of a stretch of text, each in order.
type facts struct {
	quantities []value.Quantity
	dates      []value.Date
	names      []value.Name
}

// factsOf reads the facts of a sentence.
func factsOf(scan *value.Scan, published value.Published) facts {
	return facts{scan.Quantities(), scan.Dates(published), scan.Names()}
}

// within gives the facts that lie inside a span; its slices are never nil.
func (f *facts) within(s text.Span) facts {
	return facts{
		inside(f.quantities, s, func(q value.Quantity) text.Span { return q.Span }),
		inside(f.dates, s, func(d value.Date) text.Span { return d.Span }),
		inside(f.names, s, func(n value.Name) text.Span { return n.Span }),
	}
}

// inside gives the items, which are in order, whose span lies within s. It
// looks only at those near s, so that many windows stay linear.
func inside[T any](items []T, s text.Span, span func(T) text.Span) []T {
	out := []T{}
	first := sort.Search(len(items), func(i int) bool { return span(items[i]).Start >= s.Start })
	for _, item := range items[first:] {
		if span(item).Start >= s.End {
			break
		}
		if s.Contains(span(item)) {
			out = append(out, item)
		}
	}
	return out
}
