package feeds

import (
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Typed ids of this room's rows.
type (
	ID     int64
	ItemID int64
)

// Feed is a feed that is asked for again and again.
type Feed struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	Address      string            `gorm:"column:address" words:"fact"`
	Mode         Mode              `gorm:"column:mode"`
	State        State             `gorm:"column:state"`
	GoneDay      string            `gorm:"column:gone_day" words:"fact"` // since when it is gone; "" it is there
	SetBy        auth.UserID       `gorm:"column:set_by"`                // in whose name it is asked for
	SetAt        store.Micros      `gorm:"column:set_at"`
	Version      int64             `gorm:"column:version"`
}

// TableName names the table.
func (Feed) TableName() string { return "feeds" }

// Visit is what the last visit of a feed saw.
type Visit struct {
	FeedID   ID           `gorm:"column:feed_id;primaryKey;autoIncrement:false"`
	Step     int          `gorm:"column:step"` // visits in a row that saw nothing new
	AskedAt  store.Micros `gorm:"column:asked_at"`
	Title    string       `gorm:"column:title" words:"fact"`    // as the feed calls itself
	Answered string       `gorm:"column:answered" words:"fact"` // from where, when it led elsewhere
	Note     string       `gorm:"column:note" words:"fact"`
}

// TableName names the table.
func (Visit) TableName() string { return "feed_visits" }

// Item is what stood in a feed once.
type Item struct {
	ID        ItemID       `gorm:"column:id;primaryKey"`
	FeedID    ID           `gorm:"column:feed_id"`
	State     Fate         `gorm:"column:state"`
	Title     string       `gorm:"column:title" words:"own"`
	Address   string       `gorm:"column:address" words:"fact"` // "" it has none: then Raw is its text
	Raw       string       `gorm:"column:raw" words:"own"`
	Lang      string       `gorm:"column:lang" words:"fact"`
	Byline    string       `gorm:"column:byline" words:"own"`
	Published string       `gorm:"column:published" words:"fact"`
	Note      string       `gorm:"column:note" words:"fact"` // why it could not be taken
	Taker     auth.UserID  `gorm:"column:taker"`             // 0: nobody yet
	ArticleID *articles.ID `gorm:"column:article_id"`
	FoundAt   store.Micros `gorm:"column:found_at"`
}

// TableName names the table.
func (Item) TableName() string { return "feed_items" }

// Waits says whether somebody may choose it.
func (it Item) Waits() bool { return it.State == Open }

// key is by what an item of a feed is known again.
type key struct {
	FeedID ID     `gorm:"column:feed_id;primaryKey;autoIncrement:false"`
	Name   string `gorm:"column:name;primaryKey" words:"fact"`
}

func (key) TableName() string { return "feed_keys" }

// Object names a feed in the history.
func Object(id ID) string { return fmt.Sprintf("feed:%d", id) }

func fields(f Feed) history.Fields {
	return history.Fields{"collection": history.Num(f.CollectionID), "address": f.Address, "mode": string(f.Mode),
		"state": string(f.State), "gone": f.GoneDay, "set_by": history.Num(f.SetBy), "set_at": history.Num(f.SetAt),
		"version": history.Num(f.Version)}
}

func record(tx *store.Tx, who history.Who, action string, before *Feed, f Feed) error {
	e := history.Event{Action: action, Object: Object(f.ID), Collection: int64(f.CollectionID), After: fields(f)}
	if before != nil {
		e.Before = fields(*before)
	}
	_, err := history.Append(tx, who, e)
	return err
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{{Kind: "feed", List: func(r *store.Rx, yield func(string, history.Fields,
		history.Texts) error) error {
		return store.Each(r, func(f Feed) error { return yield(Object(f.ID), fields(f), nil) })
	}}}
}
