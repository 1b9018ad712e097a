package auth

import (
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Still is May asked again inside a Write that carries out what a person asked for a while ago: whether the account is
// still enabled, and the roles as they are held now. Work that takes longer than a request asks it in each Write. A
// Write that must be exact asks after history.Still, from which on nobody else disables or revokes.
func (p *Policy) Still(tx *store.Tx, a Actor, t Thing, act Action, c CollectionID) (history.Who, error) {
	now, err := actorNow(&tx.Rx, a.UserID, a.Via)
	if a.Token != nil {
		now, err = tokenNow(&tx.Rx, a.UserID, a.Token.ID, tx.Now())
	}
	if err != nil {
		return history.Who{}, err
	}
	now.Via, now.Request = a.Via, a.Request
	return p.May(now, t, act, c)
}

// tokenNow is who comes with a token, with what it may do at this moment. One that was ended or has expired, or is
// another's, is fault.Forbidden.
func tokenNow(rx *store.Rx, id UserID, token TokenID, at store.Micros) (Actor, error) {
	rows, err := store.Select[bearer](rx, bearerQuery+"t.id = ? ORDER BY g.id", token)
	switch {
	case err != nil:
		return Actor{}, err
	case len(rows) == 0 || rows[0].UserID != id:
		return Actor{}, fault.New(fault.Forbidden, "The token by which this was asked for is not here any more.")
	}
	if err := rows[0].alive(at); err != nil {
		return Actor{}, fault.New(fault.Forbidden, "%s What was asked for by it is not done.", fault.Message(err))
	}
	return actorOf(rows), nil
}

// actorNow is a person with the roles held at this moment. Whoever was disabled is fault.Forbidden.
func actorNow(rx *store.Rx, id UserID, via history.Via) (Actor, error) {
	var u userRow
	if err := store.Take(rx.Gorm(), &u, "such user", "id = ?", id); err != nil {
		return Actor{}, err
	}
	if !u.Enabled {
		return Actor{}, fault.New(fault.Forbidden, "The user %s is disabled.", u.Name)
	}
	grants, err := grantsOf(rx, u.ID)
	if err == nil && len(grants) == 0 {
		grants, err = asMachine(rx, u.ID)
	}
	return u.actor(grants, via), err
}
