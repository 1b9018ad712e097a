package arrivals

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/files"
	"claimbench/internal/intake"
	"claimbench/internal/jobs"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// ReadingIn is the kind of the jobs that read what came.
const ReadingIn = "arrival"

// Limits of what is kept of a reading.
const (
	mostLeftOut = 100
	mostSample  = 5
	mostBegins  = 300 // code points
	mostNotes   = 100
)

// reading does the jobs of the kind ReadingIn.
type reading struct{ s *Service }

// Prepare reads the file, outside of any Write. A file that cannot be read is no job that failed: it is refused, with
// its reason, and the person reads it beside the others.
func (t reading) Prepare(ctx context.Context, actor auth.Actor, j jobs.Job) (_ jobs.Plan, err error) {
	defer fault.In(&err, "arrivals.Prepare(job %d)", j.ID)
	a, file, is, err := t.s.toRead(ctx, j)
	if err != nil || !is {
		return jobs.Plan{}, err
	}
	if _, err := t.s.policy.May(actor, auth.ThingArticle, auth.Import, a.CollectionID); err != nil {
		return t.s.refusing(a, fault.Message(err)), nil
	}
	doc, err := readFile(a, file)
	if ctx.Err() != nil {
		return jobs.Plan{}, ctx.Err()
	}
	if err != nil {
		return t.s.unread(a, err), nil
	}
	if doc.Chosen != nil && !a.Made {
		return t.s.asking(a, dryRun(doc)), nil
	}
	return t.s.readPlan(ctx, actor, a, doc), nil
}

// Failed refuses a file that its job did not read: it can be brought again.
func (t reading) Failed(tx *store.Tx, j jobs.Job) error {
	id, err := ofObject(j.Object)
	if err != nil {
		return err
	}
	if err := alone(tx, j.Collection, j.UserID); err != nil {
		return err
	}
	a, is, err := store.One[Arrival](&tx.Rx, "SELECT * FROM arrivals WHERE id = ?", id)
	if err != nil || !is || a.State != Reading {
		return err
	}
	return t.s.refuse(tx, a, j.Message)
}

// toRead reads what a job is about; false when there is nothing to do any more.
func (s *Service) toRead(ctx context.Context, j jobs.Job) (a Arrival, file []byte, is bool, err error) {
	id, err := ofObject(j.Object)
	if err != nil {
		return a, nil, false, err
	}
	var packed held
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		if a, is, err = store.One[Arrival](r, "SELECT * FROM arrivals WHERE id = ?", id); err != nil || !is ||
			a.State != Reading {
			is = false
			return err
		}
		packed, is, err = store.One[held](r, "SELECT * FROM arrival_bytes WHERE id = ?", id)
		return err
	})
	if err != nil || !is {
		return a, nil, false, err
	}
	file, err = unzipped(packed.File)
	return a, file, true, err
}

// readFile reads a file. A reader that fails in a way that nobody foresaw refuses this file and stops nothing else: the
// server would read it again and again.
func readFile(a Arrival, file []byte) (doc intake.Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fault.New(fault.Invalid, "%s cannot be read: its reader failed. Bring its words another way.", a.Name)
		}
	}()
	if a.Address != "" {
		return readPage(a, file)
	}
	return intake.Read(intake.File{Name: cmp.Or(a.Name, "The text"), Media: a.Media, Size: int64(len(file)),
		Body: bytes.NewReader(file), Charset: a.Charset, Columns: a.Columns()})
}

// unread is the plan for a file that was not read: it asks, or is refused.
func (s *Service) unread(a Arrival, err error) jobs.Plan {
	if unsure := (*intake.Unsure)(nil); errors.As(err, &unsure) {
		return s.asking(a, Found{Readings: unsure.Previews})
	}
	if rows := (*intake.Unmapped)(nil); errors.As(err, &rows) {
		return s.asking(a, Found{Columns: rows.Columns[:min(len(rows.Columns), 200)], Chosen: a.Columns()})
	}
	return s.refusing(a, fault.Message(err))
}

// dryRun is what rows would become.
func dryRun(d intake.Document) Found {
	f := foundIn(d)
	f.Columns, f.Chosen, f.Rows = d.Columns[:min(len(d.Columns), 200)], d.Chosen, len(d.Items)
	for _, one := range d.Items[:min(len(d.Items), mostSample)] {
		f.Sample = append(f.Sample, Row{Facts: factsOf(one), Begins: begins(one.Text), Notes: one.Notes})
	}
	return f
}

// once is a plan of one Write about one arrival that is still being read.
func (s *Service) once(a Arrival, do func(tx *store.Tx, now Arrival) error) jobs.Plan {
	return jobs.Plan{Total: 1, Slice: func(tx *store.Tx, _, _ int) error {
		now, is, err := s.still(tx, a)
		if err != nil || !is {
			return err
		}
		return do(tx, now)
	}}
}

// still reads an arrival again, in the Write; false when it was discarded or changed since it was read.
func (s *Service) still(tx *store.Tx, a Arrival) (now Arrival, is bool, err error) {
	if err := alone(tx, a.CollectionID, a.UserID); err != nil {
		return now, false, err
	}
	now, is, err = store.One[Arrival](&tx.Rx, "SELECT * FROM arrivals WHERE id = ?", a.ID)
	return now, is && now.Version == a.Version && now.State == a.State, err
}

func (s *Service) asking(a Arrival, f Found) jobs.Plan {
	return s.once(a, func(tx *store.Tx, now Arrival) error {
		now.State, now.Found, now.Message = Asks, f.written(), ""
		return s.put(tx, now, "state", "found", "message")
	})
}

func (s *Service) refusing(a Arrival, message string) jobs.Plan {
	return s.once(a, func(tx *store.Tx, now Arrival) error { return s.refuse(tx, now, message) })
}

// refuse ends an arrival: nothing of its words stays.
func (s *Service) refuse(tx *store.Tx, a Arrival, message string) error {
	a.State, a.Message = Refused, written(message)
	return s.empty(tx, a)
}

// empty takes away the words of an arrival that has ended, and keeps its name and what is said of it.
func (s *Service) empty(tx *store.Tx, a Arrival) error {
	a.Facts, a.PublishedAs, a.TextSHA256, a.Mapped, a.Found, a.Alike, a.Held = Facts{}, "", "", "{}", "{}", nil, 0
	a.Final, a.Reached, a.Near = "", nil, nil
	if err := forgetPrints(tx, a.ID); err != nil {
		return err
	}
	if err := tx.Gorm().Where("id = ?", a.ID).Delete(&held{}).Error; err != nil {
		return err
	}
	return s.put(tx, a, "state", "name", "message", "title", "source", "byline", "url", "lang", "published", "origin",
		"published_as", "text_sha256", "mapped", "found", "alike", "held", "article_id", "existing", "address", "final",
		"reached", "near", "revised")
}

// put writes columns of an arrival, if it is as it was read.
func (s *Service) put(tx *store.Tx, a Arrival, columns ...string) error {
	version := a.Version
	a.Version, a.ChangedAt = version+1, tx.Now()
	s.stir(tx)
	return store.Changed(tx.Gorm().Model(&Arrival{}).Where("id = ? AND version = ?", a.ID, version).
		Select(append(columns, "version", "changed_at")).Updates(&a), "this file")
}

// piece is a document of a file, ready to be kept.
type piece struct {
	Arrival
	packed []byte
	print  match.Print
	again  articles.Import // as it will be taken in, for what is closed
}

// readPlan keeps what was read: the document of the file, or of each that it holds.
func (s *Service) readPlan(ctx context.Context, actor auth.Actor, a Arrival, doc intake.Document) jobs.Plan {
	if len(doc.Items) == 0 {
		p := s.piece(ctx, a, doc)
		return s.once(a, func(tx *store.Tx, now Arrival) error { return s.readOne(tx, actor, now, p) })
	}
	all := doc.All()
	var ready []piece
	return jobs.Plan{Total: len(all), Most: 16,
		Ahead: func(ctx context.Context, from, n int) error {
			ready = ready[:0]
			for _, one := range all[from : from+n] {
				ready = append(ready, s.piece(ctx, a, one))
			}
			return ctx.Err()
		},
		Slice: func(tx *store.Tx, _, _ int) error {
			if _, is, err := s.still(tx, a); err != nil || !is {
				return err
			}
			return s.add(tx, actor, a, ready)
		},
		Finish: func(tx *store.Tx) error {
			now, is, err := s.still(tx, a)
			if err != nil || !is {
				return err
			}
			if len(doc.Notes) == 0 { // its documents say all that there is to say
				return s.erase(tx, now.ID)
			}
			f := foundIn(doc)
			f.LeftOut, f.Items = nil, len(all)
			now.State, now.Message = Split, ""
			if err := s.empty(tx, now); err != nil {
				return err
			}
			now.Version, now.Found = now.Version+1, f.written()
			return s.put(tx, now, "found")
		}}
}

// piece makes a document ready, with what it is like. What is wrong with it is said of it alone.
func (s *Service) piece(ctx context.Context, of Arrival, d intake.Document) piece {
	a := Arrival{CollectionID: of.CollectionID, UserID: of.UserID, Via: of.Via, Request: of.Request, State: Ready,
		Version: 1, Name: of.Name, Media: of.Media, Size: of.Size, SHA256: of.SHA256, Mapped: "{}", Found: "{}",
		Reached: of.Reached, Brought: of.Brought}
	if d.Name != "" && d.Name != of.Name && !of.Pasted() {
		a.Name, a.Media, a.Size, a.SHA256 = d.Name, "", int64(len(d.Bytes())), ""
		if a.Size > 0 {
			a.SHA256 = d.SHA256
		}
	}
	a.Facts, a.PublishedAs = factsOf(d), written(d.PublishedAs)
	if of.Brought != "" {
		a.Facts = of.said(a.Facts)
	}
	d.Notes = append(s.mend(&a), d.Notes...)
	p := piece{Arrival: a, again: s.importOf(a, d)}
	look, err := articles.LookAt(p.again)
	if err != nil {
		p.State, p.Message = Refused, fault.Message(err)
		return p
	}
	p.Title, p.Lang = look.Title, look.Lang
	f := foundIn(d)
	f.Points, f.Sentences, f.Begins = look.Points, look.Sentences, begins(d.Text)
	sum := sha256.Sum256([]byte(d.Text))
	p.Found, p.TextSHA256, p.print = f.written(), hex.EncodeToString(sum[:]), match.PrintOf(d.Text)
	raw, err := intake.Pack(d)
	if err == nil {
		p.packed, err = files.Packed(raw)
	}
	if err != nil {
		p.State, p.Message = Refused, "It cannot be kept. Bring it again."
		return p
	}
	p.Held = int64(len(p.packed))
	like, err := s.evidence.Like(ctx, a.CollectionID, p.Lang, d.Text) // without it nothing is warned of
	for _, x := range like[:min(len(like), mostAlike)] {
		if err == nil {
			p.Alike = append(p.Alike, Like{x.Article, x.Kind, x.Overlap})
		}
	}
	return p
}

// mostAlike is how many articles are named that look like one.
const mostAlike = 5

// mend takes away what a file says of itself and what cannot be kept as a fact, and says so.
func (s *Service) mend(a *Arrival) (notes []string) {
	if ahead := articles.DayAhead(a.Published, s.db.Now()); ahead {
		notes = append(notes, fmt.Sprintf("It says that it was published on %s, which has not come yet. Look, and "+
			"write the day down.", a.Published))
		a.Published, a.PublishedAs = "", ""
	}
	err := articles.Import{Source: a.Source, Title: a.Title, Byline: a.Byline, URL: a.URL, Lang: a.Lang,
		Published: a.Published}.Check()
	f, _ := fault.As(err)
	if f == nil {
		return notes
	}
	of := map[string]*string{"source": &a.Source, "title": &a.Title, "byline": &a.Byline, "url": &a.URL,
		"lang": &a.Lang, "published": &a.Published}
	for _, x := range f.Fields {
		if fact, is := of[x.Name]; is {
			*fact = ""
			notes = append(notes, "What it says itself was not taken over: "+x.Msg)
		}
	}
	return notes
}

// importOf is how an arrival is taken in.
func (s *Service) importOf(a Arrival, d intake.Document) articles.Import {
	in := articles.Import{Collection: a.CollectionID, Source: a.Source, Title: a.Title, Byline: a.Byline, URL: a.URL,
		Lang: a.Lang, Published: a.Published, Name: cmp.Or(a.Name, "The text"), Raw: d.Text, Later: true,
		Reached: slices.Clone(a.Reached)}
	if a.Pasted() {
		in.Pasted = true
		return in
	}
	if in.Read = &d; d.URL != "" {
		in.Reached = append(in.Reached, d.URL)
	}
	return in
}

// readOne keeps what was read of a file that is one document.
func (s *Service) readOne(tx *store.Tx, actor auth.Actor, now Arrival, p piece) error {
	if p.State == Ready {
		if err := s.texts.Takes(tx, actor, p.again); err != nil {
			if !isClosed(err) {
				return err
			}
			p.State, p.Message = Refused, fault.Message(err)
		}
	}
	if p.State == Refused {
		return s.refuse(tx, now, p.Message)
	}
	now.State, now.Message, now.Facts, now.PublishedAs = Ready, "", p.Facts, p.PublishedAs
	now.Found, now.TextSHA256, now.Alike, now.Held = p.Found, p.TextSHA256, p.Alike, p.Held
	near, err := compareHere(tx, now, p.print)
	if err != nil {
		return err
	}
	now.Near = near
	if err := tx.Gorm().Model(&held{}).Where("id = ?", now.ID).Updates(map[string]any{"file": nil,
		"document": p.packed}).Error; err != nil {
		return err
	}
	return s.put(tx, now, "state", "message", "title", "source", "byline", "url", "lang", "published", "origin",
		"published_as", "found", "text_sha256", "alike", "held", "near")
}

// add keeps documents that a file holds, each as an arrival of its own.
func (s *Service) add(tx *store.Tx, actor auth.Actor, of Arrival, all []piece) error {
	n, bytes, err := waitingOf(&tx.Rx, of.CollectionID, of.UserID)
	if err != nil {
		return err
	}
	bytes -= of.Held
	rows, kept := make([]Arrival, len(all)), make([]held, 0, len(all))
	for i, p := range all {
		if p.State == Ready {
			if err := s.texts.Takes(tx, actor, p.again); isClosed(err) {
				p.State, p.Message = Refused, fault.Message(err)
			} else if err != nil {
				return err
			}
		}
		if bytes += p.Held; p.State == Ready && (n+i > MostOpen || bytes > MostHeld) {
			p.State, p.Message = Refused, noRoom
		}
		if p.State == Refused {
			p.Facts, p.PublishedAs, p.TextSHA256, p.Found, p.Alike, p.Held = Facts{}, "", "", "{}", nil, 0
			p.Reached = nil
		}
		p.AddedAt, p.ChangedAt = tx.Now(), tx.Now()
		p.Name, p.Message = written(p.Name), written(p.Message)
		rows[i] = p.Arrival
	}
	if err := tx.Gorm().CreateInBatches(&rows, 50).Error; err != nil {
		return err
	}
	for i, a := range rows {
		if a.State == Ready {
			kept = append(kept, held{ID: a.ID, Document: all[i].packed})
			near, err := compareHere(tx, a, all[i].print)
			if err == nil && len(near) > 0 {
				err = tx.Gorm().Model(&Arrival{}).Where("id = ?", a.ID).Update("near", near).Error
			}
			if err != nil {
				return err
			}
		}
	}
	s.stir(tx)
	if len(kept) == 0 {
		return nil
	}
	return tx.Gorm().CreateInBatches(&kept, 50).Error
}

func isClosed(err error) bool {
	closed := (*articles.Closed)(nil)
	return errors.As(err, &closed)
}

func factsOf(d intake.Document) Facts {
	return Facts{Title: d.Title, Source: articles.SourceShown(d.Source), Byline: d.Byline, URL: d.URL, Lang: d.Lang,
		Published: d.Published}
}

func foundIn(d intake.Document) Found {
	return Found{Reader: d.Reader, Version: d.Version, Encoding: d.Encoding, Partial: d.Partial, Left: len(d.LeftOut),
		LeftOut: d.LeftOut[:min(len(d.LeftOut), mostLeftOut)], Proposed: d.Origin,
		Notes: slices.Clone(d.Notes[:min(len(d.Notes), mostNotes)])}
}

// begins is the beginning of a text, in one line.
func begins(s string) string {
	words := strings.Join(strings.Fields(strings.ToValidUTF8(s[:min(len(s), 4*mostBegins)], "")), " ")
	if r := []rune(words); len(r) > mostBegins {
		return string(r[:mostBegins]) + "…"
	}
	return words
}
