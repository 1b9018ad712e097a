package httpd

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/evidence"
	"claimbench/internal/intake"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

const subtitled = "1\n00:00:01,000 --> 00:00:04,000\nThe minister said on Tuesday that bread is dearer by a " +
	"tenth.\n\n" +
	"2\n00:12:04,000 --> 00:12:09,000\nBakers do not know why it rose, a spokeswoman of theirs said.\n"

// TestArticleOriginal: the file of an article is kept byte by byte, with its reader, what was left out and where each
// paragraph stands; whoever reads the article sees and downloads it, nobody else, and not when the article is closed.
func TestArticleOriginal(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	into := under(d.Collection.ID, "articles")
	page := []byte(`<!doctype html><html lang="en"><head><title>Bread dearer</title></head><body><nav><a ` +
		`href="/">Home of ` +
		`nobody</a></nav><article><h1>Bread dearer by a tenth</h1><p>The price of bread rose by a tenth in a ` +
		`year, the ministry ` +
		`said on Tuesday.</p><p>Bakers do not know why it rose, a spokeswoman of theirs said on the same ` +
		`day.</p></article>` +
		"</body></html>\r\n")
	at := d.upload("editor-1", into, "bread.html", page).want(t, http.StatusSeeOther).location
	sum := sha256.Sum256(page)
	d.get("reviewer-1", at).want(t, http.StatusOK, at+"/original?revision=1")
	d.get("reviewer-1", at+"/original").want(t, http.StatusOK, "bread.html", hex.EncodeToString(sum[:]),
		"Home of nobody",
		"reader “html”", "&lt;p&gt;", "Bakers do not know")
	d.do("reviewer-1", get, at+"/original", "", "", "Accept", "application/json").want(t, http.StatusOK,
		`"reader":"html"`, `"kind":"menu"`, `"element":"p"`, `"sha256":"`+hex.EncodeToString(sum[:]))
	r := d.get("reviewer-1", at+"/original/file").want(t, http.StatusOK)
	if r.body != string(page) || r.header.Get("Content-Security-Policy") != "sandbox" ||
		!strings.HasPrefix(r.header.Get("Content-Disposition"), "attachment") ||
		r.header.Get("Content-Type") != "application/octet-stream" {
		t.Errorf("the file comes as %d bytes with %v", len(r.body), r.header)
	}
	d.get("auditor-1", at+"/original/file?revision=9").want(t, http.StatusNotFound)
	d.get("admin-1", at+"/original").want(t, http.StatusForbidden)

	// What was typed has no file, and an item of many has no bytes of its own.
	typed := d.form("editor-1", into, "text", "Nobody came to the harbour on Monday.").want(t,
		http.StatusSeeOther).location
	d.get("editor-1", typed+"/original").want(t, http.StatusNotFound, "there is no file")
	if strings.Contains(d.get("editor-1", typed).body, "/original") {
		t.Error("the page of a typed text leads to a file")
	}
	row := d.upload("editor-1", into, "r.csv", []byte("title,text\nOne,Six ships left the port of Ghent.\n")).want(t,
		http.StatusSeeOther).location
	d.get("editor-1", row+"/original").want(t, http.StatusOK, "the file itself is not kept")
	d.get("editor-1", row+"/original/file").want(t, http.StatusNotFound)

	// The quotation says its time at the claim; a PDF its page.
	cues := d.upload("editor-1", into, "talk.srt", []byte(subtitled)).want(t, http.StatusSeeOther).location
	d.claimOn(cues, "Bakers do not know why it rose", "12:04–12:09 of its file")
	pdf, err := os.ReadFile("../../bench/intake/pdf/en-libreoffice-liberationserif-1.pdf")
	if err != nil {
		t.Fatal(err)
	}
	// Its reader is made ready the first time, which a request does not wait for.
	if _, err := intake.Read(intake.File{Name: "report.pdf", Body: bytes.NewReader(pdf)}); err != nil {
		t.Fatal(err)
	}
	printed := d.upload("editor-1", into, "report.pdf", pdf).want(t, http.StatusSeeOther).location
	d.get("editor-1", printed+"/original").want(t, http.StatusOK, "page 1", "page 2")

	// A newer reader is a proposal: the text stays until somebody takes the new one in.
	if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().Exec("UPDATE originals SET version = 0 WHERE name = 'bread.html'").Error
	}); err != nil {
		t.Fatal(err)
	}
	d.get("reviewer-1", at+"/original").want(t, http.StatusOK, "The reader has version").without(t, "again=1")
	d.get("editor-1", at+"/original").want(t, http.StatusOK, "again=1")
	d.get("editor-1", at+"/original?revision=1&again=1").want(t, http.StatusOK, "Take it in as a new revision",
		at+"/revisions")
	// It goes with the text.
	d.form("editor-1", at+"/protection", "version", "1", "reason", "source at risk").want(t, http.StatusSeeOther)
	for _, path := range []string{at + "/original", at + "/original/file", at + "/original?again=1"} {
		d.get("reviewer-1", path).want(t, http.StatusNotFound).without(t, "bread.html", "Home of nobody")
		d.get("editor-1", path).want(t, http.StatusOK)
	}
	d.form("editor-1", cues+"/take-down", "version", "1", "reason", "A court asked.").want(t, http.StatusSeeOther)
	d.get("editor-1", cues+"/original").want(t, http.StatusNotFound, "withheld")
	d.get("editor-1", cues+"/original/file").want(t, http.StatusNotFound)
	history := d.get("auditor-1", "/history").body
	if strings.Contains(history, "bread.html") || strings.Contains(history, hex.EncodeToString(sum[:])) {
		t.Error("the history names the file of a protected article")
	}
}

// claimOn makes a claim of words of an article, and looks for what its page says of their place.
func (d *door) claimOn(at, words, want string) {
	d.t.Helper()
	var n int64
	if _, err := fmt.Sscanf(at, "/articles/%d", &n); err != nil {
		d.t.Fatal(at, err)
	}
	var in articles.Imported
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		text, err := articles.TextOf(r, articles.ID(n), 0)
		in.Article, in.Revision = text.Article, text.Revision
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	c := d.Claim(in, words, words)
	d.get("reviewer-1", claimURL(c.ID)).want(d.t, http.StatusOK, want)

	// So does the passage, linked as evidence of another claim, for people and for programs.
	if place, _, cut := strings.Cut(want, " of its file"); cut {
		other := d.Article(articles.Import{Raw: "Nobody knows why bread became so expensive.", Lang: "en"})
		about := d.Claim(other, "Nobody knows why", "Nobody knows why bread became so expensive.")
		d.Link(about, in, words, evidence.Supports, evidence.Report)
		d.get("reviewer-1", claimURL(about.ID)).want(d.t, http.StatusOK, `<span class="num">`+place+`</span>`)
		d.json("reviewer-1", "GET", claimURL(about.ID), "").want(d.t, http.StatusOK, `"from_ms":724000`)
	}
}

// TestArticleOriginalIsCompared: an audit finds bytes that are not those of the file.
func TestArticleOriginalIsCompared(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.upload("editor-1", under(d.Collection.ID, "articles"), "talk.srt", []byte(subtitled)).want(t, http.StatusSeeOther)
	d.Verify()
	if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().Exec("DELETE FROM original_bytes").Error
	}); err != nil {
		t.Fatal(err)
	}
	if n := d.Differs(); n != 1 {
		t.Errorf("%d things are found", n)
	}
}
