package desk

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/store"
)

// draftsPage is how many drafts a page has.
const draftsPage = 50

// Drafts are what a person has typed of reviews and not sent: their own, and nobody else's, whatever their roles are
// now.
type Drafts struct {
	Frame Frame
	List  []Draft
	Next  claims.ID // the last one, when there are more; 0: there are none
}

// Draft is a review that is not sent.
type Draft struct {
	review.Unsent
	Claim *claims.Claim // nil: the person does not read the claim any more
	Goes  store.Micros  // when it will be erased, 0: not while the person may review
}

// Drafts answers a person's own drafts, by claim, after one of them.
func (d *Desk) Drafts(ctx context.Context, actor auth.Actor, after claims.ID) (out Drafts, err error) {
	defer fault.In(&err, "desk.Drafts(%d)", after)
	err = d.look(ctx, actor, func(l *look) error {
		out = Drafts{}
		if out.Frame, err = l.frame(0); err != nil {
			return err
		}
		rows, err := review.UnsentBy(l.rx, actor.UserID, after, draftsPage+1)
		if err != nil {
			return err
		}
		if len(rows) > draftsPage {
			rows = rows[:draftsPage]
			out.Next = rows[draftsPage-1].ClaimID
		}
		ids := make([]claims.ID, len(rows))
		for i, u := range rows {
			ids[i] = u.ClaimID
		}
		of, err := claims.FilledOf(l.rx, ids)
		if err != nil {
			return err
		}
		by := map[claims.ID]claims.Claim{}
		for _, c := range of {
			by[c.ID] = c
		}
		for _, u := range rows {
			out.List = append(out.List, l.draft(u, by[u.ClaimID]))
		}
		return nil
	})
	return out, err
}

func (l *look) draft(u review.Unsent, c claims.Claim) Draft {
	x := Draft{Unsent: u}
	if l.may(auth.ThingClaim, auth.Read, c.CollectionID) {
		x.Claim = &c
	}
	if !l.may(auth.ThingReview, auth.Submit, c.CollectionID) {
		from := l.h.DB.Now()
		if u.LostAt != nil {
			from = *u.LostAt
		}
		x.Goes = from + store.Micros(review.UnsentKept.Microseconds())
	}
	return x
}

// DraftJSON is a review that is not sent, for the programs of the person who typed it: the page that they type in.
type DraftJSON struct {
	Claim      claims.ID      `json:"claim"`
	Version    int64          `json:"version"` // 0: nothing is kept any more
	Verdict    claims.Verdict `json:"verdict"`
	Reason     review.Reason  `json:"reason"`
	Confidence string         `json:"confidence"` // as typed
	Rationale  string         `json:"rationale"`
	Searched   string         `json:"searched"`
	Evidence   []evidence.ID  `json:"evidence"`
	SavedAt    *Time          `json:"saved_at,omitempty"`
	Goes       *Time          `json:"erased_at,omitempty"` // when it will be erased, after the role was lost
}

// SentJSON says that the review was sent meanwhile.
type SentJSON struct {
	Sent bool `json:"sent"`
}

// DraftOf is an unsent review for its owner.
func DraftOf(u review.Unsent) DraftJSON {
	out := DraftJSON{Claim: u.ClaimID, Version: u.Version, Verdict: u.Verdict, Reason: u.Reason,
		Confidence: u.Confidence, Rationale: u.Rationale, Searched: u.Searched, Evidence: some(u.Evidence)}
	if u.SavedAt != 0 {
		out.SavedAt = timeOf(&u.SavedAt)
	}
	return out
}

// JSON gives the drafts for their owner.
func (d Drafts) JSON() List[DraftJSON] {
	out := List[DraftJSON]{}
	for _, x := range d.List {
		one := DraftOf(x.Unsent)
		if x.Goes != 0 {
			one.Goes = timeOf(&x.Goes)
		}
		out.Items = append(out.Items, one)
	}
	if d.Next != 0 {
		out.Next = decimal(d.Next)
	}
	return out
}
