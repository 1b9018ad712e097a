package wishes

import (
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/model"
	"claimbench/internal/store"
)

// ID numbers a wish.
type ID int64

// Kind is what the model is asked for.
type Kind string

// The kinds.
const (
	Gloss Kind = "gloss" // the claim's words in another language
	Order Kind = "order" // the order of the passages that are proposed for it
)

// State says how far a wish is.
type State string

// The states.
const (
	Waiting State = "waiting"
	Done    State = "done"
	Failed  State = "failed"
)

// Wish is something that the model is asked of a claim. There is one of each kind and language.
type Wish struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	ClaimID      claims.ID         `gorm:"column:claim_id"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	Kind         Kind              `gorm:"column:kind"`
	Lang         string            `gorm:"column:lang" words:"fact"` // of the gloss; "" of an order
	// of a passage's gloss: its sentence, the only one who reads it, and what came of it
	SentenceID articles.SentenceID `gorm:"column:sentence_id"`
	RevisionID articles.RevisionID `gorm:"column:revision_id"`
	ReaderID   auth.UserID         `gorm:"column:reader_id"`
	ProposalID claims.ProposalID   `gorm:"column:proposal_id"`
	UserID     auth.UserID         `gorm:"column:user_id"`
	Via        history.Via         `gorm:"column:via"`
	Request    string              `gorm:"column:request" words:"fact"`
	Token      int64               `gorm:"column:token"` // by which it was asked for; 0: none
	State      State               `gorm:"column:state"`
	Why        model.Why           `gorm:"column:why"`                  // the answer was refused; "" it was taken
	What       string              `gorm:"column:what" words:"article"` // the part of it that is wrong
	Tries      int                 `gorm:"column:tries"`
	NextAt     store.Micros        `gorm:"column:next_at"`
	Message    string              `gorm:"column:message" words:"fact"`
	Holder     string              `gorm:"column:holder" words:"fact"`
	HeldUntil  store.Micros        `gorm:"column:held_until"`
	AddedAt    store.Micros        `gorm:"column:added_at"`
	ChangedAt  store.Micros        `gorm:"column:changed_at"`
}

// TableName names the table.
func (Wish) TableName() string { return "wishes" }

// GlossesOf lists the glosses that the model was asked for, of a claim, in the order of their languages. It asks no
// permission.
func GlossesOf(r *store.Rx, id claims.ID) (out []Wish, err error) {
	return out, r.Gorm().Where("claim_id = ? AND kind = ? AND sentence_id = 0", id, Gloss).Order("lang").
		Limit(MostLangs).Find(&out).Error
}

// PassagesOf lists the glosses of passages beside a claim that a person asked for, the newest first. It asks no
// permission.
func PassagesOf(r *store.Rx, id claims.ID, reader auth.UserID) (out []Wish, err error) {
	return out, r.Gorm().Where("claim_id = ? AND kind = ? AND reader_id = ? AND sentence_id > 0", id, Gloss, reader).
		Order("changed_at DESC, id DESC").Limit(MostPassages).Find(&out).Error
}

// Leave is the articles.Leaving of this room: of a text that is taken down or protected nothing is asked any more, and
// what was refused goes with it.
func Leave(tx *store.Tx, _ history.Who, was articles.Article) error {
	ids, err := store.Select[claims.ID](&tx.Rx, "SELECT id FROM claims WHERE article_id = ?", was.ID)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(ids, leftAtOnce) {
		if err := tx.Gorm().Where("claim_id IN ?", chunk).Delete(&Wish{}).Error; err != nil {
			return err
		}
	}
	revisions, err := articles.RevisionIDs(&tx.Rx, was.ID)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(revisions, leftAtOnce) {
		if err := tx.Gorm().Where("revision_id > 0 AND revision_id IN ?", chunk).Delete(&Wish{}).Error; err != nil {
			return err
		}
	}
	return nil
}

// leftAtOnce is how many ids one statement names.
const leftAtOnce = 500
