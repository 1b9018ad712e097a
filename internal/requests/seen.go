package requests

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/status"
	"claimbench/internal/store"
	"claimbench/internal/term"
)

// Told is what the one who asked is told of how far it is.
type Told string

// All that they are ever told.
const (
	ToldReceived   Told = "received"
	ToldChecking   Told = "being_checked"
	ToldNotChecked Told = "not_checked"
	ToldPrinted    Told = "printed"
)

// Tellings are what may be told.
var Tellings = term.New("what the one who asked is told",
	term.Term[Told]{Name: ToldReceived, Word: "received"},
	term.Term[Told]{Name: ToldChecking, Word: "being checked"},
	term.Term[Told]{Name: ToldNotChecked, Word: "not checked"},
	term.Term[Told]{Name: ToldPrinted, Word: "checked"})

// Asked is what the address of the one who asked tells. It holds no word of the request, of a claim or of a person.
type Asked struct {
	Lang    string // in which they asked
	Told    Told
	Printed []status.Printed // ToldPrinted: what is printed of the claims, in the order in which they were linked
	More    bool             // ToldPrinted: another claim is being checked still
}

// secretLength is the length of a secret; nothing longer is looked up.
const secretLength = 26

// Asked tells whoever has the address of a request how far it is. It reads the request, which claims an editor linked,
// and frozen sets that an admin made public: no claim, and no round.
func (s *Service) Asked(ctx context.Context, secret string) (out Asked, err error) {
	defer fault.In(&err, "requests.Asked")
	if len(secret) != secretLength {
		return out, notHere()
	}
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		x, there, err := bySecret(r, secret)
		if err != nil {
			return err
		}
		if !there {
			return notHere()
		}
		out, err = askedOf(r, x)
		return err
	})
	return out, err
}

func askedOf(r *store.Rx, x Request) (out Asked, err error) {
	out = Asked{Lang: x.Lang, Told: ToldNotChecked}
	switch x.State {
	case Received:
		out.Told = ToldReceived
	case Checking:
		out.Told = ToldChecking
		linked, err := LinksOf(r, x.ID)
		if err != nil {
			return out, err
		}
		ids := make([]claims.ID, len(linked))
		for i, l := range linked {
			ids[i] = l.ClaimID
		}
		printed, err := status.PrintedOf(r, ids)
		if err != nil {
			return out, err
		}
		for _, id := range ids {
			if p, is := printed[id]; is {
				out.Printed = append(out.Printed, p)
			}
		}
		if len(out.Printed) > 0 {
			out.Told, out.More = ToldPrinted, len(out.Printed) < len(ids)
		}
	case NotChecked, Withheld:
	}
	return out, nil
}

// LinksOf reads the claims that a request is linked to, in the order of linking. It asks no permission.
func LinksOf(r *store.Rx, id ID) ([]Link, error) {
	return store.Select[Link](r, "SELECT * FROM request_links WHERE request_id = ? ORDER BY id LIMIT ?", id, MostLinks)
}

// mayRead reads a request that a person may read; one of another collection is not there.
func (s *Service) mayRead(ctx context.Context, actor auth.Actor, id ID) (x Request, err error) {
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		x, err = ByID(r, id)
		return err
	}); err != nil {
		return x, err
	}
	if _, err := s.policy.May(actor, auth.ThingRequest, auth.Read, x.CollectionID); err != nil {
		return Request{}, fault.Wrap(fault.NotFound, err, "There is no such request.")
	}
	return x, nil
}
