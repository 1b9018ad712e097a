package shelf

import (
	"context"
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Remove takes an entry off the shelf, with a reason. It stays readable as what it was, and may come in again.
func (s *Service) Remove(ctx context.Context, actor auth.Actor, id EntryID, version int64, reason string) (_ Entry,
	err error) {
	defer fault.In(&err, "shelf.Remove(%d)", id)
	return s.takeOff(ctx, actor, id, version, auth.Write, Removed, reason)
}

// Withhold takes an entry down by law, with a reason: its words and its bytes go for good, their hashes stay. The same
// fact-check does not come in again.
func (s *Service) Withhold(ctx context.Context, actor auth.Actor, id EntryID, version int64, reason string) (_ Entry,
	err error) {
	defer fault.In(&err, "shelf.Withhold(%d)", id)
	return s.takeOff(ctx, actor, id, version, auth.TakeDown, Withheld, reason)
}

func (s *Service) takeOff(ctx context.Context, actor auth.Actor, id EntryID, version int64, act auth.Action,
	to EntryState, reason string) (after Entry, err error) {
	e, who, err := s.entry(ctx, actor, id, act)
	if err != nil {
		return e, err
	}
	if err := text.CheckReason(&reason, "Say why; the history keeps the reason.", "A reason is needed."); err != nil {
		return e, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Alone(fmt.Sprintf("shelf %d", e.CollectionID)); err != nil {
			return err
		}
		var now Entry
		if err := store.Take(tx.Lock(), &now, "such entry", "id = ?", id); err != nil {
			return err
		}
		if err := Removable(now, to); err != nil {
			return err
		}
		if now.Version != version {
			return fault.Stale("Somebody changed this entry after you opened it. Look at it again.")
		}
		after = now
		after.State, after.Version = to, now.Version+1
		if now.State == Kept {
			if err := unpost(tx, now); err != nil {
				return err
			}
			if err := grow(tx, now.CollectionID, -1, 0); err != nil {
				return err
			}
			if err := tx.Gorm().Where("entry_id = ? AND version = 1", id).Delete(&Match{}).Error; err != nil {
				return err
			}
		}
		if to == Withheld {
			after = bare(after)
		}
		if err := store.Changed(tx.Gorm().Model(&Entry{}).Where("id = ? AND version = ?", id, version).Select("*").
			Omit("id").Updates(&after), "this entry"); err != nil {
			return err
		}
		tx.AfterCommit(s.stir)
		_, err := history.Append(tx, who, history.Event{Action: "shelf.entry_" + string(to), Object: EntryObject(id),
			Collection: int64(now.CollectionID), Before: entryFields(now), After: entryFields(after), Reason: reason})
		return err
	})
	return after, err
}

// bare is an entry without its words and bytes.
func bare(e Entry) Entry {
	return Entry{ID: e.ID, CollectionID: e.CollectionID, FileID: e.FileID, N: e.N, State: e.State, Verdict: e.Verdict,
		Raw: []byte{}, SHA256: e.SHA256, Said: e.Said, Version: e.Version}
}

// Removable says whether an entry can be taken off its shelf; what was taken off can still be withheld.
func Removable(e Entry, to EntryState) error {
	if e.State == Withheld || e.State == to {
		return fault.New(fault.Conflict, "Entry %d is %s already.", e.ID, e.State)
	}
	return nil
}
