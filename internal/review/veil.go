package review

import (
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// veiling says whether a round still hides its events: while it is open, and in conflict until somebody decides it, for
// its adjudicator must not know whose reviews they are.
func veiling(rd Round, decided bool) bool {
	return rd.ClosedAt == nil || rd.Outcome == InConflict && !decided
}

// compareVeils holds the lifted veils to the rounds: all of those that ended, and no other.
func compareVeils(r *store.Rx, found history.Found) error {
	lifted := map[int64]bool{}
	if err := history.Lifted(r, func(veil int64) error {
		if veil > 0 { // those below are of comments
			lifted[veil] = true
		}
		return nil
	}); err != nil {
		return err
	}
	decided := map[RoundID]bool{}
	if err := store.Each(r, func(d Decision) error { decided[d.RoundID] = true; return nil }); err != nil {
		return err
	}
	err := store.Each(r, func(rd Round) error {
		switch shown := lifted[int64(rd.ID)]; {
		case shown && veiling(rd, decided[rd.ID]):
			found(roundObject(rd), "its events are shown to everybody, but it has not ended")
		case !shown && !veiling(rd, decided[rd.ID]):
			found(roundObject(rd), "it ended, but its events are still veiled")
		}
		delete(lifted, int64(rd.ID))
		return nil
	})
	for veil := range lifted {
		found("veil:"+history.Num(veil), "it is lifted, but there is no such round")
	}
	return err
}
