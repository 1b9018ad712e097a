package text

// Span is a stretch of a document in code points, End exclusive. It is the only type that has both ends of a stretch of
// a text: rows, answers, forms and models embed it (arch_places_test.go). The tags say how tables and answers write it.
type Span struct {
	Start int `gorm:"column:start_cp" json:"start"`
	End   int `gorm:"column:end_cp" json:"end"`
}

// Len is the number of code points the span covers.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share a code point.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// contextLen is how many code points of context a Quote keeps on either side.
const contextLen = 32

// Quote is a span by its words: the quoted text, and up to 32 code points before and after it. The selector is the
// TextQuoteSelector of the W3C Web Annotation Data Model. All three are words of an article: they go when it is taken
// down.
type Quote struct {
	Exact  string `gorm:"column:exact" json:"exact" words:"article"`
	Prefix string `gorm:"column:prefix" json:"prefix" words:"article"`
	Suffix string `gorm:"column:suffix" json:"suffix" words:"article"`
}

// Quote gives the words of s and what stands around them. A span outside the document gives an empty Quote.
func (d *Doc) Quote(s Span) Quote {
	if !d.Valid(s) {
		return Quote{}
	}
	return Quote{
		Exact:  d.Slice(s),
		Prefix: d.Slice(Span{max(0, s.Start-contextLen), s.Start}),
		Suffix: d.Slice(Span{s.End, min(d.Len(), s.End+contextLen)}),
	}
}
