package evidence

import (
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// What this room keeps of the source of a protected article (articles.Protect): its origin, what is linked from outside
// at its address, and the passages of it that are evidence (docs/adr/0448).

// Beside is the articles.Beside of this room.
type Beside struct{}

// Hide masks the origin of an article when nothing open rests on it, and protects the outside documents of its address.
func (Beside) Hide(tx *store.Tx, who history.Who, was articles.Article, reason string) (string, error) {
	if was.URL != "" {
		var items []Item
		if err := tx.Lock().Where("collection_id = ? AND (url = ? OR LOWER(url) LIKE ?) AND protected = ''",
			was.CollectionID, was.URL, articles.HostLike(was.URL)).Order("id").Find(&items).Error; err != nil {
			return "", err
		}
		items = slices.DeleteFunc(items, func(it Item) bool { return !articles.SameAddress(it.URL, was.URL) })
		items = items[:min(len(items), mostCopies)]
		if _, err := hideAll(tx, who, items, reason); err != nil {
			return "", err
		}
	}
	ao, stated, err := OriginOf(&tx.Rx, was.ID)
	if err != nil || !stated {
		return "", err
	}
	var o Origin
	if err := store.Take(tx.Gorm(), &o, "such origin", "id = ?", ao.OriginID); err != nil || o.Protected {
		return nameOfMasked(&tx.Rx, o), err
	}
	return hideOrigin(tx, who, o.ID, []ID{-1})
}

// nameOfMasked is the name of an origin that is masked already, as one of what rests on it kept it.
func nameOfMasked(r *store.Rx, o Origin) string {
	name, _, err := store.One[string](r, "SELECT name FROM (SELECT "+inWords(r, "p", "origin")+" AS name FROM "+
		"protections p JOIN evidence e ON e.id = p.evidence_id WHERE e.origin_id = ? UNION ALL SELECT "+
		inWords(r, "q", "origin")+" FROM article_protections q JOIN article_origins ao ON "+
		"ao.article_id = q.article_id WHERE ao.origin_id = ?) AS kept LIMIT 1", o.ID, o.ID)
	if err != nil {
		return ""
	}
	return name
}

// inWords is SQL for a member of what a protection keeps, which is a JSON object.
func inWords(r *store.Rx, table, member string) string {
	if r.Dialect() == store.Postgres {
		return "(CAST(" + table + ".words AS JSONB) ->> '" + member + "')"
	}
	return "json_extract(" + table + ".words, '$." + member + "')"
}

// Show gives the origin of an article that is open again its name back.
func (Beside) Show(tx *store.Tx, who history.Who, is articles.Article, name string) error {
	ao, stated, err := OriginOf(&tx.Rx, is.ID)
	if err != nil || !stated || name == "" {
		return err
	}
	id, err := showOrigin(tx, who, Item{OriginID: &ao.OriginID}, name)
	if err != nil || *id == ao.OriginID {
		return err
	}
	var o Origin
	if err := store.Take(tx.Gorm(), &o, "such origin", "id = ?", *id); err != nil {
		return err
	}
	_, err = state(tx, who, is, o, ao.Version, "Its name was given anew while the source was protected")
	return err
}

// cover hides a passage of a protected article in an item that is about to be shown.
func (x *Shown) cover(reason string) {
	x.hide(reason)
	x.Spot = articles.Spot{Place: articles.Place{RevisionID: x.RevisionID}, Lang: x.Lang, Dir: x.Dir}
	x.Publisher, x.Source = "", Masked
}

// Opened reads items with the passages of protected articles in them, for a person who may read those; nobody but
// desk.look calls it. What is protected of outside documents stays out.
func Opened(r *store.Rx, ids []ID) (map[ID]Shown, error) {
	rows, err := store.Select[shownRow](r, shownSelect+"evidence.id IN ? ORDER BY evidence.id", ids)
	out := make(map[ID]Shown, len(rows))
	for _, x := range rows {
		s := x.shown(true)
		s.Opened = s.Article != nil && s.Article.State == articles.Protected
		out[x.ID] = s
	}
	return out, err
}
