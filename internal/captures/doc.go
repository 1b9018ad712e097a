// Package captures keeps the bytes of outside documents that evidence quotes, as they were uploaded or fetched, and
// says whether the quotation stands in them. It knows no item of evidence and asks no permission: internal/evidence
// does.
//
// A tour of the files:
//
//   - rows.go, terms.go: Capture, what is known of its document, its states, and how its quotation was found.
//   - document.go: bytes → a document with its text; WARC and WACZ are opened, and one document of them is chosen.
//   - keep.go: writing a capture, carrying it over when claims are merged, withholding it.
//   - stamp.go, stamping.go: time stamps (RFC 3161): what a service is asked and how its answer is judged; which
//     service an admin named, and the queue in which captures wait for it.
//   - read.go: what a page reads.
//   - objects.go: what the history keeps, and how rows are read as they were.
//
// The one rule not to break: what tells of the document lies in the column document and in capture_bodies, and nowhere
// else, so that withholding takes all of it, and a capture of a protected source tells nothing.
package captures
