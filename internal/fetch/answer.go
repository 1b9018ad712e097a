package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"claimbench/internal/fault"
)

// Secrets are the headers that are never kept: they say who asked, not what was answered.
var secrets = []string{"Cookie", "Set-Cookie", "Set-Cookie2", "Authorization", "Proxy-Authorization"}

// IsSecret says whether a header of this name is never kept.
func IsSecret(name string) bool {
	return slices.ContainsFunc(secrets, func(s string) bool { return strings.EqualFold(s, name) })
}

// take makes the page of an answer that is no redirect.
func (c *Client) take(ctx context.Context, at place, ask Ask, res *http.Response, page *Page) error {
	page.Status = res.StatusCode
	page.Media, page.ETag, page.Modified = res.Header.Get("Content-Type"), res.Header.Get("ETag"),
		res.Header.Get("Last-Modified")
	if res.StatusCode == http.StatusNotModified && (ask.ETag != "" || ask.Modified != "") {
		page.Unchanged = true
		return nil
	}
	if err := c.judge(at, res); err != nil {
		return err
	}
	for name, values := range res.Header {
		if IsSecret(name) {
			page.Dropped = append(page.Dropped, name)
			continue
		}
		for _, v := range values {
			page.Header = append(page.Header, Field{name, v})
		}
	}
	slices.Sort(page.Dropped)
	slices.SortStableFunc(page.Header, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	body, err := c.read(ctx, at, res, MostBody)
	page.Body = body
	return err
}

// judge says in words why an answer is no page.
func (c *Client) judge(at place, res *http.Response) error {
	host, status := at.url.Host, res.StatusCode
	switch {
	case status == http.StatusOK || status == http.StatusNonAuthoritativeInfo:
		return nil
	case status == http.StatusNotFound || status == http.StatusGone:
		return fault.New(fault.NotFound, "The page is gone: %s answers %d.", host, status)
	case status == http.StatusUnauthorized || status == http.StatusPaymentRequired:
		return fault.New(fault.Invalid, "%s shows this page to people who have signed in (it answers %d). Save it "+
			"from your browser, and upload the file.", host, status)
	case status == http.StatusForbidden || status == http.StatusUnavailableForLegalReasons:
		return fault.New(fault.Invalid, "%s does not give this page to programs (it answers %d). Save it from your "+
			"browser, and upload the file.", host, status)
	case status == http.StatusTooManyRequests || status >= 500 || status == http.StatusRequestTimeout:
		after := c.retryAfter(res)
		c.turns.leaveAlone(at.site, after)
		return later(after, fault.New(fault.Unavailable, "%s cannot answer now (it says %d).", host, status))
	}
	return fault.New(fault.Invalid, "%s answers %d, which is no page.", host, status)
}

// read reads a body, unpacked, of at most so many bytes. What does not fit is refused when one byte more is there.
func (c *Client) read(ctx context.Context, at place, res *http.Response, most int64) ([]byte, error) {
	if packed := res.Header.Get("Content-Encoding"); packed != "" && !strings.EqualFold(packed, "identity") {
		return nil, fault.New(fault.Invalid, "%s sends the page packed as “%.40s”, which was not asked for.",
			at.url.Host, packed)
	}
	var pieces [][]byte
	for n := int64(0); ; {
		piece := make([]byte, min(int64(pieceSize), most+1-n))
		k, err := fill(res.Body, piece)
		if n += int64(k); n > most {
			return nil, fault.New(fault.TooLarge, "%s sends more than %d MiB for this page; that much is not taken. "+
				"Take what you need out of it, and upload that.", at.url.Host, most>>20)
		}
		pieces = append(pieces, piece[:k])
		switch {
		case errors.Is(err, io.EOF):
			return slices.Concat(pieces...), nil
		case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
			return nil, fault.Wrap(fault.Unavailable, err, "%s broke off in the middle of the page.", at.url.Host)
		case err != nil:
			return nil, c.failure(ctx, at, err)
		}
	}
}

// fill reads until a piece is full or an error ends the body. io.ReadFull would call the end of a body by the name that
// a body has which broke off.
func fill(r io.Reader, piece []byte) (n int, err error) {
	for n < len(piece) && err == nil {
		var k int
		k, err = r.Read(piece[n:])
		n += k
	}
	return n, err
}

// pieceSize is how much of a body is read at once: memory grows as bytes come, whatever the headers promise.
const pieceSize = 256 << 10

// isLongHeader knows net/http's words for headers above the limit: it has no error of its own for them.
func isLongHeader(err error) bool {
	return strings.Contains(err.Error(), "server response headers exceeded") ||
		strings.Contains(err.Error(), "header list larger than")
}

const longestWait = 24 * time.Hour

// retryAfter is how long a site wants to be left alone: seconds or a moment, at most a day; 0 when it does not say.
func (c *Client) retryAfter(res *http.Response) time.Duration {
	said := res.Header.Get("Retry-After")
	var d time.Duration
	if n, err := strconv.ParseInt(said, 10, 64); err == nil {
		if d = longestWait; n < int64(longestWait/time.Second) {
			d = time.Duration(n) * time.Second
		}
	} else if at, err := http.ParseTime(said); err == nil {
		d = at.Sub(c.o.Now())
	}
	return min(max(d, 0), longestWait)
}

// laterError is one that asking again may mend.
type laterError struct {
	error
	after time.Duration
}

func (e *laterError) Unwrap() error { return e.error }

func later(after time.Duration, err error) error { return &laterError{err, after} }

// After says of an error of Get how long the site is to be left alone at least; 0 when it did not say.
func After(err error) time.Duration {
	var e *laterError
	if errors.As(err, &e) {
		return e.after
	}
	return 0
}

// start reads the beginning of a body; what stands after it is left.
func (c *Client) start(ctx context.Context, at place, res *http.Response, most int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(res.Body, most))
	if err != nil {
		return nil, c.failure(ctx, at, err)
	}
	return raw, nil
}
