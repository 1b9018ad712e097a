package value

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"claimbench/internal/text"
)

var benchmarkSentences = map[string]string{
	"fa": "پلیس روز سه‌شنبه ۱۴ مه ۲۰۲۴ اعلام کرد که بیش از ۳۵ نفر در پی حمله به دفتر حزب دموکرات در شهر اصفهان زخمی " +
		"و حدود ۱۲۰ نفر بازداشت شده‌اند.",
	"ar": "قالت وزارة الداخلية الفرنسية يوم الثلاثاء إن أكثر من خمسة وثلاثين شخصا أصيبوا في الهجوم الذي وقع في 14 " +
		"مايو 2024 قرب مدينة ستراسبورغ.",
	"ja": "警察庁は5月14日、東京都内の銀行から約3億5000万円が盗まれ、少なくとも12人が関与したと発表した。",
	"en": "Police said on Tuesday that more than thirty-five people were hurt in the attack of 14 May 2024 near the " +
		"office of the Democratic Party in Boston.",
}

// BenchmarkScan reads quantities, dates and names of one sentence, as the extractor does.
func BenchmarkScan(b *testing.B) {
	for _, lang := range []string{"fa", "ar", "ja", "en"} {
		d, err := text.NewDoc(benchmarkSentences[lang])
		if err != nil {
			b.Fatal(err)
		}
		s := text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: lang}
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

// BenchmarkScanLine reads one long line without an end; twice the size must take twice the time.
func BenchmarkScanLine(b *testing.B) {
	for _, unit := range []struct{ lang, text string }{{"en",
		"Five to 10 million people fled in May 2024, one hundred Thousand-1-2-3 of "},
		{"ar", "سبعة وعشرون مليون شخص في الثامن من مايو/أيار 2024 و5 و6 "}, {"ja", "数千万人が二〇二四年五月十日に一一一一国家情報長官"},
		{"en", "thousands of millions of "}} {
		for _, size := range []int{1 << 17, 1 << 18} {
			d, err := text.NewDoc(strings.Repeat(unit.text, size/len(unit.text)))
			if err != nil {
				b.Fatal(err)
			}
			s := text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: unit.lang}
			b.Run(fmt.Sprintf("%s/%.8s/%d", unit.lang, unit.text, size), func(b *testing.B) {
				b.SetBytes(int64(size))
				for b.Loop() {
					scan := NewScan(d, s)
					scan.Dates(Published{2024, 5, 16})
					scan.Quantities()
					scan.Names()
				}
			})
		}
	}
}

// BenchmarkBadInputDoubling reads lines that nobody writes; twice the size must take twice the time.
func BenchmarkBadInputDoubling(b *testing.B) {
	for name, unit := range map[string]string{"five scripts": "1٣۴５६", "marks inside": "5\u2067,\u2069000 ",
		"languages by turns": "3 мая 2,5 millions ۱۵۰ تن 3日 5 Mio. ", "dots": "1.234.", "one token": "a",
		"neither": "نه "} {
		for n := 1000; n <= 4000; n *= 2 {
			d, err := text.NewDoc(strings.Repeat(unit, n))
			if err != nil {
				b.Fatal(err)
			}
			for _, lang := range []string{"en", "fa", "fr", "ko", "zh"} {
				s := text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: lang}
				b.Run(fmt.Sprintf("%s/%s/%d", name, lang, n), func(b *testing.B) {
					for b.Loop() {
						scan := NewScan(d, s)
						scan.Dates(Published{})
						scan.Quantities()
					}
				})
			}
		}
	}
}

// BenchmarkDoubledDates reads a sentence of nothing but dates and words that point ahead, and one twice as long: the
// time a date must stay the same.
func BenchmarkDoubledDates(b *testing.B) {
	for _, n := range []int{500, 1000, 2000} {
		raw := strings.Repeat("April 1–3, 2019 to May 4 will be said that June 7 and ", n)
		d, err := text.NewDoc(raw)
		if err != nil {
			b.Fatal(err)
		}
		s := text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: "en", Kind: text.KindBody}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				NewScan(d, s).Dates(Published{2024, 11, 10})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/repeat")
		})
	}
}

// BenchmarkDoubledNames reads a run of capitals that may belong to no name, and one twice as long: the time a word must
// stay the same.
func BenchmarkDoubledNames(b *testing.B) {
	for _, n := range []int{10000, 20000, 40000} {
		d, err := text.NewDoc(strings.Repeat("May ", n))
		if err != nil {
			b.Fatal(err)
		}
		s := text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: "en", Kind: text.KindBody}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				NewScan(d, s).Names()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/repeat")
		})
	}
}
