package claims

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Passage is a claim of an older revision beside the newest text of its article.
type Passage struct {
	Claim          Claim
	articles.Place           // what is proposed, in the newest revision; an empty span when nothing is
	More           Stretches // of the other stretches, what is like them there
	N              int       // number of the claim's revision
	Of             int       // number of the newest
	Anchor         Anchor
	Changes        Changes
}

// Passage looks for a claim's words in the newest text of its article. It writes nothing. A claim that stands in the
// newest text already is fault.Conflict.
func (s *Service) Passage(ctx context.Context, actor auth.Actor, id ID) (p Passage, err error) {
	defer fault.In(&err, "claims.Passage(%d)", id)
	if p.Claim, err = s.Get(ctx, actor, id); err != nil {
		return p, err
	}
	if p.Claim.Withheld {
		return p, fault.New(fault.Conflict,
			"The article of claim %d was taken down; there is no text to compare it with.", id)
	}
	if p.Claim.Standing == nil {
		return p, fault.New(fault.Conflict,
			"Claim %d stands in the newest text of its article; there is nothing to settle.", id)
	}
	t, err := articles.NewestFor(ctx, s.db, s.policy, actor, p.Claim.ArticleID)
	if err != nil {
		return p, err
	}
	older, err := s.olderClaims(ctx, t, id, 0)
	if err != nil {
		return p, err
	}
	if len(older) == 0 {
		return p, fault.New(fault.Conflict, "Claim %d is %s; it keeps its revision.", id, p.Claim.State.Word())
	}
	f := find(t, older[0])
	return passageOf(p.Claim, t, f), nil
}

func passageOf(c Claim, t articles.Text, f found) Passage {
	p := Passage{Claim: c, Place: f.spot.Place, N: c.Standing.N, Of: t.Revision.N, Anchor: f.anchor,
		Changes: f.changes, More: f.more}
	p.RevisionID = t.Revision.ID
	return p
}

// Confirm places a claim of an older revision in the newest one, at a span and under words that a person chose. That
// is a new wording: reviews of the earlier one are stale. version is the claim's as the person opened it, revision the
// one they chose the span in.
func (s *Service) Confirm(ctx context.Context, actor auth.Actor, id ID, version int64, revision articles.RevisionID,
	w Words) (_ Claim, err error) {
	defer fault.In(&err, "claims.Confirm(%d, %d)", id, revision)
	t, err := s.newestText(ctx, actor, id, revision)
	if err != nil {
		return Claim{}, err
	}
	if err := checkWords(&w); err != nil {
		return Claim{}, err
	}
	at, err := articles.PlaceIn(t, w.Span, w.Exact)
	if err != nil {
		return Claim{}, err
	}
	more, err := moreIn(t, at.Span, w.More)
	if err != nil {
		return Claim{}, err
	}
	return s.settle(ctx, actor, id, version, revision, "claim.anchor_confirmed", func(c *Claim) error {
		if w.More == nil && len(c.More) > 0 {
			return wrongStretches("Claim %d stands at %d stretches of its text. Say where each of them is in the "+
				"newest one, or that it stands at one only.", id, len(c.More)+1)
		}
		changes := changesOf(text.Differences(c.Exact, at.Exact))
		for i, s := range c.More[:min(len(c.More), len(more))] {
			changes = append(changes, changesOf(text.Differences(s.Exact, more[i].Exact))...)
		}
		c.Spot, c.More, c.Statement, c.Attribution = at, more, w.Statement, w.Attribution
		c.Hedge, c.Kind = append(store.Strings{}, w.Hedge...), w.Kind
		c.WordsVersion++
		c.note(AnchorConfirmed, revision, at.Span, changes)
		return nil
	})
}

// Keep leaves a claim in its older revision, as a person decided before the newest one. The next revision asks again.
func (s *Service) Keep(ctx context.Context, actor auth.Actor, id ID, version int64, revision articles.RevisionID) (
	_ Claim, err error) {
	defer fault.In(&err, "claims.Keep(%d, %d)", id, revision)
	return s.settle(ctx, actor, id, version, revision, "claim.anchor_kept", func(c *Claim) error {
		if c.AnchorRevision == nil || *c.AnchorRevision != revision {
			c.AnchorSpan, c.AnchorChanges = text.Span{}, nil // said of another text
		}
		c.note(AnchorKept, revision, c.AnchorSpan, c.AnchorChanges)
		return nil
	})
}

// newestText reads the newest text of a claim's article, if it is still the revision that a person had open.
func (s *Service) newestText(ctx context.Context, actor auth.Actor, id ID, revision articles.RevisionID) (
	t articles.Text, err error) {
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return t, err
	}
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		t, err = articles.TextOf(r, c.ArticleID, 0)
		return err
	}); err != nil {
		return t, err
	}
	switch {
	case t.Withheld():
		return t, fault.New(fault.Conflict, "The article of claim %d was taken down; the claim cannot be placed in it.",
			id)
	case t.Revision.ID != revision:
		return t, newerText(id)
	}
	return t, nil
}

func newerText(id ID) error {
	return fault.Stale(
		"The article of claim %d has yet another text than the one you compared. Compare the claim with that one; "+
			"what you typed is kept.", id)
}

// settle is the common road of a person's word about a claim whose passage moved.
func (s *Service) settle(ctx context.Context, actor auth.Actor, id ID, version int64, revision articles.RevisionID,
	action string, set func(*Claim) error) (Claim, error) {
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return c, err
	}
	who, err := s.policy.May(actor, ThingOf(c), auth.Write, c.CollectionID)
	if err != nil {
		return c, err
	}
	var after Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lock(tx, id)
		if err != nil {
			return err
		}
		if err := Editable(c); err != nil {
			return err
		}
		a, err := articles.ByID(&tx.Rx, c.ArticleID)
		if err != nil {
			return err
		}
		switch {
		case c.Version != version:
			return staleVersion(&tx.Rx, c, version)
		case a.State != articles.Live:
			return fault.New(fault.Conflict, "The article of claim %d was taken down meanwhile.", id)
		case a.RevisionID == nil || *a.RevisionID != revision:
			return newerText(id)
		case c.RevisionID == revision:
			return fault.New(fault.Conflict, "Claim %d stands in the newest text of its article already.", id)
		}
		after = c
		if err := set(&after); err != nil {
			return err
		}
		if err := s.update(tx, who, c, &after, action, "", ""); err != nil {
			return err
		}
		return note(tx, who, action, c, after, nil)
	})
	return after, err
}
