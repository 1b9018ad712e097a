package requests_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/requests"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

var ctx = roomtest.Ctx()

// bench is a collection with a published form, and a clock that the test moves.
type bench struct {
	*roomtest.World
	form requests.Form
	now  time.Time
}

func newBench(t *testing.T, db *store.DB) *bench {
	t.Helper()
	x := &bench{now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}
	db.SetClock(func() time.Time {
		x.now = x.now.Add(time.Millisecond)
		return x.now
	})
	x.World = roomtest.New(t, db, articles.CollectionNew{})
	x.form = x.publish(requests.FormSet{Published: true, Lang: "fa", Title: "The desk", PerDay: 40})
	return x
}

func (x *bench) publish(f requests.FormSet) requests.Form {
	x.T.Helper()
	f.In, f.Version = x.Collection.ID, x.form.Version
	form, err := x.Requests.SetForm(ctx, x.As("admin-1"), f)
	if err != nil {
		x.T.Fatal(err)
	}
	return form
}

// ask asks as a reader, and gives the secret and the newest request.
func (x *bench) ask(a requests.Asking) (string, requests.Request) {
	x.T.Helper()
	a.Form, a.Via = x.form.Name, history.Web
	secret, err := x.Requests.Receive(ctx, a)
	if err != nil {
		x.T.Fatal(err)
	}
	return secret, x.rows("SELECT * FROM requests ORDER BY id DESC LIMIT 1")[0]
}

func (x *bench) rows(query string, args ...any) (out []requests.Request) {
	x.T.Helper()
	if err := x.DB.Read(ctx, func(r *store.Rx) (err error) {
		out, err = store.Select[requests.Request](r, query, args...)
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return out
}

func (x *bench) told(secret string) requests.Asked {
	x.T.Helper()
	got, err := x.Requests.Asked(ctx, secret)
	if err != nil {
		x.T.Fatal(err)
	}
	return got
}

// What is sent again under one key is one request, with a secret that is kept nowhere; on several servers too.
func TestSentAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		asks := requests.Asking{Form: x.form.Name, Words: "Is it so?", Sent: "a key that nobody else has",
			Via: history.Web}
		if secret, err := x.Requests.Again(ctx, asks); secret != "" || err != nil {
			t.Errorf("before it came it is known: %q, %v", secret, err)
		}
		secrets := make([]string, 8)
		var all sync.WaitGroup
		for i := range secrets {
			all.Go(func() {
				server := requests.New(db, x.Policy, x.Web, x.Arrivals)
				var err error
				if secrets[i], err = server.Receive(ctx, asks); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		slices.Sort(secrets)
		if len(slices.Compact(secrets)) != 1 || len(secrets[0]) != 26 || len(x.rows("SELECT * FROM requests")) != 1 {
			t.Fatalf("sent eight times it is %v", x.rows("SELECT * FROM requests"))
		}
		x.now = x.now.Add(40 * 24 * time.Hour)
		x.form = x.publish(requests.FormSet{Lang: "en", Title: "The desk", PerDay: 1})
		if secret, err := x.Requests.Again(ctx, asks); secret != secrets[0] || err != nil {
			t.Errorf("after the form was taken back it is %q, %v", secret, err)
		}
		if x.told(secrets[0]).Told != requests.ToldReceived {
			t.Error("its asker is not told")
		}
		asks.Sent += "."
		if secret, err := x.Requests.Again(ctx, asks); secret != "" || err != nil {
			t.Errorf("another key is known: %q, %v", secret, err)
		}
		x.Verify()
	})
}

// A form is off until an admin publishes it; taken back, nothing is there, and published again it is elsewhere.
func TestForm(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		if len(x.form.Name) != 26 {
			t.Errorf("the address has %d letters", len(x.form.Name))
		}
		set := requests.FormSet{In: x.Collection.ID, Published: true, Lang: "en", Title: "A", PerDay: 1, Version: 1}
		if _, err := x.Requests.SetForm(ctx, x.As("editor-1"), set); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an editor publishes: %v", err)
		}
		old := set
		old.Version = 0
		if _, err := x.Requests.SetForm(ctx, x.As("admin-1"), old); !fault.IsStale(err) {
			t.Errorf("an old form is taken: %v", err)
		}
		for what, bad := range map[string]requests.FormSet{
			"no title": {Published: true, Lang: "en", Title: " \u200b", PerDay: 1}, "no language": {Lang: "tlh",
				PerDay: 1},
			"none a day": {Lang: "en"}, "too many": {Lang: "en", PerDay: requests.MostPerDay + 1},
			"a long title": {Lang: "en", PerDay: 1, Title: strings.Repeat("x", 121)},
		} {
			bad.In, bad.Version = x.Collection.ID, 1
			if _, err := x.Requests.SetForm(ctx, x.As("admin-1"), bad); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		was := x.form.Name
		x.form = x.publish(requests.FormSet{Lang: "en", Title: "A", PerDay: 1})
		if _, err := x.Requests.Published(ctx, was); fault.KindOf(err) != fault.NotFound || x.form.Name != "" {
			t.Errorf("withdrawn, it is there: %v", err)
		}
		if _, err := x.Requests.Published(ctx, ""); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the address of no form is one: %v", err)
		}
		if _, err := x.Requests.Receive(ctx, requests.Asking{Form: was, Words: "Is it?"}); fault.KindOf(err) !=
			fault.NotFound {
			t.Errorf("withdrawn, it takes: %v", err)
		}
		x.form = x.publish(requests.FormSet{Published: true, Lang: "en", Title: "A", PerDay: 1})
		if x.form.Name == was || x.form.Name == "" {
			t.Errorf("published again it is at %q", x.form.Name)
		}
		x.Verify()
	})
}

// What readers send is bounded, and what nobody typed is taken out.
func TestWhatIsTaken(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	for what, bad := range map[string]requests.Asking{
		"nothing": {}, "only space and marks": {Words: "\u200f \u202b\n", Contact: "me@paper.example"},
		"too much": {Words: strings.Repeat("آ", requests.MostWords+1)}, "no address": {Address: "paper.example"},
		"another scheme": {Address: "javascript:alert(1)"}, "a password": {Address: "https://me:secret@paper.example/"},
		"two addresses":  {Address: "https://paper.example/ https://paper.example/"},
		"a long one":     {Address: "https://paper.example/" + strings.Repeat("x", requests.MostAddress)},
		"a long contact": {Words: "Is it?", Contact: strings.Repeat("x", requests.MostContact+1)},
	} {
		bad.Form = x.form.Name
		if _, err := x.Requests.Receive(ctx, bad); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, got := x.ask(requests.Asking{Words: "\u202bآیا پل\r\n\x00 باز <b>است</b>؟\u200f\xff", Lang: "tlh"})
	if got.Words != "آیا پل\n باز <b>است</b>؟\ufffd" || got.Lang != "en" {
		t.Errorf("%q in %s", got.Words, got.Lang)
	}
	if n := len(x.rows("SELECT * FROM requests")); n != 1 {
		t.Errorf("%d requests", n)
	}
	x.Verify()
}

// So many are taken in a day, then the rest wait, as long as it takes.
func TestDayIsFull(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		for i := range 40 {
			x.ask(requests.Asking{Words: fmt.Sprintf("Question %d?", i)})
			x.now = x.now.Add(time.Minute)
		}
		_, err := x.Requests.Receive(ctx, requests.Asking{Form: x.form.Name, Words: "One more?"})
		f, _ := fault.As(err)
		if fault.KindOf(err) != fault.Limited || f.Detail == nil {
			t.Fatalf("the 41st: %v", err)
		}
		x.now = x.now.Add(24*time.Hour - 40*time.Minute + time.Second)
		x.ask(requests.Asking{Words: "The next day?"})
	})
}

// A contact is for editors, in no event and no export, and is erased after 90 days; nobody is shown it from then on,
// whether a server ran or not.
func TestContactIsErased(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		const mail = "anna.meyer@reader.example"
		_, asked := x.ask(requests.Asking{Words: "Is the bridge open?", Contact: mail})
		contact := func() (words string) {
			if err := db.Read(ctx, func(r *store.Rx) (err error) {
				words, _, err = requests.Contact(r, asked.ID, db.Now())
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return words
		}
		kept := func() int { return x.Count("request_contacts") }
		var out strings.Builder
		if _, err := history.Export(ctx, db, &out, history.Filter{Viewer: history.Viewer{ReadAll: true}}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "request.received") || strings.Contains(out.String(), "anna.meyer") ||
			strings.Contains(out.String(), "bridge open") {
			t.Errorf("the exported history: %s", out.String())
		}
		for _, table := range []string{"event_texts", "events", "requests"} {
			if n := x.holding(table, "anna.meyer"); n != 0 {
				t.Errorf("%s holds the contact in %d rows", table, n)
			}
		}
		x.now = x.now.Add(requests.ContactFor - time.Minute)
		if err := x.Requests.Forget(ctx); err != nil || contact() != mail || kept() != 1 {
			t.Errorf("before 90 days: %q, %d kept, %v", contact(), kept(), err)
		}
		x.now = x.now.Add(time.Minute)
		if contact() != "" || kept() != 1 {
			t.Errorf("after 90 days, no server ran: %q, %d kept", contact(), kept())
		}
		if err := x.Requests.Forget(ctx); err != nil || kept() != 0 {
			t.Errorf("%d kept, %v", kept(), err)
		}
		x.Verify()
	})
}

// holding counts the rows of a table in which a word stands, in whatever column.
func (x *bench) holding(table, word string) (n int) {
	x.T.Helper()
	if err := x.DB.Read(ctx, func(r *store.Rx) error {
		if r.Dialect() == store.SQLite {
			cols, err := store.Select[struct{ Name string }](r, "SELECT name FROM pragma_table_info('"+table+"')")
			for _, c := range cols {
				k, _, err := store.One[int](r, "SELECT COUNT(*) FROM "+table+" WHERE CAST("+c.Name+
					" AS TEXT) LIKE '%"+word+"%'")
				if n += k; err != nil {
					return err
				}
			}
			return err
		}
		k, _, err := store.One[int](r, "SELECT COUNT(*) FROM "+table+" AS t WHERE t::text LIKE '%"+word+"%'")
		n = k
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return n
}

// An editor links, refuses, opens again and takes down; nobody else does, and another's collection is not there.
func TestDecide(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		a := x.Article(articles.Import{Raw: "The council paid 5 grants. The mayor signed.", Lang: "en"})
		one, two := x.Claim(a, "The council paid 5 grants", "The council paid 5 grants."),
			x.Claim(a, "The mayor signed", "The mayor signed.")
		ed := x.As("editor-1")
		secret, q := x.ask(requests.Asking{Words: "Were 5 grants paid?", Contact: "me@reader.example"})
		act := requests.Act{ID: q.ID, Version: q.Version}
		for _, who := range []string{"reviewer-1", "auditor-1", "admin-1"} {
			if _, err := x.Requests.Link(ctx, x.As(who), act,
				[]claims.ID{one.ID}); fault.KindOf(err) != fault.Forbidden &&
				fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s links: %v", who, err)
			}
		}
		for _, bad := range [][]claims.ID{{}, {99}, make([]claims.ID, 0), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}} {
			if _, err := x.Requests.Link(ctx, ed, act, bad); fault.KindOf(err) != fault.Invalid {
				t.Errorf("links to %v: %v", bad, err)
			}
		}
		got, err := x.Requests.Link(ctx, ed, act, []claims.ID{two.ID, one.ID, two.ID})
		if err != nil || got.State != requests.Checking {
			t.Fatal(got, err)
		}
		if _, err := x.Requests.Refuse(ctx, ed, act, "late"); !fault.IsStale(err) {
			t.Errorf("an old version: %v", err)
		}
		act.Version++
		if _, err := x.Requests.Unlink(ctx, ed, act, two.ID); err != nil {
			t.Fatal(err)
		}
		act.Version++
		if x.told(secret).Told != requests.ToldChecking {
			t.Error("one link is left, and it is not being checked")
		}
		if got, err = x.Requests.Unlink(ctx, ed, act, one.ID); err != nil || got.State != requests.Received {
			t.Fatal(got, err)
		}
		act.Version++
		if _, err = x.Requests.Reopen(ctx, ed, act); fault.KindOf(err) != fault.Conflict {
			t.Errorf("opened though it was not refused: %v", err)
		}
		if _, err = x.Requests.Refuse(ctx, ed, act, "  "); fault.KindOf(err) != fault.Invalid {
			t.Errorf("refused without a reason: %v", err)
		}
		if got, err = x.Requests.Refuse(ctx, ed, act, "It is an opinion."); err != nil ||
			got.State != requests.NotChecked {
			t.Fatal(got, err)
		}
		act.Version++
		if said := x.told(secret); said.Told != requests.ToldNotChecked || strings.Contains(fmt.Sprint(said),
			"opinion") {
			t.Errorf("told %+v", said)
		}
		if got, err = x.Requests.Reopen(ctx, ed, act); err != nil || got.State != requests.Received ||
			got.Reason != "" {
			t.Fatal(got, err)
		}
		act.Version++
		if got, err = x.Requests.Withhold(ctx, ed, act, "It names a child."); err != nil || got.Words != "" {
			t.Fatal(got, err)
		}
		for _, table := range []string{"event_texts", "requests"} {
			if n := x.holding(table, "grants paid?"); n != 0 {
				t.Errorf("%s holds the words in %d rows", table, n)
			}
		}
		if x.Count("request_contacts") != 0 || x.told(secret).Told != requests.ToldNotChecked {
			t.Errorf("the contact is kept, or told %+v", x.told(secret))
		}
		act.Version++
		if _, err = x.Requests.Link(ctx, ed, act, []claims.ID{one.ID}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("linked though it was taken down: %v", err)
		}
		x.Verify()
	})
}

// Those that ask the same are put together, whatever came between; an act reaches them where that is asked for.
func TestAlike(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		groups := [][]requests.Asking{
			{{Words: "Did the council of Ghent pay 40 grants in March?"},
				{Words: "did the council of GHENT pay 40 grants in March ??"},
				{Words: "Is it true that the council of Ghent paid 40 grants in March?"}},
			{{Words: "Did the council of Ghent pay 14 grants in March?"}},
			{{Words: "Is this true?", Address: "https://www.paper.example/story?utm_source=x"},
				{Address: "http://paper.example/story/"}},
			{{Words: "Is this true?", Address: "https://paper.example/another"}},
			{{Words: "آیا شرکت ۹ گیگابایت دادهٔ کاربران را منتشر کرد؟"},
				{Words: "آیا شركت 9 گیگابایت داده کاربران را منتشر کرد؟"}},
			{{Words: "Is the bridge closed to lorries from Monday on?"}},
		}
		want := map[requests.ID]requests.ID{}
		for longest := range 3 {
			for _, g := range groups {
				if longest < len(g) {
					_, q := x.ask(g[longest])
					want[q.ID] = q.ID
					if longest > 0 {
						want[q.ID] = x.rows("SELECT * FROM requests WHERE words = ? AND address = ?", g[0].Words,
							g[0].Address)[0].ID
					}
				}
			}
		}
		for n := 1; n > 0; {
			var err error
			if n, err = x.Requests.Sort(ctx); err != nil {
				t.Fatal(err)
			}
		}
		for _, q := range x.rows("SELECT * FROM requests ORDER BY id") {
			if q.HeadID != want[q.ID] {
				t.Errorf("%q %s is put to %d, not %d", q.Words, q.Address, q.HeadID, want[q.ID])
			}
		}
		var list []requests.Row
		if err := db.Read(ctx, func(r *store.Rx) (err error) {
			list, err = requests.List(r, x.Collection.ID, "", 0, 100)
			return err
		}); err != nil || len(list) != len(groups) || list[len(list)-1].Alike != 2 {
			t.Errorf("%d in the list, %d like the first, %v", len(list), list[len(list)-1].Alike, err)
		}
		got, err := x.Requests.Refuse(ctx, x.As("editor-1"), requests.Act{ID: 1, Version: 1, Alike: true},
			"An old story.")
		if err != nil || got.Others != 2 || got.Left {
			t.Fatal(got, err)
		}
		if n := len(x.rows("SELECT * FROM requests WHERE state = 'not_checked'")); n != 3 {
			t.Errorf("%d are refused", n)
		}
		x.Verify()
	})
}
