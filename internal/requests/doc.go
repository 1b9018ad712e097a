// Package requests keeps what readers ask: is this true? A form at a public address takes it, where an admin published
// one for the collection; whoever asked is given an address that tells how far it is, and nothing of the work.
//
// A tour of the files:
//
//   - rows.go, terms.go: forms, requests, their links to claims, how people are reached; what an audit reads of them.
//   - form.go: an admin publishes the form of a collection, and takes it back.
//   - receive.go: a reader asks.
//   - seen.go: what the one who asked is told, whatever the round of a claim is.
//   - decide.go: an editor links requests to claims, says that they are not checked, or takes one down.
//   - alike.go: requests that ask the same are put together, in the background.
//   - keep.go: the work of a server: putting together, and erasing how people are reached.
//   - read.go: what pages read in their own transaction.
//   - words.go, words.tsv: what the public pages say, in four languages.
//
// The one rule not to break: what the one who asked is told follows from what editors did with the request and from
// frozen sets that an admin made public, never from a claim or its rounds.
package requests
