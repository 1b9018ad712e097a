package eval

import (
	"context"
	"os"
	"testing"

	"claimbench/internal/extract"
	"claimbench/internal/text"
)

func TestGoldClaims(t *testing.T) {
	dir := dataDir(t)
	gold, err := ReadGoldClaims(dir + "/gold/claims.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	total := ClaimScore{}
	for _, name := range sortedKeys(gold) {
		doc, err := readArticle(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		found, err := extract.Rules().Extract(context.Background(), extract.Document{Text: doc})
		if err != nil {
			t.Fatal(err)
		}
		s := ScoreClaims(found, gold[name], 0.5)
		total = total.Add(s)
		t.Logf("%s F1 %.1f found %d gold %d matched %d reported %.1f worth %.1f", name[:3], 100*s.F1(), s.Found, s.Gold,
			s.Matched, 100*s.ReportAccuracy(), 100*s.WorthF1())
		if os.Getenv("SHOW") == name[:3] {
			showDifferences(t, doc, found, gold[name])
		}
	}
	t.Logf("all F1 %.1f (found %d gold %d matched %d) reported %.1f worth %.1f", 100*total.F1(), total.Found,
		total.Gold, total.Matched, 100*total.ReportAccuracy(), 100*total.WorthF1())
}

// showDifferences logs, sentence by sentence, what was found and what not.
func showDifferences(t *testing.T, doc *text.Doc, found []extract.Candidate, gold []GoldClaim) {
	goldOf, foundOf := map[int]int{}, map[int]int{}
	for _, p := range matchSpans(found, gold, 0.5) {
		goldOf[p.gold], foundOf[p.candidate] = p.candidate+1, p.gold+1
	}
	for _, s := range text.Sentences(doc, "") {
		t.Logf("## %d %s %s", s.N, s.Kind, doc.Slice(s.Span))
		for i, g := range gold {
			if s.Span.Contains(g.Span) {
				m := "MISS "
				if goldOf[i] > 0 {
					m = "ok   "
				}
				t.Logf("   gold %s [%s] %v %s %s", m, g.Attribution, g.CheckWorthy, g.Kind, g.Quote)
			}
		}
		for i, c := range found {
			if c.Sentence == s.N {
				m := "EXTRA"
				if foundOf[i] > 0 {
					m = "ok   "
				}
				t.Logf("   ours %s [%s] %d %s %v %s  => %s", m, c.Attribution, c.CheckWorthy, c.Kind, c.Hedge,
					doc.Slice(c.Span), c.Statement)
			}
		}
	}
}
