package httpd

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// placesAround is how many sentences before and after the proposal are offered instead of it.
const placesAround = 4

// movedNote says beside a claim that it stands in an older text.
func movedNote(c claims.Claim) *view.Older {
	if c.Standing == nil {
		return nil
	}
	note := fmt.Sprintf("It stands in revision %d of %d of its article", c.Standing.N, c.Standing.Of)
	switch {
	case c.Standing.Asks:
		note += ", and somebody must say where it belongs in the newest."
	case c.Standing.Locked:
		note += ". It is decided and keeps its revision until it is reopened."
	default:
		note += "."
	}
	return &view.Older{Note: note, Link: view.Link{URL: claimURL(c.ID) + "/anchor", Word: "Compare"}}
}

// claimAnchor shows a claim of an older revision beside what stands in the newest: what changed, and what may be done.
func (s *Server) claimAnchor(c echo.Context) error {
	form, err := anchorForm{}, error(nil)
	form.Statement, form.Attribution = c.QueryParam("statement"), c.QueryParam("attribution")
	form.Hedge, form.Kind = c.QueryParam("hedge"), claims.Kind(c.QueryParam("kind"))
	form.Typed = c.QueryParams()["stretches"]
	if form.Start, err = queryID[int](c, "start"); err != nil {
		return err
	}
	if form.End, err = queryID[int](c, "end"); err != nil {
		return err
	}
	if form.sentence, err = queryID[int](c, "sentence"); err != nil {
		return err
	}
	page, seen, err := s.anchorPage(c, form)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

// anchorForm is where a person places a claim in the newest text, and under which words.
type anchorForm struct {
	Version  int64               `form:"version" json:"version"`
	Revision articles.RevisionID `form:"revision" json:"revision"`
	claimWords
	sentence int // a sentence to look at instead
}

func (s *Server) anchorPage(c echo.Context, form anchorForm) (*view.ClaimAnchor, desk.Moving, error) {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return nil, desk.Moving{}, err
	}
	seen, err := s.desk.Anchor(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	cl, ps, url := seen.Claim, seen.Passage, claimURL(n)
	p := &view.ClaimAnchor{
		Shell: s.framed(c, "Moved passage of claim "+itoa(n), "Claims", seen.Frame), Claim: showHead(seen.Head),
		N: ps.N, Of: ps.Of, Look: url + "/anchor", Revision: int64(ps.RevisionID), Version: cl.Version,
		Size: seen.Text.Doc.Len(), Lang: cl.Lang, Dir: cl.Dir, Statement: cl.Statement,
		Attribution: attributionOf(cl), Hedge: strings.Join(cl.Hedge, "; "), Kind: view.Options(claims.Kinds, cl.Kind),
	}
	if form.Statement != "" {
		p.Statement, p.Attribution, p.Hedge, p.Kind = form.Statement, form.Attribution, form.Hedge,
			view.Options(claims.Kinds, form.Kind)
	}
	span := form.looked(ps, seen.Text)
	more := form.lookedMore(ps, seen.Text, span)
	if p.Stretches = writeSpans(more); form.Typed != nil {
		p.Stretches = form.typedAgain()
	}
	showPlace(p, ps, seen.Text, span, more)
	anchorSteps(p, seen, span == ps.Span)
	return p, seen, nil
}

// looked is the place looked at: the one asked for, or the proposal.
func (f anchorForm) looked(ps claims.Passage, t articles.Text) text.Span {
	if f.End > 0 && t.Doc.Valid(f.Span) {
		return f.Span
	}
	for _, sn := range t.Sentences {
		if sn.N == f.sentence {
			return sn.Span
		}
	}
	return ps.Span
}

// lookedMore are the stretches after the first that are looked at: those asked for, or, beside the proposal, its own.
func (f anchorForm) lookedMore(ps claims.Passage, t articles.Text, span text.Span) (out claims.Stretches) {
	if f.Typed == nil && span == ps.Span {
		return ps.More
	}
	for _, s := range f.more() {
		if t.Doc.Valid(s.Span) {
			out = append(out, claims.Stretch{Span: s.Span, Quote: t.Doc.Quote(s.Span)})
		}
	}
	return out
}

// showPlace fills in what stands at a place of the newest text, beside the claim's own words.
func showPlace(p *view.ClaimAnchor, ps claims.Passage, t articles.Text, span text.Span, more claims.Stretches) {
	cl, changes := ps.Claim, ps.Changes
	there := t.Doc.Slice(span)
	if span != ps.Span {
		changes = nil
		for _, ch := range text.Differences(cl.Exact, there) {
			changes = append(changes, claims.Change{Kind: string(ch.Kind), Old: ch.Old, New: ch.New})
		}
	}
	at := articles.Sentence{Lang: cl.Lang, Dir: cl.Dir, N: 1}
	for _, sn := range t.Sentences {
		if sn.Start <= span.Start {
			at = sn
		}
	}
	p.Notes, p.Summary = anchorNotes(changes, cl, at, p.Of)
	p.Span = span
	p.Chosen = chosenWords(t.Doc.Slice, span, p.Stretches, at.Lang, at.Dir)
	for _, sn := range t.Sentences {
		if sn.N >= at.N-placesAround && sn.N <= at.N+placesAround {
			p.Text = append(p.Text, chooseText([]articles.Sentence{sn}, t.Doc.Slice)...)
			p.Places = append(p.Places, view.AnchorPlace{N: sn.N, URL: withQuery(p.Look, "sentence", itoa(sn.N)),
				Words: foreign(t.Doc.Slice(sn.Span), sn.Lang, sn.Dir), Here: sn.N == at.N && there != ""})
		}
	}
	if there == "" {
		return
	}
	p.Diff = &view.Diff{OldLang: cl.Lang, OldDir: cl.Dir, NewLang: at.Lang, NewDir: at.Dir,
		OldHead: fmt.Sprintf("Revision %d", ps.N), NewHead: fmt.Sprintf("Revision %d", ps.Of)}
	moved := cl
	moved.Span, moved.Exact, moved.More, moved.Sentence, moved.Hedge = span, there, more, at.N, nil
	p.Diff.Old, p.Diff.New = view.Difference(quotedWords(cl), quotedWords(moved))
	p.Context = contextOf(t.Sentences, t.Doc.Slice, moved)
	p.Place = articleLink(t.Article, sourceOf(t.Source), at.N, len(t.Sentences))
	if left := leftNumber(cl.Exact, there, p.Statement); left != "" {
		hint := foreign(left, cl.Lang, cl.Dir)
		p.Hint = &hint
	}
}

// leftNumber finds a number that the statement has from the old words and the new words do not have.
func leftNumber(old, new, statement string) string {
	has := func(s string) map[string]bool {
		out := map[string]bool{}
		for _, w := range text.Terms(s) {
			out[w] = true
		}
		return out
	}
	now, stated := has(new), has(statement)
	for _, w := range text.Terms(old) {
		if strings.ContainsAny(w, "0123456789") && !now[w] && stated[w] {
			return w
		}
	}
	return ""
}

var changeWords = map[text.ChangeKind]struct {
	word  string
	grave bool
}{
	text.ChangeDigit: {"A number differs", true}, text.ChangeNegation: {"A negation came or went", true},
	text.ChangeLatin: {"A name or word in Latin letters differs", true}, text.ChangeOther: {"Other words differ",
		false},
	text.ChangeMoved:    {"The words stand elsewhere", false},
	text.ChangeRepeated: {"The words stand there more than once", false},
	text.ChangeContext:  {"What stands around the words differs", false}, text.ChangeMissing: {"The words are gone",
		false},
}

// anchorNotes says what changed, kind by kind.
func anchorNotes(changes claims.Changes, cl claims.Claim, at articles.Sentence, of int) (out []view.AnchorNote,
	summary string) {
	grave := false
	for _, ch := range changes {
		w := changeWords[text.ChangeKind(ch.Kind)]
		note := view.AnchorNote{Word: w.word, Grave: w.grave}
		if k := text.ChangeKind(ch.Kind); k != text.ChangeMoved && k != text.ChangeRepeated && k != text.ChangeMissing {
			note.Old, note.New = foreign(ch.Old, cl.Lang, cl.Dir), foreign(ch.New, at.Lang, at.Dir)
		}
		grave = grave || w.grave
		out = append(out, note)
	}
	switch {
	case grave:
		summary = fmt.Sprintf(
			"A number, a negation or a name changed in revision %d. That makes it another claim: confirm it as "+
				"such, keep it, or end it.", of)
	case len(changes) == 0:
		summary = fmt.Sprintf("The words stand in revision %d as they were.", of)
	default:
		summary = fmt.Sprintf("The words of this claim do not stand in revision %d as they were. Say where it belongs.",
			of)
	}
	return out, summary
}

// anchorSteps are what this person may do, or why nobody may just now.
func anchorSteps(p *view.ClaimAnchor, seen desk.Moving, proposed bool) {
	url := claimURL(seen.Claim.ID)
	if seen.Locked != "" {
		p.Locked = seen.Locked
		if seen.Acts.Has(desk.Reopen) {
			p.ReopenURL = url + "/reopen"
		}
		return
	}
	p.Keep = url + "/anchor/keep"
	if proposed && seen.Passage.Unchanged() {
		p.Move = url + "/anchor/move"
	} else {
		p.Confirm = url + "/anchor/confirm"
	}
	if seen.Acts.Has(desk.Reject) {
		p.Ending, p.EndWord, p.WhyNots = url+"/reject", "Reject", view.Options(claims.WhyNots, "")
	} else if seen.Acts.Has(desk.Withdraw) {
		p.Ending, p.EndWord = url+"/withdraw", "Withdraw"
	}
}

// claimAnchorConfirm places a claim in the newest text, at a span and under words that a person chose.
func (s *Server) claimAnchorConfirm(c echo.Context) error {
	n, form, cl, err := carryOut(c, "id", func(n claims.ID, f *anchorForm) (claims.Claim, error) {
		return s.Claims.Confirm(c.Request().Context(), actorOf(c), n, f.Version, f.Revision, f.words())
	})
	if err != nil {
		return s.anchorRefused(c, err, form)
	}
	return s.done(c, claimURL(n), "Claim "+itoa(n)+" stands in the newest text, under new words; reviews of the "+
		"earlier ones do not count", desk.JSONOf(cl))
}

// claimAnchorKeep leaves a claim in its older revision.
func (s *Server) claimAnchorKeep(c echo.Context) error {
	return s.anchorStep(c, "keeps its revision", func(n claims.ID, f anchorForm) (claims.Claim, error) {
		return s.Claims.Keep(c.Request().Context(), actorOf(c), n, f.Version, f.Revision)
	})
}

// claimAnchorMove moves a claim whose words stand unchanged in the newest text, as a new revision does by itself.
func (s *Server) claimAnchorMove(c echo.Context) error {
	return s.anchorStep(c, "stands in the newest text, its words unchanged",
		func(n claims.ID, _ anchorForm) (claims.Claim, error) {
			ctx, actor := c.Request().Context(), actorOf(c)
			out, err := s.Claims.ReanchorOne(ctx, actor, n)
			if err == nil && len(out.Moved) == 0 {
				err = fault.New(fault.Conflict,
					"The words of claim %d do not stand in the newest text as they were, or it does already. Look "+
						"at it again.", n)
			}
			if err != nil {
				return claims.Claim{}, err
			}
			return s.Claims.Get(ctx, actor, n)
		})
}

// anchorAtForm says to which revision a claim is moved, or from which it stays away.
type anchorAtForm struct {
	Version  int64               `form:"version" json:"version"`
	Revision articles.RevisionID `form:"revision" json:"revision"`
}

func (s *Server) anchorStep(c echo.Context, notice string, do func(claims.ID, anchorForm) (claims.Claim, error)) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	var form anchorAtForm
	var cl claims.Claim
	if err = bind(c, &form); err == nil {
		cl, err = do(n, anchorForm{Version: form.Version, Revision: form.Revision})
	}
	if err = unsentVersion(c, err); err != nil {
		return s.anchorRefused(c, err, anchorForm{})
	}
	return s.done(c, claimURL(n), "Claim "+itoa(n)+" "+notice, desk.JSONOf(cl))
}

func (s *Server) anchorRefused(c echo.Context, err error, form anchorForm) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		page, seen, second := s.anchorPage(c, form)
		if page != nil {
			page.Wrong, page.Clash = w, clashOf(err, seen.Claim, form.Statement)
			if form.End != 0 {
				page.Span = form.Span
			}
		}
		return page, second
	})
}
