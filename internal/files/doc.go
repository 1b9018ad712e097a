// Package files keeps bytes in a folder outside of the database, for rooms that say so: an original is large and is
// hardly ever read. Without a folder they keep them in tables of their own.
//
// A tour of the files:
//
//   - dir.go: Dir, the folder: a file has the name of its SHA-256, is compressed, and is there whole or not at all.
//   - packed.go: gzip of bytes, for all rooms that keep some.
//   - keep.go: which object has which file, and when one goes.
//
// The one rule not to break: no file is there that nothing in the database tells of, but for a while. Before one is
// written, and in the Write in which it is wanted no more, its name is put down as due; what is due and has no owner is
// erased.
package files
