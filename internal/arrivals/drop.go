package arrivals

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/files"
	"claimbench/internal/history"
	"claimbench/internal/intake"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
)

// Limits of what one person keeps waiting in one collection.
const (
	MostFiles = 100       // that are brought at once
	MostOpen  = 2000      // arrivals that are not taken in
	MostHeld  = 256 << 20 // bytes of them, packed

	// mostBrought bounds what stands there of machines, too. Above MostOpen it is told to the person alone that there
	// is no room: a machine that was told could count what its owner was refused.
	mostBrought = 5 * MostOpen
)

// Service is what may be done with arrivals.
type Service struct {
	db       *store.DB
	policy   *auth.Policy
	texts    *articles.Service
	claims   *claims.Service
	evidence *evidence.Service
	work     *jobs.Service
	web      *addresses.Service

	mu    sync.Mutex
	moved chan struct{} // closed and made anew when an arrival of this process changed
}

// New makes the service, and says how its jobs are done.
func New(db *store.DB, policy *auth.Policy, texts *articles.Service, of *claims.Service, ev *evidence.Service,
	work *jobs.Service, web *addresses.Service) *Service {
	s := &Service{db: db, policy: policy, texts: texts, claims: of, evidence: ev, work: work, web: web,
		moved: make(chan struct{})}
	web.Register(FetchingIn, came{s})
	work.RegisterOwn(ReadingIn, reading{s})
	work.RegisterOwn(TakingIn, taking{s})
	return s
}

// File is a file that is brought. Open gives its bytes once.
type File struct {
	Name, Media string
	Size        int64 // as the sender declared it
	Open        func() (io.ReadCloser, error)
}

// Drop brings files, each an arrival, and a text that was typed or pasted, one more when it is not empty. They are read
// in the background. One that is too large or empty is an arrival that was refused, and stops no other. Nothing at all
// is fault.Invalid at the field "files".
func (s *Service) Drop(ctx context.Context, actor auth.Actor, in auth.CollectionID, files []File,
	text string) (out []Arrival, err error) {
	defer fault.In(&err, "arrivals.Drop(%d, %d files)", in, len(files))
	return s.drop(ctx, actor, in, files, text, Arrival{})
}

// BringTo brings what a machine sends to a person, who answers for it: a file, or a text. What the machine says of it
// goes before what is read of it. Only what is sent decides what is answered, never what is here.
func (s *Service) BringTo(ctx context.Context, machine, owner auth.Actor, in auth.CollectionID, files []File,
	text string, says Facts, charset string) (err error) {
	defer fault.In(&err, "arrivals.BringTo(%d, %d files)", in, len(files))
	if _, err := s.policy.May(machine, auth.ThingArticle, auth.Import, in); err != nil {
		return err
	}
	if _, err := s.policy.May(owner, auth.ThingArticle, auth.Import, in); err != nil {
		return fault.Wrap(fault.Conflict, err, "A person takes in what machines bring to this collection, and the "+
			"owner of this machine may not. An admin can make the machine anew with an owner who imports here.")
	}
	_, err = s.drop(ctx, owner, in, files, text, Arrival{Brought: machine.Name, Facts: says,
		Charset: charset})
	return err
}

// drop brings what Drop and BringTo bring.
func (s *Service) drop(ctx context.Context, actor auth.Actor, in auth.CollectionID, files []File, text string,
	of Arrival) (out []Arrival, err error) {
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in); err != nil {
		return nil, err
	}
	most := MostOpen
	if of.Brought != "" {
		most = mostBrought
	}
	if err := s.roomFor(ctx, actor, in, len(files), strings.TrimSpace(text) != "", most); err != nil {
		return nil, err
	}
	if text = strings.ReplaceAll(text, "\r\n", "\n"); strings.TrimSpace(text) != "" {
		files = append(files[:len(files):len(files)], File{Media: "text/plain; charset=utf-8", Size: int64(len(text)),
			Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }})
	}
	for _, f := range files {
		a, packed := bring(f)
		a.CollectionID, a.UserID, a.Via, a.Request = in, actor.UserID, actor.Via, actor.Request
		a.Brought, a.Facts, a.Charset = of.Brought, of.Facts, of.Charset
		if err := s.db.Write(ctx, func(tx *store.Tx) error { return s.keep(tx, actor, &a, packed) }); err != nil {
			return out, err
		}
		out = append(out, a)
	}
	return out, nil
}

// roomFor refuses more than a person may keep waiting, and nothing at all.
func (s *Service) roomFor(ctx context.Context, actor auth.Actor, in auth.CollectionID, files int, text bool,
	most int) error {
	switch {
	case files == 0 && !text:
		return fault.New(fault.Invalid, "Choose files, or paste a text.").With("files", "There is nothing to read.")
	case files > MostFiles:
		return fault.New(fault.TooLarge, "These are %d files; at most %d are taken at once. Bring them in parts, or "+
			"in a ZIP.", files, MostFiles).With("files", "These are too many.")
	}
	return s.db.Read(ctx, func(r *store.Rx) error {
		if _, err := articles.CollectionByID(r, in); err != nil {
			return err
		}
		n, _, err := waitingOf(r, in, actor.UserID)
		if err == nil && most == mostBrought && n+files > most {
			err = fault.New(fault.Conflict, "The owner of this machine has no room for more. Bring it another day.")
		} else if err == nil && n+files > most {
			err = fault.New(fault.Conflict, "%d of yours wait here already, and at most %d may. Take them in, or "+
				"discard them, and bring more then.", n, MostOpen).With("files", "There is no room for them.")
		}
		return err
	})
}

// waitingOf counts the arrivals of a person that are not taken in, and their bytes.
func waitingOf(r *store.Rx, in auth.CollectionID, user auth.UserID) (n int, bytes int64, err error) {
	row, _, err := store.One[struct {
		N     int
		Bytes int64
	}](r, "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(held), 0) AS BIGINT) AS bytes FROM arrivals WHERE "+
		"collection_id = ? AND user_id = ? AND state <> 'taken'", in, user)
	return row.N, row.Bytes, err
}

// bring makes a file ready to be kept.
func bring(f File) (a Arrival, packed []byte) {
	a = Arrival{State: Reading, Name: intake.ShownName(f.Name), Media: written(f.Media), Size: f.Size, Mapped: "{}",
		Found: "{}", Version: 1}
	refuse := func(format string, args ...any) (Arrival, []byte) {
		a.State, a.Message = Refused, fmt.Sprintf(format, args...)
		return a, nil
	}
	if f.Name != "" && a.Name == "" {
		a.Name = "file"
	}
	if len([]rune(a.Name)) > 200 {
		a.Name = string([]rune(a.Name)[:200])
	}
	if f.Size > intake.Most() {
		return refuse("%s has %s; the largest file that is read has %s. Split it, or take only the article out of it.",
			a.Name, intake.Over(f.Size, intake.Most()), intake.MiB(intake.Most()))
	}
	body, err := f.Open()
	if err != nil {
		return refuse("%s did not come whole. Bring it again.", a.Name)
	}
	defer func() { _ = body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(body, intake.Most()+1))
	switch {
	case err != nil:
		return refuse("%s did not come whole. Bring it again.", a.Name)
	case len(raw) == 0:
		return refuse("The file “%s” is empty. Choose another, or paste the text.", a.Name)
	case int64(len(raw)) > intake.Most():
		return refuse("%s has more than %s, which is the largest file that is read. Split it.", a.Name,
			intake.MiB(intake.Most()))
	}
	sum := sha256.Sum256(raw)
	a.Size, a.SHA256 = int64(len(raw)), hex.EncodeToString(sum[:])
	if packed, err = files.Packed(raw); err != nil {
		return refuse("%s cannot be kept. Bring it again.", a.Name)
	}
	return a, packed
}

// keep writes a new arrival with its bytes and the job that reads it.
func (s *Service) keep(tx *store.Tx, actor auth.Actor, a *Arrival, packed []byte) error {
	if err := alone(tx, a.CollectionID, a.UserID); err != nil {
		return err
	}
	n, bytes, err := waitingOf(&tx.Rx, a.CollectionID, a.UserID)
	if err != nil {
		return err
	}
	if a.State == Reading && (bytes+int64(len(packed)) > MostHeld || a.Brought != "" && n >= MostOpen) {
		a.State, packed = Refused, nil
		a.Message = noRoom
	}
	a.ID, a.AddedAt, a.ChangedAt, a.Held = 0, tx.Now(), tx.Now(), int64(len(packed))
	if err := tx.Gorm().Create(a).Error; err != nil {
		return err
	}
	s.stir(tx)
	if a.State != Reading {
		return nil
	}
	if err := tx.Gorm().Create(&held{ID: a.ID, File: packed}).Error; err != nil {
		return err
	}
	_, err = s.work.Add(tx, actor, jobs.Wanted{Kind: ReadingIn, Object: objectOf(a.ID), Collection: a.CollectionID})
	return err
}

// noRoom is said of what comes when too much waits.
var noRoom = "There is no room for it: what waits here has " + intake.MiB(MostHeld) +
	" already. Take in what is ready, or discard it, and bring this again."

// alone lets one thing at a time be done with the arrivals of a person.
func alone(tx *store.Tx, in auth.CollectionID, user auth.UserID) error {
	return tx.Alone("arrivals:" + history.Num(in) + ":" + history.Num(user))
}

// stir wakes, once the Write is kept, those who wait for arrivals.
func (s *Service) stir(tx *store.Tx) {
	tx.AfterCommit(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		close(s.moved)
		s.moved = make(chan struct{})
	})
}

// Await waits until nothing of a person is being read or taken in, but no longer than patience: so the page that
// follows shows what became of a small file.
func (s *Service) Await(ctx context.Context, actor auth.Actor, in auth.CollectionID, patience time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		s.mu.Lock()
		moved := s.moved
		s.mu.Unlock()
		going := true
		err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			going, _, err = store.One[bool](r, "SELECT EXISTS (SELECT 1 FROM arrivals WHERE collection_id = ? AND "+
				"user_id = ? AND state IN ('reading', 'taking')) AS going", in, actor.UserID)
			return err
		})
		if err != nil || !going {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-moved:
		}
	}
}
