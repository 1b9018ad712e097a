package agree

// Number is a measure, or in words why there is none.
type Number struct {
	Value     float64
	Low, High float64 // of 95 %
	Interval  bool    // Low and High are there
	Undefined string  // "" when there is a value
}

// Why a measure is undefined.
const (
	NothingToCompare = "undefined: nothing was judged by two people"
	AllIdentical     = "undefined: all verdicts identical"
)

// Figures are all measures of one set of units.
type Figures struct {
	N             int // units with two values and more
	Raw           Number
	Fleiss, Alpha Number
}

// Of measures a set of units. α has its interval.
func Of(all []Pattern) Figures {
	_, n := Comparable(all)
	f := Figures{N: n, Raw: number(all, n, Raw), Fleiss: number(all, n, Fleiss), Alpha: number(all, n, Alpha)}
	if f.Alpha.Undefined == "" {
		f.Alpha.Low, f.Alpha.High, f.Alpha.Interval = Interval(all, Alpha)
	}
	return f
}

func number(all []Pattern, n int, measure func([]Pattern) (float64, bool)) Number {
	value, ok := measure(all)
	if !ok {
		return Number{Undefined: undefined(n)}
	}
	return Number{Value: value}
}

func undefined(n int) string {
	if n == 0 {
		return NothingToCompare
	}
	return AllIdentical
}

// Pair is what two people said of the same units: Cells[i][j] is how often the first gave i and the second j.
type Pair struct {
	Cells [][]int
}

// N is how many units both judged.
func (p Pair) N() (n int) {
	for _, row := range p.Cells {
		for _, c := range row {
			n += c
		}
	}
	return n
}

// Patterns are the units of the pair without who said what.
func (p Pair) Patterns() (out []Pattern) {
	for i, row := range p.Cells {
		for j, c := range row {
			if c == 0 {
				continue
			}
			counts := make([]int, len(p.Cells))
			counts[i]++
			counts[j]++
			out = append(out, Pattern{Counts: counts, Units: c})
		}
	}
	return out
}

// Cohen is Cohen's κ of the pair.
func (p Pair) Cohen() Number {
	value, ok := Cohen(p.Cells)
	if !ok {
		return Number{Undefined: undefined(p.N())}
	}
	return Number{Value: value}
}

// MeanCohen is the mean of Cohen's κ over pairs of people, each weighed by its units (Light, Psychological Bulletin 76,
// 1971, 365–377); n is the units of the pairs that have one.
func MeanCohen(pairs []Pair) (x Number, n int) {
	all := 0
	for _, p := range pairs {
		all += p.N()
		if value, ok := Cohen(p.Cells); ok {
			x.Value += value * float64(p.N())
			n += p.N()
		}
	}
	if n == 0 {
		return Number{Undefined: undefined(all)}, all
	}
	x.Value /= float64(n)
	return x, n
}
