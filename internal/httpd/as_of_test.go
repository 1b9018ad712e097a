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
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestAsOf: auditors read pages as they stood; what may be seen is decided today, and nothing is written.
func TestAsOf(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { at = at.Add(time.Microsecond); return at })
		d := newDoorOn(t, db)
		fa, ar := d.twoArticles()
		cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		at = at.Add(time.Hour) // 11:00
		ctx := roomtest.Ctx()
		edited, err := d.Claims.Edit(ctx, d.As("reviewer-1"), cl.ID, cl.WordsVersion,
			claims.Words{Statement: "نه گیگابایت داده"}, false)
		if err != nil {
			t.Fatal(err)
		}
		d.reviewed("reviewer-1", cl.ID, "archive")
		later := d.Claim(fa, "مسکو نیز", "مسکو رد کرد")
		at = at.Add(time.Hour) // 12:00
		set, err := d.Sets.Create(ctx, d.As("editor-1"), d.Collection.ID, "A set of noon")
		if err != nil {
			t.Fatal(err)
		}
		col, page := under(d.Collection.ID, ""), claimURL(cl.ID)
		then, noon := "?asof=2026-03-04T10:30:00Z", "?asof=2026-03-04T11:30:00Z"
		early := d.json("auditor-1", get, page+then, "").want(t, 200, "حدود ۹ گیگابایت داده منتشر شد").body
		if strings.Contains(early, "نه گیگابایت داده") || strings.Contains(early, `"verdict":"unverified"`) {
			t.Errorf("the claim of 10:30 has what came later: %s", early)
		}
		mid := d.json("auditor-1", get, page+noon, "").want(t, 200, "نه گیگابایت داده", `"unverified"`)
		if mid.header.Get(asOfHeader) != "2026-03-04T11:30:00.000000Z" {
			t.Errorf("header %q", mid.header.Get(asOfHeader))
		}
		d.json("auditor-1", get, claimURL(later.ID)+then, "").want(t, 404)
		list := d.json("auditor-1", get, col+"claims"+then, "").want(t, 200, `"id":`+itoa(cl.ID)).body
		if strings.Contains(list, "مسکو رد کرد") {
			t.Error("the list of 10:30 has a claim of 11:00")
		}
		d.json("auditor-1", get, col+"sets"+noon, "").want(t, 200, `"items":[]`)
		d.json("auditor-1", get, setURL(set.ID)+noon, "").want(t, 404)
		html := d.get("auditor-1", page+noon).want(t, 200, "As it stood on", "4 Mar 2026, 11:30", "Back to now").body
		if !strings.Contains(html, fmt.Sprintf(`href="/articles/%d?`, fa.Article.ID)) ||
			!strings.Contains(html, "asof=") {
			t.Error("links of a page of the past lead to now")
		}
		d.loadsNoToday(t, cl.ID, noon)
		d.get("auditor-1", page).want(t, 200, "As it stood at a moment")
		for _, path := range []string{col + "articles", fmt.Sprintf("/articles/%d", fa.Article.ID), col + "sets"} {
			d.get("auditor-1", path+noon).want(t, 200, "As it stood on")
		}
		for _, path := range []string{fmt.Sprintf("/articles/%d/revisions", fa.Article.ID), page + "/history",
			col + "alarms"} {
			d.get("auditor-1", path+noon).want(t, 200, "As it stood on")
		}
		for path, has := range map[string][2]string{
			page + "/wordings": {"حدود ۹ گیگابایت داده منتشر شد", "نه گیگابایت"},
			page + "/history":  {`"object":"claim:`, "claim.edited"},
		} {
			body := d.json("auditor-1", get, path+then, "").want(t, 200, has[0]).body
			if strings.Contains(body, has[1]) {
				t.Errorf("%s of 10:30 has %q, which came later: %s", path, has[1], body)
			}
			d.json("auditor-1", get, path+noon, "").want(t, 200, has[1])
		}
		d.refusesThePast(t, page, edited)
		if err := d.Articles.TakeDown(ctx, d.As("editor-1"), fa.Article.ID, d.articleVersion(fa.Article.ID),
			"court order"); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{page + then, col + "claims" + then,
			fmt.Sprintf("/articles/%d%s", fa.Article.ID, then)} {
			if body := d.json("auditor-1", get, path, "").want(t, 200).body; strings.Contains(body, "گیگابایت") {
				t.Errorf("%s shows words that are withheld today: %s", path, body)
			}
		}
		d.json("auditor-1", get, fmt.Sprintf("/articles/%d%s", ar.Article.ID, then), "").want(t, 200, "نشر وثائق")
	})
}

// loadsNoToday: every part that a page of the past loads, and every link that brings a part, is of the moment, or it is
// not there.
func (d *door) loadsNoToday(t *testing.T, cl claims.ID, then string) {
	t.Helper()
	d.shelve(d.Collection.ID, cl)
	page := claimURL(cl)
	d.get("auditor-1", page).want(t, 200, `hx-get="`+page+`/checked`)
	for _, path := range []string{page, page + "/history", "/history"} {
		seen := d.get("auditor-1", path+then).want(t, 200, "As it stood on")
		for _, part := range regexp.MustCompile(`hx-get="([^"]*)"`).FindAllStringSubmatch(seen.body, -1) {
			if !strings.Contains(part[1], "asof=") {
				t.Errorf("%s of the past loads %s of today", path, part[1])
			}
		}
	}
}

// refusesThePast: nobody but auditors, no moment that is none, and no deed.
func (d *door) refusesThePast(t *testing.T, page string, cl claims.Claim) {
	t.Helper()
	then := "?asof=2026-03-04T10:30:00Z"
	for _, who := range []string{"reviewer-1", "editor-1"} {
		d.json(who, get, page+then, "").want(t, 403)
	}
	for asked, says := range map[string]string{"soon": "no moment", "2099-01-01": "still to come",
		"1999-01-01": "Nothing had happened"} {
		d.json("auditor-1", get, page+"?asof="+asked, "").want(t, 422, says)
	}
	d.json("editor-1", post, page+"/withdraw"+then, `{"version":1,"reason":"no"}`).want(t, 422, "asof")
	for path, why := range map[string]string{"/drafts": "a person's own", "/notices": "a person's own",
		under(d.Collection.ID, "agreement"): "sums are kept", "/history/1": "never changes"} {
		d.json("auditor-1", get, path+then, "").want(t, 422, "asof", "has no past", why)
		d.get("auditor-1", path+then).want(t, 422, "has no past")
	}
	d.json("reviewer-1", get, page+"/evidence"+then, "").want(t, 422, "has no past")
	was := d.json("auditor-1", get, "/history"+then, "").want(t, 200, "claim.created").body
	if strings.Contains(was, "claim.edited") || strings.Contains(was, "claimset.") {
		t.Errorf("the history of 10:30 tells what came later: %s", was)
	}
	d.get("auditor-1", "/history"+then).want(t, 200, "As it stood on")
	d.json("auditor-1", get, "/history", "").want(t, 200, "claimset.created")
	other, err := d.Articles.CreateCollection(roomtest.Ctx(), d.As("admin-1"), articles.CollectionNew{Name: "Another"})
	if err != nil {
		t.Fatal(err)
	}
	d.member("there", auth.Auditor, other.ID)
	d.json("there", get, page+then, "").want(t, 404)
}

func (d *door) articleVersion(id articles.ID) (n int64) {
	d.t.Helper()
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		a, err := articles.ByID(r, id)
		n = a.Version
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	return n
}
