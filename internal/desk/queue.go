package desk

import (
	"context"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/store"
)

// QueueAsk says what a person wants to see of the queue.
type QueueAsk struct {
	review.QueueFilter           // Tab "" is the first of the person's own; Langs none are those that they read
	AllLangs           bool      // also those that they do not read
	ByWorth            string    // the order of the candidates, as the page before gave it; "" a new one
	Place              string    // of the candidates: where the page before ended
	Claim              claims.ID // the one to look at, 0 the first
	ListOnly           bool      // look at none
	Menu               bool      // with articles to choose from, which only people want
}

// Queue is a list of work, and the claim looked at.
type Queue struct {
	Frame
	review.Queue
	Filter  review.QueueFilter // as it was read: with the tab and the languages
	Own     bool               // the languages are those that the person reads
	Reads   int                // how many languages the person said that they read
	Me      auth.UserID
	Names   Names // of those to whom claims are given
	May     struct{ Take, Snooze, Prioritise, Give bool }
	People  []auth.UserID     // to whom the claim looked at may be given, when the person may give it
	Whole   bool              // People are all
	Choices []articles.Choice // none when no menu is wanted
	Tab     review.Tab
	Tabs    []review.Tab           // those that this person has, in their order
	Sources map[articles.ID]string // of the claims listed, where stated
	Now     store.Micros
	At      int       // of the claim looked at among the entries, -1 for none
	Gone    claims.ID // the one that was to be looked at, and is not on this page of the list; 0: it is
	Preview Preview
	Worth   *claims.ByWorth // of the candidates: their order, and what is unseen
	Alarms  int             // on frozen sets, that wait, at most AlarmsCap+1; -1 for whoever does not answer them
	Before  int             // rows on the pages before, of the candidates
	// of candidates: the models and machines that wrote them, besides the rules
	Made map[claims.ID][]claims.Made
}

// Preview is the claim looked at beside the list, with the review to be written, or why there is none.
type Preview struct {
	Deciding
	Review bool // a review is to be written; else Acts are what may be done
	Decide bool // a conflict, before somebody who may decide such claims
	Next   Next
}

// Next is what happens next to a claim.
type Next string

// The steps that a claim waits for.
const (
	NextSettle     Next = "settle" // by this person, before anything else: its passage moved
	NextReview     Next = "review"
	NextAdjudicate Next = "adjudicate"
	NextApprove    Next = "approve"
	NextSet        Next = "set" // it is approved, and can go into a claim set
	NextAccept     Next = "accept"
	NextNone       Next = "none"
)

// steps are the steps with the guards that say whether a claim waits for them, the first that does.
var steps = []struct {
	next  Next
	guard func(claims.Claim) error
}{
	{NextReview, review.Reviewable}, {NextAdjudicate, review.Adjudicable}, {NextApprove, review.Approvable},
	{NextSet, printable}, {NextAccept, claims.Acceptable},
}

// printable says whether a claim may go into a set of its collection.
func printable(c claims.Claim) error {
	return claimset.Takes(claimset.Set{CollectionID: c.CollectionID}, c)
}

func nextOf(c claims.Claim, acts Acts) Next {
	if acts.Has(Settle) {
		return NextSettle
	}
	for _, s := range steps {
		if s.guard(c) == nil {
			return s.next
		}
	}
	return NextNone
}

// ownTabs are those of whoever reviews; the others are everybody's who reads the queue.
var ownTabs = []review.Tab{review.TabTurn, review.TabWaiting, review.TabSnoozed}

// Queue answers for the queue of a collection.
func (d *Desk) Queue(ctx context.Context, actor auth.Actor, ask QueueAsk) (out Queue, err error) {
	defer fault.In(&err, "desk.Queue(%d, %s)", ask.Collection, ask.Tab)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if err := l.must(auth.ThingReview, auth.Read, ask.Collection); err != nil {
			return err
		}
		out = Queue{Tab: ask.Tab, At: -1, Now: l.now(), Alarms: -1}
		if out.Frame, err = l.frame(ask.Collection); err != nil {
			return err
		}
		reviews := l.may(auth.ThingReview, auth.Submit, ask.Collection)
		for _, t := range review.Tabs.Names() {
			if reviews || !slices.Contains(ownTabs, t) {
				out.Tabs = append(out.Tabs, t)
			}
		}
		if out.Tab == "" { // what is open comes before what may become so
			out.Tab = out.Tabs[slices.IndexFunc(out.Tabs, func(t review.Tab) bool { return t != review.TabCandidates })]
		}
		if err := l.filtered(&out, ask, reviews); err != nil {
			return err
		}
		if out.Queue, err = review.QueueOf(l.rx, actor.UserID, out.Filter); err != nil {
			return err
		}
		if out.Tab == review.TabCandidates && l.past() == nil {
			if err := l.candidates(&out, ask); err != nil {
				return err
			}
		}
		if ask.Claim != 0 && !slices.ContainsFunc(out.Entries, func(e review.Entry) bool {
			return e.Claim.ID == ask.Claim
		}) {
			if err := l.asked(&out, ask.Claim); err != nil {
				return err
			}
		}
		if err := l.forgetMine(out.Entries, ask.Collection); err != nil {
			return err
		}
		if l.may(auth.ThingClaimSet, auth.Answer, ask.Collection) {
			if out.Alarms, err = claimset.HowMany(l.rx, ask.Collection, AlarmsCap+1); err != nil {
				return err
			}
		}
		l.named(&out)
		ids := make([]articles.ID, len(out.Entries))
		for i, e := range out.Entries {
			ids[i] = e.Claim.ArticleID
		}
		if out.Sources, err = articles.SourceNames(l.rx, ids); err != nil || ask.ListOnly || len(ids) == 0 {
			return err
		}
		if out.At = 0; ask.Claim != 0 {
			out.At = slices.IndexFunc(out.Entries, func(e review.Entry) bool { return e.Claim.ID == ask.Claim })
		}
		if out.At < 0 { // another one must not stand under the hand of who meant that one
			out.Gone = ask.Claim
			return nil
		}
		if out.May.Give && claims.Prioritisable(out.Entries[out.At].Claim) == nil {
			if out.People, out.Whole, err = l.givable(ask.Collection); err != nil {
				return err
			}
		}
		out.Preview, err = l.preview(out.Entries[out.At])
		return err
	})
	return out, err
}

// named asks the names of those to whom the claims of a page are given, and what the person may do about it.
func (l *look) named(out *Queue) {
	out.Me, out.Names = l.actor.UserID, l.names
	out.May.Take = l.may(auth.ThingAssignment, auth.Take, out.In())
	out.May.Give = l.may(auth.ThingAssignment, auth.Give, out.In())
	out.May.Snooze = l.may(auth.ThingReview, auth.Submit, out.In())
	out.May.Prioritise = l.may(auth.ThingClaim, auth.Prioritise, out.In())
	l.name(out.Filter.Assignee)
	for _, e := range out.Entries {
		l.name(e.Given...)
	}
}

// filtered says what is read of the queue: in the languages that the person reads, unless they ask for others.
func (l *look) filtered(out *Queue, ask QueueAsk, reviews bool) (err error) {
	f := ask.QueueFilter
	f.Tab, f.Now, out.Reads = out.Tab, out.Now, len(l.actor.Reads)
	if len(f.Langs) == 0 && !ask.AllLangs && len(l.actor.Reads) > 0 {
		f.Langs, out.Own = l.actor.Reads, true
	}
	if reviews {
		if f.Calls, err = l.calls(ask.Collection); err != nil {
			return err
		}
	}
	if l.past() != nil && out.Tab == review.TabCandidates {
		if err := candidatesThen(&f, ask.Place); err != nil {
			return err
		}
	}
	// Most people choose by language; the articles to choose from are read for those who want them.
	if out.Filter = f; ask.Menu || f.Article != 0 || f.Source != 0 {
		out.Choices, err = articles.Choices(l.rx, ask.Collection, f.Article)
	}
	return err
}

// counts is what the tabs of the queue hold, as the queue counts them when its address names a tab only.
func (l *look) counts(in auth.CollectionID, tab review.Tab) (map[review.Tab]int, error) {
	q := Queue{Tab: tab, Now: l.h.DB.Now()}
	reviews := l.may(auth.ThingReview, auth.Submit, in)
	if err := l.filtered(&q, QueueAsk{QueueFilter: review.QueueFilter{Collection: in}}, reviews); err != nil {
		return nil, err
	}
	return review.CountsOf(l.rx, l.actor.UserID, q.Filter)
}

func (l *look) preview(e review.Entry) (p Preview, err error) {
	if p.Head, err = l.headOf(e.Claim); err != nil {
		return p, err
	}
	if err := l.decidedOn(&p.Deciding); err != nil {
		return p, err
	}
	p.Next = nextOf(p.Claim, p.Acts)
	p.Review = p.Acts.Has(Review) && p.Next == NextReview
	p.Decide = p.Acts.Has(Adjudicate) && p.Next == NextAdjudicate
	switch {
	case p.Review:
		err = l.begun(&p.Deciding)
	case p.Decide:
		err = l.conflict(&p.Deciding)
	case len(p.Reviewing.ToMe()) > 0, p.Next == NextAccept && p.Acts.Has(Accept):
		p.Typed, err = l.typed(p.Claim)
	}
	if err == nil && p.Next == NextAccept {
		p.Offers, err = l.offers(p.Claim, veil{})
	}
	return p, err
}
