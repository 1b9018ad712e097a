package webhooks

import (
	"slices"
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/term"
)

// Topic is a group of actions that are told together.
type Topic string

// The topics.
const (
	Articles  Topic = "articles"
	Claims    Topic = "claims"
	Evidence  Topic = "evidence"
	Reviews   Topic = "reviews"
	Decisions Topic = "decisions"
	Sets      Topic = "sets"
)

// Topics are the topics with their words.
var Topics = term.New("topic of a webhook",
	term.Term[Topic]{Name: Articles, Word: "articles", About: "One came in, has another text, or was taken down."},
	term.Term[Topic]{Name: Claims, Word: "claims",
		About: "A candidate was proposed, accepted or rejected; a claim's words or state changed."},
	term.Term[Topic]{Name: Evidence, Word: "evidence",
		About: "A piece was linked or unlinked; an origin was confirmed."},
	term.Term[Topic]{Name: Reviews, Word: "reviews", About: "Told when their round closes, before the decision."},
	term.Term[Topic]{Name: Decisions, Word: "decisions",
		About: "A claim was decided, adjudicated, approved, reopened."},
	term.Term[Topic]{Name: Sets, Word: "sets", About: "A claim set was made, frozen, corrected or published."},
)

// told are the actions of each topic. What is not listed is never told: people, roles, settings, drafts, comments,
// questions, protections and erasures.
var told = map[Topic][]string{
	Articles: {"article.imported", "article.published", "article.taken_down", "revision.added"},
	Claims: {"candidate.proposed", "candidate.accepted", "candidate.edited", "candidate.rejected", "candidate.restored",
		"claim.created", "claim.edited", "claim.merged", "claim.merged_away", "claim.reanchored", "claim.restored",
		"claim.split", "claim.split_off", "claim.unaccepted", "claim.unmerged", "claim.withdrawn", "gloss.set",
		"gloss.confirmed", "gloss.unconfirmed", "gloss.withdrawn"},
	Evidence: {"evidence.linked", "evidence.relinked", "evidence.unlinked", "evidence.reanchored", "origin.named",
		"origin.confirmed", "origin.withdrawn", "shelf.match_confirmed", "shelf.match_reopened"},
	Reviews: {"round.opened", "round.closed", "review.submitted", "review.superseded", "review.withdrawn",
		"review.restored"},
	Decisions: {"claim.in_conflict", "claim.decided", "claim.adjudicated", "claim.approved", "claim.reopened",
		"decision.reached", "decision.adjudicated", "decision.approved"},
	Sets: {"claimset.created", "claimset.claims_added", "claimset.claims_removed", "claimset.frozen",
		"claimset.superseded", "claimset.correction_started", "status.published", "status.withdrawn", "alarm.raised",
		"alarm.answered", "alarm.withdrawn"},
}

// actions are those of some topics, in order.
func actions(of []Topic) (out []string) {
	for _, t := range of {
		out = append(out, told[t]...)
	}
	slices.Sort(out)
	return out
}

// topicsOf reads the topics of a column.
func topicsOf(column string) (out []Topic) {
	for _, t := range strings.Fields(column) {
		out = append(out, Topic(t))
	}
	return out
}

// column writes topics in the order of Topics, each once; a fault names one that is none, or says that there is none.
func column(all []Topic) (string, error) {
	if len(all) == 0 {
		return "", fault.New(fault.Invalid, "Choose what is told, at least one topic.").With("topics",
			"Choose at least one.")
	}
	for _, t := range all {
		if err := Topics.Check("topics", t); err != nil {
			return "", err
		}
	}
	var out []string
	for _, t := range Topics.Names() {
		if slices.Contains(all, t) {
			out = append(out, string(t))
		}
	}
	return strings.Join(out, " "), nil
}
