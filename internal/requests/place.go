package requests

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Place says that a request asks the same as another, or, with its own number, the same as none: it stands where an
// editor put it, and the program does not look at it any more. Those that it was put together with before stay
// together.
func (s *Service) Place(ctx context.Context, actor auth.Actor, a Act, with ID) (out Done, err error) {
	defer fault.In(&err, "requests.Place(%d, with %d)", a.ID, with)
	seen, err := s.mayRead(ctx, actor, a.ID)
	if err != nil {
		return out, err
	}
	who, err := s.policy.May(actor, auth.ThingRequest, auth.Write, seen.CollectionID)
	if err != nil {
		return out, err
	}
	if with <= 0 {
		return out, fault.New(fault.Invalid, "Give the number of a request that asks the same.").With("with",
			"The number of a request.")
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		w := &work{tx: tx, who: who, actor: actor}
		a.Alike = false
		all, _, err := reached(tx, seen.CollectionID, a)
		if err != nil {
			return err
		}
		x := all[0]
		after := x
		if err := placeable(tx, x, with); err != nil {
			return err
		}
		stayed, err := join(tx, &after, with)
		if err != nil {
			return err
		}
		after.Placed = with
		if err := w.keep(x, &after, "request.placed"); err != nil {
			return err
		}
		p := partOf(x, nil, after)
		p.With = stayed
		out = Done{Request: after}
		return note(w, placed, []part{p})
	})
	return out, err
}

// placeable refuses what cannot be one with a request.
func placeable(tx *store.Tx, x Request, with ID) error {
	refuse := func(kind fault.Kind, msg string, args ...any) error {
		e := fault.New(kind, msg, args...)
		return e.With("with", e.Msg)
	}
	if with == x.ID {
		if x.HeadID == x.ID && x.Placed == x.ID {
			return refuse(fault.Conflict, "Request %d stands alone already.", x.ID)
		}
		return nil
	}
	to, there, err := store.One[Request](&tx.Rx, "SELECT * FROM requests WHERE id = ? AND collection_id = ?", with,
		x.CollectionID)
	switch {
	case err != nil:
		return err
	case !there:
		return refuse(fault.Invalid, "There is no request %d in this collection.", with)
	case to.State == Withheld:
		return refuse(fault.Invalid, "Request %d was taken down. Give another that asks the same.", with)
	case to.HeadID != 0 && to.HeadID == x.HeadID:
		return refuse(fault.Conflict, "Request %d is with request %d already.", x.ID, with)
	}
	return nil
}

// join puts a request to those that another stands with, or, with its own number, alone. It gives one of those that it
// stood with before, itself where there was none. The caller writes the request.
func join(tx *store.Tx, x *Request, with ID) (stayed ID, err error) {
	stayed = x.ID
	if x.HeadID != 0 {
		next, there, err := store.One[ID](&tx.Rx, "SELECT id FROM requests WHERE head_id = ? AND id <> ? ORDER BY id "+
			"LIMIT 1", x.HeadID, x.ID)
		if err != nil {
			return 0, err
		}
		if there {
			stayed = next
		}
		if there && x.HeadID == x.ID { // the first of them goes: the next one is the first
			if err := tx.Gorm().Exec("UPDATE requests SET head_id = ? WHERE head_id = ? AND id <> ?", next, x.ID,
				x.ID).Error; err != nil {
				return 0, err
			}
		}
	}
	if x.HeadID = x.ID; with == x.ID {
		return stayed, nil
	}
	to, err := ByID(&tx.Rx, with)
	if err != nil {
		return 0, err
	}
	if x.HeadID = to.HeadID; x.HeadID == 0 { // the program has not looked at that one: it is the first of the two
		x.HeadID = to.ID
		err = tx.Gorm().Exec("UPDATE requests SET head_id = id WHERE id = ? AND head_id = 0", to.ID).Error
	}
	return stayed, err
}
