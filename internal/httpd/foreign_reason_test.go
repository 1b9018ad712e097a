package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// TestReasonsAndGlossesAreMarked: a reason in another script carries its language and direction, and a list shows no
// gloss that the page's own language does not cover.
func TestReasonsAndGlossesAreMarked(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	const gloss, reason = "Etwa neun Gigabyte wurden veröffentlicht", "این سند تازه است و باید دوباره بررسی شود"
	if _, err := d.Claims.SetGloss(roomtest.Ctx(), d.As("reviewer-1"), cl.ID, "de", gloss, 0); err != nil {
		t.Fatal(err)
	}
	if page := d.get("reviewer-1", under(d.Collection.ID, "claims")); strings.Contains(page.body, gloss) {
		t.Error("the list shows a German gloss as if it were English")
	}
	older := "of older words"
	if page := d.get("reviewer-1", claimURL(cl.ID)); strings.Contains(page.body, older) {
		t.Error("a gloss of the present words is marked as one of older words")
	}
	if _, err := d.Claims.Edit(roomtest.Ctx(), d.As("reviewer-1"), cl.ID, cl.WordsVersion, claims.Words{
		Statement: "حدود ۹ گیگابایت داده منسوب به مکرون منتشر شد", Kind: cl.Kind}, false); err != nil {
		t.Fatal(err)
	}
	d.get("reviewer-1", claimURL(cl.ID)).want(t, http.StatusOK, older)
	if r := d.json("reviewer-1", get, claimURL(cl.ID), ""); !strings.Contains(r.body, `"of_older_words":true`) {
		t.Errorf("programs are not told of %q: %s", older, r.body)
	}
	var seq int64
	err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		e, err := history.Append(tx, history.Who{Name: "editor-1", Role: "editor", Via: history.Web},
			history.Event{Action: "claim.edited", Object: "claim:1", Collection: int64(d.Collection.ID),
				Reason: reason})
		seq = e
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	marked := `<bdi lang="fa" dir="rtl">` + reason + `</bdi>`
	d.get("auditor-1", "/history").want(t, http.StatusOK, marked)
	d.get("auditor-1", "/history/"+itoa(seq)).want(t, http.StatusOK, marked)
}
