//go:build !sqlite_fts5

package store

// Without the tag SQLite has no full-text search, and the first search would fail. The build fails here instead.
var _ = build_with_tags_sqlite_fts5 // go build -tags sqlite_fts5 ./... (or make build)
