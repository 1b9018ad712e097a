package claims

import (
	"slices"

	"gorm.io/gorm"

	"claimbench/internal/auth"
	"claimbench/internal/search"
	"claimbench/internal/store"
)

// mostReworded is how many claims with other words since a search of the past reads, the newest.
const mostReworded = 1000

// foundThen is ListOf of words at a moment that has been. The index holds the words of today, so it finds claims that
// have not been worded otherwise since; those that have are read beside them, and of all the words of then decide. At
// most CountCap+1 of either are looked at.
func foundThen(r *store.Rx, f Filter, by auth.UserID) (p Page, err error) {
	from, order, _, err := source(r, f)
	if err != nil {
		return p, err
	}
	fit := func(g *gorm.DB) *gorm.DB {
		if g = filter(g, f, by); f.Fold {
			g = g.Where("NOT (" + folded + ")")
		}
		return g
	}
	ids, err := store.Numbers[ID](fit(from(r.Gorm())).Select("claims.id").Order(order).Limit(CountCap + 1))
	if err != nil {
		return p, err
	}
	again, err := rewordedSince(r, f.Collection)
	if err != nil {
		return p, err
	}
	for part := range slices.Chunk(again, idsAtOnce) {
		some, err := store.Numbers[ID](fit(r.Gorm().Model(&Claim{})).Select("claims.id").Where("claims.id IN ?", part))
		if err != nil {
			return p, err
		}
		ids = append(ids, some...)
	}
	slices.Sort(ids)
	found, err := FilledOf(r, slices.Compact(ids))
	if err != nil {
		return p, err
	}
	m := search.MatcherOf(f.Text)
	for _, c := range found {
		if c.Withheld || !m.Meets(indexWords(c, c.Glosses)...) {
			continue
		}
		p.Count = min(p.Count+1, CountCap+1)
		switch {
		case c.ID <= f.After:
		case len(p.Claims) < f.Limit:
			p.Claims = append(p.Claims, c)
		default:
			p.Next = p.Claims[f.Limit-1].ID
		}
	}
	return p, nil
}

// rewordedSince are claims whose words, or those of a gloss, may have been others at the moment of a past. Two queries
// of today's rows.
func rewordedSince(r *store.Rx, in auth.CollectionID) ([]ID, error) {
	then := store.PastOf(r.Context())
	ids, err := store.Select[ID](r.Now(), "SELECT DISTINCT c.id FROM claim_words w JOIN claims c ON c.id = w.claim_id "+
		"WHERE w.words_version > 1 AND c.collection_id = ? AND (w.worded_at > ? OR w.words_version > c.words_version) "+
		"ORDER BY c.id DESC LIMIT ?", in, then.At, mostReworded)
	if err != nil {
		return nil, err
	}
	more, err := store.Select[ID](r.Now(), "SELECT DISTINCT c.id FROM glosses g JOIN claims c ON c.id = g.claim_id "+
		"WHERE g.version > 1 AND g.changed_at > ? AND c.collection_id = ? ORDER BY c.id DESC LIMIT ?", then.At, in,
		mostReworded)
	return append(ids, more...), err
}
