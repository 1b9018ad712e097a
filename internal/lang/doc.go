// Package lang holds what is known of each language: one folder a language, nothing outside it. Its tables are data
// (TSV: kind, argument, forms), and its grammar is a list of named traits that the language rooms ask for. It is pure.
//
// To add a language, make a folder named by its BCP 47 code; no other file changes. In it:
//
//   - pack.tsv: the marks of figures (decimal, group), script and direction, and the traits, see traits.go.
//   - cldr.tsv: months, weekdays, scale words, units and numerals, written by gen/ from Unicode CLDR.
//   - words.tsv: function words and letters that tell the language, and words that deny.
//   - kinds.tsv, sentences.tsv: words of site furniture; abbreviations, and words that begin sentences.
//   - values.tsv: the same by hand where CLDR has no form, and qualifiers, joining words, words of time.
//
// The folder all holds what is written alike in every language. lang.go reads the folders when they are first asked
// for; gen/ (cldr.go, rbnf.go) takes the folder of the CLDR packages as a flag.
//
// The one rule not to break: no code outside this folder asks for a language by its code where a trait or a table can
// say it.
package lang
