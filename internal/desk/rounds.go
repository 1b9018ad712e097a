package desk

import (
	"context"
	"slices"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/store"
)

// Reviewing is all of a claim's reviewing that one person may see, newest round first.
type Reviewing struct {
	Claim   claims.Claim
	Rounds  []RoundSeen
	Earlier bool                    // there are rounds before these
	Mine    *ReviewSeen             // this person's review in the present round
	began   store.Micros            // when the present round was opened anew, 0 for the first: it began with the claim
	own     *evidence.ArticleOrigin // of the claim's own article, where it was read
}

// RoundSeen is a round with what a person may see of it.
type RoundSeen struct {
	review.Round
	Reviews  []ReviewSeen
	Decision *review.Decision
	Named    bool // names may stand beside the letters
	Veiled   bool // it is open, and only the person's own review is shown
	// what was asked of reviewers while it was in conflict
	Questions []QuestionSeen
	Unknown   bool // whether anybody has reviewed in it is not shown: there is nothing but its number
}

// ReviewSeen is a review that a person may see. Letter is its pseudonym in its round, "" where letters would tell of
// others; Stale says why it does not count; ReviewerID is 0 where the letter stands for the name.
type ReviewSeen struct {
	review.Review
	Letter string
	Stale  string
	Mine   bool
}

// Present is the present round as the person sees it, nil when nothing of it is shown.
func (v Reviewing) Present() *RoundSeen {
	for i := range v.Rounds {
		if v.Rounds[i].N == v.Claim.Round {
			return &v.Rounds[i]
		}
	}
	return nil
}

// Otherwise says that the round was decided otherwise than this person's own review in it.
func (rd RoundSeen) Otherwise() (own *ReviewSeen, otherwise bool) {
	if rd.Decision == nil {
		return nil, false
	}
	for i, rv := range rd.Reviews {
		if rv.Mine && rv.SupersededAt == nil {
			return &rd.Reviews[i], rv.Verdict != rd.Decision.Verdict
		}
	}
	return nil, false
}

// Standing lists the reviews of the present round that were not superseded, by letter.
func (v Reviewing) Standing() (out []ReviewSeen) {
	if rd := v.Present(); rd != nil {
		for _, rv := range rd.Reviews {
			if rv.SupersededAt == nil {
				out = append(out, rv)
			}
		}
	}
	sortByLetter(out)
	return out
}

// phase is how far a round has come, for what may be seen of it.
type phase string

const (
	open       phase = "open"
	conflicted phase = "closed in conflict, and nobody has decided it"
	settled    phase = "decided"
	abandoned  phase = "left before it was decided"
)

func phaseOf(rd review.Round, d *review.Decision) phase {
	switch {
	case rd.ClosedAt == nil:
		return open
	case d != nil:
		return settled
	case rd.Outcome == review.Abandoned:
		return abandoned
	}
	return conflicted
}

// reader is who looks at a round.
type reader string

const (
	auditor     reader = "an auditor, who cannot review"
	participant reader = "somebody who reviewed in it"
	other       reader = "anybody else who reads reviews"
)

// sight is what a reader sees of a round.
type sight struct {
	there   bool // that the round exists, and since when
	others  bool // reviews of others; one's own is always seen
	letters bool // a letter beside each review: a B would tell of an A
	names   bool // a name beside each letter
	numbers bool // numbers and times, which are given in order, and would tell who came before
	opener  bool // who opened it, which is its first reviewer
}

// sights is the whole of blindness: what each reader sees of a round in each phase. A case that is missing shows
// nothing. TestSights holds it against what may never be.
var sights = map[phase]map[reader]sight{
	open: {
		auditor:     {there: true, others: true, letters: true, names: true, numbers: true, opener: true},
		participant: {there: true},
		other:       {},
	},
	conflicted: {
		auditor:     {there: true, others: true, letters: true, names: true, numbers: true, opener: true},
		participant: {there: true, others: true, letters: true, numbers: true},
		other:       {there: true, others: true, letters: true, numbers: true},
	},
	settled:   everybody(sight{there: true, others: true, letters: true, names: true, numbers: true, opener: true}),
	abandoned: everybody(sight{there: true, others: true, letters: true, names: true, numbers: true, opener: true}),
}

func everybody(s sight) map[reader]sight {
	return map[reader]sight{auditor: s, participant: s, other: s}
}

// Reviewing gives what the actor may see of a claim's rounds.
func (d *Desk) Reviewing(ctx context.Context, actor auth.Actor, id claims.ID) (v Reviewing, err error) {
	defer fault.In(&err, "desk.Reviewing(%d)", id)
	err = d.look(ctx, actor, func(l *look) error {
		c, err := l.claim(id)
		if err != nil {
			return err
		}
		if err := l.must(auth.ThingReview, auth.Read, c.CollectionID); err != nil {
			return err
		}
		v, err = l.reviewing(c, 0)
		return err
	})
	return v, err
}

// reviewing gives what the person may see of a claim's rounds, those before one of them (0: the newest) and always the
// present one: nothing when they read no reviews.
func (l *look) reviewing(c claims.Claim, before int) (Reviewing, error) {
	v := Reviewing{Claim: c}
	if c.Round == 0 || !l.may(auth.ThingReview, auth.Read, c.CollectionID) {
		return v, nil
	}
	w, err := review.WholeOf(l.rx, c, before)
	if err != nil {
		return v, err
	}
	v.Earlier, v.own = w.Earlier, w.Own
	for _, rd := range w.Rounds {
		if rd.N == c.Round && c.Round > 1 {
			v.began = rd.OpenedAt
		}
		if seen, there := l.round(w, rd, c); there {
			v.Rounds = append(v.Rounds, seen)
		}
	}
	if rd := v.Present(); rd != nil {
		for _, rv := range rd.Reviews {
			if rv.Mine && rv.SupersededAt == nil {
				v.Mine = &rv
			}
		}
	} else if review.Reviewable(c) == nil {
		unknown := RoundSeen{Round: review.Round{ClaimID: c.ID, N: c.Round}, Unknown: true}
		v.Rounds = append([]RoundSeen{unknown}, v.Rounds...)
	}
	l.nameReviewers(v)
	if err := l.questions(w, &v); err != nil {
		return v, err
	}
	return v, l.forgetRounds(&v)
}

// round is one round as the person sees it, and whether it is there for them at all.
func (l *look) round(w review.Whole, rd review.Round, c claims.Claim) (RoundSeen, bool) {
	d := w.Decisions[rd.ID]
	ph, who := phaseOf(rd, d), other
	all := w.Of(rd)
	for _, rv := range all {
		if rv.ReviewerID == l.actor.UserID && rv.SupersededAt == nil {
			who = participant
		}
	}
	if l.may(auth.ThingReview, auth.ReadOpen, c.CollectionID) {
		who = auditor
	}
	see := sights[ph][who]
	seen := RoundSeen{Round: rd, Reviews: []ReviewSeen{}, Decision: d, Named: see.names, Veiled: !see.others}
	letters := w.Letters(rd)
	for _, rv := range all {
		x := ReviewSeen{Review: rv, Mine: rv.ReviewerID == l.actor.UserID, Stale: staleIn(w, rv, ph, rd.N == c.Round)}
		if !x.Mine && !see.others {
			continue
		}
		if see.letters {
			x.Letter = letters[rv.ReviewerID]
		}
		if !see.numbers {
			x.Review = x.Review.Unnumbered()
		}
		if !see.names && !x.Mine {
			x.ReviewerID = 0
		}
		seen.Reviews = append(seen.Reviews, x)
	}
	if !see.opener {
		seen.OpenedBy = 0
	}
	if !see.numbers {
		seen.ID, seen.Public, seen.OpenedAt, seen.Quorum, seen.Rule = 0, "", 0, 0, ""
	}
	return seen, see.there || rd.ReopenReason != "" // a round that an editor opened is no secret
}

// staleIn says why a review does not count: now, while nothing is decided; in the present round that is decided, why it
// did not count then. What did not count in an earlier round that was decided is not told.
func staleIn(w review.Whole, rv review.Review, ph phase, present bool) string {
	switch {
	case ph == settled && present:
		return w.Uncounted[rv.ID]
	case ph == open || ph == conflicted:
		return w.Stale[rv.ID]
	}
	return ""
}

func (l *look) nameReviewers(v Reviewing) {
	for _, rd := range v.Rounds {
		for _, rv := range rd.Reviews {
			l.name(rv.ReviewerID)
		}
		if d := rd.Decision; d != nil {
			for _, p := range []*auth.UserID{d.AdjudicatorID, d.ApproverID} {
				if p != nil {
					l.name(*p)
				}
			}
		}
	}
}

func sortByLetter(all []ReviewSeen) {
	slices.SortStableFunc(all, func(a, b ReviewSeen) int { return strings.Compare(a.Letter, b.Letter) })
}
