package httpd

import (
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/search"
)

// searchQuery reads what a search is narrowed to.
func searchQuery(c echo.Context) (q search.Query, err error) {
	q = search.Query{Lang: c.QueryParam("lang"), From: c.QueryParam("from"), To: c.QueryParam("to")}
	if q.Article, err = queryID[articles.ID](c, "article"); err != nil {
		return q, err
	}
	if q.Source, err = queryID[articles.SourceID](c, "source"); err != nil {
		return q, err
	}
	return q, checkDays(q)
}

// checkDays refuses what is no day.
func checkDays(q search.Query) error {
	for field, day := range map[string]string{"from": q.From, "to": q.To} {
		if _, err := time.Parse("2006-01-02", day); day != "" && err != nil {
			return fault.New(fault.Invalid, "“%s” is no date. Write YYYY-MM-DD.", day).With(field,
				"Write YYYY-MM-DD.")
		}
	}
	return nil
}

// showFilters offers what a search can be narrowed to, with what it is narrowed to chosen.
func showFilters(q search.Query, list []articles.Choice) view.Filters {
	anyOne := view.Option{Word: "any"}
	f := view.Filters{Langs: []view.Option{anyOne}, Articles: []view.Option{anyOne}, Sources: []view.Option{anyOne},
		From: q.From, To: q.To, Set: q.Narrowed()}
	add := func(to *[]view.Option, o view.Option) {
		if !slices.ContainsFunc(*to, func(x view.Option) bool { return x.Value == o.Value }) {
			*to = append(*to, o)
		}
	}
	for _, a := range list {
		add(&f.Langs, view.Option{Value: a.Lang, Word: languageName(a.Lang), Chosen: a.Lang == q.Lang})
		title := titleOf(a.Article, a.Source)
		add(&f.Articles, view.Option{Value: itoa(a.ID), Word: title.Text, Lang: title.Lang, Dir: title.Dir,
			Chosen: a.ID == q.Article})
		if a.SourceID != nil {
			name := named(a.Source)
			add(&f.Sources, view.Option{Value: itoa(*a.SourceID), Word: name.Text, Lang: name.Lang, Dir: name.Dir,
				Chosen: *a.SourceID == q.Source})
		}
	}
	return f
}

// filterPairs are the filters of a search, to go on with it on the next page.
func filterPairs(q search.Query) []string {
	return []string{"lang", q.Lang, "article", itoa(q.Article), "source", itoa(q.Source), "from", q.From, "to", q.To}
}
