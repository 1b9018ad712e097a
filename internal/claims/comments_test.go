package claims_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// unread counts the notices that somebody has not read.
func unread(t *testing.T, w *roomtest.World, name string) (n int) {
	t.Helper()
	actor := w.As(name)
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		n, err = notices.Unread(r, actor.UserID, notices.For(w.Policy, actor))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

// commentEvents counts the events of comments that somebody who does not read all may see.
func commentEvents(t *testing.T, w *roomtest.World, v history.Viewer) int {
	t.Helper()
	var events []history.Entry
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		events, err = history.List(r, history.Filter{ActionPrefix: "comment.", Viewer: v})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return len(events)
}

// TestCommentsOfAnOpenRound: they are the author's and the auditors' until the round is over; then everybody reads
// them, and those whom they mention are told.
func TestCommentsOfAnOpenRound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := roomtest.Ctx(), roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: body, Lang: "en"})
		c := w.Claim(a, "council", "About the council.")
		cm, err := w.Claims.AddComment(ctx, w.As("reviewer-1"), c.ID, "Which one, @reviewer-2? Not @nobody here.")
		if err != nil || len(cm.Unknown) != 1 || cm.Unknown[0] != "nobody" || len(cm.Mentions) != 1 {
			t.Fatalf("AddComment = %+v, %v", cm, err)
		}
		reads := func(want map[string]int) {
			t.Helper()
			for name, n := range want {
				all, _, err := w.Claims.Comments(ctx, w.As(name), c.ID, "")
				if err != nil || len(all) != n {
					t.Errorf("%s reads %d comments, want %d, %v", name, len(all), n, err)
				}
			}
		}
		reads(map[string]int{"reviewer-1": 1, "reviewer-2": 0, "editor-1": 0, "auditor-1": 1})
		if _, _, err := w.Claims.Comments(ctx, w.As("editor-1"), c.ID,
			cm.Public); fault.KindOf(err) != fault.NotFound {
			t.Errorf("before a comment that is hidden: %v", err)
		}
		if _, err := w.Claims.ResolveComment(ctx, w.As("editor-1"), c.ID, cm.Public, 1,
			true); fault.KindOf(err) != fault.NotFound {
			t.Errorf("resolving a comment that is hidden: %v", err)
		}
		if n := unread(t, w, "reviewer-2"); n != 0 {
			t.Errorf("the mention is told %d times while the round is open", n)
		}
		n, all := commentEvents(t, w, history.Viewer{}), commentEvents(t, w, history.Viewer{ReadAll: true})
		if n != 0 || all != 1 {
			t.Errorf("%d events are seen, %d by those who read all; want 0 and 1", n, all)
		}
		w.Verify()
		d := review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Searched: "The archive."}
		if _, _, err := w.Submit("reviewer-1", c, d); err != nil {
			t.Fatal(err)
		}
		reads(map[string]int{"reviewer-2": 0})
		d = review.Draft{Verdict: claims.Unverified, Reason: review.SingleOrigin, Searched: "The archive."}
		if _, c, err = w.Submit("reviewer-2", c, d); err != nil || c.State == claims.Open {
			t.Fatalf("the round is not over: %s, %v", c.State, err)
		}
		reads(map[string]int{"reviewer-1": 1, "reviewer-2": 1, "editor-1": 1, "auditor-1": 1})
		if one, two := unread(t, w, "reviewer-1"), unread(t, w, "reviewer-2"); one != 0 || two != 1 {
			t.Errorf("the author has %d notices, the one who is mentioned %d; want 0 and 1", one, two)
		}
		if n := commentEvents(t, w, history.Viewer{}); n != 1 {
			t.Errorf("%d events are seen after the round, want 1", n)
		}
		done, err := w.Claims.ResolveComment(ctx, w.As("editor-1"), c.ID, cm.Public, 1, true)
		if err != nil || done.ResolvedAt == nil {
			t.Fatalf("ResolveComment = %+v, %v", done, err)
		}
		if _, err := w.Claims.ResolveComment(ctx, w.As("reviewer-2"), c.ID, cm.Public, 1,
			false); fault.KindOf(err) != fault.Conflict {
			t.Errorf("over a newer state: %v", err)
		}
		if back, err := w.Claims.ResolveComment(ctx, w.As("reviewer-2"), c.ID, cm.Public, 2, false); err != nil ||
			back.ResolvedAt != nil {
			t.Errorf("reopening = %+v, %v", back, err)
		}
		w.Verify()
	})
}

// TestMentionOutsideARound is told at once, and not to those who may not read the claim.
func TestMentionOutsideARound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := roomtest.Ctx(), roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: body, Lang: "en"})
		if _, err := w.Claims.Extract(ctx, w.As("reviewer-1"), a.Article.ID); err != nil {
			t.Fatal(err)
		}
		page, err := w.Claims.List(ctx, w.As("reviewer-1"), claims.Filter{Collection: w.Collection.ID,
			State: claims.Candidate})
		if err != nil || len(page.Claims) == 0 {
			t.Fatal("no candidate", err)
		}
		id := page.Claims[0].ID
		cm, err := w.Claims.AddComment(ctx, w.As("reviewer-1"), id, "@reviewer-2 @reviewer-1 @admin-1 look")
		if err != nil || strings.Join(cm.Unknown, " ") != "admin-1" {
			t.Fatalf("an admin reads no claims, and is nobody here: %+v, %v", cm, err)
		}
		one, two, admin := unread(t, w, "reviewer-1"), unread(t, w, "reviewer-2"), unread(t, w, "admin-1")
		if one != 0 || two != 1 || admin != 0 {
			t.Errorf("notices of author, mentioned, admin: %d, %d, %d; want 0, 1, 0", one, two, admin)
		}
		if _, err := w.Claims.AddComment(ctx, w.As("reviewer-1"), id,
			strings.Repeat("x", 1<<20)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a comment of a megabyte: %v", err)
		}
		w.Verify()
	})
}
