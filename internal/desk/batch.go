package desk

import (
	"context"
	"slices"
	"strconv"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
)

// batchRows is how many claims of a batch a page shows.
const batchRows = 100

// Batch is one act on many claims as its owner sees it: which claims, and what became of each or would.
type Batch struct {
	Frame
	claims.Batch
	Act    claims.BatchAct   // what is done, or looked at
	Acts   []claims.BatchAct // that the person may do
	Counts map[claims.BatchFate]int
	Rows   []BatchRow
	Next   claims.ID // After of the next page, 0 at the end
	Job    *jobs.Job // nil before it was asked for
}

// BatchRow is one claim of a batch with its words.
type BatchRow struct {
	claims.BatchRow
	Claim claims.Claim // zero when it is none of the collection
}

// Batch answers for the page of a batch of the person's own. act is what is looked at while nothing was asked for, ""
// for accepting; after is the last claim of the page before.
func (d *Desk) Batch(ctx context.Context, actor auth.Actor, id claims.BatchID, act claims.BatchAct, after claims.ID) (
	out Batch, err error) {
	defer fault.In(&err, "desk.Batch(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Batch{Counts: map[claims.BatchFate]int{}}
		if out.Batch, err = claims.BatchOf(l.rx, actor.UserID, id); err != nil {
			return err
		}
		in := out.CollectionID
		if err := l.reads(auth.ThingClaim, in, "batch of yours"); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		for _, a := range claims.BatchActs.Names() {
			if l.may(claims.BatchThing(a), auth.Write, in) {
				out.Acts = append(out.Acts, a)
			}
		}
		if out.Act = out.Batch.Act; out.Act == "" {
			out.Act = act
		}
		if out.Act == "" {
			out.Act = claims.BatchAccept
		}
		all, err := claims.BatchRows(l.rx, out.Batch, out.Act)
		if err != nil {
			return err
		}
		for _, x := range all {
			out.Counts[x.Fate]++
		}
		if j, ok, err := jobs.Last(l.rx, claims.Batching, claims.BatchObject(id)); err != nil {
			return err
		} else if ok {
			out.Job = &j
		}
		return l.batchPage(&out, all, after)
	})
	return out, err
}

// batchPage adds a page of the claims with their words: those that are refused, or were kept, come first.
func (l *look) batchPage(out *Batch, all []claims.BatchRow, after claims.ID) error {
	odd := func(x claims.BatchRow) int {
		if x.Fate == claims.FateRefused || x.Fate == claims.FateKept {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b claims.BatchRow) int { return odd(a) - odd(b) })
	if i := slices.IndexFunc(all, func(x claims.BatchRow) bool { return x.ID == after }); i >= 0 {
		all = all[i+1:]
	}
	if len(all) > batchRows {
		all = all[:batchRows]
		out.Next = all[batchRows-1].ID
	}
	ids := make([]claims.ID, len(all))
	for i, x := range all {
		ids[i] = x.ID
	}
	found, err := claims.FilledOf(l.rx, ids)
	if err != nil {
		return err
	}
	for _, x := range all {
		row := BatchRow{BatchRow: x}
		if i := slices.IndexFunc(found, func(c claims.Claim) bool {
			return c.ID == x.ID && c.CollectionID == out.CollectionID
		}); i >= 0 {
			row.Claim = found[i]
		}
		out.Rows = append(out.Rows, row)
	}
	return nil
}

// BatchJSON is one act on many claims, for programs.
type BatchJSON struct {
	ID         claims.BatchID     `json:"id"`
	Collection auth.CollectionID  `json:"collection"`
	Act        claims.BatchAct    `json:"act"`   // what is done, or looked at
	State      claims.BatchState  `json:"state"` // preview, doing, done, undoing, undone, redoing
	Chosen     int                `json:"chosen"`
	Would      int                `json:"would"`   // claims to which it is not done yet, and would be
	Done       int                `json:"done"`    // to which it was done
	Refused    int                `json:"refused"` // to which it is not done
	Back       int                `json:"back"`    // of which it was taken back
	Kept       int                `json:"kept"`    // of which it could not be taken back
	Claims     List[BatchRowJSON] `json:"claims"`
}

// BatchRowJSON is one claim of a batch.
type BatchRowJSON struct {
	Claim claims.ID        `json:"claim"`
	State claims.State     `json:"state"`
	Fate  claims.BatchFate `json:"fate"` // "" while it would be done
	Why   string           `json:"why"`  // why it is refused, or kept
}

// JSON is the batch for programs.
func (b Batch) JSON() BatchJSON {
	out := BatchJSON{ID: b.ID, Collection: b.CollectionID, Act: b.Act, State: b.State, Chosen: len(b.Chosen),
		Would: b.Counts[""], Done: b.Counts[claims.FateDone], Refused: b.Counts[claims.FateRefused],
		Back: b.Counts[claims.FateBack], Kept: b.Counts[claims.FateKept]}
	rows := make([]BatchRowJSON, len(b.Rows))
	for i, x := range b.Rows {
		rows[i] = BatchRowJSON{x.ID, x.State, x.Fate, x.Why}
	}
	out.Claims = ListOf(rows)
	if b.Next != 0 {
		out.Claims.Next = strconv.FormatInt(int64(b.Next), 10)
	}
	return out
}
