package review

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Trail is what a person searched and read for their review of a claim, and nothing that they did not do. It lies
// beside their draft (Unsent): nobody else reads it, whatever their role; no event, count, search or export knows of
// it; it is erased when the review is sent, when the draft is discarded, and TrailKept after its last step.
type Trail struct {
	UserID    auth.UserID      `gorm:"column:user_id;primaryKey;autoIncrement:false"`
	ClaimID   claims.ID        `gorm:"column:claim_id;primaryKey;autoIncrement:false"`
	Steps     store.List[Step] `gorm:"column:steps" words:"own"`
	TouchedAt store.Micros     `gorm:"column:touched_at"`
}

// TableName names the table.
func (Trail) TableName() string { return "review_trails" }

// Step is a search, with what it was narrowed to and how many sentences it found (More: at least), or, where Words is
// empty, a sentence that was read. Of a text only its place is kept.
type Step struct {
	Words    string              `json:"words,omitempty"`
	Lang     string              `json:"lang,omitempty"`
	Article  articles.ID         `json:"article,omitempty"`
	Source   articles.SourceID   `json:"source,omitempty"`
	From     string              `json:"from,omitempty"` // YYYY-MM-DD
	To       string              `json:"to,omitempty"`
	Hits     int                 `json:"hits,omitempty"`
	More     bool                `json:"more,omitempty"`
	Sentence articles.SentenceID `json:"sentence,omitempty"`
	At       store.Micros        `json:"at"`
}

// same says that two steps are one, done twice.
func (s Step) same(o Step) bool {
	s.At, s.Hits, s.More = o.At, o.Hits, o.More
	return s == o
}

const (
	// TrailKept is how long a trail is kept after its last step.
	TrailKept = 30 * 24 * time.Hour
	// MostSteps is how many steps a trail has; the oldest go.
	MostSteps = 60
	// mostLooked is how many characters a search has.
	mostLooked = 500
	// mostTrails is how many trails a person has; the oldest go.
	mostTrails = 1000
)

// Note keeps steps of the actor's own trail. Who may not review the claim has none, and nothing is kept.
func (s *Service) Note(ctx context.Context, actor auth.Actor, id claims.ID, steps ...Step) (err error) {
	defer fault.In(&err, "review.Note(claim %d)", id)
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return err
	}
	if !s.policy.Allows(actor, auth.ThingReview, auth.Submit, c.CollectionID) || Reviewable(c) != nil {
		return nil
	}
	for i := range steps {
		if err := checkStep(&steps[i]); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		var c claims.Claim // sending locks it too: one waits for the other
		if err := store.Take(tx.Lock(), &c, "such claim", "id = ?", id); err != nil {
			return err
		}
		was, there, err := rowTrail(&tx.Rx, actor.UserID, id)
		if err != nil {
			return err
		}
		for _, step := range steps {
			if step.Sentence != 0 {
				if step.Article, err = articleOf(&tx.Rx, step.Sentence, c.CollectionID); err != nil {
					return err
				}
			}
			step.At = tx.Now()
			was.Steps = append(slices.DeleteFunc(was.Steps, step.same), step)
		}
		was.Steps = was.Steps[max(0, len(was.Steps)-MostSteps):]
		was.UserID, was.ClaimID, was.TouchedAt = actor.UserID, id, tx.Now()
		if there {
			return tx.Gorm().Model(&Trail{}).Where("user_id = ? AND claim_id = ?", actor.UserID, id).Select("*").
				Updates(&was).Error
		}
		if err := makeRoom(tx, actor.UserID); err != nil {
			return err
		}
		return tx.Gorm().Create(&was).Error
	})
}

// articleOf is the article of a sentence of a collection.
func articleOf(r *store.Rx, id articles.SentenceID, c auth.CollectionID) (articles.ID, error) {
	found, err := store.Select[struct{ ID articles.ID }](r, "SELECT a.id FROM sentences s JOIN revisions v ON v.id = "+
		"s.revision_id JOIN articles a ON a.id = v.article_id WHERE s.id = ? AND a.collection_id = ?", id, c)
	if err == nil && len(found) == 0 {
		return 0, fault.New(fault.NotFound, "There is no such passage in the claim's collection.")
	}
	if err != nil {
		return 0, err
	}
	return found[0].ID, nil
}

// checkStep looks at what was searched.
func checkStep(s *Step) error {
	if s.Words = strings.TrimSpace(s.Words); s.Words == "" && s.Sentence <= 0 {
		return fault.New(fault.Invalid, "Say what was searched, or which passage was looked at.").With("sentence",
			"Name a passage.")
	}
	if err := text.CheckTyped("q", s.Words); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", err).With("q", err.Error())
	}
	if n := utf8.RuneCountInString(s.Words); n > mostLooked {
		return fault.New(fault.Invalid, "The search has %d characters; at most %d are looked for.", n, mostLooked).
			With("q", "Look for fewer words.")
	}
	return nil
}

// makeRoom erases a person's oldest trails.
func makeRoom(tx *store.Tx, user auth.UserID) error {
	var n int64
	if err := tx.Gorm().Model(&Trail{}).Where("user_id = ?", user).Count(&n).Error; err != nil || n < mostTrails {
		return err
	}
	return tx.Gorm().Exec("DELETE FROM review_trails WHERE user_id = ? AND claim_id IN (SELECT claim_id FROM "+
		"review_trails WHERE user_id = ? ORDER BY touched_at, claim_id LIMIT ?)", user, user, n-mostTrails+1).Error
}

func rowTrail(r *store.Rx, user auth.UserID, id claims.ID) (t Trail, there bool, err error) {
	var found []Trail
	err = r.Gorm().Where("user_id = ? AND claim_id = ?", user, id).Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return t, false, err
	}
	return found[0], true, nil
}

// begun is what a person has begun of a review: their draft and their trail, either of which may not be there.
type begun struct {
	Unsent Unsent `gorm:"embedded;embeddedPrefix:d_"`
	Trail  Trail  `gorm:"embedded;embeddedPrefix:t_"`
	Gone   bool   `gorm:"column:gone"` // a text around the claim was taken down
}

var begunQuery = "SELECT " + store.Columns[Unsent]("d", "d_") + ", " + store.Columns[Trail]("t", "t_") + ", " +
	"CASE WHEN d.claim_id IS NULL AND t.claim_id IS NULL THEN FALSE ELSE EXISTS (SELECT 1 FROM articles WHERE " +
	goneCondition + ") END AS gone FROM claims c LEFT JOIN review_drafts d ON d.user_id = ? AND d.claim_id = c.id " +
	"LEFT JOIN review_trails t ON t.user_id = ? AND t.claim_id = c.id WHERE c.id = ?"

// BegunOf is UnsentOf and TrailOf in one statement; two more, where a text around the claim was taken down.
func BegunOf(r *store.Rx, user auth.UserID, c claims.Claim) (u *Unsent, steps []Step, err error) {
	b, _, err := store.One[begun](r, begunQuery, articles.TakenDown, c.ArticleID, c.ID, user, user, c.ID)
	if err != nil {
		return nil, nil, err
	}
	if b.Unsent.ClaimID != 0 {
		u = &b.Unsent
	}
	if b.Gone {
		gone, err := goneAround(r, c)
		if err != nil {
			return nil, nil, err
		}
		b.Unsent.forget(gone)
		b.Trail.forget(gone...)
	}
	return u, b.Trail.Steps, nil
}

// TrailOf reads what a person searched and read for a claim, without words of the texts around the claim that were
// taken down. It asks no permission: show it to nobody but that person.
func TrailOf(r *store.Rx, user auth.UserID, c claims.Claim) ([]Step, error) {
	t, there, err := rowTrail(r, user, c.ID)
	if err != nil || !there {
		return nil, err
	}
	gone, err := goneAround(r, c)
	if err == nil {
		t.forget(gone...)
	}
	return t.Steps, err
}

// forget takes the words of texts that were taken down out of what was searched.
func (t *Trail) forget(gone ...string) {
	if len(gone) == 0 || len(t.Steps) == 0 {
		return
	}
	q := newQuotations(t.words()...)
	for _, raw := range gone {
		q.meet(raw)
	}
	q.takeOut()
}

// words are what was searched, to be changed.
func (t *Trail) words() (out []*string) {
	for i := range t.Steps {
		out = append(out, &t.Steps[i].Words)
	}
	return out
}

// dropTrail erases what a person searched for a claim: they sent their review, in this Write, or want it no more.
func dropTrail(tx *store.Tx, user auth.UserID, id claims.ID) error {
	return tx.Gorm().Where("user_id = ? AND claim_id = ?", user, id).Delete(&Trail{}).Error
}

// SweepTrails erases the trails whose time is over, and takes out of the others the words of texts of the collection
// that were taken down.
func (s *Service) SweepTrails(ctx context.Context) (err error) {
	defer fault.In(&err, "review.SweepTrails()")
	over := s.db.Now() - store.Micros(TrailKept.Microseconds())
	if err := s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Where("touched_at <= ?", over).Delete(&Trail{}).Error
	}); err != nil {
		return err
	}
	for user, claim := auth.UserID(0), claims.ID(0); ; {
		var part, changed []Trail
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			part = nil
			if err := r.Gorm().Where("user_id > ? OR user_id = ? AND claim_id > ?", user, user, claim).
				Order("user_id, claim_id").Limit(sweptUnsent).Find(&part).Error; err != nil || len(part) == 0 {
				return err
			}
			changed, err = trailsToMend(r, part)
			return err
		}); err != nil || len(part) == 0 {
			return err
		}
		user, claim = part[len(part)-1].UserID, part[len(part)-1].ClaimID
		if len(changed) == 0 {
			continue
		}
		if err := s.db.Write(ctx, func(tx *store.Tx) error {
			for _, t := range changed { // one that was touched meanwhile is seen by the next sweep
				if err := tx.Gorm().Model(&Trail{}).Where("user_id = ? AND claim_id = ? AND touched_at = ?", t.UserID,
					t.ClaimID, t.TouchedAt).Update("steps", t.Steps).Error; err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
}

// trailsToMend gives those of a part of all trails that quote a text of their collection that was taken down, without
// its words.
func trailsToMend(r *store.Rx, part []Trail) (out []Trail, err error) {
	ids := make([]claims.ID, len(part))
	for i, t := range part {
		ids[i] = t.ClaimID
	}
	of, err := claims.ByIDs(r, ids)
	if err != nil {
		return nil, err
	}
	words, was := map[auth.CollectionID][]*string{}, make([]string, len(part))
	for i := range part {
		was[i] = part[i].Steps.String()
		in := of[part[i].ClaimID].CollectionID
		words[in] = append(words[in], part[i].words()...)
	}
	if err := takeOutGone(r, words); err != nil {
		return nil, err
	}
	for i, t := range part {
		if t.Steps.String() != was[i] {
			out = append(out, t)
		}
	}
	return out, nil
}
