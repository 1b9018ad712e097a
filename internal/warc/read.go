package warc

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/nlnwa/gowarc/v3"

	"claimbench/internal/fault"
)

const (
	// MostBody is the largest document that is kept, in bytes.
	MostBody = 20 << 20
	// MostRecords bounds the records of a file.
	MostRecords = 10_000
)

// Read reads all documents of a WARC file, compressed or not, at most MostBody bytes of them together, and computes
// every digest again. It is fault.Invalid when the file is none, was cut off, or when a record has no digest or a wrong
// one; nothing is given then.
func Read(r io.Reader) (out []Document, err error) {
	in, err := unpacked(r)
	if err != nil {
		return nil, err
	}
	file, err := gowarc.NewWarcFileReaderFromStream(in, 0, checking()...)
	if err != nil {
		return nil, wrong(err, "It cannot be read as WARC.")
	}
	defer func() { _ = file.Close() }()
	total := 0
	how := map[string]Document{} // by address: what metadata says of a document
	for n := 0; ; n++ {
		rec, err := file.Next()
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		switch {
		case in.left <= 0:
			return nil, fault.New(fault.TooLarge, "This file has more than %d MiB.", 2*MostBody>>20)
		case n >= MostRecords:
			_ = rec.Close()
			return nil, fault.New(fault.TooLarge, "This file has more than %d records.", MostRecords)
		case err != nil:
			return nil, wrong(err, "Record %d cannot be read, or its hash is wrong.", n+1)
		}
		doc, is, err := one(rec, MostBody-total)
		if err == nil && is {
			total += len(doc.Body)
			out = append(out, doc)
		} else if err == nil && rec.WarcRecord.Type() == gowarc.Metadata {
			how[doc.Address] = doc
		}
		_ = rec.Close()
		if err != nil {
			if kind := fault.KindOf(err); kind == fault.TooLarge {
				return nil, err
			}
			return nil, wrong(err, "Record %d is not as it was written: %s.", n+1, err)
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "No document is in this file.").With("file", "It holds no document.")
	}
	for i := range out {
		if h, is := how[out[i].Address]; is && h.Final() == out[i].Address && h.Media != "" {
			out[i].Address, out[i].Redirects, out[i].Dropped = h.Media, h.Redirects,
				slices.Compact(slices.Sorted(slices.Values(append(out[i].Dropped, h.Dropped...))))
		}
	}
	return out, nil
}

func wrong(err error, format string, a ...any) error {
	e := fault.Wrap(fault.Invalid, err, format, a...)
	return e.With("file", e.Msg)
}

// one reads a record: a document, or what is said of one (then is is false, Address is that of the document, and Media
// the address that was asked for).
func one(rec gowarc.Record, most int) (d Document, is bool, err error) {
	if len(rec.Validation) > 0 {
		return d, false, &unlike{"its hash, its length or its head is wrong", rec.Validation[0]}
	}
	head := rec.WarcRecord.WarcHeader()
	if head.Get(gowarc.WarcBlockDigest) == "" {
		return d, false, errors.New("it has no hash")
	}
	raw, err := rec.WarcRecord.Block().RawBytes()
	if err != nil {
		return d, false, &unlike{"it breaks off", err}
	}
	block, err := io.ReadAll(io.LimitReader(raw, int64(most)+1<<20))
	if err != nil {
		return d, false, &unlike{"it breaks off", err}
	}
	d.Address = head.Get(gowarc.WarcTargetURI)
	if d.Day, err = rec.WarcRecord.Date(); err != nil {
		return d, false, &unlike{"its day cannot be read", err}
	}
	switch rec.WarcRecord.Type() {
	case gowarc.Resource:
		d.Media, d.Body = head.Get(gowarc.ContentType), block
		if d.Address == "urn:claimbench:uploaded" {
			d.Address = ""
		}
	case gowarc.Response:
		if err := d.answer(block); err != nil {
			return d, false, err
		}
	case gowarc.Metadata:
		d.said(string(block))
		return d, false, nil
	default:
		return d, false, nil
	}
	if len(d.Body) > most {
		return d, false, fault.New(fault.TooLarge, "The documents of this file have more than %d MiB.", MostBody>>20)
	}
	return d, true, nil
}

// unlike says in our words how a record is not as it was written; what a module says of it is the cause, which people
// are not shown.
type unlike struct {
	words string
	cause error
}

func (u *unlike) Error() string { return u.words }
func (u *unlike) Unwrap() error { return u.cause }

// said reads how a document was come by.
func (d *Document) said(fields string) {
	for l := range strings.Lines(fields) {
		switch name, value, _ := strings.Cut(strings.TrimSpace(l), ": "); name {
		case "asked-for":
			d.Media = value
		case "led-to":
			d.Redirects = append(d.Redirects, value)
		case "dropped-header":
			d.Dropped = append(d.Dropped, value)
		}
	}
}

// checking are the options of reading: a wrong digest is an error, and a missing one is not made up.
func checking() []gowarc.WarcRecordOption {
	return []gowarc.WarcRecordOption{gowarc.WithStrictValidation(), gowarc.WithAddMissingDigest(false),
		gowarc.WithBufferMaxMemBytes(2*MostBody + 1)}
}

// unpacked gives the bytes of a file, of which each record may be a gzip member. They are unpacked here, within a
// bound, for gowarc lets a record grow on the disk.
func unpacked(r io.Reader) (*limited, error) {
	b := bufio.NewReader(r)
	if magic, err := b.Peek(2); err != nil || magic[0] != 0x1f || magic[1] != 0x8b {
		return &limited{r: b, left: 2 * MostBody}, nil // what is no WARC either is refused as such
	}
	z, err := gzip.NewReader(b)
	if err != nil {
		return nil, wrong(err, "It cannot be unpacked.")
	}
	return &limited{r: z, left: 2 * MostBody}, nil
}

// limited is a reader of so many bytes: one byte more ends it.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	return n, err
}
