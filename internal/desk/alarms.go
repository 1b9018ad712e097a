package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
)

// alarmsPage is how many alarms an answer lists; AlarmsCap up to how many are counted.
const (
	alarmsPage = 50
	AlarmsCap  = 99
)

// AlarmsAsk says which alarms of a collection a person wants to see.
type AlarmsAsk struct {
	In       auth.CollectionID
	Answered bool             // those that were answered, the newest first; else those that wait, the oldest first
	After    claimset.AlarmID // where the page begins: Alarms.Next of the page before
}

// Alarms is a page of the alarms of a collection.
type Alarms struct {
	Frame
	Ask   AlarmsAsk
	List  []claimset.Alarm
	Sets  map[claimset.ID]claimset.Set
	Next  claimset.AlarmID // after which the next page begins, 0 on the last
	Names Names            // of those who answered
	May   bool             // the person may answer
}

// Alarms answers for the alarms of a collection.
func (d *Desk) Alarms(ctx context.Context, actor auth.Actor, ask AlarmsAsk) (out Alarms, err error) {
	defer fault.In(&err, "desk.Alarms(%d, %d)", ask.In, ask.After)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Alarms{Ask: ask, Names: l.names}
		if err := l.must(auth.ThingClaimSet, auth.Read, ask.In); err != nil {
			return err
		}
		if out.Frame, err = l.frame(ask.In); err != nil {
			return err
		}
		read := claimset.Waiting
		if ask.Answered {
			read = claimset.Answered
		}
		if out.List, err = read(l.rx, ask.In, ask.After, alarmsPage+1); err != nil {
			return err
		}
		if len(out.List) > alarmsPage {
			out.List = out.List[:alarmsPage]
			out.Next = out.List[alarmsPage-1].ID
		}
		out.May = l.may(auth.ThingClaimSet, auth.Answer, ask.In)
		ids := make([]claimset.ID, len(out.List))
		for i, a := range out.List {
			ids[i] = a.SetID
		}
		sets, err := claimset.SetsBy(l.rx, ids)
		if err != nil {
			return err
		}
		out.Sets = map[claimset.ID]claimset.Set{}
		for id, set := range sets {
			if err := l.forget(ask.In, articles.OwnWords(&set)...); err != nil {
				return err
			}
			out.Sets[id] = set
		}
		return l.alarmsSeen(ask.In, out.List)
	})
	return out, err
}

// Alarm reads one alarm of a collection whose sets the person reads.
func (d *Desk) Alarm(ctx context.Context, actor auth.Actor, id claimset.AlarmID) (out claimset.Alarm, err error) {
	defer fault.In(&err, "desk.Alarm(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if out, err = claimset.AlarmByID(l.rx, id); err != nil {
			return err
		}
		if err := l.reads(auth.ThingClaimSet, out.CollectionID, "alarm"); err != nil {
			return err
		}
		one := []claimset.Alarm{out}
		err = l.alarmsSeen(out.CollectionID, one)
		out = one[0]
		return err
	})
	return out, err
}

// alarmsSeen asks the names of those who answered alarms, and takes out of their reasons what was taken down.
func (l *look) alarmsSeen(in auth.CollectionID, all []claimset.Alarm) error {
	words := make([]*string, len(all))
	for i := range all {
		words[i] = &all[i].Reason
		if by := all[i].AnsweredBy; by != nil {
			l.name(*by)
		}
	}
	return l.forget(in, words...)
}

// InPrint is a frozen set that prints a claim, how the claim stands in it, and how the set was exported.
type InPrint struct {
	claimset.InPrint
	Exports []Export // the newest first
}

// inPrint says in which frozen sets and exports a claim stands, for whoever reads sets.
func (l *look) inPrint(c claims.Claim) ([]InPrint, error) {
	if !l.may(auth.ThingClaimSet, auth.Read, c.CollectionID) {
		return nil, nil
	}
	sets, err := claimset.InPrintOf(l.rx, c.ID)
	if err != nil || len(sets) == 0 {
		return nil, err
	}
	out := make([]InPrint, len(sets))
	objects := make([]string, len(sets))
	words := make([]*string, len(sets))
	for i, s := range sets {
		out[i].InPrint = s
		objects[i], words[i] = s.Object(), &out[i].Title
	}
	if err := l.forget(c.CollectionID, words...); err != nil {
		return nil, err
	}
	exports, err := l.exportsOf(objects...)
	for i := range out {
		out[i].Exports = ofClaim(exports[objects[i]], c.ID)
	}
	return out, err
}

// AlarmJSON is an alarm as programs read it. Exactly one of claim and article is there.
type AlarmJSON struct {
	ID         claimset.AlarmID `json:"id"`
	Set        claimset.ID      `json:"set"`
	Claim      *claims.ID       `json:"claim,omitempty"`
	Article    *articles.ID     `json:"article,omitempty"`
	Evidence   *evidence.ID     `json:"evidence,omitempty"` // the item that was unlinked
	Cause      claimset.Cause   `json:"cause"`
	RaisedAt   Time             `json:"raised_at"`
	Answer     claimset.Reply   `json:"answer"` // "" while it waits
	Reason     string           `json:"reason"`
	AnsweredBy *auth.UserID     `json:"answered_by,omitempty"`
	AnsweredAt *Time            `json:"answered_at,omitempty"`
	Version    int64            `json:"version"`
}

// AlarmOf is an alarm for programs.
func AlarmOf(a claimset.Alarm) AlarmJSON {
	return AlarmJSON{ID: a.ID, Set: a.SetID, Claim: a.ClaimID, Article: a.ArticleID, Evidence: a.EvidenceID,
		Cause: a.Cause, RaisedAt: Time(a.RaisedAt), Answer: a.Answer, Reason: a.Reason, AnsweredBy: a.AnsweredBy,
		AnsweredAt: timeOf(a.AnsweredAt), Version: a.Version}
}

func alarmsOf(all []claimset.Alarm) []AlarmJSON {
	out := []AlarmJSON{}
	for _, a := range all {
		out = append(out, AlarmOf(a))
	}
	return out
}

// JSON is the list for programs.
func (a Alarms) JSON() List[AlarmJSON] {
	out := List[AlarmJSON]{Items: alarmsOf(a.List)}
	if a.Next != 0 {
		out.Next = decimal(a.Next)
	}
	return out
}

// ConditionJSON says how a printed claim stands today.
type ConditionJSON struct {
	Claim claims.ID          `json:"claim"`
	Is    claimset.Condition `json:"is"`
	By    claimset.ID        `json:"by,omitempty"`    // the set that corrected it, or prints it no longer
	Since *Time              `json:"since,omitempty"` // when it was withdrawn, or began to be under review
}

func conditionOf(c claims.ID, s claimset.Standing) ConditionJSON {
	out := ConditionJSON{Claim: c, Is: s.Is, By: s.By}
	if s.Since != 0 {
		out.Since = timeOf(&s.Since)
	}
	return out
}

// InPrintJSON is a frozen set that prints a claim.
type InPrintJSON struct {
	Set       claimset.ID      `json:"set"`
	Title     string           `json:"title"`
	N         int              `json:"n"`
	State     claimset.State   `json:"state"`
	FrozenAt  *Time            `json:"frozen_at,omitempty"`
	Condition ConditionJSON    `json:"condition"`
	Exports   List[ExportJSON] `json:"exports"` // the newest first, at most 50 over all sets
}

func inPrintOf(c claims.ID, all []InPrint) []InPrintJSON {
	out := []InPrintJSON{}
	for _, p := range all {
		x := InPrintJSON{Set: p.ID, Title: p.Title, N: p.N, State: p.State, FrozenAt: timeOf(p.FrozenAt),
			Condition: conditionOf(c, p.Standing), Exports: exportsJSON(p.Exports)}
		out = append(out, x)
	}
	return out
}
