package articles

import (
	"math"
	"slices"
	"strings"

	"gorm.io/gorm"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Stretch is a part of a revision: some of its sentences, and the raw text from the first to the last of them. A long
// text is not read whole to show one sentence of it.
type Stretch struct {
	Article   Article
	Revision  Revision // without its text
	Source    *Source  // nil: not stated
	Of        int      // sentences in the whole revision
	Sentences []Sentence
	Stood     Paragraph // where the span that was asked for begins in the file that the text was read from
	start     int       // code point at which raw begins
	raw       []rune
	apart     []apart // sentences that were added, each with its text
}

// apart is a sentence with its text that does not stand beside the others.
type apart struct {
	text.Span
	raw []rune
}

// Withheld says that the article was taken down: its facts are here, its text is not.
func (s Stretch) Withheld() bool { return s.Article.State != Live }

// Newest says that this is the text that its article has now.
func (s Stretch) Newest() bool {
	return s.Article.RevisionID != nil && *s.Article.RevisionID == s.Revision.ID
}

// Slice gives the raw text of a span, as far as it lies in the stretch. Where the span runs over a gap, to a sentence
// that was added, a line feed stands for what was not read.
func (s Stretch) Slice(span text.Span) string {
	words := apart{text.Span{Start: s.start, End: s.start + len(s.raw)}, s.raw}.slice(span)
	for _, a := range s.apart {
		switch more := a.slice(span); {
		case more == "":
		case words == "":
			words = more
		case a.Start < s.start:
			words = more + "\n" + words
		default:
			words += "\n" + more
		}
	}
	return words
}

func (a apart) slice(span text.Span) string {
	clip := func(at int) int { return min(max(at-a.Start, 0), len(a.raw)) }
	if from, to := clip(span.Start), clip(span.End); from < to {
		return string(a.raw[from:to])
	}
	return ""
}

// nearRow is a sentence with its words and what stands behind it up to the next one.
type nearRow struct {
	Sentence
	Words string    `gorm:"column:words"`
	Of    int       `gorm:"column:of"`
	Para  Paragraph `gorm:"embedded;embeddedPrefix:p_"`
}

// nearQuery counts sentences by their highest number, for they are numbered from 1 on without a gap. The sentences of a
// span are looked for from the one in which it begins, and there are no more of them than it has characters.
const nearQuery = `WITH hit AS (SELECT MIN(n) AS first, MAX(n) AS last FROM sentences WHERE revision_id = ? AND
		n BETWEEN ? AND ? AND start_cp < ? AND end_cp > ?)
	SELECT s.*, (SELECT MAX(n) FROM sentences WHERE revision_id = s.revision_id) AS "of",
		SUBSTR(rv.raw, CAST(s.start_cp + 1 AS INTEGER), CAST(COALESCE((SELECT b.start_cp FROM sentences b
			WHERE b.revision_id = s.revision_id AND b.n = s.n + 1 AND s.n < hit.last + ?), s.end_cp) - s.start_cp
			AS INTEGER)) AS words, COALESCE(p.end_cp, 0) AS p_end_cp, COALESCE(p.page, 0) AS p_page,
		COALESCE(p.from_ms, 0) AS p_from_ms, COALESCE(p.until_ms, 0) AS p_until_ms, COALESCE(p.at, '') AS p_at
	FROM hit JOIN sentences s ON s.n BETWEEN hit.first - ? AND hit.last + ?
	JOIN revisions rv ON rv.id = s.revision_id
	LEFT JOIN paragraphs p ON p.revision_id = s.revision_id AND p.start_cp = (SELECT MAX(start_cp) FROM paragraphs
		WHERE revision_id = ? AND start_cp <= ?)
	WHERE s.revision_id = ? ORDER BY s.n`

// Near reads the sentences of a revision in which a span lies, with before sentences before them and after behind
// them, inside a transaction. begins is the number of the sentence in which the span begins, 0 when it is not known. It
// asks no permission. Two queries, however long the text.
func Near(r *store.Rx, article ID, revision RevisionID, span text.Span, begins, before, after int) (s Stretch,
	err error) {
	if err := s.facts(r, article, revision); err != nil {
		return s, err
	}
	if s.Article.State == Protected {
		s.Revision.cover()
	}
	if s.Withheld() {
		return s, nil
	}
	return s, s.read(r, span, begins, before, after)
}

// read reads the sentences that Near says.
func (s *Stretch) read(r *store.Rx, span text.Span, begins, before, after int) error {
	revision := s.Revision.ID
	ends := math.MaxInt32
	if begins > 0 {
		ends = begins + span.Len()
	}
	rows, err := store.Select[nearRow](r, nearQuery, revision, begins, ends, span.End, span.Start, after, before, after,
		revision, span.Start, revision)
	if err != nil {
		return err
	}
	for i, x := range rows {
		if i == 0 {
			if s.start, s.Of = x.Start, x.Of; span.Start < x.Para.End {
				s.Stood = x.Para
			}
		}
		s.Sentences = append(s.Sentences, x.Sentence)
		s.raw = append(s.raw, []rune(x.Words)...)
	}
	return nil
}

// Add reads the sentences in which other spots of the revision lie, as far as they are not there yet, in one query.
func (s *Stretch) Add(r *store.Rx, spots []Spot) error {
	var where []string
	args := []any{s.Revision.ID}
	for _, at := range spots {
		if !s.holds(at.Span) {
			where = append(where, "s.n BETWEEN ? AND ? AND s.start_cp < ? AND s.end_cp > ?")
			args = append(args, at.Sentence, at.Sentence+at.Len(), at.End, at.Start)
		}
	}
	if len(where) == 0 || s.Withheld() {
		return nil
	}
	rows, err := store.Select[nearRow](r, "SELECT s.*, 0 AS \"of\", SUBSTR(rv.raw, CAST(s.start_cp + 1 AS INTEGER), "+
		"CAST(s.end_cp - s.start_cp AS INTEGER)) AS words FROM sentences s JOIN revisions rv ON rv.id = s.revision_id "+
		"WHERE s.revision_id = ? AND ("+strings.Join(where, " OR ")+") ORDER BY s.n", args...)
	if err != nil {
		return err
	}
	for _, x := range rows {
		if !slices.ContainsFunc(s.Sentences, func(sn Sentence) bool { return sn.N == x.N }) {
			s.Sentences = append(s.Sentences, x.Sentence)
			s.apart = append(s.apart, apart{x.Span, []rune(x.Words)})
		}
	}
	slices.SortFunc(s.Sentences, func(a, b Sentence) int { return a.N - b.N })
	return nil
}

// holds says whether the whole of a span was read.
func (s Stretch) holds(span text.Span) bool {
	return s.start <= span.Start && span.End <= s.start+len(s.raw)
}

// NearAll reads for each spot the raw text of its sentences and of the one before them, as Near does for one, in one
// query however many there are. Of a spot whose text is not there the stretch is empty. It asks no permission, and does
// not ask whether an article was taken down.
func NearAll(r *store.Rx, spots []Spot) ([]Stretch, error) {
	out := make([]Stretch, len(spots))
	if len(spots) == 0 {
		return out, nil
	}
	args := make([]any, 0, 4*len(spots)+1)
	for i, s := range spots {
		args = append(args, i, int64(s.RevisionID), s.Sentence, s.End)
	}
	one := ", (CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT))"
	var rows []struct {
		I, StartCp int
		Words      string
	}
	if err := r.Gorm().Raw("SELECT b.i, b.start_cp, SUBSTR(rv.raw, CAST(b.start_cp + 1 AS INTEGER), "+
		"CAST(b.end_cp - b.start_cp AS INTEGER)) AS words FROM (SELECT v.column1 AS i, v.column2 AS rev, "+
		"MIN(s.start_cp) AS start_cp, MAX(s.end_cp) AS end_cp FROM (VALUES "+strings.Repeat(one, len(spots))[2:]+
		") AS v JOIN sentences s ON s.revision_id = v.column2 AND s.n BETWEEN v.column3 - 1 AND v.column3 + ? "+
		"AND s.start_cp < v.column4 GROUP BY v.column1, v.column2) AS b JOIN revisions rv ON rv.id = b.rev",
		append(args, mostInSpot)...).Scan(&rows).Error; err != nil {
		return nil, err
	}
	for _, x := range rows {
		out[x.I].start, out[x.I].raw = x.StartCp, []rune(x.Words)
	}
	return out, nil
}

// mostInSpot is over how many sentences a spot is taken to go.
const mostInSpot = 40

// facts reads an article with a revision of it and its source, in one query.
func (s *Stretch) facts(r *store.Rx, article ID, revision RevisionID) error {
	rows, err := factsBy(r, "raw", "a.id = ? AND rv.id = ?", article, revision)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fault.New(fault.NotFound, "There is no such article.")
	}
	s.Article, s.Revision, s.Source = rows[0].Art, rows[0].Rev, rows[0].source()
	return nil
}

// factsRow is an article with a revision and the source as its collection rated it, in one row.
type factsRow struct {
	Art    Article  `gorm:"embedded;embeddedPrefix:a_"`
	Rev    Revision `gorm:"embedded;embeddedPrefix:r_"`
	From   Source   `gorm:"embedded;embeddedPrefix:s_"`
	Rating string   `gorm:"column:rating"`
	Prev   ID       `gorm:"column:prev"`
	Next   ID       `gorm:"column:next"`
}

func (x factsRow) source() *Source {
	if x.From.ID == 0 {
		return nil
	}
	x.From.Reliability = x.Rating
	return &x.From
}

// factsBy reads the revisions that a condition names, each with its article and source; without is a column of the
// revision that is not wanted.
func factsBy(r *store.Rx, without, where string, args ...any) (rows []factsRow, err error) {
	return store.Select[factsRow](r, factsColumns[without]+where, args...)
}

// factsColumns begin the statement that reads facts, by the column of the revision that is not wanted.
var factsColumns = map[string]string{"": factsWithout("", besides), "raw": factsWithout("raw", "")}

// besides are the articles beside one in its collection, in the order in which they came; 0 for none.
const besides = ", COALESCE((SELECT MAX(id) FROM articles WHERE collection_id = a.collection_id AND id < a.id), 0) " +
	"AS prev, COALESCE((SELECT MIN(id) FROM articles WHERE collection_id = a.collection_id AND id > a.id), 0) AS next"

func factsWithout(column, more string) string {
	return "SELECT " + store.Columns[Article]("a", "a_") + ", " + store.Columns[Revision]("rv", "r_", column) + ", " +
		store.Columns[Source]("s", "s_") + ", COALESCE(sr.reliability, s.reliability, '') AS rating" + more +
		" FROM articles a " +
		"JOIN revisions rv ON rv.article_id = a.id LEFT JOIN sources s ON s.id = a.source_id " +
		"LEFT JOIN source_ratings sr ON sr.source_id = s.id AND sr.collection_id = a.collection_id WHERE "
}

// MostRevisions is how many revisions of an article a page of them has at most.
const MostRevisions = 50

// RevisionsOf lists the newest revisions of an article inside a transaction, oldest first, without their texts, at most
// MostRevisions; before (0: none) leaves out that one and all after it. earlier says that there are some before them.
// It asks no permission.
func RevisionsOf(r *store.Rx, id ID, before int) (out []Revision, earlier bool, err error) {
	q := r.Gorm().Omit("raw").Where("article_id = ?", id)
	if before > 0 {
		q = q.Where("n < ?", before)
	}
	if err := q.Order("n DESC").Limit(MostRevisions + 1).Find(&out).Error; err != nil {
		return nil, false, err
	}
	if earlier = len(out) > MostRevisions; earlier {
		out = out[:MostRevisions]
	}
	slices.Reverse(out)
	a, err := ByID(r, id)
	for i := range out {
		if a.State == Protected {
			out[i].cover()
		}
	}
	return out, earlier, err
}

// NewestN is the number of an article's newest revision, and so how many it has, inside a transaction; it asks no
// permission.
func NewestN(r *store.Rx, id ID) (n int, err error) {
	return n, r.Gorm().Raw("SELECT COALESCE(MAX(n), 0) FROM revisions WHERE article_id = ?", id).Scan(&n).Error
}

// SentenceN reads a sentence of a revision by its number inside a transaction; a number that the text does not have is
// fault.NotFound. It asks no permission.
func SentenceN(r *store.Rx, id RevisionID, n int) (sn Sentence, err error) {
	return sn, store.Take(r.Gorm(), &sn, "such sentence in this text", "revision_id = ? AND n = ?", id, n)
}

// WordsOf reads what sentences say inside a transaction, without reading their texts whole. It asks no permission, and
// does not ask whether their articles were taken down.
func WordsOf(r *store.Rx, ids []SentenceID) (map[SentenceID]string, error) {
	out := map[SentenceID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := store.Select[struct {
		ID    SentenceID
		Words string
	}](r, "SELECT s.id, SUBSTR(rv.raw, CAST(s.start_cp + 1 AS INTEGER), CAST(s.end_cp - s.start_cp AS INTEGER)) AS "+
		"words FROM sentences s JOIN revisions rv ON rv.id = s.revision_id WHERE s.id IN ?", ids)
	for _, x := range rows {
		out[x.ID] = x.Words
	}
	return out, err
}

// Choice is an article with the name of its source, to choose from: what it is called, and no more.
type Choice struct {
	Article
	Source string `gorm:"column:source_name"`
}

// MostChoices is how many articles a menu offers: one does not look for an article in a longer one.
const MostChoices = 50

// Choices lists the newest articles of a collection inside a transaction, at most MostChoices, in the order they came
// in; chosen (0: none) is among them when it is of the collection. It asks no permission.
func Choices(r *store.Rx, c auth.CollectionID, chosen ID) (out []Choice, err error) {
	ask := func() *gorm.DB {
		return r.Gorm().Table("articles").Select("articles.id, articles.source_id, articles.title, articles.lang, "+
			"articles.dir, articles.published, COALESCE(s.name, '') AS source_name").
			Joins("LEFT JOIN sources s ON s.id = articles.source_id").Where("articles.collection_id = ?", c)
	}
	if err := ask().Order("articles.id DESC").Limit(MostChoices).Scan(&out).Error; err != nil {
		return nil, err
	}
	slices.Reverse(out)
	if chosen == 0 || slices.ContainsFunc(out, func(a Choice) bool { return a.ID == chosen }) {
		return out, nil
	}
	var one []Choice
	err = ask().Where("articles.id = ?", chosen).Scan(&one).Error
	return append(one, out...), err
}

// SourceNames names the sources of articles inside a transaction; an article whose source is not stated is not in it.
// It asks no permission.
func SourceNames(r *store.Rx, ids []ID) (map[ID]string, error) {
	out := map[ID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := store.Select[struct {
		ID   ID
		Name string
	}](r, "SELECT a.id, s.name FROM articles a JOIN sources s ON s.id = a.source_id WHERE a.id IN ?", ids)
	for _, x := range rows {
		out[x.ID] = x.Name
	}
	return out, err
}
