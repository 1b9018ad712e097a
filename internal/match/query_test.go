package match

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func newTestIndex(t testing.TB, items ...Item) *Index {
	t.Helper()
	ix := NewIndex(Builtin())
	if err := ix.Add(items...); err != nil {
		t.Fatal(err)
	}
	return ix
}

func ids(hits []Hit) string {
	var out []string
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return strings.Join(out, " ")
}

func hasKey(h Hit, query, hit, kind string) bool {
	for _, k := range h.Keys {
		if k.Query == query && k.Hit == hit && k.Kind == kind {
			return true
		}
	}
	return false
}

func TestQueryJoinsScripts(t *testing.T) {
	ix := newTestIndex(t,
		Item{ID: "en", Text: "Hackers published 9 GB of data of the Macron campaign on 5 May."},
		Item{ID: "ja", Text: "マクロン陣営の9ギガバイトのデータが5月5日に公開された。"},
		Item{ID: "ar", Text: "نشر قراصنة ٩ غيغابايت من بيانات حملة ماكرون في 5 مايو."},
		Item{ID: "other", Text: "The weather in Tokyo was cold on Monday."},
	)
	hits := ix.Query(Item{ID: "q", Text: "۹ گیگابایت داده منسوب به کمپین مکرون پنجم مه منتشر شد"}, 10)
	if len(hits) < 3 {
		t.Fatalf("hits = %+v, want the three that say the same", hits)
	}
	for _, h := range hits[:3] {
		if h.ID == "other" {
			t.Errorf("the unrelated sentence is among the first three: %s", ids(hits))
		}
		if h.Against {
			t.Errorf("%s is marked against, but says the same", h.ID)
		}
	}
	want := map[string][2]string{"en": {"Macron", "9 GB"}, "ja": {"マクロン", "9"}, "ar": {"ماكرون", "٩"}}
	for _, h := range hits {
		w, ok := want[h.ID]
		if !ok {
			continue
		}
		if !hasKey(h, "مکرون", w[0], KindName) {
			t.Errorf("%s: keys %v lack مکرون = %s", h.ID, h.Keys, w[0])
		}
		number := false
		for _, k := range h.Keys {
			number = number || k.Kind == KindNumber && strings.HasPrefix(w[1], k.Hit)
		}
		if !number {
			t.Errorf("%s: keys %v lack the number 9", h.ID, h.Keys)
		}
	}
}

func TestQueryLeavesOutOwnDocNotOwnID(t *testing.T) {
	ix := newTestIndex(t,
		Item{ID: "a", Doc: "x", Text: "Parliament approved the budget"},
		Item{ID: "b", Doc: "y", Text: "Parliament approved the budget"},
		Item{ID: "c", Text: "Parliament approved the budget"},
	)
	if got := ids(ix.Query(Item{ID: "a", Doc: "x", Text: "Parliament approved the budget"}, 10)); got != "b c" {
		t.Errorf("hits of a query of doc x: %q, want b c", got)
	}
	if got := ids(ix.Query(Item{ID: "a", Text: "Parliament approved the budget"}, 10)); got != "a b c" {
		t.Errorf("hits of a query without doc: %q, want the same id too, ties in corpus order", got)
	}
}

func TestQueryOfNothing(t *testing.T) {
	empty := NewIndex(Builtin())
	if hits := empty.Query(Item{ID: "q", Text: "Macron"}, 10); len(hits) != 0 {
		t.Errorf("an empty corpus gives %v", hits)
	}
	ix := newTestIndex(t, Item{ID: "a", Text: "It is what it is, and that is that."}, Item{ID: "b", Text: ""})
	for _, q := range []string{"", "it is what it was", "و في من على", "از در به با", "。、", "!!!", "\x00", "ـــ"} {
		if hits := ix.Query(Item{ID: "q", Text: q}, 10); len(hits) != 0 {
			t.Errorf("%q gives %v", q, hits)
		}
	}
}

func TestAddRefusesDuplicates(t *testing.T) {
	ix := newTestIndex(t, Item{ID: "a", Text: "one"})
	for _, items := range [][]Item{{{ID: "b"}, {ID: "a"}}, {{ID: "c"}, {ID: "c"}}, {{ID: ""}}} {
		if err := ix.Add(items...); err == nil {
			t.Errorf("Add(%v) is accepted", items)
		}
	}
	if ix.Len() != 1 {
		t.Errorf("a refused Add left %d items, want 1", ix.Len())
	}
	if err := ix.Add(Item{ID: "b", Text: "two"}); err != nil {
		t.Errorf("b is refused after a failed Add: %v", err)
	}
}

func TestAddingOneByOneIsAddingAll(t *testing.T) {
	texts := []string{"Russia denied any interference", "روسيا تنفي أي تدخل", "ロシアは干渉を否定した",
		"روسیه هرگونه دخالت را رد کرد", "The bank raised rates by 25 points", "中央銀行は金利を引き上げた"}
	var items []Item
	for i, s := range texts {
		items = append(items, Item{ID: fmt.Sprint(i), Doc: fmt.Sprint(i / 2), Text: s})
	}
	all := newTestIndex(t, items...)
	step := NewIndex(Builtin())
	for _, it := range items {
		if err := step.Add(it); err != nil {
			t.Fatal(err)
		}
		step.Query(it, 3)
	}
	for _, it := range items {
		a, b := fmt.Sprint(all.Query(it, 5)), fmt.Sprint(step.Query(it, 5))
		if a != b {
			t.Errorf("%s: all at once %s, one by one %s", it.ID, a, b)
		}
	}
}

// twoHacks are short articles on two incidents that share most of their words.
func twoHacks() []Item {
	articles := map[string][]string{
		"en-macron": {"The campaign of Emmanuel Macron said on Friday that its e-mails were hacked.",
			"Marine Le Pen, the rival of Macron, did not comment.",
			"Macron and Le Pen meet in the run-off in France on 7 May 2017.",
			"The hackers published thousands of e-mails of the campaign."},
		"en-clinton": {"WikiLeaks published e-mails of John Podesta, who led the campaign of Hillary Clinton.",
			"Barack Obama blamed hackers in the election.", "Clinton ran against Donald Trump in 2016.",
			"The hackers published thousands of e-mails of the campaign."},
		"fa-macron": {"ایمیل‌های کمپین امانوئل مکرون هک شد.", "مارین لوپن رقیب مکرون در انتخابات فرانسه است.",
			"هکرها هزاران ایمیل کمپین را منتشر کردند.", "امانوئل مکرون و مارین لوپن در دور دوم رقابت می‌کنند."},
	}
	var items []Item
	for _, doc := range []string{"en-clinton", "en-macron", "fa-macron"} {
		for i, s := range articles[doc] {
			items = append(items, Item{ID: fmt.Sprintf("%s-%d", doc, i), Doc: doc, Lang: doc[:2], Text: s})
		}
	}
	return items
}

func TestIncidentsComeFirst(t *testing.T) {
	ix := newTestIndex(t, twoHacks()...)
	hits := ix.Query(Item{ID: "fa-macron-2", Doc: "fa-macron", Lang: "fa",
		Text: "هکرها هزاران ایمیل کمپین را منتشر کردند."}, 20)
	place := map[string]int{}
	for i, h := range hits {
		place[h.ID] = i + 1
		if h.Against != strings.HasPrefix(h.ID, "en-clinton") {
			t.Errorf("%s: against = %v", h.ID, h.Against)
		}
	}
	if place["en-macron-3"] != 1 {
		t.Errorf("the same sentence on the same incident is at %d, want first: %s", place["en-macron-3"], ids(hits))
	}
	if p := place["en-clinton-3"]; p == 0 || p < place["en-macron-0"] {
		t.Errorf("the same words on another incident are at %d, want them shown after those on the same: %s", p,
			ids(hits))
	}
}

func TestKnownArticlesTellIncidentsButAreNotFound(t *testing.T) {
	ix := NewIndex(Builtin())
	for _, it := range twoHacks() {
		add := ix.Add
		if it.Doc == "fa-macron" {
			add = ix.Know
		}
		if err := add(it); err != nil {
			t.Fatal(err)
		}
	}
	for _, h := range ix.Query(Item{ID: "q", Doc: "fa-macron", Lang: "fa", Text: "هکرها هزاران ایمیل کمپین"}, 20) {
		if strings.HasPrefix(h.ID, "fa") {
			t.Errorf("%s is found, but was only to be known", h.ID)
		}
		if h.Against != strings.HasPrefix(h.ID, "en-clinton") {
			t.Errorf("%s: against = %v", h.ID, h.Against)
		}
	}
	if hits := ix.Query(Item{ID: "q", Text: "مکرون"}, 20); len(hits) == 0 || strings.HasPrefix(hits[0].ID, "fa") {
		t.Errorf("hits without a doc: %s", ids(hits))
	}
}

func TestContradictingNumbersAndDatesAreAgainst(t *testing.T) {
	ix := newTestIndex(t,
		Item{ID: "same", Text: "Police in Berlin arrested eight people on 25 March after the protest."},
		Item{ID: "day", Text: "ألقت الشرطة في برلين القبض على أشخاص في 26 مارس بعد الاحتجاج."},
		Item{ID: "number", Text: "پلیس برلین ۷ نفر را پس از اعتراض بازداشت کرد."},
	)
	hits := ix.Query(Item{ID: "q", Text: "ベルリンの警察は抗議の後、3月25日に8人を逮捕した。"}, 10)
	got := map[string]bool{}
	for _, h := range hits {
		got[h.ID] = h.Against
	}
	if len(got) != 3 || got["same"] || !got["day"] || !got["number"] || hits[0].ID != "same" {
		t.Errorf("against = %v in order %s, want same first and only day and number against", got, ids(hits))
	}
}

func TestOneHugeArticle(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 5_000
	}
	items := make([]Item, n)
	for i := range items {
		items[i] = Item{ID: fmt.Sprint(i), Doc: "huge",
			Text: fmt.Sprintf("Minister %d said the budget of district %d grew by %d percent.", i, i%977, i%101)}
	}
	ix := newTestIndex(t, items...)
	hits := ix.Query(Item{ID: "q", Doc: "small", Text: "Minister 4711 and the budget of district 803"}, 5)
	if len(hits) != 5 || hits[0].ID != "4711" {
		t.Errorf("hits = %s, want 4711 first of five", ids(hits))
	}
}

func TestQueryProperties(t *testing.T) {
	pieces := []string{"Macron", "マクロン", "ماكرون", "مکرون", "election", "選挙", "انتخابات", "۹ گیگابایت", "9 GB", "5 May",
		"5月7日", "في", "the", "Kyiv", "キーウ", "60%", "٦٠ بالمئة", "\u200c", "…", "Ω", "한국"}
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(t, "pieces"), " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		ix := NewIndex(Builtin())
		byID := map[string]Item{}
		for i, s := range rapid.SliceOfN(text, 0, 8).Draw(t, "corpus") {
			it := Item{ID: fmt.Sprint(i), Doc: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "doc"), Text: s}
			byID[it.ID] = it
			if err := ix.Add(it); err != nil {
				t.Fatal(err)
			}
		}
		q := Item{ID: "q", Text: text.Draw(t, "query")}
		last := 1.0
		for _, h := range ix.Query(q, 5) {
			if h.Score <= 0 || h.Score > last {
				t.Fatalf("score %v after %v", h.Score, last)
			}
			last = h.Score
			if len(h.Keys) == 0 {
				t.Fatalf("%s has no reason", h.ID)
			}
			for _, k := range h.Keys {
				if k.Query == "" || k.Hit == "" || !strings.Contains(q.Text, k.Query) ||
					!strings.Contains(byID[h.ID].Text, k.Hit) {
					t.Fatalf("key %+v is not in both texts", k)
				}
			}
		}
	})
}

func FuzzQuery(f *testing.F) {
	for _, s := range []string{"", "Macron 9 GB", "ماکرون ۹ گیگابایت", "マクロン9ギガバイト5月7日", "1,2,3.4.5", "3万5,000円",
		"\xff", "ی‌ه‌ا", "ー・ー"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		ix := NewIndex(Builtin())
		if err := ix.Add(Item{ID: "a", Doc: "x", Text: a}); err != nil {
			t.Fatal(err)
		}
		for _, h := range ix.Query(Item{ID: "b", Doc: "y", Text: b}, 3) {
			if h.Score < 0 || h.Score > 1.000001 {
				t.Fatalf("score %v", h.Score)
			}
		}
	})
}

func TestRepeatedAndEndlessWords(t *testing.T) {
	texts := []string{
		strings.Repeat("campaign ", 50_000), strings.Repeat("انتخابات ", 50_000), strings.Repeat("選挙", 50_000),
		strings.Repeat("ア", 50_000),
		strings.Repeat("x", 200_000), strings.Repeat("1,", 100_000), strings.Repeat("5万", 50_000), strings.Repeat("می‌",
			50_000),
	}
	ix := NewIndex(Builtin())
	for i, s := range texts {
		if err := ix.Add(Item{ID: fmt.Sprint(i), Text: s}); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range map[int]string{0: "0", 1: "1", 2: "2"} {
		hits := ix.Query(Item{ID: "q", Text: texts[i]}, 10)
		found := false
		for _, h := range hits {
			found = found || h.ID == want
		}
		if !found {
			t.Errorf("text %d does not find itself: %s", i, ids(hits))
		}
	}
	for i := range texts {
		ix.Query(Item{ID: "q", Text: texts[i]}, 10)
	}
}
