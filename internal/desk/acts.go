package desk

import (
	"encoding/json"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/replies"
	"claimbench/internal/review"
)

// Act is something that a person may do with a claim now. Its name is the same on pages, in JSON and in the key bar.
type Act string

// The acts.
const (
	Settle     Act = "settle" // say where it belongs in the newer text of its article
	Review     Act = "review"
	Adjudicate Act = "adjudicate"
	Approve    Act = "approve"
	Accept     Act = "accept" // a candidate
	Edit       Act = "edit"   // its words; split and merge go with them
	Reject     Act = "reject" // a candidate
	Restore    Act = "restore"
	Withdraw   Act = "withdraw"
	Reopen     Act = "reopen"
	Link       Act = "link" // evidence, and unlink it
	Gloss      Act = "gloss"
	Comment    Act = "comment"
	AskFor     Act = "ask" // write down who was asked about it, and what they answered
)

// Acts are what a person may do with a claim now, the next step first.
type Acts []Act

// MarshalJSON writes no acts as [], never null.
func (a Acts) MarshalJSON() ([]byte, error) { return json.Marshal(some([]Act(a))) }

// Has says whether an act is among them.
func (a Acts) Has(act Act) bool { return slices.Contains(a, act) }

// rule is what an act asks: a permission in the claim's collection, and that the claim is in the way of it. The guard
// is the very function that the room's service asks again when the act comes; nil asks nothing.
type rule struct {
	act    Act
	thing  auth.Thing // "": that of the claim's words, see claims.ThingOf
	action auth.Action
	guard  func(claims.Claim) error
}

// rules are all acts, in the order in which a page offers them.
var rules = []rule{
	{Settle, "", auth.Write, asks},
	{Review, auth.ThingReview, auth.Submit, review.Reviewable},
	{Adjudicate, auth.ThingRound, auth.Adjudicate, review.Adjudicable},
	{Approve, auth.ThingRound, auth.Approve, review.Approvable},
	{Accept, auth.ThingCandidate, auth.Write, claims.Acceptable},
	{Edit, "", auth.Write, claims.Editable},
	{Reject, auth.ThingCandidate, auth.Write, claims.Rejectable},
	{Restore, auth.ThingCandidate, auth.Write, claims.Restorable},
	{Withdraw, auth.ThingClaim, auth.Write, claims.Withdrawable},
	{Reopen, auth.ThingRound, auth.Reopen, review.Reopenable},
	{Link, auth.ThingEvidence, auth.Link, evidence.Takes},
	{Gloss, auth.ThingClaim, auth.Write, claims.GlossEditable},
	{Comment, auth.ThingClaim, auth.Comment, nil},
	{AskFor, auth.ThingEvidence, auth.Link, replies.Takes},
}

// asks is claims.Settleable of a claim that waits for a person; one that a person left in its revision may still be
// moved, but nobody is asked to.
func asks(c claims.Claim) error {
	if err := claims.Settleable(c); err != nil || c.Standing.Asks {
		return err
	}
	return fault.New(fault.Conflict, "Claim %d was left in its revision; there is nothing to settle.", c.ID)
}

func (r rule) thingOf(c claims.Claim) auth.Thing {
	if r.thing == "" {
		return claims.ThingOf(c)
	}
	return r.thing
}

// acts lists what the person may do with a claim that was filled.
func (l *look) acts(c claims.Claim) Acts {
	out := Acts{}
	for _, r := range rules {
		if l.may(r.thingOf(c), r.action, c.CollectionID) && (r.guard == nil || r.guard(c) == nil) {
			out = append(out, r.act)
		}
	}
	return out
}

// mustAct refuses an act that the person may not do now, with the roles that would do or the guard's own message.
func (l *look) mustAct(act Act, c claims.Claim) error {
	i := slices.IndexFunc(rules, func(r rule) bool { return r.act == act })
	r := rules[i]
	if err := l.must(r.thingOf(c), r.action, c.CollectionID); err != nil || r.guard == nil {
		return err
	}
	return r.guard(c)
}
