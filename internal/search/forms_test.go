package search_test

import (
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/search"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestForms asks for the words of one sentence each in other spellings: with a joiner, a space or neither, with and
// without the article, with hamza on another bearer, with an older form of a character, glued to its neighbours.
func TestForms(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		w.Article(articles.Import{Lang: "fa", Raw: "کتاب\u200cهای تازه رسید.\n" +
			"آنها می\u200cخواهند بروند.\nهیأت دولت رفت.\n" +
			"خانه\u200cهایش سوخت.\nسرور هکشده خاموش است.\nنمیدانند کجاست.\nمسئولان آمدند.\nرأی شمرده شد."})
		w.Article(articles.Import{Lang: "ar", Raw: "قالت المتحدثة ذلك.\nالقاهره بعيدة.\nحضر مسؤولين كثيرون.\n" +
			"شؤون الدولة معقدة.\n" +
			"وقعت الولاياتالمتحدةوفرنسا الاتفاق.\nوصلت للمدينة قافلة.\nقرأ الوثائق."})
		w.Article(articles.Import{Lang: "ja", Raw: "髙橋氏が辞任した。\n渡邊氏と渡辺氏が会談した。\n齋藤氏は欠席した。\n" +
			"山﨑氏が勝った。\n濵田氏が語った。\n大澤氏が来た。"})
		for _, c := range []struct{ words, want string }{
			{"کتاب های", "1.1"}, {"کتابهای", "1.1"}, {"کتاب\u200cهای", "1.1"}, {"کتاب", "1.1"},
			{"می خواهند", "1.2"}, {"میخواهند", "1.2"}, {"می\u200cخواهند", "1.2"},
			{"هیئت", "1.3"}, {"هیات", "1.3"}, {"خانه هایش", "1.4"}, {"خانههایش", "1.4"},
			{"هک شده", "1.5"}, {"نمی دانند", "1.6"}, {"نمی\u200cدانند", "1.6"}, {"مسؤولان", "1.7 2.3"}, {"رای", "1.8"},
			{"متحدثة", "2.1"}, {"والمتحدثة", "2.1"}, {"للمتحدثة", "2.1"},
			{"للقاهرة", "2.2"}, {"القاهرة", "2.2"}, {"بالقاهرة", "2.2"},
			{"مسئولين", "1.7 2.3"}, {"مسؤولين", "1.7 2.3"}, {"شئون", "2.4"},
			{"الولايات المتحدة", "2.5"}, {"فرنسا", "2.5"}, {"المدينة", "2.6"}, {"وثيقة", "2.7"},
			{"高橋", "3.1"}, {"渡邉", "3.2"}, {"渡辺", "3.2"}, {"斎藤", "3.3"}, {"斉藤", "3.3"}, {"山崎", "3.4"},
			{"浜田", "3.5"}, {"濱田", "3.5"}, {"大沢", "3.6"},
		} {
			page, err := w.Search.Sentences(roomtest.Ctx(), w.As("reviewer-1"),
				search.Query{Collection: w.Collection.ID, Words: c.words})
			if err != nil {
				t.Errorf("%q: %v", c.words, err)
				continue
			}
			var got []string
			for _, h := range page.Hits {
				got = append(got, fmt.Sprintf("%d.%d", h.Article.ID, h.Sentence.N))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%q finds %q, want %q", c.words, s, c.want)
			}
		}
	})
}
