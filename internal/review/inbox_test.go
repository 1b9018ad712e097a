package review_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestQueueSortsNothing: a page of the queue follows an index that holds the languages too, in each order, first or
// deep.
func TestQueueSortsNothing(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	x := newBench(t, db, articles.CollectionNew{})
	for _, order := range review.Orders.Names() {
		for _, after := range []claims.ID{0, x.claim.ID} {
			for _, langs := range [][]string{nil, {"fa", "en"}} {
				var asked []string
				ctx := store.WithCounter(roomtest.Ctx(), &store.Counter{Each: func(sql string) {
					asked = append(asked, sql)
				}})
				if _, err := x.Review.Queue(ctx, x.As("reviewer-1"), review.QueueFilter{Collection: x.Collection.ID,
					After: after, Order: order, Langs: langs}); err != nil {
					t.Fatal(err)
				}
				looked := 0
				for _, sql := range asked {
					if !strings.HasPrefix(sql, "SELECT * FROM") || !strings.Contains(sql, " LIMIT 51") {
						continue
					}
					looked++
					plan := storetest.Plan(t, db, sql)
					// The ranges of a later page are each a page long at most: putting them together may sort those.
					if !followsTheQueue(plan) ||
						!strings.Contains(sql, "UNION ALL") && strings.Contains(plan, "TEMP B-TREE") {
						t.Errorf("%s: the plan of %s is\n%s", order, sql, plan)
					}
				}
				if looked != 1 {
					t.Errorf("%s: %d statements looked at of %q", order, looked, asked)
				}
			}
		}
	}
}

// followsTheQueue says whether each step of a plan that reads claims goes by an index of the queue: another one passes
// over all that were opened, for a range of the page.
func followsTheQueue(plan string) bool {
	found := false
	for line := range strings.Lines(plan) {
		if strings.HasPrefix(line, "SCAN claims") || strings.HasPrefix(line, "SEARCH claims") {
			if found = strings.Contains(line, " claims_queue"); !found {
				return false
			}
		}
	}
	return found
}

// inbox is a bench with claims of two languages and articles, some put first, some decided.
func inbox(t *testing.T, db *store.DB) bench {
	t.Helper()
	x := newBench(t, db, articles.CollectionNew{})
	fa := x.Article(articles.Import{Source: "Zamaneh", Title: "fa", Lang: "fa",
		Raw: "حدود ۹ گیگابایت داده منتشر شد. شهردار آن را رد کرد."})
	for i := range 7 {
		c := x.Claim(x.a, "12 grants", fmt.Sprintf("The council approved %d grants.", i))
		f := x.Claim(fa, "حدود ۹ گیگابایت", fmt.Sprintf("حدود %d گیگابایت", i+1))
		if i == 3 {
			if _, err := x.Claims.Prioritise(roomtest.Ctx(), x.As("editor-1"), f.ID, claims.First); err != nil {
				t.Fatal(err)
			}
		}
		if i == 5 {
			for _, who := range []string{"reviewer-1", "reviewer-2"} {
				if _, _, err := x.Submit(who, c, unverified()); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().Exec("UPDATE claims SET opened_at = 1000 * (1 + id / 4), checkworthy = (id * 37) % 5").Error
	}); err != nil {
		t.Fatal(err)
	}
	return x
}

// pages reads a part of the queue to its end, a few rows at once.
func (x bench) pages(who string, f review.QueueFilter) (out []claims.Claim, q review.Queue) {
	x.T.Helper()
	f.Collection, f.Limit = x.Collection.ID, 3
	for {
		got, err := x.Review.Queue(roomtest.Ctx(), x.As(who), f)
		if err != nil {
			x.T.Fatal(err)
		}
		for _, e := range got.Entries {
			out = append(out, e.Claim)
		}
		if f.After == 0 {
			q = got
		}
		if f.After = got.Next; f.After == 0 || len(out) > 1000 {
			return out, q
		}
	}
}

// TestFiltersCombine: whatever is asked for, in each order, the pages hold exactly the claims that meet all conditions,
// each once, in that order, and the count says how many.
func TestFiltersCombine(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := inbox(t, db)
		all, _ := x.pages("reviewer-1", review.QueueFilter{})
		if len(all) != 14 {
			t.Fatalf("%d claims wait, want 14", len(all))
		}
		fa, en := all[0].ArticleID, x.claim.ArticleID
		source := func(id articles.ID) *articles.SourceID {
			var s articles.Article
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
				s, err = articles.ByID(r, id)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return s.SourceID
		}
		any, none := func(claims.Claim) bool { return true }, func(claims.Claim) bool { return false }
		persian := func(c claims.Claim) bool { return c.Lang == "fa" }
		keeps := map[string]struct {
			f     review.QueueFilter
			keeps func(claims.Claim) bool
		}{
			"all":            {review.QueueFilter{}, any},
			"a language":     {review.QueueFilter{Langs: []string{"fa"}}, persian},
			"two languages":  {review.QueueFilter{Langs: []string{"fa", "en"}}, any},
			"no such":        {review.QueueFilter{Langs: []string{"ja"}}, none},
			"an article":     {review.QueueFilter{Article: en}, func(c claims.Claim) bool { return c.ArticleID == en }},
			"a source":       {review.QueueFilter{Source: *source(fa)}, persian},
			"another source": {review.QueueFilter{Source: *source(fa), Article: en}, none},
			"words": {review.QueueFilter{Text: "گيگابايت ۴"}, func(c claims.Claim) bool { // letters as Arabic has them
				return c.Statement == "حدود 4 گیگابایت"
			}},
			"a state": {review.QueueFilter{State: claims.Decided}, none},
			"mine": {review.QueueFilter{Mine: true}, func(c claims.Claim) bool {
				return *c.OpenedBy == x.As("reviewer-1").UserID
			}},
			"without a verdict, in Persian": {review.QueueFilter{Verdict: claims.NoVerdict, Langs: []string{"fa"}},
				persian},
		}
		for name, k := range keeps {
			for _, order := range review.Orders.Names() {
				var want []claims.ID
				for _, c := range sorted(all, order) {
					if k.keeps(c) {
						want = append(want, c.ID)
					}
				}
				k.f.Order = order
				found, q := x.pages("reviewer-1", k.f)
				got := make([]claims.ID, len(found))
				for i, c := range found {
					got[i] = c.ID
				}
				if !slices.Equal(got, want) || q.Fit != len(want) {
					t.Errorf("%s, %s: claims %v (said %d), want %v", name, order, got, q.Fit, want)
				}
			}
		}
	})
}

func sorted(all []claims.Claim, order review.Order) []claims.Claim {
	key := func(c claims.Claim) [4]int64 {
		switch order {
		case review.ByRank:
			return [4]int64{-int64(c.Priority), -int64(c.CheckWorthy), int64(c.ID)}
		case review.ByText:
			return [4]int64{int64(c.ArticleID), int64(c.Start), int64(c.ID)}
		}
		return [4]int64{-int64(c.Priority), int64(*c.OpenedAt), int64(c.ID)}
	}
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b claims.Claim) int {
		x, y := key(a), key(b)
		return slices.Compare(x[:], y[:])
	})
	return out
}

// TestTabsAreOnePartition: a claim that was accepted is in one tab only, its count is what its pages hold, and all tabs
// together are all claims.
func TestTabsAreOnePartition(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := inbox(t, db)
		all, _ := x.pages("reviewer-1", review.QueueFilter{})
		must(t, x.Review.PutOff(roomtest.Ctx(), x.As("reviewer-1"), inDays(db, 2), all[1].ID, all[2].ID))
		if _, _, err := x.Submit("reviewer-1", all[4], unverified()); err != nil {
			t.Fatal(err)
		}
		calls := []review.Call{{Claim: all[2].ID, Why: review.WhyMentioned},
			{Claim: all[4].ID, Why: review.WhyMentioned}}
		decided, _ := x.pages("reviewer-1", review.QueueFilter{Tab: review.TabApprove})
		if len(decided) != 1 {
			t.Fatalf("%d are decided", len(decided))
		}
		calls = append(calls, review.Call{Claim: decided[0].ID, Why: review.WhyMentioned, Detail: "A comment."})
		q, err := x.Review.Queue(roomtest.Ctx(), x.As("reviewer-1"), review.QueueFilter{Collection: x.Collection.ID,
			Tab: review.TabApprove, Calls: calls})
		if must(t, err); len(q.Entries) != 1 || q.Entries[0].Why != review.WhyMentioned {
			t.Errorf("a mention on a decided claim leaves it in its tab, which holds %+v", q.Entries)
		}
		calls = append(calls, review.Call{Claim: decided[0].ID, Why: review.WhySentBack, Detail: "Which minutes?"})
		seen := map[claims.ID]review.Tab{}
		total := 0
		for _, tab := range review.Tabs.Names() {
			found, q := x.pages("reviewer-1", review.QueueFilter{Tab: tab, Calls: calls})
			if q.Counts[tab] != len(found) {
				t.Errorf("%s: %d claims, counted %d", tab, len(found), q.Counts[tab])
			}
			for _, c := range found {
				if in, there := seen[c.ID]; there {
					t.Errorf("claim %d is in %s and in %s", c.ID, in, tab)
				}
				seen[c.ID] = tab
			}
			total, _ = q.All()
			if (q.Oldest[tab] != 0) != (len(found) > 0) {
				t.Errorf("%s: the oldest waits since %d", tab, q.Oldest[tab])
			}
		}
		if len(seen) != 15 || total != 15 {
			t.Errorf("%d claims in the tabs, counted %d, want 15", len(seen), total)
		}
		for id, tab := range map[claims.ID]review.Tab{all[2].ID: review.TabSnoozed, all[4].ID: review.TabTurn,
			decided[0].ID: review.TabTurn} {
			if seen[id] != tab {
				t.Errorf("claim %d is in %q, want %q", id, seen[id], tab)
			}
		}
		q, err = x.Review.Queue(roomtest.Ctx(), x.As("reviewer-1"), review.QueueFilter{Collection: x.Collection.ID,
			Calls: calls})
		must(t, err)
		for _, e := range q.Entries {
			if e.Claim.ID == decided[0].ID && (e.Why != review.WhySentBack || e.Detail != "Which minutes?") {
				t.Errorf("what was sent back stands as %q: %q", e.Why, e.Detail)
			}
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func inDays(db *store.DB, n int) store.Micros {
	return db.Now() + store.Micros(n)*store.Micros(24*time.Hour/time.Microsecond)
}

// TestSnoozed: what a person puts off leaves their own queue only, comes back with its reason on the day they chose, or
// as soon as it goes on to another state.
func TestSnoozed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		in := func(who string) (tab review.Tab, e review.Entry) {
			for _, tab := range review.Tabs.Names() {
				q, err := x.Review.Queue(roomtest.Ctx(), x.As(who), review.QueueFilter{Collection: x.Collection.ID,
					Tab: tab})
				must(t, err)
				if len(q.Entries) > 0 {
					return tab, q.Entries[0]
				}
			}
			return "", e
		}
		ctx, me := roomtest.Ctx(), x.As("reviewer-1")
		for name, until := range map[string]store.Micros{"the past": db.Now() - 1, "ten years": inDays(db, 3660)} {
			if err := x.Review.PutOff(ctx, me, until, x.claim.ID); fault.KindOf(err) != fault.Invalid {
				t.Errorf("put off until %s: %v", name, err)
			}
		}
		until := inDays(db, 3)
		must(t, x.Review.PutOff(ctx, me, until, x.claim.ID))
		if tab, e := in("reviewer-1"); tab != review.TabSnoozed || e.Until != until || e.Why != review.WhyToReview {
			t.Errorf("put off, it stands in %q until %d: %q", tab, e.Until, e.Why)
		}
		if tab, e := in("reviewer-2"); tab != review.TabTurn || e.Until != 0 {
			t.Errorf("somebody else sees it in %q until %d", tab, e.Until)
		}
		for i, want := range []int{1, 0} { // the second time nothing is put off
			if n, err := x.Review.TakeBack(ctx, me, x.Collection.ID, x.claim.ID); n != want || err != nil {
				t.Errorf("taken back time %d: %d claims, %v", i+1, n, err)
			}
		}
		if _, err := x.Review.TakeBack(ctx, me, 99, x.claim.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("taken back in another collection: %v", err)
		}
		if _, err := x.Review.PutOffTill(ctx, me, 99, "3", x.claim.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("put off in another collection: %v", err)
		}
		if tab, e := in("reviewer-1"); tab != review.TabTurn || e.Detail != "" {
			t.Errorf("taken back, it stands in %q: %q", tab, e.Detail)
		}
		must(t, x.Review.PutOff(ctx, me, until, x.claim.ID))
		_, err := x.Claims.Edit(ctx, x.As("reviewer-2"), x.claim.ID, 1, claims.Words{Statement: "In other words."},
			false)
		must(t, err)
		if tab, _ := in("reviewer-1"); tab != review.TabSnoozed {
			t.Errorf("with other words it stands in %q", tab)
		}
		db.SetClock(func() time.Time { return until.Time().Add(time.Minute) })
		if tab, e := in("reviewer-1"); tab != review.TabTurn || !strings.HasPrefix(e.Detail, "Back since ") {
			t.Errorf("on its day it stands in %q: %q", tab, e.Detail)
		}
		must(t, x.Review.PutOff(ctx, me, inDays(db, 3), x.claim.ID))
		for i, who := range []string{"reviewer-2", "editor-1"} {
			d := unverified()
			if i == 1 {
				x.Link(x.now(), x.b, "12 grants were approved", "supports", "primary_document")
				d = primary()
			}
			if _, _, err := x.Submit(who, x.now(), d); err != nil {
				t.Fatal(err)
			}
		}
		if tab, _ := in("reviewer-1"); tab != review.TabConflict && x.now().State == claims.InConflict {
			t.Errorf("in conflict it stands in %q", tab)
		}
		x.Verify()
	})
}

func (x bench) now() (c claims.Claim) {
	x.T.Helper()
	c, err := x.Claims.Get(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ID)
	if err != nil {
		x.T.Fatal(err)
	}
	return c
}

// TestPrioritise: an editor puts a claim before others, which the history knows; nobody else may.
func TestPrioritise(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		ctx := roomtest.Ctx()
		second := x.Claim(x.a, "12 grants", "The council approved grants.")
		if _, err := x.Claims.Prioritise(ctx, x.As("reviewer-1"), second.ID, claims.First); fault.KindOf(err) !=
			fault.Forbidden {
			t.Errorf("a reviewer puts a claim first: %v", err)
		}
		if _, err := x.Claims.Prioritise(ctx, x.As("editor-1"), second.ID, 7); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a priority of 7: %v", err)
		}
		c, err := x.Claims.Prioritise(ctx, x.As("editor-1"), second.ID, claims.First)
		must(t, err)
		if all, _ := x.pages("reviewer-2", review.QueueFilter{}); all[0].ID != second.ID || c.Priority != claims.First {
			t.Errorf("put first, it comes %v", all)
		}
		x.Verify()
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE claims SET priority = 0").Error
		}))
		if n := x.Differs(); n != 1 {
			t.Errorf("the audit finds %d differences, want 1", n)
		}
	})
}

// TestEvidenceChangedAfterTheRound: a claim in conflict, or decided, says to everybody that evidence was linked since.
func TestEvidenceChangedAfterTheRound(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		other := x.Claim(x.a, "12 grants", "The council approved grants.")
		x.Link(other, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		for who, d := range map[string]review.Draft{"reviewer-1": unverified(), "reviewer-2": primary()} {
			_, _, err := x.Submit(who, x.claim, d)
			must(t, err)
			_, _, err = x.Submit(who, other, unverified())
			must(t, err)
		}
		all := func(tab review.Tab, want review.Why) {
			t.Helper()
			for _, who := range []string{"reviewer-1", "reviewer-2", "editor-1"} {
				q, err := x.Review.Queue(roomtest.Ctx(), x.As(who), review.QueueFilter{Collection: x.Collection.ID,
					Tab: tab})
				if must(t, err); len(q.Entries) != 1 || q.Entries[0].Why != want {
					t.Errorf("%s is told in %s: %+v, want %s", who, tab, q.Entries, want)
				}
			}
		}
		all(review.TabConflict, review.WhyInConflict)
		all(review.TabApprove, review.WhyDecided)
		x.Link(x.claim, x.c, "12 grants", evidence.Supports, evidence.PrimaryDocument)
		all(review.TabConflict, review.WhyEvidenceChanged)
		must(t, db.Write(roomtest.Ctx(), func(tx *store.Tx) error { // as a merge carries it over
			return tx.Gorm().Exec("UPDATE evidence SET linked_at = ? WHERE claim_id = ?", tx.Now()+1, other.ID).Error
		}))
		all(review.TabApprove, review.WhyEvidenceChanged)
	})
}
