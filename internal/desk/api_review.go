package desk

import (
	"strconv"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
)

// ReviewJSON is a review as a person may see it. Round and Letter name it; there is no number, for numbers are given in
// order and tell of what is hidden.
type ReviewJSON struct {
	Letter       string         `json:"letter,omitempty"`
	Reviewer     auth.UserID    `json:"reviewer,omitempty"` // left out where the letter stands for the name
	Mine         bool           `json:"mine"`
	WordsVersion int64          `json:"words_version"`
	Verdict      claims.Verdict `json:"verdict"`
	Reason       review.Reason  `json:"reason"`
	Confidence   *int           `json:"confidence"` // null: not stated
	Rationale    string         `json:"rationale"`
	Searched     string         `json:"searched"`
	Evidence     []evidence.ID  `json:"evidence"`
	Guideline    int            `json:"guideline,omitempty"` // the version that was in force, left out: none was
	Advice       []string       `json:"advice"`              // guards that it did not meet, where they only advise
	SubmittedAt  Time           `json:"submitted_at"`
	SupersededAt *Time          `json:"superseded_at,omitempty"`
	Withdrawn    bool           `json:"withdrawn,omitempty"` // by its author, while its round was open
	Stale        string         `json:"stale,omitempty"`     // why it does not count
}

// ReviewOf is a review for programs.
func ReviewOf(x ReviewSeen) ReviewJSON {
	out := ReviewJSON{Letter: x.Letter, Reviewer: x.ReviewerID, Mine: x.Mine, WordsVersion: x.WordsVersion,
		Verdict: x.Verdict, Reason: x.Reason, Confidence: x.Confidence, Rationale: x.Rationale, Searched: x.Searched,
		Evidence: some(x.Evidence), Advice: []string{}, SubmittedAt: Time(x.SubmittedAt),
		SupersededAt: timeOf(x.SupersededAt), Withdrawn: x.Withdrawn, Stale: x.Stale,
		Guideline: x.Guideline}
	for _, a := range x.Advice {
		out.Advice = append(out.Advice, string(a))
	}
	return out
}

// RoundJSON is a round as a person may see it.
type RoundJSON struct {
	N            int                `json:"n"`
	Open         bool               `json:"open"`
	Outcome      review.Outcome     `json:"outcome,omitempty"`
	Quorum       int                `json:"quorum,omitempty"` // left out with the rule while it is hidden
	Rule         string             `json:"rule,omitempty"`
	OpenedAt     *Time              `json:"opened_at,omitempty"`
	ClosedAt     *Time              `json:"closed_at,omitempty"`
	ReopenReason string             `json:"reopen_reason,omitempty"`
	Reviews      List[ReviewJSON]   `json:"reviews"`
	Decision     *DecisionJSON      `json:"decision,omitempty"`
	Questions    List[QuestionJSON] `json:"questions"` // what was asked of reviewers while it was in conflict
	Otherwise    bool               `json:"otherwise"` // it was decided otherwise than the reader's own review
}

// DecisionJSON is what a round ended with.
type DecisionJSON struct {
	Adjudicator *auth.UserID   `json:"adjudicator,omitempty"` // left out when the rule decided
	Verdict     claims.Verdict `json:"verdict"`
	Reason      review.Reason  `json:"reason"`
	Rationale   string         `json:"rationale"`
	Causes      []string       `json:"causes"`
	Evidence    []evidence.ID  `json:"evidence"`
	DecidedAt   Time           `json:"decided_at"`
	Approver    *auth.UserID   `json:"approver,omitempty"`
	Explanation string         `json:"explanation"` // what is printed
	ApprovedAt  *Time          `json:"approved_at,omitempty"`
	Version     int64          `json:"version"`
}

// JSON gives the rounds for programs, newest first.
func (v Reviewing) JSON() List[RoundJSON] {
	out := List[RoundJSON]{}
	for _, rd := range v.Rounds {
		x := RoundJSON{N: rd.N, Open: rd.ClosedAt == nil, Outcome: rd.Outcome, Quorum: rd.Quorum, Rule: string(rd.Rule),
			ClosedAt: timeOf(rd.ClosedAt), ReopenReason: rd.ReopenReason}
		if rd.OpenedAt != 0 {
			x.OpenedAt = timeOf(&rd.OpenedAt)
		}
		for _, rv := range rd.Reviews {
			x.Reviews.Items = append(x.Reviews.Items, ReviewOf(rv))
		}
		for _, q := range rd.Questions {
			x.Questions.Items = append(x.Questions.Items, q.JSON())
		}
		_, x.Otherwise = rd.Otherwise()
		if d := rd.Decision; d != nil {
			x.Decision = &DecisionJSON{Adjudicator: d.AdjudicatorID, Verdict: d.Verdict, Reason: d.Reason,
				Rationale: d.Rationale, Causes: some(stringsOf(d.Causes)), Evidence: some(d.Evidence),
				DecidedAt: Time(d.DecidedAt), Approver: d.ApproverID, Explanation: d.Explanation,
				ApprovedAt: timeOf(d.ApprovedAt), Version: d.Version}
		}
		out.Items = append(out.Items, x)
	}
	if n := len(v.Rounds); v.Earlier && n > 0 {
		out.Next = strconv.Itoa(v.Rounds[n-1].N)
	}
	return out
}

func (v Reviewing) mineJSON() *ReviewJSON {
	if v.Mine == nil {
		return nil
	}
	out := ReviewOf(*v.Mine)
	return &out
}

// DecidingJSON is a claim with what it is decided on.
type DecidingJSON struct {
	Claim    ClaimJSON          `json:"claim"`
	Acts     Acts               `json:"acts"`
	Evidence List[EvidenceJSON] `json:"evidence"`
	Rounds   List[RoundJSON]    `json:"rounds"`
	Mine     *ReviewJSON        `json:"mine,omitempty"`
	Locked   string             `json:"locked,omitempty"` // why this very person may not decide
	// of a review: what each verdict still needs before it is taken, as the person has begun it
	Needs List[NeedJSON] `json:"needs,omitzero"`
	// of a review: what the person searched and read for the claim in this round
	Searched  List[SearchStepJSON] `json:"searched,omitzero"`
	Proposals List[OfferJSON]      `json:"proposals"`      // as at the claim
	Guideline int                  `json:"guideline"`      // the version of the guidelines in force; 0: there are none
	Next      claims.ID            `json:"next,omitempty"` // of a conflict: the one after it that they may decide
}

// JSON is the answer for programs.
func (d Deciding) JSON() DecidingJSON {
	return DecidingJSON{Claim: d.ClaimJSON(), Acts: d.Acts, Evidence: evidenceList(d.Evidence),
		Rounds: d.Reviewing.JSON(), Mine: d.Reviewing.mineJSON(), Locked: d.Locked, Needs: needsJSON(d.Needs),
		Searched: stepsJSON(d.Trail), Proposals: offersJSON(d.Offers, d.Names), Guideline: d.Guideline, Next: d.Next}
}

// ReviewedJSON is a review that was just submitted, and the claim after it.
type ReviewedJSON struct {
	Review ReviewJSON `json:"review"`
	Claim  ClaimJSON  `json:"claim"`
}

// ReviewedOf is one's own review for programs.
func ReviewedOf(r review.Review, c claims.Claim) ReviewedJSON {
	return ReviewedJSON{Review: ReviewOf(ReviewSeen{Review: r, Mine: true}), Claim: JSONOf(c)}
}

// QueueJSON is one page of a tab of the queue.
type QueueJSON struct {
	Tab    review.Tab          `json:"tab"`
	Counts map[review.Tab]int  `json:"counts"` // each at most one above review.QueueCap
	Oldest map[review.Tab]Time `json:"oldest"` // since when the first of each tab waits; none of an empty one
	// of this tab, those that the conditions leave; at most one above review.QueueCap
	Fit    int         `json:"fit"`
	Langs  []string    `json:"langs"` // in which languages claims and counts are; none: in all
	Items  []EntryJSON `json:"items"`
	Next   string      `json:"next,omitempty"`
	Order  string      `json:"order,omitempty"`  // of the candidates: goes with next
	Unseen *UnseenJSON `json:"unseen,omitempty"` // of the candidates
	// on frozen sets, that wait; at most AlarmsCap + 1, and left out for who does not answer them
	Alarms *int `json:"alarms,omitempty"`
}

// UnseenJSON is what is known of the candidates that wait: how many people are likely to accept, between which bounds
// (95 %), from how many draws by lot. Low, likely and high are left out before there are enough draws.
type UnseenJSON struct {
	Waiting   int      `json:"waiting"`
	Accepted  int      `json:"accepted"`
	Rejected  int      `json:"rejected"`
	Draws     int      `json:"draws"`
	Low       *int     `json:"low,omitempty"`
	Likely    *int     `json:"likely,omitempty"`
	High      *int     `json:"high,omitempty"`
	Enough    bool     `json:"enough"`               // at least 95 of 100 of what is worth a check are found
	Soon      int      `json:"soon"`                 // the next so many rows; 0 before anybody decided
	SoonFound *float64 `json:"soon_found,omitempty"` // are likely to bring so many
}

func unseenOf(p *claims.ByWorth) *UnseenJSON {
	out := &UnseenJSON{Waiting: p.Waiting, Accepted: p.Found, Rejected: p.Decided - p.Found, Draws: p.Left.Draws,
		Enough: p.Left.Enough(p.Found), Soon: p.Soon}
	if p.Left.Known() {
		out.Low, out.Likely, out.High = &p.Left.Low, &p.Left.Likely, &p.Left.High
	}
	if p.Soon > 0 {
		out.SoonFound = &p.SoonFound
	}
	return out
}

// EntryJSON is a claim in the queue, with why it is there.
type EntryJSON struct {
	Claim    ClaimJSON               `json:"claim"`
	Why      review.Why              `json:"why"`
	Detail   string                  `json:"detail,omitempty"`
	Since    Time                    `json:"since"`
	Until    *Time                   `json:"until,omitempty"` // of one that this person put off
	Given    []auth.UserID           `json:"given"`           // to whom it was given
	Evidence map[evidence.Stance]int `json:"evidence"`        // items by stance
	Source   string                  `json:"source"`          // of the claim's article; "": not stated
	Mine     *ReviewJSON             `json:"mine,omitempty"`
}

// JSON is the answer for programs.
func (q Queue) JSON() QueueJSON {
	out := QueueJSON{Tab: q.Tab, Counts: q.Counts, Items: []EntryJSON{}, Fit: q.Fit,
		Langs: some(q.Filter.Langs), Oldest: map[review.Tab]Time{}}
	for tab, since := range q.Oldest {
		out.Oldest[tab] = Time(since)
	}
	for _, e := range q.Entries {
		x := EntryJSON{Claim: JSONOf(e.Claim), Why: e.Why, Detail: e.Detail, Since: Time(e.Since), Evidence: e.Evidence,
			Given: some(e.Given), Source: q.Sources[e.Claim.ArticleID]}
		if e.Until != 0 {
			x.Until = timeOf(&e.Until)
		}
		x.Claim.ProposedBy.Items = makersOf(q.Made[e.Claim.ID], q.Names)
		if x.Evidence == nil {
			x.Evidence = map[evidence.Stance]int{}
		}
		if e.Mine != nil {
			mine := ReviewOf(ReviewSeen{Review: *e.Mine, Mine: true})
			x.Mine = &mine
		}
		out.Items = append(out.Items, x)
	}
	if q.Next != 0 {
		out.Next = decimal(q.Next)
	}
	if q.Alarms >= 0 {
		out.Alarms = &q.Alarms
	}
	if p := q.Worth; p != nil {
		out.Order, out.Unseen = p.Order.String(), unseenOf(p)
		if p.More {
			out.Next = p.Next.String()
		}
	}
	return out
}
