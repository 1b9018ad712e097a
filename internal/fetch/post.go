package fetch

import (
	"bytes"
	"context"
	"net/http"

	"claimbench/internal/fault"
)

// Sent is what is sent to a service that an admin named.
type Sent struct {
	Address string
	Contact string // of whoever runs the program; "" it is not told
	Media   string // of Body
	Accept  string // what is to come
	Body    []byte
	Most    int64 // bytes of the answer
}

// Post sends something to a service, and gives its answer. It is dialled by the same guard as a page, in its turn and
// within the same time; robots.txt is for who reads pages, and is not asked. A service that leads elsewhere is refused:
// it was this one that the admin named. Errors are as those of Get.
func (c *Client) Post(ctx context.Context, s Sent) (page Page, err error) {
	at, err := c.allowed(s.Address)
	if err != nil {
		return page, err
	}
	page.Address, page.Final, page.Day = s.Address, at.url.String(), c.o.Now().UTC()
	if err := c.turns.wait(ctx, at.site); err != nil {
		return page, err
	}
	ctx, stop := context.WithTimeout(ctx, c.o.Time)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, at.url.String(), bytes.NewReader(s.Body))
	if err != nil {
		return page, err
	}
	req.Header.Set("User-Agent", c.identity(s.Contact))
	req.Header.Set("Content-Type", s.Media)
	req.Header.Set("Accept", s.Accept)
	res, err := c.wire.RoundTrip(req)
	if err != nil {
		return page, c.failure(ctx, at, err)
	}
	defer func() { _ = res.Body.Close() }()
	page.Status, page.Media = res.StatusCode, res.Header.Get("Content-Type")
	if err := c.served(at, res); err != nil {
		return page, err
	}
	page.Body, err = c.read(ctx, at, res, s.Most)
	return page, err
}

// served says in words why an answer is none.
func (c *Client) served(at place, res *http.Response) error {
	host, status := at.url.Host, res.StatusCode
	switch {
	case status == http.StatusOK:
		return nil
	case isRedirect(status):
		return fault.New(fault.Invalid, "%s leads elsewhere. Name the address to which it leads.", host)
	case status == http.StatusTooManyRequests || status >= 500 || status == http.StatusRequestTimeout:
		after := c.retryAfter(res)
		c.turns.leaveAlone(at.site, after)
		return later(after, fault.New(fault.Unavailable, "%s cannot answer now (it says %d).", host, status))
	}
	return fault.New(fault.Invalid, "%s answers %d.", host, status)
}
