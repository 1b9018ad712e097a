package evidence

import (
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Past says how this room's rows are read as they were.
func Past() []history.Versioned {
	n, m, t := history.NumberField, history.MaybeField, history.TextField
	return []history.Versioned{
		{Table: "evidence", Object: "'evidence:' || b.id", Kind: "evidence", Kept: []string{"id", "collection_id",
			"claim_id", "article_id", "protected", "linked_by", "linked_at"},
			Today: "b.protected <> ''", // its source is protected now, and so in every past
			Whole: map[string]history.Field{"revision_id": m("revision"), "sentence": n("sentence"),
				"start_cp": n("start"), "end_cp": n("end"), "lang": t("lang"), "dir": t("dir"), "read_on": t("read_on"),
				"origin_id": m("origin"), "stance": t("stance"), "kind": t("kind"),
				"unlinked_at": m("unlinked_at"), "unlinked_by": m("unlinked_by"),
				"version": n("version")},
			Texts: map[string]string{"exact": "exact", "prefix": "prefix", "suffix": "suffix", "url": "url",
				"archived_url": "archived_url", "note": "note", "differences": "differences",
				"title": "title", "publisher": "publisher"},
			Marks: map[string]string{"prefix": "", "suffix": "", "url": "", "archived_url": "", "differences": "[]"}},
		{Table: "article_origins", Object: "'article_origin:' || b.article_id", Kind: "article_origin",
			Kept: []string{"article_id"},
			Whole: map[string]history.Field{"origin_id": n("origin"), "confirmed_by": n("confirmed_by"),
				"confirmed_at": n("confirmed_at"), "version": n("version")},
			Gone: map[string]string{"article_id": "CAST(substr(v.object, 16) AS BIGINT)"}},
	}
}

// Worded says where texts of this room stand whose rows have no past.
func Worded() []history.Versioned {
	return []history.Versioned{{Table: "origins", Object: "'origin:' || b.id", Kind: "origin",
		Texts: map[string]string{"name": "name"}, Marks: map[string]string{"name": history.MarkNumbered}},
		{Table: "evidence", Object: "'evidence:' || b.id", Kind: "evidence",
			Texts: map[string]string{"protected": "protected"}, Emptied: reasonEmptied},
		{Table: "protections", Object: "'protection:' || b.id", Kind: "protection",
			Texts: map[string]string{"words": "words"}, Marks: map[string]string{"words": "{}"}}}
}

// reasonEmptied leaves a source that is open now without a reason: one would protect it again.
func reasonEmptied(tx *store.Tx, id, _, mark string, _ history.Fields) (string, error) {
	now, _, err := store.One[string](&tx.Rx, "SELECT protected FROM evidence WHERE CAST(id AS TEXT) = ?", id)
	if now == "" {
		return "", err
	}
	return mark, err
}
