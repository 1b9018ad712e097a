package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/match"
	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/value"
)

// Head is a claim as every page about one shows it: its words in their place, and what the person may do with it.
type Head struct {
	Frame
	Claim claims.Claim
	Place articles.Stretch // the sentence before the claim's own, and the claim's own
	Acts  Acts
	Names Names
	Lacks []value.Lack // what the statement says and its words do not
	// of a candidate: which machines proposed it, the first first; not there of a moment that has been
	Made []claims.Made
	// the glosses that the person may confirm: nobody has, and they are not the person's own
	Confirm map[claims.GlossID]bool
	Older   map[claims.GlossID]bool // the glosses of words that the claim has no longer
	Differs map[claims.GlossID][]match.Differ
}

// Claim is one claim with everything that this person may know of it.
type Claim struct {
	Head
	Evidence  []evidence.Shown
	Serves    []evidence.Shown // links of other claims that rest on this one's own words
	Reviewing Reviewing
	Replies   []ReplySeen // who was asked about it
	Comments  []CommentSeen
	Earlier   bool           // there are comments before these
	Typed     review.Typings // what this person typed in the forms of the page and did not send
	InPrint   []InPrint      // the frozen sets and exports in which it stands, the newest first
	Tells     []string       // which words of people name a protected source that this person may see
	Hides     bool           // what is said now is read by others only when the round is over
	Offers    []Offer        // what machines propose of its words
	Wished    Wished         // what the language model may be asked of it
}

// ClaimAsk says what a person wants to see of a claim.
type ClaimAsk struct {
	ID     claims.ID
	Round  int         // only rounds before this one and the present; 0 for the newest
	Before store.Drawn // only comments before this one; "" for the newest
}

// Claim answers for the page of a claim. What the machine proposes for it is asked for apart: Suggesting and Same.
func (d *Desk) Claim(ctx context.Context, actor auth.Actor, ask ClaimAsk) (out Claim, err error) {
	defer fault.In(&err, "desk.Claim(%d)", ask.ID)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Claim{}
		if out.Head, err = l.head(ask.ID); err != nil {
			return err
		}
		c := out.Claim
		if out.Reviewing, err = l.reviewing(c, ask.Round); err != nil {
			return err
		}
		v := l.veilOf(c, out.Reviewing)
		if out.Evidence, err = l.evidenceOf(c, v); err != nil {
			return err
		}
		if out.Replies, err = l.repliesOf(c, v); err != nil {
			return err
		}
		if out.Comments, out.Earlier, err = l.comments(c, v, ask.Before, out.Evidence); err != nil {
			return err
		}
		out.Hides = claims.HidesComments(c)
		if out.Acts.Has(Comment) || out.Acts.Has(Gloss) || len(out.Reviewing.ToMe()) > 0 {
			if out.Typed, err = l.typed(c); err != nil {
				return err
			}
		}
		if out.InPrint, err = l.inPrint(c); err != nil {
			return err
		}
		if out.Serves, err = l.serves(c); err != nil {
			return err
		}
		if out.Offers, err = l.offers(c, v); err != nil {
			return err
		}
		if out.Wished, err = l.wished(c); err != nil {
			return err
		}
		out.Tells, err = l.tells(&out)
		return err
	})
	return out, err
}

// Wordings lists every wording that a claim ever had, oldest first.
func (d *Desk) Wordings(ctx context.Context, actor auth.Actor, id claims.ID) (out []claims.Wording, err error) {
	defer fault.In(&err, "desk.Wordings(%d)", id)
	err = d.look(ctx, actor, func(l *look) error {
		c, err := l.claim(id)
		if err != nil {
			return err
		}
		out, err = claims.WordingsOf(l.rx, c)
		return err
	})
	return out, err
}

// Head is a claim for a page that shows it beside something else.
func (d *Desk) Head(ctx context.Context, actor auth.Actor, id claims.ID) (out Head, err error) {
	defer fault.In(&err, "desk.Head(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out, err = l.head(id)
		return err
	})
	return out, err
}

// claim reads a claim that the person reads, filled.
func (l *look) claim(id claims.ID) (claims.Claim, error) {
	c, err := claims.ByID(l.rx, id)
	if err != nil {
		return c, err
	}
	if err := l.reads(auth.ThingClaim, c.CollectionID, "claim"); err != nil {
		return claims.Claim{}, err
	}
	if c, err = claims.Filled(l.rx, c); err != nil || c.Protected == "" {
		return c, err
	}
	if opens, err := l.opens(c.CollectionID, c.ArticleID); err != nil || !opens {
		return c, err
	}
	return claims.OpenedClaim(l.rx, c.ID)
}

// head reads a claim with its place and its frame.
func (l *look) head(id claims.ID) (h Head, err error) {
	c, err := l.claim(id)
	if err != nil {
		return h, err
	}
	return l.headOf(c)
}

// headOf is head for a claim that was read and filled already.
func (l *look) headOf(c claims.Claim) (h Head, err error) {
	h = Head{Claim: c, Acts: l.acts(c), Names: l.names}
	if h.Frame, err = l.frame(c.CollectionID); err != nil {
		return h, err
	}
	near := articles.Near
	if c.Opened {
		near = articles.NearOpened
	}
	if h.Place, err = near(l.rx, c.ArticleID, c.RevisionID, c.Span, c.Sentence, 1, 0); err != nil {
		return h, err
	}
	if len(c.More) > 0 {
		if err := h.Place.Add(l.rx, c.Spots()[1:]); err != nil {
			return h, err
		}
	}
	filled, err := claims.BracketsIn(l.rx, c)
	if err != nil {
		return h, err
	}
	h.Lacks = claims.Unsupported(c, filled, h.Place.Slice)
	l.name(c.AddedBy)
	if c.State == claims.Candidate && !c.ByHand && l.past() == nil {
		by, err := claims.ProposalsOf(l.rx, []claims.ID{c.ID})
		if err != nil {
			return h, err
		}
		h.Made = unsaid(by[c.ID], c)
		for _, m := range h.Made {
			l.name(m.Machine)
		}
	}
	if h.Older, err = claims.Older(l.rx, c); err != nil {
		return h, err
	}
	h.Confirm = map[claims.GlossID]bool{}
	for _, g := range c.Glosses {
		h.Confirm[g.ID] = claims.GlossConfirmable(c, g, l.actor.UserID) == nil &&
			l.may(auth.ThingClaim, auth.Write, c.CollectionID)
	}
	h.Differs = differsOf(c)
	h.Claim.Glosses = l.glossesOf(c)
	return h, nil
}
