package captures

import (
	"bytes"
	"context"
	"mime"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/files"
	"claimbench/internal/intake"
	"claimbench/internal/store"
	"claimbench/internal/text"
	"claimbench/internal/warc"
)

// MostBytes is the largest file that is taken for a capture; the document in it has at most warc.MostBody.
const MostBytes = warc.MostWACZ

// software is who writes the records.
const software = "Claimbench"

// File is what came in for an item of evidence.
type File struct {
	Name    string         // of an uploaded file
	Media   string         // as the sender declared it
	Body    []byte         // of an uploaded file
	Fetched *warc.Document // instead of the file: what was fetched
	At      time.Time      // when it came in
}

// Prepared is a document that is ready to be kept.
type Prepared struct {
	way         Way
	about       About
	warc, words []byte
	found       Found
	at          text.Span
	outside     string // the name of the file of the records; "" they belong into the database
}

// Aside puts the records into the folder of files, where there is one, ahead of Keep.
func (p *Prepared) Aside(ctx context.Context, db *store.DB) (err error) {
	defer fault.In(&err, "captures.Aside()")
	p.outside, err = files.Put(ctx, db, p.warc)
	return err
}

// About is what was read of the document.
func (p Prepared) About() About { return p.about }

// Found is how the quotation stands in it.
func (p Prepared) Found() Found { return p.found }

// Prepare reads what came in and looks for the quotation of an item of evidence in it, whose address is address. It is
// slow, and writes nothing. What cannot be read as one document is fault.Invalid or fault.TooLarge, at the field
// "file".
func Prepare(f File, address, quotation string) (p Prepared, err error) {
	doc, read, way, err := open(f, address, quotation)
	if err != nil {
		return p, err
	}
	p.way = way
	says := articles.AboutFile(read)
	p.about = About{Name: fileName(f.Name), Address: oneLine(doc.Final()), TakenAt: doc.Day.UTC().Format(time.RFC3339),
		Media: oneLine(doc.Media), Bytes: int64(len(doc.Body)), SHA256: hashOf(doc.Body),
		Title: oneLine(says.Title), Authors: oneLine(says.Authors), Publisher: oneLine(says.Source),
		Published: says.Published, Lang: firstOf(says.Lang, text.Detect(read.Text)), Reader: read.Reader,
		ReaderV: read.Version, Notes: lines(read.Notes)}
	p.about.Dir = string(text.DirOf(p.about.Lang))
	p.about.Words = hashOf([]byte(read.Text))
	var exact, found bool
	p.at, exact, found = text.FindQuotation(read.Text, quotation)
	switch {
	case exact:
		p.found = Exact
	case found:
		p.found = Folded
	default:
		p.found = NotFound
	}
	p.about.Page, p.about.Pages = pagesOf(read, p.at)
	var b bytes.Buffer
	if err := warc.Write(&b, doc, software); err != nil {
		return p, atFile(err)
	}
	p.warc = b.Bytes()
	if kept, err := warc.Read(bytes.NewReader(p.warc)); err != nil { // what cannot be read again is not kept
		return p, err
	} else if len(kept) == 1 {
		p.about.Dropped = lines(kept[0].Dropped)
	}
	p.words, err = files.Packed([]byte(read.Text))
	return p, err
}

// pagesOf is the page on which a quotation begins, and the last of the document that has words; 0 is not known.
func pagesOf(read intake.Document, quotation text.Span) (page, last int) {
	at, cp := 0, 0
	for _, part := range read.Parts {
		if part.Start < at || part.End < part.Start || part.End > len(read.Text) {
			continue
		}
		cp += utf8.RuneCountInString(read.Text[at:part.Start])
		if at = part.Start; cp <= quotation.Start && quotation.End > quotation.Start && part.Page > 0 {
			page = part.Page
		}
		last = max(last, part.Page)
	}
	return page, last
}

// open gives the one document of what came in, with its text.
func open(f File, address, quotation string) (doc warc.Document, read intake.Document, way Way, err error) {
	if f.Fetched != nil {
		read, err = readOf(*f.Fetched, "")
		return *f.Fetched, read, Fetched, err
	}
	if len(f.Body) == 0 {
		return doc, read, way, atFile(fault.New(fault.Invalid, "The file is empty. Choose another."))
	}
	if len(f.Body) > MostBytes {
		return doc, read, way, tooLarge(MostBytes)
	}
	var docs []warc.Document
	switch {
	case strings.EqualFold(path.Ext(f.Name), ".wacz") || warc.IsWACZ(f.Body):
		docs, err = warc.ReadWACZ(f.Body)
	case warc.Is(f.Body):
		docs, err = warc.Read(bytes.NewReader(f.Body))
	case len(f.Body) > warc.MostBody:
		return doc, read, way, tooLarge(warc.MostBody)
	default:
		doc = warc.Document{Address: address, Day: f.At.UTC().Truncate(time.Second), Media: f.Media, Body: f.Body}
		read, err = readOf(doc, f.Name)
		return doc, read, Uploaded, err
	}
	if err != nil {
		return doc, read, way, atFile(err)
	}
	doc, read, err = chosen(docs, address, quotation)
	return doc, read, Uploaded, err
}

// chosen chooses of the documents of an archive that of the address; else the only one that can be read, or the only
// one that holds the quotation.
func chosen(docs []warc.Document, address, quotation string) (warc.Document, intake.Document, error) {
	for _, d := range docs {
		if address != "" && (sameAddress(d.Final(), address) || sameAddress(d.Address, address)) {
			read, err := readOf(d, "")
			return d, read, err
		}
	}
	var can []warc.Document
	var reads []intake.Document
	for _, d := range docs {
		if len(can) < mostOfArchive && isText(d.Media) {
			if read, err := readOf(d, ""); err == nil {
				can, reads = append(can, d), append(reads, read)
			}
		}
	}
	if len(can) == 1 {
		return can[0], reads[0], nil
	}
	hold := -1
	for i, read := range reads {
		if _, _, found := text.FindQuotation(read.Text, quotation); found {
			if hold >= 0 {
				hold = -1
				break
			}
			hold = i
		}
	}
	if hold >= 0 {
		return can[hold], reads[hold], nil
	}
	return warc.Document{}, intake.Document{}, atFile(fault.New(fault.Invalid, "This file holds %d documents, and "+
		"none is of the address of this evidence. Save that page alone, or link the address that it was saved from.",
		len(docs)))
}

// mostOfArchive is how many documents of an archive are read to find the one.
const mostOfArchive = 50

// isText says whether a media type may be read; pictures, scripts and styles of a page are not.
func isText(media string) bool {
	kind, _, err := mime.ParseMediaType(media)
	if err != nil {
		return true
	}
	main, sub, _ := strings.Cut(kind, "/")
	return main != "image" && main != "font" && main != "audio" && main != "video" && sub != "css" &&
		!strings.Contains(sub, "javascript") && sub != "json"
}

// readOf reads a document. One that is several is none.
func readOf(d warc.Document, name string) (intake.Document, error) {
	if name == "" {
		name = nameOf(d)
	}
	read, err := intake.Read(intake.File{Name: name, Media: d.Media, Size: int64(len(d.Body)),
		Body: bytes.NewReader(d.Body)})
	if err != nil {
		return read, atFile(err)
	}
	if all := read.All(); len(all) != 1 {
		return read, atFile(fault.New(fault.Invalid, "This file holds %d documents. A capture is of one: take it out, "+
			"and choose that.", len(all)))
	} else {
		read = all[0]
	}
	if !utf8.ValidString(read.Text) || strings.ContainsRune(read.Text, 0) {
		return read, atFile(fault.New(fault.Invalid, "The text of this file cannot be read: its letters are in no "+
			"charset that is known. Save it as UTF-8."))
	}
	if text.Blank(read.Text) {
		return read, atFile(fault.New(fault.Invalid, "No text was found in this file, so that no quotation can be "+
			"found in it. Save the page with its words, or as PDF."))
	}
	return read, nil
}

// nameOf is a file name for a document of the web: what its site says it is goes before the ending of its address.
func nameOf(d warc.Document) string {
	u, err := url.Parse(d.Final())
	if err != nil || u.Path == "" {
		return "document"
	}
	kind, _, err := mime.ParseMediaType(d.Media)
	if err == nil && kind != "application/octet-stream" {
		return u.Host + strings.TrimSuffix(u.Path, path.Ext(u.Path))
	}
	return u.Host + u.Path
}

// sameAddress compares addresses as people write them: without the scheme, “www.”, the fragment and a slash at the end.
func sameAddress(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	if errX != nil || errY != nil || x.Host == "" {
		return a == b
	}
	plain := func(u *url.URL) string {
		return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/") + "?" +
			u.RawQuery
	}
	return plain(x) == plain(y)
}

// atFile says that an error is of the file that was chosen.
func atFile(err error) error {
	e, is := fault.As(err)
	if !is || len(e.Fields) > 0 {
		return err
	}
	return e.With("file", e.Msg)
}

func tooLarge(most int) error {
	return atFile(fault.New(fault.TooLarge, "This file has more than %d MiB; that much is not kept.", most>>20))
}

const (
	longestLine = 1000 // code points of a fact
	mostLines   = 50
)

// oneLine is a fact as it is kept: in one line that can be written.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))), " ")
	if n := []rune(s); len(n) > longestLine {
		s = string(n[:longestLine-1]) + "…"
	}
	return s
}

func lines(all []string) []string {
	out := make([]string, 0, len(all))
	for _, s := range all[:min(len(all), mostLines)] {
		out = append(out, oneLine(s))
	}
	return slices.Clip(out)
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// fileName is what an uploaded file is called, without the folders it lay in.
func fileName(name string) string {
	if name == "" {
		return ""
	}
	return oneLine(path.Base(strings.ReplaceAll(name, `\`, "/")))
}
