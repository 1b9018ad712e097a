// Package proof says what hashes commit to, and checks files that prove something by them. It knows no database and no
// network: what it says can be checked by another program from docs/history.md and docs/claimset.md alone.
//
// A tour of the files:
//
//   - salt.go: salts made of a secret, the salted hash of one field, and a group of fields.
//   - leaf.go: the leaf of an event, version 2.
//
// The one rule not to break: a form never changes for what was written before. A new form is a new version beside it.
package proof
