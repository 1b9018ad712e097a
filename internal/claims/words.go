package claims

import (
	"context"
	"fmt"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Edit changes the words of a candidate or an open claim. wordsVersion is the one the person opened: when the words
// were changed since, the fault carries both wordings. accept opens a candidate in the same step.
func (s *Service) Edit(ctx context.Context, actor auth.Actor, id ID, wordsVersion int64, w Words, accept bool) (Claim,
	error) {
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return c, err
	}
	who, err := s.policy.May(actor, thingOf(c), auth.Write, c.CollectionID)
	if err != nil {
		return c, err
	}
	if err := checkWords(&w); err != nil {
		return c, err
	}
	var after Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lockWords(tx, id)
		if err != nil {
			return err
		}
		if c.WordsVersion != wordsVersion {
			return ConflictOf(&tx.Rx, c, wordsVersion)
		}
		after = c
		if err := apply(&tx.Rx, &after, w); err != nil {
			return err
		}
		action := "claim.edited"
		if c.State == Candidate {
			action = "candidate.edited"
		}
		if accept && c.State == Candidate {
			if err := open(tx, actor, &after); err != nil {
				return err
			}
			action = "candidate.accepted"
		}
		return s.update(tx, who, c, &after, action, "", "")
	})
	if err != nil {
		return after, err
	}
	return s.Follow(ctx, actor, after), nil
}

// apply sets new words and counts their version.
func apply(r *store.Rx, c *Claim, w Words) error {
	was := c.Span()
	if w.Span != (text.Span{}) && w.Span != c.Span() {
		if err := place(r, c, w.Span, w.Exact); err != nil {
			return err
		}
	}
	hedge := append(store.Strings{}, w.Hedge...)
	same := c.Start == was.Start && c.End == was.End && c.Statement == w.Statement && c.Attribution == w.Attribution &&
		c.Hedge.String() == hedge.String()
	c.Statement, c.Attribution, c.Hedge, c.Kind = w.Statement, w.Attribution, hedge, w.Kind
	if !same { // reviews are bound to the words: the same words again, or another kind, leave them as they are
		c.WordsVersion++
	}
	return nil
}

// Create makes a claim by hand from a span of an article's newest text. It is open at once.
func (s *Service) Create(ctx context.Context, actor auth.Actor, article articles.ID, revision articles.RevisionID,
	w Words) (Claim, error) {
	var a articles.Article
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		a, err = articles.ByID(r, article)
		return err
	}); err != nil {
		return Claim{}, err
	}
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Read, a.CollectionID); err != nil {
		return Claim{}, fault.Wrap(fault.NotFound, err, "There is no such article.")
	}
	who, err := s.policy.May(actor, auth.ThingClaim, auth.Write, a.CollectionID)
	if err != nil {
		return Claim{}, err
	}
	if err := checkWords(&w); err != nil {
		return Claim{}, err
	}
	var out Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		a, err := articles.ByID(&tx.Rx, article)
		if err != nil {
			return err
		}
		switch {
		case a.State != articles.Live:
			return fault.New(fault.Conflict, "This article was taken down; no claim can be made of it.")
		case a.RevisionID == nil || *a.RevisionID != revision:
			return fault.New(fault.Conflict,
				"The article has a newer text than the one you selected in. Open it again and select the words there.")
		}
		by, now := actor.UserID, tx.Now()
		out = Claim{
			CollectionID: a.CollectionID, ArticleID: a.ID, RevisionID: revision, Statement: w.Statement,
			Attribution: w.Attribution,
			Hedge:       append(store.Strings{}, w.Hedge...), Kind: w.Kind, CheckWorthy: 100,
			Reasons: store.Strings{"chosen by a person"},
			State:   Open, Round: 1, ByHand: true, OpenedBy: &by, OpenedAt: &now,
		}
		if err := place(&tx.Rx, &out, w.Span, w.Exact); err != nil {
			return err
		}
		return s.insert(tx, who, &out, "claim.created", "")
	})
	return out, err
}

// Split makes several claims of one: the first part keeps the number, the others are new and in the same state.
func (s *Service) Split(ctx context.Context, actor auth.Actor, id ID, wordsVersion int64, parts []Words) ([]Claim,
	error) {
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return nil, err
	}
	who, err := s.policy.May(actor, thingOf(c), auth.Write, c.CollectionID)
	if err != nil {
		return nil, err
	}
	if len(parts) < 2 || len(parts) > 20 {
		return nil, fault.New(fault.Invalid, "A claim is split into two to twenty parts; %d were given.",
			len(parts)).With("parts", "Give at least two parts.")
	}
	for i := range parts {
		if err := checkWords(&parts[i]); err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "Part %d: %s", i+1, fault.Message(err)).With(
				fmt.Sprintf("statement_%d", i+1), fault.Message(err))
		}
	}
	var out []Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		out = nil
		c, err := lockWords(tx, id)
		if err != nil {
			return err
		}
		if c.WordsVersion != wordsVersion {
			return ConflictOf(&tx.Rx, c, wordsVersion)
		}
		batch := fmt.Sprintf("split:%d:%d", id, int64(tx.Now()))
		first := c
		if err := apply(&tx.Rx, &first, parts[0]); err != nil {
			return err
		}
		if err := s.update(tx, who, c, &first, "claim.split", "", batch); err != nil {
			return err
		}
		out = append(out, first)
		for _, w := range parts[1:] {
			part := c
			part.Anchor, part.AnchorRevision, part.AnchorStart, part.AnchorEnd, part.AnchorChanges = "", nil, 0, 0, nil
			if err := apply(&tx.Rx, &part, w); err != nil {
				return err
			}
			if err := s.insert(tx, who, &part, "claim.split_off", batch); err != nil {
				return err
			}
			out = append(out, part)
		}
		return nil
	})
	for i := range out {
		if err == nil {
			out[i] = s.Follow(ctx, actor, out[i])
		}
	}
	return out, err
}

// Merge folds other candidates or open claims of the same article into one, which takes the words given. The others
// end as merged and name the one they went into.
func (s *Service) Merge(ctx context.Context, actor auth.Actor, into ID, wordsVersion int64, others []ID,
	w Words) (Claim, error) {
	c, _, err := s.allowed(ctx, actor, into, auth.ThingClaim, auth.Read)
	if err != nil {
		return c, err
	}
	who, err := s.policy.May(actor, thingOf(c), auth.Write, c.CollectionID)
	if err != nil {
		return c, err
	}
	if len(others) == 0 {
		return c, fault.New(fault.Invalid, "Choose at least one other claim to merge into claim %d.",
			into).With("claims", "Choose another claim.")
	}
	if err := checkWords(&w); err != nil {
		return c, err
	}
	var kept Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lockWords(tx, into)
		if err != nil {
			return err
		}
		if c.WordsVersion != wordsVersion {
			return ConflictOf(&tx.Rx, c, wordsVersion)
		}
		batch := fmt.Sprintf("merge:%d:%d", into, int64(tx.Now()))
		for _, id := range others {
			if err := s.mergeOne(tx, who, c, id, batch); err != nil {
				return err
			}
		}
		kept = c
		if err := apply(&tx.Rx, &kept, w); err != nil {
			return err
		}
		return s.update(tx, who, c, &kept, "claim.merged", "", batch)
	})
	if err != nil {
		return kept, err
	}
	return s.Follow(ctx, actor, kept), nil
}

func (s *Service) mergeOne(tx *store.Tx, who history.Who, into Claim, id ID, batch string) error {
	if id == into.ID {
		return fault.New(fault.Invalid, "Claim %d cannot be merged into itself.", id).With("claims",
			"Choose another claim.")
	}
	o, err := lock(tx, id)
	if err != nil {
		return err
	}
	if o.ArticleID != into.ArticleID {
		return fault.New(fault.Invalid,
			"Claims %d and %d are of different articles; only claims of one article are merged.", into.ID,
			id).With("claims", "Choose a claim of the same article.")
	}
	if err := locked(o); err != nil {
		return err
	}
	gone := o
	gone.State, gone.MergedInto = Merged, &into.ID
	return s.update(tx, who, o, &gone, "claim.merged_away", "", batch)
}

func checkReason(reason *string, needed bool) error {
	*reason = strings.TrimSpace(*reason)
	if err := text.CheckTyped("reason", *reason); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", err).With("reason", err.Error())
	}
	if needed && *reason == "" {
		return fault.New(fault.Invalid, "Say why; the history keeps the reason.").With("reason", "A reason is needed.")
	}
	if len([]rune(*reason)) > 2000 {
		return fault.New(fault.Invalid, "The reason has more than 2,000 characters; shorten it.").With("reason",
			"At most 2,000 characters are kept.")
	}
	return nil
}
