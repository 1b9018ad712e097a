package clause

import (
	"bytes"
	"compress/gzip"

	"claimbench/internal/lang"
)

// Example is a sentence whose clauses are known: Kinds has, for each code point at which a clause begins, what it is.
type Example struct {
	Lang  string
	Line  []rune
	Kinds map[int]Kind
}

// Train learns the weights from examples in the given number of rounds, and gives them as weights.bin holds them. The
// same examples in the same order give the same bytes.
func Train(examples []Example, rounds int) ([]byte, error) {
	t := trainer{weights: make([]int32, buckets*int(kinds)), sums: make([]int64, buckets*int(kinds))}
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	seed := uint32(20241110)
	for range rounds {
		for i := len(order) - 1; i > 0; i-- { // a shuffle that is the same everywhere
			seed = seed*1664525 + 1013904223
			j := int(seed>>8) % (i + 1)
			order[i], order[j] = order[j], order[i]
		}
		for _, i := range order {
			t.learn(examples[i])
		}
	}
	return t.pack()
}

type trainer struct {
	weights []int32
	sums    []int64 // of weight × time, to give the average at the end
	now     int64
}

// labelsOf gives each word the kind of the clause that begins in it.
func labelsOf(e Example, words []word) []Kind {
	labels := make([]Kind, len(words))
	for i, w := range words {
		for at := w.start; at < w.end; at++ {
			if k, ok := e.Kinds[at]; ok {
				labels[i] = k
				break
			}
		}
	}
	return labels
}

func (t *trainer) learn(e Example) {
	id, ok := languageID(e.Lang)
	words := cut(e.Line, lang.Of(e.Lang).Is(lang.Unspaced))
	if !ok || len(words) == 0 {
		return
	}
	s := newSentence(e.Line, words, id)
	want := labelsOf(e, words)
	st := state{}
	var features []uint32
	for i := range words {
		features = s.features(i, &st, features[:0])
		var scores [kinds]int32
		for _, f := range features {
			for k := range scores {
				scores[k] += t.weights[f*uint32(kinds)+uint32(k)]
			}
		}
		got := best(&scores, s, i)
		t.now++
		if got != want[i] && !(s.marks[i] && i > 0) {
			for _, f := range features {
				t.change(f*uint32(kinds)+uint32(want[i]), 1)
				t.change(f*uint32(kinds)+uint32(got), -1)
			}
		}
		s.step(i, got, &st) // it learns from its own mistakes
	}
}

func (t *trainer) change(cell uint32, by int32) {
	t.weights[cell] += by
	t.sums[cell] += int64(by) * t.now
}

// pack averages the weights over time, brings them to a byte each, and compresses them.
func (t *trainer) pack() ([]byte, error) {
	mean := make([]float64, len(t.weights))
	top := 1.0
	for i, w := range t.weights {
		mean[i] = float64(w) - float64(t.sums[i])/float64(t.now+1)
		top = max(top, mean[i], -mean[i])
	}
	raw := make([]byte, len(mean))
	for i, w := range mean {
		raw[i] = byte(int8(w * 127 / top))
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Score counts the boundaries of clauses inside sentences: how many were found, how many there are, how many of those
// found are boundaries, and how many of these have the right kind.
type Score struct{ Found, Gold, Hit, Kind int }

// Boundaries is the F1 of the boundaries, 0–100.
func (s Score) Boundaries() float64 { return f1(s.Hit, s.Found+s.Gold) }

// Labelled is the F1 of the boundaries with their kind, 0–100.
func (s Score) Labelled() float64 { return f1(s.Kind, s.Found+s.Gold) }

func f1(hit, both int) float64 {
	if both == 0 {
		return 0
	}
	return 200 * float64(hit) / float64(both)
}

// Measure tags the examples with weights as Train gives them, and compares. The first word of a line is left out.
func Measure(packed []byte, examples []Example) (Score, error) {
	m, err := unpack(packed)
	if err != nil {
		return Score{}, err
	}
	var s Score
	for _, e := range examples {
		id, _ := languageID(e.Lang)
		words := cut(e.Line, lang.Of(e.Lang).Is(lang.Unspaced))
		want := labelsOf(e, words)
		for i, got := range m.tag(newSentence(e.Line, words, id)) {
			if i == 0 {
				continue
			}
			if got != None {
				s.Found++
			}
			if want[i] != None {
				s.Gold++
			}
			if got != None && want[i] != None {
				s.Hit++
			}
			if got != None && got == want[i] {
				s.Kind++
			}
		}
	}
	return s, nil
}
