package httpd

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// onward is what a form of a conflict says that stands in the queue: at which address, and where it goes on.
type onward struct {
	Next string `form:"next" json:"-"`
	Here string `form:"here" json:"-"`
}

// conflictForm is a conflict to be decided: the reviews under letters, what they rest on, as it is shown, and the
// editor's form, with what they typed in it before.
func conflictForm(seen desk.Deciding, shown []view.Evidence) view.Decide {
	n, standing := seen.Claim.ID, seen.Reviewing.Standing()
	p := view.Decide{Action: claimURL(n) + "/adjudications", Picker: view.NewPicker("", ""), Round: seen.Claim.Round,
		Version: seen.Claim.Version, Causes: causeOptions(nil), Guide: guideOf(seen),
		May: "You did not review it, so you may decide. Somebody else approves.",
		Ask: view.Ask{Action: claimURL(n) + "/questions"}}
	if seen.Locked != "" {
		p.Locked, p.May = true, seen.Locked
	}
	if rd := seen.Reviewing.Present(); rd != nil {
		p.Questions, p.Waits = showQuestions(rd.Questions, seen.Names), stillAsked(rd.Questions)
	}
	for _, rv := range standing {
		p.Ask.Letters = append(p.Ask.Letters, rv.Letter)
	}
	showConflict(&p, standing)
	p.Evidence = unionOf(seen, standing, shown)
	restoreAdjudication(&p, n, seen.Typed[claims.AdjudicationForm])
	restoreQuestion(&p.Ask, n, seen.Typed[claims.QuestionForm])
	return p
}

// conflictRefused answers a form of a conflict that was not taken on the page that it was sent from: the queue, or a
// page of its own.
func (s *Server) conflictRefused(c echo.Context, n claims.ID, from onward, err error,
	fill func(*view.Decide, view.Wrong)) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		if q, _ := s.queueAgain(c, from.Here, n); q != nil && q.Decide != nil {
			fill(q.Decide, w)
			return q, nil
		}
		page, _, second := s.adjudicatePage(c)
		return filled(page, second, func(p *view.Adjudicate) { fill(&p.Decide, w) })
	})
}

// afterConflict is where whoever decided a conflict goes on: where their form says, else to the next one, or to the
// list that is empty now.
func (s *Server) afterConflict(c echo.Context, cl claims.Claim, from onward) string {
	if from.Next != "" {
		return s.ownPath(from.Next, claimURL(cl.ID))
	}
	next, err := s.desk.NextConflict(c.Request().Context(), actorOf(c), cl)
	if err != nil {
		s.log.Warn("the next conflict", "claim", cl.ID, "err", err)
	}
	if next != 0 {
		return claimURL(next) + "/adjudicate"
	}
	return withQuery(under(cl.CollectionID, "queue"), "tab", string(review.TabConflict))
}

// unionOf is all that the reviews rest on and what else is linked, by article and sentence, so that items of one
// sentence stand together; what a review used is kept until the editor drops it.
func unionOf(seen desk.Deciding, standing []desk.ReviewSeen, shown []view.Evidence) []view.UsedEvidence {
	order := make([]int, len(seen.Evidence))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return besides(seen.Evidence[i], seen.Evidence[j]) })
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
			if used {
				row.Used = strings.TrimPrefix(row.Used+", "+rv.Letter, ", ")
			}
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
func showConflict(p *view.Decide, standing []desk.ReviewSeen) {
	verdicts, by := map[claims.Verdict]int{}, map[view.Verdict][]string{}
	for _, rv := range standing {
		p.Reviews = append(p.Reviews, showAdoptable(rv))
		verdicts[rv.Verdict]++
		by[view.Verdict(rv.Verdict)] = append(by[view.Verdict(rv.Verdict)], rv.Letter)
	}
	p.Agreement = agreement(verdicts, len(standing))
	for i, pick := range p.Picker.Picks {
		p.Picker.Picks[i].Note = strings.Join(by[pick.Verdict], ", ")
	}
}

// showAdoptable shows a review that an editor may decide as.
func showAdoptable(rv desk.ReviewSeen) view.Review {
	return view.Review{
		Letter: rv.Letter, Verdict: view.Verdict(rv.Verdict), Reason: view.Code(rv.Reason),
		Conf:      confidenceOf(rv.Confidence),
		Rationale: detected(rv.Rationale), Searched: detected(rv.Searched), At: moment(rv.SubmittedAt),
		Uses: spaced(rv.Evidence), Stale: rv.Stale,
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
