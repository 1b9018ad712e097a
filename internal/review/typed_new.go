package review

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// What is typed as a new claim is kept as what is typed in the forms of a claim is: what typed.go says holds here.

// KeepTypedNew keeps what a person has typed as a new claim, as KeepTyped does.
func (s *Service) KeepTypedNew(ctx context.Context, actor auth.Actor, in claims.TypedNew) (out claims.TypedNew,
	err error) {
	defer fault.In(&err, "review.KeepTypedNew(article %d, %s)", in.ArticleID, in.Began)
	var a articles.Article
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		a, err = articles.ByIDFor(r, s.policy, actor, in.ArticleID)
		return err
	}); err != nil {
		return out, err
	}
	if _, err := s.policy.May(actor, auth.ThingClaim, auth.Write, a.CollectionID); err != nil {
		return out, err
	}
	if err := claims.CheckTypedNew(in); err != nil {
		return out, err
	}
	in.UserID = actor.UserID
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var a articles.Article // sending locks it too: one waits for the other
		if err := store.Take(tx.Lock(), &a, "such article", "id = ?", in.ArticleID); err != nil {
			return err
		}
		was, err := claims.TypedNewRow(&tx.Rx, in.UserID, in.ArticleID, in.Began)
		if err != nil {
			return err
		}
		kept := in
		kept.Fields = in.Fields.Copy()
		if err := forgetNew(&tx.Rx, a.CollectionID, kept.Fields); err != nil {
			return err
		}
		if err := buildsNew(&tx.Rx, was, kept, a); err != nil {
			return err
		}
		out, err = claims.KeepTypedNew(tx, was, kept)
		return err
	})
	return out, err
}

// buildsNew says whether what is kept builds on the row as it is.
func buildsNew(r *store.Rx, was *claims.TypedNew, in claims.TypedNew, a articles.Article) error {
	switch {
	case was == nil || was.Version == in.Version || was.SentAt == nil && in.Fields.Same(was.Fields):
		return nil
	case was.SentAt != nil:
		return fault.New(fault.Conflict, "You have added this claim of article %d meanwhile.", a.ID).WithDetail(
			FormSent{was.Version})
	}
	if err := forgetNew(r, a.CollectionID, was.Fields); err != nil {
		return err
	}
	return fault.New(fault.Conflict, "You typed something else for this new claim in another tab or on another "+
		"device, and it was saved. Look at both, and say which to keep.").WithDetail(claims.Typed{UserID: was.UserID,
		Version: was.Version, Fields: was.Fields, SavedAt: was.SavedAt})
}

// forgetNew takes the words of texts of a collection that were taken down out of what was typed there.
func forgetNew(r *store.Rx, in auth.CollectionID, fields claims.TypedFields) error {
	return takeOutGone(r, map[auth.CollectionID][]*string{in: fields.Words()})
}

// TypedNewOf reads what a person has typed as a new claim of an article, as TypedOf does.
func TypedNewOf(r *store.Rx, user auth.UserID, a articles.Article, began string) (*claims.TypedNew, error) {
	t, err := claims.TypedNewRow(r, user, a.ID, began)
	if err != nil || t == nil || t.SentAt != nil {
		return t, err
	}
	return t, forgetNew(r, a.CollectionID, t.Fields)
}

// TypedNewBy lists the new claims that a person has begun and not sent, without words of texts that were taken down,
// and gives the collections of their articles.
func TypedNewBy(r *store.Rx, user auth.UserID) ([]claims.TypedNew, map[articles.ID]auth.CollectionID, error) {
	out, err := claims.TypedNewBy(r, user)
	if err != nil || len(out) == 0 {
		return nil, nil, err
	}
	in, err := forgetTypedNew(r, out)
	return out, in, err
}

// forgetTypedNew is forgetTyped of new claims.
func forgetTypedNew(r *store.Rx, rows []claims.TypedNew) (map[articles.ID]auth.CollectionID, error) {
	ids := make([]articles.ID, len(rows))
	for i, t := range rows {
		ids[i] = t.ArticleID
	}
	var all []articles.Article
	if err := r.Gorm().Select("id", "collection_id").Where("id IN ?", ids).Find(&all).Error; err != nil {
		return nil, err
	}
	in := map[articles.ID]auth.CollectionID{}
	for _, a := range all {
		in[a.ID] = a.CollectionID
	}
	words := map[auth.CollectionID][]*string{}
	for _, t := range rows {
		words[in[t.ArticleID]] = append(words[in[t.ArticleID]], t.Fields.Words()...)
	}
	return in, takeOutGone(r, words)
}

// DiscardTypedNew erases what a person has typed as a new claim. They may, whatever their roles are now.
func (s *Service) DiscardTypedNew(ctx context.Context, actor auth.Actor, article articles.ID, began string) (
	err error) {
	defer fault.In(&err, "review.DiscardTypedNew(article %d, %s)", article, began)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return claims.DropTypedNew(tx, actor.UserID, article, began)
	})
}

// SweepTypedNew looks through what all people have typed as new claims, as SweepTyped does.
func (s *Service) SweepTypedNew(ctx context.Context) (err error) {
	defer fault.In(&err, "review.SweepTypedNew()")
	for last := (claims.TypedNew{}); ; {
		var part []claims.TypedNew
		var changed []sweptNew
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			if part, err = claims.TypedNewAfter(r, last, sweptUnsent); err != nil || len(part) == 0 {
				return err
			}
			changed, err = s.newToSweep(r, part)
			return err
		}); err != nil || len(part) == 0 {
			return err
		}
		last = part[len(part)-1]
		if len(changed) == 0 {
			continue
		}
		if err := s.db.Write(ctx, func(tx *store.Tx) error {
			for _, f := range changed {
				if err := f.put(tx); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
}

// sweptNew is what was typed as a new claim as a sweep wants it.
type sweptNew struct {
	claims.TypedNew
	erase bool
}

// put writes it, unless the person typed meanwhile: then the next sweep sees it.
func (f sweptNew) put(tx *store.Tx) error {
	now, err := claims.TypedNewRow(&tx.Rx, f.UserID, f.ArticleID, f.Began)
	if err != nil || now == nil || now.Version != f.Version {
		return err
	}
	if f.erase {
		return claims.DropTypedNew(tx, f.UserID, f.ArticleID, f.Began)
	}
	was := f.Version
	f.Version++
	return f.Put(tx, was)
}

// newToSweep gives those of a part that must change, as they should be.
func (s *Service) newToSweep(r *store.Rx, part []claims.TypedNew) (out []sweptNew, err error) {
	now := make([]claims.TypedNew, len(part))
	for i, t := range part {
		now[i] = t
		now[i].Fields = t.Fields.Copy()
	}
	in, err := forgetTypedNew(r, now)
	if err != nil {
		return nil, err
	}
	owners := map[auth.UserID]auth.User{}
	for i, t := range now {
		f := sweptNew{TypedNew: t}
		if t.SentAt != nil {
			if f.erase = s.db.Now()-*t.SentAt >= store.Micros(sentKept.Microseconds()); f.erase {
				out = append(out, f)
			}
			continue
		}
		owner, known := owners[t.UserID]
		if !known {
			if owner, err = auth.UserByID(r, t.UserID); err != nil {
				return nil, err
			}
			owners[t.UserID] = owner
		}
		f.LostAt, f.erase = s.aged(t.LostAt, owner.Enabled && s.policy.Allows(auth.Actor{UserID: owner.ID,
			Grants: owner.Grants}, auth.ThingClaim, auth.Write, in[t.ArticleID]))
		if f.erase || !t.Fields.Same(part[i].Fields) || (f.LostAt == nil) != (t.LostAt == nil) {
			out = append(out, f)
		}
	}
	return out, nil
}
