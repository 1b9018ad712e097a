package desk

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/notices"
	"claimbench/internal/review"
)

// Turn is an act that the person may take back, or do again: their own last one in the collection.
type Turn struct {
	N     deeds.N // counted for the person alone
	Words string  // “accepted claim 12”
}

// own reads into a frame, in one statement, how many notices the person has not read, and what z and Z would do in the
// collection now: nothing for those who may not write there.
func (l *look) own(f *Frame) (err error) {
	me, within := l.actor.UserID, notices.For(l.h.Policy, l.actor)
	if f.Collection == nil || !l.may(auth.ThingClaim, auth.Write, f.Collection.ID) {
		f.Unread, err = notices.Unread(l.rx, me, within)
		return err
	}
	f.Writes = true
	unread, args := notices.UnreadQuery(me, within)
	var back, again *deeds.Deed
	if f.Unread, back, again, err = deeds.LastBeside(l.rx, me, f.Collection.ID, unread, args...); err != nil {
		return err
	}
	if back != nil {
		turn := &Turn{back.N, l.h.Deeds.Words(*back)}
		if l.h.Deeds.Offered(*back) {
			f.Undo = turn
		} else {
			f.Stays = turn
		}
	}
	if again != nil {
		f.Redo = &Turn{again.N, l.h.Deeds.Words(*again)}
	}
	return nil
}

// Turned is where a person goes on after they took an act back or did it again: at its claim, in the tab of the queue
// in which it stands for them.
type Turned struct {
	Claim claims.ID  // 0: the act was about none
	Tab   review.Tab // "": it stands in none
}

// Turned says where the claim of an act stands for the person now.
func (d *Desk) Turned(ctx context.Context, actor auth.Actor, id claims.ID) (out Turned, err error) {
	defer fault.In(&err, "desk.Turned(%d)", id)
	if id == 0 {
		return out, nil
	}
	err = d.look(ctx, actor, func(l *look) error {
		c, err := l.claim(id)
		if err != nil {
			return err
		}
		out.Claim = c.ID
		out.Tab, _, err = l.tabOf(c)
		return err
	})
	return out, err
}

// tabOf is the tab of the queue in which a claim, filled, stands for the person, "" for none, and until when they put
// it off, 0 for not.
func (l *look) tabOf(c claims.Claim) (tab review.Tab, until Micros, err error) {
	switch nextOf(c, nil) {
	case NextAccept:
		return review.TabCandidates, 0, nil
	case NextAdjudicate:
		tab = review.TabConflict
	case NextApprove:
		tab = review.TabApprove
	case NextReview:
		seen, err := l.reviewing(c, 0)
		if err != nil {
			return "", 0, err
		}
		if tab = review.TabWaiting; seen.Mine == nil {
			tab = review.TabTurn
		}
	default:
		return "", 0, nil
	}
	if until, err = review.OffUntil(l.rx, l.actor.UserID, c, l.h.DB.Now()); until != 0 {
		tab = review.TabSnoozed
	}
	return tab, until, err
}

// asked puts the claim that a person asked for on the first row, when it stands in the tab but on another page of it.
func (l *look) asked(q *Queue, id claims.ID) error {
	c, err := l.claim(id)
	if err != nil || c.CollectionID != q.In() {
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		return err
	}
	tab, until, err := l.tabOf(c)
	if err != nil || tab != q.Tab {
		return err
	}
	e := review.Entry{Claim: c, Since: c.ChangedAt, Why: review.WhyToReview, Until: until}
	if q.Worth != nil {
		e.Why = review.WhyWorth
	}
	q.Entries = append([]review.Entry{e}, q.Entries...)
	return nil
}

// TurnedJSON is an act that was taken back or done again, for programs.
type TurnedJSON struct {
	Act        deeds.N           `json:"act"`  // counted for the person alone
	Kind       string            `json:"kind"` // candidate.accepted
	Words      string            `json:"words"`
	State      string            `json:"state"` // done, taken_back
	Collection auth.CollectionID `json:"collection"`
	Claim      claims.ID         `json:"claim"`          // 0: none
	Undo       *TurnJSON         `json:"undo,omitempty"` // what may be taken back next
	Redo       *TurnJSON         `json:"redo,omitempty"`
}

// TurnJSON is an act that may be taken back, or done again.
type TurnJSON struct {
	Act   deeds.N `json:"act"`
	Words string  `json:"words"`
}

// TurnedOf is an act that was taken back or done again, with what may follow.
func (d *Desk) TurnedOf(deed deeds.Deed, f Frame) TurnedJSON {
	return TurnedJSON{Act: deed.N, Kind: deed.Kind, Words: d.h.Deeds.Words(deed), State: string(deed.State),
		Collection: deed.CollectionID, Claim: claims.ID(deed.ClaimID), Undo: f.Undo.json(), Redo: f.Redo.json()}
}

func (t *Turn) json() *TurnJSON {
	if t == nil {
		return nil
	}
	return &TurnJSON{t.N, t.Words}
}
