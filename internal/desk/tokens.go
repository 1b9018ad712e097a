package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
)

// TokenJSON is an access token as programs and its owner read it. What it is itself is nowhere.
type TokenJSON struct {
	ID        auth.TokenID `json:"id"`
	Name      string       `json:"name"`
	Scopes    []Grant      `json:"scopes"` // what of the owner's roles it may use; none of a machine's
	ReadsOnly bool         `json:"reads_only"`
	MadeAt    Time         `json:"made_at"`
	ExpiresAt Time         `json:"expires_at"`
	SeenDay   string       `json:"seen_day"` // the day of its last use, YYYY-MM-DD, UTC; "" never
	EndedAt   *Time        `json:"ended_at,omitempty"`
	Version   int64        `json:"version"`
}

// TokenMadeJSON is a token that was just made. Secret is what a program sends; it is told once.
type TokenMadeJSON struct {
	Secret string      `json:"secret"`
	User   auth.UserID `json:"user"` // whose acts will be said to be its
	Token  TokenJSON   `json:"token"`
}

func (TokenJSON) answer()     {}
func (TokenMadeJSON) answer() {}

// Tokens are a person's own, and what they may give to another.
type Tokens struct {
	Frame  Frame
	Known  []articles.Collection
	List   []auth.Token
	Grants []Grant
}

// Tokens answers a person's page of their tokens.
func (d *Desk) Tokens(ctx context.Context, actor auth.Actor) (out Tokens, err error) {
	defer fault.In(&err, "desk.Tokens")
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Tokens{}
		if out.Frame, err = l.frame(0); err != nil {
			return err
		}
		if out.Known, err = l.collections(); err != nil {
			return err
		}
		out.Grants = grantsOf(actor.Grants, out.Known)
		out.List, err = auth.TokensOf(l.rx, actor.UserID)
		return err
	})
	return out, err
}

// JSON is the answer for programs.
func (t Tokens) JSON() List[TokenJSON] {
	out := List[TokenJSON]{}
	for _, x := range t.List {
		out.Items = append(out.Items, tokenJSON(x, t.Known))
	}
	return out
}

// TokenOf is a token for programs, its collections without their names.
func TokenOf(t auth.Token) TokenJSON { return tokenJSON(t, nil) }

func tokenJSON(t auth.Token, known []articles.Collection) TokenJSON {
	out := TokenJSON{t.ID, t.Name, some(grantsOf(t.Scopes, known)), t.ReadsOnly, Time(t.MadeAt), Time(t.ExpiresAt),
		t.SeenDay, nil, t.Version}
	if t.EndedAt != 0 {
		out.EndedAt = timeOf(&t.EndedAt)
	}
	return out
}

// Machines are the machines of the house, and what another can be given.
type Machines struct {
	Frame Frame
	Known []articles.Collection
	List  []auth.Machine
	Names Names
}

// MachineSeenJSON is a machine as admins see it.
type MachineSeenJSON struct {
	ID          auth.UserID         `json:"id"` // of its user
	Name        string              `json:"name"`
	Display     string              `json:"display"`
	Enabled     bool                `json:"enabled"`
	Owner       auth.UserID         `json:"owner"`
	Collections []auth.CollectionID `json:"collections"`
	Tokens      List[TokenJSON]     `json:"tokens"` // that are not ended
}

// Machines answers the page of machines, to admins.
func (d *Desk) Machines(ctx context.Context, actor auth.Actor) (out Machines, err error) {
	defer fault.In(&err, "desk.Machines")
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Machines{Names: l.names}
		if err := l.must(auth.ThingMachine, auth.Write, 0); err != nil {
			return err
		}
		if out.Frame, err = l.frame(0); err != nil {
			return err
		}
		if out.Known, err = l.collections(); err != nil {
			return err
		}
		out.List, err = auth.Machines(l.rx)
		for _, m := range out.List {
			l.name(m.Owner)
		}
		return err
	})
	return out, err
}

// JSON is the answer for programs.
func (m Machines) JSON() List[MachineSeenJSON] {
	out := List[MachineSeenJSON]{}
	for _, x := range m.List {
		line := MachineSeenJSON{ID: x.User.ID, Name: x.User.Name, Display: x.User.Display, Enabled: x.User.Enabled,
			Owner: x.Owner, Collections: some(x.Collections)}
		for _, t := range x.Tokens {
			line.Tokens.Items = append(line.Tokens.Items, TokenOf(t))
		}
		out.Items = append(out.Items, line)
	}
	return out
}
