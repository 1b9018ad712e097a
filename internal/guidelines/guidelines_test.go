package guidelines_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/guidelines"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func TestVersions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := roomtest.Ctx(), roomtest.New(t, db, articles.CollectionNew{})
		in, editor := w.Collection.ID, w.As("editor-1")
		one, err := w.Guide.Set(ctx, editor, in, guidelines.Draft{Words: "# Rules\r\n\r\nTwo origins."})
		if err != nil || one.N != 1 || one.Lang != "en" || strings.Contains(one.Words, "\r") {
			t.Fatalf("%+v, %v", one, err)
		}
		for what, x := range map[string]struct {
			who  string
			d    guidelines.Draft
			kind fault.Kind
		}{
			"a reviewer":  {"reviewer-1", guidelines.Draft{Words: "x", Opened: 1}, fault.Forbidden},
			"nothing":     {"editor-1", guidelines.Draft{Words: " \n", Opened: 1}, fault.Invalid},
			"too much":    {"editor-1", guidelines.Draft{Words: strings.Repeat("x", 1<<20), Opened: 1}, fault.Invalid},
			"no language": {"editor-1", guidelines.Draft{Words: "x", Lang: "Klingon!", Opened: 1}, fault.Invalid},
			"no change":   {"editor-1", guidelines.Draft{Words: one.Words, Lang: "en", Opened: 1}, fault.Invalid},
			"another's":   {"editor-2", guidelines.Draft{Words: "x", Lang: "en"}, fault.Conflict},
			"a later one": {"editor-2", guidelines.Draft{Words: "x", Lang: "en", Opened: 7}, fault.Conflict},
			"an admin":    {"admin-1", guidelines.Draft{Words: "x", Opened: 1}, fault.Forbidden},
			"too deep": {"editor-1", guidelines.Draft{Words: strings.Repeat(">", 19_000), Opened: 1},
				fault.Invalid},
			"control, RLO": {"editor-1", guidelines.Draft{Words: "a\u202eb", Opened: 1}, fault.Invalid},
		} {
			if _, err := w.Guide.Set(ctx, w.As(x.who), in, x.d); fault.KindOf(err) != x.kind {
				t.Errorf("%s: %v, want %s", what, err, x.kind)
			}
		}
		if _, err := w.Guide.Set(ctx, editor, 99, guidelines.Draft{Words: "x"}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("in a collection that is not there: %v", err)
		}
		two, err := w.Guide.Set(ctx, editor, in, guidelines.Draft{Words: "دو منبع", Note: "shorter", Opened: 1})
		if err != nil || two.N != 2 || two.Lang != "fa" {
			t.Fatalf("%+v, %v", two, err)
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			n, err := guidelines.InForce(r, in)
			if err != nil || n != 2 {
				t.Errorf("version %d is in force, %v", n, err)
			}
			first, err := guidelines.Numbered(r, in, 1)
			if err != nil || first.Words != one.Words {
				t.Errorf("version 1 is %+v, %v", first, err)
			}
			list, err := guidelines.Before(r, in, 2, 10)
			if err == nil && len(list) != 1 {
				t.Errorf("%d versions before 2", len(list))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		w.Verify()
	})
}

// TestReviewsKeepTheirGuidelines: a review keeps the version that was in force, and a gap that an adjudicator found is
// answered by one.
func TestReviewsKeepTheirGuidelines(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := roomtest.Ctx(), roomtest.New(t, db, articles.CollectionNew{})
		in, editor := w.Collection.ID, w.As("editor-1")
		a := w.Article(articles.Import{Raw: "The council approved 12 grants.", Lang: "en", Source: "Gazette"})
		b := w.Article(articles.Import{Raw: "Minutes: 12 grants were approved.", Lang: "en", Source: "Council"})
		c := w.Claim(a, "12 grants", "The council approved 12 grants.")
		w.Link(c, b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		yes := review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument, Rationale: "It says so."}
		no := review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Searched: "The archive.",
			Rationale: "Nothing says which minutes count."}
		first, _, err := w.Submit("reviewer-1", c, yes)
		if err != nil || first.Guideline != 0 {
			t.Fatalf("before there are guidelines: %d, %v", first.Guideline, err)
		}
		if _, err := w.Guide.Set(ctx, editor, in, guidelines.Draft{Words: "Minutes count."}); err != nil {
			t.Fatal(err)
		}
		second, c, err := w.Submit("reviewer-2", c, no)
		if err != nil || second.Guideline != 1 || c.State != claims.InConflict {
			t.Fatalf("under version 1: %d, %s, %v", second.Guideline, c.State, err)
		}
		if _, err := w.Review.Adjudicate(ctx, editor, review.Adjudication{ClaimID: c.ID, Round: c.Round, Draft: no,
			Causes: []review.Cause{review.Guideline}}); err != nil {
			t.Fatal(err)
		}
		var gaps []review.GapSeen
		read := func() {
			t.Helper()
			if err := db.Read(ctx, func(r *store.Rx) (err error) {
				gaps, err = review.GapsOf(r, in, 0, 10)
				return err
			}); err != nil || len(gaps) != 1 || gaps[0].Rationale != no.Rationale {
				t.Fatalf("gaps %+v, %v", gaps, err)
			}
		}
		read()
		for what, x := range map[string]struct {
			who     string
			answer  int
			version int64
			kind    fault.Kind
		}{"a version that is not": {"editor-1", 2, 1, fault.Invalid}, "below": {"editor-1", -1, 1, fault.Invalid},
			"a reviewer": {"reviewer-1", 1, 1, fault.Forbidden}, "stale": {"editor-1", 1, 9, fault.Conflict}} {
			if _, err := w.Review.AnswerGap(ctx, w.As(x.who), in, gaps[0].ID, x.answer,
				x.version); fault.KindOf(err) != x.kind {
				t.Errorf("%s: %v, want %s", what, err, x.kind)
			}
		}
		if g, err := w.Review.AnswerGap(ctx, editor, in, gaps[0].ID, 1, 1); err != nil || g.Answer != 1 {
			t.Fatalf("%+v, %v", g, err)
		}
		if g, err := w.Review.AnswerGap(ctx, editor, in, gaps[0].ID, 0, 2); err != nil || g.AnsweredAt != nil {
			t.Fatalf("open again: %+v, %v", g, err)
		}
		w.Verify()
	})
}
