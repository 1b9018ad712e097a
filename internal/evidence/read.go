package evidence

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Shown is an item with what a screen says of it. Origin is the one that counts: the article's confirmed one, or the
// one a person gave an outside URL; nil is not stated.
type Shown struct {
	Item
	Article    *articles.Article `json:"article_facts,omitempty"`
	Source     string            `json:"source,omitempty"`
	Origin     *Origin           `json:"origin_facts,omitempty"`
	Withheld   bool              `json:"withheld,omitempty"`
	Standing   *Standing         `json:"standing,omitempty"` // nil: in the newest text of its article, or outside
	OriginFrom store.Micros      `json:"-"`                  // when the article's origin was last confirmed, 0 never
	// OriginVersion is the version of the article's origin, 0 not stated.
	OriginVersion int64 `json:"-"`
	Protects      bool  `json:"-"` // this person may protect its source
	Opened        bool  `json:"-"` // the source is protected, and shown to this person
	// the newest capture of an outside document; nil: there is none, or its source is protected and not shown
	Capture *captures.Facts `json:"-"`
	// where the passage stands in the file of its article; zero: it is not known, or not shown
	Stood  articles.Paragraph `json:"-"`
	counts OriginID
	kept   *captures.Facts // the same, shown or not
}

// OriginID is the origin as the guards count it, also of a protected source; 0 not stated. It is shown to nobody.
func (x Shown) OriginID() OriginID {
	if x.counts == 0 && x.Origin != nil {
		return x.Origin.ID
	}
	return x.counts
}

// ForClaim lists the evidence linked to a claim, oldest first.
func (s *Service) ForClaim(ctx context.Context, actor auth.Actor, id claims.ID) (out []Shown, err error) {
	defer fault.In(&err, "evidence.ForClaim(%d)", id)
	if _, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		out, err = OfClaim(r, id)
		return err
	})
	return out, err
}

// OfClaim lists the evidence linked to a claim inside a transaction; it asks no permission. Link holds it to
// MostOfClaim items; a claim that an earlier program gave more keeps them all, for a decision rests on the whole.
func OfClaim(r *store.Rx, id claims.ID) ([]Shown, error) {
	return shownBy(r, 0, "evidence.id", "evidence.claim_id = ? AND evidence.unlinked_at IS NULL", id)
}

// OfClaims is OfClaim for several claims in one query.
func OfClaims(r *store.Rx, ids []claims.ID) (map[claims.ID][]Shown, error) {
	out := map[claims.ID][]Shown{}
	if len(ids) == 0 {
		return out, nil
	}
	all, err := shownBy(r, 0, "evidence.claim_id, evidence.id",
		"evidence.claim_id IN ? AND evidence.unlinked_at IS NULL", ids)
	for _, x := range all {
		out[x.ClaimID] = append(out[x.ClaimID], x)
	}
	return out, err
}

// Hold keeps the articles of a claim and of its linked evidence as they are until this Write has ended, with their
// origins. The claim must be locked, so that nothing is linked or unlinked meanwhile.
func Hold(tx *store.Tx, c claims.Claim) error {
	if tx.Dialect() == store.SQLite {
		return nil // the whole database is this Write's
	}
	return articles.Hold(tx, c.ArticleID, tx.Gorm().Model(&Item{}).Select("article_id").
		Where("claim_id = ? AND unlinked_at IS NULL AND article_id IS NOT NULL", c.ID))
}

// ByIDs reads items, unlinked ones too, inside a transaction; it asks no permission.
func ByIDs(r *store.Rx, ids []ID) ([]Shown, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return shownBy(r, 0, "evidence.id", "evidence.id IN ?", ids)
}

// ForArticle lists the links that rest on an article's passages, in the order of its text.
func (s *Service) ForArticle(ctx context.Context, actor auth.Actor, id articles.ID) (out []Shown, err error) {
	defer fault.In(&err, "evidence.ForArticle(%d)", id)
	err = s.db.Read(ctx, func(r *store.Rx) error {
		if _, err := articles.ByIDFor(r, s.policy, actor, id); err != nil {
			return err
		}
		out, err = OnArticle(r, id)
		return err
	})
	return out, err
}

// Counts says how many items of each stance each of these claims has. It asks no permission.
func Counts(r *store.Rx, ids []claims.ID) (map[claims.ID]map[Stance]int, error) {
	out := map[claims.ID]map[Stance]int{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := store.Select[struct {
		ClaimID claims.ID
		Stance  Stance
		N       int
	}](r, "SELECT claim_id, stance, COUNT(*) AS n FROM evidence WHERE claim_id IN ? AND unlinked_at IS NULL "+
		"GROUP BY claim_id, stance", ids)
	if err != nil {
		return nil, err
	}
	for _, x := range rows {
		if out[x.ClaimID] == nil {
			out[x.ClaimID] = map[Stance]int{}
		}
		out[x.ClaimID][x.Stance] = x.N
	}
	return out, nil
}
