package claims_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func manyStatements(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "The council approved %d grants on 3 March 2017.\n", i+2)
	}
	return b.String()
}

// TestProposeInSlices: candidates of a long text come by a job, which a crash does not end and a person's decision does
// not disturb.
func TestProposeInSlices(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		const sentences = 1200
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, reviewer := roomtest.Ctx(), w.As("reviewer-1")
		a := w.Article(articles.Import{Lang: "en", Raw: manyStatements(sentences)})
		added, job, err := w.Claims.ExtractLater(ctx, reviewer, a.Article.ID)
		if err != nil || job == nil || added != 0 {
			t.Fatalf("ExtractLater = %d, %+v, %v", added, job, err)
		}
		if _, again, err := w.Claims.ExtractLater(ctx, reviewer, a.Article.ID); err != nil || again.ID != job.ID {
			t.Errorf("asked again: %+v, %v", again, err)
		}
		dying, die := context.WithCancel(ctx)
		counted := store.WithCounter(dying, &store.Counter{Each: func(sql string) {
			if strings.HasPrefix(sql, "UPDATE") && strings.Contains(sql, "jobs") && w.Count("claims") > 0 {
				die()
			}
		}})
		if j, err := w.Jobs.Finish(counted, job.ID); err == nil {
			t.Fatalf("it came to its end: %+v", j)
		}
		some := w.Count("claims")
		if some == 0 || some >= sentences {
			t.Fatalf("%d claims after the crash", some)
		}
		w.Verify()
		page, err := w.Claims.List(ctx, reviewer, claims.Filter{Collection: w.Collection.ID, Limit: 1})
		if err != nil || len(page.Claims) != 1 {
			t.Fatal(err)
		}
		c := page.Claims[0]
		if _, err := w.Claims.Reject(ctx, reviewer, c.ID, c.Version, "not_checkable"); err != nil {
			t.Fatal(err)
		}
		done, err := w.Jobs.Finish(ctx, job.ID)
		if err != nil || done.State != jobs.Done || done.Done != done.Total {
			t.Fatalf("Finish = %+v, %v", done, err)
		}
		if n := w.Count("claims"); n < sentences || n != done.Total {
			t.Errorf("%d claims of %d items", n, done.Total)
		}
		if now, err := w.Claims.Get(ctx, reviewer, c.ID); err != nil || now.State != claims.Rejected {
			t.Errorf("a rejected candidate is %s, %v", now.State, err)
		}
		if n, err := w.Claims.Extract(ctx, reviewer, a.Article.ID); err != nil || n != 0 {
			t.Errorf("once more adds %d, %v", n, err)
		}
		w.Verify()
	})
}

// TestLongTextOfFewSentencesIsProposedByAJob: what a text costs is in its length, not in its full stops.
func TestLongTextOfFewSentencesIsProposedByAJob(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Lang: "zh", Raw: strings.Repeat("学", 120_000)})
		_, job, err := w.Claims.ExtractLater(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID)
		if err != nil || job == nil {
			t.Errorf("ExtractLater = %+v, %v", job, err)
		}
	})
}
