package history

import "claimbench/internal/store"

// Listener is told of events in the Write that makes them, behind the events: whatever it writes stands or falls with
// them. The head of the history is locked by then, so that nobody adds an event before this Write has ended, and what
// the listener reads is what any later event finds. first is the number of the first event; the others follow it. It
// must be quick, and may append events of its own.
type Listener func(tx *store.Tx, first int64, events []Event) error

type listenerKey struct{}

// Listen names the one listener of a database. It is called when the rooms are opened, before the first Write.
func Listen(db *store.DB, f Listener) { db.Lend(listenerKey{}, f) }

func tell(tx *store.Tx, first int64, events []Event) error {
	if f, there := tx.Lent(listenerKey{}).(Listener); there {
		return f(tx, first, events)
	}
	return nil
}
