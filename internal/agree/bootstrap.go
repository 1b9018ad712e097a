package agree

import (
	"math"
	"slices"
)

const (
	samples = 1000 // drawn for an interval
	// fewest is how many of the samples a measure must be defined in, for its interval to say something
	fewest = samples / 2
)

// Interval gives the bounds between which a measure lies in 95 of 100 samples of the same size, drawn with replacement
// from the units (the percentile bootstrap). The same table gives the same bounds. ok is false with fewer than two
// units, and when the measure is undefined in half of the samples.
func Interval(all []Pattern, measure func([]Pattern) (float64, bool)) (low, high float64, ok bool) {
	all, n := Comparable(all)
	if n < 2 {
		return 0, 0, false
	}
	all = gathered(all)
	d := dice(n)
	drawn := slices.Clone(all)
	var got []float64
	for range samples {
		d.draw(drawn, all, n)
		if x, defined := measure(drawn); defined {
			got = append(got, x)
		}
	}
	if len(got) < fewest {
		return 0, 0, false
	}
	slices.Sort(got)
	at := func(share float64) float64 { return got[int(math.Round(share*float64(len(got)-1)))] }
	return at(0.025), at(0.975), true
}

// gathered is the patterns, each once and in their order: how the database gave them must not matter.
func gathered(all []Pattern) (out []Pattern) {
	slices.SortFunc(all, func(a, b Pattern) int { return slices.Compare(a.Counts, b.Counts) })
	for _, p := range all {
		if last := len(out) - 1; last >= 0 && slices.Equal(out[last].Counts, p.Counts) {
			out[last].Units += p.Units
		} else {
			out = append(out, p)
		}
	}
	return out
}

// dice is SplitMix64 (Steele, Lea and Flood, 2014): small, and the same in every version of everything.
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// share is a number from 0 to below 1.
func (d *dice) share() float64 { return float64(d.next()>>11) / (1 << 53) }

// draw fills a table with n units drawn from another: category by category, each by the share that it has of what is
// still to come. So it costs by patterns, not by units.
func (d *dice) draw(into, from []Pattern, n int) {
	left, rest := n, n
	for i, p := range from {
		k := left
		if rest > p.Units {
			k = d.binomial(left, float64(p.Units)/float64(rest))
		}
		into[i].Units = k
		left, rest = left-k, rest-p.Units
	}
}

// few is up to which variance units are drawn one by one; above it the normal curve is as good as what it stands for.
const few = 200

// binomial is how many of n chances of p come true.
func (d *dice) binomial(n int, p float64) (k int) {
	if v := float64(n) * p * (1 - p); v > few {
		// Box and Muller, 1958; 1-share is never 0
		z := math.Sqrt(-2*math.Log(1-d.share())) * math.Cos(2*math.Pi*d.share())
		return min(max(int(math.Round(float64(n)*p+z*math.Sqrt(v))), 0), n)
	}
	if p > 0.5 {
		return n - d.binomial(n, 1-p)
	}
	if p <= 0 {
		return 0
	}
	// from one that comes true to the next (Devroye, Non-Uniform Random Variate Generation, 1986, X.4.3)
	for at := 0; ; k++ {
		at += int(math.Log(1-d.share())/math.Log1p(-p)) + 1
		if at > n {
			return k
		}
	}
}
