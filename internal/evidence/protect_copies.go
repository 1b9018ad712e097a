package evidence

import (
	"context"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// What one protects is a document, and it may stand in more rows than one: a merge copies items to the claim that
// stays and leaves the merged claim its own, also when the merge is taken back; an item is unlinked and linked anew.
// One row that stays open tells what the others hide, so they are protected in one act (docs/adr/0420).

// mostCopies is how many rows are protected in one act. More of one quotation are a mistake of a program.
const mostCopies = 1000

// Copies gives the other open items of the document of an item, unlinked ones too, by their numbers: those of the same
// words at the same address on every claim of the collection, and all of that address on those claims. The item may be
// one that is not written yet, without an id. It asks no permission.
func Copies(r *store.Rx, it Item) (out []Item, err error) {
	if it.URL == "" {
		return nil, nil
	}
	on, err := store.Select[claims.ID](r, "SELECT DISTINCT claim_id FROM evidence WHERE url = ? AND url <> '' AND "+
		"exact = ? AND collection_id = ? AND protected = '' ORDER BY claim_id LIMIT ?", it.URL, it.Exact,
		it.CollectionID, mostCopies)
	if err != nil {
		return nil, err
	}
	out, err = store.Select[Item](r, "SELECT * FROM evidence WHERE claim_id IN ? AND article_id IS NULL AND "+
		"protected = '' AND id <> ? ORDER BY id", append(on, it.ClaimID), it.ID)
	out = slices.DeleteFunc(out, func(o Item) bool { return !articles.SameAddress(o.URL, it.URL) })
	if err == nil && (len(out) > mostCopies || len(on) == mostCopies) {
		return nil, fault.New(fault.Conflict, "This document is linked to %d claims or more, too many to protect "+
			"it in one act. Ask who runs the program.", mostCopies)
	}
	return out, err
}

// lockCopies is Copies with the rows locked, as they are then.
func lockCopies(tx *store.Tx, it Item) (out []Item, err error) {
	found, err := Copies(&tx.Rx, it)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ids := make([]ID, len(found))
	for i, o := range found {
		ids[i] = o.ID
	}
	return out, tx.Lock().Where("id IN ? AND protected = ''", ids).Order("id").Find(&out).Error
}

// Protect hides the source of an item that is linked already, with all copies of the item. What is printed stays as it
// was printed; every copy that goes out from now on hides it.
func (s *Service) Protect(ctx context.Context, actor auth.Actor, id ID, version int64, reason string) (after Item,
	err error) {
	defer fault.In(&err, "evidence.Protect(%d)", id)
	who, err := s.mayProtect(ctx, actor, id)
	if err != nil {
		return Item{}, err
	}
	if err := articles.CheckProtection(&reason); err != nil {
		return Item{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := lockItem(tx, id)
		if err != nil {
			return err
		}
		if err := Protectable(now); err != nil {
			return err
		}
		also, err := lockCopies(tx, now)
		if err != nil {
			return err
		}
		now.Version = version // that the person opened
		all, err := hideAll(tx, who, append([]Item{now}, also...), reason)
		if err == nil {
			after = all[0]
		}
		return err
	})
	return after, err
}

// hideAll protects items, which are locked, with one reason.
func hideAll(tx *store.Tx, who history.Who, items []Item, reason string) (out []Item, err error) {
	ids := make([]ID, len(items))
	for i, it := range items {
		ids[i] = it.ID
	}
	names := map[OriginID]string{} // an origin is masked once
	for _, now := range items {
		after := now
		after.Version = now.Version + 1
		kept := after.hide(reason)
		if now.OriginID != nil {
			name, known := names[*now.OriginID]
			if !known {
				if name, err = hideOrigin(tx, who, *now.OriginID, ids); err != nil {
					return nil, err
				}
				names[*now.OriginID] = name
			}
			kept.Origin = name
		}
		if err := store.Changed(tx.Gorm().Model(&Item{}).Where("id = ? AND version = ?", now.ID, now.Version).
			Updates(sourceColumns(after)), "this evidence"); err != nil {
			return nil, err
		}
		if err := keep(tx, who, after, kept); err != nil {
			return nil, err
		}
		if err := captures.Unwish(tx, int64(now.ID)); err != nil {
			return nil, err
		}
		if _, err := history.Append(tx, who, history.Event{Action: "evidence.protected", Object: Object(now.ID),
			Collection: int64(now.CollectionID), Before: fields(now), After: fields(after),
			Texts: texts(after)}); err != nil {
			return nil, err
		}
		out = append(out, after)
	}
	return out, nil
}

// hideEarlier protects what was linked openly before of a document that is linked now as a protected one.
func hideEarlier(tx *store.Tx, who history.Who, i Item, reason string) error {
	also, err := lockCopies(tx, i)
	if err != nil || len(also) == 0 {
		return err
	}
	_, err = hideAll(tx, who, also, reason)
	return err
}
