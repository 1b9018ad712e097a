package filling

import (
	"context"
	"fmt"
	"slices"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
)

// largest is how many claims the largest set has, when so many are approved.
const largest = 40_000

// sets makes sets of approved claims: large ones that are frozen, one of a tenth as much that a correction supersedes,
// and a draft.
func (f *filler) sets(ctx context.Context) error {
	all := f.approved
	if len(all) < 4 {
		return nil
	}
	for i := 0; len(all) > i*largest; i++ {
		part := all[i*largest : min(len(all), (i+1)*largest)]
		if _, err := f.set(ctx, fmt.Sprintf("All that is approved, part %d", i+1), part, true); err != nil {
			return err
		}
	}
	old, err := f.set(ctx, "The first tenth", all[:max(1, min(len(all)/10, 2000))], true)
	if err != nil {
		return err
	}
	next, err := f.Sets.Correct(ctx, f.editor, old.ID)
	if err != nil {
		return err
	}
	if err := f.freeze(ctx, next, old.claims); err != nil {
		return err
	}
	_, err = f.set(ctx, "For the next issue", all[len(all)/2:len(all)/2+min(200, len(all)/2)], false)
	return err
}

type setUnderWay struct {
	claimset.Set
	claims int
}

func (f *filler) set(ctx context.Context, title string, ids []claims.ID, frozen bool) (setUnderWay, error) {
	set, err := f.Sets.Create(ctx, f.editor, f.made.Collection, title)
	if err != nil {
		return setUnderWay{}, err
	}
	for part := range slices.Chunk(ids, claimset.MostChosen) {
		if set, err = f.Sets.Add(ctx, f.editor, set.ID, set.Version, part); err != nil {
			return setUnderWay{}, err
		}
	}
	if !frozen {
		f.made.Sets = append(f.made.Sets, SetMade{int64(set.ID), len(ids), string(set.State)})
		return setUnderWay{set, len(ids)}, nil
	}
	return setUnderWay{set, len(ids)}, f.freeze(ctx, set, len(ids))
}

func (f *filler) freeze(ctx context.Context, set claimset.Set, n int) error {
	set, err := f.Sets.Freeze(ctx, f.editor, set.ID, set.Version)
	f.made.Sets = append(f.made.Sets, SetMade{int64(set.ID), n, string(set.State)})
	return err
}
