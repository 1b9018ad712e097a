package fetch

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"claimbench/internal/fault"
)

const (
	robotsFor  = 24 * time.Hour // RFC 9309, 2.4: no longer than that
	brokenFor  = time.Minute    // so long a site is not asked again that could not say its rules
	mostRobots = 500 << 10      // bytes that are read of one, as RFC 9309 asks for
	mostKept   = 1000
)

// robotsKept are the rules of sites, by origin.
type robotsKept struct {
	now func() time.Time
	mu  sync.Mutex
	of  map[string]keptRules
}

type keptRules struct {
	rules rules
	wrong error // why they could not be read: then nothing may be asked for
	until time.Time
}

func (k *robotsKept) get(origin string) (keptRules, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	r, ok := k.of[origin]
	return r, ok && r.until.After(k.now())
}

func (k *robotsKept) put(origin string, r keptRules) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil {
		k.of = map[string]keptRules{}
	}
	if _, is := k.of[origin]; !is && len(k.of) >= mostKept {
		first := ""
		for name, x := range k.of {
			if first == "" || x.until.Before(k.of[first].until) {
				first = name
			}
		}
		delete(k.of, first)
	}
	k.of[origin] = r
}

// mayRead asks a site's robots.txt about an address. It is fault.Invalid when that forbids it, and fault.Unavailable
// when it cannot be read: then RFC 9309 forbids everything until it can.
func (c *Client) mayRead(ctx context.Context, at place, ask Ask) error {
	kept, ok := c.rules.get(at.origin)
	if !ok {
		kept = c.askRobots(ctx, at, ask)
		if ctx.Err() == nil || kept.wrong == nil {
			c.rules.put(at.origin, kept)
		}
	}
	if kept.wrong != nil {
		return kept.wrong
	}
	c.turns.asks(at.site, kept.rules.delay)
	path := at.url.EscapedPath()
	if at.url.RawQuery != "" {
		path += "?" + at.url.RawQuery
	}
	if !kept.rules.allows(path) {
		return fault.New(fault.Invalid, "%s asks programs not to read this page (its robots.txt). Save it from your "+
			"browser, and upload the file.", at.url.Host)
	}
	return nil
}

// askRobots reads the robots.txt of an origin. Redirects are followed within the same limits as a page's.
func (c *Client) askRobots(ctx context.Context, from place, ask Ask) keptRules {
	refused := func(err error) keptRules {
		return keptRules{wrong: err, until: c.o.Now().Add(max(brokenFor, After(err)))}
	}
	all := keptRules{until: c.o.Now().Add(robotsFor)}
	at := from
	at.url = from.url.ResolveReference(&url.URL{Path: "/robots.txt"})
	var way []string
	for {
		res, err := c.send(ctx, at, Ask{Contact: ask.Contact})
		if err != nil {
			return refused(c.failure(ctx, at, err))
		}
		raw, next, err := c.robotsBody(ctx, at, res)
		_ = res.Body.Close()
		switch {
		case err != nil:
			return refused(err)
		case next == "":
			all.rules = parseRobots(raw)
			return all
		}
		if len(way) >= MostRedirects { // RFC 9309, 2.3.1.2: then it counts as one that is not there
			return all
		}
		if at, err = c.follow(at, next, nil); err != nil {
			return refused(err)
		}
		way = append(way, next)
	}
}

// robotsBody is what one answer says: rules, or where they are. No rules, where the site has none, are nil.
func (c *Client) robotsBody(ctx context.Context, at place, res *http.Response) (raw []byte, next string, err error) {
	switch status := res.StatusCode; {
	case isRedirect(status):
		return nil, res.Header.Get("Location"), nil
	case status == http.StatusTooManyRequests || status >= 500:
		after := c.retryAfter(res)
		c.turns.leaveAlone(at.site, after)
		return nil, "", later(after, fault.New(fault.Unavailable,
			"%s does not say now what programs may read (its robots.txt answers %d).", at.url.Host, status))
	case status >= 400:
		return nil, "", nil
	case status != http.StatusOK:
		return nil, "", later(0, fault.New(fault.Unavailable, "%s answers %d when it is asked for its robots.txt.",
			at.url.Host, status))
	}
	raw, err = c.start(ctx, at, res, mostRobots)
	return raw, "", err
}
