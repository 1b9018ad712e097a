package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"claimbench/internal/fault"
)

// answer reads an HTTP answer as it stood on the wire, unpacks its body, and drops what says who asked. It is read here
// and not by net/http, which is for rooms that speak with others.
func (d *Document) answer(block []byte) error {
	r := textproto.NewReader(bufio.NewReader(bytes.NewReader(block)))
	first, err := r.ReadLine()
	if err != nil {
		return errors.New("it is no answer of a server")
	}
	words := strings.Fields(first)
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") {
		return errors.New("it is no answer of a server")
	}
	if d.Status, err = strconv.Atoi(words[1]); err != nil || d.Status < 100 || d.Status > 999 {
		return errors.New("it has no status")
	}
	head, err := r.ReadMIMEHeader()
	if err != nil && !(errors.Is(err, io.EOF) && len(head) > 0) {
		return errors.New("its headers cannot be read")
	}
	if d.Body, err = bodyOf(r.R, head); err != nil {
		return err
	}
	d.Media = head.Get("Content-Type")
	for name, values := range head {
		switch {
		case isSecret(name):
			d.Dropped = append(d.Dropped, name)
			continue
		case slices.Contains(ofWire, name):
			continue
		}
		for _, v := range values {
			d.Header = append(d.Header, Field{name, v})
		}
	}
	slices.SortStableFunc(d.Header, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	slices.Sort(d.Dropped)
	return nil
}

// ofWire are headers that say how a body came, and not what it is. A body is kept unpacked.
var ofWire = []string{"Content-Length", "Transfer-Encoding", "Content-Encoding"}

// bodyOf is the body of an answer, whole and unpacked.
func bodyOf(r *bufio.Reader, head textproto.MIMEHeader) ([]byte, error) {
	body := io.Reader(r)
	switch how := strings.ToLower(head.Get("Transfer-Encoding")); how {
	case "", "identity":
	case "chunked":
		whole, err := unchunked(r)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(whole)
	default:
		return nil, fmt.Errorf("its body came as “%.40s”, which is not read", how)
	}
	switch packed := strings.ToLower(head.Get("Content-Encoding")); packed {
	case "", "identity":
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(body)
		if err != nil {
			return nil, &unlike{"its body cannot be unpacked", err}
		}
		body = z
	default:
		return nil, fmt.Errorf("its body is packed as “%.40s”, which is not read", packed)
	}
	raw, err := io.ReadAll(io.LimitReader(body, MostBody+1))
	if err != nil {
		return nil, &unlike{"its body cannot be unpacked", err}
	}
	if len(raw) > MostBody {
		err = fault.New(fault.TooLarge, "A document of this file has more than %d MiB.", MostBody>>20)
	}
	return raw, err
}

// unchunked joins the pieces in which a body came.
func unchunked(r *bufio.Reader) (out []byte, err error) {
	broken := errors.New("the pieces of its body cannot be read")
	for {
		l, err := r.ReadString('\n')
		if err != nil {
			return nil, broken
		}
		size, _, _ := strings.Cut(strings.TrimSpace(l), ";")
		n, err := strconv.ParseUint(strings.TrimSpace(size), 16, 31)
		if err != nil || int(n) > r.Buffered()+2*MostBody {
			return nil, broken
		}
		if n == 0 {
			return out, nil
		}
		piece, err := io.ReadAll(io.LimitReader(r, int64(n)))
		if err != nil || len(piece) != int(n) {
			return nil, broken
		}
		out = append(out, piece...)
		if l, err = r.ReadString('\n'); err != nil || strings.TrimSpace(l) != "" {
			return nil, broken
		}
	}
}
