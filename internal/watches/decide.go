package watches

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
)

// Take makes a text that was found the newest revision of its article. article is the version of the article that the
// person compared it with. What stood in the earlier texts is the caller's to look for, as after articles.ReviseLater.
func (s *Service) Take(ctx context.Context, actor auth.Actor, of articles.ID, id ProposedID, article int64) (
	out articles.Imported, err error) {
	defer fault.In(&err, "watches.Take(%d)", id)
	a, who, err := s.may(ctx, actor, of)
	if err != nil {
		return out, err
	}
	var p Proposed
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		p, err = waiting(r, of, id)
		return err
	}); err != nil {
		return out, err
	}
	return s.texts.ReviseWith(ctx, actor, of, article, p.Raw, func(tx *store.Tx, _ *articles.Imported) error {
		still, err := waiting(&tx.Rx, of, id)
		if err != nil {
			return err
		}
		return s.decided(tx, who, a.CollectionID, still, Taken)
	})
}

// Refuse says that a text that was found is not to be a revision. The same text is not proposed again.
func (s *Service) Refuse(ctx context.Context, actor auth.Actor, of articles.ID, id ProposedID) (err error) {
	defer fault.In(&err, "watches.Refuse(%d)", id)
	a, who, err := s.may(ctx, actor, of)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := hold(tx, of)
		if err != nil {
			return err
		}
		if err := articles.Revisable(now); err != nil {
			return err
		}
		p, err := waiting(&tx.Rx, of, id)
		if err != nil {
			return err
		}
		return s.decided(tx, who, a.CollectionID, p, Refused)
	})
}

// waiting reads a text of an article that waits for a decision.
func waiting(r *store.Rx, of articles.ID, id ProposedID) (Proposed, error) {
	p, err := store.Get[Proposed](r, "such proposed revision of this article", "SELECT * FROM proposed_revisions "+
		"WHERE id = ? AND article_id = ?", id, of)
	if err == nil && p.State != Open {
		err = fault.New(fault.Conflict, "This text does not wait any more: it was %s. Look again.",
			Fates.Word(p.State))
	}
	return p, err
}

// openOf reads the text of an article that waits for a decision; false when there is none.
func openOf(r *store.Rx, of articles.ID) (Proposed, bool, error) {
	return store.One[Proposed](r, "SELECT * FROM proposed_revisions WHERE article_id = ? AND state = ?", of, Open)
}

// decided is decide by a person: nobody need be told of the text any more.
func (s *Service) decided(tx *store.Tx, who history.Who, in auth.CollectionID, p Proposed, fate Fate) error {
	if err := s.untell(tx, in, p.ArticleID, notices.TextChanged); err != nil {
		return err
	}
	return decide(tx, who, in, p, fate)
}

// decide ends the waiting of a text. Its words go: those of one that was taken are a revision.
func decide(tx *store.Tx, who history.Who, in auth.CollectionID, p Proposed, fate Fate) error {
	before, version := proposedFields(p), p.Version
	by := auth.UserID(who.UserID)
	p.State, p.Raw, p.DecidedBy, p.DecidedAt, p.Version = fate, "", &by, tx.Now(), version+1
	if err := store.Changed(tx.Gorm().Model(&Proposed{}).Where("id = ? AND version = ?", p.ID, version).
		Select("state", "raw", "decided_by", "decided_at", "version").Updates(&p),
		"this proposed revision"); err != nil {
		return err
	}
	return record(tx, who, "proposed_revision."+string(fate), in, proposedObject(p.ID), before, proposedFields(p))
}
