package evidence

import (
	"slices"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// What rooms above and the desk read inside a transaction of their own. None of it asks a permission.

// MostLinked is how many links that rest on one text are read for a page.
const MostLinked = 500

// OnArticle lists the links that rest on an article's passages, in the order of its text, at most MostLinked.
func OnArticle(r *store.Rx, id articles.ID) ([]Shown, error) {
	return shownBy(r, MostLinked, "evidence.start_cp, evidence.id",
		"evidence.article_id = ? AND evidence.unlinked_at IS NULL", id)
}

// OnSpan lists the links of other claims that rest on a span of a revision, at most MostLinked.
func OnSpan(r *store.Rx, article articles.ID, revision articles.RevisionID, span text.Span, not claims.ID) ([]Shown,
	error) {
	return shownBy(r, MostLinked, "evidence.start_cp, evidence.id",
		`evidence.article_id = ? AND evidence.revision_id = ? AND evidence.unlinked_at IS NULL AND
		evidence.claim_id <> ? AND evidence.start_cp < ? AND evidence.end_cp > ?`,
		article, revision, not, span.End, span.Start)
}

// MostOrigins is how many origins of a collection are offered to choose from.
const MostOrigins = 500

// OriginsIn lists the origins of a collection by name, at most MostOrigins.
func OriginsIn(r *store.Rx, c auth.CollectionID) (out []Origin, err error) {
	return out, r.Gorm().Where("collection_id = ? AND NOT protected", c).Order("name, id").
		Limit(MostOrigins).Find(&out).Error
}

// Stated is the origin that a person confirmed for an article.
type Stated struct {
	ArticleOrigin
	Origin Origin
}

// StatedOrigins reads the confirmed origins of articles; one whose origin is not stated is not in it.
func StatedOrigins(r *store.Rx, ids []articles.ID) (map[articles.ID]Stated, error) {
	out := map[articles.ID]Stated{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []struct {
		ArticleOrigin
		Named Origin `gorm:"embedded;embeddedPrefix:o_"`
	}
	err := r.Gorm().Table("article_origins").Select("article_origins.*, "+store.Columns[Origin]("o", "o_")).
		Joins("JOIN origins o ON o.id = article_origins.origin_id").Where("article_origins.article_id IN ?", ids).
		Scan(&rows).Error
	for _, x := range rows {
		out[x.ArticleID] = Stated{x.ArticleOrigin, x.Named}
	}
	return out, err
}

// factsRow is an article with its source and its stated origin, in one row.
type factsRow struct {
	articles.Article
	SourceName string `gorm:"column:source_name"`
	Known      Origin `gorm:"embedded;embeddedPrefix:o_"`
	OriginVer  int64  `gorm:"column:origin_version"`
}

// factsOf reads articles with source and origin in one query.
func factsOf(r *store.Rx, ids []articles.ID) (map[articles.ID]factsRow, error) {
	var rows []factsRow
	err := r.Gorm().Table("articles").Select("articles.*, s.name AS source_name, "+store.Columns[Origin]("o", "o_")+
		", ao.version AS origin_version").
		Joins("LEFT JOIN sources s ON s.id = articles.source_id").
		Joins("LEFT JOIN article_origins ao ON ao.article_id = articles.id").
		Joins("LEFT JOIN origins o ON o.id = ao.origin_id").Where("articles.id IN ?", ids).Scan(&rows).Error
	out := map[articles.ID]factsRow{}
	for _, x := range rows {
		out[x.ID] = x
	}
	return out, err
}

// shownRow is an item with what stands around it, in one row.
type shownRow struct {
	Item
	Art        articles.Article   `gorm:"embedded;embeddedPrefix:a_"`
	SourceName string             `gorm:"column:source_name"`
	Known      Origin             `gorm:"embedded;embeddedPrefix:o_"`
	OriginFrom store.Micros       `gorm:"column:origin_from"`
	OriginVer  int64              `gorm:"column:origin_version"`
	OwnN       int                `gorm:"column:own_n"`
	NewestN    int                `gorm:"column:newest_n"`
	Captured   captures.Capture   `gorm:"embedded;embeddedPrefix:cp_"`
	Para       articles.Paragraph `gorm:"embedded;embeddedPrefix:p_"`
}

var shownSelect = "SELECT evidence.*, " + store.Columns[articles.Article]("a", "a_") + ", s.name AS source_name, " +
	store.Columns[Origin]("o", "o_") + ", " + store.Columns[captures.Capture]("cp", "cp_") +
	", COALESCE(p.end_cp, 0) AS p_end_cp, COALESCE(p.page, 0) AS p_page, COALESCE(p.from_ms, 0) AS p_from_ms, " +
	"COALESCE(p.until_ms, 0) AS p_until_ms, COALESCE(p.at, '') AS p_at" +
	", ao.confirmed_at AS origin_from, ao.version AS origin_version, own.n AS own_n, newest.n AS newest_n " +
	"FROM evidence LEFT JOIN articles a ON a.id = evidence.article_id LEFT JOIN sources s ON s.id = a.source_id " +
	"LEFT JOIN article_origins ao ON ao.article_id = evidence.article_id " +
	"LEFT JOIN origins o ON o.id = COALESCE(ao.origin_id, evidence.origin_id) " +
	"LEFT JOIN revisions own ON own.id = evidence.revision_id " +
	"LEFT JOIN revisions newest ON newest.id = a.revision_id " +
	"LEFT JOIN paragraphs p ON p.revision_id = evidence.revision_id AND p.start_cp = (SELECT MAX(start_cp) FROM " +
	"paragraphs WHERE revision_id = evidence.revision_id AND start_cp <= evidence.start_cp) " +
	"LEFT JOIN captures cp ON cp.id = (SELECT MAX(id) FROM captures WHERE evidence_id = evidence.id) WHERE "

// shownBy reads the items that a condition names, with article, source, origin and standing, in one query however many
// items there are.
func shownBy(r *store.Rx, limit int, order, where string, args ...any) ([]Shown, error) {
	query := shownSelect + where + " ORDER BY " + order
	if limit > 0 {
		query += " LIMIT " + strconv.Itoa(limit)
	}
	rows, err := store.Select[shownRow](r, query, args...)
	if err != nil {
		return nil, err
	}
	out := make([]Shown, len(rows))
	for i, x := range rows {
		out[i] = x.shown(false)
	}
	return out, countTruly(r, out)
}

// shown is the item as a page shows it; open shows a passage of a protected article.
func (x shownRow) shown(open bool) Shown {
	out := Shown{Item: x.Item, OriginFrom: x.OriginFrom, OriginVersion: x.OriginVer}
	if x.Known.ID != 0 {
		out.Origin, out.counts = &x.Known, x.Known.ID
		if x.Protected != "" { // an id of its own, so that nobody sees of what else the origin is
			out.Origin = &Origin{ID: -OriginID(x.ID), CollectionID: x.Known.CollectionID, Name: Masked}
		}
	}
	if x.ArticleID == nil {
		if x.Captured.ID != 0 {
			out.kept = new(captures.FactsOf(x.Captured))
		}
		if x.Protected == "" {
			out.Capture = out.kept
		}
		return out
	}
	out.Article, out.Source = &x.Art, x.SourceName
	if x.Art.State == articles.Protected {
		out.Protected = x.Art.Protected
		if open && x.Para.End > x.Start {
			out.Stood = x.Para
		}
		if !open {
			out.cover(x.Art.Protected)
			if out.Origin != nil {
				out.Origin = &Origin{ID: -OriginID(x.ID), CollectionID: x.Known.CollectionID, Name: Masked}
			}
		}
		return out
	}
	if x.Art.State == articles.TakenDown {
		articles.Withhold(&out.Item)
		out.Withheld = true
		return out
	}
	if x.Para.End > x.Start {
		out.Stood = x.Para
	}
	if x.Placed() && x.Art.RevisionID != nil && x.RevisionID != *x.Art.RevisionID {
		out.Standing = &Standing{N: x.OwnN, Of: x.NewestN}
	}
	return out
}

// Known is what a review that rests on evidence asks of an item: whether it is still linked, how it stands to the
// claim, whether its article was taken down, and in which version and since when that article's origin is stated.
type Known struct {
	ClaimID       claims.ID
	ID            ID
	Stance        Stance
	Linked        bool
	LinkedBy      auth.UserID
	ArticleID     articles.ID // 0: an outside URL
	Withheld      bool
	OriginVersion int64        // 0: not stated
	OriginFrom    store.Micros // 0: not stated
}

const (
	knownColumns = "e.claim_id, e.id, e.stance, e.unlinked_at IS NULL AS linked, e.linked_by, " +
		"COALESCE(e.article_id, 0) AS article_id, COALESCE(a.state = 'taken_down', FALSE) AS withheld, " +
		"COALESCE(ao.version, 0) AS origin_version, COALESCE(ao.confirmed_at, 0) AS origin_from"
	knownJoins = "LEFT JOIN articles a ON a.id = e.article_id " +
		"LEFT JOIN article_origins ao ON ao.article_id = e.article_id "
)

// Around is what the reviews of a claim rest on.
type Around struct {
	Items []Known       // all that was ever linked to the claim, in the order of their ids
	Own   ArticleOrigin // of the claim's own article; version 0: none is stated
	URL   string        // of that article
}

// AroundOf reads it in one statement. It asks no permission.
func AroundOf(r *store.Rx, c claims.Claim) (out Around, err error) {
	rows, err := store.Select[struct {
		Known
		Own ArticleOrigin `gorm:"embedded;embeddedPrefix:own_"`
		URL string        `gorm:"column:url"`
	}](r, aroundQuery, c.ID)
	for _, x := range rows {
		if out.Own, out.URL = x.Own, x.URL; x.ID != 0 {
			out.Items = append(out.Items, x.Known)
		}
	}
	return out, err
}

var aroundQuery = "SELECT " + knownColumns + ", " + store.Columns[ArticleOrigin]("own", "own_") + ", home.url " +
	"FROM claims c JOIN articles home ON home.id = c.article_id " +
	"LEFT JOIN article_origins own ON own.article_id = c.article_id " +
	"LEFT JOIN evidence e ON e.claim_id = c.id " + knownJoins + "WHERE c.id = ? ORDER BY e.id"

// KnownOf reads every item that was ever linked to these claims, by claim, in the order of their ids.
func KnownOf(r *store.Rx, ids []claims.ID) (map[claims.ID][]Known, error) {
	out := map[claims.ID][]Known{}
	for chunk := range slices.Chunk(ids, 1000) {
		rows, err := store.Select[Known](r, "SELECT "+knownColumns+" FROM evidence e "+knownJoins+
			"WHERE e.claim_id IN ? ORDER BY e.id", chunk)
		if err != nil {
			return nil, err
		}
		for _, x := range rows {
			out[x.ClaimID] = append(out[x.ClaimID], x)
		}
	}
	return out, nil
}
