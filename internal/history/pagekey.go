package history

import (
	"context"
	"crypto/rand"
	"encoding/hex"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// pageKey is the fact of the database that holds the key of page addresses.
const pageKey = "history_page_key"

// PageKey gives the 32 bytes by which servers write the addresses of older pages, so that a number in them tells nothing.
// The first server draws it; all servers of one database have the same, so that a page begun at one goes on at another.
// It hides numbers from readers of pages, not from whoever reads the database, who sees the events themselves.
func PageKey(ctx context.Context, db *store.DB) (key []byte, err error) {
	defer fault.In(&err, "history.PageKey()")
	var kept string
	if err := db.Read(ctx, func(rx *store.Rx) (err error) {
		kept, err = rx.Meta(pageKey)
		return err
	}); err != nil {
		return nil, err
	}
	if kept == "" {
		drawn := make([]byte, 32)
		_, _ = rand.Read(drawn) // never fails (crypto/rand since Go 1.24)
		if err := db.Write(ctx, func(tx *store.Tx) (err error) {
			kept, err = tx.MetaOnce(pageKey, hex.EncodeToString(drawn))
			return err
		}); err != nil {
			return nil, err
		}
	}
	if key, err = hex.DecodeString(kept); err != nil || len(key) != 32 {
		return nil, fault.New(fault.Unavailable, "The key of page addresses (%s in store_meta) is damaged. Delete that "+
			"row and start the server again; only addresses of older pages of the history change.", pageKey)
	}
	return key, nil
}
