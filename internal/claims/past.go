package claims

import (
	"slices"

	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Past says how this room's rows are read as they were.
func Past() []history.Versioned {
	n, m, t := history.NumberField, history.MaybeField, history.TextField
	return []history.Versioned{
		{Table: "claims", Object: "'claim:' || b.id", Kind: "claim",
			Kept: []string{"id", "collection_id", "article_id"},
			Whole: map[string]history.Field{"revision_id": n("revision"), "sentence": n("sentence"),
				"start_cp": n("start"), "end_cp": n("end"), "lang": t("lang"), "dir": t("dir"), "hedge": t("hedge"),
				"kind": t("kind"), "checkworthy": n("checkworthy"), "state": t("state"), "verdict": t("verdict"),
				"reason": t("reason"), "round": n("round"), "words_version": n("words_version"),
				"version": n("version"), "merged_into": m("merged_into"), "by_hand": history.BoolField("by_hand"),
				"added_by": n("added_by"), "added_at": n("added_at"), "opened_by": m("opened_by"),
				"opened_at": m("opened_at"), "anchor": t("anchor").Or(""), "anchor_revision": m("anchor_revision"),
				"anchor_start_cp": n("anchor_start").Or("0"), "anchor_end_cp": n("anchor_end").Or("0"),
				"priority": n("priority").Or("0")},
			Texts: map[string]string{"exact": "exact", "prefix": "prefix", "suffix": "suffix", "statement": "statement",
				"attribution": "attribution", "reasons": "reasons", "anchor_changes": "anchor_changes|[]",
				"stretches": "stretches|[]"}, Stamp: "changed_at",
			Marks: map[string]string{"prefix": "", "suffix": "", "reasons": "[]", "anchor_changes": "[]",
				"stretches": "[]"}, Emptied: emptied,
			Spells: &history.Spells{Table: "claim_spells", Row: "claim_id", Object: "'claim:' || s.claim_id",
				Columns: slices.Concat([]string{"collection_id"}, spelt)}},
		{Table: "claim_words", Query: func(dialect string, _ int64, at store.Micros) string {
			return "SELECT b.* FROM " + history.Itself(dialect) + "claim_words b WHERE b.worded_at <= " +
				history.Num(at)
		}},
		{Table: "glosses", Object: "'gloss:' || b.id", Kind: "gloss", Kept: []string{"id"},
			Whole: map[string]history.Field{"claim_id": n("claim"), "lang": t("lang"), "author_id": n("author"),
				"confirmed_by": m("confirmed_by"), "changed_at": n("changed_at"), "version": n("version")},
			Texts: map[string]string{"words": "words"}, Emptied: glossEmptied,
			Gone: map[string]string{"id": "CAST(substr(v.object, 7) AS BIGINT)"}},
		{Table: "comments", Object: "'comment:' || b.public", Kind: "comment", Kept: []string{"id", "public"},
			Whole: map[string]history.Field{"claim_id": n("claim"), "author_id": n("author"), "added_at": n("added_at"),
				"round": n("round").Or("0"), "mentions": t("mentions").Or("[]"), "resolved_by": m("resolved_by"),
				"resolved_at": m("resolved_at"), "version": n("version").Or("1")},
			Texts: map[string]string{"words": "words"},
			Gone:  map[string]string{"id": "-v.seq", "public": "substr(v.object, 9)"}},
	}
}
