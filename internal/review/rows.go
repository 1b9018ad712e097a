package review

import (
	"encoding/json"
	"fmt"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Typed ids of this room's rows.
type (
	ID         int64
	RoundID    int64
	DecisionID int64
)

// Round is one round of reviews of a claim, under the rules its collection had when it opened.
type Round struct {
	ID           RoundID       `gorm:"column:id;primaryKey" json:"-"` // never shown: its gaps would count
	Public       Public        `gorm:"column:public" json:"id"`
	ClaimID      claims.ID     `gorm:"column:claim_id" json:"claim"`
	N            int           `gorm:"column:n" json:"n"`
	Quorum       int           `gorm:"column:quorum" json:"quorum"`
	Rule         articles.Rule `gorm:"column:rule" json:"rule"`
	OpenedBy     auth.UserID   `gorm:"column:opened_by" json:"opened_by"`
	OpenedAt     store.Micros  `gorm:"column:opened_at" json:"opened_at"`
	ReopenReason string        `gorm:"column:reopen_reason" json:"reopen_reason" words:"own"`
	ClosedAt     *store.Micros `gorm:"column:closed_at" json:"closed_at,omitempty"`
	Outcome      Outcome       `gorm:"column:outcome" json:"outcome"`
}

// TableName names the table.
func (Round) TableName() string { return "review_rounds" }

// EvidenceIDs is a list of items in one column, as a JSON array of numbers.
type EvidenceIDs = store.IDs[evidence.ID]

// Review is one reviewer's own verdict in one round. It never changes; a newer one of the same reviewer supersedes it
// while the round is open.
type Review struct {
	ID           ID             `gorm:"column:id;primaryKey" json:"-"` // never shown: its gaps would count
	Public       Public         `gorm:"column:public" json:"id"`
	ClaimID      claims.ID      `gorm:"column:claim_id" json:"claim"`
	RoundID      RoundID        `gorm:"column:round_id" json:"-"`
	ReviewerID   auth.UserID    `gorm:"column:reviewer_id" json:"reviewer,omitempty"`
	WordsVersion int64          `gorm:"column:words_version" json:"words_version"`
	Verdict      claims.Verdict `gorm:"column:verdict" json:"verdict"`
	Reason       Reason         `gorm:"column:reason" json:"reason"`
	// 0–100; nil: not stated
	Confidence   *int          `gorm:"column:confidence" json:"confidence"`
	Rationale    string        `gorm:"column:rationale" json:"rationale" words:"own"`
	Searched     string        `gorm:"column:searched" json:"searched" words:"own"`
	Evidence     EvidenceIDs   `gorm:"column:evidence" json:"evidence" words:"fact"`
	SeenEvidence evidence.ID   `gorm:"column:seen_evidence" json:"-"` // the newest item there was
	SubmittedAt  store.Micros  `gorm:"column:submitted_at" json:"submitted_at"`
	SupersededAt *store.Micros `gorm:"column:superseded_at" json:"superseded_at,omitempty"`
	// its author took it back while its round was open; it is superseded then, too
	Withdrawn bool            `gorm:"column:withdrawn" json:"withdrawn,omitempty"`
	Advice    articles.Advice `gorm:"column:advice" json:"advice"` // guards that failed but only advise here
	// Ground is what it was judged on: the articles of the claim and its evidence, with the versions of their origins.
	// Empty: an earlier program took it in.
	Ground Ground `gorm:"column:ground" json:"-" words:"fact"`
	// OwnOnly: it relied on evidence, and its author linked every item of it. It follows from the rest of the row.
	OwnOnly bool `gorm:"column:own_only" json:"-"`
	// Guideline is the number of the guidelines' version that was in force, 0: there were none.
	Guideline int `gorm:"column:guideline" json:"guideline"`
}

// TableName names the table.
func (Review) TableName() string { return "reviews" }

// Decision is what a round ends with: the verdict the rule gave, or an editor's adjudication; and its approval.
type Decision struct {
	ID            DecisionID        `gorm:"column:id;primaryKey" json:"id"`
	ClaimID       claims.ID         `gorm:"column:claim_id" json:"claim"`
	RoundID       RoundID           `gorm:"column:round_id" json:"-"`
	AdjudicatorID *auth.UserID      `gorm:"column:adjudicator_id" json:"adjudicator,omitempty"` // nil: the rule decided
	Verdict       claims.Verdict    `gorm:"column:verdict" json:"verdict"`
	Reason        Reason            `gorm:"column:reason" json:"reason"`
	Rationale     string            `gorm:"column:rationale" json:"rationale" words:"own"`
	Causes        store.List[Cause] `gorm:"column:causes" json:"causes" words:"fact"`
	Evidence      EvidenceIDs       `gorm:"column:evidence" json:"evidence" words:"fact"`
	DecidedAt     store.Micros      `gorm:"column:decided_at" json:"decided_at"`
	ApproverID    *auth.UserID      `gorm:"column:approver_id" json:"approver,omitempty"`
	Explanation   string            `gorm:"column:explanation" json:"explanation" words:"own"` // what is printed
	ApprovedAt    *store.Micros     `gorm:"column:approved_at" json:"approved_at,omitempty"`
	Version       int64             `gorm:"column:version" json:"version"`
	// Counted are the reviewers whose reviews were not stale when it came about; their numbers tell nothing, those of
	// the reviews would. Empty: an earlier program made it.
	Counted store.IDs[auth.UserID] `gorm:"column:counted" json:"-" words:"fact"`
	Advice  articles.Advice        `gorm:"column:advice" json:"advice"` // guards that failed but only advise here
}

// TableName names the table.
func (Decision) TableName() string { return "decisions" }

// Ground is a list of articles with the versions of their origins, 0 not stated.
type Ground = store.List[[2]int64]

func confidenceField(c *int) string {
	if c == nil {
		return ""
	}
	return history.Num(*c)
}

func roundObject(r Round) string          { return "round:" + string(r.Public) }
func decisionObject(id DecisionID) string { return fmt.Sprintf("decision:%d", id) }

// Object names a review in the history.
func Object(r Review) string { return "review:" + string(r.Public) }

func roundFields(r Round) history.Fields {
	return history.Fields{"claim": history.Num(r.ClaimID), "n": history.Num(r.N), "quorum": history.Num(r.Quorum),
		"rule":      string(r.Rule),
		"opened_by": history.Num(r.OpenedBy), "opened_at": history.Num(r.OpenedAt),
		"closed_at": history.NumOr(r.ClosedAt),
		"outcome":   string(r.Outcome)}
}

func reviewFields(r Review, round Public) history.Fields {
	return history.Fields{
		"claim": history.Num(r.ClaimID), "round": string(round), "reviewer": history.Num(r.ReviewerID),
		"words_version": history.Num(r.WordsVersion),
		"verdict":       string(r.Verdict), "reason": string(r.Reason), "confidence": confidenceField(r.Confidence),
		"evidence":      r.Evidence.String(),
		"seen_evidence": history.Num(r.SeenEvidence), "submitted_at": history.Num(r.SubmittedAt),
		"superseded_at": history.NumOr(r.SupersededAt), "advice": r.Advice.String(),
	}.Later("ground", r.Ground.String(), "[]").Later("withdrawn", strconv.FormatBool(r.Withdrawn), "false").
		Later("guideline", history.Num(r.Guideline), "0")
}

func reviewTexts(r Review) history.Texts {
	return history.Texts{"rationale": r.Rationale, "searched": r.Searched}
}

func decisionFields(d Decision, round Public) history.Fields {
	return history.Fields{
		"claim": history.Num(d.ClaimID), "round": string(round), "adjudicator": history.NumOr(d.AdjudicatorID),
		"verdict": string(d.Verdict), "reason": string(d.Reason),
		"causes": d.Causes.String(), "evidence": d.Evidence.String(), "decided_at": history.Num(d.DecidedAt),
		"approver": history.NumOr(d.ApproverID), "approved_at": history.NumOr(d.ApprovedAt),
		"version": history.Num(d.Version),
	}.Later("counted", d.Counted.String(), "[]").Later("advice", d.Advice.String(), "[]")
}

func decisionTexts(d Decision) history.Texts {
	return history.Texts{"rationale": d.Rationale, "explanation": d.Explanation}
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "round", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(x Round) error {
				return yield(roundObject(x), roundFields(x), history.Texts{"reopen_reason": x.ReopenReason})
			})
		}},
		{Kind: "assignment", List: listAssignments},
		{Kind: "giving", List: listGivings},
		{Derived: compareVeils},
		{Derived: compareSettled},
		{Derived: compareOwn},
		{Kind: "review", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			names, err := roundNames(r)
			if err != nil {
				return err
			}
			return store.Each(r, func(x Review) error {
				return yield(Object(x), reviewFields(x, names[x.RoundID]), reviewTexts(x))
			})
		}},
		{Kind: "question", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			names, err := roundNames(r)
			if err != nil {
				return err
			}
			return store.Each(r, func(x Question) error {
				return yield(questionObject(x), questionFields(x, names[x.RoundID]), questionTexts(x))
			})
		}},
		{Kind: "decision", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			names, err := roundNames(r)
			if err != nil {
				return err
			}
			return store.Each(r, func(x Decision) error {
				return yield(decisionObject(x.ID), decisionFields(x, names[x.RoundID]), decisionTexts(x))
			})
		}},
		{Kind: "gap", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(g Gap) error { return yield(gapObject(g.ID), gapFields(g), nil) })
		}},
	}
}

// nameOf is the public name of a round.
func nameOf(r *store.Rx, id RoundID) (Public, error) {
	var rd Round
	err := store.Take(r.Gorm(), &rd, "such round", "id = ?", id)
	return rd.Public, err
}

// RoundNumbers gives which round of its claim each of some rounds is. It asks no permission.
func RoundNumbers(r *store.Rx, names []Public) (map[Public]int64, error) {
	out := map[Public]int64{}
	if len(names) == 0 {
		return out, nil
	}
	rows, err := store.Select[Round](r, "SELECT public, n FROM review_rounds WHERE public IN ?", names)
	for _, x := range rows {
		out[x.Public] = int64(x.N)
	}
	return out, err
}

// roundNames gives the public names of all rounds.
func roundNames(r *store.Rx) (map[RoundID]Public, error) {
	out := map[RoundID]Public{}
	return out, store.Each(r, func(x Round) error { out[x.ID] = x.Public; return nil })
}

var _ json.Marshaler = EvidenceIDs{}
