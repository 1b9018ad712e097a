package review

import (
	"context"
	"slices"
	"strconv"
	"time"

	"gorm.io/gorm/clause"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

const (
	// MostSnoozed is how many claims a person may have put off in all: a batch's, or those of many days.
	MostSnoozed = 10_000
	// snoozedAtOnce is how many claims one request puts off or takes back; more are a batch.
	snoozedAtOnce = 500
	// longestSnooze is how far ahead a claim may be put off, in days.
	longestSnooze = 366
	day           = store.Micros(24 * time.Hour / time.Microsecond)
)

// Snooze is that a person put a claim off until a moment. It is theirs alone: nobody else sees it, and no event tells
// of it. It ends by itself when the claim goes on to another state or round.
type Snooze struct {
	UserID    auth.UserID  `gorm:"column:user_id;primaryKey;autoIncrement:false"`
	ClaimID   claims.ID    `gorm:"column:claim_id;primaryKey;autoIncrement:false"`
	State     claims.State `gorm:"column:state"`
	Round     int          `gorm:"column:round"`
	SnoozedAt store.Micros `gorm:"column:snoozed_at"`
	Until     store.Micros `gorm:"column:until"`
}

// TableName names the table.
func (Snooze) TableName() string { return "snoozes" }

// snoozesOf gives what a person put off in a collection, with until when, and what came back to them by itself, with
// since when. What went on meanwhile is in neither.
func snoozesOf(r *store.Rx, by auth.UserID, c auth.CollectionID,
	now store.Micros) (off, back map[claims.ID]store.Micros, err error) {
	rows, err := store.Select[Snooze](r, "SELECT s.* FROM snoozes s JOIN claims c ON c.id = s.claim_id WHERE "+
		"s.user_id = ? AND c.collection_id = ? AND c.state = s.state AND c.round = s.round", by, c)
	off, back = map[claims.ID]store.Micros{}, map[claims.ID]store.Micros{}
	for _, x := range rows {
		if x.Until > now {
			off[x.ClaimID] = x.Until
		} else {
			back[x.ClaimID] = x.Until
		}
	}
	return off, back, err
}

// OffUntil is until when a person put a claim off, as it stands at a moment; 0: they did not, or it came back.
func OffUntil(r *store.Rx, by auth.UserID, c claims.Claim, now store.Micros) (store.Micros, error) {
	until, _, err := store.One[store.Micros](r, "SELECT until FROM snoozes WHERE user_id = ? AND claim_id = ? AND "+
		"state = ? AND round = ? AND until > ?", by, c.ID, c.State, c.Round, now)
	return until, err
}

// PutOff takes claims out of a person's own queue until a moment, in microseconds; they come back by themselves, with
// the reason that they have then. All are put off or none is.
func (s *Service) PutOff(ctx context.Context, actor auth.Actor, until store.Micros, ids ...claims.ID) (err error) {
	defer fault.In(&err, "review.PutOff(%d claims, %d)", len(ids), until)
	if err := snoozable(ids); err != nil {
		return err
	}
	for _, id := range ids {
		if _, _, err := s.allowed(ctx, actor, id, auth.ThingReview, auth.Submit); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := ahead(tx.Now(), until); err != nil {
			return err
		}
		was, err := snoozeRows(&tx.Rx, actor.UserID, ids)
		if err != nil {
			return err
		}
		if err := s.putOff(tx, actor.UserID, until, ids); err != nil {
			return err
		}
		return noteSnoozes(tx, actor, putOff, ids, was)
	})
}

func snoozable(ids []claims.ID) error {
	switch {
	case len(ids) == 0:
		return fault.New(fault.Invalid, "Choose a claim first.").With("claim", "Choose a claim.")
	case len(ids) > snoozedAtOnce:
		return fault.New(fault.Invalid, "These are %d claims. Snooze at most %d at once.", len(ids), snoozedAtOnce).
			With("claim", "Choose fewer.")
	}
	return nil
}

// ahead says whether claims may be put off until a moment.
func ahead(now, until store.Micros) error {
	if until <= now || until > now+longestSnooze*day {
		return fault.New(fault.Invalid, "Choose a day after today, at most %d days ahead.", longestSnooze).
			With("until", "Choose a day after today.")
	}
	return nil
}

// untilWhen reads a day as somebody writes it: 2026-12-03, or the number of days from now.
func untilWhen(now store.Micros, till string) (store.Micros, error) {
	if at, err := time.Parse(time.DateOnly, till); err == nil {
		return store.Micros(at.UnixMicro()), nil
	}
	if days, err := strconv.Atoi(till); err == nil && days > 0 && days <= longestSnooze {
		return now + store.Micros(days)*day, nil
	}
	return 0, fault.New(fault.Invalid, "“%.40s” is no day ahead. Write it as 2026-12-03, or the number of days "+
		"from now.", till).With("until", "Write a day, for instance 2026-12-03.")
}

// snoozableNow says whether a claim waits for anybody, so that it can be put off.
func snoozableNow(c claims.Claim) error {
	if c.State == claims.Candidate || c.State == claims.Approved || c.State.Ended() {
		return fault.New(fault.Conflict, "Claim %d is %s; it waits for nobody.", c.ID, c.State.Word())
	}
	return nil
}

// putOffBy counts what a person has put off.
func putOffBy(r *store.Rx, by auth.UserID, now store.Micros) (n int64, err error) {
	return n, r.Gorm().Model(&Snooze{}).Where("user_id = ? AND until > ?", by, now).Count(&n).Error
}

func (s *Service) putOff(tx *store.Tx, by auth.UserID, until store.Micros, ids []claims.ID) error {
	now := tx.Now()
	found, err := store.Select[claims.Claim](&tx.Rx, "SELECT * FROM claims WHERE id IN ?", ids)
	if err != nil {
		return err
	}
	rows := make([]Snooze, len(found))
	for i, c := range found {
		if err := snoozableNow(c); err != nil {
			return err
		}
		rows[i] = Snooze{UserID: by, ClaimID: c.ID, State: c.State, Round: c.Round, SnoozedAt: now, Until: until}
	}
	// what came back long ago says nothing any more
	if err := tx.Gorm().Delete(&Snooze{}, "user_id = ? AND until < ?", by, now-30*day).Error; err != nil {
		return err
	}
	if err := tx.Gorm().Clauses(clause.OnConflict{UpdateAll: true}).CreateInBatches(rows, 100).Error; err != nil {
		return err
	}
	n, err := putOffBy(&tx.Rx, by, now)
	if err != nil {
		return err
	}
	if n > MostSnoozed {
		return fault.New(fault.Conflict, "You would have snoozed %d claims. Snooze at most %d; take some back first.",
			n, MostSnoozed)
	}
	return nil
}

// PutOffTill is PutOff until a day as somebody writes it: 2026-12-03, or the number of days from now.
// All are claims of one collection: another one's are fault.NotFound.
func (s *Service) PutOffTill(ctx context.Context, actor auth.Actor, in auth.CollectionID, till string,
	ids ...claims.ID) (until store.Micros, err error) {
	defer fault.In(&err, "review.PutOffTill(collection %d, %d claims, %q)", in, len(ids), till)
	if err := s.db.Read(ctx, func(r *store.Rx) error { return allOf(r, in, ids) }); err != nil {
		return 0, err
	}
	if until, err = untilWhen(s.db.Now(), till); err != nil {
		return 0, err
	}
	return until, s.PutOff(ctx, actor, until, ids...)
}

// allOf says whether all are claims of a collection. What there is none of has nothing to say.
func allOf(r *store.Rx, in auth.CollectionID, ids []claims.ID) error {
	if err := snoozable(ids); err != nil {
		return err
	}
	there, err := store.Select[claims.ID](r, "SELECT id FROM claims WHERE collection_id = ? AND id IN "+
		store.InList(r), in, store.IDs[claims.ID](ids))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !slices.Contains(there, id) {
			return fault.New(fault.NotFound, "There is no claim %d in collection %d.", id, in)
		}
	}
	return nil
}

// TakeBack puts claims of a collection that a person put off into their queue again, and says how many were off. One
// that is not put off is no error; one of another collection is fault.NotFound.
func (s *Service) TakeBack(ctx context.Context, actor auth.Actor, in auth.CollectionID, ids ...claims.ID) (n int,
	err error) {
	defer fault.In(&err, "review.TakeBack(collection %d, %d claims)", in, len(ids))
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := allOf(&tx.Rx, in, ids); err != nil {
			return err
		}
		was, err := snoozeRows(&tx.Rx, actor.UserID, ids)
		if n = 0; err != nil || len(was) == 0 {
			return err
		}
		for _, x := range was {
			if x.Until > tx.Now() {
				n++
			}
		}
		if err := tx.Gorm().Delete(&Snooze{}, "user_id = ? AND claim_id IN ?", actor.UserID, ids).Error; err != nil {
			return err
		}
		return noteSnoozes(tx, actor, fore, ids, was)
	})
	return n, err
}
