package evidence

import (
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// ObjectsOf names the evidence of a claim for its history, unlinked items too, with its captures; it asks no
// permission.
func ObjectsOf(r *store.Rx, id claims.ID) ([]string, error) {
	objects, _, err := ObjectsAndLinked(r, id)
	return objects, err
}

// ObjectsAndLinked is ObjectsOf with the evidence among them that is linked now, read at once.
func ObjectsAndLinked(r *store.Rx, id claims.ID) (objects []string, linked []ID, err error) {
	type row struct {
		Object string
		ID     ID
		Linked int
	}
	rows, err := store.Select[row](r, "SELECT object, id, linked FROM (SELECT 'evidence:' || id AS object, id, "+
		"0 AS k, "+
		"CASE WHEN unlinked_at IS NULL THEN 1 ELSE 0 END AS linked FROM evidence WHERE claim_id = ? UNION ALL SELECT "+
		"'capture:' || c.id, c.id, 1, 0 FROM captures c JOIN evidence e ON e.id = c.evidence_id WHERE e.claim_id = ?) "+
		"AS x ORDER BY k, id LIMIT ?", id, id, claims.MostOfAKind)
	for _, x := range rows {
		objects = append(objects, x.Object)
		if x.Linked == 1 {
			linked = append(linked, x.ID)
		}
	}
	return objects, linked, err
}
