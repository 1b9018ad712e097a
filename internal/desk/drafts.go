package desk

import (
	"cmp"
	"context"
	"slices"

	"claimbench/internal/articles"
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
	New   []NewDraft // claims begun and not sent, the newest first; on the first page all of them
	Next  claims.ID  // the last one, when there are more; 0: there are none
}

// NewDraft is a claim that is begun and not sent.
type NewDraft struct {
	claims.TypedNew
	Article *articles.Listed // nil: the person does not read it any more
	Goes    store.Micros     // when it will be erased, 0: not while the person may send it
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
		if after == 0 {
			if err := l.newDrafts(&out); err != nil {
				return err
			}
		}
		return l.drafts(&out, after)
	})
	return out, err
}

// newDrafts reads the claims that the person has begun.
func (l *look) newDrafts(out *Drafts) error {
	all, in, err := review.TypedNewBy(l.rx, l.actor.UserID)
	if err != nil {
		return err
	}
	ids := make([]articles.ID, len(all))
	for i, t := range all {
		ids[i] = t.ArticleID
	}
	listed, err := articles.ListedOf(l.rx, ids)
	if err != nil {
		return err
	}
	for _, t := range all {
		x := NewDraft{TypedNew: t}
		if a, has := listed[t.ArticleID]; has && l.may(auth.ThingArticle, auth.Read, in[t.ArticleID]) {
			x.Article = &a
		}
		if !l.may(auth.ThingClaim, auth.Write, in[t.ArticleID]) {
			x.Goes = l.goes(t.LostAt)
		}
		out.New = append(out.New, x)
	}
	return nil
}

// goes is when what somebody typed is erased who lost the role at a time, now if that is not noted yet.
func (l *look) goes(lost *store.Micros) store.Micros {
	from := l.h.DB.Now()
	if lost != nil {
		from = *lost
	}
	return from + store.Micros(review.UnsentKept.Microseconds())
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
		x.Goes = l.goes(x.LostAt)
	}
}

// DraftJSON is a review that is not sent, for the programs of the person who typed it: the page that they type in.
type DraftJSON struct {
	Claim      claims.ID      `json:"claim"`
	Version    int64          `json:"version"` // 0: nothing is kept any more
	Verdict    claims.Verdict `json:"verdict"` // "": none is chosen
	Reason     review.Reason  `json:"reason"`
	Confidence string         `json:"confidence"` // as typed
	Rationale  string         `json:"rationale"`
	Searched   string         `json:"searched"`
	Evidence   []evidence.ID  `json:"evidence"`
	// of another form than a review: which, and its fields; what stands above is empty then
	Form    claims.Form        `json:"form,omitempty"`
	Article articles.ID        `json:"article,omitempty"` // of a new claim, with the words that it was begun with
	Began   string             `json:"began,omitempty"`
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

// NewClaimForm is how JSON calls the form of a new claim.
const NewClaimForm claims.Form = "claim"

// TypedNewJSON is a claim that is begun and not sent, for its owner.
func TypedNewJSON(t claims.TypedNew) DraftJSON {
	out := TypedJSON(claims.Typed{Version: t.Version, Fields: t.Fields, SavedAt: t.SavedAt, Form: NewClaimForm})
	out.Article, out.Began = t.ArticleID, t.Began
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
	for _, x := range d.New {
		one := TypedNewJSON(x.TypedNew)
		if x.Goes != 0 {
			one.Goes = timeOf(&x.Goes)
		}
		out.Items = append(out.Items, one)
	}
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
