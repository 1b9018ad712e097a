// Package watches asks for the address of an article again until a day, and proposes the text that it finds there.
//
// A tour of the files:
//
//   - rows.go: Watch, Proposed, and what the history keeps of both.
//   - set.go: an editor sets a watch, or ends it; it ends by itself when the article leaves.
//   - visit.go: what a visit saw: the same, another text, one that was changed in silence, or nothing any more.
//   - decide.go: a person takes a proposed text as a revision, or refuses it.
//   - read.go: what pages show.
//
// The one rule not to break: a text that was found is never a revision before a person takes it.
package watches
