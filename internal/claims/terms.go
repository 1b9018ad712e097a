package claims

import (
	"slices"

	"claimbench/internal/term"
	"claimbench/internal/text"
)

// State is where a claim stands on its way.
type State string

// The states of a claim.
const (
	Candidate  State = "candidate"
	Open       State = "open"
	InConflict State = "in_conflict"
	Decided    State = "decided"
	Approved   State = "approved"
	Rejected   State = "rejected"
	Withdrawn  State = "withdrawn"
	Merged     State = "merged"
)

// States are the states in the order a claim goes through them.
var States = term.New("state of a claim",
	term.Term[State]{Name: Candidate, Word: "candidate", About: "Proposed by the machine; nobody has accepted it yet."},
	term.Term[State]{Name: Open, Word: "open", About: "Waits for reviews."},
	term.Term[State]{Name: InConflict, Word: "in conflict", About: "The reviewers disagree; an editor decides."},
	term.Term[State]{Name: Decided, Word: "decided", About: "Has a verdict, and waits for its approval."},
	term.Term[State]{Name: Approved, Word: "approved", About: "A second person has approved the verdict."},
	term.Term[State]{Name: Rejected, Word: "rejected", About: "A candidate that is no claim."},
	term.Term[State]{Name: Withdrawn, Word: "withdrawn", About: "Was open, and is not checked after all."},
	term.Term[State]{Name: Merged, Word: "merged", About: "Went into another claim."},
)

// Word is the state as people read it.
func (s State) Word() string { return States.Word(s) }

// Ended says that nothing more happens to a claim in this state; a rejected candidate can be restored.
func (s State) Ended() bool { return s == Rejected || s == Withdrawn || s == Merged }

// Locked says that the claim has a verdict, so that its words stay as they are until it is reopened.
func (s State) Locked() bool { return s == Decided || s == Approved }

// Ended lists the states in which nothing more happens to a claim.
func Ended() []State { return States.Only(State.Ended).Names() }

// Living lists the states that are not ended.
func Living() []State { return States.Only(func(s State) bool { return !s.Ended() }).Names() }

// Verdict is what was found of a claim. "" is unreviewed: nobody has decided, which is not Unverified.
type Verdict string

// The verdicts.
const (
	Corroborated Verdict = "corroborated"
	Disputed     Verdict = "disputed"
	Unverified   Verdict = "unverified"
)

// Drawn is the word that marks and lists show of a claim: its verdict; when it has none, in conflict or unreviewed;
// candidate, when it is no claim yet; and how it ended, when it did.
func Drawn(s State, v Verdict) string {
	switch {
	case s == Candidate:
		return string(Candidate)
	case v == "" && s.Ended():
		return string(s)
	case v == "" && s == InConflict:
		return "in conflict"
	case v == "":
		return "unreviewed"
	}
	return string(v)
}

// NoVerdict asks a Filter for claims without a verdict; no claim has it.
const NoVerdict Verdict = "none"

// Verdicts are the three in the order of their keys.
var Verdicts = term.New("verdict",
	term.Term[Verdict]{Name: Corroborated, Word: "corroborated", About: "Evidence bears it out."},
	term.Term[Verdict]{Name: Disputed, Word: "disputed", About: "Evidence speaks against it."},
	term.Term[Verdict]{Name: Unverified, Word: "unverified", About: "What was found does not settle it."},
)

// Word is the verdict as people read it; a claim without one is unreviewed.
func (v Verdict) Word() string {
	if v == "" {
		return "unreviewed"
	}
	return Verdicts.Word(v)
}

// Reason is why a claim has its verdict. The table is review.Reasons: each goes with a verdict and its guard.
type Reason string

// Kind is what sort of statement a claim is.
type Kind string

// The kinds of statement.
const (
	Fact       Kind = "fact"
	Background Kind = "background"
	Prediction Kind = "prediction"
	Opinion    Kind = "opinion"
	Pledge     Kind = "pledge"
	Meta       Kind = "meta"
	Speech     Kind = "speech"
)

// Kinds are the kinds of statement; the first is the one that is meant when nobody says.
var Kinds = term.New("kind of claim",
	term.Term[Kind]{Name: Fact, Word: "fact", About: "Something that happened or is so."},
	term.Term[Kind]{Name: Background, Word: "background", About: "What everybody knew before."},
	term.Term[Kind]{Name: Prediction, Word: "prediction", About: "What somebody says will happen."},
	term.Term[Kind]{Name: Opinion, Word: "opinion", About: "What somebody thinks of it."},
	term.Term[Kind]{Name: Pledge, Word: "pledge", About: "What somebody promises to do."},
	term.Term[Kind]{Name: Speech, Word: "saying",
		About: "That somebody said it, with the day; what was said is a claim of its own."},
	term.Term[Kind]{Name: Meta, Word: "meta", About: "Says something about the article itself."},
)

// Folded lists the kinds whose candidates lists fold away until somebody asks for them.
func Folded() []Kind { return []Kind{Background, Speech} }

// Folds says whether lists fold a claim away until somebody asks for it: a candidate of a kind that is seldom checked.
func Folds(c Claim) bool { return c.State == Candidate && slices.Contains(Folded(), c.Kind) }

// Word is the kind as people read it.
func (k Kind) Word() string { return Kinds.Word(k) }

// WhyNot is why a candidate is rejected.
type WhyNot string

// The reasons for rejecting a candidate.
const (
	NoFact    WhyNot = "not_checkable"
	AnOpinion WhyNot = "opinion"
	Repeated  WhyNot = "duplicate"
	WrongSpan WhyNot = "wrong_span"
	NoClaim   WhyNot = "not_a_claim"
)

// WhyNots are the reasons for rejecting a candidate, in the order of their keys.
var WhyNots = term.New("reason to reject a candidate",
	term.Term[WhyNot]{Name: NoFact, Word: "not checkable", About: "Nothing could settle it."},
	term.Term[WhyNot]{Name: AnOpinion, Word: "an opinion", About: "It is what somebody thinks of it."},
	term.Term[WhyNot]{Name: Repeated, Word: "said already", About: "Another claim says the same."},
	term.Term[WhyNot]{Name: WrongSpan, Word: "wrong words marked", About: "Its words are not those of a statement."},
	term.Term[WhyNot]{Name: NoClaim, Word: "not a claim", About: "It states nothing."},
)

// Anchor says how a claim stands in the revision that its anchor speaks of; "" when no newer revision ever came.
type Anchor string

// The anchors.
const (
	AnchorExact     = Anchor(text.AnchorExact)             // moved by itself: the same words at the same place
	AnchorRelocated = Anchor(text.AnchorRelocated)         // moved by itself: the same words, once, elsewhere
	AnchorAsks      = Anchor(text.AnchorNeedsConfirmation) // a person must look; the span is a proposal
	AnchorOrphaned  = Anchor(text.AnchorOrphaned)          // a person must look; there is no proposal
	AnchorConfirmed = Anchor("confirmed")                  // a person placed it
	AnchorKept      = Anchor("kept")                       // a person left it where it stood
)

// Anchors are the ways in which a claim stands in a newer text of its article.
var Anchors = term.New("anchor",
	term.Term[Anchor]{Name: AnchorExact, Word: "exact", About: "The same words stand at the same place."},
	term.Term[Anchor]{Name: AnchorRelocated, Word: "relocated", About: "The same words stand once, at another place."},
	term.Term[Anchor]{Name: AnchorAsks, Word: "needs confirmation", About: "The words changed; a person looks."},
	term.Term[Anchor]{Name: AnchorOrphaned, Word: "orphaned", About: "The words are gone; a person looks."},
	term.Term[Anchor]{Name: AnchorConfirmed, Word: "confirmed", About: "A person placed it in the newer text."},
	term.Term[Anchor]{Name: AnchorKept, Word: "kept", About: "A person left it in the older text."},
)

// Word is the anchor as people read it.
func (a Anchor) Word() string { return Anchors.Word(a) }

// BatchActs are the acts that are done to many claims at once.
var BatchActs = term.New("act on many claims",
	term.Term[BatchAct]{Name: BatchAccept, Word: "accept", About: "They are open for review."},
	term.Term[BatchAct]{Name: BatchReject, Word: "reject", About: "They are no claims."},
	term.Term[BatchAct]{Name: BatchWithdraw, Word: "withdraw", About: "They should not be checked after all."},
	term.Term[BatchAct]{Name: BatchGive, Word: "give", About: "They are given to a person to review."},
	term.Term[BatchAct]{Name: BatchSnooze, Word: "snooze", About: "They leave the own queue until a day."},
	term.Term[BatchAct]{Name: BatchAdd, Word: "add to a set", About: "They go into a draft set."},
)
