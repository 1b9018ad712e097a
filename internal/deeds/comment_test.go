package deeds_test

import (
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/notices"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func (d desk) comments(id claims.ID) (out []claims.Comment) {
	d.t.Helper()
	d.must(d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Where("claim_id = ?", id).Order("id").Find(&out).Error
	}))
	return out
}

// TestUndoOfAComment: it goes with the notices of it that nobody has read, comes back with its words, and stays once
// somebody answered where its author can read it.
func TestUndoOfAComment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, me, other := roomtest.Ctx(), d.As("reviewer-1"), d.As("reviewer-2")
		c := d.candidates()[0]
		_, err := d.Claims.AddComment(ctx, me, c.ID, "@reviewer-2 which bridge?")
		d.must(err)
		unread := func() (n int) {
			d.must(d.DB.Read(ctx, func(r *store.Rx) (err error) {
				n, err = notices.Unread(r, other.UserID, notices.For(d.Policy, other))
				return err
			}))
			return n
		}
		was := d.comments(c.ID)
		told := unread()
		d.undo("reviewer-1")
		if len(d.comments(c.ID)) != 0 || unread() != 0 {
			t.Errorf("taken back, %d comments and %d notices are left", len(d.comments(c.ID)), unread())
		}
		d.Verify()
		d.redo("reviewer-1")
		if now := d.comments(c.ID); len(now) != 1 || now[0].Words != was[0].Words || now[0].Public != was[0].Public ||
			unread() != told || told != 1 {
			t.Errorf("added again it is %+v, %d notices, before %d", now, unread(), told)
		}
		_, err = d.Claims.AddComment(ctx, other, c.ID, "That one.")
		d.must(err)
		d.refused("reviewer-1", "answered")
		d.Verify()
	})
}

// TestUndoOfACommentTellsNothing takes a comment of an open round back, with and without another's after it.
func TestUndoOfACommentTellsNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, me := roomtest.Ctx(), d.As("reviewer-1")
		c := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		_, err := d.Claims.AddComment(ctx, me, c.ID, "Which bridge?")
		d.must(err)
		_, err = d.Claims.AddComment(ctx, d.As("reviewer-2"), c.ID, "Which mayor?")
		d.must(err)
		d.undo("reviewer-1")
		if left := d.comments(c.ID); len(left) != 1 || left[0].AuthorID == me.UserID {
			t.Errorf("%+v are left", left)
		}
		d.redo("reviewer-1")
		d.Verify()
		for _, who := range []string{"reviewer-1", "reviewer-2"} {
			_, _, err = d.Submit(who, c, unverified)
			d.must(err)
		}
		_, err = d.Deeds.Undo(ctx, me, d.ask()) // the review, whose round is closed
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("a review of a closed round: %v", err)
		}
		d.Verify()
	})
}
