package claimset

import (
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Past says how this room's rows are read as they were. Which claims a draft had, in which order, stands in its event,
// of a draft of more than listedMost claims only their number: then it is shown with those that it has now.
func Past() []history.Versioned {
	n, m, t := history.NumberField, history.MaybeField, history.TextField
	return []history.Versioned{
		{Table: "claim_sets", Object: "'claimset:' || b.id", Kind: "claimset", Kept: []string{"id", "collection_id",
			"salt"}, // of a draft, too, which shows it to nobody
			Whole: map[string]history.Field{"n": n("n"), "state": t("state"), "supersedes": m("supersedes"),
				"started_by": n("started_by"), "started_at": n("started_at"), "frozen_by": m("frozen_by"),
				"frozen_at": m("frozen_at"), "frozen_seq": n("frozen_seq"), "sha256": t("sha256"),
				"version": n("version"), "people": t("people").Or("names"), "root": t("root"),
				"method_n": n("method_n").Or("0"), "method_sha256": t("method"),
				"rationales": history.BoolField("rationales").Or("false"),
				"captures":   history.BoolField("captures").Or("false")},
			Texts: map[string]string{"title": "title", "publisher": "publisher", "note": "note", "address": "address"},
			Marks: map[string]string{"address": ""}},
		{Table: "claim_set_claims", Query: membersAt},
		{Table: "alarms", Object: "'alarm:' || b.id", Kind: "alarm", Kept: []string{"id", "collection_id", "set_id",
			"claim_id", "article_id", "evidence_id", "cause", "raised_at"},
			Whole: map[string]history.Field{"answer": t("answer"), "answered_by": m("answered_by"),
				"answered_at": m("answered_at"), "version": n("version")},
			Texts: map[string]string{"reason": "answer_reason"}},
		{Table: "claim_set_omissions", Object: "'omission:' || b.id", Kind: "omission", Kept: []string{"id", "set_id",
			"claim_id"}, Whole: map[string]history.Field{"said_by": n("said_by"), "said_at": n("said_at"),
			"version": n("version")}, Texts: map[string]string{"reason": "why"}},
	}
}

func membersAt(dialect string, seq int64, _ store.Micros) string {
	set := func(object string) string { return history.VersionAt(dialect, object, seq) }
	state := history.TextField("state").SQL(dialect, "e.row_after")
	list := history.TextField("claims").SQL(dialect, "e.row_after")
	own := history.Itself(dialect)
	few := "CASE WHEN " + list + " LIKE '%sha256%' THEN '' ELSE " + list + " END"
	each := "JOIN json_each('[' || replace(" + few + ", ' ', ',') || ']') x"
	value := "CAST(x.value AS BIGINT)"
	if dialect == store.Postgres {
		each = "CROSS JOIN LATERAL unnest(string_to_array(" + few + ", ' ')) WITH ORDINALITY AS x (value, key)"
	}
	return "SELECT b.set_id, b.claim_id, b.place, CASE WHEN " + state + " = 'draft' THEN '' ELSE b.frozen END AS " +
		"frozen FROM " + own + "claim_set_claims b " + set("'claimset:' || b.set_id") + " WHERE " + state +
		" <> 'draft' OR " + list + " LIKE '%sha256%' UNION ALL SELECT s.id AS set_id, " + value +
		" AS claim_id, x.key AS place, '' AS frozen FROM " + own + "claim_sets s " + set("'claimset:' || s.id") +
		" " + each + " WHERE " + state + " = 'draft'"
}
