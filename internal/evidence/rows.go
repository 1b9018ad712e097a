package evidence

import (
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Typed ids of this room's rows.
type (
	ID       int64
	OriginID int64
)

// Item is one link from a claim to a span of another article, or to an outside URL with a quotation. Its words never
// change; it is unlinked and linked anew.
type Item struct {
	ID            ID                `gorm:"column:id;primaryKey" json:"id"`
	CollectionID  auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	ClaimID       claims.ID         `gorm:"column:claim_id" json:"claim"`
	ArticleID     *articles.ID      `gorm:"column:article_id" json:"article,omitempty"` // nil: an outside URL
	articles.Spot                   // the passage; of an outside URL only the words quoted and their language
	URL           string            `gorm:"column:url" json:"url" words:"own"`
	ArchivedURL   string            `gorm:"column:archived_url" json:"archived_url" words:"own"`
	Title         string            `gorm:"column:title" json:"title" words:"own"`         // of an outside document
	Publisher     string            `gorm:"column:publisher" json:"publisher" words:"own"` // of an outside document
	// YYYY-MM-DD, the day the URL was read
	ReadOn   string    `gorm:"column:read_on" json:"read_on" words:"own"`
	OriginID *OriginID `gorm:"column:origin_id" json:"origin,omitempty"` // of an outside URL
	Stance   Stance    `gorm:"column:stance" json:"stance"`
	Kind     Kind      `gorm:"column:kind" json:"kind"`
	Note     string    `gorm:"column:note" json:"note" words:"own"`
	// why its source is protected, in public words; "" it is not. Then the row says nothing of the source (protect.go).
	Protected string `gorm:"column:protected" json:"protected,omitempty" words:"fact"`
	// what the machine found to differ when it was linked
	Differences store.Strings `gorm:"column:differences" json:"differences" words:"article"`
	LinkedBy    auth.UserID   `gorm:"column:linked_by" json:"linked_by"`
	LinkedAt    store.Micros  `gorm:"column:linked_at" json:"linked_at"`
	UnlinkedBy  *auth.UserID  `gorm:"column:unlinked_by" json:"unlinked_by,omitempty"`
	UnlinkedAt  *store.Micros `gorm:"column:unlinked_at" json:"unlinked_at,omitempty"`
	Version     int64         `gorm:"column:version" json:"version"`
}

// TableName names the table.
func (Item) TableName() string { return "evidence" }

// Origin is where texts truly come from. An origin that is not stated is never independent.
type Origin struct {
	ID           OriginID          `gorm:"column:id;primaryKey" json:"id"`
	CollectionID auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	Name         string            `gorm:"column:name" json:"name" words:"own"`
	// of protected sources only: the name is a mask
	Protected bool `gorm:"column:protected" json:"-"`
}

// TableName names the table.
func (Origin) TableName() string { return "origins" }

// ArticleOrigin says that a person confirmed where an article's text comes from.
type ArticleOrigin struct {
	ArticleID   articles.ID  `gorm:"column:article_id;primaryKey;autoIncrement:false" json:"article"`
	OriginID    OriginID     `gorm:"column:origin_id" json:"origin"`
	ConfirmedBy auth.UserID  `gorm:"column:confirmed_by" json:"confirmed_by"`
	ConfirmedAt store.Micros `gorm:"column:confirmed_at" json:"confirmed_at"`
	Version     int64        `gorm:"column:version" json:"version"`
}

// TableName names the table.
func (ArticleOrigin) TableName() string { return "article_origins" }

// Object names an item in the history.
func Object(id ID) string { return fmt.Sprintf("evidence:%d", id) }

// OriginObject names an origin in the history.
func OriginObject(id OriginID) string { return fmt.Sprintf("origin:%d", id) }

// ArticleOriginObject names in the history where an article comes from.
func ArticleOriginObject(id articles.ID) string { return fmt.Sprintf("article_origin:%d", id) }

func fields(i Item) history.Fields {
	return history.Fields{
		"collection": history.Num(i.CollectionID), "claim": history.Num(i.ClaimID),
		"article":  history.NumOr(i.ArticleID),
		"revision": history.NumUnlessZero(i.RevisionID),
		"sentence": history.Num(i.Sentence), "start": history.Num(i.Start), "end": history.Num(i.End), "lang": i.Lang,
		"dir":     i.Dir,
		"read_on": i.ReadOn,
		"origin":  history.NumOr(i.OriginID), "stance": string(i.Stance), "kind": string(i.Kind),
		"linked_by": history.Num(i.LinkedBy),
		"linked_at": history.Num(i.LinkedAt), "unlinked_at": history.NumOr(i.UnlinkedAt),
		"unlinked_by": history.NumOr(i.UnlinkedBy), "version": history.Num(i.Version),
	}
}

func texts(i Item) history.Texts {
	return history.Texts{"exact": i.Exact, "prefix": i.Prefix, "suffix": i.Suffix, "url": i.URL,
		"archived_url": i.ArchivedURL, "note": i.Note, "differences": i.Differences.String(), "title": i.Title,
		"publisher": i.Publisher, "protected": i.Protected}
}

func articleOriginFields(a ArticleOrigin) history.Fields {
	return history.Fields{"origin": history.Num(a.OriginID), "confirmed_by": history.Num(a.ConfirmedBy),
		"confirmed_at": history.Num(a.ConfirmedAt), "version": history.Num(a.Version)}
}

func originFields(o Origin) history.Fields {
	f := history.Fields{"collection": history.Num(o.CollectionID)}
	if o.Protected { // no event of an earlier program has the field
		f["protected"] = "true"
	}
	return f
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "evidence", Earlier: history.Texts{"title": "", "publisher": "", "protected": ""},
			List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
				return store.Each(r, func(i Item) error { return yield(Object(i.ID), fields(i), texts(i)) })
			}},
		{Kind: "origin", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(o Origin) error {
				return yield(OriginObject(o.ID), originFields(o), history.Texts{"name": o.Name})
			})
		}},
		{Kind: "protection", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(p Protection) error {
				return yield(protectionObject(p.ID), protectionFields(p), history.Texts{"words": p.Words})
			})
		}},
		{Kind: "protection_reader", List: func(r *store.Rx, yield func(string, history.Fields,
			history.Texts) error) error {
			return store.Each(r, func(x ProtectionReader) error {
				return yield(readerObject(x.ID), readerFields(x), nil)
			})
		}},
		{Kind: "origin_refusal", Stamp: "refused_at", List: func(r *store.Rx, yield func(string, history.Fields,
			history.Texts) error) error {
			return store.Each(r, func(x OriginRefusal) error {
				f := refusalFields(x)
				f["refused_at"] = history.Num(x.RefusedAt)
				return yield(refusalObject(x.ID), f, nil)
			})
		}},
		{Kind: "article_origin", List: func(r *store.Rx, yield func(string, history.Fields,
			history.Texts) error) error {
			var all []ArticleOrigin
			if err := r.Gorm().Order("article_id").Find(&all).Error; err != nil {
				return err
			}
			for _, a := range all {
				if err := yield(ArticleOriginObject(a.ArticleID), articleOriginFields(a), nil); err != nil {
					return err
				}
			}
			return nil
		}},
	}
}
