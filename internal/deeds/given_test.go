package deeds_test

import (
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// assignments reads who has what.
func (d desk) assignments() (out []review.Assignment) {
	d.t.Helper()
	d.must(d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error { return r.Gorm().Order("id").Find(&out).Error }))
	return out
}

func TestUndoOfAssignments(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, in, editor := roomtest.Ctx(), d.Collection.ID, d.As("editor-1")
		a := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		b := d.Claim(d.one, "The council had closed", "The council had closed it.")
		both := []claims.ID{a.ID, b.ID}
		_, err := d.Review.Assign(ctx, editor, in, d.As("reviewer-2").UserID, both)
		d.must(err)
		given := d.assignments()
		d.undo("editor-1")
		if left := d.assignments(); len(left) != 0 {
			t.Errorf("taken back, %d assignments are left", len(left))
		}
		d.redo("editor-1")
		if again := d.assignments(); len(again) != 2 || again[0] != given[0] || again[1] != given[1] {
			t.Errorf("given again they are %+v, were %+v", again, given)
		}
		_, err = d.Review.Unassign(ctx, editor, in, d.As("reviewer-2").UserID, both[:1])
		d.must(err)
		d.undo("editor-1")
		if again := d.assignments(); len(again) != 2 {
			t.Errorf("a taking back that was taken back leaves %d", len(again))
		}
		me := d.As("reviewer-1")
		_, err = d.Review.Assign(ctx, me, in, me.UserID, both[:1])
		d.must(err)
		_, err = d.Review.Unassign(ctx, editor, in, me.UserID, both[:1])
		d.must(err)
		d.refused("reviewer-1", "built on it")
		d.Verify()
	})
}

func TestUndoOfAnAssignmentAsksThePermissionToGive(t *testing.T) {
	t.Parallel()
	d := newDesk(t, storetest.SQLite(t))
	c := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
	editor := d.As("editor-1")
	_, err := d.Review.Assign(roomtest.Ctx(), editor, d.Collection.ID, d.As("reviewer-2").UserID, []claims.ID{c.ID})
	d.must(err)
	editor.Grants = []auth.Grant{{Role: auth.Reviewer}}
	if _, err := d.Deeds.Undo(roomtest.Ctx(), editor, d.ask()); err == nil {
		t.Error("who may give no more takes a gift back")
	}
}

func TestUndoOfSnoozes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, me := roomtest.Ctx(), d.As("reviewer-1")
		a := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		b := d.Claim(d.one, "The council had closed", "The council had closed it.")
		snoozes := func() (out []review.Snooze) {
			d.must(d.DB.Read(ctx, func(r *store.Rx) error { return r.Gorm().Order("claim_id").Find(&out).Error }))
			return out
		}
		_, err := d.Review.PutOffTill(ctx, me, d.Collection.ID, "3", a.ID)
		d.must(err)
		first := snoozes()
		_, err = d.Review.PutOffTill(ctx, me, d.Collection.ID, "7", a.ID, b.ID)
		d.must(err)
		d.undo("reviewer-1")
		if now := snoozes(); len(now) != 1 || now[0] != first[0] {
			t.Errorf("taken back it is %+v, was %+v", now, first)
		}
		_, err = d.Review.TakeBack(ctx, me, d.Collection.ID, a.ID)
		d.must(err)
		d.undo("reviewer-1")
		if now := snoozes(); len(now) != 1 || now[0] != first[0] {
			t.Errorf("a taking back that was taken back leaves %+v", now)
		}
		d.redo("reviewer-1")
		d.undo("reviewer-1")
		d.undo("reviewer-1")
		if now := snoozes(); len(now) != 0 {
			t.Errorf("all taken back leaves %+v", now)
		}
		d.Verify()
	})
}
