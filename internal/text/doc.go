// Package text knows scripts and languages: it says which language a text is in, cuts it into sentences, folds it
// for search, and finds a quotation again in another revision. It is pure: no database, no clock, no network.
//
// A tour of the files:
//
//   - document.go, span.go: Doc, a text with fast conversion between bytes and code points, and Span.
//   - lang.go, lang_sentence.go, lang_words.go: the language and direction of a text, and of one sentence in it.
//   - sentences.go and sentences_*.go: a text is cut into sentences; kind.go, kind_words.go: what part each of them is.
//   - fold.go, terms.go, ideographic.go: the form that search and matching compare, and its index terms.
//   - reanchor.go, reanchor_find.go, reanchor_change.go: a quotation in another revision, and what changed around it.
//   - quotation.go: a quotation in the text of a document that another reader made.
//   - typed.go, reason.go: what a person may type, and the reason for an act. looks.go: which names show something, and
//     which are taken for another.
//
// The one rule not to break: every offset that leaves this package counts Unicode code points of the whole document as
// given (a byte order mark counts as one), and every end is exclusive.
package text
