package requests

import (
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// ByID reads a request. It asks no permission.
func ByID(r *store.Rx, id ID) (Request, error) {
	return store.Get[Request](r, "such request", "SELECT * FROM requests WHERE id = ?", id)
}

// Row is a request in a list, which stands for those like it.
type Row struct {
	Request
	Alike int // how many are like it, besides
}

// List lists requests of a collection, the newest first, those before one (0: all), at most limit; of those that are
// alike the first only, or with a state all in that state. It asks no permission.
func List(r *store.Rx, in auth.CollectionID, state State, before ID, limit int) ([]Row, error) {
	if before <= 0 {
		before = 1 << 62
	}
	query, args := "SELECT * FROM requests WHERE collection_id = ? AND id < ? AND (head_id = 0 OR head_id = id) "+
		"ORDER BY id DESC LIMIT ?", []any{in, before, limit}
	if state != "" {
		query, args = "SELECT * FROM requests WHERE collection_id = ? AND state = ? AND id < ? ORDER BY id DESC "+
			"LIMIT ?",
			[]any{in, state, before, limit}
	}
	all, err := store.Select[Request](r, query, args...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	heads := make([]ID, 0, len(all))
	for _, x := range all {
		heads = append(heads, x.HeadID)
	}
	counted, err := store.Select[struct {
		HeadID ID
		N      int
	}](r, "SELECT head_id, COUNT(*) AS n FROM requests WHERE head_id IN ? AND head_id <> 0 GROUP BY head_id", heads)
	if err != nil {
		return nil, err
	}
	n := map[ID]int{}
	for _, c := range counted {
		n[c.HeadID] = c.N
	}
	out := make([]Row, len(all))
	for i, x := range all {
		out[i] = Row{x, max(n[x.HeadID]-1, 0)}
	}
	return out, nil
}

// Waiting counts the requests of a collection that nobody has decided about, up to a number. It asks no permission.
func Waiting(r *store.Rx, in auth.CollectionID, most int) (int, error) {
	n, _, err := store.One[int](r, "SELECT COUNT(*) FROM (SELECT 1 FROM requests WHERE collection_id = ? AND "+
		"state = 'received' LIMIT ?) AS few", in, most)
	return n, err
}

// AlikeOf lists the requests that are like one, in the order in which they came, those after one (0: all), at most
// limit. It asks no permission.
func AlikeOf(r *store.Rx, x Request, after ID, limit int) ([]Request, error) {
	if x.HeadID == 0 {
		return nil, nil
	}
	return store.Select[Request](r, "SELECT * FROM requests WHERE head_id = ? AND id > ? AND id <> ? ORDER BY id "+
		"LIMIT ?",
		x.HeadID, after, x.ID, limit)
}

// Contact is how the one who asked is reached; "" they gave none, or it is erased. It asks no permission: it is for
// editors only.
func Contact(r *store.Rx, id ID, now store.Micros) (words string, until store.Micros, err error) {
	c, _, err := store.One[contact](r, "SELECT * FROM request_contacts WHERE request_id = ? AND erase_at > ?", id, now)
	return c.Words, c.EraseAt, err
}

// LinkedOf reads the claims that a request is linked to. It asks no permission.
func LinkedOf(r *store.Rx, id ID) ([]claims.Claim, error) {
	links, err := LinksOf(r, id)
	if err != nil || len(links) == 0 {
		return nil, err
	}
	ids := make([]claims.ID, len(links))
	for i, l := range links {
		ids[i] = l.ClaimID
	}
	return claims.FilledOf(r, ids)
}
