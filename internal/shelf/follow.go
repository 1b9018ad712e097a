package shelf

import (
	"context"
	"log/slog"
	"math"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// Matches are made beside the requests, in pieces: which claims were compared with which state of the shelf stands in a
// table, so what a crash left undone is done by the next start, and what two servers do at once is the same.

const (
	lookEvery   = time.Second
	comparedRun = 16   // claims that one piece compares
	mostChanges = 1000 // events that are read at once
)

// Follow compares the claims that come or are worded anew with the shelf of their collection, and all of them when the
// shelf grows, until ctx ends. do lets pieces of it take turns with other work: jobs.Service.Beside.
func (s *Service) Follow(ctx context.Context, log *slog.Logger, do func(context.Context, func())) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	upTo := map[auth.CollectionID]EntryID{} // compared with all entries up to this one
	seen := int64(math.MaxInt64)
	for ctx.Err() == nil {
		if err := s.follow(ctx, upTo, &seen, do); err != nil && ctx.Err() == nil {
			log.Warn("claims are not compared with what was checked already", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-s.wake:
		case <-tick.C:
		}
	}
}

// follow does what there is to do now.
func (s *Service) follow(ctx context.Context, upTo map[auth.CollectionID]EntryID, seen *int64,
	do func(context.Context, func())) error {
	if err := s.lookAround(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	stand := s.stand
	s.mu.Unlock()
	if len(stand) == 0 {
		*seen = math.MaxInt64
		return nil
	}
	stirred, err := s.changed(ctx, seen)
	if err != nil {
		return err
	}
	for in, st := range stand {
		if was, looked := upTo[in]; looked && was == st.Newest && !stirred[in] && st.Maker == match.TermsOf() {
			continue
		}
		if err := s.catchUp(ctx, in, do); err != nil {
			return err
		}
		upTo[in] = st.Newest
	}
	return nil
}

// changed says in which collections a claim was changed since the last look.
func (s *Service) changed(ctx context.Context, seen *int64) (map[auth.CollectionID]bool, error) {
	out := map[auth.CollectionID]bool{}
	err := s.db.Read(ctx, func(r *store.Rx) error {
		if *seen == math.MaxInt64 { // whoever begins compares all there is
			size, err := history.Size(r)
			*seen = size
			return err
		}
		for {
			all, err := history.Changes(r, *seen, mostChanges)
			for _, c := range all {
				if *seen = c.Seq; history.Kind(c.Object) == "claim" {
					out[auth.CollectionID(c.Collection)] = true
				}
			}
			if err != nil || len(all) < mostChanges {
				return err
			}
		}
	})
	return out, err
}

// CatchUp compares all claims of a collection that were not yet compared with its shelf as it is.
func (s *Service) CatchUp(ctx context.Context, in auth.CollectionID) (err error) {
	defer fault.In(&err, "shelf.CatchUp(%d)", in)
	return s.catchUp(ctx, in, func(_ context.Context, piece func()) { piece() })
}

func (s *Service) catchUp(ctx context.Context, in auth.CollectionID, do func(context.Context, func())) error {
	if err := s.freshTerms(ctx, in, do); err != nil {
		return err
	}
	t := match.NewTerms()
	for last := claims.ID(0); ctx.Err() == nil; {
		var err error
		more := false
		do(ctx, func() { last, more, err = s.compareSome(ctx, t, in, last) })
		if err != nil || !more {
			return err
		}
	}
	return ctx.Err()
}

// compareSome compares the next few claims with the shelf.
func (s *Service) compareSome(ctx context.Context, t *match.Terms, in auth.CollectionID, last claims.ID) (claims.ID,
	bool, error) {
	var all []claims.Claim
	var st stateOf
	found := map[claims.ID][]Found{}
	err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		if st, err = state(r, in); err != nil || st.Newest == 0 {
			return err
		}
		if all, err = store.Select[claims.Claim](r, "SELECT c.* FROM claims c LEFT JOIN shelf_looked l ON "+
			"l.claim_id = c.id WHERE c.collection_id = ? AND c.state IN ? AND c.id > ? AND (l.claim_id IS NULL OR "+
			"l.words_version <> c.words_version OR l.upto < ?) ORDER BY c.id LIMIT ?", in,
			[]claims.State{claims.Candidate, claims.Open}, last, st.Newest, comparedRun); err != nil {
			return err
		}
		if err = claims.Fill(r, all); err != nil {
			return err
		}
		for _, c := range all {
			if c.Withheld || c.Statement == "" || len(c.Statement) > 4*longestClaim {
				continue
			}
			if found[c.ID], err = near(r, t, st, match.Item{Lang: known(c.Lang), Text: c.Statement}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || len(all) == 0 {
		return last, false, err
	}
	return all[len(all)-1].ID, len(all) == comparedRun, s.keep(ctx, in, st, all, found)
}

// keep writes what was found of some claims, and that they were compared. What a person decided stays, and so does the
// number of a proposal that is found again: somebody may be about to decide on it.
func (s *Service) keep(ctx context.Context, in auth.CollectionID, st stateOf, all []claims.Claim,
	found map[claims.ID][]Found) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		for _, c := range all {
			again := []EntryID{0} // 0 is none
			for _, f := range found[c.ID] {
				again = append(again, f.Entry)
			}
			if err := tx.Gorm().Where("claim_id = ? AND version = 1 AND entry_id NOT IN ? AND entry_id NOT IN "+
				"(SELECT p.entry_id FROM proposals p WHERE p.claim_id = ? AND p.entry_id IS NOT NULL)", c.ID, again,
				c.ID).Delete(&Match{}).Error; err != nil {
				return err
			}
			for _, f := range found[c.ID] {
				if err := tx.Gorm().Exec("INSERT INTO shelf_matches (collection_id, claim_id, entry_id, score, state, "+
					"version) SELECT ?, ?, id, ?, 'proposed', 1 FROM shelf_entries WHERE id = ? AND state = 'kept' "+
					"ON CONFLICT (claim_id, entry_id) DO UPDATE SET score = excluded.score WHERE "+
					"shelf_matches.version = 1", in, c.ID, int64(math.Round(1000*f.Score)),
					f.Entry).Error; err != nil {
					return err
				}
			}
			if err := tx.Gorm().Save(&looked{c.ID, c.WordsVersion, st.Newest}).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// freshTerms makes the index anew when its terms were made by another program, in pieces. One that breaks off begins
// anew: who made the terms is written last.
func (s *Service) freshTerms(ctx context.Context, in auth.CollectionID, do func(context.Context, func())) error {
	var st stateOf
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		st, err = state(r, in)
		return err
	}); err != nil || st.Newest == 0 || st.Maker == match.TermsOf() {
		return err
	}
	for more := true; more; {
		var err error
		do(ctx, func() {
			err = s.db.Write(ctx, func(tx *store.Tx) error {
				res := tx.Gorm().Exec("DELETE FROM shelf_terms WHERE collection_id = ? AND term IN (SELECT term FROM "+
					"shelf_terms WHERE collection_id = ? LIMIT 500)", in, in)
				more = res.RowsAffected > 0
				return res.Error
			})
		})
		if err != nil {
			return err
		}
	}
	t := match.NewTerms()
	for last := EntryID(0); ; {
		var err error
		more := false
		do(ctx, func() { last, more, err = s.postSome(ctx, t, in, last) })
		if err != nil || !more {
			return err
		}
	}
}

// postSome puts the next entries under their terms; more is false once all are, and the terms are ours.
func (s *Service) postSome(ctx context.Context, t *match.Terms, in auth.CollectionID, last EntryID) (EntryID, bool,
	error) {
	more := false
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		rows, err := store.Select[Entry](&tx.Rx, "SELECT id, claim FROM shelf_entries WHERE collection_id = ? AND "+
			"state = 'kept' AND id > ? ORDER BY id LIMIT ?", in, last, mostAtOnce)
		if err != nil {
			return err
		}
		terms := map[int64][]EntryID{}
		for _, e := range rows {
			for term, ids := range termsOf(t, e) {
				terms[term] = append(terms[term], ids...)
			}
			last = e.ID
		}
		if more = len(rows) == mostAtOnce; more {
			return post(tx, in, terms)
		}
		if err := post(tx, in, terms); err != nil {
			return err
		}
		return tx.Gorm().Exec("UPDATE shelf_states SET maker = ? WHERE collection_id = ?", match.TermsOf(), in).Error
	})
	return last, more, err
}
