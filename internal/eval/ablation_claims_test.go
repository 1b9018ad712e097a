package eval

import (
	"context"
	"testing"

	"claimbench/internal/extract"
	"claimbench/internal/text"
)

// TestEveryRuleEarnsItsPlace switches the rules off one by one on the made-up
// texts: the table of docs/text/claims.md. A rule whose loss helps is a fault.
func TestEveryRuleEarnsItsPlace(t *testing.T) {
	all := scoreMade(t, extract.Rules())
	t.Logf("%-14s F1 %5.1f reported %5.1f found %d", "(all rules)", 100*all.F1(), 100*all.ReportAccuracy(), all.Found)
	for _, name := range extract.RuleNames() {
		e, err := extract.RulesWithout(name)
		if err != nil {
			t.Fatal(err)
		}
		s := scoreMade(t, e)
		t.Logf("%-14s F1 %5.1f (%+.1f) reported %5.1f found %d", name, 100*s.F1(), 100*(s.F1()-all.F1()),
			100*s.ReportAccuracy(), s.Found)
		if s.F1() > all.F1()+0.01 && name != "faithful" { // that rule is measured by what it keeps from being said
			t.Errorf("without the rule %q the claim F1 rises from %.3f to %.3f", name, all.F1(), s.F1())
		}
	}
}

// scoreMade runs an extractor over the made-up texts of every language.
func scoreMade(t *testing.T, e extract.Extractor) ClaimScore {
	t.Helper()
	sum := ClaimScore{}
	for _, lang := range []string{"ar", "en", "fa", "ja"} {
		for _, m := range readMade(t, lang) {
			doc, err := text.NewDoc(m.raw)
			if err != nil {
				t.Fatal(err)
			}
			found, err := e.Extract(context.Background(), extract.Document{Text: doc})
			if err != nil {
				t.Fatal(err)
			}
			sum = sum.Add(ScoreClaims(found, m.gold, 0.5))
		}
	}
	return sum
}
