package proposals

import (
	"context"
	"maps"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
)

// keep keeps what was taken: the candidates of each text, then all else in one Write. What changed since it was read is
// refused.
func (j *judging) keep(ctx context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(j.candidates)) {
		all := j.candidates[id]
		suggested := make([]claims.Suggested, len(all))
		for k, o := range all {
			suggested[k] = o.suggested
		}
		got, err := j.s.claims.Offer(ctx, j.actor, j.texts[id], suggested)
		if fault.KindOf(err) == fault.Conflict { // taken down, or a newer text came
			for _, o := range all {
				j.out[o.i].Why = Moved
			}
			continue
		}
		if err != nil {
			return err
		}
		for k, o := range all {
			j.out[o.i] = answerOf(got[k])
		}
	}
	if len(j.others) == 0 {
		return nil
	}
	return j.s.db.Write(ctx, j.keepOthers)
}

func answerOf(o claims.Offered) Answer {
	switch {
	case o.Full:
		return Answer{Why: Enough}
	case o.New:
		return Answer{Outcome: Kept, Proposal: o.Proposal, Claim: o.Claim}
	}
	return Answer{Outcome: Known, Proposal: o.Proposal, Claim: o.Claim}
}

func (j *judging) keepOthers(tx *store.Tx) error {
	if _, err := j.s.policy.Still(tx, j.actor, auth.ThingMachine, auth.Propose, j.in); err != nil {
		return err
	}
	still, err := j.still(tx)
	if err != nil {
		return err
	}
	var rows []claims.Proposal
	var at []int
	for _, o := range j.others {
		if !still(o.proposal) {
			j.out[o.i].Why = Moved
			continue
		}
		rows, at = append(rows, o.proposal), append(at, o.i)
	}
	got, err := claims.KeepOffers(tx, j.actor.UserID, rows)
	if err != nil {
		return err
	}
	for k, o := range got {
		j.out[at[k]] = answerOf(o)
		if p := rows[k]; p.EntryID != 0 && o.New {
			if err := shelf.Offer(tx, j.in, p.ClaimID, shelf.EntryID(p.EntryID)); err != nil {
				return err
			}
		}
	}
	return nil
}

// still reads again, in the Write, what the proposals are of, and says whether it is as it was read: the articles are
// there with the same text, the claims have the same words and have not ended.
func (j *judging) still(tx *store.Tx) (func(claims.Proposal) bool, error) {
	var ids []claims.ID
	var of []articles.ID
	for _, o := range j.others {
		ids = append(ids, o.proposal.ClaimID)
		if o.proposal.OtherID != nil {
			ids = append(ids, *o.proposal.OtherID)
		}
	}
	for id := range j.facts {
		of = append(of, id)
	}
	now, err := claims.LockAll(tx, slices.Compact(slices.Sorted(slices.Values(ids))))
	if err != nil {
		return nil, err
	}
	same := map[claims.ID]bool{}
	for _, c := range now {
		was := j.claims[c.ID]
		same[c.ID] = was.WordsVersion == c.WordsVersion && was.State == c.State && !c.Withheld
	}
	there := map[articles.ID]bool{}
	revisions := map[articles.RevisionID]bool{}
	if err := articles.EachOf(&tx.Rx, of, func(a articles.Article) error {
		was := j.facts[a.ID]
		there[a.ID] = a.State == was.State && a.Protected == was.Protected && a.RevisionID != nil &&
			*a.RevisionID == *was.RevisionID
		if there[a.ID] {
			revisions[*a.RevisionID] = true
		}
		return nil
	}); err != nil {
		return nil, err
	}
	return func(p claims.Proposal) bool {
		switch {
		case p.ArticleID != 0:
			return there[p.ArticleID] && there[p.OtherArticleID]
		case p.OtherID != nil && !same[*p.OtherID], p.SentenceID != nil && !revisions[p.RevisionID]:
			return false
		}
		return same[p.ClaimID] && there[j.claims[p.ClaimID].ArticleID]
	}, nil
}
