package claimset

import (
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// AlarmID is an alarm.
type AlarmID int64

// Alarm says that something happened to what a frozen set prints: to one claim, or to an article on which any number of
// its claims rest. It waits until a person answers, or a correction supersedes the set. It names nobody who acted.
type Alarm struct {
	ID           AlarmID           `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	SetID        ID                `gorm:"column:set_id"`
	ClaimID      *claims.ID        `gorm:"column:claim_id"`
	ArticleID    *articles.ID      `gorm:"column:article_id"`
	EvidenceID   *evidence.ID      `gorm:"column:evidence_id"` // the item that was unlinked
	Cause        Cause             `gorm:"column:cause"`
	RaisedAt     store.Micros      `gorm:"column:raised_at"`
	Answer       Reply             `gorm:"column:answer"` // "": none yet
	Reason       string            `gorm:"column:reason" words:"own"`
	AnsweredBy   *auth.UserID      `gorm:"column:answered_by"`
	AnsweredAt   *store.Micros     `gorm:"column:answered_at"`
	Version      int64             `gorm:"column:version"`
}

// TableName names the table.
func (Alarm) TableName() string { return "alarms" }

// AlarmObject names an alarm in the history.
func AlarmObject(id AlarmID) string { return fmt.Sprintf("alarm:%d", id) }

// Waits says that nobody has answered the alarm.
func (a Alarm) Waits() bool { return a.Answer == "" }

// about says whether an alarm is about a claim of its set, which names these articles when it was frozen.
func (a Alarm) about(c claims.ID, named []articles.ID) bool {
	if a.ClaimID != nil {
		return *a.ClaimID == c
	}
	for i, id := range named {
		if a.ArticleID != nil && id == *a.ArticleID && (a.Cause != CauseOrigin || i > 0) {
			return true
		}
	}
	return false
}

func alarmFields(a Alarm) history.Fields {
	return history.Fields{
		"collection": history.Num(a.CollectionID), "set": history.Num(a.SetID), "claim": history.NumOr(a.ClaimID),
		"article": history.NumOr(a.ArticleID), "evidence": history.NumOr(a.EvidenceID), "cause": string(a.Cause),
		"raised_at": history.Num(a.RaisedAt), "answer": string(a.Answer), "answered_by": history.NumOr(a.AnsweredBy),
		"answered_at": history.NumOr(a.AnsweredAt), "version": history.Num(a.Version),
	}
}

func alarmTexts(a Alarm) history.Texts { return history.Texts{"answer_reason": a.Reason} }

func listAlarms(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
	return store.Each(r, func(a Alarm) error { return yield(AlarmObject(a.ID), alarmFields(a), alarmTexts(a)) })
}
