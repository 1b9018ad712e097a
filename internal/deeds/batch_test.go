package deeds_test

import (
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// work does the job of a batch to its end.
func (d desk) work(b claims.Batch) {
	d.t.Helper()
	var job jobs.Job
	d.must(d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		j, ok, err := jobs.Last(r, claims.Batching, claims.BatchObject(b.ID))
		if job = j; err == nil && !ok {
			err = fmt.Errorf("no job of batch %d", b.ID)
		}
		return err
	}))
	done, err := d.Jobs.Finish(roomtest.Ctx(), job.ID)
	d.must(err)
	if done.State != jobs.Done {
		d.t.Fatalf("the job is %s: %s", done.State, done.Message)
	}
}

// rows reads what became of a batch.
func (d desk) rows(b claims.Batch, act claims.BatchAct) (out map[claims.ID]claims.BatchRow) {
	d.t.Helper()
	out = map[claims.ID]claims.BatchRow{}
	d.must(d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		now, err := claims.BatchOf(r, b.UserID, b.ID)
		if err != nil {
			return err
		}
		all, err := d.Claims.BatchRows(r, now, act, 0)
		for _, x := range all {
			out[x.ID] = x
		}
		return err
	}))
	return out
}

// TestBatch accepts what was chosen, says which claims are refused and why, before and after, and is taken back by one
// undo, which says what could not be.
func TestBatch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, all, me := roomtest.Ctx(), d.candidates(), d.As("reviewer-1")
		_, err := d.Claims.Reject(ctx, d.As("reviewer-2"), all[0].ID, all[0].Version, claims.AnOpinion)
		d.must(err)
		ids := []claims.ID{999}
		for _, c := range all {
			ids = append(ids, c.ID)
		}
		b, err := d.Claims.LookAtBatch(ctx, me, d.Collection.ID, ids)
		d.must(err)
		if rows := d.rows(b, claims.BatchAccept); rows[all[0].ID].Fate != claims.FateRefused ||
			rows[all[1].ID].Fate != "" || !strings.Contains(rows[all[0].ID].Why, "no candidate") ||
			rows[999].Fate != claims.FateRefused {
			t.Errorf("the preview says %+v", rows)
		}
		if _, err := d.Claims.DoBatch(ctx, d.As("reviewer-2"), b.ID, claims.BatchAccept, ""); fault.KindOf(
			err) != fault.NotFound {
			t.Errorf("another person's batch is %v", err)
		}
		_, err = d.Claims.DoBatch(ctx, me, b.ID, claims.BatchAccept, "")
		d.must(err)
		if _, err := d.Claims.DoBatch(ctx, me, b.ID, claims.BatchAccept, ""); !fault.IsStale(err) {
			t.Errorf("asked twice it is %v", err)
		}
		d.refused("reviewer-1", "still being worked on")
		d.work(b)
		for _, c := range all[1:] {
			if now := d.now(c.ID); now.State != claims.Open {
				t.Errorf("claim %d is %s", c.ID, now.State)
			}
		}
		if now := d.now(all[0].ID); now.State != claims.Rejected {
			t.Errorf("a claim that was refused is %s", now.State)
		}
		d.Verify()
		_, err = d.Evidence.Link(ctx, d.As("reviewer-2"), evidence.Link{ClaimID: all[1].ID,
			ArticleID: d.other.Article.ID, RevisionID: d.other.Revision.ID, Span: d.Find(d.other, "Nobody died"),
			Stance: evidence.Context})
		d.must(err)
		d.undo("reviewer-1")
		d.work(b)
		rows := d.rows(b, claims.BatchAccept)
		if x := rows[all[1].ID]; x.Fate != claims.FateKept || !strings.Contains(x.Why, "evidence was linked") {
			t.Errorf("what others built on is %+v", x)
		}
		for _, c := range all[2:] {
			if now := d.now(c.ID); now.State != claims.Candidate || rows[c.ID].Fate != claims.FateBack {
				t.Errorf("claim %d is %s, %+v", c.ID, now.State, rows[c.ID])
			}
		}
		d.redo("reviewer-1")
		d.work(b)
		if now := d.now(all[2].ID); now.State != claims.Open {
			t.Errorf("done again it is %s", now.State)
		}
		d.Verify()
	})
}

// TestBatchRefusesWhatChanged: what was looked at is what is done.
func TestBatchRefusesWhatChanged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, all, me := roomtest.Ctx(), d.candidates(), d.As("reviewer-1")
		b, err := d.Claims.LookAtBatch(ctx, me, d.Collection.ID, []claims.ID{all[1].ID, all[0].ID, all[1].ID})
		d.must(err)
		_, err = d.Claims.Edit(ctx, d.As("reviewer-2"), all[0].ID, 1, claims.Words{Statement: "Other words."}, false)
		d.must(err)
		for act, reason := range map[claims.BatchAct]string{claims.BatchReject: "", claims.BatchWithdraw: "",
			"eat": "x"} {
			if _, err := d.Claims.DoBatch(ctx, me, b.ID, act, reason); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s without a reason is %v", act, err)
			}
		}
		_, err = d.Claims.DoBatch(ctx, me, b.ID, claims.BatchReject, string(claims.AnOpinion))
		d.must(err)
		d.work(b)
		if x := d.rows(b, "")[all[0].ID]; x.Fate != claims.FateRefused || !strings.Contains(x.Why, "changed after") {
			t.Errorf("a claim with other words is %+v", x)
		}
		if now := d.now(all[1].ID); now.State != claims.Rejected {
			t.Errorf("the other is %s", now.State)
		}
		d.undo("reviewer-1")
		d.work(b)
		if now := d.now(all[1].ID); now.State != claims.Candidate {
			t.Errorf("taken back it is %s", now.State)
		}
		if _, err := d.Claims.LookAtBatch(ctx, me, 99, []claims.ID{1}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a batch in a collection that is not there: %v", err)
		}
		if _, err := d.Claims.LookAtBatch(ctx, me, d.Collection.ID, nil); fault.KindOf(err) != fault.Invalid {
			t.Errorf("no claims are %v", err)
		}
		many := make([]claims.ID, claims.MostInBatch+1)
		for i := range many {
			many[i] = claims.ID(i + 1)
		}
		if _, err := d.Claims.LookAtBatch(ctx, me, d.Collection.ID, many); fault.KindOf(err) != fault.Invalid {
			t.Errorf("too many claims are %v", err)
		}
		_, err = d.Claims.LookAtBatch(ctx, me, d.Collection.ID, many[1:])
		d.must(err)
		d.Verify()
	})
}

// TestOldBatchesAreSwept: what was only looked at goes after a day, what was done once it can be taken back no more.
func TestOldBatchesAreSwept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, me, all := roomtest.Ctx(), d.As("reviewer-1"), d.candidates()
		ids := []claims.ID{all[0].ID}
		look := func() claims.Batch {
			b, err := d.Claims.LookAtBatch(ctx, me, d.Collection.ID, ids)
			d.must(err)
			return b
		}
		old, done, fresh := look(), look(), look()
		_, err := d.Claims.DoBatch(ctx, me, done.ID, claims.BatchAccept, "")
		d.must(err)
		d.work(done)
		age := func(id claims.BatchID, days int64) {
			d.must(d.DB.Write(ctx, func(tx *store.Tx) error {
				return tx.Gorm().Exec("UPDATE claim_batches SET changed_at = ? WHERE id = ?",
					int64(tx.Now())-days*86_400_000_000, id).Error
			}))
		}
		age(old.ID, 2)
		age(done.ID, 2)
		look()
		there := func(id claims.BatchID) bool {
			err := d.DB.Read(ctx, func(r *store.Rx) error {
				_, err := claims.BatchOf(r, me.UserID, id)
				return err
			})
			return err == nil
		}
		if there(old.ID) || !there(done.ID) || !there(fresh.ID) {
			t.Errorf("after two days: %v %v %v", there(old.ID), there(done.ID), there(fresh.ID))
		}
		age(done.ID, 40)
		look()
		if there(done.ID) {
			t.Error("a batch of forty days ago is kept")
		}
		d.Verify()
	})
}

// TestBatchElsewhere gives many claims to a person, puts them off and adds them to a draft set: the preview says which
// are refused and why, one undo takes back what was done, and redo does it again.
func TestBatchElsewhere(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, all, me := roomtest.Ctx(), d.candidates(), d.As("editor-1")
		for _, c := range all[1:] {
			_, err := d.Claims.Accept(ctx, me, c.ID, c.Version)
			d.must(err)
		}
		ids := []claims.ID{all[0].ID, all[1].ID, all[2].ID, 999}
		to := d.As("reviewer-2").UserID
		_, err := d.Review.Assign(ctx, me, d.Collection.ID, to, ids[1:2])
		d.must(err)
		has := func(id claims.ID) (n int64) {
			d.must(db.Read(ctx, func(r *store.Rx) error {
				return r.Gorm().Model(&review.Assignment{}).Where("claim_id = ? AND user_id = ?", id, to).
					Count(&n).Error
			}))
			return n
		}
		off := func(id claims.ID) (until store.Micros) {
			d.must(db.Read(ctx, func(r *store.Rx) error {
				return r.Gorm().Model(&review.Snooze{}).Select("COALESCE(MAX(until), 0)").Where("claim_id = ? AND "+
					"user_id = ?", id, me.UserID).Scan(&until).Error
			}))
			return until
		}
		do := func(act claims.BatchAct, with string) claims.Batch {
			b, err := d.Claims.LookAtBatch(ctx, me, d.Collection.ID, ids)
			d.must(err)
			d.must(db.Read(ctx, func(r *store.Rx) error {
				target, err := d.Claims.BatchTarget(r, b, act, with)
				d.must(err)
				rows, err := d.Claims.BatchRows(r, b, act, target)
				for _, x := range rows {
					if (x.Fate == claims.FateRefused) != (x.Why != "") {
						t.Errorf("%s: %+v", act, x)
					}
				}
				return err
			}))
			b, err = d.Claims.DoBatch(ctx, me, b.ID, act, with)
			d.must(err)
			d.work(b)
			return b
		}
		fates := func(b claims.Batch, want ...claims.BatchFate) {
			t.Helper()
			rows := d.rows(b, "")
			for i, w := range want {
				if rows[ids[i]].Fate != w {
					t.Errorf("%s: claim %d is %+v, want %s", b.Act, ids[i], rows[ids[i]], w)
				}
			}
		}

		given := do(claims.BatchGive, fmt.Sprint(to))
		fates(given, claims.FateRefused, claims.FateRefused, claims.FateDone, claims.FateRefused)
		if why := d.rows(given, "")[ids[1]].Why; why != "It is given to them already." || has(ids[2]) != 1 {
			t.Errorf("given: %q, %d", why, has(ids[2]))
		}
		d.undo("editor-1")
		d.work(given)
		fates(given, claims.FateRefused, claims.FateRefused, claims.FateBack, claims.FateRefused)
		if has(ids[2]) != 0 || has(ids[1]) != 1 {
			t.Error("taking back left the assignment, or took the one that was there before")
		}
		d.redo("editor-1")
		d.work(given)
		if fates(given, claims.FateRefused, claims.FateRefused, claims.FateDone); has(ids[2]) != 1 {
			t.Error("not given again")
		}

		d.must(d.Review.PutOff(ctx, me, db.Now()+5*86_400_000_000, ids[1]))
		before := off(ids[1])
		later := do(claims.BatchSnooze, "30")
		fates(later, claims.FateRefused, claims.FateDone, claims.FateDone, claims.FateRefused)
		if off(ids[2]) == 0 || off(ids[1]) == before {
			t.Error("not put off")
		}
		d.undo("editor-1")
		d.work(later)
		fates(later, claims.FateRefused, claims.FateBack, claims.FateBack)
		if off(ids[1]) != before || off(ids[2]) != 0 {
			t.Errorf("taken back: until %d and %d, was %d", off(ids[1]), off(ids[2]), before)
		}

		for _, bad := range []struct {
			act  claims.BatchAct
			with string
		}{{claims.BatchGive, "777"}, {claims.BatchGive, "x"}, {claims.BatchSnooze, "-1"}, {claims.BatchAdd, "777"},
			{claims.BatchSnooze, "2020-01-01"}} {
			b, err := d.Claims.LookAtBatch(ctx, me, d.Collection.ID, ids)
			d.must(err)
			if _, err := d.Claims.DoBatch(ctx, me, b.ID, bad.act, bad.with); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s %q is %v", bad.act, bad.with, err)
			}
			if _, err := d.Claims.DoBatch(ctx, d.As("reviewer-1"), b.ID, bad.act, ""); fault.KindOf(err) !=
				fault.NotFound {
				t.Errorf("%s: another person's batch is %v", bad.act, err)
			}
		}
		mine, err := d.Claims.LookAtBatch(ctx, d.As("reviewer-1"), d.Collection.ID, ids)
		d.must(err)
		if _, err := d.Claims.DoBatch(ctx, d.As("reviewer-1"), mine.ID, claims.BatchGive, fmt.Sprint(to)); fault.KindOf(
			err) != fault.Forbidden {
			t.Errorf("a reviewer gives to another: %v", err)
		}
		d.Verify()
	})
}
