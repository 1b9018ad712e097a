package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"time"

	"claimbench/internal/fault"
)

// File is what came in: an uploaded file, or one that the command was given.
type File struct {
	Name  string    // of the file; in messages, and its ending tells the format
	Media string    // the media type that the sender declared; "" none
	Size  int64     // in bytes, as the sender declared it; 0 unknown. One that is too large is refused unread
	Body  io.Reader // read once, and closed by the caller

	Charset string  // in which a person says that its letters are, as WHATWG names it; "" it is found
	Clean   bool    // what of a plain text is of the site and not of the article is left out; of a page it always is
	Columns Columns // of rows: which column is which; nil it is told by their names
	// Patience is how long the sender waits for a reader that must be made ready, which of PDF takes seconds the first
	// time on a machine; 0 as long as it takes. What is not ready by then is fault.Invalid, and goes on being
	// made ready.
	Patience time.Duration

	depth  int    // how many archives it lies in
	budget *int64 // how many bytes those may still unpack to; nil it lies in none
}

// Document is what a reader made of a file. Facts are what the file says of itself, "" where it does not: a person may
// have said otherwise, and is right. A file that holds many documents (an archive, a feed, rows) has no text of
// its own and its documents in Items.
type Document struct {
	Text     string // what becomes the revision, valid UTF-8 or not: the room that keeps it looks
	Reader   string // Reader.Name
	Version  int    // Reader.Version
	Name     string // of the file, or of the item inside it: "letters.zip/2.txt"
	SHA256   string // of the bytes that were read, lower-case hex
	Encoding string // the charset that was decoded, as WHATWG names it; "" for formats that have their own

	Source, Title, Byline, URL string
	Authors                    []string
	Publisher                  string
	Lang                       string // BCP 47
	Published                  string // YYYY, YYYY-MM or YYYY-MM-DD
	PublishedAs                string // the day as it stands there, where that is another calendar's; "" it is not
	GUID                       string // of an item of a feed: how the feed names it; "" it does not
	PublishedAt, ChangedAt     string // RFC 3339 with the zone that the file states; "" where it states no time
	Partial                    string // why this is not the whole text, in words for people; "" it is

	Origin  *Origin           // whose words these may be, as the text itself says: a proposal
	Parts   []Part            // where each paragraph of Text comes from, in order; nil where it is not known
	LeftOut []LeftOut         // what stood in the file and not in Text, in order
	Notes   []string          // what a person should know before they take it in, in words for people
	Reviews []json.RawMessage // the ClaimReview objects of a page, as they stand there
	Items   []Document
	Bare    []Document // items of a feed without a text, of which only title and address are known

	raw    []byte // the bytes that were read, where they are not the text's (asText)
	asText bool

	Columns []string // of rows: the names of all columns
	Chosen  Columns  // of rows: which column was read as which part
}

// All gives the documents of a file: itself, or those that it holds, also those of archives in archives.
func (d Document) All() []Document {
	if len(d.Items) == 0 {
		return []Document{d}
	}
	var all []Document
	for _, item := range d.Items {
		all = append(all, item.All()...)
	}
	return all
}

// Part says where a paragraph stands: bytes Start to End of Text, and its place in the file. Zero values are unknown.
type Part struct {
	Start, End  int
	Page        int    // 1 is the first, of a PDF
	From, Until int64  // milliseconds, of subtitles
	Element     string // of HTML: "p", "li", "blockquote", "tr", "h2"
	At          string // RFC 3339, of a post in a live blog
	Uncertain   bool   // the order of its words is not certain (right-to-left text of a PDF)
}

// LeftOut is what a reader left out of the text.
type LeftOut struct {
	Kind  LeftOutKind `json:"kind"`
	Words string      `json:"words"` // at most 500 code points of it
}

// LeftOutKind says what was left out.
type LeftOutKind string

// What readers leave out.
const (
	LeftMenu     LeftOutKind = "menu"     // navigation, lists of links, share buttons
	LeftBanner   LeftOutKind = "banner"   // cookies, subscriptions, advertisements
	LeftCaption  LeftOutKind = "caption"  // of pictures, and their credits
	LeftComment  LeftOutKind = "comment"  // of readers
	LeftHidden   LeftOutKind = "hidden"   // what a person who reads the file does not see
	LeftRepeated LeftOutKind = "repeated" // running heads, repeated headlines
	LeftMark     LeftOutKind = "mark"     // leavings of a publishing system: [ad_1]
	LeftDeleted  LeftOutKind = "deleted"  // tracked deletions
	LeftFacts    LeftOutKind = "facts"    // who wrote it and when, which the facts of the document say
	LeftArticle  LeftOutKind = "article"  // another article on the page
	LeftAttached LeftOutKind = "attached" // attachments that are no text
)

// leftWords are the kinds as people read them.
var leftWords = map[LeftOutKind]string{LeftMenu: "Menu or link", LeftBanner: "Banner or paywall",
	LeftCaption: "Caption",
	LeftComment: "Comment", LeftHidden: "Hidden text", LeftRepeated: "Repeated", LeftMark: "Mark",
	LeftDeleted: "Deleted",
	LeftFacts:   "Author or day", LeftArticle: "Another article", LeftAttached: "Attachment"}

// Word is the kind as people read it.
func (k LeftOutKind) Word() string { return leftWords[k] }

// Origin is what a text says about whose words it has: "translated from", "republished from".
type Origin struct {
	Kind  string // "translation" or "republication"
	Name  string // of whom, as it stands in the text
	URL   string // "" where it is not linked
	Words string // the sentence that says it
}

// Read makes a document of a file. A file that is too large is fault.TooLarge, one that is empty or not what its
// reader reads is fault.Invalid; both name the field "file". One whose letters are not certain is fault.Invalid
// of the field "charset", with an Unsure inside.
func Read(f File) (Document, error) {
	r, told := readerOf(f.Name, f.Media)
	most := r.Most
	if !told {
		most = Most() // its first bytes will tell
	}
	if f.Size > most {
		return Document{}, tooLarge(f, r, Over(f.Size, most))
	}
	raw, err := whole(f, most+1)
	if err != nil {
		return Document{}, fault.Wrap(fault.Invalid, err, "%s cannot be read to its end. Send it again.", f.Name)
	}
	if len(raw) == 0 {
		return Document{}, fault.New(fault.Invalid, "The file “%s” is empty. Choose another, or paste the text.",
			f.Name).With("file", "This file is empty.")
	}
	r, note, err := byContent(f, r, told, raw)
	switch {
	case err != nil:
		return Document{}, refusal(f, r, err)
	case int64(len(raw)) > r.Most:
		return Document{}, tooLarge(f, r, Over(r.Most+1, r.Most))
	}
	return readAs(r, f, raw, note)
}

// whole reads a file to its end, but no more than some bytes. Of one whose size is known there is no more in memory
// than that; one that grows is there twice.
func whole(f File, most int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(f.Size, most)) + bytes.MinRead)
	_, err := b.ReadFrom(io.LimitReader(f.Body, most))
	return b.Bytes(), err
}

// holds keeps the bytes of the file beside the document, but not a second time where the text is the same: an archive
// holds many.
func (d *Document) holds(raw []byte) {
	if d.asText = d.Text == string(raw); !d.asText {
		d.raw = raw
	}
}

// Bytes are those that were read; nil of an item that has no file of its own, as of a row.
func (d *Document) Bytes() []byte {
	if d.asText {
		return []byte(d.Text)
	}
	return d.raw
}

// readAs makes a document of a whole file by a reader.
func readAs(r Reader, f File, raw []byte, note string) (Document, error) {
	d, err := r.document(raw, f)
	if err != nil {
		return Document{}, refusal(f, r, err)
	}
	if len(d.Text) > MaxText {
		return Document{}, fault.New(fault.TooLarge,
			"The text of %s has %s; an article has at most %s. Split it, or take only the article out of it.", f.Name,
			Over(int64(len(d.Text)), MaxText), MiB(MaxText)).With("file", "Its text is too long.")
	}
	sum := sha256.Sum256(raw)
	d.Reader, d.Version, d.Name, d.SHA256 = r.Name, r.Version, f.Name, hex.EncodeToString(sum[:])
	if len(d.Items) == 0 {
		d.holds(raw)
	}
	if len(d.Items) > 0 && d.Items[0].Name == "mail" { // the letter itself, before what hangs on it
		d.Items[0].holds(raw)
		d.Items[0].Name = f.Name
	}
	for i := range d.Items { // of rows and feeds; files in an archive were read by themselves
		if one := &d.Items[i]; one.Reader == "" {
			one.Reader, one.Version = r.Name, r.Version
		}
	}
	if note != "" {
		d.Notes = append([]string{note}, d.Notes...)
	}
	return d, nil
}

// document is what the reader makes of a file.
func (r Reader) document(raw []byte, f File) (Document, error) {
	if r.with != nil {
		return r.with(raw, f)
	}
	return r.read(raw)
}

// refusal says for people why a file is not read.
func refusal(f File, r Reader, err error) error {
	if e, ok := fault.As(err); ok {
		return e
	}
	field := "file"
	if u := (*Unsure)(nil); errors.As(err, &u) {
		field = "charset"
	}
	if lie := (*notAsNamed)(nil); errors.As(err, &lie) {
		return fault.Wrap(fault.Invalid, err, "%s %s", f.Name, err).With(field, lie.what)
	}
	words := sayingOf(err)
	return fault.Wrap(fault.Invalid, err, "%s cannot be read as %s: %s.", f.Name, r.Word, words).With(field, words)
}

func tooLarge(f File, r Reader, has string) error {
	return fault.New(fault.TooLarge,
		"%s has %s; a file of %s has at most %s. Split it, or take only the article out of it.", f.Name, has, r.Word,
		MiB(r.Most)).With("file", "This file is too large.")
}
