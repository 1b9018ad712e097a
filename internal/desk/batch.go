package desk

import (
	"context"
	"slices"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
)

// batchRows is how many claims of a batch a page shows.
const batchRows = 100

// Batch is one act on many claims as its owner sees it: which claims, and what became of each or would.
type Batch struct {
	Frame
	claims.Batch
	Act    claims.BatchAct   // what is done, or looked at
	Acts   []claims.BatchAct // that the person may do
	Target int64             // of Act, as claims.Batch has it
	People []auth.UserID     // to whom claims may be given; of BatchGive
	Sets   []claimset.Set    // the drafts to which they may be added, or the one to which they are; of BatchAdd
	Names  Names
	Counts map[claims.BatchFate]int
	Rows   []BatchRow
	Next   claims.ID // After of the next page, 0 at the end
	Job    *jobs.Job // nil before it was asked for
}

// Until is until when the claims are put off; of BatchSnooze.
func (b Batch) Until() store.Micros { return store.Micros(b.Target) }

// BatchRow is one claim of a batch with its words.
type BatchRow struct {
	claims.BatchRow
	Claim claims.Claim // zero when it is none of the collection
}

// BatchAsk is what is looked at of a batch to which nothing was done: the act, "" for the first that would do anything,
// and its target as claims.Service.BatchTarget reads it; and the last claim of the page before.
type BatchAsk struct {
	Act   claims.BatchAct
	To    string
	After claims.ID
}

// Batch answers for the page of a batch of the person's own.
func (d *Desk) Batch(ctx context.Context, actor auth.Actor, id claims.BatchID, ask BatchAsk) (out Batch, err error) {
	defer fault.In(&err, "desk.Batch(%d, %s)", id, ask.Act)
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
		if err := l.forget(in, articles.OwnWords(&out.Batch)...); err != nil {
			return err
		}
		for _, a := range claims.BatchActs.Names() {
			if thing, needs := claims.BatchNeeds(a); l.may(thing, needs, in) {
				out.Acts = append(out.Acts, a)
			}
		}
		all, err := l.batchLooked(&out, ask)
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
		if err := l.batchTargets(&out); err != nil {
			return err
		}
		return l.batchPage(&out, all, ask.After)
	})
	return out, err
}

// batchLooked says of each claim what became of it, or what would: by the act that was asked for, else by the one that
// is looked at, else by the first of those offered that would do anything to any and ends none.
func (l *look) batchLooked(out *Batch, ask BatchAsk) (all []claims.BatchRow, err error) {
	if out.Act, out.Target = out.Batch.Act, out.Batch.Target; out.Act != "" {
		return l.h.Claims.BatchRows(l.rx, out.Batch, "", 0)
	}
	if ask.Act == "" {
		ask.Act, ask.To = out.LookedAct, out.LookedTo
	}
	try := slices.DeleteFunc(slices.Clone(out.Acts), func(a claims.BatchAct) bool {
		return a == claims.BatchReject || a == claims.BatchWithdraw // who wants these chooses them
	})
	if len(try) == 0 {
		try = out.Acts
	}
	if ask.Act != "" {
		try = []claims.BatchAct{ask.Act}
	}
	for _, act := range try {
		target, err := l.h.Claims.BatchTarget(l.rx, out.Batch, act, ask.To)
		if err != nil {
			return nil, err
		}
		rows, err := l.h.Claims.BatchRows(l.rx, out.Batch, act, target)
		if err != nil {
			return nil, err
		}
		would := slices.ContainsFunc(rows, func(x claims.BatchRow) bool { return x.Fate == "" })
		if all == nil || would {
			out.Act, out.Target, all = act, target, rows
		}
		if would {
			break
		}
	}
	return all, nil
}

// batchDrafts is how many draft sets are offered; older ones take claims at their own page.
const batchDrafts = 50

// batchTargets adds what an act may be done to, and names it.
func (l *look) batchTargets(out *Batch) (err error) {
	switch out.Act {
	case claims.BatchGive:
		if out.People = []auth.UserID{l.actor.UserID}; l.may(auth.ThingAssignment, auth.Give, out.CollectionID) {
			if out.People, _, err = l.givable(out.CollectionID); err != nil {
				return err
			}
		}
		if to := auth.UserID(out.Target); !slices.Contains(out.People, to) {
			out.People = append(out.People, to)
		}
		l.name(out.People...)
	case claims.BatchAdd:
		if out.Sets, err = claimset.DraftsOf(l.rx, out.CollectionID, batchDrafts); err != nil {
			return err
		}
		if to := claimset.ID(out.Target); to != 0 && !slices.ContainsFunc(out.Sets, func(s claimset.Set) bool {
			return s.ID == to
		}) {
			set, err := claimset.ByID(l.rx, to)
			if err != nil {
				return err
			}
			out.Sets = append(out.Sets, set)
		}
	}
	out.Names = l.names
	return nil
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
	var words []*string
	for i := range out.Rows {
		words = append(words, &out.Rows[i].Why)
	}
	return l.forget(out.CollectionID, words...)
}

// BatchJSON is one act on many claims, for programs.
type BatchJSON struct {
	ID         claims.BatchID     `json:"id"`
	Collection auth.CollectionID  `json:"collection"`
	Act        claims.BatchAct    `json:"act"`             // what is done, or looked at
	User       auth.UserID        `json:"user,omitempty"`  // of give: to whom
	Until      *Time              `json:"until,omitempty"` // of snooze
	Set        claimset.ID        `json:"set,omitempty"`   // of add
	State      claims.BatchState  `json:"state"`           // preview, doing, done, undoing, undone, redoing
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
	State claims.State     `json:"state"` // "": there is no such claim here
	Fate  claims.BatchFate `json:"fate"`  // "" while it would be done
	Why   string           `json:"why"`   // why it is refused, or kept
}

// JSON is the batch for programs.
func (b Batch) JSON() BatchJSON {
	out := BatchJSON{ID: b.ID, Collection: b.CollectionID, Act: b.Act, State: b.State, Chosen: len(b.Chosen),
		Would: b.Counts[""], Done: b.Counts[claims.FateDone], Refused: b.Counts[claims.FateRefused],
		Back: b.Counts[claims.FateBack], Kept: b.Counts[claims.FateKept]}
	switch b.Act {
	case claims.BatchGive:
		out.User = auth.UserID(b.Target)
	case claims.BatchSnooze:
		out.Until = new(Time(b.Target))
	case claims.BatchAdd:
		out.Set = claimset.ID(b.Target)
	}
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
