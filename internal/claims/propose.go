package claims

import (
	"context"
	"fmt"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Proposing is the kind of the jobs that propose candidates for a text.
const Proposing = "candidates"

// sameSpanPercent is the overlap (intersection over union) from which a proposed span is one that is already there.
const sameSpanPercent = 80

// longText is the number of sentences from which candidates are proposed in the background.
const longText = 1000

// longPoints is the number of code points from which they are: a long text may have few sentences.
const longPoints = 120_000

// Extract proposes candidates for an article's newest text and says how many are new. What is there already, accepted,
// edited, rejected or not, is never touched. It works in slices: when it fails, what it proposed before stays, and the
// next time goes on from there.
func (s *Service) Extract(ctx context.Context, actor auth.Actor, id articles.ID) (added int, err error) {
	defer fault.In(&err, "claims.Extract(%d)", id)
	t, err := s.mayPropose(ctx, actor, id)
	if err != nil {
		return 0, err
	}
	p, err := s.proposal(ctx, actor, t)
	if err != nil {
		return 0, err
	}
	err = jobs.InSlices(ctx, s.db, p.plan())
	for _, n := range p.added {
		added += n
	}
	return added, err
}

// ExtractLater is Extract for the doors: a long text is left to a job, whose number it gives; a short one is done at
// once, and job is nil.
func (s *Service) ExtractLater(ctx context.Context, actor auth.Actor, id articles.ID) (added int, job *jobs.Job,
	err error) {
	defer fault.In(&err, "claims.ExtractLater(%d)", id)
	t, err := s.mayPropose(ctx, actor, id)
	if err != nil {
		return 0, nil, err
	}
	if len(t.Sentences) < longText && t.Doc.Len() < longPoints {
		added, err = s.Extract(ctx, actor, id)
		return added, nil, err
	}
	var j jobs.Job
	err = s.db.Write(ctx, func(tx *store.Tx) (err error) {
		j, err = s.work.Add(tx, actor, jobs.Wanted{Kind: Proposing, Object: articles.Object(id),
			Collection: t.Article.CollectionID})
		return err
	})
	return 0, &j, err
}

// ProposeLater leaves proposing candidates for an article that just came in to a job, which nobody waits for. It reads
// no text: a long one may still be on its way, and its job comes before this one.
func (s *Service) ProposeLater(ctx context.Context, actor auth.Actor, a articles.Article) (j jobs.Job, err error) {
	defer fault.In(&err, "claims.ProposeLater(%d)", a.ID)
	if _, err := s.policy.May(actor, auth.ThingCandidate, auth.Write, a.CollectionID); err != nil {
		return j, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) (err error) {
		j, err = s.addProposing(tx, actor, a)
		return err
	})
	return j, err
}

// ProposeIn is ProposeLater in the Write in which the article comes in. Of whoever may not propose nothing is asked:
// the article's page offers it to those who may.
func (s *Service) ProposeIn(tx *store.Tx, actor auth.Actor, a articles.Article) error {
	if !s.policy.Allows(actor, auth.ThingCandidate, auth.Write, a.CollectionID) {
		return nil
	}
	_, err := s.addProposing(tx, actor, a)
	return err
}

func (s *Service) addProposing(tx *store.Tx, actor auth.Actor, a articles.Article) (jobs.Job, error) {
	if s.proposing != nil {
		if err := s.proposing(tx, actor, a); err != nil {
			return jobs.Job{}, err
		}
	}
	return s.work.Add(tx, actor, jobs.Wanted{Kind: Proposing, Object: articles.Object(a.ID),
		Collection: a.CollectionID})
}

// mayPropose reads the text and asks whether the actor may propose candidates for it.
func (s *Service) mayPropose(ctx context.Context, actor auth.Actor, id articles.ID) (t articles.Text,
	err error) {
	err = s.db.Read(ctx, func(r *store.Rx) error {
		a, err := articles.ByIDFor(r, s.policy, actor, id) // the text is read for those who may have it only
		if err != nil {
			return err
		}
		if _, err = s.policy.May(actor, auth.ThingCandidate, auth.Write, a.CollectionID); err != nil {
			return err
		}
		t, err = articles.TextOf(r, id, 0)
		return err
	})
	if err != nil {
		return t, err
	}
	return t, articles.Extractable(t.Article)
}

// proposing does the jobs of the kind Proposing.
type proposing struct{ s *Service }

// Prepare extracts the candidates again: they are the same as before, and what was kept is recognised besides.
func (p proposing) Prepare(ctx context.Context, actor auth.Actor, j jobs.Job) (_ jobs.Plan, err error) {
	defer fault.In(&err, "claims.Prepare(job %d)", j.ID)
	id, err := articles.OfObject(j.Object)
	if err != nil {
		return jobs.Plan{}, err
	}
	t, err := p.s.mayPropose(ctx, actor, id)
	if err != nil {
		return jobs.Plan{}, err
	}
	all, err := p.s.proposal(ctx, actor, t)
	if err != nil {
		return jobs.Plan{}, err
	}
	return all.plan(), nil
}

// proposal is what the extractor found in a text, on its way into the table of claims.
type proposal struct {
	s     *Service
	actor auth.Actor
	text  articles.Text
	found []Claim
	taken []Claim // of older revisions, where they stand in this one
	batch string
	added map[int]int // by the first item of a slice, for PostgreSQL may run one twice
	by    power       // zero: that of people who propose candidates
	at    []taken     // of each found one what became of it; nil: nobody asks
}

// power is a permission.
type power struct {
	thing  auth.Thing
	action auth.Action
}

// taken is what became of a proposed candidate.
type taken struct {
	id    ID // 0: what stands there has ended
	isNew bool
}

// proposal extracts, outside of any Write.
func (s *Service) proposal(ctx context.Context, actor auth.Actor, t articles.Text) (*proposal, error) {
	p := &proposal{s: s, actor: actor, text: t, added: map[int]int{},
		batch: fmt.Sprintf("extract:%d:%d", t.Article.ID, int64(s.db.Now()))}
	var err error
	if p.taken, err = s.takenSpans(ctx, t); err != nil {
		return nil, err
	}
	found, err := s.extractor.Extract(ctx, Document(t))
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "No candidates could be extracted from article %d.",
			t.Article.ID)
	}
	for _, f := range found {
		if f.Span.Len() <= 0 {
			continue
		}
		c, err := proposed(t, f)
		if err != nil {
			return nil, err
		}
		c.made = byRules
		p.found = append(p.found, c)
	}
	return p, nil
}

func (p *proposal) plan() jobs.Plan { return jobs.Plan{Total: len(p.found), Slice: p.slice} }

// slice keeps those of n found claims that are not there yet.
func (p *proposal) slice(tx *store.Tx, from, n int) error {
	var now articles.Article
	if err := store.Take(tx.Lock(), &now, "such article", "id = ?", p.text.Article.ID); err != nil {
		return err
	}
	if err := articles.Extractable(now); err != nil {
		return err
	}
	may := p.by
	if may == (power{}) {
		may = power{auth.ThingCandidate, auth.Write}
	}
	who, err := p.s.policy.Still(tx, p.actor, may.thing, may.action, now.CollectionID)
	if err != nil {
		return err
	}
	if now.RevisionID == nil || *now.RevisionID != p.text.Revision.ID {
		return fault.New(fault.Conflict, "The article has a newer text. Propose candidates for that one.")
	}
	part := p.found[from : from+n]
	first, last, longest := part[0].Start, part[0].End, 0
	for _, c := range part {
		first, last, longest = min(first, c.Start), max(last, c.End), max(longest, c.End-c.Start)
	}
	first -= longest // what is nearly the same begins near by; a bound on start_cp keeps the rest of the text unread
	var there []Claim
	if err := tx.Gorm().Where("article_id = ? AND revision_id = ? AND start_cp >= ? AND start_cp < ?", now.ID,
		p.text.Revision.ID, first, last).Find(&there).Error; err != nil {
		return err
	}
	var parted []Claim // of several stretches that begin before: a later one may stand here
	if err := tx.Gorm().Where("article_id = ? AND revision_id = ? AND start_cp < ? AND stretches <> '[]'", now.ID,
		p.text.Revision.ID, first).Find(&parted).Error; err != nil {
		return err
	}
	window := text.Span{Start: first, End: last}
	for _, c := range slices.Concat(parted, p.taken) {
		if c.Touches(window) {
			there = append(there, c)
		}
	}
	var news, also []Claim
	anew := make([]int, len(part)) // 1 and up: which of the new ones it is
	for i, c := range part {
		if n, at := knownAs(there, c.Span); at == nil {
			news, there = append(news, c), append(there, c)
			anew[i] = len(news)
			p.became(from+i, taken{isNew: true})
		} else if at.ID == 0 {
			anew[i] = n - (len(there) - len(news)) + 1
			p.became(from+i, taken{})
		} else {
			p.became(from+i, takenAs(*at))
			if at.State == Candidate {
				c.ID = at.ID
				also = append(also, c)
			}
		}
	}
	p.added[from] = len(news)
	if err := p.s.insertAll(tx, who, news, "candidate.proposed", p.batch); err != nil {
		return err
	}
	for i, n := range anew {
		if n > 0 && p.at != nil {
			p.at[from+i].id = news[n-1].ID
		}
	}
	if also, err = notYet(tx, also, there); err != nil {
		return err
	}
	return noteProposals(tx, news, also)
}

// insertAll writes new claims with their first wordings and tells the history, in few statements.
func (s *Service) insertAll(tx *store.Tx, who history.Who, all []Claim, action, batch string) error {
	if len(all) == 0 {
		return nil
	}
	for i := range all {
		fresh(tx, who, &all[i])
	}
	if err := tx.Gorm().CreateInBatches(all, 128).Error; err != nil {
		return err
	}
	words := make([]Wording, len(all))
	index := make(map[int64][]string, len(all))
	events := make([]history.Event, len(all))
	for i, c := range all {
		words[i] = *wording(tx, who, c)
		index[int64(c.ID)] = indexWords(c, nil)
		events[i] = change{action: action, after: &c, batch: batch}.event(hashWordings([]Wording{words[i]}))
	}
	if err := tx.Gorm().CreateInBatches(words, 128).Error; err != nil {
		return err
	}
	if err := s.index.AddClaims(tx, index); err != nil {
		return err
	}
	if err := enter(tx, all); err != nil {
		return err
	}
	_, err := history.AppendAll(tx, who, events)
	return err
}

// Document is a text as extractors read it, with the sentences that are stored.
func Document(t articles.Text) extract.Document {
	published, err := value.ParsePublished(t.Article.Published)
	if err != nil {
		published = value.Published{}
	}
	d := extract.Document{Text: t.Doc, Lang: t.Article.Lang, Published: published}
	for _, s := range t.Sentences {
		d.Sentences = append(d.Sentences, text.Sentence{N: s.N, Span: s.Span, Lang: s.Lang, Dir: text.Dir(s.Dir),
			Kind: text.SentenceKind(s.Kind)})
	}
	return d
}

func proposed(t articles.Text, f extract.Candidate) (Claim, error) {
	if !t.Doc.Valid(f.Span) || f.Sentence < 1 || f.Sentence > len(t.Sentences) {
		return Claim{}, fault.New(fault.Internal, "the extractor proposed %v in sentence %d, outside the text", f.Span,
			f.Sentence)
	}
	s := t.Sentences[f.Sentence-1]
	return Claim{
		CollectionID: t.Article.CollectionID, ArticleID: t.Article.ID,
		Spot: articles.Spot{Place: articles.Place{RevisionID: t.Revision.ID, Span: f.Span, Quote: t.Doc.Quote(f.Span)},
			Sentence: f.Sentence, Lang: s.Lang, Dir: s.Dir},
		Statement: f.Statement, Attribution: f.Attribution, Hedge: f.Hedge, Kind: Kind(f.Kind),
		CheckWorthy: f.CheckWorthy,
		Reasons:     f.Reasons,
		State:       Candidate, brackets: fillings(f),
	}, nil
}

// became keeps what became of a found candidate, where somebody asks.
func (p *proposal) became(i int, t taken) {
	if p.at != nil {
		p.at[i] = t
	}
}

func takenAs(c Claim) taken {
	if c.State.Ended() {
		return taken{}
	}
	return taken{id: c.ID}
}

// knownAs gives the one of these claims that stands at a span, or nearly so, by any of its stretches, and its index;
// nil for none.
func knownAs(there []Claim, span text.Span) (int, *Claim) {
	for i, c := range there {
		for _, s := range c.Stretches() {
			inter := min(s.End, span.End) - max(s.Start, span.Start)
			union := max(s.End, span.End) - min(s.Start, span.Start)
			if inter > 0 && inter*100 >= sameSpanPercent*union {
				return i, &there[i]
			}
		}
	}
	return 0, nil
}
