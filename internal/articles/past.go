package articles

import (
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Past says how this room's rows are read as they were. Whether an article is taken down is decided today, and
// sentences never change.
func Past() []history.Versioned {
	n, m, t := history.NumberField, history.MaybeField, history.TextField
	return []history.Versioned{
		{Table: "articles", Object: "'article:' || b.id", Kind: "article",
			Kept:  []string{"id", "collection_id", "state", "protected"},
			Today: "b.state = 'protected'", // its source is protected now, and so in every past
			Whole: map[string]history.Field{"source_id": m("source"), "lang": t("lang"), "dir": t("dir"),
				"published": t("published"), "revision_id": m("revision"), "added_by": n("added_by"),
				"added_at": n("added_at"), "version": n("version")},
			Texts: map[string]string{"title": "title", "byline": "byline", "url": "url"},
			Marks: map[string]string{"url": ""}},
		{Table: "revisions", Object: "'revision:' || b.id", Kind: "revision", Kept: []string{"id", "article_id", "n",
			"sha256", "raw", "code_points", "added_by", "added_at"}},
		{Table: "collections", Object: "'collection:' || b.id", Kind: "collection", Kept: []string{"id"},
			Whole: map[string]history.Field{"quorum": n("quorum"), "rule": t("rule"), "advice": t("advice"),
				"version": n("version")},
			Texts: map[string]string{"name": "name"}, Marks: map[string]string{"name": history.MarkNumbered}},
		{Table: "sources", Object: "'source:' || b.id", Kind: "source", Kept: []string{"id", "protected"},
			Today: "b.protected", // as its articles are
			Whole: map[string]history.Field{"country": t("country"), "reliability": t("reliability"),
				"version": n("version")},
			Texts: map[string]string{"name": "name", "kind": "kind"},
			Marks: map[string]string{"name": history.MarkNumbered}},
		{Table: "source_ratings", Object: "'rating:' || b.id", Kind: "rating", Kept: []string{"id", "collection_id",
			"source_id"},
			Whole: map[string]history.Field{"reliability": t("reliability"), "version": n("version")}},
	}
}

// Worded says where texts of this room stand whose rows have no past.
func Worded() []history.Versioned {
	return []history.Versioned{
		{Table: "article_protections", Object: "'article_protection:' || b.id", Kind: "article_protection",
			Texts: map[string]string{"words": "words"}, Marks: map[string]string{"words": "{}"}},
		{Table: "articles", Object: "'article:' || b.id", Kind: "article",
			Texts: map[string]string{"protected": "protected"}, Emptied: reasonEmptied},
		{Table: "originals", Object: "'original:' || b.id", Kind: "original",
			Texts: map[string]string{"name": "name", "sha256": "sha256"}, Marks: map[string]string{"sha256": ""},
			Emptied: originalEmptied},
	}
}

// reasonEmptied leaves an article that is open now without a reason: one would say that it is protected.
func reasonEmptied(tx *store.Tx, id, _, mark string, _ history.Fields) (string, error) {
	now, _, err := store.One[string](&tx.Rx, "SELECT protected FROM articles WHERE CAST(id AS TEXT) = ?", id)
	if now == "" {
		return "", err
	}
	return mark, err
}
