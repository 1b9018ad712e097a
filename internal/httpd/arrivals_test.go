package httpd

import (
	"bytes"
	"context"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
)

// working lets what waits be done beside the requests, as a server does.
func (d *door) working() {
	ctx, stop := context.WithCancel(roomtest.Ctx())
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.Jobs.Run(ctx)
	}()
	d.t.Cleanup(func() { stop(); <-done })
}

// brings sends files to the page of arrivals, by name and bytes, and fields after "--".
func (d *door) brings(user string, accept string, pairs ...string) reply {
	d.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	fields := false
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == "--" {
			fields, i = true, i-1
			continue
		}
		var err error
		if fields {
			err = w.WriteField(pairs[i], pairs[i+1])
		} else {
			part, e := w.CreateFormFile("files", pairs[i])
			if err = e; err == nil {
				_, err = part.Write([]byte(pairs[i+1]))
			}
		}
		if err != nil {
			d.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		d.t.Fatal(err)
	}
	return d.do(user, post, under(d.Collection.ID, "arrivals"), w.FormDataContentType(), b.String(), "Sec-Fetch-Site",
		"same-origin", "Accept", accept)
}

// settled waits until nothing that a person brought is being read or taken in.
func (d *door) settled(user string) {
	d.t.Helper()
	d.Arrivals.Await(roomtest.Ctx(), d.As(user), d.Collection.ID, time.Minute)
}

// waiting is what a person's programs are told of what they brought.
func (d *door) waiting(user string) (out []map[string]any) {
	d.t.Helper()
	d.settled(user)
	r := d.json(user, get, under(d.Collection.ID, "articles/import"), "").want(d.t, http.StatusOK)
	var all struct {
		Arrivals struct {
			Items []map[string]any `json:"items"`
		} `json:"arrivals"`
	}
	if err := json.Unmarshal([]byte(r.body), &all); err != nil {
		d.t.Fatal(err, r.body)
	}
	return all.Arrivals.Items
}

const breadPage = `<!doctype html><html lang="en"><head><title>Bread dearer</title><meta property="og:site_name" ` +
	`content="The Sample"><meta property="article:published_time" content="2024-05-10T18:04:00Z"><meta name="author" ` +
	`content="Ann Reed"><link rel="canonical" href="https://sample.example/bread"></head><body><nav><a href="/">Home ` +
	`of nobody</a></nav><article><h1>Bread dearer by a tenth</h1><p>The price of bread rose by a tenth in a year, ` +
	`the ` +
	`ministry said on Tuesday.</p><p>Bakers do not know why it rose, a spokeswoman of theirs said on the same ` +
	`day.</p></article></body></html>`

// TestArrivalsPage brings several files at once, mends one, and takes in what is ready, without script.
func TestArrivalsPage(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.working()
	page := under(d.Collection.ID, "articles/import")
	d.brings("editor-1", "text/html", "bread.html", breadPage, "notes.txt", "\x89PNG\r\n\x1a\n\x00\x00", "note.txt",
		"It rained in Ghent.", "--", "text", "A text that was pasted, of some words.").want(t, http.StatusSeeOther)
	d.settled("editor-1")
	seen := d.get("editor-1", page).want(t, http.StatusOK, "bread.html", `value="Bread dearer by a tenth"`,
		`value="Ann Reed"`, `value="The Sample"`, `value="2024-05-10"`, "Home of nobody", "is a PNG picture",
		"A pasted text", "3 ready, 1 refused")
	if strings.Contains(seen.body, "is being read") {
		t.Error("something goes on although all was read")
	}
	all := d.waiting("editor-1")
	at := under(d.Collection.ID, "arrivals/") + itoa(int64(all[0]["id"].(float64)))
	version := itoa(int64(all[0]["version"].(float64)))
	d.form("editor-1", at, "version", version, "title", "My own", "published", "31 اسفند ۱۳۹۷", "url",
		"nowhere").want(t,
		http.StatusUnprocessableEntity, "is no day", "no web address", `value="My own"`)
	d.form("editor-1", at, "version", version, "published", "2099-01-01").want(t, http.StatusUnprocessableEntity,
		"has not come yet")
	d.form("editor-1", at, "version", version, "title", "My own", "published", "2 ذو القعدة 1445", "source",
		"The Sample", "lang", "en", "other_origin", "An agency").want(t, http.StatusSeeOther)
	d.get("editor-1", page).want(t, http.StatusOK, `value="My own"`, `value="2024-05-10"`, "2 ذو القعدة 1445",
		`value="An agency"`)
	d.form("editor-1", at, "version", version, "title", "Later").want(t, http.StatusConflict)
	d.form("editor-1", under(d.Collection.ID, "arrivals/take")).want(t, http.StatusSeeOther)
	d.settled("editor-1")
	d.get("editor-1", page).want(t, http.StatusOK, "My own", "Nothing is ready", "1 refused")
	d.get("editor-1", "/articles/1").want(t, http.StatusOK, "My own", "The Sample", "The price of bread rose",
		"An agency")
	d.form("editor-1", under(d.Collection.ID, "arrivals/discard")).want(t, http.StatusSeeOther)
	d.get("editor-1", page).want(t, http.StatusOK, "Nothing waits here")
	d.form("editor-1", under(d.Collection.ID, "arrivals/take")).want(t, http.StatusConflict, "ready")
	d.brings("editor-1", "text/html").want(t, http.StatusUnprocessableEntity, "Choose files, or paste a text")
}

// TestArrivalsAreTheOwnersAlone: for anybody else, and in another collection, they are not there.
func TestArrivalsAreTheOwnersAlone(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.working()
	other, err := d.Articles.CreateCollection(roomtest.Ctx(), d.As("admin-1"), articles.CollectionNew{Name: "Another"})
	if err != nil {
		t.Fatal(err)
	}
	d.brings("editor-1", "text/html", "a.txt", "Zanzibar had rain.").want(t, http.StatusSeeOther)
	d.settled("editor-1")
	d.get("editor-2", under(d.Collection.ID, "articles/import")).want(t, http.StatusOK, "Nothing waits here")
	d.get("editor-1", under(other.ID, "articles/import")).want(t, http.StatusOK, "Nothing waits here")
	for _, c := range []struct{ who, in string }{{"editor-2", itoa(d.Collection.ID)}, {"editor-1", itoa(other.ID)}} {
		at := "/collections/" + c.in + "/arrivals/"
		d.form(c.who, at+"1", "version", "2", "title", "x").want(t, http.StatusNotFound)
		d.form(c.who, at+"1/letters", "version", "2", "charset", "utf-8").want(t, http.StatusNotFound)
		d.form(c.who, at+"1/columns", "version", "2", "text", "a").want(t, http.StatusNotFound)
		d.form(c.who, at+"discard", "arrival", "1").want(t, http.StatusNotFound)
		d.form(c.who, at+"take", "arrival", "1").want(t, http.StatusConflict)
	}
	for _, page := range []string{"/search?q=Zanzibar", "/articles", "/history"} {
		if r := d.get("editor-2", under(d.Collection.ID, page[1:])); strings.Contains(r.body, "Zanzibar had rain") {
			t.Errorf("%s tells of it", page)
		}
	}
	if l := d.waiting("editor-1"); len(l) != 1 || l[0]["state"] != "ready" {
		t.Errorf("%v", l)
	}
}

// TestArrivalsForPrograms does by JSON what the page does.
func TestArrivalsForPrograms(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.working()
	in := under(d.Collection.ID, "arrivals")
	d.brings("editor-1", "application/json", "rows.csv", "kop,verhaal\nOne,It rained in Ghent all day.\n").want(t,
		http.StatusAccepted, `"arrivals":[1]`)
	d.json("editor-1", post, in, `{"text":"It snowed in Deinze all night."}`).want(t, http.StatusAccepted,
		`"arrivals":[2]`)
	d.json("editor-1", post, in, `{"addresses":"https://paper.example/1"}`).want(t, http.StatusForbidden, "fetches no")
	l := d.waiting("editor-1")
	if l[0]["state"] != "asks" || len(l[0]["columns"].([]any)) != 2 || l[1]["state"] != "ready" {
		t.Fatalf("%v", l)
	}
	d.json("editor-1", post, in+"/1/columns", `{"version":2,"text":"nothing"}`).want(t, http.StatusUnprocessableEntity,
		"nothing")
	d.json("editor-1", post, in+"/1/columns", `{"version":2,"text":"verhaal","title":"kop","make":"1"}`).want(t,
		http.StatusOK, `"version":3`)
	if l = d.waiting("editor-1"); len(l) != 2 || l[1]["title"] != "One" {
		t.Fatalf("%v", l)
	}
	d.json("editor-1", post, in+"/take", `{}`).want(t, http.StatusOK, `"changed":2`)
	for _, x := range d.waiting("editor-1") {
		if x["state"] != "taken" || x["article"] == nil {
			t.Errorf("%v", x)
		}
	}
}

// TestArrivalsAskForLetters: a file whose letters are not certain shows how it reads, and is read as its owner says.
func TestArrivalsAskForLetters(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.working()
	page := under(d.Collection.ID, "articles/import")
	d.brings("editor-1", "text/html", "pain.txt", "Le minist\xe8re a d\xe9clar\xe9 mardi que le prix du pain avait "+
		"augment\xe9 de 12 % en un an.").want(t, http.StatusSeeOther)
	d.settled("editor-1")
	d.get("editor-1", page).want(t, http.StatusOK, `name="charset"`, `value="windows-1252"`, "Le ministère a déclaré",
		"1 asks")
	d.form("editor-1", under(d.Collection.ID, "arrivals/1/letters"), "version", "2", "charset", "utf-8").want(t,
		http.StatusUnprocessableEntity, "none of the readings")
	d.form("editor-1", under(d.Collection.ID, "arrivals/1/letters"), "version", "2", "charset",
		"windows-1252").want(t, http.StatusSeeOther)
	d.settled("editor-1")
	d.get("editor-1", page).want(t, http.StatusOK, "1 ready", "Its letters were read as windows-1252", "Le ministère")
}

// TestAddressesWhereNothingIsFetched: the page comes back with that at its field, and what was brought beside it waits.
func TestAddressesWhereNothingIsFetched(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.working()
	for _, more := range []string{"", "A text of a morning in May."} {
		body := d.brings("editor-1", "text/html", "--", "addresses", "https://paper.example/1", "text", more).want(t,
			http.StatusUnprocessableEntity, "fetches no", `aria-invalid="true"`).body
		if strings.Contains(body, "saved none of this") {
			t.Error("the page says that nothing was kept")
		}
	}
	if l := d.waiting("editor-1"); len(l) != 1 {
		t.Errorf("%v", l)
	}
}
