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

// Find is Sentences inside a transaction, in two queries; it asks no permission.
func Find(r *store.Rx, q Query) (page Page, err error) {
	if q.Limit <= 0 || q.Limit > maxLimit {
		q.Limit = defaultLimit
	}
	cond, arg, err := condition(r, sentenceTable, q.Words)
	if err != nil {
		return page, err
	}
	g := r.Gorm().Table("sentences").Select(hitColumns).
		Joins("JOIN articles ON articles.revision_id = sentences.revision_id AND articles.state = ?", articles.Live).
		Joins("LEFT JOIN sources s ON s.id = articles.source_id").
		Where("sentences.id IN (SELECT rowid / 1024 FROM "+sentenceTable+" WHERE "+cond+")", arg).
		Where("articles.collection_id = ? AND sentences.id > ? AND "+articles.Whole, q.Collection, q.After)
	if page.Building, err = building(r); err != nil {
		return page, err
	}
	var rows []hitRow
	if err := filter(g, q).Order("sentences.id").Limit(q.Limit + 1).Scan(&rows).Error; err != nil {
		return page, err
	}
	if page.More = len(rows) > q.Limit; page.More {
		rows = rows[:q.Limit]
	}
	ids := make([]articles.SentenceID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	words, err := articles.WordsOf(r, ids)
	if err != nil {
		return page, err
	}
	for _, row := range rows {
		h := Hit{Sentence: row.Sentence, Article: row.Art, Source: row.SourceName, Words: words[row.ID]}
		h.Marks = Marks(h.Words, q.Words)
		page.Hits = append(page.Hits, h)
	}
	return page, nil
}

func filter(g *gorm.DB, q Query) *gorm.DB {
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

// ClaimCondition gives a condition on the id of a claim that its words meet the query, for the list of claims.
func ClaimCondition(r *store.Rx, words string) (cond string, arg any, err error) {
	c, a, err := condition(r, claimTable, words)
	if err != nil {
		return "", nil, err
	}
	return "id IN (SELECT rowid / 1024 FROM " + claimTable + " WHERE " + c + ")", a, nil
}

// Marks finds where the words of a query stand in a text: spans of code points within it.
func Marks(s, query string) []text.Span {
	needles := map[string]bool{}
	free, exact := quoted(query)
	for _, p := range pieces([]rune(strings.Join(append(free, exact...), " "))) {
		if f := formOf(p.text); f != "" {
			needles[f] = true
		}
	}
	var out []text.Span
	for _, p := range pieces([]rune(s)) {
		switch {
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
