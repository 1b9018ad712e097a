package review

import (
	"cmp"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// AgreementRounds is how many closed rounds, of claims in one language, got these reasons.
type AgreementRounds struct {
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	Lang         string            `gorm:"column:lang;primaryKey" words:"fact"`
	Reasons      string            `gorm:"column:reasons;primaryKey" words:"fact"` // in their order, by commas
	N            int               `gorm:"column:n"`
}

// TableName names the table.
func (AgreementRounds) TableName() string { return "agreement_rounds" }

// Given are the reasons, one for each review.
func (a AgreementRounds) Given() (out []Reason) {
	for _, s := range strings.Split(a.Reasons, ",") {
		out = append(out, Reason(s))
	}
	return out
}

// AgreementPair is how often two people said these two things of one claim, in rounds whose reviewers are no secret any
// more.
type AgreementPair struct {
	CollectionID  auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	Lang          string            `gorm:"column:lang;primaryKey" words:"fact"`
	FirstID       auth.UserID       `gorm:"column:first_id;primaryKey;autoIncrement:false"`
	SecondID      auth.UserID       `gorm:"column:second_id;primaryKey;autoIncrement:false"`
	FirstVerdict  claims.Verdict    `gorm:"column:first_verdict;primaryKey"`
	SecondVerdict claims.Verdict    `gorm:"column:second_verdict;primaryKey"`
	N             int               `gorm:"column:n"`
}

// TableName names the table.
func (AgreementPair) TableName() string { return "agreement_pairs" }

// VerdictOf is the verdict that a reason belongs to, NoVerdict for what is no reason.
func VerdictOf(r Reason) claims.Verdict {
	for v, t := range reasons {
		if t.Has(r) {
			return v
		}
	}
	return claims.NoVerdict
}

// What is read at once of how a collection agrees.
const (
	MostAgreementRounds = 20_000 // kinds of rounds, the most frequent
	MostAgreementPairs  = 50     // pairs of people, those with the most claims in common
)

// AgreementIn reads how a collection's closed rounds agreed; it asks no permission.
func AgreementIn(r *store.Rx, collection auth.CollectionID) ([]AgreementRounds, error) {
	return store.Select[AgreementRounds](r, "SELECT * FROM agreement_rounds WHERE collection_id = ? "+
		"ORDER BY n DESC, lang, reasons LIMIT ?", collection, MostAgreementRounds)
}

// AgreementPairsIn reads what pairs of people said of the same claims; more says that there are pairs beyond those. It
// asks no permission.
func AgreementPairsIn(r *store.Rx, collection auth.CollectionID) (out []AgreementPair, more bool, err error) {
	type pair struct {
		FirstID  auth.UserID `gorm:"column:first_id"`
		SecondID auth.UserID `gorm:"column:second_id"`
	}
	pairs, err := store.Select[pair](r, "SELECT first_id, second_id FROM agreement_pairs WHERE collection_id = ? "+
		"GROUP BY first_id, second_id ORDER BY SUM(n) DESC, first_id, second_id LIMIT ?", collection,
		MostAgreementPairs+1)
	if err != nil || len(pairs) == 0 {
		return nil, false, err
	}
	if more = len(pairs) > MostAgreementPairs; more {
		pairs = pairs[:MostAgreementPairs]
	}
	firsts, shown := map[auth.UserID]bool{}, map[pair]bool{}
	ids := []auth.UserID{}
	for _, p := range pairs {
		if shown[p] = true; !firsts[p.FirstID] {
			firsts[p.FirstID], ids = true, append(ids, p.FirstID)
		}
	}
	all, err := store.Select[AgreementPair](r, "SELECT * FROM agreement_pairs WHERE collection_id = ? AND "+
		"first_id IN ? ORDER BY first_id, second_id, lang, first_verdict, second_verdict", collection, ids)
	return slices.DeleteFunc(all, func(p AgreementPair) bool { return !shown[pair{p.FirstID, p.SecondID}] }), more, err
}

// MostAgreementLines is how many kinds of what people said against others are read at once.
const MostAgreementLines = 5_000

// AgreementByPerson reads what one person, or with 0 everybody, and others said of the same claims, without who the
// others were: FirstID is the person, SecondID 0. It asks no permission.
func AgreementByPerson(r *store.Rx, collection auth.CollectionID, person auth.UserID) ([]AgreementPair, error) {
	if person == 0 {
		return store.Select[AgreementPair](r, byPerson+" LIMIT ?", collection, 1, 0, collection, 1, 0,
			MostAgreementLines)
	}
	return store.Select[AgreementPair](r, byPerson+" LIMIT ?", collection, 0, person, collection, 0, person,
		MostAgreementLines)
}

const byPerson = "SELECT first_id, first_verdict, second_verdict, SUM(n) AS n FROM (" +
	"SELECT first_id, first_verdict, second_verdict, n FROM agreement_pairs " +
	"WHERE collection_id = ? AND (1 = ? OR first_id = ?) UNION ALL " +
	"SELECT second_id, second_verdict, first_verdict, n FROM agreement_pairs " +
	"WHERE collection_id = ? AND (1 = ? OR second_id = ?)) own " +
	"GROUP BY first_id, first_verdict, second_verdict ORDER BY first_id, first_verdict, second_verdict"

// countRound counts a round that its reviews have closed, by those of them that stand. One alone agrees with nobody.
func countRound(tx *store.Tx, c claims.Claim, standing []Review) error {
	if len(standing) < 2 {
		return nil
	}
	given := make([]string, len(standing))
	for i, rv := range standing {
		given[i] = string(rv.Reason)
	}
	slices.Sort(given)
	return tx.Gorm().Clauses(counting("agreement_rounds", "collection_id", "lang", "reasons")).
		Create(&AgreementRounds{c.CollectionID, c.Lang, strings.Join(given, ","), 1}).Error
}

// countPairs counts who agreed with whom, once it is no secret any more who reviewed.
func countPairs(tx *store.Tx, c claims.Claim, standing []Review) error {
	standing = slices.Clone(standing)
	slices.SortFunc(standing, func(a, b Review) int { return cmp.Compare(a.ReviewerID, b.ReviewerID) })
	var rows []AgreementPair
	for i, a := range standing {
		for _, b := range standing[i+1:] {
			rows = append(rows, AgreementPair{c.CollectionID, c.Lang, a.ReviewerID, b.ReviewerID, a.Verdict,
				b.Verdict, 1})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Gorm().Clauses(counting("agreement_pairs", "collection_id", "lang", "first_id", "second_id",
		"first_verdict", "second_verdict")).CreateInBatches(rows, 100).Error
}

// counting adds to the row that is there already.
func counting(table string, key ...string) clause.OnConflict {
	columns := make([]clause.Column, len(key))
	for i, name := range key {
		columns[i].Name = name
	}
	return clause.OnConflict{Columns: columns, DoUpdates: clause.Set{{Column: clause.Column{Name: "n"},
		Value: gorm.Expr(table + ".n + excluded.n")}}}
}
