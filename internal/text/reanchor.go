package text

import (
	"strings"
	"unicode/utf8"
)

// Anchor says how a quotation stands in another revision.
type Anchor string

// The four answers of Reanchor.
const (
	AnchorExact             Anchor = "exact"              // the same words at the same place
	AnchorRelocated         Anchor = "relocated"          // the same words, once, elsewhere
	AnchorNeedsConfirmation Anchor = "needs_confirmation" // a person must look; the span is a proposal
	AnchorOrphaned          Anchor = "orphaned"           // nothing like it is left; no span
)

// ChangeKind says what sort of difference a Change is.
type ChangeKind string

// The kinds of change.
const (
	ChangeDigit    ChangeKind = "digit"    // a number differs
	ChangeNegation ChangeKind = "negation" // a word of negation came or went
	ChangeLatin    ChangeKind = "latin"    // a Latin-script token differs
	ChangeOther    ChangeKind = "other"    // other words differ
	ChangeMoved    ChangeKind = "moved"    // the words stand elsewhere
	ChangeRepeated ChangeKind = "repeated" // the words stand more than once
	ChangeContext  ChangeKind = "context"  // the words stand, what stands around them differs
	ChangeMissing  ChangeKind = "missing"  // the words are gone
)

// Change is one difference between a quotation and what stands in the new revision.
type Change struct {
	Kind     ChangeKind
	Old, New string // the words; either may be empty
}

// maxOccurrences is how many places of a repeated quotation are looked at for the proposal.
const maxOccurrences = 64

// Reanchor finds an old quotation in a new revision.
//
// AnchorExact: the words stand where they stood (a Change of kind context says when their surroundings differ).
// AnchorRelocated: the words stand unchanged and once, elsewhere. AnchorNeedsConfirmation: anything else that may be
// the same passage; the span is a proposal for a person and the changes say why: a changed digit, negation or Latin
// token is always among them, also where a negation appeared beside unchanged words, or a digit was joined to them.
// AnchorOrphaned: nothing like the quotation is left; the span is empty. Only an exact find in the same surroundings
// comes without a Change. The time is linear in the new text.
func Reanchor(old Quote, oldSpan Span, new *Doc) (Anchor, Span, []Change) {
	if strings.TrimSpace(old.Exact) == "" {
		return AnchorOrphaned, Span{}, []Change{{Kind: ChangeMissing, Old: old.Exact}}
	}
	inPlace := new.Valid(oldSpan) && new.Slice(oldSpan) == old.Exact
	if inPlace && new.Quote(oldSpan) == old {
		return AnchorExact, oldSpan, nil
	}
	places := occurrences(new, old.Exact)
	switch {
	case len(places) == 0:
		return proposeChanged(old, oldSpan, new)
	case len(places) > 1:
		span := likeliest(old, oldSpan, places, new)
		changes := []Change{{Kind: ChangeRepeated, Old: old.Exact, New: old.Exact}}
		return AnchorNeedsConfirmation, span, append(changes, surroundingChanges(old, span, new)...)
	}
	span := places[0]
	if changes := surroundingChanges(old, span, new); len(changes) > 0 {
		return AnchorNeedsConfirmation, span, changes
	}
	if inPlace {
		return AnchorExact, span, []Change{{Kind: ChangeContext, Old: old.Prefix + "…" + old.Suffix,
			New: contextOf(new.Quote(span))}}
	}
	return AnchorRelocated, span, []Change{{Kind: ChangeMoved, Old: old.Exact, New: old.Exact}}
}

func contextOf(q Quote) string { return q.Prefix + "…" + q.Suffix }

// occurrences gives the places where exact stands, overlapping ones too, at most maxOccurrences.
func occurrences(d *Doc, exact string) []Span {
	var out []Span
	length := utf8.RuneCountInString(exact)
	for from := 0; len(out) < maxOccurrences; {
		at := strings.Index(d.raw[from:], exact)
		if at < 0 {
			break
		}
		start := d.CodePoint(from + at)
		out = append(out, Span{start, start + length})
		_, size := utf8.DecodeRuneInString(d.raw[from+at:])
		from += at + size
	}
	return out
}

// likeliest is the place whose surroundings are most like the old ones, then the nearest to the old place.
func likeliest(old Quote, oldSpan Span, places []Span, d *Doc) Span {
	best, bestLike := places[0], -1
	for _, p := range places {
		q := d.Quote(p)
		like := commonSuffix(old.Prefix, q.Prefix) + commonPrefix(old.Suffix, q.Suffix)
		if like > bestLike || like == bestLike && distance(p.Start, oldSpan.Start) < distance(best.Start,
			oldSpan.Start) {
			best, bestLike = p, like
		}
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }

// commonPrefix is how many bytes a and b begin with alike.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// commonSuffix is how many bytes a and b end with alike.
func commonSuffix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// Differences says how the words of one quotation differ from those of another, in the kinds that Reanchor gives.
// Equal words have none.
func Differences(old, new string) []Change {
	if old == new {
		return nil
	}
	return differences(old, new)
}
