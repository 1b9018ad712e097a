package articles_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/search"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// longRaw is a text of n sentences, each with a word of its own.
func longRaw(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "The council approved grant number%d on Monday.\n", i)
	}
	return b.String()
}

// TestLongTextComesInSlices: a long text cannot be read or found until it is whole, an audit holds at every moment, and
// a crash between two slices loses nothing.
func TestLongTextComesInSlices(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		const sentences = 900
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, editor := roomtest.Ctx(), w.As("editor-1")
		in := articles.Import{Collection: w.Collection.ID, Lang: "en", Raw: longRaw(sentences), Later: true}
		got, err := w.Articles.Import(ctx, editor, in)
		if err != nil || got.Job == nil || got.Job.State != jobs.Waiting || got.Job.Total != sentences {
			t.Fatalf("Import = %+v, %v", got.Job, err)
		}
		notYet := func(when string) {
			t.Helper()
			if _, err := w.Articles.Read(ctx, editor, got.Article.ID); fault.KindOf(err) != fault.Unavailable ||
				!articles.IsComing(err) {
				t.Errorf("%s it is read: %v", when, err)
			}
			page, err := w.Search.Sentences(ctx, editor, search.Query{Collection: w.Collection.ID, Words: "grant"})
			if err != nil || len(page.Hits) > 0 {
				t.Errorf("%s %d sentences are found, %v", when, len(page.Hits), err)
			}
			w.Verify()
		}
		notYet("before its first slice")
		dying, die := context.WithCancel(ctx)
		counted := store.WithCounter(dying, &store.Counter{Each: func(sql string) {
			if strings.Contains(sql, "UPDATE") && strings.Contains(sql, "jobs") && strings.Contains(sql, "done") {
				if n := w.Count("sentences"); n > 0 {
					die()
				}
			}
		}})
		if j, err := w.Jobs.Finish(counted, got.Job.ID); err == nil {
			t.Fatalf("it came to its end: %+v", j)
		}
		if n := w.Count("sentences"); n == 0 || n == sentences {
			t.Fatalf("%d sentences are there after the crash", n)
		}
		notYet("after a crash")
		again, err := w.Articles.Import(ctx, editor, in)
		if err != nil || !again.Existing || again.Job == nil || again.Job.ID != got.Job.ID {
			t.Errorf("the same text again: %+v, %v", again, err)
		}
		now := time.Now().Add(time.Hour) // the lease of the process that died is over
		db.SetClock(func() time.Time { return now })
		if j, err := w.Jobs.Finish(ctx, got.Job.ID); err != nil || j.State != jobs.Done {
			t.Fatalf("Finish = %+v, %v", j, err)
		}
		text, err := w.Articles.Read(ctx, editor, got.Article.ID)
		if err != nil || len(text.Sentences) != sentences {
			t.Fatalf("%d sentences, %v", len(text.Sentences), err)
		}
		for i, s := range text.Sentences {
			if s.N != i+1 {
				t.Fatalf("sentence %d has number %d", i+1, s.N)
			}
		}
		page, err := w.Search.Sentences(ctx, editor, search.Query{Collection: w.Collection.ID,
			Words: fmt.Sprintf("number%d", sentences-1)})
		if err != nil || len(page.Hits) != 1 {
			t.Errorf("%d hits, %v", len(page.Hits), err)
		}
		w.Verify()
	})
}

// TestLongTextThatFails: when the taking in of a text ends before it is whole, the text says so, why, and what to do.
// Taken in again, by its page or by importing the same text, it comes to its end.
func TestLongTextThatFails(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		const sentences = 900
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, editor, other := roomtest.Ctx(), w.As("editor-1"), w.As("editor-2")
		in := articles.Import{Collection: w.Collection.ID, Lang: "en", Raw: longRaw(sentences), Later: true}
		got, err := w.Articles.Import(ctx, editor, in)
		if err != nil {
			t.Fatal(err)
		}
		id := got.Article.ID
		if _, err := w.Articles.TakeInAgain(ctx, other, id); fault.KindOf(err) != fault.Conflict {
			t.Errorf("what goes on is begun again: %v", err)
		}
		if err := w.Auth.DisableUser(ctx, w.As("admin-1"), editor.UserID, "left"); err != nil {
			t.Fatal(err)
		}
		if j, err := w.Jobs.Finish(ctx, got.Job.ID); err != nil || j.State != jobs.Failed {
			t.Fatalf("%+v, %v", j, err)
		}
		_, err = w.Articles.Read(ctx, other, id)
		if fault.KindOf(err) != fault.Conflict || articles.IsComing(err) ||
			!strings.Contains(fault.Message(err), "disabled") ||
			!strings.Contains(fault.Message(err), fmt.Sprintf("/articles/%d/work", id)) {
			t.Errorf("a text that will not come says %v", err)
		}
		w.Verify()
		if _, err := w.Articles.TakeInAgain(ctx, w.As("reviewer-1"), id); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a reviewer takes it in: %v", err)
		}
		again, err := w.Articles.Import(ctx, other, in)
		if err != nil || !again.Existing || again.Job == nil || again.Job.ID != got.Job.ID {
			t.Fatalf("the same text once more: %+v, %v", again.Job, err)
		}
		w.Verify()
		if j, err := w.Jobs.Finish(ctx, got.Job.ID); err != nil || j.State != jobs.Done {
			t.Fatalf("%+v, %v", j, err)
		}
		if text, err := w.Articles.Read(ctx, other, id); err != nil || len(text.Sentences) != sentences {
			t.Errorf("%d sentences, %v", len(text.Sentences), err)
		}
		w.Verify()
	})
}

// TestLongTextTakenDown: a text that is taken down while it comes in is not gone on with.
func TestLongTextTakenDown(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, editor := roomtest.Ctx(), w.As("editor-1")
		got, err := w.Articles.Import(ctx, editor, articles.Import{Collection: w.Collection.ID, Lang: "en",
			Raw: longRaw(500), Later: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Articles.TakeDown(ctx, editor, got.Article.ID, got.Article.Version, "by order"); err != nil {
			t.Fatal(err)
		}
		j, err := w.Jobs.Finish(ctx, got.Job.ID)
		if err != nil || j.State != jobs.Failed || !strings.Contains(j.Message, "taken down") {
			t.Errorf("the job is %s %q, %v", j.State, j.Message, err)
		}
		w.Verify()
	})
}

// TestLongRevision: a new long text of an article waits until it is whole.
func TestLongRevision(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Lang: "en", Raw: "The council met."})
		got, err := w.Articles.Revise(roomtest.Ctx(), w.As("editor-1"), a.Article.ID, a.Article.Version, longRaw(500),
			false)
		if err != nil || got.Job == nil || got.Job.State != jobs.Done {
			t.Fatalf("Revise = %+v, %v", got.Job, err)
		}
		text, err := w.Articles.Read(roomtest.Ctx(), w.As("editor-1"), a.Article.ID)
		if err != nil || len(text.Sentences) != 500 || text.Revision.N != 2 {
			t.Errorf("%d sentences, %v", len(text.Sentences), err)
		}
		w.Verify()
	})
}

// TestLongTextOfOneSentenceComesByAJob: the request does not work through a text that is one sentence of many signs.
func TestLongTextOfOneSentenceComesByAJob(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, editor := roomtest.Ctx(), w.As("editor-1")
		in := articles.Import{Collection: w.Collection.ID, Raw: strings.Repeat("学", 60_001), Later: true}
		got, err := w.Articles.Import(ctx, editor, in)
		if err != nil || got.Job == nil || got.Job.Total != 1 || w.Count("sentences") != 0 {
			t.Fatalf("Import = %+v, %v, with %d sentences", got.Job, err, w.Count("sentences"))
		}
		w.Verify()
		if j, err := w.Jobs.Finish(ctx, got.Job.ID); err != nil || j.State != jobs.Done {
			t.Fatalf("Finish = %+v, %v", j, err)
		}
		if text, err := w.Articles.Read(ctx, editor, got.Article.ID); err != nil || len(text.Sentences) != 1 {
			t.Errorf("Read = %d sentences, %v", len(text.Sentences), err)
		}
		w.Verify()
		got, err = w.Articles.ReviseLater(ctx, editor, got.Article.ID, got.Article.Version, in.Raw+"校", false)
		if err != nil || got.Job == nil || got.Job.Ended() {
			t.Errorf("ReviseLater = %+v, %v", got.Job, err)
		}
	})
}
