package publish

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/markdown"
	"claimbench/internal/proof"
	"claimbench/internal/text"
)

//go:embed report.html
var reportHTML string

var reportPage = template.Must(template.New("report").Funcs(template.FuncMap{
	"lines":     lines,
	"css":       cssString,
	"breakable": breakable,
	"markdown":  markdown.HTML,
	"dirOf":     firstDir,
	"dir":       func(lang string) string { return string(text.DirOf(lang)) },
	"frozen": func(w wording, s claimset.Set) string {
		if s.FrozenAt == nil {
			return ""
		}
		return w.Day(s.FrozenAt.String())
	},
}).Parse(reportHTML))

// cssString is a string of CSS, with its quotation marks. All but letters, digits and spaces is escaped by its number,
// so that no words end the string, the rule or the style element. (html/template takes a string of CSS for an address,
// and writes none that has a colon.)
func cssString(s string) template.CSS {
	b := strings.Builder{}
	b.WriteByte('"')
	for _, r := range s {
		if r == ' ' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "\\%x ", r)
		}
	}
	b.WriteByte('"')
	return template.CSS(b.String())
}

// firstDir is the direction of the first letter of a running head: the margins of a page know no isolation, and a title
// in another script than the report's would have its marks at the wrong end.
func firstDir(s string) text.Dir {
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko):
			return text.RTL
		case unicode.IsLetter(r):
			return text.LTR
		}
	}
	return text.LTR
}

// lines are the paragraphs of a text.
func lines(s string) (out []string) {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// sheet is what stands around the claims of a report.
type sheet struct {
	*Print
	*places
	W                   wording
	SetID               int
	FrozenAt            string
	Running, RunningSet string // the running heads of a printed page
	Dropped             string
	Verdicts            []claims.Verdict
	fonts               chosen
	FontNames           string // of the fonts that the report holds
	Other               int    // how many signs are in none of them
	Policy              string
	Proof, Script       template.JS
	carried             *reportProof // what proves the set; nil: nothing does
	carry               carrying     // nil: nothing is carried of a claim
}

// Family is the usual list of families of fonts.
func (sheet) Family() template.CSS {
	return `"Noto Sans JP Latin", "Noto Sans JP", Vazirmatn, "Noto Sans", "Segoe UI", "Helvetica Neue", sans-serif`
}

// Counter is the style of CSS that counts pages in the digits of the language.
func (s sheet) Counter() template.CSS {
	switch s.W.Lang {
	case "fa":
		return "persian"
	case "ar":
		return "arabic-indic"
	}
	return "decimal"
}

// Head marks an element that says something of the set.
func (s sheet) Head() template.HTMLAttr { return s.attr("data-head", "") }

// FileName is what the report is called when it is taken away.
func (s sheet) FileName() string {
	return fmt.Sprintf("claim-set-%d-version-%d.report.html", s.SetID, s.Set.N)
}

// longestHead is how many characters of a title a running head has.
const longestHead = 70

// writeReport writes one HTML file that needs nothing else: claim by claim, for the screen and for paper. It holds its
// fonts, and what proves it.
func writeReport(w *bufio.Writer, p *Print, o Options) error {
	words := wordsIn(o.Lang)
	s := p.sheet(words)
	if p.seal != nil {
		of, err := p.carries(words)
		if err != nil {
			return err
		}
		s = p.sealed(words, &of)
		s.carry = p.proved
	}
	printed, err := signsOf(p, words)
	if err != nil {
		return err
	}
	fonts, err := printed.choose()
	if err != nil {
		return err
	}
	s.hold(fonts)
	if s.carried != nil {
		s.carried.Other = s.Other
	}
	return p.pages(w, s)
}

// hold says which fonts the report holds.
func (s *sheet) hold(fonts chosen) {
	s.fonts, s.FontNames, s.Other = fonts, strings.Join(fonts.names, ", "), fonts.other
}

// sealed is what stands around the claims of a report that carries what proves it.
func (p *Print) sealed(words wording, of *reportProof) sheet {
	s, script := p.sheet(words), checkScript()
	of.Form, of.Lang, of.Words, s.carried = script.form, words.Lang, words.by, of
	s.Script, s.Policy, s.on = template.JS(script.text), script.policy, true
	return s
}

// writeBareReport writes a report of nothing but the set and its claims, as a bundle has it beside what proves them.
func writeBareReport(w *bufio.Writer, p *Print, o Options) error {
	return p.pages(w, p.sheet(wordsIn(o.Lang)))
}

// sheet is what stands around the claims in the words of a language.
func (p *Print) sheet(words wording) sheet {
	edition := words.Say("set", "set", int(p.Set.ID), "n", p.Set.N)
	s := sheet{Print: p, places: newPlaces(false), W: words, SetID: int(p.Set.ID), Running: clipped(p.Set.Title),
		RunningSet: clipped(strings.TrimPrefix(p.Set.Publisher+" · "+edition, " · ")),
		Verdicts:   claims.Verdicts.Names()}
	if p.Set.FrozenAt != nil {
		s.FrozenAt = p.Set.FrozenAt.String()
	}
	return s
}

// pages writes a report.
func (p *Print) pages(w *bufio.Writer, s sheet) error {
	if err := s.head(w); err != nil {
		return err
	}
	left := make(map[claims.ID]bool, len(p.Was))
	for id := range p.Was {
		left[id] = true
	}
	i := 0
	if err := p.Each(func(k claimset.Kept) error {
		e, err := k.Entry()
		if err != nil {
			return err
		}
		i++
		delete(left, e.Claim)
		return s.claim(w, k, e, i)
	}); err != nil {
		return err
	}
	return s.foot(w, sorted(left))
}

// claim writes one claim, the i-th.
func (s sheet) claim(w io.Writer, k claimset.Kept, e claimset.Entry, i int) error {
	c := s.part(s.W, e, newPlaces(s.on))
	c.I, c.Of = i, s.Size
	if s.carry != nil {
		c.carried = func(at *places) (proof.InReport, error) { return s.carry(k, e.Claim, at) }
	}
	return reportPage.ExecuteTemplate(w, "claim", c)
}

// foot writes what stands behind the claims; left are those of the version before that are not in this one.
func (s sheet) foot(w io.Writer, left []claims.ID) error {
	s.Dropped = s.dropped(s.W, left)
	if s.carried != nil {
		of := *s.carried
		of.Dropped = left[:min(len(left), mostDropped+1)] // of which one more says that there are more
		b, err := json.Marshal(of)                        // which escapes what would end the script element
		if err != nil {
			return err
		}
		s.Proof = template.JS(b)
	}
	return reportPage.ExecuteTemplate(w, "foot", s)
}

// head writes what stands before the claims. The fonts come into its style without going through the template, which
// would hold them in memory several times.
func (s sheet) head(w *bufio.Writer) error {
	var b bytes.Buffer
	if err := reportPage.ExecuteTemplate(&b, "head", s); err != nil {
		return err
	}
	before, behind, _ := strings.Cut(b.String(), "</style>")
	_, _ = w.WriteString(before) // the last write tells of an error
	if err := s.fonts.write(w); err != nil {
		return err
	}
	_, err := w.WriteString("</style>" + behind)
	return err
}

// writeFragment writes each claim as a part of a page, with its JSON-LD.
func writeFragment(w *bufio.Writer, p *Print, o Options) error {
	words := wordsIn(o.Lang)
	return p.Entries(o.Claim, func(e claimset.Entry) error {
		b, err := json.Marshal(claimReview(p, e, true)) // which escapes what would end the script element
		if err != nil {
			return err
		}
		c := p.part(words, e, newPlaces(false))
		c.JSONLD = template.JS(b)
		return reportPage.ExecuteTemplate(w, "fragment", c)
	})
}

func clipped(s string) string {
	if r := []rune(s); len(r) > longestHead {
		return string(r[:longestHead]) + "…"
	}
	return s
}

// mostUnbroken is how many characters of an address stand together on a line.
const mostUnbroken = 16

// breakable writes an address so that a line may end within it: a fragment stands in pages whose styles are not ours,
// and one long word makes them wider than a telephone.
func breakable(address string) template.HTML {
	var out strings.Builder
	run := 0
	for _, r := range address {
		if run++; run > mostUnbroken {
			out.WriteString("<wbr>")
			run = 1
		}
		out.WriteString(template.HTMLEscapeString(string(r)))
		if strings.ContainsRune("/?&=", r) {
			out.WriteString("<wbr>")
			run = 0
		}
	}
	return template.HTML(out.String())
}

// mostDropped is how many claims that were left out a report names.
const mostDropped = 500

// dropped names the claims of the version before that are not in this one; "" when all are.
func (p *Print) dropped(w wording, left []claims.ID) string {
	if len(left) == 0 || len(p.Older) == 0 {
		return ""
	}
	var names []string
	for _, id := range left {
		if len(names) == mostDropped {
			names = append(names, "…")
			break
		}
		names = append(names, w.Num(int(id)))
	}
	return w.Say("dropped", "n", p.Older[0].N, "claims", strings.Join(names, ", "))
}

func sorted(ids map[claims.ID]bool) []claims.ID { return slices.Sorted(maps.Keys(ids)) }
