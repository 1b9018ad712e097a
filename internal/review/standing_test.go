package review_test

import (
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

func primary() review.Draft {
	return review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument}
}

func independent() review.Draft {
	return review.Draft{Verdict: claims.Corroborated, Reason: review.IndependentSources}
}

// decision reads the decision of the claim's present round.
func (x bench) decision() review.Decision {
	x.T.Helper()
	v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), x.claim.ID)
	if err != nil || len(v.Rounds) == 0 || v.Rounds[0].Decision == nil {
		x.T.Fatalf("no decision: %v %+v", err, v)
	}
	return *v.Rounds[0].Decision
}

func (x bench) approve(reason review.Reason) error {
	x.T.Helper()
	_, err := x.Review.Approve(roomtest.Ctx(), x.As("editor-1"), review.Approval{ClaimID: x.claim.ID,
		Version: x.decision().Version, Reason: reason, Explanation: "As found."})
	return err
}

func TestAStaleReviewGivesNoReasonToPrint(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		x.origin(x.b, "Council")
		x.origin(x.c, "Radio")
		doc := x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		if _, _, err := x.Submit("reviewer-1", x.claim, primary()); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Evidence.Unlink(roomtest.Ctx(), x.As("reviewer-2"), doc.ID, doc.Version,
			"another year"); err != nil {
			t.Fatal(err)
		}
		x.Link(x.claim, x.b, "12 grants", evidence.Supports, evidence.Report)
		x.Link(x.claim, x.c, "12 grants", evidence.Supports, evidence.Report)
		for _, name := range []string{"reviewer-2", "editor-2"} {
			if _, _, err := x.Submit(name, x.claim, independent()); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.approve(review.PrimaryDocument); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a reason that only a stale review gave is printed: %v", err)
		}
		if err := x.approve(review.IndependentSources); err != nil {
			t.Errorf("the reason that was counted: %v", err)
		}
		x.Verify()
	})
}

func TestApprovalWeighsTheEvidenceAgain(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(x bench){
		"one origin after all": func(x bench) { x.origin(x.c, "Council") },
		"taken down": func(x bench) {
			if err := x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), x.c.Article.ID, x.c.Article.Version,
				"court order"); err != nil {
				x.T.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				x := newBench(t, db, articles.CollectionNew{})
				x.origin(x.b, "Council")
				x.origin(x.c, "Radio")
				x.Link(x.claim, x.b, "12 grants", evidence.Supports, evidence.Report)
				x.Link(x.claim, x.c, "12 grants", evidence.Supports, evidence.Report)
				for _, name := range []string{"reviewer-1", "reviewer-2"} {
					if _, _, err := x.Submit(name, x.claim, independent()); err != nil {
						t.Fatal(err)
					}
				}
				spoil(x)
				if err := x.approve(review.IndependentSources); fault.KindOf(err) != fault.Conflict {
					t.Errorf("the decision is printed all the same: %v", err)
				}
			})
		})
	}
}

func TestAReviewStaysStaleWhenWhatOpposedItIsGoneAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		if _, _, err := x.Submit("reviewer-1", x.claim, primary()); err != nil {
			t.Fatal(err)
		}
		no := x.Link(x.claim, x.c, "12 grants on Monday", evidence.Refutes, evidence.Report)
		if _, err := x.Evidence.Unlink(roomtest.Ctx(), x.As("reviewer-2"), no.ID, no.Version,
			"wrong stance"); err != nil {
			t.Fatal(err)
		}
		q, err := x.Review.Queue(roomtest.Ctx(), x.As("reviewer-1"), review.QueueFilter{Collection: x.Collection.ID})
		if err != nil || len(q.Entries) != 1 || q.Entries[0].Why != "evidence_changed" {
			t.Fatalf("the round waits for nobody: %v %+v", err, q.Entries)
		}
	})
}

// TestWhatWasGoneBeforeAReviewDoesNotMakeItStale: an item that was unlinked before somebody wrote their review was
// known to be gone, though nothing else is linked.
func TestWhatWasGoneBeforeAReviewDoesNotMakeItStale(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{Quorum: new(1)})
		gone := x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		if _, err := x.Evidence.Unlink(roomtest.Ctx(), x.As("reviewer-2"), gone.ID, gone.Version, ""); err != nil {
			t.Fatal(err)
		}
		if _, c, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil || c.State != claims.Decided {
			t.Errorf("the claim is %s, %v", c.State, err)
		}
	})
}

// TestEndingAnOpenClaimShowsNothing: who withdraws a claim does not read what others said of it; its author and
// auditors do.
func TestEndingAnOpenClaimShowsNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		if _, _, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Claims.Withdraw(roomtest.Ctx(), x.As("reviewer-2"), x.claim.ID, x.claim.Version,
			"said twice"); err != nil {
			t.Fatal(err)
		}
		for who, reads := range map[string]int{"reviewer-2": 0, "editor-1": 0, "reviewer-1": 1, "auditor-1": 1} {
			v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As(who), x.claim.ID)
			if err != nil || len(v.Rounds) != reads || reads == 1 && len(v.Rounds[0].Reviews) != 1 {
				t.Errorf("%s reads %+v: %v", who, v.Rounds, err)
			}
		}
		x.Verify()
	})
}

func TestTheArticlesOwnPageIsNoEvidence(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "The council approved 12 grants.", Lang: "en",
			URL: "https://gazette.example/grants"})
		c := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
		if _, err := w.Evidence.Link(roomtest.Ctx(), w.As("reviewer-1"), evidence.Link{
			ClaimID: c.ID, URL: "http://www.GAZETTE.example/grants/#top", Exact: "12 grants", ReadOn: "2026-01-02",
			Stance: evidence.Supports, Kind: evidence.PrimaryDocument,
		}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Submit("reviewer-1", c, primary()); fault.KindOf(err) != fault.Invalid {
			t.Errorf("the claim's own page carries it: %v", err)
		}
	})
}

func TestTheSameWordsLeaveReviewsStanding(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		if _, _, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil {
			t.Fatal(err)
		}
		same := claims.Words{Statement: x.claim.Statement, Attribution: x.claim.Attribution, Hedge: x.claim.Hedge,
			Kind: "background"}
		c, err := x.Claims.Edit(roomtest.Ctx(), x.As("reviewer-2"), x.claim.ID, 1, same, false)
		if err != nil || c.WordsVersion != 1 || c.Kind != "background" {
			t.Fatalf("Edit = %+v, %v", c, err)
		}
		v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ID)
		if err != nil || v.Mine == nil || v.Mine.Stale != "" {
			t.Errorf("the review is stale: %v %+v", err, v.Mine)
		}
		x.Verify()
	})
}

func TestTimesAreInTheHistory(t *testing.T) {
	t.Parallel()
	for table, column := range map[string]string{"reviews": "submitted_at", "article_origins": "confirmed_at",
		"evidence": "linked_at", "review_rounds": "opened_at", "claims": "opened_at", "articles": "added_at"} {
		t.Run(table, func(t *testing.T) {
			db := storetest.SQLite(t)
			x := newBench(t, db, articles.CollectionNew{})
			x.origin(x.b, "Council")
			x.Link(x.claim, x.b, "12 grants", evidence.Context, evidence.Report)
			if _, _, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil {
				t.Fatal(err)
			}
			x.Verify()
			if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
				return tx.Gorm().Exec("UPDATE " + table + " SET " + column + " = 7").Error
			}); err != nil {
				t.Fatal(err)
			}
			if x.Differs() == 0 {
				t.Errorf("a changed %s.%s goes unseen", table, column)
			}
		})
	}
}

func TestReopeningAConflictLetsItBeRead(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		if _, _, err := x.Submit("reviewer-1", x.claim, primary()); err != nil {
			t.Fatal(err)
		}
		_, c, err := x.Submit("reviewer-2", x.claim, unverified())
		if err != nil || c.State != claims.InConflict {
			t.Fatalf("%s, %v", c.State, err)
		}
		if _, err := x.Review.Reopen(roomtest.Ctx(), x.As("editor-1"), c.ID, c.Version, "split it first"); err != nil {
			t.Fatal(err)
		}
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			seen, err := history.List(r, history.Filter{ActionPrefix: "review.submitted"})
			if err == nil && len(seen) != 2 {
				t.Errorf("%d of 2 reviews can be read", len(seen))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		x.Verify()
	})
}
