package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/text"
)

// mostSuggested is how many passages a page proposes.
const mostSuggested = 8

// mostTwins bounds the articles offered beside each passage as being of one origin with it.
const mostTwins = 4

// Suggested is what the machine proposes as evidence for a claim.
type Suggested struct {
	evidence.Proposals
	Names Names  // of the machines that propose some of them
	Twins []Twin // for whoever may say that a passage's article shares its origin with one of these
	// the model that glosses of them may be asked of, and those that this person asked for; "" none
	Model, Host string
	Glosses     map[articles.SentenceID]PassageGloss
}

// Twin is an article that a passage's article may share its origin with. Origin is 0 when it is not stated.
type Twin struct {
	Article articles.Article
	Source  string
	Own     bool // the claim's own article; else one of its evidence
	Origin  evidence.OriginID
	Version int64 // of the article's origin
}

// Suggesting is a claim with what is proposed as evidence for it, for whoever may link some.
type Suggesting struct {
	Head
	Suggested Suggested
}

// Suggesting answers for the panel of suggested passages. There are none for a claim that takes no evidence as it
// stands. It waits for an index that is behind as long as a page waits.
func (d *Desk) Suggesting(ctx context.Context, actor auth.Actor, id claims.ID) (out Suggesting, err error) {
	defer fault.In(&err, "desk.Suggesting(%d)", id)
	err = d.caughtUp(ctx, func() (auth.CollectionID, bool, error) {
		behind := false
		err := d.look(ctx, actor, func(l *look) (err error) {
			if out.Head, err = l.head(id); err != nil {
				return err
			}
			if err := l.must(auth.ThingEvidence, auth.Link, out.Claim.CollectionID); err != nil ||
				!out.Acts.Has(Link) {
				return err
			}
			linked, err := evidence.OfClaim(l.rx, id)
			if err != nil {
				return err
			}
			out.Suggested, behind, err = l.proposed(out.Head, linked)
			return err
		})
		return out.Claim.CollectionID, behind, err
	})
	return out, err
}

// caughtUp answers from the index of passages, and once more when that was behind and has caught up: what an answer
// takes outside the database is waited for between two looks.
func (d *Desk) caughtUp(ctx context.Context, answer func() (auth.CollectionID, bool, error)) error {
	c, behind, err := answer()
	if err == nil && behind && d.catchUp(ctx, c) {
		_, _, err = answer()
	}
	return err
}

// suggest is proposed for a page that is whole without: what goes wrong goes into the log.
func (l *look) suggest(h Head, linked []evidence.Shown) (out Suggested, behind bool) {
	out, behind, err := l.proposed(h, linked)
	if err != nil {
		l.log.Warn("no passages proposed", "claim", int64(h.Claim.ID), "err", err)
		return Suggested{}, false
	}
	return out, behind
}

// proposed proposes passages from the index as it stands. behind says that the index lacks texts of the collection.
func (l *look) proposed(h Head, linked []evidence.Shown) (out Suggested, behind bool, err error) {
	got, current, err := l.h.Evidence.Propose(l.rx, h.Claim, linked, mostSuggested)
	if err != nil {
		return out, false, err
	}
	out.Proposals, out.Names = got, l.names
	for _, p := range got.Passages {
		l.name(p.By...)
	}
	if err := l.forgetPassages(h.Claim.CollectionID, got.Passages); err != nil {
		return out, false, err
	}
	if out.Model, out.Host, err = l.sends(h.Claim.CollectionID); err != nil {
		return out, false, err
	}
	if out.Model != "" && len(got.Passages) > 0 {
		if out.Glosses, err = l.passageGlosses(h.Claim.ID); err != nil {
			return out, false, err
		}
	}
	if len(got.Passages) > 0 && l.may(auth.ThingOrigin, auth.Confirm, h.Claim.CollectionID) {
		if out.Twins, err = l.twins(h, linked); err != nil {
			return out, false, err
		}
	}
	return out, !current, nil
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

// PassagesJSON lists the passages that the machine proposes as evidence for a claim, best first, those against behind.
type PassagesJSON struct {
	Claim    claims.ID         `json:"claim"`
	Passages List[PassageJSON] `json:"passages"`
	Pending  int               `json:"pending"` // articles that are not searched yet
	Searched int               `json:"searched"`
}

// PassageJSON is a sentence of another article that may bear on a claim; it says nothing of the stance.
type PassageJSON struct {
	Article    articles.ID         `json:"article"`
	Revision   articles.RevisionID `json:"revision"`
	Sentence   int                 `json:"sentence"`
	SentenceID articles.SentenceID `json:"sentence_id"` // as “proposed” when it is linked or refused
	text.Span
	Lang    string  `json:"lang"`
	Dir     string  `json:"dir"`
	Source  string  `json:"source,omitempty"`
	Words   string  `json:"words"`
	Origin  string  `json:"origin,omitempty"` // left out when it is not stated
	Score   float64 `json:"score"`
	Against bool    `json:"against"` // it speaks of another incident, number or date
	Refused bool    `json:"refused"` // somebody said that it does not bear on the claim
	// "claim" or "evidence": it shares its origin with the claim's article, or with what is linked already
	Twin        evidence.Twin `json:"twin,omitempty"`
	Keys        []KeyJSON     `json:"keys"`
	Differences []string      `json:"differences"`
	// the machines that propose it, besides the rules or instead of them
	ProposedBy []string `json:"proposed_by"`
	Near       float64  `json:"near,omitempty"` // in meaning, 0 to 1, by the vectors of a model
	// which language model put it here, and why, in its own words; left out where it stands as the rules put it
	Ordered *OrderedJSON      `json:"ordered,omitempty"`
	Gloss   *PassageGlossJSON `json:"gloss,omitempty"` // that this person asked for
}

// OrderedJSON says that a language model put a passage where it stands.
type OrderedJSON struct {
	Model string `json:"model"`
	Why   string `json:"why"` // in its own words; "" where it gave none that can be shown
}

// JSON is the answer for programs.
func (s Suggesting) JSON() PassagesJSON {
	return PassagesJSON{Claim: s.Claim.ID, Pending: s.Suggested.Pending, Searched: s.Suggested.Searched,
		Passages: passageList(s.Suggested.Passages, s.Suggested.Glosses, s.Names)}
}

func passageList(all []evidence.Passage, glosses map[articles.SentenceID]PassageGloss,
	names Names) (out List[PassageJSON]) {
	for _, p := range all {
		x := PassageJSON{Article: p.Article.ID, Revision: p.Sentence.RevisionID, Sentence: p.Sentence.N,
			SentenceID: p.Sentence.ID, Span: p.Sentence.Span, Lang: p.Sentence.Lang, Dir: p.Sentence.Dir,
			Source: p.Source, Words: p.Words, Score: p.Score, Against: p.Against, Refused: p.Refused, Twin: p.Twin,
			Keys: keysJSON(p.Keys), Differences: some(p.Differences), ProposedBy: names.all(p.By),
			Near: p.Near}
		if p.Ordered != nil {
			x.Ordered = &OrderedJSON{p.Ordered.Model, p.Ordered.Why}
		}
		if p.Origin != nil {
			x.Origin = p.Origin.Name
		}
		if g, there := glosses[p.Sentence.ID]; there {
			x.Gloss = g.json()
		}
		out.Items = append(out.Items, x)
	}
	return out
}

// PassageRefusedJSON is a sentence that somebody found not to bear on a claim.
type PassageRefusedJSON struct {
	Claim    claims.ID           `json:"claim"`
	Sentence articles.SentenceID `json:"sentence"` // its id
}
