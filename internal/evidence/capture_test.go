package evidence_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/warc"
)

// captureWorld is a claim with an outside document that quotes “Twelve, says kraken.”.
func captureWorld(t *testing.T, db *store.DB) (*roomtest.World, claims.Claim, evidence.Item) {
	t.Helper()
	w := roomtest.New(t, db, articles.CollectionNew{})
	a := w.Article(articles.Import{Raw: "Twelve grants were approved. All of them were paid.", Source: "Gazette",
		Lang: "en"})
	c := w.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
	it, err := w.Evidence.Link(roomtest.Ctx(), w.As("reviewer-1"), document(c, "kraken", ""))
	if err != nil {
		t.Fatal(err)
	}
	return w, c, it
}

func words(s string) captures.File {
	return captures.File{Name: "kraken.txt", Media: "text/plain", Body: []byte(s)}
}

func shownItem(t *testing.T, w *roomtest.World, id evidence.ID) evidence.Shown {
	t.Helper()
	var out []evidence.Shown
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = evidence.ByIDs(r, []evidence.ID{id})
		return err
	}); err != nil || len(out) != 1 {
		t.Fatal(len(out), err)
	}
	return out[0]
}

// What is kept is shown beside the item, the newest counts, and who may not or cannot is told so.
func TestCapture(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, c, it := captureWorld(t, db)
		reviewer := w.As("reviewer-1")
		keep := func(s string) captures.Capture {
			t.Helper()
			got, err := w.Evidence.Capture(roomtest.Ctx(), reviewer, it.ID, words(s))
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if shownItem(t, w, it.ID).Capture != nil {
			t.Error("there is a capture before anybody made one")
		}
		first := keep("Thirteen, says kraken.")
		if x := shownItem(t, w, it.ID).Capture; x == nil || x.Found != captures.NotFound || x.ID != first.ID {
			t.Errorf("it is %+v", x)
		}
		second := keep("It was a long day.\n\nTwelve,  says kraken. Nobody answered.")
		x := shownItem(t, w, it.ID).Capture
		if x == nil || x.Found != captures.Folded || x.ID != second.ID {
			t.Fatalf("it is %+v", x)
		}
		if a, err := x.About(); err != nil || len(a.SHA256) != 64 || a.Name != "kraken.txt" {
			t.Errorf("it says %+v, %v", a, err)
		}
		for n := 2; n < captures.MostOfItem; n++ {
			keep("Twelve, says kraken.")
		}
		for name, try := range map[string]struct {
			who  string
			id   evidence.ID
			f    captures.File
			want fault.Kind
		}{
			"one more":    {"reviewer-1", it.ID, words("Twelve, says kraken."), fault.Conflict},
			"an auditor":  {"auditor-1", it.ID, words("x y"), fault.Forbidden},
			"an admin":    {"admin-1", it.ID, words("x y"), fault.NotFound},
			"none":        {"reviewer-1", it.ID + 99, words("x y"), fault.NotFound},
			"no document": {"reviewer-1", it.ID, captures.File{Name: "a.txt"}, fault.Invalid},
		} {
			_, err := w.Evidence.Capture(roomtest.Ctx(), w.As(try.who), try.id, try.f)
			if got := fault.KindOf(err); got != try.want && !(name == "an admin" && got == fault.Forbidden) {
				t.Errorf("%s: %v", name, err)
			}
		}
		other := w.Article(articles.Import{Raw: "Twelve grants, said the minister.", Source: "Courier", Lang: "en"})
		passage := w.Link(c, other, "Twelve grants", evidence.Supports, evidence.Report)
		if _, err := w.Evidence.Capture(roomtest.Ctx(), reviewer, passage.ID, words("Twelve")); fault.KindOf(err) !=
			fault.Conflict {
			t.Errorf("a passage of an article is captured: %v", err)
		}
		if _, err := w.Evidence.Unlink(roomtest.Ctx(), reviewer, it.ID, it.Version, "Wrong."); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Evidence.Capture(roomtest.Ctx(), reviewer, it.ID, words("Twelve")); fault.KindOf(err) !=
			fault.Conflict {
			t.Errorf("what is unlinked is captured: %v", err)
		}
		w.Verify()
		z := packed(t, "Twelve, says medusa.")
		if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE capture_bodies SET words = ? WHERE id = ?", z, second.ID).Error
		}); err != nil {
			t.Fatal(err)
		}
		if n := w.Differs(); n != 1 {
			t.Errorf("a text that was changed unseen gives %d findings", n)
		}
	})
}

func packed(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Headers that say who asked are in no byte of what is kept, and it says that they were left out.
func TestCaptureDropsSecrets(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, _, it := captureWorld(t, db)
		got, err := w.Evidence.Capture(roomtest.Ctx(), w.As("reviewer-1"), it.ID, captures.File{Name: "a.warc",
			Body: []byte(saved)})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			raw, err := captures.RecordsOf(r, got)
			if err != nil {
				return err
			}
			docs, err := warc.Read(bytes.NewReader(raw))
			if err != nil || len(docs) != 1 {
				t.Fatal(len(docs), err)
			}
			for _, f := range docs[0].Header {
				if strings.Contains(f.Value, "hush") {
					t.Errorf("%s is kept", f.Name)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		a, err := got.About()
		if err != nil || strings.Join(a.Dropped, ",") != "Authorization,Set-Cookie" || strings.Contains(got.Document,
			"hush") {
			t.Errorf("it says %v, %v", a.Dropped, err)
		}
	})
}

// saved is a WARC file as a browser's extension saves one, with secrets in its headers.
const saved = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://kraken.example/\r\nWARC-Date: " +
	"2026-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:5a0a6c56-6d8f-4a1c-8a53-1a2b3c4d5e6f>\r\nContent-Type: " +
	"application/http;msgtype=response\r\nWARC-Block-Digest: sha1:LFVYHMS5EAK7KZQHKB3Q5Y5WN7CND5CW\r\n" +
	"Content-Length: 117\r\n\r\n" +
	savedBlock + "\r\n\r\n"

const savedBlock = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nSet-Cookie: a=hush\r\nAuthorization: Basic hush" +
	"\r\n\r\nTwelve, says kraken. Yes."

// What is kept of a protected source is shown to those who may read that, and nothing elsewhere tells of it.
func TestCaptureOfAProtectedSource(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, c, open := captureWorld(t, db)
		editor, reviewer := w.As("editor-1"), w.As("reviewer-1")
		hidden, err := w.Evidence.Link(roomtest.Ctx(), editor, document(c, "basilisk", "source at risk"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Evidence.Capture(roomtest.Ctx(), reviewer, hidden.ID, words("x")); fault.KindOf(err) !=
			fault.Forbidden {
			t.Errorf("a reviewer captures a protected document: %v", err)
		}
		got, err := w.Evidence.Capture(roomtest.Ctx(), editor, hidden.ID, captures.File{Name: "basilisk.txt",
			Body: []byte("Twelve, says basilisk. It was in the basement.")})
		if err != nil {
			t.Fatal(err)
		}
		if got.Found != captures.Exact {
			t.Errorf("the quotation that is hidden is %s", got.Found)
		}
		late, err := w.Evidence.Capture(roomtest.Ctx(), reviewer, open.ID, words("Twelve, says kraken."))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Evidence.Protect(roomtest.Ctx(), editor, open.ID, open.Version, "asked for it"); err != nil {
			t.Fatal(err)
		}
		for _, source := range []string{"basilisk", "kraken"} {
			tells(t, w, source)
		}
		for _, id := range []captures.ID{got.ID, late.ID} {
			hidesCapture(t, db, id)
		}
		for _, id := range []evidence.ID{hidden.ID, open.ID} {
			if x := shownItem(t, w, id); x.Capture != nil {
				t.Errorf("evidence #%d shows its capture", id)
			}
			seen, err := w.Desk.Captured(roomtest.Ctx(), reviewer, id, 0, 0)
			if err != nil || seen.Shown.ID != 0 || seen.Words != "" || len(seen.All) != 0 || seen.May {
				t.Errorf("a reviewer is shown %+v, %v", seen.Shown, err)
			}
			if seen, err = w.Desk.Captured(roomtest.Ctx(), editor, id, 0, 0); err != nil || seen.Item.Capture == nil ||
				!strings.Contains(seen.Words, "Twelve") {
				t.Errorf("an editor is shown %q, %v", seen.Words, err)
			}
		}
		if _, err := w.Evidence.Unprotect(roomtest.Ctx(), editor, open.ID, open.Version+1); err != nil {
			t.Fatal(err)
		}
		if x := shownItem(t, w, open.ID); x.Capture == nil || x.Capture.ID != late.ID {
			t.Error("the capture is not shown again")
		}
		w.Verify()
	})
}

func hidesCapture(t *testing.T, db *store.DB, id captures.ID) {
	t.Helper()
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
		events, err := history.List(r, history.Filter{Object: captures.Object(id),
			Viewer: history.Viewer{ReadAll: true}})
		if len(events) == 0 {
			t.Error("there is no event of it")
		}
		for _, e := range events {
			if !e.Hidden || len(e.Texts) > 0 || e.After["found"] != "" {
				t.Errorf("the event %s of %s tells %v, %v", e.Action, e.Object, e.After, e.Texts)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// A merge takes captures along; by law all copies go, with the texts of the history, and the audit still holds.
func TestCaptureIsWithheld(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, into, it := captureWorld(t, db)
		b := w.Article(articles.Import{Raw: "A dozen grants were approved, it was said.", Source: "Courier",
			Lang: "en"})
		withhold := func(who string, c captures.Capture, version int64, reason string) error {
			_, err := w.Evidence.WithholdCapture(roomtest.Ctx(), w.As(who), evidence.ID(c.EvidenceID), c.ID, version,
				reason)
			return err
		}
		gone := w.Claim(b, "A dozen grants were approved", "A dozen grants were approved.")
		l := document(gone, "hydra", "")
		there, err := w.Evidence.Link(roomtest.Ctx(), w.As("reviewer-1"), l)
		if err != nil {
			t.Fatal(err)
		}
		first, err := w.Evidence.Capture(roomtest.Ctx(), w.As("reviewer-1"), there.ID, captures.File{Name: "hydra.txt",
			Body: []byte("Twelve, says hydra. It was cold.")})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.Merge(roomtest.Ctx(), w.As("reviewer-1"), into.ID, into.WordsVersion,
			[]claims.Opened{{ID: gone.ID, Version: gone.WordsVersion}}, nil); err != nil {
			t.Fatal(err)
		}
		var carried captures.Capture
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			items, err := evidence.OfClaim(r, into.ID)
			for _, x := range items {
				if x.Capture != nil && x.ID != it.ID {
					carried, err = captures.ByID(r, x.Capture.ID)
				}
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if carried.ID == 0 || carried.ID == first.ID || carried.BodyID != first.ID || carried.Found != captures.Exact {
			t.Fatalf("the merge took %+v along", carried)
		}
		w.Verify()
		for name, who := range map[string]string{"a reviewer": "reviewer-1", "an auditor": "auditor-1"} {
			if err := withhold(who, carried, 1, "x"); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s withholds: %v", name, err)
			}
		}
		editor := w.As("editor-1")
		if err := withhold("editor-1", carried, 1, " "); fault.KindOf(err) != fault.Invalid {
			t.Errorf("it is withheld without a reason: %v", err)
		}
		elsewhere := carried
		elsewhere.EvidenceID = int64(it.ID)
		if err := withhold("editor-1", elsewhere, 1, "Law."); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a capture of another item is withheld: %v", err)
		}
		if err := withhold("editor-1", carried, 9, "Law."); !fault.IsStale(err) {
			t.Errorf("an older look withholds: %v", err)
		}
		if err := withhold("editor-1", carried, 1, "A court orders it."); err != nil {
			t.Fatal(err)
		}
		if n := w.Count("capture_bodies"); n != 0 {
			t.Errorf("%d bodies are left", n)
		}
		if n := w.Count("captures WHERE document LIKE '%hydra%' OR document LIKE '%sha256%'"); n != 0 {
			t.Errorf("%d rows tell of the document", n)
		}
		if n := w.Count("event_texts WHERE text LIKE '%hydra.txt%'"); n != 0 {
			t.Errorf("%d texts of the history tell of it", n)
		}
		if err := withhold("editor-1", first, 2, "Again."); fault.KindOf(err) != fault.Conflict {
			t.Errorf("it is withheld twice: %v", err)
		}
		seen, err := w.Desk.Captured(roomtest.Ctx(), editor, there.ID, 0, 0)
		if err != nil || seen.Words != "" || seen.About.SHA256 != "" || seen.Shown.State != captures.Withheld {
			t.Errorf("%q, %+v, %v", seen.Words, seen.Shown, err)
		}
		w.Verify()
	})
}
