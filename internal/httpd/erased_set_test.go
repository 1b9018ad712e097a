package httpd

import (
	"archive/zip"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/methods"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/replies"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// erasedWords stand each in one text that a set prints; those that are quoted stand in an article, too.
var erasedWords, erasedQuotes = []string{"statemine", "glossine", "explainine", "rationaline", "evurline", "archivine",
	"evtitline", "publisherine", "notine", "outquotine", "askine", "roline", "answerine", "bylinia", "titline",
	"artaddrine", "settitline", "setpubline", "setnotine", "setaddrine", "methodine"}, []string{
	"prefixine", "quotine", "suffixine", "evprefine", "minutine", "evsuffine"}

// erasedStory freezes a set that prints them all, and signs it.
func erasedStory(t *testing.T, d *door, key *history.Key) claimset.Set {
	t.Helper()
	ctx, ed, rev := roomtest.Ctx(), d.As("editor-1"), d.As("reviewer-1")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	d.rules(1)
	_, err := d.Methods.Set(ctx, ed, d.Collection.ID, methods.Draft{Words: "Methodine counts."})
	must(err)
	a := d.Article(articles.Import{Lang: "en", Title: "Titline", Byline: "Bylinia", URL: "https://artaddrine.example/",
		Raw: "At the prefixine the quotine council approved twelve grants in suffixine halls."})
	b := d.Article(articles.Import{Lang: "en", Source: "Council",
		Raw: "The evprefine of minutine lists twelve grants by evsuffine."})
	cl := d.Claim(a, "quotine council approved twelve grants", "Statemine council approved twelve grants.")
	_, err = d.Claims.SetGloss(ctx, rev, cl.ID, "fr", "Glossine a approuvé.", 0)
	must(err)
	d.Link(cl, b, "minutine lists twelve grants", evidence.Supports, evidence.PrimaryDocument)
	_, err = d.Evidence.Link(ctx, rev, evidence.Link{ClaimID: cl.ID, URL: "https://evurline.example/",
		ArchivedURL: "https://archivine.example/", Title: "Evtitline", Publisher: "Publisherine", Exact: "Outquotine",
		Lang: "en", ReadOn: "2026-01-02", Note: "Notine", Stance: evidence.Supports, Kind: evidence.PrimaryDocument})
	must(err)
	reply, err := d.Replies.Ask(ctx, rev, replies.Ask{ClaimID: cl.ID, Name: "Askine", Role: "Roline",
		Way: replies.Phone, AskedOn: "2026-03-01", Until: "2026-03-02"})
	must(err)
	_, err = d.Replies.Answer(ctx, rev, replies.Answer{ID: reply.ID, Version: 1, Outcome: replies.Answered,
		On: "2026-03-02", Words: "Answerine."})
	must(err)
	_, _, err = d.Submit("reviewer-1", cl, review.Draft{Verdict: "corroborated", Reason: review.PrimaryDocument,
		Rationale: "Rationaline says so."})
	must(err)
	v, err := d.Desk.Reviewing(ctx, ed, cl.ID)
	must(err)
	_, err = d.Review.Approve(ctx, ed, review.Approval{ClaimID: cl.ID, Version: v.Rounds[0].Decision.Version,
		Reason: review.PrimaryDocument, Explanation: "Explainine says so."})
	must(err)
	set, err := d.Sets.Create(ctx, ed, d.Collection.ID, "Settitline")
	must(err)
	set, err = d.Sets.SetImprint(ctx, ed, set.ID, set.Version, claimset.Imprint{Publisher: "Setpubline",
		Note: "Setnotine", Address: "https://setaddrine.example/{claim}", Rationales: true})
	must(err)
	d.form("editor-1", setURL(set.ID)+"/claims", "version", itoa(set.Version), "claim", itoa(cl.ID)).
		want(t, http.StatusSeeOther)
	d.form("editor-1", setURL(set.ID)+"/freeze", "version", itoa(set.Version+1)).want(t, http.StatusSeeOther)
	_, err = history.NewSigner(d.DB, key, nil).Sign(ctx)
	must(err)
	return set
}

// heldBy says which objects hold a word in which of their texts.
func (d *door) heldBy(word string) (out []struct{ Object, Name string }) {
	d.t.Helper()
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT DISTINCT e.object, t.name FROM events e JOIN event_texts t ON t.seq = e.seq WHERE "+
			"LOWER(CAST(t.text AS TEXT)) LIKE ?", "%"+word+"%").Scan(&out).Error
	}); err != nil {
		d.t.Fatal(err)
	}
	return out
}

// proves verifies a bundle of a set as the command does.
func (d *door) proves(set claimset.ID, key *history.Key) (proof.Result, string) {
	d.t.Helper()
	b := d.form("editor-1", setURL(set)+"/export", "format", publish.Bundle).want(d.t, http.StatusOK).body
	v, err := note.NewVerifier(key.Public())
	if err != nil {
		d.t.Fatal(err)
	}
	r, err := proof.Verify(strings.NewReader(b), int64(len(b)), proof.Options{Report: publish.WriteReport,
		ReportForm: publish.ReportForm(), Keys: []note.Verifier{v}})
	if err != nil {
		d.t.Fatal(err)
	}
	return r, b
}

// TestErasedWordsOfAFrozenSet: a text that was erased is in no page, past or file of a set that printed it: a mark
// stands there, and a bundle says that it is not proved.
func TestErasedWordsOfAFrozenSet(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { at = at.Add(time.Microsecond); return at })
		d := newDoorOn(t, db)
		d.member("admin-2", auth.Admin, 0)
		key, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
		if err != nil {
			t.Fatal(err)
		}
		set := erasedStory(t, d, key)
		all := slices.Concat(erasedWords, erasedQuotes)
		before := d.form("editor-1", setURL(set.ID)+"/export", "format", publish.JSON).want(t, http.StatusOK).body
		for _, word := range all {
			if !strings.Contains(strings.ToLower(before), word) {
				t.Fatalf("the set does not print %q: %s", word, before)
			}
		}
		if r, _ := d.proves(set.ID, key); r.ExitCode() != 0 {
			t.Fatalf("before: %d %+v", r.ExitCode(), r)
		}
		at = at.Add(time.Hour)
		for _, word := range all {
			for _, held := range d.heldBy(word) {
				e, err := d.Erasures.Ask(roomtest.Ctx(), d.As("admin-1"), held.Object, held.Name, "A court says so.")
				if err == nil {
					_, err = d.Erasures.Confirm(roomtest.Ctx(), d.As("admin-2"), e.Public)
				}
				if err != nil {
					t.Fatalf("%s of %+v: %v", word, held, err)
				}
			}
			now := d.form("editor-1", setURL(set.ID)+"/export", "format", publish.JSON).want(t, http.StatusOK).body
			if strings.Contains(strings.ToLower(now), word) {
				t.Errorf("%q is erased, and stands in the JSON: %s", word, now)
			}
			if r, _ := d.proves(set.ID, key); r.ExitCode() != proof.ExitNotChecked || !r.OK() {
				t.Fatalf("%q is erased, and a bundle gives %d: %+v", word, r.ExitCode(), r)
			}
		}
		d.nowhere(all, set.ID, key)
		d.Verify()
	})
}

// nowhere looks for words in the files and pages of a set, now and in the past.
func (d *door) nowhere(words []string, set claimset.ID, key *history.Key) {
	d.t.Helper()
	lacks := func(what, text string) {
		d.t.Helper()
		for _, word := range words {
			if strings.Contains(strings.ToLower(text), word) {
				d.t.Errorf("%s holds %q", what, word)
			}
		}
		if !strings.Contains(text, "[erased]") && !strings.Contains(text, "PK\x03\x04") {
			d.t.Errorf("%s holds no mark", what)
		}
	}
	for _, f := range publish.Formats() {
		name := f.Name
		lacks(name, d.form("editor-1", setURL(set)+"/export", "format", name).want(d.t, http.StatusOK).text())
	}
	_, bundle := d.proves(set, key)
	z, err := zip.NewReader(strings.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		d.t.Fatal(err)
	}
	all := ""
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			d.t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			d.t.Fatal(err)
		}
		all += string(data)
	}
	lacks("the bundle", all)
	for _, user := range []string{"editor-1", "auditor-1"} {
		lacks("the page", d.get(user, setURL(set)).want(d.t, http.StatusOK).text())
		lacks("the JSON of the page", d.json(user, get, setURL(set), "").want(d.t, http.StatusOK).text())
	}
	then := "?asof=" + url.QueryEscape("2026-03-04T10:30:00Z")
	lacks("the past", d.get("auditor-1", setURL(set)+then).want(d.t, http.StatusOK).text())
	lacks("the past as JSON", d.json("auditor-1", get, setURL(set)+then, "").want(d.t, http.StatusOK).text())
}
