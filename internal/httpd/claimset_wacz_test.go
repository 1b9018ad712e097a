package httpd

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/warc"
)

// TestClaimsetWACZ: a WACZ comes in by the door with its hashes looked at, and goes out by it again, where the set says
// so and to whom may have it.
func TestClaimsetWACZ(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	it := d.outsideItem()
	whole := waczFor(t, it.URL, it.Exact)
	for name, is := range map[string][]byte{"changed": changedIn(t, whole, "archive/"),
		"other pages": changedIn(t, whole, "pages/"), "cut": whole[:len(whole)/2]} {
		d.json("reviewer-1", "POST", captureURL(it.ID), waczBody(is)).want(t, http.StatusUnprocessableEntity,
			`"/content"`)
		if n := d.Count("captures"); n != 0 {
			t.Errorf("%s: %d captures are kept", name, n)
		}
	}
	d.json("reviewer-1", "POST", captureURL(it.ID), waczBody(whole)).want(t, http.StatusOK, `"found":"exact"`)
	d.form("editor-1", under(d.Collection.ID, "sets"), "title", "Kept").want(t, http.StatusSeeOther)
	d.approveIt(it)
	d.form("editor-1", "/sets/1/claims", "version", "1", "claim", itoa(it.ClaimID)).want(t, http.StatusSeeOther)
	d.form("reviewer-1", "/sets/1/imprint", "version", "2", "people", "names", "captures", "1").want(t,
		http.StatusForbidden)
	d.form("editor-1", "/sets/1/imprint", "version", "2", "people", "names", "captures", "1").want(t,
		http.StatusSeeOther)
	d.json("editor-1", "GET", "/sets/1", "").want(t, http.StatusOK, `"captures":true`)
	d.get("editor-1", "/sets/1/preview").want(t, http.StatusOK, "go with the export")
	d.form("editor-1", "/sets/1/export", "format", "wacz").want(t, http.StatusConflict)
	d.form("editor-1", "/sets/1/freeze", "version", "3").want(t, http.StatusSeeOther)
	d.form("editor-1", "/sets/1/imprint", "version", "4", "people", "names").want(t, http.StatusConflict)
	d.get("editor-1", "/sets/1").want(t, http.StatusOK, "Captures of outside documents, WACZ")
	d.form("reviewer-1", "/sets/1/export", "format", "wacz").want(t, http.StatusForbidden)
	out := d.json("editor-1", "POST", "/sets/1/export", `{"format":"wacz"}`).want(t, http.StatusOK)
	if got := out.header.Get("Content-Type"); got != "application/wacz" {
		t.Errorf("it goes out as %s", got)
	}
	docs, err := warc.ReadWACZ([]byte(out.body))
	if err != nil || len(docs) != 1 || !strings.Contains(string(docs[0].Body), it.Exact) {
		t.Errorf("%d documents, %v", len(docs), err)
	}
	d.get("auditor-1", "/history?object=claimset:1").want(t, http.StatusOK, "WACZ")
}

// outsideItem is an outside document linked to an open claim.
func (d *door) outsideItem() evidence.Item {
	d.t.Helper()
	a := d.Article(articles.Import{Raw: "Twelve grants were approved.", Lang: "en"})
	c := d.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
	it, err := d.Evidence.Link(d.t.Context(), d.As("reviewer-1"), evidence.Link{ClaimID: c.ID,
		URL: "https://gazette.example/a", Exact: "Twelve, says the clerk.", Lang: "en", ReadOn: "2026-01-01",
		Stance: evidence.Supports, Kind: evidence.PrimaryDocument})
	if err != nil {
		d.t.Fatal(err)
	}
	return it
}

// approveIt takes the claim of an item through reviews and an approval.
func (d *door) approveIt(it evidence.Item) {
	d.t.Helper()
	for _, who := range []string{"reviewer-1", "reviewer-2"} {
		c, err := d.Claims.Get(d.t.Context(), d.As(who), it.ClaimID)
		if err != nil {
			d.t.Fatal(err)
		}
		if c.State != claims.Open {
			break
		}
		if _, _, err := d.Submit(who, c, review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument,
			Evidence: []evidence.ID{it.ID}}); err != nil {
			d.t.Fatal(err)
		}
	}
	v, err := d.Desk.Reviewing(d.t.Context(), d.As("editor-1"), it.ClaimID)
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.Review.Approve(d.t.Context(), d.As("editor-1"), review.Approval{ClaimID: it.ClaimID,
		Version: v.Rounds[0].Decision.Version, Reason: review.PrimaryDocument,
		Explanation: "It says so."}); err != nil {
		d.t.Fatal(err)
	}
}

func waczBody(raw []byte) string {
	b, _ := json.Marshal(map[string]string{"name": "a.wacz", "media": "application/wacz",
		"content": base64.StdEncoding.EncodeToString(raw)})
	return string(b)
}

// waczFor is a WACZ of one page.
func waczFor(t *testing.T, address, words string) []byte {
	t.Helper()
	var rec, b bytes.Buffer
	if err := warc.Write(&rec, warc.Document{Address: address, Day: time.Unix(1_700_000_000, 0), Status: 200,
		Media: "text/plain; charset=utf-8", Body: []byte("It was said: " + words)}, "test"); err != nil {
		t.Fatal(err)
	}
	p := warc.NewPackage(&b, "Saved", "", "test", time.Unix(0, 0))
	if err := p.Archive("a"); err != nil {
		t.Fatal(err)
	}
	if err := p.Put(rec.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := p.File("pages/pages.jsonl", func(w io.Writer) error {
		_, err := io.WriteString(w, "{}\n")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// changedIn is a ZIP of which one byte of a file is another, with the checksums of the ZIP made anew.
func changedIn(t *testing.T, raw []byte, which string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, which) {
			b[len(b)/2] ^= 1
		}
		to, err := w.Create(f.Name)
		if err == nil {
			_, err = to.Write(b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
