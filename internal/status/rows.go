package status

import (
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Publication says that the list of a set, all its versions, is at a public address.
type Publication struct {
	ID           int64             `gorm:"column:id;primaryKey" json:"-"`
	SetID        claimset.ID       `gorm:"column:set_id" json:"set"` // its first version
	CollectionID auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	Name         string            `gorm:"column:name" json:"name" words:"fact"` // random; part of the address
	PublishedBy  auth.UserID       `gorm:"column:published_by" json:"-"`
	PublishedAt  store.Micros      `gorm:"column:published_at" json:"published_at"`
}

// TableName names the table.
func (Publication) TableName() string { return "status_publications" }

// kept is the newest list of a name as it was signed.
type kept struct {
	Name   string       `gorm:"column:name;primaryKey" words:"fact"`
	Number int64        `gorm:"column:number"`
	MadeAt store.Micros `gorm:"column:made_at"`
	Note   string       `gorm:"column:note" words:"fact"`
}

func (kept) TableName() string { return "status_lists" }

// News is something that a list said first: of some claims of a set, where they stand since then.
type News struct {
	ID       int64                `gorm:"column:id;primaryKey" json:"id"`
	Name     string               `gorm:"column:name" json:"-" words:"fact"`
	Number   int64                `gorm:"column:number" json:"number"`
	At       store.Micros         `gorm:"column:at" json:"at"`
	SetID    claimset.ID          `gorm:"column:set_id" json:"set"`
	Standing string               `gorm:"column:standing" json:"standing" words:"fact"`
	Claims   store.IDs[claims.ID] `gorm:"column:claims" json:"claims"` // the first of them, at most 100
	Total    int                  `gorm:"column:total" json:"total"`
	// why claims were left out of a correction, where an editor said it: read anew each time, for words may have to go
	Why []Why `gorm:"-" json:"why,omitempty"`
}

// Why is why a claim is withdrawn.
type Why struct {
	Claim  claims.ID `json:"claim"`
	Reason string    `json:"reason" words:"own"`
}

// TableName names the table.
func (News) TableName() string { return "status_news" }

func object(p Publication) string { return fmt.Sprintf("publication:%d", p.ID) }

func fields(p Publication) history.Fields {
	return history.Fields{"set": history.Num(p.SetID), "collection": history.Num(p.CollectionID), "name": p.Name,
		"published_by": history.Num(p.PublishedBy), "published_at": history.Num(p.PublishedAt)}
}

// Past says how this room's rows are read as they were: a publication is made and withdrawn. Lists are of today.
func Past() []history.Versioned {
	n, t := history.NumberField, history.TextField
	return []history.Versioned{{Table: "status_publications", Object: "'publication:' || b.id", Kind: "publication",
		Kept: []string{"id"},
		Whole: map[string]history.Field{"set_id": n("set"), "collection_id": n("collection"), "name": t("name"),
			"published_by": n("published_by"), "published_at": n("published_at")},
		Gone: map[string]string{"id": "CAST(substr(v.object, 13) AS BIGINT)"}}}
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit. Lists and news are
// not among them: each list carries the signature of the log key.
func HistoryRows() []history.Rows {
	return []history.Rows{{Kind: "publication", List: func(r *store.Rx, yield func(string, history.Fields,
		history.Texts) error) error {
		return store.Each(r, func(p Publication) error { return yield(object(p), fields(p), nil) })
	}}}
}
