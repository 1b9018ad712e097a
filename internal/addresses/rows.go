package addresses

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/term"
)

// ID is an address's number.
type ID int64

// State says how far an address is.
type State string

// States of an address.
const (
	Waiting   State = "waiting"
	Fetching  State = "fetching"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// States are the states with their words.
var States = term.New("state of an address",
	term.Term[State]{Name: Waiting, Word: "waiting"},
	term.Term[State]{Name: Fetching, Word: "being fetched"},
	term.Term[State]{Name: Done, Word: "taken in"},
	term.Term[State]{Name: Failed, Word: "failed"},
	term.Term[State]{Name: Cancelled, Word: "cancelled"})

// Address is one that is to be fetched, or was.
type Address struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	Address      string            `gorm:"column:address" words:"fact"` // as it was given
	Site         string            `gorm:"column:site" words:"fact"`
	State        State             `gorm:"column:state"`
	Tries        int               `gorm:"column:tries"`                // that failed
	NextAt       store.Micros      `gorm:"column:next_at"`              // when it is tried at the earliest
	Message      string            `gorm:"column:message" words:"fact"` // why the last try failed, for people
	ArticleID    *articles.ID      `gorm:"column:article_id"`
	Existing     bool              `gorm:"column:existing"` // the collection held the text before
	UserID       auth.UserID       `gorm:"column:user_id"`
	Via          history.Via       `gorm:"column:via"`
	Request      string            `gorm:"column:request" words:"fact"`
	Token        int64             `gorm:"column:token"` // by which it was asked for; 0: none
	Holder       string            `gorm:"column:holder" words:"fact"`
	HeldUntil    store.Micros      `gorm:"column:held_until"`
	AddedAt      store.Micros      `gorm:"column:added_at"`
	ChangedAt    store.Micros      `gorm:"column:changed_at"`
	Task         string            `gorm:"column:task" words:"fact"` // Page, or that of a room below
	Object       int64             `gorm:"column:object"`            // of that task
	EndsAt       store.Micros      `gorm:"column:ends_at"`           // after which it is not asked for; 0 never
	ETag         string            `gorm:"column:etag" words:"fact"` // of the page that was read last, as Modified
	Modified     string            `gorm:"column:modified" words:"fact"`
}

// TableName names the table.
func (Address) TableName() string { return "addresses" }

// Ended says whether nothing more will be done.
func (a Address) Ended() bool { return a.State != Waiting && a.State != Fetching }

// site is until when one is left alone, for all servers.
type site struct {
	Site   string       `gorm:"column:site;primaryKey" words:"fact"`
	NextAt store.Micros `gorm:"column:next_at"`
}

func (site) TableName() string { return "sites" }

// Worded says where texts of this room stand.
func Worded() []history.Versioned {
	return []history.Versioned{{Table: "fetching", Object: "'fetching:' || b.collection_id", Kind: "fetching",
		Texts: map[string]string{"contact": "contact"}, Marks: map[string]string{"contact": ""}}}
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{{Kind: "fetching", List: func(r *store.Rx, yield func(string, history.Fields,
		history.Texts) error) error {
		all, err := store.Select[Switch](r, "SELECT * FROM fetching ORDER BY collection_id") // as few as collections
		for _, sw := range all {
			if err == nil {
				err = yield(switchObject(sw.CollectionID), switchFields(sw), history.Texts{"contact": sw.Contact})
			}
		}
		return err
	}}}
}
