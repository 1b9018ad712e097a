package claimset

import (
	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// Preview is what a freeze of a draft would print: a page of its claims as they would be frozen, and those that it
// would not take.
type Preview struct {
	Entries []Entry
	Next    claims.ID // after which the next page begins, 0 on the last
	Size    int       // of all claims of the draft
	Out     []Left    // those that hinder the freeze, at most mostLeft
	MoreOut bool      // there are more of them
}

// Left is a claim that cannot be printed, and why.
type Left struct {
	Claim claims.Claim
	Why   error
}

// Bounds of a page of a preview: an entry is some kilobytes.
const (
	PreviewPage = 50
	mostLeft    = 50
)

const printable = "claims.state = ? AND EXISTS (SELECT 1 FROM articles WHERE articles.id = claims.article_id AND " +
	"articles.state <> ?)"

// Preview says what a freeze of a draft would print, of the claims after one of them. It asks no permission.
func (s *Service) Preview(r *store.Rx, set Set, after claims.ID) (p Preview, err error) {
	if err := Buildable(set); err != nil {
		return p, err
	}
	sizes, err := Sizes(r, []ID{set.ID})
	if err != nil {
		return p, err
	}
	p.Size = sizes[set.ID]
	at, err := cursor(r, set.ID, after)
	if err != nil {
		return p, err
	}
	in := func(more string) string {
		return "SELECT claims.id FROM claims JOIN claim_set_claims m ON m.claim_id = claims.id WHERE m.set_id = ? " +
			"AND " + more + " ORDER BY " + inOrder + " LIMIT ?"
	}
	behind, args := at.behind()
	ids, err := store.Numbers[claims.ID](r.Gorm().Raw(in(behind+" AND "+printable), append(append([]any{set.ID},
		args...), claims.Approved, articles.TakenDown, PreviewPage+1)...))
	if err != nil {
		return p, err
	}
	if len(ids) > PreviewPage {
		ids = ids[:PreviewPage]
		p.Next = ids[PreviewPage-1]
	}
	if p.Entries, err = s.entries(r, set, ids); err != nil {
		return p, err
	}
	if after == 0 && len(ids) == p.Size {
		return p, nil // all of it is printed
	}
	out, err := store.Numbers[claims.ID](r.Gorm().Raw(in("NOT "+
		"("+printable+")"), set.ID, claims.Approved, articles.TakenDown,
		mostLeft+1))
	if err != nil {
		return p, err
	}
	if p.MoreOut = len(out) > mostLeft; p.MoreOut {
		out = out[:mostLeft]
	}
	left, err := inTheirOrder(r, out)
	for _, c := range left {
		p.Out = append(p.Out, Left{c, freezable(c)})
	}
	return p, err
}

// Hindrance says why the draft cannot be frozen now, by what its preview says.
func (p Preview) Hindrance(set Set) error {
	if p.Size == 0 {
		return Freezable(set, nil)
	}
	for _, x := range p.Out {
		if x.Why != nil {
			return x.Why
		}
	}
	return nil
}

// entries are claims as they would be frozen now, and then shown.
func (s *Service) entries(r *store.Rx, set Set, ids []claims.ID) ([]Entry, error) {
	all, err := weigh(r, set.Imprint, ids)
	if err != nil {
		return nil, err
	}
	down, err := s.gone.of(r, set)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, len(all))
	for i, w := range all {
		if out[i], _, err = shown([]byte(w.frozen), down); err != nil {
			return nil, err
		}
	}
	return out, nil
}
