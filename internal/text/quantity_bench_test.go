package text

import "testing"

var benchmarkSentences = map[string]string{
	"fa": "پلیس روز سه‌شنبه ۱۴ مه ۲۰۲۴ اعلام کرد که بیش از ۳۵ نفر در پی حمله به دفتر حزب دموکرات در شهر اصفهان زخمی و حدود ۱۲۰ نفر بازداشت شده‌اند.",
	"ar": "قالت وزارة الداخلية الفرنسية يوم الثلاثاء إن أكثر من خمسة وثلاثين شخصا أصيبوا في الهجوم الذي وقع في 14 مايو 2024 قرب مدينة ستراسبورغ.",
	"ja": "警察庁は5月14日、東京都内の銀行から約3億5000万円が盗まれ、少なくとも12人が関与したと発表した。",
	"en": "Police said on Tuesday that more than thirty-five people were hurt in the attack of 14 May 2024 near the office of the Democratic Party in Boston.",
}

// BenchmarkScan reads quantities, dates and names of one sentence, as the extractor does.
func BenchmarkScan(b *testing.B) {
	for _, lang := range []string{"fa", "ar", "ja", "en"} {
		d, err := NewDoc(benchmarkSentences[lang])
		if err != nil {
			b.Fatal(err)
		}
		s := Sentence{N: 1, Span: Span{0, d.Len()}, Lang: lang}
		p := Published{2024, 5, 16}
		b.Run(lang, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				scan := NewScan(d, s)
				scan.Dates(p)
				scan.Quantities()
				scan.Names()
			}
		})
	}
}
