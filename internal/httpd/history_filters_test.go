package httpd

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/roomtest"
	"claimbench/internal/store/storetest"
)

// TestHistoryFilters: the history is narrowed by day in the reader's zone, by what a person is called, by verdict, by
// article and by claim.
func TestHistoryFilters(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	at := time.Date(2026, 3, 4, 22, 0, 0, 0, time.UTC)
	db.SetClock(func() time.Time { at = at.Add(time.Microsecond); return at })
	d := newDoorOn(t, db)
	fa, ar := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	at = at.AddDate(0, 0, 2)
	d.reviewed("reviewer-1", cl.ID, "archive")
	d.reviewed("reviewer-2", cl.ID, "archive")
	objects := func(query string) string {
		t.Helper()
		got := d.json("auditor-1", get, "/history?"+query, "").want(t, 200)
		return got.body
	}
	for query, c := range map[string]struct{ has, lacks string }{
		// 22:00 UTC of the fourth is the fifth in Tehran
		"from=2026-03-05&to=2026-03-05&zone=Asia%2FTehran": {"claim.created", "review.submitted"},
		"from=2026-03-05&to=2026-03-05&zone=UTC":           {`"items":[]`, "claim.created"},
		"from=2026-03-06":                                  {"review.submitted", "claim.created"},
		"actor=Reviewer+Two":                               {"review.submitted", "claim.created"},
		"actor=reviewer-1":                                 {"claim.created", "article.imported"},
		"verdict=unverified":                               {"review.submitted", "claim.created"},
		"verdict=disputed":                                 {`"items":[]`, "review.submitted"},
		fmt.Sprintf("article=%d", fa.Article.ID):           {"claim.created", fmt.Sprintf("article:%d", ar.Article.ID)},
		fmt.Sprintf("article=%d", ar.Article.ID):           {"article.imported", "claim.created"},
		fmt.Sprintf("claim=%d", cl.ID):                     {"review.submitted", "article.imported"},
		"article=999":                                      {`"items":[]`, "claim.created"},
	} {
		if body := objects(query); !strings.Contains(body, c.has) || strings.Contains(body, c.lacks) {
			t.Errorf("%s: want %s and not %s in %s", query, c.has, c.lacks, body)
		}
	}
	for _, known := range []string{"action=alarm.", "action=erasure.", "action=status.", "action=guideline.",
		"action=assignment.", "action=gap.", "object=alarm:1", "object=erasure:abcdefgh2345", "object=guideline:1",
		"object=publication:1", "object=text:3/statement"} {
		d.json("auditor-1", get, "/history?"+known, "").want(t, 200)
	}
	d.get("auditor-1", "/history?from=2026-03-05&zone=Asia%2FTehran").want(t, 200, "5 Mar 2026, 01:30", "+03:30")
	for query, says := range map[string]string{"from=soon": "is no day", "zone=Mars": "no time zone",
		"article=x": "no number", "claim=1&article=1": "not for two", "verdict=true": "verdict"} {
		d.json("auditor-1", get, "/history?"+query, "").want(t, 422, says)
	}
}

// TestAuditorOfOneCollection: they read the veiled events of theirs, take its history home, and see neither numbers nor
// checkpoints nor anything of another collection.
func TestAuditorOfOneCollection(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.reviewed("reviewer-1", cl.ID, "archive")
	other, err := d.Articles.CreateCollection(roomtest.Ctx(), d.As("admin-1"),
		articles.CollectionNew{Name: "Another investigation"})
	if err != nil {
		t.Fatal(err)
	}
	d.sealed()
	d.member("here", auth.Auditor, d.Collection.ID)
	d.member("there", auth.Auditor, other.ID)
	page := d.json("here", get, "/history", "").want(t, 200, "review.submitted", "round.opened")
	for _, not := range []string{`"seq"`, `"checkpoint"`, `"size"`} {
		if strings.Contains(page.body, not) {
			t.Errorf("the history of one collection has %s: %s", not, page.body)
		}
	}
	d.get("here", "/history").want(t, 200, "Export JSON Lines", "Exceptions")
	if body := d.get("here", "/history").body; strings.Contains(body, "Verify the history") {
		t.Error("an auditor of one collection is offered to verify everything")
	}
	file := d.form("here", "/history/export")
	file.want(t, 200, "review.submitted")
	for _, line := range strings.Split(strings.TrimSpace(file.body), "\n") {
		if !strings.Contains(line, fmt.Sprintf(`"collection":%d,`, d.Collection.ID)) {
			t.Errorf("the export of one collection has %s", line)
		}
	}
	if body := d.json("there", get, "/history", "").want(t, 200).body; strings.Contains(body, "review.submitted") {
		t.Error("an auditor of another collection reads its veiled events")
	}
	if body := d.form("there", "/history/export").body; strings.Contains(body, "claim.created") {
		t.Error("an auditor of another collection takes its history home")
	}
	d.get("here", "/history/5").want(t, 403)
	d.get("here", "/exceptions").want(t, 200, "Overruled reviewers")
	d.get("here", "/exceptions/checkpoint_gap").want(t, 404)
	d.form("here", "/exceptions/export", "format", "json").want(t, 403)
	d.form("here", "/exceptions/export", "format", "csv").want(t, 200, "rule,claim")
}

// TestAWrongConditionOfAHistoryIsSaidAtItsField: the page stays, with the other conditions as they were, lists nothing,
// and tells nobody whether there is a person whom they may not know.
func TestAWrongConditionOfAHistoryIsSaidAtItsField(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	of := fmt.Sprintf("/claims/%d/history", cl.ID)
	for _, c := range []struct {
		path   string
		status int
		field  string
		says   string
		keeps  []string
	}{
		{"/history?actor=x&article=7&from=2026-03-05&verdict=disputed", 404, "actor", "no such person",
			[]string{`value="7"`, `value="2026-03-05"`, `value="disputed" selected`, `value="x"`}},
		{"/history?article=x&actor=reviewer-1", 422, "article", "no number",
			[]string{`value="x"`, `value="reviewer-1"`}},
		{"/history?claim=x&to=2026-03-05", 422, "claim", "no number", []string{`value="2026-03-05"`}},
		{"/history?claim=1&article=1", 422, "claim", "Leave this empty", []string{`value="1"`}},
		{"/history?from=soon&actor=reviewer-1", 422, "from", "Write a day", []string{`value="reviewer-1"`}},
		{"/history?zone=Mars&actor=reviewer-1", 422, "zone", "Asia/Tehran", []string{`value="reviewer-1"`}},
		{of + "?person=x&from=2026-03-05&verdict=disputed", 404, "person", "no such person",
			[]string{`value="2026-03-05"`, `value="disputed" selected`, `value="x" selected`}},
		{of + "?to=soon&verdict=disputed", 422, "to", "Write a day", []string{`value="disputed" selected`}},
		{of + "?zone=Mars&from=2026-03-05", 422, "zone", "Asia/Tehran", []string{`value="2026-03-05"`}},
	} {
		page := d.get("auditor-1", c.path).want(t, c.status, append(c.keeps, `id="wrong-`+c.field+`"`, c.says,
			`aria-describedby="wrong-`+c.field+`"`, "Nothing is listed.", `class="acts filter"`)...)
		if strings.Contains(page.body, "claim.created") {
			t.Errorf("%s lists events", c.path)
		}
		d.json("auditor-1", get, c.path, "").want(t, c.status, c.says)
	}
	d.get("reviewer-1", of+"?person=x").want(t, 404, `id="wrong-person"`)
	if gone := d.get("reviewer-1", "/claims/999/history?person=x").want(t, 404); strings.Contains(gone.body, "wrong-") {
		t.Error("a claim that is not there has a form of its history")
	}
}
