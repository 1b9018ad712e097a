package httpd

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// tabWords says how the queue's tabs are sorted, and what an empty one means.
var tabWords = map[review.Tab]struct{ order, so, next string }{
	review.TabCandidates: {"all articles, most worth first", "No candidate waits.",
		"Candidates come from articles: open one, and let the machine propose them."},
	review.TabTurn: {"longest wait first", "Your queue is clear.",
		"New claims come from articles: accept candidates, or make a claim by hand."},
	review.TabWaiting: {"longest wait first", "Nothing waits on others.",
		"Claims you have reviewed stand here until their round closes."},
	review.TabConflict: {"longest wait first", "No claim is in conflict.",
		"When reviewers disagree, an editor who did not review decides."},
	review.TabApprove: {"longest wait first", "Nothing waits for approval.",
		"Decided claims stand here until a second pair of eyes has seen them."},
	review.TabDone: {"in the order they were opened", "No claim is approved yet.",
		"Approved claims can go into a claim set."},
}

var whyIcons = map[review.Why]string{
	review.WhyMoved: "anchor", review.WhyNew: "new", review.WhyReopened: "back", review.WhyEvidenceChanged: "changed",
	review.WhyWordsChanged: "pen", review.WhyWaiting: "second", review.WhyInConflict: "second",
	review.WhyDecided: "flag", review.WhyApproved: "seal", review.WhyWorth: "new", review.WhyLiked: "new",
	review.WhyUnliked: "minus", review.WhyByLot: "changed",
}

// queue is the list of work with the claim looked at and the review being written.
func (s *Server) queue(c echo.Context) error {
	q, err := s.queueSeen(c)
	if err != nil {
		return err
	}
	return s.either(c, func() view.Page { return s.queuePage(c, q) }, func() desk.Answer { return q.JSON() })
}

// queueSeen is what the address asks of the queue.
func (s *Server) queueSeen(c echo.Context) (q desk.Queue, err error) {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return q, err
	}
	ask := desk.QueueAsk{Collection: n, Tab: review.Tab(c.QueryParam("tab")), ListOnly: c.QueryParam("list") != ""}
	if err := queuePlace(c, &ask); err != nil {
		return q, err
	}
	if ask.Claim, err = queryID[claims.ID](c, "claim"); err != nil {
		return q, err
	}
	return s.desk.Queue(c.Request().Context(), actorOf(c), ask)
}

// queuePlace reads where a page begins: after a claim; of candidates, after a place in an order.
func queuePlace(c echo.Context, ask *desk.QueueAsk) (err error) {
	if ask.Tab == review.TabCandidates {
		ask.Order, ask.Place = c.QueryParam("order"), c.QueryParam("after")
		return nil
	}
	if c.QueryParam("order") != "" {
		return fault.New(fault.Invalid, "Only the candidates have an “order” in their address. Leave it out.").
			With("order", "Leave it out.")
	}
	ask.After, err = queryID[claims.ID](c, "after")
	return err
}

func (s *Server) queuePage(c echo.Context, q desk.Queue) *view.Queue {
	words, here, at := tabWords[q.Tab], under(q.In(), "queue"), queueStart{c.QueryParam("after"), c.QueryParam("back")}
	p := &view.Queue{Shell: s.framed(c, fmt.Sprintf("%s (%s)", view.Phrase(q.Tab.Word()), capped(q.Counts[q.Tab],
		review.QueueCap)), "Queue", q.Frame), Heading: view.Phrase(q.Tab.Word()), Order: words.order,
		What: "Claim", One: "claim"}
	p.Fixed, p.TallyName = true, "Queues"
	for _, t := range q.Tabs {
		p.Tally = append(p.Tally, view.Tally{URL: withQuery(here, "tab", string(t)), Word: view.Phrase(t.Word()),
			Count: capped(q.Counts[t], review.QueueCap), Here: t == q.Tab})
	}
	p.Empty = &view.Empty{So: words.so, Next: words.next, URL: under(q.In(), "articles"), Act: "Read an article"}
	if q.Candidates > 0 {
		p.Empty.Next = capped(q.Candidates, claims.CountCap) + " candidates wait in the articles. " +
			"Accept those that are worth a check; then they stand here."
		p.Empty.URL, p.Empty.Act = withQuery(here, "tab", string(review.TabCandidates)), "Look at the candidates"
	}
	for _, e := range q.Entries {
		p.Rows = append(p.Rows, queueRow(q, e, at.url(q, "claim", itoa(e.Claim.ID))))
	}
	if q.Next != 0 {
		p.More = at.next(q, itoa(q.Next)).url(q)
	}
	p.ListOnly = at.url(q, "list", "1")
	if q.Worth != nil {
		showByWorth(p, q)
		if q.Worth.More {
			p.More = at.next(q, q.Worth.Next.String()).url(q)
		}
	}
	p.Prev = at.before(q)
	if q.At >= 0 {
		showPreview(p, q, actorOf(c).UserID)
	}
	return p
}

func queueRow(q desk.Queue, e review.Entry, url string) view.QueueRow {
	row := view.QueueRow{
		ID: int64(e.Claim.ID), URL: url, Why: view.Phrase(review.Whys.Word(e.Why)), WhyIcon: whyIcons[e.Why],
		WhyNote: e.Detail, Waiting: waited(e.Since, q.Now), Verdict: view.VerdictOf(e.Claim.State, e.Claim.Verdict),
		Words: foreign(e.Claim.Statement, e.Claim.Lang, e.Claim.Dir), Gloss: glossOf(e.Claim),
		Source: sourceName(q.Sources[e.Claim.ArticleID]), Evidence: stances(e.Evidence),
	}
	if row.WhyNote == "" && e.Claim.CheckWorthy > 0 && !e.Claim.ByHand {
		row.WhyNote = fmt.Sprintf("worth a check: %d of 100", e.Claim.CheckWorthy)
	}
	if e.Mine != nil {
		row.Mine = view.Verdict(e.Mine.Verdict)
	}
	return row
}

// showPreview adds the claim looked at, its evidence, and the review of whoever may review it.
func showPreview(p *view.Queue, q desk.Queue, me auth.UserID) {
	at, seen := q.At, q.Preview
	p.Rows[at].Here = true
	p.Position = fmt.Sprintf("%d of %s", q.Before+at+1, capped(q.Counts[q.Tab], review.QueueCap))
	p.PrevInto, p.NextInto = "#view", "#view" // another page of the list
	if at > 0 {
		p.Prev, p.PrevInto = p.Rows[at-1].URL, "#work"
	}
	if p.Next = p.More; at+1 < len(p.Rows) {
		p.Next, p.NextInto = p.Rows[at+1].URL, "#work"
	}
	shown := showHead(seen.Head)
	p.Claim, p.EvNote = &shown, evidenceNote(seen.Evidence)
	p.Evidence = showEvidence(seen.Evidence, seen.Names, seen.Acts.Has(desk.Link))
	inPlace(p.Evidence, seen.Evidence, me, p.Rows[at].URL)
	if seen.Acts.Has(desk.Link) {
		p.FindURL = shown.URL + "/evidence"
		p.Suggest = passagesLater(seen.Claim.ID, p.Rows[at].URL)
	}
	if seen.Review {
		p.Review = reviewForm(seen.Deciding, p.Evidence, me)
		p.Review.Next, p.Review.Here = p.Next, p.Rows[at].URL
		if p.Next == "" {
			p.Review.Next = withQuery(under(q.In(), "queue"), "tab", string(q.Tab))
		}
		return
	}
	if seen.Next == desk.NextAccept && seen.Acts.Has(desk.Accept) {
		showTriage(p, q)
		return
	}
	p.ToMe = showToMe(seen.Reviewing, p.Rows[at].URL)
	p.Actions = actions(seen.Head, seen.Reviewing.Mine != nil)
	p.Why = nextWords[seen.Next].others
	if len(p.Actions) > 0 && nextWords[seen.Next].yours != "" {
		p.Why = nextWords[seen.Next].yours
	}
}

// inPlace lets items be unlinked in the page's #work, which is of the address here, and marks those that I linked.
func inPlace(items []view.Evidence, of []evidence.Shown, me auth.UserID, here string) {
	for i := range items {
		items[i].InPlace, items[i].Back, items[i].Mine = true, here, of[i].LinkedBy == me
	}
}

// nextWords say what happens to a claim that this person does not review now; yours when they may take the next step.
var nextWords = map[desk.Next]struct{ others, yours string }{
	desk.NextSettle: {"Its article has a newer text, in which its words do not stand as they were. Settle that " +
		"first, " +
		"for a review is of the words.", ""},
	desk.NextReview: {"Reviewers are at work on it. What they say is hidden until the round closes.", ""},
	desk.NextAdjudicate: {"The reviewers disagree. An editor who did not review it decides.",
		"The reviewers disagree. You decide, unless you reviewed it yourself."},
	desk.NextApprove: {"It is decided. An editor who did not decide it approves it.",
		"It is decided. Approve it, unless you adjudicated it or were its only reviewer."},
	desk.NextSet:    {"It is approved, and can go into a claim set.", ""},
	desk.NextAccept: {"It waits for somebody to accept or reject it.", ""},
	desk.NextNone:   {"Nothing more happens to it.", ""},
}
