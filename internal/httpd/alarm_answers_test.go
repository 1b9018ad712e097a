package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
)

// TestEachAnswerToAnAlarm: what stands as printed and what is withdrawn is answered from its page and as JSON, and said
// from then on by the list of alarms, the set and the claim. (A correction that supersedes: TestACorrectionAnswers.)
func TestEachAnswerToAnAlarm(t *testing.T) {
	t.Parallel()
	for _, asJSON := range []bool{false, true} {
		for _, answer := range []string{"stands", "withdrawn"} {
			t.Run(map[bool]string{false: "page ", true: "JSON "}[asJSON]+answer, func(t *testing.T) {
				t.Parallel()
				d := newDoor(t)
				fa, _ := d.twoArticles()
				c := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
				other := d.Claim(fa, "حدود ۹ گیگابایت", "داده منتشر شد")
				d.rules(1)
				for _, id := range []claims.ID{c.ID, other.ID} {
					d.reviewed("reviewer-1", id, "the minutes")
					d.approved(id)
				}
				sets, alarms := under(d.Collection.ID, "sets"), under(d.Collection.ID, "alarms")
				d.form("editor-1", sets, "title", "Leaks").want(t, http.StatusSeeOther)
				d.form("editor-1", "/sets/1/claims", "version", "1", "claim", itoa(c.ID),
					"claim", itoa(other.ID)).want(t, http.StatusSeeOther)
				d.form("editor-1", "/sets/1/freeze", "version", "2").want(t, http.StatusSeeOther)
				now, err := d.Claims.Get(roomtest.Ctx(), d.As("editor-1"), c.ID)
				if err == nil {
					_, err = d.Review.Reopen(roomtest.Ctx(), d.As("editor-1"), c.ID, now.Version, "new minutes")
				}
				if err != nil {
					t.Fatal(err)
				}
				d.json("editor-1", get, alarms, "").want(t, http.StatusOK, `"cause":"reopened"`)
				d.get("editor-1", alarms).want(t, http.StatusOK, "Claim reopened")

				if asJSON {
					d.json("editor-1", post, "/alarms/1/answers", `{"version":1,"answer":"`+answer+
						`","reason":"A wrong person."}`).want(t, http.StatusOK, `"answer":"`+answer+`"`)
				} else {
					d.form("editor-1", "/alarms/1/answers", "version", "1", "answer", answer,
						"reason", "A wrong person.").want(t, http.StatusSeeOther)
				}
				d.json("editor-1", get, alarms, "").want(t, http.StatusOK).without(t, `"cause":"reopened"`)
				d.get("editor-1", alarms).want(t, http.StatusOK, "Nothing waits")
				d.get("editor-1", sets).without(t, "alarm waits")
				is, word := "", "Valid"
				if answer == "withdrawn" {
					is, word = `"is":"withdrawn"`, "Withdrawn since"
				}
				d.json("reviewer-1", get, claimURL(c.ID), "").want(t, http.StatusOK, `"in_print"`, is).without(t,
					"under_review")
				d.get("reviewer-1", claimURL(c.ID)).want(t, http.StatusOK, word).without(t, "Under review since")
				d.json("editor-1", get, alarms+"?answered=1", "").want(t, http.StatusOK, "A wrong person.",
					`"answer":"`+answer+`"`)
				if other := d.get("reviewer-1", claimURL(other.ID)); !strings.Contains(other.body, "In print") {
					t.Error("the other claim of the set is not said to be in print")
				}
			})
		}
	}
}
