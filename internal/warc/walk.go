package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"claimbench/internal/fault"
)

// Record is one record of a WARC file, and where it stands in it.
type Record struct {
	Offset, Length int64 // of its gzip member, or of its bytes where it is not packed
	Type           string
	Target         string // the address of what is in it; "" none
	Day            string // RFC 3339
	ID             string
	Media          string // of the document
	Status         int    // of an HTTP answer; 0 it is none
	Digest         string // of the document, as the record says: "sha256:…"
	Secrets        []string
}

const (
	mostRecordHead = 1 << 20  // bytes of the head of a record, or of an answer in it
	mostRecord     = 16 << 30 // bytes of a record, which is never held in memory
)

// Walk goes through a WARC file of any size record by record, holds none of them, and computes every digest again. It
// is fault.Invalid when the file is none, was cut off, or when a record has no digest or a wrong one.
func Walk(r io.Reader, do func(Record) error) error {
	in := &counted{r: bufio.NewReaderSize(r, 64<<10)}
	magic, err := in.r.Peek(2)
	if err != nil {
		return wrong(err, "It holds no record.")
	}
	packed := magic[0] == 0x1f && magic[1] == 0x8b // what was peeked at is gone with the next read
	var z *gzip.Reader
	for n := 1; ; n++ {
		if _, err := in.r.Peek(1); errors.Is(err, io.EOF) {
			return nil
		}
		if n > 100*MostRecords {
			return fault.New(fault.TooLarge, "This file has more than %d records.", 100*MostRecords)
		}
		rec := Record{Offset: in.n}
		var body io.Reader = in
		if packed {
			if z == nil {
				z, err = gzip.NewReader(in)
			} else {
				err = z.Reset(in)
			}
			if err != nil {
				return wrong(err, "Record %d cannot be unpacked.", n)
			}
			z.Multistream(false)
			body = z
		}
		if err := rec.read(body); err != nil {
			return wrong(err, "Record %d is not as it was written: %s.", n, err)
		}
		if z != nil {
			if extra, err := io.Copy(io.Discard, io.LimitReader(z, 1)); err != nil || extra > 0 {
				return wrong(err, "Record %d is not packed alone, or its checksum is wrong.", n)
			}
		}
		rec.Length = in.n - rec.Offset
		if err := do(rec); err != nil {
			return err
		}
	}
}

// counted counts what is read of a file. It gives bytes one by one, so that the reader of gzip takes none too many.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// read reads a record whose bytes stand in body.
func (rec *Record) read(body io.Reader) error {
	line := lines{r: body, left: mostRecordHead}
	if first, err := line.next(); err != nil || !strings.HasPrefix(first, "WARC/1.") {
		return errors.New("it does not begin as a record does")
	}
	head, err := line.fields()
	if err != nil {
		return err
	}
	size, err := strconv.ParseInt(head.Get("Content-Length"), 10, 64)
	if err != nil || size < 0 || size > mostRecord {
		return errors.New("it does not say how long it is")
	}
	rec.Type, rec.Target, rec.Day = head.Get("Warc-Type"), head.Get("Warc-Target-Uri"), head.Get("Warc-Date")
	rec.ID, rec.Media = head.Get("Warc-Record-Id"), head.Get("Content-Type")
	block, err := digestOf(head.Get("Warc-Block-Digest"))
	if err != nil {
		return err
	}
	in := io.TeeReader(io.LimitReader(body, size), block)
	rec.Digest = block.said
	if rec.Type == "response" {
		if err := rec.answer(in, head.Get("Warc-Payload-Digest")); err != nil {
			return err
		}
	}
	if _, err := io.Copy(io.Discard, in); err != nil {
		return &unlike{"it cannot be unpacked", err}
	}
	if block.n != size {
		return &unlike{"it breaks off", io.ErrUnexpectedEOF}
	}
	if !block.right() {
		return errors.New("its hash is wrong")
	}
	end := make([]byte, 4)
	if _, err := io.ReadFull(body, end); err != nil || string(end) != "\r\n\r\n" {
		return errors.New("it does not end as a record does")
	}
	return nil
}

// answer reads the head of an HTTP answer, and compares the digest of its body where there is one.
func (rec *Record) answer(in io.Reader, payload string) error {
	line := lines{r: in, left: mostRecordHead}
	first, err := line.next()
	words := strings.Fields(first)
	if err != nil || len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") {
		return errors.New("it is no answer of a server")
	}
	if rec.Status, err = strconv.Atoi(words[1]); err != nil {
		return errors.New("it has no status")
	}
	head, err := line.fields()
	if err != nil {
		return err
	}
	rec.Media = head.Get("Content-Type")
	for name := range head {
		if isSecret(name) {
			rec.Secrets = append(rec.Secrets, name)
		}
	}
	slices.Sort(rec.Secrets)
	if payload == "" {
		return nil
	}
	d, err := digestOf(payload)
	if err != nil {
		return err
	}
	if _, err := io.Copy(d, in); err != nil {
		return &unlike{"it cannot be unpacked", err}
	}
	// Of a body that came in pieces or packed, programs differ in what they take the digest of.
	if whole := head.Get("Transfer-Encoding") == "" && head.Get("Content-Encoding") == ""; whole && !d.right() {
		return errors.New("the hash of its document is wrong")
	}
	rec.Digest = d.said
	return nil
}

// lines reads lines byte by byte, so that what stands behind them is not taken.
type lines struct {
	r    io.Reader
	left int
}

func (l *lines) next() (string, error) {
	var out []byte
	var b [1]byte
	for {
		if l.left--; l.left < 0 {
			return "", errors.New("its head is too long")
		}
		if _, err := io.ReadFull(l.r, b[:]); err != nil {
			return "", err
		}
		if b[0] == '\n' {
			return strings.TrimSuffix(string(out), "\r"), nil
		}
		out = append(out, b[0])
	}
}

// fields reads the fields of a head, to the empty line behind them.
func (l *lines) fields() (textproto.MIMEHeader, error) {
	out, last := textproto.MIMEHeader{}, ""
	for {
		s, err := l.next()
		if err != nil {
			return nil, errors.New("its head is cut off")
		}
		if s == "" {
			return out, nil
		}
		if (s[0] == ' ' || s[0] == '\t') && last != "" { // a field goes on
			all := out[last]
			all[len(all)-1] += " " + strings.TrimSpace(s)
			continue
		}
		name, value, _ := strings.Cut(s, ":")
		last = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
		out[last] = append(out[last], strings.TrimSpace(value))
	}
}

// digest hashes what is written to it, to compare that with what was said.
type digest struct {
	hash.Hash
	said string
	want []byte
	n    int64
}

func (d *digest) Write(p []byte) (int, error) {
	d.n += int64(len(p))
	return d.Hash.Write(p)
}

func (d *digest) right() bool { return bytes.Equal(d.Sum(nil), d.want) }

func digestOf(said string) (*digest, error) {
	if said == "" {
		return nil, errors.New("it has no hash")
	}
	d := &digest{said: said}
	name, value, _ := strings.Cut(said, ":")
	switch strings.ToLower(name) {
	case "sha256", "sha-256":
		d.Hash = sha256.New()
	case "sha1", "sha-1":
		d.Hash = sha1.New()
	default:
		return nil, fmt.Errorf("its hash is of a kind that is not known: %.20s", name)
	}
	var err error
	if d.want, err = hex.DecodeString(value); err != nil || len(d.want) != d.Size() {
		d.want, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(
			strings.TrimRight(strings.ToUpper(value), "="))
	}
	if err != nil || len(d.want) != d.Size() {
		return nil, errors.New("its hash cannot be read")
	}
	return d, nil
}
