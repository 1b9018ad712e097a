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
	if err != nil {
		return history.Who{}, err
	}
	now.Request, now.Token = a.Request, a.Token
	return p.May(now, t, act, c)
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
