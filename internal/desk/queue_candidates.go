package desk

import (
	"fmt"
	"strconv"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/worth"
)

// candidateRows is how many candidates a page has at the most.
const candidateRows = 50

// candidates fills the queue with a page of the candidates of all articles, by worth.
func (l *look) candidates(q *Queue, ask QueueAsk) error {
	var order *worth.Order
	var place worth.Place
	if ask.ByWorth != "" {
		o, err := worth.ParseOrder(ask.ByWorth)
		if err != nil {
			return err
		}
		order = &o
	}
	if ask.Place != "" {
		if order == nil {
			return fault.New(fault.Invalid, "A page of candidates is named by “order” and “after” together. Give "+
				"both, or neither.").With("order", "Give the order that came with the page before.")
		}
		var err error
		if place, err = worth.ParsePlace(ask.Place); err != nil {
			return err
		}
	}
	only, err := review.CandidatesOnly(l.rx, l.actor.UserID, q.Filter)
	if err != nil {
		return err
	}
	p, err := claims.ByWorthOf(l.rx, claims.WorthAsk{Collection: ask.Collection, Only: only, Order: order, At: place,
		Now: q.Now, Limit: candidateRows})
	if err != nil {
		return err
	}
	q.Worth, q.Before, q.Fit = &p, place.Rows, min(p.Fit, review.QueueCap+1)
	for _, row := range p.Rows {
		e := review.Entry{Claim: row.Claim, Since: row.Claim.AddedAt}
		e.Why, e.Detail = whyCandidate(row)
		q.Entries = append(q.Entries, e)
	}
	list := make([]claims.Claim, len(p.Rows))
	for i, row := range p.Rows {
		list[i] = row.Claim
	}
	q.Made, err = l.madeBy(list)
	return err
}

// whyCandidate says why a candidate stands where it does.
func whyCandidate(row claims.Weighed) (review.Why, string) {
	switch w := row.Why; {
	case row.Claim.Withheld: // what it is liked for would tell of the words
		return review.WhyWorth, ""
	case row.ByLot:
		return review.WhyByLot, fmt.Sprintf("one row in %d, so that the list does not narrow", worth.OneIn)
	case w.Times > 0 && w.Liked:
		return review.WhyLiked, signsOf(w)
	case w.Times > 0:
		return review.WhyUnliked, signsOf(w)
	}
	detail := fmt.Sprintf("%d of 100", row.Claim.CheckWorthy)
	if len(row.Claim.Reasons) > 0 {
		detail += ": " + strings.Join(row.Claim.Reasons, ", ")
	}
	return review.WhyWorth, detail
}

func signsOf(w worth.Why) string {
	return fmt.Sprintf("%s: %d of %d", strings.Join(w.Signs, ", "), w.Times, w.Of)
}

// candidatesThen asks for the candidates of a moment that has been. In which order they were learnt to be worth a check
// then is not kept: they stand by what the rules found them worth, and go on after a claim.
func candidatesThen(f *review.QueueFilter, after string) error {
	f.Order, f.Listed = review.ByRank, true
	if after == "" {
		return nil
	}
	n, err := strconv.ParseInt(after, 10, 64)
	if err != nil || n <= 0 {
		return fault.New(fault.Invalid, "“%.20s” is no place in the candidates of a moment. Begin with the first page.",
			after).With("after", "Begin with the first page.")
	}
	f.After = claims.ID(n)
	return nil
}
