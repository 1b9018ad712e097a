package httpd

import (
	"fmt"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/extract"
	"claimbench/internal/httpd/view"
)

// madeBy names the machines that proposed something, each once.
func madeBy(all []claims.Made) string {
	var names []string
	for _, m := range all {
		name := machineName(m.Maker, m.Model)
		if !strings.Contains(strings.Join(names, "\n")+"\n", name+"\n") {
			names = append(names, name)
		}
	}
	return strings.Join(names, " and ")
}

// machineName is a machine as people read it: “the rules”, “the model llama3”.
func machineName(maker, model string) string {
	switch {
	case model != "":
		return "the model " + model
	case maker == extract.Maker:
		return "the rules"
	}
	return maker
}

// machinesChart is what became of the candidates and brackets that machines proposed.
func machinesChart(all []claims.Acceptance) view.Chart {
	c := view.Chart{ID: "c7", Title: "What machines proposed", Wide: true, Say: "No machine has proposed anything yet.",
		Head: []string{"By", "Of", "Taken as it was", "Changed", "Refused", "Waiting", "Letters changed"}}
	settled, taken := 0, 0
	for _, a := range all {
		settled, taken = settled+a.Settled(), taken+a.Accepted
		letters := "–"
		if a.Counted > 0 {
			letters = fmt.Sprintf("%.0f", float64(a.Letters)/float64(a.Counted))
		}
		c.Rows = append(c.Rows, view.ChartRow{Name: machineName(a.Maker, a.Model) +
			", " + languageOrAll(a.Language), Bidi: true,
			Cells: []string{a.Kind + "s", shareDecided(a.Accepted, a), shareDecided(a.Edited, a), shareDecided(a.Refused, a),
				grouped(a.Waiting), letters}})
	}
	if len(all) > 0 {
		c.Say = "Nobody has decided one yet."
		c.Note = "Letters changed: from the words proposed to those of the claim, on average of those that were " +
			"changed."
	}
	if settled > 0 {
		c.Say = fmt.Sprintf("Of %s that people decided, %s were taken as they were. Shares are of those decided.",
			many(settled, "proposal", "proposals"), percent(taken, settled))
	}
	return c
}

// shareDecided is a part of what people decided; where they decided nothing, there is none.
func shareDecided(n int, of claims.Acceptance) string {
	if of.Settled() == 0 {
		return "–"
	}
	return percent(n, of.Settled())
}
