package httpd

import (
	"context"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// tabWords says how the queue's tabs are sorted, and what an empty one means.
var tabWords = map[review.Tab]struct{ order, so, next string }{
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
	review.WhyDecided: "flag", review.WhyApproved: "seal",
}

// queue is the list of work with the claim looked at and the review being written.
func (s *Server) queue(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	col, err := s.collection(c, n)
	if err != nil {
		return err
	}
	f := review.QueueFilter{Collection: n, Tab: review.Tab(c.QueryParam("tab"))}
	if f.Tab == "" {
		f.Tab = s.firstTab(actor, n)
	}
	if f.After, err = queryID[claims.ID](c, "after"); err != nil {
		return err
	}
	q, err := s.Review.Queue(ctx, actor, f)
	if err != nil {
		return err
	}
	p := s.queuePage(c, *col, f.Tab, q)
	if err := s.queueRows(ctx, actor, p, f, q); err != nil {
		return err
	}
	chosen, err := queryID[claims.ID](c, "claim")
	if err != nil {
		return err
	}
	at := min(0, len(q.Entries)-1) // the first, also when the one asked for is in this list no more
	for i, e := range q.Entries {
		if e.Claim.ID == chosen {
			at = i
		}
	}
	if at >= 0 && c.QueryParam("list") == "" {
		err = s.queuePreview(c, p, f, q, at)
	}
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, p, q)
}

// firstTab is the tab a person opens with: his own work, or for whoever reviews nothing what is in conflict.
func (s *Server) firstTab(actor auth.Actor, n auth.CollectionID) review.Tab {
	if s.Policy.Allows(actor, auth.ThingReview, auth.Submit, n) {
		return review.TabTurn
	}
	return review.TabConflict
}

func (s *Server) queuePage(c echo.Context, col articles.Collection, tab review.Tab, q review.Queue) *view.Queue {
	words := tabWords[tab]
	p := &view.Queue{Shell: s.shell(c, fmt.Sprintf("%s (%s)", view.Phrase(tab.Word()),
		capped(q.Counts[tab], review.QueueCap)),
		"Queue", &col), Heading: view.Phrase(tab.Word()), Order: words.order}
	p.Fixed, p.TallyName = true, "Queues"
	p.Keys = []view.Key{
		{Caps: []string{"j", "k"}, Word: "next and previous claim", Bar: true}, {Caps: []string{"o", "↵"}, Word: "open",
			Bar: true}, {Caps: []string{"1", "2", "3"}, Word: "corroborated, disputed, unverified", Bar: true},
		{Caps: []string{"e"}, Word: "find evidence", Bar: true}, {Caps: []string{"r"},
			Word: "refresh when something changed"},
	}
	actor := actorOf(c)
	for _, t := range review.Tabs.Names() {
		if t == review.TabTurn && !s.Policy.Allows(actor, auth.ThingReview, auth.Submit, col.ID) ||
			t == review.TabWaiting && !s.Policy.Allows(actor, auth.ThingReview, auth.Submit, col.ID) {
			continue
		}
		p.Tally = append(p.Tally, view.Tally{URL: withQuery(under(col.ID, "queue"), "tab", string(t)),
			Word:  view.Phrase(t.Word()),
			Count: capped(q.Counts[t], review.QueueCap), Here: t == tab})
	}
	p.Empty = &view.Empty{So: words.so, Next: words.next, URL: under(col.ID, "articles"), Act: "Read an article"}
	return p
}

func (s *Server) queueRows(ctx context.Context, actor auth.Actor, p *view.Queue, f review.QueueFilter,
	q review.Queue) error {
	list := make([]claims.Claim, len(q.Entries))
	for i, e := range q.Entries {
		list[i] = e.Claim
	}
	sources, err := s.sourceNames(ctx, list)
	if err != nil {
		return err
	}
	here, now := under(f.Collection, "queue"), s.DB.Now()
	for _, e := range q.Entries {
		row := view.QueueRow{
			ID: int64(e.Claim.ID), URL: withQuery(here, "tab", string(f.Tab), "after", itoa(f.After), "claim",
				itoa(e.Claim.ID)),
			Why: view.Phrase(review.Whys.Word(e.Why)), WhyIcon: whyIcons[e.Why], WhyNote: e.Detail,
			Waiting: waited(e.Since, now),
			Verdict: view.VerdictOf(e.Claim.State, e.Claim.Verdict), Words: foreign(e.Claim.Statement, e.Claim.Lang,
				e.Claim.Dir), Gloss: glossOf(e.Claim), Source: sources[e.Claim.ArticleID],
			Evidence: stances(e.Evidence),
		}
		if row.WhyNote == "" && e.Claim.CheckWorthy > 0 && !e.Claim.ByHand {
			row.WhyNote = fmt.Sprintf("check-worthy %d of 100", e.Claim.CheckWorthy)
		}
		if e.Mine != nil {
			row.Mine = view.Verdict(e.Mine.Verdict)
		}
		p.Rows = append(p.Rows, row)
	}
	if q.Next != 0 {
		p.More = withQuery(here, "tab", string(f.Tab), "after", itoa(q.Next))
	}
	p.ListOnly = withQuery(here, "tab", string(f.Tab), "after", itoa(f.After), "list", "1")
	return nil
}

// queuePreview adds the claim looked at, its evidence, and the review of whoever may review it.
func (s *Server) queuePreview(c echo.Context, p *view.Queue, f review.QueueFilter, q review.Queue, at int) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	cl := q.Entries[at].Claim
	p.Rows[at].Here = true
	p.Position = fmt.Sprintf("%d of %s", at+1, capped(q.Counts[f.Tab], review.QueueCap))
	if at > 0 {
		p.Prev = p.Rows[at-1].URL
	}
	if at+1 < len(p.Rows) {
		p.Next = p.Rows[at+1].URL
	}
	shown, err := s.showClaim(ctx, actor, cl)
	if err != nil {
		return err
	}
	p.Claim = &shown
	items, err := s.Evidence.ForClaim(ctx, actor, cl.ID)
	if err != nil {
		return err
	}
	mayLink := s.Policy.Allows(actor, auth.ThingEvidence, auth.Link, cl.CollectionID) && takesEvidence(cl)
	if p.Evidence, err = s.showEvidence(ctx, items, mayLink); err != nil {
		return err
	}
	p.EvNote = evidenceNote(items)
	if mayLink {
		p.FindURL = claimURL(cl.ID) + "/evidence"
		p.Suggest = s.suggest(ctx, actor, cl, items, p.Rows[at].URL, false)
	}
	if q.Entries[at].Why == "anchor_moved" && s.Policy.Allows(actor, auth.ThingClaim, auth.Write, cl.CollectionID) {
		p.Actions, p.Why = s.claimActions(actor, cl, q.Entries[at].Mine != nil),
			"Its article has a newer text, in which its words do not stand as they were. Settle that first, for a "+
				"review is of the words."
		return nil
	}
	if cl.State == claims.Open && s.Policy.Allows(actor, auth.ThingReview, auth.Submit, cl.CollectionID) {
		p.Review, err = s.reviewForm(ctx, actor, cl, p.Evidence)
		if p.Review != nil {
			p.Review.Next = p.Next
			if p.Next == "" {
				p.Review.Next = withQuery(under(f.Collection, "queue"), "tab", string(f.Tab))
			}
		}
		return err
	}
	p.Actions = s.claimActions(actor, cl, false)
	p.Why = whatNext(cl, len(p.Actions) > 0)
	return nil
}

// whatNext says what happens to a claim that this person does not review.
func whatNext(c claims.Claim, may bool) string {
	switch c.State {
	case claims.Open:
		return "Reviewers are at work on it. What they say is hidden until the round closes."
	case claims.InConflict:
		if may {
			return "The reviewers disagree. You decide, unless you reviewed it yourself."
		}
		return "The reviewers disagree. An editor who did not review it decides."
	case claims.Decided:
		if may {
			return "It is decided. Approve it, unless you adjudicated it or were its only reviewer."
		}
		return "It is decided. An editor who did not decide it approves it."
	case claims.Approved:
		return "It is approved, and can go into a claim set."
	}
	return "Nothing more happens to it."
}

// reviewForm is the form of a reviewer's own verdict, with what he sent before in this round.
func (s *Server) reviewForm(ctx context.Context, actor auth.Actor, cl claims.Claim, shown []view.Evidence) (
	*view.ReviewForm, error) {
	v, err := s.Review.View(ctx, actor, cl.ID)
	if err != nil {
		return nil, err
	}
	form := &view.ReviewForm{
		Action: claimURL(cl.ID) + "/reviews", Heading: "Your review", RoundNote: "round " + itoa(cl.Round),
		WordsVersion: cl.WordsVersion, Round: cl.Round,
		Picker: view.NewPicker("", ""), Evidence: append([]view.Evidence(nil), shown...),
		Blind: "Other reviews are not on this page, nor whether there are any. You see them when the round closes.",
	}
	for i := range form.Evidence {
		form.Evidence[i].Used = v.Mine == nil
	}
	if v.Mine != nil {
		form.Fill(v.Mine.Verdict, v.Mine.Reason, itoa(v.Mine.Confidence), v.Mine.Rationale, v.Mine.Searched)
		used := map[int64]bool{}
		for _, n := range v.Mine.Evidence {
			used[int64(n)] = true
		}
		form.Use(used)
		form.Submitted = "You reviewed this as " + v.Mine.Verdict.Word() + ", " + moment(v.Mine.SubmittedAt) +
			". Sending the form replaces it while the round is open."
		if v.Mine.Stale != "" {
			form.Submitted = "Your review of " + moment(v.Mine.SubmittedAt) + " does not count any more. " +
				v.Mine.Stale + " Look again, and send it anew."
		}
	}
	return form, nil
}
