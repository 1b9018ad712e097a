package desk

import (
	"context"
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/presence"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Present is who else looks at a claim or a set now, as far as the person may know.
type Present struct {
	Others []auth.UserID // nobody where presence is not shown
	Since  store.Micros  // since when another window of the person's own has it open; 0: none has
	Names  Names
}

// AtClaim keeps that a window of the person looks at a claim, and says who else does. Of an open claim it says only
// what the person's own windows do, and the same whoever else is there.
func (d *Desk) AtClaim(ctx context.Context, actor auth.Actor, id claims.ID, window string) (out Present, err error) {
	defer fault.In(&err, "desk.AtClaim(%d)", id)
	err = d.look(ctx, actor, func(l *look) error {
		c, err := claims.ByID(l.rx, id)
		if err != nil {
			return err
		}
		if err := l.reads(auth.ThingClaim, c.CollectionID, "claim"); err != nil {
			return err
		}
		out = l.present(window, claims.Object(id), claimPlace(c))
		return nil
	})
	return out, err
}

// AtSet is AtClaim for a set; people are shown at a draft.
func (d *Desk) AtSet(ctx context.Context, actor auth.Actor, id claimset.ID, window string) (out Present, err error) {
	defer fault.In(&err, "desk.AtSet(%d)", id)
	err = d.look(ctx, actor, func(l *look) error {
		set, err := claimset.ByID(l.rx, id)
		if err != nil {
			return err
		}
		if err := l.reads(auth.ThingClaimSet, set.CollectionID, "claim set"); err != nil {
			return err
		}
		place := ""
		if set.State == claimset.Draft {
			place = claimset.Object(id)
		}
		out = l.present(window, claimset.Object(id), place)
		return nil
	})
	return out, err
}

// claimPlace is where people are shown at a claim: in one state of one round, so that nobody is shown for having been
// there while the round was open. It names the states in which they are shown; a candidate whose round rests, open, is
// none of them.
func claimPlace(c claims.Claim) string {
	switch c.State {
	case claims.Candidate, claims.InConflict, claims.Decided, claims.Approved:
		if !claims.RoundOpen(c) {
			return fmt.Sprintf("%s %s %d", claims.Object(c.ID), c.State, c.Round)
		}
	}
	return ""
}

func (l *look) present(window, object, place string) Present {
	seen := l.here.Sign(l.h.DB.Now(), presence.Sign{Who: l.actor.UserID, Window: window, Object: object, Place: place})
	l.name(seen.Others...)
	return Present{Others: seen.Others, Since: seen.Since, Names: l.names}
}

// PresentJSON says who else is there.
type PresentJSON struct {
	Others []PresentPersonJSON `json:"others"`
	Since  *Time               `json:"own_window_since,omitempty"` // when another window of one's own was opened
	Clock  string              `json:"own_window_clock"`           // the same in the reader's zone, as 15:04; ""
}

// PresentPersonJSON is a person by name. Language and direction are "" for a name in plain Latin letters.
type PresentPersonJSON struct {
	Name string `json:"name"`
	Lang string `json:"lang"`
	Dir  string `json:"dir"`
}

// JSON gives the answer, its time in the reader's zone being clock.
func (p Present) JSON(clock string) PresentJSON {
	out := PresentJSON{Others: []PresentPersonJSON{}, Clock: clock}
	for _, id := range p.Others {
		name := p.Names.Of(id)
		lang, dir := text.OfName(name)
		out.Others = append(out.Others, PresentPersonJSON{Name: name, Lang: lang, Dir: string(dir)})
	}
	if p.Since != 0 {
		out.Since = timeOf(&p.Since)
	}
	return out
}
