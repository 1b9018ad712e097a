package claims

import (
	"context"
	"fmt"
	"slices"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// BatchID is the number of a batch.
type BatchID int64

// Batch is one act on many claims that a person chose one by one. It is looked at first, and then done in slices by a
// job, each claim under the rules of the single act. Nobody but its owner sees it; what it does is in the history.
type Batch struct {
	ID           BatchID           `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	UserID       auth.UserID       `gorm:"column:user_id"`
	Act          BatchAct          `gorm:"column:act"`    // "" while it is looked at
	Target       int64             `gorm:"column:target"` // of an act of another room, what its Batcher makes of it
	Reason       string            `gorm:"column:reason" words:"own"`
	// what it was put together for, and to what that would be done, as it was asked; "" where nothing was said
	LookedAct BatchAct     `gorm:"column:looked_act"`
	LookedTo  string       `gorm:"column:looked_to" words:"own"`
	Chosen    Chosen       `gorm:"column:chosen" words:"fact"`
	State     BatchState   `gorm:"column:state"`
	At        store.Micros `gorm:"column:at"`
	ChangedAt store.Micros `gorm:"column:changed_at"`
}

// TableName names the table.
func (Batch) TableName() string { return "claim_batches" }

// Chosen is a list of claims, each with the version that was looked at, in the order of their numbers.
type Chosen = store.List[[2]int64]

// BatchAct is what a batch does.
type BatchAct string

// The acts.
const (
	BatchAccept   BatchAct = "accept"
	BatchReject   BatchAct = "reject"
	BatchWithdraw BatchAct = "withdraw"
	BatchGive     BatchAct = "give"   // to a person: Target is their number
	BatchSnooze   BatchAct = "snooze" // for whoever asks: Target is until when, in microseconds
	BatchAdd      BatchAct = "add"    // to a draft set: Target is its number
)

// BatchState says how far a batch is.
type BatchState string

// The states of a batch.
const (
	BatchPreview BatchState = "preview"
	BatchDoing   BatchState = "doing"
	BatchDone    BatchState = "done"
	BatchUndoing BatchState = "undoing"
	BatchUndone  BatchState = "undone"
	BatchRedoing BatchState = "redoing"
)

// batchItem is what became of one claim of a batch.
type batchItem struct {
	BatchID BatchID   `gorm:"column:batch_id;primaryKey;autoIncrement:false"`
	N       int       `gorm:"column:n;primaryKey;autoIncrement:false"`
	ClaimID ID        `gorm:"column:claim_id"`
	Version int64     `gorm:"column:version"`
	Other   int64     `gorm:"column:other"` // as it is without the act, or, taken back, with it; else BatchDone.Held
	State   BatchFate `gorm:"column:state"`
	Why     string    `gorm:"column:why" words:"own"`
}

func (batchItem) TableName() string { return "claim_batch_items" }

// BatchFate is what became of a claim in a batch, or would.
type BatchFate string

// The fates. A claim that would be done is in no row yet.
const (
	FateDone    BatchFate = "done"
	FateRefused BatchFate = "refused"
	FateBack    BatchFate = "back" // it was done, and taken back
	FateKept    BatchFate = "kept" // it was done, and could not be taken back
)

// MostInBatch is how many claims one batch has at most.
const MostInBatch = 10_000

// batches is how each act is done to one claim: its permission, and what taking it back calls it; of the acts of this
// room its event and the change; how many claims a slice has.
var batches = map[BatchAct]struct {
	thing  auth.Thing
	needs  auth.Action
	words  string
	most   int
	action string
	guard  func(Claim) error
	as     State
}{
	BatchAccept: {auth.ThingCandidate, auth.Write, "accepted claims together, batch", mostBatched,
		"candidate.accepted", Acceptable, Open},
	BatchReject: {auth.ThingCandidate, auth.Write, "rejected claims together, batch", mostBatched,
		"candidate.rejected", Rejectable, Rejected},
	BatchWithdraw: {auth.ThingClaim, auth.Write, "withdrew claims together, batch", mostBatched, "claim.withdrawn",
		Withdrawable, Withdrawn},
	BatchGive: {thing: auth.ThingAssignment, needs: auth.Take, words: "gave out claims together, batch",
		most: mostBatched},
	BatchSnooze: {thing: auth.ThingReview, needs: auth.Submit, words: "snoozed claims together, batch",
		most: idsAtOnce},
	BatchAdd: {thing: auth.ThingClaimSet, needs: auth.Write, words: "added claims to a set together, batch",
		most: idsAtOnce},
}

// BatchNeeds says under which permission an act is offered. Its Batcher may ask more, by its target.
func BatchNeeds(act BatchAct) (auth.Thing, auth.Action) {
	return batches[act].thing, batches[act].needs
}

// BatchObject names a batch in jobs and in the batch of its events.
func BatchObject(id BatchID) string { return fmt.Sprintf("batch:%d", id) }

// LookAtBatch keeps which claims a person chose, each as it stands now: nothing is done to them. Claims that are none
// of the collection are refused, without telling whether they are anywhere.
func (s *Service) LookAtBatch(ctx context.Context, actor auth.Actor, in auth.CollectionID, ids []ID) (b Batch,
	err error) {
	defer fault.In(&err, "claims.LookAtBatch(%d, %d claims)", in, len(ids))
	return s.LookAtBatchFor(ctx, actor, in, ids, "", "")
}

// LookAtBatchFor is LookAtBatch for one act, "" for none in particular, and what it would be done to, as
// Service.BatchTarget reads it: this is looked at whenever nothing else is asked.
func (s *Service) LookAtBatchFor(ctx context.Context, actor auth.Actor, in auth.CollectionID, ids []ID, act BatchAct,
	to string) (b Batch, err error) {
	defer fault.In(&err, "claims.LookAtBatchFor(%d, %d claims, %s)", in, len(ids), act)
	if _, err := s.policy.May(actor, auth.ThingClaim, auth.Write, in); err != nil {
		return b, err
	}
	if act != "" {
		if err := BatchActs.Check("act", act); err != nil {
			return b, err
		}
	}
	if len(to) > mostTarget {
		return b, fault.New(fault.Invalid, "What it is done to is the number of a person or a set, or a day.").
			With("to", "Choose from the list.")
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	switch ids = slices.Compact(ids); {
	case len(ids) == 0:
		return b, fault.New(fault.Invalid, "No claim is selected. Select some, then choose what to do with them.").With(
			"claim", "Select at least one claim.")
	case len(ids) > MostInBatch:
		return b, fault.New(fault.Invalid, "%d claims are selected; one act takes at most 10,000. Select fewer.",
			len(ids)).With("claim", "Select at most 10,000 claims.")
	}
	b = Batch{CollectionID: in, UserID: actor.UserID, State: BatchPreview, Chosen: Chosen{},
		LookedAct: act, LookedTo: to}
	versions := map[ID]int64{}
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		if _, err := articles.CollectionByID(r, in); err != nil {
			return err
		}
		rows, err := store.Select[struct {
			ID      ID
			Version int64
		}](r, "SELECT id, version FROM claims WHERE collection_id = ? AND id IN ?", in, ids)
		for _, x := range rows {
			versions[x.ID] = x.Version
		}
		return err
	}); err != nil {
		return b, err
	}
	for _, id := range ids {
		b.Chosen = append(b.Chosen, [2]int64{int64(id), versions[id]})
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		b.ID, b.At, b.ChangedAt = 0, tx.Now(), tx.Now()
		if err := sweepBatches(tx, actor.UserID); err != nil {
			return err
		}
		return tx.Gorm().Create(&b).Error
	})
	return b, err
}

// mostTarget is how long, in bytes, what an act is done to is written at most.
const mostTarget = 100

const (
	// batchKept is how long a batch is kept that was done: somewhat longer than it can be taken back.
	batchKept = 31 * 24 * time.Hour
	// lookKept is how long one is kept that was only looked at.
	lookKept = 24 * time.Hour
	// batchesSwept bounds how many old ones go when a new one comes.
	batchesSwept = 2
)

// sweepBatches takes old batches of a person away. What they did stays in the history.
func sweepBatches(tx *store.Tx, owner auth.UserID) error {
	old, err := store.Select[BatchID](&tx.Rx, "SELECT id FROM claim_batches WHERE user_id = ? AND (state = ? AND "+
		"changed_at < ? OR state IN ? AND changed_at < ?) ORDER BY id LIMIT ?", owner, BatchPreview,
		tx.Now()-store.Micros(lookKept.Microseconds()), []BatchState{BatchDone, BatchUndone},
		tx.Now()-store.Micros(batchKept.Microseconds()), batchesSwept)
	if err != nil || len(old) == 0 {
		return err
	}
	if err := tx.Gorm().Delete(&batchItem{}, "batch_id IN ?", old).Error; err != nil {
		return err
	}
	return tx.Gorm().Delete(&Batch{}, "id IN ?", old).Error
}

// BatchOf reads a batch for its owner. It asks no other permission.
func BatchOf(r *store.Rx, owner auth.UserID, id BatchID) (Batch, error) {
	return store.Get[Batch](r, "such batch of yours", "SELECT * FROM claim_batches WHERE id = ? AND user_id = ?", id,
		owner)
}

// DoBatch begins to do an act to the claims of a batch that was looked at. A job goes on with it. with is what the act
// asks for: of reject and withdraw why, of an act of another room its target, as BatchTarget takes it.
func (s *Service) DoBatch(ctx context.Context, actor auth.Actor, id BatchID, act BatchAct, with string) (b Batch,
	err error) {
	defer fault.In(&err, "claims.DoBatch(%d, %s)", id, act)
	if err := BatchActs.Check("act", act); err != nil {
		return b, err
	}
	reason := ""
	switch act {
	case BatchReject:
		err = WhyNots.Check("reason", WhyNot(with))
		reason = WhyNots.Word(WhyNot(with))
	case BatchWithdraw:
		reason = with
		err = text.CheckReason(&reason, "Say why; the history keeps the reason.", "A reason is needed.")
	}
	if err != nil {
		return b, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if b, err = lockBatch(tx, actor.UserID, id); err != nil {
			return err
		}
		if b.State != BatchPreview {
			return fault.Stale("This was asked for already, and is %s. Nothing is done twice.", b.State)
		}
		b.Act, b.Reason = act, reason
		if b.Target, err = s.BatchTarget(&tx.Rx, b, act, with); err != nil {
			return err
		}
		who, err := s.mayBatch(actor, b)
		if err != nil {
			return err
		}
		if err := s.begin(tx, actor, &b, BatchDoing); err != nil {
			return err
		}
		return deeds.Note(tx, who, deeds.Deed{Kind: "batch." + string(act), Object: BatchObject(id),
			CollectionID: b.CollectionID})
	})
	return b, err
}

func lockBatch(tx *store.Tx, owner auth.UserID, id BatchID) (b Batch, err error) {
	return b, store.Take(tx.Lock(), &b, "such batch of yours", "id = ? AND user_id = ?", id, owner)
}

// begin sets a batch on its way and asks for the job.
func (s *Service) begin(tx *store.Tx, actor auth.Actor, b *Batch, as BatchState) error {
	b.State, b.ChangedAt = as, tx.Now()
	if err := tx.Gorm().Model(&Batch{}).Where("id = ?", b.ID).Select("act", "target", "reason", "state", "changed_at").
		Updates(b).Error; err != nil {
		return err
	}
	_, err := s.work.Add(tx, actor, jobs.Wanted{Kind: Batching, Object: BatchObject(b.ID), Collection: b.CollectionID,
		Total: len(b.Chosen)})
	return err
}

// BatchRow is one claim of a batch as its owner sees it: what became of it, or what would.
type BatchRow struct {
	ID    ID
	State State     // "" when it is none of the collection
	Fate  BatchFate // "" while it is only looked at and would be done
	Why   string    // why it is refused, or kept
}

// BatchRows says of each claim of a batch what became of it, or, while it is looked at, what the act would do to its
// target; without an act, the one that was asked for. A few statements, however many claims there are. It asks no
// permission.
func (s *Service) BatchRows(r *store.Rx, b Batch, act BatchAct, target int64) ([]BatchRow, error) {
	if act != "" {
		b.Act, b.Target = act, target
	}
	ids, versions := make([]ID, len(b.Chosen)), map[ID]int64{}
	for i, x := range b.Chosen {
		ids[i], versions[ID(x[0])] = ID(x[0]), x[1]
	}
	now, err := store.Select[struct {
		ID      ID
		State   State
		Version int64
		Live    articles.State
	}](r, "SELECT c.id, c.state, c.version, a.state AS live FROM claims c JOIN articles a ON a.id = c.article_id "+
		"WHERE c.collection_id = ? AND c.id IN "+store.InList(r), b.CollectionID, store.IDs[ID](ids))
	if err != nil {
		return nil, err
	}
	var items []batchItem
	if err := r.Gorm().Where("batch_id = ?", b.ID).Order("n").Find(&items).Error; err != nil {
		return nil, err
	}
	refuse, err := s.batchGuard(r, b, ids[min(len(items), len(ids)):])
	if err != nil {
		return nil, err
	}
	at := map[ID]Claim{}
	for _, c := range now {
		at[c.ID] = Claim{ID: c.ID, CollectionID: b.CollectionID, State: c.State, Version: c.Version,
			Withheld: c.Live != articles.Live}
	}
	out := make([]BatchRow, len(ids))
	for i, id := range ids {
		out[i] = BatchRow{ID: id, State: at[id].State}
		if i < len(items) {
			out[i].Fate, out[i].Why = items[i].State, items[i].Why
		} else if b.State != BatchPreview && b.State != BatchDoing {
			out[i].Fate, out[i].Why = FateRefused, "The work ended before it came to this claim."
		} else if err := batchable(at[id], versions[id], refuse); err != nil {
			out[i].Fate, out[i].Why = FateRefused, fault.Message(err)
		}
	}
	return out, nil
}

// batchGuard gives what refuses claims to a batch, before those that changed since they were looked at.
func (s *Service) batchGuard(r *store.Rx, b Batch, ids []ID) (func(Claim) error, error) {
	if other, ok := s.batchers[b.Act]; ok {
		return other.Look(r, b, ids)
	}
	return batches[b.Act].guard, nil
}

// batchable says whether a batch does its act to a claim, as it stands now. It is asked of the claims in their order.
func batchable(c Claim, looked int64, refuse func(Claim) error) error {
	if c.ID == 0 || looked == 0 {
		return fault.New(fault.NotFound, "There is no such claim in this collection.")
	}
	if err := refuse(c); err != nil {
		return err
	}
	if c.Version != looked {
		return fault.Stale("It was changed after you looked at it.")
	}
	return nil
}
