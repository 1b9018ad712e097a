package claims

import (
	"gorm.io/gorm/clause"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/extract"
	"claimbench/internal/history"
	"claimbench/internal/match"
	"claimbench/internal/model"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// ProposalID numbers what a machine put forward.
type ProposalID int64

// Proposal is what a machine put forward: what it was, by which maker and version of its rules, and what became of it.
// It counts how good the rules are; what was done to the claim is told by the history.
type Proposal struct {
	ID           ProposalID        `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	Kind         string            `gorm:"column:kind" words:"fact"` // ProposedCandidate, ProposedBracket and so on
	Lang         string            `gorm:"column:lang" words:"fact"`
	Made
	ClaimID   ID            `gorm:"column:claim_id;serializer:zeronull"` // 0: of two articles
	Fate      Fate          `gorm:"column:fate"`
	MadeAt    store.Micros  `gorm:"column:made_at"`
	SettledAt *store.Micros `gorm:"column:settled_at"`
	SettledBy *auth.UserID  `gorm:"column:settled_by"`
	Reasons   store.Strings `gorm:"column:reasons" words:"article"`
	ChangedTo string        `gorm:"column:changed_to" words:"article"` // by a person
	// letters between the words proposed and those they were changed to; -1: not counted
	Distance int `gorm:"column:distance"`

	// the words proposed; of a bracket also what stands before it, and whence it came
	Words      string              `gorm:"column:words" words:"article"`
	After      string              `gorm:"column:after_words" words:"article"`
	RevisionID articles.RevisionID `gorm:"column:revision_id;serializer:zeronull"`
	text.Span

	OtherID    *ID                  `gorm:"column:other_id"`    // of a duplicate: the other claim
	SentenceID *articles.SentenceID `gorm:"column:sentence_id"` // of a passage: the sentence of the other article

	// of an origin, which is of no claim: the two articles
	ArticleID      articles.ID `gorm:"column:article_id;serializer:zeronull"`
	OtherArticleID articles.ID `gorm:"column:other_article_id;serializer:zeronull"`
	EntryID        int64       `gorm:"column:entry_id;serializer:zeronull"` // of a match: the entry of the shelf

	// Own is its number among those of its machine, the only one that the machine is told; 0: of no machine
	Own OwnNumber `gorm:"column:own_n;serializer:zeronull"`
	// Place is where the model put a passage among those of its claim, from 1; 0: it is no such proposal
	Place int `gorm:"column:place"`
}

// OwnNumber counts the proposals of one machine, from 1. ProposalID counts those of all, the rules and people's answers
// to them too, and so tells what is veiled.
type OwnNumber int64

// Made says by what something was proposed. Model, Prompt (SHA-256 of what it was asked), Parameters and Input (SHA-256
// of what it was asked of) are those of a model; Token is the number of a machine's token, and Machine is that machine.
type Made struct {
	Maker      string      `gorm:"column:maker" words:"fact"`
	Version    string      `gorm:"column:version" words:"fact"`
	Model      string      `gorm:"column:model" words:"fact"`
	Prompt     string      `gorm:"column:prompt" words:"fact"`
	Parameters string      `gorm:"column:parameters" words:"fact"`
	Input      string      `gorm:"column:input" words:"fact"`
	Token      *int64      `gorm:"column:token_id"`
	Machine    auth.UserID `gorm:"column:machine_id;serializer:zeronull"` // 0: none of the machines with a name
	// why, in the words of a machine with a name, where it was asked for: Proposal.Reasons
	Said []string `gorm:"-" words:"article"`
}

// byRules is what the rules of grammar make.
var byRules = Made{Maker: extract.Maker, Version: extract.Version}

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
		p.Made, p.MadeAt, p.SettledAt, p.SettledBy = Made{Maker: match.Maker, Version: match.Version}, now, &now, &by
		p.Distance = -1
		key := clause.OnConflict{Columns: []clause.Column{{Name: "claim_id"}, {Name: "sentence_id"}},
			TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "sentence_id IS NOT NULL AND " +
				"token_id IS NULL AND maker <> 'model'"}}},
			DoUpdates: clause.AssignmentColumns([]string{"fate", "settled_at", "settled_by"})}
		if p.OtherID != nil {
			key.Columns[1].Name = "other_id"
			key.TargetWhere.Exprs[0] = clause.Expr{SQL: "other_id IS NOT NULL AND token_id IS NULL"}
		}
		if p.Fate == Left {
			key.DoUpdates, key.DoNothing = nil, true
		}
		if err := tx.Gorm().Clauses(key).Create(&p).Error; err != nil {
			return err
		}
		if p.Fate == Left {
			continue
		}
		if err := settlePair(tx, who, p); err != nil {
			return err
		}
	}
	return nil
}

// Unsettle gives passages that were proposed for a claim the fate that they had before an act; those that had none are
// as if nobody had acted. refused is the one that the act was about: what machines proposed of it has its fate with it,
// but waits where the rules' own was passed over, as nothing of machines is. It asks no permission.
func Unsettle(tx *store.Tx, id ID, refused articles.SentenceID, sentences []articles.SentenceID,
	was map[articles.SentenceID]Fate) error {
	for _, at := range sentences {
		one := tx.Gorm().Model(&Proposal{}).Where("claim_id = ? AND sentence_id = ? AND kind = ? AND token_id IS NULL "+
			"AND maker <> ?", id, at, ProposedPassage, model.Maker)
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
	fate := was[refused]
	if fate == Left {
		fate = ""
	}
	return wait(tx, fate, "claim_id = ? AND sentence_id = ? AND kind = ? AND fate = ?", id, refused, ProposedPassage,
		Refused)
}

// FatesOf says what became of the passages that were proposed for a claim, by sentence; sentences of which nothing is
// kept are left out. It asks no permission.
func FatesOf(r *store.Rx, id ID, sentences []articles.SentenceID) (map[articles.SentenceID]Fate, error) {
	var rows []Proposal
	out := map[articles.SentenceID]Fate{}
	if len(sentences) == 0 {
		return out, nil
	}
	err := r.Gorm().Where("claim_id = ? AND sentence_id IN ? AND token_id IS NULL AND maker <> ?", id, sentences,
		model.Maker).Find(&rows).Error
	for _, p := range rows {
		out[*p.SentenceID] = p.Fate
	}
	return out, err
}

// noteProposals keeps who proposed the candidates and their brackets, in one statement a hundred. also are proposals of
// claims that are there already.
func noteProposals(tx *store.Tx, made, also []Claim) error {
	rows := make([]Proposal, 0, len(made)+len(also))
	for _, c := range made {
		rows = append(rows, candidateProposed(tx, c))
		for _, p := range c.brackets {
			p.CollectionID, p.Lang, p.Made, p.ClaimID, p.MadeAt = c.CollectionID, c.Lang, c.made, c.ID, tx.Now()
			p.RevisionID, p.Distance = c.RevisionID, -1
			rows = append(rows, p)
		}
	}
	for _, c := range also {
		rows = append(rows, candidateProposed(tx, c))
	}
	if len(rows) == 0 {
		return nil
	}
	if err := number(tx, rows); err != nil {
		return err
	}
	return tx.Gorm().CreateInBatches(rows, 128).Error
}

// candidateProposed is the proposal of a candidate. The reasons are those of its maker: a machine's are its own words,
// and what the rules say of the candidate stays with the claim.
func candidateProposed(tx *store.Tx, c Claim) Proposal {
	p := Proposal{Kind: ProposedCandidate, CollectionID: c.CollectionID, Lang: c.Lang, Made: c.made, ClaimID: c.ID,
		MadeAt: tx.Now(), Words: c.Statement, Reasons: c.Reasons, Distance: -1}
	if c.made.Machine != 0 {
		p.Reasons = append(store.Strings{}, c.said...)
	}
	return p
}

// settle keeps what became of a proposed candidate. A change that decides nothing of it costs no statement. Of several
// proposals of one candidate those whose words it does not have were changed.
func settle(tx *store.Tx, who history.Who, before, after Claim) error {
	if err := settleWords(tx, who, before, after); err != nil {
		return err
	}
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
	all := tx.Gorm().Model(&Proposal{}).Where("claim_id = ? AND kind = ?", after.ID, ProposedCandidate)
	set := map[string]any{"fate": fate, "settled_at": now, "settled_by": by, "changed_to": "", "distance": -1}
	if fate == Accepted {
		set["fate"] = clause.Expr{SQL: "CASE WHEN words = '' OR words = ? THEN 'accepted' ELSE 'edited' END",
			Vars: []any{after.Statement}}
	}
	if err := all.Updates(set).Error; err != nil || fate != Edited {
		return err
	}
	return settleChanged(tx, after)
}

// settleChanged keeps to which words the proposals of a candidate were changed.
func settleChanged(tx *store.Tx, after Claim) error {
	var all []Proposal
	if err := tx.Gorm().Where("claim_id = ? AND kind = ?", after.ID, ProposedCandidate).Order("id").
		Limit(mostSettled).Find(&all).Error; err != nil {
		return err
	}
	for _, p := range all {
		if p.Words == "" {
			continue
		}
		if err := tx.Gorm().Model(&Proposal{}).Where("id = ?", p.ID).Updates(map[string]any{
			"changed_to": after.Statement, "distance": lettersBetween(p.Words, after.Statement)}).Error; err != nil {
			return err
		}
	}
	return nil
}

// mostLetters bounds the work of counting letters between two texts.
const mostLetters = 2000

// lettersBetween is how many letters must be put in, taken out or exchanged to make one text of another; -1 where both
// are too long to be compared.
func lettersBetween(a, b string) int {
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	if len(x) > mostLetters || len(y) > mostLetters {
		return -1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		last := row[0]
		row[0] = i + 1
		for j, q := range y {
			if r != q {
				last++
			}
			last, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, last)
		}
	}
	return row[len(y)]
}
