package review

import (
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/notices"
	"claimbench/internal/store"
)

// tellOtherwise tells the reviewers of a round that its decision has another verdict than their review. The round is
// over for them in this Write.
func tellOtherwise(tx *store.Tx, c claims.Claim, rd Round, d Decision, reviews []Review) error {
	var other []auth.UserID
	for _, rv := range reviews {
		if rv.SupersededAt == nil && rv.Verdict != d.Verdict {
			other = append(other, rv.ReviewerID)
		}
	}
	return notices.Tell(tx, aboutRound(c, rd, notices.Otherwise), other...)
}

// tellReopened tells those who had a part in a round that the claim is open again: its reviewers, who adjudicated and
// who approved; by, who reopens it, knows.
func tellReopened(tx *store.Tx, c claims.Claim, by auth.UserID) error {
	rd, there, err := roundOf(&tx.Rx, c)
	if err != nil || !there {
		return err
	}
	reviews, err := current(&tx.Rx, rd.ID)
	if err != nil {
		return err
	}
	people := reviewersOf(reviews)
	d, decided, err := store.One[Decision](&tx.Rx, "SELECT * FROM decisions WHERE round_id = ?", rd.ID)
	if err != nil {
		return err
	}
	if decided {
		for _, p := range []*auth.UserID{d.AdjudicatorID, d.ApproverID} {
			if p != nil {
				people = append(people, *p)
			}
		}
	}
	people = slices.DeleteFunc(people, func(u auth.UserID) bool { return u == by })
	return notices.Tell(tx, aboutRound(c, rd, notices.Reopened), people...)
}

func aboutRound(c claims.Claim, rd Round, kind notices.Kind) notices.About {
	return notices.About{In: c.CollectionID, Kind: kind, Claim: int64(c.ID), Ref: string(rd.Public)}
}

// ToldOf is what notices of rounds and questions tell of, by the name that the notice has.
type ToldOf struct {
	Questions map[Public]Question
	Decisions map[Public]Decision // by the name of the round that was decided
	Reopened  map[Public]Round    // by the name of the round before it
	Given     map[claims.ID]auth.UserID
}

// ToldIn reads what notices tell a person of: questions and rounds by name, and who gave them claims. Each kind is one
// statement. It asks no permission: what of it may be shown is decided in package desk.
func ToldIn(r *store.Rx, user auth.UserID, questions, rounds []Public, given []claims.ID) (out ToldOf, err error) {
	out = ToldOf{map[Public]Question{}, map[Public]Decision{}, map[Public]Round{}, map[claims.ID]auth.UserID{}}
	if len(questions) > 0 {
		all, err := store.Select[Question](r, "SELECT * FROM review_questions WHERE public IN ?", questions)
		if err != nil {
			return out, err
		}
		for _, q := range all {
			out.Questions[q.Public] = q
		}
	}
	if len(rounds) > 0 {
		type decided struct {
			Decision
			Round Public `gorm:"column:round"`
		}
		all, err := store.Select[decided](r, "SELECT d.*, rd.public AS round FROM decisions d JOIN review_rounds rd "+
			"ON rd.id = d.round_id WHERE rd.public IN ?", rounds)
		if err != nil {
			return out, err
		}
		for _, d := range all {
			out.Decisions[d.Round] = d.Decision
		}
		type later struct {
			Round
			Before Public `gorm:"column:earlier"`
		}
		next, err := store.Select[later](r, "SELECT nx.*, rd.public AS earlier FROM review_rounds rd JOIN "+
			"review_rounds nx ON nx.claim_id = rd.claim_id AND nx.n = rd.n + 1 WHERE rd.public IN ?", rounds)
		if err != nil {
			return out, err
		}
		for _, rd := range next {
			out.Reopened[rd.Before] = rd.Round
		}
	}
	if len(given) > 0 {
		all, err := store.Select[Assignment](r, "SELECT * FROM assignments WHERE user_id = ? AND claim_id IN ?", user,
			given)
		if err != nil {
			return out, err
		}
		for _, a := range all {
			out.Given[a.ClaimID] = a.GivenBy
		}
	}
	return out, nil
}

// GoneAround says which of some claims are of a text that was taken down, or were ever linked to one.
func GoneAround(r *store.Rx, ids []claims.ID) (map[claims.ID]bool, error) {
	out := map[claims.ID]bool{}
	if len(ids) == 0 {
		return out, nil
	}
	all, err := store.Select[claims.ID](r, "SELECT c.id FROM claims c JOIN articles a ON a.id = c.article_id WHERE "+
		"c.id IN ? AND a.state = ? UNION SELECT e.claim_id FROM evidence e JOIN articles a ON a.id = e.article_id "+
		"WHERE e.claim_id IN ? AND a.state = ?", ids, articles.TakenDown, ids, articles.TakenDown)
	for _, id := range all {
		out[id] = true
	}
	return out, err
}
