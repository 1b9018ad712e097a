package evidence

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Capture keeps a document that came in for an item of evidence, and says whether the item's quotation stands in it.
// Who links evidence may; of a protected source, who may read it.
func (s *Service) Capture(ctx context.Context, actor auth.Actor, id ID, f captures.File) (c captures.Capture,
	err error) {
	defer fault.In(&err, "evidence.Capture(%d)", id)
	it, who, err := s.capturing(ctx, actor, id)
	if err != nil {
		return c, err
	}
	if f.At.IsZero() {
		f.At = s.db.Now().Time()
	}
	p, err := captures.Prepare(f, it.URL, it.Exact)
	if err == nil {
		err = p.Aside(ctx, s.db)
	}
	if err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := lockItem(tx, id)
		if err != nil {
			return err
		}
		if err := Capturable(now); err != nil {
			return err
		}
		if now.Protected != "" { // it may have been protected meanwhile
			if err := s.reads(&tx.Rx, actor, now); err != nil {
				return err
			}
		}
		if c, err = captures.Keep(tx, who, captureOf(now), p); err != nil || now.Protected != "" {
			return err // nobody outside hears of the document of a protected source, nor its hash
		}
		return s.stamps.Wish(tx, actor, c)
	})
	return c, err
}

// Capturable says whether documents are kept for an item: it is linked, and of an outside document.
func Capturable(it Item) error {
	switch {
	case it.ArticleID != nil:
		return fault.New(fault.Conflict, "Evidence #%d is a passage of article %d, whose text is kept already.", it.ID,
			*it.ArticleID)
	case it.UnlinkedAt != nil:
		return fault.New(fault.Conflict, "Evidence #%d is unlinked. Link it again, or capture the document where it "+
			"is linked.", it.ID)
	}
	return nil
}

func captureOf(it Item) captures.Of {
	return captures.Of{Collection: it.CollectionID, Evidence: int64(it.ID), Claim: int64(it.ClaimID)}
}

// capturing reads the item of a capture, opened where its source is protected, for a person who may capture.
func (s *Service) capturing(ctx context.Context, actor auth.Actor, id ID) (it Item, who history.Who, err error) {
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		if err := store.Take(r.Gorm(), &it, "such evidence", "id = ?", id); err != nil {
			return err
		}
		if _, err := s.policy.May(actor, auth.ThingClaim, auth.Read, it.CollectionID); err != nil {
			return fault.Wrap(fault.NotFound, err, "There is no such evidence.")
		}
		if who, err = s.policy.May(actor, auth.ThingEvidence, auth.Link, it.CollectionID); err != nil {
			return err
		}
		if err := Capturable(it); err != nil || it.Protected == "" {
			return err
		}
		if err := s.reads(r, actor, it); err != nil {
			return err
		}
		all, _, err := ProtectionsOf(r, []ID{id}, actor.UserID)
		if err != nil {
			return err
		}
		p, there := all[id]
		if !there {
			return fault.New(fault.Conflict, "Evidence #%d was changed meanwhile. Look at it again.", id)
		}
		k, err := p.kept()
		it.show(k)
		return err
	})
	return it, who, err
}

// reads refuses a person who may not read the protected source of an item.
func (s *Service) reads(r *store.Rx, actor auth.Actor, it Item) error {
	if _, err := s.policy.May(actor, auth.ThingEvidence, auth.Protect, it.CollectionID); err == nil {
		return nil
	}
	_, named, err := ProtectionsOf(r, []ID{it.ID}, actor.UserID)
	if err == nil && !named[it.ID] {
		err = fault.New(fault.Forbidden, "The source of evidence #%d is protected. Its document is seen by the "+
			"editors of the collection and by reviewers whom they name.", it.ID)
	}
	return err
}

// WithholdCapture takes the bytes of a capture of an item away by law, with a reason, and with it all copies that
// merges made.
func (s *Service) WithholdCapture(ctx context.Context, actor auth.Actor, of ID, id captures.ID, version int64,
	reason string) (after captures.Capture, err error) {
	defer fault.In(&err, "evidence.WithholdCapture(%d)", id)
	var c captures.Capture
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		if c, err = captures.ByID(r, id); err == nil && c.EvidenceID != int64(of) {
			err = fault.New(fault.NotFound, "There is no such capture.")
		}
		return err
	}); err != nil {
		return captures.Capture{}, err
	}
	if _, err := s.policy.May(actor, auth.ThingClaim, auth.Read, c.CollectionID); err != nil {
		return captures.Capture{}, fault.Wrap(fault.NotFound, err, "There is no such capture.")
	}
	who, err := s.policy.May(actor, auth.ThingArticle, auth.TakeDown, c.CollectionID)
	if err != nil {
		return captures.Capture{}, err
	}
	if err := text.CheckReason(&reason, "Say why; the history keeps the reason.", "A reason is needed."); err != nil {
		return captures.Capture{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		after, err = captures.Withhold(tx, who, id, version, reason)
		return err
	})
	return after, err
}
