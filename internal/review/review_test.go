package review_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/text"
)

const (
	first  = "The council approved 12 grants on Monday. The mayor said the budget will grow."
	second = "Minutes of the council: 12 grants were approved. The opposition denies that."
	third  = "A radio station also counted 12 grants on Monday."
)

type bench struct {
	*roomtest.World
	a, b, c articles.Imported
	claim   claims.Claim
}

func newBench(t *testing.T, db *store.DB, rules articles.CollectionNew) bench {
	w := roomtest.New(t, db, rules)
	x := bench{World: w}
	x.a = w.Article(articles.Import{Raw: first, Source: "Gazette", Lang: "en"})
	x.b = w.Article(articles.Import{Raw: second, Source: "Council", Lang: "en"})
	x.c = w.Article(articles.Import{Raw: third, Source: "Radio", Lang: "en"})
	x.claim = w.Claim(x.a, "The council approved 12 grants on Monday", "The council approved 12 grants on Monday.")
	return x
}

func (x bench) origin(a articles.Imported, name string) {
	x.T.Helper()
	ao, _, err := x.Evidence.ArticleOriginOf(roomtest.Ctx(), x.As("reviewer-1"), a.Article.ID)
	if err != nil {
		x.T.Fatal(err)
	}
	if _, err := x.Evidence.SetArticleOrigin(roomtest.Ctx(), x.As("reviewer-1"), a.Article.ID, name,
		ao.Version); err != nil {
		x.T.Fatal(err)
	}
}

func unverified() review.Draft {
	return review.Draft{Verdict: claims.Unverified, Reason: review.SingleOrigin, Searched: "Both articles."}
}

func TestLoopDecidesByTheRule(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		d := review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument,
			Rationale: "The minutes say so."}
		if _, c, err := x.Submit("reviewer-1", x.claim, d); err != nil || c.State != claims.Open {
			t.Fatalf("first review: %v, %s", err, c.State)
		}
		_, c, err := x.Submit("reviewer-2", x.claim, d)
		if err != nil || c.State != claims.Decided || c.Verdict != claims.Corroborated ||
			c.Reason != review.PrimaryDocument {
			t.Fatalf("second review: %v, %+v", err, c)
		}
		v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), c.ID)
		if err != nil || len(v.Rounds) != 1 || len(v.Rounds[0].Reviews) != 2 || v.Rounds[0].Decision == nil {
			t.Fatalf("a closed round is not there for its readers: %v %+v", err, v)
		}
		ap := review.Approval{ClaimID: c.ID, Version: v.Rounds[0].Decision.Version, Reason: review.PrimaryDocument,
			Explanation: "The minutes record twelve grants."}
		c, err = x.Review.Approve(roomtest.Ctx(), x.As("editor-1"), ap)
		if err != nil || c.State != claims.Approved {
			t.Fatalf("approve: %v, %s", err, c.State)
		}
		c, err = x.Review.Reopen(roomtest.Ctx(), x.As("editor-2"), c.ID, c.Version, "The minutes were corrected.")
		if err != nil || c.State != claims.Open || c.Round != 2 || c.Verdict != "" {
			t.Fatalf("reopen: %v, %+v", err, c)
		}
		x.Verify()
	})
}

func TestConflictIsAdjudicatedByAnEditorWhoDidNotReview(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		if _, _, err := x.Submit("editor-1", x.claim, review.Draft{Verdict: claims.Corroborated,
			Reason: review.PrimaryDocument}); err != nil {
			t.Fatal(err)
		}
		_, c, err := x.Submit("reviewer-2", x.claim, unverified())
		if err != nil || c.State != claims.InConflict {
			t.Fatalf("two verdicts: %v, %s", err, c.State)
		}
		ad := review.Adjudication{ClaimID: c.ID, Round: c.Round, Draft: unverified(), Causes: []review.Cause{"edge"}}
		ad.Rationale = "One origin only."
		if _, err := x.Review.Adjudicate(roomtest.Ctx(), x.As("editor-1"), ad); fault.KindOf(err) != fault.Forbidden {
			t.Fatalf("a reviewer of the round adjudicates: %v", err)
		}
		if c, err = x.Review.Adjudicate(roomtest.Ctx(), x.As("editor-2"), ad); err != nil || c.State != claims.Decided {
			t.Fatalf("adjudicate: %v", err)
		}
		v, _ := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-2"), c.ID)
		ap := review.Approval{ClaimID: c.ID, Version: v.Rounds[0].Decision.Version, Reason: review.SingleOrigin,
			Explanation: "One origin."}
		if _, err := x.Review.Approve(roomtest.Ctx(), x.As("editor-2"), ap); fault.KindOf(err) != fault.Forbidden {
			t.Fatalf("the adjudicator approves: %v", err)
		}
		if _, err := x.Review.Approve(roomtest.Ctx(), x.As("editor-1"), ap); err != nil {
			t.Fatal(err)
		}
		x.Verify()
	})
}

func TestOpenRoundIsBlind(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{Quorum: new(3)})
		if _, _, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			who  string
			want int
		}{{"reviewer-1", 1}, {"reviewer-2", 0}, {"editor-1", 0}, {"auditor-1", 1}} {
			v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As(c.who), x.claim.ID)
			if err != nil {
				t.Fatal(err)
			}
			seen := 0
			for _, rd := range v.Rounds {
				seen += len(rd.Reviews)
			}
			if seen != c.want || c.want == 0 && (len(v.Rounds) != 1 || !v.Rounds[0].Unknown) {
				t.Errorf("%s sees %d reviews in %d rounds of an open round, want %d", c.who, seen, len(v.Rounds),
					c.want)
			}
		}
		// Numbers are given in order: those of one's own review in an open round would tell how many came before.
		mine, _, err := x.Submit("reviewer-2", x.claim, unverified())
		if err != nil {
			t.Fatal(err)
		}
		v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("reviewer-2"), x.claim.ID)
		if err != nil || len(v.Rounds) != 1 || v.Mine == nil {
			t.Fatalf("one's own review is not there: %v %+v", err, v)
		}
		if v.Mine.Letter != "" {
			t.Errorf("one's own review in an open round has the letter %s", v.Mine.Letter)
		}
		if mine.Public != "" || v.Mine.Public != "" || v.Rounds[0].Public != "" || v.Rounds[0].Quorum != 0 {
			t.Errorf("one's own review in an open round has a name, or the round its rules: %+v", v.Rounds[0])
		}
		for name, n := range map[string]int64{"submitted": int64(mine.ID), "its round": int64(mine.RoundID),
			"seen": int64(v.Mine.ID), "seen round": int64(v.Mine.RoundID), "round": int64(v.Rounds[0].ID),
			"opened": int64(v.Rounds[0].OpenedAt)} {
			if n != 0 {
				t.Errorf("%s carries the number %d", name, n)
			}
		}
		q, err := x.Review.Queue(roomtest.Ctx(), x.As("editor-1"), review.QueueFilter{Collection: x.Collection.ID})
		if err != nil || len(q.Entries) != 1 || q.Entries[0].Why != "to_review" || q.Entries[0].Mine != nil {
			t.Errorf("the queue tells of another's review: %v %+v", err, q.Entries)
		}
	})
}

func TestSubmitConflicts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		item := x.Link(x.claim, x.b, "12 grants were approved", evidence.Context, evidence.Report)
		sub := review.Submission{ClaimID: x.claim.ID, WordsVersion: x.claim.WordsVersion, Round: 1, Draft: unverified()}
		_, err := x.Claims.Edit(roomtest.Ctx(), x.As("reviewer-2"), x.claim.ID, 1,
			claims.Words{Statement: "The council approved twelve grants."}, false)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = x.Review.Submit(roomtest.Ctx(), x.As("reviewer-1"), sub)
		f, _ := fault.As(err)
		both, ok := f.Detail.(claims.Changed)
		if f == nil || f.Kind != fault.Conflict || !ok || both.WasStatement() == both.Now.Statement ||
			both.WasStatement() == "" {
			t.Fatalf("words changed under a review: %v", err)
		}
		sub.WordsVersion, sub.Round = 2, 2
		if _, _, err = x.Review.Submit(roomtest.Ctx(), x.As("reviewer-1"), sub); fault.KindOf(err) != fault.Conflict {
			t.Fatalf("another round: %v", err)
		}
		sub.Round, sub.Evidence = 1, []evidence.ID{item.ID}
		if _, err := x.Evidence.Unlink(roomtest.Ctx(), x.As("reviewer-2"), item.ID, item.Version,
			"wrong passage"); err != nil {
			t.Fatal(err)
		}
		if _, _, err = x.Review.Submit(roomtest.Ctx(), x.As("reviewer-1"), sub); fault.KindOf(err) != fault.Conflict ||
			!strings.Contains(fault.Message(err), fmt.Sprintf("#%d", item.ID)) {
			t.Fatalf("a named item is gone: %v", err)
		}
		x.Verify()
	})
}

func TestStaleReviewsLeaveTheQuorum(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		spoil func(x bench)
	}{
		{"words changed", func(x bench) {
			if _, err := x.Claims.Edit(roomtest.Ctx(), x.As("reviewer-2"), x.claim.ID, 1,
				claims.Words{Statement: "Twelve grants were approved."}, false); err != nil {
				x.T.Fatal(err)
			}
		}},
		{"opposing evidence", func(x bench) {
			x.Link(x.claim, x.c, "12 grants on Monday", evidence.Refutes, evidence.Report)
		}},
		{"origin stated", func(x bench) { x.origin(x.b, "The council itself") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				x := newBench(t, db, articles.CollectionNew{})
				x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
				d := review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument}
				if _, _, err := x.Submit("reviewer-1", x.claim, d); err != nil {
					t.Fatal(err)
				}
				c.spoil(x)
				d.Rationale = "The refuting passage does not stand: #1 #2 #3."
				_, after, err := x.Submit("reviewer-2", x.claim, d)
				if err != nil || after.State != claims.Open {
					t.Fatalf("a stale review counted: %v, %s", err, after.State)
				}
				v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ID)
				if err != nil || v.Mine == nil || v.Mine.Stale == "" {
					t.Fatalf("the reviewer is not told: %v %+v", err, v.Mine)
				}
				if _, after, err = x.Submit("reviewer-1", x.claim, d); err != nil || after.State != claims.Decided {
					t.Fatalf("after reviewing again: %v, %s", err, after.State)
				}
				x.Verify()
			})
		})
	}
}

func TestTwentyRacingEdits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		for version := int64(1); version <= 3; version++ {
			won, lost := race(20, func(i int) error {
				_, err := x.Claims.Edit(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ID, version,
					claims.Words{Statement: fmt.Sprintf("Wording %d of version %d.", i, version)}, false)
				return err
			})
			if won != 1 || lost[fault.Conflict] != 19 {
				t.Fatalf("version %d: %d won, %v lost", version, won, lost)
			}
		}
		x.Verify()
	})
}

func TestTwentyReviewersOneDecision(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{Quorum: new(20)})
		people := make([]auth.Actor, 20)
		for i := range people {
			name := fmt.Sprintf("crowd-%d", i)
			u, err := x.Auth.CreateUser(roomtest.Ctx(), x.As("admin-1"), auth.NewUser{Name: name, Display: name})
			if err != nil {
				t.Fatal(err)
			}
			if err := x.Auth.GrantRole(roomtest.Ctx(), x.As("admin-1"), u.ID, auth.Reviewer,
				x.Collection.ID); err != nil {
				t.Fatal(err)
			}
			people[i] = x.As(name)
		}
		won, lost := race(20, func(i int) error {
			_, _, err := x.Review.Submit(roomtest.Ctx(), people[i], review.Submission{ClaimID: x.claim.ID,
				WordsVersion: 1, Round: 1, Draft: unverified()})
			return err
		})
		if won != 20 {
			t.Fatalf("%d accepted, %v refused", won, lost)
		}
		v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), x.claim.ID)
		if err != nil || v.Claim.State != claims.Decided || len(v.Rounds) != 1 || len(v.Rounds[0].Reviews) != 20 {
			t.Fatalf("after twenty reviews: %v %s", err, v.Claim.State)
		}
		x.Verify()
	})
}

func race(n int, do func(i int) error) (won int, lost map[fault.Kind]int) {
	errs := make(chan error, n)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-start
			errs <- do(i)
		})
	}
	close(start)
	wg.Wait()
	close(errs)
	lost = map[fault.Kind]int{}
	for err := range errs {
		if err == nil {
			won++
		} else {
			lost[fault.KindOf(err)]++
		}
	}
	return won, lost
}

func TestOffsetsSurviveEmojiBOMAndCRLF(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		raw := "\ufeff👩‍👩‍👧 arrived.\r\n𠮷野家 opened 3 shops in 2021.\r\n"
		a := w.Article(articles.Import{Raw: raw, Lang: "en"})
		if a.Revision.CodePoints != len([]rune(raw)) || a.Revision.Raw != raw {
			t.Fatalf("the raw text was altered: %d code points", a.Revision.CodePoints)
		}
		exact := "𠮷野家 opened 3 shops"
		c := w.Claim(a, exact, "Yoshinoya opened 3 shops in 2021.")
		if got := []rune(raw)[c.Start:c.End]; string(got) != exact || c.Exact != exact {
			t.Fatalf("span %d–%d cuts %q", c.Start, c.End, string(got))
		}
		_, err := w.Claims.Create(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, a.Revision.ID,
			claims.Words{Span: text.Span{Start: 0, End: 9999}, Statement: "x"})
		if fault.KindOf(err) != fault.Invalid {
			t.Fatalf("a span outside the text: %v", err)
		}
		_, err = w.Claims.Create(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, a.Revision.ID,
			claims.Words{Span: text.Span{Start: c.Start + 1, End: c.End + 1}, Exact: exact, Statement: "x"})
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), exact) {
			t.Fatalf("a quotation that is not at its span: %v", err)
		}
	})
}
