package review_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// types keeps what somebody has typed, on the version that the page began with.
func (x bench) types(name string, base int64, rationale string) (review.Unsent, error) {
	x.T.Helper()
	return x.Review.KeepUnsent(roomtest.Ctx(), x.As(name), review.Typing{Unsent: review.Unsent{ClaimID: x.claim.ID,
		Version: base, Verdict: claims.Unverified, Rationale: rationale}})
}

// unsent reads what somebody has typed, nil for nothing.
func (x bench) unsent(name string) (u *review.Unsent) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		c, err := claims.ByID(r, x.claim.ID)
		if err != nil {
			return err
		}
		u, err = review.UnsentOf(r, x.As(name).UserID, c)
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return u
}

func TestUnsentIsKeptAndErasedWhenSent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		events := x.Count("events")
		one, err := x.types("reviewer-1", 0, "Half a")
		if err != nil || one.Version == 0 {
			t.Fatalf("kept: %+v, %v", one, err)
		}
		two, err := x.types("reviewer-1", one.Version, "Half a sentence")
		if err != nil || two.Version <= one.Version {
			t.Fatalf("kept again: %+v, %v", two, err)
		}
		if u := x.unsent("reviewer-2"); u != nil {
			t.Errorf("another one has it too: %+v", u)
		}
		if u := x.unsent("reviewer-1"); u == nil || u.Rationale != "Half a sentence" {
			t.Errorf("read back: %+v", u)
		}
		if n := x.Count("events"); n != events {
			t.Errorf("%d events", n-events)
		}
		// another tab, which began before
		_, err = x.types("reviewer-1", one.Version, "Another sentence")
		f, _ := fault.As(err)
		if other, ok := f.Detail.(review.Unsent); fault.KindOf(err) != fault.Conflict || !ok ||
			other.Rationale != "Half a sentence" {
			t.Errorf("another tab: %v, %+v", err, f)
		}
		if _, err := x.types("auditor-1", 0, "x"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an auditor: %v", err)
		}
		if _, _, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil {
			t.Fatal(err)
		}
		if u := x.unsent("reviewer-1"); u != nil {
			t.Errorf("after it was sent: %+v", u)
		}
		// what was on its way when it was sent does not come back
		_, err = x.types("reviewer-1", two.Version, "Half a sentence more")
		f, _ = fault.As(err)
		if _, sent := f.Detail.(review.Sent); !sent || x.unsent("reviewer-1") != nil {
			t.Errorf("a late saving: %v, %+v", err, x.unsent("reviewer-1"))
		}
		x.Verify()
	})
}

// TestUnsentSavedAndSentAtOnce: whatever comes first, a review that is sent leaves nothing of before.
func TestUnsentSavedAndSentAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{Quorum: new(9)})
		for range 5 {
			var both sync.WaitGroup
			both.Go(func() { _, _ = x.types("reviewer-1", 0, "On its way") })
			both.Go(func() {
				if _, _, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil {
					t.Error(err)
				}
			})
			both.Wait()
			if u := x.unsent("reviewer-1"); u != nil {
				t.Fatalf("left behind: %+v", u)
			}
		}
	})
}

func TestUnsentThatCannotBe(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t), articles.CollectionNew{})
	for name, u := range map[string]review.Unsent{
		"a verdict that is none": {Verdict: "true"},
		"another's reason":       {Verdict: claims.Disputed, Reason: review.NoEvidence},
		"too long":               {Rationale: strings.Repeat("ß", 10001)},
		"no text":                {Searched: "a\x00b"},
		"a version below 0":      {Version: -1, Rationale: "x"},
		"a version too large":    {Version: 1 << 53, Rationale: "x"},
		"evidence 0":             {Evidence: review.EvidenceIDs{0, 1}, Rationale: "x"},
		"evidence below 0":       {Evidence: review.EvidenceIDs{-4}, Rationale: "x"},
		"a long number":          {Confidence: strings.Repeat("9", 21)},
	} {
		u.ClaimID = x.claim.ID
		_, err := x.Review.KeepUnsent(roomtest.Ctx(), x.As("reviewer-1"), review.Typing{Unsent: u})
		if fault.KindOf(err) != fault.Invalid || x.unsent("reviewer-1") != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if u, err := x.types("reviewer-1", 0, "x"); err != nil || u.Version == 0 {
		t.Fatal(err)
	}
	u, err := x.Review.KeepUnsent(roomtest.Ctx(), x.As("reviewer-1"), review.Typing{Unsent: review.Unsent{
		ClaimID: x.claim.ID, Version: 1}})
	if err != nil || u.Version != 0 || x.unsent("reviewer-1") != nil {
		t.Errorf("cleared: %+v, %v", u, err)
	}
}

// TestUnsentForgetsWhatWasTakenDown: words of a withdrawn text go, at once for whoever looks and then from the row.
func TestUnsentForgetsWhatWasTakenDown(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.Report)
		ja := x.Article(articles.Import{Raw: "大臣は十二件の助成を認めたと述べた。", Lang: "ja"})
		if _, err := x.types("reviewer-1", 0, "Linked: “12 grants were approved. The opposition denies that.” Not "+
			"linked: 十二件の助成を認めた、 seen. My own."); err != nil {
			t.Fatal(err)
		}
		for _, a := range []articles.Imported{x.b, ja} {
			if err := x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), a.Article.ID, a.Article.Version,
				"court order"); err != nil {
				t.Fatal(err)
			}
		}
		if u := x.unsent("reviewer-1"); strings.Contains(u.Rationale, "opposition") ||
			!strings.Contains(u.Rationale, "My own.") {
			t.Errorf("read after the take-down: %q", u.Rationale)
		}
		var list []review.Unsent
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
			list, err = review.UnsentBy(r, x.As("reviewer-1").UserID, 0, 10)
			return err
		}); err != nil || len(list) != 1 || strings.Contains(list[0].Rationale, "opposition") ||
			strings.Contains(list[0].Rationale, "助成") || !strings.Contains(list[0].Rationale, "My own.") {
			t.Errorf("listed after the take-down: %+v, %v", list, err)
		}
		if err := x.Review.SweepUnsent(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		var rows []review.Unsent
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error { return r.Gorm().Find(&rows).Error }); err != nil {
			t.Fatal(err)
		}
		if want := "Linked: “" + review.Gone + "” Not linked: " + review.Gone + "、 seen. My own."; len(rows) != 1 ||
			rows[0].Rationale != want {
			t.Errorf("the row after the sweep: %+v, want %q", rows, want)
		}
		// A page that was opened before still has the words: a later saving does not bring them back, nor the clash
		// of another tab.
		for _, base := range []int64{rows[0].Version, 0} {
			u, err := x.types("reviewer-1", base, "Linked: “12 grants were approved. The opposition denies that.” Not "+
				"linked: 十二件の助成を認めた、 seen. My own, and more.")
			if f, ok := fault.As(err); ok && base == 0 {
				u, _ = f.Detail.(review.Unsent)
			} else if err != nil {
				t.Fatal(err)
			}
			if now := x.unsent("reviewer-1"); u.Rationale != now.Rationale || !strings.HasSuffix(u.Rationale,
				"and more.") || strings.Contains(u.Rationale, "opposition") || strings.Contains(u.Rationale, "助成") {
				t.Errorf("saved again: answered %q, kept %q", u.Rationale, now.Rationale)
			}
		}
	})
}

// TestUnsentAfterARoleIsLost: the owner keeps it for thirty days, and longer when the role comes back.
func TestUnsentAfterARoleIsLost(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		now := time.Now()
		db.SetClock(func() time.Time { return now })
		if _, err := x.types("reviewer-1", 0, "Mine"); err != nil {
			t.Fatal(err)
		}
		me, admin := x.As("reviewer-1"), x.As("admin-1")
		revoke := func() {
			if err := x.Auth.RevokeRole(roomtest.Ctx(), admin, me.UserID, auth.Reviewer, me.Grants[0].Collection,
				"left"); err != nil {
				t.Fatal(err)
			}
		}
		sweep := func(later time.Duration) {
			now = now.Add(later)
			if err := x.Review.SweepUnsent(roomtest.Ctx()); err != nil {
				t.Fatal(err)
			}
		}
		revoke()
		sweep(0)
		sweep(29 * 24 * time.Hour)
		if u := x.unsent("reviewer-1"); u == nil || u.LostAt == nil || u.Rationale != "Mine" {
			t.Fatalf("after 29 days: %+v", u)
		}
		if err := x.Auth.GrantRole(roomtest.Ctx(), admin, me.UserID, auth.Reviewer, me.Grants[0].Collection); err !=
			nil {
			t.Fatal(err)
		}
		sweep(40 * 24 * time.Hour)
		if u := x.unsent("reviewer-1"); u == nil || u.LostAt != nil {
			t.Fatalf("with the role again: %+v", u)
		}
		revoke()
		sweep(0)
		sweep(30 * 24 * time.Hour)
		if u := x.unsent("reviewer-1"); u != nil {
			t.Errorf("after 30 days: %+v", u)
		}
	})
}
