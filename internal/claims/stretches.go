package claims

import (
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// MostStretches is how many stretches of its text a claim stands at, at most.
const MostStretches = 8

// Stretch is one of the stretches of a text at which the words of a claim stand: its span, the words there, and the
// sentence in which it begins.
type Stretch struct {
	text.Span
	text.Quote
	Sentence int `json:"sentence"` // number in its revision
}

// Stretches is a list of them in one column, in the order of the text; never null.
type Stretches = store.List[Stretch]

// Stretches are all the stretches at which the claim's words stand, in the order of the text: one to MostStretches. The
// first is the place that the claim embeds, by which every rule and measure of one span goes.
func (c Claim) Stretches() []Stretch {
	return append([]Stretch{{Span: c.Span, Quote: c.Quote, Sentence: c.Sentence}}, c.More...)
}

// Spots are the stretches as places of their revision, in the language of the claim.
func (c Claim) Spots() []articles.Spot {
	out := []articles.Spot{c.Spot}
	for _, s := range c.More {
		at := c.Spot
		at.Span, at.Quote, at.Sentence = s.Span, s.Quote, s.Sentence
		out = append(out, at)
	}
	return out
}

// Touches says whether any of the claim's stretches shares a character with a span of its revision.
func (c Claim) Touches(o text.Span) bool {
	return c.Span.Overlaps(o) || slices.ContainsFunc(c.More, func(s Stretch) bool { return s.Overlaps(o) })
}

// Stretches are the stretches of a wording, as Claim.Stretches; the sentence of the first is not kept with it and is 0.
func (w Wording) Stretches() []Stretch {
	return append([]Stretch{{Span: w.Span, Quote: w.Quote}}, w.More...)
}

// spansOf writes the spans of stretches as the history has them: "120-140 155-160"; "" for none.
func spansOf(all Stretches) string {
	parts := make([]string, len(all))
	for i, s := range all {
		parts[i] = history.Num(s.Start) + "-" + history.Num(s.End)
	}
	return strings.Join(parts, " ")
}

func sameSpans(a, b Stretches) bool {
	return slices.EqualFunc(a, b, func(x, y Stretch) bool { return x.Span == y.Span })
}

// checkOrder refuses stretches that are too many, out of order, or that share a character: so one set of words has one
// form.
func checkOrder(first text.Span, more []Stretch) error {
	if len(more) >= MostStretches {
		return wrongStretches("A claim stands at one to %d stretches of its text; %d were given. Choose fewer, or "+
			"split the claim.", MostStretches, len(more)+1)
	}
	before := first
	for _, s := range more {
		switch {
		case s.Start < 0 || s.End <= s.Start:
			return wrongStretches("One of the stretches is none, or cannot be read. Write where each begins and " +
				"ends, in digits: 120-140 155-160.")
		case s.Start < before.Start:
			return wrongStretches("The stretches of a claim are given in the order of the text, and %d to %d stands "+
				"before %d to %d. Put it first.", s.Start, s.End, before.Start, before.End)
		case s.Start < before.End:
			return wrongStretches("The stretches %d to %d and %d to %d have characters in common. Make one of "+
				"them, or choose the words again.", before.Start, before.End, s.Start, s.End)
		}
		before = s.Span
	}
	return nil
}

func wrongStretches(format string, a ...any) error {
	err := fault.New(fault.Invalid, format, a...)
	return err.With("stretches", err.Msg)
}

// placing finds where new words of a claim stand: the first stretch and the others. Without a span, and without others,
// the claim stays where it is; other stretches that nobody speaks of stay too.
func placing(r *store.Rx, c Claim, w Words) (articles.Spot, Stretches, error) {
	moved := w.Span != (text.Span{}) && w.Span != c.Span
	if !moved && w.More == nil {
		return c.Spot, c.More, nil
	}
	if err := countsIn(c, w); err != nil {
		return c.Spot, nil, err
	}
	at, more := c.Spot, w.More
	if moved {
		var err error
		if at, err = articles.PlaceAt(r, c.RevisionID, w.Span, w.Exact); err != nil {
			return at, nil, err
		}
	}
	if more == nil {
		more = c.More
	}
	out, err := moreAt(r, at, more)
	return at, out, err
}

// countsIn says whether the numbers of new words count in the text that the claim stands in.
func countsIn(c Claim, w Words) error {
	if w.Revision == 0 || w.Revision == c.RevisionID {
		return nil
	}
	return fault.Stale("Claim %d stands in another revision of its text now than when you opened it: the numbers that "+
		"you sent count in the old one. Choose its words again; what you typed is kept.", c.ID)
}

// moreAt finds the stretches after the first in the text that it stands in, which is read once.
func moreAt(r *store.Rx, first articles.Spot, more []Stretch) (Stretches, error) {
	if err := checkOrder(first.Span, more); err != nil || len(more) == 0 {
		return nil, err
	}
	spans := make([]text.Span, len(more))
	for i, s := range more {
		spans[i] = s.Span
	}
	spots, err := articles.PlacesAt(r, first.RevisionID, spans)
	if err != nil {
		return nil, aboutStretches(err)
	}
	return chosen(more, spots)
}

// moreIn is moreAt in a text that was read.
func moreIn(t articles.Text, first text.Span, more []Stretch) (Stretches, error) {
	if err := checkOrder(first, more); err != nil || len(more) == 0 {
		return nil, err
	}
	spots := make([]articles.Spot, len(more))
	for i, s := range more {
		var err error
		if spots[i], err = articles.PlaceIn(t, s.Span, ""); err != nil {
			return nil, aboutStretches(err)
		}
	}
	return chosen(more, spots)
}

// chosen are stretches as they stand in the text, if the words that the person saw there stand there.
func chosen(typed []Stretch, spots []articles.Spot) (Stretches, error) {
	out := make(Stretches, len(spots))
	for i, at := range spots {
		if seen := typed[i].Exact; seen != "" && seen != at.Exact {
			return nil, wrongStretches("The quotation “%s” does not stand at %d to %d; the text there reads “%s”. "+
				"Select the words again.", seen, at.Start, at.End, at.Exact)
		}
		if at.CutsNumber() {
			return nil, wrongStretches("“%s” begins or ends within a number, and so would say another one. Select the "+
				"whole number.", at.Exact)
		}
		out[i] = Stretch{Span: at.Span, Quote: at.Quote, Sentence: at.Sentence}
	}
	return out, nil
}

// aboutStretches says of a fault about a span that it is about one of the stretches.
func aboutStretches(err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
		return f.With("stretches", f.Msg)
	}
	return err
}
