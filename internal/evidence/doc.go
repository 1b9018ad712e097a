// Package evidence owns the links between claims and passages, and the origins that texts truly come from. The machine
// proposes both; a person states them.
//
// A tour of the files:
//
//   - terms.go, rows.go: stances and kinds, and the rows: items, origins, refusals.
//   - guards.go: how many items a claim may have, and when it takes one; pure functions.
//   - link.go: Service, Link and Unlink.
//   - shelf.go, keep.go, passages.go, keys.go: the index of each collection in memory and in its file, what it proposes
//     for a claim, and the words of names that it asks with.
//   - order.go: passages in the order of a language model, where there is one of these very passages.
//   - fate.go: what became of a proposed passage.
//   - duplicate.go: claims that may say the same as one, and what is carried over when two are merged.
//   - origins.go, origin_pairs.go, origin_confirm.go: stated origins, articles that look like one text, and what a
//     person says of such a pair.
//   - follow.go: the work beside the requests that keeps both up to date.
//   - read.go, look.go: what a screen says of an item, and what the desk reads in its own transaction.
//   - reanchor.go: items follow their passage into a newer revision.
//
// The one rule not to break: only what a person stated counts. A proposal enters no guard and no verdict.
package evidence
