package house_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// A long new text comes in by a job, and what stood in the old one follows by another, whatever order they are begun
// in.
func TestALongNewTextIsFollowed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(2)})
		first := "The council approved twelve grants. A bridge was closed because of ice."
		a := w.Article(articles.Import{Lang: "en", Raw: first})
		other := w.Article(articles.Import{Lang: "en", Raw: "A ship left the harbour with nobody on board."})
		moves, asks := w.Claim(a, "A bridge was closed", "A bridge was closed."), w.Claim(a, "twelve grants",
			"Twelve grants were approved.")
		link := w.Link(w.Claim(other, "nobody on board", "Nobody was on board."), a, "because of ice",
			evidence.Supports,
			evidence.Report)
		var long strings.Builder
		for i := range 500 {
			fmt.Fprintf(&long, "District %d reported %d new houses. ", i, i%90+2)
		}
		got, err := w.Articles.ReviseLater(roomtest.Ctx(), w.As("editor-1"), a.Article.ID, a.Article.Version,
			"The council approved thirteen grants. A bridge was closed because of ice.\n"+long.String(), false)
		if err != nil || got.Job == nil {
			t.Fatalf("ReviseLater = %+v, %v", got, err)
		}
		var list []jobs.Job
		if list, err = w.Jobs.Of(roomtest.Ctx(), w.As("editor-1"), articles.Object(a.Article.ID)); err != nil ||
			len(list) != 2 || list[0].Kind != articles.Following || list[1].Kind != articles.TakingIn {
			t.Fatalf("jobs: %+v, %v", list, err)
		}
		for i := range list { // newest first: the second is done before the first can
			if j, err := w.Jobs.Finish(roomtest.Ctx(), list[len(list)-1-i].ID); err != nil || j.State != jobs.Done {
				t.Fatalf("%s ends %s with %q, %v", j.Kind, j.State, j.Message, err)
			}
		}
		for _, c := range []struct {
			id   claims.ID
			want claims.Anchor
		}{{moves.ID, claims.AnchorRelocated}, {asks.ID, claims.AnchorAsks}} {
			now, err := w.Claims.Get(roomtest.Ctx(), w.As("editor-1"), c.id)
			if err != nil || now.Anchor != c.want && !(c.want == claims.AnchorRelocated && now.RevisionID ==
				got.Revision.ID) {
				t.Errorf("claim %d stands %q in revision %d, want %q, %v", c.id, now.Anchor, now.RevisionID,
					c.want, err)
			}
		}
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			items, err := evidence.OfClaim(r, link.ClaimID)
			if err == nil && (len(items) != 1 || items[0].RevisionID != got.Revision.ID) {
				t.Errorf("the linked passage stays behind: %+v", items)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		w.Verify()
	})
}

// endless is work that is never done.
type endless struct{ begun chan struct{} }

func (e endless) Prepare(context.Context, auth.Actor, jobs.Job) (jobs.Plan, error) {
	return jobs.Plan{Total: 1 << 40, Slice: func(_ *store.Tx, from, _ int) error {
		if from == 0 {
			close(e.begun)
		}
		return nil
	}}, nil
}

// A text that comes in by a job lands while other long work of the same person goes on.
func TestAnImportLandsBesideLongWork(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(2)})
		long := endless{make(chan struct{})}
		w.Jobs.Register("endless", long)
		if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			_, err := w.Jobs.Add(tx, w.As("editor-1"), jobs.Wanted{Kind: "endless", Object: "thing:1",
				Collection: w.Collection.ID})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(roomtest.Ctx())
		ended := make(chan struct{})
		go func() { w.Jobs.Run(ctx); close(ended) }()
		defer func() { stop(); <-ended }()
		<-long.begun
		var text strings.Builder
		for i := range 500 {
			fmt.Fprintf(&text, "Harbour %d took in %d ships. ", i, i%90+2)
		}
		got, err := w.Articles.Import(roomtest.Ctx(), w.As("editor-1"), articles.Import{Collection: w.Collection.ID,
			Lang: "en", Raw: text.String(), Later: true})
		if err != nil || got.Job == nil {
			t.Fatalf("Import = %+v, %v", got, err)
		}
		late := time.After(time.Minute)
		for j := *got.Job; j.State != jobs.Done; {
			select {
			case <-late:
				t.Fatalf("the import beside long work: %+v", j)
			case <-time.After(time.Millisecond): // looked at again, not taken: the server does it
			}
			if j, err = w.Jobs.Get(roomtest.Ctx(), w.As("editor-1"), got.Job.ID); err != nil {
				t.Fatal(err)
			}
		}
	})
}
