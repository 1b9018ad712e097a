package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// TestFreezeInTheBackground: the page and the JSON of a draft that a job freezes say how far it is, offer no second
// freeze, and say why it failed.
func TestFreezeInTheBackground(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	set, err := d.Sets.Create(roomtest.Ctx(), d.As("editor-1"), d.Collection.ID, "Many claims")
	if err != nil {
		t.Fatal(err)
	}
	job := func(state, message string) {
		t.Helper()
		if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			return tx.Gorm().Exec("INSERT INTO jobs (kind, object, collection_id, user_id, via, request, state, "+
				"done, total, message, holder, held_until, added_at, changed_at) VALUES ('freeze', ?, ?, 1, 'web', "+
				"'', ?, 1200, 40000, ?, '', 0, 0, 0)", claimset.Object(set.ID), d.Collection.ID, state,
				message).Error
		}); err != nil {
			t.Fatal(err)
		}
	}
	at := "/sets/" + itoa(set.ID)
	job("running", "")
	page := d.get("editor-1", at).want(t, http.StatusOK, "Freezing this set", "1,200 of 40,000", "leave this page")
	if page.header.Get("Refresh") == "" || strings.Contains(page.body, at+"/freeze") {
		t.Errorf("the page of a set that is being frozen has Refresh %q, or it offers a freeze",
			page.header.Get("Refresh"))
	}
	d.json("editor-1", "GET", at, "").want(t, http.StatusOK, `"freezing":{`, `"done":1200`)
	job("failed", "Claim 7 changed.")
	page = d.get("editor-1", at).want(t, http.StatusOK, "Claim 7 changed.", "failed")
	if page.header.Get("Refresh") != "" {
		t.Error("a page whose job has ended loads itself again")
	}
}

// TestTheOrderOfADraft: its page has the place of each claim and forms to move it, without script; a move leads to the
// claim where it stands then; what is refused is said at its field, and programs move by the same deed.
func TestTheOrderOfADraft(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	d.rules(1)
	var ids []claims.ID
	for _, words := range []string{"حدود ۹ گیگابایت", "۹ گیگابایت"} {
		c := d.Claim(fa, words, words+" داده منتشر شد")
		d.reviewed("reviewer-1", c.ID, "the minutes")
		d.approved(c.ID)
		ids = append(ids, c.ID)
	}
	set, err := d.Sets.Create(roomtest.Ctx(), d.As("editor-1"), d.Collection.ID, "Two")
	if err == nil {
		set, err = d.Sets.Add(roomtest.Ctx(), d.As("editor-1"), set.ID, set.Version, ids)
	}
	if err != nil {
		t.Fatal(err)
	}
	at := "/sets/" + itoa(set.ID)
	one, two := `id="claim-`+itoa(ids[0])+`"`, `id="claim-`+itoa(ids[1])+`"`
	first := func(want string) {
		t.Helper()
		page := d.get("editor-1", at).want(t, http.StatusOK, one, two, `name="place"`, "To the top").body
		if (strings.Index(page, one) < strings.Index(page, two)) != (want == one) {
			t.Errorf("%s does not stand first", want)
		}
	}
	first(one)
	d.get("reviewer-1", at).want(t, http.StatusOK).without(t, `name="place"`)
	moved := d.form("editor-1", at+"/claims/move", "version", itoa(set.Version), "claim", itoa(ids[1]), "place", "2",
		"to", "top").want(t, http.StatusSeeOther)
	if want := at + "#claim-" + itoa(ids[1]); moved.location != want {
		t.Errorf("it leads to %s, want %s", moved.location, want)
	}
	first(two)
	d.form("editor-2", at+"/claims/move", "version", itoa(set.Version), "claim", itoa(ids[1]), "to", "down").want(t,
		http.StatusConflict, "nothing was lost")
	d.form("editor-1", at+"/claims/move", "version", itoa(set.Version+1), "claim", itoa(ids[1]), "place", "3").want(t,
		http.StatusUnprocessableEntity, "Give a place from 1 to 2.", `aria-invalid`)
	d.json("editor-1", post, at+"/claims/move", `{"version":`+itoa(set.Version+1)+`,"claim":`+itoa(ids[1])+
		`,"place":2}`).want(t, http.StatusOK)
	first(one)
	d.get("editor-1", at+"/preview").want(t, http.StatusOK, "Decided ", "approved ").without(t,
		`"meta"> ·`, "· </p>", "· ·")
}

// TestTheMethodOfACollection: editors write how they check, everybody of the collection reads every version, and a
// frozen set says to which it is bound; a preview warns where there is none.
func TestTheMethodOfACollection(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	d.rules(1)
	c := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.reviewed("reviewer-1", c.ID, "the minutes")
	d.approved(c.ID)
	set, err := d.Sets.Create(roomtest.Ctx(), d.As("editor-1"), d.Collection.ID, "One")
	if err == nil {
		set, err = d.Sets.Add(roomtest.Ctx(), d.As("editor-1"), set.ID, set.Version, []claims.ID{c.ID})
	}
	if err != nil {
		t.Fatal(err)
	}
	at, method := "/sets/"+itoa(set.ID), under(d.Collection.ID, "method")
	d.get("reviewer-1", method).want(t, http.StatusOK, "has none yet").without(t, "Put it in force")
	d.get("editor-1", at+"/preview").want(t, http.StatusOK, "This collection has no method", method)
	d.form("reviewer-1", method, "words", "x", "opened", "0").want(t, http.StatusForbidden)
	d.form("editor-1", method, "words", " ", "of", "unverified", "means", "Kept <b>", "opened", "0").want(t,
		http.StatusUnprocessableEntity, "Say how you check.", "Kept &lt;b&gt;")
	d.form("editor-1", method, "words", "x", "of", "unverified", "opened", "0").want(t, http.StatusUnprocessableEntity)
	d.form("editor-1", method, "words", "# Ours\n\nTwo *origins*.", "of", "unverified", "means", "Nobody knows.",
		"opened", "0").want(t, http.StatusSeeOther)
	d.form("editor-2", method, "words", "Mine.", "opened", "0").want(t, http.StatusConflict, "Mine.",
		"came in meanwhile")
	d.json("editor-1", post, method, `{"words":"Three origins.","of":["disputed"],"means":["No."],"opened":1}`).want(t,
		http.StatusOK, `"n":2`, `"sha256":"`)
	d.get("reviewer-1", method).want(t, http.StatusOK, "Three origins.", "Version 1", "in force", "True, 5 of 5")
	d.get("reviewer-1", method+"?version=1").want(t, http.StatusOK, "<em>origins</em>", "Nobody knows.", "not in force")
	d.json("auditor-1", get, method, "").want(t, http.StatusOK, `"in_force":2`, `"rating":"False, 1 of 5"`)
	d.get("reviewer-1", method+"?version=9").want(t, http.StatusNotFound)
	d.get("editor-1", at+"/preview").want(t, http.StatusOK, "version 2").without(t, "has no method")
	d.form("editor-1", at+"/freeze", "version", itoa(set.Version)).want(t, http.StatusSeeOther)
	d.get("reviewer-1", at).want(t, http.StatusOK, "Method: version 2", method+"?version=2")
	d.json("reviewer-1", get, at, "").want(t, http.StatusOK, `"method":{"n":2,"sha256":"`)
	d.get("auditor-1", "/history").want(t, http.StatusOK, "method.set")
	// a correction that leaves out a claim that was reopened says so
	now, err := d.Claims.Get(roomtest.Ctx(), d.As("editor-1"), c.ID)
	if err == nil {
		_, err = d.Review.Reopen(roomtest.Ctx(), d.As("editor-1"), c.ID, now.Version, "new minutes")
	}
	if err != nil {
		t.Fatal(err)
	}
	next := d.form("editor-1", at+"/correct").want(t, http.StatusSeeOther).location
	d.get("editor-1", next).want(t, http.StatusOK, "Left out since version 1: 1", "not decided yet", at+"#pu-h")
	d.get("editor-1", next+"/preview").want(t, http.StatusOK, "Printed before, and not any more", "not decided yet")
	d.json("editor-1", get, next+"/preview", "").want(t, http.StatusOK, `"omitted":{"items":[{"claim":`,
		`"state":"open"`)
}
