package intake

import (
	"io"

	"claimbench/internal/fault"
)

// File is what came in: an uploaded file, or one that the command was given.
type File struct {
	Name  string    // of the file; in messages, and its ending tells the format
	Media string    // the media type that the sender declared; "" none
	Size  int64     // in bytes, as the sender declared it; 0 unknown. One that is too large is refused unread
	Body  io.Reader // read once, and closed by the caller
}

// Document is what a reader made of a file. Facts are what the file says of itself, "" where it does not: a person may
// have said otherwise, and is right.
type Document struct {
	Text    string // what becomes the revision, valid UTF-8 or not: the room that keeps it looks
	Reader  string // Reader.Name
	Version int    // Reader.Version

	Source, Title, Byline, URL string
	Lang                       string // BCP 47
	Published                  string // YYYY, YYYY-MM or YYYY-MM-DD
}

// Read makes a document of a file. A file that is too large is fault.TooLarge, one that is empty or not what its reader
// reads is fault.Invalid; both name the field "file".
func Read(f File) (Document, error) {
	r := readerOf(f.Name, f.Media)
	if f.Size > r.Most {
		return Document{}, tooLarge(f, r, Over(f.Size, r.Most))
	}
	raw, err := io.ReadAll(io.LimitReader(f.Body, r.Most+1))
	if err != nil {
		return Document{}, fault.Wrap(fault.Invalid, err, "%s cannot be read to its end. Send it again.", f.Name)
	}
	switch {
	case int64(len(raw)) > r.Most:
		return Document{}, tooLarge(f, r, Over(r.Most+1, r.Most))
	case len(raw) == 0:
		return Document{}, fault.New(fault.Invalid, "The file “%s” is empty. Choose another, or paste the text.",
			f.Name).With("file", "This file is empty.")
	}
	d, err := r.read(raw)
	if err != nil {
		return Document{}, fault.Wrap(fault.Invalid, err, "%s cannot be read as %s: %s.", f.Name, r.Word, err).With(
			"file", err.Error())
	}
	if len(d.Text) > MaxText {
		return Document{}, fault.New(fault.TooLarge,
			"The text of %s has %s; an article has at most %s. Split it, or take only the article out of it.", f.Name,
			Over(int64(len(d.Text)), MaxText), MiB(MaxText)).With("file", "Its text is too long.")
	}
	d.Reader, d.Version = r.Name, r.Version
	return d, nil
}

func tooLarge(f File, r Reader, has string) error {
	return fault.New(fault.TooLarge,
		"%s has %s; a file of %s has at most %s. Split it, or take only the article out of it.", f.Name, has, r.Word,
		MiB(r.Most)).With("file", "This file is too large.")
}
