package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
	"claimbench/internal/text"
)

// typingForm is what is typed of a review, as the page sends it while somebody types.
type typingForm struct {
	Verdict            claims.Verdict `form:"verdict" json:"verdict"`
	Reason             claims.Reason  `form:"reason" json:"reason"`
	ReasonCorroborated claims.Reason  `form:"reason_corroborated" json:"-"`
	ReasonDisputed     claims.Reason  `form:"reason_disputed" json:"-"`
	ReasonUnverified   claims.Reason  `form:"reason_unverified" json:"-"`
	Confidence         string         `form:"confidence" json:"confidence"`
	Rationale          string         `form:"rationale" json:"rationale"`
	Searched           string         `form:"searched" json:"searched"`
	Evidence           []evidence.ID  `form:"evidence" json:"evidence"`
	Version            int64          `form:"draft" json:"version"` // on which the page builds, 0 none
	Since              int64          `form:"since" json:"since"`   // when the page's own review was sent, 0 never
	Seen               evidence.ID    `form:"seen" json:"seen"`     // the newest item on the page
	WordsVersion       int64          `form:"words_version" json:"-"`
	Round              int            `form:"round" json:"-"`
	Next               string         `form:"next" json:"-"`
	Here               string         `form:"here" json:"-"`
}

func (f typingForm) typing(n claims.ID) review.Typing {
	d := draftForm{Verdict: f.Verdict, Reason: f.Reason, ReasonCorroborated: f.ReasonCorroborated,
		ReasonDisputed: f.ReasonDisputed, ReasonUnverified: f.ReasonUnverified}
	return review.Typing{Since: f.Since, Unsent: review.Unsent{ClaimID: n, Version: f.Version, Verdict: f.Verdict,
		Reason: d.reason(), Confidence: f.Confidence, Rationale: f.Rationale, Searched: f.Searched,
		Evidence: f.Evidence, SeenEvidence: f.Seen}}
}

// draftKeep keeps what somebody has typed of a review.
func (s *Server) draftKeep(c echo.Context) error {
	n, form, kept, err := carryOut(c, "id", func(n claims.ID, f *typingForm) (review.Unsent, error) {
		return s.Review.KeepUnsent(c.Request().Context(), actorOf(c), f.typing(n))
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, second := s.reviewPage(c)
			return filled(page, second, func(p *view.ReviewSubmit) { refuseTyping(&p.Form, form, w, err) })
		})
	}
	return s.done(c, claimURL(n)+"/review", "Kept as a draft", desk.DraftOf(kept))
}

// refuseTyping puts what was typed back into the form. When something else was saved elsewhere, it says what.
func refuseTyping(f *view.ReviewForm, form typingForm, w view.Wrong, err error) {
	theirs, other := detailOf[review.Unsent](err)
	f.Fill(form.Verdict, form.typing(0).Reason, form.Confidence, form.Rationale, form.Searched)
	used := map[int64]bool{}
	for _, n := range form.Evidence {
		used[int64(n)] = true
	}
	f.Use(used)
	f.Submitted, f.Sent, f.Next, f.Wrong = "", false, form.Next, w
	if fault.KindOf(err) != fault.Conflict || !other {
		return
	}
	f.Version = theirs.Version
	f.Clash = &view.Clash{Note: "Keeping this one takes the place of the other."}
	for _, row := range []struct{ field, theirs, yours string }{{"rationale", theirs.Rationale, form.Rationale},
		{"what was searched", theirs.Searched, form.Searched}} {
		if row.theirs != row.yours {
			f.Clash.Rows = append(f.Clash.Rows, view.ClashRow{Field: row.field, Theirs: detected(row.theirs),
				Yours: detected(row.yours)})
		}
	}
}

// drafts lists what a person has typed and not sent.
func (s *Server) drafts(c echo.Context) error {
	after, err := queryID[claims.ID](c, "after")
	if err != nil {
		return err
	}
	seen, err := s.desk.Drafts(c.Request().Context(), actorOf(c), after)
	if err != nil {
		return err
	}
	page := &view.Drafts{Shell: s.framed(c, "Your drafts", "", seen.Frame), Discard: "/drafts/discard"}
	for _, d := range seen.New {
		page.Rows = append(page.Rows, newDraftRow(d))
	}
	for _, d := range seen.List {
		page.Rows = append(page.Rows, draftRow(d))
	}
	if seen.Next != 0 {
		page.More = withQuery("/drafts", "after", itoa(seen.Next))
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func draftRow(d desk.Draft) view.DraftRow {
	row := view.DraftRow{ID: int64(d.ClaimID), Verdict: view.Verdict(d.Verdict), Rationale: detected(d.Rationale),
		Searched: detected(d.Searched), Saved: moment(d.SavedAt)}
	if d.Reason != "" {
		row.Reason = review.ReasonWord(d.Reason)
	}
	if d.Confidence != "" {
		row.Confidence = "confidence " + d.Confidence
	}
	if d.Claim != nil {
		row.Words = statementOf(*d.Claim)
		row.URL = claimURL(d.ClaimID)
	}
	if d.Goes != 0 {
		row.Goes = day(d.Goes)
	}
	page := "/review"
	if t := d.Typed; t != nil {
		row.Form, row.FormWord, page = string(t.Form), typedWord(t.Form), typedPage(t.Form)
		for _, x := range typedRows {
			for _, words := range t.Fields[x.field] { // a split has a statement for each part
				if words != "" {
					row.Fields = append(row.Fields, view.DraftField{Word: x.word, Words: detected(words)})
				}
			}
		}
		if why := t.Fields.One("reason"); why != "" && t.Form == claims.ReopeningForm { // in other forms it is a code
			row.Fields = append(row.Fields, view.DraftField{Word: "Why", Words: detected(why)})
		}
	}
	if d.Goes == 0 {
		row.URL += page
	}
	return row
}

// newDraftRow is a claim that is begun: where one goes on with it, and what was typed.
func newDraftRow(d desk.NewDraft) view.DraftRow {
	row := view.DraftRow{ArticleID: int64(d.ArticleID), Began: d.Began, FormWord: "New claim", Saved: moment(d.SavedAt)}
	if a := d.Article; a != nil {
		row.Title = titleOf(a.Article, a.Source)
		row.URL = "/articles/" + itoa(d.ArticleID)
		if at := beganOr(d.Began, text.Span{}); d.Goes == 0 {
			row.URL = withQuery(row.URL+"/claims/new", "sentence", d.Fields.One("sentence"), "start",
				itoa(at.Start), "end", itoa(at.End))
		}
	}
	if d.Goes != 0 {
		row.Goes = day(d.Goes)
	}
	for _, x := range typedRows {
		if words := d.Fields.One(x.field); words != "" {
			row.Fields = append(row.Fields, view.DraftField{Word: x.word, Words: detected(words)})
		}
	}
	return row
}

// discardForm names a draft that is thrown away.
type discardForm struct {
	Claim   claims.ID   `form:"claim" json:"claim"`
	Form    claims.Form `form:"form" json:"form"`       // "": of the review
	Article articles.ID `form:"article" json:"article"` // of a claim that is begun, instead of Claim
	Began   string      `form:"began" json:"began"`
}

// draftDiscard erases a draft of one's own.
func (s *Server) draftDiscard(c echo.Context) error {
	var form discardForm
	err := bind(c, &form)
	if err == nil {
		err = s.discard(c, form)
	}
	if err != nil {
		return err
	}
	return s.done(c, "/drafts", "Discarded", desk.DoneJSON{Done: "draft_discarded"})
}

func (s *Server) discard(c echo.Context, f discardForm) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	switch {
	case f.Article != 0:
		return s.Review.DiscardTypedNew(ctx, actor, f.Article, f.Began)
	case f.Claim == 0:
		return fault.New(fault.Invalid, "Name the claim whose draft is discarded, or the article of a claim that is "+
			"begun.").With("claim", "This is needed.")
	case f.Form == "":
		return s.Review.DiscardUnsent(ctx, actor, f.Claim)
	}
	return s.Review.DiscardTyped(ctx, actor, f.Claim, f.Form)
}
