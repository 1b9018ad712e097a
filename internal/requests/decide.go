package requests

import (
	"context"
	"slices"

	"claimbench/internal/addresses"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Bounds of acts.
const (
	MostLinks  = 10  // claims of one request
	mostAtOnce = 200 // requests like it that one act reaches besides
)

// Act is what an editor does to a request, as they saw it.
type Act struct {
	ID      ID
	Version int64
	Alike   bool // to those like it that are in the same state, too
}

// Done is what became of an act.
type Done struct {
	Request
	Others int  // how many like it, besides
	Left   bool // there are more like it: do it again
}

// Decidable says whether an editor may still decide about a request.
func Decidable(x Request) error {
	if x.State == Withheld {
		return fault.New(fault.Conflict, "Request %d was taken down; nothing is decided about it any more.", x.ID)
	}
	return nil
}

// Reopenable says whether a request can be decided again.
func Reopenable(x Request) error {
	if x.State != NotChecked {
		return fault.New(fault.Conflict, "Request %d is %s; only one that is not checked is opened again.", x.ID,
			x.State.Word())
	}
	return nil
}

// Link says which claims of the collection say what was asked: the request is being checked from now on.
func (s *Service) Link(ctx context.Context, actor auth.Actor, a Act, ids []claims.ID) (out Done, err error) {
	defer fault.In(&err, "requests.Link(%d)", a.ID)
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) == 0 || len(ids) > MostLinks {
		return out, fault.New(fault.Invalid, "Give the numbers of one to %d claims.", MostLinks).With("claim",
			"A number, or several with spaces between.")
	}
	return s.change(ctx, actor, auth.Write, a, func(tx *store.Tx, who history.Who, x Request) (Request, error) {
		if err := linkable(&tx.Rx, x, ids); err != nil {
			return x, err
		}
		have, err := LinksOf(&tx.Rx, x.ID)
		if err != nil {
			return x, err
		}
		fresh := slices.DeleteFunc(slices.Clone(ids), func(id claims.ID) bool {
			return slices.ContainsFunc(have, func(l Link) bool { return l.ClaimID == id })
		})
		if len(fresh)+len(have) > MostLinks {
			return x, fault.New(fault.Conflict, "A request is linked to at most %d claims.", MostLinks).With("claim",
				"Take a link away first.")
		}
		for _, id := range fresh {
			l := Link{CollectionID: x.CollectionID, RequestID: x.ID, ClaimID: id, LinkedBy: actor.UserID,
				LinkedAt: tx.Now()}
			if err := tx.Gorm().Create(&l).Error; err != nil {
				return x, err
			}
			if err := record(tx, who, "request.linked", linkObject(l.ID), x, nil, linkFields(l), nil); err != nil {
				return x, err
			}
		}
		x.State, x.Reason = Checking, ""
		return x, nil
	})
}

// linkable refuses numbers that are no claims of the collection, and claims that have ended.
func linkable(r *store.Rx, x Request, ids []claims.ID) error {
	there, err := claims.ByIDs(r, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		c, is := there[id]
		if !is || c.CollectionID != x.CollectionID {
			e := fault.New(fault.Invalid, "There is no claim %d in this collection.", id)
			return e.With("claim", e.Msg)
		}
		if c.State.Ended() {
			e := fault.New(fault.Invalid, "Claim %d was %s. Link another.", id, c.State.Word())
			return e.With("claim", e.Msg)
		}
	}
	return nil
}

// Unlink takes the link to a claim away; without any, the request is as it was received.
func (s *Service) Unlink(ctx context.Context, actor auth.Actor, a Act, id claims.ID) (out Done, err error) {
	defer fault.In(&err, "requests.Unlink(%d, claim %d)", a.ID, id)
	return s.change(ctx, actor, auth.Write, a, func(tx *store.Tx, who history.Who, x Request) (Request, error) {
		have, err := LinksOf(&tx.Rx, x.ID)
		if err != nil {
			return x, err
		}
		i := slices.IndexFunc(have, func(l Link) bool { return l.ClaimID == id })
		if i < 0 {
			return x, fault.New(fault.Conflict, "Claim %d is not linked to this request any more.", id)
		}
		if err := unlink(tx, who, x, have[i:i+1]); err != nil {
			return x, err
		}
		if len(have) == 1 && x.State == Checking {
			x.State = Received
		}
		return x, nil
	})
}

func unlink(tx *store.Tx, who history.Who, x Request, links []Link) error {
	for _, l := range links {
		if err := tx.Gorm().Delete(&l).Error; err != nil {
			return err
		}
		if err := record(tx, who, "request.unlinked", linkObject(l.ID), x, linkFields(l), nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// Refuse says that a request is not checked, and why; the one who asked is told that it is not, and no more.
func (s *Service) Refuse(ctx context.Context, actor auth.Actor, a Act, reason string) (out Done, err error) {
	defer fault.In(&err, "requests.Refuse(%d)", a.ID)
	if err := text.CheckReason(&reason, "Say why it is not checked; editors and auditors read it.",
		"A reason is needed."); err != nil {
		return out, err
	}
	return s.change(ctx, actor, auth.Write, a, func(tx *store.Tx, who history.Who, x Request) (Request, error) {
		have, err := LinksOf(&tx.Rx, x.ID)
		if err == nil {
			err = unlink(tx, who, x, have)
		}
		x.State, x.Reason = NotChecked, reason
		return x, err
	})
}

// Reopen lets a request that was not checked be decided again.
func (s *Service) Reopen(ctx context.Context, actor auth.Actor, a Act) (out Done, err error) {
	defer fault.In(&err, "requests.Reopen(%d)", a.ID)
	return s.change(ctx, actor, auth.Write, a, func(_ *store.Tx, _ history.Who, x Request) (Request, error) {
		if err := Reopenable(x); err != nil {
			return x, err
		}
		x.State, x.Reason = Received, ""
		return x, nil
	})
}

// Withhold takes a request down: its words, its address and how its asker is reached go for good, from the history too.
func (s *Service) Withhold(ctx context.Context, actor auth.Actor, a Act, reason string) (out Done, err error) {
	defer fault.In(&err, "requests.Withhold(%d)", a.ID)
	if err := text.CheckReason(&reason, "Say why it is taken down; the history keeps the reason.",
		"A reason is needed."); err != nil {
		return out, err
	}
	return s.change(ctx, actor, auth.TakeDown, a, func(tx *store.Tx, who history.Who, x Request) (Request, error) {
		have, err := LinksOf(&tx.Rx, x.ID)
		if err == nil {
			err = unlink(tx, who, x, have)
		}
		if err != nil {
			return x, err
		}
		for _, name := range []string{"words", "address", "why"} {
			if _, err := history.Erase(tx, who, Object(x.ID), name, reason); err != nil && fault.KindOf(err) !=
				fault.NotFound {
				return x, err
			}
		}
		x.State, x.Words, x.Address, x.Reason = Withheld, "", "", ""
		return x, tx.Gorm().Where("request_id = ?", x.ID).Delete(&contact{}).Error
	})
}

// Fetch asks for the page whose address a request gives, in the name of the person who wants it. Before somebody does,
// nothing is asked for.
func (s *Service) Fetch(ctx context.Context, actor auth.Actor, id ID) (x Request, out []addresses.Asked, err error) {
	defer fault.In(&err, "requests.Fetch(%d)", id)
	if x, err = s.mayRead(ctx, actor, id); err != nil {
		return x, nil, err
	}
	if err := Decidable(x); err != nil {
		return x, nil, err
	}
	if x.Address == "" {
		return x, nil, fault.New(fault.Conflict, "This request gives no address, so there is nothing to fetch.")
	}
	out, err = s.web.Ask(ctx, actor, x.CollectionID, x.Address)
	return x, out, err
}

// change does one act to a request, and to those like it where it was asked for, in one Write.
func (s *Service) change(ctx context.Context, actor auth.Actor, need auth.Action, a Act,
	do func(*store.Tx, history.Who, Request) (Request, error)) (out Done, err error) {
	seen, err := s.mayRead(ctx, actor, a.ID)
	if err != nil {
		return out, err
	}
	who, err := s.policy.May(actor, auth.ThingRequest, need, seen.CollectionID)
	if err != nil {
		return out, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		out = Done{}
		if err := tx.Alone("requests:" + history.Num(seen.CollectionID)); err != nil {
			return err
		}
		now, err := ByID(&tx.Rx, a.ID)
		if err != nil {
			return err
		}
		if err := Decidable(now); err != nil {
			return err
		}
		if now.Version != a.Version {
			return fault.Stale("Somebody else decided about this request. Look again, and choose.")
		}
		all := []Request{now}
		if a.Alike && now.HeadID != 0 {
			more, err := store.Select[Request](&tx.Rx, "SELECT * FROM requests WHERE head_id = ? AND state = ? AND "+
				"id <> ? ORDER BY id LIMIT ?", now.HeadID, now.State, now.ID, mostAtOnce+1)
			if err != nil {
				return err
			}
			out.Left = len(more) > mostAtOnce
			all = append(all, more[:min(len(more), mostAtOnce)]...)
		}
		for i, x := range all {
			after, err := do(tx, who, x)
			if err != nil {
				return err
			}
			if err := save(tx, who, actor, x, &after); err != nil {
				return err
			}
			if i == 0 {
				out.Request = after
			}
		}
		out.Others = len(all) - 1
		return nil
	})
	return out, err
}

// actions are what the history calls a request that came into a state.
var actions = map[State]string{Received: "request.reopened", Checking: "request.checking",
	NotChecked: "request.refused", Withheld: "request.withheld"}

func save(tx *store.Tx, who history.Who, actor auth.Actor, before Request, after *Request) error {
	after.DecidedBy, after.DecidedAt, after.Version = &actor.UserID, tx.Now(), before.Version+1
	if err := tx.Gorm().Save(after).Error; err != nil {
		return err
	}
	return record(tx, who, actions[after.State], Object(after.ID), *after, fields(before), fields(*after),
		texts(*after))
}

func record(tx *store.Tx, who history.Who, action, object string, of Request, before, after history.Fields,
	with history.Texts) error {
	_, err := history.Append(tx, who, history.Event{Action: action, Object: object, Collection: int64(of.CollectionID),
		Before: before, After: after, Texts: with})
	return err
}
