package review

import "claimbench/internal/history"

// Past says how this room's rows are read as they were. Which reviews are settled only finds what waits for somebody,
// and is as it is now.
func Past() []history.Versioned {
	n, m, t := history.NumberField, history.MaybeField, history.TextField
	return []history.Versioned{
		{Table: "review_rounds", Object: "'round:' || b.public", Kind: "round", Kept: []string{"id", "claim_id", "n",
			"public"},
			Whole: map[string]history.Field{"quorum": n("quorum"), "rule": t("rule"), "opened_by": n("opened_by"),
				"opened_at": n("opened_at"), "closed_at": m("closed_at"), "outcome": t("outcome")},
			Texts: map[string]string{"reopen_reason": "reopen_reason"}},
		{Table: "reviews", Object: "'review:' || b.public", Kind: "review", Kept: []string{"id", "claim_id", "round_id",
			"public", "settled"},
			Whole: map[string]history.Field{"reviewer_id": n("reviewer"), "words_version": n("words_version"),
				"verdict": t("verdict"), "reason": t("reason"), "confidence": m("confidence"),
				"evidence": t("evidence"), "seen_evidence": n("seen_evidence"), "submitted_at": n("submitted_at"),
				"superseded_at": m("superseded_at"), "advice": t("advice"), "ground": t("ground").Or("[]"),
				"withdrawn": history.BoolField("withdrawn").Or("false"), "guideline": n("guideline").Or("0")},
			Texts: map[string]string{"rationale": "rationale", "searched": "searched"}},
		{Table: "decisions", Object: "'decision:' || b.id", Kind: "decision", Kept: []string{"id", "claim_id",
			"round_id"},
			Whole: map[string]history.Field{"adjudicator_id": m("adjudicator"), "verdict": t("verdict"),
				"reason": t("reason"), "causes": t("causes"), "evidence": t("evidence"), "decided_at": n("decided_at"),
				"approver_id": m("approver"), "approved_at": m("approved_at"), "version": n("version"),
				"counted": t("counted").Or("[]"), "advice": t("advice").Or("[]")},
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
