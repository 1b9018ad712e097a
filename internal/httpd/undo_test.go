package httpd

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/guidelines"
	"claimbench/internal/roomtest"
)

var offered = regexp.MustCompile(`action="([^"]+/(?:undo|redo))"[^>]*>(?:<input[^>]*>)?` +
	`<input type="hidden" name="act" value="([0-9]+)"`)

// offers gives what a page offers to take back and to do again: address → act.
func offers(page reply) map[string]string {
	out := map[string]string{}
	for _, m := range offered.FindAllStringSubmatch(page.body, -1) {
		out[m[1][strings.LastIndex(m[1], "/")+1:]] = m[2]
	}
	return out
}

func TestUndoWithoutScript(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, ar := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.Link(cl, ar, "نشر وثائق داخلية", evidence.Context, evidence.Report)
	url, col := claimURL(cl.ID), under(d.Collection.ID, "")
	page := d.get("reviewer-1", url)
	if !strings.Contains(page.body, "Undo: linked evidence to claim 1") || len(offers(page)) != 1 {
		t.Fatalf("the page offers %v", offers(page))
	}
	if got := offers(d.get("reviewer-2", url)); len(got) != 0 {
		t.Errorf("somebody who did nothing is offered %v", got)
	}
	act := offers(page)["undo"]
	r := d.form("reviewer-1", col+"undo", "act", act, "back", url).want(t, http.StatusSeeOther)
	if r.location != url {
		t.Errorf("undo goes to %s", r.location)
	}
	page = d.get("reviewer-1", url)
	for _, want := range []string{"Taken back: you linked evidence to claim 1", "Undo: made claim 1",
		"Redo: linked evidence to claim 1"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	d.form("reviewer-1", col+"undo", "act", act, "back", url).want(t, http.StatusSeeOther)
	if page = d.get("reviewer-1", url); !strings.Contains(page.body, "taken back already") ||
		!strings.Contains(page.body, "Undo: made claim 1") {
		t.Error("a second press does not say that it is done already, or takes something else back")
	}
	d.form("reviewer-1", col+"redo", "act", offers(page)["redo"], "back", url).want(t, http.StatusSeeOther)
	if items, err := d.Evidence.ForClaim(roomtest.Ctx(), d.As("reviewer-1"), cl.ID); err != nil || len(items) != 1 {
		t.Errorf("after redo there are %d items, %v", len(items), err)
	}
	if past := d.get("auditor-1", "/history?object=evidence:1"); !strings.Contains(past.body,
		"took back: linked evidence to claim 1") || !strings.Contains(past.body, "did again:") {
		t.Error("the history does not say in words what was taken back")
	}
	d.Verify()
}

// TestUndoInTheQueue goes to the claim in the tab where it stands.
func TestUndoInTheQueue(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	if _, err := d.Claims.Extract(roomtest.Ctx(), d.As("editor-1"), fa.Article.ID); err != nil {
		t.Fatal(err)
	}
	all, err := d.Claims.ByArticle(roomtest.Ctx(), d.As("reviewer-1"), fa.Article.ID, fa.Revision.ID)
	if err != nil || len(all) < 2 {
		t.Fatalf("%d candidates, %v", len(all), err)
	}
	queue, id := under(d.Collection.ID, "queue"), all[len(all)-1].ID
	d.form("reviewer-1", claimURL(id)+"/accept", "version", "1", "back", queue+"?tab=candidates").want(t,
		http.StatusSeeOther)
	page := d.get("reviewer-1", queue+"?tab=candidates")
	r := d.form("reviewer-1", under(d.Collection.ID, "undo"), "act", offers(page)["undo"], "back",
		queue+"?tab=candidates").want(t, http.StatusSeeOther)
	if r.location != queue+"?claim="+itoa(id)+"&tab=candidates" {
		t.Errorf("undo in the queue goes to %s", r.location)
	}
	if page := d.get("reviewer-1", r.location); !strings.Contains(page.body, `id="claim-`+itoa(id)+`"`) {
		t.Error("the claim is not shown again")
	}
	// done again, the person stays in the list where they are, whatever tab the claim went to
	r = d.form("reviewer-1", under(d.Collection.ID, "redo"), "act", offers(d.get("reviewer-1", r.location))["redo"],
		"back", r.location).want(t, http.StatusSeeOther)
	if r.location != queue+"?tab=candidates" {
		t.Errorf("redo in the queue goes to %s", r.location)
	}
	// and so it is with what then stands in no list of theirs
	id = all[0].ID
	d.form("reviewer-1", claimURL(id)+"/reject", "version", "1", "reason", "opinion", "back",
		queue+"?tab=candidates").want(t, http.StatusSeeOther)
	for _, step := range []struct{ turn, to string }{{"undo", queue + "?claim=" + itoa(id) + "&tab=candidates"},
		{"redo", queue + "?tab=candidates"}} {
		back := queue + "?claim=" + itoa(id) + "&tab=candidates"
		r = d.form("reviewer-1", under(d.Collection.ID, step.turn), "act",
			offers(d.get("reviewer-1", queue+"?tab=candidates"))[step.turn], "back", back).want(t, http.StatusSeeOther)
		if r.location != step.to {
			t.Errorf("%s of a rejection in the queue goes to %s", step.turn, r.location)
		}
	}
	d.Verify()
}

// TestWhatStaysIsSaidOnce: what z has to refuse is not offered again, until the person does something else.
func TestWhatStaysIsSaidOnce(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, ar := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	if _, err := d.Evidence.Link(roomtest.Ctx(), d.As("reviewer-2"), evidence.Link{ClaimID: cl.ID,
		ArticleID: ar.Article.ID, RevisionID: ar.Revision.ID, Span: d.Find(ar, "نشر وثائق داخلية"),
		Stance: evidence.Context, Kind: evidence.Report}); err != nil {
		t.Fatal(err)
	}
	url, undo := claimURL(cl.ID), under(d.Collection.ID, "undo")
	act := offers(d.get("reviewer-1", url))["undo"]
	d.form("reviewer-1", undo, "act", act, "back", url).want(t, http.StatusSeeOther)
	page := d.get("reviewer-1", url).want(t, http.StatusOK, "Others have built on it")
	if got := offers(page); len(got) != 0 {
		t.Errorf("what stays is offered again: %v", got)
	}
	d.form("reviewer-1", url+"/comments", "text", "Look at this.").want(t, http.StatusSeeOther)
	if got := offers(d.get("reviewer-1", url)); got["undo"] == "" || got["undo"] == act {
		t.Errorf("after another act %v is offered", got)
	}
	// a form of a tab that came too late says nothing of what is offered
	d.form("reviewer-1", undo, "act", act, "back", url).want(t, http.StatusSeeOther)
	if got := offers(d.get("reviewer-1", url)); got["undo"] == "" {
		t.Error("after a form that came too late nothing is offered")
	}
}

func TestUndoForPrograms(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	url := under(d.Collection.ID, "undo")
	var out struct {
		Kind, Words, State string
		Claim              claims.ID
		Undo, Redo         *struct{ Act int64 }
	}
	r := d.json("reviewer-1", post, url, `{}`).want(t, http.StatusOK)
	if err := json.Unmarshal([]byte(r.body), &out); err != nil || out.Kind != "claim.created" || out.Claim != cl.ID ||
		out.State != "taken_back" || out.Undo != nil || out.Redo == nil {
		t.Errorf("undo answers %s, %v", r.body, err)
	}
	d.json("reviewer-1", post, url, `{}`).want(t, http.StatusConflict)
	d.json("reviewer-1", post, url, `{"act":99}`).want(t, http.StatusNotFound)
	d.json("reviewer-1", post, url, `{"akt":99}`).want(t, http.StatusUnprocessableEntity)
	d.json("auditor-1", post, url, `{}`).want(t, http.StatusForbidden)
}

// TestUndoIsOfferedWithThePart: a page that changes only its #work learns what can be taken back now, and that nothing
// can, where it could before.
func TestUndoIsOfferedWithThePart(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, ar := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	url := claimURL(cl.ID)
	part := func(who string) reply {
		return d.do(who, get, url, "", "", "HX-Request", "true", "HX-Target", "div#work", "HX-Current-URL",
			d.http.URL+url).want(t, 200, `<hx-partial hx-target="#turns"`)
	}
	first := offers(part("reviewer-1"))["undo"]
	d.Link(cl, ar, "نشر وثائق داخلية", evidence.Context, evidence.Report)
	if now := offers(part("reviewer-1"))["undo"]; now == "" || now == first {
		t.Errorf("after another act the part offers %q, before %q", now, first)
	}
	if got := offers(part("reviewer-2")); len(got) != 0 {
		t.Errorf("somebody who did nothing is offered %v", got)
	}
	d.get("reviewer-2", url).want(t, 200, `id="turns"`) // where it would stand
}

// TestAdjudicationLeadsToTheGuidelines that are in force.
func TestAdjudicationLeadsToTheGuidelines(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.inConflict(cl)
	link := under(d.Collection.ID, "guidelines")
	if page := d.get("editor-1", claimURL(cl.ID)+"/adjudicate"); strings.Contains(page.body, "say how to decide") {
		t.Error("guidelines that are not there are named")
	}
	if _, err := d.Guide.Set(roomtest.Ctx(), d.As("editor-1"), d.Collection.ID, guidelines.Draft{Lang: "en",
		Words: "# Rules\n\nTwo origins."}); err != nil {
		t.Fatal(err)
	}
	d.get("editor-1", claimURL(cl.ID)+"/adjudicate").want(t, http.StatusOK, link, "Guidelines, version 1",
		"say how to decide")
}
