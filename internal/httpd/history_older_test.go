package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

var beforeInPage = regexp.MustCompile(`before=([^"&]+)`)

// TestOlderPagesAreBlind: the address of the next page tells nobody but the auditors how many events there are.
func TestOlderPagesAreBlind(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.form("reviewer-1", claimURL(cl.ID)+"/reviews", "words_version", itoa(cl.WordsVersion), "round", "1", "confidence",
		"77", "verdict", "unverified", "reason_unverified", "insufficient",
		"searched", secrets[1]).want(t, http.StatusSeeOther)
	const visibles = 70
	who := history.Who{UserID: int64(d.As("reviewer-2").UserID), Name: "reviewer-2", Role: "reviewer", Via: history.Web,
		Request: "r-x"}
	err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		for i := range visibles {
			if _, err := history.Append(tx, who, history.Event{Action: "comment.added",
				Object: fmt.Sprintf("comment:%d", i+1), Collection: int64(d.Collection.ID),
				Texts: history.Texts{"text": fmt.Sprintf("word-%d.", i)}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	first := d.get("reviewer-2", "/history").want(t, http.StatusOK, "comment:70")
	cursor := beforeInPage.FindStringSubmatch(first.body)
	if cursor == nil {
		t.Fatalf("the first page leads to no other:\n%s", visible(first.body))
	}
	if _, err := strconv.ParseInt(cursor[1], 10, 64); err == nil {
		t.Errorf("the address of the next page holds the number %s", cursor[1])
	}
	next := d.get("reviewer-2", "/history?before="+cursor[1]).want(t, http.StatusOK, "comment:20")
	if strings.Contains(next.body, "comment:21<") || strings.Contains(next.body, secrets[1]) {
		t.Error("the next page repeats the first, or tells of the review")
	}
	var asked struct{ Next string }
	if err := json.Unmarshal([]byte(d.json("reviewer-2", get, "/history", "").want(t, http.StatusOK).body),
		&asked); err != nil || asked.Next != cursor[1] {
		t.Errorf("a program is led to %q (%v), a browser to %s", asked.Next, err, cursor[1])
	}
	for _, forged := range []string{"30", "1", "x", strings.Repeat("A", 26), cursor[1][:25], "A" + cursor[1]} {
		d.get("reviewer-2", "/history?before="+forged).want(t, http.StatusNotFound, "begin again")
	}
	d.get("auditor-1", "/history?before=30").want(t, http.StatusOK, `id="e29"`)
}
