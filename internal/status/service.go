package status

import (
	"context"
	"crypto/rand"
	"log/slog"
	"math"
	"strings"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Seal signs a list: the log key, *history.Key.
type Seal interface {
	Origin() string
	SignText(text string) (string, error)
}

// Service publishes lists, and makes them.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	seal   Seal
}

// New makes the service. Lists are made once SealBy gave it the key; until then those that are there are shown.
func New(db *store.DB, policy *auth.Policy) *Service { return &Service{db: db, policy: policy} }

// SealBy gives the key that signs lists. It comes before any other call.
func (s *Service) SealBy(k Seal) { s.seal = k }

const (
	// renewAfter is the age from which a list is made anew although it would say the same.
	renewAfter = 24 * time.Hour
	lookEvery  = time.Minute
)

// allowed reads a set that is frozen, and asks whether the actor may publish in its collection.
func (s *Service) allowed(ctx context.Context, actor auth.Actor, id claimset.ID) (set claimset.Set, root claimset.ID,
	who history.Who, err error) {
	if err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		if set, err = claimset.ByID(r, id); err != nil {
			return err
		}
		root, err = rootOf(r, id)
		return err
	}); err != nil {
		return set, root, who, err
	}
	if _, err := s.policy.May(actor, auth.ThingStatus, auth.Read, set.CollectionID); err != nil {
		return set, root, who, fault.Wrap(fault.NotFound, err, "There is no such claim set.")
	}
	who, err = s.policy.May(actor, auth.ThingStatus, auth.Write, set.CollectionID)
	return set, root, who, err
}

// Publish gives the list of a set, all its versions, a random public address, and makes the list. A set that has one
// keeps it.
func (s *Service) Publish(ctx context.Context, actor auth.Actor, id claimset.ID) (p Publication, err error) {
	defer fault.In(&err, "status.Publish(%d)", id)
	set, root, who, err := s.allowed(ctx, actor, id)
	if err != nil {
		return p, err
	}
	if set.State == claimset.Draft {
		return p, fault.New(fault.Conflict, "“%s” is a draft: nothing of it is printed. Publish its status when it is "+
			"frozen.", set.Title)
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		there, err := store.Select[Publication](&tx.Rx, "SELECT * FROM status_publications WHERE set_id = ?", root)
		if err != nil {
			return err
		}
		if len(there) > 0 {
			p = there[0]
			return nil
		}
		p = Publication{SetID: root, CollectionID: set.CollectionID, Name: strings.ToLower(rand.Text()),
			PublishedBy: actor.UserID, PublishedAt: tx.Now()}
		if err := tx.Gorm().Create(&p).Error; err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "status.published", Object: object(p),
			Collection: int64(set.CollectionID), After: fields(p)})
		return err
	})
	if err != nil || s.seal == nil {
		return p, err
	}
	return p, s.renew(ctx, p)
}

// Withdraw takes a list from its public address. Published again, it gets another.
func (s *Service) Withdraw(ctx context.Context, actor auth.Actor, id claimset.ID) (err error) {
	defer fault.In(&err, "status.Withdraw(%d)", id)
	set, root, who, err := s.allowed(ctx, actor, id)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		var p Publication
		if err := store.Take(tx.Lock(), &p, "published status of this set", "set_id = ?", root); err != nil {
			return err
		}
		if err := tx.Gorm().Delete(&p).Error; err != nil {
			return err
		}
		for _, table := range []string{"status_lists", "status_news"} {
			if err := tx.Gorm().Exec("DELETE FROM "+table+" WHERE name = ?", p.Name).Error; err != nil {
				return err
			}
		}
		_, err := history.Append(tx, who, history.Event{Action: "status.withdrawn", Object: object(p),
			Collection: int64(set.CollectionID), Before: fields(p)})
		return err
	})
}

// Public is a list at its public address.
type Public struct {
	Name   string
	Number int64
	MadeAt store.Micros
	Since  store.Micros // when it was published
	Note   string       // the signed list
	News   []News       // the newest first
}

// Public gives the list of a name that is published, with its note or its news, for anybody who has the address.
func (s *Service) Public(ctx context.Context, name string, withNote, withNews bool) (p Public, err error) {
	defer fault.In(&err, "status.Public")
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		p = Public{}
		columns := "l.number, l.made_at, '' AS note"
		if withNote {
			columns = "l.number, l.made_at, l.note"
		}
		row, there, err := store.One[struct {
			Number int64        `gorm:"column:number"`
			MadeAt store.Micros `gorm:"column:made_at"`
			Note   string       `gorm:"column:note" words:"fact"`
			Since  store.Micros `gorm:"column:published_at"`
		}](r, "SELECT "+columns+", p.published_at FROM status_publications p JOIN status_lists l ON "+
			"l.name = p.name WHERE p.name = ?", name)
		if err != nil {
			return err
		}
		if !there {
			return fault.New(fault.NotFound,
				"There is no status list at this address. Compare it with what is printed.")
		}
		p = Public{Name: name, Number: row.Number, MadeAt: row.MadeAt, Since: row.Since, Note: row.Note}
		if withNews {
			p.News, err = newsOf(r, name)
		}
		return err
	})
	return p, err
}

// Of gives the publications of some sets, whichever version of a set is named; it asks no permission.
func Of(r *store.Rx, sets []claimset.ID) (map[claimset.ID]Publication, error) {
	out := map[claimset.ID]Publication{}
	if len(sets) == 0 {
		return out, nil
	}
	rows, err := store.Select[struct {
		Start claimset.ID `gorm:"column:start"`
		Publication
	}](r, `WITH RECURSIVE up (start, id, supersedes) AS (
		SELECT id, id, supersedes FROM claim_sets WHERE id IN ?
		UNION SELECT up.start, s.id, s.supersedes FROM claim_sets s JOIN up ON s.id = up.supersedes)
		SELECT up.start, p.* FROM up JOIN status_publications p ON p.set_id = up.id`, sets)
	for _, x := range rows {
		out[x.Start] = x.Publication
	}
	return out, err
}

// Publishable gives the sets of a collection whose status may be published, the newest first: the newest version of
// each that is frozen. Those before one of them, or with 0 from the first. It asks no permission.
func Publishable(r *store.Rx, c auth.CollectionID, before claimset.ID, limit int) ([]claimset.Set, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	return store.Select[claimset.Set](r, "SELECT * FROM claim_sets WHERE collection_id = ? AND id < ? AND state = ? "+
		"ORDER BY id DESC LIMIT ?", c, before, claimset.Frozen, limit)
}

// Make makes a list to be given as a file: of the set of each number, with all its versions, or of all frozen sets.
// Lists of one name count up.
func (s *Service) Make(ctx context.Context, set claimset.ID) (note string, err error) {
	defer fault.In(&err, "status.Make(%d)", set)
	l := List{Log: s.seal.Origin(), Name: "all"}
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		all := []claimset.Set{}
		if set == 0 {
			all, err = allVersions(r)
		} else {
			var root claimset.ID
			if root, err = rootOf(r, set); err == nil {
				l.Name = "set-" + history.Num(root)
				all, err = versionsOf(r, root)
			}
		}
		if err != nil {
			return err
		}
		if set != 0 && len(all) == 0 {
			return fault.New(fault.Conflict, "Claim set %d is a draft: nothing of it is printed. Freeze it first.", set)
		}
		l.Sets, err = setsOf(r, all)
		return err
	}); err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		was, _, err := store.One[kept](&tx.Rx, "SELECT * FROM status_lists WHERE name = ?", l.Name)
		if err != nil {
			return err
		}
		note, err = s.keep(tx, l, was, false)
		return err
	})
	return note, err
}

// keep numbers a list, signs it, and puts it in the place of the one before.
func (s *Service) keep(tx *store.Tx, l List, was kept, withNote bool) (string, error) {
	l.Number = was.Number + 1
	l.Made = tx.Now().Time().Truncate(time.Second)
	l.Until = l.Made.Add(ValidFor)
	signed, err := s.seal.SignText(l.Text())
	if err != nil {
		return "", err
	}
	row := kept{Name: l.Name, Number: l.Number, MadeAt: tx.Now()}
	if withNote {
		row.Note = signed
	}
	if was.Number == 0 {
		return signed, tx.Gorm().Create(&row).Error
	}
	return signed, store.Changed(tx.Gorm().Model(&kept{}).Where("name = ? AND number = ?", l.Name, was.Number).Select(
		"*").Omit("name").Updates(&row), "this status list")
}

// renew makes the list of a publication anew when it says something else than the one before, or that is a day old. So
// its number and its time do not move by what a list does not say.
func (s *Service) renew(ctx context.Context, p Publication) error {
	l := List{Log: s.seal.Origin(), Name: p.Name}
	var was kept
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		if was, _, err = store.One[kept](r, "SELECT * FROM status_lists WHERE name = ?", p.Name); err != nil {
			return err
		}
		all, err := versionsOf(r, p.SetID)
		if err != nil {
			return err
		}
		l.Sets, err = setsOf(r, all)
		return err
	}); err != nil {
		return err
	}
	before := bodyOf(was.Note)
	if age := s.db.Now() - was.MadeAt; was.Number > 0 && age >= 0 && age < store.Micros(renewAfter.Microseconds()) &&
		before.Log == l.Log && before.Body() == l.Body() {
		return nil
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		// Withdrawn meanwhile, or made anew by another server: then there is nothing to do here.
		now, there, err := store.One[Publication](&tx.Rx, "SELECT * FROM status_publications WHERE set_id = ?", p.SetID)
		if err != nil || !there || now.Name != p.Name {
			return err
		}
		latest, _, err := store.One[kept](&tx.Rx, "SELECT * FROM status_lists WHERE name = ?", p.Name)
		if err != nil || latest.Number != was.Number {
			return err
		}
		if _, err = s.keep(tx, l, was, true); err != nil {
			return err
		}
		l.Number, l.Made = was.Number+1, tx.Now().Time()
		return addNews(tx, p.Name, changes(before, l))
	})
}

// bodyOf reads a list that lies in our own table, without its signature; an empty one when there is none.
func bodyOf(signed string) List {
	end := strings.LastIndex(signed, "\n\n")
	l, err := parse(signed[:end+1])
	if err != nil {
		return List{} // it is made anew
	}
	return l
}

// Renew makes every published list anew that is due. One that cannot be made does not hold up the others.
func (s *Service) Renew(ctx context.Context) (err error) {
	defer fault.In(&err, "status.Renew()")
	if s.seal == nil {
		return nil
	}
	for after := int64(0); ; {
		var page []Publication
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			page, err = store.Select[Publication](r,
				"SELECT * FROM status_publications WHERE id > ? ORDER BY id LIMIT 100", after)
			return err
		}); err != nil {
			return err
		}
		if len(page) == 0 {
			return err
		}
		for _, p := range page {
			after = p.ID
			if one := s.renew(ctx, p); one != nil && err == nil {
				err = one
			}
		}
	}
}

// Run makes lists anew until ctx ends: a minute after something changed, and daily.
func (s *Service) Run(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	seen, looked := int64(-1), store.Micros(0)
	for {
		var head int64
		err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			head, err = history.Size(r)
			return err
		})
		now := s.db.Now()
		if err == nil && (head != seen || now < looked || now-looked > store.Micros(time.Hour.Microseconds())) {
			if err = s.Renew(ctx); err == nil {
				seen, looked = head, now
			}
		}
		if err != nil && ctx.Err() == nil {
			log.Error("a status list could not be made; the one before stays, and expires after seven days", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
