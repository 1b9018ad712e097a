package watches

import (
	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/store"
)

// Seen is a watch with what is known of its visits. Of an article that has none Watch.ID is 0. Neither address nor text
// of an article that left is in it.
type Seen struct {
	Watch   Watch
	AskedAt store.Micros       // the last visit; 0 none yet
	Stated  string             // the last change, as the page stated it then
	Work    *addresses.Address // nil: it is not asked for any more
	Open    *Proposed          // a text that waits for a decision
	Earlier []Proposed         // what became of others, the newest first, without words
}

// mostEarlier is how many earlier texts are told of.
const mostEarlier = 20

// Of reads the watch of an article. It asks no permission.
func Of(r *store.Rx, a articles.Article) (out Seen, err error) {
	var there bool
	if out.Watch, there, err = store.One[Watch](r, "SELECT * FROM watches WHERE article_id = ?", a.ID); err != nil ||
		!there || a.State != articles.Live {
		return Seen{Watch: Watch{ID: out.Watch.ID, ArticleID: a.ID, State: out.Watch.State,
			UntilDay: out.Watch.UntilDay, Version: out.Watch.Version}}, err
	}
	last, _, err := store.One[visitRow](r, "SELECT * FROM watch_visits WHERE watch_id = ?", out.Watch.ID)
	if err != nil {
		return out, err
	}
	out.AskedAt, out.Stated = last.AskedAt, last.Stated
	work, waits, err := addresses.Scheduled(r, task, int64(out.Watch.ID))
	if err != nil {
		return out, err
	}
	if waits {
		out.Work = &work
	}
	all, err := store.Select[Proposed](r, "SELECT * FROM proposed_revisions WHERE article_id = ? ORDER BY id DESC "+
		"LIMIT ?", a.ID, mostEarlier+1)
	for i, p := range all {
		if p.State == Open {
			out.Open = &all[i]
		} else {
			out.Earlier = append(out.Earlier, p)
		}
	}
	return out, err
}

// Line is a watched article in a list. Of one that left, there is nothing but its number.
type Line struct {
	Watch
	Title string         `words:"article"`
	Lang  string         `words:"fact"`
	Now   articles.State // of the article
	Waits bool           // a text waits for a decision
}

// List lists the watches of a collection that are on or whose text waits, the newest first, those before one (0: all),
// at most limit. It asks no permission.
func List(r *store.Rx, in auth.CollectionID, before ID, limit int) ([]Line, error) {
	if before <= 0 {
		before = 1 << 62
	}
	return store.Select[Line](r, "SELECT w.*, a.title, a.lang, a.state AS now, EXISTS (SELECT 1 FROM "+
		"proposed_revisions p WHERE p.article_id = a.id AND p.state = 'open') AS waits FROM watches w JOIN articles a "+
		"ON a.id = w.article_id WHERE w.collection_id = ? AND w.id < ? AND a.state = ? AND (w.state = ? OR EXISTS "+
		"(SELECT 1 FROM proposed_revisions p WHERE p.article_id = a.id AND p.state = 'open')) ORDER BY w.id DESC "+
		"LIMIT ?", in, before, articles.Live, On, limit)
}
