// Package webhooks tells programs elsewhere that something happened, at addresses that an admin allowed.
//
// A tour of the files:
//
//   - topics.go: which actions of the history are told, and under which topic.
//   - rows.go: Webhook, Delivery, and what the history keeps of both.
//   - set.go: an admin adds a webhook, switches it, gives it another secret; a delivery is sent again.
//   - gather.go: from events to deliveries; what a veil hides waits until it is lifted.
//   - send.go: sending, in order, with pauses that grow; several servers.
//   - sign.go: the signature, as Standard Webhooks has it.
//   - read.go: what pages show.
//
// A delivery holds names of things, an action and a time, and no words: whoever is told asks the API, where the rights
// of that moment hold. It is sent at least once, for a server may die after the receiver has answered.
//
// The one rule not to break: what a veil hides is no delivery before the veil is lifted, and moves no number of one.
package webhooks
