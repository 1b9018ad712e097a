package requests

import (
	"context"
	"slices"

	"claimbench/internal/addresses"
	"claimbench/internal/arrivals"
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
	return s.change(ctx, actor, auth.Write, linked, a, func(w *work, x Request, have []Link) (Request, error) {
		if err := linkable(&w.tx.Rx, x, ids); err != nil {
			return x, err
		}
		fresh := slices.DeleteFunc(slices.Clone(ids), func(id claims.ID) bool {
			return slices.ContainsFunc(have, func(l Link) bool { return l.ClaimID == id })
		})
		if len(fresh)+len(have) > MostLinks {
			return x, fault.New(fault.Conflict, "A request is linked to at most %d claims.", MostLinks).With("claim",
				"Take a link away first.")
		}
		x.State, x.Reason = Checking, ""
		return x, w.link(x, fresh)
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
	return s.change(ctx, actor, auth.Write, unlinked, a, func(w *work, x Request, have []Link) (Request, error) {
		i := slices.IndexFunc(have, func(l Link) bool { return l.ClaimID == id })
		if i < 0 {
			return x, fault.New(fault.Conflict, "Claim %d is not linked to this request any more.", id)
		}
		if len(have) == 1 && x.State == Checking {
			x.State = Received
		}
		return x, w.unlink(x, have[i:i+1])
	})
}

// Refuse says that a request is not checked, and why; the one who asked is told that it is not, and no more.
func (s *Service) Refuse(ctx context.Context, actor auth.Actor, a Act, reason string) (out Done, err error) {
	defer fault.In(&err, "requests.Refuse(%d)", a.ID)
	if err := text.CheckReason(&reason, "Say why it is not checked; editors and auditors read it.",
		"A reason is needed."); err != nil {
		return out, err
	}
	return s.change(ctx, actor, auth.Write, refused, a, func(w *work, x Request, have []Link) (Request, error) {
		err := w.unlink(x, have)
		x.State, x.Reason = NotChecked, reason
		return x, err
	})
}

// Reopen lets a request that was not checked be decided again.
func (s *Service) Reopen(ctx context.Context, actor auth.Actor, a Act) (out Done, err error) {
	defer fault.In(&err, "requests.Reopen(%d)", a.ID)
	return s.change(ctx, actor, auth.Write, reopened, a, func(_ *work, x Request, _ []Link) (Request, error) {
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
	return s.change(ctx, actor, auth.TakeDown, withheld, a, func(w *work, x Request, have []Link) (Request, error) {
		if err := w.unlink(x, have); err != nil {
			return x, err
		}
		for _, name := range []string{"words", "address", "why"} {
			if _, err := history.Erase(w.tx, w.who, Object(x.ID), name, reason); err != nil && fault.KindOf(err) !=
				fault.NotFound {
				return x, err
			}
		}
		x.State, x.Words, x.Address, x.Reason = Withheld, "", "", ""
		return x, w.tx.Gorm().Where("request_id = ?", x.ID).Delete(&contact{}).Error
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

// TakeIn brings the words of a request as a text that waits to be taken in, in the name of the person who wants a claim
// made of them: they say of whom it is, and take it in as any other text. Before somebody does, the words are read by
// editors and auditors only.
func (s *Service) TakeIn(ctx context.Context, actor auth.Actor, id ID) (x Request, out []arrivals.Arrival, err error) {
	defer fault.In(&err, "requests.TakeIn(%d)", id)
	if x, err = s.mayRead(ctx, actor, id); err != nil {
		return x, nil, err
	}
	if err := Decidable(x); err != nil {
		return x, nil, err
	}
	if text.Blank(x.Words) {
		return x, nil, fault.New(fault.Conflict, "This request has no words, so there is nothing to take in. Fetch "+
			"its page.")
	}
	out, err = s.brought.Drop(ctx, actor, x.CollectionID, nil, x.Words)
	return x, out, err
}
