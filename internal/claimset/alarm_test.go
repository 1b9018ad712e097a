package claimset_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// waiting lists the alarms that wait, as "set cause about".
func (x bench) waiting() (out []string) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		all, err := claimset.Waiting(r, x.Collection.ID, 0, 100)
		n, err2 := claimset.HowMany(r, x.Collection.ID, 1000)
		if err == nil {
			err = err2
		}
		if n != len(all) {
			x.T.Errorf("%d alarms are counted and %d listed", n, len(all))
		}
		for _, a := range all {
			out = append(out, said(a))
		}
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return out
}

func said(a claimset.Alarm) string {
	about := ""
	if a.ClaimID != nil {
		about = claims.Object(*a.ClaimID)
	}
	if a.ArticleID != nil {
		about = articles.Object(*a.ArticleID)
	}
	return fmt.Sprintf("%d %s %s", a.SetID, a.Cause, about)
}

func (x bench) raised(want ...string) {
	x.T.Helper()
	if got := x.waiting(); !slices.Equal(got, want) {
		x.T.Errorf("alarms that wait:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func (x bench) stands(set claimset.ID, c claims.ID, want claimset.Condition, by claimset.ID) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		got, err := claimset.StandingOf(r, set, c)
		if err == nil && (got.Is != want || got.By != by || (got.Since == 0) != (want == claimset.Valid ||
			want == claimset.Corrected)) {
			x.T.Errorf("claim %d of set %d stands as %+v, want %s by %d", c, set, got, want, by)
		}
		s, err2 := claimset.ByID(r, set)
		if err == nil {
			err = err2
		}
		err2 = claimset.Standings(r, s, func(id claims.ID, at claimset.Standing) error {
			if id == c && at != got {
				x.T.Errorf("of all claims %d stands as %+v, alone as %+v", c, at, got)
			}
			return nil
		})
		if err == nil {
			err = err2
		}
		in, err2 := claimset.InPrintOf(r, c)
		for _, p := range in {
			if p.ID == set && p.Standing != got {
				x.T.Errorf("claim %d says of itself that it stands as %+v, set %d says %+v", c, p.Standing, set, got)
			}
		}
		among, err3 := claimset.StandingsAmong(r, s, []claimset.Entry{{Claim: c}})
		if err2 == nil {
			err2 = err3
		}
		if at, there := among[c]; there != (want != claimset.Valid) || there && at != got {
			x.T.Errorf("on the page of the set claim %d stands as %+v (%v), alone as %+v", c, at, there, got)
		}
		if err == nil {
			err = err2
		}
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
}

// TestAlarms: what happens to what a set prints raises one alarm each, in the Write of the act, and what happens to
// anything else raises none.
func TestAlarms(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		other := x.approved("شهردار امضا کرد", "شهردار امضا کرد.")
		first := x.frozen("First", c.ID, other.ID)
		second := x.frozen("Second", c.ID)
		draft, err := x.Sets.Create(ctx, ed, x.Collection.ID, "Draft")
		if err == nil {
			_, err = x.Sets.Add(ctx, ed, draft.ID, draft.Version, []claims.ID{c.ID})
		}
		if err != nil {
			t.Fatal(err)
		}
		x.raised()
		x.stands(first.ID, c.ID, claimset.Valid, 0)

		if c, err = x.Review.Reopen(ctx, ed, c.ID, c.Version, "new minutes"); err != nil {
			t.Fatal(err)
		}
		of := claims.Object(c.ID)
		both := func(cause string) []string {
			return []string{fmt.Sprintf("%d %s %s", first.ID, cause, of), fmt.Sprintf("%d %s %s", second.ID, cause, of)}
		}
		x.raised(both("reopened")...)
		x.stands(first.ID, c.ID, claimset.UnderReview, 0)
		x.stands(first.ID, other.ID, claimset.Valid, 0)
		x.waits(map[claimset.ID]int{first.ID: 1, second.ID: 1}, first.ID, second.ID, draft.ID)
		x.waits(map[claimset.ID]int{})

		// Evidence that came after the print shakes nothing when it goes; what was printed does.
		late, err := x.Evidence.Link(ctx, ed, evidence.Link{ClaimID: c.ID, URL: "https://news.example/a", Exact: "No.",
			ReadOn: "2020-01-01", Stance: evidence.Context, Kind: evidence.Report})
		if err == nil {
			_, err = x.Evidence.Unlink(ctx, ed, late.ID, late.Version, "")
		}
		if err != nil {
			t.Fatal(err)
		}
		x.raised(both("reopened")...)
		var items []evidence.Shown
		if err := db.Read(ctx, func(r *store.Rx) (err error) {
			items, err = evidence.OfClaim(r, c.ID)
			return err
		}); err != nil || len(items) != 1 {
			t.Fatalf("%d items, %v", len(items), err)
		}
		if _, err := x.Evidence.Unlink(ctx, ed, items[0].ID, items[0].Version, ""); err != nil {
			t.Fatal(err)
		}
		shaken := append(both("reopened"), both("unlinked")...)
		x.raised(shaken...)

		// A verdict that is another one is said once the round is decided.
		if _, c, err = x.Submit("reviewer-1", c, review.Draft{Verdict: claims.Unverified, Reason: review.NoEvidence,
			Searched: "the minutes"}); err != nil {
			t.Fatal(err)
		}
		x.raised(append(shaken, both("redecided")...)...)
		if r := x.Verify(); !r.OK() {
			t.Errorf("the history has findings: %v", r.Findings)
		}
	})
}

// TestArticleAlarms: what happens to an article is one alarm a set, however many claims of the set rest on it.
func TestArticleAlarms(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		d := x.approved("شهردار امضا کرد", "شهردار امضا کرد.")
		set := x.frozen("Grants", c.ID, d.ID)
		if _, err := x.Evidence.SetArticleOrigin(ctx, ed, x.a.Article.ID, "Wire", 0); err != nil {
			t.Fatal(err)
		}
		x.raised() // the origin of the claims' own article makes no verdict
		if _, err := x.Evidence.SetArticleOrigin(ctx, ed, x.b.Article.ID, "Town hall", 0); err != nil {
			t.Fatal(err)
		}
		want := []string{fmt.Sprintf("%d origin %s", set.ID, articles.Object(x.b.Article.ID))}
		x.raised(want...)
		if _, err := x.Articles.Revise(ctx, ed, x.a.Article.ID, x.a.Article.Version,
			"شورا ۱۳ کمک را تصویب کرد. شهردار امضا کرد.", true); err != nil {
			t.Fatal(err)
		}
		want = append(want, fmt.Sprintf("%d revised %s", set.ID, articles.Object(x.a.Article.ID)))
		x.raised(want...)
		if err := x.Articles.TakeDown(ctx, ed, x.b.Article.ID, x.b.Article.Version, "a court said so"); err != nil {
			t.Fatal(err)
		}
		want = append(want, fmt.Sprintf("%d taken_down %s", set.ID, articles.Object(x.b.Article.ID)))
		x.raised(want...)
		x.stands(set.ID, c.ID, claimset.UnderReview, 0)
		x.stands(set.ID, d.ID, claimset.UnderReview, 0)
		if r := x.Verify(); !r.OK() {
			t.Errorf("the history has findings: %v", r.Findings)
		}
	})
}

// TestAlarmsAreAnswered: by a reason, a withdrawal, or a correction; by editors only, and once.
func TestAlarmsAreAnswered(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		d := x.approved("شهردار امضا کرد", "شهردار امضا کرد.")
		set := x.frozen("Grants", c.ID, d.ID)
		if _, err := x.Review.Reopen(ctx, ed, c.ID, c.Version, "new minutes"); err != nil {
			t.Fatal(err)
		}
		a := x.alarms(set.ID)[0]
		for who, kind := range map[string]fault.Kind{"reviewer-1": fault.Forbidden, "auditor-1": fault.Forbidden,
			"admin-1": fault.NotFound} {
			if _, err := x.Sets.Answer(ctx, x.As(who), a.ID, a.Version, claimset.Stands, "I say so"); fault.KindOf(
				err) != kind {
				t.Errorf("%s answers: %v", who, err)
			}
		}
		if _, err := x.Sets.Answer(ctx, ed, a.ID, a.Version, claimset.Stands, " "); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an answer without a reason: %v", err)
		}
		if _, err := x.Sets.Answer(ctx, ed, a.ID, a.Version, "maybe", "so"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("another answer: %v", err)
		}
		if _, err := x.Sets.Answer(ctx, ed, a.ID, a.Version+1, claimset.Stands, "so"); fault.KindOf(
			err) != fault.Conflict {
			t.Errorf("an answer to another version: %v", err)
		}
		if _, err := x.Sets.Answer(ctx, ed, a.ID, a.Version, claimset.Stands, "The minutes are the same."); err != nil {
			t.Fatal(err)
		}
		x.raised()
		x.stands(set.ID, c.ID, claimset.Valid, 0)
		if _, err := x.Sets.Answer(ctx, ed, a.ID, a.Version+1, claimset.PullOut, "no"); fault.KindOf(
			err) != fault.Conflict {
			t.Errorf("a second answer: %v", err)
		}
		if err := x.Articles.TakeDown(ctx, ed, x.b.Article.ID, x.b.Article.Version, "a court said so"); err != nil {
			t.Fatal(err)
		}
		a = x.alarms(set.ID)[0]
		if _, err := x.Sets.PullOut(ctx, ed, set.ID, d.ID, "wrong person"); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Sets.PullOut(ctx, ed, set.ID, d.ID, "once more"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second withdrawal: %v", err)
		}
		if _, err := x.Sets.PullOut(ctx, ed, set.ID, d.ID+1000, "of nothing"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a claim that is not in the set: %v", err)
		}
		x.stands(set.ID, d.ID, claimset.PulledOut, 0)
		x.stands(set.ID, c.ID, claimset.UnderReview, 0)
		if _, err := x.Sets.Answer(ctx, ed, a.ID, a.Version, claimset.PullOut, "all of it"); err != nil {
			t.Fatal(err)
		}
		x.stands(set.ID, c.ID, claimset.PulledOut, 0)
		if r := x.Verify(); !r.OK() {
			t.Errorf("the history has findings: %v", r.Findings)
		}
	})
}

// TestACorrectionAnswers: alarms of a set that was superseded wait no longer; its claims are corrected, or withdrawn.
func TestACorrectionAnswers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		d := x.approved("شهردار امضا کرد", "شهردار امضا کرد.")
		set := x.frozen("Grants", c.ID, d.ID)
		if _, err := x.Review.Reopen(ctx, ed, c.ID, c.Version, "new minutes"); err != nil {
			t.Fatal(err)
		}
		next, err := x.Sets.Correct(ctx, ed, set.ID)
		if err == nil {
			next, err = x.Sets.Freeze(ctx, ed, next.ID, next.Version)
		}
		if err != nil {
			t.Fatal(err)
		}
		x.raised()
		x.stands(set.ID, c.ID, claimset.PulledOut, next.ID)
		x.stands(set.ID, d.ID, claimset.Valid, 0) // the correction prints it byte for byte
		x.stands(next.ID, d.ID, claimset.Valid, 0)
		a := x.alarms(set.ID)[0]
		if _, err := x.Sets.Answer(ctx, ed, a.ID, a.Version, claimset.Stands, "so"); fault.KindOf(
			err) != fault.Conflict {
			t.Errorf("an alarm of a superseded set is answered: %v", err)
		}
		if r := x.Verify(); !r.OK() {
			t.Errorf("the history has findings: %v", r.Findings)
		}
	})
}

// waits checks how many alarms of sets wait, as a list of sets shows it.
func (x bench) waits(want map[claimset.ID]int, sets ...claimset.ID) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		got, err := claimset.WaitingOf(r, sets)
		if !maps.Equal(got, want) {
			x.T.Errorf("%v wait, want %v", got, want)
		}
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
}

func (x bench) alarms(set claimset.ID) (out []claimset.Alarm) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = claimset.AlarmsOf(r, set, 50)
		return err
	}); err != nil || len(out) == 0 {
		x.T.Fatalf("%d alarms, %v", len(out), err)
	}
	return out
}

// TestAlarmsCountNothingVeiled: a review in an open round raises nothing, and an event under a veil never does.
func TestAlarmsCountNothingVeiled(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		x.frozen("Grants", c.ID)
		col := x.Collection
		col.Quorum = 3
		if _, err := x.Articles.SetRules(ctx, x.As("admin-1"), col); err != nil {
			t.Fatal(err)
		}
		c, err := x.Review.Reopen(ctx, ed, c.ID, c.Version, "new minutes")
		if err != nil {
			t.Fatal(err)
		}
		before := x.waiting()
		for _, who := range []string{"reviewer-1", "reviewer-2"} {
			if _, c, err = x.Submit(who, c, review.Draft{Verdict: claims.Unverified, Reason: review.NoEvidence,
				Searched: "the minutes"}); err != nil {
				t.Fatal(err)
			}
			x.raised(before...)
		}
		if err := db.Write(ctx, func(tx *store.Tx) error {
			_, err := history.Append(tx, history.Who{Via: history.System}, history.Event{Action: "claim.withdrawn",
				Object: claims.Object(c.ID), Veil: 7, Before: history.Fields{"state": "open", "round": "2"},
				After: history.Fields{"state": "withdrawn", "round": "2"}})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		x.raised(before...)
	})
}
