package replies

import (
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// ID is the number of a reply.
type ID int64

// Reply is one person who was asked about a claim, and what they answered.
type Reply struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	ClaimID      claims.ID         `gorm:"column:claim_id"`
	Name         string            `gorm:"column:name" words:"own"` // who was asked
	Role         string            `gorm:"column:role" words:"own"` // as what; "" not said
	Way          Way               `gorm:"column:way"`
	AskedOn      string            `gorm:"column:asked_on" words:"fact"`    // YYYY-MM-DD
	Until        string            `gorm:"column:until" words:"fact"`       // YYYY-MM-DD
	Outcome      Outcome           `gorm:"column:outcome"`                  // Waiting: nothing came yet
	AnsweredOn   string            `gorm:"column:answered_on" words:"fact"` // YYYY-MM-DD; "" there is no answer
	Words        string            `gorm:"column:words" words:"own"`        // the answer
	AskedBy      auth.UserID       `gorm:"column:asked_by"`                 // who wrote it down
	AskedAt      store.Micros      `gorm:"column:asked_at"`
	WithdrawnAt  *store.Micros     `gorm:"column:withdrawn_at"` // it was taken back; nil: it stands
	Version      int64             `gorm:"column:version"`
}

// TableName names the table.
func (Reply) TableName() string { return "replies" }

// Contact is how somebody who was asked is reached.
type Contact struct {
	ID        int64       `gorm:"column:id;primaryKey"`
	ReplyID   ID          `gorm:"column:reply_id"`
	Words     string      `gorm:"column:words" words:"own"`
	WrittenBy auth.UserID `gorm:"column:written_by"`
}

// TableName names the table.
func (Contact) TableName() string { return "reply_contacts" }

// Object names a reply in the history.
func Object(id ID) string { return fmt.Sprintf("reply:%d", id) }

func contactObject(id int64) string { return fmt.Sprintf("reply_contact:%d", id) }

func fields(x Reply) history.Fields {
	return history.Fields{"collection": history.Num(x.CollectionID), "claim": history.Num(x.ClaimID),
		"way": string(x.Way), "asked_on": x.AskedOn, "until": x.Until, "outcome": string(x.Outcome),
		"answered_on": x.AnsweredOn, "asked_by": history.Num(x.AskedBy), "asked_at": history.Num(x.AskedAt),
		"withdrawn_at": history.NumOr(x.WithdrawnAt), "version": history.Num(x.Version)}
}

func texts(x Reply) history.Texts {
	return history.Texts{"name": x.Name, "role": x.Role, "words": x.Words}
}

func contactFields(x Contact) history.Fields {
	return history.Fields{"reply": history.Num(x.ReplyID), "written_by": history.Num(x.WrittenBy)}
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "reply", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(x Reply) error { return yield(Object(x.ID), fields(x), texts(x)) })
		}},
		{Kind: "reply_contact", List: func(r *store.Rx, yield func(string, history.Fields,
			history.Texts) error) error {
			return store.Each(r, func(x Contact) error {
				return yield(contactObject(x.ID), contactFields(x), history.Texts{"words": x.Words})
			})
		}},
	}
}

// Past says how this room's rows are read as they were. Contacts are read by nobody who reads the past.
func Past() []history.Versioned {
	n, m, t := history.NumberField, history.MaybeField, history.TextField
	return []history.Versioned{
		{Table: "replies", Object: "'reply:' || b.id", Kind: "reply", Kept: []string{"id", "collection_id", "claim_id"},
			Whole: map[string]history.Field{"way": t("way"), "asked_on": t("asked_on"), "until": t("until"),
				"outcome": t("outcome"), "answered_on": t("answered_on"), "asked_by": n("asked_by"),
				"asked_at": n("asked_at"), "withdrawn_at": m("withdrawn_at"), "version": n("version")},
			Texts: map[string]string{"name": "name", "role": "role", "words": "words"}},
	}
}

// Worded says where texts of this room stand that no past is shown of: how people are reached.
func Worded() []history.Versioned {
	return []history.Versioned{{Table: "reply_contacts", Object: "'reply_contact:' || b.id", Kind: "reply_contact",
		Texts: map[string]string{"words": "words"}}}
}

// Hidden says which objects of this room the events tell of what nobody reads there: how people are reached.
func Hidden(objects []string) map[string]bool {
	out := map[string]bool{}
	for _, object := range objects {
		if history.Kind(object) == "reply_contact" {
			out[object] = true
		}
	}
	return out
}
