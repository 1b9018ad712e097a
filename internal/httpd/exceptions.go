package httpd

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/exceptions"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

const exceptionsPath = "/exceptions"

// exceptions lists the rules that an auditor asks by.
func (s *Server) exceptions(c echo.Context) error {
	seen, err := s.desk.Exceptions(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.exceptionsPage(c, seen), seen.JSON())
}

func (s *Server) exceptionsPage(c echo.Context, seen desk.Exceptions) *view.Exceptions {
	p := &view.Exceptions{Shell: s.framed(c, "Exceptions", "History", seen.Frame),
		Export: ofNow(c, exceptionsPath+"/export"), Signs: seen.ReadsAll && s.Audits.Signs(),
		Check: "workbench audit report --check FILE --key KEY"}
	with := 0
	for _, r := range seen.Rules {
		shown := view.RuleCount{URL: exceptionsPath + "/" + string(r.Name), Name: string(r.Name), Title: r.Title,
			Says: r.Says, Rows: grouped(r.Rows), None: r.Rows == 0, Fault: r.Never && r.Rows > 0}
		switch {
		case r.More:
			shown.Rows = "more than " + shown.Rows
		case r.Rows == 0:
			shown.Rows = "none"
		default:
		}
		if r.Rows > 0 {
			with++
		}
		p.Rules = append(p.Rules, shown)
	}
	p.Note = fmt.Sprintf("%s, %d with rows. None is an answer, too.", many(len(p.Rules), "rule", "rules"), with)
	return p
}

// exceptionRule shows the rows of one rule.
func (s *Server) exceptionRule(c echo.Context) error {
	seen, err := s.desk.RuleRows(c.Request().Context(), actorOf(c), exceptions.Name(c.Param("rule")),
		c.QueryParam("before"))
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.exceptionPage(c, seen), seen.JSON())
}

func (s *Server) exceptionPage(c echo.Context, seen desk.RuleRows) *view.Exception {
	r := seen.Rule
	p := &view.Exception{Shell: s.framed(c, r.Title, "History", seen.Frame), Back: exceptionsPath,
		Name: string(r.Name), Title: r.Title, Says: r.Says, Heads: r.Words(),
		Export: ofNow(c, exceptionsPath+"/export"), Fault: r.Never && len(seen.Rows) > 0, Empty: r.Empty}
	if p.Empty == "" {
		p.Empty = "No row. Nothing of this kind is kept."
	}
	for _, row := range seen.Rows {
		p.Rows = append(p.Rows, exceptionCells(r, row, readersZone(c)))
	}
	if seen.Next != "" {
		p.Next = withQuery(exceptionsPath+"/"+string(r.Name), "before", seen.Next)
	}
	return p
}

// exceptionCells are the cells of a row, with the pages that they lead to.
func exceptionCells(r exceptions.Rule, row exceptions.Row, zone *time.Location) []view.Cell {
	cells := make([]view.Cell, len(r.Columns))
	for i, word := range r.Cells(row) {
		cells[i] = view.Cell{Head: r.Columns[i].Word, Word: word}
		cell := &cells[i]
		if word == "" {
			continue
		}
		switch r.Columns[i].Name {
		case "claim":
			cell.URL = claimURL(claims.ID(row.Claim))
		case "set":
			cell.URL = setURL(claimset.ID(row.Set))
		case "event":
			cell.URL = "/history/" + itoa(row.Event)
		case "object":
			cell.URL = withQuery("/history", "object", row.Object)
		case "at":
			cell.Word, cell.Stamp = momentIn(row.At, zone), stamp(row.At)
		case "seconds":
			cell.Word = lasting(row.Took)
		case "who":
			cell.Word, cell.Name = row.WhoName, true
		case "other":
			cell.Word, cell.Name = row.OtherName, true
		case "was", "becomes":
			cell.Word = code("verdict", word, zone)
		}
	}
	return cells
}

// lasting says a length of time that is given in microseconds.
func lasting(took int64) string {
	switch seconds := took / 1e6; {
	case seconds < 2*60:
		return itoa(seconds) + " s"
	case seconds < 2*3600:
		return itoa(seconds/60) + " min"
	case seconds < 2*86400:
		return itoa(seconds/3600) + " h"
	default:
		return itoa(seconds/86400) + " days"
	}
}

// reportForm says which rule's report is wanted, in which format.
type reportForm struct {
	Rule   string `form:"rule" json:"rule"`
	Format string `form:"format" json:"format"`
}

// exceptionsExport sends the rows of one rule or of all as CSV, or all as one signed file.
func (s *Server) exceptionsExport(c echo.Context) error {
	var form reportForm
	if err := bind(c, &form); err != nil {
		return err
	}
	f, err := reportFile(form.Format, form.Rule)
	if err != nil {
		return err
	}
	ask, err := s.desk.ReportAsk(actorOf(c), form.Format, exceptions.Name(form.Rule))
	if err != nil {
		return err
	}
	return s.download(c, f, func(ctx context.Context, w io.Writer) error { return s.Audits.Write(ctx, w, ask) })
}

func reportFile(format, rule string) (file, error) {
	name := "exceptions"
	if rule != "" {
		if _, err := exceptions.Find(exceptions.Name(rule)); err != nil {
			return file{}, fault.Wrap(fault.Invalid, err, "%s", fault.Message(err)).With("rule", fault.Message(err))
		}
		name += "-" + rule
	}
	switch format {
	case exceptions.CSV:
		return file{kind: "text/csv; charset=utf-8", name: name + ".csv"}, nil
	case exceptions.Signed:
		return file{kind: "application/jsonl; charset=utf-8", name: name + ".jsonl"}, nil
	}
	return file{}, fault.New(fault.Invalid, "“%s” is no form of a report. Choose csv, or json for a signed one.",
		short(format)).With("format", "Choose csv or json.")
}
