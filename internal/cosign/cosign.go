package cosign

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/witness"
)

// Witness is one witness: its key, and how it is asked. Ask sends the body of an add-checkpoint request, and gives the
// HTTP status and the body of the answer, at most MostAnswer bytes.
type Witness struct {
	Key *witness.Verifier
	Ask func(ctx context.Context, body string) (status int, answer string, err error)
}

// MostAnswer bounds what is read of an answer, in bytes.
const MostAnswer = 16 << 10

// Standing is how it stands with one witness.
type Standing struct {
	Name   string
	To     int64     // the size of the newest checkpoint that it signed, 0 none
	At     time.Time // when it said so last; zero: not since the server began
	Wrong  string    // why the last try failed; "" it did not
	Failed time.Time // when that was
}

// Cosigner asks witnesses.
type Cosigner struct {
	db        *store.DB
	log       *slog.Logger
	witnesses []Witness

	mu    sync.Mutex
	stand []Standing
}

// New makes a cosigner; log may be nil.
func New(db *store.DB, log *slog.Logger, witnesses []Witness) *Cosigner {
	if log == nil {
		log = slog.Default()
	}
	c := &Cosigner{db: db, log: log, witnesses: witnesses, stand: make([]Standing, len(witnesses))}
	for i, w := range witnesses {
		c.stand[i].Name = w.Key.Name()
	}
	return c
}

// Standings says how it stands with each witness, in the order in which they were given.
func (c *Cosigner) Standings() []Standing {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Standing(nil), c.stand...)
}

const (
	lookEvery = 2 * time.Second
	firstWait = 5 * time.Second // after a failure; it doubles up to
	mostWait  = 10 * time.Minute
	askFor    = 30 * time.Second // so long one witness may take over one checkpoint
)

// Run asks every witness for its signature of each new checkpoint, until ctx ends. Each has a goroutine of its own.
func (c *Cosigner) Run(ctx context.Context) {
	var all sync.WaitGroup
	for i := range c.witnesses {
		all.Go(func() { c.follow(ctx, i) })
	}
	all.Wait()
}

func (c *Cosigner) follow(ctx context.Context, i int) {
	wait := firstWait
	for {
		err := c.Once(ctx, i)
		pause := lookEvery
		if err != nil && ctx.Err() == nil {
			c.log.Warn("a witness does not sign; the work goes on without it", "witness", c.witnesses[i].Key.Name(),
				"err", fault.Plain(err), "again_in", wait.String())
			pause, wait = wait, min(2*wait, mostWait)
		} else {
			wait = firstWait
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// Once asks one witness for its signature of the newest checkpoint, if it has not given it yet.
func (c *Cosigner) Once(ctx context.Context, i int) (err error) {
	defer fault.In(&err, "cosign.Once(%d)", i)
	to, asked, err := c.cosign(ctx, c.witnesses[i])
	c.mu.Lock()
	defer c.mu.Unlock()
	s := &c.stand[i]
	if to > 0 {
		s.To = to
	}
	switch now := c.db.Now().Time(); {
	case err != nil:
		s.Wrong, s.Failed = fault.Plain(err), now
	case asked:
		s.Wrong, s.At = "", now
	}
	return err
}

// cosign gives the size up to which the witness has signed, and whether it was asked.
func (c *Cosigner) cosign(ctx context.Context, w Witness) (to int64, asked bool, err error) {
	var newest *history.Checkpoint
	if err := c.db.Read(ctx, func(rx *store.Rx) (err error) {
		if newest, err = history.LatestCheckpoint(rx); err != nil {
			return err
		}
		to, err = history.CosignedTo(rx, w.Key)
		return err
	}); err != nil || newest == nil || newest.Size == 0 || newest.Size <= to {
		return to, false, err
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	own := ownNote(newest.Note)
	old := to
	// The witness may know more than we kept of it (a crash before it was kept, a restored backup of ours): it says its
	// size, and is asked once more from there.
	for range 3 {
		status, answer, err := c.ask(ctx, w, old, *newest, own)
		if err != nil {
			return to, true, err
		}
		switch status {
		case 200:
			return c.keep(ctx, w, *newest, own, answer, to)
		case 409:
			n, err := strconv.ParseInt(strings.TrimSuffix(answer, "\n"), 10, 64)
			if err != nil || n < 0 {
				return to, true, fmt.Errorf("it says that the size is another, and names none: %q", shortened(answer))
			}
			if n > newest.Size {
				return to, true, fault.New(fault.Conflict, "It signed a checkpoint of %d events of this log, and the "+
					"newest here has %d. Either a newer one is on its way to it, or an older database was put back: "+
					"run “workbench audit verify”.", n, newest.Size)
			}
			if n == old {
				return to, true, fault.New(fault.Conflict, "It signed another history of %d events for this log. Run "+
					"“workbench audit verify”, and ask who else signs with this key.", n)
			}
			old = n
		default:
			return to, true, fmt.Errorf("it answers %d: %q", status, shortened(answer))
		}
	}
	return to, true, errors.New("it names another size each time it is asked")
}

// ask sends one request.
func (c *Cosigner) ask(ctx context.Context, w Witness, old int64, newest history.Checkpoint, own string) (int, string,
	error) {
	var proof []tlog.Hash
	if old > 0 && old < newest.Size {
		if err := c.db.Read(ctx, func(rx *store.Rx) (err error) {
			proof, err = history.Consistency(rx, old, newest.Size)
			return err
		}); err != nil {
			return 0, "", err
		}
	}
	return w.Ask(ctx, witness.Request(old, proof, own))
}

// keep checks what the witness answered, and keeps it.
func (c *Cosigner) keep(ctx context.Context, w Witness, newest history.Checkpoint, own, answer string, to int64) (int64,
	bool, error) {
	signed, err := witness.Cosignatures([]byte(own+answer), []*witness.Verifier{w.Key})
	if err != nil || len(signed) != 1 {
		return to, true, fault.Wrap(fault.Conflict, err, "It answered with no signature of its key over the "+
			"checkpoint of %d events, so nothing of it was kept: %q.", newest.Size, shortened(answer))
	}
	if ahead := signed[0].At.Sub(c.db.Now().Time()); ahead > time.Hour {
		return to, true, fault.New(fault.Conflict, "It signed at a time that is %s ahead of the clock here. Compare "+
			"the two.", ahead.Round(time.Minute))
	}
	if err := c.db.Write(ctx, func(tx *store.Tx) error {
		return history.KeepCosignature(tx, newest.Size, signed[0])
	}); err != nil {
		return to, true, err
	}
	return newest.Size, true, nil
}

// ownNote is a checkpoint with the log's own signature alone: witnesses sign the text, and need no others.
func ownNote(note string) string {
	end := strings.LastIndex(note, "\n\n") + 2
	first, _, _ := strings.Cut(note[end:], "\n")
	return note[:end] + first + "\n"
}

// shortened is the beginning of an answer, for a message.
func shortened(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}
