package replies

import (
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// OfClaims reads who was asked about some claims, by claim, in the order in which it was written down. It asks no
// permission.
func OfClaims(r *store.Rx, ids []claims.ID) (map[claims.ID][]Reply, error) {
	out := map[claims.ID][]Reply{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := store.Select[Reply](r, "SELECT * FROM replies WHERE claim_id IN ? AND withdrawn_at IS NULL "+
		"ORDER BY claim_id, id", ids)
	for _, x := range rows {
		out[x.ClaimID] = append(out[x.ClaimID], x)
	}
	return out, err
}

// ContactsFor reads how those are reached whom somebody may know it of: all, for an editor, else those that they wrote
// down themselves.
func ContactsFor(r *store.Rx, c claims.ID, all bool, reader auth.UserID) (map[ID]string, error) {
	rows, err := store.Select[Contact](r, "SELECT k.* FROM reply_contacts k JOIN replies x ON x.id = k.reply_id WHERE "+
		"x.claim_id = ? AND x.withdrawn_at IS NULL ORDER BY k.id", c)
	out := map[ID]string{}
	for _, k := range rows {
		if all || k.WrittenBy == reader {
			out[k.ReplyID] = k.Words
		}
	}
	return out, err
}

// ClaimOf is the claim that a reply is about. It asks no permission.
func ClaimOf(r *store.Rx, id ID) (claims.ID, error) {
	var x Reply
	err := store.Take(r.Gorm(), &x, "such reply", "id = ?", id)
	return x.ClaimID, err
}
