package jobs

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// ID is a job's number.
type ID int64

// State says how far a job is.
type State string

// States of a job.
const (
	Waiting State = "waiting"
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed"
)

// Job is one piece of work. Done and Total count items of its kind: sentences, for example.
type Job struct {
	ID         ID                `gorm:"column:id;primaryKey" json:"id"`
	Kind       string            `gorm:"column:kind" json:"kind"`
	Object     string            `gorm:"column:object" json:"object"`
	Collection auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	UserID     auth.UserID       `gorm:"column:user_id" json:"asked_by"`
	Via        history.Via       `gorm:"column:via" json:"-"`
	Request    string            `gorm:"column:request" json:"-"`
	Token      int64             `gorm:"column:token" json:"-"` // by which it was asked for; 0: none
	State      State             `gorm:"column:state" json:"state"`
	Done       int               `gorm:"column:done" json:"done"`
	Total      int               `gorm:"column:total" json:"total"`     // 0: not known yet
	Message    string            `gorm:"column:message" json:"message"` // why it failed, for people
	Holder     string            `gorm:"column:holder" json:"-"`
	HeldUntil  store.Micros      `gorm:"column:held_until" json:"-"`
	AddedAt    store.Micros      `gorm:"column:added_at" json:"added_at"`
	ChangedAt  store.Micros      `gorm:"column:changed_at" json:"changed_at"`
}

// TableName names the table.
func (Job) TableName() string { return "jobs" }

// Ended says whether nothing more will be done.
func (j Job) Ended() bool { return j.State == Done || j.State == Failed }

// Work is how the jobs of one kind are done.
type Work interface {
	// Prepare works out what is to be done, outside of any Write, and may take seconds. It asks again whether the
	// person may. After a crash it is asked again, and must come to the same plan.
	Prepare(ctx context.Context, actor auth.Actor, j Job) (Plan, error)
}

// Fails is work that is told when its job ends undone, in the Write that ends it: what waited for the job waits no
// more. It must not assume that the job was ever prepared, and asks no permission.
type Fails interface {
	Work
	// Failed is told of the job with the message that people read.
	Failed(tx *store.Tx, j Job) error
}

// Plan is a job in items. Slice does n items from number from on (counted from 0) in one Write, and must not take long
// for one item. The others may be nil: Ahead works out what the slice will write, outside of any Write, just before it;
// Finish is done in the Write of the last slice; After when all is kept.
type Plan struct {
	Total  int
	Most   int // how many items a slice has at most; 0: as many as a Write takes in a few milliseconds
	Ahead  func(ctx context.Context, from, n int) error
	Slice  func(tx *store.Tx, from, n int) error
	Finish func(tx *store.Tx) error
	After  func(ctx context.Context) error
}

// Service adds jobs and runs them.
type Service struct {
	db    *store.DB
	users *auth.Service
	may   *auth.Policy
	log   *slog.Logger
	kinds map[string]Work
	own   map[string]bool // kinds of which nobody learns but who asked
	me    string          // begins the names of this process in the rows, a new one for each job that it takes
	wake  chan struct{}
	turn  chan struct{} // held by the piece of background work that is being done

	turns, preparing *turns        // whose slice is next, and who works out what to do
	turnLasts        time.Duration // how long a job is held at least while others wait for its place
	waits            atomic.Int64  // the person whose job waits for a place of theirs, or anybody; 0: none waits
}

// New makes the service; log may be nil.
func New(db *store.DB, users *auth.Service, policy *auth.Policy, log *slog.Logger) *Service {
	if log == nil {
		log = slog.Default()
	}
	return &Service{db: db, users: users, may: policy, log: log, kinds: map[string]Work{}, own: map[string]bool{},
		me: rand.Text()[:16], wake: make(chan struct{}, 1), turn: make(chan struct{}, 1),
		turns: newTurns(1), preparing: newTurns(preparing), turnLasts: turnLasts}
}

// Register says how jobs of a kind are done. Every kind is registered before the first job runs.
func (s *Service) Register(kind string, w Work) { s.kinds[kind] = w }

// RegisterOwn is Register for work on what is one person's alone: nobody else finds its jobs.
func (s *Service) RegisterOwn(kind string, w Work) { s.kinds[kind], s.own[kind] = w, true }

// mayLook says that somebody may see a job.
func (s *Service) mayLook(actor auth.Actor, j Job) error {
	if s.own[j.Kind] && actor.UserID != j.UserID {
		return fault.New(fault.NotFound, "There is no such work.")
	}
	_, err := s.may.May(actor, auth.ThingArticle, auth.Read, j.Collection)
	return err
}

// Wanted is a job that is asked for. Total may be 0 where only the work itself will tell.
type Wanted struct {
	Kind, Object string
	Collection   auth.CollectionID
	Total        int
}

// Add asks for a job, in the Write that decides on it. The same work that is not done yet is not begun twice: then its
// job is given.
func (s *Service) Add(tx *store.Tx, actor auth.Actor, w Wanted) (Job, error) {
	if j, ok, err := open(tx.Lock(), w.Kind, w.Object); err != nil || ok {
		return j, err
	}
	j := Job{Kind: w.Kind, Object: w.Object, Collection: w.Collection, UserID: actor.UserID, Via: actor.Via,
		Request: actor.Request, Token: actor.ByToken(), State: Waiting, Total: w.Total, AddedAt: tx.Now(),
		ChangedAt: tx.Now()}
	s.wakeAfter(tx)
	return j, tx.Gorm().Create(&j).Error
}

// wakeAfter tells the server of this process, once the Write is kept, that a job waits.
func (s *Service) wakeAfter(tx *store.Tx) {
	tx.AfterCommit(func() {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	})
}

// Again lets a job that failed go on, in the name of the person who asks now. What it did stays done.
func (s *Service) Again(tx *store.Tx, actor auth.Actor, j Job) (Job, error) {
	j.State, j.Message, j.HeldUntil, j.ChangedAt = Waiting, "", 0, tx.Now()
	j.UserID, j.Via, j.Request, j.Token = actor.UserID, actor.Via, actor.Request, actor.ByToken()
	s.wakeAfter(tx)
	return j, store.Changed(tx.Gorm().Model(&Job{}).Where("id = ? AND state = ?", j.ID, Failed).Select("state",
		"message", "held_until", "changed_at", "user_id", "via", "request", "token").Updates(&j), "this work")
}

func open(g *gorm.DB, kind, object string) (j Job, ok bool, err error) {
	var found []Job
	err = g.Where("kind = ? AND object = ? AND state IN ('waiting', 'running')", kind, object).Limit(1).
		Find(&found).Error
	if err != nil || len(found) == 0 {
		return j, false, err
	}
	return found[0], true, nil
}

// Open finds the job of a kind that is to be done to an object and has not ended; it asks no permission.
func Open(r *store.Rx, kind, object string) (Job, bool, error) { return open(r.Gorm(), kind, object) }

// Last finds the newest job of a kind that was to be done to an object, ended or not; it asks no permission.
func Last(r *store.Rx, kind, object string) (j Job, ok bool, err error) {
	var found []Job
	err = r.Gorm().Where("kind = ? AND object = ?", kind, object).Order("id DESC").Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return j, false, err
	}
	return found[0], true, nil
}

// LastOf finds the newest jobs of a kind that were to be done to objects, by object; it asks no permission.
func LastOf(r *store.Rx, kind string, objects []string) (map[string]Job, error) {
	out := map[string]Job{}
	if len(objects) == 0 {
		return out, nil
	}
	var found []Job
	err := r.Gorm().Where("kind = ? AND object IN ?", kind, objects).Order("id").Find(&found).Error
	for _, j := range found {
		out[j.Object] = j
	}
	return out, err
}

// mostListed bounds the jobs that are listed of one object.
const mostListed = 20

// Of lists the newest jobs of an object, newest first, for whoever may read the articles of their collection.
func (s *Service) Of(ctx context.Context, actor auth.Actor, object string) (out []Job, err error) {
	defer fault.In(&err, "jobs.Of(%q)", object)
	if err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		out, err = ListOf(r, object)
		return err
	}); err != nil {
		return nil, err
	}
	for _, j := range out {
		if err := s.mayLook(actor, j); err != nil {
			return nil, fault.Wrap(fault.NotFound, err, "There is no such work.")
		}
	}
	return out, nil
}

// ListOf is Of inside a transaction; it asks no permission.
func ListOf(r *store.Rx, object string) (out []Job, err error) {
	return out, r.Gorm().Where("object = ?", object).Order("id DESC").Limit(mostListed).Find(&out).Error
}

// Get reads a job for whoever may read the articles of its collection. For anybody else it is not there.
func (s *Service) Get(ctx context.Context, actor auth.Actor, id ID) (j Job, err error) {
	defer fault.In(&err, "jobs.Get(%d)", id)
	if err = s.db.Read(ctx, func(r *store.Rx) error {
		return store.Take(r.Gorm(), &j, "such job", "id = ?", id)
	}); err != nil {
		return Job{}, err
	}
	if err := s.mayLook(actor, j); err != nil {
		return Job{}, fault.Wrap(fault.NotFound, err, "There is no such job.")
	}
	return j, nil
}
