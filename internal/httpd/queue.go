package httpd

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// tabWords says what an empty tab of the queue means.
var tabWords = map[review.Tab]struct{ so, next string }{
	review.TabCandidates: {"No candidate waits.",
		"Candidates come from articles: open one, and let the machine propose them."},
	review.TabTurn: {"Your queue is clear.",
		"New claims come from articles: accept candidates, or make a claim by hand."},
	review.TabWaiting: {"Nothing waits on others.",
		"Claims you have reviewed stand here until their round closes."},
	review.TabSnoozed: {"You have snoozed nothing.",
		"A claim that you snooze stands here until the day you chose; others see it as before."},
	review.TabConflict: {"No claim is in conflict.",
		"When reviewers disagree, an editor who did not review decides."},
	review.TabApprove: {"Nothing waits for approval.",
		"Decided claims stand here until a second pair of eyes has seen them."},
	review.TabDone: {"No claim is approved yet.",
		"Approved claims can go into a claim set."},
}

var whyIcons = map[review.Why]string{
	review.WhyMoved: "anchor", review.WhyToReview: "new", review.WhySentBack: "back",
	review.WhyMentioned: "info", review.WhyEvidenceChanged: "changed",
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
	ask := desk.QueueAsk{QueueFilter: review.QueueFilter{Collection: n, Tab: review.Tab(c.QueryParam("tab"))},
		ListOnly: c.QueryParam("list") != "", Menu: c.QueryParam("menu") == "1"}
	if err := queueAsk(c, &ask); err != nil {
		return q, err
	}
	if ask.Claim, err = queryID[claims.ID](c, "claim"); err != nil {
		return q, err
	}
	return s.desk.Queue(c.Request().Context(), actorOf(c), ask)
}

func (s *Server) queuePage(c echo.Context, q desk.Queue) *view.Queue {
	at := queueStart{c.QueryParam("after"), c.QueryParam("back")}
	p := &view.Queue{Shell: s.framed(c, fmt.Sprintf("%s (%s)", view.Phrase(q.Tab.Word()), capped(q.Counts[q.Tab],
		review.QueueCap)), "Queue", q.Frame), Heading: view.Phrase(q.Tab.Word()), Order: orderOf(q),
		What: "Claim", One: "claim", Filter: queueFilter(q, c.QueryParam("menu") == "1")}
	p.Fixed, p.TallyName = true, "Queues"
	for _, t := range q.Tabs {
		p.Tally = append(p.Tally, tallyOf(q, t))
	}
	if q.Alarms >= 0 {
		p.Tally = append(p.Tally, alarmsTally(q))
	}
	p.Empty = emptyQueue(q)
	for _, e := range q.Entries {
		p.Rows = append(p.Rows, queueRow(q, e, at.url(q, "claim", itoa(e.Claim.ID))))
	}
	if q.Next != 0 {
		p.More = at.next(q, itoa(q.Next)).url(q)
	}
	p.ListOnly = at.url(q, "list", "1")
	if q.Writes && (q.Tab == review.TabCandidates || q.Tab == review.TabTurn) {
		p.Bulk = view.Bulk{BulkURL: under(q.In(), "batches"),
			BulkAll: withQuery(under(q.In(), "queue/batches"), append([]string{"tab", string(q.Tab)}, fits(q)...)...)}
		if q.Tab == review.TabTurn && q.May.Take {
			p.Many = append(p.Many, view.Option{Value: string(claims.BatchGive), Word: "Give"})
		}
		if q.Tab == review.TabTurn && q.May.Snooze {
			p.Many = append(p.Many, view.Option{Value: string(claims.BatchSnooze), Word: "Snooze"})
		}
	}
	if q.Worth != nil {
		showByWorth(p, q)
		if q.Worth.More {
			p.More = at.next(q, q.Worth.Next.String()).url(q)
		}
	}
	p.Prev = at.before(q)
	if q.Gone != 0 {
		p.Gone = "Claim " + itoa(q.Gone) + " is not on this page of the list any more."
		p.Empty = &view.Empty{So: p.Gone, Next: "It may have gone on, or somebody else took the step.",
			URL: claimURL(q.Gone), Act: "Open claim " + itoa(q.Gone)}
		if len(p.Rows) > 0 {
			p.Next, p.NextInto = p.Rows[0].URL, "#work"
		}
	}
	if q.At >= 0 {
		showPreview(p, q, actorOf(c).UserID, at.rowsBefore(q))
		p.Checked = s.checkedLater(c, q.Preview.Claim, p.Rows[q.At].URL)
		p.Offers = showOffers(q.Preview.Claim, q.Preview.Offers, q.Names, p.Rows[q.At].URL)
	}
	key := s.keywording(c)
	key.rows(p.Rows)
	key.claim(p.Claim)
	key.evidence(p.Evidence)
	if p.Decide != nil {
		key.used(p.Decide.Evidence)
	}
	return p
}

// fits are the conditions of a tab of the queue, without its order.
func fits(q desk.Queue) []string {
	pairs := queuePairs(q)
	return pairs[:len(pairs)-2]
}

// laterBy is until when claims are put off together, in days from now.
var laterBy = []view.Option{{Value: "1", Word: "until tomorrow"}, {Value: "3", Word: "for three days"},
	{Value: "7", Word: "for a week"}, {Value: "30", Word: "for a month"}}

// orderOf says how a tab is sorted, and how many rows the filter leaves.
func orderOf(q desk.Queue) string {
	if q.Tab == review.TabCandidates {
		if q.Filter.Narrow() {
			return capped(q.Fit, review.QueueCap) + " fit, most worth first"
		}
		return "all articles, most worth first"
	}
	order := q.Filter.Order
	if order == "" {
		order = review.ByWait
	}
	if q.Filter.Narrow() {
		return fmt.Sprintf("%s fit, %s", capped(q.Fit, review.QueueCap), review.Orders.Word(order))
	}
	return review.Orders.Word(order)
}

// tallyOf is a tab with what it holds: how many, and since when the first waits. In other tabs the languages that were
// chosen stay; other conditions are of one tab.
func tallyOf(q desk.Queue, t review.Tab) view.Tally {
	out := view.Tally{URL: withQuery(under(q.In(), "queue"), "tab", string(t), "lang", langParam(q)),
		Word: view.Phrase(t.Word()), Count: capped(q.Counts[t], review.QueueCap), Here: t == q.Tab}
	if since := q.Oldest[t]; since != 0 && t != review.TabDone {
		out.Wait = waited(since, q.Now)
	}
	if t == review.TabDone {
		if all, whole := q.All(); whole {
			out.Of = grouped(all)
		} else {
			out.Of = capped(review.QueueCap+1, review.QueueCap)
		}
	}
	return out
}

// emptyQueue says of a tab without rows why it has none, and what to do next.
func emptyQueue(q desk.Queue) *view.Empty {
	here, words := under(q.In(), "queue"), tabWords[q.Tab]
	out := &view.Empty{So: words.so, Next: words.next, URL: under(q.In(), "articles"), Act: "Read an article"}
	candidates := withQuery(here, "tab", string(review.TabCandidates))
	switch {
	case q.Worth != nil && q.Worth.More:
		out.So = "None of those that come next fits these conditions."
		out.Next = "Many wait; a page looks through some thousands of them."
		out.URL, out.Act = queueStart{q.Worth.Next.String(), ""}.url(q), "Look further"
	case q.Filter.Narrow():
		out.So, out.Next = "No claim fits these conditions.", "Take a condition away."
		out.URL, out.Act = withQuery(here, "tab", string(q.Tab), "lang", langParam(q)), "Show all of this tab"
	case len(q.Filter.Langs) > 0:
		out.So = "Nothing stands here in " + langsSaid(q.Filter.Langs) + "."
		out.URL, out.Act = withQuery(here, "tab", string(q.Tab), "lang", allIf(q.Reads > 0)), "Look at all languages"
		out.Next = "In other languages there may be more."
	case q.Tab == review.TabTurn && q.Counts[review.TabCandidates] > 0:
		out.Next = capped(q.Counts[review.TabCandidates], review.QueueCap) + " candidates wait in the articles. " +
			"Accept those that are worth a check; then they stand here."
		out.URL, out.Act = candidates, "Look at the candidates"
	case q.Tab == review.TabDone && q.Counts[review.TabApprove] > 0:
		out.Next = many(q.Counts[review.TabApprove], "claim is", "claims are") + " decided and ready to approve."
		out.URL, out.Act = withQuery(here, "tab", string(review.TabApprove)), "Look at them"
	case q.Tab == review.TabConflict || q.Tab == review.TabApprove || q.Tab == review.TabWaiting ||
		q.Tab == review.TabSnoozed:
		first := q.Tabs[slices.IndexFunc(q.Tabs, func(t review.Tab) bool { return t != review.TabCandidates })]
		if first == q.Tab {
			break
		}
		out.URL, out.Act = withQuery(here, "tab", string(first)), "Go to “"+first.Word()+"”"
	}
	return out
}

func queueRow(q desk.Queue, e review.Entry, url string) view.QueueRow {
	row := view.QueueRow{
		ID: int64(e.Claim.ID), URL: url, Why: view.Phrase(review.Whys.Word(e.Why)), WhyIcon: whyIcons[e.Why],
		WhyNote: e.Detail, Waiting: waited(e.Since, q.Now), Verdict: view.VerdictOf(e.Claim.State, e.Claim.Verdict),
		Words: statementOf(e.Claim), Gloss: glossOf(e.Claim),
		Source: sourceName(q.Sources[e.Claim.ArticleID]), Evidence: stances(e.Evidence),
		Machine: writtenBy(q.Made[e.Claim.ID], q.Names), Said: saidBy(q.Made[e.Claim.ID], q.Names),
	}
	if e.Until != 0 {
		row.WhyNote, row.Waiting = strings.TrimSpace("until "+day(e.Until)+". "+row.WhyNote), ""
	}
	if e.Claim.Priority != claims.Usual {
		row.Priority = e.Claim.Priority.Word()
	}
	row.Given = givenTo(q, e.Given)
	if e.Mine != nil {
		row.Mine = view.Verdict(e.Mine.Verdict)
	}
	return row
}

// givenTo says to whom a claim was given.
func givenTo(q desk.Queue, all []auth.UserID) string {
	var out []string
	for _, u := range all {
		if u == q.Me {
			out = slices.Insert(out, 0, "you")
		} else {
			out = append(out, q.Names.Of(u))
		}
	}
	return strings.Join(out, ", ")
}

// turnsOf is what may be done about whose turn the claim looked at is.
func turnsOf(q desk.Queue, back string) *view.Turns {
	e := q.Entries[q.At]
	if claims.Prioritisable(e.Claim) != nil {
		return nil
	}
	t := &view.Turns{ID: int64(e.Claim.ID), Back: back, Mine: slices.Contains(e.Given, q.Me),
		Given: givenTo(q, e.Given)}
	if q.May.Take {
		t.Assign = under(q.In(), "assignments")
	}
	if q.May.Give {
		t.Others, t.Everybody = under(q.In(), "assignments"), under(q.In(), "assignments")
		for _, u := range q.People {
			switch {
			case slices.Contains(e.Given, u):
				t.Holders = append(t.Holders, view.Option{Value: itoa(u), Word: q.Names.Of(u)})
			case u != q.Me:
				t.People = append(t.People, view.Option{Value: itoa(u), Word: q.Names.Of(u)})
			}
		}
		t.Named = !q.Whole
	}
	if q.May.Snooze {
		t.Snooze = under(q.In(), "snoozes")
	}
	if e.Until != 0 {
		t.Until = day(e.Until)
	}
	if q.Preview.Acts.Has(desk.Comment) {
		t.Comment = claimURL(e.Claim.ID) + "#comment"
	}
	if q.May.Prioritise {
		t.Prioritise = claimURL(e.Claim.ID) + "/priority"
		for _, p := range claims.Priorities {
			t.Priority = append(t.Priority, view.Option{Value: itoa(int(p.Priority)), Word: p.Word,
				Chosen: p.Priority == e.Claim.Priority})
		}
	}
	return t
}

// showPreview adds the claim looked at, its evidence, and the review of whoever may review it.
func showPreview(p *view.Queue, q desk.Queue, me auth.UserID, begins int) {
	at, seen := q.At, q.Preview
	p.Rows[at].Here = true
	if before := q.Before + begins; before >= 0 {
		p.Position = fmt.Sprintf("%d of %s", before+at+1, capped(q.Fit, review.QueueCap))
	}
	p.PrevInto, p.NextInto = "#view", "#view" // another page of the list
	if at > 0 {
		p.Prev, p.PrevInto = p.Rows[at-1].URL, "#work"
	}
	if p.Next = p.More; at+1 < len(p.Rows) {
		p.Next, p.NextInto = p.Rows[at+1].URL, "#work"
	}
	if p.Turns = turnsOf(q, p.Rows[at].URL); p.Turns != nil {
		p.Turns.Onward = cmp.Or(p.Next, p.Prev, withQuery(under(q.In(), "queue"), "tab", string(q.Tab)))
	}
	shown := showHead(seen.Head)
	shown.Mine = ownVerdict(seen.Reviewing)
	p.Claim, p.EvNote = &shown, evidenceNote(seen.Evidence)
	p.Evidence = showEvidence(seen.Evidence, seen.Names, seen.Acts.Has(desk.Link))
	inPlace(p.Evidence, seen.Evidence, me, p.Rows[at].URL)
	if seen.Acts.Has(desk.Link) {
		p.Find = findEvidence(seen.Claim.ID, p.Rows[at].URL)
		p.Suggest = passagesLater(seen.Claim.ID, p.Rows[at].URL)
	}
	if seen.Review {
		p.Review = reviewForm(seen.Deciding, p.Evidence, me)
		p.Review.Next, p.Review.Here = p.Next, p.Rows[at].URL
		p.Review.Needs = showNeeds(seen.Deciding, p.Rows[at].URL)
		if p.Next == "" {
			p.Review.Next = withQuery(under(q.In(), "queue"), "tab", string(q.Tab))
		}
		return
	}
	if seen.Next == desk.NextAccept && seen.Acts.Has(desk.Accept) {
		showTriage(p, q)
		return
	}
	p.ToMe = showToMe(seen.Reviewing, p.Rows[at].URL, seen.Typed[claims.AnswerForm])
	p.Actions = actions(seen.Head, seen.Reviewing.Mine != nil)
	p.Why = nextWords[seen.Next].others
	if len(p.Actions) > 0 && nextWords[seen.Next].yours != "" {
		p.Why = nextWords[seen.Next].yours
	}
	if seen.Decide {
		showDecide(p, q)
	}
}

// showDecide lets a conflict be decided where it stands in the list; the next one comes after it.
func showDecide(p *view.Queue, q desk.Queue) {
	d, here := conflictForm(q.Preview.Deciding, p.Evidence), p.Rows[q.At].URL
	d.Here, d.Onward = here, cmp.Or(p.Next, p.Prev, withQuery(under(q.In(), "queue"), "tab", string(q.Tab)))
	p.Decide = &d
	for i := range p.Actions {
		if p.Actions[i].Main = false; strings.HasSuffix(p.Actions[i].URL, "/adjudicate") {
			p.Actions[i].Word = "The conflict on its own page"
		}
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
		"first, for a review is of the words.", ""},
	desk.NextReview: {"Reviewers are at work on it. What they say is hidden until the round closes.", ""},
	desk.NextAdjudicate: {"The reviewers disagree. An editor who did not review it decides.",
		"The reviewers disagree. You decide, unless you reviewed it yourself."},
	desk.NextApprove: {"It is decided. An editor who did not decide it approves it.",
		"It is decided. Approve it, unless you adjudicated it or were its only reviewer."},
	desk.NextSet:    {"It is approved, and can go into a claim set.", ""},
	desk.NextAccept: {"It waits for somebody to accept or reject it.", ""},
	desk.NextNone:   {"Nothing more happens to it.", ""},
}
