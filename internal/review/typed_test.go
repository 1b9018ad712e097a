package review_test

import (
	"strings"
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

// typesIn keeps what somebody has typed in a form.
func (x bench) typesIn(name string, form claims.Form, base int64, field, words string) (claims.Typed, error) {
	x.T.Helper()
	return x.Review.KeepTyped(roomtest.Ctx(), x.As(name), claims.Typed{ClaimID: x.claim.ID, Form: form, Version: base,
		Fields: claims.TypedFields{field: {words}}})
}

// typedIn reads what somebody has typed in a form.
func (x bench) typedIn(name string, form claims.Form) (out *claims.Typed) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		c, err := claims.ByID(r, x.claim.ID)
		if err != nil {
			return err
		}
		out, err = review.TypedOf(r, x.As(name).UserID, c, form)
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return out
}

func TestTypedIsErasedWhenSent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		me := x.As("reviewer-1")
		if _, err := x.Claims.SetGloss(roomtest.Ctx(), x.As("editor-1"), x.claim.ID, "de", "Zwölf.", 0); err != nil {
			t.Fatal(err)
		}
		for _, x1 := range []struct {
			form  claims.Form
			field string
			send  func() error
		}{
			{claims.CommentForm, "text", func() error {
				_, err := x.Claims.AddComment(roomtest.Ctx(), me, x.claim.ID, "Sent.")
				return err
			}},
			{claims.EditForm, "statement", func() error {
				_, err := x.Claims.Edit(roomtest.Ctx(), me, x.claim.ID, x.now().WordsVersion,
					claims.Words{Statement: "Other words.", Kind: x.claim.Kind}, false)
				return err
			}},
			// before the next: it leaves the form of a gloss in another language alone
			{claims.GlossChange("de"), "gloss", func() error {
				_, err := x.Claims.SetGloss(roomtest.Ctx(), me, x.claim.ID, "de", "Zwölf Zuschüsse.", 1)
				return err
			}},
			{claims.GlossForm, "gloss", func() error {
				_, err := x.Claims.SetGloss(roomtest.Ctx(), me, x.claim.ID, "fr", "Douze subventions.", 0)
				return err
			}},
			{claims.SplitForm, "part_statement", func() error {
				now := x.now()
				_, err := x.Claims.Split(roomtest.Ctx(), me, x.claim.ID, now.WordsVersion, []claims.Words{
					{Statement: "Half of it.", Kind: now.Kind}, {Statement: "The other half.", Kind: now.Kind}})
				return err
			}},
		} {
			form, events := x1.form, x.Count("events")
			one, err := x.typesIn("reviewer-1", form, 0, x1.field, "Half a")
			if err != nil || one.Version == 0 {
				t.Fatalf("%s: %+v, %v", form, one, err)
			}
			if _, err := x.typesIn("reviewer-1", form, 0, x1.field, "Another tab"); fault.KindOf(err) !=
				fault.Conflict {
				t.Errorf("%s: another tab overwrote it: %v", form, err)
			}
			if x.typedIn("reviewer-2", form) != nil || x.Count("events") != events {
				t.Errorf("%s: somebody else has it, or the history", form)
			}
			if err := x1.send(); err != nil {
				t.Fatal(err)
			}
			sent := x.typedIn("reviewer-1", form)
			if sent == nil || sent.SentAt == nil || len(sent.Fields) != 0 {
				t.Fatalf("%s: after it was sent: %+v", form, sent)
			}
			_, err = x.typesIn("reviewer-1", form, one.Version, x1.field, "Half a late")
			f, _ := fault.As(err)
			if late, ok := f.Detail.(review.FormSent); !ok || late.Version != sent.Version {
				t.Errorf("%s: a late saving: %v", form, err)
			}
			if again, err := x.typesIn("reviewer-1", form, sent.Version, x1.field, "New"); err != nil ||
				again.Version <= sent.Version || x.typedIn("reviewer-1", form).Fields.One(x1.field) != "New" {
				t.Errorf("%s: typed again: %+v, %v", form, again, err)
			}
		}
	})
}

func TestTypedThatCannotBe(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t), articles.CollectionNew{})
	for _, c := range []struct {
		who         string
		form        claims.Form
		field, says string
		want        fault.Kind
	}{
		{"reviewer-1", claims.CommentForm, "rationale", "x", fault.Invalid},
		{"reviewer-1", claims.CommentForm, "text", strings.Repeat("x", 5001), fault.Invalid},
		{"reviewer-1", claims.CommentForm, "text", "x\u202ey", fault.Invalid},
		{"reviewer-1", claims.AdjudicationForm, "rationale", "x", fault.Forbidden},
		{"auditor-1", claims.EditForm, "statement", "x", fault.Forbidden},
		{"reviewer-1", claims.QuestionForm, "question", "x", fault.Forbidden},
		{"auditor-1", claims.AnswerForm, "answer", "x", fault.Forbidden},
		{"auditor-1", claims.GlossForm, "gloss", "x", fault.Forbidden},
		{"reviewer-1", claims.GlossForm, "gloss", strings.Repeat("x", 2001), fault.Invalid},
		{"reviewer-1", claims.GlossChange("fr"), "gloss", strings.Repeat("x", 2001), fault.Invalid},
		{"reviewer-1", claims.GlossChange("no language"), "gloss", "x", fault.Invalid},
		{"auditor-1", claims.GlossChange("fr"), "gloss", "x", fault.Forbidden},
		{"reviewer-1", claims.SplitForm, "statement", "x", fault.Invalid},
	} {
		if _, err := x.typesIn(c.who, c.form, 0, c.field, c.says); fault.KindOf(err) != c.want {
			t.Errorf("%s %s %s: %v", c.who, c.form, c.field, err)
		}
	}
}

func TestTypedForgetsWhatWasTakenDown(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.Report)
		if _, err := x.typesIn("reviewer-1", claims.CommentForm, 0, "text",
			"Linked: “12 grants were approved. The opposition denies that.” My own."); err != nil {
			t.Fatal(err)
		}
		if err := x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), x.b.Article.ID, x.b.Article.Version,
			"court order"); err != nil {
			t.Fatal(err)
		}
		want := "Linked: “" + review.Gone + "” My own."
		if got := x.typedIn("reviewer-1", claims.CommentForm).Fields.One("text"); got != want {
			t.Errorf("read after the take-down: %q", got)
		}
		if err := x.Review.SweepTyped(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		var rows []claims.Typed
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error { return r.Gorm().Find(&rows).Error }); err != nil ||
			len(rows) != 1 || rows[0].Fields.One("text") != want {
			t.Errorf("the rows after the sweep: %+v, %v", rows, err)
		}
	})
}

func TestTypedAfterARoleIsLost(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		now := time.Now()
		db.SetClock(func() time.Time { return now })
		if _, err := x.typesIn("reviewer-1", claims.CommentForm, 0, "text", "Mine"); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Claims.AddComment(roomtest.Ctx(), x.As("editor-1"), x.claim.ID, "Sent."); err != nil {
			t.Fatal(err)
		}
		me := x.As("reviewer-1")
		if err := x.Auth.RevokeRole(roomtest.Ctx(), x.As("admin-1"), me.UserID, auth.Reviewer, me.Grants[0].Collection,
			"left"); err != nil {
			t.Fatal(err)
		}
		sweep := func(later time.Duration) {
			now = now.Add(later)
			if err := x.Review.SweepTyped(roomtest.Ctx()); err != nil {
				t.Fatal(err)
			}
		}
		sweep(0)
		sweep(29 * 24 * time.Hour)
		if got := x.typedIn("reviewer-1", claims.CommentForm); got == nil || got.LostAt == nil {
			t.Errorf("after 29 days: %+v", got)
		}
		if got := x.typedIn("editor-1", claims.CommentForm); got != nil {
			t.Errorf("the empty row of what was sent is still there: %+v", got)
		}
		sweep(2 * 24 * time.Hour)
		if got := x.typedIn("reviewer-1", claims.CommentForm); got != nil {
			t.Errorf("after 31 days: %+v", got)
		}
	})
}
