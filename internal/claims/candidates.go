package claims

import (
	"context"
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// sameSpan is the overlap (intersection over union) from which a proposed span is one that is already there.
const sameSpanPercent = 80

// Extract proposes candidates for an article's newest text and says how many are new. What is there already, accepted,
// edited, rejected or not, is never touched.
func (s *Service) Extract(ctx context.Context, actor auth.Actor, id articles.ID) (added int, err error) {
	var t articles.Text
	if err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		t, err = articles.TextOf(r, id, 0)
		return err
	}); err != nil {
		return 0, err
	}
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Read, t.Article.CollectionID); err != nil {
		return 0, fault.Wrap(fault.NotFound, err, "There is no such article.")
	}
	who, err := s.policy.May(actor, auth.ThingCandidate, auth.Write, t.Article.CollectionID)
	if err != nil {
		return 0, err
	}
	if err := articles.Extractable(t.Article); err != nil {
		return 0, err
	}
	taken, err := s.takenSpans(ctx, t)
	if err != nil {
		return 0, err
	}
	found, err := s.extractor.Extract(ctx, document(t))
	if err != nil {
		return 0, fault.Wrap(fault.Unavailable, err, "No candidates could be extracted from article %d.", id)
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		added = 0
		var there []Claim
		if err := tx.Gorm().Where("article_id = ? AND revision_id = ?", id, t.Revision.ID).Find(
			&there).Error; err != nil {
			return err
		}
		batch := fmt.Sprintf("extract:%d:%d", id, int64(tx.Now()))
		for _, f := range found {
			if f.Span.Len() <= 0 || known(there, f.Span) || known(taken, f.Span) {
				continue
			}
			c, err := proposed(t, f)
			if err != nil {
				return err
			}
			if err := s.insert(tx, who, &c, "candidate.proposed", batch); err != nil {
				return err
			}
			there = append(there, c)
			added++
		}
		return nil
	})
	return added, err
}

func document(t articles.Text) extract.Document {
	published, err := value.ParsePublished(t.Article.Published)
	if err != nil {
		published = value.Published{}
	}
	d := extract.Document{Text: t.Doc, Lang: t.Article.Lang, Published: published}
	for _, s := range t.Sentences {
		d.Sentences = append(d.Sentences, text.Sentence{N: s.N, Span: s.Span(), Lang: s.Lang, Dir: text.Dir(s.Dir),
			Kind: text.SentenceKind(s.Kind)})
	}
	return d
}

func proposed(t articles.Text, f extract.Candidate) (Claim, error) {
	if !t.Doc.Valid(f.Span) || f.Sentence < 1 || f.Sentence > len(t.Sentences) {
		return Claim{}, fault.New(fault.Internal, "the extractor proposed %v in sentence %d, outside the text", f.Span,
			f.Sentence)
	}
	q, s := t.Doc.Quote(f.Span), t.Sentences[f.Sentence-1]
	return Claim{
		CollectionID: t.Article.CollectionID, ArticleID: t.Article.ID, RevisionID: t.Revision.ID, Sentence: f.Sentence,
		Start: f.Span.Start, End: f.Span.End, Exact: q.Exact, Prefix: q.Prefix, Suffix: q.Suffix, Lang: s.Lang,
		Dir:       s.Dir,
		Statement: f.Statement, Attribution: f.Attribution, Hedge: f.Hedge, Kind: Kind(f.Kind),
		CheckWorthy: f.CheckWorthy,
		Reasons:     f.Reasons,
		State:       Candidate,
	}, nil
}

func known(there []Claim, span text.Span) bool {
	for _, c := range there {
		inter := min(c.End, span.End) - max(c.Start, span.Start)
		union := max(c.End, span.End) - min(c.Start, span.Start)
		if inter > 0 && inter*100 >= sameSpanPercent*union {
			return true
		}
	}
	return false
}

// Accept makes a candidate a claim that is open for review.
func (s *Service) Accept(ctx context.Context, actor auth.Actor, id ID, version int64) (Claim, error) {
	return s.change(ctx, actor, id, version, auth.ThingCandidate, "candidate.accepted", "", func(tx *store.Tx,
		c *Claim) error {
		return open(tx, actor, c)
	})
}

func open(tx *store.Tx, actor auth.Actor, c *Claim) error {
	if err := c.see(&tx.Rx); err != nil {
		return err
	}
	if err := Acceptable(*c); err != nil {
		return err
	}
	now, by := tx.Now(), actor.UserID
	c.State, c.Round, c.OpenedBy, c.OpenedAt = Open, 1, &by, &now
	return nil
}

// Reject ends a candidate that is no claim.
func (s *Service) Reject(ctx context.Context, actor auth.Actor, id ID, version int64, reason string) (Claim, error) {
	if err := text.CheckReason(&reason, "", ""); err != nil {
		return Claim{}, err
	}
	return s.change(ctx, actor, id, version, auth.ThingCandidate, "candidate.rejected", reason,
		func(_ *store.Tx, c *Claim) error {
			if err := Rejectable(*c); err != nil {
				return err
			}
			c.State = Rejected
			return nil
		})
}

// Restore makes a rejected candidate a candidate again.
func (s *Service) Restore(ctx context.Context, actor auth.Actor, id ID, version int64) (Claim, error) {
	return s.change(ctx, actor, id, version, auth.ThingCandidate, "candidate.restored", "",
		func(_ *store.Tx, c *Claim) error {
			if err := Restorable(*c); err != nil {
				return err
			}
			c.State = Candidate
			return nil
		})
}

// Withdraw ends an open claim that should not be checked after all.
func (s *Service) Withdraw(ctx context.Context, actor auth.Actor, id ID, version int64, reason string) (Claim, error) {
	if err := text.CheckReason(&reason, "Say why; the history keeps the reason.", "A reason is needed."); err != nil {
		return Claim{}, err
	}
	return s.change(ctx, actor, id, version, auth.ThingClaim, "claim.withdrawn", reason,
		func(_ *store.Tx, c *Claim) error {
			if err := Withdrawable(*c); err != nil {
				return err
			}
			c.State = Withdrawn
			return nil
		})
}

// change is the common road of a change of one claim: permission, lock, version, the change itself, history.
func (s *Service) change(ctx context.Context, actor auth.Actor, id ID, version int64, thing auth.Thing, action,
	reason string, do func(*store.Tx, *Claim) error) (Claim, error) {
	_, who, err := s.allowed(ctx, actor, id, thing, auth.Write)
	if err != nil {
		return Claim{}, err
	}
	var after Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lock(tx, id)
		if err != nil {
			return err
		}
		if c.Version != version {
			return staleVersion(&tx.Rx, c, version)
		}
		after = c
		if err := do(tx, &after); err != nil {
			return err
		}
		if err := s.update(tx, who, c, &after, action, reason, ""); err != nil {
			return err
		}
		after, err = Filled(&tx.Rx, after)
		return err
	})
	if err != nil {
		return Claim{}, err
	}
	return after, nil
}
