package httpd

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/publish"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestTheLoop does the whole job by forms alone, without script, as all six people.
func TestTheLoop(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) { theLoop(t, db) })
}

// theLoop gives the door at which it was done.
func theLoop(t *testing.T, db *store.DB) *door {
	t.Helper()
	d := newDoorOn(t, db)
	fa, ar := d.twoArticles()
	art := fmt.Sprintf("/articles/%d", fa.Article.ID)

	// Candidates: proposed, then one accepted; and a claim by hand from a span.
	d.form("reviewer-1", art+"/extract").want(t, http.StatusSeeOther)
	d.get("reviewer-1", art).want(t, http.StatusOK, "Candidate", "data-start=")
	all, err := d.Claims.ByArticle(roomtest.Ctx(), d.As("reviewer-1"), fa.Article.ID, fa.Revision.ID)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d candidates, %v", len(all), err)
	}
	first := all[0]
	d.form("reviewer-1", claimURL(first.ID)+"/accept", "version", itoa(first.Version), "back", art).want(t,
		http.StatusSeeOther)
	if got := d.now(first.ID).State; got != claims.Open {
		t.Fatalf("accepted claim is %s", got)
	}
	span := d.Find(fa, "حدود ۹ گیگابایت")
	d.get("reviewer-1", withQuery(art+"/claims/new", "sentence", "1", "start", itoa(span.Start), "end",
		itoa(span.End))).want(t,
		http.StatusOK, "حدود ۹ گیگابایت")
	made := d.form("reviewer-1", art+"/claims", "revision", itoa(fa.Revision.ID), "sentence", "1", "start",
		itoa(span.Start), "end", itoa(span.End), "exact", "حدود ۹ گیگابایت", "statement",
		"حدود ۹ گیگابایت داده منتشر شد",
		"hedge", "حدود; منسوب به", "kind", "fact").want(t, http.StatusSeeOther)
	n := claimIn(t, made.location)
	url := claimURL(n)
	if got := d.now(n); len(got.Hedge) != 2 || got.Exact != "حدود ۹ گیگابایت" {
		t.Fatalf("made claim has hedges %q of %q", got.Hedge, got.Exact)
	}
	d.form("reviewer-1", url+"/glosses", "lang", "en", "gloss", "~9 GB leaked via pastebin by EMLEAKS").want(t,
		http.StatusSeeOther)
	d.form("reviewer-2", url+"/glosses", "lang", "en", "gloss", "My wording", "version", "0").want(t,
		http.StatusConflict, "~9 GB leaked", "My wording", `name="version" value="1"`)
	d.form("reviewer-1", url+"/glosses/confirm", "lang", "en", "version", "1").want(t, http.StatusForbidden)
	d.form("reviewer-2", url+"/glosses/confirm", "lang", "en", "version", "1").want(t, http.StatusSeeOther)
	d.form("reviewer-2", url+"/comments", "text", "Which files?").want(t, http.StatusSeeOther)

	// Evidence as context: corroborated is refused and says why; what was typed is kept.
	d.get("reviewer-1", withQuery(url+"/evidence", "q", "وثايق")).want(t, http.StatusOK, "وثائق", `class="found"`)
	where := d.Find(ar, "نشر وثائق داخلية")
	d.form("reviewer-1", url+"/evidence", "passage", fmt.Sprintf("%d:%d:%d:%d", ar.Article.ID, ar.Revision.ID,
		where.Start, where.End), "stance", "context", "kind", "report").want(t, http.StatusSeeOther)
	cl := d.now(n)
	review := func(user string, status int, parts []string, pairs ...string) {
		t.Helper()
		pairs = append([]string{"words_version", itoa(cl.WordsVersion), "round", itoa(cl.Round), "confidence", "70",
			"then",
			"stay"}, pairs...)
		d.form(user, url+"/reviews", pairs...).want(t, status, parts...)
	}
	review("reviewer-1", http.StatusUnprocessableEntity, []string{"My own words stay.", `role="alert"`, "origin"},
		"verdict", "corroborated", "reason_corroborated", "independent_sources", "rationale", "My own words stay.",
		"evidence", "1")
	review("reviewer-1", http.StatusUnprocessableEntity, []string{"wrong-searched"}, "verdict", "unverified",
		"reason_unverified", "single_origin")
	review("reviewer-1", http.StatusSeeOther, nil, "verdict", "unverified", "reason_unverified", "single_origin",
		"searched", "All articles.")
	review("reviewer-2", http.StatusSeeOther, nil, "verdict", "unverified", "reason_unverified", "single_origin",
		"searched", "All articles too.")
	if got := d.now(n); got.State != claims.Decided || got.Verdict != claims.Unverified {
		t.Fatalf("after two reviews the claim is %s, %s", got.State, got.Verdict)
	}
	d.get("editor-1", url+"/approve").want(t, http.StatusOK, "Single origin", "All articles too.")
	d.form("editor-1", url+"/approvals", "version", "1", "reason", "single_origin", "explanation",
		"Only one text gives a figure.").want(t, http.StatusSeeOther)

	d.conflict(fa)
	d.freeze(n)
	d.get("auditor-1", "/history").want(t, http.StatusOK, "claimset.frozen", "decision.adjudicated")
	d.form("auditor-1", "/history/verify").want(t, http.StatusOK, "every row agrees")
	d.form("auditor-1", "/history/export").want(t, http.StatusOK, `"action":"claimset.frozen"`)
	return d
}

// conflict takes a claim through disagreement, adjudication and approval.
func (d *door) conflict(fa articles.Imported) {
	d.t.Helper()
	t := d.t
	cl := d.Claim(fa, "مسکو نیز هر دخالتی را رد کرد", "مسکو هر دخالتی را رد کرد")
	url := claimURL(cl.ID)
	d.form("reviewer-1", url+"/evidence/outside", "url", "javascript:alert(1)", "quotation", "It denied.", "read_on",
		"2026-11-20", "stance", "supports", "kind", "primary_document").want(t, http.StatusUnprocessableEntity,
		"javascript:alert(1)", "wrong-url")
	item := d.inConflict(cl)
	page := d.get("editor-1", url+"/adjudicate").want(t, http.StatusOK, "Reviewer A", "Reviewer B",
		"The ministry said so.", `<nav class="tally" aria-label="Queues">`,
		`aria-current="true">In conflict <b>1</b>`,
		`id="news" role="status">1 of 1, longest open first</span>`)
	if n := strings.Count(page.body, "1 corroborated, 1 unverified: 0 % of pairs agree"); n != 1 {
		t.Errorf("what the reviews say stands %d times above an adjudication", n)
	}
	if strings.Contains(page.body, "Reviewer One") {
		t.Error("the adjudicator sees a name before deciding")
	}
	d.form("editor-1", url+"/adjudications", "round", "1", "version", itoa(d.now(cl.ID).Version), "verdict",
		"disputed",
		"reason_disputed", "refuted", "evidence", itoa(item)).want(t,
		http.StatusUnprocessableEntity,
		"wrong-rationale")
	d.form("editor-1", url+"/questions", "round", "1", "letter", "A", "question", "Which page?").want(t,
		http.StatusSeeOther)
	d.get("editor-1", url+"/adjudicate").want(t, http.StatusOK,
		`role="status">1 of 1, longest open first · 1 sent back with a question</span>`)
	letter := "A"
	if strings.Index(page.body, "The archive.") < strings.Index(page.body, "The ministry said so.") {
		letter = "B"
	}
	d.form("editor-1", url+"/adjudications", "round", "1", "version", itoa(d.now(cl.ID).Version), "adopt", letter,
		"rationale",
		"The document is primary.", "cause", "slip").want(t, http.StatusSeeOther)
	d.get("editor-1", url+"/approve").want(t, http.StatusOK, "You adjudicated claim")
	d.form("editor-1", url+"/approvals", "version", "1", "reason", "primary_document", "explanation", "x").want(t,
		http.StatusForbidden)
	d.form("editor-2", url+"/approvals", "version", "1", "reason", "primary_document", "explanation",
		"The ministry published its denial.").want(t, http.StatusSeeOther)
	d.get("reviewer-2", url).want(t, http.StatusOK, "The ministry published its denial.", "Reviewer One")
}

// inConflict links one primary document to a claim and reviews it in two ways; it gives the document.
func (d *door) inConflict(cl claims.Claim) evidence.ID {
	d.t.Helper()
	return d.conflictBy(cl, "reviewer-1", "reviewer-2")
}

func (d *door) conflictBy(cl claims.Claim, one, two string) evidence.ID {
	d.t.Helper()
	t, url := d.t, claimURL(cl.ID)
	d.form(one, url+"/evidence/outside", "url", "https://example.org/denial", "quotation", "It denied.",
		"lang", "en", "read_on", "2026-11-20", "new_origin", "The ministry", "stance", "supports", "kind",
		"primary_document").want(t, http.StatusSeeOther)
	items, err := d.Evidence.ForClaim(roomtest.Ctx(), d.As(one), cl.ID)
	if err != nil || len(items) == 0 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	item := items[len(items)-1].ID
	base := []string{"words_version", itoa(cl.WordsVersion), "round", "1", "confidence", "80"}
	d.form(one, url+"/reviews", append(base, "verdict", "corroborated", "reason_corroborated",
		"primary_document", "rationale", "The ministry said so.", "evidence", itoa(item))...).want(t,
		http.StatusSeeOther)
	d.form(two, url+"/reviews", append(base, "verdict", "unverified", "reason_unverified", "insufficient",
		"searched", "The archive.")...).want(t, http.StatusSeeOther)
	return item
}

// freeze builds a set, freezes it, exports it both ways and starts its correction.
func (d *door) freeze(n claims.ID) {
	d.t.Helper()
	t := d.t
	sets := under(d.Collection.ID, "sets")
	made := d.form("editor-1", sets, "title", "What is established").want(t, http.StatusSeeOther)
	url := strings.TrimSuffix(made.location, "/build")
	d.get("editor-1", url+"/build").want(t, http.StatusOK, `value="`+itoa(n)+`"`)
	d.get("editor-1", url).want(t, http.StatusOK, "No claim is in this set yet.",
		"holds no claim. Add approved claims, then freeze it.")
	d.form("editor-1", url+"/claims", "version", "1", "claim", itoa(n)).want(t, http.StatusSeeOther)
	d.form("editor-1", url+"/freeze", "version", "1").want(t, http.StatusConflict)
	d.form("editor-1", url+"/freeze", "version", "2").want(t, http.StatusSeeOther)
	d.sealed()
	d.get("reviewer-1", url).want(t, http.StatusOK, "Frozen", "are the ones frozen")
	page := d.get("auditor-1", url).want(t, http.StatusOK)
	for _, f := range publish.Formats() {
		page.want(t, http.StatusOK, `value="`+f.Name+`"`, f.Word)
		got := d.form("auditor-1", url+"/export", "format", f.Name).want(t, http.StatusOK)
		if at := got.header.Get("Content-Disposition"); !strings.HasSuffix(at, "."+f.Ending+`"`) ||
			f.Page != (got.header.Get("Content-Security-Policy") == "sandbox") {
			t.Errorf("%s goes out as %s, %s", f.Name, at, got.header.Get("Content-Security-Policy"))
		}
	}
	plain := d.form("auditor-1", url+"/export", "format", "csv", "plain", "1").want(t, http.StatusOK)
	if strings.HasPrefix(plain.body, "\ufeff") {
		t.Error("CSV has a byte order mark that was not wanted")
	}
	d.form("reviewer-1", url+"/export", "format", "bundle").want(t, http.StatusForbidden)
	d.form("auditor-1", url+"/export", "format", "zip").want(t, http.StatusUnprocessableEntity,
		"no format of export")
	csv := d.form("auditor-1", url+"/export", "format", "csv", "bom", "1").want(t, http.StatusOK, "What is established")
	if !strings.HasPrefix(csv.body, "\ufeff") || !strings.Contains(csv.header.Get("Content-Disposition"), ".csv") {
		t.Errorf("CSV begins %q as %q", csv.body[:4], csv.header.Get("Content-Disposition"))
	}
	d.form("editor-1", url+"/export", "format", "json").want(t, http.StatusOK, `"verdict":"unverified"`)
	d.form("reviewer-1", url+"/export", "format", "json").want(t, http.StatusForbidden)
	next := d.form("editor-2", url+"/correct").want(t, http.StatusSeeOther)
	d.get("editor-2", next.location).want(t, http.StatusOK, "version 2", "Supersedes")
}

// claimIn reads the claim's number from ?claim=N.
func claimIn(t *testing.T, location string) claims.ID {
	t.Helper()
	_, rest, _ := strings.Cut(location, "claim=")
	var n claims.ID
	if _, err := fmt.Sscan(strings.SplitN(rest, "#", 2)[0], &n); err != nil {
		t.Fatalf("no claim in %q: %v", location, err)
	}
	return n
}
