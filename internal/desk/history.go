package desk

import (
	"context"
	"maps"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Past is a page of the history, newest event first, as one person may see it.
type Past struct {
	Frame    Frame
	Claim    *Head // the claim whose history it is; nil for any other, and for one that is not there for the person
	Events   []EventSeen
	Older    string      // the address of the next page, "" on the last
	Actor    auth.UserID // the person whose acts were chosen, 0 for everybody's
	ReadsAll bool        // the events have their numbers
	Exports  bool        // may take the history home, at least of some collection
	Audits   bool        // reads the whole history of some collection, and so its exceptions
	Newest   *history.Checkpoint
	Size     int64 // how many events there are; with Newest for those who read all, 0 for others
	Names    Names
	Chosen   *PastEvent // the event of the page whose proof was asked for, with it; nil: none
}

// EventSeen is an event as a person may see it.
type EventSeen struct {
	history.Entry
	Earlier history.Texts       // the texts of its row as the event before it left them
	Seal    *history.Checkpoint // the checkpoint to show above it, for those who read all
	Someone bool                // who it was is under the veil of a round
	Called  string              // what who it was is called now; "" where nobody is named
	// the article it belongs to was taken down: nobody is shown words of it, auditors neither (docs/history.md)
	Withheld bool
}

// PastEvent is one event with its proof, for those who read all.
type PastEvent struct {
	EventSeen
	Frame Frame
	Leaf  []byte        // the bytes that are hashed
	Hash  string        // of them, in base64
	Proof history.Proof // checked, under Seal, the oldest checkpoint that covers it; empty before one is signed
}

// Past answers the pages of the history.
func (d *Desk) Past(ctx context.Context, actor auth.Actor, ask PastAsk) (p Past, err error) {
	defer fault.In(&err, "desk.Past(%s)", ask.object())
	if err := ask.one(); err != nil {
		return p, err
	}
	pages, err := d.pages(ctx)
	if err != nil {
		return p, err
	}
	err = d.look(ctx, actor, func(l *look) (err error) {
		p = Past{ReadsAll: l.may(auth.ThingHistory, auth.ReadAll, 0),
			Exports: l.anywhere(auth.Export), Audits: l.anywhere(auth.ReadAll), Names: l.names}
		f, err := l.pastFilter(ask, pages)
		if err != nil {
			return err
		}
		p.Actor = auth.UserID(f.Actor)
		l.name(p.Actor)
		if p.Frame, err = l.frame(0); err != nil {
			return err
		}
		if err := l.pastEvents(&p, f, pages); err != nil {
			return err
		}
		if p.ReadsAll {
			if err := l.pastSeals(&p); err != nil {
				return err
			}
		}
		if err := l.pastProof(&p, ask.Event); err != nil {
			return err
		}
		return l.pastClaim(&p, ask.object())
	})
	called(p.Events, p.Names)
	return p, err
}

// anywhere says whether the person may do this with the history of some collection.
func (l *look) anywhere(a auth.Action) bool {
	all, some := l.h.Policy.Collections(l.actor, auth.ThingHistory, a)
	return all || len(some) > 0
}

// collectionsOf are the collections in which the person may do this with the history, nil for all.
func (l *look) collectionsOf(a auth.Action) []int64 {
	all, ids := l.h.Policy.Collections(l.actor, auth.ThingHistory, a)
	if all {
		return nil
	}
	in := []int64{-1} // an empty list would mean none as well, but says it less plainly to the database
	for _, id := range ids {
		in = append(in, int64(id))
	}
	return in
}

// pastProof adds the proof of an event of the page, if one is named.
func (l *look) pastProof(p *Past, seq int64) error {
	if seq == 0 {
		return nil
	}
	if err := l.must(auth.ThingHistory, auth.ReadAll, 0); err != nil {
		return err
	}
	at := slices.IndexFunc(p.Events, func(e EventSeen) bool { return e.Seq == seq })
	if at < 0 {
		return fault.New(fault.NotFound, "Event %d is not on this page of the history. Choose one of the list.", seq)
	}
	p.Chosen = &PastEvent{EventSeen: p.Events[at]}
	return l.proved(p.Chosen, seq)
}

func (l *look) pastEvents(p *Past, f history.Filter, pages history.Pages) error {
	if then := store.PastOf(l.rx.Context()); then != nil && (f.BeforeSeq == 0 || f.BeforeSeq > then.Seq) {
		f.BeforeSeq = then.Seq + 1 // nothing that has not happened yet
	}
	events, err := history.List(l.rx, f)
	if err != nil {
		return err
	}
	if len(events) == history.DefaultLimit {
		p.Older = pages.Write(events[len(events)-1].Seq, p.ReadsAll)
	}
	withheld, err := claims.WithholdEvents(l.rx, events)
	if err != nil {
		return err
	}
	earlier, err := history.TextsBefore(l.rx, events, f.Viewer)
	if err != nil {
		return err
	}
	hidden, err := l.hiddenAuthors(events)
	if err != nil {
		return err
	}
	for i, e := range events {
		seen := EventSeen{Entry: e, Earlier: earlier[e.Seq], Withheld: withheld[i] || e.Hidden}
		if hidden[i] {
			if f.Actor != 0 {
				continue // to say that this person did it would name them
			}
			seen.Someone, seen.Who = true, history.Who{Via: e.Who.Via}
			seen.Before, seen.After = withoutPeople(e.Before), withoutPeople(e.After)
		}
		if !p.ReadsAll {
			seen.Entry = seen.Unnumbered()
		}
		l.name(auth.UserID(seen.Who.UserID))
		p.Events = append(p.Events, seen)
	}
	return l.forgetPast(p.Events)
}

// called says what the people of events are called now, when their names are read.
func called(events []EventSeen, names Names) {
	for i := range events {
		e := &events[i]
		if e.Called = names[auth.UserID(e.Who.UserID)]; e.Called == "" {
			e.Called = e.Who.Name
		}
	}
}

// withoutPeople is a row without the fields that say who made or changed it: the row would name whom the event does
// not.
func withoutPeople(row history.Fields) history.Fields {
	if row == nil {
		return nil
	}
	out := maps.Clone(row)
	for _, field := range []string{"author", "linked_by", "unlinked_by", "confirmed_by", "added_by", "resolved_by",
		"asked_by", "opened_by", "decided_by", "kept_by", "refused_by"} {
		delete(out, field)
	}
	return out
}

// hiddenAuthors says of which events the author is under the veil of a round: who links evidence, comments, writes a
// gloss, refuses one, decides on a match or says what is no duplicate of a claim under review may be reviewing it (see
// veil). In a round that was opened anew all of them are; so are all who linked evidence, which a candidate never
// has: an acceptance that was taken back moves opened_at.
func (l *look) hiddenAuthors(events []history.Entry) (map[int]bool, error) {
	at := map[claims.ID][]int{}
	for i, e := range events {
		kind := history.Kind(e.Object)
		if closesInConflict(e) {
			at[claims.OfEvent(e)] = append(at[claims.OfEvent(e)], i)
			continue
		}
		if !slices.Contains([]string{"evidence", "comment", "gloss", "reply", "shelf_match", "capture",
			"proposal_refusal", "duplicate_refusal"}, kind) ||
			auth.UserID(e.Who.UserID) == l.actor.UserID {
			continue
		}
		for _, id := range append([]claims.ID{claims.OfEvent(e)}, claims.PairOf(e)...) {
			if id != 0 {
				at[id] = append(at[id], i)
			}
		}
	}
	out := map[int]bool{}
	for i, e := range events { // who links evidence from outside names its origin; the event knows no claim
		out[i] = e.Action == "origin.named" && auth.UserID(e.Who.UserID) != l.actor.UserID &&
			!l.may(auth.ThingReview, auth.ReadOpen, auth.CollectionID(e.Collection))
	}
	if len(at) == 0 {
		return out, nil
	}
	of, err := claims.Some(l.rx, at)
	if err != nil {
		return nil, err
	}
	for _, c := range of {
		v := l.veilFrom(c, 0)
		for _, i := range at[c.ID] {
			if closesInConflict(events[i]) {
				out[i] = v.down && c.State == claims.InConflict
				continue
			}
			always := slices.Contains([]string{"evidence", "reply", "shelf_match", "capture"},
				history.Kind(events[i].Object))
			out[i] = out[i] || v.down && (c.Round > 1 || always || events[i].At >= v.from)
		}
	}
	return out, nil
}

// closesInConflict says of an event that its author gave the last review of a round in conflict: nobody is named, nor
// who opened it, until the conflict is decided.
func closesInConflict(e history.Entry) bool {
	return e.Action == "claim.in_conflict" || e.Action == "round.closed" && e.After["outcome"] == "in_conflict"
}

// pastSeals adds what only those who read all are shown: the checkpoints, each above the newest event that it covers.
func (l *look) pastSeals(p *Past) (err error) {
	if p.Newest, err = history.LatestCheckpoint(l.rx); err != nil {
		return err
	}
	if p.Size, err = history.Size(l.rx); err != nil || len(p.Events) == 0 {
		return err
	}
	seals, err := history.Checkpoints(l.rx, p.Events[0].Seq+1, history.DefaultLimit)
	if err != nil {
		return err
	}
	newer := int64(1<<62 - 1)
	for i := range p.Events {
		e := &p.Events[i]
		at := slices.IndexFunc(seals, func(c history.Checkpoint) bool { return c.Size >= e.Seq && c.Size < newer })
		if at >= 0 {
			e.Seal = &seals[at]
		}
		newer = e.Seq
	}
	return nil
}

// pastClaim shows the claim whose history it is; one that this person does not read is not shown.
func (l *look) pastClaim(p *Past, object string) error {
	n, ok := history.Number(object, "claim")
	if !ok {
		return nil
	}
	h, err := l.head(claims.ID(n))
	switch fault.KindOf(err) {
	case "":
		p.Claim = &h
	case fault.NotFound, fault.Forbidden:
	default:
		return err
	}
	return nil
}

// PastExport says which events go into an export of the history, of one object or ("") of all that the person may
// export: of the collections whose auditor they are, veiled ones too, or of everything.
func (d *Desk) PastExport(ctx context.Context, actor auth.Actor, object string) (f history.Filter, err error) {
	defer fault.In(&err, "desk.PastExport")
	err = d.look(ctx, actor, func(l *look) (err error) {
		if _, err := l.h.Policy.MayAnywhere(l.actor, auth.ThingHistory, auth.Export); err != nil {
			return err
		}
		if f, err = l.pastFilter(PastAsk{Object: object}, history.Pages{}); err == nil {
			f.Within = l.collectionsOf(auth.Export)
			f.InSome = false
		}
		return err
	})
	return f, err
}

// Verify recomputes the whole history and compares it with every room's rows, for those who read all of it.
func (d *Desk) Verify(ctx context.Context, actor auth.Actor) (report history.Report, err error) {
	defer fault.In(&err, "desk.Verify")
	if err := d.MayVerify(actor); err != nil {
		return history.Report{}, err
	}
	return d.h.Audit(ctx, history.Options{})
}

// MayVerify says whether a person may verify the history, for the page that offers it.
func (d *Desk) MayVerify(actor auth.Actor) error {
	_, err := d.h.Policy.May(actor, auth.ThingHistory, auth.ReadAll, 0)
	return err
}

// PastEvent answers the page of one event: its number, leaf and proof are for those who read all.
func (d *Desk) PastEvent(ctx context.Context, actor auth.Actor, seq int64) (out PastEvent, err error) {
	defer fault.In(&err, "desk.PastEvent(%d)", seq)
	var names Names
	err = d.look(ctx, actor, func(l *look) (err error) {
		if err := l.must(auth.ThingHistory, auth.ReadAll, 0); err != nil {
			return err
		}
		e, err := l.pastEvent(seq)
		if err != nil {
			return err
		}
		out, names = *e, l.names
		out.Frame, err = l.frame(0)
		return err
	})
	if err == nil {
		out.call(names)
	}
	return out, err
}

// proved adds the leaf and the checked proof of an event.
func (l *look) proved(out *PastEvent, seq int64) error {
	leaf, hash, err := history.Leaf(l.rx, seq)
	if err != nil {
		return err
	}
	if out.Hash = hash.String(); !out.Withheld {
		out.Leaf = leaf
	}
	if out.Seal, err = history.CheckpointAt(l.rx, seq); err != nil || out.Seal == nil {
		return err
	}
	if out.Proof, err = history.Inclusion(l.rx, seq, *out.Seal); err != nil {
		return err
	}
	return out.Proof.Check(hash)
}

// pages reads and writes the addresses of older pages.
func (d *Desk) pages(ctx context.Context) (history.Pages, error) {
	key, err := d.pageKey(ctx)
	if err != nil {
		return history.Pages{}, err
	}
	return history.NewPages(key)
}

// pageKey is the key of what readers may not guess: addresses of older pages, letters in place of names. It is the
// database's, and is read once.
func (d *Desk) pageKey(ctx context.Context) ([]byte, error) {
	d.pagesMu.Lock()
	defer d.pagesMu.Unlock()
	if d.pagesKey == nil {
		key, err := history.PageKey(store.InPast(ctx, nil), d.h.DB) // it is of no moment
		if err != nil {
			return nil, err
		}
		d.pagesKey = key
	}
	return d.pagesKey, nil
}
