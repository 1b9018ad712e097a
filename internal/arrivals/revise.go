package arrivals

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/intake"
	"claimbench/internal/store"
)

// TextOf reads the text of an arrival of a person that is ready; false when there is none. It asks no permission but
// that they are its owner.
func TextOf(r *store.Rx, in auth.CollectionID, user auth.UserID, id ID) (string, bool, error) {
	h, is, err := store.One[held](r, "SELECT b.* FROM arrival_bytes AS b JOIN arrivals AS a ON a.id = b.id WHERE "+
		"a.id = ? AND a.collection_id = ? AND a.user_id = ? AND a.state = 'ready'", id, in, user)
	if err != nil || !is {
		return "", false, err
	}
	raw, err := unzipped(h.Document)
	if err != nil {
		return "", false, err
	}
	doc, err := intake.Unpack(raw)
	return doc.Text, err == nil, err
}

// Revise takes an arrival in as a newer text of an article, both as the person had them open; of its facts only the
// text and the file are the article's. What stood in the earlier texts is the caller's to look for.
func (s *Service) Revise(ctx context.Context, actor auth.Actor, in auth.CollectionID, id ID, version int64,
	article articles.ID, articleVersion int64) (out articles.Imported, err error) {
	defer fault.In(&err, "arrivals.Revise(%d, article %d)", id, article)
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in); err != nil {
		return out, err
	}
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		a, err := own(r, actor, in, id)
		if err != nil {
			return err
		}
		if a.Version != version {
			return fault.Stale("You changed this elsewhere after you opened it. Look at it again, then save.")
		}
		if a.State != Ready {
			return notSo(a, "Only what was read can be taken in.")
		}
		of, err := articles.ByID(r, article)
		if err == nil && of.CollectionID != in {
			err = fault.New(fault.NotFound, "There is no such article.")
		}
		return err
	}); err != nil {
		return out, err
	}
	a, doc, err := s.opened(ctx, id)
	if err != nil {
		return out, err
	}
	text := s.importOf(a, doc)
	text.Also = func(tx *store.Tx, out *articles.Imported) error {
		now, is, err := s.still(tx, a)
		if err != nil {
			return err
		}
		if !is {
			return fault.Stale("This was changed or discarded meanwhile. Look at the page again.")
		}
		now.State, now.Message, now.Name, now.Address = Taken, "", "", ""
		now.ArticleID, now.Existing, now.Revised = &out.Article.ID, out.Existing, !out.Existing
		return s.empty(tx, now)
	}
	return s.texts.ReviseBy(ctx, actor, article, articleVersion, text)
}
