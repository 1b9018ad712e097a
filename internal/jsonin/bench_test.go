package jsonin

import (
	"encoding/json"
	"strings"
	"testing"
)

// A pasted article of 5 MiB is the largest body.
func BenchmarkRead(b *testing.B) {
	raw, err := json.Marshal(map[string]string{"text": strings.Repeat("The dam broke on Friday, سد شکست. ", 140_000)})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if err := Read(raw, &body{}, OnlyKnown); err != nil {
			b.Fatal(err)
		}
	}
}
