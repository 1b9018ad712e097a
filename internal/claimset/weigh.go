package claimset

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/replies"
	"claimbench/internal/review"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// written is a claim as it is written down for a freeze.
type written struct {
	claim  claims.ID
	frozen string
	rests  []string // the objects of the history, other than the claim's own, whose change could change it
}

func (w written) sum() [sha256.Size]byte { return sha256.Sum256([]byte(w.frozen)) }

// scales reads what some claims rest on, each kind in one query.
type scales struct {
	imprint   Imprint // of the set
	claims    []claims.Claim
	around    map[articles.Spot]articles.Around // what stands around words in their sentence
	name      string                            // of the collection
	approved  map[claims.ID]review.Approved
	brackets  map[claims.ID][]claims.Filling
	evidence  map[claims.ID][]evidence.Shown
	replies   map[claims.ID][]replies.Reply
	checked   map[claims.ID][]shelf.Entry // by others
	articles  map[articles.ID]articles.Listed
	revisions map[articles.RevisionID]articles.Revision
	names     map[auth.UserID]string
	machines  map[claims.ID][]claims.Proposal // what machines wrote and people accepted
}

// weigh writes down claims as they stand, in the order in which they are named: about a dozen queries, however many
// there are.
// A claim that may not be frozen is the fault that freezable gives.
func weigh(r *store.Rx, imprint Imprint, ids []claims.ID) ([]written, error) {
	s := scales{imprint: imprint}
	if err := s.fill(r, ids); err != nil {
		return nil, err
	}
	out := make([]written, len(s.claims))
	for i, c := range s.claims {
		e, rests, err := s.entry(c)
		if err != nil {
			return nil, err
		}
		b, err := json.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("freeze claim %d: %w", c.ID, err)
		}
		out[i] = written{claim: c.ID, frozen: string(b), rests: rests}
	}
	return out, nil
}

func (s *scales) fill(r *store.Rx, ids []claims.ID) (err error) {
	if s.claims, err = inTheirOrder(r, ids); err != nil {
		return err
	}
	if len(s.claims) != len(ids) {
		return fault.New(fault.Internal, "of %d claims of a set there are %d", len(ids), len(s.claims))
	}
	for _, c := range s.claims {
		if err := freezable(c); err != nil {
			return err
		}
	}
	if s.approved, err = review.ApprovedOf(r, s.claims); err != nil {
		return err
	}
	if s.brackets, err = claims.BracketsInAll(r, s.claims); err != nil {
		return err
	}
	if s.evidence, err = evidence.OfClaims(r, ids); err != nil {
		return err
	}
	if s.replies, err = replies.OfClaims(r, ids); err != nil {
		return err
	}
	if s.checked, err = shelf.ConfirmedOf(r, ids); err != nil {
		return err
	}
	if s.machines, err = claims.WrittenByMachines(r, s.claims); err != nil {
		return err
	}
	if err := s.cited(r); err != nil {
		return err
	}
	if err := s.sentences(r); err != nil {
		return err
	}
	return s.people(r)
}

// sentences reads what stands around the words of the claims and of their evidence, and the collection's name.
func (s *scales) sentences(r *store.Rx) error {
	var spots []articles.Spot
	for _, c := range s.claims {
		if c.Protected != "" {
			continue
		}
		of := c.Spots()
		spots = append(spots, of[0])
		if len(of) > 1 {
			spots = append(spots, of[len(of)-1])
		}
		for _, x := range s.evidence[c.ID] {
			if x.ArticleID != nil && !x.Withheld && x.Protected == "" {
				spots = append(spots, x.Spot)
			}
		}
	}
	around, err := articles.AroundAll(r, spots)
	if err != nil {
		return err
	}
	s.around = make(map[articles.Spot]articles.Around, len(spots))
	for i, at := range spots {
		s.around[at] = around[i]
	}
	if len(s.claims) == 0 {
		return nil
	}
	in, err := articles.CollectionByID(r, s.claims[0].CollectionID)
	s.name = in.Name
	return err
}

// cited reads the articles and revisions of the claims and of their evidence.
func (s *scales) cited(r *store.Rx) (err error) {
	var arts []articles.ID
	var revisions []articles.RevisionID
	for _, c := range s.claims {
		arts, revisions = append(arts, c.ArticleID), append(revisions, c.RevisionID)
		for _, x := range s.evidence[c.ID] {
			if x.ArticleID != nil {
				arts, revisions = append(arts, *x.ArticleID), append(revisions, x.RevisionID)
			}
		}
	}
	if s.articles, err = articles.ListedOf(r, distinct(arts)); err != nil {
		return err
	}
	s.revisions, err = articles.RevisionFacts(r, distinct(revisions))
	return err
}

// people reads the names of all who confirmed, adjudicated and approved.
func (s *scales) people(r *store.Rx) (err error) {
	var ids []auth.UserID
	for _, c := range s.claims {
		for _, g := range c.Glosses {
			if g.ConfirmedBy != nil {
				ids = append(ids, *g.ConfirmedBy)
			}
		}
		for _, p := range s.machines[c.ID] {
			if p.Machine != 0 {
				ids = append(ids, p.Machine)
			}
		}
		d := s.approved[c.ID].Decision
		for _, u := range []*auth.UserID{d.ApproverID, d.AdjudicatorID} {
			if u != nil {
				ids = append(ids, *u)
			}
		}
	}
	s.names, err = auth.Names(r, distinct(ids))
	return err
}

func distinct[T ~int64](ids []T) []T {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// entry writes down one claim, and says what it rests on.
func (s *scales) entry(c claims.Claim) (Entry, []string, error) {
	a := s.approved[c.ID]
	d := a.Decision
	e := Entry{
		Claim: c.ID, Statement: c.Statement, Lang: c.Lang, Dir: c.Dir, Glosses: []EntryGloss{},
		Attribution: c.Attribution, Hedge: c.Hedge, Kind: c.Kind,
		Verdict: d.Verdict, Reason: d.Reason, Explanation: d.Explanation, Round: c.Round, WordsVersion: c.WordsVersion,
		Evidence: []EntryEvidence{}, Reviews: []EntryReview{},
		Quotation: EntryQuotation{c.Quote, c.Span}, Collection: s.name,
	}
	if e.Explanation != "" {
		e.ExplanationLang = text.Detect(e.Explanation)
	}
	at := c.Spots()
	e.Around = articles.Around{Before: s.around[at[0]].Before, After: s.around[at[len(at)-1]].After}
	if len(c.More) > 0 {
		for _, x := range c.Stretches() {
			e.Stretches = append(e.Stretches, EntryQuotation{x.Quote, x.Span})
		}
	}
	for _, f := range s.brackets[c.ID] {
		e.Brackets = append(e.Brackets, EntryBracket{f.Words, f.At, f.Span, f.Revision})
	}
	var rests []string
	for _, g := range c.Glosses {
		x := EntryGloss{Lang: g.Lang, Words: g.Words, Confirmed: g.ConfirmedBy != nil}
		if x.Confirmed {
			x.ConfirmedBy = s.named(*g.ConfirmedBy)
			rests = append(rests, auth.Object(*g.ConfirmedBy))
		}
		e.Glosses = append(e.Glosses, x)
	}
	for _, rv := range a.Reviews {
		x := EntryReview{Verdict: rv.Verdict, Reason: rv.Reason, Confidence: rv.Confidence}
		if s.imprint.Rationales {
			x.Rationale = rv.Rationale
		}
		e.Reviews = append(e.Reviews, x)
	}
	art, of, err := s.article(c.ArticleID, c.RevisionID)
	if err != nil {
		return e, nil, err
	}
	e.Article, rests = *art, append(rests, of...)
	if d.ApproverID == nil || d.ApprovedAt == nil {
		return e, nil, fault.New(fault.Internal, "the approved claim %d has no approver", c.ID)
	}
	e.Decision = EntryDecision{How: "rule", Approver: s.named(*d.ApproverID), DecidedAt: d.DecidedAt.String(),
		ApprovedAt: d.ApprovedAt.String(), Quorum: a.Round.Quorum, Rule: a.Round.Rule}
	if s.imprint.Rationales {
		e.Decision.Rationale = d.Rationale
	}
	rests = append(rests, auth.Object(*d.ApproverID))
	if d.AdjudicatorID != nil {
		e.Decision.How, e.Decision.Adjudicator = "adjudication", s.named(*d.AdjudicatorID)
		rests = append(rests, auth.Object(*d.AdjudicatorID))
	}
	for _, x := range s.replies[c.ID] {
		e.Replies = append(e.Replies, EntryReply{x.Name, x.Role, x.Way, x.AskedOn, x.Until, x.Outcome, x.AnsweredOn,
			x.Words})
	}
	for _, x := range s.checked[c.ID] {
		e.AlreadyChecked = append(e.AlreadyChecked, EntryChecked{x.Publisher, x.URL, x.Printed(), x.Day, x.SHA256})
		rests = append(rests, shelf.EntryObject(x.ID))
	}
	e.ByMachines, rests = s.byMachines(c, rests)
	for _, x := range s.evidence[c.ID] {
		item, of, err := s.item(x, d)
		if err != nil {
			return e, nil, err
		}
		e.Evidence, rests = append(e.Evidence, item), append(rests, of...)
	}
	return e, rests, nil
}

// byMachines says which words of a claim are those that a machine wrote, each once.
func (s *scales) byMachines(c claims.Claim, rests []string) ([]EntryMachine, []string) {
	var out []EntryMachine
	for _, p := range s.machines[c.ID] {
		m := EntryMachine{Of: "statement", Lang: c.Lang, Model: p.Model}
		same := p.Words == c.Statement
		if p.Kind == claims.ProposedGloss {
			m.Of, m.Lang = "gloss", p.Lang
			same = slices.ContainsFunc(c.Glosses, func(g claims.Gloss) bool {
				return g.Lang == p.Lang && g.Words == p.Words
			})
		}
		if p.Machine != 0 {
			m.Machine = s.names[p.Machine]
		}
		if same && !slices.Contains(out, m) {
			out = append(out, m)
			if p.Machine != 0 {
				rests = append(rests, auth.Object(p.Machine))
			}
		}
	}
	return out, rests
}

// named is a person's name where the set names people, else "".
func (s *scales) named(u auth.UserID) string {
	if s.imprint.People != Named {
		return ""
	}
	return s.names[u]
}

func (s *scales) item(x evidence.Shown, d review.Decision) (EntryEvidence, []string, error) {
	ev := EntryEvidence{
		Evidence: x.ID, Stance: x.Stance, Kind: x.Kind, Quote: x.Quote, Lang: x.Lang, Span: x.Span,
		URL: x.URL, ArchivedURL: x.ArchivedURL, ReadOn: x.ReadOn, Note: x.Note, Differences: x.Differences,
		Protected: x.Protected, Relied: slices.Contains(d.Evidence, x.ID), Withheld: x.Withheld,
	}
	var rests []string
	if x.Origin != nil {
		ev.Origin = x.Origin.Name
		rests = append(rests, evidence.OriginObject(x.OriginID()))
	}
	if x.ArticleID == nil {
		return ev, rests, ev.outside(x)
	}
	ev.Around = s.around[x.Spot]
	art, of, err := s.article(*x.ArticleID, x.RevisionID)
	ev.Article = art
	return ev, append(append(rests, evidence.ArticleOriginObject(*x.ArticleID)), of...), err
}

func (s *scales) article(id articles.ID, revision articles.RevisionID) (*EntryArticle, []string, error) {
	a, there := s.articles[id]
	rv, known := s.revisions[revision]
	if !there || !known {
		return nil, nil, fault.New(fault.NotFound, "There is no revision %d of article %d.", revision, id)
	}
	out := &EntryArticle{Article: a.ID, Title: a.Title, Byline: a.Byline, URL: a.URL, Lang: a.Lang,
		Published: a.Published, Source: a.Source, Reliability: a.Rating, Revision: rv.N, SHA256: rv.SHA256}
	if a.State == articles.Protected {
		out.protect(a.Protected)
	}
	rests := []string{articles.Object(id)}
	if a.SourceID != nil {
		rests = append(rests, articles.SourceObject(*a.SourceID))
	}
	return out, rests, nil
}
