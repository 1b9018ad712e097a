package httpd

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/png"
	"net/http"
	"os"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/evidence"
	"claimbench/internal/intake"
	"claimbench/internal/roomtest"
)

// TestPagePictures: a page of a PDF is shown as a picture beside its text, of an original and of a capture, to whoever
// may have the file, and to nobody else; a browser that has it is told so.
func TestPagePictures(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	pdf, err := os.ReadFile("../../bench/intake/pdf/en-libreoffice-liberationserif-1.pdf")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := intake.Read(intake.File{Name: "report.pdf", Body: bytes.NewReader(pdf)}) // its reader is made ready
	if err != nil {
		t.Fatal(err)
	}
	at := d.upload("editor-1", under(d.Collection.ID, "articles"), "report.pdf", pdf).want(t,
		http.StatusSeeOther).location
	leaf := at + "/original/page?page=2&amp;revision=1"
	d.get("reviewer-1", at+"/original").want(t, http.StatusOK, `id="page-2"`, leaf, `loading="lazy"`, `alt="Page 2`).
		without(t, "<details class=\"leaf\" open")
	d.get("reviewer-1", at+"/original?page=2").want(t, http.StatusOK, `<details class="leaf" open`)
	picture := at + "/original/page?revision=1&page=2"
	drawn := d.get("reviewer-1", picture).want(t, http.StatusOK)
	if _, err := png.Decode(strings.NewReader(drawn.body)); err != nil || drawn.header.Get("Content-Type") !=
		"image/png" || drawn.header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("%v: %v", err, drawn.header)
	}
	again := func(who string, status int) {
		d.do(who, get, picture, "", "", "If-None-Match", drawn.header.Get("ETag")).want(t, status)
	}
	again("reviewer-1", http.StatusNotModified)
	for _, path := range []string{"?page=999", "?page=0", "", "?page=2&revision=9"} {
		if r := d.get("reviewer-1", at+"/original/page"+path); r.status != http.StatusNotFound {
			t.Errorf("%q: %d %s", path, r.status, r.body)
		}
	}
	cues := d.upload("editor-1", under(d.Collection.ID, "articles"), "talk.srt", []byte(subtitled)).want(t,
		http.StatusSeeOther).location
	d.get("editor-1", cues+"/original/page?page=1").want(t, http.StatusNotFound, "Only of a PDF")
	words := strings.Fields(doc.Text)
	d.claimOn(at, strings.Join(words[:6], " "), "/original?page=1&amp;revision=1#page-1")

	// A capture of an outside document.
	a := d.Article(articles.Import{Lang: "en", Raw: "The ministry said so on Monday."})
	c := d.Claim(a, "The ministry said so", "The ministry said so.")
	quoted := strings.Join(words[len(words)-8:len(words)-2], " ")
	it, err := d.Evidence.Link(roomtest.Ctx(), d.As("reviewer-1"), evidence.Link{ClaimID: c.ID,
		URL: "https://paper.example/report.pdf", Exact: quoted, Lang: "en", Stance: evidence.Supports,
		Kind: evidence.Report, ReadOn: "2026-01-01"})
	if err != nil {
		t.Fatal(err)
	}
	kept := captureURL(it.ID)
	d.json("editor-1", post, kept, fmt.Sprintf(`{"name":"report.pdf","media":"application/pdf","content":%q}`,
		base64.StdEncoding.EncodeToString(pdf))).want(t, http.StatusOK)
	seen := d.get("reviewer-1", kept).want(t, http.StatusOK, "as a picture", kept+"/page?capture=1")
	if !strings.Contains(seen.body, "Page 1</span>") && strings.Contains(seen.body, `id="page-1"`) {
		t.Error("the page of the quotation is not the one that is shown")
	}
	d.get("reviewer-1", kept+"?page=1").want(t, http.StatusOK, `id="page-1"`, `class="leaf" open`)
	if r := d.get("reviewer-1", kept+"/page?capture=1&page=1").want(t, http.StatusOK); !strings.HasPrefix(r.body,
		"\x89PNG") {
		t.Error("it is no picture")
	}
	d.get("reviewer-1", kept+"/page?capture=9&page=1").want(t, http.StatusNotFound)

	// It is there as long as the file is, whatever a browser has.
	d.form("editor-1", at+"/protection", "version", "1", "reason", "source at risk").want(t, http.StatusSeeOther)
	again("reviewer-1", http.StatusNotFound)
	again("editor-1", http.StatusNotModified)
	d.form("editor-1", at+"/protection/lift", "version", "2").want(t, http.StatusSeeOther)
	again("reviewer-1", http.StatusNotModified)
	d.form("editor-1", at+"/take-down", "version", "3", "reason", "A court asked.").want(t, http.StatusSeeOther)
	again("editor-1", http.StatusNotFound)
}
