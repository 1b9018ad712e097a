package evidence

import (
	"context"
	"fmt"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
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

// Reanchor looks for the linked passages of an article's older revisions in its newest one. Those that stand there
// unchanged and once move by themselves; an item's words never change. The others stay in their revision, and every
// page that shows them says so. To ask again changes nothing.
func (s *Service) Reanchor(ctx context.Context, actor auth.Actor, article articles.ID) (_ Reanchored, err error) {
	defer fault.In(&err, "evidence.Reanchor(%d)", article)
	var out Reanchored
	moved := []ID{}
	busy := fmt.Sprintf("The evidence in article %d is being changed by others just now.", article)
	err = articles.FollowNewest(ctx, s.db, s.policy, actor, article, busy, func(t articles.Text) (all bool, err error) {
		out, all, err = s.followAll(ctx, actor, t)
		moved = append(moved, out.Moved...)
		return all, err
	})
	out.Moved = moved
	return out, err
}

// followAll looks once for every item of the older texts, and says whether that was all (move).
func (s *Service) followAll(ctx context.Context, actor auth.Actor, t articles.Text) (out Reanchored, all bool,
	err error) {
	out, all = Reanchored{[]ID{}, []ID{}}, true
	for last := ID(0); ; {
		older, err := s.olderItems(ctx, t, last)
		if err != nil || len(older) == 0 {
			return out, all, err
		}
		if _, err := s.policy.May(actor, auth.ThingEvidence, auth.Link, t.Article.CollectionID); err != nil {
			return out, false, err
		}
		var todo []Item
		for _, it := range older {
			if after, ok := standingIn(t, it); ok {
				todo = append(todo, after)
			} else {
				out.Behind = append(out.Behind, it.ID)
			}
		}
		done, whole, err := s.move(ctx, actor, t, todo)
		if err != nil {
			return out, false, err
		}
		out.Moved, all, last = append(out.Moved, done...), all && whole, older[len(older)-1].ID
	}
}

// olderAtOnce is how many items of older texts are read, and looked for in the newest, before they are written.
const olderAtOnce = 512

// olderItems reads the linked items that stand in older texts than the article's newest, in the order of their ids,
// after one. A text that is withheld has none.
func (s *Service) olderItems(ctx context.Context, t articles.Text, after ID) (older []Item, err error) {
	if t.Withheld() {
		return nil, nil
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		older = nil
		return r.Gorm().Where("article_id = ? AND revision_id <> ? AND unlinked_at IS NULL AND id > ?", t.Article.ID,
			t.Revision.ID, after).Order("id").Limit(olderAtOnce).Find(&older).Error
	})
	return older, err
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

// movedAtOnce is how many items the first Write moves; the next ones as many as the writer can be held for.
const movedAtOnce = 32

// move writes items in their new places, in several Writes, and says whether that was all: an item that was changed
// since it was read is left for the next time, and so is everything when the article got yet another text.
func (s *Service) move(ctx context.Context, actor auth.Actor, t articles.Text, todo []Item) (moved []ID, all bool,
	err error) {
	all = true
	for n := movedAtOnce; len(todo) > 0; {
		n = min(n, len(todo))
		begun := time.Now()
		done, rest, err := s.moveSome(ctx, actor, t, todo[:n])
		if err != nil {
			return moved, false, err
		}
		moved, all = append(moved, done...), all && rest
		if todo = todo[n:]; len(todo) > 0 {
			n = jobs.NextSlice(n, time.Since(begun))
			jobs.Pause(ctx, time.Since(begun))
		}
	}
	return moved, all, nil
}

func (s *Service) moveSome(ctx context.Context, actor auth.Actor, t articles.Text, todo []Item) (moved []ID, all bool,
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
		who, err := s.policy.Still(tx, actor, auth.ThingEvidence, auth.Link, a.CollectionID)
		if err != nil {
			return err
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
