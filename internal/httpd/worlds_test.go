package httpd

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// A pair of worlds is two servers to which the same things happen at the same times, but for one: in the first,
// somebody else has reviewed a claim whose round is still open. Nobody but that reviewer and the auditors may be able
// to tell the two apart, by anything that they can fetch or by any answer to what they do.

// twins are the pair; the steps run on both.
type twins struct {
	t    *testing.T
	door [2]*door // with the other's review, and without
	mins int
}

// worldStart is when everything begins; each step is a minute after the one before, also where it is left out.
var worldStart = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func newTwins(t *testing.T, open func(*testing.T) *store.DB) *twins {
	t.Helper()
	w := &twins{t: t}
	for i := range w.door {
		db := open(t)
		db.SetClock(func() time.Time { return worldStart })
		w.door[i] = newDoorOn(t, db)
	}
	return w
}

// both runs a step in both worlds.
func (w *twins) both(step func(d *door)) {
	w.mins++
	for _, d := range w.door {
		w.at(d, step)
	}
}

// secretly runs a step in the first world only.
func (w *twins) secretly(step func(d *door)) {
	w.mins++
	w.at(w.door[0], step)
}

func (w *twins) at(d *door, step func(d *door)) {
	at := worldStart.Add(time.Duration(w.mins) * time.Minute)
	d.DB.SetClock(func() time.Time { return at })
	step(d)
}

// reviewed sends a review of "unverified" as somebody.
func (d *door) reviewed(user string, n claims.ID, searched string) {
	d.t.Helper()
	cl := d.now(n)
	d.form(user, claimURL(n)+"/reviews", "words_version", itoa(cl.WordsVersion), "round", itoa(cl.Round), "confidence",
		"77", "verdict", "unverified", "reason_unverified", "insufficient", "rationale", secrets[0], "searched",
		searched).want(d.t, http.StatusSeeOther)
}

// typed keeps what somebody has typed of a review, on the first page that they opened since they reviewed.
func (d *door) typed(user string, n claims.ID, rationale string) {
	d.t.Helper()
	d.form(user, claimURL(n)+"/draft", "draft", "0", "since", itoa(d.DB.Now()), "verdict", "unverified", "rationale",
		rationale).want(d.t, http.StatusSeeOther)
}

// commented says something about a claim, and gives its name.
func (d *door) commented(user string, n claims.ID, words string) string {
	d.t.Helper()
	made := d.form(user, claimURL(n)+"/comments", "text", words).want(d.t, http.StatusSeeOther)
	_, name, _ := strings.Cut(made.location, "#comment-")
	return name
}

// resolved adds a comment of somebody and resolves it.
func (d *door) resolved(user string, n claims.ID) {
	d.t.Helper()
	d.form(user, claimURL(n)+"/comments/resolve", "comment", d.commented(user, n, secrets[1]+" again"), "version",
		"1").want(d.t, http.StatusSeeOther)
}

// approved approves a claim's decision.
func (d *door) approved(n claims.ID) {
	d.t.Helper()
	d.form("editor-1", claimURL(n)+"/approvals", "version", "1", "reason", "insufficient", "explanation",
		"Nothing settles it.").want(d.t, http.StatusSeeOther)
}

// frozen makes a set of one claim and freezes it.
func (d *door) frozen(n claims.ID, title string) {
	d.t.Helper()
	made := d.form("editor-1", under(d.Collection.ID, "sets"), "title", title).want(d.t, http.StatusSeeOther)
	url := strings.TrimSuffix(made.location, "/build")
	d.form("editor-1", url+"/claims", "version", "1", "claim", itoa(n)).want(d.t, http.StatusSeeOther)
	d.form("editor-1", url+"/freeze", "version", "2").want(d.t, http.StatusSeeOther)
}

// The claims of the worlds: veiled is under review, before and after were decided around the secret review.
const (
	veiled claims.ID = iota + 1
	before
	after
)

// rules sets the collection's quorum.
func (d *door) rules(quorum int) {
	d.t.Helper()
	c, err := d.Articles.Collection(roomtest.Ctx(), d.As("admin-1"), d.Collection.ID)
	if err == nil {
		c.Quorum = quorum
		_, err = d.Articles.SetRules(roomtest.Ctx(), d.As("admin-1"), c)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// live plays the worlds' story, with what counts along before and after the secret review: closed rounds, frozen
// sets, a withdrawn text, changed rules.
func (w *twins) live() {
	w.both(func(d *door) {
		fa, ar := d.twoArticles()
		d.rules(3)
		d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		d.Claim(ar, "نشر وثائق داخلية", "نشر وثائق داخلية")
		d.Claim(ar, "الملفات سرقت منذ أسابيع", "الملفات سرقت")
	})
	for _, user := range []string{"reviewer-1", "reviewer-2", "editor-2"} {
		w.both(func(d *door) { d.reviewed(user, before, "Both articles.") })
	}
	w.both(func(d *door) { d.approved(before) })
	w.both(func(d *door) { d.frozen(before, "Before") })

	w.secretly(func(d *door) { d.reviewed("reviewer-1", veiled, secrets[1]) })
	w.secretly(func(d *door) { d.reviewed("reviewer-1", veiled, secrets[1]+" again") })
	w.secretly(func(d *door) { d.typed("reviewer-1", veiled, secrets[1]+" again, not sent") })
	w.both(func(d *door) { d.typed("reviewer-2", veiled, "Half a sentence") })

	for _, user := range []string{"reviewer-1", "reviewer-2", "editor-2"} {
		w.both(func(d *door) { d.reviewed(user, after, "Both articles.") })
	}
	w.both(func(d *door) { d.approved(after) })
	w.both(func(d *door) { d.frozen(after, "After") })
	w.both(func(d *door) { d.form("reviewer-2", claimURL(veiled)+"/comments", "text", "Which files? @editor-1") })
	w.secretly(func(d *door) {
		d.commented("reviewer-1", veiled, secrets[1]+" again, for @reviewer-2, @editor-1 and @editor-2, of #1")
	})
	w.secretly(func(d *door) { d.resolved("reviewer-1", veiled) })
	w.both(func(d *door) { d.commented("reviewer-1", before, "See it, @reviewer-2.") })
	w.both(func(d *door) {
		who := history.Who{UserID: int64(d.As("editor-1").UserID), Name: "editor-1", Role: "editor", Via: history.CLI}
		if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			_, err := history.Erase(tx, who, articles.Object(1), "byline", "asked")
			return err
		}); err != nil {
			d.t.Fatal(err)
		}
	})
	w.both(func(d *door) { d.rules(4) })
	w.both(func(d *door) { d.reviewed("reviewer-2", veiled, "My own search.") })
	for _, d := range w.door { // a page more than one of the history
		var events []history.Event
		for i := range 60 {
			events = append(events, history.Event{Action: "comment.added", Object: fmt.Sprintf("comment:%d", 100+i),
				Collection: int64(d.Collection.ID), Texts: history.Texts{"words": fmt.Sprint("word ", i)}})
		}
		w.at(d, func(d *door) {
			if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
				_, err := history.AppendAll(tx, history.Who{UserID: 2, Name: "reviewer-2", Via: history.API}, events)
				return err
			}); err != nil {
				d.t.Fatal(err)
			}
		})
	}
}

// pages lists every address of a world that can be fetched: each route, filled with each number there may be.
func (d *door) pages() (out []string) {
	for _, r := range d.server.routes() {
		if r.method != get || r.path == livePath {
			continue
		}
		path := strings.NewReplacer(":collection", itoa(d.Collection.ID), ":token", "x", ":rule", "overruled").
			Replace(r.path)
		of := []string{""}
		switch {
		case strings.HasPrefix(path, "/claims/:id"):
			of = []string{"1", "2", "3", "4"}
		case strings.Contains(path, ":seq"):
			of = []string{"1", "40", "60", "80"}
		case strings.Contains(path, ":id"):
			of = []string{"1", "2", "3"}
		}
		for _, n := range of {
			out = append(out, strings.NewReplacer(":id", n, ":seq", n).Replace(path))
		}
	}
	col := under(d.Collection.ID, "")
	for _, tab := range []string{"candidates", "turn", "waiting", "snoozed", "conflict", "approve", "done"} {
		out = append(out, col+"queue?tab="+tab)
		for _, q := range []string{"lang=fa", "sort=worth", "sort=article", "text=files", "article=2", "verdict=none",
			"mine=1&sort=article"} {
			out = append(out, col+"queue?tab="+tab+"&"+q)
		}
	}
	for _, words := range append(secrets, "files", "داده") {
		out = append(out, withQuery(col+"search", "q", words), withQuery(col+"claims", "text", words))
	}
	for _, of := range []string{"claim:1", "claim:2", "review:1", "round:1", "review:4", "round:2", "claimset:2",
		"article:1"} {
		out = append(out, withQuery("/history", "object", of))
	}
	for _, act := range []string{"review.", "round.", "claim.", "decision.", "claimset.", "text.", "comment."} {
		out = append(out, withQuery("/history", "action", act))
	}
	return append(out, col+"claims?verdict=unverified", col+"claims?verdict=none", col+"claims?state=open",
		col+"claims?mine=1", "/history?actor=2", "/history?actor=3", "/articles/1?claim=1", "/history?before=30")
}

// warm waits until both worlds have compared their texts, which pages do not wait for.
func (w *twins) warm() {
	w.t.Helper()
	for _, d := range w.door {
		if err := d.Evidence.Warm(roomtest.Ctx()); err != nil {
			w.t.Fatal(err)
		}
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
			_, pending, err := d.Evidence.OriginProposals(roomtest.Ctx(), d.As("reviewer-1"), 1)
			if err != nil || time.Now().After(deadline) {
				w.t.Fatalf("the texts are not compared: %v", err)
			}
			if !pending {
				break
			}
		}
	}
}

// drawn is what is drawn at random for every world: names of requests, of reviews and rounds, of pages of the history,
// keys of forms, the hashes and salts of texts, the salted root of a frozen set, and where the world's database is.
var drawn = regexp.MustCompile(`r-[a-z0-9]{16}|\b[a-z2-7]{12}\b|%3A[a-z2-7]{12}\b|"letter":"[A-Z]"|` +
	`"root":"[\w+/]{43}="|before=[A-Z2-7]{26}|"next":"[A-Z2-7]{26}"|"(Hash|Salt|hash|salt)":"[^"]*"|` +
	`"(leaf_hash|request)":"[^"]*"|name="_key" value="[^"]*"|--database [^< ]+`)

// exported is the one exception (docs/history.md): in an exported set the position of the freeze and the checkpoint
// over it count every event.
var exported = regexp.MustCompile(`"frozen_seq":\d+|"checkpoint":"[^"]*"`)

// text is a whole reply, and undrawn what is left of one without what is drawn.
func (r reply) text() string { return fmt.Sprint(r.status, " ", r.location, "\n", r.body) }

func undrawn(text string) string { return drawn.ReplaceAllString(text, "…") }

// alike says whether two replies differ only in what is drawn. Most of their lines are equal as they are, and looking
// for what is drawn in all of them was most of the time of this test.
func alike(a, b string) bool {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	return slices.EqualFunc(as, bs, func(a, b string) bool { return a == b || undrawn(a) == undrawn(b) }) ||
		undrawn(a) == undrawn(b)
}

// forms are the ways in which one page can be asked for.
var forms = map[string][]string{"page": nil, "part": {"HX-Request", "true"}, "data": {"Accept", "application/json"}}

// compareReads fetches everything as somebody, in both worlds, in each form or as data only, and follows the history to
// its second page.
func (w *twins) compareReads(user string, each bool) (asked int) {
	w.t.Helper()
	for _, path := range w.door[1].pages() {
		for form, header := range forms {
			if !each && form != "data" {
				continue
			}
			asked++
			var got [2]reply
			for i, d := range w.door {
				got[i] = d.do(user, get, path, "", "", header...)
				if next := olderIn.FindStringSubmatch(got[i].body); next != nil && strings.HasPrefix(path, "/history") {
					got[i].body += d.do(user, get, "/history?before="+next[1], "", "", header...).body
				}
			}
			w.same(user+" "+path+" "+form, got[0].text(), got[1].text())
		}
	}
	return asked
}

var olderIn = regexp.MustCompile(`(?:before=|"next":")([A-Z2-7]{26})`)

func (w *twins) same(what, with, without string) {
	w.t.Helper()
	if !alike(with, without) {
		w.t.Errorf("%s tells the worlds apart:\n%s", what, firstDifference(undrawn(without), undrawn(with)))
	}
	for _, secret := range secrets {
		if strings.Contains(with, secret+" again") {
			w.t.Errorf("%s holds the words %q", what, secret)
		}
	}
}

// deed is something that a person does, whose answer is compared; status is what both must answer, so that a deed which
// only fails for its form is noticed.
type deed struct {
	status           int
	user, path, body string
}

// deeds are acts on the veiled claim and around it, from those that are refused to the one that ends its round.
func deeds(col string) []deed {
	const words = "words_version=1&round=1&confidence=50&verdict=unverified&reason_unverified=insufficient"
	return []deed{
		{200, "editor-1", "/sets/2/export", "format=json"},
		{200, "editor-1", "/sets/2/export", "format=csv"},
		{403, "reviewer-2", "/sets/2/export", "format=json"},
		{403, "editor-1", "/history/export", ""},
		{403, "editor-1", "/history/verify", ""},
		{422, "reviewer-2", "/claims/1/reviews", words},
		{409, "reviewer-2", "/claims/1/draft", "rationale=x"}, // they have sent one meanwhile
		{303, "reviewer-2", "/claims/1/draft", "rationale=x&since=9999999999999999"},
		{409, "reviewer-2", "/claims/1/draft", "rationale=y&since=9999999999999999"},
		{200, "editor-1", "/claims/1/draft", `{"rationale":"z","version":0}`},
		{303, "reviewer-2", "/claims/1/reviews", words + "&searched=again"},
		{409, "reviewer-2", "/claims/1/reviews", strings.Replace(words, "=1", "=9", 1) + "&searched=x"},
		{409, "reviewer-2", "/claims/1/reviews", strings.Replace(words, "round=1", "round=2", 1) + "&searched=x"},
		{200, "reviewer-2", "/claims/1/reviews", `{"words_version":1,"round":1,"confidence":50,` +
			`"verdict":"unverified","reason":"insufficient","searched":"by a program"}`},
		{200, "reviewer-2", col + "undo", `{}`},
		{200, "reviewer-2", col + "undo", `{}`},
		{200, "reviewer-2", col + "redo", `{}`},
		{422, "reviewer-2", col + "undo", ""},
		{303, "reviewer-2", col + "undo", "act=1&back=/claims/1"}, // it is not their last
		{303, "reviewer-2", "/claims/1/comments", "text=Hm."},
		{200, "reviewer-2", "/claims/1/comments", `{"text":"@editor-2, and @nobody: #1?"}`},
		{404, "editor-2", "/claims/1/comments/resolve", "comment=abcdefghijkl&version=1"},
		{404, "reviewer-2", "/notices/read", "notice=abcdefghijkl"},
		{409, "editor-2", "/claims/1/adjudications", "round=1&version=1&verdict=unverified&" +
			"reason_unverified=insufficient&rationale=x&searched=x"},
		{409, "editor-2", "/claims/1/approvals", "version=1&reason=insufficient&explanation=x"},
		{409, "editor-2", "/claims/1/rounds", "version=1&reason=x"},
		{303, "editor-2", "/claims/1/evidence/outside", "url=https://example.org/x&quotation=x&lang=en&" +
			"read_on=2026-11-20&stance=context&kind=other"},
		{409, "editor-1", "/claims/1/edit", "words_version=9&statement=x"},
		{303, "editor-1", "/claims/1/glosses", "lang=en&gloss=About+nine.&version=0"},
		{409, "editor-1", "/claims/1/merge", "into=3:9"},
		{303, "editor-1", "/claims/1/edit", "words_version=1&statement=other+words"},
		{409, "reviewer-2", "/claims/1/reviews", words + "&searched=x"},
		{303, "editor-1", col + "sets", "title=Third"},
		{303, "editor-1", "/sets/1/correct", ""},
		{303, "editor-2", "/claims/1/withdraw", "version=2&reason=x"},
		{200, "reviewer-2", col + "undo", `{}`}, // a comment, the last act
	}
}

// does sends a deed: a JSON body as a program, any other as a browser.
func (d *door) does(x deed) reply {
	d.t.Helper()
	if strings.HasPrefix(x.body, "{") {
		return d.json(x.user, post, x.path, x.body)
	}
	return d.do(x.user, post, x.path, "application/x-www-form-urlencoded", x.body, "Sec-Fetch-Site", "same-origin")
}

// compareDeeds does every deed in both worlds.
func (w *twins) compareDeeds() int {
	return w.compare(deeds(under(w.door[0].Collection.ID, "")))
}

// compare does some deeds in both worlds.
func (w *twins) compare(all []deed) (asked int) {
	w.t.Helper()
	for _, x := range all {
		asked++
		w.mins++
		var got [2]string
		for i, d := range w.door {
			w.at(d, func(d *door) {
				r := d.does(x)
				if got[i] = exported.ReplaceAllString(r.text(), "…"); r.status != x.status {
					w.t.Errorf("%s POST %s %s answers %d, want %d:\n%s", x.user, x.path, x.body, r.status, x.status,
						visible(r.body))
				}
			})
		}
		w.same(x.user+" POST "+x.path+" "+x.body, got[0], got[1])
	}
	return asked
}

// TestPairsOfWorlds: nothing tells a reviewer or an editor whether somebody reviewed in a round that is open.
func TestPairsOfWorlds(t *testing.T) {
	t.Parallel()
	for engine, open := range map[string]func(*testing.T) *store.DB{"sqlite": storetest.SQLite,
		"postgres": storetest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			w := newTwins(t, open)
			w.live()
			w.warm()
			asked := w.compareReads("reviewer-2", engine == "sqlite") + w.compareReads("editor-1", engine == "sqlite")
			asked += w.compareReads("editor-2", false) + w.compareReads("", false)
			asked += w.compareDeeds()
			asked += w.compareTurns()
			if page := w.door[0].get("auditor-1", claimURL(veiled)); !strings.Contains(page.body, secrets[1]) {
				t.Error("the auditor does not read the review either, so this test would not notice a leak")
			}
			t.Logf("%d requests in each world", asked)
		})
	}
}

// TestTheWorldsDiffer: what the auditors read does differ, so the pair is one.
func TestTheWorldsDiffer(t *testing.T) {
	t.Parallel()
	w := newTwins(t, storetest.SQLite)
	w.live()
	sizes := map[int64]bool{}
	for _, d := range w.door {
		if err := d.DB.Read(context.Background(), func(r *store.Rx) error {
			n, err := history.Size(r)
			sizes[n] = true
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if len(sizes) != 2 {
		t.Errorf("both worlds have %v events", slices.Collect(maps.Keys(sizes)))
	}
}
