package text

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// cutTexts gives the sentences of raw as texts.
func cutTexts(t testing.TB, raw string) []string {
	d := mustDoc(t, raw)
	var out []string
	for _, s := range Sentences(d, "auto") {
		out = append(out, d.Slice(s.Span))
	}
	return out
}

// cutCases: "|" marks where a text is to be cut; it is taken out before the text is cut again.
var cutCases = []struct{ rule, marked string }{
	{"plain", "One fell. | Two rose! | Did three? | Yes."},
	{"newline", "A headline\n|Body text.\r\n|More\u2028|last"},
	{"no terminator", "no end at all"},
	{"title", "Mr. Smith met Dr. Jane Roe. | They spoke."},
	{"initials",
		"John F. Kennedy and J. R. R. Tolkien met. | The U.S. Senate voted. | He left the U.S. | The vote passed."},
	{"tail abbreviation", "Acme Inc. (ACM) fell at 5 p.m. on Monday. | It rose at 6 p.m. | The index too."},
	{"number abbreviation", "See No. 5 and fig. 2 there. | He said no. | She said yes."},
	{"decimals", "It rose 2.5 percent to 1.204. | Then 3 fell."},
	{"address", "See example.com/a.b?c=d. | Or DCLeaks.com and v2.0 today. | Mail a.b@example.org now."},
	{"glued beginning", "He left in a hurry.|The door stayed open. | Node.js did not."},
	{"lower case goes on", "The approx. value of Yahoo! and others is low. | They fell. | Next."},
	{"ellipsis", "Well... maybe so. | It was late... Donald came. | It was over... | The end. | And “a … B” too."},
	{"quotation in a sentence", "He said “We won. They lost.” and left. | Then “I go,” he said."},
	{"quotation alone", "“We won. They lost. It is over.” | Next."},
	{"long quotation", "He said: “One came. | Two came. | Three came. | Four came. | Five came.”"},
	{"closers", "(He left.) | She “stayed.” | They [too]. | Ok."},
	{"list markers", "1. First thing. | 2. Second thing. | a. Third."},
	{"german ordinals", "Der Minister kam am 3. Mai nach Bonn. | Er blieb bis zum 12. Juni dort. | Dann ging er."},
	{"drawn lines and faces",
		"The end. | ***** | A new part :-) | It begins. | ---------- | A co-op (x = 5 * y) :) now."},
	{"careless writer", "i came home. | it was late. | nobody was there."},
	{"dateline", "LONDON - Agency: | Shares fell on Monday."},
	{"arabic question", "هل وصل الرئيس؟ | نعم وصل أمس. | وقال إنه بخير."},
	{"arabic double stop", "حدث ذلك في مكان آخر.. ولن يترك بدون رد. | وأكد ذلك."},
	{"arabic semicolon", "سافر الوزير؛ ثم عاد، وتحدث. | وانتهى."},
	{"arabic quotation", "قال الوزير: «لن نقبل. سنرد غدا.» | وغادر القاعة. | وقال «نعم. لا» ثم عاد. | انتهى."},
	{"arabic initial", "وصل د. محمد علي و م. حسن إلى القاهرة. | وغادرا."},
	{"arabic glued", "انتهى الاجتماع أمس.|وعاد الوفد إلى بلاده."},
	{"persian", "او گفت «نمی‌دانم.» و رفت. | آیا برگشت؟ | نه!"},
	{"persian closer then stop", "پرسید: «چرا نرفتی؟». | او پاسخ نداد."},
	{"persian decimal", "نرخ ۲.۵ درصد و ۳٫۵ درصد است. | رشد کرد."},
	{"mirrored brackets", "حضرت علی) ع (به کوفه رفت. | مردم امام حسین) ع (را دیدند."},
	{"urdu", "وزیر نے کہا۔ | یہ درست ہے۔"},
	{"japanese", "首相は語った。|記者は尋ねた！|答えはなかった？|終わり"},
	{"japanese quotation", "「範囲を考慮すると正しい。」と述べた。|「行きます。」|次の話。"},
	{"japanese name with a stop", "彼は「モーニング娘。」のファンだ。|それだけ。"},
	{"japanese shout in a name", "Yahoo!ニュースを見た。|すごい!|これは本物だ。|「けいおん!」の人。"},
	{"japanese numbers", "重さは4.8kmではなく1.5kgである。|次。"},
	{"japanese brackets", "長官(元議員。東京出身)は語った。|以上"},
	{"japanese closing forms", "楽しかったです☆|また行きます…|次は春です。|つのだ☆ひろさんと…そして彼。|終"},
	{"half width stop", "ﾃｽﾄ｡|ｵﾜﾘ｡"},
	{"hindi", "यह सच है। | वह गया।"},
	{"chinese", "他说：“我不知道。我不去。”然后走了。|完。"},
	{"astral", "He left 😀. | She stayed 𝔘. | 𠮷野家へ行った。|次。"},
	{"byte order mark", "\uFEFFOne. | Two."},
	{"no-break spaces", "One.\u00a0| Two.\u3000| Three."},
	{"unbalanced", "One ) two. | Three ( four. | Five « six. | Seven."},
}

// cutCase gives the text and the sentences of a marked text.
func cutCase(marked string) (raw string, want []string) {
	for s := range strings.SplitSeq(marked, "|") {
		want = append(want, strings.TrimFunc(s, unicode.IsSpace))
	}
	raw = strings.ReplaceAll(strings.ReplaceAll(marked, "| ", " "), "|", "")
	return strings.ReplaceAll(raw, "  ", " "), want
}

func TestSentences(t *testing.T) {
	for _, c := range cutCases {
		raw, want := cutCase(c.marked)
		if got := cutTexts(t, raw); !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", c.rule, got, want)
		}
	}
}

// TestRulesEarnTheirPlace: without any one rule of the cutter some case goes wrong.
func TestRulesEarnTheirPlace(t *testing.T) {
	for _, rule := range RuleNames() {
		if rule != "NoKinds" && rule != "NoSentenceLang" && FailingCases(rule) == 0 {
			t.Errorf("%s: no case needs the rule", rule)
		}
	}
}

func TestSentencesBadInput(t *testing.T) {
	for name, raw := range map[string]string{
		"empty": "", "spaces": " \n\t\r\n\u00a0 ", "newlines": "\n\n\n",
	} {
		if got := cutTexts(t, raw); len(got) != 0 {
			t.Errorf("%s: %q, want none", name, got)
		}
	}
	for name, raw := range map[string]string{
		"only marks": "...!?()«»", "stacked marks": "a" + strings.Repeat("\u0301", 5000),
		"bidi controls":  "\u202Eabc\u202C. \u2067ب\u2069.",
		"unknown script": "𐤀𐤁𐤂 𐎀𐎁. 𒀀𒀁", "mixed directions": "abc ابج 漢字 אבג. next", "private use": "\ue000\ue001",
		"open brackets": strings.Repeat("([{«“\"", 3000), "stops": strings.Repeat(". ", 5000),
	} {
		checkSentences(t, name, mustDoc(t, raw))
	}
}

// TestSentencesOneLongLine: a line of 10 MB, with and without sentence ends.
func TestSentencesOneLongLine(t *testing.T) {
	d := mustDoc(t, strings.Repeat("این یک جمله است. ", 10<<20/30))
	if got := len(Sentences(d, "auto")); got != 10<<20/30 {
		t.Errorf("%d sentences, want %d", got, 10<<20/30)
	}
	d = mustDoc(t, strings.Repeat("word ", 2<<20))
	if got := Sentences(d, "auto"); len(got) != 1 || got[0].Span != (Span{0, 10<<20 - 1}) {
		t.Errorf("a line without an end must be one sentence: %d", len(got))
	}
}

// checkSentences asserts what holds of any cut: in order, apart, numbered, at non-space code points, and nothing that
// is not space left out.
func checkSentences(t testing.TB, name string, d *Doc) {
	t.Helper()
	end := 0
	for i, s := range Sentences(d, "auto") {
		text := d.Slice(s.Span)
		first, _ := utf8.DecodeRuneInString(text)
		last, _ := utf8.DecodeLastRuneInString(text)
		switch {
		case s.N != i+1:
			t.Fatalf("%s: sentence %d has number %d", name, i+1, s.N)
		case !d.Valid(s.Span) || s.Span.Start < end:
			t.Fatalf("%s: span %v of sentence %d, after %d, in %d code points", name, s.Span, s.N, end, d.Len())
		case unicode.IsSpace(first) || unicode.IsSpace(last):
			t.Fatalf("%s: sentence %d begins or ends with a space: %q", name, s.N, text)
		case s.Lang == "" || s.Dir != DirOf(s.Lang) || s.Kind == "":
			t.Fatalf("%s: sentence %d lacks language, direction or kind: %+v", name, s.N, s)
		}
		if between := d.Slice(Span{end, s.Span.Start}); strings.TrimFunc(between, unicode.IsSpace) != "" {
			t.Fatalf("%s: %q before sentence %d belongs to none", name, between, s.N)
		}
		end = s.Span.End
	}
	if rest := d.Slice(Span{end, d.Len()}); strings.TrimFunc(rest, unicode.IsSpace) != "" {
		t.Fatalf("%s: %q at the end belongs to no sentence", name, rest)
	}
}

func FuzzSentences(f *testing.F) {
	for _, a := range articles {
		f.Add(a)
	}
	f.Add("\uFEFF[ad_1]\r\nMr. A. «b. c». d... “e!” (f)\u2028「g。」h")
	f.Add("A - B: c. 1. d) e (f")
	f.Fuzz(func(t *testing.T, raw string) {
		d, err := NewDoc(raw)
		if err != nil {
			return
		}
		checkSentences(t, "fuzzed", d)
	})
}
