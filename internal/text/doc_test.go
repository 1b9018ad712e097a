package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func mustDoc(t testing.TB, raw string) *Doc {
	t.Helper()
	d, err := NewDoc(raw)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNewDocRefuses(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{"good \xff", "byte 5 is 0xff"},
		{"سلام\xd8", "byte 8 is 0xd8"},
		{"\xed\xa0\x80", "byte 0 is 0xed"}, // a surrogate
		{"پا\x00", "NUL character at code point 2"},
	} {
		_, err := NewDoc(c.raw)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("NewDoc(%q): %v, want a message with %q", c.raw, err, c.want)
		}
	}
}

func TestDocKeepsEveryCodePoint(t *testing.T) {
	raw := "\uFEFFa😀ب\r\n漢\u200fe\u0301"
	d := mustDoc(t, raw)
	if d.Raw() != raw || d.Len() != 10 {
		t.Fatalf("Len = %d, want 10: a byte order mark, CR and a mark are code points", d.Len())
	}
	for _, c := range []struct {
		s    Span
		want string
	}{
		{Span{0, 1}, "\uFEFF"}, {Span{2, 3}, "😀"}, {Span{3, 6}, "ب\r\n"}, {Span{9, 10}, "\u0301"}, {Span{0, 10}, raw},
		{Span{-1, 2}, ""}, {Span{3, 3}, ""}, {Span{4, 11}, ""}, {Span{5, 4}, ""},
	} {
		if got := d.Slice(c.s); got != c.want {
			t.Errorf("Slice(%v) = %q, want %q", c.s, got, c.want)
		}
	}
}

// TestDocConversions compares the index with counting from the beginning.
func TestDocConversions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.ReplaceAll(rapid.StringOf(rapid.SampledFrom([]rune("aب漢😀 \n"))).Draw(t, "raw"), "\x00", "")
		raw = strings.Repeat(raw, rapid.IntRange(1, 60).Draw(t, "times"))
		d, err := NewDoc(raw)
		if err != nil {
			t.Fatal(err)
		}
		if d.Len() != utf8.RuneCountInString(raw) {
			t.Fatalf("Len = %d, want %d", d.Len(), utf8.RuneCountInString(raw))
		}
		cp := 0
		for at := range raw {
			if d.CodePoint(at) != cp {
				t.Fatalf("CodePoint(%d) = %d, want %d", at, d.CodePoint(at), cp)
			}
			if start, _ := d.ByteSpan(Span{cp, d.Len()}); start != at {
				t.Fatalf("ByteSpan(%d) = %d, want %d", cp, start, at)
			}
			cp++
		}
	})
}

func TestQuote(t *testing.T) {
	d := mustDoc(t, strings.Repeat("ا", 40)+"متن"+strings.Repeat("ب", 5))
	q := d.Quote(Span{40, 43})
	if q.Exact != "متن" || q.Prefix != strings.Repeat("ا", 32) || q.Suffix != strings.Repeat("ب", 5) {
		t.Errorf("Quote = %+v", q)
	}
	if (d.Quote(Span{40, 400}) != Quote{}) {
		t.Error("a span outside the document must give an empty Quote")
	}
}

func TestCheckTyped(t *testing.T) {
	for _, good := range []string{"", "plain", "متن فارسی با\u200cنیم‌فاصله", "日本語\n二行目\tタブ", "e\u0301 😀\u200d🔥"} {
		if err := CheckTyped("statement", good); err != nil {
			t.Errorf("CheckTyped(%q) = %v, want nil", good, err)
		}
	}
	for _, c := range []struct{ s, want string }{
		{"ab\u202Ecd", "statement: character 3 is the invisible direction mark U+202E"},
		{"\u200Fx", "character 1 is the invisible direction mark U+200F"},
		{"x\u061C", "U+061C"}, {"x\u2066", "U+2066"}, {"x\u2069", "U+2069"}, {"x\u202A", "U+202A"},
		{"x\u200E", "U+200E"},
		{"a\x00", "control character U+0000"}, {"a\x1b[0m", "control character U+001B"}, {"a\u009f", "U+009F"},
		{"ab\xff", "character 3 is not valid UTF-8"},
	} {
		if err := CheckTyped("statement", c.s); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("CheckTyped(%q) = %v, want %q", c.s, err, c.want)
		}
	}
}
