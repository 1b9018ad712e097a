package articles

import (
	"strings"

	"claimbench/internal/store"
)

// Around is what stands in the sentence of some words before them and behind them. Where that is long, only what stands
// nearest is here, with … for the rest. Both are "" when the text is not there.
type Around struct {
	Before string `json:"before" words:"article"`
	After  string `json:"after" words:"article"`
}

// mostAround is how many code points of each side are read.
const mostAround = 600

// AroundAll reads for each spot what stands around its words, in one query however many there are. It asks no
// permission, and does not ask whether an article was taken down.
func AroundAll(r *store.Rx, spots []Spot) ([]Around, error) {
	out := make([]Around, len(spots))
	if len(spots) == 0 {
		return out, nil
	}
	args := make([]any, 0, 5*len(spots)+5)
	for i, s := range spots {
		args = append(args, i, int64(s.RevisionID), s.Sentence, s.Start, s.End)
	}
	one := ", (CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT))"
	var rows []struct {
		I             int
		Before, After string
		Cut           int
		More          int
	}
	err := r.Gorm().Raw("SELECT b.i, b.cut, b.more, "+
		"SUBSTR(rv.raw, CAST(b.first + 1 AS INTEGER), CAST(b.starts - b.first AS INTEGER)) AS before, "+
		"SUBSTR(rv.raw, CAST(b.ends + 1 AS INTEGER), CAST(b.last - b.ends AS INTEGER)) AS after FROM ("+
		"SELECT i, rev, starts, ends, CASE WHEN starts - first > ? THEN starts - ? ELSE first END AS first, "+
		"CASE WHEN last - ends > ? THEN ends + ? ELSE last END AS last, "+
		"CASE WHEN starts - first > ? THEN 1 ELSE 0 END AS cut, CASE WHEN last - ends > ? THEN 1 ELSE 0 END AS more "+
		"FROM (SELECT v.column1 AS i, v.column2 AS rev, v.column4 AS starts, v.column5 AS ends, "+
		"CASE WHEN MIN(s.start_cp) > v.column4 THEN v.column4 ELSE MIN(s.start_cp) END AS first, "+
		"CASE WHEN MAX(s.end_cp) < v.column5 THEN v.column5 ELSE MAX(s.end_cp) END AS last "+
		"FROM (VALUES "+strings.Repeat(one, len(spots))[2:]+") AS v "+
		"JOIN sentences s ON s.revision_id = v.column2 AND s.n BETWEEN v.column3 AND v.column3 + ? "+
		"AND s.start_cp < v.column5 AND s.end_cp > v.column4 "+
		"GROUP BY v.column1, v.column2, v.column4, v.column5) AS a) AS b JOIN revisions rv ON rv.id = b.rev",
		withBounds(args)...).Scan(&rows).Error
	for _, x := range rows {
		a := Around{Before: x.Before, After: x.After}
		if x.Cut != 0 {
			a.Before = "…" + a.Before
		}
		if x.More != 0 {
			a.After += "…"
		}
		out[x.I] = a
	}
	return out, err
}

// withBounds puts the bounds of AroundAll's query around the values of its spots.
func withBounds(spots []any) []any {
	m := mostAround
	return append(append([]any{m, m, m, m, m, m}, spots...), mostInSpot)
}
