package httpd

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// claimHistory tells the history of one claim, to everybody who reads it.
func (s *Server) claimHistory(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	ask := desk.StoryAsk{Claim: n, Kind: desk.StoryKind(c.QueryParam("kind")), Person: c.QueryParam("person"),
		Verdict: claims.Verdict(c.QueryParam("verdict")), From: c.QueryParam("from"), To: c.QueryParam("to"),
		Before: c.QueryParam("before"), Proof: !wantsJSON(c)}
	if ask.Event, err = queryID[int64](c, "event"); err != nil {
		return err
	}
	if ask.Zone, err = zoneOf(c); err != nil {
		return s.claimHistoryRefused(c, ask, err)
	}
	story, err := s.desk.Story(c.Request().Context(), actorOf(c), ask)
	if err != nil {
		return s.claimHistoryRefused(c, ask, err)
	}
	return s.respond(c, http.StatusOK, s.claimHistoryPage(c, ask, story), story.JSON())
}

func (s *Server) claimHistoryPage(c echo.Context, ask desk.StoryAsk, story desk.Story) *view.Story {
	here := claimURL(ask.Claim) + "/history"
	as := func(more ...string) string {
		return withQuery(here, append([]string{"kind", string(ask.Kind), "person", ask.Person, "verdict",
			string(ask.Verdict), "from", ask.From, "to", ask.To, "zone", c.QueryParam("zone")}, more...)...)
	}
	p := &view.Story{Shell: s.framed(c, "History of claim "+itoa(ask.Claim), "Claims", story.Frame), Action: here,
		Claim: showHead(story.Head), From: ask.From, To: ask.To, Zones: zoneOptions(ask.Zone),
		Kinds:   append([]view.Option{{Word: "Anything"}}, view.Options(desk.StoryKinds, ask.Kind)...),
		Verdict: append([]view.Option{{Word: "Any"}}, view.Options(claims.Verdicts, ask.Verdict)...),
		People:  actorOptions(story.Past), Days: storyDays(story)}
	key := s.keywording(c)
	key.claim(&p.Claim)
	key.told(p.Days)
	if story.Chosen != nil {
		p.Proof = s.proofBeside(c, *story.Chosen, "")
	}
	for _, d := range p.Days {
		for i := range d.Told {
			e := &d.Told[i]
			if e.Seq == 0 {
				continue
			}
			e.Proof = as("before", ask.Before, "event", itoa(e.Seq))
			if story.Chosen != nil && story.Chosen.Seq == e.Seq {
				e.Here, p.Proof.Of = true, e.Who
			}
		}
	}
	told := 0
	for _, d := range p.Days {
		told += len(d.Told)
	}
	p.Note = fmt.Sprintf("%s on this page, days and hours of %s.", many(told, "sentence", "sentences"),
		zoneWord(ask.Zone.String()))
	if story.Veiled {
		p.Open = "Reviews of an open round are told when it closes, whether there are any or not."
	}
	if story.Older != "" {
		p.Older = as("before", story.Older)
	}
	if story.ReadsAll {
		p.Events = withQuery("/history", "object", claims.Object(ask.Claim))
	}
	for _, set := range story.Printed {
		p.Printed = append(p.Printed, printedLink(set, ask.Zone))
	}
	if told == 0 {
		p.Empty = &view.Empty{So: "Nothing fits.", Next: "Take a condition away.", URL: here, Act: "All of it"}
	}
	return p
}

func printedLink(set claimset.Printed, zone *time.Location) view.Link {
	word := fmt.Sprintf("edition %d", set.N)
	if set.FrozenAt != nil {
		word += ", " + set.FrozenAt.Time().In(zone).Format("2 Jan 2006")
	}
	if set.Superseded() {
		word += ", superseded"
	}
	return view.Link{URL: "/sets/" + itoa(set.ID), Word: word, Of: named(set.Title)}
}

// storyDays puts what happened under its day.
func storyDays(story desk.Story) (out []view.StoryDay) {
	leads := leadsOf(story)
	for i, e := range story.Events {
		t, ok := desk.Tell(e)
		if !ok {
			continue
		}
		at := e.At.Time().In(story.Zone)
		day := at.Format("Monday 2 January 2006")
		if len(out) == 0 || out[len(out)-1].Day != day {
			out = append(out, view.StoryDay{Day: day})
		}
		told := view.Told{ID: "s" + itoa(i+1), At: at.Format("15:04"), Stamp: stamp(e.At), Who: t.Who(),
			Did: leads.of(e, t.Did), Verdict: view.Verdict(t.Verdict), Then: leads.of(e, t.Then),
			Quotes: storyQuotes(t), Changes: storyChanges(t), Gone: e.Withheld}
		if utc := e.At.Time().UTC().Format("15:04"); utc != told.At {
			told.UTC = utc + " UTC"
		}
		if e.Seq != 0 {
			told.ID, told.Seq = "e"+itoa(e.Seq), e.Seq
		}
		last := &out[len(out)-1]
		last.Told = append(last.Told, told)
	}
	return out
}

// leads are where the items lead that a history names.
type leads struct {
	claim  claims.ID
	linked map[string]bool // evidence that is linked now, by number
	told   map[string]bool // evidence whose linking this page tells
}

func leadsOf(story desk.Story) leads {
	out := leads{story.Head.Claim.ID, map[string]bool{}, map[string]bool{}}
	for _, n := range story.Linked {
		out.linked[itoa(n)] = true
	}
	for _, e := range story.Events {
		if n, ok := strings.CutPrefix(e.Object, "evidence:"); ok && e.Action == "evidence.linked" {
			out.told[n] = true
		}
	}
	return out
}

var itemNamed = regexp.MustCompile(`#\d+|\bcomment\b|\b(?:set|claim) \d+`)

// of cuts a sentence at the items that it names. Evidence leads to where it stands on the claim's page, and what was
// unlinked since to where its linking is told; a comment, a set and another claim to themselves.
func (l leads) of(e desk.EventSeen, words string) (out []view.Phrased) {
	at := 0
	for _, m := range itemNamed.FindAllStringIndex(words, -1) {
		piece := l.to(e, words[m[0]:m[1]])
		if piece.URL == "" {
			continue
		}
		if m[0] > at {
			out = append(out, view.Phrased{Text: words[at:m[0]]})
		}
		out, at = append(out, piece), m[1]
	}
	if at < len(words) {
		out = append(out, view.Phrased{Text: words[at:]})
	}
	return out
}

func (l leads) to(e desk.EventSeen, word string) view.Phrased {
	page := claimURL(l.claim)
	if set, ok := strings.CutPrefix(word, "set "); ok {
		return view.Phrased{Text: word, URL: "/sets/" + set}
	}
	if other, ok := strings.CutPrefix(word, "claim "); ok {
		return view.Phrased{Text: word, URL: "/claims/" + other}
	}
	n, numbered := strings.CutPrefix(word, "#")
	public, commented := strings.CutPrefix(e.Object, "comment:")
	switch {
	case !numbered && commented && e.Action != "comment.withdrawn":
		return view.Phrased{Text: word, URL: page + "#comment-" + public}
	case !numbered:
		return view.Phrased{}
	}
	piece := view.Phrased{Text: word, URL: page + "#e" + n}
	if e.Action == "evidence.linked" {
		piece.ID = "ev-" + n
	}
	switch {
	case l.linked[n]:
	case l.told[n]:
		piece.URL = "#ev-" + n
	default:
		piece.URL = withQuery(page+"/history", "kind", string(desk.StoryEvidence)) + "#ev-" + n
	}
	return piece
}

func storyQuotes(t desk.Told) (out []view.Quoted) {
	for _, q := range t.Quotes {
		out = append(out, view.Quoted{Label: q.Label, Foreign: listed(eventWords(q.Text, q.Lang))})
	}
	return out
}

func storyChanges(t desk.Told) (out []view.Change) {
	for _, c := range t.Changes {
		out = append(out, view.Change{Field: c.Field, Before: listed(eventWords(c.Before, c.Lang)),
			After: listed(eventWords(c.After, c.Lang))})
	}
	return out
}
