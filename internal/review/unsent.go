package review

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Unsent is what a person has typed of their review of a claim and not sent. It is theirs alone: nobody else reads it,
// no search, count, export or event knows of it. Sending the review erases it.
type Unsent struct {
	UserID       auth.UserID    `gorm:"column:user_id;primaryKey;autoIncrement:false"`
	ClaimID      claims.ID      `gorm:"column:claim_id;primaryKey;autoIncrement:false"`
	Version      int64          `gorm:"column:version"` // grows with each saving
	Verdict      claims.Verdict `gorm:"column:verdict"` // "": none chosen yet
	Reason       Reason         `gorm:"column:reason"`
	Confidence   string         `gorm:"column:confidence" words:"own"` // as typed
	Rationale    string         `gorm:"column:rationale" words:"own"`
	Searched     string         `gorm:"column:searched" words:"own"`
	Evidence     EvidenceIDs    `gorm:"column:evidence" words:"fact"` // the items ticked
	SeenEvidence evidence.ID    `gorm:"column:seen_evidence"`         // the newest item that stood on the page
	SavedAt      store.Micros   `gorm:"column:saved_at"`
	LostAt       *store.Micros  `gorm:"column:lost_at"` // since when they may not review there; nil: they may
}

// TableName names the table.
func (Unsent) TableName() string { return "review_drafts" }

// blank says that nothing is typed or chosen; ticks alone are nothing.
func (u Unsent) blank() bool {
	return u.Verdict == "" && u.Reason == "" && u.Confidence == "" && strings.TrimSpace(u.Rationale) == "" &&
		strings.TrimSpace(u.Searched) == ""
}

// same says that two hold the same words and choices.
func (u Unsent) same(o Unsent) bool {
	return u.Verdict == o.Verdict && u.Reason == o.Reason && u.Confidence == o.Confidence &&
		u.Rationale == o.Rationale && u.Searched == o.Searched && slices.Equal(u.Evidence, o.Evidence) &&
		u.SeenEvidence == o.SeenEvidence
}

// Typing is what a page holds of an unsent review: Version is the one that it builds on, 0 for none. Since is when the
// person's newest review of the claim was sent, in microseconds, as far as the page knows; 0 for none.
type Typing struct {
	Unsent
	Since int64
}

// Sent is the detail of the conflict that says that the review was sent meanwhile: nothing is left to keep.
type Sent struct{}

const (
	// MostUnsent is how many unsent reviews a person may have.
	MostUnsent = 1000
	// mostTyped is how many characters the longest field of an unsent review has: as many as a review.
	mostTyped = 10000
	// lastVersion is the largest number that every program reads from JSON as it is written.
	lastVersion = 1<<53 - 1
)

// KeepUnsent keeps what a person has typed. It is fault.Conflict, with the other as its detail, when another tab or
// device kept something since, and with Sent when the review was sent meanwhile. What is blank is erased.
func (s *Service) KeepUnsent(ctx context.Context, actor auth.Actor, in Typing) (out Unsent, err error) {
	defer fault.In(&err, "review.KeepUnsent(claim %d)", in.ClaimID)
	if _, _, err := s.allowed(ctx, actor, in.ClaimID, auth.ThingReview, auth.Submit); err != nil {
		return out, err
	}
	if err := checkTyping(&in); err != nil {
		return out, err
	}
	in.UserID, in.LostAt = actor.UserID, nil
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var c claims.Claim // sending locks it too: one waits for the other
		if err := store.Take(tx.Lock(), &c, "such claim", "id = ?", in.ClaimID); err != nil {
			return err
		}
		if sent, err := sentAt(&tx.Rx, in.UserID, in.ClaimID); err != nil {
			return err
		} else if int64(sent) > in.Since {
			return fault.New(fault.Conflict, "You have sent your review of claim %d, and this was typed in a page "+
				"from before. It is not kept here; open the review anew to go on.", in.ClaimID).WithDetail(Sent{})
		}
		kept := in.Unsent
		if err := kept.forgetIn(&tx.Rx, c); err != nil {
			return err
		}
		out, err = keepUnsent(tx, kept, c)
		return err
	})
	return out, err
}

func keepUnsent(tx *store.Tx, in Unsent, c claims.Claim) (Unsent, error) {
	was, err := rowUnsent(&tx.Rx, in.UserID, in.ClaimID)
	if err != nil {
		return in, err
	}
	switch {
	case was == nil && in.blank():
		in.Version = 0
		return in, nil
	case was != nil && in.same(*was):
		return *was, nil
	case was != nil && was.Version != in.Version:
		if err := was.forgetIn(&tx.Rx, c); err != nil {
			return in, err
		}
		return in, fault.New(fault.Conflict, "You typed something else for claim %d in another tab or on another "+
			"device, and it was saved. Look at both, and say which to keep.", in.ClaimID).WithDetail(*was)
	case in.blank():
		in.Version = 0
		return in, dropUnsent(tx, in.UserID, in.ClaimID)
	}
	in.SavedAt = tx.Now()
	if was != nil {
		in.Version++
		return in, store.Changed(tx.Gorm().Model(&Unsent{}).Where("user_id = ? AND claim_id = ? AND version = ?",
			in.UserID, in.ClaimID, was.Version).Select("*").Updates(&in), "what you typed")
	}
	var n int64
	if err := tx.Gorm().Model(&Unsent{}).Where("user_id = ?", in.UserID).Count(&n).Error; err != nil {
		return in, err
	}
	if n >= MostUnsent {
		return in, fault.New(fault.Invalid, "You have %d unsent reviews; no more are kept. Send or discard some, at "+
			"/drafts.", n)
	}
	in.Version++ // a version that another tab knows is not given twice
	return in, tx.Gorm().Create(&in).Error
}

// checkTyping looks at what was typed. It may be unfinished, but not of a kind that no review can be.
func checkTyping(in *Typing) error {
	slices.Sort(in.Evidence)
	in.Evidence = slices.Compact(in.Evidence)
	var bad fault.Collect
	if in.Verdict != "" && !claims.Verdicts.Has(in.Verdict) {
		bad.Add("verdict", "Choose a verdict, or none yet.")
	}
	if in.Reason != "" && !reasons[in.Verdict].Has(in.Reason) {
		bad.Add("reason", "That is no reason of this verdict.")
	}
	if in.Version < 0 || in.Version > lastVersion {
		bad.Add("version", "The version is %d. It is a number from 0, which is none, to %d.", in.Version,
			int64(lastVersion))
	}
	if len(in.Evidence) > 0 && in.Evidence[0] <= 0 {
		bad.Add("evidence", "No item of evidence is number %d. Numbers of items begin at 1.", in.Evidence[0])
	} else if len(in.Evidence) > evidence.MostOfClaim {
		bad.Add("evidence", "A claim has at most %d items of evidence.", evidence.MostOfClaim)
	}
	for _, f := range []struct {
		name, typed string
		most        int
	}{{"confidence", in.Confidence, 20}, {"rationale", in.Rationale, mostTyped}, {"searched", in.Searched,
		mostTyped}} {
		if err := text.CheckTyped(f.name, f.typed); err != nil {
			bad.Add(f.name, "%s", err)
		} else if n := utf8.RuneCountInString(f.typed); n > f.most {
			bad.Add(f.name, "The %s has %d characters; at most %d are kept.", f.name, n, f.most)
		}
	}
	return bad.Err()
}

// sentAt is when a person sent their newest review in the present round of a claim, 0 never: one that they took back
// was not sent.
func sentAt(r *store.Rx, user auth.UserID, claim claims.ID) (at store.Micros, err error) {
	return at, r.Gorm().Model(&Review{}).Select("COALESCE(MAX(submitted_at), 0)").Where("claim_id = ? AND "+
		"reviewer_id = ? AND withdrawn = FALSE AND "+
		"round_id IN (SELECT id FROM review_rounds WHERE claim_id = ? AND n = (SELECT round FROM "+
		"claims WHERE id = ?))", claim, user, claim, claim).Scan(&at).Error
}

func rowUnsent(r *store.Rx, user auth.UserID, claim claims.ID) (*Unsent, error) {
	var found []Unsent
	err := r.Gorm().Where("user_id = ? AND claim_id = ?", user, claim).Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// dropUnsent erases what a person had typed: they sent it, in this Write, or want it no more. The claim is locked where
// somebody may be saving.
func dropUnsent(tx *store.Tx, user auth.UserID, claim claims.ID) error {
	return tx.Gorm().Where("user_id = ? AND claim_id = ?", user, claim).Delete(&Unsent{}).Error
}

// UnsentOf reads what a person has typed of their review of a claim, nil for nothing, without words of the texts around
// the claim that were taken down. It asks no permission: show it to nobody but that person.
func UnsentOf(r *store.Rx, user auth.UserID, claim claims.Claim) (*Unsent, error) {
	u, err := rowUnsent(r, user, claim.ID)
	if err != nil || u == nil {
		return nil, err
	}
	gone, err := goneAround(r, claim)
	if err == nil {
		u.forget(gone)
	}
	return u, err
}

// UnsentBy lists a person's unsent reviews by claim, after one of them, without words of texts that were taken down. It
// asks no permission, as UnsentOf.
func UnsentBy(r *store.Rx, user auth.UserID, after claims.ID, limit int) (out []Unsent, err error) {
	if err := r.Gorm().Where("user_id = ? AND claim_id > ?", user, after).Order("claim_id").Limit(limit).
		Find(&out).Error; err != nil {
		return nil, err
	}
	rows := make([]*Unsent, len(out))
	ids := make([]claims.ID, len(out))
	for i := range out {
		rows[i], ids[i] = &out[i], out[i].ClaimID
	}
	of, err := claims.ByIDs(r, ids)
	if err != nil {
		return nil, err
	}
	return out, forgetAll(r, rows, of)
}

// DiscardUnsent erases what a person has typed. They may, whatever their roles are now.
func (s *Service) DiscardUnsent(ctx context.Context, actor auth.Actor, claim claims.ID) (err error) {
	defer fault.In(&err, "review.DiscardUnsent(claim %d)", claim)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(dropUnsent(tx, actor.UserID, claim), dropTrail(tx, actor.UserID, claim))
	})
}
