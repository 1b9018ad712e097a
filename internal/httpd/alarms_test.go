package httpd

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
)

// without says that an answer holds none of some words.
func (r reply) without(t *testing.T, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(r.body, p) {
			t.Errorf("the answer holds %q", p)
		}
	}
}

// TestAlarmsOnPages: a claim that is reopened after it was printed is said on the set, the claim, the queue of editors
// and in the history, until an editor answers; a reviewer reads it and answers nothing, and for who is not of the
// collection it is not there. Editors are told, and the others when it is answered; the history of the claim tells all
// of it, and each export.
func TestAlarmsOnPages(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	c := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.rules(1)
	d.reviewed("reviewer-1", c.ID, "the minutes")
	d.approved(c.ID)
	d.frozen(c.ID, "Leaks")
	other, err := d.Articles.CreateCollection(roomtest.Ctx(), d.As("admin-1"), articles.CollectionNew{Name: "Another"})
	if err != nil {
		t.Fatal(err)
	}
	d.member("theirs", auth.Editor, other.ID)
	const set = "/sets/1"
	queue, alarms, page := under(d.Collection.ID, "queue"), under(d.Collection.ID, "alarms"), claimURL(c.ID)
	d.get("editor-1", set).want(t, http.StatusOK, "Withdraw a claim").without(t, "Since it was printed")
	d.get("editor-1", page).want(t, http.StatusOK, "In print", "Valid")
	d.form("editor-1", set+"/export", "format", "json").want(t, http.StatusOK)
	d.form("editor-1", set+"/export", "format", "fragment", "claim", itoa(c.ID)).want(t, http.StatusOK)
	d.get("reviewer-1", set).want(t, http.StatusOK, "Exported", "JSON, ", "fragment of claim", "sha256 ")
	d.json("reviewer-1", get, set, "").want(t, http.StatusOK, `"exports":{"items":[{"at":`, `"format":"json","bytes":`,
		`"format":"fragment","claim":`)
	now, err := d.Claims.Get(roomtest.Ctx(), d.As("editor-1"), c.ID)
	if err == nil {
		_, err = d.Review.Reopen(roomtest.Ctx(), d.As("editor-1"), c.ID, now.Version, "new minutes")
	}
	if err != nil {
		t.Fatal(err)
	}
	d.get("editor-1", queue).want(t, http.StatusOK, alarms, "In print <b>1</b>")
	d.get("reviewer-1", queue).without(t, "In print")
	d.get("editor-1", set).want(t, http.StatusOK, "Since it was printed", "Claim reopened", "/alarms/1/answers",
		"Under review since")
	const raised, answered = `"kind":"alarm_raised","place":"/sets/1"`, `"kind":"alarm_answered","place":"/sets/1"`
	d.json("editor-2", get, "/notices", "").want(t, http.StatusOK, `"unread":1`, raised)
	d.get("editor-2", "/notices").want(t, http.StatusOK, "to what a frozen set prints", "Claim set")
	d.json("reviewer-1", get, "/notices", "").without(t, "alarm_")
	d.json("auditor-1", get, "/notices", "").without(t, "alarm_")
	sets := under(d.Collection.ID, "sets")
	d.get("reviewer-1", sets).want(t, http.StatusOK, "1 alarm waits")
	d.json("reviewer-1", get, sets, "").want(t, http.StatusOK, `"alarms_waiting":1`)
	d.get("reviewer-1", set).want(t, http.StatusOK, "Claim reopened").without(t, "/alarms/1/answers")
	d.get("reviewer-1", page).want(t, http.StatusOK, "Under review since")
	d.json("reviewer-1", get, page, "").want(t, http.StatusOK, `"in_print":{"items":[{"set":1,`, `"is":"under_review"`)
	d.json("reviewer-1", get, set, "").want(t, http.StatusOK, `"cause":"reopened"`, `"conditions":{"items":[{"claim":`)
	d.get("auditor-1", "/history").want(t, http.StatusOK, "alarm.raised")
	d.get("admin-1", alarms).want(t, http.StatusForbidden)
	for _, path := range []string{"/alarms/1/answers", "/alarms/99/answers"} {
		d.form("theirs", path, "version", "1", "answer", "stands", "reason", "so").want(t, http.StatusNotFound,
			"There is no such alarm.")
	}
	answer := func(who, reason string) reply {
		return d.form(who, "/alarms/1/answers", "version", "1", "answer", "stands", "reason", reason)
	}
	answer("reviewer-1", "so").want(t, http.StatusForbidden)
	d.get("editor-1", alarms).want(t, http.StatusOK, `<option value="">Choose an answer</option>`)
	d.form("editor-1", "/alarms/1/answers", "version", "1", "answer", "", "reason", "so").want(t,
		http.StatusUnprocessableEntity, "Choose one.")
	answer("editor-1", "").want(t, http.StatusUnprocessableEntity, "An answer needs a reason.")
	answer("editor-1", "The minutes agree.").want(t, http.StatusSeeOther)
	d.json("editor-2", get, "/notices", "").want(t, http.StatusOK, `"unread":1`, answered).without(t, raised)
	d.json("editor-1", get, "/notices", "").without(t, "alarm_answered", raised)
	answer("editor-1", "Once more.").want(t, http.StatusConflict, "answered already")
	d.get("editor-1", sets).want(t, http.StatusOK, "Leaks").without(t, "alarm waits")
	d.get("editor-1", alarms).want(t, http.StatusOK, "Nothing waits").without(t, "Claim reopened")
	d.get("editor-1", alarms+"?answered=1").want(t, http.StatusOK, "The minutes agree.", "Stands as printed")
	d.get("editor-1", page).want(t, http.StatusOK, "Valid")
	d.form("editor-1", set+"/withdrawals", "claim", itoa(c.ID), "reason", "").want(t, http.StatusUnprocessableEntity)
	d.form("editor-1", set+"/withdrawals", "claim", itoa(c.ID+claims.ID(500)), "reason", "so").want(t,
		http.StatusNotFound)
	d.form("editor-1", set+"/withdrawals", "claim", itoa(c.ID), "reason", "A wrong person.").want(t,
		http.StatusSeeOther)
	d.get("reviewer-1", page).want(t, http.StatusOK, "Withdrawn since")
	d.get("auditor-1", "/history").want(t, http.StatusOK, "alarm.answered", "alarm.withdrawn")
	story := d.get("reviewer-1", page+"/history").want(t, http.StatusOK)
	story.body = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(story.body, "") // numbers lead to where they stand
	story.want(t, http.StatusOK, "froze set 1, version 1; the claim is printed in it",
		"exported set 1, in which the claim is printed, as JSON", "exported the claim alone, of set 1, as fragment",
		"raised an alarm on set 1, which prints the claim: claim reopened",
		"answered the alarm on set 1 (claim reopened): stands as printed", "The minutes agree.",
		"withdrew the claim from set 1", "A wrong person.")
}
