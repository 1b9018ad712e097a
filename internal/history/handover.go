package history

import (
	"context"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
	"claimbench/internal/proof"
	"claimbench/internal/store"
)

// A log key is handed over to another: the old key signs the new one, the new one signs that it is in force, and an
// event says it, so that the handover is in the tree that the next checkpoint signs. It is the one row of its kind.

const (
	logKind   = "log"
	logObject = logKind + ":key"
	handedOn  = "log.key_handed_over"
)

func handoverFields(h proof.Handover) Fields {
	return Fields{"from": h.From, "to": h.To, "size": Num(h.Size), "root": tlog.Hash(h.Root).String(), "at": Num(h.At),
		"note": h.Note}
}

// Handovers gives every handover of this history, in their order. One whose note does not hold is damaged.
func Handovers(rx *store.Rx) (out []proof.Handover, err error) {
	rows, err := handoverRows(rx)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		h, err := handoverOf(&rows[i])
		if err != nil {
			return nil, damagedEvent(rows[i].Seq, err)
		}
		out = append(out, h)
	}
	return out, nil
}

func handoverRows(rx *store.Rx) ([]eventRow, error) {
	return store.Select[eventRow](rx, "SELECT seq, row_after FROM events WHERE object = ? ORDER BY seq", logObject)
}

// handoverOf reads a handover of an event, which must say what its note says.
func handoverOf(r *eventRow) (h proof.Handover, err error) {
	f, err := decodeRow(r.RowAfter)
	if err != nil {
		return h, err
	}
	if h, err = proof.ParseHandover([]byte(f["note"])); err != nil {
		return h, err
	}
	if encode(handoverFields(h)) != encode(f) || h.Size >= r.Seq {
		return h, fault.New(fault.Invalid, "event %d says another thing than the handover in it", r.Seq)
	}
	return h, nil
}

// Rotate hands the log over to a key that is made now: all there is is signed by the old key, then come the event and
// the first checkpoint of the new one. Stopped at any moment, it goes on when it is asked for again, or when a signer
// with this key file signs next. The old key is gone from its file then.
func (s *Signer) Rotate(ctx context.Context, who Who) (h proof.Handover, err error) {
	defer fault.In(&err, "history.Rotate()")
	s.mu.Lock()
	next, err := s.key.prepare()
	if err == nil {
		h, err = s.handOver(ctx, who, next)
	}
	s.mu.Unlock()
	if err != nil {
		return h, err
	}
	_, err = s.Sign(ctx)
	return h, err
}

func (s *Signer) handOver(ctx context.Context, who Who, next *Key) (h proof.Handover, err error) {
	var last Checkpoint
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := s.mine(&tx.Rx); err != nil {
			return err
		}
		if s.key.Public() == next.Public() { // it was handed over before, and only the files were not changed
			next = nil
			return nil
		}
		if last, err = s.sign(tx); err != nil {
			return err
		}
		h = proof.Handover{From: s.key.Public(), To: next.Public(), Size: last.Size, Root: proof.Hash(last.Root),
			At: int64(tx.Now())}
		signed, err := note.Sign(&note.Note{Text: h.Text()}, s.key.half().signer, next.half().signer)
		if err != nil {
			return err
		}
		h.Note = string(signed)
		before, err := handoverRows(&tx.Rx)
		if err != nil {
			return err
		}
		e := Event{Action: handedOn, Object: logObject, After: handoverFields(h)}
		if n := len(before); n > 0 {
			if e.Before, err = decodeRow(before[n-1].RowAfter); err != nil {
				return err
			}
		}
		_, err = Append(tx, who, e)
		return err
	})
	if err != nil {
		return h, err
	}
	var all []proof.Handover
	if err := s.db.Read(ctx, func(rx *store.Rx) (err error) {
		all, err = Handovers(rx)
		return err
	}); err != nil {
		return h, err
	}
	if next == nil {
		return all[len(all)-1], nil
	}
	if err := s.key.keep(last); err != nil {
		return h, err
	}
	return h, s.key.follow(all)
}

// logRows lets a verification compare the handover in force with its events.
func logRows() Rows {
	return Rows{Kind: logKind, List: func(rx *store.Rx, yield func(string, Fields, Texts) error) error {
		rows, err := handoverRows(rx)
		if err != nil || len(rows) == 0 {
			return err
		}
		f, err := decodeRow(rows[len(rows)-1].RowAfter)
		if err != nil {
			return err
		}
		return yield(logObject, f, nil)
	}}
}

// readHandovers checks every handover of the history, and gives the keys that they lead to from those given.
func (v *verifier) readHandovers() error {
	rows, err := handoverRows(v.rx)
	if err != nil {
		return err
	}
	var sound []proof.Handover
	for i := range rows {
		r := &rows[i]
		name := object("event", r.Seq)
		h, err := handoverOf(r)
		if err != nil {
			v.report.add(name, "the handover of the log key does not hold: %v", err)
			continue
		}
		if n := len(sound); n > 0 && sound[n-1].To != h.From {
			v.report.add(name, "the log key is handed over by %s, and the one in force was %s", KeyName(h.From),
				KeyName(sound[n-1].To))
			continue
		}
		sound = append(sound, h)
		v.marks = append(v.marks, mark{size: h.Size, root: tlog.Hash(h.Root), name: name,
			given: "handover of the log key"})
	}
	v.handovers = sound
	v.report.Handovers = sound
	v.keys = proof.Chain(v.o.Keys, sound)
	return nil
}

// KeyName is how a public key is called in a signature: its name and the hash of it.
func KeyName(public string) string {
	name, rest, _ := strings.Cut(public, "+")
	hash, _, _ := strings.Cut(rest, "+")
	if _, err := strconv.ParseUint(hash, 16, 32); err != nil {
		return public
	}
	return name + "+" + hash
}
