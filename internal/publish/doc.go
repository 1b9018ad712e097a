// Package publish writes frozen claim sets as files: the table of formats and a writer for each.
//
// A tour of the files:
//
//   - formats.go: the one table of formats, which pages, the API and the command read, and Options.
//   - service.go: Record and Export: who took what away, and the hash of what they got, in the history.
//   - taken.go: what an export took away, as the history says it.
//   - print.go: Print, all that a writer is given: a set, its older versions, its claims one at a time.
//   - schema.go, schema/: the JSON Schemas of what is ours.
//   - json.go, csv.go, csv_evidence.go: our own formats.
//   - rating.go: how a verdict is said in the words of other standards.
//   - report.go, report_claim.go, report.html, words.go, words.tsv: the report, what it says of a claim, the fragments,
//     and their words in four languages.
//   - fonts.go: the fonts that a report holds; check.go: what it proves itself by; script.go, check_page.js,
//     check_proof.js, check.js: the script that does, with report.html once more in it.
//   - verify.go, differ.go: the check of a report from outside: it is made again, and every byte compared.
//   - bundle.go, seal.go: the evidence bundle, and what it proves the set by; reprint.go: a print of a JSON export.
//   - wacz.go: what is kept of outside documents, where the set lets it go out.
//   - xlsx.go: a workbook with the columns of both tables.
//   - claimreview.go, averitec.go, annotation.go: the standards of others.
//
// The one rule not to break: a writer holds one claim in memory, and prints nothing that is not in the frozen set.
package publish
