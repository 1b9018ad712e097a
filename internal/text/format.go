package text

import (
	"regexp"
	"strings"
	"sync"
)

// formatSeen is how many bytes of a text are looked at for the marks of a format.
const formatSeen = 4 << 10

// format is what is sometimes taken for a text, with the mark that tells it. It needs a mark that no prose begins
// with, for an article may speak of any of them.
type format struct {
	name string
	mark *regexp.Regexp
}

// formats are made when the first text is looked at, not when the program starts.
var formats = sync.OnceValue(func() []format {
	return []format{
		{"a PDF file", regexp.MustCompile(`\A%PDF-\d`)},
		{"a PostScript file", regexp.MustCompile(`\A%!PS`)},
		{"an RTF file", regexp.MustCompile(`\A\{\\rtf\d`)},
		{"an HTML page", regexp.MustCompile(`(?i)\A(?:<\?xml[^>]*\?>\s*)?(?:<!--[^>]*-->\s*)?` +
			`<(?:!doctype\s+html|html[\s>]|head>|body[\s>])`)},
		{"an XML file", regexp.MustCompile(`\A<\?xml\s`)},
		{"subtitles with their times", regexp.MustCompile(`\A(?:WEBVTT\b|(?:\d+\s+)?` +
			`(?:\d{1,2}:)?\d{2}:\d{2}[.,]\d{3}\s+-->\s)`)},
		{"subtitles with their times", regexp.MustCompile(`\A(?:\[Script Info\]|\{\d+\}\{\d+\}|` +
			`\d{1,2}:\d{2}:\d{2}\.\d{3},\d{1,2}:\d{2}:\d{2}\.\d{3}\n|` +
			`(?:\[[a-z]{2}:[^\]\n]*\]\n)*\[\d{2}:\d{2}\.\d{2,3}\]|` +
			`(?:00:)?0?0:\d{2}\n[^\n]+\n(?:00:)?0?\d:\d{2}\n)`)},
		// A text may begin with "Place: Day" as well: one of the headers must be a mail's in transport.
		{"a mail with its headers", regexp.MustCompile(`(?i)\A[a-z][a-z-]+: .*\n(?:\S+: .*\n|[ \t].*\n)*?` +
			`(?:content-transfer-encoding:\s*(?:quoted-printable|base64)|mime-version:\s*1|received:\s*from\s)`)},
		{"a mailbox", regexp.MustCompile(`\AFrom \S+@\S+ .*\d{4}\n[A-Z][A-Za-z-]+: `)},
		{"a LaTeX source", regexp.MustCompile(`\A\\documentclass\b`)},
		{"a JSON file", regexp.MustCompile(`\A[\[{]\s*(?:\{\s*)?"[^"\n]{1,60}"\s*:`)},
		{"a uuencoded file", regexp.MustCompile(`\Abegin [0-7]{3} \S+\n`)},
		// Letters as numbers: كلام as &#1603;&#1604;… or as \u0643\u0644…
		{"text with its letters as numbers", regexp.MustCompile(`(?:&#x?[0-9A-Fa-f]{2,5};\s?){4}|` +
			`(?:\\u[0-9A-Fa-f]{4}\s?){4}`)},
		{"text in ISO-2022-JP", regexp.MustCompile(`\x1b(?:\$[@B]|\([BJ])`)},
		// A piece of a page: one that begins with a block, or has two blocks that end.
		{"HTML", regexp.MustCompile(`(?is)\A<(?:p|div|h[1-6]|ul|ol|table|article|section|main|header)(?:\s[^>]*)?>` +
			`|</(?:p|div|h[1-6]|li|td|article|section)>.*</(?:p|div|h[1-6]|ul|li|tr|article|section)>`)},
		// Letters as the two bytes of UTF-8 in hexadecimal, and lines broken by "=".
		{"text in quoted-printable", regexp.MustCompile(`=[CDE][0-9A-F]=[89AB][0-9A-F](?s:.*)` +
			`(?:=\n|=[CDE][0-9A-F]=[89AB])`)},
		{"text in base64", regexp.MustCompile(`\A(?:[A-Za-z0-9+/]{60,76}\n){3}`)},
	}
})

// binaries are formats whose first bytes are no text.
var binaries = []struct{ head, name string }{
	{"PK\x03\x04", "a ZIP file, as .docx, .odt and .epub are"}, {"\x1f\x8b", "a gzip file"},
	{"\x89PNG\r\n", "a picture"}, {"\xff\xd8\xff", "a picture"}, {"GIF8", "a picture"},
	{"\xff\xfe", "text in UTF-16"}, {"\xfe\xff", "text in UTF-16"},
	{"\xd0\xcf\x11\xe0", "an old Office file, as .doc and .xls are"},
}

// Format names the format of what is no plain text though its bytes are letters: an HTML page, a PDF file, subtitles,
// a mail in transport, a ZIP file. It gives "" for prose. It looks at the beginning only.
func Format(raw string) string {
	for _, b := range binaries {
		if strings.HasPrefix(raw, b.head) {
			return b.name
		}
	}
	raw = strings.TrimLeft(strings.TrimPrefix(raw, "\ufeff"), " \t\r\n")
	head := strings.ReplaceAll(raw[:min(len(raw), formatSeen)], "\r\n", "\n")
	for _, f := range formats() {
		if f.mark.MatchString(head) {
			return f.name
		}
	}
	return ""
}
