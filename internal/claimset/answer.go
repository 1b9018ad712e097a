package claimset

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// AlarmByID reads an alarm inside a transaction; it asks no permission.
func AlarmByID(r *store.Rx, id AlarmID) (Alarm, error) {
	return store.Get[Alarm](r, "such alarm", "SELECT * FROM alarms WHERE id = ?", id)
}

// Answerable says whether an alarm waits for an answer: nobody gave one, and its set is the newest version.
func Answerable(s Set, a Alarm) error {
	if !a.Waits() {
		return fault.New(fault.Conflict, "This alarm was answered already: %s. Open the page again to see by "+
			"whom.", a.Answer.Word())
	}
	return printed(s)
}

// printed says whether a set is the version that stands in print.
func printed(s Set) error {
	switch s.State {
	case Frozen:
		return nil
	case Superseded:
		return fault.New(fault.Conflict, "A correction superseded “%s”, version %d; that answers whatever was "+
			"asked of it. Go on with the newest version.", s.Title, s.N)
	}
	return fault.New(fault.Conflict, "“%s” is a draft: nothing of it is printed yet. Freeze it first.", s.Title)
}

// Answer answers an alarm, with a reason: what is printed stands, or what the alarm is about is withdrawn from the set.
func (s *Service) Answer(ctx context.Context, actor auth.Actor, id AlarmID, version int64, answer Reply,
	reason string) (_ Alarm, err error) {
	defer fault.In(&err, "claimset.Answer(%d, %s)", id, answer)
	var a Alarm
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		a, err = AlarmByID(r, id)
		return err
	}); err != nil {
		return a, err
	}
	_, who, err := s.allowed(ctx, actor, a.SetID, auth.Answer)
	if err != nil {
		if fault.KindOf(err) == fault.NotFound {
			err = fault.Wrap(fault.NotFound, err, "There is no such alarm.")
		}
		return Alarm{}, err
	}
	if err := checkAnswer(answer, &reason); err != nil {
		return a, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		set, now, err := lockAlarm(tx, a.SetID, id)
		if err != nil {
			return err
		}
		if err := Answerable(set, now); err != nil {
			return err
		}
		a = now
		by, at := actor.UserID, tx.Now()
		a.Answer, a.Reason, a.AnsweredBy, a.AnsweredAt, a.Version = answer, reason, &by, &at, version+1
		if err := store.Changed(tx.Gorm().Model(&Alarm{}).Where("id = ? AND version = ?", id, version).Updates(
			map[string]any{"answer": answer, "reason": reason, "answered_by": by, "answered_at": at,
				"version": a.Version}), "this alarm"); err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "alarm.answered", Object: AlarmObject(id),
			Collection: int64(a.CollectionID), Before: alarmFields(now), After: alarmFields(a), Texts: alarmTexts(a)})
		if err != nil {
			return err
		}
		return s.tellAnswered(tx, set, by)
	})
	return a, err
}

// lockAlarm locks the set, then its alarm.
func lockAlarm(tx *store.Tx, set ID, id AlarmID) (s Set, a Alarm, err error) {
	if err := store.Take(tx.Lock(), &s, "such claim set", "id = ?", set); err != nil {
		return s, a, err
	}
	return s, a, store.Take(tx.Lock(), &a, "such alarm", "id = ?", id)
}

func checkAnswer(answer Reply, reason *string) error {
	if !Replies.Has(answer) {
		return fault.New(fault.Invalid, "Say what becomes of it: it stands as printed, or it is withdrawn from "+
			"the set.").With("answer", "Choose one.")
	}
	return text.CheckReason(reason, "Say why; whoever holds the printed set may ask.", "An answer needs a reason.")
}

// PullOut withdraws a claim from a frozen set, with a reason, without an alarm that asked for it. The set itself does
// not change: who holds a copy is told that it prints the claim no longer.
func (s *Service) PullOut(ctx context.Context, actor auth.Actor, id ID, claim claims.ID, reason string) (_ Alarm,
	err error) {
	defer fault.In(&err, "claimset.PullOut(%d, claim %d)", id, claim)
	_, who, err := s.allowed(ctx, actor, id, auth.Answer)
	if err != nil {
		return Alarm{}, err
	}
	if claim == 0 {
		return Alarm{}, fault.New(fault.Invalid, "Name the claim that is withdrawn.").With("claim",
			"Give the number of a claim of this set.")
	}
	if err := checkAnswer(PullOut, &reason); err != nil {
		return Alarm{}, err
	}
	var a Alarm
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var set Set
		if err := store.Take(tx.Lock(), &set, "such claim set", "id = ?", id); err != nil {
			return err
		}
		if err := printed(set); err != nil {
			return err
		}
		at, err := standingIn(&tx.Rx, set, claim)
		if err != nil {
			return err
		}
		if at.Is == PulledOut {
			return fault.New(fault.Conflict, "Claim %d was withdrawn from this set already; the page of the set "+
				"says when.", claim)
		}
		by, now := actor.UserID, tx.Now()
		a = Alarm{CollectionID: set.CollectionID, SetID: id, ClaimID: &claim, Cause: CauseEditor, RaisedAt: now,
			Answer: PullOut, Reason: reason, AnsweredBy: &by, AnsweredAt: &now, Version: 1}
		if err := tx.Gorm().Create(&a).Error; err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "alarm.withdrawn", Object: AlarmObject(a.ID),
			Collection: int64(a.CollectionID), After: alarmFields(a), Texts: alarmTexts(a)})
		return err
	})
	return a, err
}
