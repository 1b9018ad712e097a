package httpd

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// adjudicateAsk shows a conflict: the reviews under letters, what they rest on, and the editor's form.
func (s *Server) adjudicateAsk(c echo.Context) error {
	page, v, err := s.adjudicatePage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, v)
}

func (s *Server) adjudicatePage(c echo.Context) (*view.Adjudicate, review.View, error) {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return nil, review.View{}, err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	v, err := s.Review.View(ctx, actor, n)
	if err != nil {
		return nil, v, err
	}
	cl := v.Claim
	if _, err := s.Policy.May(actor, auth.ThingRound, auth.Adjudicate, cl.CollectionID); err != nil {
		return nil, v, err
	}
	if cl.State != claims.InConflict {
		return nil, v, fault.New(fault.Conflict, "Claim %d is %s; only a claim in conflict is adjudicated.", n,
			cl.State.Word())
	}
	col, err := s.collection(c, cl.CollectionID)
	if err != nil {
		return nil, v, err
	}
	p := &view.Adjudicate{
		Shell: s.shell(c, "Adjudicate claim "+itoa(n), "Queue", col), Action: claimURL(n) + "/adjudications",
		Picker: view.NewPicker("", ""), Round: cl.Round, Version: cl.Version,
		Causes: causeOptions(nil), May: "You did not review it, so you may decide. Somebody else approves.",
	}
	p.Fixed = true
	p.Keys = []view.Key{{Caps: []string{"a", "b", "c"}, Word: "adopt a review with its evidence", Bar: true},
		{Caps: []string{"1", "2", "3"}, Word: "decide", Bar: true}, {Caps: []string{"Ctrl", "↵"},
			Word: "send the decision", Bar: true}}
	if p.Claim, err = s.showClaim(ctx, actor, cl); err != nil {
		return nil, v, err
	}
	standing := standingReviews(v)
	verdicts := map[claims.Verdict]int{}
	for _, rv := range standing {
		p.Reviews = append(p.Reviews, view.Review{
			Letter: rv.Letter, Verdict: view.Verdict(rv.Verdict), Reason: view.Code(rv.Reason), Conf: rv.Confidence,
			Rationale: detected(rv.Rationale), Searched: detected(rv.Searched), At: moment(rv.SubmittedAt),
			Stale: rv.Stale,
		})
		verdicts[rv.Verdict]++
		if rv.Mine {
			p.Locked, p.May = true, "You reviewed this claim in this round, so an editor who did not decides it."
		}
	}
	p.Agreement = agreement(verdicts, len(standing))
	items, err := s.Evidence.ForClaim(ctx, actor, n)
	if err != nil {
		return nil, v, err
	}
	shown, err := s.showEvidence(ctx, items, false)
	for i, it := range items {
		row := view.UsedEvidence{Evidence: shown[i], Keep: true}
		for _, rv := range standing {
			row.By = append(row.By, slices.Contains(rv.Evidence, it.ID))
		}
		p.Evidence = append(p.Evidence, row)
	}
	for i := range p.Picker.Picks {
		for _, rv := range standing {
			if view.Verdict(rv.Verdict) == p.Picker.Picks[i].Verdict {
				if p.Picker.Picks[i].Note != "" {
					p.Picker.Picks[i].Note += ", "
				}
				p.Picker.Picks[i].Note += rv.Letter
			}
		}
	}
	return p, v, err
}

// standingReviews are the reviews of the present round that were not superseded, by letter.
func standingReviews(v review.View) []review.SeenReview {
	var out []review.SeenReview
	for _, rd := range v.Rounds {
		if rd.N != v.Claim.Round {
			continue
		}
		for _, rv := range rd.Reviews {
			if rv.SupersededAt == nil {
				out = append(out, rv)
			}
		}
	}
	slices.SortFunc(out, func(a, b review.SeenReview) int {
		if a.Letter < b.Letter {
			return -1
		}
		return 1
	})
	return out
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
	Cause              []review.Cause `form:"cause" json:"causes"`
	Round              int            `form:"round" json:"round"`
	Version            int64          `form:"version" json:"version"`
	Adopt              string         `form:"adopt" json:"adopt"`
}

// adopt takes over a review's verdict with its evidence, and its rationale where the editor wrote none.
func (f *adjudicationForm) adopt(v review.View) error {
	if f.Adopt == "" {
		f.Reason = draftForm{Verdict: f.Verdict, Reason: f.Reason, ReasonCorroborated: f.ReasonCorroborated,
			ReasonDisputed: f.ReasonDisputed, ReasonUnverified: f.ReasonUnverified}.reason()
		return nil
	}
	for _, rv := range standingReviews(v) {
		if rv.Letter == f.Adopt {
			f.Verdict, f.Reason, f.Evidence, f.Searched = rv.Verdict, rv.Reason, rv.Evidence, rv.Searched
			if f.Rationale == "" {
				f.Rationale = rv.Rationale
			}
			return nil
		}
	}
	return fault.New(fault.Invalid, "There is no review “%s” to adopt. Choose one of the letters on the page.",
		short(f.Adopt))
}

// adjudicate decides a claim in conflict.
func (s *Server) adjudicate(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	var form adjudicationForm
	var cl claims.Claim
	if err = bind(c, &form); err == nil {
		var v review.View
		if v, err = s.Review.View(ctx, actor, n); err == nil {
			if err = form.adopt(v); err == nil {
				cl, err = s.Review.Adjudicate(ctx, actor, review.Adjudication{ClaimID: n, Round: form.Round, Version: form.Version,
					Causes: form.Cause, Draft: review.Draft{Verdict: form.Verdict, Reason: form.Reason,
						Rationale: form.Rationale, Searched: form.Searched, Evidence: form.Evidence}})
			}
		}
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err2 := s.adjudicatePage(c)
			if page == nil {
				return page, err2
			}
			page.Wrong = guardMistakes(err, w)
			notes := page.Picker.Picks
			page.Picker = view.NewPicker(form.Verdict, form.Reason)
			for i := range notes {
				page.Picker.Picks[i].Note = notes[i].Note
			}
			page.Rationale, page.Searched, page.Causes = form.Rationale, form.Searched, causeOptions(form.Cause)
			for i := range page.Evidence {
				page.Evidence[i].Keep = slices.Contains(form.Evidence, evidence.ID(page.Evidence[i].ID))
			}
			return page, err2
		})
	}
	return s.done(c, withQuery(under(cl.CollectionID, "queue"), "tab", string(review.TabConflict)),
		"Claim "+itoa(n)+" decided as "+
			cl.Verdict.Word()+"; another editor approves it", cl)
}
