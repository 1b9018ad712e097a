package claims

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/extract"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// ProposalID numbers what a machine put forward.
type ProposalID int64

// Proposal is what a machine put forward: what it was, by which maker and version of its rules, and what became of it.
// It counts how good the rules are; what was done to the claim is told by the history.
type Proposal struct {
	ID        ProposalID    `gorm:"column:id;primaryKey"`
	Kind      string        `gorm:"column:kind"` // ProposedCandidate, ProposedBracket
	Maker     string        `gorm:"column:maker"`
	Version   string        `gorm:"column:version"`
	ClaimID   ID            `gorm:"column:claim_id"`
	Fate      Fate          `gorm:"column:fate"`
	MadeAt    store.Micros  `gorm:"column:made_at"`
	SettledAt *store.Micros `gorm:"column:settled_at"`
	SettledBy *auth.UserID  `gorm:"column:settled_by"`

	// of a bracket: its words, what stands before it, and whence it came
	Words      string              `gorm:"column:words"`
	After      string              `gorm:"column:after_words"`
	RevisionID articles.RevisionID `gorm:"column:revision_id;serializer:zeronull"`
	text.Span
}

// TableName names the table.
func (Proposal) TableName() string { return "proposals" }

// ProposedCandidate is the kind of a proposed claim.
const ProposedCandidate = "candidate"

// Fate is what became of a proposal; "" while it waits.
type Fate string

// The fates.
const (
	Accepted Fate = "accepted" // as it stood
	Edited   Fate = "edited"   // with other words
	Refused  Fate = "rejected"
)

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
	if before.ByHand || before.State != Candidate && before.State != Rejected {
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
	if fate == "" && before.State == Candidate {
		return nil
	}
	now, by := tx.Now(), auth.UserID(who.UserID)
	return tx.Gorm().Model(&Proposal{}).Where("claim_id = ? AND kind = ?", after.ID, ProposedCandidate).
		Updates(map[string]any{"fate": fate, "settled_at": now, "settled_by": by}).Error
}
