package main

import (
	"context"
	"fmt"
	"strings"

	"claimbench/internal/history"
	"claimbench/internal/store"
)

// sizeOf is how many events a database has.
func sizeOf(ctx context.Context, database string) (n int64, err error) {
	return n, reading(ctx, database, func(r *store.Rx) error {
		n, err = history.Size(r)
		return err
	})
}

func reading(ctx context.Context, database string, do func(r *store.Rx) error) error {
	db, err := store.Open(ctx, database, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Read(ctx, do)
}

// count compares what was acknowledged with what is there: deeds, which are noted in the Write of an act, events, and
// what was taken back.
func (w *world) count(ctx context.Context) error {
	return reading(ctx, w.server.database, func(r *store.Rx) error {
		if err := w.report.countEvents(r, w.begun); err != nil {
			return err
		}
		if err := w.report.countDeeds(r); err != nil {
			return err
		}
		if err := w.report.countTyped(r); err != nil {
			return err
		}
		return w.report.countBatches(r)
	})
}

// countDeeds looks that each deed is there as often as it was acknowledged, and taken back if that was.
func (r *report) countDeeds(rx *store.Rx) error {
	all, err := store.Select[struct {
		Person string `gorm:"column:person"`
		N      int64  `gorm:"column:n"`
		Kind   string `gorm:"column:kind"`
		About  string `gorm:"column:about"`
		State  string `gorm:"column:state"`
	}](rx, "SELECT u.name AS person, d.n, d.kind, CASE WHEN d.claim_id > 0 THEN 'claim:' || d.claim_id ELSE d.object "+
		"END AS about, d.state FROM deeds d JOIN users u ON u.id = d.user_id")
	if err != nil {
		return err
	}
	there, state := map[place]int{}, map[owner]int{}
	for _, d := range all {
		there[place{d.Person, mark{plainKind(d.Kind), d.About}}]++
		state[owner{d.Person, d.N}] = 0
		if d.State == "taken_back" {
			state[owner{d.Person, d.N}] = 1
		}
	}
	r.compareTurns(state)
	r.compareMarks(there)
	return nil
}

// compareTurns looks that what was taken back is, and what was done again is not. An answer that was lost may have been
// about any deed of the person.
func (r *report) compareTurns(state map[owner]int) {
	for at := range r.turns {
		if _, is := state[at]; !is && at.act > 0 {
			state[at] = 0
		}
	}
	for at, back := range state {
		known := r.turns[at]
		for _, free := range []owner{{at.person, 0}, {at.person, someRedo}} {
			if step := back - known; step*r.turns[free] > 0 {
				r.turns[free] -= step
				known = back
			}
		}
		r.differ("undo", fmt.Sprintf("that deed %d of %s is taken back", at.act, at.person), known, back)
	}
}

// compareMarks looks that each deed is there as often as it was acknowledged. An answer that was lost may have been
// about anything; one that says whether anything was done, about nothing.
func (r *report) compareMarks(there map[place]int) {
	for at := range r.marks {
		if _, is := there[at]; !is && at.about != "" && !eventsOnly[at.kind] {
			there[at] = 0
		}
	}
	for at, n := range there {
		known, free := r.marks[at], place{at.person, mark{kind: at.kind}}
		if n > known {
			used := min(n-known, r.marks[free])
			known, r.marks[free] = known+used, r.marks[free]-used
		}
		if settled[at.kind] && n > 0 && n < known {
			known = n
		}
		r.differ(r.nameOf(at.kind), at.person+" "+at.kind+" "+at.about, known, n)
	}
	for at, n := range r.marks {
		if at.about == "" && at.kind == "claim.created" {
			r.differ(r.nameOf(at.kind), at.person+" "+at.kind, n, 0)
		}
	}
}

func (r *report) nameOf(kind string) string {
	if name := r.names[kind]; name != "" {
		return name
	}
	return "none that was acknowledged: " + kind
}

// countEvents looks that each person's acts of each kind have their events, those of one request together.
func (r *report) countEvents(rx *store.Rx, begun int64) error {
	acks := map[place]int{}
	for at, n := range r.marks {
		if !quiet(at.kind) {
			of := place{at.person, mark{kind: at.kind}}
			acks[of] += n
			if settled[at.kind] {
				r.unsure[of] += n - 1
			}
		}
	}
	for at, n := range r.turned {
		acks[at] += n
	}
	there, counted := map[place]int{}, map[place]bool{}
	for after := begun; ; {
		page, err := history.List(rx, history.Filter{AfterSeq: after, BeforeSeq: after + history.MaxLimit + 1,
			Limit: history.MaxLimit, Viewer: history.Viewer{ReadAll: true}})
		if err != nil {
			return err
		}
		for _, e := range page {
			at := place{e.Who.Name, mark{kind: plainKind(e.Action)}}
			if verb, _, _ := strings.Cut(e.Batch, ":"); verb == "undo" || verb == "redo" || verb == "batch" {
				at.kind = verb // batches are counted apart
			}
			once := place{at.person, mark{at.kind, e.Who.Request}}
			if !counted[once] {
				counted[once] = true
				there[at]++
			}
		}
		if len(page) == 0 {
			break
		}
		after += history.MaxLimit
	}
	for at, n := range acks {
		if k := r.unsure[at]; there[at] < n && there[at] >= n-k {
			n = there[at]
		}
		name := r.names[at.kind]
		if name == "" {
			name = at.kind
		}
		r.differ(name, at.person+" events of "+at.kind, n, there[at])
	}
	return nil
}

// countBatches looks that no claim of a batch was done twice: what was done is taken back before it is done again.
func (r *report) countBatches(rx *store.Rx) error {
	for at := range r.marks {
		if !strings.HasPrefix(at.about, "batch:") {
			continue
		}
		done, err := history.List(rx, history.Filter{Batch: at.about, Limit: history.MaxLimit,
			Viewer: history.Viewer{ReadAll: true}})
		if err != nil {
			return err
		}
		last := map[string]string{}
		for _, e := range done {
			if last[e.Object] == e.Action {
				r.differ(r.names[at.kind], e.Object+" in "+at.about, 1, 2)
			}
			last[e.Object] = e.Action
		}
		fates, err := store.Select[struct {
			ClaimID int64  `gorm:"column:claim_id"`
			State   string `gorm:"column:state"`
		}](rx, "SELECT claim_id, state FROM claim_batch_items WHERE batch_id = ?", strings.TrimPrefix(at.about,
			"batch:"))
		if err != nil {
			return err
		}
		for _, f := range fates {
			_, has := last[about(f.ClaimID)]
			if f.State == "done" && !has {
				r.differ(r.names[at.kind], about(f.ClaimID)+" in "+at.about, 1, 0)
			}
		}
	}
	return nil
}
