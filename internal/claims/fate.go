package claims

import (
	"gorm.io/gorm/clause"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/extract"
	"claimbench/internal/history"
	"claimbench/internal/match"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// ProposalID numbers what a machine put forward.
type ProposalID int64

// Proposal is what a machine put forward: what it was, by which maker and version of its rules, and what became of it.
// It counts how good the rules are; what was done to the claim is told by the history.
type Proposal struct {
	ID        ProposalID    `gorm:"column:id;primaryKey"`
	Kind      string        `gorm:"column:kind" words:"fact"` // ProposedCandidate, ProposedBracket and so on
	Maker     string        `gorm:"column:maker" words:"fact"`
	Version   string        `gorm:"column:version" words:"fact"`
	ClaimID   ID            `gorm:"column:claim_id"`
	Fate      Fate          `gorm:"column:fate"`
	MadeAt    store.Micros  `gorm:"column:made_at"`
	SettledAt *store.Micros `gorm:"column:settled_at"`
	SettledBy *auth.UserID  `gorm:"column:settled_by"`

	// of a bracket: its words, what stands before it, and whence it came
	Words      string              `gorm:"column:words" words:"article"`
	After      string              `gorm:"column:after_words" words:"article"`
	RevisionID articles.RevisionID `gorm:"column:revision_id;serializer:zeronull"`
	text.Span

	OtherID    *ID                  `gorm:"column:other_id"`    // of a duplicate: the other claim
	SentenceID *articles.SentenceID `gorm:"column:sentence_id"` // of a passage: the sentence of the other article
}

// TableName names the table.
func (Proposal) TableName() string { return "proposals" }

// The kinds of proposal beside ProposedBracket.
const (
	ProposedCandidate = "candidate" // a claim
	ProposedDuplicate = "duplicate" // another claim of the collection that says the same
	ProposedPassage   = "passage"   // a sentence of another article, as evidence
)

// Fate is what became of a proposal; "" while it waits.
type Fate string

// The fates.
const (
	Accepted Fate = "accepted" // as it stood: opened, put in, merged, linked
	Edited   Fate = "edited"   // with other words
	Refused  Fate = "rejected"
	Left     Fate = "left" // seen and passed over by somebody who acted on the claim
)

// mostSettled bounds what is settled by one act.
const mostSettled = 50

// Settled keeps what became of duplicates and passages that were proposed for claims, in the Write of the act that
// decided it; nothing is kept of what was only shown. A later act overrules an earlier one, but what is left stays what
// it was before. It asks no permission.
func Settled(tx *store.Tx, who history.Who, all ...Proposal) error {
	now, by := tx.Now(), auth.UserID(who.UserID)
	for _, p := range all[:min(len(all), mostSettled)] {
		p.Maker, p.Version, p.MadeAt, p.SettledAt, p.SettledBy = match.Maker, match.Version, now, &now, &by
		key := clause.OnConflict{Columns: []clause.Column{{Name: "claim_id"}, {Name: "sentence_id"}},
			TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "sentence_id IS NOT NULL"}}},
			DoUpdates:   clause.AssignmentColumns([]string{"fate", "settled_at", "settled_by"})}
		if p.OtherID != nil {
			key.Columns[1].Name = "other_id"
			key.TargetWhere.Exprs[0] = clause.Expr{SQL: "other_id IS NOT NULL"}
		}
		if p.Fate == Left {
			key.DoUpdates, key.DoNothing = nil, true
		}
		if err := tx.Gorm().Clauses(key).Create(&p).Error; err != nil {
			return err
		}
	}
	return nil
}

// Unsettle gives passages that were proposed for a claim the fate that they had before an act; those that had none are
// as if nobody had acted. It asks no permission.
func Unsettle(tx *store.Tx, id ID, sentences []articles.SentenceID, was map[articles.SentenceID]Fate) error {
	for _, at := range sentences {
		one := tx.Gorm().Model(&Proposal{}).Where("claim_id = ? AND sentence_id = ? AND kind = ?", id, at,
			ProposedPassage)
		fate, there := was[at]
		var err error
		if there {
			err = one.Update("fate", fate).Error
		} else {
			err = one.Delete(&Proposal{}).Error
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// FatesOf says what became of the passages that were proposed for a claim, by sentence; sentences of which nothing is
// kept are left out. It asks no permission.
func FatesOf(r *store.Rx, id ID, sentences []articles.SentenceID) (map[articles.SentenceID]Fate, error) {
	var rows []Proposal
	out := map[articles.SentenceID]Fate{}
	if len(sentences) == 0 {
		return out, nil
	}
	err := r.Gorm().Where("claim_id = ? AND sentence_id IN ?", id, sentences).Find(&rows).Error
	for _, p := range rows {
		out[*p.SentenceID] = p.Fate
	}
	return out, err
}

// noteProposals keeps who proposed the candidates and their brackets, in one statement a hundred.
func noteProposals(tx *store.Tx, made []Claim) error {
	if len(made) == 0 {
		return nil
	}
	rows := make([]Proposal, 0, len(made))
	for _, c := range made {
		for _, p := range append([]Proposal{{Kind: ProposedCandidate}}, c.brackets...) {
			p.Maker, p.Version, p.ClaimID, p.MadeAt = extract.Maker, extract.Version, c.ID, tx.Now()
			if p.Kind == ProposedBracket {
				p.RevisionID = c.RevisionID
			}
			rows = append(rows, p)
		}
	}
	return tx.Gorm().CreateInBatches(rows, 128).Error
}

// settle keeps what became of a proposed candidate. A change that decides nothing of it costs no statement.
func settle(tx *store.Tx, who history.Who, before, after Claim) error {
	unaccepted := before.State == Open && after.State == Candidate
	if before.ByHand || before.State != Candidate && before.State != Rejected && !unaccepted {
		return nil
	}
	fate := Fate("")
	switch {
	case after.State == Rejected:
		fate = Refused
	case after.WordsVersion > 1:
		fate = Edited
	case after.State == Open:
		fate = Accepted
	}
	if fate == "" && before.State == Candidate && after.WordsVersion >= before.WordsVersion {
		return nil
	}
	now, by := tx.Now(), auth.UserID(who.UserID)
	return tx.Gorm().Model(&Proposal{}).Where("claim_id = ? AND kind = ?", after.ID, ProposedCandidate).
		Updates(map[string]any{"fate": fate, "settled_at": now, "settled_by": by}).Error
}
