package httpd

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// adjudicateAsk shows a conflict: the reviews under letters, what they rest on, and the editor's form, with the
// decision of the review in it that the address asks to adopt. Nothing is decided until the form is sent.
func (s *Server) adjudicateAsk(c echo.Context) error {
	page, seen, err := s.adjudicatePage(c)
	if err != nil {
		return err
	}
	if letter := c.QueryParam("adopt"); letter != "" && !page.Locked {
		if err := adopted(&page.Decide, seen.Reviewing, letter); err != nil {
			return err
		}
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) adjudicatePage(c echo.Context) (*view.Adjudicate, desk.Deciding, error) {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return nil, desk.Deciding{}, err
	}
	seen, err := s.desk.Adjudicate(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	p := &view.Adjudicate{Shell: s.framed(c, "Adjudicate claim "+itoa(n), "Queue", seen.Frame),
		Decide: conflictForm(seen, showEvidence(seen.Evidence, seen.Names, false)), Claim: showHead(seen.Head)}
	p.Fixed, p.Back = true, withQuery(under(seen.In(), "queue"), "tab", string(review.TabConflict), "claim", itoa(n))
	key := s.keywording(c)
	key.claim(&p.Claim)
	key.used(p.Evidence)
	if seen.Next != 0 {
		p.Next = claimURL(seen.Next) + "/adjudicate"
	}
	p.TallyName, p.TallyNote = "Queues", placeOf(seen.Among)
	for _, t := range []review.Tab{review.TabConflict, review.TabApprove} {
		p.Tally = append(p.Tally, view.Tally{URL: withQuery(under(seen.In(), "queue"), "tab", string(t)),
			Word: view.Phrase(t.Word()), Count: capped(seen.Counts[t], review.QueueCap), Here: t == review.TabConflict})
	}
	return p, seen, nil
}

// placeOf says where a conflict stands among those that its adjudicator may decide, and how many of them wait for an
// answer.
func placeOf(at review.Place) string {
	var words []string
	if at.At > 0 {
		of := capped(at.Of, review.QueueCap)
		words = append(words, fmt.Sprintf("%s of %s, longest open first", grouped(at.At), of))
	}
	if at.SentBack > 0 {
		words = append(words, capped(at.SentBack, review.QueueCap)+" sent back with a question")
	}
	return strings.Join(words, " · ")
}

// adjudicationForm is an editor's decision; adopt names a letter whose verdict, reason and evidence are taken.
type adjudicationForm struct {
	Verdict            claims.Verdict `form:"verdict" json:"verdict"`
	Reason             claims.Reason  `form:"reason" json:"reason"`
	ReasonCorroborated claims.Reason  `form:"reason_corroborated" json:"-"`
	ReasonDisputed     claims.Reason  `form:"reason_disputed" json:"-"`
	ReasonUnverified   claims.Reason  `form:"reason_unverified" json:"-"`
	Rationale          string         `form:"rationale" json:"rationale"`
	Searched           string         `form:"searched" json:"searched"`
	Evidence           []evidence.ID  `form:"evidence" json:"evidence"`
	Kept               bool           `form:"kept" json:"-"` // evidence says what was kept, also when it is nothing
	Cause              []review.Cause `form:"cause" json:"causes"`
	Round              int            `form:"round" json:"round"`
	Version            int64          `form:"version" json:"version"`
	Adopt              string         `form:"adopt" json:"adopt"`
	onward
}

// adopt takes over a review's verdict with its reason and evidence, without what the editor dropped of it, and its
// rationale where the editor wrote none.
func (f *adjudicationForm) adopt(v desk.Reviewing) error {
	if f.Adopt == "" {
		f.Reason = draftForm{Verdict: f.Verdict, Reason: f.Reason, ReasonCorroborated: f.ReasonCorroborated,
			ReasonDisputed: f.ReasonDisputed, ReasonUnverified: f.ReasonUnverified}.reason()
		return nil
	}
	for _, rv := range v.Standing() {
		if rv.Letter == f.Adopt {
			kept := slices.Clone(rv.Evidence)
			if f.Kept {
				kept = slices.DeleteFunc(kept, func(e evidence.ID) bool { return !slices.Contains(f.Evidence, e) })
			}
			f.Verdict, f.Reason, f.Evidence, f.Searched = rv.Verdict, rv.Reason, kept, rv.Searched
			if f.Rationale == "" {
				f.Rationale = rv.Rationale
			}
			return nil
		}
	}
	return fault.New(fault.Invalid, "There is no review “%s” to adopt. Choose one of the letters on the page.",
		short(f.Adopt))
}

// adopted puts what a review decided into the form of the page.
func adopted(p *view.Decide, v desk.Reviewing, letter string) error {
	form := adjudicationForm{Adopt: letter, Rationale: p.Rationale}
	if err := form.adopt(v); err != nil {
		return err
	}
	causes := p.Causes
	form.fill(p, nil)
	p.Causes, p.Adopted = causes, letter
	return nil
}

func (f adjudicationForm) fill(p *view.Decide, w view.Wrong) {
	p.Wrong = w
	notes := p.Picker.Picks
	p.Picker = view.NewPicker(f.Verdict, f.Reason)
	for i := range notes {
		p.Picker.Picks[i].Note = notes[i].Note
	}
	p.Rationale, p.Searched, p.Causes = f.Rationale, f.Searched, causeOptions(f.Cause)
	for i := range p.Evidence {
		p.Evidence[i].Keep = slices.Contains(f.Evidence, evidence.ID(p.Evidence[i].ID))
	}
}

// adjudicate decides a claim in conflict.
func (s *Server) adjudicate(c echo.Context) error {
	n, form, cl, err := carryOut(c, "id", func(n claims.ID, f *adjudicationForm) (claims.Claim, error) {
		return s.adjudicated(c, n, f)
	})
	if err != nil {
		return s.conflictRefused(c, n, form.onward, err, func(p *view.Decide, w view.Wrong) {
			form.fill(p, guardMistakes(err, w))
		})
	}
	return s.done(c, s.afterConflict(c, cl, form.onward), "Claim "+itoa(n)+
		" decided as "+cl.Verdict.Word()+"; another editor approves it; only reopening the claim takes it back",
		desk.JSONOf(cl))
}

// noVersion is the version of no claim; to the room 0 is one who does not ask about it.
const noVersion = -1

// adjudicated decides as the form says, which takes over the review that it adopts.
func (s *Server) adjudicated(c echo.Context, n claims.ID, form *adjudicationForm) (claims.Claim, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	v, err := s.desk.Reviewing(ctx, actor, n)
	if err != nil {
		return claims.Claim{}, err
	}
	if err := form.adopt(v); err != nil {
		return claims.Claim{}, err
	}
	return s.Review.Adjudicate(ctx, actor, review.Adjudication{ClaimID: n, Round: form.Round,
		Version: cmp.Or(form.Version, noVersion), Causes: form.Cause,
		Draft: review.Draft{Verdict: form.Verdict, Reason: form.Reason, Rationale: form.Rationale,
			Searched: form.Searched, Evidence: form.Evidence}})
}
