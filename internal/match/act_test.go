package match

import "testing"

// Counts of persons differ only where the same was done to them.
func TestCountsOfOneAct(t *testing.T) {
	en := func(s string) Item { return Item{Lang: "en", Text: s} }
	fa := func(s string) Item { return Item{Lang: "fa", Text: s} }
	ar := func(s string) Item { return Item{Lang: "ar", Text: s} }
	ja := func(s string) Item { return Item{Lang: "ja", Text: s} }
	for _, c := range []struct {
		claim, passage Item
		differ         bool
	}{
		{en("Seven workers were killed."), en("Police arrested three people."), false},
		{en("Seven workers were killed."), en("Eight workers died in Chabahar fire, officials say"), true},
		{en("Seven workers were killed and 23 people were injured."), en("Eight people were killed."), true},
		{en("20 people were injured."), en("Seven people were killed and 23 injured."), true},
		{en("The blast killed eight people."), en("Seven people were killed and eight injured."), true},
		{ar("ثمانية عمال قُتلوا"), fa("هفت کارگر کشته و ۲۳ نفر زخمی شدند."), true},
		{ar("ثمانية عمال قُتلوا"), fa("سه نفر در ۱۴ آبان بازداشت شدند."), false},
		{ar("ثمانية عمال قُتلوا وأصيب 23 شخصاً"), ja("作業員8人が死亡し、23人が負傷した。"), false},
		{ar("ثمانية عمال قُتلوا"), ja("作業員7人が死亡し、23人が負傷した。"), true},
		{ja("警察は3人を逮捕した。"), ja("作業員7人が死亡した。"), false},
		{en("Eight people were killed."), fa("شرکت نفت مکران اعلام کرد که ۴۰۰۰ تن گازوئیل سوخته است."), false},
		{en("1,000 people protested in Gao."), en("2,000 people protested in Gao."), true},
	} {
		if got := compareOf(c.claim, c.passage); got != c.differ {
			t.Errorf("%q beside %q differ in number: %v, want %v", c.claim.Text, c.passage.Text, got, c.differ)
		}
	}
}

func compareOf(a, b Item) bool {
	for _, d := range Compare(a, b) {
		if d.Kind == DiffNumber {
			return true
		}
	}
	return false
}

// A short article whose names another one says, though they are not read as names there, tells of the same incident.
func TestShortArticleOfOneIncident(t *testing.T) {
	ix := newTestIndex(t,
		Item{ID: "ar1", Lang: "ar", Doc: "ar",
			Text: "اندلع حريق في مستودع وقود تابع لشركة مكران للنفط في ميناء تشابهار."},
		Item{ID: "ar2", Lang: "ar", Doc: "ar", Text: "وقال محافظ تشابهار رضا كريمي إن ثمانية عمال قُتلوا."},
		Item{ID: "ar3", Lang: "ar", Doc: "ar", Text: "وقالت المتحدثة باسم الإطفاء مريم أحمدي إن السبب مجهول."},
		Item{ID: "ar4", Lang: "ar", Doc: "ar", Text: "وطالب النائب إبراهيم يزدي باستقالة مدير الشركة."},
		Item{ID: "w1", Lang: "en", Doc: "w", Text: "Eight workers died in Chabahar fire, officials say"},
		Item{ID: "w2", Lang: "en", Doc: "w",
			Text: "Eight workers were killed in the fire at the Chabahar depot, Governor Reza Karimi said."},
		Item{ID: "x1", Lang: "en", Doc: "x",
			Text: "Mayor Anna Lindholm opened the harbour of Uppsala with Maria Berger."})
	found := 0
	for _, h := range ix.Propose(Item{ID: "q", Lang: "ar", Doc: "ar", Text: "ثمانية عمال قُتلوا"}, 8) {
		if h.ID == "w1" || h.ID == "w2" {
			if found++; h.Against {
				t.Errorf("%s is against", h.ID)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d of the two passages on the same deaths are proposed", found)
	}
}
