package wishes

import (
	"context"
	"errors"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/breakdowns"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/model"
	"claimbench/internal/store"
)

// errAgain says that the passages of the collection are not all indexed yet, or that a claim or a passage changed
// meanwhile.
var errAgain = errors.New("it is looked at again")

// answer asks for a wish, and keeps what comes.
func (s *Service) answer(ctx context.Context, w *Wish) error {
	actor, err := s.users.ActorLater(ctx, w.UserID, w.Via, w.Request, w.Token)
	if err != nil {
		return err
	}
	w.Why, w.What = "", ""
	if w.Kind == Order {
		return s.order(ctx, actor, w)
	}
	if w.SentenceID != 0 {
		return s.passage(ctx, actor, w)
	}
	return s.gloss(ctx, actor, w)
}

// sendable reads a claim whose words may be sent: its text is live and not protected, and the actor reads it.
func (s *Service) sendable(r *store.Rx, actor auth.Actor, id claims.ID, does func(claims.Claim) error) (claims.Claim,
	error) {
	all, err := claims.FilledOf(r, []claims.ID{id})
	if err != nil || len(all) == 0 {
		return claims.Claim{}, errors.Join(err, breakdowns.ErrEnded)
	}
	c := all[0]
	a, err := articles.ByIDFor(r, s.policy, actor, c.ArticleID)
	if fault.KindOf(err) == fault.NotFound {
		return c, breakdowns.ErrEnded
	} else if err != nil {
		return c, err
	}
	if a.State != articles.Live || a.Protected != "" || c.Withheld || c.Protected != "" || does(c) != nil {
		return c, breakdowns.ErrEnded
	}
	return c, nil
}

// spend counts a question of a claim, if it and the passages beside it may still be sent as they were read.
func (s *Service) spend(actor auth.Actor, was claims.Claim, does func(claims.Claim) error,
	beside ...evidence.Orderable) model.Spend {
	return func(ctx context.Context) error {
		return breakdowns.Spend(ctx, s.db, was.CollectionID, func(tx *store.Tx) error {
			if err := stand(tx, was, beside); err != nil {
				return err
			}
			now, err := s.sendable(&tx.Rx, actor, was.ID, does)
			if err == nil && now.WordsVersion != was.WordsVersion {
				return errAgain
			}
			return err
		})
	}
}

// still locks a claim in the Write that keeps what was made of it, if it has the words that were sent.
func still(tx *store.Tx, was claims.Claim, does func(claims.Claim) error) error {
	all, err := claims.LockAll(tx, []claims.ID{was.ID})
	switch {
	case err != nil:
		return err
	case len(all) == 0 || all[0].Withheld || all[0].Protected != "" || does(all[0]) != nil:
		return breakdowns.ErrEnded
	case all[0].WordsVersion != was.WordsVersion:
		return errAgain
	}
	return nil
}

// stand holds the texts of passages beside a claim until the Write has ended, before the claim is locked: whoever takes
// a text down locks it first as well.
func stand(tx *store.Tx, c claims.Claim, beside []evidence.Orderable) error {
	if len(beside) == 0 {
		return nil
	}
	all, err := evidence.StillStand(tx, c, beside)
	if err == nil && !all {
		err = errAgain
	}
	return err
}

// gloss asks for a claim's words in another language.
func (s *Service) gloss(ctx context.Context, actor auth.Actor, w *Wish) error {
	var c claims.Claim
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		c, err = s.sendable(r, actor, w.ClaimID, claims.GlossEditable)
		return err
	}); err != nil {
		return err
	}
	got, err := s.model.Gloss(ctx, model.Worded{Lang: c.Lang, Words: c.Statement}, w.Lang, s.spend(actor, c,
		claims.GlossEditable))
	if err != nil {
		return err
	}
	if no := got.Refused; no != nil {
		w.Why, w.What = no.Why, no.What
		return nil
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := still(tx, c, claims.GlossEditable); err != nil {
			return err
		}
		return claims.KeepGloss(tx, claims.Proposal{CollectionID: c.CollectionID, Lang: w.Lang, Made: madeBy(got.Made),
			ClaimID: c.ID, RevisionID: c.RevisionID, Words: got.Words})
	})
}

// passage asks for a passage's words in another language.
func (s *Service) passage(ctx context.Context, actor auth.Actor, w *Wish) error {
	var c claims.Claim
	var p evidence.Orderable
	read := func(r *store.Rx) (err error) {
		if c, err = s.sendable(r, actor, w.ClaimID, evidence.Takes); err != nil {
			return err
		}
		there := false
		if p, there, err = evidence.PassageOf(r, c, w.SentenceID); err == nil && !there {
			err = breakdowns.ErrEnded
		}
		return err
	}
	if err := s.db.Read(ctx, read); err != nil {
		return err
	}
	got, err := s.model.Gloss(ctx, model.Worded{Lang: p.Lang, Words: p.Words}, w.Lang, func(ctx context.Context) error {
		return breakdowns.Spend(ctx, s.db, c.CollectionID, func(tx *store.Tx) error { return read(&tx.Rx) })
	})
	if err != nil {
		return err
	}
	if no := got.Refused; no != nil {
		w.Why, w.What = no.Why, no.What
		return nil
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := stand(tx, c, []evidence.Orderable{p}); err != nil {
			return err
		}
		if err := read(&tx.Rx); err != nil {
			return err
		}
		w.ProposalID, err = claims.KeepPassageGloss(tx, claims.Proposal{CollectionID: c.CollectionID, Lang: w.Lang,
			Made: madeBy(got.Made), ClaimID: c.ID, SentenceID: &p.ID, RevisionID: p.RevisionID, Words: got.Words,
			Reasons: got.Notes})
		return err
	})
}

func madeBy(m model.Made) claims.Made {
	return claims.Made{Maker: model.Maker, Version: m.Version, Model: m.Model, Prompt: m.Prompt,
		Parameters: m.Parameters, Input: m.Input}
}

// order asks in which order the passages that are proposed for a claim are read.
func (s *Service) order(ctx context.Context, actor auth.Actor, w *Wish) error {
	c, in, err := s.ordering(ctx, actor, w.ClaimID)
	if err != nil {
		return err
	}
	if !in.Current {
		return errAgain
	}
	if in.Stands(s.model.Name()) || len(in.Passages) < 2 {
		return nil
	}
	passages := make([]model.Worded, len(in.Passages))
	for i, p := range in.Passages {
		passages[i] = model.Worded{Lang: p.Lang, Words: p.Words}
	}
	got, err := s.model.Order(ctx, model.Worded{Lang: c.Lang, Words: c.Statement}, passages, s.spend(actor, c,
		evidence.Takes, in.Passages...))
	if err != nil {
		return err
	}
	if no := got.Refused; no != nil {
		w.Why, w.What = no.Why, no.What
		return nil
	}
	got.Made.Input = in.Input
	all := make([]claims.Proposal, len(got.Places))
	for i, p := range got.Places {
		sentence := in.Passages[p.N]
		all[i] = claims.Proposal{CollectionID: c.CollectionID, Lang: c.Lang, Made: madeBy(got.Made),
			SentenceID: &sentence.ID, RevisionID: sentence.RevisionID}
		if p.Why != "" {
			all[i].Reasons = store.Strings{p.Why}
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := stand(tx, c, in.Passages); err != nil {
			return err
		}
		if err := still(tx, c, evidence.Takes); err != nil {
			return err
		}
		return claims.KeepOrder(tx, c.ID, all)
	})
}

// ordering reads a claim with the passages that are proposed for it, and once more when the index of its collection was
// behind and has caught up.
func (s *Service) ordering(ctx context.Context, actor auth.Actor, id claims.ID) (c claims.Claim, in evidence.Ordering,
	err error) {
	for range 2 {
		if err = s.db.Read(ctx, func(r *store.Rx) (err error) {
			if c, err = s.sendable(r, actor, id, evidence.Takes); err != nil {
				return err
			}
			in, err = s.evidence.Ordering(r, c)
			return err
		}); err != nil || in.Current {
			return c, in, err
		}
		if err = s.evidence.CatchUp(ctx, c.CollectionID); err != nil {
			return c, in, err
		}
	}
	return c, in, nil
}
