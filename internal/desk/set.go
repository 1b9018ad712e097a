package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/methods"
	"claimbench/internal/status"
)

// setsPage is how many sets an answer lists.
const setsPage = 100

// Sets is a page of the claim sets of a collection, the newest first.
type Sets struct {
	Frame  Frame
	List   []claimset.Set
	Sizes  map[claimset.ID]int // how many claims each holds
	Alarms map[claimset.ID]int // how many alarms of each wait for an answer
	Next   claimset.ID         // before which the next page begins; 0 on the last
	May    struct{ Create bool }
}

// Sets answers for the list of a collection's sets, those before one of them.
func (d *Desk) Sets(ctx context.Context, actor auth.Actor, c auth.CollectionID, before claimset.ID) (out Sets,
	err error) {
	defer fault.In(&err, "desk.Sets(%d, %d)", c, before)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Sets{}
		if err := l.must(auth.ThingClaimSet, auth.Read, c); err != nil {
			return err
		}
		if out.Frame, err = l.frame(c); err != nil {
			return err
		}
		out.May.Create = l.may(auth.ThingClaimSet, auth.Write, c)
		if out.List, err = claimset.ListOf(l.rx, c, before, setsPage+1); err != nil {
			return err
		}
		if len(out.List) > setsPage {
			out.List = out.List[:setsPage]
			out.Next = out.List[setsPage-1].ID
		}
		words := []*string{}
		for i := range out.List {
			words = append(words, articles.OwnWords(&out.List[i])...)
		}
		if err := l.forget(c, words...); err != nil {
			return err
		}
		if out.Sizes, err = d.h.Sets.SizesOf(l.rx, out.List); err != nil {
			return err
		}
		ids := make([]claimset.ID, len(out.List))
		for i, set := range out.List {
			ids[i] = set.ID
		}
		out.Alarms, err = claimset.WaitingOf(l.rx, ids)
		return err
	})
	return out, err
}

// Set is one set, a draft or a frozen one, with a page of its claims.
type Set struct {
	Frame Frame
	claimset.Opened
	Rows      Rows      // a draft's claims
	Draft     bool      // else it is frozen
	Hindrance error     // why the draft cannot be frozen now; nil when it can, or when the person may not
	Freezing  *jobs.Job // the newest job that freezes, or failed to freeze, the draft; nil: there is none
	Names     Names
	May       struct{ Build, Freeze, Export, Correct, Answer bool }
	// those that wait first, at most alarmsPage
	Alarms  []claimset.Alarm
	Exports []Export // the newest first, at most exportsTold
	// what the version before prints and this one does not
	Left   Left
	Status *status.Publication // nil: it is not published, or the person may not read where
	// of the claims of this page that do not stand as printed
	Standings map[claims.ID]claimset.Standing
}

// Left is what a correction leaves out of the version before.
type Left struct {
	claimset.Omitted
	Rows Rows
}

// left reads what a set leaves out of the version before.
func (l *look) left(set claimset.Set) (out Left, err error) {
	if out.Omitted, err = claimset.OmittedOf(l.rx, set); err != nil {
		return out, err
	}
	for id, x := range out.Said {
		if err := l.forget(set.CollectionID, &x.Reason); err != nil {
			return out, err
		}
		out.Said[id] = x
	}
	out.Rows, err = l.rows(out.Claims)
	return out, err
}

// Set answers for the page of a set, with its claims after one of them.
func (d *Desk) Set(ctx context.Context, actor auth.Actor, id claimset.ID, after claims.ID) (out Set, err error) {
	defer fault.In(&err, "desk.Set(%d, %d)", id, after)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Set{Names: l.names}
		set, err := l.set(id)
		if err != nil {
			return err
		}
		if out.Frame, err = l.frame(set.CollectionID); err != nil {
			return err
		}
		if out.Opened, err = l.h.Sets.Open(l.rx, set, after, claimset.EntryPage,
			l.may(auth.ThingHistory, auth.ReadAll, 0)); err != nil {
			return err
		}
		if set.FrozenBy != nil {
			l.name(*set.FrozenBy)
		}
		if out.Rows, err = l.rows(out.Claims); err != nil {
			return err
		}
		if set.State == claimset.Draft {
			if out.Rows.Lacks, err = l.lacks(out.Claims); err != nil {
				return err
			}
			if out.Freezing, err = claimset.FreezingOf(l.rx, set.ID); err != nil {
				return err
			}
		}
		if err := l.setAlarms(&out); err != nil {
			return err
		}
		if out.Left, err = l.left(set); err != nil {
			return err
		}
		if err := l.setExports(&out); err != nil {
			return err
		}
		if err := l.setStatus(&out); err != nil {
			return err
		}
		l.setActs(&out)
		return nil
	})
	return out, err
}

// setAlarms adds what happened to what a frozen set prints.
func (l *look) setAlarms(s *Set) (err error) {
	if s.State == claimset.Draft {
		return nil
	}
	if s.Alarms, err = claimset.AlarmsOf(l.rx, s.ID, alarmsPage); err != nil {
		return err
	}
	if err := l.alarmsSeen(s.CollectionID, s.Alarms); err != nil {
		return err
	}
	s.Standings, err = claimset.StandingsAmong(l.rx, s.Opened.Set, s.Entries)
	return err
}

// setStatus adds where the status of a frozen set is published, for those who may read that.
func (l *look) setStatus(s *Set) error {
	if s.State == claimset.Draft || !l.may(auth.ThingStatus, auth.Read, s.CollectionID) {
		return nil
	}
	of, err := status.Of(l.rx, []claimset.ID{s.ID})
	if p, there := of[s.ID]; there {
		s.Status = &p
	}
	return err
}

// set reads a set of a collection whose sets the person reads.
func (l *look) set(id claimset.ID) (claimset.Set, error) {
	set, err := claimset.ByID(l.rx, id)
	if err != nil {
		return set, err
	}
	if err := l.reads(auth.ThingClaimSet, set.CollectionID, "claim set"); err != nil {
		return set, err
	}
	return set, l.forget(set.CollectionID, articles.OwnWords(&set)...)
}

// setActs says what the person may do with a set, by the guards of its room.
func (l *look) setActs(s *Set) {
	may := func(a auth.Action) bool { return l.may(auth.ThingClaimSet, a, s.CollectionID) }
	s.Draft = claimset.Buildable(s.Opened.Set) == nil
	s.May.Build = may(auth.Write) && s.Draft
	s.May.Answer = may(auth.Answer) && s.State == claimset.Frozen
	s.May.Export = may(auth.Export) && claimset.Exportable(s.Opened.Set) == nil
	s.May.Correct = may(auth.Write) && claimset.Correctable(s.Opened.Set, 0) == nil
	going := s.Freezing != nil && !s.Freezing.Ended()
	if s.May.Freeze = may(auth.Freeze) && s.Draft && !going; s.May.Freeze {
		s.Hindrance = claimset.Hindrance(l.rx, s.Opened.Set)
	}
}

// Printing is what a freeze of a draft would print.
type Printing struct {
	Frame Frame
	Set   claimset.Set
	claimset.Preview
	Method    methods.Version // the one in force; N 0: there is none
	Lefts     Rows            // the claims that it would not take
	Before    Left            // what the version before prints and this one does not
	Hindrance error           // why it cannot be frozen now; nil when it can
	Going     bool            // a freeze of it goes on
	Unasked   []claims.ID     // claims of the page that dispute a person about whom nobody was asked
	Tells     []claims.ID     // of the entries: their words name a protected source that the person may see
	Lacking   Rows            // of the entries: with what their statements say and their words in the article do not
}

// Preview answers for the page on which an editor sees every word that a freeze prints, of the claims after one.
func (d *Desk) Preview(ctx context.Context, actor auth.Actor, id claimset.ID, after claims.ID) (out Printing,
	err error) {
	defer fault.In(&err, "desk.Preview(%d, %d)", id, after)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Printing{}
		if out.Set, err = l.set(id); err != nil {
			return err
		}
		if err := l.must(auth.ThingClaimSet, auth.Freeze, out.Set.CollectionID); err != nil {
			return err
		}
		if out.Frame, err = l.frame(out.Set.CollectionID); err != nil {
			return err
		}
		if out.Preview, err = l.h.Sets.Preview(l.rx, out.Set, after); err != nil {
			return err
		}
		if out.Method, err = methods.Newest(l.rx, out.Set.CollectionID); err != nil {
			return err
		}
		if err := l.forget(out.Set.CollectionID, out.Method.Texts()...); err != nil {
			return err
		}
		out.Unasked = unasked(out.Entries)
		if out.Tells, err = l.telling(out.Set.CollectionID, out.Entries); err != nil {
			return err
		}
		if out.Lacking, err = l.lacking(out.Set.CollectionID, out.Entries); err != nil {
			return err
		}
		left := make([]claims.Claim, len(out.Out))
		for i, x := range out.Out {
			left[i] = x.Claim
		}
		if out.Lefts, err = l.rows(left); err != nil {
			return err
		}
		if out.Before, err = l.left(out.Set); err != nil {
			return err
		}
		going, err := claimset.FreezingOf(l.rx, id)
		if err != nil {
			return err
		}
		out.Going = going != nil && !going.Ended()
		out.Hindrance = out.Preview.Hindrance(out.Set)
		return nil
	})
	return out, err
}

// lacking looks which claims that would be printed say what their words in the article do not.
func (l *look) lacking(in auth.CollectionID, entries []claimset.Entry) (out Rows, err error) {
	var ids []claims.ID
	for _, e := range entries {
		if !e.Withheld { // its words are not looked at
			ids = append(ids, e.Claim)
		}
	}
	of, err := claims.ByIDs(l.rx, ids)
	if err != nil {
		return out, err
	}
	covered, err := articles.ProtectedIn(l.rx, in)
	if err != nil {
		return out, err
	}
	all := make([]claims.Claim, 0, len(ids))
	for _, id := range ids {
		if _, is := covered[of[id].ArticleID]; !is { // else it would tell what the protected words say
			all = append(all, of[id])
		}
	}
	if out.Lacks, err = l.lacks(all); err != nil {
		return out, err
	}
	for _, c := range all {
		if len(out.Lacks[c.ID]) > 0 {
			out.Claims = append(out.Claims, c)
		}
	}
	return out, nil
}

// Building is what the page shows on which approved claims are added to a draft.
type Building struct {
	Frame   Frame
	Set     claimset.Set
	List    Claims // the approved claims that fit, without those that are in the set already
	Choices []articles.Choice
}

// Build answers for the page on which claims are added to a draft, by filter. Whatever state the filter names, it lists
// approved claims.
func (d *Desk) Build(ctx context.Context, actor auth.Actor, id claimset.ID, f claims.Filter) (out Building, err error) {
	defer fault.In(&err, "desk.Build(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Building{}
		if out.Set, err = l.set(id); err != nil {
			return err
		}
		if err := l.must(auth.ThingClaimSet, auth.Write, out.Set.CollectionID); err != nil {
			return err
		}
		if out.Frame, err = l.frame(out.Set.CollectionID); err != nil {
			return err
		}
		f.Collection, f.State = out.Set.CollectionID, claims.Approved
		if out.List, err = l.addable(id, f); err != nil {
			return err
		}
		out.Choices, err = articles.Choices(l.rx, f.Collection, f.Article)
		return err
	})
	return out, err
}

func (l *look) addable(id claimset.ID, f claims.Filter) (out Claims, err error) {
	page, err := claims.ListOf(l.rx, f, l.actor.UserID)
	if err != nil {
		return out, err
	}
	ids := make([]claims.ID, len(page.Claims))
	for i, c := range page.Claims {
		ids[i] = c.ID
	}
	in, err := claimset.Holding(l.rx, id, ids)
	if err != nil {
		return out, err
	}
	rest := make([]claims.Claim, 0, len(page.Claims))
	for _, c := range page.Claims {
		if !in[c.ID] {
			rest = append(rest, c)
		}
	}
	out.Count, out.Next = page.Count, page.Next
	out.Rows, err = l.rows(rest)
	return out, err
}
