package desk

import (
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/search"
	"claimbench/internal/text"
)

// ClaimJSON is a claim as programs read it. Spans are code points of the revision, end exclusive.
type ClaimJSON struct {
	ID         claims.ID         `json:"id"`
	Collection auth.CollectionID `json:"collection"`
	Article    articles.ID       `json:"article"`
	articles.Spot
	Statement    string         `json:"statement"`
	Attribution  string         `json:"attribution"` // "article", or who said it
	Hedge        []string       `json:"hedge"`
	Kind         claims.Kind    `json:"kind"`
	CheckWorthy  int            `json:"check_worthy"` // 0–100
	Reasons      []string       `json:"reasons"`      // why a candidate is proposed
	State        claims.State   `json:"state"`
	Verdict      claims.Verdict `json:"verdict,omitempty"` // left out while nobody has decided
	Reason       review.Reason  `json:"reason,omitempty"`
	Round        int            `json:"round"` // 0 for a candidate
	WordsVersion int64          `json:"words_version"`
	Version      int64          `json:"version"`
	MergedInto   *claims.ID     `json:"merged_into,omitempty"`
	ByHand       bool           `json:"by_hand"`
	AddedBy      auth.UserID    `json:"added_by"`
	AddedAt      Time           `json:"added_at"`
	OpenedAt     *Time          `json:"opened_at,omitempty"`
	ChangedAt    Time           `json:"changed_at"`
	Withheld     bool           `json:"withheld,omitempty"` // the article was taken down: no words are here
	Standing     *StandingJSON  `json:"standing,omitempty"` // when it does not stand in the newest text
	Glosses      []GlossJSON    `json:"glosses"`
	// what the statement says and its words do not; left out in lists, where nobody has looked
	Unsupported []LackJSON `json:"unsupported,omitzero"`
	// other claims of the collection that may say the same; left out in lists, and for who may merge none
	PerhapsSame []DuplicateJSON `json:"perhaps_same,omitempty"`
}

// StandingJSON says in which revision of its article a claim stands, when that is not the newest.
type StandingJSON struct {
	N      int  `json:"n"`      // of its own revision
	Of     int  `json:"of"`     // of the newest
	Asks   bool `json:"asks"`   // a person is asked where it belongs
	Locked bool `json:"locked"` // it is decided or approved, and must be reopened before it can move
}

func standingOf(s *claims.Standing) *StandingJSON {
	if s == nil {
		return nil
	}
	return &StandingJSON{N: s.N, Of: s.Of, Asks: s.Asks, Locked: s.Locked}
}

// LackJSON is a number, date, name or negation that a statement has and its words in the article do not; "lost
// negation" is one that they have and the statement does not. Text is as written.
type LackJSON struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// ClaimJSON is the claim for programs, with what its statement lacks.
func (h Head) ClaimJSON() ClaimJSON {
	out := JSONOf(h.Claim)
	out.Unsupported = []LackJSON{}
	for _, l := range h.Lacks {
		out.Unsupported = append(out.Unsupported, LackJSON(l))
	}
	return out
}

// GlossJSON is a claim's words in another language.
type GlossJSON struct {
	Lang        string       `json:"lang"`
	Words       string       `json:"words"`
	Author      auth.UserID  `json:"author"`
	ConfirmedBy *auth.UserID `json:"confirmed_by,omitempty"`
	ChangedAt   Time         `json:"changed_at"`
	Version     int64        `json:"version"`
}

// JSONOf is a claim for programs.
func JSONOf(c claims.Claim) ClaimJSON {
	out := ClaimJSON{ID: c.ID, Collection: c.CollectionID, Article: c.ArticleID, Spot: c.Spot,
		Statement: c.Statement, Attribution: c.Attribution, Hedge: some(c.Hedge),
		Kind: c.Kind, CheckWorthy: c.CheckWorthy, Reasons: some(c.Reasons), State: c.State, Verdict: c.Verdict,
		Reason: c.Reason, Round: c.Round, WordsVersion: c.WordsVersion, Version: c.Version, MergedInto: c.MergedInto,
		ByHand: c.ByHand, AddedBy: c.AddedBy, AddedAt: Time(c.AddedAt), OpenedAt: timeOf(c.OpenedAt),
		ChangedAt: Time(c.ChangedAt), Withheld: c.Withheld, Standing: standingOf(c.Standing), Glosses: []GlossJSON{}}
	for _, g := range c.Glosses {
		out.Glosses = append(out.Glosses, GlossOf(g))
	}
	return out
}

// JSONOfAll is a whole list of claims for programs.
func JSONOfAll(all []claims.Claim) List[ClaimJSON] {
	out := List[ClaimJSON]{}
	for _, c := range all {
		out.Items = append(out.Items, JSONOf(c))
	}
	return out
}

// GlossOf is a gloss for programs.
func GlossOf(g claims.Gloss) GlossJSON {
	return GlossJSON{Lang: g.Lang, Words: g.Words, Author: g.AuthorID, ConfirmedBy: g.ConfirmedBy,
		ChangedAt: Time(g.ChangedAt), Version: g.Version}
}

// WordingJSON is the words of a claim as they stood under one words version.
type WordingJSON struct {
	Claim        claims.ID `json:"claim"`
	WordsVersion int64     `json:"words_version"`
	articles.Place
	Statement   string      `json:"statement"`
	Attribution string      `json:"attribution"`
	Hedge       []string    `json:"hedge"`
	WordedBy    auth.UserID `json:"worded_by"`
	WordedAt    Time        `json:"worded_at"`
}

// WordingsOf is a whole list of wordings for programs.
func WordingsOf(all []claims.Wording) List[WordingJSON] {
	out := List[WordingJSON]{}
	for _, w := range all {
		out.Items = append(out.Items, WordingOf(w))
	}
	return out
}

// WordingOf is a wording for programs.
func WordingOf(w claims.Wording) WordingJSON {
	return WordingJSON{Claim: w.ClaimID, WordsVersion: w.WordsVersion, Place: w.Place, Statement: w.Statement,
		Attribution: w.Attribution, Hedge: some(w.Hedge), WordedBy: w.WordedBy, WordedAt: Time(w.WordedAt)}
}

// CommentJSON is what somebody said about a claim. Author is left out while a round is under way.
type CommentJSON struct {
	ID      claims.CommentID `json:"id"`
	Author  auth.UserID      `json:"author,omitempty"`
	Words   string           `json:"words"`
	AddedAt Time             `json:"added_at"`
}

// CommentOf is a comment for programs.
func CommentOf(c claims.Comment) CommentJSON {
	return CommentJSON{ID: c.ID, Author: c.AuthorID, Words: c.Words, AddedAt: Time(c.AddedAt)}
}

// EvidenceJSON is a linked item as programs read it. LinkedBy is left out while a round is under way.
type EvidenceJSON struct {
	ID      evidence.ID  `json:"id"`
	Claim   claims.ID    `json:"claim"`
	Article *articles.ID `json:"article,omitempty"` // left out for an outside address
	articles.Spot
	URL         string            `json:"url,omitempty"`
	ArchivedURL string            `json:"archived_url,omitempty"`
	ReadOn      string            `json:"read_on,omitempty"` // YYYY-MM-DD
	Source      string            `json:"source,omitempty"`
	Origin      string            `json:"origin,omitempty"` // left out when it is not stated
	Stance      evidence.Stance   `json:"stance"`
	Kind        evidence.Kind     `json:"kind"`
	Note        string            `json:"note"`
	Differences []string          `json:"differences"`
	LinkedBy    auth.UserID       `json:"linked_by,omitempty"`
	LinkedAt    Time              `json:"linked_at"`
	Withheld    bool              `json:"withheld,omitempty"`
	Standing    *ItemStandingJSON `json:"standing,omitempty"` // when it stands in an older text only
	Version     int64             `json:"version"`
}

// ItemStandingJSON says in which revision of its article a linked passage stands.
type ItemStandingJSON struct {
	N  int `json:"n"`  // of its own revision
	Of int `json:"of"` // of the newest
}

// EvidenceOf is an item for programs.
func EvidenceOf(x evidence.Shown) EvidenceJSON {
	out := EvidenceJSON{ID: x.ID, Claim: x.ClaimID, Article: x.ArticleID, Spot: x.Spot,
		URL: x.URL, ArchivedURL: x.ArchivedURL, ReadOn: x.ReadOn, Source: x.Source, Stance: x.Stance, Kind: x.Kind,
		Note: x.Note, Differences: some(x.Differences), LinkedBy: x.LinkedBy, LinkedAt: Time(x.LinkedAt),
		Withheld: x.Withheld, Version: x.Version}
	if x.Standing != nil {
		out.Standing = &ItemStandingJSON{N: x.Standing.N, Of: x.Standing.Of}
	}
	if x.Origin != nil {
		out.Origin = x.Origin.Name
	}
	return out
}

func evidenceList(items []evidence.Shown) List[EvidenceJSON] {
	out := List[EvidenceJSON]{}
	for _, x := range items {
		out.Items = append(out.Items, EvidenceOf(x))
	}
	return out
}

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
	Advice       []string       `json:"advice"` // guards that it did not meet, where they only advise
	SubmittedAt  Time           `json:"submitted_at"`
	SupersededAt *Time          `json:"superseded_at,omitempty"`
	Stale        string         `json:"stale,omitempty"` // why it does not count
}

// ReviewOf is a review for programs.
func ReviewOf(x ReviewSeen) ReviewJSON {
	out := ReviewJSON{Letter: x.Letter, Reviewer: x.ReviewerID, Mine: x.Mine, WordsVersion: x.WordsVersion,
		Verdict: x.Verdict, Reason: x.Reason, Confidence: x.Confidence, Rationale: x.Rationale, Searched: x.Searched,
		Evidence: some(x.Evidence), Advice: []string{}, SubmittedAt: Time(x.SubmittedAt),
		SupersededAt: timeOf(x.SupersededAt), Stale: x.Stale}
	for _, a := range x.Advice {
		out.Advice = append(out.Advice, string(a))
	}
	return out
}

// RoundJSON is a round as a person may see it.
type RoundJSON struct {
	N            int              `json:"n"`
	Open         bool             `json:"open"`
	Outcome      review.Outcome   `json:"outcome,omitempty"`
	Quorum       int              `json:"quorum,omitempty"` // left out with the rule while it is hidden
	Rule         string           `json:"rule,omitempty"`
	OpenedAt     *Time            `json:"opened_at,omitempty"`
	ClosedAt     *Time            `json:"closed_at,omitempty"`
	ReopenReason string           `json:"reopen_reason,omitempty"`
	Reviews      List[ReviewJSON] `json:"reviews"`
	Decision     *DecisionJSON    `json:"decision,omitempty"`
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

// ClaimPageJSON is one claim with everything that a person may know of it.
type ClaimPageJSON struct {
	Claim    ClaimJSON          `json:"claim"`
	Acts     Acts               `json:"acts"` // what this person may do with it now
	Evidence List[EvidenceJSON] `json:"evidence"`
	Rounds   List[RoundJSON]    `json:"rounds"` // the newest; next, as ?round=, leads to earlier ones
	Mine     *ReviewJSON        `json:"mine,omitempty"`
	Comments List[CommentJSON]  `json:"comments"` // the newest; next leads to earlier ones
}

// JSON is the answer for programs.
func (c Claim) JSON() ClaimPageJSON {
	out := ClaimPageJSON{Claim: c.ClaimJSON(), Acts: c.Acts, Evidence: evidenceList(c.Evidence),
		Rounds: c.Reviewing.JSON(), Mine: c.Reviewing.mineJSON()}
	out.Claim.PerhapsSame = duplicatesJSON(c.Duplicates)
	for _, cm := range c.Comments {
		out.Comments.Items = append(out.Comments.Items, CommentOf(cm))
	}
	if c.Earlier {
		out.Comments.Next = decimal(c.Comments[0].ID)
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
}

// JSON is the answer for programs.
func (d Deciding) JSON() DecidingJSON {
	return DecidingJSON{Claim: d.ClaimJSON(), Acts: d.Acts, Evidence: evidenceList(d.Evidence),
		Rounds: d.Reviewing.JSON(), Mine: d.Reviewing.mineJSON(), Locked: d.Locked}
}

// HeadJSON is a claim and what may be done with it.
type HeadJSON struct {
	Claim ClaimJSON `json:"claim"`
	Acts  Acts      `json:"acts"`
}

// JSON is the answer for programs of a page that shows a claim and nothing more.
func (h Head) JSON() HeadJSON { return HeadJSON{h.ClaimJSON(), h.Acts} }

// ReviewedJSON is a review that was just submitted, and the claim after it.
type ReviewedJSON struct {
	Review ReviewJSON `json:"review"`
	Claim  ClaimJSON  `json:"claim"`
}

// ReviewedOf is one's own review for programs.
func ReviewedOf(r review.Review, c claims.Claim) ReviewedJSON {
	return ReviewedJSON{Review: ReviewOf(ReviewSeen{Review: r, Mine: true}), Claim: JSONOf(c)}
}

// PickingJSON is a claim with its evidence and the sentences that were found.
type PickingJSON struct {
	Claim    ClaimJSON          `json:"claim"`
	Linked   List[EvidenceJSON] `json:"linked"`
	Passages List[HitJSON]      `json:"passages"`
}

// HitJSON is a sentence that was found. Marks are spans within its words, in code points.
type HitJSON struct {
	Article  articles.ID         `json:"article"`
	Revision articles.RevisionID `json:"revision"`
	Sentence int                 `json:"sentence"`
	text.Span
	Lang   string      `json:"lang"`
	Dir    string      `json:"dir"`
	Source string      `json:"source,omitempty"`
	Words  string      `json:"words"`
	Marks  []text.Span `json:"marks"`
}

// JSON is the answer for programs.
func (p Picking) JSON() PickingJSON {
	out := PickingJSON{Claim: JSONOf(p.Claim), Linked: evidenceList(p.Linked)}
	for _, h := range p.Found.Hits {
		out.Passages.Items = append(out.Passages.Items, hitOf(h))
	}
	return out
}

func hitOf(h search.Hit) HitJSON {
	x := HitJSON{Article: h.Article.ID, Revision: h.Sentence.RevisionID,
		Sentence: h.Sentence.N, Span: h.Sentence.Span, Lang: h.Sentence.Lang,
		Dir: h.Sentence.Dir, Source: h.Source, Words: h.Words, Marks: some(h.Marks)}
	return x
}

// QueueJSON is one page of a tab of the queue.
type QueueJSON struct {
	Tab    review.Tab         `json:"tab"`
	Counts map[review.Tab]int `json:"counts"` // each at most one above review.QueueCap
	Items  []EntryJSON        `json:"items"`
	Next   string             `json:"next,omitempty"`
}

// EntryJSON is a claim in the queue, with why it is there.
type EntryJSON struct {
	Claim    ClaimJSON               `json:"claim"`
	Why      review.Why              `json:"why"`
	Detail   string                  `json:"detail,omitempty"`
	Since    Time                    `json:"since"`
	Evidence map[evidence.Stance]int `json:"evidence"` // items by stance
	Mine     *ReviewJSON             `json:"mine,omitempty"`
}

// JSON is the answer for programs.
func (q Queue) JSON() QueueJSON {
	out := QueueJSON{Tab: q.Tab, Counts: q.Counts, Items: []EntryJSON{}}
	for _, e := range q.Entries {
		x := EntryJSON{Claim: JSONOf(e.Claim), Why: e.Why, Detail: e.Detail, Since: Time(e.Since), Evidence: e.Evidence}
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
	return out
}

// MovingJSON is a claim of an older revision beside what stands in the newest text of its article.
type MovingJSON struct {
	Claim    ClaimJSON           `json:"claim"`
	Acts     Acts                `json:"acts"`
	Revision articles.RevisionID `json:"revision"` // the newest
	N        int                 `json:"n"`        // number of the claim's revision
	Of       int                 `json:"of"`       // number of the newest
	Anchor   claims.Anchor       `json:"anchor"`
	Span     *text.Span          `json:"span,omitempty"` // the proposal; left out when there is none
	Exact    string              `json:"exact"`          // the words there
	Changes  []DifferenceJSON    `json:"changes"`
	Locked   string              `json:"locked,omitempty"`
}

// DifferenceJSON is what differs between the words of a claim and those in the newest text.
type DifferenceJSON struct {
	Kind string `json:"kind"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// JSON is the answer for programs.
func (m Moving) JSON() MovingJSON {
	p := m.Passage
	out := MovingJSON{Claim: JSONOf(m.Claim), Acts: m.Acts, Revision: p.RevisionID, N: p.N, Of: p.Of, Anchor: p.Anchor,
		Exact: p.Exact, Changes: []DifferenceJSON{}, Locked: m.Locked}
	for _, ch := range p.Changes {
		out.Changes = append(out.Changes, DifferenceJSON(ch))
	}
	if p.Span.End > 0 {
		out.Span = &p.Span
	}
	return out
}
