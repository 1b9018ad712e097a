package erasures_test

import (
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/erasures"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

var ctx = roomtest.Ctx()

// TestTwoAdminsErase: one asks, another confirms, nobody does both; it expires, the auditors are told, and the history
// verifies.
func TestTwoAdminsErase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := time.Date(2026, 3, 4, 5, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { at = at.Add(time.Second); return at })
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "Twelve grants were approved. The mayor left.", Lang: "en"})
		c := w.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
		one := w.As("admin-1")
		second, err := w.Auth.CreateUser(ctx, one, auth.NewUser{Name: "admin-2"})
		if err == nil {
			err = w.Auth.GrantRole(ctx, one, second.ID, auth.Admin, 0)
		}
		if err != nil {
			t.Fatal(err)
		}
		two := w.As("admin-2")
		of := claims.Object(c.ID)
		refuse := func(what string, kind fault.Kind, err error) {
			t.Helper()
			if fault.KindOf(err) != kind {
				t.Errorf("%s: %v", what, err)
			}
		}
		ask := func(by auth.Actor, object, text, reason string) (erasures.Erasure, error) {
			return w.Erasures.Ask(ctx, by, object, text, reason)
		}
		for what, x := range map[string]struct {
			who                  string
			object, text, reason string
			kind                 fault.Kind
		}{
			"an editor":   {"editor-1", of, "statement", "It names a child.", fault.Forbidden},
			"an auditor":  {"auditor-1", of, "statement", "It names a child.", fault.Forbidden},
			"no reason":   {"admin-1", of, "statement", " ", fault.Invalid},
			"no object":   {"admin-1", "", "statement", "It names a child.", fault.Invalid},
			"no text":     {"admin-1", of, "nothing", "It names a child.", fault.NotFound},
			"an erasure":  {"admin-1", "erasure:abcdefgh2345", "why", "Why not.", fault.Invalid},
			"its event":   {"admin-1", "text:3/reason", "reason", "Why not.", fault.Invalid},
			"long object": {"admin-1", strings.Repeat("x", 101), "statement", "Why not.", fault.Invalid},
		} {
			_, err := ask(w.As(x.who), x.object, x.text, x.reason)
			refuse(what, x.kind, err)
		}
		late, err := ask(one, of, "statement", "It names a child.")
		if err != nil {
			t.Fatal(err)
		}
		_, err = ask(two, of, "statement", "Again.")
		refuse("asked twice", fault.Conflict, err)
		at = at.AddDate(0, 0, 8)
		_, err = w.Erasures.Confirm(ctx, two, late.Public)
		refuse("too late", fault.Conflict, err)
		e, err := ask(one, of, "statement", "It names a child.")
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Erasures.Confirm(ctx, one, e.Public)
		refuse("alone", fault.Forbidden, err)
		_, err = w.Erasures.Confirm(ctx, w.As("auditor-1"), e.Public)
		refuse("an auditor confirms", fault.Forbidden, err)
		_, err = w.Erasures.Confirm(ctx, two, "nosuchname22")
		refuse("no such", fault.NotFound, err)
		if e, err = w.Erasures.Confirm(ctx, two, e.Public); err != nil || e.Erased == 0 || e.State != erasures.Done {
			t.Fatalf("%+v, %v", e, err)
		}
		_, err = w.Erasures.Refuse(ctx, one, e.Public)
		refuse("refused after it was done", fault.Conflict, err)
		if _, err = w.Erasures.Refuse(ctx, one, late.Public); err != nil {
			t.Errorf("taken back: %v", err)
		}
		// one that was asked by somebody who is no admin any more is void, and may be asked anew
		lost, err := ask(two, of, "exact", "It names a child.")
		if err == nil {
			err = w.Auth.DisableUser(ctx, one, second.ID, "")
		}
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Erasures.Confirm(ctx, one, lost.Public)
		refuse("asked by a disabled admin", fault.Conflict, err)
		list, err := w.Desk.Erasures(ctx, one, "")
		if err != nil || !list.List[0].Left || !list.List[0].Void || list.List[0].Confirms || !list.List[0].Refuses {
			t.Errorf("%+v, %v", list.List[0], err)
		}
		again, err := ask(one, of, "exact", "It names a child.")
		if err != nil {
			t.Errorf("asked anew: %v", err)
		}
		if err := w.Auth.EnableUser(ctx, one, second.ID, ""); err != nil {
			t.Fatal(err)
		}
		if err := w.Auth.RevokeRole(ctx, w.As("admin-2"), one.UserID, auth.Admin, 0, ""); err != nil {
			t.Fatal(err)
		}
		_, err = w.Erasures.Confirm(ctx, w.As("admin-2"), again.Public)
		refuse("asked by an admin of before", fault.Conflict, err)
		_, err = w.Erasures.Confirm(ctx, one, lost.Public)
		refuse("confirmed by an admin of before", fault.Forbidden, err)
		told(t, w, "auditor-1", notices.EraseAsked, notices.EraseDone, notices.EraseRefused)
		told(t, w, "admin-2", notices.EraseAsked)
		past, err := w.Desk.Past(ctx, w.As("auditor-1"), desk.PastAsk{Action: "erasure."})
		if err != nil || len(past.Events) != 6 || past.Events[0].Texts["why"].Text != "It names a child." {
			t.Errorf("%d events, %v", len(past.Events), err)
		}
		var gone history.Entry
		if err := db.Read(ctx, func(rx *store.Rx) error {
			all, err := history.List(rx, history.Filter{Object: of, Viewer: history.Viewer{ReadAll: true}})
			gone = all[len(all)-1]
			return err
		}); err != nil || !gone.Texts["statement"].Erased {
			t.Errorf("%+v, %v", gone.Texts, err)
		}
		w.Verify()
	})
}

func told(t *testing.T, w *roomtest.World, who string, want ...notices.Kind) {
	t.Helper()
	seen, err := w.Desk.Notices(ctx, w.As(who), "")
	if err != nil {
		t.Fatal(err)
	}
	have := map[notices.Kind]bool{}
	for _, n := range seen.List {
		have[n.Kind] = true
		if n.Place() != "/erasures" {
			t.Errorf("a notice leads to %q", n.Place())
		}
	}
	for _, kind := range want {
		if !have[kind] {
			t.Errorf("%s was not told that %s", who, kind)
		}
	}
}
