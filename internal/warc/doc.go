// Package warc keeps documents of others as WARC records (ISO 28500:2017, version 1.1): what was fetched as a response,
// what was uploaded as a resource, each with digests. It is pure: no database, no network, no clock.
//
// A tour of the files:
//
//   - write.go: a document → records, compressed, without secrets.
//   - read.go: records → documents, each digest computed again.
//   - answer.go: the answer of a server, as it stood on the wire, in a record.
//
// The one rule not to break: a record whose digest is wrong, or that has none, gives no document.
package warc
