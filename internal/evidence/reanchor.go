package evidence

import (
	"context"
	"fmt"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Standing says in which revision of several an item's passage stands, when it is not the newest one.
type Standing struct {
	N  int `json:"n"`  // of its own revision
	Of int `json:"of"` // of the newest
}

// Reanchored says what became of the items that stood in older revisions of an article.
type Reanchored struct {
	Moved  []ID `json:"moved"`  // words unchanged and found once: in the newest revision now
	Behind []ID `json:"behind"` // they keep their revision; a person unlinks them and links anew
}

// anchorTries is how often an item that somebody changed meanwhile is looked at again.
const anchorTries = 5

// Reanchor looks for the linked passages of an article's older revisions in its newest one. Those that stand there
// unchanged and once move by themselves; an item's words never change. The others stay in their revision, and every
// page that shows them says so. To ask again changes nothing.
func (s *Service) Reanchor(ctx context.Context, actor auth.Actor, article articles.ID) (_ Reanchored, err error) {
	defer fault.In(&err, "evidence.Reanchor(%d)", article)
	moved := []ID{}
	for range anchorTries {
		t, older, err := s.olderItems(ctx, actor, article)
		if err != nil || len(older) == 0 {
			return Reanchored{moved, []ID{}}, err
		}
		who, err := s.policy.May(actor, auth.ThingEvidence, auth.Link, t.Article.CollectionID)
		if err != nil {
			return Reanchored{}, err
		}
		out := Reanchored{moved, []ID{}}
		var todo []Item
		for _, it := range older {
			if after, ok := standingIn(t, it); ok {
				todo = append(todo, after)
			} else {
				out.Behind = append(out.Behind, it.ID)
			}
		}
		done, all, err := s.move(ctx, who, t, todo)
		if err != nil {
			return Reanchored{}, err
		}
		moved = append(moved, done...)
		if out.Moved = moved; all {
			return out, nil
		}
	}
	return Reanchored{}, fault.New(fault.Conflict,
		"The evidence in article %d is being changed by others just now. Try again in a moment.", article)
}

// olderItems reads an article's newest text and the linked items of its older ones. A text that is withheld has none.
func (s *Service) olderItems(ctx context.Context, actor auth.Actor, article articles.ID) (t articles.Text, older []Item,
	err error) {
	err = s.db.Read(ctx, func(r *store.Rx) error {
		older = nil
		if t, err = articles.TextOf(r, article, 0); err != nil || t.Withheld() {
			return err
		}
		return r.Gorm().Where("article_id = ? AND revision_id <> ? AND unlinked_at IS NULL", article,
			t.Revision.ID).Order("id").Find(&older).Error
	})
	if err != nil {
		return t, nil, err
	}
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Read, t.Article.CollectionID); err != nil {
		return t, nil, fault.Wrap(fault.NotFound, err, "There is no such article.")
	}
	return t, older, nil
}

// standingIn gives an item as it stands in a newer text, if it does so unchanged and once.
func standingIn(t articles.Text, it Item) (Item, bool) {
	anchor, at, _ := it.Follow(t)
	if anchor != text.AnchorExact && anchor != text.AnchorRelocated {
		return it, false
	}
	it.MoveTo(at)
	return it, true
}

// movedAtOnce is how many items one Write moves.
const movedAtOnce = 50

// move writes items in their new places, in several Writes, and says whether that was all: an item that was changed
// since it was read is left for the next time, and so is everything when the article got yet another text.
func (s *Service) move(ctx context.Context, who history.Who, t articles.Text, todo []Item) (moved []ID, all bool,
	err error) {
	all = true
	for part := range slices.Chunk(todo, movedAtOnce) {
		done, rest, err := s.moveSome(ctx, who, t, part)
		if err != nil {
			return moved, false, err
		}
		moved, all = append(moved, done...), all && rest
	}
	return moved, all, nil
}

func (s *Service) moveSome(ctx context.Context, who history.Who, t articles.Text, todo []Item) (moved []ID, all bool,
	err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		moved, all = nil, true
		a, err := articles.ByID(&tx.Rx, t.Article.ID)
		if err != nil {
			return err
		}
		if a.State != articles.Live || a.RevisionID == nil || *a.RevisionID != t.Revision.ID {
			all = false
			return nil
		}
		for _, after := range todo {
			ok, err := moveOne(tx, who, after)
			if err != nil {
				return err
			}
			if all = all && ok; ok {
				moved = append(moved, after.ID)
			}
		}
		return nil
	})
	return moved, all, err
}

func moveOne(tx *store.Tx, who history.Who, after Item) (bool, error) {
	if _, err := claims.Lock(tx, after.ClaimID); err != nil { // first the claim, then its item, as linking does
		return false, err
	}
	var now Item
	if err := store.Take(tx.Lock(), &now, "such evidence", "id = ?", after.ID); err != nil {
		return false, err
	}
	if now.Version != after.Version {
		return false, nil
	}
	after.Version++
	if err := store.Changed(tx.Gorm().Model(&Item{}).Where("id = ? AND version = ?", now.ID, now.Version).Updates(
		map[string]any{
			"revision_id": after.RevisionID, "sentence": after.Sentence, "start_cp": after.Start, "end_cp": after.End,
			"prefix": after.Prefix, "suffix": after.Suffix, "version": after.Version,
		}), "this evidence"); err != nil {
		return false, err
	}
	_, err := history.Append(tx, who, history.Event{
		Action: "evidence.reanchored", Object: Object(now.ID), Collection: int64(now.CollectionID),
		Batch:  fmt.Sprintf("reanchor:%d:%d", *after.ArticleID, after.RevisionID),
		Before: fields(now), After: fields(after), Texts: texts(after),
	})
	return err == nil, err
}
