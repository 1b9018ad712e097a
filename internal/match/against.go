package match

import "strings"

// facts are the numbers with a unit, the days and the years that a text states.
type facts struct {
	numbers, days, years []string
}

// add sorts in the value of a unit, as in unit.value.
func (f *facts) add(value string) {
	switch {
	case strings.HasPrefix(value, "n:") && strings.Contains(value, " "):
		f.numbers = append(f.numbers, value)
	case strings.HasPrefix(value, "month:") && strings.Contains(value, "-"):
		f.days = append(f.days, value)
	case strings.HasPrefix(value, "year:"):
		f.years = append(f.years, value)
	}
}

func (f *facts) any() bool { return len(f.numbers)+len(f.days)+len(f.years) > 0 }

// clash says whether two texts contradict each other by a number of the same unit, by day or by year: each states
// some, and they have none in common.
func (f facts) clash(other facts) bool {
	return disjoint(f.days, other.days) || disjoint(f.years, other.years) || f.numbersClash(other)
}

func (f facts) numbersClash(other facts) bool {
	for _, a := range f.numbers {
		measure := a[strings.IndexByte(a, ' '):]
		var mine, theirs []string
		for _, n := range f.numbers {
			if strings.HasSuffix(n, measure) {
				mine = append(mine, n)
			}
		}
		for _, n := range other.numbers {
			if strings.HasSuffix(n, measure) {
				theirs = append(theirs, n)
			}
		}
		if disjoint(mine, theirs) {
			return true
		}
	}
	return false
}

// disjoint says whether both lists have values and no value is in both.
func disjoint(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !shareName(a, b)
}

// factsOf gives the facts of an item.
func (ix *Index) factsOf(item uint32) facts {
	var f facts
	for _, t := range ix.forward[ix.starts[item]:ix.starts[item+1]] {
		if value, ok := ix.stated[t&^endOfUnit]; ok {
			f.add(value)
		}
	}
	return f
}
