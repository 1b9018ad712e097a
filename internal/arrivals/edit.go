package arrivals

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/intake"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
)

// Edit says what an arrival is called, who published it, and so on, instead of what was read. Published may be typed in
// the calendar of the page. version is the one that the person had open.
func (s *Service) Edit(ctx context.Context, actor auth.Actor, in auth.CollectionID, id ID, version int64, f Facts) (
	out Arrival, err error) {
	defer fault.In(&err, "arrivals.Edit(%d)", id)
	day, shown, err := s.check(&f)
	if err != nil {
		return out, err
	}
	return s.change(ctx, actor, in, id, version, func(tx *store.Tx, a Arrival) (Arrival, []string, error) {
		if a.State != Ready {
			return a, nil, notSo(a, "Only what was read can be mended.")
		}
		if day != a.Published || shown != "" {
			a.PublishedAs = shown
		}
		a.Facts, a.Published, a.Message = f, day, ""
		return a, []string{"title", "source", "byline", "url", "lang", "published", "published_as", "origin",
			"message"}, nil
	})
}

// check says what is wrong with facts, by field, and gives the day.
func (s *Service) check(f *Facts) (day, shown string, err error) {
	for _, fact := range []*string{&f.Title, &f.Source, &f.Byline, &f.URL, &f.Lang, &f.Published, &f.Origin} {
		*fact = strings.TrimSpace(*fact)
	}
	var bad fault.Collect
	day, shown, err = intake.TypedDay(f.Published, f.Lang)
	if err != nil {
		bad.Add("published", "%s.", err)
	} else if articles.DayAhead(day, s.db.Now()) {
		bad.Add("published", "%s has not come yet. Write the day on which it was published, or leave it empty.", day)
	}
	for _, err := range []error{evidence.CheckOrigin(f.Origin), articles.Import{Source: f.Source, Title: f.Title,
		Byline: f.Byline, URL: f.URL, Lang: f.Lang}.Check()} {
		if e, is := fault.As(err); is {
			for _, x := range e.Fields {
				bad.Add(x.Name, "%s", x.Msg)
			}
		} else if err != nil {
			return "", "", err
		}
	}
	return day, shown, bad.Err()
}

// ReadAs says in which letters a file is, one of the readings that were offered; it is read again.
func (s *Service) ReadAs(ctx context.Context, actor auth.Actor, in auth.CollectionID, id ID, version int64,
	charset string) (out Arrival, err error) {
	defer fault.In(&err, "arrivals.ReadAs(%d, %q)", id, charset)
	return s.change(ctx, actor, in, id, version, func(tx *store.Tx, a Arrival) (Arrival, []string, error) {
		offered := a.Read().Readings
		if a.State != Asks || len(offered) == 0 {
			return a, nil, notSo(a, "It does not ask in which letters it is.")
		}
		if !slices.ContainsFunc(offered, func(p intake.Preview) bool { return p.Charset == charset }) {
			return a, nil, fault.New(fault.Invalid, "“%s” is none of the readings that are offered. Choose one of "+
				"them.",
				charset).With("charset", "Choose one of the readings.")
		}
		a.Charset = charset
		return a, []string{"charset"}, s.again(tx, actor, &a)
	})
}

// Map says which column of rows is which part of an article. They are read again: made says that they become articles,
// else it is a dry run.
func (s *Service) Map(ctx context.Context, actor auth.Actor, in auth.CollectionID, id ID, version int64,
	columns intake.Columns, made bool) (out Arrival, err error) {
	defer fault.In(&err, "arrivals.Map(%d)", id)
	return s.change(ctx, actor, in, id, version, func(tx *store.Tx, a Arrival) (Arrival, []string, error) {
		has := a.Read().Columns
		if a.State != Asks || len(has) == 0 {
			return a, nil, notSo(a, "It has no columns to choose from.")
		}
		var bad fault.Collect
		for part, name := range columns {
			if !slices.Contains(intake.RowParts(), part) {
				bad.Add("columns", "“%s” is no part of an article.", part)
			} else if name != "" && !slices.Contains(has, name) {
				bad.Add("columns", "It has no column “%s”.", name)
			}
		}
		if columns["text"] == "" {
			bad.Add("columns", "Say which column holds the text.")
		}
		if err := bad.Err(); err != nil {
			return a, nil, err
		}
		mapped, err := json.Marshal(columns)
		if err != nil {
			return a, nil, err
		}
		a.Mapped, a.Made = string(mapped), made
		return a, []string{"mapped", "made"}, s.again(tx, actor, &a)
	})
}

// again lets an arrival be read once more. Its columns are written by change.
func (s *Service) again(tx *store.Tx, actor auth.Actor, a *Arrival) error {
	a.State = Reading
	if err := tx.Gorm().Model(&Arrival{}).Where("id = ?", a.ID).Update("state", Reading).Error; err != nil {
		return err
	}
	_, err := s.work.Add(tx, actor, jobs.Wanted{Kind: ReadingIn, Object: objectOf(a.ID), Collection: a.CollectionID})
	return err
}

// change changes an arrival of the person, who had a version of it open.
func (s *Service) change(ctx context.Context, actor auth.Actor, in auth.CollectionID, id ID, version int64,
	do func(tx *store.Tx, a Arrival) (Arrival, []string, error)) (out Arrival, err error) {
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in); err != nil {
		return out, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := alone(tx, in, actor.UserID); err != nil {
			return err
		}
		a, err := own(&tx.Rx, actor, in, id)
		if err != nil {
			return err
		}
		if a.Version != version {
			return fault.Stale("You changed this elsewhere after you opened it. Look at it again, then save.")
		}
		a, columns, err := do(tx, a)
		if err != nil {
			return err
		}
		out = a
		if err := s.put(tx, a, columns...); err != nil {
			return err
		}
		out.Version++
		return nil
	})
	return out, err
}

// own reads an arrival of a person; for anybody else it is not there.
func own(r *store.Rx, actor auth.Actor, in auth.CollectionID, id ID) (Arrival, error) {
	return store.Get[Arrival](r, "such file of yours in this collection", "SELECT * FROM arrivals WHERE id = ? AND "+
		"collection_id = ? AND user_id = ?", id, in, actor.UserID)
}

func notSo(a Arrival, remedy string) error {
	return fault.New(fault.Conflict, "This is %s by now. %s Look at the page again.", States.Word(a.State), remedy)
}

// Discard erases arrivals of a person: those of ids, or, of none, all that were refused, became several, were taken
// in, or could not be fetched. What is being fetched or read is no more, and nothing comes of it; what is being
// taken in stays. It gives how many went.
func (s *Service) Discard(ctx context.Context, actor auth.Actor, in auth.CollectionID, ids []ID) (n int, err error) {
	defer fault.In(&err, "arrivals.Discard(%d)", in)
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := alone(tx, in, actor.UserID); err != nil {
			return err
		}
		q := tx.Gorm().Model(&Arrival{}).Where("collection_id = ? AND user_id = ?", in, actor.UserID)
		if len(ids) > 0 {
			q = q.Where("id IN ? AND state <> ?", ids, Taking)
		} else {
			q = q.Where("state IN ?", []State{Refused, Failed, Split, Taken})
		}
		var gone []ID
		if err := q.Order("id").Limit(MostOpen).Pluck("id", &gone).Error; err != nil {
			return err
		}
		n = len(gone)
		return s.erase(tx, gone...)
	})
	if err == nil && n == 0 && len(ids) > 0 {
		err = fault.New(fault.NotFound, "There is no such file of yours in this collection, or it is being taken in.")
	}
	return n, err
}

// erase takes arrivals away with their bytes.
func (s *Service) erase(tx *store.Tx, ids ...ID) error {
	s.stir(tx)
	for some := range slices.Chunk(ids, 500) {
		if err := forgetPrints(tx, some...); err != nil {
			return err
		}
		if err := unschedule(tx, some); err != nil {
			return err
		}
		if err := tx.Gorm().Where("id IN ?", some).Delete(&held{}).Error; err != nil {
			return err
		}
		if err := tx.Gorm().Where("id IN ?", some).Delete(&Arrival{}).Error; err != nil {
			return err
		}
	}
	return nil
}
