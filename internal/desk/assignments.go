package desk

import (
	"context"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/review"
)

// mostGiven is how many people a claim may be given to from a list; where more review, a person is named.
const mostGiven = 100

// Assignments says who has how much of a collection, and what giving out by a rule would do.
type Assignments struct {
	Frame
	Rule   review.Giving // that the collection has
	Stops  bool          // whoever set it may give out no more: it gives nothing out by itself
	Looked review.Giving // that is looked at
	People []review.Share
	Would  review.Distribution // what giving out by it would do; Given is how many assignments
	Names  Names
}

// AssignmentsAsk says which rule to look at; How "" is the one that the collection has.
type AssignmentsAsk struct {
	In    auth.CollectionID
	How   review.How
	Share int
}

// Assignments answers the page of who has what in a collection.
func (d *Desk) Assignments(ctx context.Context, actor auth.Actor, ask AssignmentsAsk) (out Assignments, err error) {
	defer fault.In(&err, "desk.Assignments(%d, %s)", ask.In, ask.How)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if err := l.must(auth.ThingAssignment, auth.Give, ask.In); err != nil {
			return err
		}
		out = Assignments{Names: l.names}
		if out.Frame, err = l.frame(ask.In); err != nil {
			return err
		}
		if out.Rule, err = review.GivingOf(l.rx, ask.In); err != nil {
			return err
		}
		stands, err := l.h.Review.Stands(l.rx, out.Rule)
		if err != nil {
			return err
		}
		if out.Stops = out.Rule.AsAccepted && !stands; out.Stops {
			l.name(out.Rule.ChangedBy)
		}
		if out.Looked = out.Rule; ask.How != "" {
			out.Looked.How, out.Looked.Share = ask.How, ask.Share
		}
		if out.People, out.Would, err = review.Dealing(l.rx, out.Looked); err != nil {
			return err
		}
		for _, p := range out.People {
			l.name(p.User)
		}
		return nil
	})
	return out, err
}

// AssignmentsJSON says who has how much of a collection, for programs.
type AssignmentsJSON struct {
	Rule   GivingJSON      `json:"rule"`
	Stops  bool            `json:"stopped"` // whoever set the rule may give out no more: it gives out nothing by itself
	How    review.How      `json:"how"`     // that is looked at
	Share  int             `json:"share"`
	Would  WouldJSON       `json:"would"`
	People List[ShareJSON] `json:"people"`
}

// WouldJSON is what giving out would do.
type WouldJSON struct {
	Given int  `json:"given"` // assignments
	Left  int  `json:"left"`  // claims whose language nobody reads
	More  bool `json:"more"`  // others wait behind these
}

// GivingJSON is the rule by which a collection gives claims out.
type GivingJSON struct {
	How     review.How `json:"how"`
	Share   int        `json:"share"`
	Accepts bool       `json:"accepts"` // also each claim as it is accepted
	Version int64      `json:"version"` // 0: nobody has set it
}

// GivingOf is a rule for programs.
func GivingOf(g review.Giving) GivingJSON { return GivingJSON{g.How, g.Share, g.AsAccepted, g.Version} }

// ShareJSON is what one person has, and would get.
type ShareJSON struct {
	User auth.UserID `json:"user"`
	Name string      `json:"name"`
	Has  int         `json:"has"`
	Gets int         `json:"gets"`
}

func (AssignmentsJSON) answer() {}
func (GivingJSON) answer()      {}

// JSON is the answer for programs.
func (a Assignments) JSON() AssignmentsJSON {
	rows := make([]ShareJSON, len(a.People))
	for i, p := range a.People {
		rows[i] = ShareJSON{p.User, a.Names.Of(p.User), p.Has, p.Gets}
	}
	return AssignmentsJSON{Rule: GivingOf(a.Rule), Stops: a.Stops, How: a.Looked.How, Share: a.Looked.Share,
		Would:  WouldJSON(a.Would),
		People: ListOf(rows)}
}

// givable are the people to whom claims of a collection may be given; whole says that they are all.
func (l *look) givable(in auth.CollectionID) (people []auth.UserID, whole bool, err error) {
	people, err = review.ReviewersOf(l.rx, in, mostGiven+1)
	if whole = len(people) <= mostGiven; !whole {
		people = people[:mostGiven]
	}
	l.name(people...)
	return slices.Clip(people), whole, err
}
