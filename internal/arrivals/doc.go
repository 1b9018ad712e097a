// Package arrivals keeps what a person brought to be taken in until it is an article: files, pasted texts, and what a
// file holds (an archive, a mail, rows). It is read in the background, shown to the person to be mended, and taken in
// when they say so.
//
// A tour of the files:
//
//   - rows.go: Arrival, what was found in it, its bytes.
//   - drop.go: a person brings something.
//   - fetched.go: a person brings addresses; each is fetched, and then read as a file is.
//   - read.go: a job reads it: it is ready, asks, is refused, or becomes several.
//   - edit.go: the person mends what was found, answers what is asked, discards.
//   - take.go: a job takes in what the person says.
//   - near.go: which of a person's have nearly the same text.
//   - revise.go: one is taken in as a newer text of an article, once both were compared.
//   - look.go: what pages show, with the warnings of what is here already.
//
// The one rule not to break: an arrival is its owner's alone. Nobody else reads, counts or learns of it, it has no
// event and stands in no search, and its words are erased when it is taken in, refused or discarded, and after 30 days.
package arrivals
