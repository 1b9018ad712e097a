package intake

import (
	"fmt"
	"mime"
	"path"
	"slices"
	"strings"
)

// MaxText is the longest text of an article, in bytes: 5 MiB.
const MaxText = 5 << 20

// Reader reads one format. The import page, the API, the command and their messages read the one table of them.
type Reader struct {
	Name    string   `json:"name"`      // as a document keeps it: text
	Version int      `json:"version"`   // counts up when the reader makes another text of the same bytes
	Word    string   `json:"word"`      // inside a sentence: plain text in UTF-8
	Media   []string `json:"media"`     // media types, the usual one first
	Endings []string `json:"endings"`   // of file names, with the dot, in small letters
	Most    int64    `json:"max_bytes"` // of a file

	// read makes a document of a whole file, not empty, of at most Most bytes. The words of its error are for people.
	read func(raw []byte) (Document, error)
	with func(raw []byte, f File) (Document, error) // instead of read, for one that asks what else is known of the file
}

// readers are all readers. The first also reads what no other claims.
var readers = []Reader{
	{Name: "text", Version: 2, Word: "plain text", Media: []string{"text/plain"}, Endings: []string{".txt"},
		Most: MaxText, with: readText},
	{Name: "html", Version: 2, Word: "a page", Media: []string{"text/html", "application/xhtml+xml"},
		Endings: []string{".html", ".htm", ".xhtml"}, Most: 16 << 20, with: readHTML},
	{Name: "feed", Version: 1, Word: "a feed", Media: []string{"application/rss+xml", "application/atom+xml",
		"application/rdf+xml", "application/feed+json"}, Endings: []string{".rss", ".atom", ".rdf"}, Most: 16 << 20,
		with: readFeed},
	{Name: "csv", Version: 1, Word: "rows", Media: []string{"text/csv", "text/tab-separated-values"},
		Endings: []string{".csv", ".tsv"}, Most: 32 << 20, with: readCSV},
	{Name: "jsonl", Version: 1, Word: "lines of JSON", Media: []string{"application/jsonl", "application/x-ndjson"},
		Endings: []string{".jsonl", ".ndjson"}, Most: 32 << 20, with: readJSONL},
	{Name: "zip", Version: 1, Word: "an archive of these", Media: []string{"application/zip"},
		Endings: []string{".zip"},
		Most:    64 << 20, with: readZIP},
	{Name: "docx", Version: 1, Word: "DOCX", Media: mediaDOCX, Endings: []string{".docx", ".docm"},
		Most: mostOffice, read: readDOCX},
	{Name: "odt", Version: 1, Word: "ODT", Media: mediaODT, Endings: []string{".odt", ".ott"}, Most: mostOffice,
		read: readODT},
	{Name: "pdf", Version: 1, Word: "PDF", Media: mediaPDF, Endings: []string{".pdf"}, Most: mostPDF, with: readPDF},
	{Name: "mail", Version: mailVersion, Word: "mail", Media: mediaMail, Endings: []string{".eml"}, Most: mostMail,
		with: readMail},
	{Name: "srt", Version: 1, Word: "SRT subtitles", Media: mediaSRT, Endings: []string{".srt"},
		Most: mostSubtitles, with: readSubtitles},
	{Name: "vtt", Version: 1, Word: "WebVTT subtitles", Media: mediaVTT, Endings: []string{".vtt"},
		Most: mostSubtitles, with: readSubtitles},
}

// Readers lists the readers, the usual one first.
func Readers() []Reader { return slices.Clone(readers) }

// Accept lists endings and media types as a file field of a form wants them: ".txt,text/plain".
func Accept() string {
	var all []string
	for _, r := range readers {
		all = append(append(all, r.Endings...), r.Media...)
	}
	return strings.Join(all, ",")
}

// Words says in a sentence what is read: "plain text in UTF-8 (.txt, at most 5 MiB)".
func Words() string {
	var all []string
	for _, r := range readers {
		all = append(all, fmt.Sprintf("%s (%s, at most %s)", r.Word, strings.Join(r.Endings, ", "), MiB(r.Most)))
	}
	if n := len(all) - 1; n > 0 {
		return strings.Join(all[:n], ", ") + " or " + all[n]
	}
	return all[0]
}

// Most is the size of the largest file that any reader takes, in bytes.
func Most() int64 {
	return slices.MaxFunc(readers, func(a, b Reader) int { return int(a.Most - b.Most) }).Most
}

// readerOf chooses by the ending of the name, then by the declared type. What neither tells is read as plain text, and
// told is false.
func readerOf(name, media string) (r Reader, told bool) {
	ending := strings.ToLower(path.Ext(name))
	if i := slices.IndexFunc(readers, func(r Reader) bool { return slices.Contains(r.Endings, ending) }); i >= 0 {
		return readers[i], true
	}
	kind, _, _ := mime.ParseMediaType(media) // one that cannot be read says nothing
	if i := slices.IndexFunc(readers, func(r Reader) bool { return slices.Contains(r.Media, kind) }); i >= 0 {
		return readers[i], true
	}
	return readers[0], false
}

// Over writes a size that is above a limit, so that it never reads like the limit.
func Over(n, limit int64) string {
	if MiB(n) == MiB(limit) {
		return "more than " + MiB(limit)
	}
	return MiB(n)
}

// MiB writes a number of bytes in mebibytes: "5 MiB", "5.4 MiB". More than nothing is never 0.
func MiB(n int64) string {
	words := fmt.Sprintf("%.1f", max(float64(n)/(1<<20), 0.1))
	return strings.TrimSuffix(words, ".0") + " MiB"
}
