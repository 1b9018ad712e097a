package publish

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/warc"
)

const (
	waczAtOnce    = 256  // claims of which the captures are read in one query
	mostInArchive = 1000 // documents of one archive, whose index is held in memory
)

// keptOf says whether what is kept of outside documents goes with a set.
func keptOf(set claimset.Set) error {
	if !set.Captures {
		return fault.New(fault.Conflict, "What is kept of outside documents does not go with “%s”: its settings do "+
			"not say so. A set is bound by the settings that it was frozen with; start a correction, tick “Captures "+
			"go with the export”, and freeze that.", set.Title).With("format", "Choose another format for this set.")
	}
	return nil
}

// outside is an outside document of a claim that is printed, and what of it goes out.
type outside struct {
	claim   claims.ID
	item    claimset.EntryEvidence
	capture captures.Capture
	about   captures.About
	out     string // why nothing of it does, for people; "" the capture does
}

// The reasons why a document is not in the file. Of a protected source nothing is said but that, whether it has a
// capture or not.
const (
	outProtected = "Its source is protected."
	outWithheld  = "The capture was withheld by law."
	outWords     = "Words of this evidence were taken out of the set."
	outNone      = "Nothing was kept of it when the set was frozen."
	outOther     = "The capture is not the one that was there when the set was frozen."
)

// outsides shows the outside documents of a frozen set in its order, each with the capture that was its newest when
// the set was frozen.
func outsides(r *store.Rx, set claimset.Set, do func(outside) error) error {
	return claimset.Pages(r, set, waczAtOnce, func(page []claimset.Kept) error {
		var all []outside
		var ids []int64
		for _, f := range page {
			e, err := f.Entry()
			if err != nil {
				return err
			}
			for _, x := range e.Evidence {
				if x.Article == nil {
					all, ids = append(all, outside{claim: e.Claim, item: x}), append(ids, int64(x.Evidence))
				}
			}
		}
		found, err := captures.AsOf(r, ids, *set.FrozenAt)
		if err != nil {
			return err
		}
		for _, o := range all {
			o.capture = found[int64(o.item.Evidence)]
			if err := o.judge(); err != nil {
				return err
			}
			if err := do(o); err != nil {
				return err
			}
		}
		return nil
	})
}

// judge says whether the capture goes out.
func (o *outside) judge() (err error) {
	x := &o.item
	switch {
	case x.Protected != "":
		o.out = outProtected
	case x.Capture == string(captures.Withheld) || o.capture.State == captures.Withheld:
		o.out = outWithheld
	case taken(x):
		o.out = outWords
	case x.Capture == "":
		o.out = outNone
	case o.capture.ID == 0:
		o.out = outOther
	}
	if o.out != "" {
		return nil
	}
	if o.about, err = o.capture.About(); err != nil {
		return fault.Wrap(fault.Internal, err, "capture %d cannot be read", o.capture.ID)
	}
	if day, _, _ := strings.Cut(o.about.TakenAt, "T"); string(o.capture.Found) != x.Capture || day != x.CapturedOn {
		o.out = outOther
	}
	return nil
}

// taken says whether words of an item were taken down or erased since: the document may hold them.
func taken(x *claimset.EntryEvidence) bool {
	for _, s := range articles.OwnWords(x) {
		if strings.Contains(*s, claims.GoneWords) || strings.Contains(*s, history.ErasedMark) {
			return true
		}
	}
	return x.Exact == history.ErasedMark || x.Withheld
}

// name is what the page of an item is called in the file.
func (o outside) name() string { return fmt.Sprintf("evidence-%d", o.item.Evidence) }

// address is where the document is found in the archive.
func (o outside) address() string { return cmp.Or(o.about.Address, "urn:claimbench:uploaded") }

// writeWACZ writes what is kept of the outside documents of a set (docs/claimset.md, The captures).
func writeWACZ(w *bufio.Writer, p *Print, _ Options) error {
	if p.kept == nil {
		return fault.New(fault.Internal, "set %d was not opened for its captures", p.Set.ID)
	}
	if err := keptOf(p.Set); err != nil {
		return err
	}
	file := warc.NewPackage(w, p.Set.Title, fmt.Sprintf("What is kept of the outside documents that claim set %d, "+
		"version %d, quotes. Cookie, Set-Cookie, Authorization and Proxy-Authorization headers are left out. What is "+
		"not in this file, and why, stands in captures.jsonl.", p.Set.ID, p.Set.N), "Claimbench", p.Frozen())
	if err := p.archives(file); err != nil {
		return err
	}
	if err := file.File("pages/pages.jsonl", p.waczPages); err != nil {
		return err
	}
	if err := p.waczStamps(file); err != nil {
		return err
	}
	if err := file.File("captures.jsonl", p.waczList); err != nil {
		return err
	}
	return file.Close()
}

// archives writes the bytes, those of a merged item once.
func (p *Print) archives(file *warc.Package) error {
	n := 0
	next := func() error {
		n++
		return file.Archive(fmt.Sprintf("captures-%04d", n))
	}
	if err := next(); err != nil {
		return err
	}
	seen := map[captures.ID]bool{}
	return outsides(p.kept, p.Set, func(o outside) error {
		if o.out != "" || seen[o.capture.BodyID] {
			return nil
		}
		seen[o.capture.BodyID] = true
		if file.Len() >= mostInArchive {
			if err := next(); err != nil {
				return err
			}
		}
		raw, err := captures.RecordsOf(p.kept, o.capture)
		if err != nil {
			return err
		}
		if err := file.Put(raw); err != nil {
			return fault.Wrap(fault.Internal, err, "the bytes of capture %d are damaged", o.capture.ID)
		}
		return nil
	})
}

// waczPages writes the list of pages that replayers show (json-pages-1.0).
func (p *Print) waczPages(w io.Writer) error {
	if err := jsonTo(w, map[string]string{"format": "json-pages-1.0", "id": "pages",
		"title": p.Set.Title}); err != nil {
		return err
	}
	return outsides(p.kept, p.Set, func(o outside) error {
		if o.out != "" {
			return nil
		}
		return jsonTo(w, struct {
			ID    string `json:"id"`
			URL   string `json:"url"`
			TS    string `json:"ts"`
			Title string `json:"title"`
		}{o.name(), o.address(), o.about.TakenAt, cmp.Or(o.item.Title, o.about.Title, o.about.Address)})
	})
}

// waczStamps writes the tokens of time stamps, each a file of its own, as openssl ts takes them with -token_in.
func (p *Print) waczStamps(file *warc.Package) error {
	return outsides(p.kept, p.Set, func(o outside) error {
		if o.out != "" || o.capture.Stamp == "" {
			return nil
		}
		token, err := captures.TokenOf(p.kept, o.capture)
		if err != nil {
			return err
		}
		return file.File(o.stampFile(), func(w io.Writer) error {
			_, err := w.Write(token)
			return err
		})
	})
}

func (o outside) stampFile() string { return "timestamps/" + o.name() + ".tst" }

// listedCapture is a line of captures.jsonl.
type listedCapture struct {
	Claim     claims.ID     `json:"claim"`
	Evidence  evidence.ID   `json:"evidence"`
	Page      string        `json:"page,omitempty"` // its id in pages.jsonl
	URL       string        `json:"url,omitempty"`
	TakenAt   string        `json:"taken_at,omitempty"`
	Title     string        `json:"title,omitempty"`
	Publisher string        `json:"publisher,omitempty"`
	Byline    string        `json:"byline,omitempty"`
	Published string        `json:"published,omitempty"`
	Lang      string        `json:"lang,omitempty"`
	Quotation string        `json:"quotation,omitempty"`
	Found     string        `json:"found,omitempty"` // how the quotation stands in it
	SHA256    string        `json:"sha256,omitempty"`
	Dropped   store.Strings `json:"dropped,omitempty"`
	// of its time stamp (RFC 3161): the service, the moment, and the file with the token, which is over sha256
	Stamp     *captures.Stamp `json:"stamp,omitempty"`
	StampFile string          `json:"stamp_file,omitempty"`
	LeftOut   string          `json:"left_out,omitempty"` // why it is not in the file
}

// waczList says of each outside document of the set whether it is in the file, and why not.
func (p *Print) waczList(w io.Writer) error {
	return outsides(p.kept, p.Set, func(o outside) error {
		l := listedCapture{Claim: o.claim, Evidence: o.item.Evidence, LeftOut: o.out}
		if o.out == "" {
			x := o.item
			l.Page, l.URL, l.TakenAt, l.Found = o.name(), o.address(), o.about.TakenAt, x.Capture
			l.Title, l.Publisher, l.Byline, l.Published = x.Title, x.Publisher, x.Byline, x.Published
			l.Lang, l.Quotation, l.SHA256, l.Dropped = x.Lang, x.Exact, o.about.SHA256, o.about.Dropped
			s, there, err := o.capture.Stamped()
			if err != nil {
				return err
			}
			if there {
				l.Stamp, l.StampFile = &s, o.stampFile()
			}
		}
		return jsonTo(w, l)
	})
}

func jsonTo(w io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err == nil {
		_, err = w.Write(append(b, '\n'))
	}
	return err
}
