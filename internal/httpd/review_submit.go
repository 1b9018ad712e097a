package httpd

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// draftForm is a verdict as forms and programs send it. A form sends the reasons of each verdict under their own name,
// so that it works without script; a program sends one reason.
type draftForm struct {
	Verdict            claims.Verdict `form:"verdict" json:"verdict"`
	Reason             claims.Reason  `form:"reason" json:"reason"`
	ReasonCorroborated claims.Reason  `form:"reason_corroborated" json:"-"`
	ReasonDisputed     claims.Reason  `form:"reason_disputed" json:"-"`
	ReasonUnverified   claims.Reason  `form:"reason_unverified" json:"-"`
	Confidence         *int           `form:"confidence" json:"confidence"`
	Rationale          string         `form:"rationale" json:"rationale"`
	Searched           string         `form:"searched" json:"searched"`
	Evidence           []evidence.ID  `form:"evidence" json:"evidence"`
	WordsVersion       int64          `form:"words_version" json:"words_version"`
	Round              int            `form:"round" json:"round"`
	Then               string         `form:"then" json:"-"`
	Next               string         `form:"next" json:"-"`
	Here               string         `form:"here" json:"-"`  // the page of the queue that the form stood on
	Version            int64          `form:"draft" json:"-"` // as typingForm: of a draft, which is erased now
	Since              int64          `form:"since" json:"-"`
	Seen               int64          `form:"seen" json:"-"`
}

func (f draftForm) reason() claims.Reason {
	if f.Reason != "" {
		return f.Reason
	}
	return map[claims.Verdict]claims.Reason{claims.Corroborated: f.ReasonCorroborated,
		claims.Disputed: f.ReasonDisputed, claims.Unverified: f.ReasonUnverified}[f.Verdict]
}

func (f draftForm) draft() review.Draft {
	return review.Draft{Verdict: f.Verdict, Reason: f.reason(), Rationale: f.Rationale, Searched: f.Searched,
		Evidence: f.Evidence}
}

// reviewAsk shows the review form on a page of its own.
func (s *Server) reviewAsk(c echo.Context) error {
	page, seen, err := s.reviewPage(c)
	if err != nil {
		return err
	}
	if !seen.Acts.Has(desk.Review) { // where a form cannot be sent, it is not offered
		page.Closed = "Claim " + itoa(seen.Claim.ID) + " is " + seen.Claim.State.Word() + "; it takes no review now."
		page.Begun = seen.Unsent != nil
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) reviewPage(c echo.Context) (*view.ReviewSubmit, desk.Deciding, error) {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return nil, desk.Deciding{}, err
	}
	seen, err := s.desk.Review(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	page := &view.ReviewSubmit{Shell: s.framed(c, "Review claim "+itoa(n), "Queue", seen.Frame),
		FindURL: claimURL(n) + "/evidence", Claim: showHead(seen.Head),
		Evidence: showEvidence(seen.Evidence, seen.Names, seen.Acts.Has(desk.Link))}
	page.Fixed, page.Claim.Mine = true, ownVerdict(seen.Reviewing)
	s.keywording(c).on(&page.Claim, page.Evidence)
	page.Form = *reviewForm(seen, page.Evidence, actorOf(c).UserID)
	page.Offers = showOffers(seen.Claim, seen.Offers, seen.Names, claimURL(n)+"/review")
	return page, seen, nil
}

// reviewSubmit records a reviewer's own verdict and goes to the next claim.
func (s *Server) reviewSubmit(c echo.Context) error {
	var rv review.Review
	n, form, cl, err := carryOut(c, "id", func(n claims.ID, f *draftForm) (cl claims.Claim, err error) {
		rv, cl, err = s.Review.Submit(c.Request().Context(), actorOf(c), review.Submission{ClaimID: n,
			WordsVersion: f.WordsVersion, Round: f.Round, Draft: f.draft(), Confidence: f.Confidence})
		return cl, err
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) { return s.reviewAgain(c, n, form, w, err) })
	}
	next := claimURL(n)
	if form.Then == "next" && form.Next != "" {
		next = s.ownPath(form.Next, next)
	}
	return s.done(c, next, "Claim "+itoa(n)+" reviewed as "+rv.Verdict.Word(), desk.ReviewedOf(rv, cl))
}

// reviewAgain is the page that a review which was refused was sent from: the queue, or a page of its own.
func (s *Server) reviewAgain(c echo.Context, n claims.ID, form draftForm, w view.Wrong, err error) (view.Page, error) {
	if q, now := s.queueAgain(c, form.Here, n); q != nil && q.Review != nil {
		refuseReview(q.Review, form, w, err, now)
		return q, nil
	}
	page, seen, second := s.reviewPage(c)
	return filled(page, second, func(p *view.ReviewSubmit) { refuseReview(&p.Form, form, w, err, seen.Claim) })
}

// refuseReview puts what was typed back into the form, with what is wrong and, when the words changed, both wordings.
func refuseReview(f *view.ReviewForm, form draftForm, w view.Wrong, err error, now claims.Claim) {
	f.Fill(form.Verdict, form.reason(), confidenceText(form.Confidence), form.Rationale, form.Searched)
	used := map[int64]bool{}
	for _, n := range form.Evidence {
		used[int64(n)] = true
	}
	f.Use(used)
	f.Submitted, f.Sent, f.Next = "", false, form.Next
	f.Wrong = guardMistakes(err, w)
	if need := f.NeedOf(view.Verdict(form.Verdict)); need != nil && f.Wrong["reason"] != "" {
		f.Wrong["reason"] = chooseReason(form.Verdict, need.Allowed)
	}
	if form.Verdict == claims.Unverified && f.Wrong["searched"] != "" && strings.TrimSpace(f.Searched) == "" {
		f.Searched = f.Proposed // without script it is proposed now
	}
	if fault.KindOf(err) == fault.Conflict {
		if d, ok := detailOf[claims.Changed](err); ok {
			f.Clash = &view.Clash{
				Note: "The words changed after you opened them. Judge them again: sending the form now is a review " +
					"of the words on the left.",
				Rows: []view.ClashRow{{Field: "statement", Theirs: foreign(d.Now.Statement, now.Lang, now.Dir),
					Yours: foreign(d.WasStatement(), now.Lang, now.Dir)}},
			}
		}
	}
}

// chooseReason asks for a reason, and names those that may be given as things stand; allowed names none where there are
// none.
func chooseReason(v claims.Verdict, allowed string) string {
	if allowed == "" {
		return "Choose why it is " + v.Word() + ". As things stand no reason may be given yet: what each one needs " +
			"stands at the verdict."
	}
	return "Choose why it is " + v.Word() + ". Allowed: " + allowed + "."
}

// confidenceText is a confidence as a form holds it: empty when it was not stated.
func confidenceText(c *int) string {
	if c == nil {
		return ""
	}
	return itoa(*c)
}

// confidenceOf says how sure a reviewer was.
func confidenceOf(c *int) string {
	if c == nil {
		return "confidence not stated"
	}
	return itoa(*c) + " of 100"
}

// guardMistakes names each guard that failed, with its remedy, at its field.
func guardMistakes(err error, w view.Wrong) view.Wrong {
	failures, _ := detailOf[[]review.Failure](err)
	for _, f := range failures {
		w[f.Field] = f.Msg + " " + f.Remedy
	}
	return w
}

func detailOf[T any](err error) (T, bool) {
	var none T
	f, ok := fault.As(err)
	if !ok {
		return none, false
	}
	d, ok := f.Detail.(T)
	return d, ok
}
