package httpd

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// alarms lists what happened to what the frozen sets of a collection print.
func (s *Server) alarms(c echo.Context) error {
	ask, err := alarmsAsk(c)
	if err != nil {
		return err
	}
	seen, err := s.desk.Alarms(c.Request().Context(), actorOf(c), ask)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.alarmsPage(c, seen), seen.JSON())
}

func alarmsAsk(c echo.Context) (ask desk.AlarmsAsk, err error) {
	if ask.In, err = pathID[auth.CollectionID](c, "collection"); err != nil {
		return ask, err
	}
	ask.Answered = c.QueryParam("answered") != ""
	ask.After, err = queryID[claimset.AlarmID](c, "after")
	return ask, err
}

func (s *Server) alarmsPage(c echo.Context, seen desk.Alarms) *view.Alarms {
	here := under(seen.Ask.In, "alarms")
	p := &view.Alarms{Shell: s.framed(c, "In print", "Claim sets", seen.Frame), Answered: seen.Ask.Answered,
		Waiting: here, Past: withQuery(here, "answered", "1")}
	for _, a := range seen.List {
		row := showAlarm(a, seen.Names, seen.May, readersZone(c))
		set := seen.Sets[a.SetID]
		row.Set = &view.Link{URL: setURL(set.ID), Word: "version " + itoa(set.N), Of: named(set.Title)}
		p.Rows = append(p.Rows, row)
	}
	if seen.Next != 0 {
		p.More = withQuery(here, "answered", c.QueryParam("answered"), "after", itoa(seen.Next))
	}
	p.Empty = &view.Empty{So: "Nothing waits for an answer.",
		Next: "When something happens to what a frozen set prints, it stands here until an editor answers."}
	if seen.Ask.Answered {
		p.Empty = &view.Empty{So: "Nothing was answered yet.", Next: "Answers stay here for good, with their reasons."}
	}
	return p
}

// showAlarm is an alarm on a page; may says that the viewer may answer it.
func showAlarm(a claimset.Alarm, names desk.Names, may bool, zone *time.Location) view.Alarm {
	row := view.Alarm{ID: int64(a.ID), Cause: view.Phrase(a.Cause.Word()), About: a.Cause.About(),
		Raised: momentIn(a.RaisedAt, zone)}
	switch {
	case a.ClaimID != nil:
		row.Of = view.Link{URL: claimURL(*a.ClaimID), Word: "Claim " + itoa(*a.ClaimID)}
	case a.ArticleID != nil:
		row.Of = view.Link{URL: articleURL(*a.ArticleID), Word: "Article " + itoa(*a.ArticleID)}
	}
	if !a.Waits() {
		row.Answer, row.Reason = view.Phrase(a.Answer.Word()), detected(a.Reason)
		if a.AnsweredBy != nil && a.AnsweredAt != nil {
			row.Answered = names.Of(*a.AnsweredBy) + ", " + momentIn(*a.AnsweredAt, zone)
		}
	} else if may {
		row.Form = &view.AlarmForm{URL: "/alarms/" + itoa(a.ID) + "/answers", Version: a.Version,
			Answers: answersTo(""), Correct: setURL(a.SetID) + "/correct"}
	}
	return row
}

// answersTo are the answers to an alarm. None is chosen before a person chooses one: what stands in print is judged.
func answersTo(chosen claimset.Reply) []view.Option {
	return append([]view.Option{{Word: "Choose an answer"}}, view.Options(claimset.Replies, chosen)...)
}

func articleURL(n articles.ID) string { return "/articles/" + itoa(n) }

// alarmForm answers an alarm. From set, the page of the set comes back; else that of the collection's alarms.
type alarmForm struct {
	Answer  claimset.Reply `form:"answer" json:"answer"`
	Reason  string         `form:"reason" json:"reason"`
	Version int64          `form:"version" json:"version"`
	Back    string         `form:"back" json:"-"` // "set", or ""
}

// alarmAnswer answers an alarm.
func (s *Server) alarmAnswer(c echo.Context) error {
	n, form, a, err := carryOut(c, "id", func(n claimset.AlarmID, f *alarmForm) (claimset.Alarm, error) {
		return s.Sets.Answer(c.Request().Context(), actorOf(c), n, f.Version, f.Answer, f.Reason)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			return s.alarmAgain(c, n, form, w)
		})
	}
	back := under(a.CollectionID, "alarms")
	if form.Back == "set" {
		back = setURL(a.SetID)
	}
	return s.done(c, back, "Answered: "+a.Answer.Word(), desk.AlarmOf(a))
}

// alarmAgain is the page of an alarm whose answer was refused, with what was typed.
func (s *Server) alarmAgain(c echo.Context, n claimset.AlarmID, form alarmForm, w view.Wrong) (view.Page, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	a, err := s.desk.Alarm(ctx, actor, n)
	if err != nil {
		return nil, err
	}
	seen, err := s.desk.Alarms(ctx, actor, desk.AlarmsAsk{In: a.CollectionID, After: a.ID - 1, Answered: !a.Waits()})
	if err != nil {
		return nil, err
	}
	p := s.alarmsPage(c, seen)
	p.Wrong = w
	for i, row := range p.Rows {
		if row.ID == int64(n) && row.Form != nil {
			f := *row.Form
			f.Reason, f.Answers = form.Reason, answersTo(form.Answer)
			f.Wrong = w
			p.Rows[i].Form = &f
		}
	}
	return p, nil
}

type pullOutForm struct {
	Claim  claims.ID `form:"claim" json:"claim"`
	Reason string    `form:"reason" json:"reason"`
}

// claimsetPullOut withdraws a claim from a frozen set.
func (s *Server) claimsetPullOut(c echo.Context) error {
	n, form, a, err := carryOut(c, "id", func(n claimset.ID, f *pullOutForm) (claimset.Alarm, error) {
		return s.Sets.PullOut(c.Request().Context(), actorOf(c), n, f.Claim, f.Reason)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.claimsetPage(c, n)
			return filled(page, err, func(p *view.Claimset) {
				p.Wrong, p.PullClaim, p.PullReason = w, "", form.Reason
				if form.Claim != 0 {
					p.PullClaim = itoa(form.Claim)
				}
			})
		})
	}
	return s.done(c, setURL(n), "Claim "+itoa(form.Claim)+" is withdrawn from the set", desk.AlarmOf(a))
}

// standsWord says how a printed claim stands today.
func standsWord(at claimset.Standing) string {
	switch {
	case at.Is == claimset.Corrected:
		return "corrected in set " + itoa(at.By)
	case at.By != 0:
		return "printed no longer, from set " + itoa(at.By) + " on"
	case at.Since != 0:
		return at.Is.Word() + " since " + at.Since.Time().Format("2 Jan 2006")
	}
	return at.Is.Word()
}

// showExport says who took a frozen set away, when, and as what.
func showExport(x desk.Export, names desk.Names, zone *time.Location) view.Export {
	out := view.Export{Word: x.Word(), At: momentIn(x.At, zone), By: names.Of(x.By), SHA256: x.SHA256}
	if x.Claim != 0 {
		out.Word += " of claim " + itoa(x.Claim)
	}
	if x.SHA256 != "" {
		out.Size = grouped(x.Bytes) + " bytes"
	}
	return out
}

// showInPrint says in which sets and exports a claim stands.
func showInPrint(seen desk.Claim, zone *time.Location) (out []view.InPrint) {
	for _, p := range seen.InPrint {
		row := view.InPrint{Set: view.Link{URL: setURL(p.ID), Word: "version " + itoa(p.N), Of: named(p.Title)},
			Stands: view.Phrase(standsWord(p.Standing)), Alarm: p.Is == claimset.UnderReview}
		if p.FrozenAt != nil {
			row.Frozen = momentIn(*p.FrozenAt, zone)
		}
		for _, x := range p.Exports {
			row.Exports = append(row.Exports, showExport(x, seen.Names, zone))
		}
		out = append(out, row)
	}
	return out
}

// alarmsTally is how many alarms wait, beside the tabs of the queue, for whoever answers them.
func alarmsTally(q desk.Queue) view.Tally {
	return view.Tally{URL: under(q.In(), "alarms"), Word: "In print", Count: capped(q.Alarms, desk.AlarmsCap)}
}
