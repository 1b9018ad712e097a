package worth

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Tally counts the candidates of one profile in a collection: those that wait, and what people did with the others.
type Tally struct {
	Profile                     Profile
	Waiting, Accepted, Rejected int
}

// Model gives every feature a weight, in steps of 1/weightSteps of a logit. It is made of whole numbers, so that an
// order is the same wherever and whenever it is worked out again.
type Model [Features]int16

const (
	weightSteps = 64
	mostWeight  = 8 * weightSteps
)

// What a model is before anybody decided: check-worthiness orders, an eighth of a logit for five points.
const firstSlope = 0.125

// How firmly the first model is held to, as the precision of a normal prior: the weight of a sign moves by what some
// twenty decisions say, that of check-worthiness, of which the extractor knows much, by some hundreds.
const (
	holdSigns  = 4.0
	holdWorth  = 400.0
	holdAll    = 0.05
	fitRounds  = 12
	fitEnough  = 1e-4
	leastCurve = 1e-9
)

// First is the model of a collection in which nobody decided anything.
func First() (m Model) {
	m[featureWorth] = firstSlope * weightSteps
	return m
}

// hold is how firmly a weight is held to its first value, and this value.
func hold(feature int) (precision, first float64) {
	switch feature {
	case featureWorth:
		return holdWorth, firstSlope
	case featureAll:
		return holdAll, 0
	}
	return holdSigns, 0
}

// Fit learns from all decisions of a collection: a logistic regression of accepted or rejected on the features, held to
// First by a ridge, by Newton's method. Its cost is that of the profiles with a decision, whatever their candidates.
func Fit(all []Tally) Model {
	decided := slices.Clone(all)
	decided = slices.DeleteFunc(decided, func(t Tally) bool { return t.Accepted+t.Rejected == 0 || !t.Profile.made() })
	if len(decided) == 0 {
		return First()
	}
	slices.SortFunc(decided, func(a, b Tally) int { return cmp.Compare(a.Profile, b.Profile) })
	var w [Features]float64
	for k := range w {
		_, w[k] = hold(k)
	}
	for range fitRounds {
		if step(&w, decided) < fitEnough {
			break
		}
	}
	var m Model
	for k, v := range w {
		m[k] = int16(math.Round(max(-mostWeight, min(mostWeight, v*weightSteps))))
	}
	return m
}

// step is one step of Newton's method; it says how far the weights moved at most.
func step(w *[Features]float64, decided []Tally) (moved float64) {
	var slope [Features]float64
	var curve [Features][Features]float64
	for k := range w {
		precision, first := hold(k)
		slope[k], curve[k][k] = precision*(first-w[k]), precision
	}
	var at [Features]int
	var value [Features]float64
	for _, t := range decided {
		n, z := 0, 0.0
		t.Profile.each(func(f, v int) {
			at[n], value[n] = f, float64(v)
			z += w[f] * float64(v)
			n++
		})
		p, all := 1/(1+math.Exp(-z)), float64(t.Accepted+t.Rejected)
		rest, bend := float64(t.Accepted)-all*p, max(all*p*(1-p), leastCurve)
		for i := range n {
			slope[at[i]] += rest * value[i]
			for j := range n {
				curve[at[i]][at[j]] += bend * value[i] * value[j]
			}
		}
	}
	for k, d := range solve(&curve, &slope) {
		d = max(-2, min(2, d)) // a step that leaps too far is shortened
		w[k] += d
		moved = max(moved, math.Abs(d))
	}
	return moved
}

// solve solves a·x = b for a symmetric a whose eigenvalues are all above 0, by Cholesky's method; a is used up.
func solve(a *[Features][Features]float64, b *[Features]float64) (x [Features]float64) {
	for i := range Features {
		for j := range i + 1 {
			sum := a[i][j]
			for k := range j {
				sum -= a[i][k] * a[j][k]
			}
			if i == j {
				a[i][i] = math.Sqrt(sum)
			} else {
				a[i][j] = sum / a[j][j]
			}
		}
	}
	for i := range Features {
		x[i] = b[i]
		for k := range i {
			x[i] -= a[i][k] * x[k]
		}
		x[i] /= a[i][i]
	}
	for i := Features - 1; i >= 0; i-- {
		for k := i + 1; k < Features; k++ {
			x[i] -= a[k][i] * x[k]
		}
		x[i] /= a[i][i]
	}
	return x
}

// Score is what the model gives a profile; the greater, the sooner it is read.
func (m Model) Score(p Profile) int {
	sum := 0
	p.each(func(f, v int) { sum += int(m[f]) * v })
	return sum
}

// Chance is how likely people accept a candidate of a profile, as far as the model knows: from 0 to 1.
func (m Model) Chance(p Profile) float64 { return 1 / (1 + math.Exp(-float64(m.Score(p))/weightSteps)) }

// Before says whether the model reads profile a before profile b, below 0 if so. Equal scores go by the profile, so
// that there is one order only.
func (m Model) Before(a, b Profile) int {
	return cmp.Or(cmp.Compare(m.Score(b), m.Score(a)), cmp.Compare(b, a))
}

// Why says why a profile stands where it does: people accepted, or rejected, Times candidates that show the same signs,
// of the Of that they decided. Times is 0 where nothing was learnt of it yet.
type Why struct {
	Liked     bool
	Times, Of int
	Signs     []string
}

// String is the reason in words, "" when nothing was learnt.
func (w Why) String() string {
	if w.Times == 0 {
		return ""
	}
	did := "rejected"
	if w.Liked {
		did = "accepted"
	}
	return fmt.Sprintf("like %d of %d %s here: %s", w.Times, w.Of, did, strings.Join(w.Signs, ", "))
}

// Because finds the reason of a profile: the two of its signs that weigh most for what the model makes of it, and how
// often people decided so on candidates that show them.
func (m Model) Because(p Profile, all []Tally) Why {
	type said struct {
		feature, weight int
	}
	var found []said
	sum := 0
	p.each(func(f, _ int) {
		if featureWord(f) != "" && m[f] != 0 {
			found = append(found, said{f, int(m[f])})
		}
		if f != featureWorth {
			sum += int(m[f])
		}
	})
	for _, liked := range []bool{sum >= 0, sum < 0} {
		w := Why{Liked: liked}
		mine := slices.DeleteFunc(slices.Clone(found), func(s said) bool { return (s.weight > 0) != liked })
		slices.SortFunc(mine, func(a, b said) int { return cmp.Or(abs(b.weight)-abs(a.weight), a.feature-b.feature) })
		mine = mine[:min(2, len(mine))]
		for _, s := range mine {
			w.Signs = append(w.Signs, featureWord(s.feature))
		}
		for _, t := range all {
			if len(mine) > 0 && t.Profile.made() && !slices.ContainsFunc(mine, func(s said) bool {
				return !t.Profile.has(s.feature)
			}) {
				w.Of += t.Accepted + t.Rejected
				if liked {
					w.Times += t.Accepted
				} else {
					w.Times += t.Rejected
				}
			}
		}
		if w.Times > 0 && 3*w.Times >= 2*w.Of { // two of three, or it would explain nothing
			return w
		}
	}
	return Why{}
}

func abs(n int) int { return max(n, -n) }
