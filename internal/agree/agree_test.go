package agree_test

import (
	"math"
	"slices"
	"testing"

	"claimbench/internal/agree"
)

// byUnit makes patterns of what each observer gave to each unit; 0 is a missing value, categories count from 1.
func byUnit(categories int, observers ...[]int) (out []agree.Pattern) {
	for u := range observers[0] {
		p := agree.Pattern{Counts: make([]int, categories), Units: 1}
		for _, o := range observers {
			if o[u] > 0 {
				p.Counts[o[u]-1]++
			}
		}
		out = append(out, p)
	}
	return out
}

func counted(rows ...[]int) (out []agree.Pattern) {
	for _, r := range rows {
		out = append(out, agree.Pattern{Counts: r, Units: 1})
	}
	return out
}

func near(t *testing.T, what string, got float64, ok bool, want, within float64) {
	t.Helper()
	if !ok || math.Abs(got-want) > within {
		t.Errorf("%s: %.4f (%v), published is %.4f", what, got, ok, want)
	}
}

// Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): A, two observers and binary data; B, two observers
// and five names; C, four observers, five names and missing values.
func TestAlphaAsPublished(t *testing.T) {
	t.Parallel()
	binary := byUnit(2, []int{1, 2, 1, 1, 1, 1, 1, 1, 2, 1}, []int{2, 2, 2, 1, 1, 2, 1, 1, 1, 1})
	a, ok := agree.Alpha(binary)
	near(t, "binary", a, ok, 0.095, 0.0005)

	names := byUnit(5, []int{1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1}, []int{2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4})
	a, ok = agree.Alpha(names)
	near(t, "names", a, ok, 0.692, 0.0005)

	missing := byUnit(5,
		[]int{1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
		[]int{1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
		[]int{0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
		[]int{1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0})
	a, ok = agree.Alpha(missing)
	near(t, "missing values", a, ok, 0.743, 0.0005)
	if f := agree.Of(missing); f.N != 11 || !f.Alpha.Interval || f.Alpha.Low > a || f.Alpha.High < a {
		t.Errorf("of twelve units eleven are compared, within bounds: %+v", f)
	}
}

// Fleiss (1971), table 1: thirty patients, five diagnoses, six psychiatrists each; κ 0.430.
func TestFleissAsPublished(t *testing.T) {
	t.Parallel()
	k, ok := agree.Fleiss(counted([]int{0, 0, 0, 6, 0}, []int{0, 3, 0, 0, 3}, []int{0, 1, 4, 0, 1},
		[]int{0, 0, 0, 0, 6}, []int{0, 3, 0, 3, 0}, []int{2, 0, 4, 0, 0}, []int{0, 0, 4, 0, 2},
		[]int{2, 0, 3, 1, 0}, []int{2, 0, 0, 4, 0}, []int{0, 0, 0, 0, 6}, []int{1, 0, 0, 5, 0},
		[]int{1, 1, 0, 4, 0}, []int{0, 3, 3, 0, 0}, []int{1, 0, 0, 5, 0}, []int{0, 2, 0, 3, 1},
		[]int{0, 0, 5, 0, 1}, []int{3, 0, 0, 1, 2}, []int{5, 1, 0, 0, 0}, []int{0, 2, 0, 4, 0},
		[]int{1, 0, 2, 0, 3}, []int{0, 0, 0, 0, 6}, []int{0, 1, 0, 5, 0}, []int{0, 2, 0, 1, 3},
		[]int{2, 0, 0, 4, 0}, []int{1, 0, 0, 4, 1}, []int{0, 5, 0, 1, 0}, []int{4, 0, 0, 0, 2},
		[]int{0, 2, 0, 4, 0}, []int{1, 0, 5, 0, 0}, []int{0, 0, 0, 0, 6}))
	near(t, "diagnoses", k, ok, 0.430, 0.0005)
}

// Cohen (1960), table 1: two hundred people by two psychologists; κ 0.492.
func TestCohenAsPublished(t *testing.T) {
	t.Parallel()
	cells := [][]int{{88, 14, 18}, {10, 40, 10}, {2, 6, 12}}
	k, ok := agree.Cohen(cells)
	near(t, "psychologists", k, ok, 0.492, 0.0005)
	if p := (agree.Pair{Cells: cells}).Patterns(); agree.Of(p).N != 200 || agree.Of(p).Raw.Value != 0.7 {
		t.Errorf("without who said what: %+v", agree.Of(p))
	}
}

func TestUndefinedExplainsItself(t *testing.T) {
	t.Parallel()
	same := agree.Of(counted([]int{2, 0, 0}, []int{2, 0, 0}, []int{3, 0, 0}))
	if same.Alpha.Undefined != agree.AllIdentical || same.Fleiss.Undefined != agree.AllIdentical ||
		same.Raw.Value != 1 || same.N != 3 {
		t.Errorf("all the same: %+v", same)
	}
	alone := agree.Of(counted([]int{1, 0, 0}, []int{0, 1, 0}))
	if alone.N != 0 || alone.Raw.Undefined != agree.NothingToCompare ||
		alone.Alpha.Undefined != agree.NothingToCompare {
		t.Errorf("one value each: %+v", alone)
	}
	if x := (agree.Pair{Cells: [][]int{{4, 0}, {0, 0}}}).Cohen(); x.Undefined != agree.AllIdentical {
		t.Errorf("a pair that always says the same: %+v", x)
	}
	if x, n := agree.MeanCohen(nil); x.Undefined != agree.NothingToCompare || n != 0 {
		t.Errorf("no pairs: %+v %d", x, n)
	}
	if _, _, ok := agree.Interval(counted([]int{1, 1}), agree.Raw); ok {
		t.Error("one unit has an interval")
	}
}

// What is true of every table: nothing is above 1; patterns split or in another order change nothing; a perfect table
// has 1; a million units cost no more than a hundred.
func TestMeasuresHold(t *testing.T) {
	t.Parallel()
	seed := uint64(7)
	roll := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % n
	}
	for range 300 {
		var table []agree.Pattern
		for range 1 + roll(6) {
			table = append(table, agree.Pattern{Counts: []int{roll(3), roll(3), roll(3)}, Units: roll(2000)})
		}
		f := agree.Of(table)
		for name, x := range map[string]agree.Number{"raw": f.Raw, "fleiss": f.Fleiss, "alpha": f.Alpha} {
			if x.Undefined == "" && (x.Value > 1+1e-9 || math.IsNaN(x.Value) || x.Interval && x.Low > x.High) {
				t.Fatalf("%s of %v is %+v", name, table, x)
			}
		}
		turned := slices.Clone(table)
		slices.Reverse(turned)
		if g := agree.Of(turned); math.Abs(g.Alpha.Value-f.Alpha.Value) > 1e-9 ||
			math.Abs(g.Alpha.Low-f.Alpha.Low) > 1e-9 || g.N != f.N {
			t.Fatalf("in another order %+v is %+v", f, g)
		}
	}
	perfect := agree.Of([]agree.Pattern{{Counts: []int{2, 0}, Units: 400000}, {Counts: []int{0, 2}, Units: 600000}})
	if perfect.Alpha.Value != 1 || perfect.Fleiss.Value != 1 || perfect.Alpha.Low != 1 {
		t.Errorf("perfect: %+v", perfect)
	}
}

// The interval of a share is known: 1.96·√(p(1−p)/n).
func TestIntervalIsThatOfAShare(t *testing.T) {
	t.Parallel()
	for _, n := range []int{50, 400, 5000, 1000000} {
		p := 0.7
		agreed := int(p * float64(n))
		low, high, ok := agree.Interval([]agree.Pattern{{Counts: []int{2, 0}, Units: agreed},
			{Counts: []int{1, 1}, Units: n - agreed}}, agree.Raw)
		half := 1.96 * math.Sqrt(p*(1-p)/float64(n))
		if !ok || math.Abs(high-low-2*half) > 0.15*2*half || math.Abs((low+high)/2-p) > 0.25*half {
			t.Errorf("of %d units: %.5f to %.5f, and ±%.5f is right", n, low, high, half)
		}
	}
}
