// Package eval measures the language rooms against data in a folder that is given to it (gold sentences, claims,
// links, parallel texts). It holds no data of its own.
//
// A tour of the files:
//
//   - measure.go: Measure, one figure with its unit and what is asked of it.
//   - textreport.go: takes all measures of the text rooms; a part whose data is not there is named as missing.
//   - langid.go, sentences.go, values.go, parallel.go: languages, sentences, quantities and dates, and values that
//     must read the same in several languages.
//   - claims.go, checkworthy.go, worth_rank.go, logistic.go: candidates against gold claims; how much a sentence
//     deserves a check.
//   - evidence.go, evidence_links.go, evidence_speed.go: passages across languages, gold links, and speed.
//
// The one rule not to break: only the command imports this package, and what is measured is what runs. No room gets a
// way of working that is for the measure alone.
package eval
