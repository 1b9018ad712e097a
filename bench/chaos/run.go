package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// How often accidents happen: one act in so many.
const (
	killEvery  = 40 // finds its server killed
	dropEvery  = 5  // finds its line dropped
	twiceEvery = 5  // is sent by two presses at once
	againEvery = 9  // is sent again when it was answered long ago
	tabsEvery  = 7  // is done in both tabs at once, as two acts
)

var names = []string{"reviewer-1", "reviewer-2", "editor-1", "editor-2"}

// run does the acts, with the accidents, and counts.
func run(ctx context.Context, workbench, path string, acts int, seed uint64) (*report, error) {
	srv, err := newServer(workbench, path)
	if err != nil {
		return nil, err
	}
	if err := srv.start(); err != nil {
		return nil, err
	}
	defer srv.stop()
	l, err := newLine(srv.addr)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	w := &world{server: srv, report: newReport(), seed: seed}
	w.left.Store(int64(acts))
	if w.begun, err = sizeOf(ctx, srv.database); err != nil {
		return nil, err
	}
	var origins sync.Map
	for i, name := range names {
		p, err := newPerson(name, srv, l, rand.New(rand.NewPCG(seed, uint64(i))), &origins)
		if err != nil {
			return nil, err
		}
		w.people = append(w.people, p)
	}
	if err := w.work(); err != nil {
		return w.report, err
	}
	w.report.kills, w.report.drops = srv.kills, l.times
	srv.stop()
	if err := w.count(ctx); err != nil {
		return w.report, err
	}
	w.report.said, w.report.verified = srv.verify()
	return w.report, nil
}

// world is a run.
type world struct {
	server *server
	people []*person
	report *report
	seed   uint64
	begun  int64 // events that the demo begins with
	left   atomic.Int64
	killed sync.WaitGroup

	mu   sync.Mutex
	fail error // the first that went wrong
}

func (w *world) failed(err error) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil && w.fail == nil {
		w.fail = err
	}
	return w.fail != nil
}

// work lets everybody work until all acts are done, and what goes on by itself too.
func (w *world) work() error {
	var all sync.WaitGroup
	for _, p := range w.people {
		all.Go(func() {
			deck := deckOf(p)
			for n := w.left.Add(-1); n >= 0; n = w.left.Add(-1) {
				k, r, err := deck.next(p, int(n))
				if err == nil {
					err = w.act(p, k, r, int(n))
				}
				if w.failed(err) {
					return
				}
			}
		})
	}
	all.Wait()
	w.killed.Wait()
	for _, p := range w.people {
		w.failed(w.settle(p))
	}
	return w.fail
}

// deck are the kinds of acts of a person, each as often as it weighs, in an order by chance.
type deck struct{ all, left []kind }

func deckOf(p *person) *deck {
	d := &deck{}
	for _, k := range kinds {
		if k.by == "" || k.by == p.name[:len(k.by)] {
			for range k.weight {
				d.all = append(d.all, k)
			}
		}
	}
	return d
}

// next is the next act of a deck to which there is something to do now. Kinds to which there is nothing wait.
func (d *deck) next(p *person, n int) (kind, request, error) {
	if p.took.Load() && p.one(2) {
		r, err := redo(p, n)
		return kindOf("redo"), r, err
	}
	for range 2 { // once more with a new deck, in which there is always something
		for i, k := range d.left {
			r, err := k.plan(p, n)
			if err == errNone {
				continue
			}
			d.left = append(d.left[:i:i], d.left[i+1:]...)
			return k, r, err
		}
		more := append([]kind(nil), d.all...)
		p.chance.Shuffle(len(more), func(i, j int) { more[i], more[j] = more[j], more[i] })
		d.left = append(d.left, more...)
	}
	return kind{}, request{}, fmt.Errorf("%s finds nothing to do", p.name)
}

func (p *person) one(in int) bool { return p.chance.IntN(in) == 0 }

// act does one act, with what happens to it.
func (w *world) act(p *person, k kind, r request, n int) error {
	d := drop{share: p.chance.IntN(256)}
	if p.one(dropEvery) {
		d.cut = cuts[p.chance.IntN(len(cuts))]
	}
	if p.one(killEvery) {
		w.killed.Add(1)
		time.AfterFunc(time.Duration(p.chance.IntN(12_000))*time.Microsecond, func() {
			defer w.killed.Done()
			w.failed(w.server.kill())
		})
	}
	key, tab := fmt.Sprintf("chaos-%d-%d", w.seed, n), p.chance.IntN(2)
	twice, again, tabs := p.one(twiceEvery), p.one(againEvery), p.one(tabsEvery)
	var twin, late answer
	var beside sync.WaitGroup
	if twice {
		w.report.doubles.Add(1)
		beside.Go(func() {
			var err error
			twin, err = p.send(p.tabs[1-tab], r.path, r.body, key, drop{})
			w.failed(err)
		})
	} else if tabs {
		w.report.tabs.Add(1)
		beside.Go(func() {
			a, err := p.send(p.tabs[1-tab], r.path, r.body, key+"-too", drop{})
			w.failed(firstOf(err, func() error { return w.heard(p, k, r, a) }))
		})
	}
	a, err := p.send(p.tabs[tab], r.path, r.body, key, d)
	if err == nil && again {
		w.report.doubles.Add(1)
		late, err = p.send(p.tabs[tab], r.path, r.body, key, drop{})
	}
	beside.Wait()
	return firstOf(err, func() error { return w.heard(p, k, r, best(a, twin, late)) })
}

func firstOf(err error, next func() error) error {
	if err != nil {
		return err
	}
	return next()
}

// best is what became of an act that was sent several times under one key: it was done if one of them was answered so.
// One that was refused keeps no key, and may be done when it comes again a moment later.
func best(first answer, others ...answer) answer {
	for _, a := range others {
		if a.status != 0 && a.acknowledged() && (!first.acknowledged() || first.lost) {
			a.tries += first.tries
			first = a
		}
	}
	return first
}

// heard keeps what became of an act, and what it leaves.
func (w *world) heard(p *person, k kind, r request, a answer) (err error) {
	if a.status >= 500 {
		return fmt.Errorf("%s: %s answers %d %s", k.name, r.path, a.status, a.body)
	}
	var l left
	if a.acknowledged() {
		if l, err = r.leaves(a); err != nil {
			return fmt.Errorf("%s: %w", k.name, err)
		}
	}
	p.learn(r.path, a)
	p.took.Store(l.turn != nil && l.turn.back)
	w.report.heard(p.name, k.name, a, l)
	return nil
}

// settle waits until a person's batches have come to rest.
func (w *world) settle(p *person) error {
	for _, about := range w.report.batchesOf(p.name) {
		for until := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
			var b struct{ State string }
			if err := p.get("/batches/"+about, &b); err != nil {
				return err
			}
			if b.State == "done" || b.State == "undone" {
				break
			}
			if time.Now().After(until) {
				return fmt.Errorf("batch %s is %s", about, b.State)
			}
		}
	}
	return nil
}
