package match

import (
	"fmt"
	"strings"
	"testing"
)

func TestAgainst(t *testing.T) {
	for _, c := range []struct {
		claim, passage string
		against        bool
	}{
		{"The treaty was signed in Vienna on 3 May 2019.", "The treaty was signed in Vienna on 4 May 2019.", true},
		{"The treaty was signed in Vienna on 3 May 2019.",
			"The treaty was signed in Vienna on 3 May 2019, not on 4 May 2019.", false},
		{"The treaty was signed in Vienna on Monday.", "The treaty was signed in Vienna on Tuesday.", true},
		{"Seven soldiers died in the ambush near Gao.", "Nine soldiers died in the ambush near Gao.", true},
		{"Seven soldiers died in the ambush near Gao.", "900 soldiers died in the ambush near Gao.", true},
		{"Seven soldiers died in the ambush near Gao.", "Seven soldiers died in the ambush near Gao, and 40 fled.",
			false},
		{"Seven soldiers died in the ambush near Gao.", "Seven soldiers and two drivers died in the ambush near Gao.",
			false},
		{"Anna Lindholm won the election in Uppsala.", "Maria Lindholm won the election in Uppsala.", true},
		{"Anna Lindholm won the election in Uppsala.", "Lindholm won the election in Uppsala.", false},
		{"John Smith was arrested in Boston on Monday.", "Peter Smith was arrested in Boston on Monday.", true},
		{"The mayor, Bill Clark, resigned in May.", "The mayor, Rose Clark, resigned in May.", true},
		{"Peter Smith was arrested in Boston on Monday.", "Mr Smith was arrested in Boston on Monday.", false},
		{"Senator Smith won the vote in Boston.", "President Smith won the vote in Boston.", false},
		{"Arsenal beat Chelsea 4-2 in London.", "Arsenal beat Chelsea 2-4 in London.", true},
		{"Arsenal beat Chelsea 4-2 in London.", "Arsenal beat Chelsea 4-2 in London on Sunday.", false},
		{"Unemployment rose in Spain in March.", "Unemployment fell in Spain in March.", true},
		{"Unemployment rose in Spain in March.", "Unemployment increased in Spain in March.", false},
		{"The minister signed the contract with the firm.", "The minister never signed the contract with the firm.",
			true},
		{"The minister signed the contract with the firm.",
			"The minister signed the contract with the firm; nobody objected.", false},
		{"The firm sold 60 percent of its shares in 2018.",
			"The firm sold 60 percent of its shares in 2018, after 12 percent in 2017.", false},
		{"وقعت المعاهدة في فيينا يوم الاثنين.", "وقعت المعاهدة في فيينا يوم الثلاثاء.", true},
		{"بیکاری در اسپانیا افزایش یافت.", "بیکاری در اسپانیا کاهش یافت.", true},
		{"失業率は上昇した。スペイン政府が発表した。", "失業率は低下した。スペイン政府が発表した。", true},
	} {
		ix := newTestIndex(t, Item{ID: "a", Text: c.passage}, Item{ID: "b", Text: "Nothing of the kind."})
		hits := ix.Query(Item{ID: "q", Text: c.claim}, 1)
		if len(hits) == 0 || hits[0].ID != "a" {
			t.Errorf("%q does not find %q: %v", c.claim, c.passage, hits)
			continue
		}
		if hits[0].Against != c.against {
			t.Errorf("%q beside %q: against %v, want %v", c.claim, c.passage, hits[0].Against, c.against)
		}
	}
}

// Articles on one matter name other people and give other counts: they do not contradict each other as wholes.
func TestArticlesDoNotContradict(t *testing.T) {
	report := func(n int, name string) string {
		return strings.Repeat("The flood in the valley of the Ahr destroyed bridges and houses and roads. ", 40) +
			fmt.Sprintf("%s Berger counted %d dead.", name, n)
	}
	ix := newTestIndex(t, Item{ID: "a", Text: report(133, "Anna")}, Item{ID: "b", Text: "Nothing of the kind."})
	if hits := ix.Query(Item{ID: "q", Text: report(140, "Maria")}, 1); len(hits) != 1 || hits[0].Against {
		t.Errorf("an article contradicts another on the same flood: %+v", hits)
	}
}

// A query that no item speaks of is proposed nothing, and one that an item speaks of keeps it.
func TestProposeAbstains(t *testing.T) {
	ix := newTestIndex(t, Item{ID: "a", Text: "The hackers released nine gigabytes of e-mails of the campaign.",
		Lang: "en"},
		Item{ID: "b", Text: "The bank raised its interest rate in July.", Lang: "en"})
	for q, want := range map[string]int{
		"Heavy snow closed two mountain passes for cattle drivers.":   0,
		"Hackers released the campaign's e-mails, nine gigabytes.":    1,
		"قراصنة نشروا تسعة غيغابايت من رسائل البريد للحملة.":          1,
		"A bakery in Lyon sells bread with olives on winter evenings": 0,
	} {
		if got := ix.Propose(Item{ID: "q", Text: q}, 8); len(got) != want {
			t.Errorf("%q is proposed %d passages, want %d: %v", q, len(got), want, got)
		}
	}
}
