package claims

import (
	"context"
	"fmt"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
)

// Suggested is a candidate from elsewhere than the rules, with what made it.
type Suggested struct {
	extract.Candidate
	Made Made
	Said []string // why, in the words of a machine with a token; Reasons are the program's
}

// Suggest takes candidates of a machine in for an article's text, and says how many are new. What stands where there
// is a claim already, of whatever state, is no new candidate, and the claim is not touched; where that is a
// candidate, too, the proposal is kept beside it, so that both makers are seen and counted.
func (s *Service) Suggest(ctx context.Context, actor auth.Actor, t articles.Text, all []Suggested) (added int,
	err error) {
	defer fault.In(&err, "claims.Suggest(%d, %d)", t.Article.ID, len(all))
	if _, err := s.policy.May(actor, auth.ThingCandidate, auth.Write, t.Article.CollectionID); err != nil {
		return 0, err
	}
	p := &proposal{s: s, actor: actor, text: t, added: map[int]int{},
		batch: fmt.Sprintf("suggest:%d:%d", t.Article.ID, int64(s.db.Now()))}
	if p.taken, err = s.takenSpans(ctx, t); err != nil {
		return 0, err
	}
	for _, f := range all {
		c, err := proposed(t, f.Candidate)
		if err != nil {
			return 0, err
		}
		c.made, c.said = f.Made, f.Said
		p.found = append(p.found, c)
	}
	err = jobs.InSlices(ctx, s.db, p.plan())
	for _, n := range p.added {
		added += n
	}
	return added, err
}

// notYet leaves out proposals that are kept of their claims already: of the same maker and model, or of claims that a
// person wrote. there are claims that were read before.
func notYet(tx *store.Tx, all, there []Claim) ([]Claim, error) {
	if len(all) == 0 {
		return nil, nil
	}
	ids := make([]ID, len(all))
	for i, c := range all {
		ids[i] = c.ID
	}
	var kept []Proposal
	if err := tx.Gorm().Where("claim_id IN ? AND kind = ?", ids, ProposedCandidate).Find(&kept).Error; err != nil {
		return nil, err
	}
	byHand := map[ID]bool{}
	for _, c := range there {
		byHand[c.ID] = c.ByHand
	}
	var out []Claim
	for _, c := range all {
		again := func(p Proposal) bool {
			return p.ClaimID == c.ID && p.Maker == c.made.Maker && p.Machine == c.made.Machine &&
				(p.Machine != 0 || p.Model == c.made.Model)
		}
		if byHand[c.ID] || slices.ContainsFunc(kept, again) ||
			slices.ContainsFunc(out, func(o Claim) bool { return o.ID == c.ID }) {
			continue
		}
		out = append(out, c)
	}
	return out, nil
}

// ProposalsOf lists who proposed some claims as candidates, in the order in which they were proposed. It asks no
// permission. What machines say of a claim that is withheld from whoever reads is theirs to leave out.
func ProposalsOf(r *store.Rx, ids []ID) (map[ID][]Made, error) {
	out := map[ID][]Made{}
	if len(ids) == 0 {
		return out, nil
	}
	type row struct {
		ClaimID ID          `gorm:"column:claim_id"`
		Maker   string      `gorm:"column:maker"`
		Version string      `gorm:"column:version"`
		Model   string      `gorm:"column:model"`
		Machine auth.UserID `gorm:"column:machine_id"`

		Reasons store.Strings `gorm:"column:reasons" words:"article"`
	}
	rows, err := store.Select[row](r, "SELECT claim_id, maker, version, model, COALESCE(machine_id, 0) AS machine_id, "+
		"reasons FROM proposals WHERE claim_id IN ? AND "+
		"kind = 'candidate' ORDER BY id", ids)
	for _, p := range rows {
		m := Made{Maker: p.Maker, Version: p.Version, Model: p.Model, Machine: p.Machine}
		if m.Machine != 0 {
			m.Said = p.Reasons
		}
		out[p.ClaimID] = append(out[p.ClaimID], m)
	}
	return out, err
}
