package search

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"gorm.io/gorm"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Limits of one page of hits.
const (
	defaultLimit = 50
	maxLimit     = 200
)

// Query asks for sentences of a collection's newest, not withheld texts.
type Query struct {
	Collection auth.CollectionID
	Words      string
	Lang       string            // "" any
	Source     articles.SourceID // 0 any
	Article    articles.ID       // 0 any
	NotArticle articles.ID       // 0 none
	From, To   string            // publication date YYYY-MM-DD, inclusive, "" open
	After      articles.SentenceID
	Limit      int
}

// Narrowed says that only some articles of the collection are looked through.
func (q Query) Narrowed() bool {
	return q.Lang != "" || q.Article != 0 || q.Source != 0 || q.From != "" || q.To != ""
}

// Hit is a sentence that was found, cut from its own text, with the places of the words that were looked for.
type Hit struct {
	Sentence articles.Sentence `json:"sentence"`
	Article  articles.Article  `json:"article"`
	Source   string            `json:"source"`
	Words    string            `json:"text"`
	Marks    []text.Span       `json:"marks"` // within Words, code points
}

// Page is one page of hits. More says that there are others after the last. Building says that the index is being made
// anew, so that some may be missing.
type Page struct {
	Hits     []Hit `json:"hits"`
	More     bool  `json:"more"`
	Building bool  `json:"building,omitempty"`
}

// Service answers searches.
type Service struct {
	db     *store.DB
	policy *auth.Policy
}

// New makes the service.
func New(db *store.DB, policy *auth.Policy) *Service { return &Service{db: db, policy: policy} }

// Sentences finds sentences, in the order of their articles.
func (s *Service) Sentences(ctx context.Context, actor auth.Actor, q Query) (page Page, err error) {
	defer fault.In(&err, "search.Sentences(collection %d)", q.Collection)
	if _, err := s.policy.May(actor, auth.ThingSearch, auth.Read, q.Collection); err != nil {
		return page, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		page, err = Find(r, q)
		return err
	})
	return page, err
}

type hitRow struct {
	articles.Sentence
	Art        articles.Article `gorm:"embedded;embeddedPrefix:a_"`
	SourceName string           `gorm:"column:source_name"`
}

var hitColumns = "sentences.*, " + store.Columns[articles.Article]("articles", "a_") + ", s.name AS source_name"

// Find is Sentences inside a transaction, in a few queries; it asks no permission.
func Find(r *store.Rx, q Query) (page Page, err error) {
	if q.Limit <= 0 || q.Limit > maxLimit {
		q.Limit = defaultLimit
	}
	cond, arg, err := condition(r, sentenceTable, q.Words)
	if err != nil {
		return page, err
	}
	if page.Building, err = building(r); err != nil {
		return page, err
	}
	rows, more, err := hitRows(r, q, cond, arg)
	if err == nil && store.PastOf(r.Context()) != nil {
		rows, more, err = withBefore(r, q, rows, more)
	}
	if err != nil {
		return page, err
	}
	page.More = more
	ids := make([]articles.SentenceID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	words, err := articles.WordsOf(r, ids)
	if err != nil {
		return page, err
	}
	marks := newMarker(q.Words)
	for _, row := range rows {
		h := Hit{Sentence: row.Sentence, Article: row.Art, Source: row.SourceName, Words: words[row.ID]}
		h.Marks = marks.in(h.Words)
		page.Hits = append(page.Hits, h)
	}
	return page, nil
}

// hitRows reads a page of hits. The index gives its rows in the order of the sentences, so that it is read up to the
// last hit of the page and not to its end: what a hit belongs to is looked up as it comes.
func hitRows(r *store.Rx, q Query, cond, arg string) (hits []hitRow, more bool,
	err error) {
	g := r.Gorm().Table(sentenceTable+beside(r, "sentences", sentenceTable)).Select(hitColumns).
		Joins("JOIN articles ON articles.revision_id = sentences.revision_id AND articles.state = ?", articles.Live).
		Joins("LEFT JOIN sources s ON s.id = articles.source_id").
		Where(cond, arg).
		Where(sentenceTable+".rowid >= ? AND articles.collection_id = ? AND "+articles.Whole,
			(int64(q.After)+1)<<windowBits, q.Collection)
	if hits, err = store.Find[hitRow](filter(g, q).Order(sentenceTable + ".rowid").Limit(q.Limit + 1)); err != nil {
		return nil, false, err
	}
	if more = len(hits) > q.Limit; more {
		hits = hits[:q.Limit]
	}
	// a very long sentence has several rows
	return slices.CompactFunc(hits, func(a, b hitRow) bool { return a.ID == b.ID }), more, nil
}

// beside is the join of an index table with the table that it indexes. On SQLite CROSS JOIN keeps the order of the two:
// it would otherwise not know that the index is the smaller one.
func beside(r *store.Rx, table, index string) string {
	join := " JOIN "
	if r.Dialect() == store.SQLite {
		join = " CROSS JOIN "
	}
	return join + table + " ON " + table + ".id = " + index + ".rowid / 1024"
}

func filter(g *gorm.DB, q Query) *gorm.DB {
	if q.Article != 0 {
		// its sentences were numbered as they came in, so only a part of the index is read
		of := "FROM sentences WHERE revision_id = (SELECT revision_id FROM articles WHERE id = ?))"
		g = g.Where(sentenceTable+".rowid >= (SELECT COALESCE(MIN(id), 0) * 1024 "+of, q.Article).
			Where(sentenceTable+".rowid < (SELECT (COALESCE(MAX(id), 0) + 1) * 1024 "+of, q.Article)
	}
	return about(g, q)
}

// about narrows sentences to those of some articles.
func about(g *gorm.DB, q Query) *gorm.DB {
	if q.Lang != "" {
		g = g.Where("sentences.lang = ?", q.Lang)
	}
	if q.Source != 0 {
		g = g.Where("articles.source_id = ?", q.Source)
	}
	if q.Article != 0 {
		g = g.Where("articles.id = ?", q.Article)
	}
	if q.NotArticle != 0 {
		g = g.Where("articles.id <> ?", q.NotArticle)
	}
	if q.From != "" {
		// a year or month counts when the day may lie in it
		g = g.Where("articles.published <> '' AND articles.published >= substr(?, 1, length(articles.published))",
			q.From)
	}
	if q.To != "" {
		g = g.Where("articles.published <> '' AND articles.published <= ?", q.To)
	}
	return g
}

// Holding says how the claims are read whose words meet a query. A claim of very many words comes more than once.
type Holding struct {
	From      string // what to select from; it has the columns of claims
	Condition string // with one placeholder
	Argument  any
	Order     string // the column by which they come in the order of their ids, without being sorted
}

// ClaimsHolding says how the claims are read whose words meet a query, for the list of claims.
func ClaimsHolding(r *store.Rx, words string) (h Holding, err error) {
	h = Holding{From: claimTable + beside(r, "claims", claimTable), Order: claimTable + ".rowid"}
	h.Condition, h.Argument, err = condition(r, claimTable, words)
	return h, err
}

// AfterClaim is the first value of a Holding's order that lies behind a claim.
func AfterClaim(id int64) int64 { return (id + 1) << windowBits }

// Marks finds where the words of a query stand in a text: spans of code points within it.
func Marks(s, query string) []text.Span { return newMarker(query).in(s) }

// marker finds the words of one query in texts.
type marker map[string]bool

func newMarker(query string) marker {
	needles := marker{}
	free, exact := quoted(query)
	for _, p := range pieces([]rune(strings.Join(append(free, exact...), " "))) {
		if f := formOf(p.text); f != "" {
			needles[f] = true
		}
	}
	return needles
}

func (needles marker) in(s string) []text.Span {
	var out []text.Span
	all := pieces([]rune(s))
	for i, p := range all {
		switch {
		case i > 0 && joins(text.Fold(all[i-1].text), text.Fold(p.text)) && needles[formOf(all[i-1].text+p.text)]:
			pair := text.Span{Start: all[i-1].span.Start, End: p.span.End}
			if n := len(out); n > 0 && out[n-1] == all[i-1].span {
				out = out[:n-1]
			}
			out = append(out, pair)
		case slices.ContainsFunc(formsOf(p.text), func(f string) bool { return needles[f] }):
			out = append(out, p.span)
		case text.Ideographic(p.text):
			out = append(out, inside(p, needles)...)
		}
	}
	return out
}

// piece is a run of word characters of one class, Han and kana or not, as text.Terms cuts them.
type piece struct {
	span text.Span
	text string
}

func pieces(runes []rune) []piece {
	var out []piece
	for i := 0; i < len(runes); {
		if !wordRune(runes[i]) {
			i++
			continue
		}
		class := text.Ideographic(string(runes[i]))
		j := i + 1
		for j < len(runes) && (inner(runes[j]) || wordRune(runes[j]) && text.Ideographic(string(runes[j])) == class) {
			j++
		}
		out = append(out, piece{text.Span{Start: i, End: j}, string(runes[i:j])})
		i = j
	}
	return out
}

// inside finds needles of a script without spaces within a run.
func inside(p piece, needles map[string]bool) []text.Span {
	var out []text.Span
	runes := []rune(p.text)
	for k := 0; k < len(runes); k++ {
		for w := range needles {
			n := len([]rune(w))
			if k+n <= len(runes) && formOf(string(runes[k:k+n])) == w {
				out = append(out, text.Span{Start: p.span.Start + k, End: p.span.Start + k + n})
				k += n - 1
				break
			}
		}
	}
	return out
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// inner are characters that stand inside a word without ending it: marks, ZWNJ, tatweel.
func inner(r rune) bool { return unicode.Is(unicode.Mn, r) || r == 0x200C || r == 0x0640 }

var _ articles.Index = Index{}
