package exceptions

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"hash"
	"io"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Forms of a report.
const (
	Table  = "table" // for a terminal
	CSV    = "csv"   // all rows of all rules, or of one
	Signed = "json"  // JSON Lines with a signature over them
	batch  = 1000    // rows that are read at once
	tries  = 5       // how often a signed report begins anew when the history goes on meanwhile
	format = "claimbench exceptions 1"
)

// Signer signs checkpoints and reports: history.Signer.
type Signer interface {
	Sign(context.Context) (history.Checkpoint, error)
	SealReport([32]byte) (string, error)
}

// Service answers auditors by rule, and writes reports.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	signer Signer
}

// New makes the service; signer is nil where no log key is at hand.
func New(db *store.DB, policy *auth.Policy, signer Signer) *Service {
	return &Service{db, policy, signer}
}

// Signs says whether a log key is at hand.
func (s *Service) Signs() bool { return s.signer != nil }

// ScopeOf says of which collections somebody may ask: of those whose whole history they read. Who reads none is
// fault.Forbidden.
func ScopeOf(p *auth.Policy, actor auth.Actor, now store.Micros) (Scope, error) {
	all, in := p.Collections(actor, auth.ThingHistory, auth.ReadAll)
	if !all && len(in) == 0 {
		_, err := p.MayAnywhere(actor, auth.ThingHistory, auth.ReadAll)
		return Scope{}, err
	}
	return Scope{All: all, In: in, Now: now}, nil
}

// Everything is the scope of whoever holds the database, as the command line does.
func (s *Service) Everything() Scope { return Scope{All: true, Now: s.db.Now()} }

// Ask chooses a report.
type Ask struct {
	Form  string
	Rule  Name // ""; all
	Scope Scope
	By    string // who asked, for the head of a signed report
	// Past is the moment of which the rules are asked, nil for now. Scope.Now is that moment too.
	Past *store.Past
}

// head is the first line of a signed report.
type head struct {
	Report     string     `json:"report"`
	MadeAt     string     `json:"made_at"`
	AsOf       string     `json:"as_of,omitempty"` // the moment of which the rows are; left out: when it was made
	By         string     `json:"by,omitempty"`
	Events     int64      `json:"events"`
	Checkpoint string     `json:"checkpoint"` // the signed note of that many events
	Rules      []headRule `json:"rules"`
}

type headRule struct {
	Rule  Name   `json:"rule"`
	Title string `json:"title"`
	Says  string `json:"says"`
}

// line is one row of a signed report, or how many rows a rule had.
type line struct {
	Rule Name              `json:"rule"`
	Row  map[string]string `json:"row,omitempty"`
	Rows *int64            `json:"rows,omitempty"`
}

type tail struct {
	Signature string `json:"signature"`
}

// Write writes a report: all rows, as of one moment. An error means that it is not whole. One that is signed is only
// for whoever reads everything, for a checkpoint counts all events.
func (s *Service) Write(ctx context.Context, w io.Writer, a Ask) (err error) {
	defer fault.In(&err, "exceptions.Write(%s, %s)", a.Form, a.Rule)
	chosen, err := chosenRules(a)
	if err != nil {
		return err
	}
	if a.Form != Signed && a.Past != nil {
		ctx = store.InPast(ctx, a.Past)
	}
	switch a.Form {
	case CSV:
		return s.csv(ctx, w, a, chosen)
	case Table:
		return s.text(ctx, w, a, chosen)
	case Signed:
		return s.signed(ctx, w, a, chosen)
	}
	return fault.New(fault.Invalid, "“%.40s” is no form of a report. Known are %s, %s and %s.", a.Form, Table, CSV,
		Signed).With("format", "Choose csv or json.")
}

func chosenRules(a Ask) (out []Rule, err error) {
	if a.Rule != "" {
		r, err := Find(a.Rule)
		if err == nil && !a.Scope.Holds(r) {
			err = fault.New(fault.Forbidden, "“%s” is asked of everything; you read some collections. Ask "+
				"for another rule, or an auditor of everything.", r.Title)
		}
		return []Rule{r}, err
	}
	for _, r := range rules {
		if a.Scope.Holds(r) {
			out = append(out, r)
		}
	}
	return out, nil
}

// each reads all rows of a rule, page by page.
func each(rx *store.Rx, r Rule, s Scope, do func(Row) error) (n int64, err error) {
	at := &Place{}
	for at != nil {
		var rows []Row
		if rows, at, err = Page(rx, r, s, *at, batch); err != nil {
			return n, err
		}
		for _, row := range rows {
			if err := do(row); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}

func (s *Service) csv(ctx context.Context, w io.Writer, a Ask, chosen []Rule) error {
	var one *Rule
	if a.Rule != "" {
		one = &chosen[0]
	}
	out, err := newCSV(w, one)
	if err != nil {
		return err
	}
	if err := s.db.Read(ctx, func(rx *store.Rx) error {
		for _, r := range chosen {
			if _, err := each(rx, r, a.Scope, func(row Row) error { return out.row(r, row) }); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return out.end()
}

func (s *Service) text(ctx context.Context, w io.Writer, a Ask, chosen []Rule) error {
	out := textOut{w}
	return s.db.Read(ctx, func(rx *store.Rx) error {
		for _, r := range chosen {
			var rows bytes.Buffer
			n, err := each(rx, r, a.Scope, func(row Row) error { return textOut{&rows}.row(r, row) })
			if err != nil {
				return err
			}
			if err := out.rule(r, n); err != nil {
				return err
			}
			if _, err := rows.WriteTo(w); err != nil {
				return err
			}
		}
		return nil
	})
}

// signed signs a checkpoint, and reads the rows while the history is still of that size.
func (s *Service) signed(ctx context.Context, w io.Writer, a Ask, chosen []Rule) error {
	switch {
	case !a.Scope.All:
		return fault.New(fault.Forbidden, "A signed report stands beside a checkpoint, which counts the events of all "+
			"collections; you read some. Ask for csv.")
	case s.signer == nil:
		return fault.New(fault.Unavailable, "No log key is at hand, so the report cannot be signed. Ask for csv.")
	}
	for range tries {
		c, err := s.signer.Sign(ctx)
		if err != nil {
			return err
		}
		moved := false
		err = s.db.Read(store.InPast(ctx, a.Past), func(rx *store.Rx) error {
			size, err := history.Size(rx.Now())
			if moved = size != c.Size; err != nil || moved {
				return err
			}
			return s.lines(rx, w, a, c, chosen)
		})
		if err != nil || !moved {
			return err
		}
	}
	return fault.New(fault.Unavailable, "So much happens now that no report could be made between two events. Try "+
		"again in a minute.")
}

func (s *Service) lines(rx *store.Rx, w io.Writer, a Ask, c history.Checkpoint, chosen []Rule) error {
	out := &hashed{w: w, sum: sha256.New()}
	h := head{Report: format, MadeAt: a.Scope.Now.String(), By: a.By, Events: c.Size, Checkpoint: c.Note}
	if a.Past != nil {
		h.MadeAt, h.AsOf = s.db.Now().String(), a.Past.At.String()
	}
	for _, r := range chosen {
		h.Rules = append(h.Rules, headRule{r.Name, r.Title, r.Says})
	}
	if err := out.line(h); err != nil {
		return err
	}
	for _, r := range chosen {
		n, err := each(rx, r, a.Scope, func(row Row) error { return out.line(line{Rule: r.Name, Row: r.Fields(row)}) })
		if err == nil {
			err = out.line(line{Rule: r.Name, Rows: &n})
		}
		if err != nil {
			return err
		}
	}
	signature, err := s.signer.SealReport([32]byte(out.sum.Sum(nil)))
	if err != nil {
		return err
	}
	return out.line(tail{signature})
}

// hashed writes lines of JSON and adds them up.
type hashed struct {
	w   io.Writer
	sum hash.Hash
}

func (h *hashed) line(of any) error {
	line, err := lineOf(of)
	if err != nil {
		return err
	}
	_, _ = h.sum.Write(line) // never fails
	_, err = h.w.Write(line)
	return err
}

// lineOf writes a line of a report.
func lineOf(of any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(of)
	return b.Bytes(), err
}

// Checked is what a check of a saved report found.
type Checked struct {
	MadeAt     string
	AsOf       string // "": when it was made
	By         string
	Checkpoint history.Checkpoint
	Signer     string
	Signed     bool // a key that was given signed it, and the checkpoint
	Rows       map[Name]int64
}

// tampered is the fault of a report that is not as it was signed.
func tampered(format string, a ...any) error { return fault.New(fault.Conflict, format, a...) }

// Check checks a saved report without a database: every byte before the signature is as it was signed, the checkpoint
// in its head is of as many events as it says, and both are signed by one of the keys when any is given. A report that
// is not as it was signed is fault.Conflict; a file that is none is fault.Invalid.
func Check(data []byte, keys ...note.Verifier) (out Checked, err error) {
	defer fault.In(&err, "exceptions.Check()")
	body, last, err := apart(data)
	if err != nil {
		return out, err
	}
	var t tail
	if err := strictly(last, &t); err != nil {
		return out, fault.Wrap(fault.Conflict, err, "The last line is not a signature: the report was cut or "+
			"changed. Ask for it again.")
	}
	// no signature covers the last line, so nothing may stand in it beside one
	if as, err := lineOf(t); err != nil || !bytes.Equal(as, last) {
		return out, tampered("Something stands beside the signature in the last line: the report was changed. Ask " +
			"for it again.")
	}
	sum, signer, checked, err := history.OpenReport([]byte(t.Signature), keys...)
	if err != nil {
		return out, fault.Wrap(fault.Conflict, err, "%s", fault.Message(err))
	}
	if sha256.Sum256(body) != sum {
		return out, tampered("The lines are not those that were signed: the report was changed. Ask for it again.")
	}
	out.Signer, out.Signed = signer, checked
	return out, out.read(body, keys)
}

// IsReport says whether a file begins as a saved report of any version does.
func IsReport(data []byte) bool {
	return bytes.HasPrefix(data, []byte(`{"report":"claimbench exceptions `))
}

// apart splits a report into its signed lines and the last one.
func apart(data []byte) (body, last []byte, err error) {
	if !bytes.HasPrefix(data, []byte(`{"report":"`+format+`"`)) {
		return nil, nil, fault.New(fault.Invalid, "This is no saved report of exceptions, or one of a later program. "+
			"Name a file that “audit report --format json” wrote, or check it with that program.")
	}
	if !bytes.HasSuffix(data, []byte("\n")) {
		return nil, nil, tampered("The report ends within a line: it was cut. Ask for it again.")
	}
	at := bytes.LastIndexByte(data[:len(data)-1], '\n') + 1
	return data[:at], data[at:], nil
}

func strictly(data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}

// read reads what was signed: its own counts hold too.
func (c *Checked) read(body []byte, keys []note.Verifier) error {
	lines := bytes.Split(bytes.TrimSuffix(body, []byte("\n")), []byte("\n"))
	var h head
	if err := strictly(lines[0], &h); err != nil {
		return fault.Wrap(fault.Conflict, err, "The head of the report cannot be read.")
	}
	checkpoint, err := history.ParseCheckpoint([]byte(h.Checkpoint), keys...)
	if err != nil {
		return fault.Wrap(fault.Conflict, err, "The checkpoint in the report: %s", fault.Message(err))
	}
	if checkpoint.Size != h.Events {
		return tampered("The checkpoint is of %d events, the report of %d.", checkpoint.Size, h.Events)
	}
	c.MadeAt, c.AsOf, c.By, c.Checkpoint, c.Rows = h.MadeAt, h.AsOf, h.By, checkpoint, map[Name]int64{}
	met := map[Name]int64{}
	for i, raw := range lines[1:] {
		var l line
		if err := strictly(raw, &l); err != nil {
			return fault.Wrap(fault.Conflict, err, "Line %d of the report cannot be read.", i+2)
		}
		if l.Rows == nil {
			met[l.Rule]++
			continue
		}
		if *l.Rows != met[l.Rule] {
			return tampered("Rule %s says %d rows, and has %d.", l.Rule, *l.Rows, met[l.Rule])
		}
		c.Rows[l.Rule] = *l.Rows
	}
	for _, r := range h.Rules {
		if _, ok := c.Rows[r.Rule]; !ok {
			return tampered("The rows of rule %s are not there.", r.Rule)
		}
	}
	return nil
}
