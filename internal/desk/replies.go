package desk

import (
	"context"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/replies"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// ReplySeen is somebody who was asked about a claim, as a person may see it.
type ReplySeen struct {
	replies.Reply
	Contact string // how they are reached; "" for whoever may not know
}

// repliesOf lists who was asked about a claim. Who wrote it down is under the veil of a round, as who linked evidence
// is; that somebody was asked is about the world, and tells nothing of a review.
func (l *look) repliesOf(c claims.Claim, v veil) (out []ReplySeen, err error) {
	by, err := replies.OfClaims(l.rx, []claims.ID{c.ID})
	if err != nil || len(by[c.ID]) == 0 {
		return nil, err
	}
	contacts := map[replies.ID]string{}
	if l.may(auth.ThingEvidence, auth.Link, c.CollectionID) {
		edits := l.may(auth.ThingEvidence, auth.Protect, c.CollectionID)
		if contacts, err = replies.ContactsFor(l.rx, c.ID, edits, l.actor.UserID); err != nil {
			return nil, err
		}
	}
	out = make([]ReplySeen, len(by[c.ID]))
	var words []*string
	for i, x := range by[c.ID] {
		out[i] = ReplySeen{x, contacts[x.ID]}
		out[i].AskedBy = v.author(x.AskedBy, x.AskedAt)
		l.name(out[i].AskedBy)
		words = append(words, &out[i].Name, &out[i].Role, &out[i].Words)
	}
	return out, l.forgetOn(c, words...)
}

// Reply is one reply as a person sees it who wrote on it.
func (d *Desk) Reply(ctx context.Context, actor auth.Actor, id replies.ID) (out ReplyJSON, err error) {
	defer fault.In(&err, "desk.Reply(%d)", id)
	err = d.look(ctx, actor, func(l *look) error {
		n, err := replies.ClaimOf(l.rx, id)
		if err != nil {
			return err
		}
		c, err := l.claim(n)
		if err != nil {
			return err
		}
		began, err := l.roundBegan(c)
		if err != nil {
			return err
		}
		all, err := l.repliesOf(c, l.veilFrom(c, began))
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.ID == id {
				out = ReplyOf(x)
				return nil
			}
		}
		return fault.New(fault.NotFound, "There is no such reply.")
	})
	return out, err
}

// ReplyJSON is somebody who was asked about a claim, for programs. Contact is left out for whoever may not know it,
// asked_by while a round is under way.
type ReplyJSON struct {
	ID         replies.ID      `json:"id"`
	Claim      claims.ID       `json:"claim"`
	Name       string          `json:"name"`
	Role       string          `json:"role"`
	Way        replies.Way     `json:"way"`
	AskedOn    string          `json:"asked_on"`              // YYYY-MM-DD
	Until      string          `json:"until"`                 // YYYY-MM-DD
	Outcome    replies.Outcome `json:"outcome"`               // "" while it is waited for
	AnsweredOn string          `json:"answered_on,omitempty"` // YYYY-MM-DD
	Words      string          `json:"words,omitempty"`
	Contact    string          `json:"contact,omitempty"`
	AskedBy    auth.UserID     `json:"asked_by,omitempty"`
	AskedAt    Time            `json:"asked_at"`
	Version    int64           `json:"version"`
}

// ReplyOf is the JSON of a reply.
func ReplyOf(x ReplySeen) ReplyJSON {
	return ReplyJSON{ID: x.ID, Claim: x.ClaimID, Name: x.Name, Role: x.Role, Way: x.Way, AskedOn: x.AskedOn,
		Until: x.Until, Outcome: x.Outcome, AnsweredOn: x.AnsweredOn, Words: x.Words, Contact: x.Contact,
		AskedBy: x.AskedBy, AskedAt: Time(x.AskedAt), Version: x.Version}
}

// unasked are the claims of a page of a preview that dispute what somebody said or did, name a person, and about which
// nobody was asked: advice to whoever freezes, and no hindrance.
func unasked(entries []claimset.Entry) (out []claims.ID) {
	for _, e := range entries {
		if e.Verdict == claims.Disputed && len(e.Replies) == 0 && namesPerson(e) {
			out = append(out, e.Claim)
		}
	}
	return out
}

// namesPerson says whether the statement of a claim names a person.
func namesPerson(e claimset.Entry) bool {
	doc, err := text.NewDoc(e.Statement)
	if err != nil {
		return false
	}
	for _, s := range text.Sentences(doc, e.Lang) {
		if slices.ContainsFunc(value.Names(doc, s), func(n value.Name) bool { return n.Type == value.NamePerson }) {
			return true
		}
	}
	return false
}
