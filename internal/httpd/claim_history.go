package httpd

import (
	"fmt"
	"net/http"
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
		told := view.Told{ID: "s" + itoa(i+1), At: at.Format("15:04"), Stamp: stamp(e.At), Who: t.Who(), Did: t.Did,
			Verdict: view.Verdict(t.Verdict), Then: t.Then, Quotes: storyQuotes(t), Changes: storyChanges(t),
			Gone: e.Withheld}
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
