package main

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/extract"
	"claimbench/internal/history"
	"claimbench/internal/httpd"
	"claimbench/internal/review"
	"claimbench/internal/search"
	"claimbench/internal/store"
)

// openRooms wires every room on one database. signer may be nil, where no checkpoints are made.
func openRooms(db *store.DB, signer *history.Signer, o auth.Options) (httpd.Rooms, error) {
	policy, err := auth.LoadPolicy()
	if err != nil {
		return httpd.Rooms{}, err
	}
	if o.HasCollection == nil {
		o.HasCollection = articles.HasCollection
	}
	var sign func(context.Context) error
	if signer != nil {
		sign = func(ctx context.Context) error {
			_, err := signer.Sign(ctx)
			return err
		}
	}
	r := httpd.Rooms{DB: db, Policy: policy, Auth: auth.New(db, policy, o), Signer: signer, Audit: historyRooms()}
	r.Articles = articles.New(db, policy, search.Index{})
	r.Search = search.New(db, policy)
	r.Claims = claims.New(db, policy, extract.Rules())
	r.Evidence = evidence.New(db, policy, evidence.Differences)
	r.Review = review.New(db, policy, r.Claims)
	r.Sets = claimset.New(db, policy, sign)
	return r, nil
}
