package httpd

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// claimEditAsk shows a claim's words for changing, with the forms to split, merge, reject and withdraw it.
func (s *Server) claimEditAsk(c echo.Context) error {
	page, seen, err := s.claimEditPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) claimEditPage(c echo.Context) (*view.ClaimEdit, desk.Editing, error) {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return nil, desk.Editing{}, err
	}
	seen, err := s.desk.Edit(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	url, cl := claimURL(n), seen.Claim
	page := &view.ClaimEdit{
		Shell: s.framed(c, "Edit claim "+itoa(n), "Claims", seen.Frame), Claim: showHead(seen.Head),
		Action: url + "/edit", Statement: cl.Statement,
		Attribution: attributionOf(cl), Hedge: strings.Join(cl.Hedge, "; "), Span: cl.Span,
		Within: seen.Within, Stretches: writeSpans(cl.More), Kind: view.Options(claims.Kinds, cl.Kind),
		Version: cl.Version, WordsVersion: cl.WordsVersion, Revision: int64(cl.RevisionID), Lang: cl.Lang, Dir: cl.Dir,
		Candidate: seen.Acts.Has(desk.Accept), Back: s.ownPath(c.QueryParam("back"), ""),
		Here: s.ownPath(c.QueryParam("here"), url),
	}
	s.keywording(c).claim(&page.Claim)
	page.Claim.Lacks, page.Lacks = nil, page.Claim.Lacks // the warning stands at the field that it speaks of
	page.Brackets = showBrackets(cl, seen.Brackets, seen.Place, url+"/edit")
	if seen.Acts.Has(desk.Reject) {
		page.Reject, page.WhyNots = url+"/reject", view.Options(claims.WhyNots, "")
	}
	if seen.Acts.Has(desk.Withdraw) {
		page.Withdraw = url + "/withdraw"
	}
	open := c.QueryParam("open")
	page.Text = chooseText(seen.Around.Sentences, seen.Around.Slice)
	page.Chosen = chosenWords(seen.Around.Slice, cl.Span, page.Stretches, cl.Lang, cl.Dir)
	page.Split = &view.Split{Action: url + "/split", Open: open == "split"}
	for n := range 3 {
		part := view.SplitPart{N: n + 1, Span: cl.Span, Stretches: page.Stretches, Within: page.Within,
			Chosen: page.Chosen}
		if n == 0 {
			part.Statement = cl.Statement
		}
		page.Split.Parts = append(page.Split.Parts, part)
	}
	page.Merge = &view.Merge{Action: url + "/merge", Open: open == "merge"}
	for _, o := range seen.Into {
		page.Merge.Into = append(page.Merge.Into, view.MergeChoice{ID: int64(o.ID), WordsVersion: o.WordsVersion,
			Words: statementOf(o), Verdict: view.VerdictOf(o.State, o.Verdict)})
	}
	restoreEdit(page, seen, seen.Typed[claims.EditForm])
	restoreSplit(page, seen, seen.Typed[claims.SplitForm])
	return page, seen, nil
}

func attributionOf(c claims.Claim) string {
	if c.Attribution == extract.Article {
		return ""
	}
	return c.Attribution
}

// editForm are the new words of a claim; accept opens a candidate in the same step.
type editForm struct {
	WordsVersion int64 `form:"words_version" json:"words_version"`
	claimWords
	// of the text in which the numbers count, as the page had it; 0: not stated
	Revision articles.RevisionID `form:"revision" json:"revision"`
	Accept   bool                `form:"accept" json:"accept"`
	Back     string              `form:"back" json:"-"`
	Here     string              `form:"here" json:"-"` // the page of the queue that the form stood on
}

// beside puts what was typed back into the form beside the text.
func (f editForm) beside(to *view.TriageWords, w view.Wrong, clash *view.Clash) {
	to.Open, to.Wrong, to.Clash = true, w, clash
	to.Statement, to.Attribution, to.Hedge, to.Kind = f.Statement, f.Attribution, f.Hedge,
		view.Options(claims.Kinds, f.Kind)
}

// fill puts what was typed back into the page, beside what the claim reads now.
func (f editForm) fill(page *view.ClaimEdit, w view.Wrong, clash *view.Clash) {
	page.Wrong, page.Clash, page.Stretches = w, clash, f.typedAgain()
	page.Statement, page.Attribution, page.Hedge, page.Span, page.Kind = f.Statement, f.Attribution, f.Hedge, f.Span,
		view.Options(claims.Kinds, f.Kind)
}

// claimEdit changes the words of a claim or candidate.
func (s *Server) claimEdit(c echo.Context) error {
	n, form, cl, err := carryOut(c, "id", func(n claims.ID, f *editForm) (claims.Claim, error) {
		words := f.words()
		words.Revision = f.Revision
		return s.Claims.Edit(c.Request().Context(), actorOf(c), n, f.WordsVersion, words, f.Accept)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) { return s.editAgain(c, n, form, w, err) })
	}
	notice := "Claim " + itoa(n) + " reads as you wrote it"
	if form.Accept {
		notice = "Claim " + itoa(n) + " is open for review"
	}
	data, warning := s.looked(c, cl)
	return s.done(c, s.ownPath(form.Back, claimURL(n)), notice+warning, data)
}

// editAgain is the page that words which were refused were sent from: the tab of the candidates, or a page of its own.
func (s *Server) editAgain(c echo.Context, n claims.ID, form editForm, w view.Wrong, err error) (view.Page, error) {
	if q := s.candidateAgain(c, form.Here, n); q != nil && q.Triage != nil {
		form.beside(q.Triage.Words, w, clashOf(err, s.claimNow(c, n), form.Statement))
		return q, nil
	}
	page, seen, second := s.claimEditPage(c)
	return filled(page, second, func(p *view.ClaimEdit) {
		place, stretches := p.Span, p.Stretches
		form.fill(p, w, clashOf(err, seen.Claim, form.Statement))
		if form.Revision != 0 && form.Revision != seen.Claim.RevisionID { // old numbers say nothing of this text
			p.Span, p.Stretches = place, stretches
		}
		p.Chosen = chosenWords(seen.Around.Slice, p.Span, p.Stretches, p.Lang, p.Dir)
	})
}

// claimNow is a claim as it stands, for a form that was refused; none when it cannot be read.
func (s *Server) claimNow(c echo.Context, n claims.ID) claims.Claim {
	cl, _ := s.Claims.Get(c.Request().Context(), actorOf(c), n)
	return cl
}

// clashOf shows both wordings when somebody changed the words first.
func clashOf(err error, now claims.Claim, mine string) *view.Clash {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Conflict {
		return nil
	}
	clash := &view.Clash{Note: "This is what it reads now, beside what you wrote. Sending the form again saves " +
		"yours as a new change."}
	theirs, was := now.Statement, ""
	if d, ok := f.Detail.(claims.Changed); ok {
		theirs, was = d.Now.Statement, d.WasStatement()
	}
	if mine == "" {
		mine = was
	}
	clash.Rows = []view.ClashRow{{Field: "statement", Theirs: foreign(theirs, now.Lang, now.Dir), Yours: foreign(mine,
		now.Lang, now.Dir)}}
	return clash
}

type versionForm struct {
	Version int64  `form:"version" json:"version"`
	Reason  string `form:"reason" json:"reason"`
	Back    string `form:"back" json:"back"`
	Here    string `form:"here" json:"-"` // the page of the queue that the form stood on
}

// step runs one change of a claim's state and goes where the form asked.
func (s *Server) step(c echo.Context, notice string, do func(claims.ID, *versionForm) (claims.Claim, error)) error {
	n, form, cl, err := carryOut(c, "id", do)
	if err != nil {
		return s.stepRefused(c, n, err, form)
	}
	data, warning := s.looked(c, cl)
	return s.done(c, s.ownPath(form.Back, claimURL(n)), "Claim "+itoa(n)+" "+notice+warning, data)
}

// stepRefused shows the claim's page again; where the reason is what is wrong, the page with the field for it, filled.
func (s *Server) stepRefused(c echo.Context, n claims.ID, err error, form versionForm) error {
	if q := s.candidateAgain(c, form.Here, n); q != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			if q.Triage != nil {
				q.Triage.Wrong = w
			}
			return q, nil
		})
	}
	reason := form.Reason
	if wrongOf(c, err).Of("reason") == nil {
		return s.claimRefused(c, n, err, nil)
	}
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		page, _, err := s.claimEditPage(c)
		return filled(page, err, func(p *view.ClaimEdit) {
			p.Wrong, p.Reason = w, reason
			if p.Reject != "" {
				p.WhyNots = view.Options(claims.WhyNots, claims.WhyNot(reason))
			}
		})
	})
}

// claimAccept makes a candidate a claim that is open for review.
func (s *Server) claimAccept(c echo.Context) error {
	return s.step(c, "accepted and open for review", func(n claims.ID, f *versionForm) (claims.Claim, error) {
		return s.Claims.Accept(c.Request().Context(), actorOf(c), n, f.Version)
	})
}

// claimReject ends a candidate that is no claim.
func (s *Server) claimReject(c echo.Context) error {
	return s.step(c, "rejected", func(n claims.ID, f *versionForm) (claims.Claim, error) {
		return s.Claims.Reject(c.Request().Context(), actorOf(c), n, f.Version, claims.WhyNot(f.Reason))
	})
}

// claimRestore makes a rejected candidate a candidate again.
func (s *Server) claimRestore(c echo.Context) error {
	return s.step(c, "is a candidate again", func(n claims.ID, f *versionForm) (claims.Claim, error) {
		return s.Claims.Restore(c.Request().Context(), actorOf(c), n, f.Version)
	})
}

// claimWithdraw ends an open claim that should not be checked after all.
func (s *Server) claimWithdraw(c echo.Context) error {
	return s.step(c, "withdrawn", func(n claims.ID, f *versionForm) (claims.Claim, error) {
		return s.Claims.Withdraw(c.Request().Context(), actorOf(c), n, f.Version, f.Reason)
	})
}

// splitForm are the parts of a claim; one without a statement is left out.
type splitForm struct {
	WordsVersion int64    `form:"words_version" json:"words_version"`
	Statement    []string `form:"part_statement" json:"part_statement"`
	Start        []int    `form:"part_start" json:"part_start"`
	End          []int    `form:"part_end" json:"part_end"`
	Back         string   `form:"back" json:"-"`
	// of each part its stretches after the first, "120-140 155-160"; left out, a part has the one only, or, where it
	// stands where the claim does, those of the claim
	Stretches []string `form:"part_stretches" json:"part_stretches" of:"stretches"`
	// of the text in which the numbers count, as the page had it; 0: not stated
	Revision articles.RevisionID `form:"revision" json:"revision"`
}

// words are the parts, each with what the claim says of who said it and how.
func (f splitForm) words(of claims.Claim) (out []claims.Words, err error) {
	if len(f.Start) != len(f.Statement) || len(f.End) != len(f.Statement) ||
		f.Stretches != nil && len(f.Stretches) != len(f.Statement) {
		return nil, fault.New(fault.Invalid,
			"Each part needs a statement, where its words begin and where they end. Nothing was split.").With(
			"part_statement", "There are as many statements as beginnings and ends.")
	}
	for i, statement := range f.Statement {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		w := claims.Words{Span: text.Span{Start: f.Start[i], End: f.End[i]}, Revision: f.Revision,
			Statement: statement, Attribution: of.Attribution, Hedge: of.Hedge, Kind: of.Kind}
		if f.Stretches != nil {
			w.More = append([]claims.Stretch{}, readSpans(f.Stretches[i])...)
		}
		out = append(out, w)
	}
	return out, nil
}

func (f splitForm) fill(p *view.ClaimEdit, slice func(text.Span) string, w view.Wrong) {
	p.Split.Wrong, p.Split.Parts = w, nil
	for i, statement := range f.Statement {
		part := view.SplitPart{N: i + 1, Statement: statement, Within: p.Within, Span: p.Span}
		if i < len(f.Stretches) {
			part.Stretches = f.Stretches[i]
		}
		if i < len(f.Start) && i < len(f.End) {
			part.Start, part.End = f.Start[i], f.End[i]
		}
		part.Chosen = chosenWords(slice, part.Span, part.Stretches, p.Lang, p.Dir)
		p.Split.Parts = append(p.Split.Parts, part)
	}
}

// claimSplit makes several claims of one.
func (s *Server) claimSplit(c echo.Context) error {
	n, form, parts, err := carryOut(c, "id", func(n claims.ID, f *splitForm) ([]claims.Claim, error) {
		return s.split(c, n, *f)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, seen, err := s.claimEditPage(c)
			if form.Revision != 0 && form.Revision != seen.Claim.RevisionID { // old numbers say nothing of this text
				form.Start, form.End, form.Stretches = nil, nil, nil
			}
			return filled(page, err, func(p *view.ClaimEdit) { form.fill(p, seen.Around.Slice, w) })
		})
	}
	return s.done(c, s.ownPath(form.Back, claimURL(n)), "Claim "+itoa(n)+" is now "+many(len(parts), "claim", "claims"),
		desk.JSONOfAll(parts))
}

func (s *Server) split(c echo.Context, n claims.ID, form splitForm) ([]claims.Claim, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	cl, err := s.Claims.Get(ctx, actor, n)
	if err != nil {
		return nil, err
	}
	words, err := form.words(cl)
	if err != nil {
		return nil, err
	}
	return s.Claims.Split(ctx, actor, n, form.WordsVersion, words)
}

// mergeForm names the claim that stays.
type mergeForm struct {
	Into     string    `form:"into" json:"into"` // number:words version
	Version  int64     `form:"version" json:"version"`
	Proposed claims.ID `form:"proposed" json:"proposed"` // the claim on whose page the pair was proposed
	Back     string    `form:"back" json:"-"`
}

// claimMerge folds this claim into another of its collection, which keeps its words and its place.
func (s *Server) claimMerge(c echo.Context) error {
	n, form, kept, err := carryOut(c, "id", func(n claims.ID, f *mergeForm) (claims.Claim, error) {
		into, opened, err := mergeTarget(f.Into)
		if err != nil {
			return claims.Claim{}, err
		}
		return s.Claims.Merge(c.Request().Context(), actorOf(c), into, opened, []claims.Opened{{ID: n,
			Version: f.Version, Proposed: f.Proposed}}, nil)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.claimEditPage(c)
			return filled(page, err, func(p *view.ClaimEdit) { p.Merge.Wrong = w })
		})
	}
	return s.done(c, s.ownPath(form.Back, claimURL(kept.ID)), "Claim "+itoa(n)+" merged into claim "+itoa(kept.ID),
		desk.JSONOf(kept))
}

func mergeTarget(s string) (claims.ID, int64, error) {
	n, ok := wholeNumbers(s, 2)
	if !ok {
		const msg = "Choose the claim that says the same."
		return 0, 0, fault.New(fault.Invalid, msg).With("into", msg)
	}
	return claims.ID(n[0]), n[1], nil
}
