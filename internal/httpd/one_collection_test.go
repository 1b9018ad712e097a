package httpd

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// ofRequest is what differs between two answers that say the same.
var ofRequest = regexp.MustCompile(`r-[a-z2-7]{16}|"(at|counted)":"[^"]*"|"oldest_seconds":\d+`)

// TestNothingOfAnotherCollection: whoever reads the whole history of one collection is answered the same to the byte,
// whatever happens in another: no number of an event, no gap, no count, no hash, no address of a page moves.
func TestNothingOfAnotherCollection(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { at = at.Add(time.Microsecond); return at })
		d := newDoorOn(t, db)
		admin := d.As("admin-1")
		here, a := d.Collection, d.Article(articles.Import{Raw: "Twelve grants were approved. The mayor left.",
			Lang: "en"})
		c := d.Claim(a, "The mayor left", "The mayor left.")
		draft := review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Rationale: "Nothing.",
			Searched: "archive"}
		if _, _, err := d.Submit("reviewer-1", c, draft); err != nil { // its round is open
			t.Fatal(err)
		}
		d.member("here", auth.Auditor, here.ID)
		at = at.Add(time.Hour)
		col, then := under(here.ID, ""), "?asof=2026-03-04T10:30:00Z"
		pages := []string{"/history", "/history?object=claim:" + itoa(c.ID), "/exceptions", "/exceptions/new_role",
			"/exceptions/own_evidence", claimURL(c.ID), claimURL(c.ID) + "/history", col + "claims", col + "queue",
			col + "articles", col + "sets", col + "alarms", col + "status", "/collections", "/sources", "/users",
			"/history/1", "/history/1/proof", "/history/verify", "/history/proofs?from=1&to=2",
			"/history/proofs?at=1", "/exceptions/checkpoint_gap", col + "claims" + then, "/history" + then,
			"/exceptions/new_role" + then}
		all := func() map[string]string {
			t.Helper()
			out := map[string]string{}
			for _, path := range pages {
				seen := d.json("here", get, path, "")
				out[path] = itoa(seen.status) + " " + ofRequest.ReplaceAllString(seen.body, "-")
			}
			out["export"] = d.json("here", post, "/history/export", `{}`).body
			return out
		}
		before := all()
		if !strings.Contains(before["/history"], "review.submitted") {
			t.Errorf("they do not read the events of an open round: %s", before["/history"])
		}
		if !strings.Contains(before["export"], "review.submitted") || strings.Contains(before["export"], "user:") {
			t.Errorf("the export is not of their collection: %s", before["export"])
		}
		for _, path := range []string{"/history/1", "/history/verify", "/history/proofs?from=1&to=2", "/users"} {
			if code := before[path][:3]; code != "403" && code != "404" {
				t.Errorf("%s answers %s", path, before[path])
			}
		}
		d.busyElsewhere(t, admin, draft)
		for path, is := range all() {
			if was := before[path]; is != was {
				t.Errorf("%s tells of another collection:\n%s\nwas\n%s", path, is, was)
			}
		}
	})
}

// busyElsewhere does a bit of everything in another collection, and brings the clock back to where it was.
func (d *door) busyElsewhere(t *testing.T, admin auth.Actor, draft review.Draft) {
	t.Helper()
	ctx := roomtest.Ctx()
	other, err := d.Articles.CreateCollection(ctx, admin, articles.CollectionNew{Name: "Another"})
	if err != nil {
		t.Fatal(err)
	}
	mine := d.Collection
	d.Collection = other
	defer func() { d.Collection = mine }()
	for i := range 3 {
		a := d.Article(articles.Import{Raw: strings.Repeat("Nine aides stayed. ", i+1) + "It rained.", Lang: "en"})
		c := d.Claim(a, "It rained", "It rained.")
		for _, name := range []string{"reviewer-1", "reviewer-2"} {
			if _, _, err := d.Submit(name, c, draft); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := d.Sets.Create(ctx, d.As("editor-1"), other.ID, "Elsewhere"); err != nil {
		t.Fatal(err)
	}
	d.member("there", auth.Editor, other.ID)
}
