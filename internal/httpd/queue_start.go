package httpd

import (
	"strings"

	"claimbench/internal/desk"
	"claimbench/internal/review"
)

// queueStart is where a page of the queue begins, and where those before it did, for the way back: of each where it
// began and the claim it ended with, the last first.
type queueStart struct{ after, back string }

// mostBack is how many pages the way back remembers.
const mostBack = 20

// url is the address of the page, with what else it is to have.
func (s queueStart) url(q desk.Queue, more ...string) string {
	params := append([]string{"tab", string(q.Tab), "after", s.after, "back", s.back}, queuePairs(q)...)
	if q.Worth != nil {
		params = append(params, "order", q.Worth.Order.String())
	}
	return withQuery(under(q.In(), "queue"), append(params, more...)...)
}

// next is where the page after this one begins.
func (s queueStart) next(q desk.Queue, after string) queueStart {
	if len(q.Entries) == 0 {
		return queueStart{after, s.back}
	}
	back := append([]string{s.after + "~" + itoa(q.Entries[len(q.Entries)-1].Claim.ID)}, strings.Split(s.back, ".")...)
	return queueStart{after, strings.TrimSuffix(strings.Join(back[:min(len(back), mostBack)], "."), ".")}
}

// before is the address of the page before this one, at its last claim; "" where none is known.
func (s queueStart) before(q desk.Queue) string {
	last, rest, _ := strings.Cut(s.back, ".")
	after, claim, ok := strings.Cut(last, "~")
	if !ok {
		return ""
	}
	return queueStart{after, rest}.url(q, "claim", claim)
}

// rowsBefore is how many rows stand on the pages before this one; below 0 where the way back does not go so far.
// Candidates know it by their place.
func (s queueStart) rowsBefore(q desk.Queue) int {
	if s.after == "" || q.Worth != nil {
		return 0
	}
	pages := strings.Count(s.back, "~")
	if pages == 0 || pages >= mostBack {
		return -1
	}
	return pages * review.QueuePage
}
