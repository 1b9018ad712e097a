package httpd

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/roomtest"
)

// TestBadFilesAtThePage: files that are not what they seem, all at once, are each refused or read with the right words,
// by the page and by JSON, and none stops another.
func TestBadFilesAtThePage(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.working()
	bad := roomtest.BadFiles()
	var pairs []string
	for _, f := range bad {
		pairs = append(pairs, f.Name, string(f.Raw))
	}
	d.brings("editor-1", "text/html", pairs...).want(t, http.StatusSeeOther)
	all := d.waiting("editor-1")
	page := d.get("editor-1", under(d.Collection.ID, "articles/import")).want(t, http.StatusOK).body
	if len(all) != len(bad) {
		t.Fatalf("%d of %d came", len(all), len(bad))
	}
	for i, f := range bad {
		_, part, _ := strings.Cut(page, fmt.Sprintf(`id="arrival-%v"`, all[i]["id"]))
		part, _, _ = strings.Cut(part, `id="arrival-`+fmt.Sprint(all[i]["id"].(float64)+1)+`"`)
		part = visible(part)
		state, want := all[i]["state"], "ready"
		if f.Refused != "" {
			want = "refused"
		}
		if state != want || !strings.Contains(part, f.Refused+f.Says) {
			t.Errorf("%s is %v, want %s with %q:\n%s", f.What, state, want, f.Refused+f.Says, part)
		}
		if f.Refused != "" && !strings.Contains(fmt.Sprint(all[i]["message"]), f.Refused) {
			t.Errorf("%s: programs are told %v", f.What, all[i]["message"])
		}
		if f.Name == "ahead.html" && all[i]["published"] != "" {
			t.Errorf("%s: published %v", f.What, all[i]["published"])
		}
	}
	d.form("editor-1", under(d.Collection.ID, "arrivals/take")).want(t, http.StatusSeeOther)
	d.settled("editor-1")
	if n := d.Count("articles"); n != 6 {
		t.Errorf("%d articles", n)
	}
	for i := range d.Count("articles") {
		text := d.get("editor-1", fmt.Sprintf("/articles/%d", i+1)).want(t, http.StatusOK).body
		for _, f := range bad {
			if f.Lacks != "" && f.Refused == "" && strings.Contains(visible(text), f.Lacks) && f.Name != "ahead.html" {
				t.Errorf("article %d has “%s” of %s", i+1, f.Lacks, f.What)
			}
		}
	}
}

// TestBadFilesByJSON: a program that sends one file at once is told the same.
func TestBadFilesByJSON(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	for _, f := range roomtest.BadFiles() {
		if len(f.Raw) > 1<<20 {
			continue
		}
		got := d.uploadJSON("editor-1", under(d.Collection.ID, "articles"), f.Name, f.Raw)
		switch {
		case f.Refused != "":
			if got.status != http.StatusUnprocessableEntity && got.status != http.StatusRequestEntityTooLarge ||
				!strings.Contains(got.body, f.Refused) {
				t.Errorf("%s: %d, want %q\n%s", f.What, got.status, f.Refused, got.body)
			}
		case got.status != http.StatusOK:
			t.Errorf("%s: %d\n%s", f.What, got.status, got.body)
		case f.Name == "ahead.html" && !strings.Contains(got.body, `"day_ahead":"2099-05-10"`):
			t.Errorf("%s: %s", f.What, got.body)
		}
	}
	d.json("editor-1", post, under(d.Collection.ID, "articles"),
		`{"text":"It rained.","published":"2099-01-01"}`).want(t,
		http.StatusUnprocessableEntity, "has not come yet")
}

// TestManyInOne: mails in mails, a feed without end, and one article under ten addresses.
func TestManyInOne(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.working()
	page := under(d.Collection.ID, "articles/import")
	d.brings("editor-1", "text/html", "letter.eml", string(roomtest.MailInMail())).want(t, http.StatusSeeOther)
	d.settled("editor-1")
	d.get("editor-1", page).want(t, http.StatusOK, "The third says so", "The second says so", "3 ready")
	d.form("editor-1", under(d.Collection.ID, "arrivals/discard"), "arrival", "2", "arrival", "3", "arrival",
		"4").want(t, http.StatusSeeOther)
	d.brings("editor-1", "text/html", "news.rss", string(roomtest.EndlessFeed(1200))).want(t, http.StatusSeeOther)
	d.settled("editor-1")
	d.get("editor-1", page).want(t, http.StatusOK, "1,000 ready", "the first 1000 were read")
	d.brings("editor-2", "text/html", func() (pairs []string) {
		for i := range 10 {
			pairs = append(pairs, fmt.Sprintf("%d.html", i), fmt.Sprintf(`<!doctype html><html lang=en><title>A `+
				`tram</title>`+
				`<link rel=canonical href="https://paper.example/%d"><main><h1>A tram</h1><p>The council voted on `+
				`Tuesday to `+
				`build a tram line from the station to the hospital.</p></main>`, i))
		}
		return pairs
	}()...).want(t, http.StatusSeeOther)
	d.settled("editor-2")
	seen := d.get("editor-2", page).want(t, http.StatusOK, "10 ready")
	if n := strings.Count(seen.body, "The same text was brought before"); n != 9 {
		t.Errorf("%d of 9 copies are said", n)
	}
	d.form("editor-2", under(d.Collection.ID, "arrivals/take")).want(t, http.StatusSeeOther)
	d.settled("editor-2")
	if n := d.Count("articles"); n != 1 {
		t.Errorf("one text became %d articles", n)
	}
}

// TestManyInOneByJSON: the same, of a program.
func TestManyInOneByJSON(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.working()
	d.brings("editor-1", "application/json", "letter.eml", string(roomtest.MailInMail())).want(t, http.StatusAccepted)
	if all := d.waiting("editor-1"); len(all) != 3 || all[2]["state"] != "ready" {
		t.Errorf("of a mail in a mail in a mail: %v", all)
	}
	d.brings("editor-2", "application/json", "news.rss", string(roomtest.EndlessFeed(1200))).want(t,
		http.StatusAccepted)
	d.settled("editor-2")
	d.json("editor-2", get, under(d.Collection.ID, "articles/import"), "").want(t, http.StatusOK,
		"the first 1000 were read")
	for i := range 10 {
		d.uploadJSON("editor-1", under(d.Collection.ID, "articles"), fmt.Sprintf("%d.html", i), []byte(fmt.Sprintf(
			`<!doctype html><html lang=en><title>A tram</title><link rel=canonical href="https://paper.example/%d">`+
				`<main><h1>A tram</h1><p>The council voted on Tuesday to build a tram line from the station to the `+
				`hospital.</p></main>`, i))).want(t, http.StatusOK, fmt.Sprintf(`"existing":%v`, i > 0))
	}
}

// TestBadAddresses: an address that is never asked for is refused with its line and the remedy, by page and by JSON.
func TestBadAddresses(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	in := under(d.Collection.ID, "arrivals")
	d.form("admin-1", "/fetching", "allowed", "1", "contact", "desk@paper.example", "version", "0").want(t,
		http.StatusSeeOther)
	d.form("admin-1", under(d.Collection.ID, "fetching"), "allowed", "1", "version", "0").want(t, http.StatusSeeOther)
	for address, says := range map[string]string{
		"https://sam:secret@paper.example/": "holds a user name or a password",
		"https://paper.example:8080/":       "names the port 8080",
		"http://127.0.0.1/":                 "a network that is not public",
		"javascript:alert(1)":               "no web address",
	} {
		lines := "https://paper.example/good\n" + address
		d.form("editor-1", in, "addresses", lines).want(t, http.StatusUnprocessableEntity, "Line 2: ", says,
			"https://paper.example/good")
		d.json("editor-1", post, in, fmt.Sprintf(`{"addresses":%q}`, lines)).want(t, http.StatusUnprocessableEntity,
			says)
	}
	if n := d.Count("addresses"); n != 0 {
		t.Errorf("%d addresses wait", n)
	}
	// What else was brought is kept, and the addresses come back to be mended.
	d.brings("editor-1", "text/html", "a.txt", "It rained.", "--", "addresses", "ftp://paper.example").want(t,
		http.StatusUnprocessableEntity, "a.txt", "ftp://paper.example", "only https and http")
}

// uploadJSON is upload by a program.
func (d *door) uploadJSON(user, path, name string, data []byte) reply {
	d.t.Helper()
	return d.uploadAs(user, path, "application/json", name, data)
}
