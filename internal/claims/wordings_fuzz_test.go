package claims

import "testing"

// FuzzHashWordings: two wordings that differ in a word have two hashes, and so have one wording and two: no text can
// pass for the end of one and the beginning of another.
func FuzzHashWordings(f *testing.F) {
	f.Add("a", "b", "c", "d", int64(1), int64(2))
	f.Add("a\" \"b", "", "a", "b\n1 0 0 0", int64(0), int64(0))
	f.Add("", "prefix \"a\" suffix \"b\"\n", "", "", int64(0), int64(-1))
	f.Fuzz(func(t *testing.T, statement, attribution, otherStatement, otherAttribution string, at, otherAt int64) {
		a := Wording{}
		a.Statement, a.Attribution, a.WordsVersion = statement, attribution, at
		b := Wording{}
		b.Statement, b.Attribution, b.WordsVersion = otherStatement, otherAttribution, otherAt
		same := statement == otherStatement && attribution == otherAttribution && at == otherAt
		if (hashWordings([]Wording{a}) == hashWordings([]Wording{b})) != same {
			t.Errorf("%+v and %+v: one hash, or two for one", a, b)
		}
		if hashWordings([]Wording{a, b}) == hashWordings([]Wording{a}) {
			t.Errorf("%+v adds nothing to the hash", b)
		}
	})
}
