package text

import (
	"slices"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""}, {"plain ascii", "plain ascii"}, {"APT31", "apt31"},
		{"ايميل ماكرون ٢٥", "ایمیل ماکرون 25"}, {"ایمیل ماکرون ۲۵", "ایمیل ماکرون 25"},
		{"هک‌شده", "هکشده"}, {"مُحَمَّدٌ", "محمد"}, {"كتـــاب", "کتاب"}, {"المدينة", "المدینه"}, {"أإآٱا", "ااااا"},
		{"مسؤول", "مسوول"},
		{"ﻻ", "لا"}, {"ﷺ", "صلی الله علیه وسلم"}, {"چیست؟", "چیست?"}, {"۱٬۰۰۰٫۵٪", "1,000.5%"},
		{"ＡＢＣ１２３", "abc123"}, {"ｶﾞｷﾞ", "ガギ"}, {"か\u3099", "が"}, {"がか", "がか"}, {"㎏", "kg"},
		{"Straße Élysée Łódź", "strasse elysee lodz"}, {"e\u0301", "e"}, {"İstanbul ILIK", "istanbul ilik"},
		{"Đặng", "dang"},
		{"Ελλάς", "ελλασ"}, {"a\u00a0b", "a b"}, {"\ufeffx\u200f", "x"}, {"हिन्दी १२", "हिन्दी 12"}, {"한국", "한국"},
		{"한", "한"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// TestFoldPaths: what the quick path folds, the slow one folds alike.
func TestFoldPaths(t *testing.T) {
	for r := rune(1); r < 0x3400; r++ {
		s := "x" + string(r) + "y"
		if fast, ok := foldFast(nil, s); ok && string(fast) != foldSlowly(s) {
			t.Fatalf("U+%04X: quickly %q, slowly %q", r, fast, foldSlowly(s))
		}
	}
	for _, r := range "一龥가힣！～０ｚ" {
		if fast, ok := foldFast(nil, string(r)); !ok || string(fast) != foldSlowly(string(r)) {
			t.Errorf("U+%04X: quickly %q %v, slowly %q", r, fast, ok, foldSlowly(string(r)))
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, a := range articles {
		f.Add(a)
	}
	f.Add("ｶ\u3099\ufeffﷺ\u200d한\u0301İß")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if utf8.ValidString(s) && !utf8.ValidString(once) {
			t.Fatalf("Fold(%q) = %q is not UTF-8", s, once)
		}
		if twice := Fold(once); twice != once {
			t.Fatalf("Fold(%q) = %q, and folded again %q", s, once, twice)
		}
		for _, term := range Terms(s) {
			if term == "" {
				t.Fatalf("Terms(%q) has an empty term", s)
			}
		}
	})
}

func TestFoldMap(t *testing.T) {
	folded, at := FoldMap("ک‌اﷲ１Ａ")
	if folded != "کاالله1a" || !slices.Equal(at, []int{0, 2, 3, 3, 3, 3, 4, 5}) {
		t.Errorf("FoldMap = %q %v", folded, at)
	}
}

func TestTerms(t *testing.T) {
	for _, c := range []struct {
		in          string
		want, query []string
	}{
		{"The U.S. e-mails, 1,200", []string{"the", "u", "s", "e", "mails", "1", "200"}, nil},
		{"می‌شود گفت", []string{"میشود", "گفت"}, nil},
		{"東京都", []string{"東京", "京都", "都"}, []string{"東京", "京都"}},
		{"都", []string{"都"}, []string{"都"}},
		{"APT28とロシア", []string{"apt28", "とロ", "ロシ", "シア", "ア"}, []string{"apt28", "とロ", "ロシ", "シア"}},
		{"ジョン・ボイル", []string{"ジョ", "ョン", "ン", "ボイ", "イル", "ル"}, []string{"ジョ", "ョン", "ボイ", "イル"}},
		{"한국 사람", []string{"한국", "사람"}, nil},
		{" !؟。", nil, nil},
	} {
		if got := Terms(c.in); !slices.Equal(got, c.want) {
			t.Errorf("Terms(%q) = %q, want %q", c.in, got, c.want)
		}
		query := c.query
		if query == nil {
			query = c.want
		}
		if got := QueryTerms(c.in); !slices.Equal(got, query) {
			t.Errorf("QueryTerms(%q) = %q, want %q", c.in, got, query)
		}
	}
}
