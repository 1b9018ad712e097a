package value

import "claimbench/internal/text"

// Quantity is a number that a sentence states.
//
// Span covers the numeral and its unit word ("9 GB", "2,000通以上"), in code points of the document. Value is in Unit
// ("5 million" is 5000000, "60 %" is 60, "8 p.m." is 20 hours). Unit is canonical where it is known: "%", "GB", "km",
// "year", "hour", an ISO 4217 code, or an English plural for things counted ("e-mails", "people"); otherwise "".
// Qualifier is one of the Q constants, never empty.
type Quantity struct {
	Span            text.Span
	Value           float64
	Unit, Qualifier string
}

// What a sentence says about a number beside its value. The vague ones have the lower power as value: "thousands of
// votes" is 1000 with QThousands, "tens of thousands" is 10000 with QThousands.
const (
	QEq        = "eq"
	QApprox    = "approx"
	QLt        = "lt"
	QLe        = "le"
	QGt        = "gt"
	QGe        = "ge"
	QTens      = "tens"
	QHundreds  = "hundreds"
	QThousands = "thousands"
	QMillions  = "millions"
	QOrdinal   = "ordinal"
)

// Quantities gives the numbers that sentence s of d states, in order. Numbers inside dates, names and addresses
// ("5 May", "APT31", "Guccifer 2.0", URLs) are not among them.
func Quantities(d *text.Doc, s text.Sentence) []Quantity { return NewScan(d, s).Quantities() }
