package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"claimbench/internal/fault"
)

// Letter is what is sent to an address: a body of JSON, with headers of its own.
type Letter struct {
	Address string
	Contact string // of whoever runs the program; "" is left out
	Header  []Field
	Body    []byte
}

// Deliver posts a letter, through the same guard as Get. It follows no redirect: what was allowed is this address. The
// answer's body is not read but for what it takes to use the connection again, and robots.txt is not asked, for nothing
// is read from the site.
//
// Errors have words for people. fault.Invalid: it is never taken so. fault.NotFound: 410, the receiver is gone for
// good. fault.Unavailable: sending again later may help; After says when.
func (c *Client) Deliver(ctx context.Context, l Letter) error {
	at, err := c.allowed(l.Address)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, c.o.Time)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, at.url.String(), bytes.NewReader(l.Body))
	if err != nil {
		return err
	}
	req.Header.Set("User-Agent", c.sender(l.Contact))
	req.Header.Set("Content-Type", "application/json")
	for _, h := range l.Header {
		req.Header.Set(h.Name, h.Value)
	}
	res, err := c.wire.RoundTrip(req)
	if err != nil {
		return c.failure(ctx, at, err)
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.CopyN(io.Discard, res.Body, mostReceipt); err != nil && !errors.Is(err, io.EOF) &&
		res.StatusCode/100 != 2 {
		return c.failure(ctx, at, err)
	}
	return c.taken(at, res)
}

// mostReceipt is how much of an answer to a letter is read, in bytes.
const mostReceipt = 4 << 10

func (c *Client) sender(contact string) string {
	if contact == "" {
		return "Claimbench/" + c.o.Version
	}
	return c.identity(contact)
}

// taken says whether a receiver took a letter.
func (c *Client) taken(at place, res *http.Response) error {
	host, status := at.url.Host, res.StatusCode
	switch {
	case status/100 == 2:
		return nil
	case status == http.StatusGone:
		return fault.New(fault.NotFound, "%s answers that it takes no more (410).", host)
	case isRedirect(status):
		return fault.New(fault.Invalid, "%s answers that it is elsewhere (%d). Give the address to which it leads.",
			host, status)
	case status == http.StatusTooManyRequests || status == http.StatusRequestTimeout || status >= 500:
		return later(c.retryAfter(res), fault.New(fault.Unavailable, "%s cannot take it now (it says %d).", host,
			status))
	}
	return fault.New(fault.Invalid, "%s does not take it (it answers %d).", host, status)
}
