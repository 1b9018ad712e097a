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
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/markdown"
	"claimbench/internal/proof"
	"claimbench/internal/replies"
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

// claimPart is one claim of a report or a fragment.
type claimPart struct {
	*places
	W          wording
	E          claimset.Entry
	ID         string
	I, Of, N   int
	Mark       string // beside the verdict, so that it is not told by its words alone
	Gloss      *claimset.EntryGloss
	GlossAt    string // its path
	Corrected  string
	Quotation  bool // the words are there
	SaidBy     string
	Source     sourcePart
	Items      []itemPart
	Also       []alsoPart
	Replies    []replyPart
	Rationales []rationale
	Decided    string
	JSONLD     template.JS // of a fragment
	was        *ruling     // what an earlier version said, where it is another
	carried    func(*places) (proof.InReport, error)
}

// rationale is the reason of somebody, and its path.
type rationale struct{ Words, Path string }

// QuoteAt is the path of the words of a stretch.
func (c claimPart) QuoteAt(i int) string {
	if len(c.E.Stretches) == 0 {
		return "quotation/exact"
	}
	return fmt.Sprintf("stretches/%d/exact", i)
}

// Proof is what the report carries of the claim. The template asks for it when it has printed all else.
func (c claimPart) Proof() (template.JS, error) {
	if c.carried == nil {
		return "", nil
	}
	in, err := c.carried(c.places)
	if err == nil && c.was != nil {
		in.Was, err = json.Marshal(c.was)
	}
	if err != nil {
		return "", err
	}
	b, err := in.AppendJSON(nil)
	return template.JS(b), err
}

// itemPart is a piece of evidence.
type itemPart struct {
	within
	W      wording
	E      claimset.EntryEvidence
	Source sourcePart
}

// within says where what a page prints of one object stands.
type within struct {
	*places
	Of string // the object's path, with "/" behind
}

// In marks an element that prints the text of a member of the object as it is.
func (w within) In(member string) template.HTMLAttr { return w.At(w.Of + member) }

// replyPart is somebody who was asked, and what they answered.
type replyPart struct {
	within
	Said, Words string
}

// replied says who was asked and what came of it. A day that is over when the set is frozen and brought nothing is
// printed as silence, whoever wrote it down.
func (p *Print) replied(w wording, x claimset.EntryReply, in within) replyPart {
	who := x.Asked
	if x.Role != "" {
		who += " (" + x.Role + ")"
	}
	key, day := "reply waits", x.Until
	switch {
	case x.Outcome == replies.Answered:
		key, day = "reply answered", x.AnsweredOn
	case x.Outcome == replies.Declined:
		key, day = "reply declined", x.AnsweredOn
	case x.Outcome == replies.Silent || p.Set.FrozenAt != nil && x.Until < p.Frozen().Format(time.DateOnly):
		key = "reply silent"
	}
	return replyPart{in, w.Say(key, "name", who, "asked", w.Day(x.AskedOn), "day", w.Day(day)), x.Words}
}

// alsoPart is what somebody else found of the claim; a text that is not known is nil.
type alsoPart struct {
	within
	Said        string // who, and when
	Rating, URL *alsoText
}

type alsoText struct{ Words, Path string }

// Linked says whether a text is an address that can be followed, and not a mark in its place.
func (t alsoText) Linked() bool { return t.Words != claims.GoneWords }

// also says who else checked the claim, and what they call it, in their own words.
func also(w wording, x claimset.EntryChecked, in within) alsoPart {
	s := sourcePart{Name: x.Publisher, URL: x.URL}
	s.named(w)
	a := alsoPart{within: in, Said: w.Say("also", "name", s.Name)}
	if x.Day != "" && x.Day != claims.GoneWords {
		a.Said = w.Say("also on", "name", s.Name, "day", w.Day(x.Day))
	}
	text := func(words, member string) *alsoText {
		if words == "" {
			return nil
		}
		return &alsoText{words, in.Of + member}
	}
	a.Rating, a.URL = text(x.Rating, "rating"), text(x.URL, "url")
	return a
}

// sourcePart says where words can be read.
type sourcePart struct {
	within
	Title, Name, Day, URL, Archived, Copy string
	Captured                              string // how the words stand in what is kept of the document; "" nothing is
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

// marks stand beside the words of a verdict.
var marks = map[claims.Verdict]string{claims.Corroborated: "✓", claims.Disputed: "✗", claims.Unverified: "?"}

// part is a claim in the words of a language.
func (p *Print) part(w wording, e claimset.Entry, at *places) claimPart {
	c := claimPart{places: at, W: w, E: e, ID: fmt.Sprintf("set-%d-claim-%d", p.Set.ID, e.Claim), N: int(e.Claim),
		Mark: marks[e.Verdict], Quotation: e.Quotation.Exact != "", Rationales: rationalesOf(e)}
	c.Gloss, c.GlossAt = glossFor(e, w.Lang)
	if e.Attribution != "" && e.Attribution != inArticle {
		c.SaidBy = w.Say("saidby", "name", e.Attribution)
	}
	c.Source = sourceOf(w, e.Article, within{at, "article/"})
	for i, x := range e.Evidence {
		in := within{at, fmt.Sprintf("evidence/%d/", i)}
		c.Items = append(c.Items, itemPart{in, w, x, sourceOfItem(w, x, in)})
	}
	for i, x := range e.Replies {
		c.Replies = append(c.Replies, p.replied(w, x, within{at, fmt.Sprintf("replies/%d/", i)}))
	}
	for i, x := range e.AlreadyChecked {
		c.Also = append(c.Also, also(w, x, within{at, fmt.Sprintf("already_checked/%d/", i)}))
	}
	if was, there := p.Was[e.Claim]; there && was != (claimset.Ruling{Verdict: e.Verdict, Reason: e.Reason}) {
		c.was = &ruling{was.Verdict, was.Reason}
		c.Corrected = w.Say("was", "n", p.Older[0].N, "verdict", w.Say(string(was.Verdict)),
			"reason", w.Say(string(was.Reason)))
	}
	c.Decided = decided(w, p.Set.People, e.Decision)
	return c
}

// rationalesOf are the reasons of the reviewers and of the decision, each once: a decision may say what a review said.
func rationalesOf(e claimset.Entry) (out []rationale) {
	add := func(words, path string) {
		if words != "" && !slices.ContainsFunc(out, func(r rationale) bool { return r.Words == words }) {
			out = append(out, rationale{words, path})
		}
	}
	for i, r := range e.Reviews {
		add(r.Rationale, fmt.Sprintf("reviews/%d/rationale", i))
	}
	add(e.Decision.Rationale, "decision/rationale")
	return out
}

// glossFor is the claim's words in the language of the report, else in English, and their path; nil where it is written
// in that.
func glossFor(e claimset.Entry, lang string) (*claimset.EntryGloss, string) {
	for _, want := range []string{lang, "en"} {
		if want == e.Lang {
			return nil, ""
		}
		for i, g := range e.Glosses {
			if g.Lang == want && g.Words != "" {
				return &g, fmt.Sprintf("glosses/%d/words", i)
			}
		}
	}
	return nil, ""
}

func sourceOf(w wording, a claimset.EntryArticle, in within) sourcePart {
	s := sourcePart{within: in, Title: a.Title, Name: a.Source, Day: w.Day(a.Published), URL: a.URL,
		Copy: w.Say("copy")}
	if a.Byline != "" {
		s.Name = strings.TrimPrefix(a.Source+", "+a.Byline, ", ")
	}
	s.named(w)
	return s
}

// named says where the text stands if its publisher is not stated: the host of its address, else that it is not known.
func (s *sourcePart) named(w wording) {
	if s.Name != "" {
		return
	}
	s.Name = w.Say("nosource")
	if u, err := url.Parse(s.URL); err == nil && u.Hostname() != "" {
		s.Name = strings.TrimPrefix(u.Hostname(), "www.")
	}
}

func sourceOfItem(w wording, x claimset.EntryEvidence, in within) sourcePart {
	if x.Article != nil {
		in.Of += "article/"
		return sourceOf(w, *x.Article, in)
	}
	s := sourcePart{within: in, Title: x.Title, Name: x.Publisher, URL: x.URL, Archived: x.ArchivedURL,
		Copy: w.Say("copy")}
	s.named(w)
	if x.ReadOn != "" {
		s.Day = w.Say("read", "day", w.Day(x.ReadOn))
	}
	switch captures.Found(x.Capture) {
	case captures.Exact, captures.Folded:
		s.Captured = w.Say("captured", "day", w.Day(x.CapturedOn))
	case captures.NotFound:
		s.Captured = w.Say("notcaptured", "day", w.Day(x.CapturedOn))
	}
	return s
}

// decided says how the verdict came about, and who approved it, as far as the set names people.
func decided(w wording, people claimset.People, d claimset.EntryDecision) string {
	how := w.Say("agreed")
	if d.How != "rule" {
		how = w.Say("differed")
		if d.Adjudicator != "" && people == claimset.Named {
			how = w.Say("differedby", "name", d.Adjudicator)
		}
	}
	switch day := w.Day(d.ApprovedAt); {
	case people == claimset.Nobody:
		return ""
	case people == claimset.Named && d.Approver != "":
		return how + " " + w.Say("approvedby", "name", d.Approver, "day", day)
	default:
		return how + " " + w.Say("approved", "day", day)
	}
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
