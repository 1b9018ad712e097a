package review_test

import (
	"fmt"
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

func (x bench) notes(name string, steps ...review.Step) {
	x.T.Helper()
	if err := x.Review.Note(roomtest.Ctx(), x.As(name), x.claim.ID, steps...); err != nil {
		x.T.Fatal(err)
	}
}

// sentence is the first sentence of an article.
func (x bench) sentence(in articles.Imported) articles.SentenceID {
	x.T.Helper()
	text, err := x.Articles.Read(roomtest.Ctx(), x.As("reviewer-1"), in.Article.ID)
	if err != nil {
		x.T.Fatal(err)
	}
	return text.Sentences[0].ID
}

// trail is what somebody searched, as words with hits.
func (x bench) trail(name string) string {
	x.T.Helper()
	var out []string
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		c, err := claims.ByID(r, x.claim.ID)
		if err != nil {
			return err
		}
		steps, err := review.TrailOf(r, x.As(name).UserID, c)
		for _, s := range steps {
			out = append(out, fmt.Sprintf("%s %d/%d", s.Words, s.Sentence, s.Hits))
		}
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return strings.Join(out, ", ")
}

// TestTrail: it is its owner's alone, bounded, without an event, and gone when the review is sent.
func TestTrail(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		events := x.Count("events")
		read := x.sentence(x.b)
		x.notes("reviewer-1", review.Step{Words: " ماكرون ", Hits: 3}, review.Step{Sentence: read})
		err := x.Review.Note(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ID, review.Step{Sentence: 1 << 40})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("a passage that is not there: %v", err)
		}
		x.notes("reviewer-1", review.Step{Words: "APT31"}, review.Step{Words: "ماكرون", Hits: 4})
		if got, want := x.trail("reviewer-1"), fmt.Sprintf(" %d/0, APT31 0/0, ماكرون 0/4", read); got != want {
			t.Errorf("the trail is %q, want %q", got, want)
		}
		x.notes("auditor-1", review.Step{Words: "who may not review"}) // nothing is kept
		for _, other := range []string{"reviewer-2", "editor-1", "auditor-1"} {
			if got := x.trail(other); got != "" {
				t.Errorf("%s has %q", other, got)
			}
		}
		if n := x.Count("events"); n != events {
			t.Errorf("%d events", n-events)
		}
		for i := range review.MostSteps + 5 {
			x.notes("reviewer-2", review.Step{Words: fmt.Sprintf("w%d", i)})
		}
		if got := x.trail("reviewer-2"); strings.Count(got, ",") != review.MostSteps-1 ||
			!strings.HasPrefix(got, "w5 ") {
			t.Errorf("the bounded trail begins with %.20q and has %d steps", got, strings.Count(got, ",")+1)
		}
		for _, bad := range []string{strings.Repeat("x", 501), "a\x00b"} {
			err := x.Review.Note(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ID, review.Step{Words: bad})
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%.10q: %v", bad, err)
			}
		}
		if _, _, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil {
			t.Fatal(err)
		}
		if got := x.trail("reviewer-1"); got != "" {
			t.Errorf("after the review was sent: %q", got)
		}
		if err := x.Review.DiscardUnsent(roomtest.Ctx(), x.As("reviewer-2"), x.claim.ID); err != nil {
			t.Fatal(err)
		}
		if n := x.Count((review.Trail{}).TableName()); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		x.Verify()
	})
}

// TestTrailGoes: after thirty days, and with the words of a text that was taken down.
func TestTrailGoes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		now := time.Now()
		db.SetClock(func() time.Time { return now })
		x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.Report)
		x.notes("reviewer-1", review.Step{Words: "grants"},
			review.Step{Words: "12 grants were approved. The opposition"})
		if err := x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), x.b.Article.ID, x.b.Article.Version,
			"court order"); err != nil {
			t.Fatal(err)
		}
		want := "grants 0/0, " + review.Gone + " 0/0"
		if got := x.trail("reviewer-1"); got != want {
			t.Errorf("read after the take-down: %q, want %q", got, want)
		}
		if err := x.Review.SweepTrails(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		var rows []review.Trail
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error { return r.Gorm().Find(&rows).Error }); err != nil {
			t.Fatal(err)
		}
		if len(rows) != 1 || rows[0].Steps[1].Words != review.Gone {
			t.Errorf("the row after the sweep: %+v", rows)
		}
		sweep := func(later time.Duration, left int64) {
			now = now.Add(later)
			if err := x.Review.SweepTrails(roomtest.Ctx()); err != nil {
				t.Fatal(err)
			}
			if n := x.Count((review.Trail{}).TableName()); int64(n) != left {
				t.Errorf("%d trails %s later, want %d", n, later, left)
			}
		}
		sweep(review.TrailKept-time.Minute, 1)
		sweep(time.Minute, 0)
	})
}
