package desk

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/match"
	"claimbench/internal/review"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// ClaimJSON is a claim as programs read it. Spans are code points of the revision, end exclusive.
type ClaimJSON struct {
	ID         claims.ID         `json:"id"`
	Collection auth.CollectionID `json:"collection"`
	Article    articles.ID       `json:"article"`
	articles.Spot
	// all the stretches at which its words stand, in the order of the text; left out when there is only the one above
	Stretches    []StretchJSON  `json:"stretches,omitempty"`
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
	// of a candidate, which machines proposed it; in lists only models and machines with a token
	ProposedBy List[MakerJSON] `json:"proposed_by,omitzero"`
	// other claims of the collection that may say the same; of a claim that was just accepted or worded only, for who
	// may merge them: /claims/ID/duplicates tells them of any
	PerhapsSame []DuplicateJSON `json:"perhaps_same,omitempty"`
}

// MakerJSON is a machine that proposed something: rules by their version, a model by its name.
type MakerJSON struct {
	Maker   string `json:"maker"`
	Version string `json:"version"`
	Model   string `json:"model,omitempty"`
	Machine string `json:"machine,omitempty"` // the name of a machine with a token
	// why it proposed it, in its own words: nobody has looked at them
	Reasons []string `json:"reasons,omitempty"`
}

func makersOf(all []claims.Made, names Names) (out []MakerJSON) {
	for _, m := range all {
		x := MakerJSON{Maker: m.Maker, Version: m.Version, Model: m.Model}
		if m.Machine != 0 {
			x.Machine, x.Reasons = names.Of(m.Machine), m.Said
		}
		out = append(out, x)
	}
	return out
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
	out.ProposedBy.Items = makersOf(h.Made, h.Names)
	for i, g := range h.Claim.Glosses {
		out.Glosses[i] = GlossOf(g)
		out.Glosses[i].Older, out.Glosses[i].Differs = h.Older[g.ID], differencesOf(h.Differs[g.ID])
	}
	out.Unsupported = lacksOf(h.Lacks)
	return out
}

func lacksOf(all []value.Lack) []LackJSON {
	out := []LackJSON{}
	for _, l := range all {
		out = append(out, LackJSON(l))
	}
	return out
}

// GlossJSON is a claim's words in another language. Who wrote and who confirmed it are left out while a round is under
// way, as who linked evidence is, and in lists of claims.
type GlossJSON struct {
	Lang        string      `json:"lang"`
	Words       string      `json:"words"`
	Author      auth.UserID `json:"author,omitempty"`
	Confirmed   bool        `json:"confirmed"`
	ConfirmedBy auth.UserID `json:"confirmed_by,omitempty"`
	ChangedAt   Time        `json:"changed_at"`
	Older       bool        `json:"of_older_words,omitempty"`
	Version     int64       `json:"version"`
	// where it differs from the statement in numbers, dates, names and the like; left out where nobody has looked
	Differs []DifferJSON `json:"differs,omitempty"`
}

// DifferJSON is something that a gloss does not say as its claim's statement does. Kind is number, unit, limit, date,
// year, month, weekday, name, negation or direction; source and gloss are the words of each, "" where one says nothing;
// sure says that both name it and cannot mean the same.
type DifferJSON struct {
	Kind    string `json:"kind"`
	Source  string `json:"source"`
	Gloss   string `json:"gloss"`
	Message string `json:"message"`
	Sure    bool   `json:"sure"`
}

func differencesOf(all []match.Differ) (out []DifferJSON) {
	for _, d := range all {
		out = append(out, DifferJSON(d))
	}
	return out
}

// StretchJSON is one of several stretches at which the words of a claim stand.
type StretchJSON struct {
	text.Span
	text.Quote
	Sentence int `json:"sentence,omitempty"` // in which it begins; left out where it is not known
}

// stretchesOf are the stretches of a claim or wording, for programs: none where there is only one.
func stretchesOf(all []claims.Stretch) (out []StretchJSON) {
	if len(all) == 1 {
		return nil
	}
	for _, s := range all {
		out = append(out, StretchJSON(s))
	}
	return out
}

// JSONOf is a claim for programs.
func JSONOf(c claims.Claim) ClaimJSON {
	out := ClaimJSON{ID: c.ID, Collection: c.CollectionID, Article: c.ArticleID, Spot: c.Spot,
		Statement: c.Statement, Attribution: c.Attribution, Hedge: some(c.Hedge),
		Kind: c.Kind, CheckWorthy: c.CheckWorthy, Reasons: some(c.Reasons), State: c.State, Verdict: c.Verdict,
		Reason: c.Reason, Round: c.Round, WordsVersion: c.WordsVersion, Version: c.Version, MergedInto: c.MergedInto,
		ByHand: c.ByHand, AddedBy: c.AddedBy, AddedAt: Time(c.AddedAt), OpenedAt: timeOf(c.OpenedAt),
		Stretches: stretchesOf(c.Stretches()), ChangedAt: Time(c.ChangedAt), Withheld: c.Withheld,
		Standing: standingOf(c.Standing), Glosses: []GlossJSON{}}
	for _, g := range c.Glosses {
		x := GlossOf(g)
		x.Author, x.ConfirmedBy = 0, 0
		out.Glosses = append(out.Glosses, x)
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
	out := GlossJSON{Lang: g.Lang, Words: g.Words, Author: g.AuthorID, Confirmed: g.ConfirmedBy != nil,
		ChangedAt: Time(g.ChangedAt), Version: g.Version}
	if g.ConfirmedBy != nil {
		out.ConfirmedBy = *g.ConfirmedBy
	}
	return out
}

// WordingJSON is the words of a claim as they stood under one words version.
type WordingJSON struct {
	Claim        claims.ID `json:"claim"`
	WordsVersion int64     `json:"words_version"`
	articles.Place
	Stretches   []StretchJSON `json:"stretches,omitempty"` // as of a claim
	Statement   string        `json:"statement"`
	Attribution string        `json:"attribution"`
	Hedge       []string      `json:"hedge"`
	WordedBy    auth.UserID   `json:"worded_by"`
	WordedAt    Time          `json:"worded_at"`
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
	return WordingJSON{Claim: w.ClaimID, WordsVersion: w.WordsVersion, Place: w.Place,
		Stretches: stretchesOf(w.Stretches()), Statement: w.Statement,
		Attribution: w.Attribution, Hedge: some(w.Hedge), WordedBy: w.WordedBy, WordedAt: Time(w.WordedAt)}
}

// ClaimPageJSON is one claim with everything that a person may know of it.
type ClaimPageJSON struct {
	Claim    ClaimJSON          `json:"claim"`
	Acts     Acts               `json:"acts"` // what this person may do with it now
	Evidence List[EvidenceJSON] `json:"evidence"`
	Rounds   List[RoundJSON]    `json:"rounds"` // the newest; next, as ?round=, leads to earlier ones
	Mine     *ReviewJSON        `json:"mine,omitempty"`
	Replies  List[ReplyJSON]    `json:"replies"`  // who was asked about it, and what they answered
	Comments List[CommentJSON]  `json:"comments"` // the newest; next leads to earlier ones
	InPrint  List[InPrintJSON]  `json:"in_print"` // the frozen sets that print it, the newest first, at most 50
	// other words and glosses that machines and the model propose for it, at most 50
	Proposals List[OfferJSON] `json:"proposals"`
	// glosses that the model was asked for; left out for whoever may not ask, and where texts are not sent
	Wished List[WishJSON] `json:"wished,omitzero"`
}

// JSON is the answer for programs.
func (c Claim) JSON() ClaimPageJSON {
	out := ClaimPageJSON{Claim: c.ClaimJSON(), Acts: c.Acts, Evidence: evidenceList(c.Evidence),
		Rounds: c.Reviewing.JSON(), Mine: c.Reviewing.mineJSON(),
		InPrint:   List[InPrintJSON]{Items: inPrintOf(c.Claim.ID, c.InPrint)},
		Proposals: offersJSON(c.Offers, c.Names)}
	for _, x := range c.Replies {
		out.Replies.Items = append(out.Replies.Items, ReplyOf(x))
	}
	for _, cm := range c.Comments {
		out.Comments.Items = append(out.Comments.Items, cm.JSON())
	}
	if c.Earlier {
		out.Comments.Next = string(c.Comments[0].Public)
	}
	for _, w := range c.Wished.All {
		out.Wished.Items = append(out.Wished.Items, WishOf(w))
	}
	return out
}

// HeadJSON is a claim and what may be done with it.
type HeadJSON struct {
	Claim ClaimJSON `json:"claim"`
	Acts  Acts      `json:"acts"`
}

// JSON is the answer for programs of a page that shows a claim and nothing more.
func (h Head) JSON() HeadJSON { return HeadJSON{h.ClaimJSON(), h.Acts} }

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
	// of a claim of several stretches: what is like each of them there, in order; one that is not listed is gone
	Stretches []StretchJSON    `json:"stretches,omitempty"`
	Changes   []DifferenceJSON `json:"changes"`
	Locked    string           `json:"locked,omitempty"`
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
		out.Stretches = stretchesOf(append([]claims.Stretch{{Span: p.Span, Quote: p.Quote}}, p.More...))
	}
	return out
}
