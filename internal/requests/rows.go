package requests

import (
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// ID is the number of a request.
type ID int64

// Form says whether readers may ask about what is checked in a collection, and at which address.
type Form struct {
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	// the last part of its address; "" it is not published
	Name    string `gorm:"column:name" words:"fact"`
	Lang    string `gorm:"column:lang" words:"fact"` // where a reader's own language has no words
	Title   string `gorm:"column:title" words:"own"` // who asks readers
	Intro   string `gorm:"column:intro" words:"own"`
	PerDay  int    `gorm:"column:per_day"` // how many requests are taken in 24 hours
	Version int64  `gorm:"column:version"` // 0: nobody has set it
}

// TableName names the table.
func (Form) TableName() string { return "request_forms" }

// Request is what a reader asked.
type Request struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	Words        string            `gorm:"column:words" words:"own"`
	Address      string            `gorm:"column:address" words:"own"` // where they saw it; "" not said
	Lang         string            `gorm:"column:lang" words:"fact"`   // in which the form was shown
	State        State             `gorm:"column:state"`
	Reason       string            `gorm:"column:reason" words:"own"` // why it is not checked
	// SHA-256 of what the address of the asker ends in
	Secret string `gorm:"column:secret" words:"fact"`
	// the first of those like it; 0: not looked at yet
	HeadID ID `gorm:"column:head_id"`
	// with which request an editor put it; its own number: it stands alone; 0: the program decides
	Placed     ID           `gorm:"column:placed"`
	ReceivedAt store.Micros `gorm:"column:received_at"`
	DecidedBy  *auth.UserID `gorm:"column:decided_by"`
	DecidedAt  store.Micros `gorm:"column:decided_at"` // 0: not yet
	Version    int64        `gorm:"column:version"`
}

// TableName names the table.
func (Request) TableName() string { return "requests" }

// Link says that a claim says what was asked about.
type Link struct {
	ID           int64             `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	RequestID    ID                `gorm:"column:request_id"`
	ClaimID      claims.ID         `gorm:"column:claim_id"`
	LinkedBy     auth.UserID       `gorm:"column:linked_by"`
	LinkedAt     store.Micros      `gorm:"column:linked_at"`
}

// TableName names the table.
func (Link) TableName() string { return "request_links" }

// contact is how the one who asked is reached. It is in no event, so that nothing of it stays when it is erased.
type contact struct {
	RequestID ID           `gorm:"column:request_id;primaryKey;autoIncrement:false"`
	Words     string       `gorm:"column:words" words:"own"`
	EraseAt   store.Micros `gorm:"column:erase_at"`
}

func (contact) TableName() string { return "request_contacts" }

// Object names a request in the history.
func Object(id ID) string { return fmt.Sprintf("request:%d", id) }

func linkObject(id int64) string             { return fmt.Sprintf("request_link:%d", id) }
func formObject(in auth.CollectionID) string { return fmt.Sprintf("request_form:%d", in) }

func formFields(f Form) history.Fields {
	return history.Fields{"name": f.Name, "lang": f.Lang, "per_day": history.Num(int64(f.PerDay)),
		"version": history.Num(f.Version)}
}

func formTexts(f Form) history.Texts { return history.Texts{"title": f.Title, "intro": f.Intro} }

func fields(x Request) history.Fields {
	out := history.Fields{"collection": history.Num(x.CollectionID), "lang": x.Lang, "state": string(x.State),
		"secret": x.Secret, "received_at": history.Num(x.ReceivedAt), "decided_by": history.NumOr(x.DecidedBy),
		"decided_at": history.Num(x.DecidedAt), "version": history.Num(x.Version)}
	if x.Placed != 0 {
		out["placed"] = history.Num(x.Placed)
	}
	return out
}

func texts(x Request) history.Texts {
	return history.Texts{"words": x.Words, "address": x.Address, "why": x.Reason}
}

func linkFields(l Link) history.Fields {
	return history.Fields{"request": history.Num(l.RequestID), "collection": history.Num(l.CollectionID),
		"claim": history.Num(l.ClaimID), "linked_by": history.Num(l.LinkedBy), "linked_at": history.Num(l.LinkedAt)}
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "request_form", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			all, err := store.Select[Form](r, "SELECT * FROM request_forms ORDER BY collection_id") // as few as those
			for _, f := range all {
				if err == nil {
					err = yield(formObject(f.CollectionID), formFields(f), formTexts(f))
				}
			}
			return err
		}},
		{Kind: "request", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(x Request) error { return yield(Object(x.ID), fields(x), texts(x)) })
		}},
		{Kind: "request_link", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(l Link) error { return yield(linkObject(l.ID), linkFields(l), nil) })
		}},
	}
}

// Worded says where texts of this room stand that no past is shown of.
func Worded() []history.Versioned {
	return []history.Versioned{
		{Table: "request_forms", Object: "'request_form:' || b.collection_id", Kind: "request_form",
			Texts: map[string]string{"title": "title", "intro": "intro"}},
		{Table: "requests", Object: "'request:' || b.id", Kind: "request",
			Texts: map[string]string{"words": "words", "address": "address", "reason": "why"}},
	}
}

// Hidden says which objects of this room the events tell of what nobody reads there: what a person outside wrote. It is
// read at its own page, by those who may.
func Hidden(objects []string) map[string]bool {
	out := map[string]bool{}
	for _, object := range objects {
		if history.Kind(object) == "request" {
			out[object] = true
		}
	}
	return out
}
