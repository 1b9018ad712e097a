package httpd

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/roomtest"
)

const (
	leaked = "The deputy minister met the lender at the harbour on 3 May 2021. She signed for nine million dollars. " +
		"The papers were burnt on the same evening, in the yard of the ministry."
	harmless = "The town library opens on Sundays from June. Children read there for free, and old people bring cake."
)

// TestAMachineCannotAskWhatIsProtected: where something is protected, a machine that brings its text, most of it, its
// address, or something that has nothing to do with it is answered the same to the byte, and its lists do not tell
// either; its owner finds what it brought, with what it said, and is told of the protected one by number.
func TestAMachineCannotAskWhatIsProtected(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.working()
	token := d.machineOf("editor-1", "carrier", d.Collection.ID)
	at := under(d.Collection.ID, "machine/articles")
	bring := func(in map[string]string) reply {
		body, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		return d.bearer(token, post, at, string(body))
	}
	// as long as nothing is protected, what it brings comes in, and nobody is named who brought it before
	first := bring(map[string]string{"text": leaked, "lang": "en", "url": "https://paper.example/a"}).
		want(t, http.StatusOK, `"existing":false`, `"articles":1`)
	again := bring(map[string]string{"text": leaked, "lang": "en"}).want(t, http.StatusOK, `"existing":true`)
	d.bearer(token, post, at, `{"text":"`+leaked+`"}`, "Idempotency-Key", "k-1").want(t, http.StatusOK)
	for _, r := range []reply{first, again} {
		r.without(t, "added_by", `"waits":true`)
	}
	if _, err := d.Articles.Protect(roomtest.Ctx(), d.As("editor-1"), 1, 1, "source at risk"); err != nil {
		t.Fatal(err)
	}
	before := d.bearer(token, get, at, "").want(t, http.StatusOK).body
	brought := []map[string]string{
		{"text": harmless, "lang": "en", "title": "The library", "url": "https://town.example/library",
			"source": "The town", "published": "2026-05-01", "byline": "A. Reader"},
		{"text": leaked},
		{"text": "From a reader: " + leaked[:120], "lang": "en"},
		{"text": harmless + " The end.", "url": "https://paper.example/a"},
	}
	answer := bring(brought[0]).want(t, http.StatusAccepted, `"waits":true`).body
	for _, in := range brought[1:] {
		if got := bring(in).want(t, http.StatusAccepted).body; got != answer {
			t.Errorf("%v is answered %s, not %s", in, got, answer)
		}
	}
	if after := d.bearer(token, get, at, "").want(t, http.StatusOK).body; after != before {
		t.Errorf("its list says %s, and before %s", after, before)
	}
	d.bearer(token, get, "/machine/articles/2", "").want(t, http.StatusNotFound)
	// what is wrong with what it sends is said of that alone
	bring(map[string]string{"text": leaked, "lang": "no such language"}).problem(t, http.StatusUnprocessableEntity)

	d.settled("editor-1")
	mine := d.json("editor-1", get, arrivalsURL(d.Collection.ID), "").want(t, http.StatusOK).body
	var seen struct {
		Arrivals struct {
			Items []struct {
				State, Title, Source, URL, Published, Byline, Message string
				BroughtBy                                             string `json:"brought_by"`
			}
		}
	}
	if err := json.Unmarshal([]byte(mine), &seen); err != nil || len(seen.Arrivals.Items) != len(brought) {
		t.Fatalf("%v: %s", err, mine)
	}
	for i, x := range seen.Arrivals.Items {
		if x.BroughtBy != "carrier" {
			t.Errorf("%d: brought by %q", i, x.BroughtBy)
		}
		if refused := x.State == "refused" && strings.Contains(x.Message, "article 1"); refused != (i > 0) {
			t.Errorf("%d: %+v", i, x)
		}
	}
	if x := seen.Arrivals.Items[0]; x.Title != "The library" || x.URL != "https://town.example/library" ||
		x.Source != "The town" || x.Published != "2026-05-01" || x.Byline != "A. Reader" {
		t.Errorf("what it said is not kept: %+v", x)
	}
	d.get("editor-1", arrivalsURL(d.Collection.ID)).want(t, http.StatusOK, "carrier", "you answer for it")
	d.form("editor-1", under(d.Collection.ID, "arrivals/take")).want(t, http.StatusSeeOther)
	d.settled("editor-1")
	d.bearer(token, get, at, "").want(t, http.StatusOK, "The library")
	for _, who := range []string{"reviewer-1", "admin-1"} {
		if r := d.json(who, get, arrivalsURL(d.Collection.ID), ""); strings.Contains(r.body, "carrier") {
			t.Errorf("%s sees what waits for another: %s", who, r.body)
		}
	}
	d.Verify()
}

// TestAMachineWhoseOwnerDoesNotImport: whether something comes in depends on the owner only where something waits for
// them, and that is said.
func TestAMachineWhoseOwnerDoesNotImport(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	a := d.Article(articles.Import{Lang: "en", Raw: leaked})
	token := d.machineOf("auditor-1", "carrier", d.Collection.ID)
	body := func(text string) string { return `{"lang":"en","text":"` + text + `"}` }
	at := under(d.Collection.ID, "machine/articles")
	d.bearer(token, post, at, body(harmless)).want(t, http.StatusOK)
	if _, err := d.Articles.Protect(roomtest.Ctx(), d.As("editor-1"), a.Article.ID, a.Article.Version,
		"source at risk"); err != nil {
		t.Fatal(err)
	}
	one := d.bearer(token, post, at, body(harmless+" x")).problem(t, http.StatusConflict)
	other := d.bearer(token, post, at, body(leaked)).problem(t, http.StatusConflict)
	if one.Detail != other.Detail || !strings.Contains(one.Detail, "the owner of this machine may not") {
		t.Errorf("%q, %q", one.Detail, other.Detail)
	}
}

// TestAMachineWithAPersianName: its name stands apart from the English words around it.
func TestAMachineWithAPersianName(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	a := d.Article(articles.Import{Lang: "en", Raw: closing})
	secret, _, err := d.Auth.MakeMachine(roomtest.Ctx(), d.As("admin-1"), auth.NewMachine{Name: "m1", Display: "ماشین",
		Owner: "editor-1", Collections: []auth.CollectionID{d.Collection.ID}, Days: 3})
	if err != nil {
		t.Fatal(err)
	}
	d.proposes(secret, a).want(t, http.StatusOK, `"kept"`)
	d.get("reviewer-1", claimURL(1)).want(t, http.StatusOK, "“\u2068ماشین\u2069” (llama)")
}
