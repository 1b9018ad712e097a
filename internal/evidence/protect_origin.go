package evidence

import (
	"encoding/json"
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// The origins of protected sources. Guards count by origin, so two protected documents of one origin must stay of one
// origin, and of the same as an open document of it; but nobody may read its name, nor see that it is the same.

// hiddenOrigin gives the origin of a name for a protected item: an open one of that name, or one whose name is hidden.
func hiddenOrigin(tx *store.Tx, who history.Who, c auth.CollectionID, name string) (*OriginID, error) {
	if err := tx.Alone(fmt.Sprintf("origin:%d:%s", c, name)); err != nil {
		return nil, err
	}
	var open []Origin
	if err := tx.Gorm().Where("collection_id = ? AND name = ?", c, name).Limit(1).Find(&open).Error; err != nil {
		return nil, err
	}
	if len(open) == 1 {
		return &open[0].ID, nil
	}
	known, err := store.Select[struct {
		Words    string
		OriginID OriginID
	}](&tx.Rx, "SELECT words, origin_id FROM (SELECT p.words, e.origin_id FROM protections p JOIN evidence e ON "+
		"e.id = p.evidence_id WHERE p.collection_id = ? UNION ALL SELECT p.words, ao.origin_id FROM "+
		"article_protections p JOIN article_origins ao ON ao.article_id = p.article_id WHERE p.collection_id = ?) AS "+
		"kept JOIN origins o ON o.id = kept.origin_id AND o.protected ORDER BY origin_id LIMIT ?", c, c, mostProtected)
	if err != nil {
		return nil, err
	}
	for _, x := range known {
		var k Kept
		if err := json.Unmarshal([]byte(x.Words), &k); err != nil {
			return nil, err
		}
		if k.Origin == name {
			return &x.OriginID, nil
		}
	}
	o := Origin{CollectionID: c, Protected: true}
	if o.Name, err = maskName(tx, c); err != nil {
		return nil, err
	}
	if err := tx.Gorm().Create(&o).Error; err != nil {
		return nil, err
	}
	_, err = history.Append(tx, who, history.Event{Action: "origin.named", Object: OriginObject(o.ID),
		Collection: int64(c), After: originFields(o), Texts: history.Texts{"name": o.Name}})
	return &o.ID, err
}

// countTruly finds by which origin the guards count protected items, in place: an open origin of the same name, which
// somebody may have named since, else the first that is hidden under that name. One query when there is one.
func countTruly(r *store.Rx, items []Shown) error {
	var ids []ID
	for _, x := range items {
		if x.Protected != "" && x.counts != 0 {
			ids = append(ids, x.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	name := func(p string) string { return inWords(r, p, "origin") }
	rows, err := store.Select[struct {
		ID       ID
		OriginID OriginID
	}](r, "SELECT p.evidence_id AS id, COALESCE((SELECT o.id FROM origins o WHERE "+
		"o.collection_id = p.collection_id AND NOT o.protected AND o.name = "+name("p")+"), (SELECT MIN(e.origin_id) "+
		"FROM protections q JOIN evidence e ON e.id = q.evidence_id WHERE q.collection_id = p.collection_id AND "+
		name("q")+" = "+name("p")+")) AS origin_id FROM protections p WHERE p.evidence_id IN ? UNION ALL SELECT "+
		"e.id, o.id FROM evidence e JOIN "+
		"article_protections ap ON ap.article_id = e.article_id JOIN origins o ON o.collection_id = e.collection_id "+
		"AND NOT o.protected AND o.name = "+name("ap")+" WHERE e.id IN ?", ids, ids)
	for _, row := range rows {
		for i := range items {
			if items[i].ID == row.ID && row.OriginID != 0 {
				items[i].counts = row.OriginID
			}
		}
	}
	return err
}

// mostProtected is how many protected items of a collection are looked through for an origin.
const mostProtected = 5000

// maskName is a name that no origin of the collection has.
func maskName(tx *store.Tx, c auth.CollectionID) (string, error) {
	if err := tx.Alone(fmt.Sprintf("masks:%d", c)); err != nil {
		return "", err
	}
	n, _, err := store.One[int64](&tx.Rx, fmt.Sprintf("SELECT COALESCE(MAX(CAST(substr(name, %d) AS BIGINT)), 0) "+
		"AS n FROM origins WHERE collection_id = ? AND protected", len(Masked)+2), c)
	return fmt.Sprintf("%s %d", Masked, n+1), err
}

// hideOrigin hides an origin of items that are being protected, when nothing open but they rests on it, and gives its
// name.
func hideOrigin(tx *store.Tx, who history.Who, id OriginID, items []ID) (name string, err error) {
	var o Origin
	if err := store.Take(tx.Lock(), &o, "such origin", "id = ?", id); err != nil {
		return "", err
	}
	open, _, err := store.One[bool](&tx.Rx, "SELECT EXISTS (SELECT 1 FROM evidence WHERE origin_id = ? AND "+
		"id NOT IN ? AND protected = '') OR EXISTS (SELECT 1 FROM article_origins ao JOIN articles a ON a.id = "+
		"ao.article_id WHERE ao.origin_id = ? AND a.state <> ?) AS used", o.ID, items, o.ID, articles.Protected)
	if err != nil || open {
		return o.Name, err
	}
	masked := o
	if masked.Name, err = maskName(tx, o.CollectionID); err != nil {
		return "", err
	}
	masked.Protected = true
	return o.Name, changeOrigin(tx, who, "origin.protected", o, masked)
}

// showOrigin gives the origin of an item that is open again its name back.
func showOrigin(tx *store.Tx, who history.Who, it Item, name string) (*OriginID, error) {
	var o Origin
	if err := store.Take(tx.Lock(), &o, "such origin", "id = ?", *it.OriginID); err != nil || !o.Protected {
		return it.OriginID, err
	}
	n, _, err := store.One[int64](&tx.Rx, "SELECT COUNT(*) FROM origins WHERE collection_id = ? AND name = ?",
		o.CollectionID, name)
	if err != nil {
		return nil, err
	}
	if n > 0 { // it was named anew meanwhile
		open, err := originNamed(tx, who, o.CollectionID, name)
		return &open.ID, err
	}
	shown := o
	shown.Name, shown.Protected = name, false
	return &o.ID, changeOrigin(tx, who, "origin.unprotected", o, shown)
}

func changeOrigin(tx *store.Tx, who history.Who, action string, was, is Origin) error {
	if err := tx.Gorm().Model(&Origin{}).Where("id = ?", is.ID).
		Updates(map[string]any{"name": is.Name, "protected": is.Protected}).Error; err != nil {
		return err
	}
	_, err := history.Append(tx, who, history.Event{Action: action, Object: OriginObject(is.ID),
		Collection: int64(is.CollectionID), Before: originFields(was), After: originFields(is),
		Texts: history.Texts{"name": is.Name}})
	return err
}

// Hidden is the history.Hider of this room: of which objects the events tell what is protected. Those of what was
// hidden always do; those of an item, of its captures and of an origin as long as they are protected.
func Hidden(r *store.Rx, objects []string) (map[string]bool, error) {
	out := map[string]bool{}
	var items, origins, kept []int64
	for _, object := range objects {
		switch history.Kind(object) {
		case "protection":
			out[object] = true
		case "evidence":
			if n, is := history.Number(object, "evidence"); is {
				items = append(items, n)
			}
		case "origin":
			if n, is := history.Number(object, "origin"); is {
				origins = append(origins, n)
			}
		case "capture":
			if n, is := history.Number(object, "capture"); is {
				kept = append(kept, n)
			}
		}
	}
	if len(items)+len(origins)+len(kept) == 0 {
		return out, nil
	}
	found, err := store.Select[struct { // by their ids alone: else an index of what is protected is read whole
		Object string
		Hidden bool
	}](r, "SELECT 'evidence:' || id AS object, protected <> '' OR EXISTS (SELECT 1 FROM articles a WHERE "+
		"a.id = evidence.article_id AND a.state = 'protected') AS hidden FROM evidence WHERE id IN ? UNION ALL "+
		"SELECT 'origin:' || id, protected FROM origins WHERE id IN ? UNION ALL SELECT 'capture:' || c.id, "+
		"e.protected <> '' FROM captures c JOIN evidence e ON e.id = c.evidence_id WHERE c.id IN ?",
		append(items, -1), append(origins, -1), append(kept, -1))
	for _, x := range found {
		if x.Hidden {
			out[x.Object] = true
		}
	}
	return out, err
}
