package text

import (
	"fmt"
	"strings"
	"testing"
)

// articles are short texts of our own in four languages, for benchmarks.
var articles = map[string]string{
	"en": "Officials said on Tuesday, 5 March, that 1,200 e-mails were stolen from the U.S. embassy. “We don't know " +
		"who did it,” Dr. Jane Roe told reporters. The report (see example.com) names no one.\n",
	"fa": "سخنگوی وزارت خارجه روز سه‌شنبه گفت که ۱۲۰۰ ایمیل از سفارت دزدیده شده است. «نمی‌دانیم چه کسی این کار را " +
		"کرده است. بررسی می‌کنیم.» او افزود که گزارش هنوز کامل نیست.\n",
	"ar": "قالت المتحدثة باسم الوزارة يوم الثلاثاء إن 1200 رسالة سرقت من السفارة. وأضافت “لا نعرف من فعل ذلك”، ودعت " +
		"إلى التحقيق.. ولم تذكر أسماء.\n",
	"ja": "外務省の報道官は火曜日、大使館から1,200通のメールが盗まれたと発表した。「誰がやったのかは分からない。」と述べた。報告書(example.comに掲載)は名前を挙げていない。\n",
}

func benchDoc(b *testing.B, raw string) *Doc {
	d, err := NewDoc(raw)
	if err != nil {
		b.Fatal(err)
	}
	return d
}

func BenchmarkSentences(b *testing.B) {
	for lang, a := range articles {
		d := benchDoc(b, strings.Repeat(a, 200))
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(d.Raw())))
			for b.Loop() {
				Sentences(d, "auto")
			}
		})
	}
}

// BenchmarkSentencesDoubling cuts one line without a newline, twice as long each time: MB/s must stay level.
func BenchmarkSentencesDoubling(b *testing.B) {
	for _, shape := range []string{"words", "open brackets", "no terminator"} {
		for _, n := range []int{1 << 18, 1 << 19, 1 << 20} {
			raw := strings.Repeat(map[string]string{
				"words": "One word. And (another one) \"here\". ", "open brackets": "(«\"[ a. B ",
				"no terminator": "word ",
			}[shape], 1+n/36)
			d := benchDoc(b, raw)
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(shape, " ", "_"), n), func(b *testing.B) {
				b.SetBytes(int64(len(raw)))
				for b.Loop() {
					Sentences(d, "auto")
				}
			})
		}
	}
}

func BenchmarkNewDoc(b *testing.B) {
	raw := strings.Repeat(articles["fa"], 200)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		benchDoc(b, raw)
	}
}

func BenchmarkDetect(b *testing.B) {
	for lang, a := range articles {
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(a)))
			for b.Loop() {
				Detect(a)
			}
		})
	}
}

func BenchmarkFold(b *testing.B) {
	for lang, a := range articles {
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(a)))
			for b.Loop() {
				Fold(a)
			}
		})
	}
}

func BenchmarkTerms(b *testing.B) {
	for lang, a := range articles {
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(a)))
			for b.Loop() {
				Terms(a)
			}
		})
	}
}
