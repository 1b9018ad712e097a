package claimset

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Formats of export.
const (
	JSON = "json"
	CSV  = "csv"
)

// bufferSize bounds what an export holds in memory besides one page of claims.
const bufferSize = 64 << 10

// Options of an export. BOM puts a byte order mark before a CSV, for spreadsheets that would not know UTF-8 otherwise.
type Options struct {
	Format string
	BOM    bool
}

// Check says whether these options are ones.
func (o Options) Check() error {
	if o.Format != JSON && o.Format != CSV {
		return fault.New(fault.Invalid, "“%s” is no format of export. Choose json or csv.", o.Format).With("format",
			"Choose json or csv.")
	}
	if o.BOM && o.Format != CSV {
		return fault.New(fault.Invalid, "A byte order mark goes with CSV only.").With("bom", "Leave it out for JSON.")
	}
	return nil
}

// Record notes in the history that a frozen set is about to be exported, by whom and how, and gives the set. A door
// calls it before the first byte of Export goes out.
func (s *Service) Record(ctx context.Context, actor auth.Actor, id ID, o Options) (Set, error) {
	set, who, err := s.allowed(ctx, actor, id, auth.Export)
	if err != nil {
		return set, err
	}
	if err := o.Check(); err != nil {
		return set, err
	}
	if err := Exportable(set); err != nil {
		return set, err
	}
	return set, s.db.Write(ctx, func(tx *store.Tx) error {
		var now Set
		if err := store.Take(tx.Lock(), &now, "such claim set", "id = ?", id); err != nil {
			return err
		}
		f, err := fields(&tx.Rx, now)
		if err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "claimset.exported", Object: Object(id),
			Collection: int64(set.CollectionID), Before: f, After: f, Reason: o.Format})
		return err
	})
}

// Export writes a frozen set, claim by claim.
func (s *Service) Export(ctx context.Context, actor auth.Actor, id ID, w io.Writer, o Options) error {
	set, _, err := s.allowed(ctx, actor, id, auth.Export)
	if err != nil {
		return err
	}
	if err := o.Check(); err != nil {
		return err
	}
	if err := Exportable(set); err != nil {
		return err
	}
	return s.db.Read(ctx, func(r *store.Rx) error {
		out := bufio.NewWriterSize(w, bufferSize)
		var err error
		if o.Format == CSV {
			err = writeCSV(r, out, set, o.BOM)
		} else {
			err = writeJSON(r, out, set)
		}
		if err != nil {
			return err
		}
		return out.Flush()
	})
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

func writeJSON(r *store.Rx, w io.Writer, set Set) error {
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
	if err := eachEntry(r, set.ID, func(e Entry) error {
		b, err := json.Marshal(e)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s%s", sep, b)
		sep = ",\n"
		return err
	}); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n]}\n")
	return err
}

var columns = []string{
	"claim", "verdict", "reason", "statement", "lang", "gloss_en", "gloss_en_confirmed_by", "attribution", "hedge", "kind", "explanation",
	"quotation", "start", "end",
	"article", "article_title", "source", "reliability", "published", "url", "revision", "revision_sha256",
	"supports", "refutes", "context", "evidence", "decided", "approver", "approved_at", "set", "set_version",
	"set_sha256",
}

func writeCSV(r *store.Rx, w io.Writer, set Set, bom bool) error {
	if bom {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true // RFC 4180
	if err := out.Write(columns); err != nil {
		return err
	}
	if err := eachEntry(r, set.ID, func(e Entry) error {
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
	n := map[evidence.Stance]int{}
	var items []string
	for _, x := range e.Evidence {
		n[x.Stance]++
		where := x.URL
		if x.Article != nil {
			where = fmt.Sprintf("article %d", x.Article.Article)
		}
		items = append(items, fmt.Sprintf("#%d %s %s: %s", x.Evidence, x.Stance, where, x.Exact))
	}
	return []string{
		strconv.FormatInt(int64(e.Claim), 10), string(e.Verdict), string(e.Reason), e.Statement, e.Lang, gloss, confirmed,
		e.Attribution,
		strings.Join(e.Hedge, "; "), string(e.Kind), e.Explanation,
		e.Quotation.Exact, strconv.Itoa(e.Quotation.Start), strconv.Itoa(e.Quotation.End),
		strconv.FormatInt(int64(e.Article.Article), 10), e.Article.Title, e.Article.Source, e.Article.Reliability,
		e.Article.Published, e.Article.URL,
		strconv.Itoa(e.Article.Revision), e.Article.SHA256,
		strconv.Itoa(n[evidence.Supports]), strconv.Itoa(n[evidence.Refutes]), strconv.Itoa(n[evidence.Context]),
		strings.Join(items, "\n"),
		e.Decision.How, e.Decision.Approver, e.Decision.ApprovedAt, set.Title, strconv.Itoa(set.N), set.SHA256,
	}
}

// Cell makes a cell that a spreadsheet would run as a formula into text (OWASP, CSV injection): it puts an apostrophe
// before = + - @, a tab or a carriage return, also where only space or invisible marks stand before them.
func Cell(s string) string {
	bare := strings.TrimLeft(s, " \u00a0\u200e\u200f\u202a\u202b\ufeff")
	if s != "" && (strings.ContainsRune("\t\r", rune(s[0])) || bare != "" && strings.ContainsRune("=+-@\t\r＝＋－＠",
		[]rune(bare)[0])) {
		return "'" + s
	}
	return s
}
