package claimset_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
)

// frozenLines are the claims of the golden file, and one with every field that is left out when it is empty.
func frozenLines(t testing.TB) []string {
	t.Helper()
	var all []string
	for _, name := range []string{"frozen-first.golden", "frozen.golden"} { // of the first program, and of this one
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(b)), "\n")
		all = append(all, lines[:len(lines)-1]...) // the last is the hash
	}
	full := strings.TrimSuffix(all[0], "}") + `,"brackets":[{"words":"a\"b","at":3,"start":0,"end":0,"revision":1}],` +
		`"stretches":[{"exact":"a","prefix":"","suffix":" b c","start":0,"end":1},` +
		`{"exact":"c","prefix":"a b ","suffix":"","start":4,"end":5}]}`
	last := strings.TrimSuffix(full, "}") + `,"explanation_lang":"fa","collection":"A \"desk\"",` +
		`"around":{"before":"b","after":" a."}}`
	last = strings.Replace(last, `"relied":true`, `"relied":true,`+
		`"around":{"before":"","after":"x"},"title":"A paper","publisher":"The press"`, 1)
	last = strings.Replace(last, `"confidence":70`, `"confidence":70,"rationale":"Because."`, 1)
	shelved := strings.TrimSuffix(last, "}") + `,"already_checked":[{"publisher":"P \"q\"","url":"https://p.example",` +
		`"rating":"False","day":"2025-03-04","sha256":"00ff"},{"publisher":"","url":"","rating":"","day":"",` +
		`"sha256":""}]}`
	return append(all, full, last, shelved)
}

// TestQuickReadsWhatIsFrozen: what this program freezes is read by the order of its fields, as encoding/json reads it.
func TestQuickReadsWhatIsFrozen(t *testing.T) {
	t.Parallel()
	for _, line := range frozenLines(t) {
		got, ok := claimset.Quick([]byte(line))
		if !ok {
			t.Fatalf("left to encoding/json: %s", line)
		}
		var want claimset.Entry
		if err := json.Unmarshal([]byte(line), &want); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v\nwant %+v, %v", got, want, err)
		}
		if v, ok := claimset.VerdictIn([]byte(line)); !ok || v != want.Verdict {
			t.Errorf("the verdict of %s is %q", line, v)
		}
		for id := range articles.ID(6) {
			named := want.Article.Article == id
			for _, x := range want.Evidence {
				named = named || x.Article != nil && x.Article.Article == id
			}
			if claimset.NamesAny([]byte(line), map[articles.ID]bool{id: true}) != named {
				t.Errorf("that it names article %d is %v: %s", id, !named, line)
			}
		}
	}
	if !claimset.NamesAny([]byte(`{"article": {"article": 7}}`), map[articles.ID]bool{1: true}) {
		t.Error("a frozen claim of another form is taken to name none")
	}
	tricky := `{"statement":"x,\"verdict\":\"disputed\"","verdict":"corroborated"}`
	if v, ok := claimset.VerdictIn([]byte(tricky)); !ok || v != claims.Corroborated {
		t.Errorf("a verdict within words: %q", v)
	}
}

// FuzzQuick: whatever the order of fields lets through, encoding/json reads too, and as the same.
func FuzzQuick(f *testing.F) {
	for _, line := range frozenLines(f) {
		f.Add(line)
		f.Add(line + " ")
		f.Add(strings.Replace(line, `"start":0`, `"start":00`, 1))
		f.Add(strings.Replace(line, `"glosses":[]`, `"glosses":null`, 1))
		f.Add(strings.Replace(line, `,"hedge":[]`, `,"hedge":["a","b",]`, 1))
		f.Add(strings.Replace(line, "Wire", "\xff\x01", 1))
	}
	f.Fuzz(func(t *testing.T, line string) {
		got, ok := claimset.Quick([]byte(line))
		if !ok {
			return
		}
		var want claimset.Entry
		if err := json.Unmarshal([]byte(line), &want); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s\nis read as %+v\nwant %+v, %v", line, got, want, err)
		}
	})
}
