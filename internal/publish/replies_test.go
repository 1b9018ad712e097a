package publish_test

import (
	"strings"
	"testing"

	"claimbench/internal/claimset"
	"claimbench/internal/publish"
	"claimbench/internal/replies"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestRepliesInPrint: who was asked, and what they answered or that they did not, is printed in each language, in the
// JSON and the CSV, and proved by the bundle; how they are reached is in none of them.
func TestRepliesInPrint(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, one := roomtest.Ctx(), x.As("reviewer-1")
		c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد")
		for _, a := range []replies.Answer{
			{Outcome: replies.Answered, On: "2026-01-03", Words: "We approved <b>none</b>."},
			{Outcome: replies.Declined, On: "2026-01-03"}, {Outcome: replies.Silent}, {}} {
			r, err := x.Replies.Ask(ctx, one, replies.Ask{ClaimID: c.ID, Name: "Anna Weber", Role: "شهردار",
				Way: replies.Phone, AskedOn: "2026-01-02", Until: "2026-01-04", Contact: "+49 30 555 0199"})
			if err == nil && a.Outcome != "" {
				a.ID, a.Version = r.ID, 1
				_, err = x.Replies.Answer(ctx, one, a)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		set := x.frozen("Grants", claimset.Imprint{People: claimset.Nobody}, c.ID)
		for lang, silent := range map[string]string{"en": "and did not answer by", "fa": "پاسخ نداد", "ar": "ولم يُجب",
			"ja": "回答はありません"} {
			got := x.export(publish.Options{Format: publish.Report, Lang: lang}, set)
			printed, _, _ := strings.Cut(got, `id="proof"`) // behind it stand the words of the check
			if strings.Count(printed, silent) != 2 {        // one was written down, of one the day is over
				t.Errorf("%s: silence is printed %d times, want 2", lang, strings.Count(printed, silent))
			}
			if strings.Contains(got, "<b>none") || !strings.Contains(got, "&lt;b&gt;none") {
				t.Errorf("%s: the answer is not printed as text", lang)
			}
		}
		for _, f := range publish.Formats() {
			if f.Name == publish.Bundle {
				continue
			}
			if got := x.export(publish.Options{Format: f.Name}, set); strings.Contains(got, "555 0199") {
				t.Errorf("%s tells how they are reached", f.Name)
			}
		}
		got := x.export(publish.Options{Format: publish.Bundle}, set)
		if r := x.checks(got); r.ExitCode() != 0 || r.Proved != 1 {
			t.Errorf("the bundle: %d: %+v", r.ExitCode(), r)
		}
		if all := unzipped(t, got); strings.Contains(all, "555 0199") || !strings.Contains(all, `"outcome":"silent"`) {
			t.Error("the bundle lacks the replies, or tells how they are reached")
		}
	})
}
