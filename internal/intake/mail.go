package intake

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jhillyerd/enmime/v2"
	"golang.org/x/net/html/charset"

	"claimbench/internal/text"
)

// What a mail may hold.
const (
	mostMail  = 32 << 20 // bytes
	mailNest  = 12       // parts inside each other: the parser's time doubles with each that does not end
	mailOpen  = 4        // parts that do not end; those of a mail that was cut off do not
	mailDepth = 3        // mails inside each other
	mailItems = 100      // documents that hang on it
)

var mediaMail = []string{"message/rfc822"}

var (
	errMailNot   = says("it has no lines From, Date or Subject at its beginning. Save the mail as EML")
	errMailParts = says("it has more than %d parts inside each other. Save only the mail that you need", mailNest)
	errMailDeep  = says("more than %d mails lie in each other. Save the innermost one, and bring that", mailDepth)
	errMailEmpty = says("it has no text. What hangs on it can be saved and brought as files of their own")
)

// readMail reads a mail (RFC 5322, MIME): its plain text, or its HTML where it has none, with subject, sender and date.
// Where documents hang on it that can be read, or mails, they follow as items, and the mail itself is the first.
//
// A person who says which letters it has says so of the parts whose own charset does not tell.
func readMail(raw []byte, f File) (Document, error) { return readMailAt(raw, 1, f.Charset) }

func readMailAt(raw []byte, depth int, chosen string) (d Document, err error) {
	defer func() { // a mail is made by anybody, and the parser is not ours
		if recover() != nil {
			d, err = Document{}, errMailNot
		}
	}()
	if deepest, unclosed := nested(raw); deepest > mailNest || unclosed > mailOpen {
		return Document{}, errMailParts
	}
	root, err := enmime.NewParser(enmime.DisableTextConversion(true), enmime.DisableCharacterDetection(true),
		enmime.SkipMalformedParts(true), enmime.MultipartWOBoundaryAsSinglePart(true), enmime.MaxStoredPartErrors(20),
		enmime.SetReadPartErrorPolicy(enmime.AllowCorruptTextPartErrorPolicy)).ReadParts(bytes.NewReader(raw))
	if err != nil || root.Header.Get("From")+root.Header.Get("Date")+root.Header.Get("Subject") == "" {
		return Document{}, errMailNot
	}
	m := mailReader{depth: depth, chosen: chosen}
	m.facts(root)
	if err := m.part(root, 0); err != nil {
		return Document{}, err
	}
	d = m.on(m.doc)
	if len(m.items) == 0 {
		switch {
		case d.Text != "":
			return d, nil
		case m.deep:
			return Document{}, errMailDeep
		}
		return Document{}, errMailEmpty
	}
	if d.Text == "" {
		return Document{Title: d.Title, Notes: d.Notes, LeftOut: d.LeftOut, Items: m.items}, nil
	}
	d.Reader, d.Version, d.Name = "mail", mailVersion, "mail"
	return Document{Title: d.Title, Items: append([]Document{d}, m.items...)}, nil
}

const mailVersion = 1

// nested says how deep the parts of a mail lie inside each other at most, and how many of them do not end.
func nested(raw []byte) (deepest, unclosed int) {
	var open [][]byte
	for line := range bytes.Lines(raw) {
		line = bytes.TrimSpace(line)
		if rest, ok := bytes.CutPrefix(line, []byte("--")); ok {
			if name, ok := bytes.CutSuffix(rest, []byte("--")); ok {
				i := len(open) - 1
				for i >= 0 && !bytes.Equal(open[i], name) {
					i--
				}
				if i >= 0 {
					open = open[:i]
				}
			}
		}
		line = line[:min(len(line), 4<<10)]
		for rest := lowerASCII(line); ; {
			i := bytes.Index(rest, []byte("boundary"))
			if i < 0 {
				break
			}
			rest = bytes.TrimLeft(rest[i+len("boundary"):], " \t")
			if len(rest) == 0 || rest[0] != '=' && rest[0] != '*' {
				continue
			}
			name := line[len(line)-len(rest)+1:]
			name = bytes.Trim(bytes.TrimSpace(name), `"`)
			if end := bytes.IndexAny(name, `";`); end >= 0 {
				name = name[:end]
			}
			if open = append(open, bytes.TrimSpace(name)); len(open) > mailNest {
				return len(open), len(open)
			}
			deepest = max(deepest, len(open))
		}
	}
	return deepest, len(open)
}

func lowerASCII(s []byte) []byte {
	out := bytes.Clone(s)
	for i, b := range out {
		if 'A' <= b && b <= 'Z' {
			out[i] = b | 0x20
		}
	}
	return out
}

// mailReader gathers what a mail says.
type mailReader struct {
	galley
	doc    Document
	items  []Document
	depth  int
	deep   bool   // a mail in it lies too deep
	chosen string // File.Charset
}

// facts reads the head of a mail.
func (m *mailReader) facts(root *enmime.Part) {
	head := func(name string) string { return inOneLine(decodeHead(root.Header.Get(name))) }
	m.doc.Title = firstWords(head("Subject"), 500)
	if from, err := enmime.ParseAddressList(root.Header.Get("From")); err == nil {
		for _, a := range from[:min(len(from), 20)] {
			name := inOneLine(a.Name)
			if name == "" {
				name = inOneLine(a.Address)
			}
			m.doc.Authors = append(m.doc.Authors, name)
		}
	} else if from := head("From"); from != "" {
		m.doc.Authors = []string{firstWords(from, 200)}
	}
	m.doc.Byline = strings.Join(m.doc.Authors, ", ")
	if at, err := mail.ParseDate(head("Date")); err == nil {
		m.doc.Published, m.doc.PublishedAt = at.Format(time.DateOnly), at.Format(time.RFC3339)
	}
	if lang := head("Content-Language"); langTag.MatchString(lang) {
		m.doc.Lang = lang
	}
}

// headWords decodes the words of a line at the head (RFC 2047).
var headWords = mime.WordDecoder{CharsetReader: charset.NewReaderLabel}

// decodeHead leaves what cannot be decoded as it stands.
func decodeHead(s string) string {
	if words, err := headWords.DecodeHeader(s); err == nil {
		return words
	}
	return s
}

// part reads a part and those inside it.
func (m *mailReader) part(p *enmime.Part, level int) error {
	if level > 2*mailNest {
		return errMailParts
	}
	kind := strings.ToLower(p.ContentType)
	switch {
	case kind == "multipart/alternative":
		if best := alternative(p); best != nil {
			return m.part(best, level+1)
		}
		return nil
	case strings.HasPrefix(kind, "multipart/"):
		for c := p.FirstChild; c != nil; c = c.NextSibling {
			if err := m.part(c, level+1); err != nil {
				return err
			}
		}
		return nil
	case p.Disposition == "attachment" || p.FileName != "" || !slices.Contains([]string{"", "text/plain",
		"text/html"}, kind):
		m.attached(p, kind)
		return nil
	}
	words, letters, err := decodeMail(p, m.chosen)
	if err != nil {
		return err
	}
	if m.doc.Encoding == "" {
		m.doc.Encoding = letters
	}
	if kind == "text/html" {
		for _, b := range htmlOfMail(words) {
			m.add(b, Part{Element: "p"})
		}
		return nil
	}
	_, params, _ := mime.ParseMediaType(p.Header.Get("Content-Type")) // one that cannot be read says nothing
	m.plain(words, params)
	return nil
}

// alternative chooses the form of a text: plain where it says anything, else HTML, else the last.
func alternative(p *enmime.Part) *enmime.Part {
	var last *enmime.Part
	for _, want := range []string{"text/plain", "text/html"} {
		for c := p.FirstChild; c != nil; c = c.NextSibling {
			last = c
			blank := len(bytes.TrimSpace(c.Content)) == 0
			if strings.EqualFold(c.ContentType, want) && !blank {
				return c
			}
			if inner := c.FirstChild; want == "text/html" && inner != nil { // related: HTML with its pictures
				return c
			}
		}
	}
	return last
}

// decodeMail makes a text of a part whose charset is named, or found, or chosen by a person. What the parser could
// decode comes from it in UTF-8.
func decodeMail(p *enmime.Part, chosen string) (words, letters string, err error) {
	if utf8.Valid(p.Content) {
		if letters = strings.ToLower(p.Charset); letters == "" || letters == "us-ascii" {
			letters = "utf-8"
		}
		return string(p.Content), letters, nil
	}
	got, err := decode(p.Content, chosen, p.Charset)
	if err != nil {
		return "", "", saysOf(err, "the letters of its text are not told by the charset that it names, “%s”: %s",
			firstWords(inOneLine(p.Charset), 40), sayingOf(err))
	}
	return strings.ToValidUTF8(got.text, "\ufffd"), got.charset, nil
}

// plain sets a plain text: its paragraphs, without the line ends that mail programs put into them.
func (m *mailReader) plain(words string, params map[string]string) {
	words = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(words)
	if strings.EqualFold(params["format"], "flowed") {
		words = unflowed(words, strings.EqualFold(params["delsp"], "yes"))
	} else if text.Wrapped(words) > 0 {
		words = text.JoinLines(words)
	}
	for block := range strings.SplitSeq(words, "\n\n") {
		m.add(block, Part{Element: "p"})
	}
	if strings.ContainsRune(words, utf8.RuneError) && !slices.Contains(m.doc.Notes, noteLost) {
		m.doc.Notes = append(m.doc.Notes, noteLost)
	}
}

const noteLost = "Some letters could not be read. They stand as \uFFFD."

// unflowed joins lines that end in a space (RFC 3676). Signatures and quoted lines keep their line ends.
func unflowed(words string, delsp bool) string {
	var b strings.Builder
	for line := range strings.SplitSeq(words, "\n") {
		line = strings.TrimPrefix(line, " ") // stuffed
		if strings.HasPrefix(line, ">") {
			line = strings.TrimRight(line, " ")
		}
		if !strings.HasSuffix(line, " ") || line == "-- " {
			b.WriteString(line + "\n")
			continue
		}
		if delsp {
			line = line[:len(line)-1]
		}
		b.WriteString(line)
	}
	return b.String()
}

// attached takes what hangs on a mail: as an item where a reader of ours reads it, else as left out.
func (m *mailReader) attached(p *enmime.Part, kind string) {
	name := path.Base(strings.ReplaceAll(inOneLine(p.FileName), "\\", "/"))
	if name == "." || name == "/" {
		name = ""
	}
	shown := name
	if shown == "" {
		shown = kind
	}
	if len(m.items) >= mailItems {
		m.doc.LeftOut = leave(m.doc.LeftOut, LeftAttached, shown)
		return
	}
	var d Document
	var err error
	isMail := kind == "message/rfc822" || strings.EqualFold(path.Ext(name), ".eml")
	switch {
	case isMail && m.depth >= mailDepth:
		err = errMailDeep
	case isMail:
		d, err = readMailAt(p.Content, m.depth+1, m.chosen)
		d.Reader, d.Version = "mail", mailVersion
	default:
		d, err = readAttached(name, kind, p.Content)
	}
	switch {
	case errors.Is(err, errNoReader) || err == nil && d.Text == "" && len(d.Items) == 0:
		m.doc.LeftOut = leave(m.doc.LeftOut, LeftAttached, shown)
	case err != nil:
		m.deep = m.deep || errors.Is(err, errMailDeep)
		m.doc.LeftOut = leave(m.doc.LeftOut, LeftAttached, shown)
		m.doc.Notes = append(m.doc.Notes, fmt.Sprintf("“%s”, which hangs on the mail, was not read: %s.",
			firstWords(shown, 100), strings.TrimSuffix(sayingOf(err), ".")))
	default:
		if d.Name = shown; isMail && name == "" && d.Title != "" {
			d.Name = d.Title
		}
		m.items = append(m.items, d)
	}
}

var errNoReader = says("no reader reads it")

// readAttached reads a file by the table of readers; errNoReader where none claims it. It is set when the program
// starts, for the table holds this reader too.
var readAttached func(name, media string, raw []byte) (Document, error)

func init() {
	readAttached = func(name, media string, raw []byte) (Document, error) {
		media, _, _ = mime.ParseMediaType(media) // one that cannot be read says nothing
		ending := strings.ToLower(path.Ext(name))
		for _, r := range Readers() {
			if r.Name == "zip" || r.Name == "mail" { // an archive in a mail in an archive has no end
				continue
			}
			if slices.Contains(r.Endings, ending) || ending == "" && slices.Contains(r.Media, media) {
				return Read(File{Name: name, Media: media, Size: int64(len(raw)), Body: bytes.NewReader(raw)})
			}
		}
		return Document{}, errNoReader
	}
}
