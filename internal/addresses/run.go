package addresses

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"mime"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/intake"
	"claimbench/internal/store"
)

// errTaken says that another process has the address now, or that it was cancelled.
var errTaken = errors.New("the address is held by another process, or was cancelled")

// usualPauses are those after a first failure that may mend itself, a second, and so on.
var usualPauses = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}

// New makes the service; log may be nil.
func New(db *store.DB, policy *auth.Policy, users *auth.Service, texts *articles.Service, of *claims.Service,
	web Getter, log *slog.Logger) *Service {
	s := &Service{db: db, policy: policy, users: users, texts: texts, claims: of, web: web,
		log: cmp.Or(log, slog.Default()), me: rand.Text()[:16], wake: make(chan struct{}, 1), tasks: map[string]Task{},
		own: map[string]OwnTask{}}
	for _, d := range usualPauses {
		s.pauses = append(s.pauses, store.Micros(d.Microseconds()))
	}
	return s
}

// Run fetches what waits until ctx ends, some pages at once, never two of a site.
func (s *Service) Run(ctx context.Context) {
	tick, old := time.NewTicker(lookEvery), time.NewTicker(time.Hour)
	defer tick.Stop()
	defer old.Stop()
	var all sync.WaitGroup
	defer all.Wait()
	held, ended := map[auth.UserID]int{}, make(chan auth.UserID, hands)
	for n := 0; ; {
		for ctx.Err() == nil && n < hands {
			a, ok, err := s.take(ctx, full(held), nil)
			if err != nil && ctx.Err() == nil {
				s.log.Warn("no address can be taken", "err", err)
			}
			if !ok || err != nil {
				break
			}
			n++
			held[a.UserID]++
			all.Go(func() {
				s.work(ctx, a)
				ended <- a.UserID
			})
		}
		select {
		case <-ctx.Done():
			return
		case user := <-ended:
			n--
			held[user]--
		case <-s.wake:
		case <-tick.C:
		case <-old.C:
			if err := s.db.Write(ctx, forget); err != nil && ctx.Err() == nil {
				s.log.Warn("old addresses cannot be forgotten", "err", err)
			}
		}
	}
}

func full(held map[auth.UserID]int) (out []auth.UserID) {
	for user, n := range held {
		if n >= handsEach {
			out = append(out, user)
		}
	}
	return out
}

// Finish fetches these addresses, or waits for whoever does, until each has ended or waits for a later try; seen is
// told of each once. It gives them as they then are, in the order of ids.
func (s *Service) Finish(ctx context.Context, ids []ID, seen func(Address)) (out []Address, err error) {
	defer fault.In(&err, "addresses.Finish(%d of them)", len(ids))
	told := map[ID]bool{}
	for len(ids) > 0 {
		a, ok, err := s.take(ctx, nil, ids)
		if err != nil {
			return nil, err
		}
		if ok {
			s.work(ctx, a)
		}
		if out, err = s.byID(ctx, ids); err != nil {
			return nil, err
		}
		left := false
		for _, a := range out {
			if !a.Ended() && a.Tries == 0 {
				left = true
			} else if !told[a.ID] {
				told[a.ID] = true
				seen(a)
			}
		}
		if !left {
			return out, nil
		}
		if ok {
			continue
		}
		select {
		case <-ctx.Done():
			return out, fault.Wrap(fault.Unavailable, ctx.Err(), "Not all of it is fetched yet. A server that runs on "+
				"this database goes on.")
		case <-time.After(lookEvery / 4):
		}
	}
	return nil, nil
}

// byID reads addresses by their numbers.
func (s *Service) byID(ctx context.Context, ids []ID) (out []Address, err error) {
	return out, s.db.Read(ctx, func(r *store.Rx) (err error) {
		out, err = store.Select[Address](r, "SELECT * FROM addresses WHERE id IN ? ORDER BY id", ids)
		return err
	})
}

// work fetches one address and writes what became of it.
func (s *Service) work(ctx context.Context, a Address) {
	beating, stop := context.WithCancel(ctx)
	var beats sync.WaitGroup
	beats.Go(func() { s.beat(beating, a) })
	err := s.visit(ctx, a)
	stop()
	beats.Wait()
	switch {
	case err == nil, errors.Is(err, errTaken):
	case ctx.Err() != nil:
		s.release(a)
	default:
		if err := s.failed(ctx, a, err); err != nil && !errors.Is(err, errTaken) && ctx.Err() == nil {
			s.log.Warn("what became of an address cannot be kept; it is fetched again", "address", int64(a.ID),
				"err", err)
		}
	}
}

// get asks for the page of an address, and lets all servers leave the site alone for as long as it wants before the
// address is given back: the site is somebody's turn, or to be left alone, at each moment.
func (s *Service) get(ctx context.Context, a Address, ask fetch.Ask) (fetch.Page, error) {
	page, err := s.web.Get(ctx, ask)
	s.visited(ctx, a, err)
	return page, err
}

// visit does what an address is asked for.
func (s *Service) visit(ctx context.Context, a Address) error {
	if a.Task == Page {
		return s.takeIn(ctx, a)
	}
	return s.ask(ctx, a)
}

// takeIn fetches an address and takes the page in.
func (s *Service) takeIn(ctx context.Context, a Address) error {
	actor, contact, err := s.mayStill(ctx, a)
	if err != nil {
		return err
	}
	if err := s.db.Read(ctx, func(r *store.Rx) error { return open(r, a.CollectionID, a.Address) }); err != nil {
		return err
	}
	page, err := s.get(ctx, a, fetch.Ask{Address: a.Address, Contact: contact})
	if err != nil {
		return err
	}
	doc, err := read(page)
	if err != nil {
		return err
	}
	in := articles.Import{Collection: a.CollectionID, Name: "The page", Later: true}
	in.Fill(doc)
	in.URL = page.Final
	in.Reached = append(append(in.Reached, page.Redirects...), a.Address)
	in.Also = func(tx *store.Tx, out *articles.Imported) error {
		a.State, a.ArticleID, a.Existing, a.Message, a.HeldUntil = Done, &out.Article.ID, out.Existing, "", 0
		if err := keep(tx, a); err != nil || out.Existing {
			return err
		}
		return s.claims.ProposeIn(tx, actor, out.Article)
	}
	_, err = s.texts.Import(ctx, actor, in)
	return err
}

// open refuses addresses of which an article is protected: taken in anew, the document would be open. A site is asked
// for none of them.
func open(r *store.Rx, in auth.CollectionID, all ...string) error {
	hidden, err := articles.ProtectedAt(r, in, all)
	if err != nil {
		return err
	}
	for _, address := range all {
		if id, is := hidden[address]; is {
			return fault.Wrap(fault.Conflict, &articles.Closed{Article: id}, "%s", notTaken)
		}
	}
	return nil
}

// notTaken stands in the list for whatever is closed; the list does not show it, nor the address.
const notTaken = "This document is not taken in here. An editor of the collection can say why."

// mayStill asks again whether the person who asked may, and whether pages are still fetched.
func (s *Service) mayStill(ctx context.Context, a Address) (actor auth.Actor, contact string, err error) {
	if actor, err = s.users.ActorLater(ctx, a.UserID, a.Via, a.Request,
		a.Token); err != nil {
		return actor, "", err
	}
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, a.CollectionID); err != nil {
		return actor, "", err
	}
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		contact, err = Fetches(r, a.CollectionID)
		return err
	})
	return actor, contact, err
}

// fewWords is the length of a text, in bytes, below which a page with scripts is taken for one that needs them.
const fewWords = 200

// read makes a document of a page.
func read(p fetch.Page) (intake.Document, error) { return ReadPage(p, "", nil) }

// ReadPage makes a document of a page, of which Final, Media and Body are looked at; charset and columns are as those
// of intake.File.
func ReadPage(p fetch.Page, charset string, columns intake.Columns) (intake.Document, error) {
	name := p.Final
	kind, _, err := mime.ParseMediaType(p.Media)
	if err == nil && kind != "application/octet-stream" { // what the site says of a page is truer than its ending
		if u, err := url.Parse(p.Final); err == nil {
			u.Path, u.RawPath, u.RawQuery = strings.TrimSuffix(u.Path, path.Ext(u.Path)), "", ""
			name = u.Host + u.Path
		}
	}
	doc, err := intake.Read(intake.File{Name: name, Media: p.Media, Size: int64(len(p.Body)),
		Body: bytes.NewReader(p.Body), Charset: charset, Columns: columns})
	if unsure := (*intake.Unsure)(nil); errors.As(err, &unsure) {
		return doc, err
	}
	if kind == "text/html" && (err != nil || len(strings.TrimSpace(doc.Text)) < fewWords) &&
		bytes.Contains(bytes.ToLower(p.Body), []byte("<script")) {
		return doc, fault.Wrap(fault.Invalid, err, "The page shows its words by scripts, which are not run here. Save "+
			"it from your browser, and upload the file.")
	}
	return doc, err
}

// written is what a site made us say, in characters that can be written: what it sends is bytes.
func written(message string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(message, "\ufffd"), "\x00", "\ufffd")
}

// failed writes that a try failed: it is tried again after a pause that grows, where that may help, or it ends.
func (s *Service) failed(ctx context.Context, a Address, cause error) error {
	a.Tries++
	a.Message, a.HeldUntil = written(fault.Message(cause)), 0
	kind := fault.KindOf(cause)
	if closed := (*articles.Closed)(nil); errors.As(cause, &closed) {
		a.ArticleID, a.Message = &closed.Article, notTaken // so that the list withholds whatever led to it
	}
	again := kind == fault.Unavailable || kind == fault.Unknown || kind == fault.Internal
	if kind == fault.Unknown || kind == fault.Internal {
		s.log.Warn("an address cannot be taken in", "address", int64(a.ID), "err", cause)
		a.Message = "Something went wrong on our side; the server's log says what."
	}
	once, isOnce := s.tasks[a.Task].(Once)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		switch more := again && a.Tries <= len(s.pauses); {
		case isOnce && !more:
			if err := EndOwn(tx, a); err != nil {
				return err
			}
			return once.Failed(tx, a, a.Message)
		case a.Task != Page || more:
			a.State = Waiting
			a.NextAt = tx.Now() + max(s.pause(a.Tries), store.Micros(fetch.After(cause).Microseconds()))
		default:
			a.State = Failed
		}
		return keep(tx, a)
	})
}

// pause is how long an address waits after so many failures.
func (s *Service) pause(tries int) store.Micros {
	if len(s.pauses) == 0 {
		return 0
	}
	return s.pauses[min(tries, len(s.pauses))-1]
}

// visited lets all servers leave the site of an address alone for as long as it wants.
func (s *Service) visited(ctx context.Context, a Address, cause error) {
	_, d, err := s.web.Delay(a.Address)
	if err == nil {
		d = max(d, fetch.After(cause))
		err = s.db.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return leaveAlone(tx, a.Site, d) })
	}
	if err != nil {
		s.log.Warn("a site may be visited too soon", "address", int64(a.ID), "err", err)
	}
}
