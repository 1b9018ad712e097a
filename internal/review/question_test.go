package review_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/notices"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func disputing() review.Draft {
	return review.Draft{Verdict: claims.Disputed, Reason: review.Refuted, Rationale: "They deny it."}
}

// conflict is a claim on which reviewer-1 (unverified) and reviewer-2 (disputed) disagree.
func conflict(t *testing.T, db *store.DB) (bench, claims.Claim) {
	t.Helper()
	x := newBench(t, db, articles.CollectionNew{Advice: articles.Advice{articles.GuardDisputed}})
	if _, _, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil {
		t.Fatal(err)
	}
	_, c, err := x.Submit("reviewer-2", x.claim, disputing())
	if err != nil || c.State != claims.InConflict {
		t.Fatalf("%s, %v", c.State, err)
	}
	return x, c
}

// letterOf is the letter under which an adjudicator sees the review with a verdict.
func (x bench) letterOf(t *testing.T, c claims.Claim, v claims.Verdict) string {
	t.Helper()
	seen, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, rv := range seen.Standing() {
		if rv.Verdict == v {
			return rv.Letter
		}
	}
	t.Fatalf("no review says %s", v)
	return ""
}

func (x bench) questions(t *testing.T, name string, c claims.Claim) []desk.QuestionSeen {
	t.Helper()
	seen, err := x.Desk.Reviewing(roomtest.Ctx(), x.As(name), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	return seen.Present().Questions
}

func (x bench) noticed(t *testing.T, name string, kind notices.Kind) (n int) {
	t.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		all, err := notices.Of(r, x.As(name).UserID, notices.For(x.Policy, x.As(name)), "", 50)
		for _, told := range all {
			if told.Kind == kind {
				n++
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func (x bench) sentBack(t *testing.T, name string, c claims.Claim) (out []review.Question) {
	t.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = review.SentBack(r, x.As(name).UserID, c.CollectionID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSendBack: the question goes to one reviewer alone, the answer to whoever decides; the claim stays in conflict, no
// review changes, and once it is decided the exchange can be read by everybody who reads the round.
func TestSendBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x, c := conflict(t, db)
		ctx := roomtest.Ctx()
		ask := review.Asking{ClaimID: c.ID, Round: c.Round, Letter: x.letterOf(t, c, claims.Unverified),
			Question: " Which minutes? "}
		typed := func(who string, form claims.Form) *claims.Typed {
			x.claim = c
			return x.typedIn(who, form)
		}
		typed("editor-1", claims.QuestionForm)
		_, kept := x.typesIn("editor-1", claims.QuestionForm, 0, "question", "Which")
		_, decides := x.typesIn("editor-1", claims.AdjudicationForm, 0, "rationale", "Half")
		_, answers := x.typesIn("reviewer-1", claims.AnswerForm, 0, "answer", "Those")
		if err := errors.Join(kept, decides, answers); err != nil {
			t.Fatal(err)
		}
		after, err := x.Review.SendBack(ctx, x.As("editor-1"), ask)
		if typed("editor-1", claims.QuestionForm).SentAt == nil || typed("editor-1",
			claims.AdjudicationForm).SentAt != nil || typed("reviewer-1", claims.AnswerForm).SentAt != nil {
			t.Error("asking erased another draft than the question's, or not that")
		}
		if err != nil || after.State != claims.InConflict || after.Version != c.Version {
			t.Fatalf("%+v, %v", after, err)
		}
		for name, n := range map[string]int{"reviewer-1": 1, "reviewer-2": 0, "editor-2": 1, "auditor-1": 1} {
			if got := x.questions(t, name, c); len(got) != n {
				t.Errorf("%s sees %d questions, not %d", name, len(got), n)
			} else if n == 1 && (got[0].Question.Question != "Which minutes?" || got[0].Letter != ask.Letter) {
				t.Errorf("%s sees %+v", name, got[0])
			}
		}
		if q := x.questions(t, "editor-2", c)[0]; q.ReviewerID != 0 || q.AskedBy != 0 {
			t.Errorf("another editor sees who is asked (%d) and who asks (%d)", q.ReviewerID, q.AskedBy)
		}
		if len(x.sentBack(t, "reviewer-1", c)) != 1 || len(x.sentBack(t, "reviewer-2", c)) != 0 {
			t.Error("it does not wait for the one whom it was put to, or waits for another")
		}
		if _, err := x.Review.SendBack(ctx, x.As("editor-2"), ask); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second question before the first is answered: %v", err)
		}
		for name, n := range map[string]int{"reviewer-1": 1, "reviewer-2": 0, "editor-2": 0} {
			if got := x.noticed(t, name, notices.SentBack); got != n {
				t.Errorf("%s has %d notices of a question, not %d", name, got, n)
			}
		}
		public := x.questions(t, "reviewer-1", c)[0].Public
		if _, err := x.Review.Answer(ctx, x.As("reviewer-2"), c.ID, public, "Mine."); fault.KindOf(
			err) != fault.NotFound {
			t.Errorf("another answers: %v", err)
		}
		if _, err := x.Review.Answer(ctx, x.As("reviewer-1"), c.ID, public, "Those of May."); err != nil {
			t.Fatal(err)
		}
		if typed("reviewer-1", claims.AnswerForm).SentAt == nil {
			t.Error("the draft of an answer outlives it")
		}
		if _, err := x.Review.Answer(ctx, x.As("reviewer-1"), c.ID, public, "Of June."); fault.KindOf(
			err) != fault.Conflict {
			t.Errorf("answered twice: %v", err)
		}
		if q := x.questions(t, "editor-1", c)[0]; q.Answer != "Those of May." || q.Waits {
			t.Errorf("the adjudicator reads %+v", q)
		}
		if len(x.sentBack(t, "reviewer-1", c)) != 0 {
			t.Error("it waits although it was answered")
		}
		if x.noticed(t, "editor-1", notices.Answered) != 1 || x.noticed(t, "editor-2", notices.Answered) != 0 {
			t.Error("who asked is not told of the answer, or another is")
		}
		if _, err := x.Review.Adjudicate(ctx, x.As("editor-2"), review.Adjudication{ClaimID: c.ID, Round: c.Round,
			Draft: disputing()}); err != nil {
			t.Fatal(err)
		}
		if q := x.questions(t, "reviewer-2", c); len(q) != 1 || q[0].ReviewerID != x.As("reviewer-1").UserID {
			t.Errorf("after the decision a reader sees %+v", q)
		}
		x.Verify()
		if err := db.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE review_questions SET answer = 'None.'").Error
		}); err != nil {
			t.Fatal(err)
		}
		if x.Differs() == 0 {
			t.Error("the audit does not find an answer that was changed behind the history")
		}
	})
}

// TestSendBackRefuses: each with what is wrong; nothing is asked.
func TestSendBackRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x, c := conflict(t, db)
		ctx := roomtest.Ctx()
		good := review.Asking{ClaimID: c.ID, Round: c.Round, Letter: "A", Question: "Which?"}
		for name, bad := range map[string]struct {
			as     string
			change func(*review.Asking)
			kind   fault.Kind
		}{
			"nothing asked": {"editor-1", func(a *review.Asking) { a.Question = " \n" }, fault.Invalid},
			"too much": {"editor-1", func(a *review.Asking) { a.Question = strings.Repeat("x", 2001) },
				fault.Invalid},
			"no such letter":   {"editor-1", func(a *review.Asking) { a.Letter = "Z" }, fault.Invalid},
			"another round":    {"editor-1", func(a *review.Asking) { a.Round = 7 }, fault.Conflict},
			"a reviewer":       {"reviewer-1", func(*review.Asking) {}, fault.Forbidden},
			"a direction mark": {"editor-1", func(a *review.Asking) { a.Question = "a\u202eb" }, fault.Invalid},
		} {
			a := good
			bad.change(&a)
			if _, err := x.Review.SendBack(ctx, x.As(bad.as), a); fault.KindOf(err) != bad.kind {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := x.Count("review_questions"); n != 0 {
			t.Errorf("%d questions were kept", n)
		}
		if _, err := x.Review.SendBack(ctx, x.As("editor-1"), good); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Review.Reopen(ctx, x.As("editor-1"), c.ID, c.Version, "again"); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"reviewer-1", "reviewer-2"} {
			if len(x.sentBack(t, name, c)) != 0 {
				t.Error("a question waits although its conflict was left")
			}
		}
		x.Verify()
	})
}

// TestRationaleOnlyAgainstAll: a verdict that a standing review gave needs no words, another does.
func TestRationaleOnlyAgainstAll(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x, c := conflict(t, db)
		item := x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		decide := func(d review.Draft) error {
			_, err := x.Review.Adjudicate(roomtest.Ctx(), x.As("editor-1"), review.Adjudication{ClaimID: c.ID,
				Round: c.Round, Draft: d, Causes: []review.Cause{review.Judgement, review.Guideline}})
			return err
		}
		err := decide(review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument,
			Evidence: []evidence.ID{item.ID}})
		if f, _ := fault.As(err); fault.KindOf(err) != fault.Invalid || !slices.ContainsFunc(f.Fields,
			func(f fault.Field) bool { return f.Name == "rationale" }) {
			t.Errorf("against all, without a word: %v", err)
		}
		d := disputing()
		d.Rationale = ""
		if err := decide(d); err != nil {
			t.Errorf("as one of them, without a word: %v", err)
		}
	})
}

// TestResolvedSince tells each reviewer of a conflict that was decided otherwise than they said, and nobody else.
func TestResolvedSince(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x, c := conflict(t, db)
		if _, err := x.Review.Adjudicate(roomtest.Ctx(), x.As("editor-1"), review.Adjudication{ClaimID: c.ID,
			Round: c.Round, Draft: disputing()}); err != nil {
			t.Fatal(err)
		}
		of := func(user auth.UserID) (out []review.Resolved) {
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
				out, err = review.ResolvedSince(r, user, c.CollectionID, 0, 10)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return out
		}
		if got := of(x.As("reviewer-1").UserID); len(got) != 1 || got[0].Own != claims.Unverified ||
			got[0].Verdict != claims.Disputed || got[0].ClaimID != c.ID {
			t.Errorf("who said otherwise reads %+v", got)
		}
		for _, name := range []string{"reviewer-2", "editor-1"} {
			if got := of(x.As(name).UserID); len(got) != 0 {
				t.Errorf("%s reads %+v", name, got)
			}
		}
		seen, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("reviewer-1"), c.ID)
		if own, otherwise := seen.Present().Otherwise(); err != nil || !otherwise || own.Verdict != claims.Unverified {
			t.Errorf("on the claim: %+v %t %v", own, otherwise, err)
		}
	})
}
