package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/publish"
	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/term"
)

// StoryKind is a part of the history of a claim.
type StoryKind string

// The parts.
const (
	StoryWords    StoryKind = "words"
	StoryEvidence StoryKind = "evidence"
	StoryReviews  StoryKind = "reviews"
	StoryDecision StoryKind = "decisions"
	StoryComments StoryKind = "comments"
	StorySets     StoryKind = "sets"
)

// StoryKinds are the parts, as people choose among them.
var StoryKinds = term.New("part of the history of a claim",
	term.Term[StoryKind]{Name: StoryWords, Word: "words and state", About: "What it says, its glosses, its state."},
	term.Term[StoryKind]{Name: StoryEvidence, Word: "evidence", About: "What was linked, and unlinked."},
	term.Term[StoryKind]{Name: StoryReviews, Word: "reviews", About: "Rounds and reviews, once they are opened."},
	term.Term[StoryKind]{Name: StoryDecision, Word: "decisions",
		About: "What was decided and approved, and asked before."},
	term.Term[StoryKind]{Name: StoryComments, Word: "comments", About: "What was said about it."},
	term.Term[StoryKind]{Name: StorySets, Word: "sets",
		About: "The frozen sets that it is printed in, their exports, and alarms."},
)

// storyKinds says of which part an object is.
var storyKinds = map[string]StoryKind{"claim": StoryWords, "gloss": StoryWords,
	"proposal_refusal": StoryWords, "evidence": StoryEvidence,
	"capture": StoryEvidence,
	"round":   StoryReviews, "review": StoryReviews, "question": StoryDecision, "decision": StoryDecision,
	"comment": StoryComments, "claimset": StorySets, "alarm": StorySets}

// StoryAsk chooses from the history of a claim; an empty field chooses all.
type StoryAsk struct {
	Claim    claims.ID
	Kind     StoryKind
	Person   string // by number or the name they sign in with
	Verdict  claims.Verdict
	From, To string // days, 2026-11-28, the second one with it
	Zone     *time.Location
	Before   string // where the page begins: Past.Older of the page before
	Proof    bool   // with the proof of Event, for those who read all
	Event    int64  // the event whose proof is shown, of those on the page; 0 for the newest
}

// Story is the history of one claim: its words, evidence, reviews once they are opened, decisions, comments and sets in
// one list, for everybody who reads the claim. What a veil or a take-down hides elsewhere is hidden here too.
type Story struct {
	Past
	Head    Head
	Zone    *time.Location
	Printed []claimset.Printed // the frozen sets that it is in
	Chosen  *PastEvent         // the event whose proof was asked for, with it; nil: none
	Linked  []evidence.ID      // what is linked to it now
	Veiled  bool               // the claim is open, so that reviews of its round would not be told
}

// Story answers the history of a claim.
func (d *Desk) Story(ctx context.Context, actor auth.Actor, ask StoryAsk) (s Story, err error) {
	defer fault.In(&err, "desk.Story(%d)", ask.Claim)
	pages, err := d.pages(ctx)
	if err != nil {
		return s, err
	}
	err = d.look(ctx, actor, func(l *look) (err error) {
		s = Story{Zone: ask.Zone, Past: Past{ReadsAll: l.may(auth.ThingHistory, auth.ReadAll, 0), Names: l.names}}
		if s.Head, err = l.head(ask.Claim); err != nil {
			return err
		}
		s.Veiled = s.Head.Claim.State == claims.Open && !s.ReadsAll
		if s.Frame, err = l.frame(s.Head.Claim.CollectionID); err != nil {
			return err
		}
		f, err := l.storyFilter(&s, ask, pages)
		if err != nil {
			return err
		}
		s.Actor = auth.UserID(f.Actor)
		l.name(s.Actor)
		if err := l.pastEvents(&s.Past, f, pages); err != nil {
			return err
		}
		s.Events = slices.DeleteFunc(s.Events, func(e EventSeen) bool {
			of := publish.TakenOf(e.Reason.Text).Claim // an export of another claim alone
			return e.Action == publish.Wrote && of != 0 && of != ask.Claim
		})
		if !ask.Proof {
			return nil
		}
		return l.storyProof(&s, ask.Event)
	})
	called(s.Events, s.Names)
	return s, err
}

// storyProof adds the proof of an event that the page tells, of the newest one if none is named.
func (l *look) storyProof(s *Story, seq int64) error {
	if seq != 0 {
		if err := l.must(auth.ThingHistory, auth.ReadAll, 0); err != nil {
			return err
		}
	}
	if !s.ReadsAll {
		return nil
	}
	at := slices.IndexFunc(s.Events, func(e EventSeen) bool {
		_, told := Tell(e)
		return told && (seq == 0 || e.Seq == seq)
	})
	switch {
	case at < 0 && seq == 0:
		return nil
	case at < 0:
		return fault.New(fault.NotFound, "Event %d is not told on this page of the history of claim %d. Choose one "+
			"of the list.", seq, s.Head.Claim.ID)
	}
	s.Chosen = &PastEvent{EventSeen: s.Events[at]}
	return l.proved(s.Chosen, s.Chosen.Seq)
}

// storyFilter says which events are told. They are of one claim that the person reads, so no collection is asked.
func (l *look) storyFilter(s *Story, ask StoryAsk, pages history.Pages) (f history.Filter, err error) {
	f = history.Filter{Viewer: history.Viewer{ReadAll: s.ReadsAll}, Verdict: string(ask.Verdict)}
	if f.BeforeSeq, err = pages.Read(ask.Before, s.ReadsAll); err != nil {
		return f, err
	}
	if f.Since, f.Until, err = daysOf(ask.From, ask.To, ask.Zone); err != nil {
		return f, err
	}
	if f.Among, err = l.storyObjects(s, ask.Kind); err != nil {
		return f, err
	}
	if ask.Person != "" {
		f.Actor, err = l.pastActor("person", ask.Person, f)
	}
	return f, err
}

// setsTold are the events of a set that the history of a claim in it tells; the others name all its claims too. Of an
// export it tells that it was written.
var setsTold = []string{"claimset.frozen", "claimset.superseded", publish.Wrote}

// storyObjects are what is told of: the claim and what belongs to it, the sets that it is printed in, and the alarms on
// them that are about it. Of a set only that it was frozen, exported and replaced.
func (l *look) storyObjects(s *Story, only StoryKind) (_ *history.Among, err error) {
	c := s.Head.Claim
	all, linked, err := evidence.ObjectsAndLinked(l.rx, c.ID)
	if err != nil {
		return nil, err
	}
	s.Linked = linked
	for _, of := range []func(*store.Rx, claims.ID) ([]string, error){claims.ObjectsOf, review.ObjectsOf} {
		some, err := of(l.rx, c.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	sets := []string{}
	if l.may(auth.ThingClaimSet, auth.Read, c.CollectionID) {
		if s.Printed, err = claimset.PrintedIn(l.rx, c.ID); err != nil {
			return nil, err
		}
		titles := make([]*string, len(s.Printed))
		for i := range s.Printed {
			titles[i] = &s.Printed[i].Title
		}
		if err := l.forget(c.CollectionID, titles...); err != nil {
			return nil, err
		}
		for _, p := range s.Printed {
			sets = append(sets, p.Object())
		}
		alarms, err := claimset.AlarmsAbout(l.rx, c.ID)
		if err != nil {
			return nil, err
		}
		for _, a := range alarms {
			all = append(all, claimset.AlarmObject(a.ID))
		}
	}
	reviews := l.may(auth.ThingReview, auth.Read, c.CollectionID)
	untold := func(object string) bool {
		kind := storyKinds[history.Kind(object)]
		return only != "" && kind != only || !reviews && (kind == StoryReviews || kind == StoryDecision)
	}
	return &history.Among{Objects: slices.DeleteFunc(all, untold), Partly: slices.DeleteFunc(sets, untold),
		Actions: setsTold}, nil
}

// daysOf are the moments of the first and behind the last of some days of a zone.
func daysOf(from, to string, zone *time.Location) (since, until store.Micros, err error) {
	at := func(field, day string, later int) store.Micros {
		t, wrong := time.ParseInLocation("2006-01-02", day, zone)
		if day == "" || wrong != nil {
			if wrong != nil && day != "" && err == nil {
				err = fault.New(fault.Invalid, "“%s” is no day. Write it as 2026-11-28.", short(day)).With(field,
					"Write a day as 2026-11-28.")
			}
			return 0
		}
		return store.Micros(max(1, t.AddDate(0, 0, later).UnixMicro()))
	}
	return at("from", from, 0), at("to", to, 1), err
}

// short cuts what somebody typed to what fits in a sentence.
func short(typed string) string {
	if letters := []rune(typed); len(letters) > 40 {
		return string(letters[:40]) + "…"
	}
	return strings.ToValidUTF8(typed, "?")
}
