package httpd

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
	"claimbench/internal/worth"
)

// triage is what may be done with a candidate, and where accepting and rejecting come back to.
func triage(cl claims.Claim, back string) view.Triage {
	url := claimURL(cl.ID)
	return view.Triage{Accept: url + "/accept", Reject: url + "/reject", Edit: url + "/edit",
		Split: url + "/edit?open=split#split", Merge: url + "/edit?open=merge#merge", Back: back, Version: cl.Version,
		Reasons: view.WhyNots()}
}

// showByWorth adds to a page of candidates what is known of those that are unseen, its keys, and where it goes on.
func showByWorth(p *view.Queue, q desk.Queue) {
	p.What, p.One, p.Guess = "Candidate", "candidate", guess(q.Worth)
	if len(p.Guess) > 0 && (q.Filter.Narrow() || len(q.Filter.Langs) > 0) {
		p.Guess[0] = "Of all candidates, whatever the filter: " + lowered(p.Guess[0])
	}
	for i := range p.Rows {
		p.Rows[i].Evidence = ""
	}
}

// guess says what is known of the candidates that wait.
func guess(p *claims.ByWorth) (out []string) {
	if p.Waiting == 0 {
		return nil
	}
	left := fmt.Sprintf("How many of the %s that wait are worth a check is not known yet: %d of %d drawn by lot are "+
		"decided.", grouped(p.Waiting), p.Left.Draws, worth.LeastDraws)
	if p.Left.Known() {
		left = fmt.Sprintf("About %s of the %s that wait are worth a check (%s to %s). Estimated from %d drawn by "+
			"lot; the bounds hold in 95 of 100 collections.", grouped(p.Left.Likely), grouped(p.Waiting),
			grouped(p.Left.Low), grouped(p.Left.High), p.Left.Draws)
	}
	switch {
	case p.Left.Enough(p.Found):
		return []string{left, "At least 95 of 100 of what is worth a check are found. You can stop; what you leave " +
			"stays here."}
	case p.Soon == 0:
		return []string{left}
	case p.SoonFound < 1:
		return []string{left, fmt.Sprintf("Of the next %d candidates, you are likely to accept less than one. You "+
			"can stop; what you leave stays here.", p.Soon)}
	}
	return []string{left, fmt.Sprintf("Of the next %d candidates, you are likely to accept about %.0f.", p.Soon,
		p.SoonFound)}
}

// lowered is a sentence that goes on in another one.
func lowered(s string) string {
	for _, r := range s {
		return strings.ToLower(string(r)) + s[utf8.RuneLen(r):]
	}
	return s
}

// showTriage offers to accept or reject the candidate looked at. Both go on to the next one, and at the end to the
// beginning of a new order.
func showTriage(p *view.Queue, q desk.Queue) {
	next := p.Next
	if next == "" {
		next = withQuery(under(q.In(), "queue"), "tab", string(review.TabCandidates))
	}
	here, cl := p.Rows[q.At].URL, q.Preview.Claim
	t := triage(cl, next)
	t.Swap, t.Here = true, here
	back := []string{"back", next, "here", here}
	t.Split, t.Merge = withQuery(claimURL(cl.ID)+"/edit", append(back, "open", "split")...)+"#split",
		withQuery(claimURL(cl.ID)+"/edit", append(back, "open", "merge")...)+"#merge"
	t.Edit = withQuery(claimURL(cl.ID)+"/edit", back...)
	t.Words = &view.TriageWords{Action: claimURL(cl.ID) + "/edit", WordsVersion: cl.WordsVersion,
		Revision:  int64(cl.RevisionID),
		Statement: cl.Statement, Attribution: attributionOf(cl), Hedge: strings.Join(cl.Hedge, "; "),
		Kind: view.Options(claims.Kinds, cl.Kind), Lang: cl.Lang, Dir: cl.Dir, Span: cl.Span,
		Stretches: writeSpans(cl.More), Lacks: p.Claim.Lacks, Back: next, Here: here}
	restoreWords(t.Words, cl, q.Preview.Typed[claims.EditForm])
	p.Triage = &t
}

// candidateAgain is the tab of the candidates that an act was sent from, at that candidate, or with the word that
// it has gone from there; nil when the address is none of that tab.
func (s *Server) candidateAgain(c echo.Context, here string, n claims.ID) *view.Queue {
	at, ok := open(c, (*view.Queue)(nil).Work(), here)
	if !ok {
		return nil
	}
	q, err := s.queueSeen(at)
	if err != nil {
		return nil
	}
	p := s.queuePage(at, q)
	if q.Gone != n && (p.Triage == nil || q.Preview.Claim.ID != n) {
		return nil
	}
	return p
}
