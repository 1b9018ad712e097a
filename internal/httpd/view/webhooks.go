package view

// Webhooks are the addresses that are told what happens in a collection.
type Webhooks struct {
	Shell
	Name    string // of the collection
	Rules   string // where its rules are
	Action  string
	Rows    []WebhookRow
	Full    bool // there are as many as there may be
	Address string
	Tells   Tells
	Wrong   Wrong
}

// Template names the file.
func (*Webhooks) Template() string { return "webhooks" }

// WebhookRow is a webhook in the list.
type WebhookRow struct {
	Link    Link
	Address string
	Topics  string
	State   string
}

// Webhook is one, with what it was told.
type Webhook struct {
	Shell
	List    string // where all of the collection are
	ID      int64
	Address string
	State   string
	On      bool
	Next    string // when it is tried again; "" it takes what it is sent
	Message Foreign
	Secret  string // that was just made, and is not shown again
	Set     string
	Tells   Tells
	Renew   string
	Again   string // "" it is not on
	Version int64
	Rows    []DeliveryRow
	More    string
	Wrong   Wrong
}

// Template names the file.
func (*Webhook) Template() string { return "webhook" }

// DeliveryRow is one thing that a webhook was told.
type DeliveryRow struct {
	Number  int64
	Action  string
	Object  string
	At      string
	State   string
	Waits   bool
	Message Foreign
}

// Tells is what a webhook may be told, to be chosen from.
type Tells struct {
	Topics []Topic
	Wrong  *Mistake
}

// Topic is one kind of things that happen.
type Topic struct {
	Value, Word, About string
	Chosen             bool
}
