// Package view holds what the pages show: plain values, already formatted for people, one type per template.
// It knows no database and no service; the handlers fill it, the templates in web/templates read it.
//
// A tour of the files:
//
//   - render.go, shell.go: Renderer, which parses all templates, and what stands around every page.
//   - words.go, marks.go, meter.go, diff.go: parts of pages: a text with its language, marks in an article, the bar of
//     verdicts, what two wordings do not share.
//   - article.go, anchor.go: articles, and the texts that they had.
//   - claim.go, passages.go, queue.go: a claim, what the machine proposes for it, lists of work and the review.
//   - lists.go, history.go, people.go: lists and filters, events and seals, people and how they sign in.
//
// The one rule not to break: a model decides nothing. It shows what it was given, and every text of an article says its
// language and direction.
package view
