package review

import (
	"crypto/sha256"
	"fmt"
	"sort"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Whole is a claim's reviewing, hidden or not. Who may see what of it is decided in package desk, and nowhere
// else: nothing of it goes to a door as it is.
type Whole struct {
	Rounds    []Round               // newest first: the present one, and at most MostRounds earlier ones
	Earlier   bool                  // there are rounds before these
	Reviews   []Review              // oldest first
	Decisions map[RoundID]*Decision // by round
	Stale     map[ID]string         // why a review does not count now
	// the origin of the claim's own article; nil where nobody has reviewed, and nothing asked for it
	Own *evidence.ArticleOrigin
	// why a review of the present round did not count when it was decided; nil while it is not
	Uncounted map[ID]string
}

// What is read of a claim's reviewing at once. The bound on reviews holds for each person in each round by itself, and
// the present round is no part of the bound on rounds: so what is left out never tells of what is hidden.
const (
	MostRounds = 20 // before the present one
	MostAgain  = 20 // reviews by which one person superseded their own, the newest
)

// endedRound is a round with its decision, which is 0 where there is none.
type endedRound struct {
	Round
	Ended Decision `gorm:"embedded;embeddedPrefix:d_"`
}

var roundsQuery = fmt.Sprintf("SELECT review_rounds.*, %s FROM review_rounds LEFT JOIN decisions d ON d.round_id = "+
	"review_rounds.id WHERE review_rounds.claim_id = ? AND (review_rounds.n < ? OR review_rounds.n >= ?) "+
	"ORDER BY review_rounds.n DESC LIMIT %d", store.Columns[Decision]("d", "d_"), MostRounds+2)

// WholeOf reads a claim's reviewing inside a transaction: the present round, and the rounds before it (before another
// one, when before is not 0). It asks no permission.
func WholeOf(r *store.Rx, c claims.Claim, before int) (w Whole, err error) {
	if before <= 0 || before > c.Round {
		before = c.Round
	}
	rounds, err := store.Select[endedRound](r, roundsQuery, c.ID, before, c.Round)
	if err != nil {
		return w, err
	}
	w.Decisions = map[RoundID]*Decision{}
	ids, earlier := []RoundID{}, 0
	for i, rd := range rounds {
		if rd.N < c.Round {
			earlier++
		}
		if w.Earlier = earlier > MostRounds; w.Earlier {
			break
		}
		w.Rounds, ids = append(w.Rounds, rd.Round), append(ids, rd.Round.ID)
		if rd.Ended.ID != 0 {
			w.Decisions[rd.Round.ID] = &rounds[i].Ended
		}
	}
	if w.Reviews, err = store.Select[Review](r, "SELECT * FROM (SELECT reviews.*, ROW_NUMBER() OVER (PARTITION BY "+
		"round_id, reviewer_id ORDER BY id DESC) AS again FROM reviews WHERE claim_id = ? AND round_id IN ?) r "+
		"WHERE again <= ? ORDER BY id", c.ID, append(ids, 0), MostAgain); err != nil {
		return w, err
	}
	if len(w.Reviews) == 0 {
		return w, nil
	}
	base, err := aroundOf(r, c)
	if err != nil {
		return w, err
	}
	w.Stale, w.Own = staleAmong(w.Reviews, c, base), &base.own
	for _, rd := range w.Rounds {
		if d := w.Decisions[rd.ID]; d != nil && rd.N == c.Round {
			w.Uncounted = uncounted(w.Reviews, c, *d, base)
		}
	}
	return w, nil
}

func staleAmong(reviews []Review, c claims.Claim, w around) map[ID]string {
	out := map[ID]string{}
	for _, rv := range reviews {
		if why := staleness(rv, c.WordsVersion, w); why != "" {
			out[rv.ID] = why
		}
	}
	return out
}

// BeganAt is when the claim's present round was made inside a transaction, 0 when nobody has begun it; it asks no
// permission. A reader of an open round may know it only of one that was opened anew.
func BeganAt(r *store.Rx, c claims.Claim) (store.Micros, error) {
	rd, _, err := roundOf(r, c)
	return rd.OpenedAt, err
}

// Of lists the reviews of a round, superseded ones too.
func (w Whole) Of(rd Round) (out []Review) {
	for _, rv := range w.Reviews {
		if rv.RoundID == rd.ID {
			out = append(out, rv)
		}
	}
	return out
}

// Unnumbered is a review without its number and its round's: numbers are given in order, so those of an open round
// would tell its reader how many others have reviewed.
func (r Review) Unnumbered() Review {
	r.ID, r.RoundID, r.Public = 0, 0, ""
	return r
}

// Letters gives the reviewers of a round their letters, in an order that tells nothing: by a hash, not by time.
func (w Whole) Letters(rd Round) map[auth.UserID]string {
	var who []auth.UserID
	seen := map[auth.UserID]bool{}
	for _, rv := range w.Of(rd) {
		if !seen[rv.ReviewerID] {
			seen[rv.ReviewerID] = true
			who = append(who, rv.ReviewerID)
		}
	}
	key := func(u auth.UserID) string {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d/%d", rd.Public, rd.OpenedAt, u))
		return string(sum[:])
	}
	sort.Slice(who, func(i, j int) bool { return key(who[i]) < key(who[j]) })
	out := map[auth.UserID]string{}
	for i, u := range who {
		letter := string(rune('A' + i%26))
		if i >= 26 {
			letter += fmt.Sprint(i / 26)
		}
		out[u] = letter
	}
	return out
}

// Approved is what a claim's approval rests on: the decision, its round, and the reviews that counted.
type Approved struct {
	Decision Decision
	Round    Round
	Reviews  []Review
}

// ApprovedOf reads what the approvals of some claims rest on, in three queries; it asks no permission, and not whether
// the claims are approved: claimset.Freezable does. A claim without a decision is fault.NotFound.
func ApprovedOf(r *store.Rx, all []claims.Claim) (map[claims.ID]Approved, error) {
	out := make(map[claims.ID]Approved, len(all))
	rounds, err := presentRounds(r, all)
	if err != nil {
		return nil, err
	}
	ids := make([]RoundID, 0, len(rounds))
	for _, rd := range rounds {
		ids = append(ids, rd.ID)
	}
	var decisions []Decision
	if err := r.Gorm().Where("round_id IN ?", ids).Find(&decisions).Error; err != nil {
		return nil, err
	}
	of := make(map[RoundID]Decision, len(decisions))
	for _, d := range decisions {
		of[d.RoundID] = d
	}
	var reviews []Review
	if err := r.Gorm().Where("round_id IN ? AND superseded_at IS NULL", ids).Order("id").
		Find(&reviews).Error; err != nil {
		return nil, err
	}
	given := make(map[RoundID][]Review, len(rounds))
	for _, rv := range reviews {
		given[rv.RoundID] = append(given[rv.RoundID], rv)
	}
	for _, c := range all {
		rd := rounds[c.ID]
		d, there := of[rd.ID]
		if !there {
			return nil, fault.New(fault.NotFound, "There is no decision on claim %d.", c.ID)
		}
		a := Approved{Decision: d, Round: rd}
		if a.Reviews, err = countedAmong(r, c, d, given[rd.ID]); err != nil {
			return nil, err
		}
		out[c.ID] = a
	}
	return out, nil
}

// presentRounds reads the present round of each claim that has one.
func presentRounds(r *store.Rx, all []claims.Claim) (map[claims.ID]Round, error) {
	ids, n := make([]claims.ID, len(all)), make(map[claims.ID]int, len(all))
	for i, c := range all {
		ids[i], n[c.ID] = c.ID, c.Round
	}
	var rows []Round
	if err := r.Gorm().Where("claim_id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make(map[claims.ID]Round, len(all))
	for _, rd := range rows {
		if rd.N == n[rd.ClaimID] {
			out[rd.ClaimID] = rd
		}
	}
	return out, nil
}
