// Package proof says what hashes commit to, and checks files that prove something by them. It knows no database and no
// network: what it says can be checked by another program from docs/history.md and docs/claimset.md alone.
//
// A tour of the files:
//
//   - salt.go: salts made of a secret, the salted hash of one field, and a group of fields.
//   - leaf.go: the leaf of an event, version 2.
//   - flatten.go, claim.go: the printed fields of a claim, its leaf, and the tree of a set.
//   - method.go: the hash of a method, and what proves one that a set prints.
//   - checkpoint.go: the signed size and root of a history.
//   - bundle.go: the files of an evidence bundle and their forms.
//   - zip.go, unpack.go: a bundle as a zip file, in which no byte stands that is not checked.
//   - verify.go, verify_claim.go, event.go: Verify, what is proved of a set, of each claim, and by an event.
//   - withheld.go, cosigned.go: what may stand for a field that is not opened; every signature of the checkpoint.
//   - selfcheck.go: what a report carries of a claim, so that it can check itself.
//   - result.go: what was found, for people.
//
// The one rule not to break: a form never changes for what was written before. A new form is a new version beside it.
package proof
