package extract

import (
	"context"
	"strings"
	"testing"

	"claimbench/internal/text"
)

// badInputs are texts of about n bytes that nobody wrote for us.
func badInputs(n int) map[string]string {
	fill := func(part string) string { return strings.Repeat(part, n/len(part)+1) }
	return map[string]string{
		"quotation never closed": "Marn said: “The office was closed. " +
			fill("We lost 14 files in May and nobody was told. "),
		"straight marks": fill(`"Sales rose," said Marn. "Profits fell in June. `),
		"nested brackets": "Marn said that " + strings.Repeat("(",
			200) + " 14 files were lost " + strings.Repeat(")", 200) +
			" and " + fill("that (the (office (was) closed) in May) and "),
		"two languages": fill("The bank froze 200 accounts. بانک ۲۰۰ حساب را بست که نادرست است. 銀行が口座を凍結したとは言えない。 "),
		"menus":         fill("Home\nNews\nSport\n#dam\nRead more\nBy Jo Doe\nاقرأ المزيد\n続きを読む\n"),
		"bidi marks": fill(
			"\u202bقال\u202c \u2066Marn\u2069 إن \u200f12\u200e ملفا \u202aضاعت\u202c، \u2067لا دليل على أن\u2069 "),
		"operators":    fill("no evidence that unless nobody said that if rather than neither "),
		"ja operators": fill("とは言っていないとの説もないなら、ば、かどうか"),
		"labels":       fill("ROE: We lost 14 files.\n>> LEE: No evidence that we did.\n"),
	}
}

// TestBadInput: nothing of it breaks the contract, and page lines give nothing.
func TestBadInput(t *testing.T) {
	t.Parallel()
	for name, raw := range badInputs(20_000) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, sentences, found := extractAll(t, raw)
			checkInvariants(t, doc, sentences, found)
			if name == "menus" && len(found) > 4 {
				t.Errorf("a page of menus gives %d candidates: %s", len(found), statements(found[:4]))
			}
		})
	}
}

// BenchmarkBadInput doubles each bad text: the time per byte must stay the same.
func BenchmarkBadInput(b *testing.B) {
	for _, size := range []int{1 << 15, 1 << 16, 1 << 17} {
		for name, raw := range badInputs(size) {
			doc, err := text.NewDoc(raw)
			if err != nil {
				b.Fatal(err)
			}
			sentences := text.Sentences(doc, "")
			b.Run(name+"/"+sizeName(size), func(b *testing.B) {
				b.SetBytes(int64(len(raw)))
				for b.Loop() {
					if _, err := Rules().Extract(context.Background(), Document{Text: doc,
						Sentences: sentences}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// TestWhiteSpaceSentence: a stored sentence may hold white space only; nothing is proposed of it, and nothing breaks.
func TestWhiteSpaceSentence(t *testing.T) {
	t.Parallel()
	const raw = "The office was closed in May.\n \t\u3000\nSales rose by 14 per cent."
	doc, err := text.NewDoc(raw)
	if err != nil {
		t.Fatal(err)
	}
	blank := text.Sentence{N: 1, Span: text.Span{Start: 29, End: 34}, Lang: "en", Dir: text.LTR,
		Kind: text.KindBody}
	found, err := Rules().Extract(context.Background(), Document{Text: doc, Lang: "en",
		Sentences: []text.Sentence{blank}})
	if err != nil || len(found) > 0 {
		t.Errorf("white space gives %v, %v", found, err)
	}
}

// TestUntruthsOfALongLine: a sentence without an end is read once, window by window.
func TestUntruthsOfALongLine(t *testing.T) {
	t.Parallel()
	doc, err := text.NewDoc(strings.Repeat("the price of bread rose by 3 % in May and ", 5_000) + "that was a lie.")
	if err != nil {
		t.Fatal(err)
	}
	s := text.Sentence{N: 1, Span: text.Span{Start: 0, End: doc.Len()}, Lang: "en"}
	lies := 0
	for _, o := range Untruths(doc, s) {
		if doc.Slice(o.Words) == "lie" {
			lies++
		}
	}
	if lies != 1 {
		t.Errorf("got %d judgements that it was a lie, want the one at the end", lies)
	}
}
