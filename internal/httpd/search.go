package httpd

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/httpd/view"
	"claimbench/internal/search"
)

// search finds claims and sentences of a collection, in any script.
func (s *Server) search(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	col, err := s.collection(c, n)
	if err != nil {
		return err
	}
	q, filters, err := s.searchFilters(c, n)
	if err != nil {
		return err
	}
	words := strings.TrimSpace(c.QueryParam("q"))
	page := &view.Search{Shell: s.shell(c, "Search", "", col), Filters: filters}
	page.Query, q.Words = words, words
	if words == "" {
		page.Empty = &view.Empty{So: "Nothing is looked for yet.",
			Next: "Type words in any script: letters, digits and marks that mean the same are found as the same."}
		return s.respond(c, http.StatusOK, page, struct{}{})
	}
	if q.After, err = queryID[articles.SentenceID](c, "after"); err != nil {
		return err
	}
	hits, err := s.Search.Sentences(ctx, actor, q)
	if err != nil {
		return err
	}
	var list claims.Page
	if q.After == 0 && !filters.Set { // the filters are about articles
		if list, err = s.Claims.List(ctx, actor, claims.Filter{Collection: n, Text: words, Limit: 50}); err != nil {
			return err
		}
	}
	if page.Claims, err = s.claimRows(ctx, actor, list.Claims); err != nil {
		return err
	}
	page.Passages = passages(hits.Hits)
	if hits.More {
		page.More = withQuery(under(n, "search"), append(filterPairs(q), "q", words, "after",
			itoa(hits.Hits[len(hits.Hits)-1].Sentence.ID))...)
	}
	page.Note = many(list.Count, "claim", "claims") + " and " + many(len(hits.Hits), "sentence", "sentences") +
		" on this page."
	if hits.Building {
		page.Note += " The index is still being built: what is not found now may be found in a moment."
	}
	page.Empty = &view.Empty{So: "Nothing holds these words.",
		Next: "Try fewer words, or the same name in the article’s own script."}
	return s.respond(c, http.StatusOK, page, map[string]any{"claims": list, "sentences": hits})
}

// passages shows sentences that were found, with the words that were looked for.
func passages(hits []search.Hit) []view.Passage {
	out := make([]view.Passage, len(hits))
	for i, h := range hits {
		var marks []view.MarkedSpan
		for _, m := range h.Marks {
			marks = append(marks, view.MarkedSpan{Start: m.Start, End: m.End, Found: true})
		}
		runes := []rune(h.Words)
		slice := func(start, end int) string { return string(runes[start:end]) }
		out[i] = view.Passage{
			Where: articleLink(h.Article, sourceName(h.Source), h.Sentence.N, 0), Words: foreign(h.Words,
				h.Sentence.Lang, h.Sentence.Dir), Segments: view.Segments(slice, 0, len(runes), marks),
			Language: languageName(h.Sentence.Lang), ArticleID: int64(h.Article.ID),
			Revision: int64(h.Sentence.RevisionID), Sentence: h.Sentence.N, Start: h.Sentence.Start,
			End: h.Sentence.End,
		}
	}
	return out
}
