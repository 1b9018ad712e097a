package claimset

import (
	"slices"

	"gorm.io/gorm/clause"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Opened is a set with one page of its claims. A draft's are as they are now; a frozen set's as they were frozen.
type Opened struct {
	Set
	Claims       []claims.Claim         // of a draft
	Entries      []Entry                // of a frozen set
	Before       int                    // how many claims of a draft stand before this page
	Next         claims.ID              // after which the next page of them begins; 0 at the end
	Size         int                    // of all its claims
	Verdicts     map[claims.Verdict]int // how many of them have each verdict
	SupersededBy *Set
	Position     *Position
	Intact       bool         // the frozen claims had the hash they were frozen with,
	CheckedAt    store.Micros // when they were read and hashed
}

// Position is where in the history a set was frozen. It counts every event, those of open rounds too, so it is there
// for those who read the whole history only.
type Position struct {
	FrozenSeq  int64               // the last event before the freeze
	Checkpoint *history.Checkpoint // the first one that covers the freeze; nil before it is signed
}

// ByID reads a set inside a transaction; it asks no permission.
func ByID(r *store.Rx, id ID) (set Set, err error) {
	return set, store.Take(r.Gorm(), &set, "such claim set", "id = ?", id)
}

// ListOf gives the sets of a collection, the newest first: those before one of them, or with 0 from the first. It
// asks no permission.
func ListOf(r *store.Rx, c auth.CollectionID, before ID, limit int) (out []Set, err error) {
	g := r.Gorm().Where("collection_id = ?", c)
	if before != 0 {
		g = g.Where("id < ?", before)
	}
	return out, g.Order("id DESC").Limit(limit).Find(&out).Error
}

// Sizes counts the claims of sets in one query.
func Sizes(r *store.Rx, ids []ID) (map[ID]int, error) {
	var rows []struct {
		SetID ID
		N     int
	}
	err := r.Gorm().Model(&member{}).Select("set_id, COUNT(*) AS n").Where("set_id IN ?", ids).Group("set_id").
		Scan(&rows).Error
	out := make(map[ID]int, len(rows))
	for _, x := range rows {
		out[x.SetID] = x.N
	}
	return out, err
}

// Holding says which of these claims are in a set.
func Holding(r *store.Rx, id ID, of []claims.ID) (map[claims.ID]bool, error) {
	var in []claims.ID
	err := r.Gorm().Model(&member{}).Where("set_id = ? AND claim_id IN ?", id, of).Pluck("claim_id", &in).Error
	out := make(map[claims.ID]bool, len(in))
	for _, c := range in {
		out[c] = true
	}
	return out, err
}

// Hindrance says why a draft cannot be frozen now, by Freezable; nil when it can. It reads one claim that hinders, if
// there is one, however large the set is.
func Hindrance(r *store.Rx, set Set) error {
	var one []claims.Claim
	if err := r.Gorm().Where("id IN (SELECT claim_id FROM claim_set_claims WHERE set_id = ?)", set.ID).
		Order(clause.OrderBy{Expression: clause.Expr{
			SQL: "CASE WHEN state = ? AND EXISTS (SELECT 1 FROM articles WHERE articles.id = claims.article_id AND " +
				"articles.state <> ?) THEN 1 ELSE 0 END, id",
			Vars: []any{claims.Approved, articles.TakenDown}}}).Limit(1).Find(&one).Error; err != nil {
		return err
	}
	if err := claims.Fill(r, one); err != nil {
		return err
	}
	return Freezable(set, one)
}

// Open reads a set with a page of its claims in its order, at most limit of those after one of them. all says that the
// reader may know where in the history it was frozen. It asks no permission.
func (s *Service) Open(r *store.Rx, set Set, after claims.ID, limit int, all bool) (o Opened, err error) {
	o = Opened{Set: set}
	var next []Set
	if err := r.Gorm().Where("supersedes = ? AND state <> ?", set.ID, Draft).Limit(1).Find(&next).Error; err != nil {
		return o, err
	}
	if len(next) > 0 {
		o.SupersededBy = &next[0]
	}
	if set.State == Draft {
		return o, o.draft(r, after, limit)
	}
	if all {
		o.Position = &Position{FrozenSeq: set.FrozenSeq}
		if o.Position.Checkpoint, err = history.CheckpointAt(r, set.FrozenSeq+1); err != nil {
			return o, err
		}
	}
	if err := s.checks.of(r, s.db.Now(), &o); err != nil {
		return o, err
	}
	o.Entries, o.Next, err = entriesAfter(r, set, s.gone, after, limit)
	return o, err
}

// draft adds a page of claims as they are, and counts all.
func (o *Opened) draft(r *store.Rx, after claims.ID, limit int) error {
	var counts []struct {
		Verdict claims.Verdict
		N       int
	}
	if err := r.Gorm().Table("claims").Select("claims.verdict, COUNT(*) AS n").
		Joins("JOIN claim_set_claims m ON m.claim_id = claims.id").Where("m.set_id = ?", o.ID).
		Group("claims.verdict").Scan(&counts).Error; err != nil {
		return err
	}
	o.Verdicts = map[claims.Verdict]int{}
	for _, x := range counts {
		o.Verdicts[x.Verdict] = x.N
		o.Size += x.N
	}
	at, err := cursor(r, o.ID, after)
	if err != nil {
		return err
	}
	if o.Before, err = at.before(r, o.ID); err != nil {
		return err
	}
	behind, args := at.behind()
	ids, err := store.Numbers[claims.ID](r.Gorm().Model(&member{}).Select("claim_id").Where("set_id = ?", o.ID).
		Where(behind, args...).Order(inOrder).Limit(limit + 1))
	if err != nil {
		return err
	}
	if len(ids) > limit {
		ids = ids[:limit]
		o.Next = ids[limit-1]
	}
	o.Claims, err = inTheirOrder(r, ids)
	return err
}

// inTheirOrder reads claims in the order in which they are named.
func inTheirOrder(r *store.Rx, ids []claims.ID) ([]claims.Claim, error) {
	all, err := claims.FilledOf(r, ids)
	at := among(ids)
	slices.SortFunc(all, func(a, b claims.Claim) int { return at[a.ID] - at[b.ID] })
	return all, err
}

// EntryPage is how many claims of a set are read at once.
const EntryPage = 200

// entriesAfter reads a page of frozen claims, and says after which the next one begins.
func entriesAfter(r *store.Rx, set Set, gone goneOf, after claims.ID, limit int) (out []Entry, next claims.ID,
	err error) {
	at, err := cursor(r, set.ID, after)
	if err != nil {
		return nil, 0, err
	}
	var page []member
	behind, args := at.behind()
	if err := r.Gorm().Where("set_id = ?", set.ID).Where(behind, args...).Order(inOrder).Limit(limit + 1).Find(
		&page).Error; err != nil {
		return nil, 0, err
	}
	if len(page) > limit {
		page = page[:limit]
		next = page[limit-1].ClaimID
	}
	down, err := gone.of(r, set)
	if err != nil {
		return nil, 0, err
	}
	out = make([]Entry, len(page))
	for i, m := range page {
		if out[i], _, err = shown([]byte(m.Frozen), down); err != nil {
			return nil, 0, err
		}
	}
	return out, next, nil
}

func withholdIn(e *Entry, down map[articles.ID]bool) {
	if down[e.Article.Article] {
		articles.Withhold(e)
		e.Withheld = true
	}
	for i := range e.Evidence {
		if a := e.Evidence[i].Article; a != nil && down[a.Article] {
			articles.Withhold(&e.Evidence[i])
			e.Evidence[i].Withheld = true
		}
	}
}
