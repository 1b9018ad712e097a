package claims

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// The hash of wordings that were written before they had their surroundings is in histories of every age: it never
// changes. What a newer wording has counts.
func TestHashesOfWordingsStay(t *testing.T) {
	t.Parallel()
	old := Wording{ClaimID: 7, WordsVersion: 1, Place: articles.Place{RevisionID: 3, Span: text.Span{Start: 4, End: 9},
		Quote: text.Quote{Exact: "it is"}}, Statement: "It is.", Attribution: "article", Hedge: store.Strings{"about"},
		WordedBy: 2, WordedAt: 1_700_000_000_000_000}
	const was = "1089967498d29fc45b671821839fc7b89bc1e89d4fc4c3f75dd0ad5a2602b787" // as an earlier program wrote it
	if got := hashWordings([]Wording{old}); got != was {
		t.Errorf("an old wording hashes to %s", got)
	}
	seen := map[string]string{}
	for name, change := range map[string]func(*Wording){
		"old": func(*Wording) {}, "prefix": func(w *Wording) { w.Prefix = "So " },
		"suffix": func(w *Wording) { w.Suffix = "So " }, "exact": func(w *Wording) { w.Exact = "it was" },
		"revision": func(w *Wording) { w.RevisionID = 4 }, "end": func(w *Wording) { w.End = 10 },
	} {
		w := old
		change(&w)
		hash := hashWordings([]Wording{w})
		if other, twice := seen[hash]; twice {
			t.Errorf("%s and %s hash alike", name, other)
		}
		seen[hash] = name
	}
}
