package review

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"
	"unicode"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

const (
	// UnsentKept is how long somebody may still copy out what they typed, after they lost the role.
	UnsentKept = 30 * 24 * time.Hour
	// sweepUnsentEvery is how often a server looks for unsent reviews whose time is over.
	sweepUnsentEvery = time.Hour
	// sweptUnsent is how many it looks at in one go.
	sweptUnsent = 100

	// quoted is how many characters in a row make a quotation; quotedDense, where the script writes words without
	// spaces.
	quoted, quotedDense = 16, 8
	// Gone stands in the place of words of a text that was taken down.
	Gone = "[taken down]"
)

// goneCondition is true of the articles around a claim that were taken down. It takes their state, the claim's own
// article and the claim.
const goneCondition = "articles.state = ? AND (articles.id = ? OR articles.id IN (SELECT article_id FROM evidence " +
	"WHERE evidence.claim_id = ?))"

// goneAround are the texts around a claim that were taken down: of its own article, with the claim's words, and of all
// that was ever linked to it.
func goneAround(r *store.Rx, c claims.Claim) (out []string, err error) {
	var ids []articles.ID
	if err := r.Gorm().Model(&articles.Article{}).Where(goneCondition, articles.TakenDown, c.ArticleID, c.ID).
		Order("id").Pluck("id", &ids).Error; err != nil || len(ids) == 0 {
		return nil, err
	}
	err = articles.EachText(r, func(raw string) error {
		out = append(out, raw)
		return nil
	}, "article_id IN ?", ids)
	if slices.Contains(ids, c.ArticleID) {
		out = append(out, c.Statement)
	}
	return out, err
}

// forget takes the words of texts that were taken down out of what was typed.
func (u *Unsent) forget(gone []string) {
	if len(gone) == 0 {
		return
	}
	q := newQuotations(&u.Rationale, &u.Searched)
	for _, raw := range gone {
		q.meet(raw)
	}
	q.takeOut()
}

// forgetIn takes the words of every text of the claim's collection that was taken down out of what was typed, as a
// sweep does, so that a page that still has them does not bring them back.
func (u *Unsent) forgetIn(r *store.Rx, c claims.Claim) error {
	return forgetIn(r, c, &u.Rationale, &u.Searched)
}

// forgetIn takes the words of every text of a claim's collection that was taken down out of what was typed.
func forgetIn(r *store.Rx, c claims.Claim, words ...*string) error {
	q := newQuotations(words...)
	if len(q.windows) == 0 {
		return nil
	}
	if err := articles.EachText(r, func(raw string) error { q.meet(raw); return nil }, takenDownIn, c.CollectionID,
		articles.TakenDown); err != nil {
		return err
	}
	var own int64
	if err := r.Gorm().Model(&articles.Article{}).Where("id = ? AND state = ?", c.ArticleID, articles.TakenDown).
		Count(&own).Error; err != nil {
		return err
	}
	if own > 0 {
		q.meet(c.Statement)
	}
	q.takeOut()
	return nil
}

// forgetAll takes the words of the texts of their collections that were taken down out of unsent reviews of claims.
func forgetAll(r *store.Rx, rows []*Unsent, of map[claims.ID]claims.Claim) error {
	words := map[auth.CollectionID][]*string{}
	for _, u := range rows {
		in := of[u.ClaimID].CollectionID
		words[in] = append(words[in], &u.Rationale, &u.Searched)
	}
	return takeOutGone(r, words)
}

// takenDownIn are the revisions of the texts of a collection that are in a state.
const takenDownIn = "article_id IN (SELECT id FROM articles WHERE collection_id = ? AND state = ?)"

// quotations finds, in what was typed, stretches that are words of other texts.
type quotations struct {
	in      []typed
	windows map[string][][2]int // by their words: in which text, from which character
}

type typed struct {
	words   *string
	at      []int  // where the characters begin in the words, in bytes, and the end
	covered []bool // by character: it is quoted
}

// letters are the characters of words as quotations are compared: escapes of an address read, in lower case, and one
// kind of space, which addresses write as + or _ too; and where each begins, in bytes, and the end.
func letters(words string) (out []rune, at []int) {
	plain, source := text.Unescape(words)
	for i, r := range plain {
		if unicode.IsSpace(r) || r == '+' || r == '_' {
			r = ' '
		}
		out, at = append(out, unicode.ToLower(r)), append(at, source[i])
	}
	return out, append(at, len(words))
}

// window is the stretch of n characters at one of them; "" when it is shorter, or blank for the most part.
func window(all []rune, i, n int) string {
	if i+n > len(all) {
		return ""
	}
	spaces := 0
	for _, r := range all[i : i+n] {
		if r == ' ' {
			spaces++
		}
	}
	if 2*spaces > n {
		return ""
	}
	return string(all[i : i+n])
}

func newQuotations(words ...*string) *quotations {
	q := &quotations{windows: map[string][][2]int{}}
	for t, w := range words {
		all, at := letters(*w)
		q.in = append(q.in, typed{w, at, make([]bool, len(all))})
		for i, r := range all {
			n := quoted
			if text.Dense(r) {
				n = quotedDense
			}
			if part := window(all, i, n); part != "" {
				q.windows[part] = append(q.windows[part], [2]int{t, i})
			}
		}
	}
	return q
}

// meet marks what is quoted from a text.
func (q *quotations) meet(from string) {
	if len(q.windows) == 0 {
		return
	}
	all, _ := letters(from)
	for i := range all {
		for _, n := range []int{quoted, quotedDense} {
			for _, w := range q.windows[window(all, i, n)] {
				for k := range n {
					q.in[w[0]].covered[w[1]+k] = true
				}
			}
		}
	}
}

// takeOut puts Gone in the place of what is quoted, and says whether anything was.
func (q *quotations) takeOut() (found bool) {
	for _, t := range q.in {
		if !slices.Contains(t.covered, true) {
			continue
		}
		out := make([]byte, 0, len(*t.words))
		for i, c := range t.covered {
			switch {
			case !c:
				out = append(out, (*t.words)[t.at[i]:t.at[i+1]]...)
			case i == 0 || !t.covered[i-1]:
				out = append(out, Gone...)
			}
		}
		*t.words, found = string(out), true
	}
	return found
}

// ForgetGone takes the words of texts around a claim that were taken down out of what people wrote about it, in place.
func ForgetGone(r *store.Rx, c claims.Claim, words ...*string) error {
	if len(words) == 0 {
		return nil
	}
	gone, err := goneAround(r, c)
	if err != nil || len(gone) == 0 {
		return err
	}
	TakeOutNear(gone, words...)
	return nil
}

// TakeOutNear takes the words of texts out of what people wrote near to them, in place, and says whether there were
// any: 16 letters in a row are a quotation there, 8 in scripts without spaces.
func TakeOutNear(texts []string, words ...*string) (found bool) {
	q := newQuotations(words...)
	for _, raw := range texts {
		q.meet(raw)
	}
	return q.takeOut()
}

// StirUnsent makes the server look soon for words of texts that were taken down.
func (s *Service) StirUnsent() {
	select {
	case s.stir <- struct{}{}:
	default:
	}
}

// Run looks at once, every hour, and after a text was taken down, for unsent reviews that must go or lose words, until
// ctx ends.
func (s *Service) Run(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(sweepUnsentEvery)
	defer tick.Stop()
	for {
		err := errors.Join(s.SweepUnsent(ctx), s.SweepTyped(ctx), s.SweepTypedNew(ctx), s.SweepTrails(ctx))
		if err != nil && ctx.Err() == nil {
			log.Warn("unsent reviews cannot be looked through", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.stir:
		case <-tick.C:
		}
	}
}

// SweepUnsent looks through all unsent reviews: of those whose owner may not review there any more it notes since when,
// and erases them after UnsentKept; of the others it takes the words of texts of the collection that were taken down.
func (s *Service) SweepUnsent(ctx context.Context) (err error) {
	defer fault.In(&err, "review.SweepUnsent()")
	for user, claim := auth.UserID(0), claims.ID(0); ; {
		var part, changed []swept
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			part = nil
			if err := r.Gorm().Model(&Unsent{}).Where("user_id > ? OR user_id = ? AND claim_id > ?", user, user, claim).
				Order("user_id, claim_id").Limit(sweptUnsent).Find(&part).Error; err != nil || len(part) == 0 {
				return err
			}
			changed, err = s.toSweep(r, part)
			return err
		}); err != nil || len(part) == 0 {
			return err
		}
		user, claim = part[len(part)-1].UserID, part[len(part)-1].ClaimID
		if len(changed) == 0 {
			continue
		}
		if err := s.db.Write(ctx, func(tx *store.Tx) error {
			for _, u := range changed {
				if err := u.put(tx); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
}

// swept is an unsent review as a sweep wants it.
type swept struct {
	Unsent
	erase bool
}

// put writes it, unless the person typed meanwhile: then the next sweep sees it.
func (u swept) put(tx *store.Tx) error {
	row := tx.Gorm().Model(&Unsent{}).Where("user_id = ? AND claim_id = ? AND version = ?", u.UserID, u.ClaimID,
		u.Version)
	if u.erase {
		return row.Delete(&Unsent{}).Error
	}
	u.Version++
	return row.Select("version", "rationale", "searched", "lost_at").Updates(&u.Unsent).Error
}

// toSweep gives those of a part of all unsent reviews that must change, as they should be.
func (s *Service) toSweep(r *store.Rx, part []swept) (out []swept, err error) {
	ids := make([]claims.ID, len(part))
	for i, u := range part {
		ids[i] = u.ClaimID
	}
	of, err := claims.ByIDs(r, ids)
	if err != nil {
		return nil, err
	}
	now := slices.Clone(part)
	rows := make([]*Unsent, len(now))
	for i := range now {
		rows[i] = &now[i].Unsent
	}
	if err := forgetAll(r, rows, of); err != nil {
		return nil, err
	}
	owners := map[auth.UserID]auth.User{}
	for i := range now {
		u := &now[i]
		owner, known := owners[u.UserID]
		if !known {
			if owner, err = auth.UserByID(r, u.UserID); err != nil {
				return nil, err
			}
			owners[u.UserID] = owner
		}
		s.ageUnsent(u, owner, of[u.ClaimID].CollectionID)
		if u.erase || !u.same(part[i].Unsent) || (u.LostAt == nil) != (part[i].LostAt == nil) {
			out = append(out, *u)
		}
	}
	return out, nil
}

// takeOutGone takes the words of each collection's texts that were taken down out of what was typed there.
func takeOutGone(r *store.Rx, typed map[auth.CollectionID][]*string) error {
	for in, words := range typed {
		q := newQuotations(words...)
		if len(q.windows) == 0 {
			continue
		}
		if err := articles.EachText(r, func(raw string) error { q.meet(raw); return nil }, takenDownIn, in,
			articles.TakenDown); err != nil {
			return err
		}
		q.takeOut()
	}
	return nil
}

// ageUnsent notes since when the owner may not review there, and whether the time after that is over.
func (s *Service) ageUnsent(u *swept, owner auth.User, in auth.CollectionID) {
	u.LostAt, u.erase = s.aged(u.LostAt, owner.Enabled && s.policy.Allows(auth.Actor{UserID: owner.ID,
		Grants: owner.Grants}, auth.ThingReview, auth.Submit, in))
}

// aged is since when the owner of what is kept may not send it, and whether the time after that is over.
func (s *Service) aged(lost *store.Micros, holds bool) (_ *store.Micros, over bool) {
	at := s.db.Now()
	switch {
	case holds:
		return nil, false
	case lost == nil:
		return &at, false
	}
	return lost, at-*lost >= store.Micros(UnsentKept.Microseconds())
}
