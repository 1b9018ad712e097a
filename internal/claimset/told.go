package claimset

import (
	"fmt"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
)

// Who is told of alarms: those who may answer them, one notice a set however many alarms it has; when one is answered,
// the same people, but for the one who answered. An alarm is never raised by what is veiled, so that nothing veiled is
// told.

// mostSetsTold is how many sets of a collection one act tells of one by one; of more it tells of the list of alarms.
const mostSetsTold = 20

// AlarmsRef is what a notice of more than a few sets leads to.
func AlarmsRef(in auth.CollectionID) string { return fmt.Sprintf("alarms:%d", in) }

// Heard is the history.Listener that raises alarms on frozen sets, and tells of them.
func (s *Service) Heard(tx *store.Tx, _ int64, events []history.Event) error {
	var of []ground
	for _, e := range events {
		if g, is := groundOf(e); is {
			of = append(of, g)
		}
	}
	sets := map[auth.CollectionID][]ID{}
	for part := range slices.Chunk(of, idsAtOnce) {
		raised, err := raise(tx, part)
		if err != nil {
			return err
		}
		for _, a := range raised {
			if !slices.Contains(sets[a.CollectionID], a.SetID) {
				sets[a.CollectionID] = append(sets[a.CollectionID], a.SetID)
			}
		}
	}
	for in, of := range sets {
		if err := s.tellRaised(tx, in, of); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) tellRaised(tx *store.Tx, in auth.CollectionID, sets []ID) error {
	people, err := s.answerers(tx, in, 0)
	if err != nil {
		return err
	}
	if len(sets) > mostSetsTold {
		return notices.Tell(tx, notices.About{In: in, Kind: notices.AlarmRaised, Ref: AlarmsRef(in)}, people...)
	}
	for _, set := range sets {
		if err := notices.Tell(tx, aboutAlarms(in, set, notices.AlarmRaised), people...); err != nil {
			return err
		}
	}
	return nil
}

// tellAnswered tells the others that an alarm of a set was answered. When none waits any more, what they have not read
// of it is taken back: there is nothing left to do.
func (s *Service) tellAnswered(tx *store.Tx, set Set, by auth.UserID) error {
	people, err := s.answerers(tx, set.CollectionID, by)
	if err != nil {
		return err
	}
	waits, err := WaitingOf(&tx.Rx, []ID{set.ID})
	if err != nil {
		return err
	}
	if waits[set.ID] == 0 {
		if err := notices.Untell(tx, aboutAlarms(set.CollectionID, set.ID, notices.AlarmRaised),
			append(people, by)...); err != nil {
			return err
		}
	}
	return notices.Tell(tx, aboutAlarms(set.CollectionID, set.ID, notices.AlarmAnswered), people...)
}

func aboutAlarms(in auth.CollectionID, set ID, kind notices.Kind) notices.About {
	return notices.About{In: in, Kind: kind, Ref: Object(set)}
}

// answerers are those who may answer the alarms of a collection, but for one.
func (s *Service) answerers(tx *store.Tx, in auth.CollectionID, but auth.UserID) (out []auth.UserID, err error) {
	all, err := s.policy.Members(&tx.Rx, auth.ThingClaimSet, auth.Answer, in)
	for _, p := range all {
		if p.ID != but && len(out) < notices.MostTold-1 { // one less: whoever answered may be put to them
			out = append(out, p.ID)
		}
	}
	return out, err
}
