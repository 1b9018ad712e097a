package breakdowns

import (
	"encoding/json"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/jsonin"
	"claimbench/internal/model"
	"claimbench/internal/store"
)

// ID numbers a text on its way.
type ID int64

// State says how far it is.
type State string

// The states.
const (
	Waiting State = "waiting"
	Done    State = "done"
	Failed  State = "failed"
)

// Breakdown is a text that the model breaks down, or did.
type Breakdown struct {
	ID           ID                  `gorm:"column:id;primaryKey"`
	ArticleID    articles.ID         `gorm:"column:article_id"`
	CollectionID auth.CollectionID   `gorm:"column:collection_id"`
	RevisionID   articles.RevisionID `gorm:"column:revision_id"`
	UserID       auth.UserID         `gorm:"column:user_id"`
	Via          history.Via         `gorm:"column:via"`
	Request      string              `gorm:"column:request" words:"fact"`
	Token        int64               `gorm:"column:token"` // by which it came in; 0: none
	Model        string              `gorm:"column:model" words:"fact"`
	State        State               `gorm:"column:state"`
	Next         int                 `gorm:"column:next_sentence"`
	Questions    int                 `gorm:"column:questions"`
	Taken        int                 `gorm:"column:taken"`
	Refused      int                 `gorm:"column:refused"`
	RefusedJSON  string              `gorm:"column:refusals" words:"article"`
	Tries        int                 `gorm:"column:tries"`
	NextAt       store.Micros        `gorm:"column:next_at"`
	Message      string              `gorm:"column:message" words:"fact"`
	Holder       string              `gorm:"column:holder" words:"fact"`
	HeldUntil    store.Micros        `gorm:"column:held_until"`
	AddedAt      store.Micros        `gorm:"column:added_at"`
	ChangedAt    store.Micros        `gorm:"column:changed_at"`
}

// TableName names the table.
func (Breakdown) TableName() string { return "breakdowns" }

// mostRefusals is how many refusals of a text are kept.
const mostRefusals = 100

// Refusals are what was refused of the model's answers, the first of them.
func (b Breakdown) Refusals() []model.Refusal {
	var out []model.Refusal
	if b.RefusedJSON == "" || jsonin.Read([]byte(b.RefusedJSON), &out, jsonin.OnlyKnown) != nil {
		return nil
	}
	return out
}

// add counts what one window brought.
func (b *Breakdown) add(got model.Broken, taken int) error {
	all := append(b.Refusals(), got.Refused...)
	raw, err := json.Marshal(all[:min(len(all), mostRefusals)])
	if err != nil {
		return err
	}
	b.RefusedJSON = string(raw)
	b.Questions, b.Taken, b.Refused = b.Questions+got.Questions, b.Taken+taken, b.Refused+len(got.Refused)
	return nil
}

// Of reads how far the breakdown of an article is; false where none was asked for. It asks no permission.
func Of(r *store.Rx, id articles.ID) (Breakdown, bool, error) {
	return store.One[Breakdown](r, "SELECT * FROM breakdowns WHERE article_id = ?", id)
}

// Leave is the articles.Leaving of this room: a text that is taken down or protected is not sent any further, and what
// was refused of it goes with it.
func Leave(tx *store.Tx, _ history.Who, was articles.Article) error {
	return tx.Gorm().Where("article_id = ?", was.ID).Delete(&Breakdown{}).Error
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{{Kind: "sending", List: func(r *store.Rx, yield func(string, history.Fields,
		history.Texts) error) error {
		all, err := store.Select[Sending](r, "SELECT * FROM sending ORDER BY collection_id") // as few as collections
		for _, s := range all {
			if err == nil {
				err = yield(sendingObject(s.CollectionID), sendingFields(s), nil)
			}
		}
		return err
	}}}
}
