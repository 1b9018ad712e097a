package articles

import (
	"context"
	"encoding/json"
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// NameReader lets a reviewer read a protected article, or, with is false, no longer. Only who is one of may, people who
// review in the collection but do not edit there, can be named.
func (s *Service) NameReader(ctx context.Context, actor auth.Actor, id ID, reader auth.UserID, is bool) (a Article,
	err error) {
	defer fault.In(&err, "articles.NameReader(%d, %d, %t)", id, reader, is)
	who, err := s.mayProtect(ctx, actor, id)
	if err != nil {
		return a, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if a, err = locked(tx, id); err != nil {
			return err
		}
		p, _, err := protectionOf(tx, id)
		if err != nil {
			return err
		}
		if !is && reader > 0 { // 0 would be all of them
			if err := notices.Untell(tx, aboutNaming(p), reader); err != nil {
				return err
			}
			return unname(tx, who, p, reader)
		}
		if err := s.policy.Nameable(&tx.Rx, p.CollectionID, reader); err != nil {
			return err
		}
		if n, _, err := store.One[int64](&tx.Rx, "SELECT COUNT(*) AS n FROM article_protection_readers WHERE "+
			"article_id = ? AND user_id = ?", id, reader); err != nil || n > 0 {
			return err // named already: nothing to do
		}
		if err := notices.Tell(tx, aboutNaming(p), reader); err != nil {
			return err
		}
		row := ProtectionReader{ArticleID: id, UserID: reader, NamedBy: actor.UserID, NamedAt: tx.Now()}
		if err := tx.Gorm().Create(&row).Error; err != nil {
			return err
		}
		return record(tx, who, "article_protection.reader_named", int64(p.CollectionID), nil, readerFields(row), nil,
			readerObject(row.ID), "")
	})
	return a, err
}

func aboutNaming(p Protection) notices.About {
	return notices.About{In: p.CollectionID, Kind: notices.SourceNamed, Ref: Object(p.ArticleID)}
}

// unname takes readers away: one, or with 0 all.
func unname(tx *store.Tx, who history.Who, p Protection, reader auth.UserID) error {
	q := tx.Lock().Where("article_id = ?", p.ArticleID)
	if reader != 0 {
		q = q.Where("user_id = ?", reader)
	}
	rows, err := store.Find[ProtectionReader](q.Order("id"))
	if err != nil {
		return err
	}
	for _, x := range rows {
		if err := tx.Gorm().Where("id = ?", x.ID).Delete(&ProtectionReader{}).Error; err != nil {
			return err
		}
		if err := record(tx, who, "article_protection.reader_removed", int64(p.CollectionID), readerFields(x), nil, nil,
			readerObject(x.ID), ""); err != nil {
			return err
		}
	}
	return nil
}

// ReadersOf lists whom editors named to read a protected article, in the order in which they were named. It asks no
// permission.
func ReadersOf(r *store.Rx, id ID) ([]ProtectionReader, error) {
	return store.Select[ProtectionReader](r, "SELECT * FROM article_protection_readers WHERE article_id = ? ORDER BY "+
		"id",
		id)
}

// ProtectedIn gives the articles of a collection that are protected, with the reasons: what was printed before names
// their sources. When each was is not asked, for clocks go back. It asks no permission.
func ProtectedIn(r *store.Rx, in auth.CollectionID) (map[ID]string, error) {
	rows, err := store.Select[struct {
		ID        ID
		Protected string
	}](r, "SELECT a.id, a.protected FROM article_protections p JOIN articles a ON a.id = p.article_id WHERE "+
		"p.collection_id = ?", in)
	out := make(map[ID]string, len(rows))
	for _, x := range rows {
		out[x.ID] = x.Protected
	}
	return out, err
}

// NamedFor says whether an editor named a person to read a protected article. It asks no permission.
func NamedFor(r *store.Rx, id ID, reader auth.UserID) (bool, error) {
	n, _, err := store.One[int64](r, "SELECT COUNT(*) AS n FROM article_protection_readers WHERE article_id = ? AND "+
		"user_id = ?", id, reader)
	return n > 0, err
}

// open puts back into what was read of a protected article what it says of its source, for a person who may read it.
// Its state is then that of an article that can be read; why it is protected stays.
func open(r *store.Rx, a *Article, src **Source) error {
	p, err := store.Get[Protection](r, "such protected source", "SELECT * FROM article_protections WHERE article_id "+
		"= ?",
		a.ID)
	if err != nil {
		return err
	}
	var k Kept
	if err := json.Unmarshal([]byte(p.Words), &k); err != nil {
		return err
	}
	if a.show(k); k.SourceID != nil {
		*src = &Source{ID: *k.SourceID, Name: k.Source, Kind: k.Kind, Country: k.Country}
	}
	return nil
}

// OpenText is TextOf for a person who may read a protected article: it asks no permission, and nobody but desk.look
// calls it.
func OpenText(r *store.Rx, id ID, n int) (t Text, err error) {
	where, args := "a.id = ? AND rv.n = (SELECT MAX(n) FROM revisions WHERE article_id = a.id)", []any{id}
	if n != 0 {
		where, args = "a.id = ? AND rv.n = ?", []any{id, n}
	}
	rows, err := factsBy(r, "", where, args...)
	if err != nil {
		return t, err
	}
	if len(rows) == 0 {
		return t, fault.New(fault.NotFound, "There is no such revision.")
	}
	t.Article, t.Revision, t.Prev, t.Next = rows[0].Art, rows[0].Rev, rows[0].Prev, rows[0].Next
	if err := open(r, &t.Article, &t.Source); err != nil {
		return t, err
	}
	if t.Doc, err = text.NewDoc(t.Revision.Raw); err != nil {
		return t, err
	}
	return t, r.Gorm().Where("revision_id = ?", t.Revision.ID).Order("n").Find(&t.Sentences).Error
}

// NearOpened is Near for a person who may read a protected article: it asks no permission, and nobody but desk.look
// calls it.
func NearOpened(r *store.Rx, article ID, revision RevisionID, span text.Span, begins, before, after int) (s Stretch,
	err error) {
	if err := s.facts(r, article, revision); err != nil {
		return s, err
	}
	if err := open(r, &s.Article, &s.Source); err != nil {
		return s, err
	}
	return s, s.read(r, span, begins, before, after)
}

// cover takes the measures and the hash of a protected text out of a revision: who has the document could tell by them
// that it is this one.
func (rv *Revision) cover() { rv.Raw, rv.SHA256, rv.CodePoints = "", "", 0 }

func protectionObject(id int64) string { return fmt.Sprintf("article_protection:%d", id) }
func readerObject(id int64) string     { return fmt.Sprintf("article_protection_reader:%d", id) }

func protectionFields(p Protection) history.Fields {
	return history.Fields{"collection": history.Num(p.CollectionID), "article": history.Num(p.ArticleID),
		"protected_by": history.Num(p.ProtectedBy), "protected_at": history.Num(p.ProtectedAt)}
}

func readerFields(x ProtectionReader) history.Fields {
	return history.Fields{"article": history.Num(x.ArticleID), "user": history.Num(x.UserID),
		"named_by": history.Num(x.NamedBy), "named_at": history.Num(x.NamedAt)}
}

// Hidden is the history.Hider of this room: of which objects the events tell what is protected. Those of what was
// hidden always do; those of an article, its revisions and a source as long as they are protected.
func Hidden(r *store.Rx, objects []string) (map[string]bool, error) {
	out := map[string]bool{}
	of := map[string][]int64{"article": {-1}, "revision": {-1}, "source": {-1}, "original": {-1}}
	some := false
	for _, object := range objects {
		kind := history.Kind(object)
		if kind == "article_protection" {
			out[object] = true
		} else if n, is := history.Number(object, kind); is && of[kind] != nil {
			of[kind], some = append(of[kind], n), true
		}
	}
	if !some {
		return out, nil
	}
	found, err := store.Select[struct{ Object string }](r, "SELECT 'article:' || id AS object FROM articles WHERE "+
		"id IN ? AND state = ? UNION ALL SELECT 'revision:' || rv.id FROM revisions rv JOIN articles a ON "+
		"a.id = rv.article_id WHERE rv.id IN ? AND a.state = ? UNION ALL SELECT 'source:' || id FROM sources WHERE "+
		"id IN ? AND protected UNION ALL SELECT 'original:' || o.id FROM originals o JOIN articles a ON "+
		"a.id = o.article_id WHERE o.id IN ? AND a.state <> 'live'", of["article"], Protected, of["revision"],
		Protected,
		of["source"], of["original"])
	for _, x := range found {
		out[x.Object] = true
	}
	return out, err
}
