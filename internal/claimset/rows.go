package claimset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// ID is a claim set.
type ID int64

// Set is a chosen list of claims.
type Set struct {
	ID           ID                `gorm:"column:id;primaryKey" json:"id"`
	CollectionID auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	Title        string            `gorm:"column:title" json:"title" words:"own"`
	N            int               `gorm:"column:n" json:"n"`
	State        State             `gorm:"column:state" json:"state"`
	Supersedes   *ID               `gorm:"column:supersedes" json:"supersedes,omitempty"`
	StartedBy    auth.UserID       `gorm:"column:started_by" json:"started_by"`
	StartedAt    store.Micros      `gorm:"column:started_at" json:"started_at"`
	FrozenBy     *auth.UserID      `gorm:"column:frozen_by" json:"frozen_by,omitempty"`
	FrozenAt     *store.Micros     `gorm:"column:frozen_at" json:"frozen_at,omitempty"`
	FrozenSeq    int64             `gorm:"column:frozen_seq" json:"-"` // counts veiled events: see Opened.Position
	SHA256       string            `gorm:"column:sha256" json:"sha256" words:"fact"`
	Version      int64             `gorm:"column:version" json:"version"`
}

// TableName names the table.
func (Set) TableName() string { return "claim_sets" }

// member is one claim of a set; Frozen is its JSON once the set is frozen.
type member struct {
	SetID   ID        `gorm:"column:set_id;primaryKey;autoIncrement:false"`
	ClaimID claims.ID `gorm:"column:claim_id;primaryKey;autoIncrement:false"`
	Frozen  string    `gorm:"column:frozen" words:"article"`
}

func (member) TableName() string { return "claim_set_claims" }

// Object names a set in the history.
func Object(id ID) string { return fmt.Sprintf("claimset:%d", id) }

// fields is what the history keeps of a set: its facts, the numbers of its claims, and the hash of what was frozen,
// recomputed from the rows, so that a changed frozen claim is found.
func fields(r *store.Rx, s Set) (history.Fields, error) {
	var all []member
	err := r.Gorm().Where("set_id = ?", s.ID).Order("claim_id").Find(&all).Error
	return fieldsOf(s, all), err
}

func fieldsOf(s Set, all []member) history.Fields {
	ids := make([]string, len(all))
	for i, m := range all {
		ids[i] = history.Num(m.ClaimID)
	}
	f := history.Fields{
		"collection": history.Num(s.CollectionID), "n": history.Num(s.N), "state": string(s.State),
		"supersedes": history.NumOr(s.Supersedes),
		"started_by": history.Num(s.StartedBy), "started_at": history.Num(s.StartedAt),
		"claims": strings.Join(ids, " "), "frozen_by": history.NumOr(s.FrozenBy),
		"frozen_at":  history.NumOr(s.FrozenAt),
		"frozen_seq": history.Num(s.FrozenSeq),
		"sha256":     s.SHA256, "contents": "", "version": history.Num(s.Version),
	}
	if s.State != Draft {
		f["contents"] = contentsHash(all)
	}
	return f
}

// contentsHash is the SHA-256 of the frozen claims, one JSON object a line, in the order of their numbers.
func contentsHash(all []member) string {
	h := sha256.New()
	for _, m := range all {
		addContents(h, m.Frozen)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func addContents(h hash.Hash, frozen string) {
	_, _ = io.WriteString(h, frozen+"\n") // a hash takes everything
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{{Kind: "claimset", List: func(r *store.Rx, yield func(string, history.Fields,
		history.Texts) error) error {
		members := store.GroupBy(r, "set_id", "claim_id", func(m member) (int64, int64) {
			return int64(m.SetID), int64(m.ClaimID)
		})
		return store.Each(r, func(s Set) error {
			all, err := members.Of(int64(s.ID))
			if err != nil {
				return err
			}
			return yield(Object(s.ID), fieldsOf(s, all), history.Texts{"title": s.Title})
		})
	}}, history.Orphans("claim_set_claims", "set_id", "claim_sets", "id")}
}
