package view

import (
	"math"
	"strconv"
)

// Chart is a drawing with its heading, what it says in words, and the same figures as a table. It is drawn with lines:
// a verdict is known by how its line is (one, two, dashed, dotted), and its colour only adds to that.
type Chart struct {
	ID, Title string
	Say       string // what it shows, in words
	SayLink   *Link
	Label     string // for those who do not see it
	Wide      bool   // as wide as the page, one bar
	W, H      int    // the drawing's box; H 0: nothing to draw
	Lines     []Line
	Words     []ChartText
	Dots      []Dot
	Legend    []Legend
	Head      []string // the table's columns; the first names the row
	Rows      []ChartRow
	Note      string
}

// Line is one line of a drawing. Class says of what: a verdict, an axis.
type Line struct{ X1, Y1, X2, Y2, Class, Width, Dash string }

// ChartText is a word in a drawing. Anchor is start, middle or end; Strong is what is counted.
type ChartText struct {
	X, Y, Anchor, Text string
	Strong             bool
}

// Dot is a point of a drawing.
type Dot struct{ X, Y string }

// Legend is a verdict with how many there are, "" where the drawing says it.
type Legend struct {
	Verdict Verdict
	N       string
}

// ChartRow is a row of the table: its name and its cells.
type ChartRow struct {
	Name  string
	Bidi  bool // the name is a person's or a source's, in any script
	Cells []string
}

// drawn are the classes of the verdicts' lines.
var drawn = map[Verdict]string{Corroborated: "cor", Disputed: "dis", Unverified: "unv", Unreviewed: "non"}

// Word says the verdict in a legend: what has none is open.
func (l Legend) Word() string {
	if l.Verdict == Unreviewed {
		return "Open"
	}
	return l.Verdict.Word()
}

// coord writes a number of a drawing, to a tenth.
func coord(f float64) string { return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64) }

// Line draws a line of a class.
func (c *Chart) Line(class string, x1, y1, x2, y2 float64) {
	c.Lines = append(c.Lines, Line{X1: coord(x1), Y1: coord(y1), X2: coord(x2), Y2: coord(y2), Class: class})
}

// Text writes a word.
func (c *Chart) Text(x, y float64, anchor, text string, strong bool) {
	c.Words = append(c.Words, ChartText{coord(x), coord(y), anchor, text, strong})
}

// Dot draws a point.
func (c *Chart) Dot(x, y float64) { c.Dots = append(c.Dots, Dot{coord(x), coord(y)}) }

// Bar draws a verdict from x1 to x2, thick around y.
func (c *Chart) Bar(v Verdict, x1, x2, y, thick float64) {
	if x2 <= x1 {
		return
	}
	c.stroke(v, thick, func(off float64) (float64, float64, float64, float64) { return x1, y + off, x2, y + off })
}

// Column draws a verdict from y1 up to y2, thick around x.
func (c *Chart) Column(v Verdict, x, y1, y2, thick float64) {
	if y1 <= y2 {
		return
	}
	c.stroke(v, thick, func(off float64) (float64, float64, float64, float64) { return x + off, y1, x + off, y2 })
}

// stroke draws one thick line, or for what is disputed two thin ones.
func (c *Chart) stroke(v Verdict, thick float64, at func(off float64) (x1, y1, x2, y2 float64)) {
	offs, width, dash := []float64{0}, thick, ""
	switch v {
	case Disputed:
		width, offs = thick/3, []float64{-thick / 3, thick / 3}
	case Unverified:
		dash = "4 2"
	case Unreviewed:
		dash = "1.5 3"
	}
	for _, off := range offs {
		x1, y1, x2, y2 := at(off)
		c.Line(drawn[v], x1, y1, x2, y2)
		last := &c.Lines[len(c.Lines)-1]
		last.Width, last.Dash = coord(width), dash
	}
}

// Dashboard is how a collection stands.
type Dashboard struct {
	Shell
	AsOf    string // clock and zone
	Refresh string
	Sums    []Sum
	Charts  []Chart
	More    Link // all figures of agreement
}

// Template names the file.
func (*Dashboard) Template() string { return "dashboard" }

// Sum is one large figure: its name, its value, what it is of.
type Sum struct{ Word, Value, Of string }

// Agreement is how far the reviewers of a collection agree.
type Agreement struct {
	Shell
	Back   string
	Notes  []string
	Charts []Chart // tables, some with a drawing
}

// Template names the file.
func (*Agreement) Template() string { return "agreement" }
