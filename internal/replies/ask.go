package replies

import (
	"context"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Service writes down who was asked about claims, and what they answered.
type Service struct {
	db     *store.DB
	policy *auth.Policy
}

// New makes the service.
func New(db *store.DB, policy *auth.Policy) *Service { return &Service{db: db, policy: policy} }

// today is the latest day that it is anywhere on Earth.
func (s *Service) today() string { return s.db.Now().Time().Add(14 * time.Hour).Format(time.DateOnly) }

// Ask writes down that somebody was asked about a claim.
func (s *Service) Ask(ctx context.Context, actor auth.Actor, a Ask) (out Reply, err error) {
	defer fault.In(&err, "replies.Ask(claim %d)", a.ClaimID)
	_, who, err := claims.Allowed(ctx, s.db, s.policy, actor, a.ClaimID, auth.ThingEvidence, auth.Link)
	if err != nil {
		return Reply{}, err
	}
	if err := a.check(s.today()); err != nil {
		return Reply{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := claims.Lock(tx, a.ClaimID)
		if err != nil {
			return err
		}
		if err := Takes(c); err != nil {
			return err
		}
		var n int64
		if err := tx.Gorm().Model(&Reply{}).Where("claim_id = ? AND withdrawn_at IS NULL", c.ID).
			Count(&n).Error; err != nil {
			return err
		}
		if n >= MostOfClaim {
			return fault.New(fault.Conflict, "%d people were asked about claim %d, the most there may be.", n, c.ID)
		}
		out = Reply{CollectionID: c.CollectionID, ClaimID: c.ID, Name: a.Name, Role: a.Role, Way: a.Way,
			AskedOn: a.AskedOn, Until: a.Until, AskedBy: actor.UserID, AskedAt: tx.Now(), Version: 1}
		if err := tx.Gorm().Create(&out).Error; err != nil {
			return err
		}
		if _, err := history.Append(tx, who, history.Event{Action: "reply.asked", Object: Object(out.ID),
			Collection: int64(out.CollectionID), After: fields(out), Texts: texts(out)}); err != nil {
			return err
		}
		if err := keepContact(tx, who, out, a.Contact); err != nil {
			return err
		}
		return note(tx, who, "reply.asked", out)
	})
	return out, err
}

func keepContact(tx *store.Tx, who history.Who, of Reply, words string) error {
	if words == "" {
		return nil
	}
	x := Contact{ReplyID: of.ID, Words: words, WrittenBy: of.AskedBy}
	if err := tx.Gorm().Create(&x).Error; err != nil {
		return err
	}
	_, err := history.Append(tx, who, history.Event{Action: "reply_contact.kept", Object: contactObject(x.ID),
		Collection: int64(of.CollectionID), After: contactFields(x), Texts: history.Texts{"words": words}})
	return err
}

// Answer writes down what came of asking; another answer may be written over it, and the history keeps both.
func (s *Service) Answer(ctx context.Context, actor auth.Actor, a Answer) (after Reply, err error) {
	defer fault.In(&err, "replies.Answer(%d)", a.ID)
	now, who, err := s.allowed(ctx, actor, a.ID)
	if err != nil {
		return Reply{}, err
	}
	if err := a.check(now, s.today()); err != nil {
		return Reply{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, now, err := locked(tx, a.ID)
		if err != nil {
			return err
		}
		if err := Takes(c); err != nil {
			return err
		}
		if err := Standing(now); err != nil {
			return err
		}
		if err := unused(&tx.Rx, now, a); err != nil {
			return err
		}
		after = now
		after.Outcome, after.AnsweredOn, after.Words, after.Version = a.Outcome, a.On, a.Words, a.Version+1
		if err := save(tx, who, "reply.answered", now, after, deeds.Deed{}); err != nil {
			return err
		}
		return note(tx, who, "reply.answered", after)
	})
	return after, err
}

// unused refuses to take an answer back that is evidence: the claim would rest on words that nobody said.
func unused(r *store.Rx, now Reply, a Answer) error {
	if now.Outcome != Answered || a.Outcome == Answered {
		return nil
	}
	id, err := evidence.AnswerLinked(r, now.ClaimID, now.Name, now.AnsweredOn)
	if err != nil || id == 0 {
		return err
	}
	return fault.New(fault.Conflict, "The answer of %s is evidence #%d of claim %d. Unlink that first, then say that "+
		"there is no answer.", now.Name, id, now.ClaimID).With("outcome", "Unlink the answer from the claim first.")
}

// allowed reads a reply that the person may write on; one of a claim that they do not read is not there for them.
func (s *Service) allowed(ctx context.Context, actor auth.Actor, id ID) (x Reply, who history.Who, err error) {
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		return store.Take(r.Gorm(), &x, "such reply", "id = ?", id)
	}); err != nil {
		return x, who, err
	}
	if _, err := s.policy.May(actor, auth.ThingClaim, auth.Read, x.CollectionID); err != nil {
		return Reply{}, who, fault.Wrap(fault.NotFound, err, "There is no such reply.")
	}
	who, err = s.policy.May(actor, auth.ThingEvidence, auth.Link, x.CollectionID)
	return x, who, err
}

// locked reads a reply with its claim, both locked.
func locked(tx *store.Tx, id ID) (c claims.Claim, x Reply, err error) {
	if err = store.Take(tx.Gorm(), &x, "such reply", "id = ?", id); err != nil {
		return c, x, err
	}
	if c, err = claims.Lock(tx, x.ClaimID); err != nil {
		return c, x, err
	}
	return c, x, store.Take(tx.Lock(), &x, "such reply", "id = ?", id)
}

func save(tx *store.Tx, who history.Who, action string, now, after Reply, d deeds.Deed) error {
	if err := store.Changed(tx.Gorm().Model(&Reply{}).Where("id = ? AND version = ?", now.ID, after.Version-1).
		Updates(map[string]any{"outcome": after.Outcome, "answered_on": after.AnsweredOn, "words": after.Words,
			"withdrawn_at": after.WithdrawnAt, "version": after.Version}), "this reply"); err != nil {
		return err
	}
	e := history.Event{Action: action, Object: Object(now.ID), Collection: int64(now.CollectionID),
		Before: fields(now), After: fields(after), Texts: texts(after)}
	if d.Kind != "" {
		e.Reason, e.Batch = d.Reason(), d.Batch()
	}
	_, err := history.Append(tx, who, e)
	return err
}

func note(tx *store.Tx, who history.Who, kind string, x Reply) error {
	return deeds.Note(tx, who, deeds.Deed{Kind: kind, Object: Object(x.ID), ClaimID: int64(x.ClaimID),
		CollectionID: x.CollectionID, Version: x.Version, Other: x.Version - 1})
}

// Deeds says how the acts of this room are taken back.
func (s *Service) Deeds() map[string]deeds.Kind {
	return map[string]deeds.Kind{
		"reply.asked": {Words: "asked about claim", Back: s.turn("reply.withdrawn", true),
			Again: s.turn("reply.restored", false)},
		"reply.answered": {Words: "noted a reply on claim",
			Instead: "Write down the answer as it was: it stands over this one."},
	}
}

// turn takes back that somebody was asked, or writes it down again.
func (s *Service) turn(action string, gone bool) func(*store.Tx, auth.Actor, *deeds.Deed) error {
	return func(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
		c, now, err := locked(tx, ID(d.ObjectID()))
		if err != nil {
			return err
		}
		who, err := s.policy.May(actor, auth.ThingEvidence, auth.Link, c.CollectionID)
		if err != nil {
			return err
		}
		if err := Takes(c); err != nil {
			return err
		}
		same, err := deeds.Same(&tx.Rx, d.Object, now.Version, d.Version)
		if err != nil {
			return err
		}
		if !same {
			return fault.New(fault.Conflict, "An answer was written down since. It stays as it is.")
		}
		after := now
		after.Version = now.Version + 1
		if after.WithdrawnAt = nil; gone {
			at := tx.Now()
			after.WithdrawnAt = &at
		}
		d.Version = after.Version
		return save(tx, who, action, now, after, *d)
	}
}
