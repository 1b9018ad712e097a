package review_test

import (
	"flag"
	"fmt"
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// groundRounds is how often a review and a change of its ground are sent at once; make test-long asks for more.
var groundRounds = flag.Int("ground-rounds", 40, "rounds of a review and a change of its ground at once")

// A review is judged on evidence and origins. Whoever changes them at the same moment waits, or is waited for: a
// decision that stands in the history after an origin was judged with it, so approval does not refuse it.
func TestReviewAndOriginAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{Quorum: new(1)})
		x.origin(x.b, "Council")
		x.origin(x.c, "Radio")
		x.Link(x.claim, x.b, "12 grants", evidence.Supports, evidence.Report)
		x.Link(x.claim, x.c, "12 grants", evidence.Supports, evidence.Report)
		decided, refused := 0, 0
		for range *groundRounds {
			var wait sync.WaitGroup
			ao, _, err := x.Evidence.ArticleOriginOf(roomtest.Ctx(), x.As("editor-1"), x.b.Article.ID)
			if err != nil {
				t.Fatal(err)
			}
			rev, submission := x.As("reviewer-1"), x.submission(independent())
			wait.Add(2)
			var submitErr, originErr error
			go func() {
				defer wait.Done()
				_, _, submitErr = x.Review.Submit(roomtest.Ctx(), rev, submission)
			}()
			go func() {
				defer wait.Done()
				_, originErr = x.Evidence.SetArticleOrigin(roomtest.Ctx(), rev, x.b.Article.ID, "Radio", ao.Version)
			}()
			wait.Wait()
			if originErr != nil {
				t.Fatal(originErr)
			}
			switch {
			case fault.KindOf(submitErr) == fault.Invalid: // the origin was first, and the guard saw it
				refused++
			case submitErr != nil:
				t.Fatal(submitErr)
			default:
				decided++
				err := x.approve(review.IndependentSources)
				if x.seqOf("decision.reached") > x.seqOf("origin.confirmed") && err != nil {
					t.Fatalf("decided after the origin was stated, and approval refuses it: %v", err)
				}
				x.reopen()
			}
			x.origin(x.b, "Council")
		}
		t.Logf("%d decided, %d refused", decided, refused)
		x.Verify()
	})
}

func (x bench) submission(d review.Draft) review.Submission {
	x.T.Helper()
	c, err := x.Claims.Get(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ID)
	if err != nil {
		x.T.Fatal(err)
	}
	items, err := x.Evidence.ForClaim(roomtest.Ctx(), x.As("reviewer-1"), c.ID)
	if err != nil {
		x.T.Fatal(err)
	}
	for _, it := range items {
		d.Evidence = append(d.Evidence, it.ID)
	}
	return review.Submission{ClaimID: c.ID, WordsVersion: c.WordsVersion, Round: c.Round, Draft: d}
}

func (x bench) reopen() {
	x.T.Helper()
	c, err := x.Claims.Get(roomtest.Ctx(), x.As("editor-1"), x.claim.ID)
	if err == nil {
		_, err = x.Review.Reopen(roomtest.Ctx(), x.As("editor-1"), c.ID, c.Version, "once more")
	}
	if err != nil {
		x.T.Fatal(err)
	}
}

// seqOf is the place of the newest event of an action.
func (x bench) seqOf(action string) (seq int64) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Table("events").Select("COALESCE(MAX(seq), 0)").Where("action = ?", action).Scan(&seq).Error
	}); err != nil {
		x.T.Fatal(err)
	}
	return seq
}

// What happens to the ground of a review after it came in makes it stale, whatever the clocks say.
func TestGroundIsComparedByVersions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, change := range map[string]func(x bench) error{
			"an origin stated": func(x bench) error {
				x.origin(x.b, "Radio")
				return nil
			},
			"the claim's own origin stated": func(x bench) error {
				x.origin(x.a, "Gazette")
				return nil
			},
			"an article taken down": func(x bench) error {
				return x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), x.c.Article.ID, x.c.Article.Version,
					"A court asked for it.")
			},
		} {
			x := newBench(t, db, articles.CollectionNew{Name: "Collection of " + name})
			stopped := x.DB.Now() // every Write happens at one moment
			x.DB.SetClock(stopped.Time)
			x.origin(x.b, "Council")
			x.origin(x.c, "Radio")
			x.Link(x.claim, x.b, "12 grants", evidence.Supports, evidence.Report)
			x.Link(x.claim, x.c, "12 grants", evidence.Supports, evidence.Report)
			if _, _, err := x.Submit("reviewer-1", x.claim, independent()); err != nil {
				t.Fatal(err)
			}
			if why := x.mine("reviewer-1").Stale; why != "" {
				t.Errorf("%s: stale before: %s", name, why)
			}
			if err := change(x); err != nil {
				t.Fatal(err)
			}
			if x.mine("reviewer-1").Stale == "" {
				t.Errorf("%s: the review still counts", name)
			}
		}
	})
}

// mineSeen is a person's own review in the present round, and why it is stale.
type mineSeen struct {
	review.Review
	Stale string
}

func (x bench) mine(name string) (out mineSeen) {
	x.T.Helper()
	by := x.As(name).UserID
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		c, err := claims.ByID(r, x.claim.ID)
		if err != nil {
			return err
		}
		w, err := review.WholeOf(r, c, 0)
		for _, rv := range w.Reviews {
			if rv.ReviewerID == by && rv.SupersededAt == nil {
				out = mineSeen{rv, w.Stale[rv.ID]}
			}
		}
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return out
}

// A confidence that nobody stated is not a zero.
func TestConfidenceMayBeMissing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		sub := x.submission(unverified())
		for _, c := range []struct {
			stated *int
			field  string
		}{{nil, ""}, {new(int), "0"}} {
			sub.Confidence = c.stated
			rv, _, err := x.Review.Submit(roomtest.Ctx(), x.As("reviewer-1"), sub)
			if err != nil || (rv.Confidence == nil) != (c.stated == nil) {
				t.Fatalf("%v %v", rv.Confidence, err)
			}
			if got := x.mine("reviewer-1").Confidence; (got == nil) != (c.stated == nil) {
				t.Errorf("kept as %v", got)
			}
			var last []history.Entry
			if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
				last, err = history.List(r, history.Filter{ActionPrefix: "review.submitted", Limit: 1,
					Viewer: history.Viewer{ReadAll: true}})
				return err
			}); err != nil || len(last) != 1 || last[0].After["confidence"] != c.field {
				t.Errorf("the history says %+v, %v", last, err)
			}
		}
		over := 101
		sub.Confidence = &over
		if _, _, err := x.Review.Submit(roomtest.Ctx(), x.As("reviewer-1"), sub); fault.KindOf(err) != fault.Invalid {
			t.Errorf("101: %v", err)
		}
		x.Verify()
	})
}

// An adjudication notes the guards that only advise, and so its approval holds when the collection's rules change.
func TestAdjudicationNotesAdvice(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{Advice: articles.Advice{articles.GuardDisputed}})
		disputed := review.Draft{Verdict: claims.Disputed, Reason: review.Refuted, Rationale: "They deny it."}
		if _, _, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil {
			t.Fatal(err)
		}
		if _, _, err := x.Submit("reviewer-2", x.claim, disputed); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Review.Adjudicate(roomtest.Ctx(), x.As("editor-1"), review.Adjudication{ClaimID: x.claim.ID,
			Round: 1, Draft: disputed}); err != nil {
			t.Fatal(err)
		}
		d := x.decision()
		if fmt.Sprint(d.Advice) != fmt.Sprint(articles.Advice{articles.GuardDisputed}) {
			t.Errorf("advice: %v", d.Advice)
		}
		x.Collection.Advice = nil
		if _, err := x.Articles.SetRules(roomtest.Ctx(), x.As("admin-1"), x.Collection); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Review.Approve(roomtest.Ctx(), x.As("editor-2"), review.Approval{ClaimID: x.claim.ID,
			Version: d.Version, Reason: review.Refuted, Explanation: "They deny it."}); err != nil {
			t.Error(err)
		}
		x.Verify()
	})
}
