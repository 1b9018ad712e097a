package httpd

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// claimsetPreview shows every word that a freeze of a draft prints, and asks once whether it is to be.
func (s *Server) claimsetPreview(c echo.Context) error {
	n, err := pathID[claimset.ID](c, "id")
	if err != nil {
		return err
	}
	after, err := queryID[claims.ID](c, "after")
	if err != nil {
		return err
	}
	seen, err := s.desk.Preview(c.Request().Context(), actorOf(c), n, after)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.previewPage(c, seen), seen.JSON())
}

func (s *Server) previewPage(c echo.Context, seen desk.Printing) *view.Preview {
	url := setURL(seen.Set.ID)
	p := &view.Preview{Shell: s.framed(c, "What is printed", "Claim sets", seen.Frame), Title: seen.Set.Title,
		Back: url, N: seen.Set.N, Version: seen.Set.Version, Size: seen.Size, Publisher: named(seen.Set.Publisher),
		Note: detected(seen.Set.Note), Address: seen.Set.Address, People: seen.Set.People.Word(),
		Rationales: seen.Set.Rationales, Captures: seen.Set.Captures}
	for _, id := range seen.Tells {
		p.Tells = append(p.Tells, view.Link{URL: claimURL(id), Word: "claim " + itoa(id)})
	}
	lacks := map[claims.ID][]view.Lack{}
	for _, cl := range seen.Lacking.Claims {
		lacks[cl.ID] = showLacks(seen.Lacking.Lacks[cl.ID], cl)
		p.Lacking = append(p.Lacking, view.Link{URL: claimURL(cl.ID), Word: "claim " + itoa(cl.ID)})
	}
	for _, e := range seen.Entries {
		row := showPrinted(e, seen.Set.People, readersZone(c))
		row.Unasked = slices.Contains(seen.Unasked, e.Claim)
		row.Lacks = lacks[e.Claim]
		p.Rows = append(p.Rows, row)
	}
	if seen.Next != 0 {
		p.More = withQuery(url+"/preview", "after", itoa(seen.Next))
	}
	p.Out = showRows(seen.Lefts)
	for i, x := range seen.Out {
		p.Out[i].Why = fault.Message(x.Why)
	}
	p.MoreOut = seen.MoreOut
	p.SayURL = url + "/omissions"
	if p.Omitted = showLeft(seen.Before); seen.Set.Supersedes != nil {
		p.Older = setURL(*seen.Set.Supersedes)
	}
	if m := seen.Method; m.N > 0 {
		p.Method = &view.Link{URL: methodURL(seen.Set.CollectionID, m.N), Word: "version " + itoa(m.N)}
	}
	p.MethodURL = under(seen.Set.CollectionID, "method")
	switch {
	case seen.Going:
		p.Why = "This set is being frozen already."
	case seen.Hindrance != nil:
		p.Why = fault.Message(seen.Hindrance)
	default:
		p.Freeze = url + "/freeze"
	}
	return p
}

// showPrinted is a claim as it would be printed, with everything that is said of it.
func showPrinted(e claimset.Entry, people claimset.People, zone *time.Location) view.Printed {
	p := view.Printed{ID: int64(e.Claim), URL: claimURL(e.Claim), Verdict: view.Verdict(e.Verdict),
		Reason: view.Code(e.Reason), Statement: foreign(e.Statement, e.Lang, e.Dir),
		Explanation: foreign(e.Explanation, e.ExplanationLang, ""), Article: printedArticle(e.Article),
		Rationale: detected(e.Decision.Rationale), Approver: e.Decision.Approver, Adjudicator: e.Decision.Adjudicator}
	for _, g := range e.Glosses {
		by := "not confirmed"
		if g.Confirmed {
			by = "confirmed"
		}
		p.Glosses = append(p.Glosses, view.PrintedGloss{Words: foreign(g.Words, g.Lang, ""), Confirmed: by,
			By: named(g.ConfirmedBy)})
	}
	for _, h := range e.Hedge {
		p.Hedges = append(p.Hedges, inClaim(h, e.Lang, e.Dir))
	}
	if people != claimset.Nobody {
		p.Decided = "Decided " + writtenMoment(e.Decision.DecidedAt, zone) + ", approved " +
			writtenMoment(e.Decision.ApprovedAt, zone)
	}
	if e.Attribution != "" {
		p.SaidBy = foreign(e.Attribution, e.Lang, e.Dir)
	}
	around := e.Around
	for i, q := range e.Quotations() {
		x := view.Quotation{Words: foreign(q.Exact, e.Lang, e.Dir)}
		if i == 0 {
			x.Before = around.Before
		}
		if i == len(e.Quotations())-1 {
			x.After = around.After
		}
		p.Quotations = append(p.Quotations, x)
	}
	for _, x := range e.Evidence {
		p.Evidence = append(p.Evidence, showPrintedEvidence(x))
	}
	for _, x := range e.Replies {
		words := x.Asked + ", asked " + x.AskedOn + ", until " + x.Until + ": "
		if words += cmp.Or(x.Outcome.Word(), "waiting"); x.Words != "" {
			words += ": " + x.Words
		}
		p.Replies = append(p.Replies, detected(words))
	}
	for _, x := range e.AlreadyChecked {
		words := ""
		for _, s := range []string{x.Publisher, x.Rating, x.Day, x.URL} {
			if words != "" && s != "" {
				words += ", "
			}
			words += s
		}
		p.Checked = append(p.Checked, detected(words))
	}
	for _, rv := range e.Reviews {
		said := view.Phrase(rv.Verdict.Word() + ", " + review.ReasonWord(rv.Reason))
		if rv.Confidence != nil {
			said += ", " + strconv.Itoa(*rv.Confidence) + " of 100"
		}
		p.Reviews = append(p.Reviews, view.PrintedReview{Said: said, Rationale: detected(rv.Rationale)})
	}
	return p
}

func showPrintedEvidence(x claimset.EntryEvidence) view.PrintedEvidence {
	out := view.PrintedEvidence{Stance: view.Stance(x.Stance), Kind: view.Code(x.Kind),
		Words: view.Quotation{Words: foreign(x.Exact, x.Lang, ""), Before: x.Around.Before, After: x.Around.After},
		Note:  detected(x.Note), Origin: named(x.Origin), Withheld: x.Withheld, Relied: x.Relied}
	for _, d := range x.Differences {
		out.Differences = append(out.Differences, detected(d))
	}
	if x.Article != nil {
		out.Where = printedArticle(*x.Article)
		return out
	}
	if x.Protected != "" {
		out.Where, out.Words = []view.Foreign{detected("Protected source: " + x.Protected)}, view.Quotation{}
		return out
	}
	for _, part := range []string{x.Title, x.Publisher, x.URL, x.ArchivedURL, x.ReadOn} {
		if part != "" {
			out.Where = append(out.Where, named(part))
		}
	}
	switch f, known := captures.Founds.Of(captures.Found(x.Capture)); {
	case known:
		out.Where = append(out.Where, named(f.Word))
	case x.Capture != "":
		out.Where = append(out.Where, named("the capture was withheld"))
	}
	return out
}

// writtenMoment is a moment of a frozen claim in the hours of a zone; as it was written, where it is none.
func writtenMoment(written string, zone *time.Location) string {
	t, err := time.Parse(time.RFC3339Nano, written)
	if err != nil {
		return written
	}
	return momentIn(desk.MicrosOf(t), zone)
}

// printedArticle is how an article is named in print: what is known of it, part by part.
func printedArticle(a claimset.EntryArticle) (out []view.Foreign) {
	rated := ""
	if a.Reliability != "" {
		rated = "reliability " + a.Reliability
	}
	for i, part := range []string{a.Title, a.Source, a.Byline, published(a.Published), a.URL, rated} {
		switch {
		case part == "":
		case i == 0:
			out = append(out, foreign(part, a.Lang, ""))
		default:
			out = append(out, named(part))
		}
	}
	return out
}

type matchingForm struct {
	Version int64          `form:"version" json:"version"`
	Verdict claims.Verdict `form:"verdict" json:"verdict"`
	Article articles.ID    `form:"article" json:"article"`
	Lang    string         `form:"lang" json:"lang"`
	Text    string         `form:"text" json:"text"`
	Mine    string         `form:"mine" json:"mine"` // "1"
}

// claimsetMatching adds all approved claims that fit a filter to a draft.
func (s *Server) claimsetMatching(c echo.Context) error {
	added := 0
	n, _, set, err := carryOut(c, "id", func(n claimset.ID, f *matchingForm) (set claimset.Set, err error) {
		set, added, err = s.Sets.AddMatching(c.Request().Context(), actorOf(c), n, f.Version, claims.Filter{
			Verdict: f.Verdict, Article: f.Article, Lang: f.Lang, Text: f.Text, Mine: f.Mine == "1"})
		return set, err
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.claimsetPage(c, n)
			return filled(page, err, func(p *view.Claimset) { p.Wrong = w })
		})
	}
	return s.done(c, setURL(set.ID), many(added, "claim", "claims")+" added", desk.SetOf(set))
}
