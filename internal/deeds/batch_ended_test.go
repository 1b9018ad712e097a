package deeds_test

import (
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// fails does the newest job of a batch, which must fail.
func (d desk) fails(b claims.Batch) {
	d.t.Helper()
	var job jobs.Job
	d.must(d.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		job, _, err = jobs.Last(r, claims.Batching, claims.BatchObject(b.ID))
		return err
	}))
	j, err := d.Jobs.Finish(roomtest.Ctx(), job.ID)
	if err != nil || j.State != jobs.Failed {
		d.t.Fatalf("the job is %s: %q, %v", j.State, j.Message, err)
	}
}

// TestABatchOfATokenThatEnded: a batch whose token ended is over, says what it did not come to, and is taken back and
// done again as one that was done; so is one of which a job that failed has told nobody.
func TestABatchOfATokenThatEnded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, all, me := roomtest.Ctx(), d.candidates(), d.As("reviewer-1")
		token, end := d.byToken("reviewer-1", auth.Reviewer)
		b, err := d.Claims.LookAtBatch(ctx, me, d.Collection.ID, []claims.ID{all[0].ID, all[1].ID})
		d.must(err)
		_, err = d.Claims.DoBatch(ctx, token, b.ID, claims.BatchAccept, "")
		d.must(err)
		end()
		d.fails(b)
		for id, x := range d.rows(b, "") {
			if x.Fate != claims.FateRefused || !strings.Contains(x.Why, "ended before") {
				t.Errorf("claim %d, which it did not come to, is %+v", id, x)
			}
		}
		d.undo("reviewer-1")
		d.work(b)

		b, err = d.Claims.LookAtBatch(ctx, me, d.Collection.ID, []claims.ID{all[0].ID, all[1].ID})
		d.must(err)
		_, err = d.Claims.DoBatch(ctx, me, b.ID, claims.BatchAccept, "")
		d.must(err)
		d.work(b)
		d.must(d.DB.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE claim_batches SET state = 'redoing' WHERE id = ?", b.ID).Error
		}))
		d.undo("reviewer-1")
		d.work(b)
		if now := d.now(all[0].ID); now.State != claims.Candidate {
			t.Errorf("taken back it is %s", now.State)
		}
		d.redo("reviewer-1")
		d.work(b)
		if now := d.now(all[0].ID); now.State != claims.Open {
			t.Errorf("done again it is %s", now.State)
		}
		d.Verify()
	})
}

// byToken is somebody by a token of theirs, with what ends it.
func (d desk) byToken(name string, role auth.Role) (of auth.Actor, end func()) {
	d.t.Helper()
	secret, made, err := d.Auth.MakeToken(roomtest.Ctx(), d.As(name), auth.NewToken{Name: "script", Days: 3,
		Scopes: []auth.Grant{{Role: role, Collection: d.Collection.ID}}})
	d.must(err)
	of, err = d.Auth.ResumeToken(roomtest.Ctx(), secret)
	d.must(err)
	return of, func() {
		_, err := d.Auth.EndToken(roomtest.Ctx(), d.As(name), made.ID)
		d.must(err)
	}
}
