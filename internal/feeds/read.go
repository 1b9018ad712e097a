package feeds

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/store"
)

// ByID reads a feed. It asks no permission.
func ByID(r *store.Rx, id ID) (Feed, error) {
	return store.Get[Feed](r, "such feed", "SELECT * FROM feeds WHERE id = ?", id)
}

// Line is a feed in a list, with what its last visit saw, and how many of its items wait to be chosen.
type Line struct {
	Feed
	Title    string       `words:"fact"`
	Answered string       `words:"fact"`
	Note     string       `words:"fact"`
	AskedAt  store.Micros // 0: not yet
	NextAt   store.Micros // 0: it is not asked for
	Message  string       `words:"fact"` // why the last try failed
	Waits    int
}

const lines = "SELECT f.*, COALESCE(v.title, '') AS title, COALESCE(v.answered, '') AS answered, " +
	"COALESCE(v.note, '') " +
	"AS note, COALESCE(v.asked_at, 0) AS asked_at, COALESCE(a.next_at, 0) AS next_at, COALESCE(a.message, '') AS " +
	"message, (SELECT COUNT(*) FROM feed_items i WHERE i.feed_id = f.id AND i.state = 'open') AS waits FROM feeds f " +
	"LEFT JOIN feed_visits v ON v.feed_id = f.id LEFT JOIN addresses a ON a.task = 'feed' AND a.task <> 'page' AND " +
	"a.object = f.id WHERE "

// List lists the feeds of a collection, the newest first, those before one (0: all), at most limit. It asks no
// permission.
func List(r *store.Rx, in auth.CollectionID, before ID, limit int) ([]Line, error) {
	if before <= 0 {
		before = 1 << 62
	}
	return store.Select[Line](r, lines+"f.collection_id = ? AND f.id < ? ORDER BY f.id DESC LIMIT ?", in, before, limit)
}

// Of is a feed as List has it. It asks no permission.
func Of(r *store.Rx, id ID) (Line, error) {
	return store.Get[Line](r, "such feed", lines+"f.id = ?", id)
}

// Items lists the items of a feed in one fate, the newest first, those before one (0: all), at most limit. Of one whose
// page is a protected article title and address are "". It asks no permission.
func Items(r *store.Rx, f Feed, state Fate, before ItemID, limit int) ([]Item, error) {
	if before <= 0 {
		before = 1 << 62
	}
	all, err := store.Select[Item](r, "SELECT * FROM feed_items WHERE feed_id = ? AND state = ? AND id < ? ORDER "+
		"BY id "+
		"DESC LIMIT ?", f.ID, state, before, limit)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	at := make([]string, len(all))
	for i, it := range all {
		at[i] = it.Address
	}
	hidden, err := articles.ProtectedAt(r, f.CollectionID, at)
	for i := range all {
		if _, is := hidden[all[i].Address]; is && all[i].Address != "" {
			all[i].Title, all[i].Address, all[i].Byline = "", "", ""
		}
	}
	return all, err
}
