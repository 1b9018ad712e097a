package agree

// Pattern is how often each category was given to one unit, and how many units there are with these counts. All
// patterns of a table have the same number of categories.
type Pattern struct {
	Counts []int
	Units  int
}

// values is how many values a unit of the pattern has. A unit with one has nothing to compare.
func (p Pattern) values() (m int) {
	for _, c := range p.Counts {
		m += c
	}
	return m
}

// agreeing is the share of the pairs of values of a unit that agree; it is asked only of units with two and more.
func (p Pattern) agreeing() float64 {
	m, same := p.values(), 0
	for _, c := range p.Counts {
		same += c * (c - 1)
	}
	return float64(same) / float64(m*(m-1))
}

// Comparable gives the patterns of units with two values and more, and how many units these are.
func Comparable(all []Pattern) (out []Pattern, units int) {
	for _, p := range all {
		if p.Units > 0 && p.values() > 1 {
			out, units = append(out, p), units+p.Units
		}
	}
	return out, units
}

// Raw is the share of pairs of values of one unit that agree, the mean over units; ok is false when no unit has two.
func Raw(all []Pattern) (share float64, ok bool) {
	all, n := Comparable(all)
	for _, p := range all {
		share += p.agreeing() * float64(p.Units)
	}
	return share / float64(max(n, 1)), n > 0
}

// Alpha is Krippendorff's α for names: 1 less the disagreement that was seen over the one that chance would give. A
// value that is missing counts nowhere, and a unit with one value neither. ok is false when all values are the same, or
// there is nothing to compare.
func Alpha(all []Pattern) (alpha float64, ok bool) {
	all, _ = Comparable(all)
	totals, n, seen := []float64{}, 0.0, 0.0
	for _, p := range all {
		m, units := float64(p.values()), float64(p.Units)
		seen += (1 - p.agreeing()) * m * units
		n += m * units
		totals = added(totals, p.Counts, units)
	}
	chance := n * n
	for _, t := range totals {
		chance -= t * t
	}
	if chance <= 0 {
		return 0, false
	}
	return 1 - seen*(n-1)/chance, true
}

// Fleiss is Fleiss' κ: the agreement that was seen beyond chance, for units whose values are given by any people. Where
// units have different numbers of values, each unit weighs the same. ok is false when all values are the same, or there
// is nothing to compare.
func Fleiss(all []Pattern) (kappa float64, ok bool) {
	all, n := Comparable(all)
	shares, seen := []float64{}, 0.0
	for _, p := range all {
		units := float64(p.Units)
		seen += p.agreeing() * units
		shares = added(shares, p.Counts, units/float64(p.values()))
	}
	seen /= float64(max(n, 1))
	chance := 0.0
	for _, s := range shares {
		chance += s * s / float64(n*n)
	}
	return beyond(seen, chance, n)
}

// Cohen is Cohen's κ of two people: cells[i][j] is how many units the first put into category i and the second into j.
// ok is false when both put all of them into one category, or there are none.
func Cohen(cells [][]int) (kappa float64, ok bool) {
	rows, columns := make([]float64, len(cells)), make([]float64, len(cells))
	n, same := 0, 0
	for i, row := range cells {
		for j, c := range row {
			rows[i] += float64(c)
			columns[j] += float64(c)
			n += c
		}
		same += row[i]
	}
	chance := 0.0
	for i := range cells {
		chance += rows[i] * columns[i] / float64(max(n*n, 1))
	}
	return beyond(float64(same)/float64(max(n, 1)), chance, n)
}

// nothing is how near to 1 chance may come: a rounding error is no room for agreement beyond it.
const nothing = 1e-12

func beyond(seen, chance float64, n int) (float64, bool) {
	if n == 0 || chance > 1-nothing {
		return 0, false
	}
	return (seen - chance) / (1 - chance), true
}

func added(to []float64, counts []int, times float64) []float64 {
	for len(to) < len(counts) {
		to = append(to, 0)
	}
	for k, c := range counts {
		to[k] += float64(c) * times
	}
	return to
}
