package httpd

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/jobs"
	"claimbench/internal/publish"
)

// claimsets lists the claim sets of a collection.
func (s *Server) claimsets(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	page, seen, err := s.claimsetsPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) claimsetsPage(c echo.Context, n auth.CollectionID) (*view.Claimsets, desk.Sets, error) {
	before, err := queryID[claimset.ID](c, "after")
	if err != nil {
		return nil, desk.Sets{}, err
	}
	seen, err := s.desk.Sets(c.Request().Context(), actorOf(c), n, before)
	if err != nil {
		return nil, seen, err
	}
	page := &view.Claimsets{Shell: s.framed(c, "Claim sets", "Claim sets", seen.Frame),
		Empty: &view.Empty{So: "There is no claim set yet.",
			Next: "An editor starts one from approved claims, then freezes it: from then on it never changes."}}
	for _, set := range seen.List {
		row := view.SetRow{URL: setURL(set.ID), Title: set.Title, N: set.N, State: view.Code(set.State),
			Claims: grouped(seen.Sizes[set.ID])}
		if set.FrozenAt != nil {
			row.Frozen = moment(*set.FrozenAt)
		}
		if n := seen.Alarms[set.ID]; n > 0 {
			row.Alarms = many(n, "alarm waits", "alarms wait")
		}
		page.Rows = append(page.Rows, row)
	}
	if seen.Next != 0 {
		page.More = withQuery(under(n, "sets"), "after", itoa(seen.Next))
	}
	if seen.May.Create {
		page.Create = under(n, "sets")
	}
	return page, seen, nil
}

type setNewForm struct {
	Title string `form:"title" json:"title"`
}

// claimsetCreate starts a draft.
func (s *Server) claimsetCreate(c echo.Context) error {
	n, form, set, err := carryOut(c, "collection", func(n auth.CollectionID, f *setNewForm) (claimset.Set, error) {
		return s.Sets.Create(c.Request().Context(), actorOf(c), n, f.Title)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.claimsetsPage(c, n)
			return filled(page, err, func(p *view.Claimsets) { p.Wrong, p.Title = w, form.Title })
		})
	}
	return s.done(c, setURL(set.ID)+"/build", "Set started; add approved claims", desk.SetOf(set))
}

// claimset shows one set, a draft or a frozen one.
func (s *Server) claimset(c echo.Context) error {
	n, err := pathID[claimset.ID](c, "id")
	if err != nil {
		return err
	}
	page, seen, err := s.claimsetPage(c, n)
	if err != nil {
		return err
	}
	if page.Freezing != nil && page.Freezing.Going && !wantsJSON(c) {
		c.Response().Header().Set("Refresh", workEvery)
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) claimsetPage(c echo.Context, n claimset.ID) (*view.Claimset, desk.Set, error) {
	after, err := queryID[claims.ID](c, "after")
	if err != nil {
		return nil, desk.Set{}, err
	}
	o, err := s.desk.Set(c.Request().Context(), actorOf(c), n, after)
	if err != nil {
		return nil, o, err
	}
	p := &view.Claimset{Shell: s.framed(c, o.Title, "Claim sets", o.Frame), ID: int64(o.ID), Title: o.Title, N: o.N,
		State: view.Code(o.State), Version: o.Version, Size: o.Size, ListURL: under(o.CollectionID, "sets"),
		HistoryPage: withQuery("/history", "object", claimset.Object(o.ID))}
	if o.Next != 0 {
		p.More = withQuery(setURL(n), "after", itoa(o.Next))
	}
	if o.Supersedes != nil {
		p.Supersedes = &view.Link{URL: setURL(*o.Supersedes), Word: "version " + itoa(o.N-1)}
	}
	if o.SupersededBy != nil {
		p.Replaced = &view.Link{URL: setURL(o.SupersededBy.ID), Word: "version " + itoa(o.SupersededBy.N)}
	}
	if o.Draft {
		draftSet(p, o)
	} else {
		s.frozenSet(p, o, actorOf(c).Name, readersZone(c))
	}
	p.LeftOut = showLeft(o.Left)
	s.keywording(c).list(p.Rows)
	p.Word = o.Draft && len(p.LeftOut) > 0
	countSet(p, o.Verdicts)
	return p, o, nil
}

// showLeft are the claims that a correction leaves out, each with why.
func showLeft(left desk.Left) []view.ClaimRow {
	rows := showRows(left.Rows)
	for i, c := range left.Claims {
		rows[i].Why = claimset.WhyOmitted(c)
		rows[i].Said, rows[i].SaidVersion = detected(left.Said[c.ID].Reason), left.Said[c.ID].Version
	}
	return rows
}

// draftSet adds a draft's claims, and what the person may do with it.
func draftSet(p *view.Claimset, o desk.Set) {
	url := setURL(o.ID)
	p.Rows, p.First = showRows(o.Rows), o.Before+1
	p.Empty = &view.Empty{So: "No claim is in this set yet.",
		Next: "Add approved claims; a frozen set holds no others."}
	if o.May.Build {
		p.BuildURL, p.Remove, p.Move = url+"/build", url+"/claims/remove", url+"/claims/move"
		p.Empty.URL, p.Empty.Act = p.BuildURL, "Add claims"
		p.Imprint = showImprint(o.ID, o.Imprint)
	}
	if o.May.Freeze {
		p.Freeze, p.CanFreeze = url+"/preview", o.Hindrance == nil
	}
	lacking := 0
	for _, row := range p.Rows {
		if len(row.Lacks) > 0 {
			lacking++
		}
	}
	if lacking > 0 {
		p.Lacking = "Of the claims on this page, " + many(lacking, "says", "say") + " something that the words in " +
			"the article do not. A frozen set never changes: look at them first."
	}
	if o.Hindrance != nil {
		p.FreezeWhy = fault.Message(o.Hindrance)
	}
	if o.Freezing != nil {
		job := showJob(*o.Freezing)
		p.Freezing = &job
	}
}

// frozenSet adds a frozen set's claims as they were frozen, whether they still are, and the exports.
func (s *Server) frozenSet(p *view.Claimset, o desk.Set, asker string, zone *time.Location) {
	if o.Status != nil {
		p.StatusURL = s.opts.PublicURL + desk.StatusPath(o.Status.Name)
	}
	for _, e := range o.Entries {
		row := entryRow(e)
		if at, there := o.Standings[e.Claim]; there {
			row.Stands = view.Phrase(standsWord(at))
		}
		p.Rows = append(p.Rows, row)
	}
	for _, a := range o.Alarms {
		row := showAlarm(a, o.Names, o.May.Answer, zone)
		if row.Form != nil {
			row.Form.Back = "set"
		}
		p.Alarms = append(p.Alarms, row)
	}
	for _, x := range o.Exports {
		p.Exports = append(p.Exports, showExport(x, o.Names, zone))
	}
	if p.AlarmsURL = under(o.CollectionID, "alarms"); o.May.Answer {
		p.PullOut = setURL(o.ID) + "/withdrawals"
	}
	if o.FrozenAt != nil && o.FrozenBy != nil {
		if o.MethodN > 0 {
			p.Method = &view.Link{URL: methodURL(o.CollectionID, o.MethodN), Word: "Method: version " + itoa(o.MethodN)}
		}
		p.FrozenNote = momentIn(*o.FrozenAt, zone) + ", by " + o.Names.Of(*o.FrozenBy)
	}
	p.SHA256 = o.SHA256
	if o.Intact {
		p.Checked = checkedNote(o, momentIn(o.CheckedAt, zone))
	} else {
		p.Wrong = view.Wrong{"": "This set is not what was frozen: its hash differs. Verify the history before you " +
			"use it."}
	}
	if o.May.Export {
		p.ExportURL, p.Formats = setURL(o.ID)+"/export", publish.FormatsOf(o.Set)
		for _, lang := range publish.Langs() {
			p.Langs = append(p.Langs, view.Option{Value: lang, Word: languageName(lang)})
		}
		p.Command = s.command("export --set " + itoa(o.ID) + " --format json --as " + asker)
	}
	if o.May.Correct {
		p.Correct = setURL(o.ID) + "/correct"
	}
}

// checkedNote says what was compared when the page was made.
func checkedNote(o desk.Set, now string) string {
	note := fmt.Sprintf("Checked %s: the %s with all evidence and decisions are the ones frozen", now,
		many(o.Size, "claim", "claims"))
	if at := o.Position; at != nil {
		note += " at event " + grouped(at.FrozenSeq)
		if at.Checkpoint != nil {
			note += ", under the checkpoint of " + grouped(at.Checkpoint.Size) + " events"
		}
	}
	return note + "."
}

// entryRow is a claim as it was frozen.
func entryRow(e claimset.Entry) view.ClaimRow {
	row := view.ClaimRow{ID: int64(e.Claim), URL: claimURL(e.Claim), Verdict: view.Verdict(e.Verdict),
		Reason: view.Code(e.Reason), State: "approved", Statement: foreign(e.Statement, e.Lang, e.Dir),
		Source: sourceName(e.Article.Source)}
	for _, g := range e.Glosses {
		if g.Lang == "en" {
			row.Gloss = g.Words
		}
	}
	counts := map[evidence.Stance]int{}
	for _, x := range e.Evidence {
		counts[x.Stance]++
	}
	row.Evidence = tally(counts)
	return row
}

// countSet draws how many claims have each verdict.
func countSet(p *view.Claimset, all map[claims.Verdict]int) {
	counts := map[view.Verdict]int{}
	for v, n := range all {
		counts[view.Verdict(v)] = n
	}
	words := ""
	for _, v := range []view.Verdict{view.Corroborated, view.Disputed, view.Unverified, view.Unreviewed} {
		if counts[v] == 0 {
			continue
		}
		p.Counts = append(p.Counts, view.Count{Verdict: v, N: counts[v]})
		if words != "" {
			words += ", "
		}
		words += grouped(counts[v]) + " " + string(v)
	}
	p.Meter, p.MeterWords = view.NewMeter(counts[view.Corroborated], counts[view.Disputed], counts[view.Unverified]),
		words
}

// claimsetBuild lists approved claims that can be added to a draft, by filter.
func (s *Server) claimsetBuild(c echo.Context) error {
	n, err := pathID[claimset.ID](c, "id")
	if err != nil {
		return err
	}
	f, err := claimFilter(c, 0)
	if err != nil {
		return err
	}
	b, err := s.desk.Build(c.Request().Context(), actorOf(c), n, f)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.buildPage(c, f, b), b.List.JSON())
}

func (s *Server) buildPage(c echo.Context, f claims.Filter, b desk.Building) *view.ClaimsetBuild {
	url := setURL(b.Set.ID)
	p := &view.ClaimsetBuild{Shell: s.framed(c, "Add claims to "+b.Set.Title, "Claim sets", b.Frame),
		ID: int64(b.Set.ID), Title: b.Set.Title, Add: url + "/claims", Back: url, Version: b.Set.Version,
		Count:  capped(b.List.Count, claims.CountCap) + " approved claims fit",
		Filter: showFilter(f, url+"/build", b.Choices), Rows: showRows(b.List.Rows)}
	s.keywording(c).list(p.Rows)
	p.Filter.State = nil
	if len(b.List.Rows.Claims) > 0 {
		mine := ""
		if f.Mine {
			mine = "1"
		}
		p.AddAll = url + "/claims/matching"
		for _, x := range [][2]string{{"verdict", string(f.Verdict)}, {"article", itoa(f.Article)}, {"lang", f.Lang},
			{"text", f.Text}, {"mine", mine}} {
			if x[1] != "" && x[1] != "0" {
				p.Asked = append(p.Asked, view.Option{Value: x[1], Word: x[0]})
			}
		}
	}
	if b.List.Next != 0 {
		p.More = url + "/build?" + filterQuery(f, b.List.Next)
	}
	p.Empty = &view.Empty{So: "No other approved claim fits.",
		Next: "Decided claims are approved in the queue; then they can be added.",
		URL:  withQuery(under(b.Set.CollectionID, "queue"), "tab", "approve"), Act: "Ready to approve"}
	return p
}

type setForm struct {
	Claims  []claims.ID `form:"claim" json:"claims"`
	Version int64       `form:"version" json:"version"`
	Title   string      `form:"title" json:"title"`
}

// changeSet runs one change of a draft and shows the set, with what is wrong if it was refused.
func (s *Server) changeSet(c echo.Context, notice string, do func(claimset.ID, *setForm) (claimset.Set, error)) error {
	return s.changeSetTo(c, do, func(set claimset.Set) error {
		return s.done(c, setURL(set.ID), notice, desk.SetOf(set))
	})
}

// changeSetTo is changeSet with an answer of its own.
func (s *Server) changeSetTo(c echo.Context, do func(claimset.ID, *setForm) (claimset.Set, error),
	answer func(claimset.Set) error) error {
	n, _, set, err := carryOut(c, "id", do)
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.claimsetPage(c, n)
			return filled(page, err, func(p *view.Claimset) { p.Wrong = w })
		})
	}
	return answer(set)
}

// claimsetAdd adds approved claims to a draft.
func (s *Server) claimsetAdd(c echo.Context) error {
	return s.changeSet(c, "Claims added", func(n claimset.ID, f *setForm) (claimset.Set, error) {
		return s.Sets.Add(c.Request().Context(), actorOf(c), n, f.Version, f.Claims)
	})
}

// claimsetRemove takes claims out of a draft.
func (s *Server) claimsetRemove(c echo.Context) error {
	return s.changeSet(c, "Claims taken out", func(n claimset.ID, f *setForm) (claimset.Set, error) {
		return s.Sets.Remove(c.Request().Context(), actorOf(c), n, f.Version, f.Claims)
	})
}

// claimsetRename changes a draft's title.
func (s *Server) claimsetRename(c echo.Context) error {
	return s.changeSet(c, "Title changed", func(n claimset.ID, f *setForm) (claimset.Set, error) {
		return s.Sets.Rename(c.Request().Context(), actorOf(c), n, f.Version, f.Title)
	})
}

// claimsetFreeze freezes a draft for good; a large one in the background.
func (s *Server) claimsetFreeze(c echo.Context) error {
	var going *jobs.Job
	return s.changeSetTo(c, func(n claimset.ID, f *setForm) (set claimset.Set, err error) {
		set, going, err = s.Sets.Ask(c.Request().Context(), actorOf(c), n, f.Version)
		return set, err
	}, func(set claimset.Set) error {
		if going != nil {
			return s.begunAt(c, setURL(set.ID), "The set is being frozen", desk.SetFreezing(set, going))
		}
		return s.done(c, setURL(set.ID), "Frozen: this set never changes", desk.SetOf(set))
	})
}

// claimsetCorrect starts the next version of a frozen set.
func (s *Server) claimsetCorrect(c echo.Context) error {
	return s.changeSet(c, "The next version is a draft", func(n claimset.ID, _ *setForm) (claimset.Set, error) {
		return s.Sets.Correct(c.Request().Context(), actorOf(c), n)
	})
}

// exportForm says as what a set is written. The boxes stand beside every format; a format passes over what it does not
// take, but for the claim, which would make another file.
type exportForm struct {
	Format string    `form:"format" json:"format"`
	BOM    *bool     `form:"bom" json:"bom"` // left out: with one, where the format takes it
	Plain  bool      `form:"plain" json:"plain"`
	Lang   string    `form:"lang" json:"lang"`
	Claim  claims.ID `form:"claim" json:"claim"`
}

// options are those that the format takes.
func (f *exportForm) options(kind publish.Format) publish.Options {
	o := kind.Usual()
	o.BOM, o.Claim = o.BOM && !f.Plain && (f.BOM == nil || *f.BOM), f.Claim
	if kind.Worded {
		o.Lang = f.Lang
	}
	return o
}

// claimsetExport streams a frozen set as a file; the history notes it first.
func (s *Server) claimsetExport(c echo.Context) error {
	var f file
	var o publish.Options
	n, _, set, err := carryOut(c, "id", func(n claimset.ID, form *exportForm) (set claimset.Set, err error) {
		kind, err := publish.FormatOf(form.Format)
		if err != nil {
			return set, err
		}
		f.kind, f.name, f.sandbox = kind.Media, "."+kind.Ending, kind.Page
		o = form.options(kind)
		return s.Publish.Record(c.Request().Context(), actorOf(c), n, o)
	})
	if err != nil {
		return err
	}
	f.name = exportName(set, o) + f.name
	return s.download(c, f, func(ctx context.Context, w io.Writer) error {
		return s.Publish.Export(ctx, actorOf(c), n, w, o)
	})
}

// exportName is what the file of an export is called, without its ending.
func exportName(set claimset.Set, o publish.Options) string {
	name := fmt.Sprintf("claim-set-%d-version-%d", set.ID, set.N)
	if o.Claim != 0 {
		name += "-claim-" + itoa(o.Claim)
	}
	return name
}
