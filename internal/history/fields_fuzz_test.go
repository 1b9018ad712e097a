package history

import (
	"encoding/json"
	"maps"
	"testing"
)

// FuzzDecode: what is read as canonical is exactly what encode writes, and comes out as encoding/json reads it.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{`{}`, `{"a":"b"}`, `{"a":"b","c":""}`, `{"c":"","a":"b"}`, `{"a":"b","a":"b"}`,
		`{"a":"\n\u0001\\\""}`, `{"a":"\u000a"}`, `{"a":"\/"}`, `{"a" :"b"}`, `{"a":"b"} `,
		`{"a":"b",}`, `{"a":1}`, `{"a":"b"`,
		`{"a":"\ud800"}`, "{\"a\":\"\xff\"}",
		`{"":""}`, `{"a":"گ"}`, `[]`, `null`, ``, `{"a":"b\"}`, `{"a":"b","b":"c"}x`, "{\"a\":\"\t\"}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want map[string]string
		canonical := json.Unmarshal([]byte(s), &want) == nil && want != nil && encode(want) == s
		got, err := decode(s)
		if (err == nil) != canonical {
			t.Fatalf("decode(%q) = %v, %v; canonical: %v", s, got, err, canonical)
		}
		if canonical && !maps.Equal(got, want) {
			t.Fatalf("decode(%q) = %v, want %v", s, got, want)
		}
	})
}
