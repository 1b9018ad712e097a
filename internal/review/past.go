package review

import "claimbench/internal/history"

// Past says how this room's rows are read as they were. Which reviews are settled only finds what waits for
// somebody, and is as it is now. What a review, a decision or a round says from its first event on and never
// otherwise stands with what is kept: so what is asked of then goes by the indexes of now.
func Past() []history.Versioned {
	n, m, t := history.NumberField, history.MaybeField, history.TextField
	return []history.Versioned{
		{Table: "review_rounds", Object: "'round:' || b.public", Kind: "round", Kept: []string{"id", "claim_id", "n",
			"public", "quorum", "rule", "opened_by", "opened_at"},
			Whole: map[string]history.Field{"closed_at": m("closed_at"), "outcome": t("outcome")},
			Texts: map[string]string{"reopen_reason": "reopen_reason"}},
		{Table: "reviews", Object: "'review:' || b.public", Kind: "review", Kept: []string{"id", "claim_id", "round_id",
			"public", "settled", "reviewer_id", "words_version", "verdict", "reason", "confidence", "evidence",
			"seen_evidence", "submitted_at", "advice", "ground", "guideline", "own_only"},
			Whole: map[string]history.Field{"superseded_at": m("superseded_at"),
				"withdrawn": history.BoolField("withdrawn").Or("false")},
			Texts: map[string]string{"rationale": "rationale", "searched": "searched"}},
		{Table: "decisions", Object: "'decision:' || b.id", Kind: "decision", Kept: []string{"id", "claim_id",
			"round_id", "adjudicator_id", "verdict", "causes", "evidence", "decided_at", "counted", "advice"},
			Whole: map[string]history.Field{"reason": t("reason"), "approver_id": m("approver"),
				"approved_at": m("approved_at"), "version": n("version")},
			Texts: map[string]string{"rationale": "rationale", "explanation": "explanation"}},
		{Table: "review_questions", Object: "'question:' || b.public", Kind: "question", Kept: []string{"id", "public",
			"claim_id", "round_id"},
			Whole: map[string]history.Field{"asked_by": n("asked_by"), "reviewer_id": n("reviewer"),
				"asked_at": n("asked_at"), "answered_at": m("answered_at")},
			Texts: map[string]string{"question": "question", "answer": "answer"}},
		{Table: "guideline_gaps", Object: "'gap:' || b.id", Kind: "gap", Kept: []string{"id", "collection_id",
			"claim_id", "decision_id", "found_at"},
			Whole: map[string]history.Field{"answer": n("answer"), "answered_by": m("answered_by"),
				"answered_at": m("answered_at"), "version": n("version")}},
		{Table: "assignments", Object: "'assignment:' || b.id", Kind: "assignment", Kept: []string{"id"},
			Whole: map[string]history.Field{"collection_id": n("collection"), "claim_id": n("claim"),
				"user_id": n("user"), "given_by": n("given_by"), "given_at": n("given_at"), "how": t("how")},
			Gone: map[string]string{"id": "CAST(substr(v.object, 12) AS BIGINT)"}},
	}
}
