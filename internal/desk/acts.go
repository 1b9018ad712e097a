package desk

import (
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
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
)

// Acts are what a person may do with a claim now, the next step first.
type Acts []Act

// Has says whether an act is among them.
func (a Acts) Has(act Act) bool { return slices.Contains(a, act) }

// rule is what an act asks: a permission in the claim's collection, and that the claim is in the way of it. The guard is
// the very function that the room's service asks again when the act comes; nil asks nothing.
type rule struct {
	act    Act
	thing  auth.Thing // "": that of the claim's words, see thingOfWords
	action auth.Action
	guard  func(claims.Claim) error
}

// rules are all acts, in the order in which a page offers them.
var rules = []rule{
	{Settle, "", auth.Write, settleable},
	{Review, auth.ThingReview, auth.Submit, in(claims.Open)},
	{Adjudicate, auth.ThingRound, auth.Adjudicate, in(claims.InConflict)},
	{Approve, auth.ThingRound, auth.Approve, in(claims.Decided)},
	{Accept, auth.ThingCandidate, auth.Write, in(claims.Candidate)},
	{Edit, "", auth.Write, in(claims.Candidate, claims.Open)},
	{Reject, auth.ThingCandidate, auth.Write, in(claims.Candidate)},
	{Restore, auth.ThingCandidate, auth.Write, in(claims.Rejected)},
	{Withdraw, auth.ThingClaim, auth.Write, in(claims.Open)},
	{Reopen, auth.ThingRound, auth.Reopen, in(claims.Decided, claims.Approved, claims.InConflict)},
	{Link, auth.ThingEvidence, auth.Link, in(claims.Open, claims.InConflict)},
	{Gloss, auth.ThingClaim, auth.Write, in(claims.Candidate, claims.Open, claims.InConflict, claims.Decided,
		claims.Approved)},
	{Comment, auth.ThingClaim, auth.Comment, nil},
}

// in stands for a guard that its room does not export yet.
func in[S ~string](states ...S) func(claims.Claim) error {
	return func(c claims.Claim) error {
		if slices.Contains(states, S(c.State)) {
			return nil
		}
		return fault.New(fault.Conflict, "Claim %d is %s, so this cannot be done now.", c.ID,
			c.State.Word())
	}
}

func settleable(c claims.Claim) error {
	if c.Standing == nil || !c.Standing.Asks {
		return fault.New(fault.Conflict, "Claim %d stands where it should; there is nothing to settle.", c.ID)
	}
	return in(claims.Candidate, claims.Open)(c)
}

// thingOfWords is the permission under which a claim's words are changed: those of a candidate, or of a claim.
func thingOfWords(c claims.Claim) auth.Thing {
	if in(claims.Candidate)(c) == nil {
		return auth.ThingCandidate
	}
	return auth.ThingClaim
}

func (r rule) thingOf(c claims.Claim) auth.Thing {
	if r.thing == "" {
		return thingOfWords(c)
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
