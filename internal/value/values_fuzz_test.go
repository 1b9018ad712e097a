package value

import (
	"math"
	"testing"
	"unicode"

	"claimbench/internal/text"
)

var fuzzSeeds = []string{
	"", " ", "9", "۹ گیگابایت", "نحو60 عاما", "2,000通以上", "سبعة عشر", "twenty-five and a half million", "数千",
	"3億5000万円",
	"25 مارس", "الثامن من يونيو", "2016年10月7日（金）", "令和6年", "۱۴۰۳/۰۲/۱۵", "Fri., Sept. 9, 2016", "5–6 May", "1/2/2024",
	"٫٬٫٬", "1,2,3,4", "1.2.3.4.5", "$5bn-$6bn", "9999999999999999999999999999999999999999999", "کوید-۱۹",
	"Guccifer 2.0",
	"\u202e5\u202c %", "a\u0300\u0301\u0302 5", "５，０００人", "十十百千万億兆", "数数数", "令和元年", "http://x.y/1", "@a_b1", "و و و",
	"half a", "a a a hundred", "و٥و٥و٥", "الـ24 ساعة الماضية", "从2016年", "1\u20445", "第第1", "30時61分", "00:00:00",
	"دو سه چهار پنج", "0$0",
}

// FuzzQuantities and FuzzDates check what must hold for any text: no panic, spans inside the sentence and not on white
// space at their ends, in order, numbers that JSON can carry, the closed set of qualifiers.
func FuzzQuantities(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s, uint8(len(s)))
	}
	f.Fuzz(func(t *testing.T, raw string, pick uint8) {
		d, s, ok := fuzzSentence(raw, pick)
		if !ok {
			t.Skip()
		}
		last := s.Span.Start
		for _, q := range Quantities(d, s) {
			checkSpan(t, d, s, q.Span)
			if q.Span.Start < last {
				t.Errorf("%q starts at %d, inside the quantity before it", d.Slice(q.Span), q.Span.Start)
			}
			last = q.Span.End
			if math.IsNaN(q.Value) || math.IsInf(q.Value, 0) {
				t.Errorf("%q has value %v", d.Slice(q.Span), q.Value)
			}
			switch q.Qualifier {
			case QEq, QApprox, QLt, QLe, QGt, QGe, QTens, QHundreds, QThousands, QMillions, QOrdinal:
			default:
				t.Errorf("%q has qualifier %q", d.Slice(q.Span), q.Qualifier)
			}
		}
		for _, n := range Names(d, s) {
			checkSpan(t, d, s, n.Span)
			if d.Slice(n.Span) != n.Text {
				t.Errorf("name %q at a span that reads %q", n.Text, d.Slice(n.Span))
			}
		}
	})
}

func FuzzDates(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s, uint8(len(s)), uint16(2024), uint8(5), uint8(16))
	}
	f.Fuzz(func(t *testing.T, raw string, pick uint8, year uint16, month, day uint8) {
		d, s, ok := fuzzSentence(raw, pick)
		if !ok {
			t.Skip()
		}
		p := Published{int(year) % 3000, int(month) % 13, int(day) % 32}
		last := s.Span.Start
		for _, x := range Dates(d, s, p) {
			checkSpan(t, d, s, x.Span)
			if x.Span.Start < last {
				t.Errorf("%q starts at %d, inside the date before it", d.Slice(x.Span), x.Span.Start)
			}
			last = x.Span.End
			if (x.Norm == "") == (x.Relative == "") {
				t.Errorf("%q has norm %q and relative %q; one of them must be empty", d.Slice(x.Span), x.Norm,
					x.Relative)
			}
		}
	})
}

func fuzzSentence(raw string, pick uint8) (*text.Doc, text.Sentence, bool) {
	d, err := text.NewDoc("x " + raw)
	if err != nil || d.Len() < 3 {
		return nil, text.Sentence{}, false
	}
	langs := []string{"en", "fa", "ar", "ja", "de", "fr", "ckb", "und", "es", "pt", "it", "id", "tr", "ru", "pl", "hi",
		"ur", "he", "ko", "zh"}
	return d, text.Sentence{N: 1, Span: text.Span{Start: 2, End: d.Len()}, Lang: langs[int(pick)%len(langs)]}, true
}

func checkSpan(t *testing.T, d *text.Doc, s text.Sentence, x text.Span) {
	t.Helper()
	if !d.Valid(x) || !s.Span.Contains(x) {
		t.Fatalf("span %v is not inside the sentence %v", x, s.Span)
	}
	r := []rune(d.Slice(x))
	if unicode.IsSpace(r[0]) || unicode.IsSpace(r[len(r)-1]) {
		t.Fatalf("span %v begins or ends with white space: %q", x, d.Slice(x))
	}
}
