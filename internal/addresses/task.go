package addresses

import (
	"context"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/history"
	"claimbench/internal/intake"
	"claimbench/internal/store"
)

// Page is the task of an address that an editor gave to be taken in, once.
const Page = "page"

// A Task is what an address is asked for again and again, for things of a room below: it has one row for each. Such
// rows stand in no list of this room, and nobody cancels them but that room (Unschedule).
type Task interface {
	// Came is told what a visit brought. It keeps what it learnt in one Write, and Later in it. An error of its own
	// means that nothing was kept; then the address waits as after any try that failed.
	Came(ctx context.Context, actor auth.Actor, v Visit) error
}

// A Once is a Task of which one visit is enough: Came ends it with EndOwn. Tries that fail are made again as those for
// an article are; one after which none follows, a page that is gone among them, is told with Failed.
type Once interface {
	Task
	// Failed is told why, in words for people, in the Write that ends the address.
	Failed(tx *store.Tx, a Address, message string) error
}

// An OwnTask asks by itself, of a service that an admin named: whether pages are fetched is another question. It tells
// with EndOwn, in the Write that keeps what came, that it is done; an error lets the address wait as after any try that
// failed.
type OwnTask interface {
	Ask(ctx context.Context, actor auth.Actor, a Address) error
}

// RegisterOwn names who does such a task. It is called once for each, before Run.
func (s *Service) RegisterOwn(task string, t OwnTask) { s.own[task] = t }

// ScheduleOwn lets an address be asked by a task of its own, until a moment, whatever was scheduled for the object
// before. It asks no permission.
func (s *Service) ScheduleOwn(tx *store.Tx, actor auth.Actor, w Wanted) error {
	return s.schedule(tx, actor, w)
}

// EndOwn ends the asking. An error says that another process has the address now, or that nobody wants it any more:
// nothing is to be kept.
func EndOwn(tx *store.Tx, a Address) error {
	res := tx.Gorm().Where("id = ? AND holder = ? AND state = ?", a.ID, a.Holder, Fetching).Delete(&Address{})
	if res.Error == nil && res.RowsAffected != 1 {
		return errTaken
	}
	return res.Error
}

// Visit is what came of asking once. Gone is nil, or says that there is no page any more; other failures are not told.
type Visit struct {
	Address Address
	Page    fetch.Page
	Gone    error
}

// Register names who does a task. It is called once for each, before Run.
func (s *Service) Register(task string, t Task) { s.tasks[task] = t }

// Wanted is an address to be asked for again and again, in the name of a person, until a moment (0: without end).
type Wanted struct {
	Task    string
	Object  int64
	In      auth.CollectionID
	Address string
	Until   store.Micros
}

// Schedule lets an address be asked for from now on, whatever was scheduled for the object before. It asks no
// permission, only whether pages are fetched.
func (s *Service) Schedule(tx *store.Tx, actor auth.Actor, w Wanted) error {
	if _, err := Fetches(&tx.Rx, w.In); err != nil {
		return err
	}
	return s.schedule(tx, actor, w)
}

func (s *Service) schedule(tx *store.Tx, actor auth.Actor, w Wanted) error {
	where, err := s.web.Check(w.Address)
	if err != nil {
		return err
	}
	if err := Unschedule(tx, w.Task, w.Object); err != nil {
		return err
	}
	s.wakeAfter(tx)
	return tx.Gorm().Create(&Address{CollectionID: w.In, Address: w.Address, Site: where, State: Waiting,
		UserID: actor.UserID, Via: actor.Via, Request: actor.Request, Token: actor.ByToken(), Task: w.Task,
		Object: w.Object, EndsAt: w.Until, AddedAt: tx.Now(), ChangedAt: tx.Now(), NextAt: tx.Now()}).Error
}

// ScheduleNew lets addresses be asked for from now on, of objects for which nothing was scheduled before. It asks no
// permission, only whether pages are fetched.
func (s *Service) ScheduleNew(tx *store.Tx, actor auth.Actor, in auth.CollectionID, all []Wanted) error {
	if _, err := Fetches(&tx.Rx, in); err != nil || len(all) == 0 {
		return err
	}
	rows := make([]Address, len(all))
	for i, w := range all {
		where, err := s.web.Check(w.Address)
		if err != nil {
			return err
		}
		rows[i] = Address{CollectionID: in, Address: w.Address, Site: where, State: Waiting, UserID: actor.UserID,
			Via: actor.Via, Request: actor.Request, Token: actor.ByToken(), Task: w.Task, Object: w.Object,
			EndsAt: w.Until, AddedAt: tx.Now(), ChangedAt: tx.Now(), NextAt: tx.Now()}
	}
	s.wakeAfter(tx)
	return tx.Gorm().CreateInBatches(&rows, 50).Error
}

// Unschedule lets an address be asked for no more: a visit that is under way comes to nothing. That the task is not
// Page is said in the statement because the index of tasks is one of these only.
func Unschedule(tx *store.Tx, task string, objects ...int64) error {
	return tx.Gorm().Where("task = ? AND object IN ? AND task <> 'page'", task, objects).Delete(&Address{}).Error
}

// Later lets the address of a visit wait for the next one, so long after this. An error says that another process has
// the address now, or that nobody wants it any more: nothing is to be kept.
func Later(tx *store.Tx, v Visit, d time.Duration) error {
	a := v.Address
	a.State, a.Tries, a.Message, a.HeldUntil = Waiting, 0, "", 0
	a.NextAt = tx.Now() + store.Micros(d.Microseconds())
	if v.Gone != nil {
		a.ETag, a.Modified = "", ""
	} else {
		a.ETag, a.Modified = written(v.Page.ETag), written(v.Page.Modified)
	}
	return keep(tx, a)
}

// Scheduled gives the address of an object; false when none is asked for. It asks no permission.
func Scheduled(r *store.Rx, task string, object int64) (Address, bool, error) {
	return store.One[Address](r, "SELECT * FROM addresses WHERE task = ? AND object = ? AND task <> 'page'", task,
		object)
}

// ScheduledOf gives the addresses of objects that are asked for, by object. It asks no permission.
func ScheduledOf(r *store.Rx, task string, objects []int64) (map[int64]Address, error) {
	out := map[int64]Address{}
	if len(objects) == 0 {
		return out, nil
	}
	found, err := store.Select[Address](r, "SELECT * FROM addresses WHERE task = ? AND object IN ? AND task <> 'page'",
		task, objects)
	for _, a := range found {
		out[a.Object] = a
	}
	return out, err
}

// Read makes a document of what a visit brought.
func (v Visit) Read() (intake.Document, error) { return read(v.Page) }

// Open refuses what a visit brought from an address of which an article is protected.
func (v Visit) Open(r *store.Rx) error {
	return open(r, v.Address.CollectionID, append(v.Page.Redirects, v.Address.Address)...)
}

// ask does a visit for a task.
func (s *Service) ask(ctx context.Context, a Address) error {
	if own, is := s.own[a.Task]; is {
		actor, err := s.users.ActorLater(ctx, a.UserID, a.Via, a.Request, a.Token)
		if err != nil {
			return err
		}
		err = own.Ask(ctx, actor, a)
		s.visited(ctx, a, err)
		return err
	}
	t, is := s.tasks[a.Task]
	if !is {
		return fault.New(fault.Internal, "nobody does the task %s", a.Task)
	}
	actor, contact, err := s.mayStill(ctx, a)
	if err != nil {
		return err
	}
	_, once := t.(Once)
	if once { // for the others an article stands
		if err := s.db.Read(ctx, func(r *store.Rx) error { return open(r, a.CollectionID, a.Address) }); err != nil {
			return err
		}
	}
	v := Visit{Address: a}
	v.Page, err = s.get(ctx, a, fetch.Ask{Address: a.Address, Contact: contact, ETag: a.ETag, Modified: a.Modified})
	if fault.KindOf(err) == fault.NotFound && !once {
		v.Gone, err = err, nil
	}
	if err != nil {
		return err
	}
	if v.Page.Unchanged { // the answer need not repeat them
		v.Page.ETag, v.Page.Modified = orOf(v.Page.ETag, a.ETag), orOf(v.Page.Modified, a.Modified)
	}
	return t.Came(ctx, actor, v)
}

func orOf(said, held string) string {
	if said == "" {
		return held
	}
	return said
}

// Fits says what is wrong with an address before anything is asked for, in words for people; nil: nothing.
func (s *Service) Fits(address string) error {
	_, err := s.web.Check(address)
	return err
}

// AskIn has pages asked for once each, as Ask does, in a Write of a room below. Addresses that cannot be asked for,
// those that wait already and those of articles are left out. It asks no permission, only whether pages are fetched.
func (s *Service) AskIn(tx *store.Tx, actor auth.Actor, in auth.CollectionID, all []string) error {
	if _, err := Fetches(&tx.Rx, in); err != nil {
		return err
	}
	if err := tx.Alone("addresses:" + history.Num(in)); err != nil {
		return err
	}
	seen := map[string]bool{}
	var rows []Address
	for _, address := range all {
		where, err := s.web.Check(address)
		if err != nil || seen[address] {
			continue
		}
		seen[address] = true
		rows = append(rows, Address{CollectionID: in, Address: address, Site: where, State: Waiting,
			UserID: actor.UserID, Via: actor.Via, Request: actor.Request, Token: actor.ByToken(), Task: Page})
	}
	if len(rows) == 0 {
		return nil
	}
	s.wakeAfter(tx)
	_, err := addAll(tx, in, rows)
	return err
}
