package review_test

import (
	"slices"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/notices"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestAssign: a reviewer takes claims, an editor gives many to another at once; the claim stays everybody's, the
// history knows it, and who goes home leaves nothing behind.
func TestAssign(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		ctx, in := roomtest.Ctx(), x.Collection.ID
		second := x.Claim(x.a, "12 grants", "The council approved grants.")
		both := []claims.ID{x.claim.ID, second.ID}
		one, two, editor := x.As("reviewer-1"), x.As("reviewer-2"), x.As("editor-1")
		for name, c := range map[string]struct {
			by   auth.Actor
			to   auth.UserID
			ids  []claims.ID
			kind fault.Kind
		}{
			"a reviewer gives to another": {one, two.UserID, both, fault.Forbidden},
			"an auditor takes":            {x.As("auditor-1"), x.As("auditor-1").UserID, both, fault.Forbidden},
			"to an auditor":               {editor, x.As("auditor-1").UserID, both, fault.Invalid},
			"to nobody":                   {editor, 4711, both, fault.Invalid},
			"none":                        {one, one.UserID, nil, fault.Invalid},
			"one that is not there":       {one, one.UserID, []claims.ID{x.claim.ID, 4711}, fault.NotFound},
			"very many":                   {one, one.UserID, make([]claims.ID, review.MostAssigned+1), fault.Invalid},
		} {
			if n, err := x.Review.Assign(ctx, c.by, in, c.to, c.ids); fault.KindOf(err) != c.kind || n != 0 {
				t.Errorf("%s: %d, %v", name, n, err)
			}
		}
		for _, want := range []int{1, 0} { // the second time they have it
			if n, err := x.Review.Assign(ctx, one, in, one.UserID, both[:1]); err != nil || n != want {
				t.Errorf("taken: %d, %v, want %d", n, err, want)
			}
		}
		if n, err := x.Review.Assign(ctx, editor, in, two.UserID, both); err != nil || n != 2 {
			t.Errorf("given: %d, %v", n, err)
		}
		count := func(who string, f review.QueueFilter) int {
			t.Helper()
			found, q := x.pages(who, f)
			if q.Fit != len(found) {
				t.Errorf("%d claims, counted %d", len(found), q.Fit)
			}
			return len(found)
		}
		for name, c := range map[string]struct {
			f    review.QueueFilter
			want int
		}{"all": {review.QueueFilter{}, 2}, "mine": {review.QueueFilter{Assignee: one.UserID}, 1},
			"theirs":   {review.QueueFilter{Assignee: two.UserID}, 2},
			"nobody's": {review.QueueFilter{Unassigned: true}, 0}} {
			if n := count("reviewer-1", c.f); n != c.want {
				t.Errorf("%s: %d claims, want %d", name, n, c.want)
			}
		}
		x.Verify()
		must(t, x.Auth.DisableUser(ctx, x.As("admin-1"), two.UserID, "on leave"))
		if n := count("reviewer-1", review.QueueFilter{Unassigned: true}); n != 1 {
			t.Errorf("when one goes home %d claims are nobody's, want 1", n)
		}
		if n, err := x.Review.Unassign(ctx, one, in, one.UserID, both); err != nil || n != 1 {
			t.Errorf("taken back: %d, %v", n, err)
		}
		x.Verify()
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("DELETE FROM assignments WHERE claim_id = ?", second.ID).Error
		}))
		if n := x.Differs(); n != 1 {
			t.Errorf("the audit finds %d differences, want 1", n)
		}
	})
}

// TestDistribute: claims go to those who read them, evenly by what they were given, to as many as the quorum asks or to
// one; what is reviewed changes nothing.
func TestDistribute(t *testing.T) {
	t.Parallel()
	people := []string{"reviewer-1", "reviewer-2", "editor-1", "editor-2"}
	given := func(reviewed bool, how review.How, share int) (all []int, d review.Distribution) {
		x := inbox(t, storetest.SQLite(t))
		ctx, in := roomtest.Ctx(), x.Collection.ID
		_, err := x.Auth.SetReads(ctx, x.As("reviewer-2"), []string{"en"})
		must(t, err)
		wait, _ := x.pages("reviewer-1", review.QueueFilter{})
		for _, c := range wait[:3] {
			if reviewed {
				_, _, err := x.Submit("reviewer-1", c, unverified())
				must(t, err)
			}
		}
		if _, err := x.Review.Distribute(ctx, x.As("reviewer-1"), in, how, share); fault.KindOf(err) !=
			fault.Forbidden {
			t.Errorf("a reviewer gives out: %v", err)
		}
		d, err = x.Review.Distribute(ctx, x.As("editor-1"), in, how, share)
		must(t, err)
		for _, who := range people {
			n := 0
			must(t, x.DB.Read(ctx, func(r *store.Rx) error {
				rows, err := store.Select[review.Assignment](r, "SELECT * FROM assignments WHERE user_id = ?",
					x.As(who).UserID)
				for _, a := range rows {
					c, err := claims.ByID(r, a.ClaimID)
					must(t, err)
					if n++; who == "reviewer-2" && c.Lang != "en" {
						t.Errorf("%s is given claim %d in %s", who, c.ID, c.Lang)
					}
				}
				return err
			}))
			all = append(all, n)
		}
		if again, err := x.Review.Distribute(ctx, x.As("editor-1"), in, how, share); err != nil || again.Given != 0 {
			t.Errorf("given out twice: %+v, %v", again, err)
		}
		return all, d
	}
	one, d := given(false, review.ByShare, 0)
	if d.Given != 14 || d.Left != 0 || d.More || slices.Max(one)-slices.Min(one) > 1 {
		t.Errorf("to one each: %+v, %v", d, one)
	}
	if same, _ := given(true, review.ByShare, 0); !slices.Equal(same, one) {
		t.Errorf("given %v where somebody has reviewed, and %v where nobody has", same, one)
	}
	if all, d := given(false, review.ByReading, 0); d.Given != 28 {
		t.Errorf("to two each: %+v, %v", d, all)
	}
	if some, d := given(false, review.ByShare, 50); d.Given <= 14 || d.Given >= 28 {
		t.Errorf("half of them to two: %+v, %v", d, some)
	}
}

// TestWhoIsToldOfAssignments: somebody else's gift is told, one claim by its number and several in one notice; one's
// own is no news, and what is taken back unread is told no more.
func TestWhoIsToldOfAssignments(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		ctx, in := roomtest.Ctx(), x.Collection.ID
		second := x.Claim(x.a, "12 grants", "The council approved grants.")
		both := []claims.ID{x.claim.ID, second.ID}
		one, two, editor := x.As("reviewer-1"), x.As("reviewer-2"), x.As("editor-1")
		_, err := x.Review.Assign(ctx, one, in, one.UserID, both)
		must(t, err)
		_, err = x.Review.Assign(ctx, editor, in, two.UserID, both[:1])
		must(t, err)
		if a, b := told(t, x.World, "reviewer-1", notices.Assigned), told(t, x.World, "reviewer-2",
			notices.Assigned); a != 0 || b != 1 {
			t.Errorf("who took is told %d times, who was given %d", a, b)
		}
		_, err = x.Review.Unassign(ctx, editor, in, two.UserID, both)
		must(t, err)
		if n := told(t, x.World, "reviewer-2", notices.Assigned); n != 0 {
			t.Errorf("taken back, %d notices stay", n)
		}
		_, err = x.Review.Assign(ctx, editor, in, two.UserID, both)
		must(t, err)
		if n := told(t, x.World, "reviewer-2", notices.Assigned); n != 1 {
			t.Errorf("two at once make %d notices, want 1", n)
		}
	})
}
