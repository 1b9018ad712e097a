package httpd

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/examples/client"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/proposals"
	"claimbench/internal/roomtest"
)

// withToken comes with a token whatever it asks: a machine among the people of a test.
type withToken struct{ token string }

func (w withToken) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+w.token)
	return http.DefaultTransport.RoundTrip(r)
}

const closing = "Mayor Anna Berg closed two schools on 3 May 2021. Nobody else spoke of it in the town that day."

// proposes proposes candidates of a text that is closing, and gives the answer.
func (d *door) proposes(token string, a articles.Imported, header ...string) reply {
	d.t.Helper()
	return d.bearer(token, post, under(d.Collection.ID, "machine/proposals"), fmt.Sprintf(`{"model":"llama","items":[`+
		`{"kind":"candidate","article":%d,"quote":"Mayor Anna Berg closed two schools on 3 May 2021",`+
		`"statement":"Mayor Anna Berg closed two schools on 3 May 2021","reasons":["it has a day"]},`+
		`{"kind":"candidate","article":%d,"quote":"Mayor Anna Berg closed three schools","statement":"x"}]}`,
		a.Article.ID, a.Article.ID), header...)
}

// TestAMachineProposes: an answer for each item; sent again under its key the same; people see whose it is until one of
// them has accepted it, in lists and on its page; the machine reads what became of its own and of nobody else's.
func TestAMachineProposes(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	a := d.Article(articles.Import{Lang: "en", Raw: closing})
	one, two := d.machineOf("editor-1", "extractor", d.Collection.ID), d.machineOf("editor-1", "other", d.Collection.ID)
	var got struct {
		Items []struct {
			Outcome, Why    string
			Proposal, Claim int64
		}
	}
	first := d.proposes(one, a, keyHeader, "k-1").want(t, http.StatusOK)
	if err := json.Unmarshal([]byte(first.body), &got); err != nil || len(got.Items) != 2 ||
		got.Items[0].Outcome != "kept" || got.Items[1].Why != "missing" {
		t.Fatalf("%s, %v", first.body, err)
	}
	if again := d.proposes(one, a, keyHeader, "k-1").want(t, http.StatusOK); again.body != first.body {
		t.Errorf("sent again: %s", again.body)
	}
	n := claims.ID(got.Items[0].Claim)
	events := d.eventsOf(claims.Object(n))
	if len(events) != 1 || events[0].Who.Name != "extractor" || events[0].Who.Token == 0 {
		t.Errorf("%+v", events)
	}
	d.proposes(two, a).want(t, http.StatusOK, `"known"`)
	list := under(d.Collection.ID, "machine/proposals")
	mine, theirs := d.bearer(one, get, list, "").want(t, http.StatusOK, "it has a day", `"waiting"`), d.bearer(two,
		get, list,
		"").want(t, http.StatusOK)
	if mine.body == theirs.body || strings.Count(theirs.body, `"id":`) != 1 {
		t.Errorf("a machine reads what another proposed: %s", theirs.body)
	}
	for _, path := range []string{claimURL(n), under(d.Collection.ID, "claims?state=candidate"),
		under(d.Collection.ID, "queue?tab=candidates")} {
		d.get("reviewer-1", path).want(t, http.StatusOK, "“extractor” (llama)", "“other” (llama)")
		d.do("reviewer-1", get, path, "", "", "Accept", "application/json").want(t, http.StatusOK,
			`"machine":"extractor"`)
	}
	d.form("reviewer-1", claimURL(n)+"/accept", "version", itoa(d.now(n).Version)).want(t, http.StatusSeeOther)
	if page := d.get("reviewer-1", claimURL(n)).body; strings.Contains(page, "“extractor”") {
		t.Error("it is marked after a person accepted it")
	}
	d.bearer(one, get, list, "").want(t, http.StatusOK, `"accepted"`)

	// other words and a gloss stand on the page until somebody takes them
	d.bearer(one, post, list, fmt.Sprintf(`{"items":[{"kind":"statement","claim":%d,"statement":"Mayor Anna Berg `+
		`closed two `+
		`schools"},{"kind":"gloss","claim":%d,"lang":"fr","statement":"Le maire a fermé deux écoles le 3 mai `+
		`2021."}]}`, n,
		n)).want(t, http.StatusOK, `"kept"`)
	page := d.get("reviewer-1", claimURL(n)).want(t, http.StatusOK, "Words that machines propose", "Use these words",
		"Le maire a fermé")
	if strings.Count(page.body, "Use these words") != 2 {
		t.Errorf("%d forms", strings.Count(page.body, "Use these words"))
	}
	cl := d.now(n)
	d.form("reviewer-1", claimURL(n)+"/edit", "statement", "Mayor Anna Berg closed two schools", "attribution", "",
		"hedge", strings.Join(cl.Hedge, "; "), "kind", string(cl.Kind), "start", itoa(cl.Start), "end", itoa(cl.End),
		"words_version", itoa(cl.WordsVersion), "revision", itoa(cl.RevisionID)).want(t, http.StatusSeeOther)
	d.form("reviewer-1", claimURL(n)+"/glosses", "lang", "fr", "gloss", "Le maire a fermé deux écoles le 3 mai 2021.",
		"version", "0").want(t, http.StatusSeeOther)
	if d.now(n).Statement != "Mayor Anna Berg closed two schools" {
		t.Errorf("%+v", d.now(n))
	}
	if n := strings.Count(d.bearer(one, get, list, "").body, `"accepted"`) +
		strings.Count(d.bearer(one, get, list, "").body, `"changed"`); n != 2 { // of the gloss when the round is over
		t.Errorf("%d are decided: %s", n, d.bearer(one, get, list, "").body)
	}

	// what is printed of it says whose words they are
	d.reviewed("reviewer-1", n, "the minutes")
	d.reviewed("reviewer-2", n, "the minutes")
	if n := strings.Count(d.bearer(one, get, list, "").body, `"accepted"`); n != 3 {
		t.Errorf("%d are accepted when the round is over: %s", n, d.bearer(one, get, list, "").body)
	}
	d.approved(n)
	d.frozen(n, "May")
	var sets struct{ Items []struct{ ID int64 } }
	raw := d.do("editor-1", get, under(d.Collection.ID, "sets"), "", "", "Accept", "application/json").want(t, 200)
	if err := json.Unmarshal([]byte(raw.body), &sets); err != nil || len(sets.Items) == 0 {
		t.Fatal(err, raw.body)
	}
	at := fmt.Sprintf("/sets/%d/export", sets.Items[0].ID)
	for format, says := range map[string]string{
		"json": `"by_machines":[{"of":"statement","lang":"en","machine":"extractor","model":""},` +
			`{"of":"gloss","lang":"fr","machine":"extractor","model":""}]`,
		"csv":        "statement: extractor",
		"annotation": `"creator":{"type":"Software","name":"extractor"}`,
		"report": "The words of this claim were written by a machine, \u2068extractor\u2069; a person " +
			"accepted them.",
	} {
		d.form("editor-1", at, "format", format, "lang", "en").want(t, http.StatusOK, says)
	}
}

// TestProposingTooFast: what one token proposes is counted by the item; too much at once is refused with when to go on,
// and with why it is too much.
func TestProposingTooFast(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	token := d.machineOf("editor-1", "extractor", d.Collection.ID)
	at := under(d.Collection.ID, "machine/proposals")
	many := func(n int) string {
		return `{"items":[` + strings.Repeat(`{"kind":"duplicate","claim":1,"other_claim":2},`, n-1) +
			`{"kind":"duplicate","claim":1,"other_claim":2}]}`
	}
	d.bearer(token, post, at, many(101)).problem(t, http.StatusUnprocessableEntity)
	// the server stops reading what is too much, so it is asked without a connection between
	req := httptest.NewRequest(post, at, strings.NewReader(many(100_000)))
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	much := httptest.NewRecorder()
	d.server.ServeHTTP(much, req)
	if much.Code != http.StatusRequestEntityTooLarge && much.Code != http.StatusUnprocessableEntity {
		t.Errorf("100,000 at once: %d: %.300s", much.Code, much.Body.String())
	}
	var last reply
	for range 9 {
		if last = d.bearer(token, post, at, many(100)); last.status != http.StatusOK {
			break
		}
	}
	if last.status != http.StatusTooManyRequests || last.header.Get("Retry-After") == "" || !strings.Contains(last.body,
		"too fast") {
		t.Errorf("%d, Retry-After %q: %.300s", last.status, last.header.Get("Retry-After"), last.body)
	}
}

// TestProposalsMoveNothingVeiled: what a machine is answered, and all that it reads, is the same to the byte whether
// somebody reviews the claim or not, and whatever people do meanwhile with what it proposed for it. Once the round is
// over it is told.
func TestProposalsMoveNothingVeiled(t *testing.T) {
	t.Parallel()
	worlds := map[bool]string{}
	for _, busy := range []bool{false, true} {
		d := newDoor(t)
		d.DB.SetClock(func() time.Time { return time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC) })
		a := d.Article(articles.Import{Lang: "en", Raw: closing})
		b := d.Article(articles.Import{Lang: "en", Raw: "Nothing alike stands here. Parents waited outside of " +
			"the schools."})
		cl := d.Claim(a, "Mayor Anna Berg closed two schools", "Mayor Anna Berg closed two schools")
		other := d.Claim(b, "Parents waited outside of the schools", "Parents waited outside of the schools")
		d.aFactCheck("https://facts.example/7")
		token := d.machineOf("editor-1", "extractor", d.Collection.ID)
		at := under(d.Collection.ID, "machine/proposals")
		propose := func(items string) string {
			return d.bearer(token, post, at, `{"items":[`+strings.NewReplacer("$c", itoa(cl.ID), "$o", itoa(other.ID),
				"$b", itoa(b.Article.ID)).Replace(items)+`]}`).want(t, http.StatusOK).body
		}
		french := `{"kind":"gloss","claim":$c,"lang":"fr","statement":"Le maire a fermé deux écoles."}`
		all := propose(`{"kind":"passage","claim":$c,"article":$b,"sentence":2},` + french +
			`,{"kind":"statement","claim":$c,"statement":"Anna Berg closed two schools"},` +
			`{"kind":"gloss","claim":$c,"lang":"de","statement":"Der Bürgermeister schloss zwei Schulen."},` +
			`{"kind":"duplicate","claim":$o,"other_claim":$c},` +
			`{"kind":"match","claim":$c,"url":"https://facts.example/7"}`)
		if n := strings.Count(all, `"kept"`); n != 6 {
			t.Fatalf("%d of 6 are kept: %s", n, all)
		}
		if busy {
			d.actsOnProposals(cl.ID, other.ID)
			d.reviewed("reviewer-1", cl.ID, "the minutes")
		}
		all += propose(`{"kind":"passage","claim":$c,"article":$b,"sentence":1},` + french + `,` +
			`{"kind":"duplicate","claim":$c,"other_claim":$o},` +
			`{"kind":"match","claim":$c,"url":"https://facts.example/7"},` +
			`{"kind":"statement","claim":$c,"statement":"Anna Berg closed two schools"}`)
		// another machine says the same: what people took of the first is no answer to it
		second := d.machineOf("editor-1", "second", d.Collection.ID)
		all += d.bearer(second, post, at, `{"items":[`+strings.ReplaceAll(french, "$c", itoa(cl.ID))+`]}`).want(t, 200,
			`"kept"`).body + d.bearer(second, get, at, "").want(t, 200).body
		for _, path := range []string{at, "/machine", under(d.Collection.ID, "machine/articles"),
			fmt.Sprintf("/machine/articles/%d", a.Article.ID), fmt.Sprintf("/machine/articles/%d/claims", a.Article.ID),
			"/machine/claims/" + itoa(cl.ID), "/machine/claims/" + itoa(other.ID)} {
			all += d.bearer(token, get, path, "").want(t, http.StatusOK).body
		}
		if worlds[busy] = all; !busy {
			continue
		}
		d.reviewed("reviewer-2", cl.ID, "the minutes")
		other = d.now(other.ID)
		d.json("editor-1", post, claimURL(other.ID)+"/withdraw", fmt.Sprintf(`{"version":%d,"reason":"not needed"}`,
			other.Version)).want(t, http.StatusOK)
		told := d.bearer(token, get, at, "").want(t, http.StatusOK).body
		if n := strings.Count(told, `"became":"refused"`); n != 5 || !strings.Contains(told, `"became":"accepted"`) {
			t.Errorf("%d are refused when the round is over: %s", n, told)
		}
	}
	if worlds[false] != worlds[true] {
		t.Errorf("a machine learns what people do:\n%s\n%s", worlds[false], worlds[true])
	}
}

// TestAConflictIsNotTold: that reviews differ changes nothing of what a machine is answered.
func TestAConflictIsNotTold(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	a := d.Article(articles.Import{Lang: "en", Raw: closing})
	cl := d.Claim(a, "Mayor Anna Berg closed two schools", "Mayor Anna Berg closed two schools")
	token, at := d.machineOf("editor-1", "extractor", d.Collection.ID), under(d.Collection.ID, "machine/proposals")
	items := fmt.Sprintf(`{"items":[{"kind":"statement","claim":%d,"statement":"Anna Berg closed two schools"},`+
		`{"kind":"statement","claim":%d,"statement":"Mayor Anna Berg closed two schools"},`+
		`{"kind":"gloss","claim":%d,"lang":"fr","statement":"Le maire a fermé deux écoles."}]}`, cl.ID, cl.ID, cl.ID)
	d.bearer(token, post, at, items).want(t, http.StatusOK, `"kept"`, `"same"`)
	open := d.bearer(token, post, at, items).want(t, http.StatusOK, `"known"`).body
	d.inConflict(cl)
	if state := d.now(cl.ID).State; state != claims.InConflict {
		t.Fatalf("it is %s", state)
	}
	if got := d.bearer(token, post, at, items).want(t, http.StatusOK).body; got != open {
		t.Errorf("in conflict: %s\nopen: %s", got, open)
	}
}

// offered has a machine propose a gloss for a claim, and gives what names the proposal.
func (d *door) offered(id claims.ID, lang, words string) (machine auth.UserID, n claims.OwnNumber) {
	d.t.Helper()
	secret, made, err := d.Auth.MakeMachine(roomtest.Ctx(), d.As("admin-1"), auth.NewMachine{
		Name: "glosser-" + lang + itoa(id), Owner: "editor-2", Days: 3,
		Collections: []auth.CollectionID{d.Collection.ID}})
	if err != nil {
		d.t.Fatal(err)
	}
	actor, err := d.Auth.ResumeToken(roomtest.Ctx(), secret)
	if err != nil {
		d.t.Fatal(err)
	}
	got, err := d.Proposals.Propose(roomtest.Ctx(), actor, d.Collection.ID, proposals.Maker{}, []proposals.Item{
		{Kind: proposals.Gloss, Claim: id, Lang: lang, Statement: words}})
	if err != nil || got[0].Outcome != proposals.Kept {
		d.t.Fatalf("%+v, %v", got, err)
	}
	return made.User.ID, got[0].Proposal
}

// aFactCheck puts what somebody published on the shelf.
func (d *door) aFactCheck(url string) {
	d.t.Helper()
	f, _, err := d.Shelf.Bring(roomtest.Ctx(), d.As("editor-1"), d.Collection.ID, "a.json", strings.NewReader(
		`{"@type":"ClaimReview","claimReviewed":"Vaccines hold water","url":"`+url+`","author":{"name":"Example `+
			`Facts"},"datePublished":"2025-03-04","reviewRating":{"alternateName":"False"}}`))
	if err != nil {
		d.t.Fatal(err)
	}
	j, err := d.Shelf.Import(roomtest.Ctx(), d.As("editor-1"), f.ID, f.Version)
	if err == nil {
		_, err = d.Jobs.Finish(roomtest.Ctx(), j.ID)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// actsOnProposals does with all that the first machine proposed for a claim what leaves its words as they are: refuses
// the passage, the other words, a gloss, the duplicate and the fact-check, and takes the other gloss.
func (d *door) actsOnProposals(cl, other claims.ID) {
	d.t.Helper()
	read := func(path string, into any) {
		d.t.Helper()
		raw := d.do("reviewer-2", get, claimURL(cl)+path, "", "", "Accept", "application/json").want(d.t, 200)
		if err := json.Unmarshal([]byte(raw.body), into); err != nil {
			d.t.Fatal(err, raw.body)
		}
	}
	var passages struct {
		Passages struct {
			Items []struct {
				SentenceID int64 `json:"sentence_id"`
			}
		}
	}
	read("/passages", &passages)
	for _, p := range passages.Passages.Items {
		d.form("reviewer-2", claimURL(cl)+"/passages/refuse", "proposed", itoa(p.SentenceID)).want(d.t,
			http.StatusSeeOther)
	}
	var page struct {
		Proposals struct {
			Items []struct {
				Machine, N int64
				Kind, Lang string
				MayRefuse  bool `json:"may_refuse"`
			}
		}
	}
	read("", &page)
	if len(page.Proposals.Items) != 3 {
		d.t.Fatalf("%+v", page)
	}
	for _, p := range page.Proposals.Items {
		if p.Lang == "fr" {
			d.form("reviewer-2", claimURL(cl)+"/glosses", "lang", "fr", "gloss", "Le maire a fermé deux écoles.",
				"version", "0").want(d.t, http.StatusSeeOther)
			continue
		}
		d.form("reviewer-2", claimURL(cl)+"/proposals/refuse", "machine", itoa(p.Machine), "n", itoa(p.N)).want(d.t,
			http.StatusSeeOther)
	}
	d.form("reviewer-2", claimURL(cl)+"/duplicates/refuse", "other", itoa(other)).want(d.t, http.StatusSeeOther)
	var checked struct{ Items []struct{ ID, Version int64 } }
	read("/checked", &checked)
	if len(checked.Items) == 0 {
		d.t.Fatal("no match")
	}
	for _, m := range checked.Items {
		d.form("reviewer-2", claimURL(cl)+"/checked", "match", itoa(m.ID), "version", itoa(m.Version), "state",
			"refused").want(d.t, http.StatusSeeOther)
	}
}

// people decide on what comes, as the programs of the examples wait for: they accept all candidates, review, approve
// and freeze the first of them.
func (d *door) people(ctx context.Context, at int) {
	for ctx.Err() == nil {
		page, err := d.Claims.List(ctx, d.As("reviewer-1"), claims.Filter{Collection: d.Collection.ID, Limit: 50})
		if err != nil {
			d.t.Error(err)
			return
		}
		waiting := slices.DeleteFunc(page.Claims, func(c claims.Claim) bool { return c.State != claims.Candidate })
		if len(waiting) < at {
			time.Sleep(20 * time.Millisecond) // the program is on its way
			continue
		}
		for _, c := range waiting {
			if _, err := d.Claims.Accept(ctx, d.As("reviewer-1"), c.ID, c.Version); err != nil {
				d.t.Error(err)
			}
		}
		n := waiting[0].ID
		d.reviewed("reviewer-1", n, "the minutes")
		d.reviewed("reviewer-2", n, "the minutes")
		d.approved(n)
		d.frozen(n, "May")
		return
	}
}

// TestExamples runs the client package and the script of examples/ against a server, from the import of texts to the
// check of what is printed. Each request and answer of theirs is held against openapi.json, as all are here.
func TestExamples(t *testing.T) {
	t.Parallel()
	t.Run("the client package", func(t *testing.T) {
		t.Parallel()
		d := newDoor(t)
		ctx, cancel := context.WithTimeout(roomtest.Ctx(), 2*time.Minute)
		defer cancel()
		machine := client.Client{URL: d.http.URL, Token: d.machineOf("editor-1", "extractor", d.Collection.ID)}
		person := client.Client{URL: d.http.URL, Token: d.token("editor-1", false, auth.Grant{Role: auth.Editor})}
		in := int64(d.Collection.ID)
		id, err := machine.Import(ctx, in, client.Text{Text: closing, Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		a, err := machine.Article(ctx, id)
		if err != nil || len(a.Sentences.Items) != 2 {
			t.Fatalf("%+v, %v", a, err)
		}
		words := strings.TrimSpace(a.Words(a.Sentences.Items[0]))
		answers, err := machine.Propose(ctx, in, "by hand", []client.Item{
			{Kind: "candidate", Article: id, Quote: words, Statement: words},
			{Kind: "candidate", Article: id, Quote: "invented", Statement: "invented"}})
		if err != nil || answers[0].Outcome != "kept" || answers[1].Why != "missing" {
			t.Fatalf("%+v, %v", answers, err)
		}
		d.people(ctx, 1)
		mine, err := machine.Proposals(ctx, in)
		if err != nil || len(mine) != 1 || mine[0].Became != "accepted" {
			t.Errorf("%+v, %v", mine, err)
		}
		sets, err := person.Sets(ctx, in)
		if err != nil || len(sets) != 1 {
			t.Fatalf("%+v, %v", sets, err)
		}
		export, err := person.Export(ctx, sets[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, all, err := client.Verify(export); err != nil || len(all) != 1 {
			t.Errorf("%d claims, %v", len(all), err)
		}
		if _, _, err := client.Verify(bytes.Replace(export, []byte("two schools"), []byte("ten schools"),
			1)); err == nil {
			t.Error("a changed export verifies")
		}
		if _, err := machine.Export(ctx, sets[0].ID); err == nil || !strings.Contains(err.Error(), "not on the list") {
			t.Errorf("a machine exports: %v", err)
		}
	})
	t.Run("the script", func(t *testing.T) {
		t.Parallel()
		python, err := exec.LookPath("python3")
		if err != nil {
			t.Fatal("python3 is not there, so that examples/machine.py cannot be tried: type  su -c 'make deps'")
		}
		d := newDoor(t)
		ctx, cancel := context.WithTimeout(roomtest.Ctx(), 2*time.Minute)
		defer cancel()
		text := filepath.Join(t.TempDir(), "closing.txt")
		if err := os.WriteFile(text, []byte(closing), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(ctx, python, "../../examples/machine.py", d.http.URL, itoa(d.Collection.ID), text)
		cmd.Env = []string{"CLAIMBENCH_MACHINE=" + d.machineOf("editor-1", "extractor", d.Collection.ID),
			"CLAIMBENCH_TOKEN=" + d.token("editor-1", false, auth.Grant{Role: auth.Editor}), "POLL=0.05",
			"PYTHONIOENCODING=utf-8", "PYTHONDONTWRITEBYTECODE=1", "PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv(
				"HOME")}
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		d.people(ctx, 1)
		if err := cmd.Wait(); err != nil || !strings.Contains(said.String(), "as they were frozen") {
			t.Errorf("%v: %s", err, said.String())
		}
		if raw, err := os.ReadFile("../../examples/machine.py"); err != nil || bytes.Count(raw, []byte("\n")) > 100 {
			t.Errorf("the example has %d lines, %v", bytes.Count(raw, []byte("\n")), err)
		}
	})
}

// TestEventsOfLaterWorkNameTheToken: what a job does after a program asked for it says by which token, in every slice.
func TestEventsOfLaterWorkNameTheToken(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	var long strings.Builder
	for i := range 1100 {
		fmt.Fprintf(&long, "The council approved %d grants on 3 March 2017.\n", i+2)
	}
	a := d.Article(articles.Import{Lang: "en", Raw: long.String()})
	token := d.token("reviewer-1", false, auth.Grant{Role: auth.Reviewer})
	d.bearer(token, post, fmt.Sprintf("/articles/%d/extract", a.Article.ID), `{}`).want(t, http.StatusAccepted)
	all, err := d.Jobs.Of(roomtest.Ctx(), d.As("reviewer-1"), articles.Object(a.Article.ID))
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	if _, err := d.Jobs.Finish(roomtest.Ctx(), all[0].ID); err != nil {
		t.Fatal(err)
	}
	page, err := d.Claims.List(roomtest.Ctx(), d.As("reviewer-1"), claims.Filter{Collection: d.Collection.ID, Limit: 1})
	if err != nil || len(page.Claims) != 1 {
		t.Fatal(err)
	}
	if e := d.eventsOf(claims.Object(page.Claims[0].ID)); len(e) != 1 || e[0].Who.Token == 0 || e[0].Who.Via != "api" {
		t.Errorf("%+v", e)
	}
}
