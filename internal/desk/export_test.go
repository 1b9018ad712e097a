package desk

import (
	"context"

	"claimbench/internal/auth"
)

// Letters are those that some people have for a reader.
func Letters(d *Desk, reader auth.UserID, in auth.CollectionID, ids ...auth.UserID) (out []string, err error) {
	key, err := d.pageKey(context.Background())
	if err != nil {
		return nil, err
	}
	letters := lettersOf(key, reader, in, ids)
	for _, id := range ids {
		out = append(out, letters[id])
	}
	return out, nil
}
