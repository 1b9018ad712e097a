// Command workbench is Claimbench: one program for the server, the rooms that run alone, and the measures.
//
// A tour of the files:
//
//   - main.go, version.go: the root command, its exit codes, the release.
//   - usage.go, address.go, files.go: what a command line is refused for, and what the refusal says.
//   - database.go, index.go, migrate.go: flags for the database and who acts; the schema; the search index.
//   - serve.go, serve_run.go, metrics.go, demo.go: the server, the tasks beside it, its counts, the sample collection.
//   - user.go, collection.go, import.go, export.go, audit.go: what people do with a database from a shell.
//   - extract.go, match.go, origins.go, lexicon.go: the language rooms on files, without a database.
//   - eval.go, eval_text.go, eval_evidence.go, eval_model.go: the measures; model.go: what a language model can do.
//
// The one rule not to break: a command reads its flags and calls the services that the server calls too, in the name of
// the person whom --as names. It decides nothing of articles, claims or people by itself.
package main
