package desk

import (
	"context"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/breakdowns"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
)

// Work is what is done to an article in the background, the newest first.
type Work struct {
	Frame   Frame
	Article articles.Article
	Jobs    []jobs.Job
	Model   *breakdowns.Breakdown           // what the language model makes of it; nil: it was not asked
	May     struct{ TakeIn, TakeDown bool } // when it failed: take it in again, take the article down
}

// Work answers for the page of what goes on with an article.
func (d *Desk) Work(ctx context.Context, actor auth.Actor, id articles.ID) (out Work, err error) {
	defer fault.In(&err, "desk.Work(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Work{}
		if out.Article, err = articles.ByID(l.rx, id); err != nil {
			return err
		}
		if err := l.reads(auth.ThingArticle, out.Article.CollectionID, "article"); err != nil {
			return err
		}
		if out.Frame, err = l.frame(out.Article.CollectionID); err != nil {
			return err
		}
		if out.Jobs, err = jobs.ListOf(l.rx, articles.Object(id)); err != nil {
			return err
		}
		if out.Model, err = l.brokenDown(id); err != nil {
			return err
		}
		if !out.Failed() {
			return nil
		}
		in := out.Article.CollectionID
		out.May.TakeIn = articles.Revisable(out.Article) == nil && l.may(auth.ThingArticle, auth.Import, in)
		out.May.TakeDown = articles.Withholdable(out.Article) == nil && l.may(auth.ThingArticle, auth.TakeDown, in)
		return nil
	})
	return out, err
}

// Going says whether any of it has not ended.
func (w Work) Going() bool {
	return slices.ContainsFunc(w.Jobs, func(j jobs.Job) bool { return !j.Ended() })
}

// Failed says whether the taking in of the newest text ended before it was whole.
func (w Work) Failed() bool {
	i := slices.IndexFunc(w.Jobs, func(j jobs.Job) bool { return j.Kind == articles.TakingIn })
	return i >= 0 && w.Jobs[i].State == jobs.Failed
}

// JSON is the list for programs.
func (w Work) JSON() List[Job] {
	var out List[Job]
	for _, j := range w.Jobs {
		out.Items = append(out.Items, JobOf(j))
	}
	if w.Model != nil {
		out.Items = append(out.Items, modelJob(*w.Model))
	}
	return out
}

// Job is work that goes on in the background, on an article or a claim set. Done and Total count sentences, candidates
// or claims; Total is 0 until it is known.
type Job struct {
	ID      jobs.ID    `json:"id"`
	Kind    string     `json:"kind"` // import, candidates, freeze …
	State   jobs.State `json:"state"`
	Done    int        `json:"done"`
	Total   int        `json:"total"`
	Message string     `json:"message,omitempty"` // why it failed
	AddedAt Time       `json:"added_at"`
	// of the language model, whose job has no number: what of its answers was not taken
	Refused List[RefusalJSON] `json:"refused,omitzero"`
}

// JobOf is a job as programs read it.
func JobOf(j jobs.Job) Job {
	return Job{ID: j.ID, Kind: j.Kind, State: j.State, Done: j.Done, Total: j.Total, Message: j.Message,
		AddedAt: Time(j.AddedAt)}
}
