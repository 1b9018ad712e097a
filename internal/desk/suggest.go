package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
)

// mostSuggested is how many passages a page proposes.
const mostSuggested = 8

// mostTwins bounds the articles offered beside each passage as being of one origin with it.
const mostTwins = 4

// Suggested is what the machine proposes as evidence for a claim.
type Suggested struct {
	evidence.Proposals
	Twins []Twin // for whoever may say that a passage's article shares its origin with one of these
}

// Twin is an article that a passage's article may share its origin with. Origin is 0 when it is not stated.
type Twin struct {
	Article articles.Article
	Source  string
	Own     bool // the claim's own article; else one of its evidence
	Origin  evidence.OriginID
	Version int64 // of the article's origin
}

// suggest proposes passages from the index as it stands. A page is never refused for want of a proposal: what goes
// wrong goes into the log. behind says that the index lacks texts of the collection.
func (l *look) suggest(h Head, linked []evidence.Shown) (out Suggested, behind bool) {
	got, current, err := l.h.Evidence.Propose(l.rx, h.Claim, linked, mostSuggested)
	if err != nil {
		l.log.Warn("no passages proposed", "claim", int64(h.Claim.ID), "err", err)
		return out, false
	}
	out.Proposals = got
	if len(got.Passages) > 0 && l.may(auth.ThingOrigin, auth.Confirm, h.Claim.CollectionID) {
		if out.Twins, err = l.twins(h, linked); err != nil {
			l.log.Warn("no origins offered", "claim", int64(h.Claim.ID), "err", err)
		}
	}
	return out, !current
}

// suggestAnew waits until the index has the collection's texts, as long as a page waits, and proposes in another look:
// what the page shows already is of the first one, and passages are no part of it.
func (d *Desk) suggestAnew(ctx context.Context, actor auth.Actor, h Head, linked []evidence.Shown,
	before Suggested) Suggested {
	if !d.catchUp(ctx, h.Claim.CollectionID) {
		return before
	}
	out := before
	if err := d.look(ctx, actor, func(l *look) error {
		out, _ = l.suggest(h, linked)
		return nil
	}); err != nil {
		d.log.Warn("no passages proposed", "claim", int64(h.Claim.ID), "err", err)
	}
	return out
}

// catchUp lets the index of a collection have what it lacks, for as long as a page waits.
func (d *Desk) catchUp(ctx context.Context, c auth.CollectionID) bool {
	if err := d.h.Evidence.CatchUp(ctx, c); err != nil {
		d.log.Warn("the index of passages is behind", "collection", int64(c), "err", err)
		return false
	}
	return true
}

// twins are the claim's own article and those of its evidence.
func (l *look) twins(h Head, linked []evidence.Shown) ([]Twin, error) {
	source := ""
	if h.Place.Source != nil {
		source = h.Place.Source.Name
	}
	out := []Twin{{Article: h.Place.Article, Source: source, Own: true}}
	ids := []articles.ID{h.Place.Article.ID}
	seen := map[articles.ID]bool{h.Place.Article.ID: true}
	for _, it := range linked {
		if it.Article != nil && !it.Withheld && len(out) < mostTwins && !seen[it.Article.ID] {
			seen[it.Article.ID] = true
			out, ids = append(out, Twin{Article: *it.Article, Source: it.Source}), append(ids, it.Article.ID)
		}
	}
	stated, err := evidence.StatedOrigins(l.rx, ids)
	for i, t := range out {
		out[i].Origin, out[i].Version = stated[t.Article.ID].OriginID, stated[t.Article.ID].Version
	}
	return out, err
}

// PassageRefusedJSON is a sentence that somebody found not to bear on a claim.
type PassageRefusedJSON struct {
	Claim    claims.ID           `json:"claim"`
	Sentence articles.SentenceID `json:"sentence"` // its id
}
