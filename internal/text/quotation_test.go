package text_test

import (
	"strings"
	"testing"

	"claimbench/internal/text"
)

func TestFindQuotation(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name, in, want string
		how            string // exact, folded, none
		marked         string // what stands at the place; "" the quotation itself
	}{
		{"whole", "The minister said so. Seven people died.", "Seven people died.", "exact", ""},
		{"line end", "Seven\npeople   died on the road.", "Seven people died", "folded", "Seven\npeople   died"},
		{"hyphen at a line end", "It was an inter-\nnational matter.", "an international matter", "folded",
			"an inter-\nnational matter"},
		{"quotation marks", "He said “no” twice.", `He said "no" twice.`, "folded", `He said “no” twice`},
		{"capitals", "SEVEN PEOPLE DIED", "Seven people died", "folded", "SEVEN PEOPLE DIED"},
		{"Arabic letters", "قال وزير الصحة في كابل", "قال وزیر الصحة في کابل", "folded", "قال وزير الصحة في كابل"},
		{"zero-width joiners", "او گفت می‌رود و رفت", "او گفت میرود و رفت", "folded", "او گفت می‌رود و رفت"},
		{"lam-alef", "ال يطابق النص", "لا يطابق النص", "folded", "ال يطابق النص"},
		{"marks", "مَضى العام", "مضى العام", "folded", "مَضى العام"},
		{"Japanese in lines", "首相は辞任\nを表明した。", "首相は辞任を表明した", "folded", "首相は辞任\nを表明した"},
		{"Persian digits", "۱۲ نفر کشته شدند", "12 نفر کشته شدند", "folded", "۱۲ نفر کشته شدند"},
		{"behind marks", "café: Seven people", "seven people", "folded", "Seven people"},
		{"combining", "cafe\u0301 noir", "café noir", "folded", "cafe\u0301 noir"},
		{"a later place", "unstated; stated twice", "stated", "exact", ""},

		{"another digit", "15 people died", "16 people died", "none", ""},
		{"the end of a number", "15 people died", "5 people died", "none", ""},
		{"the end of a fraction", "1.5 million people", "5 million people", "none", ""},
		{"the start of a fraction", "It rose 3.5 points", "It rose 3", "none", ""},
		{"a lost point", "It rose 3.5 points", "It rose 35 points", "none", ""},
		{"a lost sign", "a change of -3 degrees", "a change of 3 degrees", "none", ""},
		{"a lost sign at the start", "was -3 degrees", "3 degrees", "none", ""},
		{"lost per cent", "It rose 3 % in May", "It rose 3 in May", "none", ""},
		{"two numbers are not one", "lines 5 10 and 12", "lines 510 and 12", "none", ""},
		{"years", "from 2020–2021 on", "from 2020–2021 on", "exact", ""},
		{"years, another dash", "from 2020–2021 on", "from 2020-2021 on", "folded", "from 2020–2021 on"},
		{"the end of a word", "an unlawful act", "lawful act", "none", ""},
		{"the end of a word, folded", "An UNLAWFUL act", "lawful act", "none", ""},
		{"nothing", "Seven people died", " ", "none", ""},
		{"signs only", "Seven … died", "…", "none", ""},
		{"not there", "Seven people died", "Nobody died", "none", ""},
	} {
		at, exact, found := text.FindQuotation(x.in, x.want)
		got := map[bool]string{true: "folded"}[found]
		if exact {
			got = "exact"
		}
		if got == "" {
			got = "none"
		}
		if got != x.how {
			t.Errorf("%s: %q in %q is %s, want %s", x.name, x.want, x.in, got, x.how)
			continue
		}
		if !found {
			continue
		}
		want := x.marked
		if want == "" {
			want = x.want
		}
		if at.End > len([]rune(x.in)) || string([]rune(x.in)[at.Start:at.End]) != want {
			t.Errorf("%s: it marks %v = %q, want %q", x.name, at, string([]rune(x.in)[at.Start:at.End]), want)
		}
	}
}

// A long text is read once, not once a place.
func TestFindQuotationInALongText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("aa ", 400_000) + "The End stands here."
	at, exact, found := text.FindQuotation(long, "the end stands  here")
	if exact || !found || at.Start != 1_200_000 {
		t.Errorf("it is found at %v (%t, %t)", at, exact, found)
	}
}

func FuzzFindQuotation(f *testing.F) {
	f.Add("Seven\npeople died", "seven people")
	f.Add("ال يطابق", "لا يطابق")
	f.Add("\xff\u0301a", "a")
	f.Fuzz(func(t *testing.T, in, want string) {
		at, exact, found := text.FindQuotation(in, want)
		n := len([]rune(in))
		if found && (at.Start < 0 || at.End > n || at.Start >= at.End) || exact && !found {
			t.Errorf("%v of %d, %t, %t", at, n, exact, found)
		}
	})
}

func TestCutsNumber(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		in, quote string
		cuts      bool
	}{
		{"15 people died", "15 people", false},
		{"15 people died", "5 people", true},
		{"It rose 3.5 points", "It rose 3", true},
		{"It rose 3.5 points", "It rose 3.", true},
		{"It rose 3.5 points", ".5 points", true},
		{"It rose 3.", "It rose 3.", false},
		{"It was -3 degrees", "3 degrees", true},
		{"۱۲ نفر کشته شدند", "۲ نفر", true},
		{"２５人が死亡", "５人が死亡", true},
		{"25人が死亡", "人が死亡", false},
		{"They were unverified", "verified", false}, // a word is not a number
	} {
		d, err := text.NewDoc(x.in)
		if err != nil {
			t.Fatal(err)
		}
		at := strings.LastIndex(x.in, x.quote)
		start := len([]rune(x.in[:at]))
		q := d.Quote(text.Span{Start: start, End: start + len([]rune(x.quote))})
		if q.Exact != x.quote || q.CutsNumber() != x.cuts {
			t.Errorf("%q of %q: %v (%q), want %v", x.quote, x.in, q.CutsNumber(), q.Exact, x.cuts)
		}
	}
}
