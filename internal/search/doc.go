// Package search is the folded full-text index over sentences and claims: the same terms, and so the same hits, on
// SQLite (FTS5, contentless) and PostgreSQL (tsvector). Terms come from internal/text; hits are cut from the texts.
//
// A tour of the files:
//
//   - terms.go: the terms of a text, with stems and the characters of languages without spaces.
//   - index.go: rows come and go with revisions and claims, inside the Write that changes those.
//   - query.go, search.go: a query is cut into phrases; a page of hits, within limits.
//   - age.go, rebuild.go: a fingerprint of the term maker tells an old index, which is made anew in slices.
//   - compare.go: an audit compares the index with the texts.
//
// The one rule not to break: a text and a query get their terms from the same function. An index made in another way
// finds too little and says nothing.
package search
