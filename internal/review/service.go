package review

import (
	"context"
	"maps"
	"math"
	"net/url"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Service is what may be done with reviews, decisions and approvals.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	claims *claims.Service
	stir   chan struct{} // unsent reviews are to be looked through soon
}

// New makes the service.
func New(db *store.DB, policy *auth.Policy, c *claims.Service) *Service {
	s := &Service{db: db, policy: policy, claims: c, stir: make(chan struct{}, 1)}
	c.OnRound(newestRound)
	c.OnOpen(s.turned)
	c.OnBatch(claims.BatchGive, givingMany{s})
	c.OnBatch(claims.BatchSnooze, puttingOffMany{s})
	return s
}

// newestRound is the number of the newest round of a claim that ended, 0 for none. It is the same with and without
// reviews that are hidden.
func newestRound(r *store.Rx, id claims.ID) (n int, err error) {
	return n, r.Gorm().Model(&Round{}).Select("COALESCE(MAX(n), 0)").Where("claim_id = ? AND closed_at IS NOT NULL",
		id).Scan(&n).Error
}

func (s *Service) allowed(ctx context.Context, actor auth.Actor, id claims.ID, t auth.Thing, act auth.Action) (
	claims.Claim, history.Who, error) {
	return claims.Allowed(ctx, s.db, s.policy, actor, id, t, act)
}

// roundOf reads the claim's present round; it is missing until the first review of the round came in.
func roundOf(r *store.Rx, c claims.Claim) (Round, bool, error) {
	var found []Round
	if err := r.Gorm().Where("claim_id = ? AND n = ?", c.ID, c.Round).Limit(1).Find(&found).Error; err != nil ||
		len(found) == 0 {
		return Round{}, false, err
	}
	return found[0], true, nil
}

// write is one Write whose events come into the history together.
func (s *Service) write(ctx context.Context, f func(*store.Tx) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return history.Together(tx, func() error { return f(tx) })
	})
}

// openRound gives the claim's present round, made under the collection's rules when this is its first review; there
// says that it was there already.
func openRound(tx *store.Tx, who history.Who, c claims.Claim, col articles.Collection, why string) (rd Round,
	there bool, err error) {
	if rd, there, err = roundOf(&tx.Rx, c); err != nil || there {
		return rd, there, err
	}
	rd, err = makeRound(tx, who, c, col, why)
	return rd, false, err
}

func makeRound(tx *store.Tx, who history.Who, c claims.Claim, col articles.Collection, why string) (Round, error) {
	rd := Round{Public: store.Draw(), ClaimID: c.ID, N: c.Round, Quorum: col.Quorum, Rule: col.Rule,
		OpenedBy: auth.UserID(who.UserID), OpenedAt: tx.Now(), ReopenReason: why}
	if err := tx.Gorm().Create(&rd).Error; err != nil {
		return rd, err
	}
	// That a round opened tells that somebody has reviewed, so the event is veiled like the review itself.
	_, err := history.Append(tx, who, history.Event{Action: "round.opened", Object: roundObject(rd),
		Collection: int64(c.CollectionID), After: roundFields(rd), Texts: history.Texts{"reopen_reason": why},
		Veil: int64(rd.ID)})
	return rd, err
}

func closeRound(tx *store.Tx, who history.Who, c claims.Claim, rd *Round, outcome Outcome) error {
	before := roundFields(*rd)
	at := tx.Now()
	rd.ClosedAt, rd.Outcome = &at, outcome
	if err := store.Changed(tx.Gorm().Model(&Round{}).Where("id = ? AND closed_at IS NULL",
		rd.ID).Updates(map[string]any{"closed_at": at, "outcome": outcome}), "this round"); err != nil {
		return err
	}
	if err := tx.Gorm().Exec("UPDATE reviews SET settled = TRUE WHERE claim_id = ? AND round_id = ?", c.ID,
		rd.ID).Error; err != nil {
		return err
	}
	if outcome != InConflict { // a round in conflict stays veiled: its adjudicator must not know whose reviews they are
		if err := history.Lift(tx, int64(rd.ID)); err != nil {
			return err
		}
	}
	_, err := history.Append(tx, who, history.Event{Action: "round.closed", Object: roundObject(*rd),
		Collection: int64(c.CollectionID), Before: before, After: roundFields(*rd)})
	return err
}

// current lists the reviews of a round that are not superseded.
func current(r *store.Rx, id RoundID) (out []Review, err error) {
	return out, r.Gorm().Where("round_id = ? AND superseded_at IS NULL", id).Order("id").Find(&out).Error
}

// weighing is the evidence of a claim as a verdict on it is judged by.
type weighing struct {
	around
	shown  []evidence.Shown // all that is linked
	linked []Weighed        // as the guards see it: without what is withheld
}

// weigh reads the evidence linked to a claim.
func weigh(r *store.Rx, c claims.Claim) (weighing, error) {
	shown, err := evidence.OfClaim(r, c.ID)
	if err != nil {
		return weighing{}, err
	}
	w, url, err := groundsOf(r, c)
	return weighing{around: w, shown: shown, linked: weighShown(c, url, w.own, shown)}, err
}

// weighShown weighs what is linked to a claim of an article at an address and of an origin (0: none is stated).
func weighShown(c claims.Claim, url string, own evidence.ArticleOrigin, shown []evidence.Shown) (out []Weighed) {
	for _, x := range shown {
		if x.Withheld {
			continue // its article was taken down: nobody can read what it says
		}
		w := Weighed{ID: x.ID, Stance: x.Stance, Kind: x.Kind, Own: x.ArticleID != nil && *x.ArticleID == c.ArticleID}
		w.Own = w.Own || samePage(url, x.URL) || samePage(url, x.ArchivedURL)
		if id := x.OriginID(); id != 0 {
			w.Origin = id
			w.Own = w.Own || own.OriginID == id
		}
		out = append(out, w)
	}
	return out
}

// samePage says whether two addresses are one page: the scheme, "www.", the case of the host, a fragment and a last
// slash make no other page.
func samePage(a, b string) bool {
	key := func(raw string) string {
		u, err := url.Parse(raw)
		if err != nil || u.Host == "" {
			return ""
		}
		return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/") + "?" +
			u.RawQuery
	}
	return a != "" && b != "" && key(a) != "" && key(a) == key(b)
}

// around is what the staleness of reviews is judged by. Items holds every item that was linked to the claim, unlinked
// ones too: opposing evidence asks for another look even when it is gone again, else a round would wait for nobody.
type around struct {
	items []evidence.Known
	own   evidence.ArticleOrigin // of the claim's own article; version 0: not stated
	// what happened to origins after this does not count: the moment of the decision, or now
	until store.Micros
}

// now is the moment after which nothing has happened yet.
const now = store.Micros(math.MaxInt64)

// moved says whether the origin of an article is another than when a review came in. The review knows which version it
// saw; one that an earlier program took in, or a moment that is past, can only be compared by the times.
func (w around) moved(rv Review, a articles.ID, version int64, confirmed store.Micros) bool {
	if w.until == now {
		for _, seen := range rv.Ground {
			if seen[0] == int64(a) {
				return seen[1] != version
			}
		}
	}
	return confirmed > rv.SubmittedAt && confirmed <= w.until
}

// groundOf is what a review of a claim is judged on, in the order of the articles.
func groundOf(c claims.Claim, w weighing) Ground {
	seen := map[articles.ID]int64{c.ArticleID: w.own.Version}
	for _, x := range w.shown {
		if x.ArticleID != nil {
			seen[*x.ArticleID] = x.OriginVersion
		}
	}
	out := Ground{}
	for _, a := range slices.Sorted(maps.Keys(seen)) {
		out = append(out, [2]int64{int64(a), seen[a]})
	}
	return out
}

// staleness says why a review does not count any more, in the words a screen shows; "" when it stands.
func staleness(rv Review, wordsVersion int64, w around) string {
	if rv.WordsVersion != wordsVersion {
		return "The claim's words were changed after this review."
	}
	there := map[evidence.ID]evidence.Known{}
	for _, x := range w.items {
		if x.Linked {
			there[x.ID] = x
		}
	}
	for _, id := range rv.Evidence {
		x, ok := there[id]
		if !ok {
			return "Evidence this review relied on was unlinked."
		}
		if x.Withheld && w.until == now {
			return "Evidence this review relied on was withheld: its article was taken down."
		}
		if x.ArticleID != 0 && w.moved(rv, x.ArticleID, x.OriginVersion, x.OriginFrom) {
			return "The origin of evidence this review relied on was stated or changed."
		}
	}
	if rv.Verdict == claims.Corroborated && w.moved(rv, w.own.ArticleID, w.own.Version, w.own.ConfirmedAt) {
		return "The origin of the claim's own article was stated or changed."
	}
	for _, x := range w.items {
		if x.ID > rv.SeenEvidence && opposes(x.Stance, rv.Verdict) {
			return "Evidence that opposes this review was linked after it."
		}
	}
	return ""
}

func opposes(stance evidence.Stance, verdict claims.Verdict) bool {
	switch verdict {
	case claims.Corroborated:
		return stance == evidence.Refutes
	case claims.Disputed:
		return stance == evidence.Supports
	}
	return stance != evidence.Context // unverified: anything that could settle it
}

// staleReasons says of each review why it is stale; reviews that stand are not in it.
func staleReasons(r *store.Rx, c claims.Claim, reviews []Review) (map[ID]string, error) {
	return staleAt(r, c, reviews, now)
}

// staleAt is staleReasons as they stood at a moment after which the words and the evidence did not change.
func staleAt(r *store.Rx, c claims.Claim, reviews []Review, until store.Micros) (map[ID]string, error) {
	if len(reviews) == 0 {
		return map[ID]string{}, nil
	}
	w, err := aroundOf(r, c)
	if err != nil {
		return nil, err
	}
	w.until = until
	return staleAmong(reviews, c, w), nil
}

// aroundOf reads what the reviews of one claim rest on, in one query.
func aroundOf(r *store.Rx, c claims.Claim) (around, error) {
	w, _, err := groundsOf(r, c)
	return w, err
}

// groundsOf is aroundOf with the address of the claim's own article.
func groundsOf(r *store.Rx, c claims.Claim) (w around, url string, err error) {
	a, err := evidence.AroundOf(r, c)
	a.Own.ArticleID = c.ArticleID // also where it is not stated
	return around{items: a.Items, own: a.Own, until: now}, a.URL, err
}
