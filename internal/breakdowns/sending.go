package breakdowns

import (
	"context"
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// The bounds of how many questions a day a collection may ask.
const (
	UsualPerDay = 500
	MostPerDay  = 100_000
)

// Sending says whether the texts of a collection are sent to the model, and how many questions are asked of it a day.
type Sending struct {
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey"`
	Allowed      bool              `gorm:"column:allowed"`
	PerDay       int               `gorm:"column:per_day"`
	Version      int64             `gorm:"column:version"` // 0: nobody has set it
}

// TableName names the table.
func (Sending) TableName() string { return "sending" }

// SendingOf reads whether texts of a collection are sent; they are not where nobody has set it. It asks no permission.
func SendingOf(r *store.Rx, in auth.CollectionID) (Sending, error) {
	s, there, err := store.One[Sending](r, "SELECT * FROM sending WHERE collection_id = ?", in)
	if s.CollectionID = in; !there {
		s.PerDay = UsualPerDay
	}
	return s, err
}

// Set says whether texts of a collection are sent. It is fault.Conflict when somebody was faster.
func (s *Service) Set(ctx context.Context, actor auth.Actor, want Sending) (_ Sending, err error) {
	defer fault.In(&err, "breakdowns.Set(%d)", want.CollectionID)
	who, err := s.policy.May(actor, auth.ThingSettings, auth.Write, want.CollectionID)
	if err != nil {
		return Sending{}, err
	}
	if want.PerDay < 1 || want.PerDay > MostPerDay {
		return Sending{}, fault.New(fault.Invalid, "Say how many questions a day the model may be asked, from 1 to %d.",
			MostPerDay).With("per_day", fmt.Sprintf("A number from 1 to %d.", MostPerDay))
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := articles.CollectionByID(&tx.Rx, want.CollectionID); err != nil {
			return err
		}
		if err := tx.Alone("sending"); err != nil {
			return err
		}
		now, err := SendingOf(&tx.Rx, want.CollectionID)
		if err != nil {
			return err
		}
		if now.Version != want.Version {
			return fault.Stale("Somebody else changed whether texts are sent. Look again, and choose.").WithDetail(now)
		}
		after := want
		after.Version++
		if err := tx.Gorm().Exec("INSERT INTO sending (collection_id, allowed, per_day, version) VALUES (?, ?, ?, ?) "+
			"ON CONFLICT (collection_id) DO UPDATE SET allowed = excluded.allowed, per_day = excluded.per_day, "+
			"version = excluded.version", after.CollectionID, after.Allowed, after.PerDay, after.Version).
			Error; err != nil {
			return err
		}
		event := history.Event{Action: "sending.set", Object: sendingObject(after.CollectionID),
			Collection: int64(after.CollectionID), After: sendingFields(after)}
		if now.Version > 0 {
			event.Before = sendingFields(now)
		}
		if _, err = history.Append(tx, who, event); err != nil {
			return err
		}
		want = after
		s.wakeAfter(tx)
		return nil
	})
	return want, err
}

func sendingObject(in auth.CollectionID) string { return fmt.Sprintf("sending:%d", in) }

func sendingFields(s Sending) history.Fields {
	return history.Fields{"allowed": fmt.Sprint(s.Allowed), "per_day": history.Num(s.PerDay),
		"version": history.Num(s.Version)}
}

// useRow is how many questions were asked for a collection on a day.
type useRow struct {
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	Day          string            `gorm:"column:day;primaryKey" words:"fact"` // YYYY-MM-DD, UTC
	Questions    int               `gorm:"column:questions"`
}

func (useRow) TableName() string { return "model_uses" }

// UsedOn is how many questions were asked for a collection on a day (YYYY-MM-DD, UTC). It asks no permission.
func UsedOn(r *store.Rx, in auth.CollectionID, day string) (int, error) {
	used, _, err := store.One[useRow](r, "SELECT * FROM model_uses WHERE collection_id = ? AND day = ?", in, day)
	return used.Questions, err
}

// Day is the day of a moment, as the uses are counted by.
func Day(at store.Micros) string { return at.Time().UTC().Format("2006-01-02") }
