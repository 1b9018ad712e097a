package filling

import (
	"context"
	"errors"
	"log/slog"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/search"
	"claimbench/internal/store"
)

// Open migrates an empty database, or one that a filling goes on in, marks it as a demo's, so that serve --demo takes
// it, and opens its rooms. keyFile is where the key that signs checkpoints lies; it is made when it is not there.
func Open(ctx context.Context, db *store.DB, keyFile string, goOn bool) (*house.House, error) {
	if s, err := db.Schema(ctx); err != nil || s.Database != 0 && !goOn {
		return nil, errors.Join(err, errors.New("the database is not empty"))
	}
	if _, err := db.Migrate(ctx); err != nil {
		return nil, err
	}
	if err := db.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta("made_by", "demo") }); err != nil {
		return nil, err
	}
	if _, err := search.Ensure(ctx, db, claims.IndexWordsAfter, nil); err != nil {
		return nil, err
	}
	key, err := history.OpenKey(keyFile)
	if err != nil {
		return nil, err
	}
	signer := history.NewSigner(db, key, slog.Default())
	if err := signer.Check(ctx); err != nil {
		return nil, err
	}
	return house.Open(db, house.Options{Auth: auth.Options{Demo: true}, Sign: func(ctx context.Context) error {
		_, err := signer.Sign(ctx)
		return err
	}})
}
