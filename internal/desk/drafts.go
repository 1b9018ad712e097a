package desk

import (
	"cmp"
	"context"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/store"
)

// draftsPage is how many drafts a page has.
const draftsPage = 50

// Drafts are what a person has typed of reviews and other forms of claims and not sent: their own, and nobody else's,
// whatever their roles are now.
type Drafts struct {
	Frame Frame
	List  []Draft
	Next  claims.ID // the last one, when there are more; 0: there are none
}

// Draft is a review or, with Typed, another form that is not sent.
type Draft struct {
	review.Unsent
	Typed *claims.Typed // then of Unsent only the claim is set, and when it was saved
	Claim *claims.Claim // nil: the person does not read the claim any more
	Goes  store.Micros  // when it will be erased, 0: not while the person may send it
}

// Drafts answers a person's own drafts, by claim, after one of them.
func (d *Desk) Drafts(ctx context.Context, actor auth.Actor, after claims.ID) (out Drafts, err error) {
	defer fault.In(&err, "desk.Drafts(%d)", after)
	err = d.look(ctx, actor, func(l *look) error {
		out = Drafts{}
		if out.Frame, err = l.frame(0); err != nil {
			return err
		}
		return l.drafts(&out, after)
	})
	return out, err
}

// drafts reads a page of drafts: all those of so many claims.
func (l *look) drafts(out *Drafts, after claims.ID) error {
	reviews, err := review.UnsentBy(l.rx, l.actor.UserID, after, draftsPage+1)
	if err != nil {
		return err
	}
	forms, err := review.TypedBy(l.rx, l.actor.UserID, after, draftsPage+1)
	if err != nil {
		return err
	}
	for _, u := range reviews {
		out.List = append(out.List, Draft{Unsent: u})
	}
	for i, t := range forms {
		out.List = append(out.List, Draft{Typed: &forms[i],
			Unsent: review.Unsent{ClaimID: t.ClaimID, SavedAt: t.SavedAt, LostAt: t.LostAt}})
	}
	slices.SortStableFunc(out.List, func(a, b Draft) int { return cmp.Compare(a.ClaimID, b.ClaimID) })
	var ids []claims.ID
	for i, x := range out.List {
		if len(ids) > 0 && ids[len(ids)-1] == x.ClaimID {
			continue
		}
		if len(ids) == draftsPage {
			out.List, out.Next = out.List[:i], ids[draftsPage-1]
			break
		}
		ids = append(ids, x.ClaimID)
	}
	of, err := claims.FilledOf(l.rx, ids)
	if err != nil {
		return err
	}
	by := map[claims.ID]claims.Claim{}
	for _, c := range of {
		by[c.ID] = c
	}
	for i := range out.List {
		l.finish(&out.List[i], by[out.List[i].ClaimID])
	}
	return nil
}

// typed reads what this person has typed in forms of a claim and not sent.
func (l *look) typed(c claims.Claim) (review.Typings, error) {
	return review.TypingsOf(l.rx, l.actor.UserID, c)
}

// finish says of which claim a draft is, and how long it stays.
func (l *look) finish(x *Draft, c claims.Claim) {
	if l.may(auth.ThingClaim, auth.Read, c.CollectionID) {
		x.Claim = &c
	}
	thing, act := auth.ThingReview, auth.Submit
	if x.Typed != nil {
		thing, act = review.FormNeeds(c, x.Typed.Form)
	}
	if !l.may(thing, act, c.CollectionID) {
		from := l.h.DB.Now()
		if x.LostAt != nil {
			from = *x.LostAt
		}
		x.Goes = from + store.Micros(review.UnsentKept.Microseconds())
	}
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
	// of another form than a review: which, and its fields; what stands above is empty then
	Form    claims.Form        `json:"form,omitempty"`
	Fields  claims.TypedFields `json:"fields,omitempty"`
	SavedAt *Time              `json:"saved_at,omitempty"`
	Goes    *Time              `json:"erased_at,omitempty"` // when it will be erased, after the role was lost
}

// SentJSON says that the review or another form was sent meanwhile.
type SentJSON struct {
	Sent    bool  `json:"sent"`
	Version int64 `json:"version,omitempty"` // of another form: on which a draft of new words builds
}

// TypedJSON is an unsent form for its owner.
func TypedJSON(t claims.Typed) DraftJSON {
	out := DraftJSON{Claim: t.ClaimID, Version: t.Version, Form: t.Form, Fields: t.Fields,
		Evidence: some[evidence.ID](nil)}
	if t.SavedAt != 0 {
		out.SavedAt = timeOf(&t.SavedAt)
	}
	return out
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
		if x.Typed != nil {
			one = TypedJSON(*x.Typed)
		}
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
