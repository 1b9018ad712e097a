package httpd

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/guidelines"
	"claimbench/internal/methods"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestPagesOfThePast: the pages of a collection and of the house, each as it stood before something happened and after.
func TestPagesOfThePast(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { at = at.Add(time.Microsecond); return at })
		d := newDoorOn(t, db)
		ctx, admin, editor, in := roomtest.Ctx(), d.As("admin-1"), d.As("editor-1"), d.Collection.ID
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		fa, _ := d.twoArticles()
		cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		en := d.Article(articles.Import{Raw: "Twelve grants were approved. The mayor left.", Lang: "en",
			Source: "Ledger"})
		old := d.Claim(en, "The mayor left", "The mayor left in May.")
		_, err := d.Guide.Set(ctx, editor, in, guidelines.Draft{Words: "Read it twice.", Lang: "en"})
		must(err)
		_, err = d.Methods.Set(ctx, editor, in, methods.Draft{Words: "We ask two people.", Lang: "en"})
		must(err)
		shelved := d.shelve(in, cl.ID)

		at = at.Add(time.Hour) // 11:00
		_, err = d.Guide.Set(ctx, editor, in, guidelines.Draft{Words: "Read it three times.", Lang: "en", Opened: 1})
		must(err)
		_, err = d.Methods.Set(ctx, editor, in, methods.Draft{Words: "We ask three people.", Lang: "en", Opened: 1})
		must(err)
		src := articles.SourceID(0)
		must(db.Read(ctx, func(r *store.Rx) error {
			id, _, err := store.One[int64](r, "SELECT id FROM sources WHERE name = 'Ledger'")
			src = articles.SourceID(id)
			return err
		}))
		_, err = d.Articles.UpdateSource(ctx, admin, articles.Source{ID: src, Name: "New Ledger", Kind: "newspaper",
			Version: 1})
		must(err)
		_, err = d.Articles.RateSource(ctx, editor, articles.Rating{CollectionID: in, SourceID: src, Reliability: "D"})
		must(err)
		mina, err := d.Auth.CreateUser(ctx, admin, auth.NewUser{Name: "mina", Display: "Mina Late"})
		must(err)
		must(d.Auth.GrantRole(ctx, admin, d.As("reviewer-1").UserID, auth.Editor, in))
		_, err = d.Shelf.Remove(ctx, editor, shelved.entries[1], 1, "Not ours.")
		must(err)
		_, err = d.Shelf.Decide(ctx, editor, cl.ID, shelved.match, 1, shelf.Confirmed)
		must(err)
		_, err = d.Claims.Edit(ctx, d.As("reviewer-1"), old.ID, old.WordsVersion,
			claims.Words{Statement: "The burgomaster went."}, false)
		must(err)
		for _, name := range []string{"reviewer-1", "reviewer-2"} {
			_, _, err = d.Submit(name, cl, review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient,
				Rationale: "Nothing.", Searched: "archive"})
			must(err)
		}
		_, err = d.Articles.CreateCollection(ctx, admin, articles.CollectionNew{Name: "Later one"})
		must(err)

		at = at.Add(time.Hour) // 12:00
		col := under(in, "")
		then, noon := "asof=2026-03-04T10:30:00Z", "asof=2026-03-04T11:30:00Z"
		for _, p := range []struct{ path, has, later string }{
			{col + "guidelines", "Read it twice.", "Read it three times."},
			{col + "method", "We ask two people.", "We ask three people."},
			{"/sources", `"Ledger"`, "New Ledger"},
			{"/users", "reviewer-1", "Mina Late"},
			{fmt.Sprintf("/users/%d", d.As("reviewer-1").UserID), `"role":"reviewer"`, `"role":"editor"`},
			{"/collections", d.Collection.Name, "Later one"},
			{col + "queue?tab=turn", fmt.Sprintf(`"id":%d`, cl.ID), "burgomaster"},
			{col + "queue?tab=approve", `"items":[]`, fmt.Sprintf(`"id":%d`, cl.ID)},
			{col + "dashboard", `"open":2`, `"unverified":1`},
			{col + "search?q=mayor", "The mayor left in May.", "burgomaster"},
			{col + "search?q=burgomaster", `"claims":{"items":[]`, "burgomaster"},
			{fmt.Sprintf("/checked/%d", shelved.entries[1]), `"state":"kept"`, `"state":"removed"`},
			{claimURL(cl.ID) + "/checked", "", `"confirmed"`},
			{"/exceptions", "hasty_approval", ""},
			{"/exceptions/new_role", `"items":`, "mina"},
			{col + "status", `"items":[]`, ""},
			{col + "checked", "", ""},
			{"/history", "", ""},
		} {
			mark := "?"
			if strings.Contains(p.path, "?") {
				mark = "&"
			}
			early := d.json("auditor-1", get, p.path+mark+then, "").want(t, 200, p.has)
			if p.later != "" && strings.Contains(early.body, p.later) {
				t.Errorf("%s of 10:30 has %q, which came later: %s", p.path, p.later, early.body)
			}
			if early.header.Get(asOfHeader) != "2026-03-04T10:30:00.000000Z" {
				t.Errorf("%s does not say its moment", p.path)
			}
			if p.path != "/exceptions/new_role" {
				d.json("auditor-1", get, p.path+mark+noon, "").want(t, 200, p.later)
			}
			page := d.get("auditor-1", p.path+mark+then).want(t, 200, "As it stood on")
			if strings.Contains(page.body, "data-download") {
				t.Errorf("%s of the past offers a file, which holds what is so today", p.path)
			}
			for _, part := range regexp.MustCompile(`hx-get="(/[^"]*)"`).FindAllStringSubmatch(page.body, -1) {
				if !strings.Contains(part[1], "asof=") {
					t.Errorf("%s of the past loads %s of today", p.path, part[1])
				}
			}
		}
		d.json("auditor-1", get, fmt.Sprintf("/users/%d?%s", mina.ID, then), "").want(t, 404)
		if body := d.json("auditor-1", get, col+"queue?tab=turn&"+noon, "").want(t, 200).body; strings.Contains(body,
			fmt.Sprintf(`"id":%d,`, cl.ID)) {
			t.Errorf("a decided claim waits at noon: %s", body)
		}
		for _, path := range []string{"/collections", col + "queue", "/sources"} {
			d.json("editor-1", get, path+"?"+then, "").want(t, 403)
		}
		must(d.Articles.TakeDown(ctx, editor, en.Article.ID, d.articleVersion(en.Article.ID), "court order"))
		for _, path := range []string{col + "search?q=mayor&", col + "queue?tab=turn&"} {
			if body := d.json("auditor-1", get, path+then, "").want(t, 200).body; strings.Contains(body, "mayor left") {
				t.Errorf("%s shows what is withheld today: %s", path, body)
			}
		}
	})
}
