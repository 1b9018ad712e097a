package claimset

import (
	"context"
	"errors"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Service is what may be done with claim sets.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	work   *jobs.Service
	sign   func(context.Context) error
	gone   goneOf
	checks checks
	sizes  sizes
	atOnce int // claims of a set that Ask freezes at once
}

// New makes the service, and says how its jobs are done. sign makes a checkpoint after a freeze; nil makes none. gone
// gives the texts of a collection that were taken down: claims.Service.Gone.
func New(db *store.DB, policy *auth.Policy, work *jobs.Service, sign func(context.Context) error,
	gone goneOf) *Service {
	s := &Service{db: db, policy: policy, work: work, sign: sign, gone: gone, checks: checks{by: map[ID]checked{}},
		atOnce: FreezeAtOnce}
	work.Register(Freezing, freezingWork{s})
	return s
}

// allowed reads a set, then asks whether the actor may do the act in its collection. A set of a collection that the
// actor does not read is not there for them.
func (s *Service) allowed(ctx context.Context, actor auth.Actor, id ID, act auth.Action) (set Set, who history.Who,
	err error) {
	if err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		set, err = ByID(r, id)
		return err
	}); err != nil {
		return set, who, err
	}
	if _, err := s.policy.May(actor, auth.ThingClaimSet, auth.Read, set.CollectionID); err != nil {
		return set, who, fault.Wrap(fault.NotFound, err, "There is no such claim set.")
	}
	who, err = s.policy.May(actor, auth.ThingClaimSet, act, set.CollectionID)
	return set, who, err
}

// Create begins a draft.
func (s *Service) Create(ctx context.Context, actor auth.Actor, c auth.CollectionID, title string) (_ Set, err error) {
	defer fault.In(&err, "claimset.Create(%d)", c)
	who, err := s.policy.May(actor, auth.ThingClaimSet, auth.Write, c)
	if err != nil {
		return Set{}, err
	}
	if err := checkTitle(&title); err != nil {
		return Set{}, err
	}
	var out Set
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := articles.CollectionByID(&tx.Rx, c); err != nil {
			return err
		}
		out = Set{CollectionID: c, Title: title, N: 1, State: Draft, StartedBy: actor.UserID, StartedAt: tx.Now(),
			Version: 1, Imprint: Imprint{People: Named}}
		return create(tx, who, &out, nil, "claimset.created", func(ID) error { return nil })
	})
	return out, err
}

// create writes a new draft and its event; fill puts these claims into it.
func create(tx *store.Tx, who history.Who, set *Set, ids []claims.ID, action string, fill func(ID) error) error {
	if err := tx.Gorm().Create(set).Error; err != nil {
		return err
	}
	if err := fill(set.ID); err != nil {
		return err
	}
	_, err := history.Append(tx, who, history.Event{Action: action, Object: Object(set.ID),
		Collection: int64(set.CollectionID), After: fields(*set, ids), Texts: textsOf(*set)})
	return err
}

// allTake says whether a draft takes all of some claims, by counting those that it takes: nobody can write while so
// many are read.
func allTake(tx *store.Tx, set Set, ids []claims.ID) (bool, error) {
	taken := 0
	for part := range slices.Chunk(ids, idsAtOnce) {
		var n int64
		if err := tx.Gorm().Table("claims").Where("id IN ? AND collection_id = ? AND state = ?", part, set.CollectionID,
			claims.Approved).Count(&n).Error; err != nil {
			return false, err
		}
		taken += int(n)
	}
	return taken == len(ids), nil
}

// refusal names the first of some claims that a draft does not take.
func refusal(tx *store.Tx, set Set, ids []claims.ID) error {
	named, err := claims.ByIDs(&tx.Rx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		c, ok := named[id]
		if !ok {
			c.ID = id // it is of no collection
		}
		if err := Takes(set, c); err != nil {
			return err
		}
	}
	return nil
}

func checkTitle(title *string) error {
	*title = strings.TrimSpace(*title)
	if err := text.CheckShown("title", *title); err != nil && *title != "" {
		return fault.Wrap(fault.Invalid, err, "%s", err).With("title", err.Error())
	}
	if n := len([]rune(*title)); n == 0 || n > 300 {
		return fault.New(fault.Invalid, "A claim set needs a title of at most 300 characters.").With("title",
			"Give the set a title.")
	}
	return nil
}

// change is the common road of a change of a draft: permission, lock, version, the change itself, history. do gets the
// claims that are in the set, and gives those that then are, both in the order of the set.
func (s *Service) change(ctx context.Context, actor auth.Actor, id ID, version int64, action string,
	do func(*store.Tx, *Set, []slot) ([]slot, error)) (Set, error) {
	_, who, err := s.allowed(ctx, actor, id, auth.Write)
	if err != nil {
		return Set{}, err
	}
	var after Set
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := lockDraft(tx, id, version)
		if err != nil {
			return err
		}
		was, err := slotsOf(&tx.Rx, id)
		if err != nil {
			return err
		}
		after = now
		is, err := do(tx, &after, was)
		if err != nil || after == now && slices.Equal(is, was) { // nothing was changed
			return err
		}
		var title [2]int64
		if title[0], err = history.Newest(&tx.Rx, Object(id)); err != nil {
			return err
		}
		if title[1], err = save(tx, who, fields(now, idsOf(was)), &after, idsOf(is),
			history.Event{Action: action}); err != nil {
			return err
		}
		return note(tx, who, action, after, idsOf(was), idsOf(is), title)
	})
	return after, err
}

func lockDraft(tx *store.Tx, id ID, version int64) (Set, error) {
	var now Set
	if err := store.Take(tx.Lock(), &now, "such claim set", "id = ?", id); err != nil {
		return now, err
	}
	return now, opened(now, version)
}

// opened says whether a set still is the draft of the version that somebody opened.
func opened(now Set, version int64) error {
	if err := Buildable(now); err != nil {
		return err
	}
	if now.Version != version {
		return fault.Stale(
			"Somebody changed “%s” after you opened it. Look at the set again; nothing was lost.", now.Title)
	}
	return nil
}

// save writes a changed set, which has these claims, and its event, whose action, reason and batch are given. It gives
// the number of the event.
func save(tx *store.Tx, who history.Who, before history.Fields, after *Set, ids []claims.ID, e history.Event) (int64,
	error) {
	was := after.Version
	after.Version++
	if err := store.Changed(tx.Gorm().Model(&Set{}).Where("id = ? AND version = ?", after.ID, was).Select("*").Omit(
		"id").Updates(after), "this claim set"); err != nil {
		return 0, err
	}
	e.Object, e.Collection, e.Before, e.After = Object(after.ID), int64(after.CollectionID), before,
		fields(*after, ids)
	e.Texts = textsOf(*after)
	return history.Append(tx, who, e)
}

// Rename gives a draft another title.
func (s *Service) Rename(ctx context.Context, actor auth.Actor, id ID, version int64, title string) (_ Set, err error) {
	defer fault.In(&err, "claimset.Rename(%d)", id)
	if err := checkTitle(&title); err != nil {
		return Set{}, err
	}
	return s.change(ctx, actor, id, version, renamed, func(_ *store.Tx, set *Set, there []slot) ([]slot, error) {
		set.Title = title
		return there, nil
	})
}

// Bounds of one form: how many claims it may name, and how many go into one statement.
const (
	MostChosen = 5000
	idsAtOnce  = 500
)

// chosen is what a form names, each claim once, in the order in which they are named; before any other work.
func chosen(ids []claims.ID, none string) ([]claims.ID, error) {
	if len(ids) == 0 {
		return nil, fault.New(fault.Invalid, "%s", none).With("claims", "Choose a claim.")
	}
	seen := make(map[claims.ID]bool, len(ids))
	ids = slices.DeleteFunc(slices.Clone(ids), func(c claims.ID) bool {
		again := seen[c]
		seen[c] = true
		return again
	})
	if len(ids) > MostChosen {
		return nil, fault.New(fault.Invalid, "%d claims were named; one form takes at most 5,000. Send them in parts.",
			len(ids)).With("claims", "Choose at most 5,000 claims at once.")
	}
	return ids, nil
}

// Add puts claims at the end of a draft, in the order in which they are named: of the set's own collection, all
// approved. Those already in it stay where they are.
func (s *Service) Add(ctx context.Context, actor auth.Actor, id ID, version int64, ids []claims.ID) (_ Set, err error) {
	defer fault.In(&err, "claimset.Add(%d)", id)
	ids, err = chosen(ids, "Choose at least one claim to add.")
	if err != nil {
		return Set{}, err
	}
	return s.change(ctx, actor, id, version, added, func(tx *store.Tx, set *Set, there []slot) ([]slot, error) {
		return putInto(tx, *set, there, ids)
	})
}

// putInto puts claims at the end of a draft that takes them, and gives those that are then in it. Those already in it
// stay.
func putInto(tx *store.Tx, set Set, there []slot, ids []claims.ID) ([]slot, error) {
	last := claims.ID(0)
	if len(there) > 0 {
		last = there[len(there)-1].Claim
	}
	return putBehind(tx, set, there, ids, func(int) claims.ID { return last })
}

// putBehind is putInto for claims of which each stands behind one that is in the draft, 0 for before all; those behind
// the same one in the order in which they are named.
func putBehind(tx *store.Tx, set Set, there []slot, ids []claims.ID, behind func(i int) claims.ID) ([]slot, error) {
	if all, err := allTake(tx, set, ids); err != nil || !all {
		return nil, errors.Join(err, refusal(tx, set, ids))
	}
	in := among(idsOf(there))
	add, n := map[claims.ID][]claims.ID{}, 0
	for i, cid := range ids {
		if _, is := in[cid]; !is {
			add[behind(i)] = append(add[behind(i)], cid)
			n++
		}
	}
	if err := HasRoom(set, len(there)+n); err != nil {
		return nil, err
	}
	all, fresh := make([]slot, 0, len(there)+n), make([]bool, 0, len(there)+n)
	follow := func(of claims.ID) {
		for _, cid := range add[of] {
			all, fresh = append(all, slot{Claim: cid}), append(fresh, true)
		}
	}
	follow(0)
	for _, s := range there {
		all, fresh = append(all, s), append(fresh, false)
		follow(s.Claim)
	}
	return all, put(tx, set.ID, there, all, fresh)
}

// takeOf takes claims that are in a draft out of it, and gives those that are then in it.
func takeOf(tx *store.Tx, set Set, there []slot, ids []claims.ID) ([]slot, error) {
	at, out := among(idsOf(there)), among(ids)
	for _, cid := range ids {
		if _, in := at[cid]; !in {
			return nil, fault.New(fault.Invalid, "There is no claim %d in this set.", cid).With("claims",
				"Choose claims of this set.")
		}
	}
	for chunk := range slices.Chunk(ids, idsAtOnce) {
		if err := tx.Gorm().Where("set_id = ? AND claim_id IN ?", set.ID, chunk).Delete(&member{}).Error; err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(slices.Clone(there), func(s slot) bool {
		_, gone := out[s.Claim]
		return gone
	}), nil
}

// Remove takes claims out of a draft.
func (s *Service) Remove(ctx context.Context, actor auth.Actor, id ID, version int64, ids []claims.ID) (_ Set,
	err error) {
	defer fault.In(&err, "claimset.Remove(%d)", id)
	ids, err = chosen(ids, "Choose at least one claim to take out.")
	if err != nil {
		return Set{}, err
	}
	return s.change(ctx, actor, id, version, removed, func(tx *store.Tx, set *Set, there []slot) ([]slot, error) {
		return takeOf(tx, *set, there, ids)
	})
}

// Correct starts the next version of a frozen set as a draft with the same claims, those that are still approved.
func (s *Service) Correct(ctx context.Context, actor auth.Actor, id ID) (_ Set, err error) {
	defer fault.In(&err, "claimset.Correct(%d)", id)
	_, who, err := s.allowed(ctx, actor, id, auth.Write)
	if err != nil {
		return Set{}, err
	}
	var out Set
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var old Set
		if err := store.Take(tx.Lock(), &old, "such claim set", "id = ?", id); err != nil {
			return err
		}
		var drafts int64
		if err := tx.Gorm().Model(&Set{}).Where("supersedes = ? AND state = ?", id,
			Draft).Count(&drafts).Error; err != nil {
			return err
		}
		if err := Correctable(old, drafts); err != nil {
			return err
		}
		ids, err := store.Numbers[claims.ID](tx.Gorm().Table("claim_set_claims").Select("claim_id").
			Joins("JOIN claims ON claims.id = claim_set_claims.claim_id").
			Where("set_id = ? AND claims.state = ?", id, claims.Approved).Order(inOrder))
		if err != nil {
			return err
		}
		out = Set{CollectionID: old.CollectionID, Title: old.Title, N: old.N + 1, State: Draft, Supersedes: &old.ID,
			StartedBy: actor.UserID, StartedAt: tx.Now(), Version: 1, Imprint: old.Imprint}
		return create(tx, who, &out, ids, "claimset.correction_started", func(set ID) error {
			return tx.Gorm().Exec(`INSERT INTO claim_set_claims (set_id, claim_id, place, frozen)
				SELECT ?, m.claim_id, ? * ROW_NUMBER() OVER (ORDER BY `+inOrder+`), ''
				FROM claim_set_claims m JOIN claims c ON c.id = m.claim_id
				WHERE m.set_id = ? AND c.state = ?`, set, placeStep, id, claims.Approved).Error
		})
	})
	return out, err
}
