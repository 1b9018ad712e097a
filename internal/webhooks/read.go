package webhooks

import (
	"claimbench/internal/auth"
	"claimbench/internal/store"
)

// List lists the webhooks of a collection, the oldest first; there are at most MostEach. It asks no permission.
func List(r *store.Rx, in auth.CollectionID) ([]Webhook, error) {
	return store.Select[Webhook](r, "SELECT * FROM webhooks WHERE collection_id = ? ORDER BY id LIMIT ?", in, MostEach)
}

// ByID reads a webhook. It asks no permission.
func ByID(r *store.Rx, id ID) (Webhook, error) {
	return store.Get[Webhook](r, "such webhook", "SELECT * FROM webhooks WHERE id = ?", id)
}

// Deliveries lists those of a webhook with a number below before (0: all), the newest first, at most limit. It asks no
// permission.
func Deliveries(r *store.Rx, id ID, before int64, limit int) ([]Delivery, error) {
	if before <= 0 {
		before = 1 << 62
	}
	return store.Select[Delivery](r, "SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND number < ? ORDER BY "+
		"number DESC LIMIT ?", id, before, limit)
}
