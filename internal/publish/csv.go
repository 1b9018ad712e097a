package publish

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
)

var columns = []string{
	"claim", "verdict", "reason", "statement", "lang", "gloss_en", "gloss_en_confirmed_by", "attribution", "hedge",
	"kind", "explanation", "quotation", "start", "end",
	"article", "article_title", "source", "reliability", "published", "url", "revision", "revision_sha256",
	"supports", "refutes", "context", "evidence", "decided", "approver", "approved_at", "set", "set_version",
	"set_sha256", "brackets", "explanation_lang", "collection", "prefix", "suffix", "replies",
	"already_checked", "by_machines",
}

func writeCSV(w *bufio.Writer, p *Print, o Options) error {
	t, err := newTable(w, o.BOM, columns)
	if err != nil {
		return err
	}
	if err := p.Entries(0, func(e claimset.Entry) error { return t.row(csvRow(e, p.Set)) }); err != nil {
		return err
	}
	return t.end()
}

// table writes rows as RFC 4180 has them; no cell is a formula.
type table struct{ out *csv.Writer }

func newTable(w *bufio.Writer, bom bool, columns []string) (table, error) {
	if bom {
		_, _ = w.WriteString("\ufeff") // the next write tells of an error
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return table{out}, out.Write(columns)
}

// row writes the cells of one row, which it changes.
func (t table) row(cells []string) error {
	for i := range cells {
		cells[i] = Cell(cells[i])
	}
	return t.out.Write(cells)
}

func (t table) end() error {
	t.out.Flush()
	return t.out.Error()
}

func csvRow(e claimset.Entry, set claimset.Set) []string {
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
		where := outsideCell(x)
		if x.Article != nil {
			where = "article " + strconv.FormatInt(int64(x.Article.Article), 10)
		} else if x.Protected != "" {
			where = "protected source (" + x.Protected + ")"
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
		bracketCell(e.Brackets), e.ExplanationLang, e.Collection, e.Quotation.Prefix, e.Quotation.Suffix,
		replyCell(e.Replies), checkedCell(e.AlreadyChecked), machineCell(e.ByMachines),
	}
}

// outsideCell says where an outside document is, and what is known of it: “https://… (Title, Publisher, 2026-01-02)”.
func outsideCell(x claimset.EntryEvidence) string {
	known := slices.DeleteFunc([]string{x.Title, x.Publisher, x.Published}, func(s string) bool { return s == "" })
	if len(known) == 0 {
		return x.URL
	}
	return x.URL + " (" + strings.Join(known, ", ") + ")"
}

// replyCell says who was asked about the claim, and what came of it, a line each.
func replyCell(all []claimset.EntryReply) string {
	parts := make([]string, len(all))
	for i, x := range all {
		parts[i] = strings.TrimSuffix(fmt.Sprintf("%s, asked %s, until %s: %s %s", x.Asked, x.AskedOn, x.Until,
			cmp.Or(x.Outcome.Word(), "waiting"), x.AnsweredOn), " ")
		if x.Words != "" {
			parts[i] += ": " + x.Words
		}
	}
	return strings.Join(parts, "\n")
}

// checkedCell says what others found of the claim, a line each: "Example Facts, 2025-03-04: Half true https://…". What
// their file does not say is left out.
func checkedCell(all []claimset.EntryChecked) string {
	parts := make([]string, len(all))
	for i, x := range all {
		who := x.Publisher
		if x.Day != "" {
			who = strings.TrimPrefix(who+", "+x.Day, ", ")
		}
		found := strings.TrimSpace(x.Rating + " " + x.URL)
		parts[i] = strings.TrimSuffix(strings.TrimPrefix(who+": "+found, ": "), ": ")
	}
	return strings.Join(parts, "\n")
}

// machineCell says which words a machine wrote, a line each: "statement: extractor (llama)", "gloss fr: extractor".
func machineCell(all []claimset.EntryMachine) string {
	parts := make([]string, len(all))
	for i, m := range all {
		parts[i] = m.Of + ": " + m.Name()
		if m.Of == "gloss" {
			parts[i] = m.Of + " " + m.Lang + ": " + m.Name()
		}
	}
	return strings.Join(parts, "\n")
}

// bracketCell says where each bracket of the statement came from: "[2024] from the day of publication; [Marn] 3–7".
func bracketCell(all []claimset.EntryBracket) string {
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
