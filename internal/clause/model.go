package clause

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"sync"
)

//go:embed weights.bin
var packed []byte

// model holds a weight for each bucket and kind, one after the other.
type model []int8

// weights unpacks the embedded weights, once.
var weights = sync.OnceValue(func() model {
	m, err := unpack(packed)
	if err != nil {
		panic("internal/clause/weights.bin: " + err.Error() + "; make it again as doc.go says")
	}
	return m
})

// unpack reads weights as Train packed them.
func unpack(packed []byte) (model, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	if len(raw) != buckets*int(kinds) {
		return nil, fmt.Errorf("%d weights in place of %d", len(raw), buckets*int(kinds))
	}
	m := make(model, len(raw))
	for i, b := range raw {
		m[i] = int8(b)
	}
	return m, nil
}

// tag gives each word its label, from left to right.
func (m model) tag(s *sentence) []Kind {
	labels := make([]Kind, len(s.forms))
	st := state{}
	features := make([]uint32, 0, 64)
	for i := range labels {
		features = s.features(i, &st, features[:0])
		var scores [kinds]int32
		for _, f := range features {
			row := m[f*uint32(kinds) : (f+1)*uint32(kinds)]
			for k := range scores {
				scores[k] += int32(row[k])
			}
		}
		labels[i] = best(&scores, s, i)
		s.step(i, labels[i], &st)
	}
	return labels
}

// best is the kind with the highest score. The first word begins a clause, and a mark never does.
func best(scores *[kinds]int32, s *sentence, i int) Kind {
	if s.marks[i] && i > 0 {
		return None
	}
	top := None
	if i == 0 {
		top = Main
	}
	for k := top + 1; k < kinds; k++ {
		if scores[k] > scores[top] {
			top = k
		}
	}
	return top
}
