package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"claimbench/internal/fault"
)

// What an archive may hold, so that a small one that unpacks to a large one stops early.
const (
	mostEntries  = 1000
	mostUnpacked = 32 << 20 // bytes in all, also of the archives inside
	mostNested   = 2        // archives in each other
)

// readInside is Read for readers whose files hold files. It is set when the program starts, for the table of readers
// names those readers.
var readInside func(File) (Document, error)

func init() { readInside = Read }

// errWebArchive says where an archive of the web belongs: its files are no articles, and its hashes are checked there.
var errWebArchive = says("%s", "it is a web archive, whose pages are evidence. "+toEvidence)

const toEvidence = "Bring it where a document is linked to a claim; or save the page itself from the browser, and " +
	"bring that here."

// isWACZ says whether an archive is one of the web (WACZ 1.1.1, 5.1: a datapackage.json, and archives in archive/).
func isWACZ(z *zip.Reader) bool {
	said, kept := false, false
	for _, e := range z.File {
		said = said || e.Name == "datapackage.json"
		kept = kept || strings.HasPrefix(e.Name, "archive/")
	}
	return said && kept
}

// readZIP makes a document of each file of an archive. What is refused is said by its name, and the others are read.
func readZIP(raw []byte, f File) (Document, error) {
	if f.depth >= mostNested {
		return Document{}, says("it lies in %d other archives; unpack them, and bring what lies in them", f.depth)
	}
	if bytes.Count(raw, []byte("PK\x01\x02")) > 4*mostEntries {
		return Document{}, says("it holds more than %d files; split it", mostEntries)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	switch {
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return Document{}, says("it is broken, or no ZIP archive; pack it again")
	case len(z.File) > mostEntries:
		return Document{}, says("it holds %d files; at most %d are read. Split it", len(z.File), mostEntries)
	}
	if isWACZ(z) {
		return Document{}, errWebArchive
	}
	if f.budget == nil {
		f.budget = new(int64)
		*f.budget = mostUnpacked
	}
	d := Document{}
	for _, e := range z.File {
		name := entryName(e.Name, e.NonUTF8)
		if e.FileInfo().IsDir() || skipped(name) {
			continue
		}
		one, err := entry(e, f, name)
		if errors.Is(err, errUnpacked) {
			return Document{}, errUnpacked
		}
		if err != nil {
			d.Notes = addNote(d.Notes, fault.Plain(err))
			continue
		}
		d.Items = append(d.Items, one)
	}
	if len(d.Items) == 0 {
		if len(d.Notes) > 0 {
			return Document{}, says("none of its files can be read. The first: %s",
				strings.TrimSuffix(d.Notes[0], "."))
		}
		return Document{}, says("it holds no files. Pack what you want to bring, and send that")
	}
	return d, nil
}

var errUnpacked = says("what it holds is larger than %s when it is unpacked; split it", MiB(mostUnpacked))

// entry reads one file of an archive.
func entry(e *zip.File, f File, name string) (Document, error) {
	if e.Flags&1 != 0 {
		return Document{}, says("%s is locked by a password; pack it again without", name)
	}
	body, err := e.Open()
	if err != nil {
		return Document{}, says("%s is packed in a way that is not read; pack it again", name)
	}
	defer func() { _ = body.Close() }()
	limited := &budgeted{body, f.budget}
	d, err := readInside(File{Name: path.Join(f.Name, name), Body: limited, Clean: f.Clean, Columns: f.Columns,
		Patience: f.Patience,
		depth:    f.depth + 1, budget: f.budget})
	if *f.budget < 0 {
		return Document{}, errUnpacked
	}
	return d, err
}

// budgeted is a body whose bytes count against what an archive may hold in all.
type budgeted struct {
	from io.Reader
	left *int64
}

func (b *budgeted) Read(p []byte) (int, error) {
	if *b.left < 0 {
		return 0, errUnpacked
	}
	n, err := b.from.Read(p)
	*b.left -= int64(n)
	return n, err
}

// entryName is a name that may be shown: no way out of the archive, no signs that steer a screen. Old programs write it
// in the charset of DOS.
func entryName(name string, old bool) string {
	if old && !utf8.ValidString(name) {
		name, _ = charmap.CodePage437.NewDecoder().String(name)
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '\\':
			return '/'
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200c':
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// skipped are the files that programs leave in archives for themselves.
func skipped(name string) bool {
	return name == "" || strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), ".") ||
		path.Base(name) == "Thumbs.db"
}

// ShownName is a file's name as it may be shown, without folders.
func ShownName(name string) string {
	if name = entryName(name, false); name == "" {
		return ""
	}
	return path.Base(name)
}
