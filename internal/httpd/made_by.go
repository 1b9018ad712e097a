package httpd

import (
	"fmt"
	"strings"
	"unicode"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/extract"
	"claimbench/internal/httpd/view"
)

// madeBy names the machines that proposed something, each once.
func madeBy(all []claims.Made, known desk.Names) string {
	var names []string
	for _, m := range all {
		name := machineCalled(m, known)
		if !strings.Contains(strings.Join(names, "\n")+"\n", name+"\n") {
			names = append(names, name)
		}
	}
	return strings.Join(names, " and ")
}

// machineCalled is a machine with its own name, where it has one.
func machineCalled(m claims.Made, known desk.Names) string {
	if m.Machine == 0 {
		return machineName(m.Maker, m.Model)
	}
	name := calledOf(known, m.Machine)
	if m.Model != "" {
		name += " (" + m.Model + ")"
	}
	return name
}

// calledOf quotes the name of a machine; one in a script from right to left stands apart from the words around it.
func calledOf(known desk.Names, id auth.UserID) string {
	name := known.Of(id)
	if strings.ContainsFunc(name, rightToLeft) {
		name = "\u2068" + name + "\u2069"
	}
	return "“" + name + "”"
}

// rightToLeft says whether a letter is of a script that runs from right to left.
func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// writtenBy marks what a model or a machine wrote and nobody has accepted yet; "" for all else.
func writtenBy(all []claims.Made, known desk.Names) string {
	if len(all) == 0 {
		return ""
	}
	return "written by " + madeBy(all, known)
}

// byMachines names machines in a phrase; "" for none.
func byMachines(known desk.Names, ids []auth.UserID) string {
	if len(ids) == 0 {
		return ""
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = calledOf(known, id)
	}
	return "by " + strings.Join(names, " and ")
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
func machinesChart(all []claims.Acceptance, known desk.Names) view.Chart {
	c := view.Chart{ID: "c7", Title: "What machines proposed", Wide: true,
		Say:  "No machine has proposed anything yet.",
		Head: []string{"By", "Of", "Taken as it was", "Changed", "Refused", "Waiting", "Letters changed"}}
	settled, taken := 0, 0
	for _, a := range all {
		settled, taken = settled+a.Settled(), taken+a.Accepted
		letters := "–"
		if a.Counted > 0 {
			letters = fmt.Sprintf("%.0f", float64(a.Letters)/float64(a.Counted))
		}
		c.Rows = append(c.Rows, view.ChartRow{Name: machineCalled(claims.Made{Maker: a.Maker, Model: a.Model,
			Machine: a.Machine}, known) +
			", " + languageOrAll(a.Language), Bidi: true,
			Cells: []string{severalOf(a.Kind), shareDecided(a.Accepted, a), shareDecided(a.Edited, a),
				shareDecided(a.Refused, a), grouped(a.Waiting), letters}})
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

// severalOf is the word for several proposals of a kind.
func severalOf(kind string) string {
	if strings.HasSuffix(kind, "s") || strings.HasSuffix(kind, "ch") {
		return kind + "es"
	}
	return kind + "s"
}

// shareDecided is a part of what people decided; where they decided nothing, there is none.
func shareDecided(n int, of claims.Acceptance) string {
	if of.Settled() == 0 {
		return "–"
	}
	return percent(n, of.Settled())
}
