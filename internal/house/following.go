package house

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
)

// following does the jobs of the kind articles.Following: claims and linked passages of an article's earlier texts are
// looked for in its newest one. It stands here because two rooms take part.
type following struct {
	texts    *articles.Service
	claims   *claims.Service
	evidence *evidence.Service
}

// Prepare does all of it, each room in Writes of its own: how many there are is not known before, and to do it again
// after a crash changes nothing that is done.
func (f following) Prepare(ctx context.Context, actor auth.Actor, j jobs.Job) (jobs.Plan, error) {
	id, err := articles.OfObject(j.Object)
	if err != nil {
		return jobs.Plan{}, err
	}
	whole, coming, err := f.texts.Whole(ctx, id)
	switch {
	case err != nil:
		return jobs.Plan{}, err
	case coming:
		return jobs.Plan{}, fault.New(fault.Unavailable, "The text is still being taken in.")
	case !whole:
		return jobs.Plan{}, fault.New(fault.Conflict, "The new text was not taken in, so nothing can be looked for "+
			"in it.")
	}
	if _, err := f.claims.Reanchor(ctx, actor, id); err != nil {
		return jobs.Plan{}, err
	}
	_, err = f.evidence.Reanchor(ctx, actor, id)
	return jobs.Plan{}, err
}
