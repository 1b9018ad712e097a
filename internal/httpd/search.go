package httpd

import (
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/search"
)

// search finds claims and sentences of a collection, in any script.
func (s *Server) search(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	q, err := searchQuery(c)
	if err != nil {
		return err
	}
	q.Collection, q.Words = n, strings.TrimSpace(c.QueryParam("q"))
	if q.After, err = queryID[articles.SentenceID](c, "after"); err != nil {
		return err
	}
	seen, err := s.desk.Search(c.Request().Context(), actorOf(c), q, !wantsJSON(c))
	if err != nil {
		return err
	}
	return s.either(c, func() view.Page { return s.searchPage(c, q, seen) }, func() desk.Answer { return seen.JSON() })
}

func (s *Server) searchPage(c echo.Context, q search.Query, seen desk.Search) *view.Search {
	page := &view.Search{Shell: s.framed(c, "Search", "", seen.Frame), Filters: showFilters(q, seen.Choices)}
	page.Query = q.Words
	showSearch(page, q, seen)
	key := s.keywording(c)
	key.list(page.Claims)
	key.passages(page.Passages)
	return page
}

// showSearch adds what was found, or what to do when nothing was.
func showSearch(page *view.Search, q search.Query, seen desk.Search) {
	if q.Words == "" {
		page.Empty = &view.Empty{So: "Nothing is looked for yet.",
			Next: "Type words in any script: letters, digits and marks that mean the same are found as the same."}
		return
	}
	page.Claims, page.Passages = showRows(seen.Claims), passages(seen.Found.Hits)
	if next := seen.Next(); next != 0 {
		page.More = withQuery(under(q.Collection, "search"), append(filterPairs(q), "q", q.Words, "after",
			itoa(next))...)
	}
	page.Note = many(len(seen.Claims.Claims), "claim", "claims") + " and " +
		many(len(seen.Found.Hits), "sentence", "sentences") + " on this page."
	if seen.More != 0 {
		page.Note = capped(seen.Count, claims.CountCap) + " claims hold these words, the first are here. " + page.Note
	}
	if seen.Found.Building {
		page.Note += " The index is still being built: what is not found now may be found in a moment."
	}
	page.Empty = &view.Empty{So: "Nothing holds these words.",
		Next: "Try fewer words, or the same name in the article’s own script."}
}

// passages shows sentences that were found, with the words that were looked for.
func passages(hits []search.Hit) []view.Passage {
	out := make([]view.Passage, len(hits))
	for i, h := range hits {
		var marks []view.MarkedSpan
		for _, m := range h.Marks {
			marks = append(marks, view.MarkedSpan{Span: m, Found: true})
		}
		runes := []rune(h.Words)
		slice := func(start, end int) string { return string(runes[start:end]) }
		out[i] = view.Passage{
			Where: articleLink(h.Article, sourceName(h.Source), h.Sentence.N, 0), Words: foreign(h.Words,
				h.Sentence.Lang, h.Sentence.Dir), Segments: view.Segments(slice, 0, len(runes), marks),
			Language: languageName(h.Sentence.Lang), ArticleID: int64(h.Article.ID),
			Revision: int64(h.Sentence.RevisionID), Sentence: h.Sentence.N, Span: h.Sentence.Span,
			Quoted: h.Sentence.Span,
		}
	}
	return out
}
