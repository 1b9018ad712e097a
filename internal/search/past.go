package search

import (
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/store"
)

// The index holds the words of today. Of a moment that has been it finds what has not been worded otherwise since; what
// has is compared word by word, with the very terms of the index.

// mostRevised is how many articles that have a newer text since a search of the past reads in their text of then, the
// newest ones; mostSentences is how many of their sentences.
const (
	mostRevised   = 100
	mostSentences = 5000
)

// Matcher says whether texts meet a query, as their row of the index would.
type Matcher []phrase

// MatcherOf cuts a query; one that holds no word is refused by whoever asks the index.
func MatcherOf(q string) Matcher { return parse(q) }

// Meets says whether texts of one thing, which has one row in the index, meet the query.
func (m Matcher) Meets(texts ...string) bool {
	terms := indexTerms(strings.Join(texts, "\n"))
	stems := stemsOf(terms)
	for _, p := range m {
		if !p.among(terms, stems) {
			return false
		}
	}
	return len(m) > 0
}

// among says whether a phrase is met by terms and their marked stems.
func (p phrase) among(terms, stems []string) bool {
	if p.stem != "" {
		_, marked := slices.BinarySearch(stems, stemMark+p.stem)
		return marked || slices.Contains(terms, p.stem)
	}
	for i := 0; i+len(p.terms) <= len(terms); i++ {
		all := true
		for j, want := range p.terms {
			if j == len(p.terms)-1 && p.prefix {
				all = all && strings.HasPrefix(terms[i+j], want)
			} else {
				all = all && terms[i+j] == want
			}
		}
		if all {
			return true
		}
	}
	return false
}

// before finds sentences in texts that were the newest at the moment of a past, and are not any more: three queries
// more.
func before(r *store.Rx, q Query) (hits []hitRow, err error) {
	then := store.PastOf(r.Context())
	ids, err := store.Select[articles.ID](r.Now(), "SELECT article_id FROM revisions WHERE n > 1 AND added_at > ? "+
		"GROUP BY article_id ORDER BY article_id DESC LIMIT ?", then.At, mostRevised)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	g := r.Gorm().Table("articles").Select(hitColumns).
		Joins("JOIN sentences ON sentences.revision_id = articles.revision_id").
		Joins("LEFT JOIN sources s ON s.id = articles.source_id").
		Where("articles.id IN ? AND articles.state = ? AND articles.collection_id = ? AND sentences.id > ?", ids,
			articles.Live, q.Collection, q.After)
	all, err := store.Find[hitRow](about(g, q).Order("sentences.id").Limit(mostSentences))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	of := make([]articles.SentenceID, len(all))
	for i, h := range all {
		of[i] = h.ID
	}
	words, err := articles.WordsOf(r, of)
	m := MatcherOf(q.Words)
	for _, h := range all {
		if m.Meets(words[h.ID]) {
			hits = append(hits, h)
		}
	}
	return hits, err
}

// withBefore adds to a page of hits those of older texts, in the order of the sentences.
func withBefore(r *store.Rx, q Query, hits []hitRow, more bool) ([]hitRow, bool, error) {
	old, err := before(r, q)
	if err != nil || len(old) == 0 {
		return hits, more, err
	}
	if more { // what lies behind the last hit of the index is of a later page
		last := hits[len(hits)-1].ID
		old = slices.DeleteFunc(old, func(h hitRow) bool { return h.ID > last })
	}
	hits = append(hits, old...)
	slices.SortFunc(hits, func(a, b hitRow) int { return int(a.ID - b.ID) })
	hits = slices.CompactFunc(hits, func(a, b hitRow) bool { return a.ID == b.ID })
	if len(hits) > q.Limit {
		hits, more = hits[:q.Limit], true
	}
	return hits, more, nil
}
