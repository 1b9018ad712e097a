package claims

import (
	"claimbench/internal/auth"
	"claimbench/internal/extract"
	"claimbench/internal/worth"
)

// waits is a candidate that waits, where the list by worth reads it.
type waits struct {
	ClaimID      ID                `gorm:"column:claim_id;primaryKey;autoIncrement:false"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	Profile      worth.Profile     `gorm:"column:profile"`
	Place        int64             `gorm:"column:place"`
	Lot          int64             `gorm:"column:lot"`
}

// TableName names the table.
func (waits) TableName() string { return "worth_waiting" }

// placeStep parts the check-worthiness from the number of a claim in a place.
const placeStep = 1 << 40

// waitsOf is the row of a candidate.
func waitsOf(c Claim) waits {
	return waits{ClaimID: c.ID, CollectionID: c.CollectionID, Profile: profileOf(c),
		Place: int64(100-c.CheckWorthy)*placeStep + int64(c.ID), Lot: worth.LotOf(int64(c.ID))}
}

// profileOf is what a candidate shows.
func profileOf(c Claim) worth.Profile {
	return worth.Of(worth.Shown{Kind: string(c.Kind), Reasons: c.Reasons, Hedged: len(c.Hedge) > 0,
		Reported: c.Attribution != "" && c.Attribution != extract.Article, Words: c.Exact, Sentence: c.Sentence,
		CheckWorthy: c.CheckWorthy})
}

// inbox is what is counted of the candidates of a collection, and the one that is first by lot.
type inbox struct {
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	Waiting      int               `gorm:"column:waiting"`
	Accepted     int               `gorm:"column:accepted"`
	Rejected     int               `gorm:"column:rejected"`
	Draws        int               `gorm:"column:draws"`
	Head         ID                `gorm:"column:head"`
	HeadWaiting  int               `gorm:"column:head_waiting"`
	HeadFound    int               `gorm:"column:head_found"`
	HeadAll      int               `gorm:"column:head_all"`
	Day          int               `gorm:"column:day"`
}

// TableName names the table.
func (inbox) TableName() string { return "worth_inboxes" }

// all are the candidates that there are or were, but for those that went into another.
func (b inbox) all() int { return b.Waiting + b.Accepted + b.Rejected }

// tally is a worth.Tally of a collection.
type tally struct {
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	worth.Tally  `gorm:"embedded"`
}

// TableName names the table.
func (tally) TableName() string { return "worth_tallies" }

// drawn is a worth.Draw of a collection.
type drawn struct {
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	N            int               `gorm:"column:n;primaryKey;autoIncrement:false"`
	Waiting      int               `gorm:"column:waiting"`
	Found        int               `gorm:"column:found"`
	All          int               `gorm:"column:all_then"`
	Worth        bool              `gorm:"column:worth"`
}

// TableName names the table.
func (drawn) TableName() string { return "worth_draws" }
