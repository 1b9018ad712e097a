package requests

import (
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// The kinds of acts, as they are taken back.
const (
	linked   = "request.linked"
	unlinked = "request.unlinked"
	refused  = "request.refused"
	reopened = "request.reopened"
	withheld = "request.withheld"
	placed   = "request.placed"
)

// part is what a deed keeps of one request that it reached: how it stands on the deed's other side. It holds no words.
type part struct {
	ID      ID          `json:"request"`
	Version int64       `json:"version"` // as the deed left it
	Was     int64       `json:"was"`     // without the deed
	State   State       `json:"state"`
	Claims  []claims.ID `json:"claims,omitempty"` // that it is linked to
	Placed  ID          `json:"placed,omitempty"`
	With    ID          `json:"with,omitempty"` // with which it is put together; 0: that is left as it is

	in auth.CollectionID
}

func partOf(before Request, have []Link, after Request) part {
	p := part{ID: before.ID, Version: after.Version, Was: before.Version, State: before.State, Placed: before.Placed,
		in: before.CollectionID}
	for _, l := range have {
		p.Claims = append(p.Claims, l.ClaimID)
	}
	return p
}

// Deeds says how the acts of this room are taken back.
func (s *Service) Deeds() map[string]deeds.Kind {
	return map[string]deeds.Kind{
		linked:   {Words: "linked claims to request", Back: s.back, Again: s.back},
		unlinked: {Words: "took a claim away from request", Back: s.back, Again: s.back},
		placed:   {Words: "put together request", Back: s.back, Again: s.back},
		refused: {Words: "said that it is not checked, of request", Back: s.back,
			Instead: "Say at the request once more why it is not checked: the reason is not kept here."},
		reopened: {Words: "let wait again request",
			Instead: "Say at the request once more why it is not checked: the reason is not kept here."},
		withheld: {Words: "took down request", Instead: "What was taken down does not come back."},
	}
}

// back puts requests as they stand on the other side of a deed.
func (s *Service) back(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var parts []part
	if err := d.Held(&parts); err != nil {
		return err
	}
	who, err := s.policy.May(actor, auth.ThingRequest, auth.Write, d.CollectionID)
	if err != nil {
		return err
	}
	if err := tx.Alone("requests:" + history.Num(d.CollectionID)); err != nil {
		return err
	}
	w := &work{tx: tx, who: who, actor: actor, reason: d.Reason(), batch: d.Batch()}
	for i := range parts {
		if err := w.turn(&parts[i], i == 0); err != nil {
			return err
		}
	}
	d.Version = parts[0].Version
	return d.Hold(parts)
}

// turn puts one request as it stands on the other side, and keeps how it stood. first: the deeds keep themselves of
// which of its versions are alike.
func (w *work) turn(p *part, first bool) error {
	x, err := ByID(&w.tx.Rx, p.ID)
	if err != nil {
		return err
	}
	same, err := deeds.Same(&w.tx.Rx, Object(x.ID), x.Version, p.Version)
	switch {
	case err != nil:
		return err
	case !same:
		return fault.New(fault.Conflict, "Somebody decided about request %d since. It stays as it is.", x.ID)
	case p.State == NotChecked && x.State != NotChecked:
		return fault.New(fault.Conflict, "Request %d was not checked before. Say at the request once more why it is "+
			"not: the reason is not kept here.", x.ID)
	}
	have, err := LinksOf(&w.tx.Rx, x.ID)
	if err != nil {
		return err
	}
	after := x
	after.State, after.Placed = p.State, p.Placed
	if after.State != NotChecked {
		after.Reason = ""
	}
	if err := w.relink(x, have, p.Claims, p.With != 0); err != nil {
		return err
	}
	now := partOf(x, have, after)
	action := actions[after.State]
	if p.With != 0 {
		action, now.Claims = placed, nil
		if now.With, err = join(w.tx, &after, p.With); err != nil {
			return err
		}
	}
	write := w.save
	if p.With != 0 {
		write = w.keep
	}
	if err := write(x, &after, action); err != nil {
		return err
	}
	now.Version, now.Was = after.Version, x.Version
	if !first {
		if err := deeds.Alike(w.tx, Object(x.ID), after.Version, p.Was); err != nil {
			return err
		}
	}
	*p = now
	return nil
}

// relink lets a request be linked to these claims and no others. placing: its links are left as they are.
func (w *work) relink(x Request, have []Link, want []claims.ID, placing bool) error {
	if placing {
		return nil
	}
	var gone []Link
	fresh := slices.Clone(want)
	for _, l := range have {
		if !slices.Contains(want, l.ClaimID) {
			gone = append(gone, l)
		}
		fresh = slices.DeleteFunc(fresh, func(id claims.ID) bool { return id == l.ClaimID })
	}
	if err := linkable(&w.tx.Rx, x, fresh); err != nil {
		return err
	}
	if err := w.unlink(x, gone); err != nil {
		return err
	}
	return w.link(x, fresh)
}
