package evidence

import (
	"context"
	"slices"
	"strconv"
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
	Keys        []match.Key `json:"keys"`
	Differences []string    `json:"differences"`
}

// Proposals is what is proposed for a claim: passages that may bear it out first, best first, then those against.
// Pending articles are not indexed yet, or do not fit.
type Proposals struct {
	Passages []Passage `json:"passages"`
	Pending  int       `json:"pending"`
}

// Passages proposes up to k sentences of the other live articles of a claim's collection. What is linked already is
// left out.
func (s *Service) Passages(ctx context.Context, actor auth.Actor, id claims.ID, k int) (Proposals, error) {
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return Proposals{}, err
	}
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Read, c.CollectionID); err != nil {
		return Proposals{}, err
	}
	k = min(max(k, 1), mostPassages)
	q, asked, err := s.question(ctx, c)
	if err != nil || !asked {
		return Proposals{Passages: []Passage{}}, err
	}
	sh := s.shelfOf(c.CollectionID)
	soon, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	pending, err := s.catchUp(soon, sh, c.CollectionID)
	if err != nil && (ctx.Err() != nil || soon.Err() == nil) {
		return Proposals{}, err
	}
	sh.mu.RLock()
	ix := sh.index
	pending = max(pending, sh.left)
	sh.mu.RUnlock()
	hits := ix.Query(q, 3*k+20) // some may be linked, replaced or taken down
	out := Proposals{Pending: pending}
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		out.Passages, err = s.propose(r, c, hits, k)
		return err
	})
	return out, err
}

// question makes a query of a claim: its statement, standing where the claim stands. There is none for a claim of an
// article that was taken down.
func (s *Service) question(ctx context.Context, c claims.Claim) (q match.Item, ok bool, err error) {
	err = s.db.Read(ctx, func(r *store.Rx) error {
		a, err := articles.ByID(r, c.ArticleID)
		if err != nil || a.State != articles.Live || a.RevisionID == nil {
			return err
		}
		q = match.Item{Doc: docID(*a.RevisionID), Lang: c.Lang, Text: c.Statement}
		if q.Text == "" {
			q.Text = c.Exact
		}
		ok = q.Text != ""
		var at []articles.Sentence
		err = r.Gorm().Where("revision_id = ? AND n = ?", c.RevisionID, c.Sentence).Limit(1).Find(&at).Error
		if err == nil && len(at) == 1 {
			q.ID = itemID(at[0].ID)
		}
		return err
	})
	return q, ok, err
}

// propose reads what was hit as it stands in this transaction: only sentences of live articles' newest texts, none of
// the claim's own article, none that is linked.
func (s *Service) propose(r *store.Rx, c claims.Claim, hits []match.Hit, k int) ([]Passage, error) {
	ids := []int64{-1}
	for _, h := range hits {
		if n, err := strconv.ParseInt(h.ID, 10, 64); err == nil {
			ids = append(ids, n)
		}
	}
	var rows []struct {
		articles.Sentence
		ArticleID articles.ID `gorm:"column:article_id"`
	}
	if err := r.Gorm().Table("sentences").Select("sentences.*, articles.id AS article_id").
		Joins("JOIN articles ON articles.revision_id = sentences.revision_id AND articles.state = ?", articles.Live).
		Where("sentences.id IN ? AND articles.collection_id = ? AND articles.id <> ?", ids, c.CollectionID,
			c.ArticleID).Find(&rows).Error; err != nil {
		return nil, err
	}
	linked, err := OfClaim(r, c.ID)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, row := range rows {
		at[itemID(row.ID)] = i
	}
	out := []Passage{}
	texts := map[articles.ID]articles.Text{}
	for _, h := range hits {
		i, ok := at[h.ID]
		if !ok || isLinked(linked, rows[i].Sentence) {
			continue
		}
		row := rows[i]
		t, ok := texts[row.ArticleID]
		if !ok {
			if t, err = articles.TextOf(r, row.ArticleID, 0); err != nil {
				return nil, err
			}
			texts[row.ArticleID] = t
		}
		p := Passage{Article: t.Article, Sentence: row.Sentence, Words: t.Doc.Slice(row.Span()), Score: h.Score,
			Against: h.Against, Keys: h.Keys}
		if t.Source != nil {
			p.Source = t.Source.Name
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Passage) int { return rank(a) - rank(b) })
	out = out[:min(k, len(out))]
	own := namesIn(c.Statement, c.Lang)
	for i, p := range out {
		out[i].Keys = reasons(p.Keys, own, namesIn(p.Words, p.Sentence.Lang))
		out[i].Differences = s.Differences(c, p.Words, p.Sentence.Lang)
	}
	return out, s.addOrigins(r, c, linked, out)
}

// rank puts what is against behind the rest, however many words it shares: it is never proposed as support.
func rank(p Passage) int {
	if p.Against {
		return 1
	}
	return 0
}

func isLinked(linked []Shown, sn articles.Sentence) bool {
	return slices.ContainsFunc(linked, func(x Shown) bool {
		return x.RevisionID != nil && *x.RevisionID == sn.RevisionID && x.Start < sn.End && sn.Start < x.End
	})
}

// addOrigins says of each passage where its article's text comes from, and whether the claim's own article or linked
// evidence comes from there too.
func (s *Service) addOrigins(r *store.Rx, c claims.Claim, linked []Shown, out []Passage) error {
	items := make([]Item, len(out))
	for i := range out {
		items[i].ArticleID = &out[i].Article.ID
	}
	_, origins, byArticle, _, err := around(r, items)
	if err != nil {
		return err
	}
	own, stated, err := OriginOf(r, c.ArticleID)
	if err != nil {
		return err
	}
	for i := range out {
		ao, ok := byArticle[out[i].Article.ID]
		if !ok {
			continue
		}
		o := origins[ao.OriginID]
		out[i].Origin, out[i].OriginVersion = &o, ao.Version
		switch {
		case stated && own.OriginID == o.ID:
			out[i].Twin = TwinOfClaim
		case slices.ContainsFunc(linked, func(x Shown) bool { return x.Origin != nil && x.Origin.ID == o.ID }):
			out[i].Twin = TwinOfEvidence
		}
	}
	return nil
}

// longestCompared bounds the passages that are compared, in code points: a text without a full stop is no sentence.
const longestCompared = 4000

// Differences says what a claim and a passage do not say alike, before and after linking; empty when nothing was found.
func (s *Service) Differences(c claims.Claim, passage, lang string) []string {
	words := c.Statement
	if words == "" {
		words = c.Exact
	}
	if s.compare == nil || len(words) > 4*longestCompared || len(passage) > 4*longestCompared {
		return []string{}
	}
	return append([]string{}, s.compare(words, passage, c.Lang, lang)...)
}

// Differences is the Compare that the program uses.
func Differences(claim, passage, claimLang, passageLang string) []string {
	found := match.Compare(match.Item{Lang: claimLang, Text: claim}, match.Item{Lang: passageLang, Text: passage})
	out := make([]string, len(found))
	for i, d := range found {
		out[i] = d.Message
	}
	return out
}

// Warm makes the indexes of all collections before anybody asks, the newest collection last. It ends with ctx.
func (s *Service) Warm(ctx context.Context) error {
	var all []articles.Collection
	if err := s.db.Read(ctx, func(r *store.Rx) error { return r.Gorm().Order("id").Find(&all).Error }); err != nil {
		return err
	}
	for _, c := range all {
		if _, err := s.catchUp(ctx, s.shelfOf(c.ID), c.ID); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return fault.Wrap(fault.KindOf(err), err, "The passages of collection %d cannot be indexed: %s", c.ID,
				fault.Message(err))
		}
	}
	return nil
}
