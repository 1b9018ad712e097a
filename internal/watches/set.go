package watches

import (
	"context"
	"fmt"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
)

// task is the name of this room's addresses.
const task = "watch"

// MostDays is how far ahead the last day of a watch may be.
const MostDays = 366

// Service is what may be done with watches.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	texts  *articles.Service
	web    *addresses.Service
	steps  []time.Duration // after a visit that saw a change, after one more that saw none, and so on
}

// usualSteps grow from an hour to a week.
var usualSteps = []time.Duration{time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
	2 * 24 * time.Hour, 4 * 24 * time.Hour, 7 * 24 * time.Hour}

// New makes the service, to which web and texts tell from now on.
func New(db *store.DB, policy *auth.Policy, texts *articles.Service, web *addresses.Service) *Service {
	s := &Service{db: db, policy: policy, texts: texts, web: web, steps: usualSteps}
	web.Register(task, s)
	texts.OnLeaving(s.leave)
	return s
}

// Today is the day of a moment, UTC, as YYYY-MM-DD.
func Today(now store.Micros) string { return now.Time().UTC().Format(time.DateOnly) }

// ends is the moment after a day; of no day, a fault.
func ends(day string, now store.Micros) (store.Micros, error) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0, fault.New(fault.Invalid, "“%.40s” is no day. Write the last day on which the page is asked for as "+
			"YYYY-MM-DD.", day).With("until", "Write a day as YYYY-MM-DD.")
	}
	today := now.Time().UTC().Truncate(24 * time.Hour)
	if t.Before(today) || t.After(today.AddDate(0, 0, MostDays)) {
		return 0, fault.New(fault.Invalid, "A page is watched until a day from today to %s; %s is not one.",
			today.AddDate(0, 0, MostDays).Format(time.DateOnly), day).With("until", fmt.Sprintf(
			"From today, at most %d days ahead.", MostDays))
	}
	return store.Micros(t.AddDate(0, 0, 1).UnixMicro()), nil
}

// Set watches an article until a day, the last one (YYYY-MM-DD), in the name of the person who sets it. version is that
// of the watch as it was seen, 0 where there was none.
func (s *Service) Set(ctx context.Context, actor auth.Actor, id articles.ID, until string, version int64) (w Watch,
	err error) {
	defer fault.In(&err, "watches.Set(article %d)", id)
	a, who, err := s.may(ctx, actor, id)
	if err != nil {
		return w, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if a, err = hold(tx, id); err != nil {
			return err
		}
		if err := Watchable(a); err != nil {
			return err
		}
		last, err := ends(until, tx.Now())
		if err != nil {
			return err
		}
		now, there, err := store.One[Watch](&tx.Rx, "SELECT * FROM watches WHERE article_id = ?", id)
		if err != nil {
			return err
		}
		if now.Version != version {
			return fault.Stale("Somebody else changed this watch. Look again, and choose.")
		}
		w = now
		w.ArticleID, w.CollectionID, w.State, w.UntilDay = id, a.CollectionID, On, until
		w.SetBy, w.SetAt, w.Version = actor.UserID, tx.Now(), version+1
		var before history.Fields
		if there {
			before = fields(now)
			err = tx.Gorm().Save(&w).Error
		} else {
			err = tx.Gorm().Create(&w).Error
		}
		if err != nil {
			return err
		}
		if err := s.web.Schedule(tx, actor, addresses.Wanted{Task: task, Object: int64(w.ID), In: a.CollectionID,
			Address: a.URL, Until: last}); err != nil {
			return err
		}
		return record(tx, who, "watch.set", a.CollectionID, Object(w.ID), before, fields(w))
	})
	return w, err
}

// Watchable says whether an article can be watched: its text is there, and has an address.
func Watchable(a articles.Article) error {
	if err := articles.Revisable(a); err != nil {
		return err
	}
	if a.URL == "" {
		return fault.New(fault.Conflict, "This article has no address, so there is nothing to ask for again.")
	}
	return nil
}

// End ends the watch of an article. What was found before stays to be decided.
func (s *Service) End(ctx context.Context, actor auth.Actor, id articles.ID, version int64) (w Watch, err error) {
	defer fault.In(&err, "watches.End(article %d)", id)
	_, who, err := s.may(ctx, actor, id)
	if err != nil {
		return w, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := hold(tx, id); err != nil {
			return err
		}
		w, err = store.Get[Watch](&tx.Rx, "such watch", "SELECT * FROM watches WHERE article_id = ?", id)
		if err != nil {
			return err
		}
		if w.Version != version || w.State != On {
			return fault.Stale("Somebody else changed this watch. Look again, and choose.")
		}
		w, err = end(tx, who, w)
		return err
	})
	return w, err
}

// end ends a watch that is on.
func end(tx *store.Tx, who history.Who, w Watch) (Watch, error) {
	if err := addresses.Unschedule(tx, task, int64(w.ID)); err != nil {
		return w, err
	}
	before := fields(w)
	w.State, w.Version = Ended, w.Version+1
	if err := tx.Gorm().Save(&w).Error; err != nil {
		return w, err
	}
	return w, record(tx, who, "watch.ended", w.CollectionID, Object(w.ID), before, fields(w))
}

// leave is the articles.Leaving of this room: the watch ends, nothing that was found or seen stays, and nobody is told
// of it any more.
func (s *Service) leave(tx *store.Tx, who history.Who, a articles.Article) error {
	w, there, err := store.One[Watch](&tx.Rx, "SELECT * FROM watches WHERE article_id = ?", a.ID)
	if err != nil || !there {
		return err
	}
	if err := addresses.Unschedule(tx, task, int64(w.ID)); err != nil {
		return err
	}
	if w.State == On {
		if w, err = end(tx, who, w); err != nil {
			return err
		}
	}
	if err := tx.Gorm().Where("watch_id = ?", w.ID).Delete(&visitRow{}).Error; err != nil {
		return err
	}
	if err := s.untell(tx, a.CollectionID, a.ID, notices.TextChanged, notices.ChangedInSilence,
		notices.PageGone); err != nil {
		return err
	}
	p, open, err := openOf(&tx.Rx, a.ID)
	if err != nil || !open {
		return err
	}
	return decide(tx, who, a.CollectionID, p, Withdrawn)
}

// may asks whether a person may change the watch of an article that they read.
func (s *Service) may(ctx context.Context, actor auth.Actor, id articles.ID) (a articles.Article, who history.Who,
	err error) {
	if a, err = s.texts.Get(ctx, actor, id); err != nil {
		return a, who, err
	}
	who, err = s.policy.May(actor, auth.ThingArticle, auth.Import, a.CollectionID)
	return a, who, err
}

// hold reads an article, which nobody takes away until the Write has ended.
func hold(tx *store.Tx, id articles.ID) (a articles.Article, err error) {
	return a, store.Take(tx.Lock(), &a, "such article", "id = ?", id)
}

func about(in auth.CollectionID, id articles.ID, kind notices.Kind) notices.About {
	return notices.About{In: in, Kind: kind, Ref: articles.Object(id)}
}

// editors are those who decide about what was found.
func (s *Service) editors(tx *store.Tx, in auth.CollectionID) (out []auth.UserID, err error) {
	all, err := s.policy.Members(&tx.Rx, auth.ThingArticle, auth.Import, in)
	for _, p := range all {
		if len(out) < notices.MostTold {
			out = append(out, p.ID)
		}
	}
	return out, err
}

func (s *Service) tell(tx *store.Tx, in auth.CollectionID, id articles.ID, kind notices.Kind) error {
	people, err := s.editors(tx, in)
	if err != nil {
		return err
	}
	return notices.Tell(tx, about(in, id, kind), people...)
}

func (s *Service) untell(tx *store.Tx, in auth.CollectionID, id articles.ID, kinds ...notices.Kind) error {
	people, err := s.editors(tx, in)
	for _, kind := range kinds {
		if err == nil {
			err = notices.Untell(tx, about(in, id, kind), people...)
		}
	}
	return err
}
