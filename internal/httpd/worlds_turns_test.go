package httpd

import (
	"net/http"

	"claimbench/internal/claims"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// candidate finds the first candidate of a world, 0 when there is none.
func (d *door) candidate() (n claims.ID) {
	d.t.Helper()
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		n, _, err = store.One[claims.ID](r, "SELECT id FROM claims WHERE state = ? ORDER BY id LIMIT 1",
			claims.Candidate)
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	return n
}

// finishBatches does the jobs of all batches.
func (d *door) finishBatches() {
	d.t.Helper()
	var all []jobs.Job
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Where("kind = ? AND state NOT IN ?", claims.Batching, []jobs.State{jobs.Done,
			jobs.Failed}).Order("id").Find(&all).Error
	}); err != nil {
		d.t.Fatal(err)
	}
	for _, j := range all {
		if _, err := d.Jobs.Finish(roomtest.Ctx(), j.ID); err != nil {
			d.t.Fatal(err)
		}
	}
}

// compareTurns accepts a candidate, which somebody else reviews in the first world only, and compares every answer of
// taking that back, doing it again, and of a batch with the claim in it.
func (w *twins) compareTurns() (asked int) {
	w.t.Helper()
	col := under(w.door[0].Collection.ID, "")
	w.both(func(d *door) { d.form("reviewer-2", "/articles/1/extract").want(d.t, http.StatusSeeOther) })
	n := w.door[0].candidate()
	if other := w.door[1].candidate(); n == 0 || n != other {
		w.t.Fatalf("the candidates are %d and %d", n, other)
	}
	url := claimURL(n)
	do := func(all ...deed) {
		asked += w.compare(all)
		w.both(func(d *door) { d.finishBatches() })
	}
	do(deed{303, "reviewer-2", url + "/accept", "version=1"})
	w.secretly(func(d *door) { d.reviewed("reviewer-1", n, secrets[1]) })
	w.secretly(func(d *door) { d.commented("reviewer-1", n, secrets[1]) })
	for range 2 {
		do(deed{200, "reviewer-2", col + "undo", `{}`}, deed{200, "reviewer-2", col + "redo", `{}`})
	}
	do(deed{200, "reviewer-2", col + "batches", `{"claims":[` + itoa(n) + `,1],"act":"withdraw"}`})
	do(deed{200, "reviewer-2", "/batches/1", `{"act":"withdraw","reason":"said twice"}`})
	do(deed{200, "reviewer-2", col + "undo", `{}`})
	do(deed{200, "reviewer-2", col + "redo", `{}`})
	for _, path := range []string{"/batches/1", url, col + "queue?claim=" + itoa(n)} {
		for form, header := range forms {
			asked++
			var got [2]string
			for i, d := range w.door {
				got[i] = d.do("reviewer-2", get, path, "", "", header...).text()
			}
			w.same("reviewer-2 "+path+" "+form, got[0], got[1])
		}
	}
	return asked
}
