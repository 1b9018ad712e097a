package model_test

import (
	"strings"
	"testing"

	"claimbench/internal/model"
	"claimbench/internal/text"
)

// TestAQuotationThatStandsOften: named by its span or its sentence it is found, however often it stands before.
func TestAQuotationThatStandsOften(t *testing.T) {
	t.Parallel()
	const quote = "The dam broke."
	raw := strings.TrimSpace(strings.Repeat(quote+" ", 60))
	d, r := readingOf(t, raw, "en")
	at := text.Span{Start: 54 * (len(quote) + 1), End: 54*(len(quote)+1) + len(quote)}
	if got := d.Slice(at); got != quote {
		t.Fatal(got)
	}
	if got, s, why := r.Find(model.Offered{Quote: quote, Span: at}); got != at || s.N != 55 || why != "" {
		t.Errorf("by its span: %v in %d, %q", got, s.N, why)
	}
	if got, s, why := r.Find(model.Offered{Quote: quote, Sentence: 55}); got != at || s.N != 55 || why != "" {
		t.Errorf("by its sentence: %v in %d, %q", got, s.N, why)
	}
	if _, _, why := r.Find(model.Offered{Quote: quote}); why != model.Several {
		t.Errorf("by its words alone: %q", why)
	}
}

// TestWhatTheHeadOfALongSentenceDenies: the rules read operators in stretches; what is longer is not judged at all, so
// that no clause at its end stands without what denies it at its head.
func TestWhatTheHeadOfALongSentenceDenies(t *testing.T) {
	t.Parallel()
	const clause = "the brewery had watered down 40 barrels"
	raw := "Inspectors failed to prove that " + strings.Repeat("the mayor knew the owner of the old inn, ", 41) +
		"and that " + clause + "."
	d, r := readingOf(t, raw, "en")
	if n := d.Len(); n < 1700 || n > 1800 || len(text.Sentences(d, "en")) != 1 {
		t.Fatalf("%d code points in %d sentences", n, len(text.Sentences(d, "en")))
	}
	c, no, err := r.Claim(t.Context(), model.Offered{Statement: clause, Quote: clause})
	if err != nil || no == nil {
		t.Errorf("taken: %q, %v, %v", c.Statement, c.Hedge, err)
	}
}

// TestNoHalfOfAnArabicWord: “and” is written onto a word, and words begin with its letter.
func TestNoHalfOfAnArabicWord(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw, quote string
		why        model.Why
	}{
		"a word that begins so":  {"وعد الوزير ببناء السد.", "عد الوزير ببناء السد", model.Missing},
		"and the minister":       {"حضر الرئيس والوزير الاجتماع.", "الوزير الاجتماع", ""},
		"a word of the text":     {"عاد العمال وعاد المدير إلى المصنع.", "عاد المدير إلى المصنع", ""},
		"a word of neither":      {"وصل العمال إلى المصنع.", "صل العمال إلى المصنع", model.Missing},
		"a name that begins so":  {"وليد مدير المصنع.", "ليد مدير المصنع", model.Missing},
		"the father, not “the d": {"والد الوزير مدير المصنع.", "الد الوزير مدير المصنع", model.Missing},
	} {
		_, r := readingOf(t, c.raw, "ar")
		if _, _, why := r.Find(model.Offered{Quote: c.quote}); why != c.why {
			t.Errorf("%s: %q, want %q", name, why, c.why)
		}
	}
}
