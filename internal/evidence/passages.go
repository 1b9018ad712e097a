package evidence

import (
	"context"
	"errors"
	"slices"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// patience is how long an answer waits for texts that are not indexed yet; then it says how many are to come.
const patience = 2 * time.Second

// mostPassages is how many are proposed at most.
const mostPassages = 50

// Passage is a sentence of another article that the machine proposes as evidence. It says nothing about the stance:
// Against only tells that it speaks of another incident, number or date.
type Passage struct {
	Article       articles.Article  `json:"article"`
	Source        string            `json:"source"`
	Sentence      articles.Sentence `json:"sentence"`
	Words         string            `json:"text"`
	Origin        *Origin           `json:"origin,omitempty"`
	OriginVersion int64             `json:"origin_version"` // 0: not stated
	// "claim" or "evidence": a confirmed origin in common with the claim's article or with linked evidence
	Twin        Twin        `json:"twin,omitempty"`
	Score       float64     `json:"score"`
	Against     bool        `json:"against"`
	Refused     bool        `json:"refused"` // somebody said that it does not bear on the claim
	Keys        []match.Key `json:"keys"`
	Differences []string    `json:"differences"`
	// By are the machines that propose it, besides the rules or instead of them.
	By   []auth.UserID `json:"-"`
	Near float64       `json:"near,omitempty"` // in meaning, 0 to 1, by the vectors of a model; 0: they say nothing
	// Ordered says which model put it here; nil: it stands where the rules put it
	Ordered *Ordered `json:"-"`
}

// Proposals is what is proposed for a claim: passages that may bear it out first, best first, then those against.
// Pending articles are not indexed yet, or do not fit; Searched ones were looked through.
type Proposals struct {
	Passages []Passage `json:"passages"`
	Pending  int       `json:"pending"`
	Searched int       `json:"searched"`
}

// Passages proposes up to k sentences of the other live articles of a claim's collection. What is linked already is
// left out.
func (s *Service) Passages(ctx context.Context, actor auth.Actor, id claims.ID, k int) (out Proposals, err error) {
	defer fault.In(&err, "evidence.Passages(%d, %d)", id, k)
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return out, err
	}
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Read, c.CollectionID); err != nil {
		return out, err
	}
	for range 2 {
		current := true
		if err := s.db.Read(ctx, func(r *store.Rx) error {
			linked, err := OfClaim(r, id)
			if err != nil {
				return err
			}
			out, current, err = s.Propose(r, c, linked, k)
			return err
		}); err != nil || current {
			return out, err
		}
		if err := s.CatchUp(ctx, c.CollectionID); err != nil {
			return out, err
		}
	}
	return out, nil
}

// Propose is Passages inside a transaction, from the index as it stands; linked is the claim's evidence. It asks no
// permission. current says that the index has all of the collection's texts: else CatchUp adds what is missing, and
// another Propose finds more.
func (s *Service) Propose(r *store.Rx, c claims.Claim, linked []Shown, k int) (out Proposals, current bool, err error) {
	out.Passages = []Passage{}
	mark, err := markOf(r, c.CollectionID)
	if err != nil {
		return out, false, err
	}
	q, own, asked, err := question(r, c)
	if err != nil || !asked {
		return out, true, err
	}
	sh := s.shelfOf(c.CollectionID)
	sh.mu.RLock()
	ix, sentences, current := sh.index, sh.sentences, sh.seen == mark
	have := len(sh.have)
	out.Pending = sh.left
	sh.mu.RUnlock()
	if !current {
		var all int64
		if err := live(r, c.CollectionID).Count(&all).Error; err != nil {
			return out, false, err
		}
		out.Pending = max(1, int(all)-have)
	}
	k = min(max(k, 1), mostPassages)
	most := 3*k + 20 // some may be linked, replaced or taken down
	hits, err := s.near(r, sh, ix, sentences, c.CollectionID, ask{Item: q, most: most})
	if errors.Is(err, match.ErrBusy) {
		out.Pending = max(1, out.Pending)
		return out, false, nil
	} else if err != nil {
		return out, false, err
	}
	out.Searched = max(0, have-1) // all but the claim's own
	offered, order, err := claims.BesideAndOrder(r, c.ID)
	if err != nil {
		return out, false, err
	}
	hits, by, err := s.ordered(r, sh, ix, sentences, c, q, hits, order)
	if err != nil {
		return out, false, err
	}
	out.Passages, err = s.propose(r, c, own, linked, hits, offered, k)
	for i, p := range out.Passages {
		if o, there := by[itemID(p.Sentence.ID)]; there {
			out.Passages[i].Ordered = &o
		}
	}
	return out, current, err
}

// ordered gives the hits of a claim in the order of a model, if there is one of them as they are; else as they come.
func (s *Service) ordered(r *store.Rx, sh *shelf, ix *match.Index, sentences int, c claims.Claim, q match.Item,
	hits []match.Hit, all []claims.Proposal) ([]match.Hit, map[string]Ordered, error) {
	if len(all) == 0 {
		return hits, nil, nil
	}
	more, err := s.near(r, sh, ix, sentences, c.CollectionID, ask{Item: q, most: orderedOf})
	if err != nil {
		if errors.Is(err, match.ErrBusy) {
			err = nil
		}
		return hits, nil, err
	}
	out, by, err := reordered(r, c, more, all)
	if err != nil || by == nil {
		return hits, nil, err
	}
	return out, by, nil
}

// near answers a question from an index that was read from the shelf, or from what was answered before.
func (s *Service) near(r *store.Rx, sh *shelf, ix *match.Index, sentences int, c auth.CollectionID, q ask) (
	[]match.Hit, error) {
	if s.hearing != nil {
		q.heard = s.hearing.Version(c)
	}
	if hits, found := sh.answer(q); found {
		return hits, nil
	}
	var sense match.Sense
	if q.heard != 0 {
		sense = s.hearing.Hear(c, q.ID)
	}
	hits, err := ix.ProposeHeard(q.Item, q.most, textsIn(r), sense)
	if err == nil {
		sh.keep(ix, sentences, q, hits)
	}
	return hits, err
}

// CatchUp waits until the index of a collection has its texts, for as long as an answer waits. Where nobody follows, it
// adds them itself, and the next call goes on.
func (s *Service) CatchUp(ctx context.Context, c auth.CollectionID) (err error) {
	defer fault.In(&err, "evidence.CatchUp(%d)", c)
	sh := s.shelfOf(c)
	if on, _ := s.follow.isOn(); on {
		soon, cancel := context.WithTimeout(ctx, s.follow.patience())
		defer cancel()
		var mark liveMark
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			mark, err = markOf(r, c)
			return err
		}); err != nil {
			return err
		}
		s.Stir(c)
		s.follow.await(soon, func() bool { return sh.current(mark) })
		return ctx.Err()
	}
	soon, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err = s.catchUp(soon, sh, c, atOnce)
	if err != nil && soon.Err() != nil {
		return ctx.Err()
	}
	return err
}

// question makes a query of a claim: its statement, standing where the claim stands. There is none for a claim of an
// article that was taken down. own is the stated origin of that article, 0 for none.
func question(r *store.Rx, c claims.Claim) (q match.Item, own OriginID, ok bool, err error) {
	var at []struct {
		ID    articles.SentenceID
		State articles.State
		Now   *articles.RevisionID
		Own   OriginID
	}
	err = r.Gorm().Table("articles a").Select(
		"COALESCE(s.id, 0) AS id, a.state AS state, a.revision_id AS now, COALESCE(ao.origin_id, 0) AS own").
		Joins("LEFT JOIN article_origins ao ON ao.article_id = a.id").
		Joins("LEFT JOIN sentences s ON s.revision_id = ? AND s.n = ?", c.RevisionID, c.Sentence).
		Where("a.id = ?", c.ArticleID).Limit(1).Scan(&at).Error
	if err != nil || len(at) == 0 || at[0].State != articles.Live || at[0].Now == nil {
		return q, 0, false, err
	}
	q = match.Item{Doc: docID(*at[0].Now), Lang: c.Lang, Text: c.Statement}
	if q.Text == "" {
		q.Text = c.Exact
	}
	if at[0].ID != 0 {
		q.ID = itemID(at[0].ID)
	}
	return q, at[0].Own, q.Text != "", nil
}

// hitRow is a sentence that was hit, with the facts of its article, in one row.
type hitRow struct {
	articles.Sentence
	Art        articles.Article `gorm:"embedded;embeddedPrefix:a_"`
	SourceName string           `gorm:"column:source_name"`
	Known      Origin           `gorm:"embedded;embeddedPrefix:o_"`
	OriginVer  int64            `gorm:"column:origin_version"`
}

var hitColumns = "sentences.*, " + store.Columns[articles.Article]("a", "a_") + ", s.name AS source_name, " +
	store.Columns[Origin]("o", "o_") + ", ao.version AS origin_version"

// propose reads what was hit as it stands in this transaction: only sentences of live articles' newest texts, none of
// the claim's own article, none that is linked. What machines propose and the index does not stands behind. Six
// queries, however many hits.
func (s *Service) propose(r *store.Rx, c claims.Claim, own OriginID, linked []Shown, hits []match.Hit,
	offered []claims.Proposal, k int) ([]Passage, error) {
	ids := idsOf(hits)
	for _, p := range offered {
		if p.SentenceID != nil {
			ids = append(ids, int64(*p.SentenceID))
		}
	}
	rows, err := standingOf(r, c, ids)
	if err != nil {
		return nil, err
	}
	out := []Passage{}
	for _, h := range hits {
		row, ok := rows[h.ID]
		if !ok || isLinked(linked, row.Sentence) {
			continue
		}
		p := row.passage()
		p.Score, p.Against, p.Keys, p.Near = h.Score, h.Against, h.Keys, h.Near
		out = append(out, p)
	}
	found := len(out)
	for _, o := range offered {
		if o.SentenceID == nil {
			continue
		}
		n := slices.IndexFunc(out, func(p Passage) bool { return p.Sentence.ID == *o.SentenceID })
		if row, ok := rows[itemID(*o.SentenceID)]; ok && n < 0 && len(out)-found < mostOffered &&
			!isLinked(linked, row.Sentence) {
			n, out = len(out), append(out, row.passage())
		}
		if n >= 0 && !slices.Contains(out[n].By, o.Machine) {
			out[n].By = append(out[n].By, o.Machine)
		}
	}
	if err := noteRefused(r, c, out[:found]); err != nil {
		return nil, err
	}
	out = append(shown(out[:found], k), out[found:]...)
	return out, s.reason(r, c, own, linked, out)
}

// mostOffered is how many passages that only machines propose are shown behind the others.
const mostOffered = 3

func (row hitRow) passage() Passage {
	p := Passage{Article: row.Art, Source: row.SourceName, Sentence: row.Sentence, Keys: []match.Key{}}
	if row.Known.ID != 0 {
		p.Origin, p.OriginVersion = &row.Known, row.OriginVer
	}
	return p
}

// reason fills in what the passages say, and why they are proposed.
func (s *Service) reason(r *store.Rx, c claims.Claim, own OriginID, linked []Shown, out []Passage) error {
	ids := make([]articles.SentenceID, len(out))
	for i, p := range out {
		ids[i] = p.Sentence.ID
	}
	words, err := articles.WordsOf(r, ids)
	if err != nil {
		return err
	}
	names := namesIn(c.Statement, c.Lang)
	for i := range out {
		p := &out[i]
		p.Words = words[p.Sentence.ID]
		p.Keys = reasons(p.Keys, names, namesIn(p.Words, p.Sentence.Lang))
		p.Differences = s.Differences(c, p.Words, p.Sentence.Lang)
		switch {
		case p.Origin == nil:
		case own == p.Origin.ID:
			p.Twin = TwinOfClaim
		case slices.ContainsFunc(linked, func(x Shown) bool { return x.Origin != nil && x.Origin.ID == p.Origin.ID }):
			p.Twin = TwinOfEvidence
		}
	}
	return nil
}

// rank puts what is against behind the rest, however many words it shares: it is never proposed as support. What was
// refused comes last.
func rank(p Passage) int {
	switch {
	case p.Refused:
		return 2
	case p.Against:
		return 1
	}
	return 0
}

func isLinked(linked []Shown, sn articles.Sentence) bool {
	return slices.ContainsFunc(linked, func(x Shown) bool {
		return x.Meets(sn.Place())
	})
}

// Warm makes the indexes of all collections before anybody asks, the newest collection last. It ends with ctx.
func (s *Service) Warm(ctx context.Context) (err error) {
	defer fault.In(&err, "evidence.Warm()")
	var all []articles.Collection
	if err := s.db.Read(ctx, func(r *store.Rx) error { return r.Gorm().Order("id").Find(&all).Error }); err != nil {
		return err
	}
	for _, c := range all {
		if _, err := s.catchUp(ctx, s.shelfOf(c.ID), c.ID, atOnce); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return fault.Wrap(fault.KindOf(err), err, "The passages of collection %d cannot be indexed: %s", c.ID,
				fault.Message(err))
		}
	}
	return nil
}
