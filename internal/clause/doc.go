// Package clause cuts a sentence into its clauses and says what each of them is, for languages that have no grammar of
// our own. It is an averaged perceptron over word forms, endings, shapes and punctuation, learnt from dependency trees.
// It is pure: the weights are embedded, and nothing else is read.
//
// A tour of the files:
//
//   - clause.go: kinds of clauses, Segments, the cutting of a line into words.
//   - features.go: what the tagger looks at, as hashes.
//   - model.go: the weights and the choice of the best label, word after word.
//   - train.go: how the weights are learnt; gen/ reads the trees and writes weights.bin.
//
// The weights come from the trees of Universal Dependencies, Parallel UD (PUD), CC BY-SA 3.0 (Polish: CC BY-SA 4.0);
// NOTICE names them. To make them again:
//
//	go run internal/clause/gen/main.go --trees DIR/eval/clauses --out internal/clause/weights.bin
//
// The one rule not to break: what the tagger looks at when it learns is what it looks at when it is asked.
package clause
