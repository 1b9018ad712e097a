package publish

import (
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/proof"
	"claimbench/internal/review"
	"claimbench/internal/store"
)

// seal is what a frozen set is proved by: the event of its freeze, the checkpoint that covers it, and the tree of its
// claims.
type seal struct {
	r          *store.Rx
	set        claimset.Set
	checkpoint history.Checkpoint
	freeze     history.Sealed
	handovers  []string // by which the log goes on under other keys
	key        string   // that signed the checkpoint, where a handover tells
}

// openSeal finds what proves a set. One that cannot be proved is a fault that says why.
func openSeal(r *store.Rx, set claimset.Set) (*seal, error) {
	if set.Root == "" {
		return nil, fault.New(fault.Conflict, "“%s” was frozen by an earlier program, which did not commit to each "+
			"claim: no bundle can prove it. Export it in another format, or freeze a correction of it.", set.Title)
	}
	object := claimset.Object(set.ID)
	newest, err := history.NewestOf(r, []string{object}, "claimset.frozen", 1<<62)
	if err != nil {
		return nil, err
	}
	s := &seal{r: r, set: set}
	c, err := history.AttestedAt(r, newest[object])
	if err != nil {
		return nil, err
	}
	if c == nil || newest[object] == 0 {
		return nil, fault.New(fault.Unavailable, "No signed checkpoint covers the freeze of “%s” yet. Try again in a "+
			"minute, or sign one with “workbench audit checkpoint”.", set.Title)
	}
	s.checkpoint = *c
	handovers, err := history.Handovers(r)
	if err != nil {
		return nil, err
	}
	for _, h := range handovers {
		s.handovers = append(s.handovers, h.Note)
		switch {
		case c.Size > h.Size: // of this one, or of a later one
			s.key = h.To
		case s.key == "":
			s.key = h.From
		}
	}
	sealed, err := history.Seal(r, []int64{newest[object]}, c.Size)
	if err != nil {
		return nil, err
	}
	s.freeze = sealed[newest[object]]
	if !s.freeze.Openable() {
		return nil, fault.New(fault.Internal, "the freeze of set %d has a root and is of leaf version 1", set.ID)
	}
	return s, nil
}

// sealedClaim is a claim on its way into the proofs of a bundle.
type sealedClaim struct {
	id      claims.ID
	printed []proof.Printed // as it goes out
	frozen  []proof.Printed // as it is in the set's tree
	round   int
}

// decisions gives the approval of each claim's decision as it can be proved, in a few statements.
func (s *seal) decisions(page []sealedClaim) (map[claims.ID]history.Sealed, error) {
	rounds := make(map[claims.ID]int, len(page))
	for _, c := range page {
		rounds[c.id] = c.round
	}
	objects, err := review.DecisionsOf(s.r, rounds)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, object := range objects {
		names = append(names, object)
	}
	newest, err := history.NewestOf(s.r, append(names, ""), "decision.approved", s.freeze.Seq)
	if err != nil {
		return nil, err
	}
	var seqs []int64
	for _, seq := range newest {
		seqs = append(seqs, seq)
	}
	sealed, err := history.Seal(s.r, seqs, s.checkpoint.Size)
	out := make(map[claims.ID]history.Sealed, len(sealed))
	for id, object := range objects {
		if e, there := sealed[newest[object]]; there {
			out[id] = e
		}
	}
	return out, err
}
