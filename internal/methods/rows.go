package methods

import (
	"claimbench/internal/history"
	"claimbench/internal/store"
)

func fields(v Version) history.Fields {
	return history.Fields{"collection": history.Num(v.CollectionID), "n": history.Num(v.N), "lang": v.Lang,
		"sha256": v.SHA256, "author": history.Num(v.AuthorID), "added_at": history.Num(v.AddedAt)}
}

func texts(v Version) history.Texts {
	return history.Texts{"words": v.Words, "note": v.Note, "scale": v.Steps.String()}
}

// Past says how this room's rows are read as they were: a version never changes, but for a text that was erased, which
// is so in every past.
func Past() []history.Versioned {
	return []history.Versioned{{Table: "methods", Object: "'method:' || b.id", Kind: "method",
		Kept: []string{"id", "collection_id", "n", "words", "lang", "note", "scale", "sha256",
			"author_id", "added_at"}}}
}

// Worded says where texts of this room stand. The hash of a version is that of the words it was set with.
func Worded() []history.Versioned {
	return []history.Versioned{{Table: "methods", Object: "'method:' || b.id", Kind: "method",
		Texts: map[string]string{"words": "words", "note": "note", "scale": "scale"},
		Marks: map[string]string{"note": "", "scale": "[]"}}}
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{{Kind: "method", List: func(r *store.Rx, yield func(string, history.Fields,
		history.Texts) error) error {
		return store.Each(r, func(v Version) error { return yield(object(v), fields(v), texts(v)) })
	}}}
}
