package httpd

import (
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// showRounds is what a person may see of a claim's rounds.
func showRounds(v desk.Reviewing, names desk.Names) []view.RoundSeen {
	var out []view.RoundSeen
	for _, rd := range v.Rounds {
		seen := view.RoundSeen{N: rd.N, Open: rd.ClosedAt == nil}
		switch {
		case rd.Unknown:
			seen.Note = "Whether anybody has reviewed it in this round is not shown until the round closes."
		case rd.Veiled:
			seen.Note = "While a round is open, reviewers see only their own review."
		}
		if rd.ReopenReason != "" {
			seen.Opened = detected(rd.ReopenReason)
		}
		for _, rv := range rd.Reviews {
			seen.Reviews = append(seen.Reviews, showReview(rv, names))
		}
		seen.Questions = showQuestions(rd.Questions, names)
		if own, otherwise := rd.Otherwise(); otherwise {
			seen.Otherwise = "Resolved differently from you: you said " + own.Verdict.Word() + ", the decision is " +
				rd.Decision.Verdict.Word() + "."
		}
		if rd.Decision != nil {
			seen.Decision = showDecision(*rd.Decision, names)
		}
		out = append(out, seen)
	}
	return out
}

// ownVerdict is what the reader said in the round under way, "" for nothing.
func ownVerdict(v desk.Reviewing) view.Verdict {
	if v.Mine == nil {
		return ""
	}
	return view.Verdict(v.Mine.Verdict)
}

func showReview(rv desk.ReviewSeen, names desk.Names) view.ReviewSeen {
	x := view.ReviewSeen{
		By: "Reviewer " + rv.Letter, Letter: rv.Letter, Verdict: view.Verdict(rv.Verdict), Reason: view.Code(rv.Reason),
		Confidence: confidenceOf(rv.Confidence), Rationale: detected(rv.Rationale), Searched: detected(rv.Searched),
		At: moment(rv.SubmittedAt), Stale: rv.Stale, Mine: rv.Mine, Superseded: rv.SupersededAt != nil,
		Withdrawn: rv.Withdrawn,
	}
	if rv.Guideline > 0 {
		x.At += ", under version " + itoa(rv.Guideline) + " of the guidelines"
	}
	if rv.ReviewerID != 0 {
		x.By = names.Of(rv.ReviewerID)
	}
	return x
}

func showDecision(d review.Decision, names desk.Names) *view.DecisionSeen {
	x := view.DecisionSeen{Verdict: view.Verdict(d.Verdict), Reason: view.Code(d.Reason),
		How: "by the rule of the collection", At: moment(d.DecidedAt), Rationale: detected(d.Rationale),
		Explanation: detected(d.Explanation)}
	if d.AdjudicatorID != nil {
		x.How = "by " + names.Of(*d.AdjudicatorID) + ", who adjudicated"
	}
	if d.ApproverID != nil && d.ApprovedAt != nil {
		x.Approved = "Approved by " + names.Of(*d.ApproverID) + ", " + moment(*d.ApprovedAt) + "."
	}
	return &x
}
