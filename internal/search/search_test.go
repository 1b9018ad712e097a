package search_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/search"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// One table for both engines: the same words give the same hits.
func TestSentences(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		fa := w.Article(articles.Import{Lang: "fa", Published: "2017-05-06",
			Raw: "ایمیل\u200cهای مکرون ۲۵ مارس منتشر شد. کتاب دیگری هم هست. " +
				"حساب هکشده بسته است. نامه هک شده باز است."})
		ar := w.Article(articles.Import{Lang: "ar", Published: "2017-05-07", Source: "Cairo",
			Raw: "نُشر إيميل ماكرون في ٢٥ مارس. المدرسة كبيرة."})
		ja := w.Article(articles.Import{Lang: "ja", Raw: "諜報機関はDCLeaks.comを監視した。ロシアが関与した。"})
		for _, c := range []struct {
			words string
			want  string // article and sentence, in order
		}{
			{"ایمیلهای", "fa1 ar1"}, {"ایمیل\u200cهای", "fa1 ar1"}, {"كتاب", "fa2"}, {"25", "fa1 ar1"},
			{"۲۵", "fa1 ar1"},
			{"مدرسه", "ar2"}, {`"مدرسه"`, ""}, {"مدارس", "ar2"}, {"ایمیل", "fa1 ar1"}, {"ایمیل های", "fa1 ar1"},
			{`"ایمیل"`, "ar1"}, {"مکتب", ""}, {"کتاب های", "fa2"}, {"المدرسه", "ar2"}, {"نشر", "ar1"}, {"諜報", "ja1"},
			{"هک شده", "fa3 fa4"}, {"هکشده", "fa3 fa4"}, {"هک\u200cشده", "fa3 fa4"}, {`"هکشده"`, "fa3"},
			{"ロシア", "ja2"}, {"ロ", "ja2"},
			{"シア", "ja2"},
			{"dcleaks.com", "ja1"}, {"DCLEAKS", "ja1"}, {"مارس 25", "fa1 ar1"}, {"zebra", ""}, {`"25" OR NOT`, ""},
			{"' & | ! :*", "refused"}, {"  ", "refused"},
		} {
			page, err := w.Search.Sentences(roomtest.Ctx(), w.As("reviewer-1"),
				search.Query{Collection: w.Collection.ID, Words: c.words})
			if c.want == "refused" {
				if fault.KindOf(err) != fault.Invalid {
					t.Errorf("%q: %v", c.words, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%q: %v", c.words, err)
				continue
			}
			var got []string
			for _, h := range page.Hits {
				name := map[articles.ID]string{fa.Article.ID: "fa", ar.Article.ID: "ar",
					ja.Article.ID: "ja"}[h.Article.ID]
				got = append(got, fmt.Sprintf("%s%d", name, h.Sentence.N))
				if len(h.Marks) == 0 {
					t.Errorf("%q: a hit without marks: %s", c.words, h.Words)
				}
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%q finds %q, want %q", c.words, s, c.want)
			}
		}
		for name, q := range map[string]search.Query{
			"language": {Words: "25", Lang: "ar"}, "source": {Words: "25", Source: *ar.Article.SourceID},
			"from":    {Words: "25", From: "2017-05-07"},
			"article": {Words: "25", Article: ar.Article.ID}, "not article": {Words: "25", NotArticle: fa.Article.ID},
		} {
			q.Collection = w.Collection.ID
			page, err := w.Search.Sentences(roomtest.Ctx(), w.As("reviewer-1"), q)
			if err != nil || len(page.Hits) != 1 || page.Hits[0].Article.ID != ar.Article.ID {
				t.Errorf("filter by %s: %v, %d hits", name, err, len(page.Hits))
			}
		}
	})
}

func TestLongSentenceIsFoundToItsEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		w.Article(articles.Import{Lang: "en", Raw: strings.Repeat("word again ", 15000) + "omega"})
		for _, words := range []string{"omega", "word again"} {
			page, err := w.Search.Sentences(roomtest.Ctx(), w.As("reviewer-1"),
				search.Query{Collection: w.Collection.ID, Words: words})
			if err != nil || len(page.Hits) != 1 {
				t.Errorf("%q: %d hits, %v", words, len(page.Hits), err)
			}
		}
	})
}

func TestOnlyTheNewestTextIsFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Lang: "en", Raw: "The old wording stands."})
		if _, err := w.Articles.Revise(roomtest.Ctx(), w.As("editor-1"), a.Article.ID, a.Article.Version,
			"The new wording stands.", false); err != nil {
			t.Fatal(err)
		}
		for words, want := range map[string]int{"old": 0, "new": 1} {
			page, err := w.Search.Sentences(roomtest.Ctx(), w.As("reviewer-1"),
				search.Query{Collection: w.Collection.ID, Words: words})
			if err != nil || len(page.Hits) != want {
				t.Errorf("%q: %d hits, %v", words, len(page.Hits), err)
			}
		}
	})
}

func TestRebuildGivesTheSameHits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Lang: "en", Raw: "Seven grants were approved."})
		c := w.Claim(a, "Seven grants were approved", "The council approved seven grants.")
		if _, err := w.Claims.SetGloss(roomtest.Ctx(), w.As("reviewer-1"), c.ID, "fr", "Sept subventions",
			0); err != nil {
			t.Fatal(err)
		}
		look := func(when string) {
			page, err := w.Search.Sentences(roomtest.Ctx(), w.As("reviewer-1"),
				search.Query{Collection: w.Collection.ID, Words: "grants"})
			if err != nil || len(page.Hits) != 1 {
				t.Errorf("%s: %d sentences, %v", when, len(page.Hits), err)
			}
			list, err := w.Claims.List(roomtest.Ctx(), w.As("reviewer-1"), claims.Filter{Collection: w.Collection.ID,
				Text: "subventions"})
			if err != nil || len(list.Claims) != 1 {
				t.Errorf("%s: %d claims, %v", when, len(list.Claims), err)
			}
		}
		look("before")
		told := 0
		if err := search.Rebuild(roomtest.Ctx(), db, claims.IndexWordsAfter,
			func(int64, int64) { told++ }); err != nil || told == 0 {
			t.Fatalf("Rebuild: %v, told %d times", err, told)
		}
		look("after")
	})
}

// TestRebuildInSlices: while the index is made anew, searches find what is there and say that more is to come; a crash
// does not matter, and what is written meanwhile is there in the end, once.
func TestRebuildInSlices(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		var raw strings.Builder
		for i := range 300 {
			fmt.Fprintf(&raw, "Grant number%d was approved.\n", i)
		}
		a := w.Article(articles.Import{Lang: "en", Raw: raw.String()})
		gone := w.Article(articles.Import{Lang: "en", Raw: "This grant was withdrawn."})
		c := w.Claim(a, "number7 was approved", "The council approved grants.")
		look := func(words string, hits int, building bool) {
			t.Helper()
			page, err := w.Search.Sentences(roomtest.Ctx(), w.As("reviewer-1"),
				search.Query{Collection: w.Collection.ID, Words: words, Limit: 200})
			if err != nil || len(page.Hits) != hits || page.Building != building {
				t.Errorf("%q: %d hits, want %d; building %v, want %v; %v", words, len(page.Hits), hits, page.Building,
					building, err)
			}
		}
		ctx, die := context.WithCancel(roomtest.Ctx())
		err := search.Rebuild(ctx, db, claims.IndexWordsAfter, func(n, of int64) {
			if n > 0 && n < of {
				die()
			}
		})
		if err == nil {
			t.Fatal("it came to its end")
		}
		look("number0", 1, true)
		look("number299", 0, true)
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), gone.Article.ID, gone.Article.Version,
			"by order"); err != nil {
			t.Fatal(err)
		}
		w.Article(articles.Import{Lang: "en", Raw: "A newcomer was approved."})
		if _, err := w.Claims.SetGloss(roomtest.Ctx(), w.As("reviewer-1"), c.ID, "fr", "subventions", 0); err != nil {
			t.Fatal(err)
		}
		look("newcomer", 1, true)
		if rebuilt, err := search.Ensure(roomtest.Ctx(), db, claims.IndexWordsAfter, nil); err != nil || !rebuilt {
			t.Fatalf("Ensure = %v, %v", rebuilt, err)
		}
		look("number299", 1, false)
		look("newcomer", 1, false)
		look("withdrawn", 0, false)
		list, err := w.Claims.List(roomtest.Ctx(), w.As("reviewer-1"), claims.Filter{Collection: w.Collection.ID,
			Text: "subventions"})
		if err != nil || len(list.Claims) != 1 {
			t.Errorf("%d claims, %v", len(list.Claims), err)
		}
		w.Verify()
	})
}

// A word is found in its other forms, and not in another word's; in quotes it is found as it stands only.
func TestWordForms(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		for _, c := range []struct {
			text, words string
			want        int
		}{
			{"They leaked papers.", "leak", 1}, {"They leaked papers.", `"leak"`, 0}, {"A university.", "universe", 0},
			{"وثائق جديدة", "وثيقة", 1}, {"می\u200cخواهند", "می خواهند", 1}, {"می خواهند", "می\u200cخواهند", 1},
			{"المتحدثة", "متحدثة", 1}, {"القاهره", "للقاهرة", 1}, {"مسؤولين", "مسئولين", 1}, {"هیأت", "هیئت", 1},
			{"The news came late.", "new", 0}, {"A new law.", "news", 0}, {"The news came late.", "news", 1},
			{"Families met.", "family", 1}, {"The women spoke.", "woman", 1}, {"He stole it.", "stolen", 1},
			{"На выборах победил он.", "выборы", 1}, {"Про вибори говорили.", "виборах", 1},
			{"На выборах победил он.", `"выборы"`, 0}, {"Мир наступил.", "миллион", 0},
			{"הממשלה החליטה", "ממשלה", 1}, {"ובממשלה החליטו", "ממשלה", 1}, {"ממשלה חדשה", "הממשלה", 1},
			{"הממשלה החליטה", `"ממשלה"`, 0}, {"चुनावों में हार", "चुनाव", 1},
			{"Η κυβέρνηση της Ελλάδας", "Ελλάδα", 1},
			{"정부는 발표했다", "정부", 1}, {"وزراء الخارجية", "وزير", 1}, {"مشاريع كبيرة", "مشروع", 1},
			{"جرائم الحرب", "جريمة", 1}, {"تقارير صحفية", "تقرير", 1}, {"محافظ المدينة", "محفظة", 0},
			{"الإسلام دين", "سلم", 0}, {"أخبار اليوم", "خبر", 1}, {"髙橋さん", "高橋", 1},
			{"渡邊さん", "渡邉", 1}, {"渡辺さん", "渡邉", 1}, {"کتاب\u200cهای", "مکتب", 0},
		} {
			a := w.Article(articles.Import{Raw: c.text})
			page, err := w.Search.Sentences(roomtest.Ctx(), w.As("reviewer-1"), search.Query{
				Collection: w.Collection.ID, Words: c.words, Article: a.Article.ID})
			if err != nil || len(page.Hits) != c.want {
				t.Errorf("%s asked for in %s: %d hits, %v", c.words, c.text, len(page.Hits), err)
			}
		}
	})
}

// TestVerifyBesideWrites: an audit on a connection that has read the index before does not call damaged what another
// connection wrote since. FTS5 puts its parts together after every few writes.
func TestVerifyBesideWrites(t *testing.T) {
	t.Parallel()
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	for i := range 10 {
		for j := range 5 {
			w.Article(articles.Import{Lang: "en", Raw: fmt.Sprintf("Grant %d of day %d was approved.", j, i)})
		}
		w.Verify()
	}
}
