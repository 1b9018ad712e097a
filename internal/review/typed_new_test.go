package review_test

import (
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// begins keeps what somebody has typed as a new claim of the claim's own article.
func (x bench) begins(name, began string, base int64, field, words string) (claims.TypedNew, error) {
	x.T.Helper()
	return x.Review.KeepTypedNew(roomtest.Ctx(), x.As(name), claims.TypedNew{ArticleID: x.claim.ArticleID, Began: began,
		Version: base, Fields: claims.TypedFields{field: {words}}})
}

// begun reads it.
func (x bench) begun(name, began string) (out *claims.TypedNew) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		a, err := articles.ByID(r, x.claim.ArticleID)
		if err != nil {
			return err
		}
		out, err = review.TypedNewOf(r, x.As(name).UserID, a, began)
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return out
}

func TestANewClaimIsKeptUntilItIsSent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		events := x.Count("events")
		one, err := x.begins("reviewer-1", "0-5", 0, "statement", "Half a")
		if err != nil || one.Version == 0 {
			t.Fatalf("%+v, %v", one, err)
		}
		if _, err := x.begins("reviewer-1", "0-5", 0, "statement", "Another tab"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("another tab overwrote it: %v", err)
		}
		if _, err := x.begins("reviewer-1", "1-5", 0, "statement", "Other words"); err != nil {
			t.Errorf("begun with other words: %v", err)
		}
		if x.begun("reviewer-2", "0-5") != nil || x.Count("events") != events {
			t.Error("somebody else has it, or the history")
		}
		w := claims.Words{Span: x.claim.Span, Statement: "A whole one.", Kind: claims.Fact}
		if _, err := x.Claims.CreateTyped(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ArticleID, x.claim.RevisionID, w,
			"0-5"); err != nil {
			t.Fatal(err)
		}
		sent := x.begun("reviewer-1", "0-5")
		if sent == nil || sent.SentAt == nil || len(sent.Fields) != 0 {
			t.Fatalf("after it was sent: %+v", sent)
		}
		_, err = x.begins("reviewer-1", "0-5", one.Version, "statement", "Half a late")
		f, _ := fault.As(err)
		if late, ok := f.Detail.(review.FormSent); !ok || late.Version != sent.Version {
			t.Errorf("a late saving: %v", err)
		}
		if other := x.begun("reviewer-1", "1-5"); other == nil || other.Fields.One("statement") != "Other words" {
			t.Errorf("the one begun with other words: %+v", other)
		}
		if err := x.Review.DiscardTypedNew(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ArticleID, "1-5"); err != nil ||
			x.begun("reviewer-1", "1-5") != nil {
			t.Errorf("discarded: %v", err)
		}
		for _, c := range []struct {
			who, began, field, words string
			want                     fault.Kind
		}{
			{"auditor-1", "0-5", "statement", "x", fault.Forbidden},
			{"reviewer-1", "soon", "statement", "x", fault.NotFound},
			{"reviewer-1", "2-5", "verdict", "x", fault.Invalid},
			{"reviewer-1", "2-5", "statement", strings.Repeat("x", 10001), fault.Invalid},
		} {
			if _, err := x.begins(c.who, c.began, 0, c.field, c.words); fault.KindOf(err) != c.want {
				t.Errorf("%+v: %v", c, err)
			}
		}
	})
}

// TestANewClaimForgetsAndGoes: words of a text that is taken down go, and all of it 30 days after the role was lost.
func TestANewClaimForgetsAndGoes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		if _, err := x.begins("reviewer-1", "0-5", 0, "statement",
			"“12 grants were approved. The opposition denies that.” My own."); err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		db.SetClock(func() time.Time { return now })
		if err := x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), x.b.Article.ID, x.b.Article.Version,
			"court order"); err != nil {
			t.Fatal(err)
		}
		if got := x.begun("reviewer-1", "0-5").Fields.One("statement"); strings.Contains(got, "grants") ||
			!strings.Contains(got, "My own.") {
			t.Errorf("after a text was taken down: %q", got)
		}
		me := x.As("reviewer-1")
		if err := x.Auth.RevokeRole(roomtest.Ctx(), x.As("admin-1"), me.UserID, auth.Reviewer, me.Grants[0].Collection,
			"left"); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			days int
			kept bool
		}{{0, true}, {29, true}, {2, false}} {
			now = now.AddDate(0, 0, step.days)
			if err := x.Review.SweepTypedNew(roomtest.Ctx()); err != nil {
				t.Fatal(err)
			}
			if has := x.begun("reviewer-1", "0-5") != nil; has != step.kept {
				t.Errorf("%d days later it is there: %v", step.days, has)
			}
		}
	})
}
