package main

import (
	"context"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestDemoShowsWork: whoever signs in finds work in each tab, every article has a source and an origin, claims stand in
// every state that the demo is to show, and the history of it verifies. Filling again changes nothing.
func TestDemoShowsWork(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		ctx := context.Background()
		h, err := house.Open(db, house.Options{Auth: auth.Options{Demo: true}})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := fillDemo(ctx, h, false); err != nil {
				t.Fatal(err)
			}
		}
		d := desk.New(h, nil)
		as := func(name string) auth.Actor {
			a, err := h.Auth.ActorFor(ctx, name, history.Web)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		for _, name := range []string{"reviewer-1", "reviewer-2", "editor-1", "editor-2"} {
			for _, tab := range []review.Tab{review.TabTurn, review.TabWaiting, review.TabConflict, review.TabApprove,
				review.TabSnoozed, review.TabDone} {
				q, err := d.Queue(ctx, as(name), desk.QueueAsk{QueueFilter: review.QueueFilter{Collection: 1,
					Tab: tab}})
				if err == nil && q.Undo != nil {
					t.Errorf("%s is offered to undo what the demo did: %s", name, q.Undo.Words)
				}
				reviewed := name == "reviewer-1" || name == "reviewer-2"
				if err != nil || len(q.Entries) == 0 && (reviewed || tab != review.TabWaiting) {
					t.Errorf("%s finds nothing in the tab %s, %v", name, tab, err)
				}
			}
		}
		for id := range articles.ID(4) {
			a, err := h.Articles.Get(ctx, as("editor-1"), id+1)
			_, stated, err2 := h.Evidence.ArticleOriginOf(ctx, as("editor-1"), id+1)
			if err != nil || err2 != nil || a.SourceID == nil || stated == nil {
				t.Errorf("article %d: source %v, origin %v, %v, %v", id+1, a.SourceID, stated, err, err2)
			}
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			for _, s := range []claims.State{claims.Candidate, claims.Open, claims.InConflict, claims.Decided,
				claims.Approved} {
				if p, err := claims.ListOf(r, claims.Filter{Collection: 1, State: s}, 0); err != nil ||
					len(p.Claims) == 0 {
					t.Errorf("no claim is %s, %v", s, err)
				}
			}
			sets, err := claimset.ListOf(r, 1, 0, 10)
			if err != nil || len(sets) != 1 || sets[0].State != claimset.Frozen {
				t.Errorf("sets: %+v, %v", sets, err)
			}
			items, err := evidence.OfClaim(r, 1)
			if err != nil || len(items) != 1 || items[0].Origin == nil {
				t.Errorf("evidence of claim 1: %+v, %v", items, err)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		admin := as("admin-1")
		if err := h.Auth.DisableUser(ctx, admin, as("editor-1").UserID, "gone"); err != nil {
			t.Fatal(err)
		}
		var said strings.Builder
		if err := refillDemo(ctx, h, false, false, &said); err != nil || !strings.Contains(said.String(), "editor-1") {
			t.Errorf("after its editor was disabled the demo says %q, %v", said.String(), err)
		}
		if rep, err := h.Audit(ctx, history.Options{}); err != nil || !rep.OK() {
			t.Errorf("the audit: %+v, %v", rep, err)
		}
	})
}
