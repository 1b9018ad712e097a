package shelf

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/match"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// taking does the jobs that take the entries of a file in: its fact-checks, good and bad, are the items.
type taking struct{ *Service }

// mostAtOnce is how many fact-checks one slice takes, so that a slice holds no more than some megabytes of a file.
const mostAtOnce = 32

// Prepare opens the file anew: what it gives is the same each time.
func (t taking) Prepare(ctx context.Context, actor auth.Actor, j jobs.Job) (_ jobs.Plan, err error) {
	defer fault.In(&err, "shelf.Prepare(%d)", j.ID)
	n, ok := history.Number(j.Object, "shelf_file")
	if !ok {
		return jobs.Plan{}, fault.New(fault.Internal, "%q is no file of a shelf", j.Object)
	}
	var f File
	if err := t.db.Read(ctx, func(r *store.Rx) (err error) {
		f, err = FileByID(r, FileID(n))
		return err
	}); err != nil {
		return jobs.Plan{}, err
	}
	who, err := t.policy.May(actor, auth.ThingShelf, auth.Write, f.CollectionID)
	if err != nil {
		return jobs.Plan{}, err
	}
	if f.State == Imported {
		return jobs.Plan{}, nil
	}
	look, err := f.Looked()
	if err != nil {
		return jobs.Plan{}, err
	}
	x := &taker{taking: t, f: f, who: who, terms: match.NewTerms()}
	return jobs.Plan{Total: look.Good + look.BadOnes, Most: mostAtOnce, Ahead: x.ahead, Slice: x.slice,
		Finish: x.finish, After: func(ctx context.Context) error {
			t.stir()
			return t.sweep(ctx, f.ID)
		}}, nil
}

// taker takes the entries of one file.
type taker struct {
	taking
	f     File
	who   history.Who
	terms *match.Terms

	in    *Reading
	at    int // items read
	ready []Entry
	under [][]int64 // by entry: its terms
}

// ahead reads the items of a slice.
func (x *taker) ahead(ctx context.Context, from, n int) (err error) {
	if x.in == nil || x.at != from {
		if x.in, err = Open(&bytesOf{ctx: ctx, db: x.db, id: x.f.ID}); err != nil {
			return err
		}
		x.at = 0
	}
	x.ready, x.under = x.ready[:0], x.under[:0]
	for x.at < from+n {
		rec, err := x.in.Next()
		var bad Bad
		switch {
		case errors.As(err, &bad):
		case errors.Is(err, io.EOF):
			x.at = from + n // the dry run saw no more
			return nil
		case err != nil:
			x.in = nil
			return err
		case x.at >= from:
			e, err := entryOf(x.f, rec)
			if err != nil {
				return err
			}
			x.ready = append(x.ready, e)
			x.under = append(x.under, sortedKeys(termsOf(x.terms, e)))
		}
		x.at++
	}
	return nil
}

// entryOf is a fact-check of a file as a row.
func entryOf(f File, rec Record) (Entry, error) {
	source, err := json.Marshal(rec.Source)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{CollectionID: f.CollectionID, FileID: f.ID, N: int64(rec.N), State: Kept, Claim: rec.Claim,
		Lang: rec.Lang, Detected: rec.Detected, Rating: rec.Rating, Verdict: rec.Verdict, Publisher: rec.Publisher,
		URL: rec.URL, Day: rec.Day, Author: rec.Author, Appeared: rec.Appeared, Source: string(source),
		Raw: bytes.Clone(rec.Raw), SHA256: hashOf(rec.Raw), Version: 1}
	e.Terms = searched(e.Claim, e.Publisher, e.Author)
	e.Said = saidOf(e)
	return e, nil
}

// searched are folded words with a blank on each side.
func searched(all ...string) string {
	words := text.Terms(strings.Join(all, " "))
	slices.Sort(words)
	return " " + strings.Join(slices.Compact(words), " ") + " "
}

// slice puts what was read onto the shelf, with an event for each entry. What is there already stays as it is; what was
// withheld by law does not come back.
func (x *taker) slice(tx *store.Tx, _, _ int) error {
	if len(x.ready) == 0 {
		return nil
	}
	if err := tx.Alone(fmt.Sprintf("shelf %d", x.f.CollectionID)); err != nil {
		return err
	}
	said := make([]string, len(x.ready))
	for i, e := range x.ready {
		said[i] = e.Said
	}
	there, err := store.Select[string](&tx.Rx, "SELECT said FROM shelf_entries WHERE collection_id = ? AND "+
		"state <> 'removed' AND said IN ?", x.f.CollectionID, said)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, s := range there {
		known[s] = true
	}
	var fresh []Entry
	var under [][]int64
	for i, e := range x.ready {
		if !known[e.Said] {
			known[e.Said] = true
			fresh, under = append(fresh, e), append(under, x.under[i])
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if err := tx.Gorm().CreateInBatches(&fresh, mostAtOnce).Error; err != nil {
		return err
	}
	terms := map[int64][]EntryID{}
	events := make([]history.Event, len(fresh))
	newest := EntryID(0)
	for i, e := range fresh {
		for _, term := range under[i] {
			terms[term] = append(terms[term], e.ID)
		}
		newest = max(newest, e.ID)
		events[i] = history.Event{Action: "shelf.entry_added", Object: EntryObject(e.ID),
			Collection: int64(e.CollectionID), After: entryFields(e)}
	}
	if err := post(tx, x.f.CollectionID, terms); err != nil {
		return err
	}
	if err := grow(tx, x.f.CollectionID, int64(len(fresh)), newest); err != nil {
		return err
	}
	_, err = history.AppendAll(tx, x.who, events)
	return err
}

// grow counts entries of a shelf that came, or went.
func grow(tx *store.Tx, in auth.CollectionID, more int64, newest EntryID) error {
	st, err := state(&tx.Rx, in)
	if err != nil {
		return err
	}
	st.Entries, st.Newest = st.Entries+more, max(st.Newest, newest)
	st.Maker = cmp.Or(st.Maker, match.TermsOf())
	return tx.Gorm().Save(&st).Error
}

// finish says in the history what came of the file.
func (x *taker) finish(tx *store.Tx) error {
	var now File
	if err := store.Take(tx.Lock(), &now, "such file", "id = ?", x.f.ID); err != nil || now.State != Importing {
		return err
	}
	look, err := now.Looked()
	if err != nil {
		return err
	}
	after := now
	if err := tx.Gorm().Model(&Entry{}).Where("file_id = ?", now.ID).Count(&after.Taken).Error; err != nil {
		return err
	}
	after.State, after.Look, after.Known = Imported, withoutRows(now.Look), int64(look.Good)-after.Taken
	return saveFile(tx, x.who, now, after, "shelf.file_imported")
}
