package desk_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/erasures"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestErasureKeepsQuiet: the list of erasures, and the answer to an act, show no words of a text that was taken down.
func TestErasureKeepsQuiet(t *testing.T) {
	t.Parallel()
	ctx := roomtest.Ctx()
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	gone := w.Article(articles.Import{Lang: "en", Raw: "It was in the news. Yesterday " + said + ", it was said."})
	a := w.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants."})
	c := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
	e := ok[erasures.Erasure](t)(w.Erasures.Ask(ctx, w.As("admin-1"), claims.Object(c.ID), "statement",
		"It says WHY: “"+said+"”."))
	if err := w.Articles.TakeDown(ctx, w.As("editor-1"), gone.Article.ID, gone.Article.Version,
		"court order"); err != nil {
		t.Fatal(err)
	}
	one := ok[desk.ErasureJSON](t)(w.Desk.Erasure(ctx, w.As("admin-1"), e))
	reasons := []string{one.Reason}
	for _, name := range []string{"admin-1", "auditor-1"} {
		seen := ok[desk.Erasures](t)(w.Desk.Erasures(ctx, w.As(name), ""))
		reasons = append(reasons, seen.List[0].Reason, seen.JSON().Items[0].Reason)
	}
	for _, reason := range reasons {
		if !strings.Contains(reason, "WHY") || strings.Contains(reason, "seven crates") {
			t.Errorf("a reason reads %q", reason)
		}
	}
}

// TestErasureHasNoNumber: an auditor of one collection is shown no number of an event by an erasure of before.
func TestErasureHasNoNumber(t *testing.T) {
	t.Parallel()
	ctx := roomtest.Ctx()
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	a := w.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants."})
	c := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
	e := ok[erasures.Erasure](t)(w.Erasures.Ask(ctx, w.As("admin-1"), claims.Object(c.ID), "statement", "A child."))
	if err := w.DB.Write(ctx, func(tx *store.Tx) error { // an earlier program let it be asked
		return tx.Gorm().Exec("UPDATE erasures SET object = 'text:238/answer_reason' WHERE id = ?", e.ID).Error
	}); err != nil {
		t.Fatal(err)
	}
	here := ok[auth.User](t)(w.Auth.CreateUser(ctx, w.As("admin-1"), auth.NewUser{Name: "here"}))
	if err := w.Auth.GrantRole(ctx, w.As("admin-1"), here.ID, auth.Auditor, w.Collection.ID); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"here": "text", "auditor-1": "text:238/answer_reason"} {
		seen := ok[desk.Erasures](t)(w.Desk.Erasures(ctx, w.As(name), ""))
		if len(seen.List) != 1 || seen.JSON().Items[0].Object != want {
			t.Errorf("%s reads %+v", name, seen.List)
		}
	}
}
