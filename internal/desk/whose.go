package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/replies"
	"claimbench/internal/store"
)

// Whose is the collection of an object, named by the first word of its address and its number: claims 42. 0 is of an
// object that is of no collection, as a person. It asks no permission: a door asks it about what it found.
func (d *Desk) Whose(ctx context.Context, actor auth.Actor, kind string, n int64) (in auth.CollectionID, err error) {
	defer fault.In(&err, "desk.Whose(%s, %d)", kind, n)
	err = d.h.DB.Read(ctx, func(r *store.Rx) (err error) {
		in, err = whose(r, actor, kind, n)
		return err
	})
	return in, err
}

func whose(r *store.Rx, actor auth.Actor, kind string, n int64) (auth.CollectionID, error) {
	switch kind {
	case "articles":
		a, err := articles.ByID(r, articles.ID(n))
		return a.CollectionID, err
	case "claims":
		c, err := claims.ByID(r, claims.ID(n))
		return c.CollectionID, err
	case "sets":
		set, err := claimset.ByID(r, claimset.ID(n))
		return set.CollectionID, err
	case "batches":
		b, err := claims.BatchOf(r, actor.UserID, claims.BatchID(n))
		return b.CollectionID, err
	case "replies":
		c, err := replies.ClaimOf(r, replies.ID(n))
		if err != nil {
			return 0, err
		}
		return whose(r, actor, "claims", int64(c))
	case "evidence":
		items, err := evidence.ByIDs(r, []evidence.ID{evidence.ID(n)})
		if err != nil || len(items) == 0 {
			return 0, err
		}
		return whose(r, actor, "claims", int64(items[0].ClaimID))
	}
	return 0, nil
}

// Item is one item of evidence, unlinked or not, as whoever linked or unlinked it is told of it: who else linked it is
// left out, for a round may be under way. It asks no permission.
func (d *Desk) Item(ctx context.Context, actor auth.Actor, n evidence.ID) (out EvidenceJSON, err error) {
	defer fault.In(&err, "desk.Item(%d)", n)
	err = d.look(ctx, actor, func(l *look) error {
		items, err := evidence.ByIDs(l.rx, []evidence.ID{n})
		if err != nil {
			return err
		}
		if len(items) == 0 {
			return fault.New(fault.NotFound, "There is no such item.")
		}
		if items[0].LinkedBy != actor.UserID {
			items[0].LinkedBy = 0
		}
		c, err := claims.ByID(l.rx, items[0].ClaimID)
		if err != nil {
			return err
		}
		if err := l.forgetNotes(c.CollectionID, items); err != nil {
			return err
		}
		out = EvidenceOf(items[0])
		return nil
	})
	return out, err
}
