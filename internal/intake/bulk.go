package intake

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Columns says which column of rows is which part of an article: a part (text, title, byline, source, url, lang,
// published) with the name of its column.
type Columns map[string]string

// parts are the parts of an article that rows may have, with the names by which columns tell them.
var parts = []struct {
	name   string
	called []string
}{
	{"text", []string{"text", "body", "content", "article", "articlebody", "fulltext", "full_text", "متن", "النص",
		"本文"}},
	{"title", []string{"title", "headline", "heading", "عنوان", "العنوان", "見出し", "タイトル", "titre", "titel"}},
	{"byline", []string{"byline", "author", "authors", "by", "نویسنده", "الكاتب", "著者"}},
	{"source", []string{"source", "publisher", "outlet", "site", "domain", "منبع", "المصدر", "媒体"}},
	{"url", []string{"url", "link", "address", "href", "نشانی", "الرابط"}},
	{"lang", []string{"lang", "language", "locale", "زبان", "اللغة", "言語"}},
	{"published", []string{"published", "date", "published_at", "publishedat", "pubdate", "publication_date",
		"date_published", "datepublished", "day", "تاریخ", "التاريخ", "日付"}},
}

// RowParts lists the parts of an article that a column may be.
func RowParts() []string {
	var all []string
	for _, p := range parts {
		all = append(all, p.name)
	}
	return all
}

// row is one row with the names of its columns.
type row map[string]string

// rowsDocument makes a document of each row. It is a dry run as well: nothing is kept by it, and what would be refused
// is said by the number of the row.
func rowsDocument(f File, names []string, next func() (row, error)) (Document, error) {
	chosen, err := columnsFor(f.Columns, names)
	if err != nil {
		return Document{}, err
	}
	d := Document{Columns: names, Chosen: chosen}
	for n := 1; ; n++ {
		r, err := next()
		switch {
		case errors.Is(err, io.EOF):
			if len(d.Items) == 0 {
				return Document{}, says("no row has a text in the column “%s”. Say which column has it", chosen["text"])
			}
			return d, nil
		case err != nil:
			d.Notes = addNote(d.Notes, fmt.Sprintf("Row %d cannot be read: %s.", n, sayingOf(err)))
			continue
		case len(d.Items) == mostItems:
			d.Notes = append(d.Notes, fmt.Sprintf("It has more than %d rows; what follows was not read. Split it.",
				mostItems))
			return d, nil
		}
		one, why := rowDocument(r, chosen)
		if why != "" {
			d.Notes = addNote(d.Notes, fmt.Sprintf("Row %d %s.", n, why))
			continue
		}
		one.Name = fmt.Sprintf("%s/%d", f.Name, n)
		d.Items = append(d.Items, one)
	}
}

// addNote keeps the first notes on rows, for thousands say no more.
func addNote(notes []string, note string) []string {
	if len(notes) < 100 {
		return append(notes, note)
	}
	return notes
}

// columnsFor takes the columns that a person chose, and finds the others by their names.
func columnsFor(chosen Columns, names []string) (Columns, error) {
	out := Columns{}
	for part, name := range chosen {
		switch {
		case !slices.Contains(RowParts(), part):
			return nil, says("“%s” is no part of an article; parts are %s", part, strings.Join(RowParts(), ", "))
		case name != "" && !slices.Contains(names, name):
			return nil, says("it has no column “%s”; its columns are %s", name, strings.Join(names, ", "))
		}
		out[part] = name
	}
	for _, p := range parts {
		if _, said := out[p.name]; said {
			continue
		}
		for _, called := range p.called {
			if i := slices.IndexFunc(names, func(n string) bool {
				return strings.EqualFold(strings.TrimSpace(n),
					called)
			}); i >= 0 {
				out[p.name] = names[i]
				break
			}
		}
	}
	if out["text"] == "" {
		return nil, &Unmapped{names}
	}
	return out, nil
}

// Unmapped says that no column of rows is known to hold the text: a person chooses, and sends File.Columns. It lies
// inside the error that Read gives.
type Unmapped struct{ Columns []string }

func (u *Unmapped) Error() string {
	return "none of its columns is called text; say which it is. Its columns are " +
		cutRunes(strings.Join(u.Columns, ", "), 500)
}

// rowDocument is the article of one row; why says what is wrong with it.
func rowDocument(r row, chosen Columns) (d Document, why string) {
	get := func(part string) string {
		if chosen[part] == "" {
			return ""
		}
		return strings.TrimSpace(r[chosen[part]])
	}
	d = Document{Text: get("text"), Title: oneLine(get("title")), Byline: oneLine(get("byline")),
		Source: oneLine(get("source")), URL: webAddress(get("url")), Lang: shortTag(get("lang"))}
	switch {
	case d.Text == "":
		return d, "has no text"
	case len(d.Text) > MaxText:
		return d, "has a text of more than " + MiB(MaxText)
	}
	if d.Byline != "" {
		d.Authors = []string{d.Byline}
	}
	if s := get("published"); s != "" {
		at := readStamp(s, d.Lang)
		if at.date == "" {
			if words := readWords(s, d.Lang); len(words) > 0 {
				at = words[0]
			}
		}
		if at.date == "" && len(asciiDigits(s)) == 4 {
			at.date = readYear(asciiDigits(s))
		}
		d.Published, d.PublishedAt = at.date, at.at
		if at.note != "" && at.date != "" {
			d.PublishedAs = s
		}
		switch {
		case at.note != "":
			d.Notes = append(d.Notes, at.note)
		case at.date == "":
			d.Notes = append(d.Notes, fmt.Sprintf("“%s” is no day that can be read.", cutRunes(s, 60)))
		}
	}
	if get("url") != "" && d.URL == "" {
		d.Notes = append(d.Notes, fmt.Sprintf("“%s” is no web address.", cutRunes(get("url"), 100)))
	}
	d.Origin = originOf(d.Text)
	sum := sha256.Sum256([]byte(d.Text))
	d.Reader, d.Version, d.SHA256 = "row", 1, hex.EncodeToString(sum[:])
	return d, ""
}

func readYear(s string) string {
	if s >= "1583" && s < "2400" && strings.Trim(s, "0123456789") == "" {
		return s
	}
	return ""
}

// readCSV reads rows with commas, semicolons or tabs between their values; the first names the columns.
func readCSV(raw []byte, f File) (Document, error) {
	got, err := decode(raw, f.Charset, charsetOf(f.Media))
	if err != nil {
		return Document{}, err
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.text, "\ufeff")))
	r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = true, -1, true
	head, _, _ := strings.Cut(strings.TrimPrefix(got.text, "\ufeff"), "\n")
	for _, mark := range []rune{';', '\t'} {
		if strings.Count(head, string(mark)) > strings.Count(head, string(r.Comma)) {
			r.Comma = mark
		}
	}
	names, err := r.Read()
	if err != nil {
		return Document{}, says("it has no row that names its columns. Write one above the others, such as title,text")
	}
	names = slices.Clone(names)
	for i := range names {
		names[i] = strings.TrimSpace(strings.ReplaceAll(names[i], "\x00", ""))
	}
	d, err := rowsDocument(f, names, func() (row, error) {
		cells, err := r.Read()
		if p := (*csv.ParseError)(nil); errors.As(err, &p) {
			return nil, saysOf(err, "in line %d a quotation mark is missing, or one too many", p.Line)
		}
		if err != nil {
			return nil, err
		}
		out := row{}
		for i, c := range cells[:min(len(cells), len(names))] {
			out[names[i]] = c
		}
		return out, nil
	})
	d.Encoding = got.charset
	d.Notes = append(got.notes, d.Notes...)
	return d, err
}

// readJSONL reads one object a line (https://jsonlines.org).
func readJSONL(raw []byte, f File) (Document, error) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	names, err := keysOf(raw)
	if err != nil {
		return Document{}, err
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 2*MaxText)
	return rowsDocument(f, names, func() (row, error) {
		for lines.Scan() {
			if line := bytes.TrimSpace(lines.Bytes()); len(line) > 0 {
				return lineRow(line)
			}
		}
		if err := lines.Err(); err != nil {
			return nil, io.EOF // a line that is longer than any article; the rest cannot be told from it
		}
		return nil, io.EOF
	})
}

func lineRow(line []byte) (row, error) {
	var o object
	if err := json.Unmarshal(line, &o); err != nil {
		return nil, says("it is no object of JSON; one stands in each line")
	}
	out := row{}
	for k := range o {
		if s := ""; json.Unmarshal(o[k], &s) == nil {
			out[k] = s
		} else {
			out[k] = strings.Join(o.strs(k), ", ")
		}
	}
	return out, nil
}

// keysOf are the keys of the first lines, in the order of the alphabet.
func keysOf(raw []byte) ([]string, error) {
	seen := map[string]bool{}
	lines := 0
	for line := range bytes.Lines(raw) {
		var o object
		if json.Unmarshal(line, &o) == nil {
			for k := range o {
				seen[k] = true
			}
		}
		if lines++; lines == 100 {
			break
		}
	}
	if len(seen) == 0 {
		return nil, says("its lines are no objects. Write one a line, such as {\"title\": \"…\", \"text\": \"…\"}")
	}
	names := make([]string, 0, len(seen))
	for k := range seen {
		names = append(names, k)
	}
	slices.Sort(names)
	return names[:min(len(names), 200)], nil
}
