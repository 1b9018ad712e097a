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

// Reanchor finds an old quotation in a new revision. It is never silent: only AnchorExact comes without a Change.
func Reanchor(old Quote, oldSpan Span, new *Doc) (Anchor, Span, []Change) {
	if old.Exact == "" {
		return AnchorOrphaned, Span{}, []Change{{Kind: ChangeMissing}}
	}
	if new.Valid(oldSpan) && new.Quote(oldSpan) == old {
		return AnchorExact, oldSpan, nil
	}
	at := strings.Index(new.raw, old.Exact)
	if at < 0 {
		return AnchorOrphaned, Span{}, []Change{{Kind: ChangeMissing, Old: old.Exact}}
	}
	span := Span{new.CodePoint(at), new.CodePoint(at) + utf8.RuneCountInString(old.Exact)}
	if strings.Contains(new.raw[at+1:], old.Exact) {
		return AnchorNeedsConfirmation, span, []Change{{Kind: ChangeRepeated, Old: old.Exact, New: old.Exact}}
	}
	return AnchorRelocated, span, []Change{{Kind: ChangeMoved, Old: old.Exact, New: old.Exact}}
}
