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

// Of measures a set of units.
func Of(all []Pattern) Figures {
	_, n := Comparable(all)
	return Figures{N: n, Raw: number(all, n, Raw), Fleiss: number(all, n, Fleiss), Alpha: number(all, n, Alpha)}
}

func number(all []Pattern, n int, measure func([]Pattern) (float64, bool)) (x Number) {
	value, ok := measure(all)
	if !ok {
		return Number{Undefined: undefined(n)}
	}
	x.Value = value
	x.Low, x.High, x.Interval = Interval(all, measure)
	return x
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

// Cohen is Cohen's κ of the pair, with its interval.
func (p Pair) Cohen() (x Number) {
	value, ok := Cohen(p.Cells)
	if !ok {
		return Number{Undefined: undefined(p.N())}
	}
	x.Value = value
	// one category for each cell: what is drawn is units with who said what
	k := len(p.Cells)
	var units []Pattern
	for i, row := range p.Cells {
		for j, c := range row {
			counts := make([]int, k*k)
			counts[i*k+j] = 2 // a unit that the draw takes as comparable
			units = append(units, Pattern{Counts: counts, Units: c})
		}
	}
	x.Low, x.High, x.Interval = Interval(units, func(drawn []Pattern) (float64, bool) {
		cells := make([][]int, k)
		for i := range cells {
			cells[i] = make([]int, k)
		}
		for _, d := range drawn {
			for at, c := range d.Counts {
				if c > 0 {
					cells[at/k][at%k] += d.Units
				}
			}
		}
		return Cohen(cells)
	})
	return x
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
