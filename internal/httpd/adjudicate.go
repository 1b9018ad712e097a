package httpd

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
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
		if err := adopted(page, seen.Reviewing, letter); err != nil {
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
	standing := seen.Reviewing.Standing()
	p := &view.Adjudicate{
		Shell: s.framed(c, "Adjudicate claim "+itoa(n), "Queue", seen.Frame), Action: claimURL(n) + "/adjudications",
		Claim: showHead(seen.Head), Picker: view.NewPicker("", ""), Round: seen.Claim.Round,
		Version: seen.Claim.Version, Causes: causeOptions(nil),
		May: "You did not review it, so you may decide. Somebody else approves.",
	}
	if seen.Locked != "" {
		p.Locked, p.May = true, seen.Locked
	}
	p.Fixed, p.Back = true, withQuery(under(seen.In(), "queue"), "tab", string(review.TabConflict), "claim", itoa(n))
	p.Guide = guideOf(seen)
	if seen.Next != 0 {
		p.Next = claimURL(seen.Next) + "/adjudicate"
	}
	p.Ask = view.Ask{Action: claimURL(n) + "/questions"}
	if rd := seen.Reviewing.Present(); rd != nil {
		p.Questions, p.Waits = showQuestions(rd.Questions, seen.Names), stillAsked(rd.Questions)
	}
	for _, rv := range standing {
		p.Ask.Letters = append(p.Ask.Letters, rv.Letter)
	}
	showConflict(p, standing)
	p.TallyName, p.TallyNote = "Queues", placeOf(seen.Among)
	for _, t := range []review.Tab{review.TabConflict, review.TabApprove} {
		p.Tally = append(p.Tally, view.Tally{URL: withQuery(under(seen.In(), "queue"), "tab", string(t)),
			Word: view.Phrase(t.Word()), Count: capped(seen.Counts[t], review.QueueCap), Here: t == review.TabConflict})
	}
	p.Evidence = unionOf(seen, standing)
	restoreAdjudication(p, n, seen.Typed[claims.AdjudicationForm])
	restoreQuestion(&p.Ask, n, seen.Typed[claims.QuestionForm])
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

// unionOf is all that the reviews rest on and what else is linked, by article and sentence, so that items of one
// sentence stand together; what a review used is kept until the editor drops it.
func unionOf(seen desk.Deciding, standing []desk.ReviewSeen) []view.UsedEvidence {
	order := make([]int, len(seen.Evidence))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return besides(seen.Evidence[i], seen.Evidence[j]) })
	shown := showEvidence(seen.Evidence, seen.Names, false)
	var out []view.UsedEvidence
	for k, i := range order {
		it := seen.Evidence[i]
		row := view.UsedEvidence{Evidence: shown[i], First: k == 0 || besides(it, seen.Evidence[order[k-1]]) != 0}
		if it.Article != nil && !it.Withheld {
			row.Sentence = it.Sentence
		}
		for _, rv := range standing {
			used := slices.Contains(rv.Evidence, it.ID)
			row.By, row.Keep = append(row.By, used), row.Keep || used && !it.Withheld
		}
		out = append(out, row)
	}
	return out
}

// besides orders items by the sentence that they quote; 0 says that it is one.
func besides(a, b evidence.Shown) int {
	article := func(it evidence.Shown) articles.ID {
		if it.ArticleID == nil {
			return 0
		}
		return *it.ArticleID
	}
	return cmp.Or(cmp.Compare(article(a), article(b)), cmp.Compare(a.URL, b.URL), cmp.Compare(a.Sentence, b.Sentence))
}

// showConflict shows the reviews that disagree, and beside each verdict who gave it.
func showConflict(p *view.Adjudicate, standing []desk.ReviewSeen) {
	verdicts, by := map[claims.Verdict]int{}, map[view.Verdict][]string{}
	for _, rv := range standing {
		p.Reviews = append(p.Reviews, showAdoptable(p.Claim.ID, rv))
		verdicts[rv.Verdict]++
		by[view.Verdict(rv.Verdict)] = append(by[view.Verdict(rv.Verdict)], rv.Letter)
	}
	p.Agreement = agreement(verdicts, len(standing))
	for i, pick := range p.Picker.Picks {
		p.Picker.Picks[i].Note = strings.Join(by[pick.Verdict], ", ")
	}
}

// showAdoptable shows a review that an editor may decide as.
func showAdoptable(claim int64, rv desk.ReviewSeen) view.Review {
	return view.Review{
		Letter: rv.Letter, Verdict: view.Verdict(rv.Verdict), Reason: view.Code(rv.Reason),
		Conf:      confidenceOf(rv.Confidence),
		Rationale: detected(rv.Rationale), Searched: detected(rv.Searched), At: moment(rv.SubmittedAt),
		Uses: spaced(rv.Evidence), Stale: rv.Stale,
		URL: withQuery(claimURL(claims.ID(claim))+"/adjudicate", "adopt", rv.Letter),
	}
}

// spaced writes the numbers of items with spaces between them.
func spaced(items []evidence.ID) string {
	out := make([]string, len(items))
	for i, id := range items {
		out[i] = itoa(id)
	}
	return strings.Join(out, " ")
}

// agreement says how many reviews gave each verdict, and how many pairs of reviews agree.
func agreement(verdicts map[claims.Verdict]int, n int) string {
	words, same := "", 0
	for _, v := range claims.Verdicts.Names() {
		k := verdicts[v]
		if k == 0 {
			continue
		}
		if words != "" {
			words += ", "
		}
		words += grouped(k) + " " + v.Word()
		same += k * (k - 1) / 2
	}
	if n < 2 {
		return words
	}
	return fmt.Sprintf("%s: %d %% of pairs agree", words, same*100/(n*(n-1)/2))
}

func causeOptions(chosen []review.Cause) []view.Option {
	out := view.Options(review.Causes, "")
	for i, x := range out {
		out[i].Chosen = slices.Contains(chosen, review.Cause(x.Value))
	}
	return out
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
func adopted(p *view.Adjudicate, v desk.Reviewing, letter string) error {
	form := adjudicationForm{Adopt: letter, Rationale: p.Rationale}
	if err := form.adopt(v); err != nil {
		return err
	}
	causes := p.Causes
	form.fill(p, nil)
	p.Causes, p.Adopted = causes, letter
	return nil
}

func (f adjudicationForm) fill(p *view.Adjudicate, w view.Wrong) {
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
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, second := s.adjudicatePage(c)
			return filled(page, second, func(p *view.Adjudicate) { form.fill(p, guardMistakes(err, w)) })
		})
	}
	return s.done(c, s.afterConflict(c, cl), "Claim "+itoa(n)+
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
