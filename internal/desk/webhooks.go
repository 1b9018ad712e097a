package desk

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/webhooks"
)

// deliveriesPage is how many deliveries a page has.
const deliveriesPage = 100

// Webhooks are the addresses that are told what happens in a collection.
type Webhooks struct {
	Frame Frame
	In    auth.CollectionID
	List  []webhooks.Webhook
}

// Webhooks answers admins of the workbench.
func (d *Desk) Webhooks(ctx context.Context, actor auth.Actor, in auth.CollectionID) (out Webhooks, err error) {
	defer fault.In(&err, "desk.Webhooks(%d)", in)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Webhooks{In: in}
		if err := l.must(auth.ThingSettings, auth.Write, 0); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		out.List, err = webhooks.List(l.rx, in)
		return err
	})
	return out, err
}

// Webhook is one of them with what it was told.
type Webhook struct {
	Frame Frame
	Hook  webhooks.Webhook
	List  []webhooks.Delivery
	Next  int64 // before which number the next page begins; 0 on the last
}

// Webhook answers admins of the workbench. before is the number of a delivery, 0 for the newest.
func (d *Desk) Webhook(ctx context.Context, actor auth.Actor, id webhooks.ID, before int64) (out Webhook, err error) {
	defer fault.In(&err, "desk.Webhook(%d, before %d)", id, before)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Webhook{}
		if err := l.must(auth.ThingSettings, auth.Write, 0); err != nil {
			return err
		}
		if out.Hook, err = webhooks.ByID(l.rx, id); err != nil {
			return err
		}
		if out.Frame, err = l.frame(out.Hook.CollectionID); err != nil {
			return err
		}
		if out.List, err = webhooks.Deliveries(l.rx, id, before, deliveriesPage+1); err != nil {
			return err
		}
		if len(out.List) > deliveriesPage {
			out.List = out.List[:deliveriesPage]
			out.Next = out.List[deliveriesPage-1].Number
		}
		return nil
	})
	return out, err
}

// WebhookJSON is a webhook as programs read it. Its secret is only in the answer that made it.
type WebhookJSON struct {
	ID         webhooks.ID         `json:"id"`
	Collection auth.CollectionID   `json:"collection"`
	Address    string              `json:"address"`
	Topics     []webhooks.Topic    `json:"topics"`
	State      webhooks.State      `json:"state"`
	Message    string              `json:"message,omitempty"` // why the last try failed
	NextAt     *Time               `json:"next_at,omitempty"` // when it is tried again
	Version    int64               `json:"version"`
	Deliveries *List[DeliveryJSON] `json:"deliveries,omitempty"`
	Secret     string              `json:"secret,omitempty"`
}

// DeliveryJSON is a delivery as programs read it.
type DeliveryJSON struct {
	Number  int64         `json:"number"`
	Action  string        `json:"action"`
	Object  string        `json:"object"`
	Claim   int64         `json:"claim,omitempty"`
	At      Time          `json:"at"` // when it happened
	State   webhooks.Fate `json:"state"`
	Tries   int           `json:"tries"` // that failed
	Message string        `json:"message,omitempty"`
}

// WebhookOf is a webhook for programs, without its secret.
func WebhookOf(w webhooks.Webhook) WebhookJSON {
	out := WebhookJSON{ID: w.ID, Collection: w.CollectionID, Address: w.Address, Topics: w.Told(), State: w.State,
		Message: w.Message, Version: w.Version}
	if w.NextAt != 0 && w.State == webhooks.On {
		out.NextAt = timeOf(&w.NextAt)
	}
	return out
}

// WebhookMadeOf is a webhook with the secret that was just made, for programs.
func WebhookMadeOf(w webhooks.Webhook) WebhookJSON {
	out := WebhookOf(w)
	out.Secret = w.Secret
	return out
}

// DeliveryOf is a delivery for programs.
func DeliveryOf(d webhooks.Delivery) DeliveryJSON {
	return DeliveryJSON{Number: d.Number, Action: d.Action, Object: d.Object, Claim: d.ClaimID, At: Time(d.At),
		State: d.State, Tries: d.Tries, Message: d.Message}
}

// JSON is the list for programs.
func (w Webhooks) JSON() List[WebhookJSON] {
	var out List[WebhookJSON]
	for _, x := range w.List {
		out.Items = append(out.Items, WebhookOf(x))
	}
	return out
}

// JSON is the webhook with its deliveries, for programs.
func (w Webhook) JSON() WebhookJSON {
	out := WebhookOf(w.Hook)
	out.Deliveries = &List[DeliveryJSON]{}
	for _, d := range w.List {
		out.Deliveries.Items = append(out.Deliveries.Items, DeliveryOf(d))
	}
	if w.Next != 0 {
		out.Deliveries.Next = decimal(w.Next)
	}
	return out
}
