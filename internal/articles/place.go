package articles

import (
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Place is where words stand: the revision, the span in it, the words there and what stands around them. Claims, their
// wordings, evidence and their JSON embed it, so that a place is one thing in every room. Of words from outside the
// collection, and of words that nobody placed, RevisionID is 0 and the span is empty.
type Place struct {
	RevisionID RevisionID `gorm:"column:revision_id;serializer:zeronull" json:"revision,omitempty"`
	text.Span
	text.Quote
}

// Placed says that the words stand in a revision.
func (p Place) Placed() bool { return p.RevisionID != 0 }

// Same says that two places are one: the same stretch of the same revision.
func (p Place) Same(o Place) bool { return p.RevisionID == o.RevisionID && p.Span == o.Span }

// Meets says that two places have a character in common.
func (p Place) Meets(o Place) bool {
	return p.Placed() && p.RevisionID == o.RevisionID && p.Span.Overlaps(o.Span)
}

// Place is the place of a whole sentence, without its words.
func (s Sentence) Place() Place { return Place{RevisionID: s.RevisionID, Span: s.Span} }

// Spot is a place with the sentence in which it begins, and that sentence's language and direction. Claims and evidence
// embed it.
type Spot struct {
	Place
	Sentence int    `gorm:"column:sentence" json:"sentence,omitempty"` // number in its revision
	Lang     string `gorm:"column:lang" json:"lang" words:"own"`
	Dir      string `gorm:"column:dir" json:"dir" words:"own"`
}

// MoveTo puts words at another place, in the language that they have.
func (s *Spot) MoveTo(at Spot) { s.Place, s.Sentence = at.Place, at.Sentence }

// PlaceIn finds a span in a text that was read. The span must lie inside the text and hold more than space, and the
// words that the person saw there must stand there; exact "" lets any words pass.
func PlaceIn(t Text, span text.Span, exact string) (Spot, error) {
	q, err := quoteAt(t.Doc, span, exact)
	if err != nil {
		return Spot{}, err
	}
	out := Spot{Place: Place{RevisionID: t.Revision.ID, Span: span, Quote: q}}
	for i, sn := range t.Sentences {
		if i == 0 || sn.Start <= span.Start {
			out.Sentence, out.Lang, out.Dir = sn.N, sn.Lang, sn.Dir
		}
	}
	if out.Sentence == 0 {
		return Spot{}, fault.New(fault.NotFound, "There is no sentence in this text.")
	}
	return out, nil
}

// PlaceAt is PlaceIn for a revision that was not read yet, inside a transaction, and for words that a person chose:
// they must not begin or end within a number. It reads the raw text and one sentence, and asks no permission.
func PlaceAt(r *store.Rx, revision RevisionID, span text.Span, exact string) (Spot, error) {
	t, err := textAt(r, revision, []text.Span{span})
	if err != nil {
		return Spot{}, err
	}
	at, err := PlaceIn(t, span, exact)
	if err == nil && at.CutsNumber() {
		return Spot{}, cutsNumber(at.Quote)
	}
	return at, err
}

func cutsNumber(q text.Quote) error {
	return fault.New(fault.Invalid, "“%s” begins or ends within a number, and so would say another one. Select the "+
		"whole number.", q.Exact).With("span", "It begins or ends within a number.")
}

// PlacesAt is PlaceAt for several spans of one revision, whose text it reads once, whatever words stand there.
func PlacesAt(r *store.Rx, revision RevisionID, spans []text.Span) ([]Spot, error) {
	t, err := textAt(r, revision, spans)
	if err != nil {
		return nil, err
	}
	out := make([]Spot, len(spans))
	for i, span := range spans {
		if out[i], err = PlaceIn(t, span, ""); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// textAt reads the raw text of a revision, and of its sentences only those in which spans begin.
func textAt(r *store.Rx, revision RevisionID, spans []text.Span) (Text, error) {
	doc, rv, err := DocOf(r, revision)
	if err != nil {
		return Text{}, err
	}
	t := Text{Revision: rv, Doc: doc}
	// for each span the last sentence that begins before it does, or else the first of all
	begins := "n = COALESCE((SELECT MAX(n) FROM sentences WHERE revision_id = ? AND start_cp <= ?), " +
		"(SELECT MIN(n) FROM sentences WHERE revision_id = ?))"
	args := []any{revision}
	for _, span := range spans {
		args = append(args, revision, span.Start, revision)
	}
	where := strings.Repeat(" OR "+begins, len(spans))[len(" OR "):]
	return t, r.Gorm().Where("revision_id = ? AND ("+where+")", args...).Order("n").Find(&t.Sentences).Error
}

// Follow looks for the words of a place in another text of the same article. Of words that are nowhere in it, or only
// where nothing can stand, the anchor is text.AnchorOrphaned and the spot is empty.
func (p Place) Follow(t Text) (text.Anchor, Spot, []text.Change) {
	anchor, span, changes := text.Reanchor(p.Quote, p.Span, t.Doc)
	if anchor == text.AnchorOrphaned {
		return anchor, Spot{}, changes
	}
	at, err := PlaceIn(t, span, "")
	if err != nil {
		return text.AnchorOrphaned, Spot{}, changes
	}
	return anchor, at, changes
}

// quoteAt gives the words at a span, if it lies inside the text, holds more than space, and reads exact ("": anything).
func quoteAt(doc *text.Doc, span text.Span, exact string) (text.Quote, error) {
	if !doc.Valid(span) {
		return text.Quote{}, fault.New(fault.Invalid,
			"The span %d to %d lies outside the text, which has %d characters. Select the words again.", span.Start,
			span.End, doc.Len()).With("span", "The span lies outside the text.")
	}
	q := doc.Quote(span)
	if exact != "" && exact != q.Exact {
		return q, fault.New(fault.Invalid,
			"The quotation “%s” does not stand at %d to %d; the text there reads “%s”. Select the words again.", exact,
			span.Start, span.End, q.Exact).With("exact", "The quotation is not at its span.")
	}
	if strings.TrimSpace(q.Exact) == "" {
		return q, fault.New(fault.Invalid, "The selection holds only space. Select the words again.").With(
			"span", "The selection holds only space.")
	}
	return q, nil
}
