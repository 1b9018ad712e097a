package articles

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Get reads one article's facts.
func (s *Service) Get(ctx context.Context, actor auth.Actor, id ID) (a Article, err error) {
	defer fault.In(&err, "articles.Get(%d)", id)
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		a, err = ByIDFor(r, s.policy, actor, id)
		return err
	})
	return a, err
}

// ByIDFor is ByID for a person who reads articles of its collection: one of another is not there for them.
func ByIDFor(r *store.Rx, policy *auth.Policy, actor auth.Actor, id ID) (Article, error) {
	a, err := ByID(r, id)
	if err != nil {
		return a, err
	}
	if err := mayRead(policy, actor, a); err != nil {
		return Article{}, err
	}
	return a, nil
}

// mayRead hides an article of another collection as if it were not there.
func mayRead(policy *auth.Policy, actor auth.Actor, a Article) error {
	if _, err := policy.May(actor, auth.ThingArticle, auth.Read, a.CollectionID); err != nil {
		return fault.Wrap(fault.NotFound, err, "There is no such article.")
	}
	return nil
}

// Hold keeps articles as they are until a Write has ended that judges by them: none is taken down meanwhile, and none
// gets another origin: one article, and those of which a query gives the ids. They are held in the order of their ids,
// as everywhere.
func Hold(tx *store.Tx, id ID, more *gorm.DB) error {
	var held []ID
	return tx.Hold().Model(&Article{}).Where("id IN (SELECT ? UNION ?)", id, more).Order("id").Pluck("id", &held).Error
}

// Filter says which articles to list.
type Filter struct {
	Collection auth.CollectionID
	Text       string // a part of the title, byline or URL
	After      ID     // only ids above this one
	Limit      int    // 0: 100
}

// Listed is an article with what a list shows of it.
type Listed struct {
	Article
	Source     string `json:"source_name"`
	Rating     string `json:"reliability"` // of the source, as this collection rated it
	CodePoints int    `json:"code_points"`
	Sentences  int    `json:"sentences"`
}

// List gives the articles of a collection in the order they came in.
func (s *Service) List(ctx context.Context, actor auth.Actor, f Filter) (out []Listed, err error) {
	defer fault.In(&err, "articles.List(collection %d)", f.Collection)
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Read, f.Collection); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		out, err = ListIn(r, f)
		return err
	})
	return out, err
}

// idsAtOnce is how many ids go into one statement.
const idsAtOnce = 500

const listedColumns = "articles.*, COALESCE(sources.name, '') AS source_name, " +
	"COALESCE(source_ratings.reliability, sources.reliability, '') AS rating"

// ListIn is List inside a transaction; it asks no permission. Sentences are numbered from 1 on without a gap, so that
// the last number, which the end of an index has, counts them.
func ListIn(r *store.Rx, f Filter) ([]Listed, error) {
	if f.Limit <= 0 || f.Limit > 500 {
		f.Limit = 100
	}
	q := r.Gorm().Table("articles").Select(listedColumns+", COALESCE(revisions.code_points, 0) AS code_points, "+
		"(SELECT COALESCE(MAX(n), 0) FROM sentences WHERE sentences.revision_id = articles.revision_id) AS sentences").
		Joins("LEFT JOIN sources ON sources.id = articles.source_id").
		Joins("LEFT JOIN source_ratings ON source_ratings.source_id = articles.source_id AND "+
			"source_ratings.collection_id = articles.collection_id").
		Joins("LEFT JOIN revisions ON revisions.id = articles.revision_id").
		Where("articles.collection_id = ? AND articles.id > ?", f.Collection, f.After)
	if t := strings.TrimSpace(f.Text); t != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(t)) + "%"
		q = q.Where(`LOWER(articles.title) LIKE ? ESCAPE '\' OR LOWER(articles.byline) LIKE ? ESCAPE '\' OR `+
			`LOWER(articles.url) LIKE ? ESCAPE '\'`, like, like, like)
	}
	rows, err := store.Find[struct {
		Article
		SourceName string `gorm:"column:source_name"`
		Rating     string `gorm:"column:rating"`
		CodePoints int    `gorm:"column:code_points"`
		Sentences  int    `gorm:"column:sentences"`
	}](q.Order("articles.id").Limit(f.Limit))
	out := make([]Listed, len(rows))
	for i, x := range rows {
		out[i] = Listed{Article: x.Article, Source: x.SourceName, Rating: x.Rating, CodePoints: x.CodePoints,
			Sentences: x.Sentences}
		if x.State == Protected {
			out[i].CodePoints, out[i].Sentences = 0, 0
		}
	}
	return out, err
}

// ListedOf gives articles by their ids, with source and rating as List has them but without the measures of their
// texts; it asks no permission.
func ListedOf(r *store.Rx, ids []ID) (map[ID]Listed, error) {
	out := make(map[ID]Listed, len(ids))
	for chunk := range slices.Chunk(ids, idsAtOnce) {
		var rows []struct {
			Article
			SourceName string `gorm:"column:source_name"`
			Rating     string `gorm:"column:rating"`
		}
		if err := r.Gorm().Table("articles").Select(listedColumns).
			Joins("LEFT JOIN sources ON sources.id = articles.source_id").
			Joins("LEFT JOIN source_ratings ON source_ratings.source_id = articles.source_id AND "+
				"source_ratings.collection_id = articles.collection_id").
			Where("articles.id IN ?", chunk).Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, x := range rows {
			out[x.ID] = Listed{Article: x.Article, Source: x.SourceName, Rating: x.Rating}
		}
	}
	return out, nil
}

// Text is a revision of an article, ready to be read. Doc is nil when the article was taken down.
type Text struct {
	Article   Article
	Revision  Revision
	Source    *Source // nil: not stated
	Doc       *text.Doc
	Sentences []Sentence
	Prev      ID // the articles that came to the collection before and after it; 0: none
	Next      ID
}

// Withheld says that the article was taken down: its facts are here, its text is not.
func (t Text) Withheld() bool { return t.Doc == nil }

// Read gives an article's newest text.
func (s *Service) Read(ctx context.Context, actor auth.Actor, id ID) (_ Text, err error) {
	defer fault.In(&err, "articles.Read(%d)", id)
	return s.ReadRevision(ctx, actor, id, 0)
}

// ReadRevision gives revision n of an article; 0 is the newest.
func (s *Service) ReadRevision(ctx context.Context, actor auth.Actor, id ID, n int) (t Text, err error) {
	defer fault.In(&err, "articles.ReadRevision(%d, %d)", id, n)
	if _, err := s.Get(ctx, actor, id); err != nil {
		return t, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		t, err = TextOf(r, id, n)
		return err
	})
	return t, err
}

// followTries is how often the newest text is looked through when others change meanwhile what is looked for.
const followTries = 5

// FollowNewest lets look go through an article's newest text, read anew each time, until it says that it got all; for
// the rooms below this one. busy is what to say when it never does.
func FollowNewest(ctx context.Context, db *store.DB, policy *auth.Policy, actor auth.Actor, id ID, busy string,
	look func(Text) (all bool, err error)) error {
	for range followTries {
		t, err := NewestFor(ctx, db, policy, actor, id)
		if err != nil {
			return err
		}
		if all, err := look(t); err != nil || all {
			return err
		}
	}
	return fault.New(fault.Conflict, "%s Try again in a moment.", busy)
}

// NewestFor reads an article's newest text for a person who reads articles of its collection; for the rooms below this
// one. An article of another collection is not there for them.
func NewestFor(ctx context.Context, db *store.DB, policy *auth.Policy, actor auth.Actor, id ID) (t Text, err error) {
	if err := db.Read(ctx, func(r *store.Rx) (err error) {
		t, err = TextOf(r, id, 0)
		return err
	}); err != nil {
		return t, err
	}
	if err := mayRead(policy, actor, t.Article); err != nil {
		return Text{}, err
	}
	return t, nil
}

// TextOf reads revision n of an article (0: the newest) inside a transaction; it asks no permission. A text that is
// still being taken in is fault.Unavailable (IsComing); one that will not come any more is fault.Conflict.
func TextOf(r *store.Rx, id ID, n int) (t Text, err error) {
	if t, err = FactsOf(r, id, n); err != nil || t.Article.State != Live {
		return t, err
	}
	if is, err := isComing(r, t.Revision.ID); err != nil {
		return t, err
	} else if is {
		return t, coming(r, id)
	}
	if t.Doc, err = text.NewDoc(t.Revision.Raw); err != nil {
		return t, err
	}
	return t, r.Gorm().Where("revision_id = ?", t.Revision.ID).Order("n").Find(&t.Sentences).Error
}

// FactsOf is TextOf without the text and its sentences, whether they are there or not; it asks no permission.
func FactsOf(r *store.Rx, id ID, n int) (t Text, err error) {
	which, args := "rv.n = (SELECT MAX(n) FROM revisions WHERE article_id = a.id)", []any{id}
	if n != 0 {
		which, args = "rv.n = ?", []any{id, n}
	}
	rows, err := factsBy(r, "", "a.id = ? AND "+which, args...)
	if err != nil {
		return t, err
	}
	if len(rows) == 0 {
		if _, err := ByID(r, id); err != nil {
			return t, err
		}
		return t, fault.New(fault.NotFound, "There is no such revision.")
	}
	t.Article, t.Revision, t.Source = rows[0].Art, rows[0].Rev, rows[0].source()
	t.Prev, t.Next = rows[0].Prev, rows[0].Next
	if t.Article.State != Live {
		t.Revision.Raw = ""
	}
	if t.Article.State == Protected {
		t.Revision.cover()
	}
	return t, nil
}

// RawOf reads the text of a live article, when it is still its newest, and the article's language; else a revision
// without a number.
func RawOf(r *store.Rx, id ID, newest RevisionID) (lang string, rv Revision, err error) {
	a, err := ByID(r, id)
	if err != nil || a.State != Live || a.RevisionID == nil || *a.RevisionID != newest {
		return "", rv, err
	}
	return a.Lang, rv, store.Take(r.Gorm(), &rv, "such revision", "id = ?", newest)
}

// HasCollection says whether a collection exists, for grants of roles.
func HasCollection(r *store.Rx, id auth.CollectionID) (bool, error) {
	var n int64
	err := r.Gorm().Model(&Collection{}).Where("id = ?", id).Count(&n).Error
	return n > 0, err
}
