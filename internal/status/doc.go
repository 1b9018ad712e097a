// Package status says what became of printed claims: a status list names each claim of some frozen sets with where it
// stands now, and is signed by the log key. Whoever holds an old export learns from it what is no longer so.
//
// A tour of the files:
//
//   - list.go: List, the signed text and how it is read and checked; no database.
//   - standing.go: the versions of a set, and where their claims stand: as claimset says.
//   - service.go: Service: publish a set's list at a random address, make lists anew when something changed.
//   - rows.go: the tables, and what the history keeps of them.
//   - news.go: what changed from one list to the next.
//   - feed.go: the news as an Atom and as a JSON feed.
//
// The one rule not to break: a list names no person, and nothing in it moves when a review is submitted. It follows
// from what everybody who reads the collection is shown: alarms, their answers, and frozen sets.
package status
