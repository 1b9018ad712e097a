package claims

import (
	"context"
	"fmt"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Reanchored says what became of the claims that stood in older revisions of an article.
type Reanchored struct {
	Revision articles.RevisionID `json:"revision"` // the newest
	Moved    []ID                `json:"moved"`    // words unchanged and found once: in the newest revision now
	Asking   []ID                `json:"asking"`   // a person is asked
	Kept     []ID                `json:"kept"`     // a person left them in their revision already
	// decided or approved: they keep their revision until they are reopened
	Locked []ID `json:"locked"`
}

// Reanchor looks for the claims of an article's older revisions in its newest one. Those whose words stand there
// unchanged and once move by themselves; their words, and so the reviews of them, are the same. For the others it
// notes what changed and asks a person. Claims that are decided or approved keep their revision. To ask again changes
// nothing.
func (s *Service) Reanchor(ctx context.Context, actor auth.Actor, article articles.ID) (_ Reanchored, err error) {
	defer fault.In(&err, "claims.Reanchor(%d)", article)
	return s.reanchor(ctx, actor, article, 0)
}

// ReanchorOne is Reanchor for one claim.
func (s *Service) ReanchorOne(ctx context.Context, actor auth.Actor, id ID) (_ Reanchored, err error) {
	defer fault.In(&err, "claims.ReanchorOne(%d)", id)
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return Reanchored{}, err
	}
	return s.reanchor(ctx, actor, c.ArticleID, id)
}

// Follow is ReanchorOne after another change of a claim that is done already: it gives the claim as it is then. When
// it fails the claim stays where it was, and asks: what asks is read from the rows, not from a note.
func (s *Service) Follow(ctx context.Context, actor auth.Actor, c Claim) Claim {
	var a articles.Article
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		a, err = articles.ByID(r, c.ArticleID)
		return err
	}); err != nil || a.RevisionID == nil || *a.RevisionID == c.RevisionID {
		return c
	}
	if _, err := s.ReanchorOne(ctx, actor, c.ID); err != nil {
		return c
	}
	if now, err := s.Get(ctx, actor, c.ID); err == nil {
		return now
	}
	return c
}

func (s *Service) reanchor(ctx context.Context, actor auth.Actor, article articles.ID, only ID) (Reanchored, error) {
	var out Reanchored
	moved := []ID{}
	busy := fmt.Sprintf("The claims of article %d are being changed by others just now.", article)
	err := articles.FollowNewest(ctx, s.db, s.policy, actor, article, busy, func(t articles.Text) (all bool,
		err error) {
		out, all, err = s.followAll(ctx, actor, t, only)
		moved = append(moved, out.Moved...)
		return all, err
	})
	out.Moved = moved
	return out, err
}

// followAll looks once for every claim of the older texts, or for one, and says whether that was all (writeAnchors).
func (s *Service) followAll(ctx context.Context, actor auth.Actor, t articles.Text, only ID) (out Reanchored, all bool,
	err error) {
	out, all = Reanchored{t.Revision.ID, []ID{}, []ID{}, []ID{}, []ID{}}, true
	for last := ID(0); ; {
		older, err := s.olderClaims(ctx, t, only, last)
		if err != nil || len(older) == 0 {
			return out, all, err
		}
		if _, err := s.policy.May(actor, auth.ThingClaim, auth.Write, t.Article.CollectionID); err != nil {
			return out, false, err
		}
		var todo []found
		for _, c := range older {
			switch {
			case c.State.Locked():
				out.Locked = append(out.Locked, c.ID)
			case !c.asks(t.Revision.ID):
				out.Kept = append(out.Kept, c.ID)
			default:
				todo = append(todo, find(t, c))
			}
		}
		done, whole, err := s.writeAnchors(ctx, actor, t, todo)
		if err != nil {
			return out, false, err
		}
		out.Moved, out.Asking = append(out.Moved, done.Moved...), append(out.Asking, done.Asking...)
		all, last = all && whole, older[len(older)-1].ID
	}
}

// olderAtOnce is how many claims of older texts are read, and looked for in the newest, before they are written.
const olderAtOnce = 512

// olderClaims reads the claims that stand in older texts than the article's newest and have not ended, in the order of
// their ids, after one, or one of them only. A text that is withheld has none.
func (s *Service) olderClaims(ctx context.Context, t articles.Text, only, after ID) (older []Claim, err error) {
	if t.Withheld() {
		return nil, nil
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		older = nil
		q := r.Gorm().Where("article_id = ? AND revision_id <> ? AND state NOT IN ? AND id > ?", t.Article.ID,
			t.Revision.ID, Ended(), after)
		if only != 0 {
			q = q.Where("id = ?", only)
		}
		return q.Order("id").Limit(olderAtOnce).Find(&older).Error
	})
	return older, err
}

// found is how a claim, as it was read, stands in a newer text.
type found struct {
	claim   Claim
	anchor  Anchor
	spot    articles.Spot // empty when orphaned
	more    Stretches     // the other stretches, as far as something like them is there
	changes Changes
}

// find looks for a claim's words in a text, stretch by stretch.
func find(t articles.Text, c Claim) found {
	anchor, at, changes := c.Follow(t)
	f := found{claim: c, anchor: Anchor(anchor), spot: at, changes: changesOf(changes)}
	before := at.Span
	for _, s := range c.More {
		anchor, at, changes := articles.Place{RevisionID: c.RevisionID, Span: s.Span, Quote: s.Quote}.Follow(t)
		f.changes = append(f.changes, changesOf(changes)...)
		ordered := at.Start >= before.End
		if at.Placed() && ordered {
			f.more, before = append(f.more, Stretch{Span: at.Span, Quote: at.Quote, Sentence: at.Sentence}), at.Span
		}
		f.anchor = f.anchor.with(Anchor(anchor), at.Placed() && ordered)
	}
	return f
}

// with is how a claim stands whose next stretch stands so: by itself it moves only when all stretches are found, in
// their order. Where its first stretch is gone there is no proposal at all.
func (a Anchor) with(next Anchor, inPlace bool) Anchor {
	switch {
	case a == AnchorOrphaned:
		return AnchorOrphaned
	case !inPlace || a == AnchorAsks || next == AnchorAsks:
		return AnchorAsks
	case a == AnchorRelocated || next == AnchorRelocated:
		return AnchorRelocated
	}
	return AnchorExact
}

// unchanged says that the claim may move without a person.
func (f found) unchanged() bool { return f.anchor == AnchorExact || f.anchor == AnchorRelocated }

// writeAnchors writes what was found, in slices, and says whether that was all: a claim that was changed since it was
// read is left for the next time, and so is everything when the article got yet another text.
func (s *Service) writeAnchors(ctx context.Context, actor auth.Actor, t articles.Text, todo []found) (out Reanchored,
	all bool, err error) {
	all = true
	for n := anchorSlice; len(todo) > 0; {
		n = min(n, len(todo))
		begun := time.Now()
		done, rest, err := s.writeSomeAnchors(ctx, actor, t, todo[:n])
		if err != nil {
			return out, false, err
		}
		out.Moved, out.Asking = append(out.Moved, done.Moved...), append(out.Asking, done.Asking...)
		all = all && rest
		if todo = todo[n:]; len(todo) > 0 {
			n = jobs.NextSlice(n, time.Since(begun))
			jobs.Pause(ctx, time.Since(begun))
		}
	}
	return out, all, nil
}

// anchorSlice is how many claims the first Write moves; the next ones as many as the writer can be held for.
const anchorSlice = 64

func (s *Service) writeSomeAnchors(ctx context.Context, actor auth.Actor, t articles.Text, todo []found) (
	out Reanchored, all bool, err error) {
	newest := t.Revision.ID
	batch := fmt.Sprintf("reanchor:%d:%d", t.Article.ID, newest)
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		out, all = Reanchored{Revision: newest}, true
		a, err := articles.ByID(&tx.Rx, t.Article.ID)
		if err != nil {
			return err
		}
		if a.State != articles.Live || a.RevisionID == nil || *a.RevisionID != newest {
			all = false
			return nil
		}
		who, err := s.policy.Still(tx, actor, auth.ThingClaim, auth.Write, a.CollectionID)
		if err != nil {
			return err
		}
		for _, f := range todo {
			c, err := lock(tx, f.claim.ID)
			if err != nil {
				return err
			}
			if c.Version != f.claim.Version {
				all = false
				continue
			}
			if f.unchanged() {
				out.Moved = append(out.Moved, c.ID)
			} else {
				out.Asking = append(out.Asking, c.ID)
			}
			if err := s.writeAnchor(tx, who, c, f, newest, batch); err != nil {
				return err
			}
		}
		return nil
	})
	return out, all, err
}

func (s *Service) writeAnchor(tx *store.Tx, who history.Who, c Claim, f found, newest articles.RevisionID,
	batch string) error {
	after, action := c, "claim.anchor_asked"
	if f.unchanged() {
		after.MoveTo(f.spot)
		after.More = f.more
		action = "claim.reanchored"
	} else if c.noted(f, newest) {
		return nil
	}
	after.note(f.anchor, newest, f.spot.Span, f.changes)
	return s.update(tx, who, c, &after, action, "", batch)
}

func (c *Claim) note(anchor Anchor, revision articles.RevisionID, span text.Span, changes Changes) {
	c.Anchor, c.AnchorRevision, c.AnchorSpan, c.AnchorChanges = anchor, &revision, span, changes
}

// noted says that the claim tells already what was found.
func (c Claim) noted(f found, newest articles.RevisionID) bool {
	return c.Anchor == f.anchor && c.AnchorRevision != nil && *c.AnchorRevision == newest &&
		c.AnchorSpan == f.spot.Span && c.AnchorChanges.String() == f.changes.String()
}

// takenSpans gives the claims of an article's older revisions where their words stand in a newer text, so that nobody
// is offered again what was rejected in the older one, or what a person is being asked about.
// They are read in parts, each in a look of its own: an article may have had very many.
func (s *Service) takenSpans(ctx context.Context, t articles.Text) (out []Claim, err error) {
	start, last := -1, ID(0)
	for {
		var older []Claim
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			older, err = store.Select[Claim](r, olderQuery, t.Article.ID, t.Revision.ID, start, last)
			return err
		}); err != nil {
			return nil, err
		}
		for _, c := range older {
			start, last = c.Start, c.ID
			f := find(t, c)
			if !f.spot.Placed() || c.State.Ended() && !f.unchanged() {
				continue
			}
			c.MoveTo(f.spot)
			c.More = f.more
			out = append(out, c)
		}
		if len(older) < idsAtOnce {
			return out, nil
		}
	}
}

var olderQuery = fmt.Sprintf("SELECT * FROM claims WHERE article_id = ? AND revision_id <> ? AND "+
	"(start_cp, id) > (?, ?) ORDER BY start_cp, id LIMIT %d", idsAtOnce)
