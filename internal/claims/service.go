package claims

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/deeds"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/search"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Service is what may be done with claims and candidates.
type Service struct {
	db        *store.DB
	policy    *auth.Policy
	extractor extract.Extractor
	index     search.Index
	work      *jobs.Service
	leaves    func(tx *store.Tx, c Claim) error // asked before an open claim stops being one
	unmerged  func(tx *store.Tx, who history.Who, d deeds.Deed, into Claim, at store.Micros) error
	// gives the number of the newest round of a claim that ended; nil: none has any
	newest func(r *store.Rx, id ID) (int, error)
	gone   goneKept
	// told of each claim that changed its state, in the Write that changes it
	opened func(tx *store.Tx, who history.Who, before, after Claim, batch string) error
	// told of a claim that was merged into another, as it was before
	merged func(tx *store.Tx, who history.Who, into, gone Claim, batch string) error
	// told, in its Write, that candidates are to be proposed for an article that came in
	proposing func(tx *store.Tx, actor auth.Actor, a articles.Article) error
	// acts on many claims that other rooms do
	batchers map[BatchAct]Batcher
}

// OnMerge lets package evidence carry over, in the same Write, what was linked to a claim that ends in another.
func (s *Service) OnMerge(f func(tx *store.Tx, who history.Who, into, gone Claim, batch string) error) {
	s.merged = f
}

// OnProposing lets package breakdowns propose, too, where candidates are asked for an article that came in.
func (s *Service) OnProposing(f func(tx *store.Tx, actor auth.Actor, a articles.Article) error) {
	s.proposing = f
}

// OnRound lets package review say how many rounds of a claim ended, so that one that is opened again begins another.
func (s *Service) OnRound(newest func(r *store.Rx, id ID) (int, error)) { s.newest = newest }

// OnOpen lets package review give out claims as they are opened, and take that back when the opening is taken back, and
// package wishes ask the model about them. Each is told of every change of state; before is zero for a claim that is
// new.
func (s *Service) OnOpen(f func(tx *store.Tx, who history.Who, before, after Claim, batch string) error) {
	first := s.opened
	if first == nil {
		s.opened = f
		return
	}
	s.opened = func(tx *store.Tx, who history.Who, before, after Claim, batch string) error {
		if err := first(tx, who, before, after, batch); err != nil {
			return err
		}
		return f(tx, who, before, after, batch)
	}
}

// New makes the service. The extractor proposes candidates; any that keeps the interface will do.
// work does in the background what is long.
func New(db *store.DB, policy *auth.Policy, extractor extract.Extractor, work *jobs.Service) *Service {
	s := &Service{db: db, policy: policy, extractor: extractor, work: work}
	work.Register(Proposing, proposing{s})
	work.Register(Batching, batching{s})
	return s
}

// ByID reads a claim inside a transaction; it asks no permission.
func ByID(r *store.Rx, id ID) (c Claim, err error) {
	return store.Get[Claim](r, "such claim", "SELECT * FROM claims WHERE id = ?", id)
}

// idsAtOnce is how many ids go into one statement.
const idsAtOnce = 500

// ByIDs reads claims by their ids, 500 a query; an id that no claim has is left out. It asks no permission.
func ByIDs(r *store.Rx, ids []ID) (map[ID]Claim, error) {
	out := make(map[ID]Claim, len(ids))
	for chunk := range slices.Chunk(ids, idsAtOnce) {
		var part []Claim
		if err := r.Gorm().Where("id IN ?", chunk).Find(&part).Error; err != nil {
			return nil, err
		}
		for _, c := range part {
			out[c.ID] = c
		}
	}
	return out, nil
}

// LockAll reads and locks claims for a Write of another room, filled, in the order of their ids, 500 a query; it asks
// no permission.
func LockAll(tx *store.Tx, ids []ID) ([]Claim, error) { return filledBy(&tx.Rx, tx.Lock, ids) }

// FilledOf is LockAll without a lock: it reads claims as people may see them. An id that no claim has is left out.
func FilledOf(r *store.Rx, ids []ID) ([]Claim, error) { return filledBy(r, r.Gorm, ids) }

func filledBy(r *store.Rx, g func() *gorm.DB, ids []ID) ([]Claim, error) {
	out := make([]Claim, 0, len(ids))
	for chunk := range slices.Chunk(slices.Sorted(slices.Values(ids)), idsAtOnce) {
		var part []Claim
		if err := g().Where("id IN ?", chunk).Order("id").Find(&part).Error; err != nil {
			return nil, err
		}
		if err := Fill(r, part); err != nil {
			return nil, err
		}
		out = append(out, part...)
	}
	return out, nil
}

// lock reads a claim that this Write will decide on.
func lock(tx *store.Tx, id ID) (c Claim, err error) {
	return c, store.Take(tx.Lock(), &c, "such claim", "id = ?", id)
}

// Lock reads and locks a claim for a Write of another room; it asks no permission.
func Lock(tx *store.Tx, id ID) (Claim, error) { return lock(tx, id) }

// Allowed reads a claim, then asks whether the actor may do the act in its collection; for this room and those above
// it. A claim of a collection that the actor does not read is not there for them.
func Allowed(ctx context.Context, db *store.DB, policy *auth.Policy, actor auth.Actor, id ID, t auth.Thing,
	act auth.Action) (c Claim, who history.Who, err error) {
	if err = db.Read(ctx, func(r *store.Rx) (err error) {
		c, err = ByID(r, id)
		return err
	}); err != nil {
		return c, who, err
	}
	if _, err := policy.May(actor, auth.ThingClaim, auth.Read, c.CollectionID); err != nil {
		return Claim{}, who, fault.Wrap(fault.NotFound, err, "There is no such claim.")
	}
	who, err = policy.May(actor, t, act, c.CollectionID)
	return c, who, err
}

func (s *Service) allowed(ctx context.Context, actor auth.Actor, id ID, t auth.Thing, act auth.Action) (Claim,
	history.Who, error) {
	return Allowed(ctx, s.db, s.policy, actor, id, t, act)
}

// lockSeen is lock, and says whether the claim's article was taken down. The words stay in it.
func lockSeen(tx *store.Tx, id ID) (Claim, error) {
	c, err := lock(tx, id)
	if err != nil {
		return c, err
	}
	return c, c.see(&tx.Rx)
}

// see says whether the article of a claim was taken down.
func (c *Claim) see(r *store.Rx) error {
	a, err := articles.ByID(r, c.ArticleID)
	c.Withheld, c.Protected = a.State != articles.Live, a.Protected
	return err
}

// Changed is what a door shows when somebody was faster: the wording a person opened and the one that stands now.
type Changed struct {
	Was *Wording `json:"was,omitempty"` // nil: not the words changed, or that version never was
	Now Wording  `json:"now"`
}

// WasStatement is the statement that the person opened, "" when that wording is not known.
func (d Changed) WasStatement() string {
	if d.Was == nil {
		return ""
	}
	return d.Was.Statement
}

// ConflictOf makes the fault for words that changed since a person opened them, with both wordings.
func ConflictOf(r *store.Rx, c Claim, opened int64) error {
	var d Changed
	var all []Wording
	if err := r.Gorm().Where("claim_id = ? AND words_version IN ?", c.ID, []int64{opened, c.WordsVersion}).Find(
		&all).Error; err != nil {
		return err
	}
	if err := c.see(r); err != nil {
		return err
	}
	if err := readable(c); err != nil {
		return err
	}
	for _, w := range all {
		if w.WordsVersion == opened {
			d.Was = &w
		}
		if w.WordsVersion == c.WordsVersion {
			d.Now = w
		}
	}
	return fault.Stale(
		"The words of claim %d were changed after you opened it. Compare both wordings; what you typed is kept.",
		c.ID).WithDetail(d)
}

// staleVersion makes the fault for a row that changed since a person opened it.
func staleVersion(r *store.Rx, c Claim, opened int64) error {
	words, err := openedWords(r, c, opened)
	if err != nil {
		return err
	}
	err = ConflictOf(r, c, words)
	if f, ok := fault.As(err); ok {
		f.Msg = "Claim " + history.Num(c.ID) + " was changed after you opened it (version " + history.Num(opened) +
			", now " + history.Num(c.Version) + "). Look at what it is now; what you typed is kept."
	}
	return err
}

// update writes a changed claim under its version and tells the history.
func (s *Service) update(tx *store.Tx, who history.Who, before Claim, after *Claim, action, reason,
	batch string) error {
	was, err := wordingsHash(&tx.Rx, before.ID)
	if err != nil {
		return err
	}
	now := was
	if after.WordsVersion > before.WordsVersion && !after.known {
		if after.WordsVersion, err = nextWords(&tx.Rx, before.ID); err != nil {
			return err
		}
		if err := tx.Gorm().Create(wording(tx, who, *after)).Error; err != nil {
			return err
		}
		if now, err = wordingsHash(&tx.Rx, before.ID); err != nil {
			return err
		}
	}
	after.Version, after.ChangedAt = before.Version+1, tx.Now()
	res := tx.Gorm().Model(&Claim{}).Where("id = ? AND version = ?", before.ID, before.Version).
		Select("*").Omit("id").Updates(after)
	if err := store.Changed(res, "claim "+history.Num(before.ID)); err != nil {
		return err
	}
	if !slices.Equal(indexWords(before, nil), indexWords(*after, nil)) {
		if err := s.reindex(tx, *after); err != nil {
			return err
		}
	}
	if err := record(tx, who, change{action: action, before: &before, after: after, wordings: was, reason: reason,
		batch: batch}, now); err != nil {
		return err
	}
	if err := settle(tx, who, before, *after); err != nil {
		return err
	}
	if err := weigh(tx, before, *after); err != nil {
		return err
	}
	if err := s.tellOpened(tx, who, before, *after, batch); err != nil {
		return err
	}
	return showComments(tx, before, *after)
}

func (s *Service) tellOpened(tx *store.Tx, who history.Who, before, after Claim, batch string) error {
	if s.opened == nil || before.State == after.State {
		return nil
	}
	return s.opened(tx, who, before, after, batch)
}

// nextWords is the version of a claim's next wording: above every one that it ever had, for words that were taken back
// are kept.
func nextWords(r *store.Rx, id ID) (n int64, err error) {
	return n, r.Gorm().Model(&Wording{}).Select("COALESCE(MAX(words_version), 0) + 1").Where("claim_id = ?", id).
		Scan(&n).Error
}

// Advance moves a claim to a state, for package review: words and version rules stay here, the verdict comes from
// there. action names the event.
func (s *Service) Advance(tx *store.Tx, who history.Who, c Claim, set func(*Claim), action, reason string) (Claim,
	error) {
	after := c
	set(&after)
	return after, s.update(tx, who, c, &after, action, reason, "")
}

// insert writes a new claim with its first wording and tells the history.
func (s *Service) insert(tx *store.Tx, who history.Who, c *Claim, action, batch string) error {
	fresh(tx, who, c)
	if err := tx.Gorm().Create(c).Error; err != nil {
		return err
	}
	if err := tx.Gorm().Create(wording(tx, who, *c)).Error; err != nil {
		return err
	}
	if err := s.reindex(tx, *c); err != nil {
		return err
	}
	if err := enter(tx, []Claim{*c}); err != nil {
		return err
	}
	wordings, err := wordingsHash(&tx.Rx, c.ID)
	if err != nil {
		return err
	}
	return record(tx, who, change{action: action, after: c, batch: batch}, wordings)
}

// fresh makes a new row of a claim: its first version, added now.
func fresh(tx *store.Tx, who history.Who, c *Claim) {
	c.ID, c.WordsVersion, c.Version, c.AddedAt, c.ChangedAt = 0, 1, 1, tx.Now(), tx.Now()
	c.AddedBy = auth.UserID(who.UserID)
	if c.Hedge == nil {
		c.Hedge = store.Strings{}
	}
	if c.Reasons == nil {
		c.Reasons = store.Strings{}
	}
}

func wording(tx *store.Tx, who history.Who, c Claim) *Wording {
	return &Wording{
		ClaimID: c.ID, WordsVersion: c.WordsVersion, Place: c.Place, More: c.More,
		Statement: c.Statement, Attribution: c.Attribution, Hedge: c.Hedge, WordedBy: auth.UserID(who.UserID),
		WordedAt: tx.Now(),
	}
}

// reindex keeps the folded index in step with a claim's words.
func (s *Service) reindex(tx *store.Tx, c Claim) error {
	var glosses []Gloss
	if err := tx.Gorm().Where("claim_id = ?", c.ID).Order("id").Find(&glosses).Error; err != nil {
		return err
	}
	return s.index.SetClaim(tx, int64(c.ID), indexWords(c, glosses)...)
}

func indexWords(c Claim, glosses []Gloss) []string {
	words := []string{c.Statement, c.Exact, c.Attribution}
	for _, s := range c.More {
		words = append(words, s.Exact)
	}
	for _, g := range glosses {
		words = append(words, g.Words)
	}
	return words
}

// IndexWordsAfter lists the words of up to limit claims above an id, for a rebuild of the index in slices.
func IndexWordsAfter(r *store.Rx, after int64, limit int, yield func(id int64, words ...string) error) error {
	var part []Claim
	if err := r.Gorm().Select("id", "statement", "exact", "attribution", "stretches").Where("id > ?", after).
		Order("id").Limit(limit).Find(&part).Error; err != nil || len(part) == 0 {
		return err
	}
	var all []Gloss
	if err := r.Gorm().Where("claim_id > ? AND claim_id <= ?", after, part[len(part)-1].ID).Order("id").
		Find(&all).Error; err != nil {
		return err
	}
	glosses := map[ID][]Gloss{}
	for _, g := range all {
		glosses[g.ClaimID] = append(glosses[g.ClaimID], g)
	}
	for _, c := range part {
		if err := yield(int64(c.ID), indexWords(c, glosses[c.ID])...); err != nil {
			return err
		}
	}
	return nil
}

// IndexWords lists every claim's words for a rebuild of the index.
func IndexWords(r *store.Rx, yield func(id int64, words ...string) error) error {
	of := store.GroupBy(r, "claim_id", "id", func(g Gloss) (int64, int64) { return int64(g.ClaimID), int64(g.ID) })
	return store.Each(r, func(c Claim) error {
		glosses, err := of.Of(int64(c.ID))
		if err != nil {
			return err
		}
		return yield(int64(c.ID), indexWords(c, glosses)...)
	})
}

// checkWords looks at what a person typed, before any Write.
func checkWords(w *Words) error {
	var bad fault.Collect
	w.Statement, w.Attribution, w.Kind = strings.TrimSpace(w.Statement), strings.TrimSpace(w.Attribution),
		Kind(strings.TrimSpace(string(w.Kind)))
	if w.Attribution == "" {
		w.Attribution = extract.Article
	}
	if w.Kind == "" {
		w.Kind = Fact
	}
	for field, v := range map[string]string{"statement": w.Statement, "attribution": w.Attribution,
		"hedge": strings.Join(w.Hedge, " ")} {
		if err := text.CheckTyped(field, v); err != nil {
			bad.Add(field, "%s", err)
		} else if n := len([]rune(v)); n > 2000 {
			bad.Add(field, "The %s has %d characters; at most 2,000 are kept.", field, n)
		}
	}
	if text.Blank(w.Statement) {
		bad.Add("statement", "A claim needs a statement that can be read without its article.")
	}
	if err := Kinds.Check("kind", w.Kind); err != nil {
		bad.Add("kind", "%s", fault.Message(err))
	}
	return bad.Err()
}
