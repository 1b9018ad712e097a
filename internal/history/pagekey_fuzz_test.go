package history

import (
	"testing"

	"claimbench/internal/fault"
)

// FuzzPages: where a page begins is read as it was written; anything else is refused, in words for people.
func FuzzPages(f *testing.F) {
	p, err := NewPages(make([]byte, 32))
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"", "1", "-1", "9223372036854775808", "AAAA", p.Write(7, false),
		p.Write(7, false) + "="} {
		f.Add(s, int64(7))
	}
	f.Fuzz(func(t *testing.T, at string, seq int64) {
		if got, err := p.Read(p.Write(seq, false), false); err != nil || got != seq {
			t.Fatalf("%d is read as %d, %v", seq, got, err)
		}
		for _, readsAll := range []bool{false, true} {
			got, err := p.Read(at, readsAll)
			switch kind := fault.KindOf(err); {
			case err == nil && at != "" && !readsAll && p.Write(got, readsAll) != at:
				t.Errorf("%q is read as %d, which is written %q", at, got, p.Write(got, readsAll))
			case err != nil && (kind != fault.Invalid && kind != fault.NotFound || fault.Message(err) == ""):
				t.Errorf("%q: %v", at, err)
			}
		}
	})
}
