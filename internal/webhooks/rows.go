package webhooks

import (
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/term"
)

// Typed ids of this room's rows.
type (
	ID         int64
	DeliveryID int64
)

// State says whether a webhook is told.
type State string

// The states of a webhook.
const (
	On      State = "on"
	Off     State = "off"
	Stopped State = "stopped"
)

// States are the states with their words.
var States = term.New("state of a webhook",
	term.Term[State]{Name: On, Word: "on"},
	term.Term[State]{Name: Off, Word: "switched off", About: "What happens meanwhile is not told later."},
	term.Term[State]{Name: Stopped, Word: "stopped",
		About: "Its receiver took nothing for too long. Switched on again, it goes on where it stopped."},
)

// Fate says what became of a delivery.
type Fate string

// The fates of a delivery.
const (
	Waiting   Fate = "waiting"
	Delivered Fate = "delivered"
	Failed    Fate = "failed"
	Cancelled Fate = "cancelled"
)

// Fates are the fates with their words.
var Fates = term.New("state of a delivery",
	term.Term[Fate]{Name: Waiting, Word: "waits"},
	term.Term[Fate]{Name: Delivered, Word: "delivered"},
	term.Term[Fate]{Name: Failed, Word: "failed"},
	term.Term[Fate]{Name: Cancelled, Word: "cancelled"},
)

// Webhook is an address that is told what happens in a collection.
type Webhook struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	Address      string            `gorm:"column:address" words:"fact"`
	Topics       string            `gorm:"column:topics" words:"fact"` // names of topics, by spaces, in their order
	State        State             `gorm:"column:state"`
	SetBy        auth.UserID       `gorm:"column:set_by"`
	SetAt        store.Micros      `gorm:"column:set_at"`
	Version      int64             `gorm:"column:version"`

	// What follows moves with each delivery; no event tells of it.

	Secret       string       `gorm:"column:secret" words:"fact"` // whsec_…, in base64
	SeenSeq      int64        `gorm:"column:seen_seq"`            // the last event that was looked at
	Last         int64        `gorm:"column:last_number"`         // of its deliveries
	Tries        int          `gorm:"column:tries"`               // that failed since the last delivery that was taken
	FailingSince store.Micros `gorm:"column:failing_since"`       // 0: it takes what it is sent
	NextAt       store.Micros `gorm:"column:next_at"`             // when something is sent at the earliest
	Message      string       `gorm:"column:message" words:"fact"`
	Holder       string       `gorm:"column:holder" words:"fact"`
	HeldUntil    store.Micros `gorm:"column:held_until"`
}

// TableName names the table.
func (Webhook) TableName() string { return "webhooks" }

// Told are the topics that it is told of.
func (w Webhook) Told() []Topic { return topicsOf(w.Topics) }

// Delivery is one thing that a webhook is told.
type Delivery struct {
	ID        DeliveryID   `gorm:"column:id;primaryKey"`
	WebhookID ID           `gorm:"column:webhook_id"`
	Number    int64        `gorm:"column:number"`    // from 1 in each webhook, without a gap
	EventSeq  int64        `gorm:"column:event_seq"` // told to nobody: it counts veiled events
	Action    string       `gorm:"column:action" words:"fact"`
	Object    string       `gorm:"column:object" words:"fact"`
	ClaimID   int64        `gorm:"column:claim_id"` // that it is about; 0: none, or the object itself
	At        store.Micros `gorm:"column:at"`       // when it happened
	State     Fate         `gorm:"column:state"`
	Tries     int          `gorm:"column:tries"`
	Message   string       `gorm:"column:message" words:"fact"` // why the last try failed, for people
	ChangedAt store.Micros `gorm:"column:changed_at"`
}

// TableName names the table.
func (Delivery) TableName() string { return "webhook_deliveries" }

// heldRow is an event that a veil hides, of which a webhook is told once it is lifted.
type heldRow struct {
	WebhookID ID    `gorm:"column:webhook_id;primaryKey;autoIncrement:false"`
	EventSeq  int64 `gorm:"column:event_seq;primaryKey;autoIncrement:false"`
	Veil      int64 `gorm:"column:veil"`
}

func (heldRow) TableName() string { return "webhook_held" }

// Object names a webhook in the history.
func Object(id ID) string { return fmt.Sprintf("webhook:%d", id) }

func fields(w Webhook) history.Fields {
	return history.Fields{"collection": history.Num(w.CollectionID), "topics": w.Topics, "state": string(w.State),
		"set_by": history.Num(w.SetBy), "set_at": history.Num(w.SetAt), "version": history.Num(w.Version)}
}

func texts(w Webhook) history.Texts { return history.Texts{"address": w.Address} }

func record(tx *store.Tx, who history.Who, action string, before *Webhook, after Webhook) error {
	e := history.Event{Action: action, Object: Object(after.ID), Collection: int64(after.CollectionID),
		After: fields(after)}
	if before == nil {
		e.Texts = texts(after)
	} else {
		e.Before = fields(*before)
	}
	_, err := history.Append(tx, who, e)
	return err
}

// Worded says where texts of this room stand.
func Worded() []history.Versioned {
	return []history.Versioned{{Table: "webhooks", Object: "'webhook:' || b.id", Kind: "webhook",
		Texts: map[string]string{"address": "address"}, Marks: map[string]string{"address": ""}}}
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{{Kind: "webhook", List: func(r *store.Rx, yield func(string, history.Fields,
		history.Texts) error) error {
		return store.Each(r, func(w Webhook) error { return yield(Object(w.ID), fields(w), texts(w)) })
	}}}
}
