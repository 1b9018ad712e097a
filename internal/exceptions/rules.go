package exceptions

import (
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Name names a rule, in addresses and in reports.
type Name string

// Column is one column of a rule's rows.
type Column struct {
	Name string // in JSON and CSV
	Word string // for people
	cell func(Row) string
}

// Rule is one thing that an auditor asks for.
type Rule struct {
	Name    Name
	Title   string
	Says    string // the rule in words
	Empty   string // what no row means
	House   bool   // of no collection: for those who read everything
	Never   bool   // a guard refuses it, so each row is a fault of the program or of the database
	Columns []Column
	sql     func(*store.Rx) string
}

// Rules are all rules, in the order of the page.
func Rules() []Rule { return rules }

// Find finds a rule by its name.
func Find(name Name) (Rule, error) {
	for _, r := range rules {
		if r.Name == name {
			return r, nil
		}
	}
	return Rule{}, fault.New(fault.NotFound, "There is no rule “%.40s”. Known are %s.", name,
		strings.Join(names(), ", "))
}

func names() []string {
	out := make([]string, len(rules))
	for i, r := range rules {
		out[i] = string(r.Name)
	}
	return out
}

// Row is one exception. Which fields it has is said by the columns of its rule; the others are zero.
type Row struct {
	First      int64        `gorm:"column:k"` // where it stands in the order of its rule, newest first: a row's number,
	Second     int64        `gorm:"column:s"` // and another where a row has several
	At         store.Micros `gorm:"column:at"`
	Collection int64        `gorm:"column:collection_id"`
	Object     string       `gorm:"column:object"` // what the history calls it: “claim:42”
	Claim      int64        `gorm:"column:claim_id"`
	Set        int64        `gorm:"column:set_id"`
	Who        int64        `gorm:"column:who_id"`
	Other      int64        `gorm:"column:other_id"`
	Was        string       `gorm:"column:was"`
	Now        string       `gorm:"column:becomes"`
	Took       int64        `gorm:"column:took"`  // µs
	Event      int64        `gorm:"column:event"` // its number; 0: none is named
	WhoName    string       `gorm:"-"`
	OtherName  string       `gorm:"-"`
}

var rules = []Rule{
	{Name: "verdict_changed", Title: "Verdict changed after freezing",
		Says: "A claim stands in a frozen set with a verdict, and was decided otherwise since.",
		Columns: columns(claim, set, "was=Printed", "becomes=Decided since", at("Decided"), who("Adjudicator"),
			other("Approver")), sql: verdictChanged},
	{Name: "reopened", Title: "Printed claims reopened",
		Says:    "A claim that stands in a frozen set was opened again after the freeze.",
		Columns: columns(claim, set, at("Reopened"), who("By"), event), sql: reopened},
	{Name: "same_person", Title: "Same person reviewed and decided", Never: true,
		Says: "One person adjudicated what they had reviewed, approved what they had adjudicated, or approved as the " +
			"only reviewer whose review counted.",
		Empty:   "None, and this is the check that it is none: the rows are asked, not the guards.",
		Columns: columns(claim, "was=What", at("When"), who("Who")), sql: samePerson},
	{Name: "reviewer_approved", Title: "One of the reviewers approved",
		Says: "One of several reviewers whose reviews were counted also approved the decision. The rules allow it; " +
			"it is shown because fewer eyes saw the claim than the quorum says.",
		Columns: columns(claim, at("Approved"), who("Reviewer and approver")), sql: reviewerApproved},
	{Name: "hasty_approval", Title: "Approved within a minute",
		Says: "An approval came less than 60 seconds after the decision. It may be right: the approver may have read " +
			"the claim before. It is shown so that somebody asks.",
		Columns: columns(claim, "becomes=Verdict", at("Approved"), took, who("Adjudicator"), other("Approver")),
		sql:     hastyApproval},
	{Name: "overruled", Title: "Overruled reviewers",
		Says:    "A decision went against a review of its round: by the majority, or by an adjudicator.",
		Columns: columns(claim, "was=Review", "becomes=Decision", at("Decided"), who("Reviewer"), other("Adjudicator")),
		sql:     overruled},
	{Name: "advised_reviews", Title: "Reviews against a guard that only advised",
		Says:    "A review did not meet a guard that the collection had turned into advice, and was taken.",
		Columns: columns(claim, "was=Guards", "becomes=Review", at("Submitted"), who("Reviewer")), sql: advisedReviews},
	{Name: "advised_decisions", Title: "Decisions against a guard that only advised",
		Says:    "A claim was decided against a guard that the collection had turned into advice.",
		Columns: columns(claim, "was=Guards", "becomes=Decision", at("Decided"), who("Adjudicator")),
		sql:     advisedDecisions},
	{Name: "new_role", Title: "Role used within an hour",
		Says:    "A role was granted, and its holder acted in it less than an hour later.",
		Columns: columns("becomes=Role", at("Used"), took, who("Holder"), other("Granted by"), event), sql: newRole},
	{Name: "below_quorum", Title: "Fewer reviewers than the quorum",
		Says: "A claim was decided by reviewers of whom some were disabled since; those who are left are fewer than " +
			"the quorum of its round. A row for each disabled person.",
		Columns: columns(claim, "was=Quorum", "becomes=Left", at("Decided"), who("Disabled")), sql: belowQuorum},
	{Name: "own_evidence", Title: "Relied on own evidence alone",
		Says:    "A reviewer linked every item of evidence that their review relied on, and relied on nothing else.",
		Columns: columns(claim, "becomes=Review", at("Submitted"), who("Reviewer")), sql: ownEvidence},
	{Name: "not_in_capture", Title: "Quotation not found in its capture",
		Says: "Evidence quotes an outside document whose bytes are kept, and the newest capture does not hold the " +
			"quotation. It may stand in a picture, or on another page of the document. Documents without a capture, " +
			"captures that were withheld, and protected sources are not asked.",
		Columns: columns(claim, "object=Evidence", at("Captured")), sql: notInCapture},
	{Name: "machine_words", Title: "Machine's words accepted within five seconds",
		Says: "A claim or a bracket that the rules of extraction proposed was accepted, as the machine had written " +
			"it, less than five seconds after it was proposed.",
		Columns: columns(claim, "was=What", at("Accepted"), took, who("By"), event), sql: machineWords},
	{Name: "taken_down", Title: "Take-downs",
		Says:    "An article was taken down: its words are shown to nobody. The reason stands in the event.",
		Columns: columns("object=Article", at("Taken down"), who("By"), event), sql: takenDown},
	{Name: "protected_source", Title: "Printed with a protected source",
		Says: "A frozen set prints a claim or an item of evidence whose source is protected, or was protected after " +
			"it. Who it is, is known to the editors of the collection and to the reviewers whom they named.",
		Columns: columns(claim, set, "object=Source of", "was=How", at("Frozen"), who("Protected by")),
		sql:     protectedSource},
	{Name: "erased", Title: "Erased texts",
		Says:    "A text was erased from the history. Its hash stays, and the reason stands in the event.",
		Columns: columns("object=Text", at("Erased"), who("By"), event), sql: erased},
	{Name: "checkpoint_gap", Title: "Gaps between checkpoints", House: true,
		Says: "More than 1,000 events, or an event for more than a day, without a signature. What happened there " +
			"before the next checkpoint could have been rewritten unseen.",
		Columns: columns("was=From event", "becomes=To event", at("Signed"), took), sql: checkpointGap},
}
