package evidence

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// RefusalID is the id of a refused proposal.
type RefusalID int64

// OriginRefusal says that a person looked at two articles proposed as one origin, and that they are not. A is the
// lesser id. The pair is not proposed again.
type OriginRefusal struct {
	ID           RefusalID         `gorm:"column:id;primaryKey" json:"id"`
	CollectionID auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	A            articles.ID       `gorm:"column:article_a" json:"a"`
	B            articles.ID       `gorm:"column:article_b" json:"b"`
	RefusedBy    auth.UserID       `gorm:"column:refused_by" json:"refused_by"`
	RefusedAt    store.Micros      `gorm:"column:refused_at" json:"refused_at"`
}

// TableName names the table.
func (OriginRefusal) TableName() string { return "origin_refusals" }

func refusalObject(id RefusalID) string { return fmt.Sprintf("origin_refusal:%d", id) }

func refusalFields(x OriginRefusal) history.Fields {
	return history.Fields{"collection": history.Num(x.CollectionID), "article_a": history.Num(x.A),
		"article_b":  history.Num(x.B),
		"refused_by": history.Num(x.RefusedBy)}
}

// OriginProposal is another article that looks like the same text: a copy, a translation, a story of the same agency.
// Overlap is in per mille: of the shingles for a copy, otherwise the cosine of the keys.
type OriginProposal struct {
	Other        articles.Article `json:"other"`
	OtherSource  string           `json:"other_source"`
	Kind         string           `json:"kind"`
	Overlap      int              `json:"overlap"`
	Own          *Origin          `json:"own,omitempty"` // the origins stated so far
	Others       *Origin          `json:"others,omitempty"`
	Version      int64            `json:"version"` // of this article's origin, 0 not stated
	OtherVersion int64            `json:"other_version"`
	Name         string           `json:"name"` // the name that suggests itself for the origin, or ""
	By           []auth.UserID    `json:"-"`    // the machines that say so, besides the rules or instead of them
}

// OriginProposals lists the articles that look like this one. Pairs that a person confirmed or refused are left out.
// pending says that articles are still being compared.
func (s *Service) OriginProposals(ctx context.Context, actor auth.Actor, id articles.ID) (out []OriginProposal,
	pending bool, err error) {
	defer fault.In(&err, "evidence.OriginProposals(%d)", id)
	var own articles.Article
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		own, err = articles.ByIDFor(r, s.policy, actor, id)
		return err
	}); err != nil {
		return nil, false, err
	}
	for range 2 {
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			out, pending, err = s.Alike(r, own)
			return err
		}); err != nil || !pending {
			return out, pending, err
		}
		if err := s.Compare(ctx, own.CollectionID); err != nil {
			return nil, false, err
		}
	}
	return out, pending, nil
}

// Alike is OriginProposals inside a transaction, from what is known: pending says that Compare may find more. It asks
// no permission.
func (s *Service) Alike(r *store.Rx, own articles.Article) (out []OriginProposal, pending bool, err error) {
	mark, err := markOf(r, own.CollectionID)
	if err != nil {
		return nil, false, err
	}
	pairs, pending := s.pairsOf(own, mark)
	offered, err := claims.BesideArticle(r, own.ID)
	if err != nil {
		return nil, false, err
	}
	by := map[articles.ID][]auth.UserID{}
	for _, p := range offered {
		other := p.OtherArticleID
		if other == own.ID {
			other = p.ArticleID
		}
		if !slices.ContainsFunc(pairs, func(x likePair) bool { return x.other == other }) {
			pairs = append(slices.Clip(pairs), likePair{other: other, kind: LikeByMachine})
		}
		if !slices.Contains(by[other], p.Machine) {
			by[other] = append(by[other], p.Machine)
		}
	}
	if len(pairs) == 0 {
		return []OriginProposal{}, pending, nil
	}
	out, err = proposeOrigins(r, own, pairs)
	for i, p := range out {
		out[i].By = by[p.Other.ID]
	}
	return out, pending, err
}

// LikeByMachine is the kind of a proposal that the rules do not make.
const LikeByMachine = "machine"

func proposeOrigins(r *store.Rx, own articles.Article, all []likePair) ([]OriginProposal, error) {
	out := []OriginProposal{}
	ids := []articles.ID{own.ID}
	for _, p := range all {
		ids = append(ids, p.other)
		out = append(out, OriginProposal{Other: articles.Article{ID: p.other}, Kind: p.kind, Overlap: p.overlap})
	}
	var refused []OriginRefusal
	if err := r.Gorm().Where("article_a = ? AND article_b IN ? OR article_b = ? AND article_a IN ?", own.ID, ids[1:],
		own.ID, ids[1:]).Find(&refused).Error; err != nil {
		return nil, err
	}
	no := map[articles.ID]bool{}
	for _, x := range refused {
		no[x.A], no[x.B] = true, true
	}
	facts, err := factsOf(r, ids)
	if err != nil {
		return nil, err
	}
	originOf := func(id articles.ID) (*Origin, int64) {
		if x := facts[id]; x.Known.ID != 0 {
			return &x.Known, x.OriginVer
		}
		return nil, 0
	}
	kept := out[:0]
	for _, p := range out {
		other := facts[p.Other.ID]
		p.Other, p.OtherSource = other.Article, other.SourceName
		p.Own, p.Version = originOf(own.ID)
		p.Others, p.OtherVersion = originOf(p.Other.ID)
		one := p.Own != nil && p.Others != nil && p.Own.ID == p.Others.ID
		if one || no[p.Other.ID] || p.Other.State != articles.Live || own.State != articles.Live {
			continue
		}
		p.Name = nameFor(p, own, facts[own.ID].SourceName)
		kept = append(kept, p)
	}
	return kept, nil
}

// nameFor suggests a name: an origin stated already, or whoever published first.
func nameFor(p OriginProposal, own articles.Article, ownSource string) string {
	switch {
	case p.Own != nil:
		return p.Own.Name
	case p.Others != nil:
		return p.Others.Name
	case ownSource == "" || p.OtherSource != "" && p.Other.Published != "" && p.Other.Published < own.Published:
		return p.OtherSource
	}
	return ownSource
}

// OneOrigin says that two articles come from one origin. The versions are those of their origins when the person
// looked, 0 where none was stated. Name may be empty when one of them has an origin; B's comes first.
type OneOrigin struct {
	A, B               articles.ID
	VersionA, VersionB int64
	Name               string
	Proposed           bool // the person answers a proposal, which somebody else may have refused since
	ByPublisher        bool // without a name and an origin it is called for whoever published B
}

// ConfirmOrigin states one origin for two articles of one collection, each as an event. Reviews that relied on either
// become stale.
func (s *Service) ConfirmOrigin(ctx context.Context, actor auth.Actor, one OneOrigin) (_ Origin, err error) {
	defer fault.In(&err, "evidence.ConfirmOrigin(%d, %d)", one.A, one.B)
	who, c, err := s.mayJoin(ctx, actor, one.A, one.B)
	if err != nil {
		return Origin{}, err
	}
	one.Name = strings.TrimSpace(one.Name)
	if err := text.CheckTyped("origin", one.Name); err != nil {
		return Origin{}, fault.Wrap(fault.Invalid, err, "%s", err).With("origin", err.Error())
	}
	var out Origin
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		found, err := s.joined(tx, one.A, one.B, one.Proposed)
		if err != nil {
			return err
		}
		if out, err = originFor(tx, who, c, one, found[one.B]); err != nil {
			return err
		}
		held := heldOrigins{Pair: []articles.ID{one.A, one.B}}
		for _, x := range []struct {
			id, other articles.ID
			version   int64
		}{{one.A, one.B, one.VersionA}, {one.B, one.A, one.VersionB}} {
			now, stated, err := OriginOf(&tx.Rx, x.id)
			if err != nil {
				return err
			}
			if stated && now.Version == x.version && now.OriginID == out.ID {
				continue
			}
			is, err := state(tx, who, found[x.id], out, x.version, "One origin with "+articles.Object(x.other))
			if err != nil {
				return err
			}
			held.Was, held.Is = append(held.Was, now), append(held.Is, is)
		}
		if err := claims.SettleOrigin(tx, who, one.A, one.B, claims.Accepted); err != nil {
			return err
		}
		return noteOrigins(tx, who, c, held)
	})
	return out, err
}

// originFor is the origin that two articles share from now on.
func originFor(tx *store.Tx, who history.Who, c auth.CollectionID, one OneOrigin, b articles.Article) (Origin, error) {
	if one.Name != "" {
		return originNamed(tx, who, c, one.Name)
	}
	for _, id := range []articles.ID{one.B, one.A} {
		ao, stated, err := OriginOf(&tx.Rx, id)
		if err != nil {
			return Origin{}, err
		}
		if stated {
			var o Origin
			return o, store.Take(tx.Gorm(), &o, "such origin", "id = ?", ao.OriginID)
		}
	}
	if one.ByPublisher {
		name, err := publisherOf(&tx.Rx, b)
		if err != nil {
			return Origin{}, err
		}
		return originNamed(tx, who, c, name)
	}
	return Origin{}, fault.New(fault.Invalid, "Name the origin: who first made this text.").With("origin",
		"An origin needs a name.")
}

// publisherOf says who published an article: its source, else what it says of itself.
func publisherOf(r *store.Rx, a articles.Article) (string, error) {
	facts, err := factsOf(r, []articles.ID{a.ID})
	if err != nil {
		return "", err
	}
	names := []string{facts[a.ID].SourceName}
	if a.State == articles.Live {
		names = append(names, a.Byline, a.Title)
	}
	for _, name := range names {
		if name != "" {
			return name, nil
		}
	}
	return fmt.Sprintf("Origin of article %d", a.ID), nil
}

// RefuseOrigin records that two articles proposed as one origin are not. reason may be empty.
func (s *Service) RefuseOrigin(ctx context.Context, actor auth.Actor, a, b articles.ID, reason string) (_ OriginRefusal,
	err error) {
	defer fault.In(&err, "evidence.RefuseOrigin(%d, %d)", a, b)
	who, c, err := s.mayJoin(ctx, actor, a, b)
	if err != nil {
		return OriginRefusal{}, err
	}
	if err := text.CheckReason(&reason, "", ""); err != nil {
		return OriginRefusal{}, err
	}
	var out OriginRefusal
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := s.joined(tx, a, b, true); err != nil {
			return err
		}
		out = OriginRefusal{CollectionID: c, A: min(a, b), B: max(a, b), RefusedBy: actor.UserID, RefusedAt: tx.Now()}
		if err := tx.Gorm().Create(&out).Error; err != nil {
			return err
		}
		if err := out.tell(tx, who, reason, ""); err != nil {
			return err
		}
		if err := claims.SettleOrigin(tx, who, a, b, claims.Refused); err != nil {
			return err
		}
		return noteRefusal(tx, who, out)
	})
	return out, err
}

// tell writes the event of a refusal.
func (x OriginRefusal) tell(tx *store.Tx, who history.Who, reason, batch string) error {
	_, err := history.Append(tx, who, history.Event{Action: "origin.refused", Object: refusalObject(x.ID),
		Collection: int64(x.CollectionID), After: refusalFields(x), Reason: reason, Batch: batch})
	return err
}

// mayJoin asks whether the actor may say something about the origin of both articles.
func (s *Service) mayJoin(ctx context.Context, actor auth.Actor, a, b articles.ID) (who history.Who,
	c auth.CollectionID, err error) {
	var one, other articles.Article
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		if one, err = articles.ByIDFor(r, s.policy, actor, a); err == nil {
			other, err = articles.ByIDFor(r, s.policy, actor, b)
		}
		return err
	}); err != nil {
		return who, 0, err
	}
	if other.CollectionID != one.CollectionID {
		return who, 0, fault.New(fault.NotFound, "There is no such article in this collection.")
	}
	if a == b {
		return who, 0, fault.New(fault.Invalid, "These are one and the same article. Choose another.").With("other",
			"Choose another article.")
	}
	who, err = s.policy.May(actor, auth.ThingOrigin, auth.Confirm, one.CollectionID)
	return who, one.CollectionID, err
}

// joined locks two articles, and refuses when somebody has answered their proposal meanwhile.
func (s *Service) joined(tx *store.Tx, a, b articles.ID, proposed bool) (map[articles.ID]articles.Article, error) {
	found, err := lockArticles(tx, a, b)
	if err != nil || !proposed {
		return found, err
	}
	var n int64
	if err := tx.Gorm().Model(&OriginRefusal{}).Where("article_a = ? AND article_b = ?", min(a, b),
		max(a, b)).Count(&n).Error; err != nil {
		return nil, err
	}
	if n > 0 {
		return nil, fault.Stale(
			"Somebody said meanwhile that these two articles are not of one origin. Reload the page to see it; you " +
				"can still state an origin for each.")
	}
	x, statedA, err := OriginOf(&tx.Rx, a)
	if err != nil {
		return nil, err
	}
	y, statedB, err := OriginOf(&tx.Rx, b)
	if err == nil && statedA && statedB && x.OriginID == y.OriginID {
		err = fault.Stale(
			"Somebody confirmed meanwhile that these two articles are of one origin. Reload the page to see it.")
	}
	return found, err
}
