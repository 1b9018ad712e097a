package intake

import (
	"bytes"
	"fmt"
	"mime"
	"path"
	"regexp"
	"slices"
	"strings"

	"claimbench/internal/text"
)

// content is what the first bytes of a file tell of its format.
type content struct {
	what    string   // inside a sentence: a PNG picture
	endings []string // of files that have such bytes; none is for readers
	remedy  string   // what to do with it, where no reader takes it
	head    string   // with which it begins; after at bytes
	at      int
}

const (
	picture = "A picture has no text: run OCR, for example tesseract, and bring the result."
	sound   = "Write down what is said in it, or bring its subtitles."
	zipped  = "Unpack it, and bring what lies in it."
)

// contents are the formats that bytes tell and that are no letters. Those for which there is a reader are told by their
// endings.
var contents = []content{
	{what: "a PDF file", head: "%PDF-", endings: []string{".pdf"}, remedy: "Copy its text out of it."},
	{what: "a ZIP archive", head: "PK\x03\x04", endings: []string{".zip", ".docx", ".odt", ".docm", ".wacz", ".epub",
		".xlsx", ".pptx", ".ods", ".odp"}, remedy: zipped},
	{what: "a ZIP archive", head: "PK\x05\x06", endings: []string{".zip"}, remedy: zipped},
	{what: "a PNG picture", head: "\x89PNG\r\n", remedy: picture},
	{what: "a JPEG picture", head: "\xff\xd8\xff", remedy: picture},
	{what: "a GIF picture", head: "GIF8", remedy: picture},
	{what: "a TIFF picture", head: "II*\x00", remedy: picture}, {what: "a TIFF picture", head: "MM\x00*",
		remedy: picture},
	{what: "a WebP picture", head: "WEBP", at: 8, remedy: picture},
	{what: "a HEIC picture", head: "ftypheic", at: 4, remedy: picture},
	{what: "an AVIF picture", head: "ftypavif", at: 4, remedy: picture},
	{what: "a film", head: "ftyp", at: 4, remedy: sound}, {what: "a film", head: "\x1aE\xdf\xa3", remedy: sound},
	{what: "a sound file", head: "ID3", remedy: sound}, {what: "a sound file", head: "OggS", remedy: sound},
	{what: "a sound file", head: "WAVE", at: 8, remedy: sound}, {what: "a sound file", head: "fLaC", remedy: sound},
	{what: "a web archive (WARC)", head: "WARC/1.", endings: []string{".warc"}, remedy: toEvidence},
	{what: "a gzip file", head: "\x1f\x8b", endings: []string{".warc.gz", ".gz"}, remedy: zipped},
	{what: "a 7z archive", head: "7z\xbc\xaf\x27\x1c", remedy: zipped}, {what: "a RAR archive", head: "Rar!\x1a",
		remedy: zipped}, {what: "an xz file", head: "\xfd7zXZ\x00", remedy: zipped},
	{what: "an old Office file, as .doc and .xls are", head: "\xd0\xcf\x11\xe0",
		remedy: "Save it as .docx or .odt, and bring that."},
	{what: "a database", head: "SQLite format 3\x00", remedy: "Export the texts from it, for example as CSV."},
	{what: "a program", head: "\x7fELF", remedy: "It has no text."},
	{what: "a program", head: "MZ\x90\x00", remedy: "It has no text."},
	{what: "an RTF file", head: "{\\rtf", endings: []string{".rtf"},
		remedy: "Save it as .docx or .txt, and bring that."},
	{what: "a PostScript file", head: "%!PS", endings: []string{".ps"}, remedy: "Make a PDF file of it."},
}

// marked are the formats in letters, with the endings of their files.
var marked = []struct {
	content
	mark *regexp.Regexp
}{
	{content{what: "a feed", endings: []string{".rss", ".atom", ".rdf", ".xml"}}, regexp.MustCompile(
		`(?is)\A\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--.*?-->|<\?[^>]*\?>)*<(?:rss|feed|rdf:RDF)[\s>]`)},
	{content{what: "a page (HTML)", endings: []string{".html", ".htm", ".xhtml"}}, regexp.MustCompile(
		`(?is)\A\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--.*?-->)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])`)},
	{content{what: "a feed", endings: []string{".json", ".rss"}}, regexp.MustCompile(
		`(?s)\A\s*\{.{0,200}"version"\s*:\s*"https?://jsonfeed\.org/`)},
}

// contentOf tells what bytes are; ok is false for plain letters, and for bytes that nobody knows.
func contentOf(raw []byte) (c content, ok bool) {
	for _, c := range contents {
		if len(raw) >= c.at && bytes.HasPrefix(raw[c.at:], []byte(c.head)) {
			return c, true
		}
	}
	head := strings.TrimPrefix(string(raw[:min(len(raw), 4<<10)]), "\ufeff")
	if charset := sixteen(raw[:min(len(raw), 4<<10)&^1]); charset != "" {
		head, _ = decodeAs(raw[:min(len(raw), 4<<10)&^1], charset)
	} else if d, ok := decodeMarked(raw[:min(len(raw), 4<<10)&^3]); ok {
		head = strings.TrimPrefix(d.text, "\ufeff")
	}
	for _, m := range marked {
		if m.mark.MatchString(head) {
			return m.content, true
		}
	}
	return content{}, false
}

// notAsNamed says that a file is not what its name says.
type notAsNamed struct{ what, says string }

func (e *notAsNamed) Error() string { return e.says }

// byContent holds the bytes of a file against its name and its declared type. A name that lies is refused, with what to
// do, for its writer can mend it; a declared type that lies is said in a note, and the bytes are right.
func byContent(f File, r Reader, told bool, raw []byte) (Reader, string, error) {
	c, known := contentOf(raw)
	ending := strings.ToLower(path.Ext(f.Name))
	named := slices.Contains(r.Endings, ending)
	switch {
	case !known && named && r.Name == "text":
		return r, "", looksLike(f, raw)
	case !known:
		return r, "", nil
	case named && r.Name == "text" && strings.HasPrefix(c.what, "a page"), named && !slices.Contains(c.endings, ending):
		return r, "", &notAsNamed{"This is " + c.what + ".", fmt.Sprintf("is named %s, but it is %s. %s", ending,
			c.what,
			remedyOf(c))}
	case named:
		return r, "", nil
	}
	for _, ending := range c.endings {
		for _, other := range readers {
			if !slices.Contains(other.Endings, ending) {
				continue
			}
			if told && other.Name != r.Name {
				kind, _, _ := mime.ParseMediaType(f.Media)
				return other, fmt.Sprintf("It was sent as %s, but it is %s, and was read as that.", kind, c.what), nil
			}
			return other, "", nil
		}
	}
	return r, "", &notAsNamed{"This is " + c.what + ".", fmt.Sprintf("is %s. %s", c.what, remedyOf(c))}
}

// looksLike refuses a plain text that is another format in letters: a mail, subtitles, a piece of a page.
func looksLike(f File, raw []byte) error {
	what := text.Format(string(raw[:min(len(raw), 8<<10)]))
	switch what {
	case "", "text in UTF-16", "text in ISO-2022-JP":
		return nil
	}
	remedy := "Take the words out of it, or paste them."
	for part, ending := range map[string]string{"subtitles": ".srt", "a mail": ".eml", "HTML": ".html"} {
		if _, told := readerOf(ending, ""); told && strings.HasPrefix(what, part) {
			remedy = fmt.Sprintf("Name it %s, and bring it again.", ending)
		}
	}
	return &notAsNamed{"This is " + what + ".",
		fmt.Sprintf("is %s, not plain text: its marks would be read as words. %s",
			what, remedy)}
}

// remedyOf says what to do with a file whose name is not its content's.
func remedyOf(c content) string {
	for _, ending := range c.endings {
		if _, told := readerOf(ending, ""); told {
			return fmt.Sprintf("Name it %s, and bring it again.", ending)
		}
	}
	return c.remedy
}
