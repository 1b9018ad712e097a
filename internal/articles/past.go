package articles

import "claimbench/internal/history"

// Past says how this room's rows are read as they were. Whether an article is taken down is decided today.
func Past() []history.Versioned {
	n, m, t := history.NumberField, history.MaybeField, history.TextField
	return []history.Versioned{
		{Table: "articles", Object: "'article:' || b.id", Kind: "article",
			Kept: []string{"id", "collection_id", "state"},
			Whole: map[string]history.Field{"source_id": m("source"), "lang": t("lang"), "dir": t("dir"),
				"published": t("published"), "revision_id": m("revision"), "added_by": n("added_by"),
				"added_at": n("added_at"), "version": n("version")},
			Texts: map[string]string{"title": "title", "byline": "byline", "url": "url"}},
		{Table: "revisions", Object: "'revision:' || b.id", Kind: "revision", Kept: []string{"id", "article_id", "n",
			"sha256", "raw", "code_points", "added_by", "added_at"}},
	}
}
