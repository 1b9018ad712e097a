package history

import "claimbench/internal/store"

// gathered are the events of a Write that are written together at its end.
type gathered struct {
	who    Who
	events []Event
}

type gatheredKey struct{}

// Together runs f, and writes the events that it appends in one go when it has ended well: the head is read, locked
// and moved once, not for each event. Until then an event has no number: Append and AppendAll give 0, so f must not
// need it.
func Together(tx *store.Tx, f func() error) error {
	if tx.Kept(gatheredKey{}) != nil {
		return f() // it is a part of a larger whole
	}
	var all []gathered
	tx.Keep(gatheredKey{}, &all)
	err := f()
	tx.Keep(gatheredKey{}, nil)
	if err != nil {
		return err
	}
	for len(all) > 0 { // in their order, each person's run of events at once
		n, events := 0, []Event(nil)
		for n < len(all) && all[n].who == all[0].who {
			events = append(events, all[n].events...)
			n++
		}
		if _, err := AppendAll(tx, all[0].who, events); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// Hold locks the head of the history: until this Write has ended, nobody adds an event.
func Hold(tx *store.Tx) error {
	_, err := readHead(tx.Lock())
	return err
}

// gather keeps events for the end of Together; false when there is none.
func gather(tx *store.Tx, who Who, events []Event) bool {
	all, ok := tx.Kept(gatheredKey{}).(*[]gathered)
	if ok {
		*all = append(*all, gathered{who, events})
	}
	return ok
}
