package review_test

import (
	"fmt"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// has says to whom a claim is given, by how.
func (x bench) has(id claims.ID) (out []review.Assignment) {
	x.T.Helper()
	must(x.T, x.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = store.Select[review.Assignment](r, "SELECT * FROM assignments WHERE claim_id = ? ORDER BY id", id)
		return err
	}))
	return out
}

// TestGiving: an editor sets how a collection gives claims out; each claim that is accepted or made goes out by it, to
// those who read it, and comes back when the acceptance is taken back. What somebody has is not given to another.
func TestGiving(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		ctx, in, editor, one := roomtest.Ctx(), x.Collection.ID, x.As("editor-1"), x.As("reviewer-1")
		rule := review.Giving{CollectionID: in, How: review.ByReading, AsAccepted: true}
		for name, c := range map[string]struct {
			by   auth.Actor
			rule review.Giving
			kind fault.Kind
		}{
			"by a reviewer": {one, rule, fault.Forbidden},
			"by an auditor": {x.As("auditor-1"), rule, fault.Forbidden},
			"no such way":   {editor, review.Giving{CollectionID: in, How: "lottery"}, fault.Invalid},
			"share":         {editor, review.Giving{CollectionID: in, How: review.ByShare, Share: 101}, fault.Invalid},
			"stale":         {editor, review.Giving{CollectionID: in, How: review.ByShare, Version: 3}, fault.Conflict},
		} {
			if _, err := x.Review.SetGiving(ctx, c.by, c.rule); fault.KindOf(err) != c.kind {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := x.Auth.SetReads(ctx, x.As("reviewer-2"), []string{"fa"})
		must(t, err)
		if made := x.Claim(x.a, "12 grants", "The council approved one."); len(x.has(made.ID)) != 0 {
			t.Error("without a rule a claim is given out")
		}
		set, err := x.Review.SetGiving(ctx, editor, rule)
		must(t, err)
		made := x.Claim(x.a, "12 grants", "The council approved two.")
		gave := x.has(made.ID)
		if len(gave) != 2 || gave[0].How != review.ByReading || gave[0].GivenBy != editor.UserID {
			t.Errorf("made by hand: %+v", gave)
		}
		for _, a := range gave {
			if a.UserID == x.As("reviewer-2").UserID {
				t.Error("who does not read English is given an English claim")
			}
		}
		_, err = x.Claims.Extract(ctx, editor, x.a.Article.ID)
		must(t, err)
		var waiting []claims.Claim
		must(t, db.Read(ctx, func(r *store.Rx) (err error) {
			waiting, err = store.Select[claims.Claim](r, "SELECT * FROM claims WHERE state = 'candidate' ORDER BY id")
			return err
		}))
		c := waiting[0]
		_, err = x.Claims.Accept(ctx, one, c.ID, c.Version)
		must(t, err)
		if n := len(x.has(c.ID)); n != 2 {
			t.Errorf("accepted, it is given to %d", n)
		}
		x.Verify()
		_, err = x.Review.Unassign(ctx, editor, in, x.has(c.ID)[0].UserID, []claims.ID{c.ID})
		must(t, err)
		_, err = x.Deeds.Undo(ctx, one, deeds.Ask{Collection: in})
		must(t, err)
		if n := len(x.has(c.ID)); n != 0 {
			t.Errorf("taken back, it is given to %d", n)
		}
		rule.How, rule.Version = review.ByHand, set.Version
		set, err = x.Review.SetGiving(ctx, editor, rule)
		if must(t, err); set.AsAccepted {
			t.Error("by hand, and by itself")
		}
		if made := x.Claim(x.a, "12 grants", "The council approved three."); len(x.has(made.ID)) != 0 {
			t.Error("by hand again, a claim is given out by itself")
		}
		x.Verify()
	})
}

// TestGivingStopsWithItsEditor: a rule whose editor was disabled, or may give out there no more, gives nothing out by
// itself; it goes on when they are back, or when another editor keeps it.
func TestGivingStopsWithItsEditor(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := newBench(t, db, articles.CollectionNew{})
		ctx, in, admin, editor := roomtest.Ctx(), x.Collection.ID, x.As("admin-1"), x.As("editor-1")
		rule := review.Giving{CollectionID: in, How: review.ByShare, Share: 100, AsAccepted: true}
		rule, err := x.Review.SetGiving(ctx, editor, rule)
		must(t, err)
		n := 0
		gives := func(want bool, when string) {
			t.Helper()
			n++
			made := x.Claim(x.a, "12 grants", fmt.Sprintf("The council approved %d.", n))
			if got := len(x.has(made.ID)) > 0; got != want {
				t.Errorf("%s it gives out: %v", when, got)
			}
			must(t, db.Read(ctx, func(r *store.Rx) error {
				if stands, err := x.Review.Stands(r, rule); err != nil || stands != want {
					t.Errorf("%s it stands: %v, %v", when, stands, err)
				}
				return nil
			}))
		}
		gives(true, "set")
		must(t, x.Auth.DisableUser(ctx, admin, editor.UserID, "left"))
		gives(false, "disabled")
		must(t, x.Auth.EnableUser(ctx, admin, editor.UserID, "is back"))
		gives(true, "enabled again")
		must(t, x.Auth.RevokeRole(ctx, admin, editor.UserID, auth.Editor, editor.Grants[0].Collection, "other work"))
		gives(false, "without the role")
		rule, err = x.Review.SetGiving(ctx, x.As("editor-2"), rule)
		must(t, err)
		gives(true, "kept by another")
		x.Verify()
	})
}

// TestDealing: the preview says exactly what giving out then does, and who goes home leaves what they had to nobody.
func TestDealing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		x := inbox(t, db)
		ctx, in, editor := roomtest.Ctx(), x.Collection.ID, x.As("editor-1")
		dealing := func(how review.How) (gets map[auth.UserID]int, d review.Distribution) {
			must(t, db.Read(ctx, func(r *store.Rx) error {
				all, would, err := review.Dealing(r, review.Giving{CollectionID: in, How: how, Share: 10})
				gets, d = map[auth.UserID]int{}, would
				for _, p := range all {
					gets[p.User] = p.Has + p.Gets
				}
				return err
			}))
			return gets, d
		}
		would, d := dealing(review.ByShare)
		done, err := x.Review.Distribute(ctx, editor, in, review.ByShare, 10)
		if must(t, err); done != d || done.Given == 0 {
			t.Errorf("previewed %+v, did %+v", d, done)
		}
		has, d := dealing(review.ByHand)
		if len(has) != len(would) || d.Given != 0 {
			t.Errorf("%v, %+v", has, d)
		}
		for u, n := range would {
			if has[u] != n {
				t.Errorf("%d was to have %d, and has %d", u, n, has[u])
			}
		}
		free := func() int {
			_, q := x.pages("editor-2", review.QueueFilter{Unassigned: true})
			return q.Fit
		}
		if n := free(); n != 0 {
			t.Errorf("%d claims are nobody's", n)
		}
		must(t, x.Auth.DisableUser(ctx, x.As("admin-1"), x.As("reviewer-1").UserID, "on leave"))
		home := free()
		if home == 0 {
			t.Error("who is disabled keeps their claims")
		}
		must(t, x.Auth.RevokeRole(ctx, x.As("admin-1"), x.As("reviewer-2").UserID, auth.Reviewer, 0, "left the desk"))
		if n := free(); n <= home {
			t.Errorf("%d claims are nobody's when one lost their role too, %d before", n, home)
		}
		if d, err := x.Review.Distribute(ctx, editor, in, review.ByShare, 0); err != nil || free() != 0 ||
			d.Given == 0 {
			t.Errorf("given out again: %+v, %v; %d stay", d, err, free())
		}
	})
}
