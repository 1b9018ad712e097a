package httpd

import (
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
)

// claims lists a collection's claims by filter.
func (s *Server) claims(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	f, err := claimFilter(c, n)
	if err != nil {
		return err
	}
	f.Fold = c.QueryParam("all") != "1"
	seen, err := s.desk.Claims(c.Request().Context(), actorOf(c), f, !wantsJSON(c))
	if err != nil {
		return err
	}
	return s.either(c, func() view.Page { return s.claimsPage(c, f, seen) },
		func() desk.Answer { return seen.JSON() })
}

func (s *Server) claimsPage(c echo.Context, f claims.Filter, seen desk.Claims) *view.Claims {
	here := under(f.Collection, "claims")
	page := &view.Claims{Shell: s.framed(c, "Claims", "Claims", seen.Frame), Count: countOf(seen.Count),
		Filter: showFilter(f, here, seen.Choices), Rows: showRows(seen.Rows)}
	s.keywording(c).list(page.Rows)
	if seen.Frame.Writes && len(page.Rows) > 0 {
		all := ""
		if !f.Fold {
			all = "1"
		}
		page.Bulk = view.Bulk{BulkURL: under(f.Collection, "batches"),
			BulkAll: strings.TrimRight(within(here+"/batches?"+filterQuery(f, 0), "all", all), "?&")}
		for i := range page.Rows {
			page.Rows[i].Pick = true
		}
	}
	page.Filter.Folds, page.Filter.All = true, !f.Fold
	all := within(here+"?"+filterQuery(f, 0), "all", "1")
	page.Folded = foldedNote(seen.Folded, claims.CountCap, strings.TrimSuffix(all, "&"))
	if seen.Next != 0 {
		page.More = here + "?" + filterQuery(f, seen.Next)
		if !f.Fold {
			page.More = within(page.More, "all", "1")
		}
	}
	page.Empty = &view.Empty{So: "No claim fits these conditions.",
		Next: "Take a condition away, or read an article and accept its candidates.",
		URL:  under(f.Collection, "articles"), Act: "Read an article"}
	if !page.Filter.Active {
		page.Empty.So, page.Empty.Next = "There is no claim yet.", "Read an article and accept its candidates."
	}
	return page
}

// countOf says how many claims and candidates a list has; the counting stops at a limit.
func countOf(n int) string {
	if n == 1 {
		return "1 claim or candidate"
	}
	return capped(n, claims.CountCap) + " claims and candidates"
}

// claimFilter reads a list's conditions from the address.
func claimFilter(c echo.Context, n auth.CollectionID) (claims.Filter, error) {
	f := claims.Filter{Collection: n, State: claims.State(c.QueryParam("state")),
		Verdict: claims.Verdict(c.QueryParam("verdict")),
		Lang:    c.QueryParam("lang"), Text: c.QueryParam("text"), Mine: c.QueryParam("mine") == "1"}
	var err error
	if f.Article, err = queryID[articles.ID](c, "article"); err != nil {
		return f, err
	}
	f.After, err = queryID[claims.ID](c, "after")
	return f, err
}

// filterQuery is the query of a list's page, without its "?"; "" for the first page of everything.
func filterQuery(f claims.Filter, after claims.ID) string {
	mine := ""
	if f.Mine {
		mine = "1"
	}
	return strings.TrimPrefix(withQuery("", "state", string(f.State), "verdict", string(f.Verdict), "lang", f.Lang,
		"text", f.Text, "mine",
		mine, "article",
		itoa(f.Article), "after", itoa(after)), "?")
}

// showFilter is the form above a list, with what is chosen.
func showFilter(f claims.Filter, action string, list []articles.Choice) view.Filter {
	form := view.Filter{Action: action, Text: f.Text, Mine: f.Mine, ClearURL: action, Active: f.State != "" ||
		f.Verdict != "" || f.Lang != "" || f.Text != "" || f.Mine || f.Article != 0}
	form.State = append([]view.Option{{Value: "", Word: "any"}}, view.Options(claims.States, f.State)...)
	form.Verdict = append([]view.Option{{Value: "", Word: "any"}, {Value: string(claims.NoVerdict), Word: "Unreviewed",
		Chosen: f.Verdict == claims.NoVerdict}}, view.Options(claims.Verdicts, f.Verdict)...)
	form.Article = []view.Option{{Value: "", Word: "any"}}
	form.Lang = []view.Option{{Value: "", Word: "any"}}
	langs := map[string]bool{}
	for _, a := range list {
		form.Article = append(form.Article, view.Option{Value: itoa(a.ID), Word: titleOf(a.Article, a.Source).Text,
			Lang: a.Lang, Dir: a.Dir, Chosen: a.ID == f.Article})
		if !langs[a.Lang] {
			langs[a.Lang] = true
			form.Lang = append(form.Lang, view.Option{Value: a.Lang, Word: languageName(a.Lang),
				Chosen: a.Lang == f.Lang})
		}
	}
	return form
}

// showRows shows claims in a list, with their evidence counted.
func showRows(rows desk.Rows) []view.ClaimRow {
	out := make([]view.ClaimRow, len(rows.Claims))
	for i, cl := range rows.Claims {
		out[i] = view.ClaimRow{
			ID: int64(cl.ID), URL: claimURL(cl.ID), Verdict: view.VerdictOf(cl.State, cl.Verdict),
			Mine: view.Verdict(rows.Mine[cl.ID]), State: view.Code(cl.State), Reason: view.Code(cl.Reason),
			Statement: statementOf(cl), Gloss: glossOf(cl),
			Source: sourceName(rows.Sources[cl.ArticleID]), Evidence: tally(rows.Evidence[cl.ID]),
			Lacks: showLacks(rows.Lacks[cl.ID], cl), Machine: writtenBy(rows.Made[cl.ID], rows.Names),
		}
	}
	return out
}

// tally is evidence counted for a column of a table.
func tally(counts map[evidence.Stance]int) string {
	if len(counts) == 0 {
		return "0"
	}
	return stances(counts)
}

// glossOf is a claim's gloss in English, the language of the pages; a list shows no other.
func glossOf(c claims.Claim) string { return c.Gloss("en") }
