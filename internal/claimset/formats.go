package claimset

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// The names of the formats that programs know by name.
const (
	JSON = "json"
	CSV  = "csv"
)

// Format is a form in which a frozen set goes out. The page, the API and the command read the one table of them, so
// that a new format is a line in it and the function that writes it.
type Format struct {
	Name   string // what requests and the history hold
	Word   string // what a person reads beside the choice
	Short  string // the same inside a sentence
	Media  string // the media type, with its character set where it has one
	Ending string // of the file's name, without the dot
	BOM    bool   // it may begin with a byte order mark

	// write writes the set claim by claim, and holds no more than a page of claims in memory
	write func(r *store.Rx, w io.Writer, set Set, o Options) error
}

// formats are all formats, the usual one first.
var formats = []Format{
	{Name: JSON, Word: "Claims and evidence, JSON", Short: "JSON", Media: "application/json", Ending: "json",
		write: writeJSON},
	{Name: CSV, Word: "Table, CSV in UTF-8", Short: "CSV", Media: "text/csv; charset=utf-8", Ending: "csv", BOM: true,
		write: writeCSV},
}

// Formats lists the formats of export, the usual one first.
func Formats() []Format { return slices.Clone(formats) }

// FormatNames lists the names of the formats with a word between them: "json or csv", "json|csv".
func FormatNames(between string) string {
	return formatList(between, func(f Format) string { return f.Name })
}

// FormatWords lists the formats as they stand in a sentence: "JSON or CSV".
func FormatWords() string { return formatList(" or ", func(f Format) string { return f.Short }) }

func formatList(between string, of func(Format) string) string {
	var all []string
	for _, f := range formats {
		all = append(all, of(f))
	}
	return strings.Join(all, between)
}

// FormatOf finds a format by its name; another name is fault.Invalid of the field format.
func FormatOf(name string) (Format, error) {
	for _, f := range formats {
		if f.Name == name {
			return f, nil
		}
	}
	choose := "Choose " + FormatNames(" or ") + "."
	return Format{}, fault.New(fault.Invalid, "“%s” is no format of export. %s", name, choose).With("format", choose)
}

// Options of an export. BOM puts a byte order mark before the text, for spreadsheets that would not know UTF-8
// otherwise.
type Options struct {
	Format string
	BOM    bool
}

// Check says whether these options are ones.
func (o Options) Check() error {
	_, err := o.format()
	return err
}

// format is the format that the options name, which takes the other options.
func (o Options) format() (Format, error) {
	f, err := FormatOf(o.Format)
	if err != nil {
		return f, err
	}
	if o.BOM && !f.BOM {
		return f, fault.New(fault.Invalid, "A byte order mark does not go with %s.", f.Short).With("bom",
			"Leave it out for "+f.Short+".")
	}
	return f, nil
}

// head is what a JSON export says of its set. Note is the signed checkpoint that covers the freeze, "" before one was
// signed.
type head struct {
	Format     string `json:"format"`
	Set        ID     `json:"set"`
	Title      string `json:"title"`
	N          int    `json:"version"`
	State      State  `json:"state"`
	FrozenAt   string `json:"frozen_at"`
	FrozenSeq  int64  `json:"frozen_seq"`
	SHA256     string `json:"sha256"`
	Checkpoint string `json:"checkpoint"`
	Offsets    string `json:"offsets"`
}

func writeJSON(r *store.Rx, w io.Writer, set Set, _ Options) error {
	h := head{Format: "claimbench/claimset/1", Set: set.ID, Title: set.Title, N: set.N, State: set.State,
		FrozenAt: set.FrozenAt.String(), FrozenSeq: set.FrozenSeq, SHA256: set.SHA256,
		Offsets: "code points of the raw text, end exclusive"}
	c, err := history.CheckpointAt(r, set.FrozenSeq+1)
	if err != nil {
		return err
	}
	if c != nil {
		h.Checkpoint = c.Note
	}
	b, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "{\"claim_set\":%s,\n\"claims\":[", b); err != nil {
		return err
	}
	sep := "\n"
	if err := eachFrozen(r, set, func(frozen []byte, down map[articles.ID]bool) error {
		b, err := out(frozen, down)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, sep); err != nil {
			return err
		}
		sep = ",\n"
		_, err = w.Write(b)
		return err
	}); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n]}\n")
	return err
}

var columns = []string{
	"claim", "verdict", "reason", "statement", "lang", "gloss_en", "gloss_en_confirmed_by", "attribution", "hedge",
	"kind", "explanation", "quotation", "start", "end",
	"article", "article_title", "source", "reliability", "published", "url", "revision", "revision_sha256",
	"supports", "refutes", "context", "evidence", "decided", "approver", "approved_at", "set", "set_version",
	"set_sha256", "brackets",
}

func writeCSV(r *store.Rx, w io.Writer, set Set, o Options) error {
	if o.BOM {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true // RFC 4180
	if err := out.Write(columns); err != nil {
		return err
	}
	if err := eachFrozen(r, set, func(frozen []byte, down map[articles.ID]bool) error {
		e, err := shown(frozen, down)
		if err != nil {
			return err
		}
		row := csvRow(e, set)
		for i := range row {
			row[i] = Cell(row[i])
		}
		return out.Write(row)
	}); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

func csvRow(e Entry, set Set) []string {
	gloss, confirmed := "", ""
	for _, g := range e.Glosses {
		if g.Lang == "en" {
			gloss, confirmed = g.Words, g.ConfirmedBy
			if g.Confirmed && confirmed == "" {
				confirmed = "yes" // frozen by an earlier program, which did not write down who
			}
		}
	}
	var supports, refutes, context int
	var items []string
	for _, x := range e.Evidence {
		switch x.Stance {
		case evidence.Supports:
			supports++
		case evidence.Refutes:
			refutes++
		case evidence.Context:
			context++
		}
		where := x.URL
		if x.Article != nil {
			where = "article " + strconv.FormatInt(int64(x.Article.Article), 10)
		}
		items = append(items, "#"+strconv.FormatInt(int64(x.Evidence), 10)+" "+string(x.Stance)+" "+where+": "+x.Exact)
	}
	return []string{
		strconv.FormatInt(int64(e.Claim), 10), string(e.Verdict), string(e.Reason), e.Statement, e.Lang,
		gloss, confirmed,
		e.Attribution,
		strings.Join(e.Hedge, "; "), string(e.Kind), e.Explanation,
		e.Quotation.Exact, strconv.Itoa(e.Quotation.Start), strconv.Itoa(e.Quotation.End),
		strconv.FormatInt(int64(e.Article.Article), 10), e.Article.Title, e.Article.Source, e.Article.Reliability,
		e.Article.Published, e.Article.URL,
		strconv.Itoa(e.Article.Revision), e.Article.SHA256,
		strconv.Itoa(supports), strconv.Itoa(refutes), strconv.Itoa(context),
		strings.Join(items, "\n"),
		e.Decision.How, e.Decision.Approver, e.Decision.ApprovedAt, set.Title, strconv.Itoa(set.N), set.SHA256,
		bracketCell(e.Brackets),
	}
}

// bracketCell says where each bracket of the statement came from: "[2024] from the day of publication; [Marn] 3–7".
func bracketCell(all []EntryBracket) string {
	parts := make([]string, len(all))
	for i, b := range all {
		parts[i] = fmt.Sprintf("[%s] %d–%d", b.Words, b.Start, b.End)
		if b.End == 0 {
			parts[i] = fmt.Sprintf("[%s] from the day of publication", b.Words)
		}
	}
	return strings.Join(parts, "; ")
}

// Cell makes a cell that a spreadsheet would run as a formula into text (OWASP, CSV injection): it puts an apostrophe
// before = + - @, a tab or a carriage return, also where only space or invisible marks stand before them.
func Cell(s string) string {
	if s == "" {
		return s
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00a0\u200e\u200f\u202a\u202b\ufeff"))
	if s[0] == '\t' || s[0] == '\r' || strings.ContainsRune("=+-@\t\r＝＋－＠", first) {
		return "'" + s
	}
	return s
}
