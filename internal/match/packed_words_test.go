package match

import (
	"fmt"
	"slices"
	"testing"
)

// TestPackedWords: a packed table answers as the map that it was made of, for words that are there and that are not.
func TestPackedWords(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 3, 1000} {
		of := map[string][]conceptID{}
		for i := range n {
			of[fmt.Sprint("word ", i*i)] = []conceptID{conceptID(i), conceptID(i + 1)}[:1+i%2]
		}
		packed := packWords(of)
		for i := range 2*n + 1 {
			w := fmt.Sprint("word ", i)
			if got := packed.of(w); !slices.Equal(got, of[w]) || (got == nil) != (of[w] == nil) {
				t.Errorf("of %d words, %q gives %v, want %v", n, w, got, of[w])
			}
		}
	}
	lex := Builtin()
	if len(lex.packedForms.words) < 10_000 || lex.forms != nil || lex.stems != nil {
		t.Errorf("the lexicon has %d words packed; maps left: %t", len(lex.packedForms.words), lex.forms != nil)
	}
}
