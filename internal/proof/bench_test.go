package proof

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkClaim flattens and hashes a claim with three items of evidence, as a freeze does.
func BenchmarkClaim(b *testing.B) {
	item := `{"evidence":%d,"stance":"supports","kind":"report","origin":"","exact":"Minutes: 12 grants approved.",` +
		`"prefix":"","suffix":"","lang":"en","article":{"article":2,"title":"Minutes","source":"Council",` +
		`"reliability":"A","byline":"","url":"https://council.example/minutes","lang":"en","published":"2025-11-02",` +
		`"revision":1,"sha256":"` + strings.Repeat("0", 64) + `"},"start":0,"end":28,"url":"","archived_url":"",` +
		`"read_on":"","note":"","differences":[],"relied":true}`
	claim := []byte(`{"claim":14,"statement":"شورا ۱۲ کمک را تصویب کرد","lang":"fa","dir":"rtl","glosses":[],` +
		`"evidence":[` + fmt.Sprintf(item+","+item+","+item, 1, 2, 3) +
		`],"reviews":[{"verdict":"corroborated","reason":"x"}],"round":1}`)
	leaves, err := NewLeaves([]byte("0123456789abcdef"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(claim)))
	for b.Loop() {
		if _, err := leaves.Of(14, claim); err != nil {
			b.Fatal(err)
		}
	}
}
