package auth

import "claimbench/internal/history"

// MayAnywhere is May for things that belong to no collection, such as sources: a role held in any collection will do.
func (p *Policy) MayAnywhere(a Actor, t Thing, act Action) (history.Who, error) {
	all, ids := p.Collections(a, t, act)
	switch {
	case all:
		return p.May(a, t, act, 0)
	case len(ids) > 0:
		return p.May(a, t, act, ids[0])
	}
	return p.May(a, t, act, 0) // refuses, with the roles that would do
}
