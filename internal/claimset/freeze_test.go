package claimset_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// draft is a set of n approved claims of one article.
func (x bench) draft(n int) (claimset.Set, []claims.Claim) {
	x.T.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Grant number %d was paid. ", 100+i)
	}
	raw := b.String()
	x.a = x.Article(articles.Import{Raw: raw, Lang: "en", Source: "Radio"})
	var all []claims.Claim
	var ids []claims.ID
	for i := range n {
		words := fmt.Sprintf("Grant number %d was paid", 100+i)
		c := x.approved(words, words+".")
		all, ids = append(all, c), append(ids, c.ID)
	}
	set, err := x.Sets.Create(roomtest.Ctx(), x.As("editor-1"), x.Collection.ID, "Grants")
	if err == nil {
		set, err = x.Sets.Add(roomtest.Ctx(), x.As("editor-1"), set.ID, set.Version, ids)
	}
	if err != nil {
		x.T.Fatal(err)
	}
	return set, all
}

// step does a slice of a plan.
func (x bench) step(p jobs.Plan, from, n int) error {
	if err := p.Ahead(roomtest.Ctx(), from, n); err != nil {
		return err
	}
	return x.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error { return p.Slice(tx, from, n) })
}

// TestFreezeSeesChanges: a claim that changes, or something it rests on, after it was weighed stops the freeze, which
// names a claim, until the last Write; what changes nothing of what was written down does not.
func TestFreezeSeesChanges(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ed, ctx := x.As("editor-1"), roomtest.Ctx()
		set, all := x.draft(3)
		other := x.Article(articles.Import{Raw: "Nothing of it.", Lang: "en", Source: "Wire"})
		source := func() articles.Source {
			a, err := x.Articles.Get(ctx, ed, x.a.Article.ID)
			if err != nil {
				t.Fatal(err)
			}
			var src articles.Source
			if err := db.Read(ctx, func(r *store.Rx) error {
				return store.Take(r.Gorm(), &src, "such source", "id = ?", *a.SourceID)
			}); err != nil {
				t.Fatal(err)
			}
			return src
		}
		must := func(_ any, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, change := range []struct {
			name  string
			do    func()
			stops bool
		}{
			{"a comment", func() { must(x.Claims.AddComment(ctx, ed, all[0].ID, "Well done.")) }, false},
			{"another article's origin", func() {
				must(x.Evidence.SetArticleOrigin(ctx, ed, other.Article.ID, "Elsewhere", 0))
			}, false},
			{"another source's rating", func() {
				must(x.Articles.RateSource(ctx, ed, articles.Rating{CollectionID: x.Collection.ID,
					SourceID: *other.Article.SourceID, Reliability: "D"}))
			}, false},
			{"the origin of an article of evidence", func() {
				must(x.Evidence.SetArticleOrigin(ctx, ed, x.b.Article.ID, "Council", 0))
			}, true},
			{"the source's rating", func() {
				must(x.Articles.RateSource(ctx, ed, articles.Rating{CollectionID: x.Collection.ID,
					SourceID: source().ID, Reliability: "B"}))
			}, true},
			{"the source's name", func() {
				s := source()
				s.Name = "Radio Two"
				must(x.Articles.UpdateSource(ctx, x.As("admin-1"), s))
			}, true},
			{"a claim reopened", func() {
				must(x.Review.Reopen(ctx, ed, all[2].ID, all[2].Version, "new minutes"))
			}, true},
		} {
			p, err := x.Sets.PlanOf(ctx, ed, set.ID, set.Version, change.name)
			if err != nil {
				t.Fatalf("%s: %v", change.name, err)
			}
			if err := x.step(p, 0, 3); err != nil {
				t.Fatalf("%s: %v", change.name, err)
			}
			change.do()
			err = db.Write(ctx, func(tx *store.Tx) error {
				if err := p.Finish(tx); err != nil || change.stops {
					return err
				}
				return errEnough
			})
			if !change.stops {
				if err != errEnough {
					t.Errorf("%s stops the freeze: %v", change.name, err)
				}
			} else if fault.KindOf(err) != fault.Conflict || !strings.Contains(fault.Message(err), names(change.name)) {
				t.Errorf("%s: %v, want a conflict that names the claim", change.name, err)
			}
			forget(t, db)
			x.Verify()
		}
	})
}

// names is what a conflict says of a change.
func names(change string) string {
	if strings.HasPrefix(change, "the source's") {
		return "The source “Radio"
	}
	return "Claim "
}

var errEnough = fmt.Errorf("enough: undo")

// forget makes the holder of an unfinished freeze a dead one.
func forget(t *testing.T, db *store.DB) {
	t.Helper()
	if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().Exec("UPDATE claim_set_freezes SET held_until = 0").Error
	}); err != nil {
		t.Fatal(err)
	}
}

// TestFreezeAfterACrash: what a freeze wrote down before it died is read by nobody and verifies; while it may live
// another freeze is refused; then a sweep clears it away, or another freeze takes over.
func TestFreezeAfterACrash(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ed, ctx := x.As("editor-1"), roomtest.Ctx()
		set, _ := x.draft(3)
		staged := func() (n int) {
			if err := db.Read(ctx, func(r *store.Rx) error {
				return r.Gorm().Raw("SELECT COUNT(*) FROM claim_set_claims WHERE frozen <> ''").Scan(&n).Error
			}); err != nil {
				t.Fatal(err)
			}
			return n
		}
		p, err := x.Sets.PlanOf(ctx, ed, set.ID, set.Version, "dead")
		if err == nil {
			err = x.step(p, 0, 2)
		}
		if err != nil || staged() != 2 {
			t.Fatalf("%d written down, %v", staged(), err)
		}
		o, err := opened(x, set.ID)
		if err != nil || o.State != claimset.Draft || len(o.Entries) != 0 || len(o.Claims) != 3 {
			t.Errorf("a draft is shown frozen: %+v, %v", o, err)
		}
		x.Verify()
		if _, err := x.Sets.Freeze(ctx, ed, set.ID, set.Version); fault.KindOf(err) != fault.Conflict {
			t.Errorf("two freezes at once: %v", err)
		}
		if err := x.Sets.Sweep(ctx); err != nil || staged() != 2 {
			t.Errorf("a sweep takes what lives: %d, %v", staged(), err)
		}
		forget(t, db)
		if err := x.Sets.Sweep(ctx); err != nil || staged() != 0 || x.Count("claim_set_freezes") != 0 {
			t.Errorf("a sweep leaves %d rows, %d freezes, %v", staged(), x.Count("claim_set_freezes"), err)
		}
		if err := x.step(p, 2, 1); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a freeze that was swept goes on: %v", err)
		}
		if p, err = x.Sets.PlanOf(ctx, ed, set.ID, set.Version, "dead too"); err == nil {
			err = x.step(p, 0, 1)
		}
		if err != nil {
			t.Fatal(err)
		}
		forget(t, db)
		if set, err = x.Sets.Freeze(ctx, ed, set.ID, set.Version); err != nil || set.State != claimset.Frozen {
			t.Fatalf("%+v, %v", set, err)
		}
		if o, err = opened(x, set.ID); err != nil || !o.Intact || o.Size != 3 {
			t.Errorf("%+v, %v", o, err)
		}
		if n := x.Count("claim_set_freezes"); n != 0 {
			t.Errorf("%d freezes are left", n)
		}
		x.Verify()
	})
}

// TestFreezeByAJob: a large set is frozen in the background; the job goes on where it was cut off, and fails, naming
// the claim, when one changed meanwhile.
func TestFreezeByAJob(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		x.Sets.SetAtOnce(2)
		ed, ctx := x.As("editor-1"), roomtest.Ctx()
		set, all := x.draft(20) // more than one slice
		now, j, err := x.Sets.Ask(ctx, ed, set.ID, set.Version)
		if err != nil || j == nil || now.State != claimset.Draft || j.Total != 20 {
			t.Fatalf("Ask = %+v, %+v, %v", now, j, err)
		}
		if _, again, err := x.Sets.Ask(ctx, ed, set.ID, set.Version); err != nil || again == nil || again.ID != j.ID {
			t.Errorf("the same freeze is begun twice: %+v, %v", again, err)
		}
		if _, err := x.Sets.Freeze(ctx, ed, set.ID, set.Version); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a freeze beside the job: %v", err)
		}
		newer, err := x.Sets.Rename(ctx, ed, set.ID, set.Version, "Grants, renamed")
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = x.Sets.Ask(ctx, ed, newer.ID, newer.Version)
		if fault.KindOf(err) != fault.Conflict || !strings.Contains(fault.Message(err),
			fmt.Sprintf("as it was at version %d", set.Version)) {
			t.Errorf("a freeze of a newer version beside the job: %v", err)
		}
		if done, err := x.Jobs.Finish(ctx, j.ID); err != nil || done.State != jobs.Failed {
			t.Fatalf("the older version is frozen: %+v, %v", done, err)
		}
		set = newer
		if _, j, err = x.Sets.Ask(ctx, ed, set.ID, set.Version); err != nil {
			t.Fatal(err)
		}
		x.cut(j.ID)
		if n := x.Count("claim_set_claims WHERE frozen <> ''"); n == 0 || n == 20 {
			t.Fatalf("cut off after %d claims", n)
		}
		x.Verify()
		done, err := x.Jobs.Finish(ctx, j.ID)
		if err != nil || done.State != jobs.Done || done.Done != 20 {
			t.Fatalf("%+v, %v", done, err)
		}
		o, err := opened(x, set.ID)
		if err != nil || o.State != claimset.Frozen || !o.Intact || o.Size != 20 {
			t.Fatalf("%+v, %v", o, err)
		}
		x.Verify()

		next, err := x.Sets.Correct(ctx, ed, set.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, j, err = x.Sets.Ask(ctx, ed, next.ID, next.Version); err != nil {
			t.Fatal(err)
		}
		x.cut(j.ID)
		if _, err := x.Review.Reopen(ctx, ed, all[0].ID, all[0].Version, "new minutes"); err != nil {
			t.Fatal(err)
		}
		done, err = x.Jobs.Finish(ctx, j.ID)
		if err != nil || done.State != jobs.Failed || !strings.Contains(done.Message, fmt.Sprintf("Claim %d ",
			all[0].ID)) {
			t.Errorf("%+v, %v", done, err)
		}
		if err := x.Sets.Sweep(ctx); err != nil || x.Count("claim_set_freezes") != 0 {
			t.Errorf("a failed job leaves its freeze: %v", err)
		}
		x.Verify()
	})
}

// cut does a freeze's job until it dies in its second slice.
func (x bench) cut(id jobs.ID) {
	x.T.Helper()
	dying, die := context.WithCancel(roomtest.Ctx())
	slices := 0
	counted := store.WithCounter(dying, &store.Counter{Each: func(sql string) {
		if strings.HasPrefix(sql, "UPDATE claim_set_claims AS m") {
			if slices++; slices == 2 {
				die()
			}
		}
	}})
	if j, err := x.Jobs.Finish(counted, id); err == nil {
		x.T.Fatalf("it came to its end: %+v", j)
	}
}

// TestLargeSetsInTheHistory: an event of a large set has the hash of the list of its claims, and a history in which an
// earlier program listed them still verifies.
func TestLargeSetsInTheHistory(t *testing.T) {
	t.Parallel()
	ids := make([]claims.ID, claimset.ListedMost+1)
	list := make([]string, len(ids))
	for i := range ids {
		ids[i] = claims.ID(3 * i)
		list[i] = fmt.Sprint(3 * i)
	}
	short := claimset.ClaimsField(ids)
	if len(short) > 100 {
		t.Errorf("the list of a large set is written out: %d bytes", len(short))
	}
	old := history.Fields{"n": "1", "claims": strings.Join(list, " ")}
	if got := claimset.FormNow(old)["claims"]; got != short {
		t.Errorf("the list of an earlier program is %q, want %q", got, short)
	}
	if old["claims"] == short {
		t.Error("FormNow changed what it was given")
	}
	for _, same := range []string{short, strings.Join(list[:claimset.ListedMost], " "), "", "7"} {
		if got := claimset.FormNow(history.Fields{"claims": same})["claims"]; got != same {
			t.Errorf("%q becomes %q", same, got)
		}
	}
	if ids[7] = 1; claimset.ClaimsField(ids) == short {
		t.Error("another claim has the same hash")
	}
}
