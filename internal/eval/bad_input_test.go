package eval

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"claimbench/internal/clause"
	"claimbench/internal/extract"
	"claimbench/internal/lang"
	"claimbench/internal/match"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// badInputs are texts of about n bytes that nobody writes and somebody will send.
func badInputs(n int) map[string]string {
	fill := func(part string) string { return strings.Repeat(part, n/len(part)+1) }
	return map[string]string{
		"languages by turns":     fill("The bank froze 200 accounts. بانک ۲۰۰ حساب را بست. Банк закрыл 200 счетов. "),
		"languages in one line":  fill("der 3. Mai und ۵ مه ۲۰۱۷ и 5 мая, 3月5日に "),
		"nothing but menus":      fill("Home\nNews\nSport\n#dam\nRead more\nBy Jo Doe\nاقرأ المزيد\n続きを読む\n"),
		"quotation never closed": "Marn said: “" + fill("We lost 14 files in May and nobody was told. "),
		"parentheses":            strings.Repeat("(", 200) + fill("14 files (") + strings.Repeat(")", 200),
		"one long line":          fill("and the 14 files of 3 May 2021 were lost by Marn Oke "),
		"one long word":          fill("a"),
		"digits of five scripts": fill("1٣۴५６ "),
		"one long number":        fill("1,234.567"),
		"no pack":                fill("Lé bátorɔ ŋutsu 14 le ɖuƒea me 3. "),
		"marks inside numbers":   fill("5\u2067,\u2069000 \u202e12\u202c 1\u200f2 "),
		"apostrophes":            fill("п'п'п'п\"ק\"מ'"),
		"negations":              fill("not n't ne pas not "),
		"spaces":                 fill(" \u00a0\u2003\n"),
	}
}

// rooms are what reads a text from outside: each must take time by the length of the text.
var rooms = map[string]func(t testing.TB, raw string){
	"sentences": func(t testing.TB, raw string) { text.Sentences(docOf(t, raw), "") },
	"detect":    func(_ testing.TB, raw string) { text.Detect(raw) },
	"terms":     func(_ testing.TB, raw string) { text.Terms(raw) },
	"value": func(t testing.TB, raw string) {
		d := docOf(t, raw)
		for _, code := range []string{"en", "fr", "ru", "ja", "ko", "he", "und"} {
			scan := value.NewScan(d, text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: code})
			scan.Dates(value.Published{Year: 2024, Month: 5, Day: 16})
			scan.Quantities()
			scan.Names()
		}
	},
	"unsupported": func(_ testing.TB, raw string) {
		half := text.Fold(raw)
		for _, code := range []string{"en", "tr", "ja"} {
			value.Unsupported(code, raw+" [3 May]", []string{half}, []string{raw},
				[]value.Bracket{{Text: "3", From: half}})
		}
	},
	"clause": func(_ testing.TB, raw string) {
		line := []rune(raw)
		for _, code := range clause.Languages()[:3] {
			clause.Segments(line, code)
		}
	},
	"extract": func(t testing.TB, raw string) {
		if _, err := extract.Rules().Extract(context.Background(), extract.Document{Text: docOf(t, raw)}); err != nil {
			t.Error(err)
		}
	},
	"match": func(t testing.TB, raw string) {
		ix := match.NewIndex(match.Builtin())
		for n, s := range text.Sentences(docOf(t, raw), "") {
			if n > 200 {
				break
			}
			if err := ix.Add(match.Item{ID: strconv.Itoa(n), Text: docOf(t, raw).Slice(s.Span)}); err != nil {
				t.Error(err)
			}
		}
		ix.Query(match.Item{ID: "q", Text: raw}, 10)
	},
}

func docOf(t testing.TB, raw string) *text.Doc {
	d, err := text.NewDoc(raw)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestBadInput: no room breaks on any of it.
func TestBadInput(t *testing.T) {
	t.Parallel()
	for name, raw := range badInputs(4000) {
		for room, read := range rooms {
			t.Run(room+"/"+name, func(t *testing.T) {
				t.Parallel()
				read(t, raw)
			})
		}
	}
}

// TestBadValues: what nobody can read has no value, in any language.
func TestBadValues(t *testing.T) {
	t.Parallel()
	for _, p := range lang.All() {
		for _, raw := range []string{"1٣۴५６", "5\u2067,\u2069000", "1\u200f2.\u200e5", "०١2", "２1٣"} {
			d := docOf(t, raw)
			scan := value.NewScan(d, text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: p.Code})
			if q := scan.Quantities(); len(q) > 0 {
				t.Errorf("%s: %q is read as %v", p.Code, raw, q)
			}
		}
	}
}

// BenchmarkBadInputDoubling doubles each bad text: MB/s must stay level.
func BenchmarkBadInputDoubling(b *testing.B) {
	for room, read := range rooms {
		for name := range badInputs(1) {
			for _, n := range []int{1 << 14, 1 << 15, 1 << 16} {
				raw := badInputs(n)[name]
				b.Run(fmt.Sprintf("%s/%s/%dk", room, strings.ReplaceAll(name, " ", "_"), n>>10), func(b *testing.B) {
					b.SetBytes(int64(len(raw)))
					for b.Loop() {
						read(b, raw)
					}
				})
			}
		}
	}
}
