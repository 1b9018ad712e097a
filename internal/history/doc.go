// Package history keeps what happened: events that are added and never changed, each a leaf of a Merkle tree whose
// signed size and root (the checkpoint) show a rewrite to anyone who kept an earlier one. docs/history.md tells how to
// check it without this program.
//
// A tour of the files. Writing: history.go has the words (Event, Entry, Who, Fields); append.go adds events in the
// Write that changes the rows; leaf.go makes the bytes that are hashed, in both versions, and tree.go the hashes above
// them; fields.go is the one form of a row in an event; texts.go erases a text or a name and says so; veil.go lifts a
// veil. Signing: key.go, checkpoint.go and signer.go. Reading: list.go (pages, changes, and what a viewer may see),
// export.go, proof.go, pagekey.go. Verifying: verify.go is the order of a verification; verify_pages.go reads ahead,
// cells.go takes values of the pages, verify_events.go checks each event, states.go remembers what the events left of
// each row, replay.go compares rows with it, schema.go what the database is made of, uncovered.go lists what is not
// compared, later.go keeps old histories whole when a column is added, unreadable.go tells a damaged row from a
// database that does not answer, and report.go says it for people.
//
// The one rule not to break: the form of a leaf, and of a row in an event, never changes for what was written before.
// A new form is a new version beside the old one; a new column follows later.go.
//
// The package knows its own tables only. Other rooms tell it of their rows by HistoryRows, and lift the veils that they
// laid.
package history
