package publish

import (
	"archive/zip"
	"bufio"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/text"
)

// Bounds of a sheet: characters of a cell, and rows.
const (
	mostOfCell = 32_767
	mostRows   = 1 << 20
)

// writeXLSX writes a workbook with a sheet of claims and one of evidence, the columns of both as in CSV. The library
// puts rows that do not fit into its buffers into temporary files. Cells are typed as text, so none is a formula.
func writeXLSX(w *bufio.Writer, p *Print, _ Options) (err error) {
	rtl, err := mostlyRTL(p)
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) }) // else all is held in memory
	defer func() {
		if e := f.Close(); err == nil { // it removes the temporary files
			err = e
		}
	}()
	claimRows, err := newSheet(f, "Claims", columns, rtl)
	if err != nil {
		return err
	}
	evidenceRows, err := newSheet(f, "Evidence", evidenceColumns, rtl)
	if err != nil {
		return err
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	if err := p.Entries(0, func(e claimset.Entry) error {
		for _, x := range e.Evidence {
			if err := evidenceRows.row(evidenceRow(e, x, p.Set)); err != nil {
				return err
			}
		}
		return claimRows.row(csvRow(e, p.Set))
	}); err != nil {
		return err
	}
	for _, s := range []*xlsxSheet{claimRows, evidenceRows} {
		if err := s.out.Flush(); err != nil {
			return err
		}
	}
	_, err = f.WriteTo(w)
	return err
}

// xlsxSheet is one sheet that is written row by row.
type xlsxSheet struct {
	out *excelize.StreamWriter
	n   int
}

func newSheet(f *excelize.File, name string, columns []string, rtl bool) (*xlsxSheet, error) {
	if _, err := f.NewSheet(name); err != nil {
		return nil, err
	}
	if err := f.SetSheetView(name, 0, &excelize.ViewOptions{RightToLeft: &rtl}); err != nil {
		return nil, err
	}
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	s := &xlsxSheet{out: out}
	return s, s.row(columns)
}

func (s *xlsxSheet) row(cells []string) error {
	if s.n++; s.n > mostRows {
		return fault.New(fault.Invalid, "The set has more evidence than a sheet has rows. Take it as CSV or JSON.")
	}
	at, err := excelize.CoordinatesToCellName(1, s.n)
	if err != nil {
		return err
	}
	row := make([]any, len(cells))
	for i, c := range cells {
		row[i] = sheetCell(c)
	}
	return s.out.SetRow(at, row)
}

// mostlyRTL says that most claims are written from right to left: the sheets read so then. The view of a sheet stands
// before its rows, so the claims are read once more for it.
func mostlyRTL(p *Print) (bool, error) {
	rtl, ltr := 0, 0
	err := p.Entries(0, func(e claimset.Entry) error {
		if text.DirOf(e.Lang) == text.RTL {
			rtl++
		} else {
			ltr++
		}
		return nil
	})
	return rtl > ltr, err
}

// sheetCell is what a cell can hold: no control characters, which a workbook has no form for, and not more characters
// than a cell has; what is cut ends in ….
func sheetCell(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) <= mostOfCell/2 { // a cell counts in UTF-16
		return s
	}
	units, cut := 0, len(s)
	for i, r := range s {
		if r > 0xffff {
			units++
		}
		if units++; units == mostOfCell {
			cut = i
		}
	}
	if units > mostOfCell {
		return s[:cut] + "…"
	}
	return s
}
