package review

import (
	"claimbench/internal/claims"
	"claimbench/internal/term"
)

// Reason is why a verdict was given.
type Reason = claims.Reason

// The reasons.
const (
	PrimaryDocument    Reason = "primary_document"
	OfficialRecord     Reason = "official_record"
	IndependentSources Reason = "independent_sources"

	Refuted       Reason = "refuted"
	Conflicting   Reason = "conflicting"
	Misattributed Reason = "misattributed"
	OutOfContext  Reason = "out_of_context"

	NoEvidence   Reason = "no_evidence"
	SingleOrigin Reason = "single_origin"
	Insufficient Reason = "insufficient"
	NotCheckable Reason = "not_checkable"
	PendingEvent Reason = "pending_event"
)

// reasons are the reasons of each verdict, in the order in which they are offered.
var reasons = map[claims.Verdict]term.Table[Reason]{
	claims.Corroborated: term.New("reason for corroborated",
		term.Term[Reason]{Name: PrimaryDocument, Word: "primary document", About: "The thing itself bears it out."},
		term.Term[Reason]{Name: OfficialRecord, Word: "official record", About: "An authority's record bears it out."},
		term.Term[Reason]{Name: IndependentSources, Word: "independent sources",
			About: "Two or more known and different origins bear it out."},
	),
	claims.Disputed: term.New("reason for disputed",
		term.Term[Reason]{Name: Refuted, Word: "refuted", About: "Evidence shows that it is not so."},
		term.Term[Reason]{Name: Conflicting, Word: "conflicting", About: "Evidence stands against evidence."},
		term.Term[Reason]{Name: Misattributed, Word: "misattributed", About: "Somebody else said or did it."},
		term.Term[Reason]{Name: OutOfContext, Word: "out of context", About: "The context turns its meaning."},
	),
	claims.Unverified: term.New("reason for unverified",
		term.Term[Reason]{Name: NoEvidence, Word: "no evidence", About: "Nothing was found either way."},
		term.Term[Reason]{Name: SingleOrigin, Word: "single origin", About: "All that was found is of one origin."},
		term.Term[Reason]{Name: Insufficient, Word: "insufficient", About: "What was found does not carry a verdict."},
		term.Term[Reason]{Name: NotCheckable, Word: "not checkable", About: "Nothing could settle it."},
		term.Term[Reason]{Name: PendingEvent, Word: "pending event", About: "What it speaks of has not happened yet."},
	),
}

// Reasons are the reasons that a verdict may have; none for what is no verdict.
func Reasons(v claims.Verdict) term.Table[Reason] { return reasons[v] }

// ReasonWord is a reason as people read it, whatever its verdict.
func ReasonWord(r Reason) string {
	for _, t := range reasons {
		if t.Has(r) {
			return t.Word(r)
		}
	}
	return string(r)
}

// Outcome is what a round ended with; "" while it is open.
type Outcome string

// The outcomes.
const (
	Agreed     Outcome = "agreed"
	InConflict Outcome = "in_conflict"
	Abandoned  Outcome = "abandoned"
)

// Outcomes are the outcomes of a round that is closed.
var Outcomes = term.New("outcome of a round",
	term.Term[Outcome]{Name: Agreed, Word: "agreed", About: "The reviews gave one verdict, under the rule."},
	term.Term[Outcome]{Name: InConflict, Word: "in conflict", About: "The quorum was there and did not agree."},
	term.Term[Outcome]{Name: Abandoned, Word: "abandoned", About: "The round was left before it was decided."},
)

// Word is the outcome as people read it; a round without one is open.
func (o Outcome) Word() string {
	if o == "" {
		return "open"
	}
	return Outcomes.Word(o)
}

// Cause is what caused a disagreement.
type Cause string

// The causes.
const (
	Ambiguous Cause = "ambiguous"
	Guideline Cause = "guideline"
	Slip      Cause = "slip"
	Edge      Cause = "edge"
	Judgement Cause = "judgement"
	Other     Cause = "other"
)

// Causes are what an adjudicator may name as the cause of a disagreement.
var Causes = term.New("cause of disagreement",
	term.Term[Cause]{Name: Ambiguous, Word: "ambiguous text", About: "The claim can be read in more than one way."},
	term.Term[Cause]{Name: Guideline, Word: "guideline gap", About: "The rules do not say what to do here."},
	term.Term[Cause]{Name: Slip, Word: "reviewer’s slip", About: "One of the reviewers made a slip."},
	term.Term[Cause]{Name: Edge, Word: "edge case", About: "It lies on the edge between two verdicts."},
	term.Term[Cause]{Name: Judgement, Word: "matter of judgement", About: "Both can be argued from the same evidence."},
	term.Term[Cause]{Name: Other, Word: "something else", About: "None of these; the reason in words says what."},
)

// Word is the cause as people read it.
func (c Cause) Word() string { return Causes.Word(c) }

// Tab is a list of the queue.
type Tab string

// The tabs.
const (
	TabCandidates Tab = "candidates"
	TabTurn       Tab = "turn"
	TabWaiting    Tab = "waiting"
	TabSnoozed    Tab = "snoozed"
	TabConflict   Tab = "conflict"
	TabApprove    Tab = "approve"
	TabDone       Tab = "done"
)

// Tabs are the queue's tabs in their order.
var Tabs = term.New("queue",
	term.Term[Tab]{Name: TabCandidates, Word: "candidates", About: "Proposed; wants to be accepted or rejected."},
	term.Term[Tab]{Name: TabTurn, Word: "your turn", About: "Wants this person's review."},
	term.Term[Tab]{Name: TabWaiting, Word: "waiting on others", About: "Reviewed by this person, and still open."},
	term.Term[Tab]{Name: TabSnoozed, Word: "snoozed", About: "Snoozed by this person until a day they chose."},
	term.Term[Tab]{Name: TabConflict, Word: "in conflict", About: "Wants an adjudicator."},
	term.Term[Tab]{Name: TabApprove, Word: "ready to approve", About: "Decided, and wants an approver."},
	term.Term[Tab]{Name: TabDone, Word: "done", About: "Approved."},
)

// Word is the tab as people read it.
func (t Tab) Word() string { return Tabs.Word(t) }

// Why says why a claim stands in the queue.
type Why string

// The whys.
const (
	WhyMoved           Why = "anchor_moved"
	WhyToReview        Why = "to_review"
	WhySentBack        Why = "sent_back"
	WhyMentioned       Why = "mentioned"
	WhyEvidenceChanged Why = "evidence_changed"
	WhyWordsChanged    Why = "words_changed"
	WhyWaiting         Why = "waiting"
	WhyInConflict      Why = "in_conflict"
	WhyDecided         Why = "decided"
	WhyApproved        Why = "approved"

	WhyWorth   Why = "check_worthy"
	WhyLiked   Why = "like_accepted"
	WhyUnliked Why = "like_rejected"
	WhyByLot   Why = "by_lot"
)

// Whys are the reasons for standing in the queue.
var Whys = term.New("reason for being in the queue",
	term.Term[Why]{Name: WhyMoved, Word: "quotation moved", About: "Its article has a newer text."},
	term.Term[Why]{Name: WhyToReview, Word: "to review", About: "This person has not reviewed it in this round."},
	term.Term[Why]{Name: WhySentBack, Word: "sent back", About: "The adjudicator asks this person something."},
	term.Term[Why]{Name: WhyMentioned, Word: "mentioned", About: "A comment names this person."},
	term.Term[Why]{Name: WhyEvidenceChanged, Word: "evidence changed", About: "This person's review is stale."},
	term.Term[Why]{Name: WhyWordsChanged, Word: "words changed", About: "This person's review is stale."},
	term.Term[Why]{Name: WhyWaiting, Word: "reviewed by you", About: "This person's review is in."},
	term.Term[Why]{Name: WhyInConflict, Word: "in conflict", About: "The reviewers disagree."},
	term.Term[Why]{Name: WhyDecided, Word: "decided", About: "Wants a second pair of eyes."},
	term.Term[Why]{Name: WhyApproved, Word: "approved", About: "It is done."},
	term.Term[Why]{Name: WhyWorth, Word: "worth a check", About: "A candidate, by what the machine sees in it."},
	term.Term[Why]{Name: WhyLiked, Word: "like what was accepted", About: "A candidate that shows the same signs."},
	term.Term[Why]{Name: WhyUnliked, Word: "like what was rejected", About: "A candidate that shows the same signs."},
	term.Term[Why]{Name: WhyByLot, Word: "drawn by lot", About: "A candidate, so that the list does not narrow."},
)
