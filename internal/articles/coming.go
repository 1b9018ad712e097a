package articles

import (
	"context"
	"errors"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// A long text comes in by a job: the article, the revision and their events in the first Write, the
// sentences and their index in slices. Until the last of them nobody reads it. The event has the hash of all cuts from
// the beginning, so the job cannot end otherwise than it began.

// TakingIn is the kind of the jobs that take in a long text.
const TakingIn = "import"

// Following is the kind of the jobs that look, in a new text, for what stood in the earlier ones. They come after the
// TakingIn of the same article, and know nothing of how it is done: the rooms of claims and evidence do.
const Following = "follow"

// mostAtOnce is the number of sentences up to which a text comes in by one Write.
const mostAtOnce = 400

// mostPointsAtOnce is the number of code points up to which it does: a text may be one sentence of a million signs.
const mostPointsAtOnce = 60_000

// errComing is in the chain of the error that says that a text is not whole yet.
var errComing = errors.New("the text is still being taken in")

// IsComing says that an error only means that a text is still being taken in.
func IsComing(err error) bool { return errors.Is(err, errComing) }

// NotTakenIn is the detail of the fault that says that a text will not come any more: it has a page where people see
// what can be done.
type NotTakenIn struct{ Article ID }

// coming says why the newest text of an article cannot be read: it is still being taken in, or that failed.
func coming(r *store.Rx, id ID) error {
	j, failed, err := takingInFailed(r, id)
	switch {
	case err != nil:
		return err
	case failed:
		return fault.New(fault.Conflict, "This text was not taken in to its end: %s An editor can take it in again, "+
			"or take the article down, at /articles/%d/work.", j.Message, id).WithDetail(NotTakenIn{id})
	}
	return fault.Wrap(fault.Unavailable, errComing,
		"This text is still being taken in. It can be read in a moment; nothing needs to be sent again.")
}

// takingInFailed gives the job that should have taken in the newest text of an article, and whether it failed.
func takingInFailed(r *store.Rx, id ID) (jobs.Job, bool, error) {
	j, is, err := jobs.Last(r, TakingIn, Object(id))
	return j, is && j.State == jobs.Failed, err
}

// TakeInAgain lets the taking in of a long text go on that failed: when the person in whose name it was done had been
// disabled meanwhile, for example. What is there already stays.
func (s *Service) TakeInAgain(ctx context.Context, actor auth.Actor, id ID) (j jobs.Job, err error) {
	defer fault.In(&err, "articles.TakeInAgain(%d)", id)
	a, err := s.Get(ctx, actor, id)
	if err != nil {
		return j, err
	}
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, a.CollectionID); err != nil {
		return j, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := locked(tx, id)
		if err != nil {
			return err
		}
		if err := Revisable(now); err != nil {
			return err
		}
		failed := false
		if j, failed, err = takingInFailed(&tx.Rx, id); err != nil {
			return err
		}
		if !failed {
			return fault.New(fault.Conflict, "Nothing failed here: the text of article %d is there, or it is being "+
				"taken in.", id)
		}
		j, err = s.takeInAgain(tx, actor, a, j)
		return err
	})
	return j, err
}

// takeInAgain is TakeInAgain inside the Write. A newer text is followed once more by what stood in the earlier ones.
func (s *Service) takeInAgain(tx *store.Tx, actor auth.Actor, a Article, failed jobs.Job) (jobs.Job, error) {
	if _, followed, err := jobs.Last(&tx.Rx, Following, Object(a.ID)); err != nil {
		return failed, err
	} else if followed {
		if _, err := s.work.Add(tx, actor, jobs.Wanted{Kind: Following, Object: Object(a.ID),
			Collection: a.CollectionID}); err != nil {
			return failed, err
		}
	}
	return s.work.Again(tx, actor, failed)
}

// comingRow marks a revision whose sentences are not all there.
type comingRow struct {
	RevisionID RevisionID `gorm:"column:revision_id;primaryKey;autoIncrement:false"`
}

func (comingRow) TableName() string { return "revisions_coming" }

// Whole is SQL that is true of a row of articles whose newest text is whole. It has no placeholders.
const Whole = "articles.revision_id NOT IN (SELECT revision_id FROM revisions_coming)"

func isComing(r *store.Rx, id RevisionID) (bool, error) {
	var n int64
	err := r.Gorm().Model(&comingRow{}).Where("revision_id = ?", id).Count(&n).Error
	return n > 0, err
}

// withComing gives all the sentences that a revision has or will have; those that are there must be the first of them.
func withComing(r *store.Rx, rv Revision, there []Sentence) ([]Sentence, error) {
	if is, err := isComing(r, rv.ID); err != nil || !is {
		return there, err
	}
	a, err := ByID(r, rv.ArticleID)
	if err != nil {
		return nil, err
	}
	doc, err := text.NewDoc(rv.Raw)
	if err != nil {
		return nil, err
	}
	all := rowsOf(rv.ID, text.Sentences(doc, a.Lang))
	for i, s := range there {
		if s.ID = 0; i >= len(all) || s != all[i] {
			return there, nil
		}
	}
	return all, nil
}

// compareComing finds rows that hide a text that nobody is taking in: it is whole, or no job ever brought it.
func compareComing(r *store.Rx, found history.Found) error {
	var hidden []struct {
		RevisionID RevisionID
		ArticleID  ID
		There      int64
	}
	if err := r.Gorm().Raw(`SELECT c.revision_id, COALESCE(v.article_id, 0) AS article_id, (SELECT COUNT(*)
		FROM sentences s WHERE s.revision_id = c.revision_id) AS there FROM revisions_coming c
		LEFT JOIN revisions v ON v.id = c.revision_id ORDER BY 1`).Scan(&hidden).Error; err != nil {
		return err
	}
	for _, h := range hidden {
		all, err := jobs.ListOf(r, Object(h.ArticleID))
		if err != nil {
			return err
		}
		honest := slices.ContainsFunc(all, func(j jobs.Job) bool {
			return j.Kind == TakingIn && j.State != jobs.Done && (!j.Ended() || int64(j.Total) != h.There)
		})
		if !honest {
			found(revisionObject(h.RevisionID), "a row of revisions_coming hides this text, as if it were still being "+
				"taken in; no job is doing so")
		}
	}
	return nil
}

func rowsOf(id RevisionID, cut []text.Sentence) []Sentence {
	out := make([]Sentence, len(cut))
	for i, c := range cut {
		out[i] = Sentence{RevisionID: id, N: c.N, Span: c.Span, Lang: c.Lang,
			Dir: string(c.Dir), Kind: string(c.Kind)}
	}
	return out
}

// Whole says whether the newest text of an article is all there. coming says that a job still takes it in; when neither
// is so, that job failed.
func (s *Service) Whole(ctx context.Context, id ID) (whole, coming bool, err error) {
	defer fault.In(&err, "articles.Whole(%d)", id)
	err = s.db.Read(ctx, func(r *store.Rx) error {
		a, err := ByID(r, id)
		if err != nil || a.RevisionID == nil {
			return err
		}
		is, err := isComing(r, *a.RevisionID)
		if whole = !is; err == nil && is {
			_, coming, err = jobs.Open(r, TakingIn, Object(id))
		}
		return err
	})
	return whole, coming, err
}

// takingIn does the jobs of the kind TakingIn.
type takingIn struct{ s *Service }

// Prepare cuts the text again.
func (t takingIn) Prepare(ctx context.Context, actor auth.Actor, j jobs.Job) (_ jobs.Plan, err error) {
	defer fault.In(&err, "articles.Prepare(job %d)", j.ID)
	id, err := OfObject(j.Object)
	if err != nil {
		return jobs.Plan{}, err
	}
	var a Article
	var rv Revision
	var doc *text.Doc
	if err := t.s.db.Read(ctx, func(r *store.Rx) error {
		if a, err = ByID(r, id); err != nil || a.State != Live || a.RevisionID == nil {
			return err
		}
		doc, rv, err = DocOf(r, *a.RevisionID)
		return err
	}); err != nil {
		return jobs.Plan{}, err
	}
	if _, err := t.s.policy.May(actor, auth.ThingArticle, auth.Import, a.CollectionID); err != nil {
		return jobs.Plan{}, err
	}
	if doc == nil {
		return jobs.Plan{}, errTakenDown()
	}
	all := rowsOf(rv.ID, text.Sentences(doc, a.Lang))
	if len(all) != j.Total {
		return jobs.Plan{}, fault.New(fault.Internal, "%s is cut into %d sentences; it was cut into %d when it came",
			revisionObject(rv.ID), len(all), j.Total)
	}
	return t.s.comingPlan(actor, a, rv, doc, all), nil
}

func errTakenDown() error {
	return fault.New(fault.Conflict, "This article was taken down while its text was being taken in.")
}

func (s *Service) comingPlan(actor auth.Actor, a Article, rv Revision, doc *text.Doc, all []Sentence) jobs.Plan {
	return jobs.Plan{
		Total: len(all),
		Slice: func(tx *store.Tx, from, n int) error {
			now, err := locked(tx, a.ID)
			if err != nil {
				return err
			}
			if now.State != Live {
				return errTakenDown()
			}
			if _, err := s.policy.Still(tx, actor, auth.ThingArticle, auth.Import, now.CollectionID); err != nil {
				return err
			}
			return s.addSentences(tx, doc, append([]Sentence(nil), all[from:from+n]...))
		},
		Finish: func(tx *store.Tx) error {
			tx.AfterCommit(func() { s.moved(a.CollectionID) })
			return tx.Gorm().Where("revision_id = ?", rv.ID).Delete(&comingRow{}).Error
		},
	}
}

func (s *Service) addSentences(tx *store.Tx, doc *text.Doc, part []Sentence) error {
	if len(part) == 0 {
		return nil
	}
	if err := tx.Gorm().CreateInBatches(part, 128).Error; err != nil {
		return err
	}
	if s.index == nil {
		return nil
	}
	return s.index.AddRevision(tx, doc, part)
}

// come writes a revision with its event, and its sentences: at once when the text is short, else by a job.
func (s *Service) come(tx *store.Tx, actor auth.Actor, who history.Who, a Article, rv *Revision, doc *text.Doc,
	cut []text.Sentence) (*jobs.Job, error) {
	if err := tx.Gorm().Create(rv).Error; err != nil {
		return nil, err
	}
	all := rowsOf(rv.ID, cut)
	var job *jobs.Job
	if len(all) <= mostAtOnce && doc.Len() <= mostPointsAtOnce {
		tx.AfterCommit(func() { s.moved(a.CollectionID) })
		if err := s.addSentences(tx, doc, all); err != nil {
			return nil, err
		}
	} else {
		if err := tx.Gorm().Create(&comingRow{rv.ID}).Error; err != nil {
			return nil, err
		}
		j, err := s.work.Add(tx, actor, jobs.Wanted{Kind: TakingIn, Object: Object(a.ID), Collection: a.CollectionID,
			Total: len(all)})
		if err != nil {
			return nil, err
		}
		job = &j
	}
	return job, record(tx, who, "revision.added", int64(a.CollectionID), nil, revisionFields(*rv, all), nil,
		revisionObject(rv.ID), "")
}

// arrive waits for the sentences of a text that comes by a job, unless they may come later.
func (s *Service) arrive(ctx context.Context, out *Imported, later bool) error {
	if out.Job == nil || later {
		return nil
	}
	j, err := s.work.Finish(ctx, out.Job.ID)
	out.Job = &j
	if err == nil && j.State == jobs.Failed {
		err = fault.New(fault.Conflict, "%s", j.Message)
	}
	return err
}
