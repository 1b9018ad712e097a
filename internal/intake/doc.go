// Package intake turns what comes in from outside into a document: the text of an article and what the file says of
// itself. It is pure: no database, no network, no clock.
//
// A tour of the files:
//
//   - readers.go: the table of readers, and what pages, messages and the command say of it.
//   - read.go: File and Document; Read chooses the reader, holds the file to its size, and asks it.
//   - text.go: the reader of plain text.
//
// A new format is a file with one function, its row in the table, and its test; nothing else names formats.
//
// The one rule not to break: a reader is given bytes that somebody else wrote. It holds no more than Reader.Most of
// them, makes no text longer than MaxText, and says in words for people what it cannot read; it never guesses.
package intake
