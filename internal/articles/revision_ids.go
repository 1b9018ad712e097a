package articles

import "claimbench/internal/store"

// RevisionIDs lists the texts that an article ever had, for rooms that keep something of each. It asks no permission.
func RevisionIDs(r *store.Rx, id ID) ([]RevisionID, error) {
	return store.Select[RevisionID](r, "SELECT id FROM revisions WHERE article_id = ? ORDER BY id", id)
}
