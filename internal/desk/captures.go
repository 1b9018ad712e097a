package desk

import (
	"context"
	"unicode/utf8"

	"claimbench/internal/addresses"
	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Captured is the page of what is kept of the document that an item of evidence quotes: its text, with the quotation
// marked. It is readable where the claim is; of a protected source to those who may read that.
type Captured struct {
	Head
	Item  evidence.Shown
	Shown captures.Capture // the one that is shown; ID 0: there is none, or the source is protected and not shown
	About captures.About
	All   []captures.Capture // of the item, the newest first
	Words string             // a part of the text
	Mark  text.Span          // the quotation in Words, code points; empty: it is in another part, or not found
	Part  int                // which part of the text Words are, from 1
	Parts int
	// PartOf is the part in which the quotation begins; 0 it was not found.
	PartOf  int
	May     bool // the person may capture the document
	Fetches bool // and have it fetched
	// Job fetches the document, or failed to after the newest capture; ID 0: there is none
	Job       jobs.Job
	Withholds bool // they may withhold it
	// Stamp is the time stamp of the capture; Service "": there is none
	Stamp captures.Stamp
	Token []byte // that proves it
	// Wished says how far a time stamp is that was asked for; ID 0: none is
	Wished addresses.Address
}

// partLength is how much of a text one page shows, in code points.
const partLength = 20_000

// Captured answers for that page: of the newest capture, or with which of another; part 0 is that with the quotation.
func (d *Desk) Captured(ctx context.Context, actor auth.Actor, id evidence.ID, which captures.ID, part int) (
	out Captured, err error) {
	defer fault.In(&err, "desk.Captured(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Captured{}
		items, err := l.item(id, &out.Head)
		if err != nil {
			return err
		}
		items[0].LinkedBy = 0 // who is at work on a claim may be reviewing it
		if err := l.openSources(out.Claim.CollectionID, items); err != nil {
			return err
		}
		if err := l.forgetNotes(out.Claim.CollectionID, items); err != nil {
			return err
		}
		out.Item = items[0]
		return l.captured(&out, which, part)
	})
	return out, err
}

func (l *look) captured(out *Captured, which captures.ID, part int) (err error) {
	it, in := out.Item, out.Claim.CollectionID
	if it.Protected != "" && !it.Opened {
		return nil // that there is a capture is not said either
	}
	out.May = evidence.Capturable(it.Item) == nil && l.may(auth.ThingEvidence, auth.Link, in)
	out.Withholds = l.may(auth.ThingArticle, auth.TakeDown, in)
	if err := l.fetching(out); err != nil {
		return err
	}
	if out.All, err = captures.OfItem(l.rx, int64(it.ID)); err != nil || len(out.All) == 0 && which == 0 {
		return err
	}
	for i, c := range out.All {
		if c.ID == which || which == 0 && i == 0 {
			out.Shown = c
		}
	}
	if out.Shown.ID == 0 {
		return fault.New(fault.NotFound, "There is no such capture of this evidence.")
	}
	if out.About, err = out.Shown.About(); err != nil {
		return err
	}
	words, err := captures.WordsOf(l.rx, out.Shown)
	if err != nil {
		return err
	}
	out.cut(words, part)
	return l.stamped(out)
}

// stamped reads the time stamp of a capture, or how far it is.
func (l *look) stamped(out *Captured) (err error) {
	if out.Shown.State != captures.Kept {
		return nil
	}
	if out.Stamp, _, err = out.Shown.Stamped(); err != nil {
		return err
	}
	if out.Stamp.Service == "" {
		out.Wished, _, err = addresses.Scheduled(l.rx, captures.Stamps, int64(out.Shown.ID))
		return err
	}
	out.Token, err = captures.TokenOf(l.rx, out.Shown)
	return err
}

// fetching says whether the document may be fetched, and what became of that.
func (l *look) fetching(out *Captured) error {
	it := out.Item
	if it.URL == "" || it.Protected != "" || store.PastOf(l.rx.Context()) != nil {
		return nil
	}
	_, err := addresses.Fetches(l.rx, out.Claim.CollectionID)
	if out.Fetches = out.May && err == nil; err != nil && fault.KindOf(err) != fault.Forbidden {
		return err
	}
	j, there, err := jobs.Last(l.rx, evidence.Fetching, evidence.Object(it.ID))
	if there && j.State != jobs.Done && (it.Capture == nil || j.AddedAt > it.Capture.KeptAt) {
		out.Job = j
	}
	return err
}

// cut takes a part of a text, 0 the one in which the quotation begins.
func (c *Captured) cut(words string, part int) {
	n := utf8.RuneCountInString(words)
	c.Parts = max(1, (n+partLength-1)/partLength)
	if at := c.Shown.Span; at.End > at.Start {
		c.PartOf = at.Start/partLength + 1
	}
	if part < 1 || part > c.Parts {
		part = max(1, c.PartOf)
	}
	c.Part = min(part, c.Parts)
	from := (c.Part - 1) * partLength
	all := []rune(words)
	to := min(from+partLength, len(all))
	c.Words = string(all[from:to])
	at := c.Shown.Span
	c.Mark = text.Span{Start: max(at.Start, from) - from, End: min(at.End, to) - from}
	if c.Mark.End <= c.Mark.Start {
		c.Mark = text.Span{}
	}
}

// CapturedJSON is the page for programs.
type CapturedJSON struct {
	Claim     claims.ID     `json:"claim"`
	Item      EvidenceJSON  `json:"evidence"`
	Capture   *CaptureJSON  `json:"capture,omitempty"` // left out: there is none, or its source is protected
	Captures  []captures.ID `json:"captures"`          // of the item, the newest first
	Quotation *text.Span    `json:"quotation,omitempty"`
	Text      string        `json:"text"` // of this part
	From      int           `json:"from"` // where it begins in the whole text, in code points
	Part      int           `json:"part"`
	Parts     int           `json:"parts"`
	// the job that fetches the document, or could not
	Fetching *FetchingOfJSON `json:"fetching,omitempty"`
}

// FetchingOfJSON is how far the fetching of a document is.
type FetchingOfJSON struct {
	Job     jobs.ID    `json:"job"`
	State   jobs.State `json:"state"`
	Message string     `json:"message,omitempty"` // why it failed
}

// CaptureJSON is a capture for programs. Of one that is withheld only its number, state and finding are there.
type CaptureJSON struct {
	ID        captures.ID    `json:"id"`
	State     captures.State `json:"state"`
	Way       captures.Way   `json:"way"`
	Found     captures.Found `json:"found"`
	KeptAt    Time           `json:"kept_at"`
	TakenAt   string         `json:"taken_at,omitempty"`
	Address   string         `json:"address,omitempty"`
	Media     string         `json:"media,omitempty"`
	Bytes     int64          `json:"bytes,omitempty"`
	SHA256    string         `json:"sha256,omitempty"`
	Title     string         `json:"title,omitempty"`
	Authors   string         `json:"authors,omitempty"`
	Publisher string         `json:"publisher,omitempty"`
	Published string         `json:"published,omitempty"`
	Lang      string         `json:"lang,omitempty"`
	Dropped   []string       `json:"dropped,omitempty"` // names of headers that were not kept
	Stamp     *StampJSON     `json:"stamp,omitempty"`   // on its own page only
	Version   int64          `json:"version,omitempty"`
}

// StampJSON is the time stamp of a capture (RFC 3161). Token is the token in DER, in base64; it is over sha256.
type StampJSON struct {
	Service string `json:"service"`
	At      string `json:"at"`
	Signer  string `json:"signer"`
	Serial  string `json:"serial"`
	SHA256  string `json:"token_sha256"`
	Token   []byte `json:"token"`
}

// captureOf is a capture for programs; a document that cannot be read has no facts.
func captureOf(f captures.Facts) *CaptureJSON {
	a, _ := f.About() //nolint:errcheck // what is damaged, the audit says
	return &CaptureJSON{ID: f.ID, State: f.State, Way: f.Way, Found: f.Found, KeptAt: Time(f.KeptAt),
		TakenAt: a.TakenAt, Address: a.Address, Media: a.Media, Bytes: a.Bytes, SHA256: a.SHA256, Title: a.Title,
		Authors: a.Authors, Publisher: a.Publisher, Published: a.Published, Lang: a.Lang, Dropped: a.Dropped}
}

// JSON is the answer for programs.
func (c Captured) JSON() CapturedJSON {
	out := CapturedJSON{Claim: c.Claim.ID, Item: EvidenceOf(c.Item), Captures: []captures.ID{}, Text: c.Words,
		Part: c.Part, Parts: c.Parts}
	if c.Job.ID != 0 {
		out.Fetching = &FetchingOfJSON{c.Job.ID, c.Job.State, c.Job.Message}
	}
	for _, x := range c.All {
		out.Captures = append(out.Captures, x.ID)
	}
	if c.Shown.ID == 0 {
		return out
	}
	out.From = max(0, c.Part-1) * partLength
	out.Capture = captureOf(captures.FactsOf(c.Shown))
	out.Capture.Version = c.Shown.Version
	if c.Stamp.Service != "" {
		out.Capture.Stamp = &StampJSON{c.Stamp.Service, c.Stamp.At, c.Stamp.Signer, c.Stamp.Serial,
			c.Stamp.Token, c.Token}
	}
	if at := c.Shown.Span; at.End > at.Start {
		out.Quotation = &at
	}
	return out
}
