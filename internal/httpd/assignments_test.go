package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/store/storetest"
)

// TestAssignmentsPage: an editor sees who has what, looks at a way of giving out before they use it, keeps it as the
// rule, gives one claim to a person from the queue and takes it back. A reviewer may do none of it.
func TestAssignmentsPage(t *testing.T) {
	t.Parallel()
	d := newDoorOn(t, storetest.SQLite(t))
	fa, ar := d.twoArticles()
	one := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.Claim(ar, "نشر وثائق داخلية", "نشر وثائق داخلية")
	page, queue := under(d.Collection.ID, "assignments"), under(d.Collection.ID, "queue")
	for _, who := range []string{"reviewer-1", "auditor-1"} {
		d.get(who, page).want(t, http.StatusForbidden)
		d.form(who, page+"/rule", "how", "share", "share", "5").want(t, http.StatusForbidden)
		d.form(who, page, "claim", itoa(one.ID), "user", itoa(d.As("reviewer-2").UserID)).want(t, http.StatusForbidden)
	}
	if p := d.get("reviewer-1", queue); strings.Contains(p.body, "Give to") {
		t.Error("a reviewer is offered to give claims to others")
	}
	d.get("editor-1", page).want(t, http.StatusOK, "Claims are given out here by hand", "Reviewer Two")
	d.get("editor-1", page+"?how=languages").want(t, http.StatusOK, "4 assignments would be made", "Give them out")
	d.get("editor-1", page+"?how=share&share=0").want(t, http.StatusOK, "2 assignments would be made")
	d.json("editor-1", get, page+"?how=share&share=0", "").want(t, http.StatusOK, `"given":2`, `"how":"share"`,
		`"name":"Reviewer Two"`)
	for query, wrong := range map[string]string{"?how=lottery": "lottery", "?share=x": "0 to 100",
		"?how=share&share=999": "0 to 100"} {
		d.get("editor-1", page+query).want(t, http.StatusUnprocessableEntity, wrong)
	}
	d.form("editor-1", page+"/rule", "how", "share", "share", "25", "as_accepted", "true", "version", "0").want(t,
		http.StatusSeeOther)
	d.form("editor-1", page+"/rule", "how", "share", "share", "35", "version", "0").want(t, http.StatusConflict)
	d.form("editor-1", page+"/rule", "how", "share", "share", "101", "version", "1").want(t,
		http.StatusUnprocessableEntity)
	d.get("editor-1", page).want(t, http.StatusOK, "25 of a hundred", "each claim as it is accepted")

	two := itoa(d.As("reviewer-2").UserID)
	at := queue + "?claim=" + itoa(one.ID)
	d.get("editor-1", at).want(t, http.StatusOK, "Give to", `value="`+two+`"`, `aria-keyshortcuts="Shift+I"`)
	d.form("editor-1", page, "claim", itoa(one.ID), "user", two, "back", at).want(t, http.StatusSeeOther)
	d.get("editor-1", at).want(t, http.StatusOK, "Take it back from <bdi>Reviewer Two</bdi>")
	if q := d.queueSaid("editor-1", "?assignee="+two); len(q.Items) != 1 || q.Items[0].Claim.ID != int64(one.ID) {
		t.Errorf("given to them: %+v", q)
	}
	d.form("editor-1", page, "claim", itoa(one.ID), "user", two, "take_back", "true", "back", at).want(t,
		http.StatusSeeOther)
	d.form("editor-1", page, "claim", itoa(one.ID), "to", "Reviewer-2").want(t, http.StatusSeeOther)
	d.form("editor-1", page, "claim", itoa(one.ID), "to", "auditor-1").want(t, http.StatusUnprocessableEntity,
		"Nobody who reviews here")
	d.get("editor-1", page).want(t, http.StatusOK, "assignee="+two)
	d.Verify()
}

// TestManyGiven: an editor gives those selected to one person, and puts them off, each in one act with one undo.
func TestManyGiven(t *testing.T) {
	t.Parallel()
	d := newDoorOn(t, storetest.SQLite(t))
	fa, ar := d.twoArticles()
	one := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	two := d.Claim(ar, "نشر وثائق داخلية", "نشر وثائق داخلية")
	queue, to := under(d.Collection.ID, "queue"), itoa(d.As("reviewer-2").UserID)
	d.get("editor-1", queue).want(t, http.StatusOK, `value="give">`, `value="snooze">`)
	send := func(who, path, body string) {
		t.Helper()
		d.do(who, post, path, "application/x-www-form-urlencoded", "claim="+itoa(one.ID)+"&claim="+
			itoa(two.ID)+"&"+body, "Sec-Fetch-Site", "same-origin").want(t, http.StatusSeeOther)
	}
	send("editor-1", under(d.Collection.ID, "assignments"), "user="+to)
	if q := d.queueSaid("editor-1", "?assignee="+to); len(q.Items) != 2 {
		t.Errorf("given: %+v", q.Items)
	}
	send("editor-1", under(d.Collection.ID, "snoozes"), "until=7")
	if q := d.queueSaid("editor-1", ""); len(q.Items) != 0 {
		t.Errorf("put off: %+v", q.Items)
	}
	for _, left := range []string{"?tab=turn", "?assignee=none"} {
		page := d.get("editor-1", queue)
		d.form("editor-1", under(d.Collection.ID, "undo"), "act", offers(page)["undo"], "back", queue).want(t,
			http.StatusSeeOther)
		if q := d.queueSaid("editor-1", left); len(q.Items) != 2 {
			t.Errorf("taken back, %s holds %+v", left, q.Items)
		}
	}
	d.Verify()
}
