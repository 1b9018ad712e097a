package match

import (
	"math"

	"claimbench/internal/value"
)

// roughly is how far from its value a number that is said to be rough may lie, as a part of it; asRound is the
// same for a round number beside one that is written out.
const (
	roughly = 0.1
	asRound = 0.01
)

// agree says whether two quantities can be one number: at least 12 and 14, about 1,000 and 1,020, hundreds and 340,
// 5 million and 5.02 million.
func agree(a, b value.Quantity) bool {
	if closeTo(a.Value, b.Value) || rounded(a, b) || rounded(b, a) {
		return true
	}
	lowA, highA := bounds(a)
	lowB, highB := bounds(b)
	return lowA <= highB && lowB <= highA
}

// rounded says whether a is a round number for b.
func rounded(a, b value.Quantity) bool {
	if a.Qualifier == value.QOrdinal || a.Value < 1000 || math.Abs(a.Value-b.Value) > asRound*a.Value {
		return false
	}
	step := math.Pow(10, math.Floor(math.Log10(a.Value))-1)
	return math.Mod(a.Value, step) == 0 && math.Mod(b.Value, step) != 0
}

// bounds gives the least and the most that a quantity can be.
func bounds(q value.Quantity) (low, high float64) {
	v := q.Value
	switch q.Qualifier {
	case value.QGe, value.QGt:
		return v, math.Inf(1)
	case value.QLe, value.QLt:
		return math.Inf(-1), v
	case value.QApprox:
		return v - roughly*math.Abs(v), v + roughly*math.Abs(v)
	case value.QTens, value.QHundreds:
		return v, 10 * v
	case value.QThousands:
		return v, 100 * v // thousands may be tens of thousands
	case value.QMillions:
		return v, math.Inf(1)
	}
	return v, v
}
