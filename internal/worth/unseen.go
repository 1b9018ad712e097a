package worth

import "math"

// A Draw is one candidate that was drawn at random from all that waited: how many these were (it among them), how many
// had been accepted before, how many candidates there were in all, and whether people accepted it.
type Draw struct {
	Waiting, Found, All int
	Worth               bool
}

// Left is what is still unseen and worth a check, of the candidates that wait: most likely, and between which bounds it
// lies in 95 of 100 collections, however often one looks. Draws is on how many draws this rests.
type Left struct {
	Low, Likely, High int
	Draws             int
}

const (
	// MostDraws is how many draws, the last ones, an estimate looks at.
	MostDraws = 400
	// LeastDraws is how many it takes before there is an estimate.
	LeastDraws = 10

	unsure     = 0.05
	mostPoints = 256
	goodRecall = 95 // of 100: what may be left unseen when the hint says stop
)

// Unseen estimates how many of the waiting candidates people would accept.
//
// If r of them would be, then found+r of the collection are worth a check, and a draw, made when f of these had been
// found and n candidates waited, was one of them with the chance (found+r−f)/n. The product over all draws is the
// likelihood of r: it holds whatever was decided between two draws, and by what order, for a draw is by lot. The bounds
// are those of the prior-posterior-ratio martingale for sampling without replacement, with an even prior: r is kept
// unless its likelihood is below 5 % of the mean. So they hold at every moment, also when somebody stops because of
// what they see (Waudby-Smith and Ramdas, Confidence sequences for sampling without replacement, NeurIPS 2020, theorem
// 2.1; that a draw is weighed by what waited at its moment is the estimator of Farquhar, Gal and Rainforth, On
// statistical bias in active learning, ICLR 2021).
//
// Articles that came in after a draw are taken to hold as much as those before.
func Unseen(draws []Draw, waiting, found, all int) Left {
	draws = draws[max(0, len(draws)-MostDraws):]
	left := Left{High: waiting, Draws: len(draws)}
	points := grid(waiting)
	like, most, mass := make([]float64, len(points)), math.Inf(-1), 0.0
	for i, r := range points {
		like[i] = likelihood(draws, found+r, all)
		if like[i] > most {
			most, left.Likely = like[i], r
		}
	}
	if math.IsInf(most, -1) || len(draws) == 0 {
		left.Likely = waiting
		return left // what was drawn cannot have been: the counts are of another collection
	}
	even := 0.0
	for i := range points {
		like[i] = math.Exp(like[i] - most)
		mass += like[i] * width(points, i)
		even += width(points, i)
	}
	left.Low, left.High = left.Likely, left.Likely
	for i, r := range points {
		if like[i] > unsure*mass/even {
			left.Low = min(left.Low, r+1-int(width(points, i)))
			left.High = max(left.High, through(points, i))
		}
	}
	return left
}

// likelihood is the logarithm of the likelihood that worth candidates of all are worth a check.
func likelihood(draws []Draw, worth, all int) (sum float64) {
	for _, d := range draws {
		n := float64(d.Waiting)
		then := float64(worth)
		if all > 0 && d.All < all {
			then = float64(worth) * float64(d.All) / float64(all)
		}
		p := max(0, min(n, then-float64(d.Found))) / n
		if d.Worth {
			sum += math.Log(p)
		} else {
			sum += math.Log1p(-p)
		}
	}
	return sum
}

// grid are the numbers from 0 to n that are tried: all of a few, of many ever wider apart, n among them.
func grid(n int) []int {
	out := []int{0}
	for out[len(out)-1] < n {
		last := out[len(out)-1]
		out = append(out, min(n, last+1+max(0, last-mostPoints/2)/16))
	}
	return out
}

// width is how many numbers a point of the grid stands for: itself, and those after the point before.
func width(points []int, i int) float64 {
	if i == 0 {
		return 1
	}
	return float64(points[i] - points[i-1])
}

// through is the last number that a point stands for when it bounds from above: up to the next point.
func through(points []int, i int) int {
	if i+1 < len(points) {
		return points[i+1] - 1
	}
	return points[i]
}

// Enough says whether so little is left that a person may stop: with what was found, 95 of 100 are found, even if the
// upper bound is true.
func (l Left) Enough(found int) bool {
	return l.Draws >= LeastDraws && found > 0 && found*100 >= goodRecall*(found+l.High)
}

// Known says whether there were enough draws to say anything.
func (l Left) Known() bool { return l.Draws >= LeastDraws }
