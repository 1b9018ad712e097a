package desk

import (
	"context"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/guidelines"
	"claimbench/internal/review"
	"claimbench/internal/term"
)

// Deciding is a claim with what a reviewer, an adjudicator or an approver decides it on.
type Deciding struct {
	Head
	Evidence  []evidence.Shown
	Reviewing Reviewing
	Unsent    *review.Unsent // what this person typed and did not send; only on pages on which they review
	// what this person typed in the forms of the page and did not send; only where they decide
	Typed     review.Typings
	Next      claims.ID          // of a conflict: the one after it that this person may decide, 0 for none
	Needs     []review.Need      // what each verdict still needs; as Unsent
	Trail     []review.Step      // what this person searched and read for the claim; as Unsent
	Offers    []Offer            // what machines propose of its words, where it is reviewed or accepted
	Guideline int                // the number of the guidelines' version in force, 0: there are none
	Locked    string             // why this very person may not decide, though their role may; "" when they may
	Counts    map[review.Tab]int // of a conflict: what the person's queue holds, in the languages they read
	Among     review.Place       // of a conflict: among those that this person may decide
}

// deciding reads a claim for a decision, when the permission and the guard let the person decide such a claim.
func (l *look) deciding(id claims.ID, act Act) (out Deciding, err error) {
	if out.Head, err = l.head(id); err != nil {
		return out, err
	}
	if err = l.mustAct(act, out.Claim); err != nil {
		return out, err
	}
	return out, l.decidedOn(&out)
}

func (l *look) decidedOn(out *Deciding) (err error) {
	if out.Reviewing, err = l.reviewing(out.Claim, 0); err != nil {
		return err
	}
	if out.Evidence, err = l.evidenceOf(out.Claim, l.veilOf(out.Claim, out.Reviewing)); err != nil {
		return err
	}
	if in := out.Claim.CollectionID; l.col != nil && l.col.ID == in {
		out.Guideline = l.inForce // read with the frame
	} else {
		out.Guideline, err = guidelines.InForce(l.rx, in)
	}
	return err
}

// Review answers for the form of a reviewer's own verdict. It is shown for whoever may review at all, also when the
// claim takes no reviews any more: what was typed must come back.
func (d *Desk) Review(ctx context.Context, actor auth.Actor, id claims.ID) (out Deciding, err error) {
	defer fault.In(&err, "desk.Review(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Deciding{}
		if out.Head, err = l.head(id); err != nil {
			return err
		}
		if err = l.must(auth.ThingReview, auth.Submit, out.Claim.CollectionID); err != nil {
			return err
		}
		if err = l.decidedOn(&out); err == nil {
			err = l.begun(&out)
		}
		return err
	})
	return out, err
}

// begun reads what this person has begun of their review, and what each verdict still needs.
func (l *look) begun(d *Deciding) (err error) {
	if d.Unsent, d.Trail, err = review.BegunOf(l.rx, l.actor.UserID, d.Claim); err != nil {
		return err
	}
	if d.Offers, err = l.offers(d.Claim, l.veilOf(d.Claim, d.Reviewing)); err != nil {
		return err
	}
	own := d.Reviewing.own
	if own == nil {
		read, _, err := evidence.OriginOf(l.rx, d.Claim.ArticleID)
		if err != nil {
			return err
		}
		own = &read
	}
	said := review.Draft{Evidence: d.Relied(l.actor.UserID)}
	switch {
	case d.Unsent != nil:
		said.Rationale, said.Searched = d.Unsent.Rationale, d.Unsent.Searched
	case d.Reviewing.Mine != nil:
		said.Rationale, said.Searched = d.Reviewing.Mine.Rationale, d.Reviewing.Mine.Searched
	}
	d.Needs = review.NeedsOf(d.Claim, d.Place.Article, *own, d.Evidence, *d.Frame.Collection, said)
	return nil
}

// Relied are the items that the person's review relies on as they have begun it: those that they named, and what they
// linked themselves since; all, where nothing is begun.
func (d Deciding) Relied(me auth.UserID) (out []evidence.ID) {
	named, newest, begun := d.named()
	for _, it := range d.Evidence {
		if !begun || slices.Contains(named, it.ID) || it.ID > newest && it.LinkedBy == me {
			out = append(out, it.ID)
		}
	}
	return out
}

// Begun says whether the person has typed or sent a review of this round.
func (d Deciding) Begun() bool {
	_, _, begun := d.named()
	return begun
}

// Fresh says whether another person linked an item since the review was begun.
func (d Deciding) Fresh(it evidence.Shown, me auth.UserID) bool {
	_, newest, begun := d.named()
	return begun && it.ID > newest && it.LinkedBy != me
}

// named are the items that the person named in what they typed or sent, and the newest that stood there then.
func (d Deciding) named() (named []evidence.ID, newest evidence.ID, begun bool) {
	switch {
	case d.Unsent != nil:
		return d.Unsent.Evidence, d.Unsent.SeenEvidence, true
	case d.Reviewing.Mine != nil:
		return d.Reviewing.Mine.Evidence, d.Reviewing.Mine.SeenEvidence, true
	}
	return nil, 0, false
}

// Adjudicate answers for an editor who decides a conflict.
func (d *Desk) Adjudicate(ctx context.Context, actor auth.Actor, id claims.ID) (out Deciding, err error) {
	defer fault.In(&err, "desk.Adjudicate(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if out, err = l.deciding(id, Adjudicate); err != nil {
			return err
		}
		if err = l.conflict(&out); err != nil {
			return err
		}
		if out.Next, err = l.nextConflict(out.Claim); err != nil {
			return err
		}
		if out.Among, err = review.PlaceOf(l.rx, actor.UserID, out.Claim); err != nil {
			return err
		}
		out.Counts, err = l.counts(out.Claim.CollectionID, review.TabConflict)
		return err
	})
	return out, err
}

// conflict adds to a conflict why this very person may not decide it, and what they typed in its forms.
func (l *look) conflict(out *Deciding) (err error) {
	mine := []review.Review{}
	if rd := out.Reviewing.Present(); rd != nil {
		for _, rv := range rd.Reviews {
			if rv.Mine {
				mine = append(mine, rv.Review)
			}
		}
	}
	out.Locked = message(review.Adjudicator(out.Claim, mine, l.actor.UserID))
	out.Typed, err = l.typed(out.Claim)
	return err
}

// Approving is a decision with what its approver chooses among.
type Approving struct {
	Deciding
	Decision review.Decision
	Counted  []ReviewSeen              // the reviews that the decision counted
	Reasons  term.Table[review.Reason] // those given for the verdict
}

// Approve answers for the second pair of eyes on a decision.
func (d *Desk) Approve(ctx context.Context, actor auth.Actor, id claims.ID) (out Approving, err error) {
	defer fault.In(&err, "desk.Approve(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Approving{}
		if out.Deciding, err = l.deciding(id, Approve); err != nil {
			return err
		}
		rd := out.Reviewing.Present()
		if rd == nil || rd.Decision == nil {
			return fault.New(fault.Conflict, "Claim %d has no decision to approve.", id)
		}
		out.Decision = *rd.Decision
		out.Counted = slices.DeleteFunc(out.Reviewing.Standing(), func(rv ReviewSeen) bool { return rv.Stale != "" })
		plain := make([]review.Review, len(out.Counted))
		for i, rv := range out.Counted {
			plain[i] = rv.Review
		}
		out.Reasons = review.GivenReasons(out.Decision, plain)
		out.Locked = message(review.Approver(out.Decision, plain, actor.UserID))
		out.Typed, err = l.typed(out.Claim)
		return err
	})
	return out, err
}

// Reopening is a claim that somebody is about to open again.
type Reopening struct {
	Head
	Typed review.Typings // what this person typed of it and did not send
}

// Reopen answers for an editor who starts a new round.
func (d *Desk) Reopen(ctx context.Context, actor auth.Actor, id claims.ID) (out Reopening, err error) {
	defer fault.In(&err, "desk.Reopen(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if out.Head, err = l.head(id); err != nil {
			return err
		}
		if err := l.mustAct(Reopen, out.Claim); err != nil {
			return err
		}
		out.Typed, err = l.typed(out.Claim)
		return err
	})
	return out, err
}

// message is a guard's sentence, "" when it lets through.
func message(err error) string {
	if err == nil {
		return ""
	}
	return fault.Message(err)
}
