package arrivals

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/intake"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
)

// TakingIn is the kind of the jobs that take in what a person says.
const TakingIn = "arrivals"

// Take lets arrivals of a person be taken in, in the background: those of ids, or of none all that are ready. It gives
// how many wait for it now.
func (s *Service) Take(ctx context.Context, actor auth.Actor, in auth.CollectionID, ids []ID) (n int64, err error) {
	defer fault.In(&err, "arrivals.Take(%d)", in)
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in); err != nil {
		return 0, err
	}
	if len(ids) > MostOpen {
		return 0, fault.New(fault.Invalid, "At most %d are taken in at once.", MostOpen).With("arrival",
			"These are too many.")
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := alone(tx, in, actor.UserID); err != nil {
			return err
		}
		if err := freeLeft(tx, in, actor.UserID); err != nil {
			return err
		}
		q := tx.Gorm().Model(&Arrival{}).Where("collection_id = ? AND user_id = ? AND state = ?", in, actor.UserID,
			Ready)
		if len(ids) > 0 {
			q = q.Where("id IN ?", ids)
		}
		res := q.Updates(map[string]any{"state": Taking, "via": actor.Via, "request": actor.Request, "message": "",
			"changed_at": tx.Now()})
		if n = res.RowsAffected; res.Error != nil || n == 0 {
			return res.Error
		}
		s.stir(tx)
		return s.addTaking(tx, actor, in)
	})
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "Nothing of it is ready to be taken in. Look at the page again.")
	}
	return n, err
}

func (s *Service) addTaking(tx *store.Tx, actor auth.Actor, in auth.CollectionID) error {
	_, err := s.work.Add(tx, actor, jobs.Wanted{Kind: TakingIn, Object: takeObject(in, actor.UserID), Collection: in})
	return err
}

// freeLeft makes arrivals ready that a job left which does not go on: jobs that failed told nobody once.
func freeLeft(tx *store.Tx, in auth.CollectionID, user auth.UserID) error {
	_, going, err := jobs.Open(&tx.Rx, TakingIn, takeObject(in, user))
	if err != nil || going {
		return err
	}
	return tx.Gorm().Model(&Arrival{}).Where("collection_id = ? AND user_id = ? AND state = ?", in, user, Taking).
		Update("state", Ready).Error
}

// taking does the jobs of the kind TakingIn.
type taking struct{ s *Service }

// Failed makes ready again what the job did not take in, with the reason.
func (t taking) Failed(tx *store.Tx, j jobs.Job) error {
	if err := alone(tx, j.Collection, j.UserID); err != nil {
		return err
	}
	t.s.stir(tx)
	return tx.Gorm().Model(&Arrival{}).Where("collection_id = ? AND user_id = ? AND state = ?", j.Collection,
		j.UserID, Taking).Updates(map[string]any{"state": Ready, "message": written(j.Message),
		"changed_at": tx.Now()}).Error
}

// Prepare lists what is to be taken in. Each is an import of its own, ahead of a slice that only counts it: what was
// taken in before a crash is not in the list any more.
func (t taking) Prepare(ctx context.Context, actor auth.Actor, j jobs.Job) (_ jobs.Plan, err error) {
	defer fault.In(&err, "arrivals.Prepare(job %d)", j.ID)
	list, err := t.s.toTake(ctx, j)
	if err != nil {
		return jobs.Plan{}, err
	}
	begun := j.Done
	return jobs.Plan{Total: begun + len(list), Most: 1,
		Ahead: func(ctx context.Context, from, n int) error {
			for _, id := range list[from-begun : from-begun+n] {
				if err := t.s.takeOne(ctx, actor, id); err != nil {
					return err
				}
			}
			return nil
		},
		Slice: func(*store.Tx, int, int) error { return nil },
		Finish: func(tx *store.Tx) error { // what the person chose meanwhile
			more, _, err := store.One[bool](&tx.Rx, "SELECT EXISTS (SELECT 1 FROM arrivals WHERE collection_id = ? "+
				"AND "+
				"user_id = ? AND state = 'taking') AS more", j.Collection, j.UserID)
			if err == nil && more {
				err = t.s.addTaking(tx, actor, j.Collection)
			}
			return err
		}}, nil
}

func (s *Service) toTake(ctx context.Context, j jobs.Job) (list []ID, err error) {
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		list, err = store.Select[ID](r, "SELECT id FROM arrivals WHERE collection_id = ? AND user_id = ? AND "+
			"state = 'taking' ORDER BY id", j.Collection, j.UserID)
		return err
	})
	return list, err
}

// errLeft says that an arrival is not to be taken in any more.
var errLeft = errors.New("this arrival is gone")

// takeOne takes in one arrival: the article, its candidates' job, its origin, and the end of the arrival in one Write.
// One that is refused says why, and stops no other.
func (s *Service) takeOne(ctx context.Context, actor auth.Actor, id ID) error {
	a, doc, err := s.opened(ctx, id)
	if err != nil {
		return s.notTaken(ctx, a, err)
	}
	in := s.importOf(a, doc)
	in.Also = func(tx *store.Tx, out *articles.Imported) error {
		now, is, err := s.still(tx, a)
		if err != nil {
			return err
		}
		if !is {
			return errLeft
		}
		now.State, now.Message, now.Name, now.Address = Taken, "", "", ""
		now.ArticleID, now.Existing = &out.Article.ID, out.Existing
		if err := s.empty(tx, now); err != nil || out.Existing {
			return err
		}
		if err := s.evidence.SetOriginIn(tx, actor, out.Article, a.Origin); err != nil {
			return err
		}
		return s.claims.ProposeIn(tx, actor, out.Article)
	}
	_, err = s.texts.Import(ctx, actor, in)
	return s.notTaken(ctx, a, err)
}

// opened reads an arrival with its document.
func (s *Service) opened(ctx context.Context, id ID) (a Arrival, doc intake.Document, err error) {
	var h held
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		if a, err = store.Get[Arrival](r, "such arrival", "SELECT * FROM arrivals WHERE id = ?", id); err != nil {
			return err
		}
		h, err = store.Get[held](r, "such bytes", "SELECT * FROM arrival_bytes WHERE id = ?", id)
		return err
	})
	if err != nil {
		return a, doc, err
	}
	raw, err := unzipped(h.Document)
	if err == nil {
		doc, err = intake.Unpack(raw)
	}
	if err != nil {
		err = fault.Wrap(fault.Conflict, err, "What was kept of it cannot be read. Discard it, and bring it again.")
	}
	return a, doc, err
}

// notTaken says of an arrival why it was not taken in: what is closed is refused, anything else can be mended. An error
// that is not about it is given back, and it is tried again.
func (s *Service) notTaken(ctx context.Context, a Arrival, cause error) error {
	switch kind := fault.KindOf(cause); {
	case cause == nil, errors.Is(cause, errLeft), kind == fault.NotFound:
		return nil
	case ctx.Err() != nil, kind == fault.Unavailable, kind == fault.Unknown:
		return cause
	}
	message := fault.Message(cause)
	if fault.KindOf(cause) == fault.Internal {
		message = "Something went wrong on our side; the server's log says what."
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		now, is, err := s.still(tx, a)
		if err != nil || !is {
			return err
		}
		if isClosed(cause) {
			return s.refuse(tx, now, message)
		}
		now.State, now.Message = Ready, written(message)
		return s.put(tx, now, "state", "message")
	})
}

const (
	// KeptFor is how long an arrival waits for its owner, since it was last changed.
	KeptFor = 30 * 24 * time.Hour
	// takenFor is how long it is said what became of one that was taken in.
	takenFor = 24 * time.Hour
)

// Run erases what was left lying, every hour until ctx ends.
func (s *Service) Run(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if err := s.Forget(ctx); err != nil && ctx.Err() == nil {
			log.Warn("old arrivals cannot be erased", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Forget erases what was left lying for 30 days, and what was taken in a day ago.
func (s *Service) Forget(ctx context.Context) (err error) {
	defer fault.In(&err, "arrivals.Forget()")
	if err := s.db.Write(ctx, freeOld); err != nil {
		return err
	}
	for more := true; more; {
		if err := s.db.Write(ctx, func(tx *store.Tx) error {
			old, err := store.Select[ID](&tx.Rx, "SELECT id FROM arrivals WHERE changed_at < ? AND state <> "+
				"'taking' AND "+
				"(state = 'taken' OR changed_at < ?) ORDER BY changed_at LIMIT 500",
				tx.Now()-store.Micros(takenFor.Microseconds()), tx.Now()-store.Micros(KeptFor.Microseconds()))
			more = len(old) == 500
			if err != nil || len(old) == 0 {
				return err
			}
			return s.erase(tx, old...)
		}); err != nil {
			return err
		}
	}
	return nil
}

// freeOld does freeLeft for those whose arrivals have been on their way for 30 days.
func freeOld(tx *store.Tx) error {
	old, err := store.Select[struct {
		In   auth.CollectionID
		User auth.UserID
	}](&tx.Rx, "SELECT DISTINCT collection_id AS \"in\", user_id AS \"user\" FROM arrivals WHERE changed_at < ? AND "+
		"state = 'taking' LIMIT 100", tx.Now()-store.Micros(KeptFor.Microseconds()))
	for _, x := range old {
		if err == nil {
			err = alone(tx, x.In, x.User)
		}
		if err == nil {
			err = freeLeft(tx, x.In, x.User)
		}
	}
	return err
}
