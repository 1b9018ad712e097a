package claimset_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/publish"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// A claim of several stretches is frozen and exported with all of them; of one stretch with its quotation, as ever. The
// table has the first stretch.
func TestStretchesAreExported(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx := roomtest.Ctx()
		one := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		made, err := x.Claims.Create(ctx, x.As("reviewer-1"), x.a.Article.ID, x.a.Revision.ID, claims.Words{
			Span: x.Find(x.a, "شورا"), More: []claims.Stretch{{Span: x.Find(x.a, "امضا کرد")}},
			Statement: "شورا امضا کرد."})
		if err != nil {
			t.Fatal(err)
		}
		x.Link(made, x.b, "12 grants approved", evidence.Supports, evidence.PrimaryDocument)
		if _, made, err = x.Submit("reviewer-1", made, review.Draft{Verdict: claims.Corroborated,
			Reason: review.PrimaryDocument}); err != nil {
			t.Fatal(err)
		}
		if made, err = x.Review.Approve(ctx, x.As("editor-1"), review.Approval{ClaimID: made.ID, Version: 1,
			Reason: review.PrimaryDocument, Explanation: "The minutes say so."}); err != nil {
			t.Fatal(err)
		}
		set := x.frozen("two", one.ID, made.ID)
		var out, table bytes.Buffer
		for format, into := range map[string]*bytes.Buffer{publish.JSON: &out, publish.CSV: &table} {
			o := publish.Options{Format: format}
			if err := x.Publish.Export(ctx, x.As("editor-1"), set.ID, into, o); err != nil {
				t.Fatal(err)
			}
		}
		var got struct{ Claims []claimset.Entry }
		if err := json.Unmarshal(out.Bytes(), &got); err != nil || len(got.Claims) != 2 {
			t.Fatalf("%d, %v", len(got.Claims), err)
		}
		if s := got.Claims[0].Stretches; s != nil {
			t.Errorf("a claim of one stretch has a list: %+v", s)
		}
		if s := got.Claims[1].Stretches; len(s) != 2 || s[0] != got.Claims[1].Quotation || s[1].Exact != "امضا کرد" {
			t.Errorf("the list is %+v", s)
		}
		if strings.Contains(strings.Split(table.String(), "\n")[0], "stretches") {
			t.Error("the table has another column")
		}
		x.Verify()
	})
}
