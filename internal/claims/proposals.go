package claims

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// LeaveProposals is the articles.Leaving of this room: with a text that is taken down go the words of all that was
// proposed of it. Who proposed, and what became of it, stays: it counts only. A protected text keeps its proposals.
func LeaveProposals(tx *store.Tx, _ history.Who, was articles.Article) error {
	now, err := articles.ByID(&tx.Rx, was.ID)
	if err != nil || now.State != articles.TakenDown {
		return err
	}
	for _, which := range []string{"claim_id IN (SELECT id FROM claims WHERE article_id = ?)",
		"article_id = ?", "other_article_id = ?",
		standsBeside + " AND sentence_id IS NOT NULL AND sentence_id IN (SELECT s.id FROM sentences s JOIN " +
			"revisions v ON v.id = s.revision_id WHERE v.article_id = ?)",
	} {
		if err := eraseProposals(tx, which, was.ID); err != nil {
			return err
		}
	}
	return nil
}

// eraseProposals takes the words out of proposals.
func eraseProposals(tx *store.Tx, which string, arg any) error {
	return tx.Gorm().Model(&Proposal{}).Where(which, arg).Updates(map[string]any{"words": "", "after_words": "",
		"changed_to": "", "reasons": store.Strings{}, "start_cp": 0, "end_cp": 0}).Error
}

// Acceptance is how many proposals of one maker, model, kind and language came to which end.
type Acceptance struct {
	Kind     string `gorm:"column:kind" words:"fact"`
	Maker    string `gorm:"column:maker" words:"fact"`
	Model    string `gorm:"column:model" words:"fact"`
	Language string `gorm:"column:lang" words:"fact"`
	// Machine is the machine whose token proposed; 0: the rules or the model.
	Machine  auth.UserID `gorm:"column:machine"`
	Waiting  int         `gorm:"column:waiting"`
	Accepted int         `gorm:"column:accepted"`
	Edited   int         `gorm:"column:edited"`
	Refused  int         `gorm:"column:refused"`
	// letters between the words proposed and those they were changed to, of all that were changed and counted
	Letters int `gorm:"column:letters"`
	Counted int `gorm:"column:counted"`
}

// Settled is how many of them a person decided.
func (a Acceptance) Settled() int { return a.Accepted + a.Edited + a.Refused }

// counted are the columns of Acceptance over proposals p.
const counted = "p.kind, p.maker, p.model, p.lang, COALESCE(p.machine_id, 0) AS machine, " +
	"SUM(CASE WHEN p.fate = '' THEN 1 ELSE 0 END) AS waiting, " +
	"SUM(CASE WHEN p.fate = 'accepted' THEN 1 ELSE 0 END) AS accepted, " +
	"SUM(CASE WHEN p.fate = 'edited' THEN 1 ELSE 0 END) AS edited, " +
	"SUM(CASE WHEN p.fate = 'rejected' THEN 1 ELSE 0 END) AS refused, " +
	"SUM(CASE WHEN p.distance > 0 THEN p.distance ELSE 0 END) AS letters, " +
	"SUM(CASE WHEN p.distance >= 0 THEN 1 ELSE 0 END) AS counted FROM proposals p "

// AcceptanceIn counts what machines proposed in a collection, by what became of it. Of passages, duplicates and matches
// it counts those of machines with a token, and the passages of the model, and only of claims of which no round is
// under way: what becomes of them tells of reviews. It asks no permission.
func AcceptanceIn(r *store.Rx, in auth.CollectionID) ([]Acceptance, error) {
	const by = "GROUP BY p.kind, p.maker, p.model, p.lang, p.machine_id "
	return store.Select[Acceptance](r, "SELECT * FROM (SELECT "+counted+"WHERE p.collection_id = ? AND p.kind IN "+
		"('candidate', 'bracket', 'statement', 'gloss') "+by+"UNION ALL SELECT "+counted+"WHERE p.collection_id = ? "+
		"AND p.kind = 'origin' AND p.machine_id IS NOT NULL "+by+"UNION ALL SELECT "+counted+
		"JOIN claims c ON c.id = p.claim_id LEFT JOIN claims o ON o.id = p.other_id WHERE p.collection_id = ? AND "+
		"p.kind IN ('passage', 'duplicate', 'match') AND (p.machine_id IS NOT NULL OR p.kind = 'passage' AND "+
		"p.maker = 'model') AND c.state NOT IN ? AND (o.id IS NULL OR o.state NOT IN ?) "+by+") t ORDER BY "+
		"kind DESC, maker DESC, model, lang, machine LIMIT 200",
		in, in, in, underReview, underReview)
}

// underReview are the states of a claim of which a round is under way.
var underReview = []State{Open, InConflict}

// ProposalOut is one proposal as it is written out: what was made of what by which machine, and what became of it.
type ProposalOut struct {
	ID         ProposalID           `gorm:"column:id" json:"id"`
	Kind       string               `gorm:"column:kind" json:"kind" words:"fact"`
	Lang       string               `gorm:"column:lang" json:"lang" words:"fact"`
	Maker      string               `gorm:"column:maker" json:"maker" words:"fact"`
	Version    string               `gorm:"column:version" json:"version" words:"fact"`
	Model      string               `gorm:"column:model" json:"model,omitempty" words:"fact"`
	Prompt     string               `gorm:"column:prompt" json:"prompt,omitempty" words:"fact"`
	Parameters string               `gorm:"column:parameters" json:"parameters,omitempty" words:"fact"`
	Input      string               `gorm:"column:input" json:"input,omitempty" words:"fact"`
	Token      *int64               `gorm:"column:token_id" json:"token,omitempty"`
	Machine    *auth.UserID         `gorm:"column:machine_id" json:"machine,omitempty"`
	Claim      ID                   `gorm:"column:claim_id" json:"claim"` // 0: of two articles
	Other      *ID                  `gorm:"column:other_id" json:"other_claim,omitempty"`
	Article    *articles.ID         `gorm:"column:article_id" json:"article,omitempty"` // of an origin
	Twin       *articles.ID         `gorm:"column:other_article_id" json:"other_article,omitempty"`
	Sentence   *articles.SentenceID `gorm:"column:sentence_id" json:"sentence_id,omitempty"`
	Entry      *int64               `gorm:"column:entry_id" json:"entry,omitempty"`
	Exact      string               `gorm:"column:exact" json:"exact" words:"article"` // of the article
	Words      string               `gorm:"column:words" json:"words" words:"article"`
	Reasons    store.Strings        `gorm:"column:reasons" json:"reasons" words:"article"`
	Fate       Fate                 `gorm:"column:fate" json:"fate"`
	ChangedTo  string               `gorm:"column:changed_to" json:"changed_to,omitempty" words:"article"`
	Distance   int                  `gorm:"column:distance" json:"distance"`
	MadeAt     store.Micros         `gorm:"column:made_at" json:"made_at"`
	SettledAt  *store.Micros        `gorm:"column:settled_at" json:"settled_at,omitempty"`
	SettledBy  *auth.UserID         `gorm:"column:settled_by" json:"settled_by,omitempty"`
}

// exportedAtOnce is how many proposals one read gives.
const exportedAtOnce = 500

// Proposals gives the proposals of a collection one by one, in the order in which they were made, for whoever may
// export the history: what became of evidence that was proposed tells who is at work. Those of texts that are taken
// down or protected are left out.
func (s *Service) Proposals(ctx context.Context, actor auth.Actor, in auth.CollectionID,
	yield func(ProposalOut) error) (err error) {
	defer fault.In(&err, "claims.Proposals(%d)", in)
	if _, err := s.policy.May(actor, auth.ThingHistory, auth.Export, in); err != nil {
		return err
	}
	for after := ProposalID(0); ; {
		var part []ProposalOut
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			part, err = store.Select[ProposalOut](r, "SELECT p.id, p.kind, p.lang, p.maker, p.version, p.model, "+
				"p.prompt, "+
				"p.parameters, p.input, p.token_id, p.machine_id, COALESCE(p.claim_id, 0) AS claim_id, p.other_id, "+
				"p.article_id, p.other_article_id, p.sentence_id, p.entry_id, COALESCE(c.exact, '') AS exact, "+
				"p.words, p.reasons, p.fate, p.changed_to, "+
				"p.distance, p.made_at, p.settled_at, p.settled_by FROM proposals p LEFT JOIN claims c ON c.id = "+
				"p.claim_id "+
				"JOIN articles a ON a.id = COALESCE(c.article_id, p.article_id) WHERE p.id > ? AND "+
				"p.collection_id = ? AND a.state = ? "+
				"ORDER BY p.id LIMIT ?", after, in, articles.Live, exportedAtOnce)
			return err
		}); err != nil {
			return err
		}
		for _, p := range part {
			if err := yield(p); err != nil {
				return err
			}
		}
		if len(part) < exportedAtOnce {
			return nil
		}
		after = part[len(part)-1].ID
	}
}
