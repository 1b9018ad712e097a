package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/evidence"
)

// TestKeywords: foreign statements and passages have a line of key words in the language that was chosen; words in a
// language of the reader have none, and a confirmed gloss takes their place.
func TestKeywords(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده در ایران منتشر شد")
	const marked = `<p class="meta keywords">`
	pages := map[string]string{"claim": claimURL(cl.ID), "list": under(d.Collection.ID, "claims"),
		"queue": withQuery(under(d.Collection.ID, "queue"), "claim", itoa(cl.ID))}
	for name, path := range pages {
		body := d.get("reviewer-1", path).want(t, http.StatusOK).body
		if !strings.Contains(body, marked) || !strings.Contains(body, "Iran") ||
			!strings.Contains(body, `class="gloss" lang="en"`) {
			t.Errorf("%s has no key words in English", name)
		}
	}
	d.form("reviewer-1", "/settings/zone", "zone", "", "keywords", "ja").want(t, http.StatusSeeOther)
	if body := d.get("reviewer-1", pages["claim"]).body; !strings.Contains(body, "イラン") {
		t.Error("the language that was chosen is not taken")
	}
	d.form("reviewer-1", "/settings/zone", "zone", "", "keywords", "fa").want(t, http.StatusSeeOther)
	if body := d.get("reviewer-1", pages["claim"]).body; strings.Contains(body, marked) {
		t.Error("a Persian claim has key words in Persian")
	}
	d.form("reviewer-2", claimURL(cl.ID)+"/glosses", "lang", "en", "gloss", "About 9 GB.", "version", "0").
		want(t, http.StatusSeeOther)
	if body := d.get("reviewer-2", pages["claim"]).body; !strings.Contains(body, marked) {
		t.Error("a gloss that nobody confirmed takes the key words away")
	}
	d.form("editor-1", claimURL(cl.ID)+"/glosses/confirm", "lang", "en", "version", "1").
		want(t, http.StatusSeeOther)
	if body := d.get("reviewer-2", pages["claim"]).body; strings.Contains(body, marked) {
		t.Error("beside a confirmed gloss stand key words")
	}
}

// TestKeywordsWhereOneLooks: what a search finds and what a history quotes have them too.
func TestKeywordsWhereOneLooks(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	_, ar := d.twoArticles()
	cl := d.Claim(ar, "الملفات سرقت منذ أسابيع", "سرقت موسكو الملفات")
	for name, path := range map[string]string{
		"found":   withQuery(claimURL(cl.ID)+"/found", "q", "مسکو"),
		"picker":  withQuery(claimURL(cl.ID)+"/evidence", "q", "مسکو"),
		"search":  withQuery(under(d.Collection.ID, "search"), "q", "مسکو"),
		"history": claimURL(cl.ID) + "/history",
	} {
		body := d.get("reviewer-1", path).want(t, http.StatusOK).body
		at := strings.LastIndex(body, "<blockquote")
		if at < 0 || !strings.Contains(body[at:], `<p class="meta keywords">`) ||
			!strings.Contains(body[at:], "Moscow") {
			t.Errorf("%s has no key words under what it quotes", name)
		}
	}
}

// TestKeywordsWhereOneDecides: every page on which a claim or its evidence is judged has them.
func TestKeywordsWhereOneDecides(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, ar := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده در ایران منتشر شد")
	d.Link(cl, ar, "الملفات سرقت منذ أسابيع", evidence.Context, evidence.Report)
	url := claimURL(cl.ID)
	check := func(who, path string, lines int) {
		t.Helper()
		body := d.get(who, path).want(t, http.StatusOK, "Iran").body
		_, main, _ := strings.Cut(body, "<main")
		if n := strings.Count(main, `<p class="meta keywords">`); n < lines {
			t.Errorf("%s has %d lines of key words, not %d", path, n, lines)
		}
	}
	check("reviewer-1", url+"/review", 2)
	check("reviewer-1", url+"/edit", 1)
	check("reviewer-1", withQuery("/articles/"+itoa(fa.Article.ID), "claim", itoa(cl.ID)), 2)
	batch := d.form("editor-1", under(d.Collection.ID, "batches"), "claim", itoa(cl.ID)).want(t, http.StatusSeeOther)
	check("editor-1", batch.location, 1)
	d.inConflict(cl)
	check("editor-1", url+"/adjudicate", 2)
	check("editor-1", withQuery(under(d.Collection.ID, "queue"), "tab", "conflict", "claim", itoa(cl.ID)), 3)
	d.form("editor-1", url+"/adjudications", "round", "1", "version", itoa(d.now(cl.ID).Version), "adopt", "A").
		want(t, http.StatusSeeOther)
	check("editor-2", url+"/approve", 2)
	check("editor-1", url+"/reopen", 1)
}

// TestKeywordsOfSets: the claims of a set, and those that may be added to it, have them.
func TestKeywordsOfSets(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت")
	d.inConflict(cl)
	url := claimURL(cl.ID)
	d.form("editor-1", url+"/adjudications", "round", "1", "version", itoa(d.now(cl.ID).Version), "adopt", "A").
		want(t, http.StatusSeeOther)
	// A is one of the two reviewers, by chance
	d.form("editor-2", url+"/approvals", "version", "1", "reason", string(d.now(cl.ID).Reason), "explanation",
		"The ministry said so.").want(t, http.StatusSeeOther)
	made := d.form("editor-1", under(d.Collection.ID, "sets"), "title", "May").want(t, http.StatusSeeOther)
	set := strings.TrimSuffix(made.location, "/build")
	d.get("editor-1", set+"/build").want(t, http.StatusOK, `<p class="meta keywords">`, "GB")
	d.form("editor-1", set+"/claims", "version", "1", "claim", itoa(cl.ID)).want(t, http.StatusSeeOther)
	d.get("editor-1", set).want(t, http.StatusOK, `<p class="meta keywords">`, "GB")
}
