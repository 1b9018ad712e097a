package claimset

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"sync"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/methods"
	"claimbench/internal/proof"
	"claimbench/internal/store"
)

// A freeze writes every claim of a draft down, in three steps, so that nobody waits for it. The claims are weighed
// outside of any Write. Slices write them down, where nobody reads them while the set is a draft. The last Write asks
// the history whether anything that they rest on has changed since, makes the set frozen, and adds the one event.
// What changed is weighed again: when that differs from what was written down, the freeze stops and names the claim.

// Bounds of a freeze.
const (
	FreezeAtOnce = 400  // claims of a set that is frozen while its editor waits; a larger one is a job
	weighedMost  = 256  // claims weighed in one look, and written in one Write
	eventsAtOnce = 1000 // events asked in one look
	eventsLeft   = 50   // at most, if that can be had, for the last Write to ask
	mostLooks    = 100  // at the events that came meanwhile
)

// freezing is a freeze that goes on.
type freezing struct {
	s       *Service
	actor   auth.Actor
	set     ID
	version int64
	holder  string

	who     history.Who
	imprint Imprint
	ids     []claims.ID            // of the set, in its order
	at      map[claims.ID]int      // where each stands among ids
	older   []claims.ID            // of the set that it supersedes
	mark    int64                  // the event up to which what was written down is known to stand
	sums    [][sha256.Size]byte    // of what was written down, in the order of ids
	rests   map[string][]claims.ID // what the claims rest on, by object
	hash    hash.Hash              // of all that was written down so far
	tree    *tree                  // of the same
	salt    string                 // of the tree
	ready   []written              // for the next slice
	noting  sync.WaitGroup         // while what was weighed last is hashed, beside the Write that puts it down

	out Set
}

// Freeze makes a draft final: every claim is written down as it stands, the whole is hashed, a checkpoint is signed.
// All claims must still be approved. The version it supersedes, if any, says so from now on. A claim that changes
// meanwhile is fault.Conflict, and the set stays a draft.
func (s *Service) Freeze(ctx context.Context, actor auth.Actor, id ID, version int64) (_ Set, err error) {
	defer fault.In(&err, "claimset.Freeze(%d)", id)
	f := &freezing{s: s, actor: actor, set: id, version: version, holder: rand.Text()}
	if err := f.begin(ctx, 0); err != nil {
		return Set{}, err
	}
	plan := f.plan()
	sign := plan.After
	plan.After = nil
	if err := jobs.InSlices(ctx, s.db, plan); err != nil {
		return Set{}, errors.Join(err, s.sweep(context.WithoutCancel(ctx), id, f.holder))
	}
	return f.out, sign(ctx)
}

// newSalt draws the secret of a set.
func newSalt() string {
	salt := make([]byte, proof.SaltSize)
	_, _ = rand.Read(salt) // never fails (crypto/rand since Go 1.24)
	return hex.EncodeToString(salt)
}

// begin asks whether the set may be frozen, makes it ours to freeze, and reads what it needs. done claims were written
// down before by the same holder: they are weighed again.
func (f *freezing) begin(ctx context.Context, done int) (err error) {
	if _, f.who, err = f.s.allowed(ctx, f.actor, f.set, auth.Freeze); err != nil {
		return err
	}
	if err = f.s.db.Read(ctx, f.look); err != nil {
		return err
	}
	if err = f.s.db.Write(ctx, f.take); err != nil {
		return err
	}
	f.salt = newSalt()
	f.hash, f.tree, f.rests = sha256.New(), newTree(f.salt), map[string][]claims.ID{}
	f.sums = make([][sha256.Size]byte, 0, len(f.ids))
	for at := 0; at < min(done, len(f.ids)); at += weighedMost {
		if err := f.again(ctx, f.ids[at:min(at+weighedMost, done, len(f.ids))]); err != nil {
			return err
		}
	}
	return nil
}

// look reads which claims the draft has, and how far the history goes before any of them is weighed.
func (f *freezing) look(r *store.Rx) (err error) {
	set, err := ByID(r, f.set)
	if err != nil {
		return err
	}
	if err := opened(set, f.version); err != nil {
		return err
	}
	if err := Hindrance(r, set); err != nil {
		return err
	}
	f.imprint = set.Imprint
	if f.mark, err = history.Size(r); err != nil {
		return err
	}
	if f.ids, err = membersOf(r, f.set); err != nil {
		return err
	}
	if f.at = among(f.ids); set.Supersedes == nil {
		return nil
	}
	f.older, err = membersOf(r, *set.Supersedes)
	return err
}

// take notes that this holder freezes the draft, unless another does.
func (f *freezing) take(tx *store.Tx) error {
	now, err := lockDraft(tx, f.set, f.version)
	if err != nil {
		return err
	}
	var by []freezeRow
	if err := tx.Lock().Where("set_id = ?", f.set).Find(&by).Error; err != nil {
		return err
	}
	mine := freezeRow{SetID: f.set, Version: f.version, Holder: f.holder, HeldUntil: until(tx)}
	if len(by) == 0 {
		return tx.Gorm().Create(&mine).Error
	}
	if by[0].Version != f.version || by[0].Holder != f.holder {
		if lives, err := by[0].lives(tx); err != nil || lives {
			return errors.Join(err, beingFrozen(now, by[0].Version))
		}
	}
	return tx.Gorm().Model(&freezeRow{}).Where("set_id = ?", f.set).Select("version", "holder", "held_until").
		Updates(&mine).Error
}

// beingFrozen refuses a second freeze beside one that goes on, of the same version of the draft or of an older one.
func beingFrozen(now Set, version int64) error {
	as := ""
	if version != now.Version {
		as = fmt.Sprintf(" as it was at version %d", version)
	}
	return fault.New(fault.Conflict,
		"“%s” is being frozen already%s. Wait until that has ended, then look at the set.", now.Title, as)
}

// again weighs claims that were written down before this process, which must come out the same.
func (f *freezing) again(ctx context.Context, ids []claims.ID) error {
	return f.s.db.Read(ctx, func(r *store.Rx) error {
		all, err := weigh(r, f.imprint, ids)
		if err != nil {
			return err
		}
		var rows []member
		if err := r.Gorm().Where("set_id = ? AND claim_id IN ?", f.set, ids).Find(&rows).Error; err != nil {
			return err
		}
		there := make(map[claims.ID]string, len(rows))
		for _, row := range rows {
			there[row.ClaimID] = row.Frozen
		}
		for _, w := range all {
			if there[w.claim] != w.frozen {
				return changedMeanwhile(w.claim)
			}
		}
		f.note(all)
		f.noting.Wait()
		return nil
	})
}

// note remembers of what was weighed all that the end asks for, once what was noted before is: wait for f.noting before
// you read it.
func (f *freezing) note(all []written) {
	f.noting.Wait()
	f.noting.Go(func() { f.noteNow(all) })
}

func (f *freezing) noteNow(all []written) {
	for _, w := range all {
		addContents(f.hash, w.frozen)
		f.tree.add(w.claim, []byte(w.frozen))
		f.sums = append(f.sums, w.sum())
		for _, object := range w.rests {
			if of := f.rests[object]; len(of) == 0 || of[len(of)-1] != w.claim {
				f.rests[object] = append(of, w.claim)
			}
		}
	}
}

// changedBy is changedMeanwhile for a claim that changed by an event about something it rests on, such as its source:
// that is named, for the claim itself looks as before.
func changedBy(r *store.Rx, c claims.ID, e history.Moved) error {
	id, ok := history.Number(restedOn(e), "source")
	if !ok {
		return changedMeanwhile(c)
	}
	var source articles.Source
	if err := store.Take(r.Gorm(), &source, "such source", "id = ?", id); err != nil {
		return err
	}
	return fault.New(fault.Conflict, "The source “%s”, on which claim %d of the set rests, changed while the set was "+
		"being frozen. Look at the source, then freeze the set again; nothing was lost.", source.Name, c)
}

func changedMeanwhile(c claims.ID) error {
	return fault.Stale("Claim %d changed while the set was being frozen. Look at the claim, then freeze "+
		"the set again; nothing was lost.", c)
}

// plan is the freeze in slices.
func (f *freezing) plan() jobs.Plan {
	return jobs.Plan{Total: len(f.ids), Most: weighedMost, Ahead: f.ahead, Slice: f.slice, Finish: f.finish,
		After: f.signed}
}

// ahead weighs the claims of the next slice; before the last one it asks what came meanwhile.
func (f *freezing) ahead(ctx context.Context, from, n int) error {
	if err := f.s.db.Read(ctx, func(r *store.Rx) (err error) {
		f.ready, err = weigh(r, f.imprint, f.ids[from:from+n])
		return err
	}); err != nil {
		return err
	}
	f.note(f.ready)
	if from+n < len(f.ids) {
		return nil
	}
	f.noting.Wait()
	for range mostLooks {
		left := int64(0)
		if err := f.s.db.Read(ctx, func(r *store.Rx) error {
			size, err := history.Size(r)
			if err == nil {
				err = f.stands(r)
			}
			left = size - f.mark
			return err
		}); err != nil || left <= eventsLeft {
			return err
		}
	}
	return nil
}

// slice writes down what was weighed for it.
func (f *freezing) slice(tx *store.Tx, _, _ int) error {
	if err := f.hold(tx); err != nil {
		return err
	}
	return writeDown(tx, f.set, f.ready)
}

// hold renews that this holder freezes the set.
func (f *freezing) hold(tx *store.Tx) error {
	res := tx.Gorm().Model(&freezeRow{}).Where("set_id = ? AND holder = ?", f.set, f.holder).
		Update("held_until", until(tx))
	if res.Error == nil && res.RowsAffected != 1 {
		return fault.New(fault.Conflict, "Another freeze of this set was begun. Look at the set.")
	}
	return res.Error
}

// stands asks whether what was written down still is so, by the next events after the mark, and moves the mark.
func (f *freezing) stands(r *store.Rx) error {
	events, err := history.Since(r, f.mark, eventsAtOnce)
	if err != nil || len(events) == 0 {
		return err
	}
	var reached []claims.ID
	by := map[claims.ID]history.Moved{}
	for _, e := range events {
		for _, c := range f.reached(e) {
			reached, by[c] = append(reached, c), e
		}
	}
	for part := range slices.Chunk(distinct(reached), weighedMost) {
		all, err := weigh(r, f.imprint, part)
		if err != nil {
			return err
		}
		for _, w := range all {
			if w.sum() != f.sums[f.at[w.claim]] {
				return changedBy(r, w.claim, by[w.claim])
			}
		}
	}
	f.mark = events[len(events)-1].Seq
	return nil
}

// reached gives the claims of the set that an event could change.
func (f *freezing) reached(e history.Moved) []claims.ID {
	switch history.Kind(e.Object) {
	case "claim":
		id, _ := history.Number(e.Object, "claim")
		return f.mine(id)
	case "gloss", "evidence", "reply", "round", "review", "decision", "shelf_match", "capture":
		id, _ := strconv.ParseInt(e.Field("claim"), 10, 64)
		return f.mine(id)
	}
	return f.rests[restedOn(e)]
}

// restedOn is the object that an event changes for the claims that rest on it: of a rating, its source.
func restedOn(e history.Moved) string {
	if history.Kind(e.Object) == "rating" {
		return "source:" + e.Field("source")
	}
	return e.Object
}

func (f *freezing) mine(id int64) []claims.ID {
	if at, there := f.at[claims.ID(id)]; there {
		return f.ids[at : at+1]
	}
	return nil
}

// finish makes the set frozen. From the look at the newest events on nobody adds one, so that what was written down is
// how things stand at the freeze's own event.
func (f *freezing) finish(tx *store.Tx) error {
	now, err := lockDraft(tx, f.set, f.version)
	if err != nil {
		return err
	}
	if err := f.hold(tx); err != nil {
		return err
	}
	var older Set
	asked := 0
	if now.Supersedes != nil {
		if err := store.Take(tx.Lock(), &older, "such claim set", "id = ?", *now.Supersedes); err != nil {
			return err
		}
		waits, err := WaitingOf(&tx.Rx, []ID{older.ID})
		if err != nil {
			return err
		}
		asked = waits[older.ID]
	}
	if err := deeds.Note(tx, f.actor.Who(""), deeds.Deed{Kind: "claimset.frozen", Object: Object(f.set),
		CollectionID: now.CollectionID}); err != nil {
		return err
	}
	after := now
	if after.FrozenSeq, err = history.Still(tx); err != nil {
		return err
	}
	if f.who, err = f.s.policy.Still(tx, f.actor, auth.ThingClaimSet, auth.Freeze, now.CollectionID); err != nil {
		return err
	}
	for f.mark < after.FrozenSeq {
		if err := f.stands(&tx.Rx); err != nil {
			return err
		}
	}
	by, at := f.actor.UserID, tx.Now()
	after.State, after.FrozenBy, after.FrozenAt = Frozen, &by, &at
	after.SHA256 = hex.EncodeToString(f.hash.Sum(nil))
	after.Salt, after.Root = f.salt, f.tree.root()
	method, err := methods.Newest(&tx.Rx, now.CollectionID)
	if err != nil {
		return err
	}
	after.MethodN, after.Method = method.N, method.SHA256
	if now.Supersedes != nil {
		was := older
		older.State = Superseded
		if _, err := save(tx, f.who, fields(was, f.older), &older, f.older, history.Event{
			Action: "claimset.superseded"}); err != nil {
			return err
		}
		if asked > 0 { // the correction answers what was asked of the version before
			if err := f.s.tellAnswered(tx, older, by); err != nil {
				return err
			}
		}
	}
	if _, err := save(tx, f.who, fields(now, f.ids), &after, f.ids, history.Event{
		Action: "claimset.frozen"}); err != nil {
		return err
	}
	f.out = after
	return tx.Gorm().Where("set_id = ?", f.set).Delete(&freezeRow{}).Error
}

// signed has a checkpoint signed that covers the freeze.
func (f *freezing) signed(ctx context.Context) error {
	if f.s.sign == nil {
		return nil
	}
	if err := f.s.sign(ctx); err != nil {
		return fault.Wrap(fault.Unavailable, err,
			"“%s” is frozen, but no checkpoint could be signed. Sign one with “workbench audit checkpoint”.",
			f.out.Title)
	}
	return nil
}
