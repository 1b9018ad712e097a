package claims

import (
	"regexp"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// TypedNew is what a person has typed as a new claim of an article and not sent: theirs alone, as Typed is. Began are
// the words with which it was begun, as "120-160": code points of the text of that time. A person may begin several in
// one article.
type TypedNew struct {
	UserID    auth.UserID   `gorm:"column:user_id;primaryKey;autoIncrement:false"`
	ArticleID articles.ID   `gorm:"column:article_id;primaryKey;autoIncrement:false"`
	Began     string        `gorm:"column:began;primaryKey" words:"fact"`
	Version   int64         `gorm:"column:version"` // grows with each saving
	Fields    TypedFields   `gorm:"column:fields" words:"own"`
	SavedAt   store.Micros  `gorm:"column:saved_at"`
	SentAt    *store.Micros `gorm:"column:sent_at"` // when the form was sent; nil: it was not since
	LostAt    *store.Micros `gorm:"column:lost_at"` // since when they may not send it; nil: they may
}

// TableName names the table.
func (TypedNew) TableName() string { return "new_claim_drafts" }

// MostTypedNew is how many new claims a person may have begun and not sent; a page shows them all.
const MostTypedNew = 50

var newClaimFields = map[string]int{"statement": 10000, "attribution": 1000, "hedge": 1000, "kind": 40, "start": 20,
	"end": 20, "stretches": 400, "revision": 20, "sentence": 20}

var beganAt = regexp.MustCompile(`^[0-9]{1,10}-[0-9]{1,10}$`)

// CheckTypedNew looks at what was typed, as CheckTyped does.
func CheckTypedNew(in TypedNew) error {
	if !beganAt.MatchString(in.Began) {
		return fault.New(fault.NotFound, "A new claim is begun with words of an article, written as 120-160.")
	}
	return checkFields(newClaimFields, in.Version, in.Fields)
}

const theTypedNew = "user_id = ? AND article_id = ? AND began = ?"

// TypedNewRow reads what a person has typed as a new claim, nil for nothing ever. It asks no permission: show it to
// nobody but that person.
func TypedNewRow(r *store.Rx, user auth.UserID, article articles.ID, began string) (*TypedNew, error) {
	var found []TypedNew
	err := r.Gorm().Where(theTypedNew, user, article, began).Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// TypedNewBy lists the new claims that a person has begun and not sent, the newest first.
func TypedNewBy(r *store.Rx, user auth.UserID) (out []TypedNew, err error) {
	return out, r.Gorm().Where("user_id = ? AND sent_at IS NULL", user).Order("saved_at DESC, article_id, began").
		Limit(MostTypedNew).Find(&out).Error
}

// TypedNewAfter lists what all people have typed, after a row, so many rows, to sweep through them.
func TypedNewAfter(r *store.Rx, last TypedNew, limit int) (out []TypedNew, err error) {
	return out, r.Gorm().Where("user_id > ? OR user_id = ? AND (article_id > ? OR article_id = ? AND began > ?)",
		last.UserID, last.UserID, last.ArticleID, last.ArticleID, last.Began).Order("user_id, article_id, began").
		Limit(limit).Find(&out).Error
}

// KeepTypedNew keeps what a person has typed. was is the row as it is, nil for none, and the one that in.Version builds
// on.
func KeepTypedNew(tx *store.Tx, was *TypedNew, in TypedNew) (TypedNew, error) {
	in.SentAt, in.LostAt, in.SavedAt = nil, nil, tx.Now()
	if was != nil && was.SentAt == nil && in.Fields.Same(was.Fields) {
		return *was, nil
	}
	in.Version++ // a version that another tab knows is not given twice
	if was != nil {
		return in, in.Put(tx, was.Version)
	}
	var n int64
	if err := tx.Gorm().Model(&TypedNew{}).Where("user_id = ? AND sent_at IS NULL", in.UserID).Count(&n).
		Error; err != nil {
		return in, err
	}
	if n >= MostTypedNew {
		return in, fault.New(fault.Invalid, "You have begun %d new claims; no more are kept. Send or discard some, at "+
			"/drafts.", n)
	}
	return in, tx.Gorm().Create(&in).Error
}

// Put writes a row whose version was so; when it is another by now, it is fault.Conflict.
func (t TypedNew) Put(tx *store.Tx, was int64) error {
	return store.Changed(tx.Gorm().Model(&TypedNew{}).Where(theTypedNew+" AND version = ?", t.UserID, t.ArticleID,
		t.Began, was).Select("*").Updates(&t), "what you typed")
}

// DropTypedNew erases what a person had typed and wants no more.
func DropTypedNew(tx *store.Tx, user auth.UserID, article articles.ID, began string) error {
	return tx.Gorm().Where(theTypedNew, user, article, began).Delete(&TypedNew{}).Error
}

// sentTypedNew erases what a person had typed: they send it, in this Write. The empty row that stays refuses a saving
// that was on its way.
func sentTypedNew(tx *store.Tx, user auth.UserID, article articles.ID, began string) error {
	now := tx.Now()
	return tx.Gorm().Exec("INSERT INTO new_claim_drafts (user_id, article_id, began, version, fields, saved_at, "+
		"sent_at) VALUES (?, ?, ?, 1, '{}', ?, ?) ON CONFLICT (user_id, article_id, began) DO UPDATE SET "+
		"fields = '{}', version = new_claim_drafts.version + 1, saved_at = excluded.saved_at, "+
		"sent_at = excluded.sent_at, lost_at = NULL", user, article, began, now, now).Error
}
