package httpd

import (
	"fmt"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/agree"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// agreement shows how far the reviewers of a collection agree.
func (s *Server) agreement(c echo.Context) error {
	in, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	p, err := s.desk.Agreement(c.Request().Context(), actorOf(c), in)
	if err != nil {
		return err
	}
	return s.either(c, func() view.Page { return s.agreementPage(c, in, p) },
		func() desk.Answer { return p.JSON() })
}

func (s *Server) agreementPage(c echo.Context, in auth.CollectionID, p desk.AgreementPage) *view.Agreement {
	out := &view.Agreement{Shell: s.framed(c, "Agreement", "Dashboard", p.Frame), Back: under(in, "dashboard")}
	out.Notes = []string{"Over closed rounds only, by the reviews that stood when the round closed: what its author " +
		"replaced and what had become stale does not count.",
		"α and κ are 0 where people agree as chance would, and 1 where they agree always. The bounds hold in 95 of " +
			"100 samples of rounds. With few rounds they are wide, and say little."}
	out.Charts = append(out.Charts, agreementChart(p.Agreement, false), reasonsTable(p.Agreement))
	if m := p.Mine; m != nil {
		out.Charts = append(out.Charts, view.Chart{ID: "own", Title: "Yours", Head: agreedHead("Of"),
			Rows: []view.ChartRow{{Name: "You and others", Cells: agreedCells(*m, true)}},
			Say:  "What you and each other reviewer said of the same claims. Only you and auditors know whose it is."})
	}
	if len(p.Pairs) > 0 {
		out.Charts = append(out.Charts, peopleTables(p)...)
	}
	return out
}

// figure writes a measure, or why there is none.
func figure(x agree.Number) string {
	if x.Undefined != "" {
		return x.Undefined
	}
	return decimals(x.Value)
}

// decimals writes a coefficient, with a true minus.
func decimals(x float64) string { return strings.Replace(fmt.Sprintf("%.2f", x), "-", "−", 1) }

func share(x agree.Number) string {
	if x.Undefined != "" {
		return "–"
	}
	return fmt.Sprintf("%.0f %%", x.Value*100)
}

func bounds(x agree.Number) string {
	if !x.Interval {
		return "–"
	}
	return decimals(x.Low) + " to " + decimals(x.High)
}

func agreedHead(of string) []string {
	return []string{of, "Raw", "Krippendorff α", "95 %", "Fleiss κ", "Cohen κ", "n"}
}

// agreedCells are the cells of a line. One without Cohen's κ has none for it.
func agreedCells(x desk.Agreed, cohen bool) []string {
	out := []string{share(x.Raw), figure(x.Alpha), bounds(x.Alpha), figure(x.Fleiss)}
	if x.Alpha.Undefined != "" && x.Fleiss.Undefined == x.Alpha.Undefined {
		out[3] = "–" // said once in a row
	}
	if cohen {
		word := figure(x.Cohen)
		switch {
		case x.Cohen.Undefined != "":
			word = "–"
		case x.CohenN != x.N:
			word += fmt.Sprintf(" (n %s)", grouped(x.CohenN))
		}
		out = append(out, word)
	}
	return append(out, grouped(x.N))
}

// agreementChart draws α with its interval: of all, and of each language.
func agreementChart(a desk.Agreement, brief bool) view.Chart {
	c := view.Chart{ID: "c6", Title: "Agreement", W: 344, Say: "No round has closed yet.", Head: agreedHead("Of"),
		Label: "Krippendorff alpha with its interval of 95 per cent, of all and by language"}
	lines := append([]desk.Agreed{a.All}, a.Langs...)
	for _, x := range lines {
		c.Rows = append(c.Rows, view.ChartRow{Name: languageOrAll(x.Of), Cells: agreedCells(x, true)})
	}
	if a.All.N == 0 {
		c.Rows = nil
		return c
	}
	c.Say = fmt.Sprintf("Reviewers agree in %s of the pairs of reviews of one claim, over %s. Krippendorff α %s%s. "+
		"Closed rounds only.", share(a.All.Raw), many(a.All.N, "round", "rounds"), figure(a.All.Alpha),
		inBrackets(a.All.Alpha))
	if !brief {
		c.Note = "Cohen κ is of two people; of a collection and a language it is the mean over pairs of people, " +
			"weighed by claims. Pairs are counted once it is no secret any more who reviewed, so it may rest on " +
			"fewer rounds."
	}
	drawAgreed(&c, lines[:min(len(lines), mostDrawn+1)])
	return c
}

func inBrackets(x agree.Number) string {
	if !x.Interval {
		return ""
	}
	return " (" + bounds(x) + ")"
}

func drawAgreed(c *view.Chart, lines []desk.Agreed) {
	bottom := 20 + 32*float64(len(lines))
	c.H = int(bottom) + 20
	at := func(v float64) float64 { return 84 + 160*min(max(v, -0.2), 1) }
	for _, v := range []float64{0, 0.5, 1} {
		c.Line("gr", at(v), 14, at(v), bottom)
		c.Text(at(v), bottom+14, "middle", fmt.Sprintf("%g", v), false)
	}
	c.Text(84, 8, "start", "α, 95 % interval", false)
	c.Text(300, 8, "end", "n", false)
	c.Text(344, 8, "end", "raw", false)
	for i, x := range lines {
		y := 32 + 32*float64(i)
		c.Text(0, y+4, "start", languageOrAll(x.Of), i == 0)
		c.Text(300, y+4, "end", grouped(x.N), false)
		c.Text(344, y+4, "end", share(x.Raw), true)
		switch {
		case x.Alpha.Undefined != "":
			c.Text(84, y+4, "start", "undefined (see table)", false)
			continue
		case x.Alpha.Interval:
			c.Line("span", at(x.Alpha.Low), y, at(x.Alpha.High), y)
		}
		c.Dot(at(x.Alpha.Value), y)
	}
}

// reasonsTable has one line for the reasons together, and one for each against all others.
func reasonsTable(a desk.Agreement) view.Chart {
	head := agreedHead("Reason")
	c := view.Chart{ID: "rs", Title: "By reason", Head: append(head[:5:5], "n"),
		Say: "How far reviewers agree on why: with every reason a name of its own, and on one reason against all " +
			"others."}
	c.Rows = append(c.Rows, view.ChartRow{Name: "All reasons", Cells: agreedCells(a.Reasons, false)})
	for _, x := range a.ByReason {
		c.Rows = append(c.Rows, view.ChartRow{Name: view.Phrase(review.ReasonWord(review.Reason(x.Of))),
			Cells: agreedCells(x, false)})
	}
	return c
}

// peopleTables are the pairs and the people, by name or by letter.
func peopleTables(p desk.AgreementPage) []view.Chart {
	say := "People go by letters, which are the same at each of your visits and tell nothing of the order of names."
	if p.Named {
		say = "By name, as auditors read them."
	}
	pairs := view.Chart{ID: "pr", Title: "Pairs of people", Head: agreedHead("Pair"), Say: say}
	if p.More {
		pairs.Note = fmt.Sprintf("The %d pairs with the most claims in common; there are more.", len(p.Pairs))
	}
	people := view.Chart{ID: "pl", Title: "Each with all others", Head: agreedHead("Person"), Say: say}
	for _, x := range p.Pairs {
		pairs.Rows = append(pairs.Rows, view.ChartRow{Name: calledAs(x, p.Names), Bidi: p.Named,
			Cells: agreedCells(x, true)})
	}
	for _, x := range p.People {
		people.Rows = append(people.Rows, view.ChartRow{Name: calledAs(x, p.Names), Bidi: p.Named,
			Cells: agreedCells(x, true)})
	}
	return []view.Chart{pairs, people}
}

func calledAs(x desk.Agreed, names desk.Names) string {
	called := x.Letters
	for _, id := range x.Who {
		called = append(called, names.Of(id))
	}
	return strings.Join(called, ", ")
}
