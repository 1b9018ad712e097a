package evidence

import (
	"context"
	"fmt"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Origins lists the origins of a collection by name, at most MostOrigins.
func (s *Service) Origins(ctx context.Context, actor auth.Actor, c auth.CollectionID) (out []Origin, err error) {
	defer fault.In(&err, "evidence.Origins(%d)", c)
	if _, err := s.policy.May(actor, auth.ThingClaim, auth.Read, c); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		out, err = OriginsIn(r, c)
		return err
	})
	return out, err
}

// OriginOf gives the confirmed origin of an article inside a transaction, and false when none was stated.
func OriginOf(r *store.Rx, id articles.ID) (ArticleOrigin, bool, error) {
	return store.One[ArticleOrigin](r, "SELECT * FROM article_origins WHERE article_id = ?", id)
}

// ArticleOriginOf gives the confirmed origin of an article with its name, nil when none was stated.
func (s *Service) ArticleOriginOf(ctx context.Context, actor auth.Actor, id articles.ID) (ao ArticleOrigin, o *Origin,
	err error) {
	defer fault.In(&err, "evidence.ArticleOriginOf(%d)", id)
	err = s.db.Read(ctx, func(r *store.Rx) error {
		if _, err := articles.ByIDFor(r, s.policy, actor, id); err != nil {
			return err
		}
		var stated bool
		if ao, stated, err = OriginOf(r, id); err != nil || !stated {
			return err
		}
		o = &Origin{}
		return store.Take(r.Gorm(), o, "such origin", "id = ?", ao.OriginID)
	})
	return ao, o, err
}

// SetArticleOrigin says where an article's text truly comes from; the origin is made when its name is new. version is
// the one the person opened, 0 where none was stated. Reviews that counted the article's origin become stale.
func (s *Service) SetArticleOrigin(ctx context.Context, actor auth.Actor, id articles.ID, name string,
	version int64) (_ ArticleOrigin, err error) {
	defer fault.In(&err, "evidence.SetArticleOrigin(%d, %q)", id, name)
	var a articles.Article
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		a, err = articles.ByIDFor(r, s.policy, actor, id)
		return err
	}); err != nil {
		return ArticleOrigin{}, err
	}
	who, err := s.policy.May(actor, auth.ThingOrigin, auth.Confirm, a.CollectionID)
	if err != nil {
		return ArticleOrigin{}, err
	}
	if name = strings.TrimSpace(name); name == "" {
		return ArticleOrigin{}, fault.New(fault.Invalid, "Name the origin: who first made this text.").With("origin",
			"An origin needs a name.")
	}
	if err := CheckOrigin(name); err != nil {
		return ArticleOrigin{}, err
	}
	var out ArticleOrigin
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := lockArticles(tx, id); err != nil {
			return err
		}
		o, err := originNamed(tx, who, a.CollectionID, name)
		if err != nil {
			return err
		}
		was, _, err := OriginOf(&tx.Rx, id)
		if err != nil {
			return err
		}
		if out, err = state(tx, who, a, o, version, ""); err != nil {
			return err
		}
		return noteOrigins(tx, who, a.CollectionID, heldOrigins{Was: []ArticleOrigin{was}, Is: []ArticleOrigin{out}})
	})
	return out, err
}

// SetOriginIn is SetArticleOrigin in the Write in which an article comes in, of which nobody has stated one. Of whoever
// may not state origins nothing is asked: the article's page offers it to those who may. A name that is none is fault.
func (s *Service) SetOriginIn(tx *store.Tx, actor auth.Actor, a articles.Article, name string) error {
	if name = strings.TrimSpace(name); name == "" || !s.policy.Allows(actor, auth.ThingOrigin, auth.Confirm,
		a.CollectionID) {
		return nil
	}
	who, err := s.policy.May(actor, auth.ThingOrigin, auth.Confirm, a.CollectionID)
	if err == nil {
		err = CheckOrigin(name)
	}
	if err != nil {
		return err
	}
	o, err := originNamed(tx, who, a.CollectionID, name)
	if err != nil {
		return err
	}
	is, err := state(tx, who, a, o, 0, "")
	if err != nil {
		return err
	}
	return noteOrigins(tx, who, a.CollectionID, heldOrigins{Was: []ArticleOrigin{{}}, Is: []ArticleOrigin{is}})
}

// CheckOrigin says what is wrong with a name of an origin; "" is none.
func CheckOrigin(name string) error {
	if name == "" {
		return nil
	}
	if err := unfit(name); err != nil {
		return err
	}
	if err := text.CheckTyped("origin", name); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", err).With("origin", err.Error())
	}
	return nil
}

// lockArticles reads articles that this Write states the origins of, in the order of their ids, so that two who state
// at once wait for each other and cannot block each other.
func lockArticles(tx *store.Tx, ids ...articles.ID) (map[articles.ID]articles.Article, error) {
	var rows []articles.Article
	if err := tx.Lock().Where("id IN ?", ids).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := map[articles.ID]articles.Article{}
	for _, a := range rows {
		out[a.ID] = a
	}
	return out, nil
}

// state writes where one article's text comes from, if nobody has stated it since version.
func state(tx *store.Tx, who history.Who, a articles.Article, o Origin, version int64,
	reason string) (out ArticleOrigin, err error) {
	now, stated, err := OriginOf(&tx.Rx, a.ID)
	if err != nil {
		return out, err
	}
	if now.Version != version {
		return out, fault.Stale(
			"Somebody stated this article's origin after you opened it. Reload the page to see it.")
	}
	out = ArticleOrigin{ArticleID: a.ID, OriginID: o.ID, ConfirmedBy: auth.UserID(who.UserID), ConfirmedAt: tx.Now()}
	if out.Version, err = freshVersion(&tx.Rx, a.ID, version); err != nil {
		return out, err
	}
	var before history.Fields
	if stated {
		before = articleOriginFields(now)
		err = store.Changed(tx.Gorm().Model(&ArticleOrigin{}).Where("article_id = ? AND version = ?", a.ID,
			version).Updates(map[string]any{
			"origin_id": out.OriginID, "confirmed_by": out.ConfirmedBy, "confirmed_at": out.ConfirmedAt,
			"version": out.Version,
		}), "this article's origin")
	} else {
		err = tx.Gorm().Create(&out).Error
	}
	if err != nil {
		return out, err
	}
	_, err = history.Append(tx, who, history.Event{Action: "origin.confirmed", Object: ArticleOriginObject(a.ID),
		Collection: int64(a.CollectionID), Before: before, After: articleOriginFields(out), Reason: reason})
	return out, err
}

// freshVersion is a version that this article's origin never had: one that was taken back is known to the reviews that
// saw it. Each version came with an event.
func freshVersion(r *store.Rx, id articles.ID, now int64) (int64, error) {
	n, err := history.CountOf(r, ArticleOriginObject(id))
	return max(n, now) + 1, err
}

func originNamed(tx *store.Tx, who history.Who, c auth.CollectionID, name string) (Origin, error) {
	if err := tx.Alone(fmt.Sprintf("origin:%d:%s", c, name)); err != nil {
		return Origin{}, err
	}
	var found []Origin
	if err := tx.Gorm().Where("collection_id = ? AND name = ?", c, name).Limit(1).Find(&found).Error; err != nil {
		return Origin{}, err
	}
	if len(found) == 1 {
		return found[0], nil
	}
	o := Origin{CollectionID: c, Name: name}
	if err := tx.Gorm().Create(&o).Error; err != nil {
		return o, err
	}
	_, err := history.Append(tx, who, history.Event{Action: "origin.named", Object: OriginObject(o.ID),
		Collection: int64(c), After: originFields(o), Texts: history.Texts{"name": name}})
	return o, err
}
