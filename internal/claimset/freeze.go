package claimset

import (
	"context"
	"encoding/json"
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Entry is a claim as it is frozen: its words, where they stand, its verdict and what it rests on. The order of its
// fields is the order of the exported JSON and part of the frozen hash.
type Entry struct {
	Claim        claims.ID       `json:"claim"`
	Statement    string          `json:"statement" words:"article"`
	Lang         string          `json:"lang" words:"fact"`
	Dir          string          `json:"dir" words:"fact"`
	Glosses      []EntryGloss    `json:"glosses"`
	Attribution  string          `json:"attribution" words:"article"`
	Hedge        store.Strings   `json:"hedge" words:"article"`
	Kind         claims.Kind     `json:"kind"`
	Verdict      claims.Verdict  `json:"verdict"`
	Reason       claims.Reason   `json:"reason"`
	Explanation  string          `json:"explanation" words:"own"`
	Quotation    EntryQuotation  `json:"quotation"`
	Article      EntryArticle    `json:"article"`
	Evidence     []EntryEvidence `json:"evidence" words:"other"`
	Decision     EntryDecision   `json:"decision"`
	Reviews      []EntryReview   `json:"reviews"`
	Round        int             `json:"round"`
	WordsVersion int64           `json:"words_version"`
	// what a person put into the statement in [ ]; none in sets of earlier programs
	Brackets []EntryBracket `json:"brackets,omitempty"`
	// the article was taken down: its words are left out of this copy
	Withheld bool `json:"withheld,omitempty"`
}

// EntryBracket is what stands in [ ] in the statement, from code point At. Start and End are where it came from, in the
// revision Revision; an empty span is the article's day of publication.
type EntryBracket struct {
	Words string `json:"words" words:"article"`
	At    int    `json:"at"`
	text.Span
	Revision articles.RevisionID `json:"revision"`
}

// EntryGloss is the claim's words in another language.
type EntryGloss struct {
	Lang      string `json:"lang" words:"fact"`
	Words     string `json:"words" words:"article"`
	Confirmed bool   `json:"confirmed"`
	// who confirmed it; left out when nobody did, and in sets of an earlier program
	ConfirmedBy string `json:"confirmed_by,omitempty" words:"fact"`
}

// EntryQuotation is where the claim stands in its article. Its words come before its span, as in every set that was
// frozen so far.
type EntryQuotation struct {
	text.Quote
	text.Span
}

// EntryArticle is the article a claim or a passage is of.
type EntryArticle struct {
	Article     articles.ID `json:"article"`
	Title       string      `json:"title" words:"fact"`
	Source      string      `json:"source" words:"fact"`
	Reliability string      `json:"reliability" words:"fact"`
	Byline      string      `json:"byline" words:"fact"`
	URL         string      `json:"url" words:"fact"`
	Lang        string      `json:"lang" words:"fact"`
	Published   string      `json:"published" words:"fact"`
	Revision    int         `json:"revision"`
	SHA256      string      `json:"sha256" words:"fact"`
}

// EntryEvidence is an item of evidence linked to the claim. Relied says that the decision rests on it.
type EntryEvidence struct {
	Evidence evidence.ID     `json:"evidence"`
	Stance   evidence.Stance `json:"stance"`
	Kind     evidence.Kind   `json:"kind"`
	Origin   string          `json:"origin" words:"own"` // "" not stated
	Exact    string          `json:"exact" words:"article"`
	Lang     string          `json:"lang" words:"fact"`
	Article  *EntryArticle   `json:"article,omitempty" words:"other"`
	text.Span
	URL         string        `json:"url" words:"fact"`
	ArchivedURL string        `json:"archived_url" words:"fact"`
	ReadOn      string        `json:"read_on" words:"fact"`
	Note        string        `json:"note" words:"own"`
	Differences store.Strings `json:"differences" words:"article"`
	Relied      bool          `json:"relied"`
	Withheld    bool          `json:"withheld,omitempty"`
}

// EntryDecision is how the verdict came about.
type EntryDecision struct {
	How         string        `json:"how" words:"fact"` // rule or adjudication
	Adjudicator string        `json:"adjudicator" words:"fact"`
	Approver    string        `json:"approver" words:"fact"`
	DecidedAt   string        `json:"decided_at" words:"fact"`
	ApprovedAt  string        `json:"approved_at" words:"fact"`
	Rationale   string        `json:"rationale" words:"own"`
	Quorum      int           `json:"quorum"`
	Rule        articles.Rule `json:"rule"`
}

// EntryReview is one reviewer's verdict. The names are in the history; a set that goes out carries none.
type EntryReview struct {
	Verdict    claims.Verdict `json:"verdict"`
	Reason     claims.Reason  `json:"reason"`
	Confidence *int           `json:"confidence,omitempty"` // left out: not stated
}

// Freeze makes a draft final: every claim is written down as it stands, the whole is hashed, a checkpoint is signed.
// All claims must still be approved. The version it supersedes, if any, says so from now on.
func (s *Service) Freeze(ctx context.Context, actor auth.Actor, id ID, version int64) (_ Set, err error) {
	defer fault.In(&err, "claimset.Freeze(%d)", id)
	_, who, err := s.allowed(ctx, actor, id, auth.Freeze)
	if err != nil {
		return Set{}, err
	}
	var after Set
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := lockDraft(tx, id, version)
		if err != nil {
			return err
		}
		before, err := fields(&tx.Rx, now)
		if err != nil {
			return err
		}
		if err := freezeMembers(tx, now); err != nil {
			return err
		}
		after = now
		var all []member
		if err := tx.Gorm().Where("set_id = ?", id).Order("claim_id").Find(&all).Error; err != nil {
			return err
		}
		if after.FrozenSeq, err = history.Size(&tx.Rx); err != nil {
			return err
		}
		by, at := actor.UserID, tx.Now()
		after.State, after.FrozenBy, after.FrozenAt, after.SHA256 = Frozen, &by, &at, contentsHash(all)
		if err := supersede(tx, who, after); err != nil {
			return err
		}
		return save(tx, who, before, &after, "claimset.frozen")
	})
	if err != nil {
		return after, err
	}
	if s.sign != nil {
		if err := s.sign(ctx); err != nil {
			return after, fault.Wrap(fault.Unavailable, err,
				"“%s” is frozen, but no checkpoint could be signed. Sign one with “workbench audit checkpoint”.",
				after.Title)
		}
	}
	return after, nil
}

func freezeMembers(tx *store.Tx, set Set) error {
	var all []member
	if err := tx.Gorm().Where("set_id = ?", set.ID).Order("claim_id").Find(&all).Error; err != nil {
		return err
	}
	ids := make([]claims.ID, len(all))
	for i, m := range all {
		ids[i] = m.ClaimID
	}
	locked, err := claims.LockAll(tx, ids)
	if err != nil {
		return err
	}
	if err := Freezable(set, locked); err != nil {
		return err
	}
	for _, c := range locked {
		e, err := entryOf(&tx.Rx, c)
		if err != nil {
			return err
		}
		b, err := json.Marshal(e)
		if err != nil {
			return fmt.Errorf("freeze claim %d: %w", c.ID, err)
		}
		if err := tx.Gorm().Model(&member{}).Where("set_id = ? AND claim_id = ?", set.ID, c.ID).Update("frozen",
			string(b)).Error; err != nil {
			return err
		}
	}
	return nil
}

func supersede(tx *store.Tx, who history.Who, set Set) error {
	if set.Supersedes == nil {
		return nil
	}
	var old Set
	if err := store.Take(tx.Lock(), &old, "such claim set", "id = ?", *set.Supersedes); err != nil {
		return err
	}
	before, err := fields(&tx.Rx, old)
	if err != nil {
		return err
	}
	old.State = Superseded
	return save(tx, who, before, &old, "claimset.superseded")
}

// entryOf writes down a claim, filled, as it stands. Freezable has said that it may be.
func entryOf(r *store.Rx, c claims.Claim) (Entry, error) {
	d, rd, reviews, err := review.Approved(r, c)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{
		Claim: c.ID, Statement: c.Statement, Lang: c.Lang, Dir: c.Dir, Glosses: []EntryGloss{},
		Attribution: c.Attribution, Hedge: c.Hedge, Kind: c.Kind,
		Verdict: d.Verdict, Reason: d.Reason, Explanation: d.Explanation, Round: c.Round, WordsVersion: c.WordsVersion,
		Evidence: []EntryEvidence{}, Reviews: []EntryReview{},
		Quotation: EntryQuotation{c.Quote, c.Span},
	}
	filled, err := claims.BracketsIn(r, c)
	if err != nil {
		return e, err
	}
	for _, f := range filled {
		e.Brackets = append(e.Brackets, EntryBracket{f.Words, f.At, f.Span, f.Revision})
	}
	if err := addGlosses(r, &e, c.Glosses); err != nil {
		return e, err
	}
	for _, rv := range reviews {
		e.Reviews = append(e.Reviews, EntryReview{Verdict: rv.Verdict, Reason: rv.Reason, Confidence: rv.Confidence})
	}
	art, err := articleOf(r, c.ArticleID, c.RevisionID)
	if err != nil {
		return e, err
	}
	e.Article = *art
	if e.Decision, err = decisionOf(r, d, rd); err != nil {
		return e, err
	}
	return e, addEvidence(r, &e, d)
}

// addGlosses writes down the glosses, with who confirmed each.
func addGlosses(r *store.Rx, e *Entry, all []claims.Gloss) error {
	var ids []auth.UserID
	for _, g := range all {
		if g.ConfirmedBy != nil {
			ids = append(ids, *g.ConfirmedBy)
		}
	}
	names, err := auth.Names(r, ids)
	if err != nil {
		return err
	}
	for _, g := range all {
		x := EntryGloss{Lang: g.Lang, Words: g.Words, Confirmed: g.ConfirmedBy != nil}
		if x.Confirmed {
			x.ConfirmedBy = names[*g.ConfirmedBy]
		}
		e.Glosses = append(e.Glosses, x)
	}
	return nil
}

func decisionOf(r *store.Rx, d review.Decision, rd review.Round) (EntryDecision, error) {
	ids := []auth.UserID{*d.ApproverID}
	out := EntryDecision{How: "rule", DecidedAt: d.DecidedAt.String(), ApprovedAt: d.ApprovedAt.String(),
		Rationale: d.Rationale, Quorum: rd.Quorum, Rule: rd.Rule}
	if d.AdjudicatorID != nil {
		out.How = "adjudication"
		ids = append(ids, *d.AdjudicatorID)
	}
	names, err := auth.Names(r, ids)
	if err != nil {
		return out, err
	}
	out.Approver = names[*d.ApproverID]
	if d.AdjudicatorID != nil {
		out.Adjudicator = names[*d.AdjudicatorID]
	}
	return out, nil
}

func addEvidence(r *store.Rx, e *Entry, d review.Decision) error {
	items, err := evidence.OfClaim(r, e.Claim)
	if err != nil {
		return err
	}
	for _, x := range items {
		ev := EntryEvidence{
			Evidence: x.ID, Stance: x.Stance, Kind: x.Kind, Exact: x.Exact, Lang: x.Lang, Span: x.Span,
			URL: x.URL, ArchivedURL: x.ArchivedURL, ReadOn: x.ReadOn, Note: x.Note, Differences: x.Differences,
			Withheld: x.Withheld,
		}
		if x.Origin != nil {
			ev.Origin = x.Origin.Name
		}
		for _, id := range d.Evidence {
			ev.Relied = ev.Relied || id == x.ID
		}
		if x.ArticleID != nil {
			if ev.Article, err = articleOf(r, *x.ArticleID, x.RevisionID); err != nil {
				return err
			}
		}
		e.Evidence = append(e.Evidence, ev)
	}
	return nil
}

func articleOf(r *store.Rx, id articles.ID, revision articles.RevisionID) (*EntryArticle, error) {
	a, err := articles.ByID(r, id)
	if err != nil {
		return nil, err
	}
	out := &EntryArticle{Article: a.ID, Title: a.Title, Byline: a.Byline, URL: a.URL, Lang: a.Lang,
		Published: a.Published}
	rv, err := articles.RevisionFacts(r, revision)
	if err != nil {
		return nil, err
	}
	out.Revision, out.SHA256 = rv.N, rv.SHA256
	if a.SourceID != nil {
		var src articles.Source
		if err := store.Take(r.Gorm(), &src, "such source", "id = ?", *a.SourceID); err != nil {
			return nil, err
		}
		if err := articles.RatedIn(r, a.CollectionID, &src); err != nil {
			return nil, err
		}
		out.Source, out.Reliability = src.Name, src.Reliability
	}
	return out, nil
}
