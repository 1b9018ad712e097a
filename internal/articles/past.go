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
			Texts: map[string]string{"title": "title", "byline": "byline", "url": "url"},
			Marks: map[string]string{"url": ""}},
		{Table: "revisions", Object: "'revision:' || b.id", Kind: "revision", Kept: []string{"id", "article_id", "n",
			"sha256", "raw", "code_points", "added_by", "added_at"}},
	}
}

// Worded says where texts of this room stand whose rows have no past.
func Worded() []history.Versioned {
	return []history.Versioned{
		{Table: "collections", Object: "'collection:' || b.id", Kind: "collection",
			Texts: map[string]string{"name": "name"}, Marks: map[string]string{"name": history.MarkNumbered}},
		{Table: "sources", Object: "'source:' || b.id", Kind: "source",
			Texts: map[string]string{"name": "name", "kind": "kind"},
			Marks: map[string]string{"name": history.MarkNumbered}},
	}
}
