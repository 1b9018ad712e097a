package worth_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/worth"
)

// shown is a candidate with some signs.
func shown(worthy int, reasons ...string) worth.Profile {
	return worth.Of(worth.Shown{Kind: "fact", Reasons: reasons, Words: "forty code points or some more than that, yes",
		Sentence: 9, CheckWorthy: worthy})
}

func TestFirstOrderIsCheckWorthiness(t *testing.T) {
	t.Parallel()
	m := worth.Fit(nil)
	for low := 0; low < 100; low += 5 {
		a, b := shown(low, "number", "date"), shown(low+5)
		if m.Before(b, a) >= 0 {
			t.Errorf("with nothing learnt, %d of 100 stands before %d", low, low+5)
		}
	}
	if m.Score(0) != m.Score(shown(50)) {
		t.Error("a candidate that was not looked at yet does not stand in the middle")
	}
}

// TestFit: what people do with candidates that show a sign moves those that show it, the more decisions the farther,
// and leaves the others in their order.
func TestFit(t *testing.T) {
	t.Parallel()
	number, name, both := shown(60, "number"), shown(60, "named actor"), shown(60, "number", "named actor")
	last := 0
	for _, n := range []int{1, 5, 25, 125} {
		m := worth.Fit([]worth.Tally{{Profile: number, Accepted: n}, {Profile: name, Rejected: n}})
		gap := m.Score(number) - m.Score(name)
		if gap <= last || m.Score(both) >= m.Score(number) || m.Score(both) <= m.Score(name) {
			t.Errorf("after %d decisions of each kind: number %d, name %d, both %d", n, m.Score(number),
				m.Score(name), m.Score(both))
		}
		last = gap
		if m.Before(shown(70), shown(60)) >= 0 {
			t.Errorf("after %d decisions a more check-worthy one of the same kind stands behind", n)
		}
		if c := m.Chance(number); c <= 0.5 || c >= 1 {
			t.Errorf("the chance of what is always accepted is %f", c)
		}
	}
	for _, n := range []int{1_000_000, 1 << 40} { // no number of decisions breaks it
		m := worth.Fit([]worth.Tally{{Profile: number, Accepted: n}, {Profile: name, Rejected: n}})
		if m.Score(number) <= m.Score(name) {
			t.Errorf("after %d decisions of each kind: %d and %d", n, m.Score(number), m.Score(name))
		}
	}
}

func TestOrderOfTalliesIsNoMatter(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	var all []worth.Tally
	for i := range 200 {
		all = append(all, worth.Tally{Profile: worth.Of(worth.Shown{Kind: "opinion", Hedged: i%3 == 0,
			Words: "words", Sentence: i, CheckWorthy: i % 101}), Accepted: rng.IntN(9), Rejected: rng.IntN(9)})
	}
	want := worth.Fit(all)
	for range 5 {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := worth.Fit(all); got != want {
			t.Fatalf("%v and %v", got, want)
		}
	}
}

func TestBecause(t *testing.T) {
	t.Parallel()
	liked, not := shown(60, "number", "named actor"), shown(60, "outside the body")
	all := []worth.Tally{{Profile: liked, Accepted: 12, Rejected: 1}, {Profile: not, Rejected: 9, Accepted: 2}}
	m := worth.Fit(all)
	for p, want := range map[worth.Profile]string{
		liked:                         "like 12 of 13 accepted here: number, named actor",
		shown(20, "number", "date"):   "like 12 of 13 accepted here: number",
		not:                           "like 9 of 11 rejected here: outside the body",
		shown(60, "date"):             "",
		shown(60, "public matter"):    "",
		0:                             "",
		worth.Of(worth.Shown{}):       "",
		shown(60, "comparison", "so"): "",
	} {
		if got := m.Because(p, all).String(); got != want {
			t.Errorf("because %q, not %q", got, want)
		}
	}
	if got := worth.First().Because(liked, nil).String(); got != "" {
		t.Errorf("with nothing learnt, because %q", got)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	o := worth.Order{Day: 20_000, Decided: 7,
		Model: worth.Fit([]worth.Tally{{Profile: shown(5, "date"), Rejected: 40}})}
	back, err := worth.ParseOrder(o.String())
	if err != nil || back != o {
		t.Errorf("%+v became %+v, %v", o, back, err)
	}
	for _, p := range []worth.Place{{}, {Rows: 50, Profile: shown(80, "number"), Key: 77, Drawn: worth.Lots},
		{Rows: math.MaxInt, Key: math.MaxInt64}} {
		back, err := worth.ParsePlace(p.String())
		if err != nil || back != p {
			t.Errorf("%+v became %+v, %v", p, back, err)
		}
	}
	if len(o.String()) > 100 {
		t.Errorf("an order has %d letters", len(o.String()))
	}
}

func FuzzAddresses(f *testing.F) {
	f.Add(worth.Order{Model: worth.First(), Day: 1, Decided: 2}.String())
	f.Add(worth.Place{Rows: 3, Profile: shown(4), Key: 5, Drawn: 6}.String())
	f.Add("AQ")
	f.Fuzz(func(t *testing.T, s string) {
		if o, err := worth.ParseOrder(s); err == nil && o.String() != s {
			t.Errorf("%q is another way to write %q", s, o.String())
		} else if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Error(err)
		}
		if p, err := worth.ParsePlace(s); err == nil && (p.String() != s || !p.Profile.Valid() || p.Key < 0) {
			t.Errorf("%q is %+v", s, p)
		}
	})
}

// TestLots: no two candidates have the same lot, the lots of neighbours lie anywhere, and every day begins elsewhere.
func TestLots(t *testing.T) {
	t.Parallel()
	seen, low := map[int64]bool{}, 0
	for id := range int64(100_000) {
		lot := worth.LotOf(id)
		if lot < 0 || lot >= worth.Lots || seen[lot] {
			t.Fatalf("candidate %d has the lot %d", id, lot)
		}
		seen[lot] = true
		if lot < worth.Lots/2 {
			low++
		}
	}
	if low < 49_000 || low > 51_000 {
		t.Errorf("%d of 100,000 lots lie in the lower half", low)
	}
	if f := worth.FirstLot(1, 20_000); f == worth.FirstLot(1, 20_001) || f == worth.FirstLot(2, 20_000) {
		t.Error("two days, or two collections, begin at the same lot")
	}
	for _, c := range []struct{ first, lot, round int64 }{{0, 0, 1}, {5, 5, 1}, {5, 6, 2}, {5, 4, worth.Lots},
		{0, worth.Lots - 1, worth.Lots}} {
		if got := worth.Round(c.first, c.lot); got != c.round {
			t.Errorf("from %d to %d it is %d, not %d", c.first, c.lot, got, c.round)
		}
	}
	by := 0
	for n := range 1000 {
		if worth.ByLot(3, n) {
			by++
		}
		if worth.ByLot(n, 5) != worth.ByLot(n+1, 4) {
			t.Fatal("a row does not stay what it is when one above it is decided")
		}
	}
	if by != 1000/worth.OneIn {
		t.Errorf("%d of 1,000 rows are drawn", by)
	}
}

// TestUnseenHolds reads made-up collections to the end, the best first as far as a model that knows much can say, and
// one in ten by lot. The bounds must hold at all moments of at least 95 of 100 collections; here there are fewer, so 90
// of 100 are asked. They must also say something: after half of it was read, the upper bound is below all that waits.
func TestUnseenHolds(t *testing.T) {
	t.Parallel()
	const collections, size = 60, 400
	broke, above, looks, known := 0, 0, 0, 0
	for n := range collections {
		rng := rand.New(rand.NewPCG(7, uint64(n)))
		share := 0.02 + 0.6*rng.Float64()
		worthy, byWorth, byLot := make([]bool, size), rng.Perm(size), rng.Perm(size)
		score := make([]float64, size)
		all := 0
		for i := range worthy {
			worthy[i] = rng.Float64() < share
			score[i] = rng.NormFloat64()
			if worthy[i] {
				all++
				score[i] += 1.5
			}
		}
		slices.SortFunc(byWorth, func(a, b int) int { return int(math.Copysign(1, score[b]-score[a])) })
		done, found, at, ever := make([]bool, size), 0, 0, false
		first := func(order []int) int { return order[slices.IndexFunc(order, func(i int) bool { return !done[i] })] }
		var draws []worth.Draw
		head := first(byLot)
		drawn := worth.Draw{Waiting: size, All: size}
		for at = range size {
			next := head
			if !worth.ByLot(at, 0) {
				next = first(byWorth)
			}
			done[next] = true
			if worthy[next] {
				found++
			}
			if next == head {
				drawn.Worth = worthy[next]
				draws = append(draws, drawn)
				if at+1 < size {
					head, drawn = first(byLot), worth.Draw{Waiting: size - at - 1, Found: found, All: size}
				}
			}
			left := worth.Unseen(draws, size-at-1, found, size)
			if !left.Known() || at+1 == size {
				continue
			}
			ever = ever || all-found < left.Low || all-found > left.High
			if left.Low > left.Likely || left.Likely > left.High {
				t.Fatalf("%+v", left)
			}
			if at == size/2 {
				known++
				if left.High < size-at-1 {
					looks++
				}
			}
			if left.Enough(found) && found*100 < 90*all {
				above++
			}
		}
		if ever {
			broke++
		}
	}
	if broke > collections/10 {
		t.Errorf("the bounds broke at some moment in %d of %d collections", broke, collections)
	}
	if known == 0 || looks < known*9/10 {
		t.Errorf("half-way through, the bounds say nothing in %d of %d collections", known-looks, known)
	}
	if above > 0 {
		t.Errorf("%d times the hint said stop when less than 90 of 100 were found", above)
	}
}

// TestUnseenOddCounts: counts that cannot be give the widest bounds, and no fault.
func TestUnseenOddCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		draws                 []worth.Draw
		waiting, found, total int
	}{
		{nil, 0, 0, 0}, {nil, 9, 0, 9}, {[]worth.Draw{{Waiting: 1, Found: 5, All: 9, Worth: true}}, 3, 2, 9},
		{[]worth.Draw{{}}, 3, 0, 3}, {[]worth.Draw{{Waiting: 10, All: 10}}, 1_000_000, 0, 1_000_000},
	} {
		got := worth.Unseen(c.draws, c.waiting, c.found, c.total)
		if got.Low < 0 || got.Low > got.Likely || got.Likely > got.High || got.High > c.waiting {
			t.Errorf("%v: %+v", c, got)
		}
	}
}
