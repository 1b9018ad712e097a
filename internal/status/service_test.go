package status_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/status"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// bench has a collection in which two agree, with a key that signs lists, and a clock that the test moves.
type bench struct {
	*roomtest.World
	a, b articles.Imported
	key  note.Verifier
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
	path := filepath.Join(t.TempDir(), "log.key")
	key, err := history.OpenKey(path)
	if err != nil {
		t.Fatal(err)
	}
	x.Status.SealBy(key)
	if x.key, err = history.ParsePublicKey(key.Public()); err != nil {
		t.Fatal(err)
	}
	x.a = x.Article(articles.Import{Raw: "The council paid 5 grants. The mayor signed. The bridge is open.",
		Lang: "en"})
	x.b = x.Article(articles.Import{Raw: "Minutes: 5 grants paid.", Lang: "en"})
	return x
}

var verdict = review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument}

// approved takes an open claim through two reviews and an approval.
func (x *bench) approved(c claims.Claim) claims.Claim {
	x.T.Helper()
	for _, name := range []string{"reviewer-1", "reviewer-2"} {
		var err error
		if _, c, err = x.Submit(name, c, verdict); err != nil {
			x.T.Fatal(err)
		}
	}
	v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), c.ID)
	if err != nil {
		x.T.Fatal(err)
	}
	var decision int64
	for _, r := range v.Rounds { // the newest first
		if r.Decision != nil && decision == 0 {
			decision = r.Decision.Version
		}
	}
	c, err = x.Review.Approve(roomtest.Ctx(), x.As("editor-1"), review.Approval{ClaimID: c.ID, Version: decision,
		Reason: review.PrimaryDocument, Explanation: "The minutes say so."})
	if err != nil {
		x.T.Fatal(err)
	}
	return c
}

func (x *bench) claim(exact string) claims.Claim {
	x.T.Helper()
	c := x.Claim(x.a, exact, exact+".")
	x.Link(c, x.b, "5 grants paid", evidence.Supports, evidence.PrimaryDocument)
	return c
}

func (x *bench) set(title string, in ...claims.ID) claimset.Set {
	x.T.Helper()
	ctx, ed := roomtest.Ctx(), x.As("editor-1")
	set, err := x.Sets.Create(ctx, ed, x.Collection.ID, title)
	if err == nil {
		set, err = x.Sets.Add(ctx, ed, set.ID, set.Version, in)
	}
	if err == nil {
		set, err = x.Sets.Freeze(ctx, ed, set.ID, set.Version)
	}
	if err != nil {
		x.T.Fatal(err)
	}
	return set
}

func (x *bench) reopen(c claims.Claim) claims.Claim {
	x.T.Helper()
	c, err := x.Review.Reopen(roomtest.Ctx(), x.As("editor-1"), c.ID, c.Version, "new minutes")
	if err != nil {
		x.T.Fatal(err)
	}
	return c
}

// list makes the published lists anew where they are due, and gives that of a publication as it is read by anybody.
func (x *bench) list(p status.Publication) status.List {
	x.T.Helper()
	if err := x.Status.Renew(roomtest.Ctx()); err != nil {
		x.T.Fatal(err)
	}
	got, err := x.Status.Public(roomtest.Ctx(), p.Name, true, false)
	if err != nil {
		x.T.Fatal(err)
	}
	l, err := status.Open([]byte(got.Note), x.key)
	if err != nil {
		x.T.Fatal(err)
	}
	if err := status.Current(l, nil, x.now); err != nil {
		x.T.Fatal(err)
	}
	return l
}

func TestListFollowsWhatBecameOfPrintedClaims(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		one := x.approved(x.claim("The council paid 5 grants"))
		two := x.approved(x.claim("The mayor signed"))
		three := x.approved(x.claim("The bridge is open"))
		set := x.set("What is established", one.ID, two.ID, three.ID)
		p, err := x.Status.Publish(ctx, x.As("admin-1"), set.ID)
		if err != nil {
			t.Fatal(err)
		}
		says := func(set claimset.ID, want ...string) {
			t.Helper()
			l := x.list(p)
			for i, c := range []claims.Claim{one, two, three} {
				got, ok := l.Of(set, c.ID)
				if i < len(want) && want[i] != got.String() || ok != (want[i] != "") {
					t.Errorf("set %d, claim %d: %q (%v), not %q", set, c.ID, got, ok, want[i])
				}
			}
		}
		says(set.ID, "valid", "valid", "valid")
		if got, ok := x.list(p).SetOf(set.ID); !ok || got.SHA256 != set.SHA256 {
			t.Errorf("the list names the hash %s", got.SHA256)
		}

		x.now = time.Date(2026, 11, 22, 23, 59, 0, 0, time.UTC)
		two = x.reopen(two)
		says(set.ID, "valid", "under review since 2026-11-22", "valid")
		x.now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		two = x.approved(two)
		says(set.ID, "valid", "under review since 2026-11-22", "valid") // what is printed rests on the first round

		three = x.reopen(three)
		if three, err = x.Claims.Withdraw(ctx, ed, three.ID, three.Version, "it is an opinion"); err != nil {
			t.Fatal(err)
		}
		says(set.ID, "valid", "under review since 2026-11-22", "under review since 2026-11-23") // nobody answered yet
		x.answer(set.ID, three.ID, claimset.PullOut)
		says(set.ID, "valid", "under review since 2026-11-22", "withdrawn")

		next, err := x.Sets.Correct(ctx, ed, set.ID)
		if err != nil {
			t.Fatal(err)
		}
		says(set.ID, "valid", "under review since 2026-11-22", "withdrawn") // a draft is not printed
		if next, err = x.Sets.Freeze(ctx, ed, next.ID, next.Version); err != nil {
			t.Fatal(err)
		}
		says(set.ID, "valid", "corrected in set "+history.Num(next.ID), "withdrawn")
		says(next.ID, "valid", "valid", "")
		one = x.reopen(one)
		says(set.ID, "under review since 2026-11-23", "corrected in set "+history.Num(next.ID), "withdrawn")
		says(next.ID, "under review since 2026-11-23", "valid", "")

		again, err := x.Status.Publish(ctx, x.As("admin-1"), next.ID) // another version of the same set
		if err != nil || again.Name != p.Name {
			t.Errorf("another version has another address: %+v, %v", again, err)
		}
		x.checkNews(p, next.ID)
		x.answer(next.ID, one.ID, claimset.Stands)
		says(set.ID, "valid", "corrected in set "+history.Num(next.ID), "withdrawn")
		says(next.ID, "valid", "valid", "")
		x.Verify()
	})
}

// answer answers the alarms of a set that are about a claim.
func (x *bench) answer(set claimset.ID, claim claims.ID, with claimset.Reply) {
	x.T.Helper()
	var all []claimset.Alarm
	err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		all, err = claimset.AlarmsOf(r, set, 50)
		return err
	})
	answered := 0
	for _, a := range all {
		if err == nil && a.Waits() && a.ClaimID != nil && *a.ClaimID == claim {
			_, err = x.Sets.Answer(roomtest.Ctx(), x.As("editor-1"), a.ID, a.Version, with, "I read it again.")
			answered++
		}
	}
	if err != nil || answered == 0 {
		x.T.Fatalf("%d alarms are answered, %v", answered, err)
	}
}

// checkNews looks at what the feeds are made of.
func (x *bench) checkNews(p status.Publication, next claimset.ID) {
	x.T.Helper()
	got, err := x.Status.Public(roomtest.Ctx(), p.Name, false, true)
	if err != nil {
		x.T.Fatal(err)
	}
	var said []string
	for _, n := range slices.Backward(got.News) {
		said = append(said, n.Standing)
		if n.Total != 1 || len(n.Claims) != 1 {
			x.T.Errorf("%+v", n)
		}
	}
	want := []string{"under review since 2026-11-22",
		"under review since 2026-11-23", "withdrawn", "corrected in set " + history.Num(next),
		"under review since 2026-11-23", "under review since 2026-11-23"}
	if !slices.Equal(said, want) {
		x.T.Errorf("the news are %q", said)
	}
}

// TestListTellsNothingOfReviews: with a review in an open round and without, the list is the same to the byte but for
// numbers and times, and a review does not even move those.
func TestListTellsNothingOfReviews(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		one, two := x.approved(x.claim("The council paid 5 grants")), x.approved(x.claim("The mayor signed"))
		set := x.set("What is established", one.ID, two.ID)
		p, err := x.Status.Publish(roomtest.Ctx(), x.As("admin-1"), set.ID)
		if err != nil {
			t.Fatal(err)
		}
		two = x.reopen(two)
		before := x.list(p)
		if _, _, err := x.Submit("reviewer-2", two, verdict); err != nil {
			t.Fatal(err)
		}
		after := x.list(p)
		if before.Text() != after.Text() {
			t.Errorf("a review changes the list from\n%s\nto\n%s", before.Text(), after.Text())
		}
		x.now = x.now.Add(25 * time.Hour)
		later := x.list(p)
		if later.Body() != before.Body() || later.Number != before.Number+1 {
			t.Errorf("a day later the list is\n%s", later.Text())
		}
		for _, name := range []string{"reviewer", "editor", "admin", "Reviewer", "Editor"} {
			if strings.Contains(later.Text(), name) {
				t.Errorf("the list names %s", name)
			}
		}
	})
}

func TestPublishingIsAnAdminsAndOffByDefault(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, admin := roomtest.Ctx(), x.As("admin-1")
		one := x.approved(x.claim("The council paid 5 grants"))
		set := x.set("What is established", one.ID)
		if err := x.Status.Renew(ctx); err != nil || x.Count("status_lists") != 0 {
			t.Errorf("a list is there before anybody published it: %v", err)
		}
		for _, name := range []string{"reviewer-1", "editor-1", "auditor-1"} {
			if _, err := x.Status.Publish(ctx, x.As(name), set.ID); err == nil {
				t.Errorf("%s publishes", name)
			}
		}
		draft, err := x.Sets.Create(ctx, x.As("editor-1"), x.Collection.ID, "Begun")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.Status.Publish(ctx, admin, draft.ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a draft is published: %v", err)
		}
		if _, err := x.Status.Publish(ctx, admin, 999); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a set that is not there: %v", err)
		}
		if err := x.Status.Withdraw(ctx, admin, set.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("withdrawn before it was published: %v", err)
		}
		p, err := x.Status.Publish(ctx, admin, set.ID)
		if err != nil || len(p.Name) < 26 {
			t.Fatalf("%+v, %v", p, err)
		}
		x.list(p)
		if err := x.Status.Withdraw(ctx, admin, set.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Status.Public(ctx, p.Name, true, true); fault.KindOf(err) != fault.NotFound {
			t.Errorf("after it was withdrawn: %v", err)
		}
		if n := x.Count("status_lists"); n != 0 {
			t.Errorf("%d lists are left", n)
		}
		again, err := x.Status.Publish(ctx, admin, set.ID)
		if err != nil || again.Name == p.Name {
			t.Errorf("the old address is alive again: %+v, %v", again, err)
		}
		x.Verify()
	})
}

func TestListAsAFile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx := roomtest.Ctx()
		one, two := x.approved(x.claim("The council paid 5 grants")), x.approved(x.claim("The mayor signed"))
		first, second := x.set("One", one.ID), x.set("Two", one.ID, two.ID)
		open := func(note string, err error) status.List {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			l, err := status.Open([]byte(note), x.key)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		all := open(x.Status.Make(ctx, 0))
		if len(all.Sets) != 2 || all.Sets[0].ID != first.ID || len(all.Sets[1].Claims) != 2 || all.Number != 1 {
			t.Errorf("all: %s", all.Text())
		}
		again, of := open(x.Status.Make(ctx, 0)), open(x.Status.Make(ctx, second.ID))
		if again.Number != 2 || again.Name != all.Name || again.Body() != all.Body() {
			t.Errorf("again: %s", again.Text())
		}
		if len(of.Sets) != 1 || of.Sets[0].ID != second.ID || of.Number != 1 || of.Name == all.Name {
			t.Errorf("of one: %s", of.Text())
		}
		if err := status.Current(all, &again, x.now); err == nil {
			t.Error("the first is taken after the second")
		}
		if _, err := x.Status.Make(ctx, 77); fault.KindOf(err) != fault.NotFound {
			t.Errorf("of a set that is not there: %v", err)
		}
	})
}
