package arrivals_test

import (
	"strings"
	"testing"
	"time"

	"claimbench/internal/arrivals"
	"claimbench/internal/auth"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// byToken is the editor by a token of theirs, with what ends it.
func (d *desk) byToken() (of auth.Actor, end func()) {
	d.T.Helper()
	secret, made, err := d.Auth.MakeToken(roomtest.Ctx(), d.As(d.who), auth.NewToken{Name: "script", Days: 3,
		Scopes: []auth.Grant{{Role: auth.Editor, Collection: d.Collection.ID}}})
	if err == nil {
		of, err = d.Auth.ResumeToken(roomtest.Ctx(), secret)
	}
	if err != nil {
		d.T.Fatal(err)
	}
	return of, func() {
		d.T.Helper()
		if _, err := d.Auth.EndToken(roomtest.Ctx(), d.As(d.who), made.ID); err != nil {
			d.T.Fatal(err)
		}
	}
}

// fails does the newest job, which must fail.
func (d *desk) fails() {
	d.T.Helper()
	j, err := d.Jobs.Finish(roomtest.Ctx(), jobs.ID(d.sum("SELECT MAX(id) FROM jobs")))
	if err != nil || j.State != jobs.Failed {
		d.T.Fatalf("the job is %s, %q, %v", j.State, j.Message, err)
	}
}

// TestATokenThatEndedHoldsNothing: what was to be read or taken in by a token that ended says so, and is its owner's to
// take in or to discard; so is what such a job left before it told anybody.
func TestATokenThatEndedHoldsNothing(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx, editor, in := roomtest.Ctx(), d.As("editor-1"), d.Collection.ID
		d.drops(file("a.txt", council), file("b.txt", "It rained."), file("c.txt", "It snowed."))
		token, end := d.byToken()
		if n, err := d.Arrivals.Take(ctx, token, in, []arrivals.ID{1, 2}); err != nil || n != 2 {
			t.Fatalf("%d, %v", n, err)
		}
		end()
		d.fails()
		for _, l := range d.has()[:2] {
			if l.State != arrivals.Ready || !strings.Contains(l.Message, "was ended on") {
				t.Errorf("arrival %d is %s: %q", l.ID, l.State, l.Message)
			}
		}
		if n, err := d.Arrivals.Discard(ctx, editor, in, []arrivals.ID{1}); err != nil || n != 1 {
			t.Errorf("%d discarded, %v", n, err)
		}
		if n, err := d.Arrivals.Take(ctx, editor, in, []arrivals.ID{2}); err != nil || n != 1 {
			t.Errorf("%d taken, %v", n, err)
		}
		d.work()
		if l := d.has(); len(l) != 1 || l[0].ID != 3 || l[0].Message != "" {
			t.Errorf("there wait %+v", l)
		}

		token, end = d.byToken()
		if _, err := d.Arrivals.Drop(ctx, token, in, []arrivals.File{file("d.txt", "It blew.")}, ""); err != nil {
			t.Fatal(err)
		}
		end()
		d.fails()
		if l := d.has()[1]; l.State != arrivals.Refused || !strings.Contains(l.Message, "was ended on") {
			t.Errorf("what is not read is %s: %q", l.State, l.Message)
		}

		if err := d.DB.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE arrivals SET state = 'taking' WHERE id = 3").Error
		}); err != nil {
			t.Fatal(err)
		}
		if n, err := d.Arrivals.Take(ctx, editor, in, nil); err != nil || n != 1 {
			t.Errorf("of what no job takes in %d are taken, %v", n, err)
		}
		if n, err := d.Arrivals.Take(ctx, editor, in, nil); err == nil {
			t.Errorf("of what a job takes in %d are taken again", n)
		}
		d.work()
		if n := d.Count("articles"); n != 2 {
			t.Errorf("%d articles, want 2", n)
		}

		d.drops(file("e.txt", "It thawed."))
		if err := d.DB.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE arrivals SET state = 'taking'").Error
		}); err != nil {
			t.Fatal(err)
		}
		d.DB.SetClock(func() time.Time { return time.Now().AddDate(0, 0, 31) })
		if err := d.Arrivals.Forget(ctx); err != nil || d.Count("arrivals") != 0 {
			t.Errorf("%d arrivals are kept that no job takes in, %v", d.Count("arrivals"), err)
		}
	})
}
