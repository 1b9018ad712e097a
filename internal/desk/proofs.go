package desk

import (
	"context"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/proof"
)

// ProofsAsk says what is to be proved: an event by its address or its object, or that the history only grew between two
// of its checkpoints.
type ProofsAsk struct {
	At       string // “15”, “/history/15”, “/events/15”, or an object, “claim:42”: its newest event; "" none
	From, To int64  // sizes of checkpoints; To 0: the newest. From 0: none is asked
}

// proofsSizes is how many checkpoints are offered to choose from.
const proofsSizes = 50

// Proofs is what an auditor was proved.
type Proofs struct {
	Frame Frame
	Event *PastEvent           // with its proof; nil: none was asked for
	Grown *history.Growth      // nil: none was asked for
	Whole bool                 // reads everything, and so may ask for the growth of the whole
	Seals []history.Checkpoint // the newest, for those who read everything
}

// Proofs answers auditors. Those of some collections are proved the events of these only, and no growth.
func (d *Desk) Proofs(ctx context.Context, actor auth.Actor, ask ProofsAsk) (out Proofs, err error) {
	defer fault.In(&err, "desk.Proofs(%q, %d, %d)", ask.At, ask.From, ask.To)
	var names Names
	err = d.look(ctx, actor, func(l *look) (err error) {
		if _, err := l.h.Policy.MayAnywhere(l.actor, auth.ThingHistory, auth.ReadAll); err != nil {
			return err
		}
		out, names = Proofs{Whole: l.may(auth.ThingHistory, auth.ReadAll, 0)}, l.names
		if out.Frame, err = l.frame(0); err != nil {
			return err
		}
		if out.Whole {
			if out.Seals, err = history.Checkpoints(l.rx, 0, proofsSizes); err != nil {
				return err
			}
		}
		if ask.At != "" {
			seq, err := history.Find(l.rx, ask.At, l.collectionsOf(auth.ReadAll))
			if err != nil {
				return err
			}
			if out.Event, err = l.pastEvent(seq); err != nil {
				return err
			}
		}
		if ask.From != 0 || ask.To != 0 {
			if err := l.must(auth.ThingHistory, auth.ReadAll, 0); err != nil {
				return err
			}
			g, err := history.GrowthOf(l.rx, ask.From, ask.To)
			if err != nil {
				return err
			}
			out.Grown = &g
		}
		return nil
	})
	if err == nil && out.Event != nil {
		out.Event.call(names)
	}
	return out, err
}

// pastEvent reads one event with its proof. Who may is the caller's to have asked.
func (l *look) pastEvent(seq int64) (*PastEvent, error) {
	v := history.Viewer{ReadAll: true}
	e, err := history.Get(l.rx, seq, v)
	if err != nil {
		return nil, err
	}
	earlier, err := history.TextsBefore(l.rx, []history.Entry{e}, v)
	if err != nil {
		return nil, err
	}
	events := []history.Entry{e}
	withheld, err := claims.WithholdEvents(l.rx, events)
	if err != nil {
		return nil, err
	}
	seen := []EventSeen{{Entry: events[0], Earlier: earlier[seq], Withheld: withheld[0] || events[0].Hidden}}
	if err := l.forgetPast(seen); err != nil {
		return nil, err
	}
	out := &PastEvent{EventSeen: seen[0]}
	l.name(auth.UserID(out.Who.UserID))
	return out, l.proved(out, seq)
}

// call says what who did it is called now.
func (e *PastEvent) call(names Names) {
	seen := []EventSeen{e.EventSeen}
	called(seen, names)
	e.EventSeen = seen[0]
}

// ProofText is the proof of the event as one text that holds its leaf, "" until a checkpoint covers it.
func (e PastEvent) ProofText() string {
	if e.Seal == nil {
		return ""
	}
	return proof.IncludedText(e.Seq, e.Leaf, e.Proof.Hashes, e.Seal.Note)
}

// ProofsJSON is what was proved, for programs.
type ProofsJSON struct {
	Event *EventPageJSON `json:"event,omitempty"` // its proof holds its leaf as extra data
	Grown *GrownJSON     `json:"grown,omitempty"`
	Sizes []int64        `json:"sizes"` // of the newest checkpoints, for those who read everything
}

// GrownJSON is a proof that the history only grew: two checkpoints, and the text that anybody can check.
type GrownJSON struct {
	From  string `json:"from"` // the older checkpoint
	To    string `json:"to"`
	Proof string `json:"proof"`
}

// JSON is the answer for programs.
func (p Proofs) JSON() ProofsJSON {
	out := ProofsJSON{Sizes: []int64{}}
	for _, c := range p.Seals {
		out.Sizes = append(out.Sizes, c.Size)
	}
	slices.Sort(out.Sizes)
	if p.Event != nil {
		page := p.Event.PageJSON()
		page.Proof = p.Event.ProofText()
		out.Event = &page
	}
	if g := p.Grown; g != nil {
		out.Grown = &GrownJSON{From: g.From.Note, To: g.To.Note, Proof: g.Text()}
	}
	return out
}
