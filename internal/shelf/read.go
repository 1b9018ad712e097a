package shelf

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/term"
)

// Format is how a fact-check came.
type Format string

// The formats that a shelf reads.
const (
	FormatReview Format = "claimreview"
	FormatSet    Format = "claimset"
	FormatTable  Format = "csv"
	FormatShelf  Format = "shelf" // of a file only: its entries are of the others
)

// Formats are the formats of files of fact-checks.
var Formats = term.New("format of fact-checks",
	term.Term[Format]{Name: FormatReview, Word: "ClaimReview",
		About: "JSON-LD of schema.org: one, a list, a graph, a DataFeed, one a line, or in a saved page."},
	term.Term[Format]{Name: FormatSet, Word: "claim set",
		About: "The JSON of a frozen set, of this workbench or another."},
	term.Term[Format]{Name: FormatTable, Word: "table", About: "CSV, its columns named in the first line."},
	term.Term[Format]{Name: FormatShelf, Word: "shelf", About: "What a shelf exported."},
)

// Word is the format as people read it.
func (f Format) Word() string { return Formats.Word(f) }

// fatal is why nothing of a file can be read.
type fatal struct{ why string }

func (f fatal) Error() string { return f.why }

// Reading reads a file of fact-checks, one at a time, in bounded memory. What it gives is the same each time.
type Reading struct {
	Format Format // of what was read so far
	Source Source // what a set says of itself

	n     int // items given
	objs  *scanner
	table *tableReader
	sum   hash.Hash // of the claims of a set
}

var byteOrderMark = []byte("\ufeff")

// Open begins to read a file. What nobody can read, a packed file above all, is refused with the remedy.
func Open(r io.Reader) (*Reading, error) {
	in := bufio.NewReaderSize(r, readAhead)
	if b, _ := in.Peek(3); bytes.Equal(b, byteOrderMark) {
		_, _ = in.Discard(3) // it was peeked at
	}
	begin, err := in.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, err
	}
	if err := refuse(begin); err != nil {
		return nil, err
	}
	x := &Reading{sum: sha256.New()}
	switch first := bytes.TrimLeft(begin, " \t\r\n"); {
	case len(first) == 0:
		return nil, fault.New(fault.Invalid, "The file is empty. Choose a file with fact-checks.").With("file",
			"It is empty.")
	case first[0] == '{' || first[0] == '[':
		x.Format, x.objs = FormatReview, newScanner(in)
	case first[0] == '<':
		x.Format, x.objs = FormatReview, newScanner(newScripts(in))
	default:
		x.Format = FormatTable
		x.table = &tableReader{in: &lines{in: in, line: 1}, src: Source{Format: FormatTable}}
	}
	return x, nil
}

// refuse says what to do with files that are none of ours by their first bytes.
func refuse(begin []byte) error {
	for _, kind := range []struct{ magic, what string }{{"PK\x03\x04", "a zip archive"}, {"\x1f\x8b", "packed by gzip"},
		{"BZh", "packed by bzip2"}, {"\xfd7zXZ", "packed by xz"}, {"\x28\xb5\x2f\xfd", "packed by zstd"},
		{"7z\xbc\xaf", "a 7z archive"}} {
		if bytes.HasPrefix(begin, []byte(kind.magic)) {
			return fault.New(fault.Invalid, "The file is %s. Unpack it, and send what is in it.", kind.what).With(
				"file", "It is packed.")
		}
	}
	if bytes.HasPrefix(begin, []byte("%PDF")) || bytes.HasPrefix(begin, []byte("\xff\xfe")) ||
		bytes.HasPrefix(begin, []byte("\xfe\xff")) || bytes.IndexByte(begin, 0) >= 0 {
		return fault.New(fault.Invalid, "The file is no text in UTF-8. Save it as UTF-8, as JSON or as CSV.").With(
			"file", "It is no text in UTF-8.")
	}
	return nil
}

// Next gives the next fact-check. io.EOF: there are no more; a Bad: what is left out, and more may follow; any other
// error ends the reading.
func (x *Reading) Next() (r Record, err error) {
	for {
		var other bool
		line := 0
		if x.table != nil {
			r, line, err = x.table.next()
			if err == nil {
				r, err = r.complete()
			}
		} else {
			r, line, other, err = x.object()
		}
		if other {
			continue
		}
		var why broken
		switch {
		case errors.As(err, &why):
			x.n++
			return r, Bad{x.n, line, why.why}
		case err != nil:
			var f fatal
			if errors.As(err, &f) {
				err = fault.New(fault.Invalid, "%s", f.why).With("file", f.why)
			}
			return r, err
		}
		x.n++
		r.N, r.Line = x.n, line
		return r, nil
	}
}

// object reads the next object of JSON; other says that it is no fact-check.
func (x *Reading) object() (r Record, line int, other bool, err error) {
	o, err := x.objs.next()
	if err != nil {
		return r, o.line, false, err
	}
	if raw, is := x.objs.heads["claim_set"]; is && x.Format == FormatReview {
		x.Format = FormatSet
		if x.Source, err = sourceOfSet(raw); err != nil {
			return r, o.line, false, fatal{err.Error()}
		}
	}
	if _, is := x.objs.heads["shelf"]; is {
		x.Format = FormatShelf
	}
	switch x.Format {
	case FormatSet:
		if bytes.HasPrefix(o.raw, []byte(`{"claim_set"`)) {
			return r, o.line, true, nil // a set of no claims, whole
		}
		_, _ = x.sum.Write(o.raw) // a hash takes everything
		_, _ = x.sum.Write([]byte{'\n'})
		r, err = claimOfSet(o.raw, x.Source)
	case FormatShelf:
		r, err = entryOfShelf(o.raw)
		return r, o.line, false, err
	default:
		r, other, err = claimReview(o.raw)
		r.Source = Source{Format: FormatReview}
	}
	if err == nil && !other {
		r, err = r.complete()
	}
	return r, o.line, other, err
}

// Whole says whether the claims of a set that was read to its end hash to what it says of itself.
func (x *Reading) Whole() bool {
	return x.Format == FormatSet && hex.EncodeToString(x.sum.Sum(nil)) == x.Source.SHA256
}

// Bytes is how much was read.
func (x *Reading) Bytes() int64 {
	if x.table != nil {
		return x.table.in.read
	}
	return x.objs.read
}

// mostBad is how many bad items of a file are named; more are counted.
const mostBad = 100

// firstRows is how many fact-checks a dry run shows.
const firstRows = 10

// Look is what a dry run found in a file.
type Look struct {
	Format  Format   `json:"format"`
	Good    int      `json:"good"`
	BadOnes int      `json:"bad"`
	Bad     []Bad    `json:"named"` // the first of them
	First   []Sample `json:"first"`
	Source  Source   `json:"source"`
	Whole   bool     `json:"whole"` // of a set: it is as its hash says
}

// Sample is a fact-check as a dry run shows it.
type Sample struct {
	N         int    `json:"n"`
	Claim     string `json:"claim"`
	Lang      string `json:"lang"`
	Detected  bool   `json:"detected"`
	Rating    Rating `json:"rating"`
	Verdict   string `json:"verdict"`
	Publisher string `json:"publisher"`
	URL       string `json:"url"`
	Day       string `json:"day"`
}

// LookAt reads a whole file and keeps nothing of it.
func LookAt(r io.Reader) (out Look, err error) {
	x, err := Open(r)
	if err != nil {
		return out, err
	}
	for {
		rec, err := x.Next()
		var bad Bad
		switch {
		case errors.Is(err, io.EOF):
			out.Format, out.Source, out.Whole = x.Format, x.Source, x.Whole()
			return out, nil
		case errors.As(err, &bad):
			if out.BadOnes++; len(out.Bad) < mostBad {
				out.Bad = append(out.Bad, bad)
			}
		case err != nil:
			return out, err
		default:
			if out.Good++; len(out.First) < firstRows {
				out.First = append(out.First, Sample{rec.N, strings.Clone(rec.Claim), rec.Lang, rec.Detected,
					rec.Rating, string(rec.Verdict), rec.Publisher, rec.URL, rec.Day})
			}
		}
	}
}
