package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/search"
	"claimbench/internal/text"
)

const (
	// mostFound is how many passages a search for evidence shows.
	mostFound = 12
	// mostRanked is how many sentences that hold the words are ranked.
	mostRanked = 200
)

// Finding is a claim with the passages of other articles that hold the words that somebody looked for, those that bear
// most on the claim first.
type Finding struct {
	Head
	Query    search.Query
	Passages []evidence.Passage // at most mostFound; what is linked already is not among them
	Marks    map[articles.SentenceID][]text.Span
	Stood    map[articles.SentenceID]articles.Paragraph // where they stand in the files of their articles
	Twins    []Twin
	Held     int  // how many sentences hold the words
	More     bool // at least: there are others
	Building bool // the index is being made anew: some may be missing
	Choices  []articles.Choice
	Trail    []review.Step // what this person searched and read for the claim
}

// Find answers for whoever looks for evidence for a claim. Looking leaves nothing behind: review.Note does.
func (d *Desk) Find(ctx context.Context, actor auth.Actor, id claims.ID, q search.Query) (out Finding, err error) {
	defer fault.In(&err, "desk.Find(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Finding{Query: q, Marks: map[articles.SentenceID][]text.Span{}}
		if out.Head, err = l.head(id); err != nil {
			return err
		}
		c := out.Claim
		if err := l.mustAct(Link, c); err != nil {
			return err
		}
		if out.Choices, err = articles.Choices(l.rx, c.CollectionID, q.Article); err != nil {
			return err
		}
		if out.Trail, err = l.trailOf(c); err != nil || q.Words == "" {
			return err
		}
		linked, err := evidence.OfClaim(l.rx, id)
		if err != nil {
			return err
		}
		return l.find(&out, linked)
	})
	return out, err
}

// find looks for the words and ranks what holds them.
func (l *look) find(out *Finding, linked []evidence.Shown) error {
	q, c := out.Query, out.Claim
	q.Collection, q.NotArticle, q.Limit = c.CollectionID, c.ArticleID, mostRanked
	page, err := search.Find(l.rx, q)
	if err != nil {
		return err
	}
	ids := make([]articles.SentenceID, len(page.Hits))
	for i, h := range page.Hits {
		ids[i] = h.Sentence.ID
		out.Marks[h.Sentence.ID] = h.Marks
	}
	out.Held, out.More, out.Building = len(ids), page.More, page.Building
	if out.Passages, err = l.h.Evidence.Rank(l.rx, c, linked, ids, mostFound); err != nil {
		return err
	}
	if err := l.forgetPassages(c.CollectionID, out.Passages); err != nil {
		return err
	}
	shown := make([]articles.SentenceID, 0, len(out.Passages))
	for _, x := range out.Passages {
		if x.Article.State == articles.Live {
			shown = append(shown, x.Sentence.ID)
		}
	}
	if out.Stood, err = articles.StoodOf(l.rx, shown); err != nil {
		return err
	}
	if len(out.Passages) > 0 && l.may(auth.ThingOrigin, auth.Confirm, c.CollectionID) {
		out.Twins, err = l.twins(out.Head, linked)
	}
	return err
}

// trailOf is what this person searched and read for a claim that they may review; nobody else's is ever read.
func (l *look) trailOf(c claims.Claim) ([]review.Step, error) {
	if !l.may(auth.ThingReview, auth.Submit, c.CollectionID) {
		return nil, nil
	}
	return review.TrailOf(l.rx, l.actor.UserID, c)
}

// FoundJSON is what holds the words that somebody looked for as evidence for a claim, what bears most on it first.
type FoundJSON struct {
	Claim    claims.ID         `json:"claim"`
	Passages List[PassageJSON] `json:"passages"`
	Held     int               `json:"held"` // how many sentences hold the words
	More     bool              `json:"more"` // at least
	Building bool              `json:"building"`
}

// JSON is the answer for programs.
func (f Finding) JSON() FoundJSON {
	return FoundJSON{Claim: f.Claim.ID, Passages: passageList(f.Passages, nil, f.Names), Held: f.Held, More: f.More,
		Building: f.Building}
}
