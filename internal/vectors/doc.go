// Package vectors owns what an embedding model makes of sentences: a vector of each, where an admin of the workbench
// named such a model and a collection sends its texts. They are a third voice in what is proposed as evidence.
//
// A tour of the files:
//
//   - rows.go: one vector, as bytes; what is deleted with a text.
//   - make.go: Service, which asks for the vectors of sentences that have none, and deletes those of another model, of
//     texts that were replaced and of collections that send no more.
//   - bank.go: the vectors of a collection in memory, and the nearest of one.
//
// Vectors are work, made of texts and made again from them: they have no events. Words can be guessed from a vector, so
// it goes with its text, and none is made of a text that is taken down or protected.
//
// The one rule not to break: nothing here decides or waits. Without vectors, and while they are made, what is proposed
// is what keys and letters find.
package vectors
