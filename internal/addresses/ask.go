package addresses

import (
	"context"
	"log/slog"
	"maps"
	"strings"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Getter asks for pages; fetch.Client is the one.
type Getter interface {
	Get(ctx context.Context, ask fetch.Ask) (fetch.Page, error)
	// Post sends something to a service that an admin named.
	Post(ctx context.Context, s fetch.Sent) (fetch.Page, error)
	// Check says what is wrong with an address, and gives its site.
	Check(address string) (site string, err error)
	// Delay is how long the site of an address wants to be left alone after a visit.
	Delay(address string) (site string, d time.Duration, err error)
}

// Service is what may be done with addresses.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	users  *auth.Service
	texts  *articles.Service
	claims *claims.Service
	web    Getter
	log    *slog.Logger
	me     string
	wake   chan struct{}
	tasks  map[string]Task
	own    map[string]OwnTask
	pauses []store.Micros // after a first failure, a second, …; after the last of them it failed for good
}

// MostAtOnce bounds how many addresses are asked for at once.
const MostAtOnce = 1000

// Asked is what became of an address that was asked for: it waits now (Added), waited already, or is an article
// already (Article), and is not fetched again.
type Asked struct {
	Address string
	Row     Address // of one that waits; ID 0: it does not
	Added   bool
	Article articles.ID // 0: none
}

// Ask asks for addresses, one a line, blank lines left out. All of them are looked at before any is kept: with one that
// is no address nothing is asked for, and the fault names its line, at the field "addresses".
func (s *Service) Ask(ctx context.Context, actor auth.Actor, in auth.CollectionID, lines string) (out []Asked,
	err error) {
	defer fault.In(&err, "addresses.Ask(%d)", in)
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in); err != nil {
		return nil, err
	}
	rows, err := s.read(in, actor, lines)
	if err != nil {
		return nil, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		out = nil
		if _, err := articles.CollectionByID(&tx.Rx, in); err != nil {
			return err
		}
		if _, err := Fetches(&tx.Rx, in); err != nil {
			return err
		}
		if err := tx.Alone("addresses:" + history.Num(in)); err != nil {
			return err
		}
		out, err = addAll(tx, in, rows)
		s.wakeAfter(tx)
		return err
	})
	return out, err
}

// read reads lines as rows that wait.
func (s *Service) read(in auth.CollectionID, actor auth.Actor, lines string) (out []Address, err error) {
	refuse := func(format string, a ...any) error {
		e := fault.New(fault.Invalid, format, a...)
		return e.With("addresses", e.Msg)
	}
	seen := map[string]bool{}
	n := 0
	for line := range strings.Lines(lines) {
		n++
		address := strings.TrimSpace(line)
		if address == "" || seen[address] {
			continue
		}
		seen[address] = true
		if len(out) == MostAtOnce {
			return nil, refuse("More than %d addresses at once are not taken. Give the first %d, and then the others.",
				MostAtOnce, MostAtOnce)
		}
		where, err := s.web.Check(address)
		if err != nil {
			return nil, refuse("Line %d: %s", n, fault.Message(err))
		}
		out = append(out, Address{CollectionID: in, Address: address, Site: where, State: Waiting,
			UserID: actor.UserID, Via: actor.Via, Request: actor.Request, Token: actor.ByToken(),
			Task: Page})
	}
	if len(out) == 0 {
		return nil, refuse("Give the address of a page, or several, one a line.")
	}
	return out, nil
}

// Lines reads addresses, one a line, each once, as Ask does, for rooms that have them asked for in a way of their own.
func (s *Service) Lines(lines string) (out []string, err error) {
	rows, err := s.read(0, auth.Actor{}, lines)
	for _, r := range rows {
		out = append(out, r.Address)
	}
	return out, err
}

// addAll adds the rows that are new. It reads all that is there at once, not row by row.
func addAll(tx *store.Tx, in auth.CollectionID, rows []Address) (out []Asked, err error) {
	all := make([]string, len(rows))
	for i, r := range rows {
		all[i] = r.Address
	}
	var open []Address
	if err := tx.Gorm().Where("collection_id = ? AND address IN ? AND task = 'page' AND state IN "+
		"('waiting', 'fetching')", in, all).
		Find(&open).Error; err != nil {
		return nil, err
	}
	held, err := articles.AtAddresses(&tx.Rx, in, all)
	if err != nil {
		return nil, err
	}
	hidden, err := articles.ProtectedAt(&tx.Rx, in, all) // a copy that is open would tell what it is
	if err != nil {
		return nil, err
	}
	maps.Copy(held, hidden)
	waits := map[string]Address{}
	for _, o := range open {
		waits[o.Address] = o
	}
	var fresh []Address
	for _, r := range rows {
		if waits[r.Address].ID == 0 && held[r.Address] == 0 {
			r.AddedAt, r.ChangedAt, r.NextAt = tx.Now(), tx.Now(), tx.Now()
			fresh = append(fresh, r)
		}
	}
	if len(fresh) > 0 {
		if err := tx.Gorm().CreateInBatches(&fresh, 50).Error; err != nil {
			return nil, err
		}
	}
	added := map[string]Address{}
	for _, f := range fresh {
		added[f.Address] = f
	}
	for _, r := range rows {
		a := Asked{Address: r.Address, Row: waits[r.Address], Article: held[r.Address]}
		if f, is := added[r.Address]; is {
			a.Row, a.Added = f, true
		}
		out = append(out, a)
	}
	return out, nil
}

// Cancel ends addresses that wait or are being fetched, of a collection: those of ids, or all. What is being fetched
// comes to nothing. It gives how many it ended.
func (s *Service) Cancel(ctx context.Context, actor auth.Actor, in auth.CollectionID, ids []ID) (n int64, err error) {
	defer fault.In(&err, "addresses.Cancel(%d)", in)
	return s.change(ctx, actor, in, ids, []State{Waiting, Fetching}, map[string]any{"state": Cancelled, "holder": "",
		"message": "It was cancelled."})
}

// Again lets addresses that failed or were cancelled wait once more, in the name of the person who asks now: those of
// ids, or all that failed.
func (s *Service) Again(ctx context.Context, actor auth.Actor, in auth.CollectionID, ids []ID) (n int64, err error) {
	defer fault.In(&err, "addresses.Again(%d)", in)
	from := []State{Failed}
	if len(ids) > 0 {
		from = append(from, Cancelled)
	}
	return s.change(ctx, actor, in, ids, from, map[string]any{"state": Waiting, "holder": "", "message": "", "tries": 0,
		"user_id": actor.UserID, "via": actor.Via, "request": actor.Request, "token": actor.ByToken()})
}

func (s *Service) change(ctx context.Context, actor auth.Actor, in auth.CollectionID, ids []ID, from []State,
	to map[string]any) (n int64, err error) {
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in); err != nil {
		return 0, err
	}
	if len(ids) > MostAtOnce {
		return 0, fault.New(fault.Invalid, "At most %d addresses are changed at once.", MostAtOnce).With("address",
			"These are too many.")
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Alone("addresses:" + history.Num(in)); err != nil {
			return err
		}
		if to["state"] == Waiting {
			if _, err := Fetches(&tx.Rx, in); err != nil {
				return err
			}
		}
		q := tx.Gorm().Model(&Address{}).Where("collection_id = ? AND task = 'page' AND state IN ?", in, from)
		if to["state"] == Waiting { // of one address the newest, unless one waits already
			q = q.Where("NOT EXISTS (SELECT 1 FROM addresses AS o WHERE o.collection_id = addresses.collection_id " +
				"AND o.address = addresses.address AND o.task = 'page' AND o.id <> addresses.id AND (o.state " +
				"IN ('waiting', 'fetching') OR " +
				"o.state IN ('failed', 'cancelled') AND o.id > addresses.id))")
		}
		if len(ids) > 0 {
			q = q.Where("id IN ?", ids)
		}
		to["changed_at"], to["next_at"] = tx.Now(), tx.Now()
		res := q.Updates(to)
		n = res.RowsAffected
		s.wakeAfter(tx)
		return res.Error
	})
	if err == nil && n == 0 && len(ids) > 0 {
		err = fault.New(fault.Conflict, "These addresses are not as they were: look at the list again.")
	}
	return n, err
}

// Listed is an address in a list. That of an article that was taken down or is protected is withheld, whichever row has
// it: Address, Site and Message are "" then.
type Listed struct {
	Address
	Title  string         `words:"article"`
	Lang   string         `words:"fact"`
	Became articles.State // of the article that it is; "" none
}

// List lists addresses of a collection, the newest first, those before one (0: all), at most limit. It asks no
// permission.
func List(r *store.Rx, in auth.CollectionID, before ID, limit int) ([]Listed, error) {
	if before <= 0 {
		before = 1 << 62
	}
	out, err := store.Select[Listed](r, "SELECT a.*, COALESCE(t.title, '') AS title, COALESCE(t.lang, '') AS lang, "+
		"COALESCE(t.state, '') AS became FROM addresses AS a LEFT JOIN articles AS t ON t.id = a.article_id "+
		"WHERE a.collection_id = ? AND a.task = 'page' AND a.id < ? ORDER BY a.id DESC LIMIT ?", in, before, limit)
	if err != nil || len(out) == 0 {
		return out, err
	}
	hidden, err := hiddenOf(r, in, out)
	for i := range out {
		if x := &out[i]; hidden[x.Address.Address] {
			x.Address.Address, x.Site, x.Message = "", "", ""
			if x.Became != articles.Protected { // its title names nobody
				x.Title = ""
			}
		}
	}
	return out, err
}

// hiddenOf are the addresses of a list that are not shown: an article of theirs, in whichever row, is not open.
func hiddenOf(r *store.Rx, in auth.CollectionID, list []Listed) (map[string]bool, error) {
	all := make([]string, len(list))
	for i, x := range list {
		all[i] = x.Address.Address
	}
	protected, err := articles.ProtectedAt(r, in, all)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for address := range protected {
		out[address] = true
	}
	closed, err := store.Select[struct{ Address string }](r, "SELECT a.address FROM addresses AS a JOIN articles AS t "+
		"ON t.id = a.article_id WHERE a.collection_id = ? AND a.address IN ? AND t.state <> ?", in, all, articles.Live)
	for _, x := range closed {
		out[x.Address] = true
	}
	return out, err
}

// Counts counts the addresses of a collection by state. It asks no permission.
func Counts(r *store.Rx, in auth.CollectionID) (map[State]int, error) {
	rows, err := store.Select[struct {
		State State
		N     int
	}](r, "SELECT state, COUNT(*) AS n FROM addresses WHERE collection_id = ? AND task = 'page' GROUP BY state", in)
	out := map[State]int{}
	for _, x := range rows {
		out[x.State] = x.N
	}
	return out, err
}

func (s *Service) wakeAfter(tx *store.Tx) {
	tx.AfterCommit(func() {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	})
}
