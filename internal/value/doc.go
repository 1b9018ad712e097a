// Package value reads what a sentence states in figures and names: quantities with their unit and qualifier, dates
// with their calendar, and the names of people, places and organisations. It is pure: no database, no clock, no
// network.
//
// NewScan cuts one sentence into tokens; Dates, Quantities and Names of the scan share them. Dates go first, and what
// they take is no number. Spans count code points of the whole document, as in package text.
//
// A tour of the files:
//
//   - scan*.go: tokens (words, numbers, symbols, runs of kana and Han, addresses), folded and looked up.
//   - lexicon*.go: what a word can mean (numeral, scale, unit, month, qualifier), by the tables of internal/lang.
//   - numeral*.go: the grammar of numbers in digits and in words.
//   - quantity*.go: qualifier, sign, money, numeral, unit, ranges, clock times; labels, names and words that may be
//     others are dropped (quantity_cjk_none.go is the table of such cases for kanji and kana).
//   - date*.go, calendar.go: the forms of a date (day, year, decade, relative, ago); then the day of publication.
//   - name*.go, tables/names.tsv, name_cues.tsv, places.tsv: names, by tables and by their shape.
//
// The one rule not to break: a value that is not certain is not given.
package value
