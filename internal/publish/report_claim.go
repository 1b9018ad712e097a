package publish

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/proof"
	"claimbench/internal/replies"
)

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
	Machines   []machinePart
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

// machinePart says that a machine wrote what is printed.
type machinePart struct {
	within
	Said string
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
	for i, m := range e.ByMachines {
		if m.Of == "statement" && e.Statement != "" {
			c.Machines = append(c.Machines, machinePart{within{at, fmt.Sprintf("by_machines/%d/", i)},
				w.Say("machine statement", "name", m.Name())})
		} else if m.Of == "gloss" && c.Gloss != nil && c.Gloss.Lang == m.Lang {
			c.Machines = append(c.Machines, machinePart{within{at, fmt.Sprintf("by_machines/%d/", i)},
				w.Say("machine gloss", "name", m.Name())})
		}
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
	var days []string
	if x.Published != "" {
		days = append(days, w.Day(x.Published))
	}
	if x.ReadOn != "" {
		days = append(days, w.Say("read", "day", w.Day(x.ReadOn)))
	}
	s.Day = strings.Join(days, " · ")
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
