package articles

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

func collectionObject(id auth.CollectionID) string { return fmt.Sprintf("collection:%d", id) }

// SourceObject names a source in the history.
func SourceObject(id SourceID) string { return fmt.Sprintf("source:%d", id) }
func ratingObject(id int64) string    { return fmt.Sprintf("rating:%d", id) }

// Object names an article in the history.
func Object(id ID) string { return fmt.Sprintf("article:%d", id) }

// OfObject reads the article's number from its name in the history.
func OfObject(object string) (ID, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(object, "article:"), 10, 64)
	if err != nil || Object(ID(n)) != object {
		return 0, fault.New(fault.Internal, "“%s” names no article", object)
	}
	return ID(n), nil
}

func revisionObject(id RevisionID) string { return fmt.Sprintf("revision:%d", id) }

func collectionFields(c Collection) history.Fields {
	return history.Fields{"quorum": history.Num(c.Quorum), "rule": string(c.Rule), "advice": c.Advice.String(),
		"version": history.Num(c.Version)}
}

func sourceFields(s Source) history.Fields {
	return history.Fields{"country": s.Country, "reliability": s.Reliability, "version": history.Num(s.Version)}.
		Later("protected", strconv.FormatBool(s.Protected), "false")
}

func ratingFields(r Rating) history.Fields {
	return history.Fields{"collection": history.Num(r.CollectionID), "source": history.Num(r.SourceID),
		"reliability": r.Reliability, "version": history.Num(r.Version)}
}

func sourceTexts(s Source) history.Texts { return history.Texts{"name": s.Name, "kind": s.Kind} }

func articleFields(a Article) history.Fields {
	return history.Fields{
		"collection": history.Num(a.CollectionID), "source": history.NumOr(a.SourceID), "lang": a.Lang, "dir": a.Dir,
		"published": a.Published, "revision": history.NumOr(a.RevisionID), "state": string(a.State),
		"added_by": history.Num(a.AddedBy), "added_at": history.Num(a.AddedAt), "version": history.Num(a.Version),
	}
}

func articleTexts(a Article) history.Texts {
	return history.Texts{"title": a.Title, "byline": a.Byline, "url": a.URL, "protected": a.Protected}
}

// revisionFields names the text by its hash, and where it was cut by the hash of the cuts: the history proves both
// without holding the text, so that a text can be withheld.
func revisionFields(rv Revision, sentences []Sentence) history.Fields {
	return history.Fields{
		"article": history.Num(rv.ArticleID), "n": history.Num(rv.N), "sha256": hashOf(rv.Raw),
		"code_points": history.Num(rv.CodePoints), "added_by": history.Num(rv.AddedBy),
		"added_at": history.Num(rv.AddedAt), "sentences": cutsHash(sentences),
	}
}

func hashOf(raw string) string {
	sum := sha256.Sum256([]byte(raw))
	return hex.EncodeToString(sum[:])
}

func cutsHash(sentences []Sentence) string {
	h := sha256.New()
	for _, s := range sentences {
		fmt.Fprintf(h, "%d %d %d %s %s %s\n", s.N, s.Start, s.End, s.Lang, s.Dir, s.Kind)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func record(tx *store.Tx, who history.Who, action string, collection int64, before, after history.Fields,
	texts history.Texts, object, reason string) error {
	_, err := history.Append(tx, who, history.Event{
		Action: action, Object: object, Collection: collection, Before: before, After: after, Texts: texts,
		Reason: reason,
	})
	return err
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "collection", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(c Collection) error {
				return yield(collectionObject(c.ID), collectionFields(c), history.Texts{"name": c.Name})
			})
		}},
		{Kind: "source", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(s Source) error {
				return yield(SourceObject(s.ID), sourceFields(s),
					sourceTexts(s))
			})
		}},
		{Kind: "rating", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(x Rating) error { return yield(ratingObject(x.ID), ratingFields(x), nil) })
		}},
		{Kind: "article", Earlier: history.Texts{"protected": ""}, List: func(r *store.Rx, yield func(string,
			history.Fields, history.Texts) error) error {
			return store.Each(r, func(a Article) error {
				return yield(Object(a.ID), articleFields(a),
					articleTexts(a))
			})
		}},
		{Kind: "article_protection", List: func(r *store.Rx, yield func(string, history.Fields,
			history.Texts) error) error {
			return store.Each(r, func(p Protection) error {
				return yield(protectionObject(p.ID), protectionFields(p), history.Texts{"words": p.Words})
			})
		}},
		{Kind: "article_protection_reader", List: func(r *store.Rx, yield func(string, history.Fields,
			history.Texts) error) error {
			return store.Each(r, func(x ProtectionReader) error {
				return yield(readerObject(x.ID), readerFields(x), nil)
			})
		}},
		{Derived: compareComing},
		{Kind: "revision", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			cuts := store.GroupBy(r, "revision_id", "n", func(s Sentence) (int64, int64) {
				return int64(s.RevisionID), int64(s.N)
			})
			return store.Each(r, func(rv Revision) error {
				sentences, err := cuts.Of(int64(rv.ID))
				if err != nil {
					return err
				}
				all, err := withComing(r, rv, sentences)
				if err != nil {
					return err
				}
				f := revisionFields(rv, all)
				if f["sha256"] != rv.SHA256 {
					f["sha256"] = "of the text " + f["sha256"] + ", in its column " + rv.SHA256
				}
				return yield(revisionObject(rv.ID), f, nil)
			})
		}},
		history.Orphans("sentences", "revision_id", "revisions", "id"),
		{Kind: "original", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(o Original) error {
				return yield(originalObject(o.ID), originalFields(o), originalTexts(o))
			})
		}},
		{Derived: compareBytes},
	}
}

// ObjectsOf names an article and its revisions for the history.
func ObjectsOf(r *store.Rx, id ID) ([]string, error) {
	all, err := store.Select[string](r, "SELECT 'revision:' || id AS object FROM revisions WHERE article_id = ? "+
		"UNION ALL SELECT 'original:' || id FROM originals WHERE article_id = ? ORDER BY 1 DESC LIMIT ?", id, id, 2000)
	return append([]string{Object(id)}, all...), err
}
