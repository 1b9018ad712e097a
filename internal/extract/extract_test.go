package extract

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"claimbench/internal/text"
)

// extractAll runs the rules over a raw text.
func extractAll(t testing.TB, raw string) (*text.Doc, []text.Sentence, []Candidate) {
	t.Helper()
	doc, err := text.NewDoc(raw)
	if err != nil {
		t.Fatal(err)
	}
	sentences := text.Sentences(doc, "")
	found, err := Rules().Extract(context.Background(), Document{Text: doc, Sentences: sentences})
	if err != nil {
		t.Fatal(err)
	}
	return doc, sentences, found
}

// TestClauses says what one sentence of each language breaks into: the exact
// quotations, with "source: " before what somebody else asserts.
func TestClauses(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"en said that", "Mayor Ada Brook said that the bridge had been closed since March.", []string{
			"Mayor Ada Brook: the bridge had been closed since March"}},
		{"en said after", "The bridge had been closed since March, Ada Brook told reporters on Monday.", []string{
			"Ada Brook: The bridge had been closed since March"}},
		{"en according to", "According to the police, two men were arrested and a third escaped over the roof.",
			[]string{
				"the police: two men were arrested", "the police: a third escaped over the roof"}},
		{"en relative", "The firm, which employs 300 people, closed its plant in Oslo.", []string{
			"The firm, which employs 300 people", "closed its plant in Oslo"}},
		{"en nouns are not clauses", "The firm sells boats and engines in Norway and Sweden.", []string{
			"The firm sells boats and engines in Norway and Sweden"}},
		{"fa complement", "وزیر بهداشت گفت که بیمارستان تازه ماه آینده باز می‌شود.", []string{
			"وزیر بهداشت: بیمارستان تازه ماه آینده باز می‌شود"}},
		{"fa coordination", "سیل سه پل را ویران کرد و برق شهر قطع شد.", []string{
			"سیل سه پل را ویران کرد", "برق شهر قطع شد"}},
		{"fa not known", "معلوم نیست که سارقان چه چیزهایی را برده‌اند.", []string{
			"معلوم نیست که سارقان چه چیزهایی را برده‌اند"}},
		{"ar complement", "وقال رئيس البلدية إن الجسر أغلق منذ شهر مارس الماضي.", []string{
			"رئيس البلدية: الجسر أغلق منذ شهر مارس الماضي"}},
		{"ar coordination", "ودمرت السيول ثلاثة جسور وانقطعت الكهرباء عن المدينة.", []string{
			"ودمرت السيول ثلاثة جسور", "وانقطعت الكهرباء عن المدينة"}},
		{"ja complement", "市長は、橋が3月から閉鎖されていると述べた。", []string{
			"市長: 橋が3月から閉鎖されている"}},
		{"ja chain", "洪水で三つの橋が壊れ、市内の電気が止まった。", []string{
			"洪水で三つの橋が壊れ", "市内の電気が止まった"}},
		{"other languages at a semicolon",
			"Der Bürgermeister hat die Brücke gesperrt; der Verkehr wird über Ravel umgeleitet.", []string{
				"Der Bürgermeister hat die Brücke gesperrt", "der Verkehr wird über Ravel umgeleitet"}},
		{"en quotation and speaker",
			"\"The bridge is old and the town will close it,\" said Ada Brook, the mayor of Ravel.", []string{
				"Ada Brook: The bridge is old", "Ada Brook: the town will close it", "Ada Brook, the mayor of Ravel"}},
		{"en addition", "The bridge was closed, Brook said, adding that 300 people had left.", []string{
			"Brook: The bridge was closed", "Brook: 300 people had left"}},
		{"en interjection", "The bank, according to two officials, had frozen 200 accounts.", []string{
			"two officials: had frozen 200 accounts"}},
		{"en interjection inside what was said",
			"Reuters reported that the bank, according to two officials, had frozen 200 accounts.",
			[]string{"Reuters, citing two officials: had frozen 200 accounts"}},
		{"en label", "ROE: We have 11 million members.", []string{"ROE: We have 11 million members"}},
		{"en dateline", "SPRINGFIELD (Reuters) - Officials said that 3 ballots were lost.", []string{
			"Officials: 3 ballots were lost"}},
		{"en quotation goes on", "\"Sales rose in May,\" said Ann Lee. \"Profits fell 5 per cent in June.\"", []string{
			"Ann Lee: Sales rose in May", "Ann Lee: \"Profits fell 5 per cent in June.\""}},
		{"en bare frame", "He announced on Friday 5 May.", nil},
		{"fa citing", "خبرگزاری مهر به نقل از یک مقام آگاه نوشت که مذاکرات شکست خورد.", []string{
			"خبرگزاری مهر, citing یک مقام آگاه: مذاکرات شکست خورد"}},
		{"ar citing", "ذكرت وكالة رويترز نقلا عن مسؤولين أن المحادثات انهارت تماما في مدينة جنيف.", []string{
			"وكالة رويترز, citing مسؤولين: المحادثات انهارت تماما في مدينة جنيف"}},
		{"en passive is no saying", "Three bodies were found under the old bridge on Monday.", []string{
			"Three bodies were found under the old bridge on Monday"}},
		{"fa speaker after a relative clause", "وزیر که از شهر بازدید کرد گفت: «بیمارستان تازه ماه آینده باز می‌شود.»",
			[]string{
				"وزیر که از شهر بازدید کرد", "وزیر: «بیمارستان تازه ماه آینده باز می‌شود.»"}},
		{"ar list: no list cut short", "وصلت المساعدات إلى القرى في سوريا ولبنان والأردن.", []string{
			"وصلت المساعدات إلى القرى في سوريا ولبنان والأردن"}},
		{"ar fronted adverbial stays", "قبل ساعات من بدء الجولة الثانية, تعهد الرئيس بالرد على الهجوم.", []string{
			"قبل ساعات من بدء الجولة الثانية, تعهد الرئيس بالرد على الهجوم"}},
		{"ar announced behind an apposition", "في يوم الاثنين 6 مايو، أعلن سامي نصار، " +
			"عضو المجلس ورئيس اللجنة في العاصمة، أنه كان هدفا لعملية تجسس قامت بها الشركة.", []string{
			"سامي نصار: في يوم الاثنين 6 مايو، أعلن سامي نصار",
			"سامي نصار، عضو المجلس ورئيس اللجنة في العاصمة",
			"سامي نصار: كان هدفا لعملية تجسس قامت بها الشركة"}},
		{"fa speaker after what was said", "سطح آب دو متر پایین رفت، معاون وزیر نیرو گفت.", []string{
			"معاون وزیر نیرو: سطح آب دو متر پایین رفت"}},
		{"fa although", "با اینکه باران سه روز بارید، سطح دریاچه بالا نیامد.", []string{
			"باران سه روز بارید", "سطح دریاچه بالا نیامد"}},
		{"ar speaker after what was said", "هبط مخزون السدود إلى 18 في المئة، قال مدير الشركة.", []string{
			"مدير الشركة: هبط مخزون السدود إلى 18 في المئة"}},
		{"ja own clause before a contrast", "株式市場は下落したが、経済相は基金は利益を上げたと述べた。", []string{
			"株式市場は下落したが", "経済相: 基金は利益を上げた"}},
		{"en surname", "Nolan Doubt said four tugs were idle.", []string{"Nolan Doubt: four tugs were idle"}},
		{"en object is no speaker", "Reza Kaveh announced two arrests.", []string{"Reza Kaveh announced two arrests"}},
		{"ja according to", "警察によると、橋は3月から閉鎖されている。", []string{
			"警察: 橋は3月から閉鎖されている"}},
		{"other languages stay whole", "Der Bürgermeister hat die Brücke im März gesperrt.", []string{
			"Der Bürgermeister hat die Brücke im März gesperrt"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, _, found := extractAll(t, tt.in)
			var got []string
			for _, c := range found {
				s := doc.Slice(c.Span)
				if c.Attribution != Article {
					s = c.Attribution + ": " + s
				}
				got = append(got, s)
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// TestHedgesAreKept says which hedges each claim must carry: those in its own
// words and those in the words that report it.
func TestHedgesAreKept(t *testing.T) {
	tests := []struct{ in, claim, hedge string }{
		{"The ministry denied that the seven alleged members had left the country.", "the seven alleged members",
			"alleged"},
		{"The ministry denied that the seven alleged members had left the country.", "the seven alleged members",
			"denied"},
		{"Reportedly, the group is suspected of three attacks in Berlin.", "suspected", "suspected"},
		{"The company plans to open about 40 shops next year.", "about 40", "about"},
		{"The company plans to open about 40 shops next year.", "about 40", "planned"},
		{"He claimed that the vote was held twice in the city of Ravel.", "the vote was held", "alleged"},
		{"هکرها بیش از ۴۰ سند منسوب به وزارتخانه را منتشر کردند.", "هکرها", "more than"},
		{"هکرها بیش از ۴۰ سند منسوب به وزارتخانه را منتشر کردند.", "هکرها", "alleged"},
		{"اعتقلت الشرطة سبعة أعضاء مزعومين في المجموعة.", "اعتقلت", "alleged"},
		{"ونفى المتحدث أن الحكومة دفعت فدية للخاطفين في العاصمة.", "الحكومة دفعت", "denied"},
		{"政府は約40人が関与した疑いがあると発表した。", "関与した", "suspected"},
		{"政府は約40人が関与した疑いがあると発表した。", "関与した", "about"},
	}
	for _, tt := range tests {
		doc, _, found := extractAll(t, tt.in)
		ok := false
		for _, c := range found {
			if strings.Contains(doc.Slice(c.Span), tt.claim) && hasHedge(c.Hedge, tt.hedge) {
				ok = true
			}
		}
		if !ok {
			t.Errorf("%q: no claim with %q carries the hedge %q; got %+v", tt.in, tt.claim, tt.hedge, found)
		}
	}
}

// TestSectionIsChained: what follows the announcement of a full text is
// asserted by that text, and a source inside it is chained.
func TestSectionIsChained(t *testing.T) {
	_, _, found := extractAll(t,
		"The following is the full statement by the ministry. Output fell by 3 percent. Experts said that prices "+
			"rose in June.")
	var got []string
	for _, c := range found {
		got = append(got, c.Attribution)
	}
	want := "article|statement by the ministry|statement by the ministry, citing Experts"
	if strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
	}
}

func TestNothingToExtract(t *testing.T) {
	for _, raw := range []string{"", " \n\t", "?", "Why did it happen?", "…"} {
		if _, _, found := extractAll(t, raw); len(found) != 0 {
			t.Errorf("%q: found %+v", raw, found)
		}
	}
	if _, err := Rules().Extract(context.Background(), Document{}); err == nil {
		t.Error("a document without text was accepted")
	}
	if _, err := RulesWithout("no such rule"); err == nil {
		t.Error("an unknown rule was accepted")
	}
}

// TestStopsWithItsContext: a cancelled context ends the work.
func TestStopsWithItsContext(t *testing.T) {
	doc, err := text.NewDoc("The bridge was closed in March.")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Rules().Extract(ctx, Document{Text: doc}); err == nil {
		t.Error("extraction went on after its context ended")
	}
}

// checkInvariants fails when a candidate breaks the contract of the package.
func checkInvariants(t interface{ Fatalf(string, ...any) }, doc *text.Doc, sentences []text.Sentence,
	found []Candidate) {
	last := text.Span{Start: -1}
	for _, c := range found {
		if c.Sentence < 1 || c.Sentence > len(sentences) || !sentences[c.Sentence-1].Span.Contains(c.Span) ||
			!doc.Valid(c.Span) {
			t.Fatalf("span %v is outside its sentence %d", c.Span, c.Sentence)
		}
		quote := doc.Slice(c.Span)
		first, _ := utf8.DecodeRuneInString(quote)
		end, _ := utf8.DecodeLastRuneInString(quote)
		if quote == "" || unicode.IsSpace(first) || unicode.IsSpace(end) {
			t.Fatalf("quotation %q begins or ends with a space", quote)
		}
		if c.Span == last || c.Span.Start < last.Start {
			t.Fatalf("span %v comes after %v", c.Span, last)
		}
		last = c.Span
		if c.Hedge == nil || c.Reasons == nil || c.Quantities == nil || c.Dates == nil || c.Names == nil {
			t.Fatalf("candidate %v has a nil slice", c.Span)
		}
		checkStandalone(t, doc, c)
		if c.CheckWorthy < 0 || c.CheckWorthy > 100 || c.Attribution == "" || c.Statement == "" || c.Kind == "" {
			t.Fatalf("candidate is not complete: %+v", c)
		}
		if !strings.Contains(c.Statement, quote) {
			t.Fatalf("the statement %q lacks the quotation %q", c.Statement, quote)
		}
	}
}

// TestInvariantsHold builds sentences of closed-class words and marks at
// random, where the grammars have most to decide.
func TestInvariantsHold(t *testing.T) {
	words := strings.Fields(`said that and which , ، . : " « » “ ” ( ) - 12 2017 Brook the denied according to because
 گفت که و تا را است شد رئیس در ، قال أن إن الذي وقال وهو ( IPAC ) في كان لأن は が と 述べた 、 。 「 」 した ため によると`)
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 40).Draw(t, "words"), " ")
		doc, err := text.NewDoc(raw)
		if err != nil {
			t.Fatalf("%v", err)
		}
		sentences := text.Sentences(doc, rapid.SampledFrom([]string{"", "en", "fa", "ar", "ja", "de"}).Draw(t, "lang"))
		found, err := Rules().Extract(context.Background(), Document{Text: doc, Sentences: sentences})
		if err != nil {
			t.Fatalf("%v", err)
		}
		checkInvariants(t, doc, sentences, found)
	})
}

func FuzzExtract(f *testing.F) {
	for _, s := range []string{
		"", "Ada said that P was closed, which Q denied.", "گفت: «بسته است.»",
		"وقال إن الجسر (39 عاما)، وهو قديم، أغلق.", "市長は「橋は閉鎖」と述べた。",
		"a\u0301\u0301\u0301 said \u202e that \u2066x\u2069", "\ufeffHe said", "((((((«««««", "،،،،،، که که که",
		"ーーとととは、は、が、", "12,000 12.5.3 1:2:3 ..", "A.B.C. d'e-f",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		doc, err := text.NewDoc(raw)
		if err != nil {
			return
		}
		for _, lang := range []string{"", "en", "fa", "ar", "ja"} {
			sentences := text.Sentences(doc, lang)
			found, err := Rules().Extract(context.Background(), Document{Text: doc, Sentences: sentences})
			if err != nil {
				t.Fatal(err)
			}
			checkInvariants(t, doc, sentences, found)
		}
	})
}

// longLine repeats a clause of a language without any sentence end.
func longLine(clause string, bytes int) string {
	return strings.Repeat(clause, bytes/len(clause))
}

// TestOneHugeLine: ten megabytes without a newline or a full stop are handled.
func TestOneHugeLine(t *testing.T) {
	if testing.Short() {
		t.Skip("ten megabytes take seconds")
	}
	for _, clause := range []string{"Ada Brook said that the bridge, which was old, was closed and ", "市長は橋が閉鎖されたと述べ、",
		"وقال الرئيس إن الجسر الذي أغلق، وهو قديم، "} {
		doc, sentences, found := extractAll(t, longLine(clause, 10<<20))
		checkInvariants(t, doc, sentences, found)
	}
}

// BenchmarkDoubling doubles one line without sentence ends: the time per byte
// must stay the same.
func BenchmarkDoubling(b *testing.B) {
	for _, size := range []int{1 << 14, 1 << 15, 1 << 16, 1 << 17, 1 << 18} {
		for _, c := range []struct{ lang, clause string }{
			{"en", "Ada Brook said that the bridge, which was old, was closed, a witness, and "},
			{"fa", "رئیس شورا گفت که پل، رئیس پل، که قدیمی بود بسته شد و "},
			{"ar", "وقال الرئيس إن الجسر الذي أغلق، وهو قديم، "},
			{"ja", "市長は橋が閉鎖されたと述べ、ジョン・スミス氏と"},
		} {
			raw := longLine(c.clause, size)
			doc, err := text.NewDoc(raw)
			if err != nil {
				b.Fatal(err)
			}
			sentences := []text.Sentence{{N: 1, Span: text.Span{Start: 0, End: doc.Len()}, Lang: c.lang,
				Kind: text.KindBody}}
			b.Run(c.lang+"/"+sizeName(size), func(b *testing.B) {
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

func sizeName(n int) string { return strconv.Itoa(n>>10) + "KiB" }
