package history

import (
	"maps"

	"claimbench/internal/store"
)

// Hider says of which objects the events tell what nobody may read, whoever asks: the name of a protected source. The
// events stay, and so do their hashes; what they say goes to no reader, and into no export.
type Hider func(r *store.Rx, objects []string) (map[string]bool, error)

type hiderKey struct{}

// Hide names the one hider of a database. It is called when the rooms are opened, before the first read.
func Hide(db *store.DB, f Hider) { db.Lend(hiderKey{}, f) }

// hiddenAmong asks the hider.
func hiddenAmong(r *store.Rx, objects []string) (map[string]bool, error) {
	f, there := r.Lent(hiderKey{}).(Hider)
	if !there || len(objects) == 0 {
		return nil, nil
	}
	return f(r, objects)
}

// openFields are the fields of a hidden event that anybody may read who may read the event: that something happened to
// which claim, and who did it when. What is not in this list is left out.
var openFields = map[string]bool{"collection": true, "claim": true, "evidence": true, "stance": true, "kind": true,
	"linked_by": true, "linked_at": true, "unlinked_by": true, "unlinked_at": true, "protected_by": true,
	"protected_at": true, "version": true, "article": true, "state": true, "verdict": true, "round": true,
	"words_version": true, "merged_into": true, "priority": true, "added_by": true, "added_at": true, "opened_by": true,
	"opened_at": true, "n": true, "user": true, "named_by": true, "named_at": true}

// hide takes out of events, in place, what nobody may read.
func hide(r *store.Rx, events []Entry) error {
	objects := make([]string, len(events))
	for i, e := range events {
		objects[i] = e.Object
	}
	hidden, err := hiddenAmong(r, objects)
	if err != nil {
		return err
	}
	for i := range events {
		if e := &events[i]; hidden[e.Object] {
			e.Hidden, e.Texts, e.Reason = true, map[string]Text{}, Text{}
			closed := func(name, _ string) bool { return !openFields[name] }
			maps.DeleteFunc(e.Before, closed)
			maps.DeleteFunc(e.After, closed)
		}
	}
	return nil
}
