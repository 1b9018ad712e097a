package review

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
	"claimbench/internal/term"
)

// MostAssigned is how many claims are given out at once.
const MostAssigned = 500

// How is how an assignment came about.
type How string

// The ways.
const (
	ByHand    How = "hand"
	ByReading How = "languages"
	ByShare   How = "share"
)

// Hows are the ways in which claims are given out.
var Hows = term.New("way of giving out claims",
	term.Term[How]{Name: ByHand, Word: "by hand", About: "Somebody chose the person."},
	term.Term[How]{Name: ByReading, Word: "by languages", About: "To those who read the language, as many as the " +
		"quorum asks; who has the fewest comes first."},
	term.Term[How]{Name: ByShare, Word: "by share", About: "To one person each, and a share of them to as many as " +
		"the quorum asks."},
)

// Assignment is that a claim was given to a person. It hides the claim from nobody, and somebody who was disabled or
// lost their role has none, as long as that lasts.
type Assignment struct {
	ID           int64             `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	ClaimID      claims.ID         `gorm:"column:claim_id"`
	UserID       auth.UserID       `gorm:"column:user_id"`
	GivenBy      auth.UserID       `gorm:"column:given_by"`
	GivenAt      store.Micros      `gorm:"column:given_at"`
	How          How               `gorm:"column:how"`
}

// TableName names the table.
func (Assignment) TableName() string { return "assignments" }

func (a Assignment) object() string { return fmt.Sprintf("assignment:%d", a.ID) }

func (a Assignment) fields() history.Fields {
	return history.Fields{"collection": history.Num(a.CollectionID), "claim": history.Num(a.ClaimID),
		"user": history.Num(a.UserID), "given_by": history.Num(a.GivenBy), "given_at": history.Num(a.GivenAt),
		"how": string(a.How)}
}

func listAssignments(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
	return store.Each(r, func(a Assignment) error { return yield(a.object(), a.fields(), nil) })
}

// holds is SQL that is true of an assignment whose person may still review there: else it falls back to everybody.
const holds = `EXISTS (SELECT 1 FROM users u JOIN role_grants g ON g.user_id = u.id WHERE u.id = assignments.user_id
	AND u.enabled = ? AND g.role IN ('reviewer', 'editor') AND g.collection_id IN (0, assignments.collection_id))`

// assigneesOf are the people to whom some claims are given, by claim, the first one first.
func assigneesOf(r *store.Rx, ids []claims.ID) (map[claims.ID][]auth.UserID, error) {
	out := map[claims.ID][]auth.UserID{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := store.Select[Assignment](r, "SELECT * FROM assignments WHERE claim_id IN ? AND "+holds+" ORDER BY id",
		ids, true)
	for _, a := range rows {
		out[a.ClaimID] = append(out[a.ClaimID], a.UserID)
	}
	return out, err
}

// Assign gives claims of a collection to a person: to oneself (auth.Take), or to another who may review there
// (auth.Give). What they have already stays theirs. All are given or none is. It gives how many are new.
func (s *Service) Assign(ctx context.Context, actor auth.Actor, in auth.CollectionID, to auth.UserID,
	ids []claims.ID) (n int, err error) {
	defer fault.In(&err, "review.Assign(%d claims of %d to %d)", len(ids), in, to)
	who, err := s.mayAssign(actor, in, to, ids)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *store.Tx) error {
		if err := s.reviewerIn(&tx.Rx, in, to); err != nil {
			return err
		}
		found, err := assignable(&tx.Rx, in, ids)
		if err != nil {
			return err
		}
		n, err = give(tx, who, in, pairs(to, found), ByHand)
		return err
	})
	return n, err
}

// Unassign takes claims away from a person again. One that they do not have is no error.
func (s *Service) Unassign(ctx context.Context, actor auth.Actor, in auth.CollectionID, from auth.UserID,
	ids []claims.ID) (n int, err error) {
	defer fault.In(&err, "review.Unassign(%d claims of %d from %d)", len(ids), in, from)
	who, err := s.mayAssign(actor, in, from, ids)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *store.Tx) error {
		rows, err := store.Select[Assignment](&tx.Rx, "SELECT * FROM assignments WHERE claim_id IN ? AND user_id = ? "+
			"AND collection_id = ? ORDER BY id", ids, from, in)
		if err != nil {
			return err
		}
		if err := strike(tx, who, rows, "", ""); err != nil {
			return err
		}
		n = len(rows)
		return noteAssigned(tx, who, in, took, rows)
	})
	return n, err
}

func (s *Service) mayAssign(actor auth.Actor, in auth.CollectionID, to auth.UserID, ids []claims.ID) (who history.Who,
	err error) {
	act := auth.Give
	if to == actor.UserID {
		act = auth.Take
	}
	if who, err = s.policy.May(actor, auth.ThingAssignment, act, in); err != nil {
		return who, err
	}
	switch {
	case len(ids) == 0:
		return who, fault.New(fault.Invalid, "Choose a claim first.").With("claim", "Choose a claim.")
	case len(ids) > MostAssigned:
		return who, fault.New(fault.Invalid, "These are %d claims. Give out at most %d at once.", len(ids),
			MostAssigned).With("claim", "Choose fewer.")
	}
	return who, nil
}

// reviewerIn refuses somebody who may not review in a collection.
func (s *Service) reviewerIn(r *store.Rx, in auth.CollectionID, to auth.UserID) error {
	people, err := reviewersIn(r, in)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(people, func(p reviewer) bool { return p.ID == to }) {
		return errNoReviewer()
	}
	return nil
}

func errNoReviewer() error {
	return fault.New(fault.Invalid, "That person does not review in this collection. Choose another.").With("user",
		"Choose somebody who reviews here.")
}

// ReviewerNamed finds who reviews in a collection under a name by which they sign in, for whoever may give them claims.
func (s *Service) ReviewerNamed(ctx context.Context, actor auth.Actor, in auth.CollectionID, name string) (
	found auth.UserID, err error) {
	defer fault.In(&err, "review.ReviewerNamed(%d)", in)
	if _, err := s.policy.May(actor, auth.ThingAssignment, auth.Give, in); err != nil {
		return 0, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		people, err := s.policy.Members(r, auth.ThingReview, auth.Submit, in)
		name = auth.FoldName(name)
		for _, p := range people {
			if p.Name == name {
				found = p.ID
			}
		}
		return err
	})
	if err == nil && found == 0 {
		return 0, fault.New(fault.Invalid, "Nobody who reviews here signs in by that name. Choose another.").With("to",
			"Choose somebody who reviews here.")
	}
	return found, err
}

// assignable reads claims of a collection that still go through the queue; one that is not there, or is done, refuses
// them all.
func assignable(r *store.Rx, in auth.CollectionID, ids []claims.ID) ([]claims.Claim, error) {
	found, err := store.Select[claims.Claim](r, "SELECT * FROM claims WHERE id IN ? AND collection_id = ? ORDER BY id",
		ids, in)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		i := slices.IndexFunc(found, func(c claims.Claim) bool { return c.ID == id })
		if i < 0 {
			return nil, fault.New(fault.NotFound, "There is no claim %d in this collection.", id)
		}
		if err := claims.Prioritisable(found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// gift is a claim for a person.
type gift struct {
	claim claims.ID
	to    auth.UserID
}

func pairs(to auth.UserID, of []claims.Claim) []gift {
	out := make([]gift, len(of))
	for i, c := range of {
		out[i] = gift{c.ID, to}
	}
	return out
}

// give writes assignments with their events; those that are there already are left out. It gives how many are new, and
// tells those to whom somebody else gave them.
func give(tx *store.Tx, who history.Who, in auth.CollectionID, all []gift, how How) (n int, err error) {
	rows := make([]Assignment, len(all))
	for i, g := range all {
		rows[i] = Assignment{CollectionID: in, ClaimID: g.claim, UserID: g.to, GivenBy: auth.UserID(who.UserID),
			GivenAt: tx.Now(), How: how}
	}
	given, err := write(tx, who, rows, "", "")
	if err != nil {
		return 0, err
	}
	if err := tellAssigned(tx, auth.UserID(who.UserID), in, given); err != nil {
		return 0, err
	}
	return len(given), noteAssigned(tx, who, in, gave, given)
}

// write puts assignments in with their events; those of which the claim and the person have one already are left out.
func write(tx *store.Tx, who history.Who, all []Assignment, reason, batch string) (given []Assignment, err error) {
	if len(all) == 0 {
		return nil, nil
	}
	ids := make([]claims.ID, len(all))
	for i, a := range all {
		ids[i] = a.ClaimID
	}
	rows, err := store.Select[Assignment](&tx.Rx, "SELECT * FROM assignments WHERE claim_id IN ?", ids)
	if err != nil {
		return nil, err
	}
	there := map[gift]bool{}
	for _, a := range rows {
		there[gift{a.ClaimID, a.UserID}] = true
	}
	for _, a := range all {
		if there[gift{a.ClaimID, a.UserID}] {
			continue
		}
		there[gift{a.ClaimID, a.UserID}] = true
		if err := tx.Gorm().Create(&a).Error; err != nil {
			return nil, err
		}
		if _, err := history.Append(tx, who, history.Event{Action: "assignment.given", Object: a.object(),
			Collection: int64(a.CollectionID), After: a.fields(), Reason: reason, Batch: batch}); err != nil {
			return nil, err
		}
		given = append(given, a)
	}
	return given, nil
}

// strike takes assignments away, each with its event.
func strike(tx *store.Tx, who history.Who, rows []Assignment, reason, batch string) error {
	for _, a := range rows {
		if err := store.Changed(tx.Gorm().Delete(&Assignment{}, "id = ?", a.ID), "this assignment"); err != nil {
			return err
		}
		if _, err := history.Append(tx, who, history.Event{Action: "assignment.taken_back", Object: a.object(),
			Collection: int64(a.CollectionID), Before: a.fields(), Reason: reason, Batch: batch}); err != nil {
			return err
		}
		if err := notices.Untell(tx, aboutAssigned(a.CollectionID, a.ClaimID), a.UserID); err != nil {
			return err
		}
	}
	return nil
}

// tellAssigned tells each person what somebody else gave them: a claim by its number, several in one notice.
func tellAssigned(tx *store.Tx, by auth.UserID, in auth.CollectionID, given []Assignment) error {
	of := map[auth.UserID][]claims.ID{}
	for _, a := range given {
		if a.UserID != by {
			of[a.UserID] = append(of[a.UserID], a.ClaimID)
		}
	}
	for _, u := range slices.Sorted(maps.Keys(of)) {
		about := aboutAssigned(in, 0)
		if len(of[u]) == 1 {
			about = aboutAssigned(in, of[u][0])
		}
		if err := notices.Tell(tx, about, u); err != nil {
			return err
		}
	}
	return nil
}

// aboutAssigned is a notice of one claim that was given, or (0) of several of a collection.
func aboutAssigned(in auth.CollectionID, id claims.ID) notices.About {
	about := notices.About{In: in, Kind: notices.Assigned, Claim: int64(id)}
	if id == 0 {
		about.Ref = fmt.Sprintf("collection:%d", in)
	}
	return about
}
