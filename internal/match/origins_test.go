package match

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const (
	fireEn = "A fire broke out in a hotel in central Athens on Monday night, killing 14 people and injuring 37, the " +
		"police said. Minister Nikos Papadopoulos visited the scene. The cause of the fire is not known. Hundreds " +
		"of tourists from Germany and France were taken to other hotels. The hospital said that 9 children were " +
		"among the injured. The government promised an investigation within 30 days."
	fireAr = "اندلع حريق في فندق وسط أثينا مساء الاثنين، ما أدى إلى مقتل 14 شخصا وإصابة 37، بحسب الشرطة. وزار " +
		"الوزير نيكوس بابادوبولوس موقع الحادث. وسبب الحريق غير معروف. ونقل مئات السياح من ألمانيا وفرنسا إلى فنادق " +
		"أخرى. وقال المستشفى إن 9 أطفال بين الجرحى. ووعدت الحكومة بإجراء تحقيق خلال 30 يوما."
	fireJa = "月曜日の夜、アテネ中心部のホテルで火災が発生し、14人が死亡、37人が負傷したと警察が発表した。" +
		"ニコス・パパドプロス大臣が現場を訪れた。火災の原因は不明である。" +
		"ドイツとフランスからの観光客数百人が他のホテルに移された。病院によると負傷者のうち9人は子供だった。" +
		"政府は30日以内の調査を約束した。"
	bankEn = "The central bank of Turkey raised its interest rate by 250 points on Thursday, Reuters reported. " +
		"Inflation reached 61 percent in October. The lira fell against the dollar. Governor Hafize Erkan said " +
		"prices will rise more slowly next year."
	bankFa = "به گزارش رویترز مردم ترکیه از گرانی نان و اجاره خانه شکایت دارند. نرخ تورم در این کشور بالاست و " +
		"جوانان بیکار به آلمان مهاجرت می‌کنند. کارشناسان می‌گویند انتخابات آینده برای رئیس‌جمهور اردوغان دشوار " +
		"خواهد بود."
)

func pairString(pairs []OriginPair) string {
	var out []string
	for _, p := range pairs {
		out = append(out, p.A+"="+p.B+" "+p.Kind)
	}
	return strings.Join(out, ", ")
}

func TestOrigins(t *testing.T) {
	edited := strings.Replace(fireEn, "Hundreds of tourists", "Some hundred tourists", 1)
	pairs := Origins([]Item{
		{ID: "en", Text: fireEn}, {ID: "bank", Text: bankEn}, {ID: "ar", Text: fireAr}, {ID: "copy", Text: edited},
		{ID: "ja", Text: fireJa}, {ID: "bank-fa", Text: bankFa}, {ID: "empty", Text: ""},
	})
	if got, want := pairString(pairs),
		"en=ar translation, en=copy copy, en=ja translation, bank=bank-fa agency, ar=ja translation"; got != want {
		t.Errorf("Origins = %s\nwant %s\n%v", got, want, pairs)
	}
	for _, p := range pairs {
		if p.Overlap <= 0 || p.Overlap > 1 {
			t.Errorf("%+v: overlap out of bounds", p)
		}
	}
	if got := Origins(nil); len(got) != 0 {
		t.Errorf("no articles give %v", got)
	}
}

// manyCopies are n articles that are one text.
func manyCopies(n int) []Item {
	docs := make([]Item, n)
	for i := range docs {
		docs[i] = Item{ID: fmt.Sprint(i), Text: fireEn}
	}
	return docs
}

func TestOriginsOfTenThousandCopies(t *testing.T) {
	n := 10_000
	pairs := Origins(manyCopies(n))
	paired := map[string]bool{}
	for _, p := range pairs {
		if p.Kind != OriginCopy || p.Overlap != 1 {
			t.Fatalf("%+v, want a copy with overlap 1", p)
		}
		paired[p.B] = true
	}
	if len(paired) != n-1 {
		t.Errorf("%d articles are paired with one before them, want %d", len(paired), n-1)
	}
	if len(pairs) > 2*n {
		t.Errorf("%d pairs of %d articles: their number must not grow with its square", len(pairs), n)
	}
}

// BenchmarkOriginsCopies doubles a corpus of copies: the time of one article must stay about the same.
func BenchmarkOriginsCopies(b *testing.B) {
	for _, n := range []int{2_500, 5_000, 10_000, 20_000} {
		docs := manyCopies(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			start := time.Now()
			for b.Loop() {
				Origins(docs)
			}
			b.ReportMetric(float64(time.Since(start).Microseconds())/float64(b.N)/float64(n), "µs/article")
		})
	}
}

func TestAgencies(t *testing.T) {
	for text, want := range map[string]string{
		"according to Le Monde, the ministry": "Le Monde 13-21",
		"(AFP) - Paris":                       "AFP 1-4",
		"وقالت وكالة فرانس برس إن":            "AFP 6-21",
		"به گزارش خبرگزاری رویترز، ":          "Reuters 18-24",
		"ロイター通信によると、":                         "Reuters 0-6",
		"ونقلت عن لرويترز":                    "Reuters 10-16",
		"they APPLY and tap":                  "",
		"the New York Times and Reuters said": "The New York Times 4-18, Reuters 23-30",
		"The Tassel":                          "",
	} {
		var got []string
		for _, a := range Agencies(text) {
			got = append(got, fmt.Sprintf("%s %d-%d", a.Name, a.Span.Start, a.Span.End))
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("Agencies(%q) = %s, want %s", text, s, want)
		}
	}
}
