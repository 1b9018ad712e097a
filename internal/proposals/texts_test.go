package proposals_test

import (
	"fmt"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/proposals"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// Only the texts of claims that get other words are read. What stands beside it in one request, of however many
// articles, does not keep a statement back; beyond what is read at once, the answer says that it is sent alone.
func TestManyTextsOfOneRequest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		m := machine(w, "rephraser")
		const all = 2*proposals.MostTexts + 5
		var glosses, statements []proposals.Item
		for i := range all {
			town := string(rune('A'+i)) + "borg"
			fact := fmt.Sprintf("The mayor of %s closed two schools on 3 May 2021.", town)
			c := w.Claim(w.Article(articles.Import{Lang: "en", Raw: fact}), fact, fact)
			glosses = append(glosses, proposals.Item{Kind: proposals.Gloss, Claim: c.ID, Lang: "de",
				Statement: fmt.Sprintf("Die Bürgermeisterin von %s schloss am 3. Mai 2021 zwei Schulen.", town)})
			statements = append(statements, proposals.Item{Kind: proposals.Statement, Claim: c.ID,
				Statement: fmt.Sprintf("The mayor of %s closed two schools on 3 May 2021", town)})
		}
		mixed := append(append([]proposals.Item{}, glosses...), statements[all-1])
		got := propose(w, m, mixed...)
		if last := got[all]; last.Outcome != proposals.Kept {
			t.Errorf("a statement beside %d glosses: %+v", all, last)
		}
		count := map[string]int{}
		var left []proposals.Item
		for i, a := range propose(w, m, statements...) {
			count[string(a.Outcome)+" "+string(a.Why)]++
			if a.Why == proposals.Many {
				left = append(left, statements[i])
			}
		}
		if count["refused too_many"] != 5 || len(count) > 3 {
			t.Errorf("%v", count)
		}
		for i, a := range propose(w, m, left...) {
			if a.Outcome == proposals.Refused {
				t.Errorf("sent alone: %+v: %+v", left[i], a)
			}
		}
	})
}
