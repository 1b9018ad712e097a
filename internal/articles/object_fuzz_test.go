package articles

import "testing"

// An object that is read is the one that is written.
func FuzzOfObject(f *testing.F) {
	for _, s := range []string{"article:1", "article:", "article:-3", "claim:1", "article:9223372036854775808",
		"article: 7",
		"article:0x1f", "article:+5", "article:007"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := OfObject(s)
		if err == nil && Object(id) != s {
			t.Errorf("%q is read as %d, which is written %q", s, id, Object(id))
		}
	})
}
