package eval

import "math"

// logistic is a logistic regression, trained in memory: weights, the last of
// which is the constant, after the features were scaled to mean 0 and spread 1.
type logistic struct {
	weight, mean, spread []float64
}

// trainLogistic fits rows (all of one length) to labels by full-batch gradient
// descent with momentum, with ridge as the penalty on the weights. Positives
// count as much as the negatives together.
func trainLogistic(rows [][]float64, labels []bool, ridge float64, rounds int) logistic {
	m := newScale(rows)
	n := len(m.mean)
	scaled := make([][]float64, len(rows))
	positives := 0
	for i, r := range rows {
		scaled[i] = m.scale(r)
		if labels[i] {
			positives++
		}
	}
	heavy := float64(len(rows)-positives) / math.Max(1, float64(positives))
	m.weight = make([]float64, n+1)
	step, velocity := 0.5, make([]float64, n+1)
	total := 2 * float64(len(rows)-positives)
	for range rounds {
		gradient := make([]float64, n+1)
		for i, r := range scaled {
			want, mass := 0.0, 1.0
			if labels[i] {
				want, mass = 1, heavy
			}
			diff := mass * (m.raw(r) - want)
			for k, v := range r {
				gradient[k] += diff * v
			}
			gradient[n] += diff
		}
		for k := range gradient {
			g := gradient[k] / total
			if k < n {
				g += ridge * m.weight[k]
			}
			velocity[k] = 0.9*velocity[k] - step*0.1*g
			m.weight[k] += velocity[k]
		}
	}
	return m
}

// newScale measures mean and spread of each feature.
func newScale(rows [][]float64) logistic {
	n := len(rows[0])
	m := logistic{mean: make([]float64, n), spread: make([]float64, n)}
	for _, r := range rows {
		for k, v := range r {
			m.mean[k] += v / float64(len(rows))
		}
	}
	for _, r := range rows {
		for k, v := range r {
			m.spread[k] += (v - m.mean[k]) * (v - m.mean[k]) / float64(len(rows))
		}
	}
	for k := range m.spread {
		m.spread[k] = math.Sqrt(m.spread[k])
		if m.spread[k] < 1e-6 {
			m.spread[k] = 1
		}
	}
	return m
}

func (m logistic) scale(row []float64) []float64 {
	out := make([]float64, len(row))
	for k, v := range row {
		out[k] = (v - m.mean[k]) / m.spread[k]
	}
	return out
}

// raw is the probability of a scaled row.
func (m logistic) raw(scaled []float64) float64 {
	z := m.weight[len(scaled)]
	for k, v := range scaled {
		z += m.weight[k] * v
	}
	return 1 / (1 + math.Exp(-z))
}

// probability is the probability of a row as given.
func (m logistic) probability(row []float64) float64 { return m.raw(m.scale(row)) }
