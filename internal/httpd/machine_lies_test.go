package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/roomtest"
)

// TestNoLieComesByHTTP: a machine that sends lies about a text gets answers that name what is wrong, and what is kept
// says what the text says.
func TestNoLieComesByHTTP(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	all := modeltest.Sentences(t)
	a := d.Article(articles.Import{Lang: "fa", Raw: modeltest.Text(all, "fa")})
	liar := d.machineOf("editor-1", "liar", d.Collection.ID)
	var items []map[string]any
	for _, l := range modeltest.Lies(t, 4, 700) {
		if l.Of.Lang == "fa" && len(items) < 100 {
			items = append(items, map[string]any{"kind": "candidate", "article": a.Article.ID, "quote": l.Quote,
				"statement": l.Statement})
		}
	}
	body, err := json.Marshal(map[string]any{"items": items})
	if err != nil {
		t.Fatal(err)
	}
	var got desk.OfferedJSON
	raw := d.bearer(liar, post, under(d.Collection.ID, "machine/proposals"), string(body)).want(t, http.StatusOK,
		`"what":`)
	if err := json.Unmarshal([]byte(raw.body), &got); err != nil || len(got.Items) != len(items) || len(items) < 60 {
		t.Fatalf("%d answers for %d items, %v", len(got.Items), len(items), err)
	}
	for i, x := range got.Items {
		if x.Claim == 0 {
			continue
		}
		c := d.now(x.Claim)
		if bad := modeltest.Through(all, "fa", a.Revision.Raw, c.Exact, c.Statement); bad != "" {
			t.Errorf("%v: %s", items[i], bad)
		}
	}
}

// TestAMachinesReasonsAreItsOwn: they stand on screens as its words, in their own form, one line each and in whatever
// direction they are; the program's own are apart from them, for programs too.
func TestAMachinesReasonsAreItsOwn(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	a := d.Article(articles.Import{Lang: "en", Raw: closing})
	const words = "Mayor Anna Berg closed two schools on 3 May 2021"
	machine := d.machineOf("editor-1", "extractor", d.Collection.ID)
	list := under(d.Collection.ID, "machine/proposals")
	offer := func(item string) (n claims.ID) {
		var got desk.OfferedJSON
		raw := d.bearer(machine, post, list, `{"items":[`+item+`]}`).want(t, http.StatusOK)
		if err := json.Unmarshal([]byte(raw.body), &got); err != nil || len(got.Items) != 1 {
			t.Fatalf("%s, %v", raw.body, err)
		}
		return got.Items[0].Claim
	}
	candidate := func(reason string) string {
		return fmt.Sprintf(`{"kind":"candidate","article":%d,"quote":%q,"statement":%[2]q,"reasons":[%q]}`,
			a.Article.ID,
			words, reason)
	}
	if n := offer(candidate("one\nWarning: the statement has a number that its words do not have")); n != 0 {
		t.Error("a reason of two lines is kept")
	}
	const reason = "<b>Checked</b> by the desk: دو مدرسه"
	n := offer(candidate(reason))
	for _, path := range []string{claimURL(n), under(d.Collection.ID, "queue?tab=candidates"),
		"/articles/" + itoa(a.Article.ID) + "?claim=" + itoa(n)} {
		page := d.get("reviewer-1", path).want(t, http.StatusOK,
			`<p class="machine-said"><span><bdi>“extractor”</bdi> says:`+
				`</span> <q lang="" dir="auto">&lt;b&gt;Checked&lt;/b&gt; by the desk: دو مدرسه</q>`)
		if n, m := strings.Count(page.body, "by the desk: دو مدرسه"), strings.Count(page.body,
			`class="machine-said"`); n != m {
			t.Errorf("%s: the machine’s words stand %d times, as its own %d", path, n, m)
		}
	}
	for _, path := range []string{claimURL(n), under(d.Collection.ID, "claims?state=candidate")} {
		raw := d.do("reviewer-1", get, path, "", "", "Accept", "application/json").want(t, http.StatusOK,
			`"machine":"extractor","reasons":[`)
		if strings.Count(raw.body, "by the desk") != 1 {
			t.Errorf("%s: %s", path, raw.body)
		}
	}
	d.bearer(machine, get, list, "").want(t, http.StatusOK, "by the desk")
	for _, e := range d.eventsOf(claims.Object(n)) {
		if raw, err := json.Marshal(e); err != nil || strings.Contains(string(raw), "by the desk") {
			t.Errorf("the history has the machine’s words as its own: %s", raw)
		}
	}
}

// TestGlossesShowWhereTheyDiffer: a gloss that differs for sure is not taken from a machine; what else differs stands
// beside it, and beside the glosses of people, confirmed ones too, on the page and for programs.
func TestGlossesShowWhereTheyDiffer(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	a := d.Article(articles.Import{Lang: "en", Raw: closing})
	const words = "Mayor Anna Berg closed two schools on 3 May 2021"
	n := d.Claim(a, words, words).ID
	machine := d.machineOf("editor-1", "translator", d.Collection.ID)
	list := under(d.Collection.ID, "machine/proposals")
	gloss := func(words string) string {
		return fmt.Sprintf(`{"items":[{"kind":"gloss","claim":%d,"lang":"fr","statement":%q,`+
			`"reasons":["for France"]}]}`, n,
			words)
	}
	d.bearer(machine, post, list, gloss("Le maire Anna Berg a fermé trois écoles le 3 mai 2021.")).want(t,
		http.StatusOK,
		`"why":"number"`, `"what":"trois`)
	d.bearer(machine, post, list, gloss("Le maire Anna Berg a fermé deux écoles le 3 mai 2020.")).want(t,
		http.StatusOK,
		`"why":"date"`)
	d.bearer(machine, post, list, gloss("Le maire Anna Berg n’a pas fermé deux écoles le 3 mai 2021.")).want(t,
		http.StatusOK, `"kept"`)
	d.get("reviewer-1", claimURL(n)).want(t, http.StatusOK, "May differ in\n  a denial", `class="machine-said"`,
		"for France")

	ctx := roomtest.Ctx()
	g, err := d.Claims.SetGloss(ctx, d.As("reviewer-1"), n, "de", "Anna Berg schloss am 3. Mai 2021 sieben Schulen.",
		0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Claims.ConfirmGloss(ctx, d.As("reviewer-2"), n, "de", g.Version); err != nil {
		t.Fatal(err)
	}
	d.get("reviewer-1", claimURL(n)).want(t, http.StatusOK, "Differs in\n  a number", "sieben")
	d.do("reviewer-1", get, claimURL(n), "", "", "Accept", "application/json").want(t, http.StatusOK,
		`"differs":[{"kind":"number","source":"two`, `"sure":true`)
}
