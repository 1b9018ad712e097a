package extract

import (
	"context"
	"strings"
	"testing"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// TestStandalone: what is certain is filled in, in brackets that say whence; the rest stays open.
func TestStandalone(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, published, in, want string }{
		{"year", "2024-11-10", "The town closed the bridge on 25 March.", "on 25 March [2024]"},
		{"weekday", "2024-11-10", "The town closed the bridge on Friday.", "on Friday [2024-11-08]"},
		{"no day of publication", "", "The town closed the bridge on 25 March.", "on 25 March"},
		{"year said", "2024-11-10", "The town closed the bridge on 25 March 2021.", "on 25 March 2021"},
		{"ar year", "2024-11-10", "وفي 25 مارس، أصدر المسؤولون ثلاثة قرارات.", "وفي 25 مارس [2024]"},
		{"ja year", "2024-11-10", "市は3月25日に橋を閉鎖した。", "3月25日 [2024]"},
		{"pronoun", "2024-11-10", "Angela Merkel won the seat. She resigned after 12 weeks.",
			"She [Angela Merkel] resigned after 12 weeks"},
		{"two persons", "2024-11-10", "Angela Merkel met Hillary Clinton. She resigned after 12 weeks.",
			"She resigned after 12 weeks"},
		{"speaker", "2024-11-10", "Rita Bose said she had warned the council twice.",
			"she [Rita Bose] had warned the council twice"},
		{"speaker and another person", "2024-11-10", "Rita Bose told Angela Merkel that she had lost the vote.",
			"she had lost the vote"},
		{"body", "2024-11-10", "The ministry said it had closed three wards.",
			"it [The ministry] had closed three wards"},
		{"spokesman of a body", "2024-11-10", "A spokesman for the ministry said it had closed three wards.",
			"it had closed three wards"},
		{"solar year", "2024-11-10", "سازمان بازرسی در ۲۸ مهر پرونده‌ای تشکیل داد.", "مهر [1403]"},
		{"solar year before the new one", "2024-02-20", "سازمان بازرسی در ۲۸ بهمن پرونده‌ای تشکیل داد.", "بهمن [1402]"},
		{"apposition of the subject", "2024-11-10",
			"The council's leader, Neil Farrow, opened it. He resigned in May 2024.", "He [Neil Farrow] resigned"},
		{"two sentences back", "2024-11-10",
			"Mayor Tess Wagner opened it. The hall was full. She resigned in May 2024.", "She [Tess Wagner] resigned"},
		{"a company is no person", "2024-11-10",
			"Quebrada Gold, a company, closed. He resigned in May 2024.", "He resigned in May 2024"},
		{"fa pronoun", "2024-11-10",
			"وزیر راه، مهناز راد، از پل بازدید کرد. او استعفا داد.", "او [مهناز راد] استعفا داد"},
		{"fa two persons", "2024-11-10",
			"وزیر راه، مهناز راد، و خانم لیلا صدر دیدار کردند. او استعفا داد.", "او استعفا داد"},
		{"weekday of a saying", "2024-11-10", "شهردار روز پنج‌شنبه گفت برق وصل می‌شود.", "پنج‌شنبه [2024-11-07]"},
		{"tomorrow of a saying", "2024-11-10",
			"The mayor said on Thursday that power would be back tomorrow.", "tomorrow [2024-11-08]"},
		{"weekday ahead", "2024-11-09", "It will open on Friday.", "Friday [2024-11-15]"},
		{"stretch", "2024-11-10", "The summit ran April 1–3.", "ran April 1–3 [2024]"},
		{"stretch of months", "2024-11-10", "The fair ran from April 28 to May 2.", "from April 28 to May 2 [2024]"},
		{"ja stretch", "2024-11-10", "会合は4月1～3日に開かれた。", "会合は4月1～3日 [2024]に"},
		{"ja stretch of days", "2024-11-10", "会議は5月3日〜5日に行われた。", "会議は5月3日〜5日 [2024]に"},
		{"fa stretch", "2024-11-10", "نشست از ۳ تا ۵ خرداد برگزار شد.", "از ۳ تا ۵ خرداد [1403]"},
		{"stretch over a year's end", "2024-11-10", "The fair ran from December 28–January 3.",
			"December 28–January 3"},
		{"month at a full stop", "2024-11-10", "Rita Bose said: \"Costs fell in June.\"", "in June [2024]."},
		{"twice", "2024-11-10", "Boats leave for Oslo on Friday or on Friday.", "on Friday or on Friday"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			published, err := value.ParsePublished(tt.published)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := text.NewDoc(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			found, err := Rules().Extract(context.Background(), Document{Text: doc, Published: published})
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, c := range found {
				all = append(all, c.Standalone)
			}
			got := strings.Join(all, " | ")
			if !strings.Contains(got, tt.want) || !strings.Contains(tt.want, "[") && strings.Contains(got, "[") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// checkStandalone: without its brackets the statement is as it was, and each bracket says whence it came.
func checkStandalone(t interface{ Fatalf(string, ...any) }, doc *text.Doc, c Candidate) {
	if c.Brackets == nil || c.ReportedBy == nil {
		t.Fatalf("candidate %v has a nil slice", c.Span)
	}
	bare := c.Standalone
	for _, b := range c.Brackets {
		bare = strings.Replace(bare, " ["+b.Text+"]", "", 1)
		if b.From.Len() > 0 && doc.Slice(b.From) != b.Text {
			t.Fatalf("the bracket %q is not at its span: %q", b.Text, doc.Slice(b.From))
		}
	}
	if bare != c.Statement {
		t.Fatalf("the standalone statement %q without brackets is not %q", c.Standalone, c.Statement)
	}
}
