package wishes

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/breakdowns"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Limits of what may wait.
const (
	MostLangs   = 10  // languages in which glosses of one claim are asked for
	mostWaiting = 500 // glosses of one collection
	mostStirred = 200 // orders that are looked at again when texts came in
	// settling is how long an order waits after texts came in: others may follow
	settling = time.Minute
)

// AskGloss lets the model be asked for a gloss of a claim; it comes later, as a proposal. Asked for again while it
// waits, it is asked once.
func (s *Service) AskGloss(ctx context.Context, actor auth.Actor, id claims.ID, lang string) (out Wish, err error) {
	defer fault.In(&err, "wishes.AskGloss(%d, %q)", id, lang)
	c, _, err := claims.Allowed(ctx, s.db, s.policy, actor, id, auth.ThingClaim, auth.Write)
	if err != nil {
		return Wish{}, err
	}
	if lang, err = s.asks(lang); err != nil {
		return Wish{}, err
	} else if primary(lang) == primary(c.Lang) {
		return Wish{}, fault.New(fault.Invalid, "The claim is in this language already; a gloss is in another one.").
			With("lang", "Choose another language.")
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := glossable(tx, id)
		if err != nil {
			return err
		}
		there, err := GlossesOf(&tx.Rx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(there, func(w Wish) bool { return w.Lang == lang })
		switch {
		case i >= 0 && there[i].State == Waiting:
			out = there[i]
			return nil
		case i < 0 && len(there) >= MostLangs:
			return fault.New(fault.Conflict, "The model was asked for glosses of claim %d in %d languages; there are "+
				"not more. Write this one yourself.", id, MostLangs)
		}
		var n int64
		if err := tx.Gorm().Raw("SELECT COUNT(*) FROM (SELECT 1 AS one FROM wishes WHERE collection_id = ? AND "+
			"kind = ? AND state = ? AND reader_id = 0 LIMIT ?) w", c.CollectionID, Gloss, Waiting, mostWaiting).
			Scan(&n).Error; err != nil {
			return err
		} else if n >= mostWaiting {
			return fault.New(fault.Limited, "The model is asked for %d glosses of this collection already. Ask for "+
				"more when some of them are there.", n).WithDetail(auth.RetryAfter(time.Minute))
		}
		if out, err = put(tx, Wish{ClaimID: c.ID, CollectionID: c.CollectionID, Kind: Gloss, Lang: lang,
			UserID: actor.UserID, Via: actor.Via, Request: actor.Request, Token: actor.ByToken()}); err != nil {
			return err
		}
		s.wakeAfter(tx)
		return nil
	})
	return out, err
}

// glossable locks a claim of which the model may be asked for a gloss.
func glossable(tx *store.Tx, id claims.ID) (claims.Claim, error) {
	all, err := claims.LockAll(tx, []claims.ID{id})
	if err != nil {
		return claims.Claim{}, err
	}
	if len(all) == 0 {
		return claims.Claim{}, fault.New(fault.NotFound, "There is no such claim.")
	}
	if err := claims.GlossEditable(all[0]); err != nil {
		return all[0], err
	}
	return all[0], sends(tx, all[0].CollectionID)
}

// sends refuses a collection whose texts are not sent.
func sends(tx *store.Tx, in auth.CollectionID) error {
	set, err := breakdowns.SendingOf(&tx.Rx, in)
	if err == nil && !set.Allowed {
		err = fault.New(fault.Conflict, "Texts of this collection are not sent to the model; an admin can allow it. "+
			"Write the gloss yourself.")
	}
	return err
}

// asks says whether there is a model, and takes the tag of a language.
func (s *Service) asks(lang string) (string, error) {
	switch lang = strings.TrimSpace(lang); {
	case len(lang) > 40 || !articles.IsLang(lang):
		return "", fault.New(fault.Invalid, "“%.40s” is no language tag. Write en, fr, de and so on.", lang).
			With("lang", "Write en, fr, de and so on.")
	case s.model == nil:
		return "", fault.New(fault.Conflict, "This workbench has no language model. Write the gloss yourself.")
	}
	return lang, nil
}

// put asks for something, anew where it was asked for before.
func put(tx *store.Tx, w Wish) (Wish, error) {
	w.State, w.AddedAt, w.ChangedAt = Waiting, tx.Now(), tx.Now()
	err := tx.Gorm().Exec("INSERT INTO wishes (claim_id, collection_id, kind, lang, sentence_id, revision_id, "+
		"reader_id, proposal_id, user_id, via, request, state, why, what, tries, next_at, message, holder, "+
		"held_until, added_at, changed_at, token) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, '', '', 0, 0, '', '', "+
		"0, ?, ?, ?) "+
		"ON CONFLICT (claim_id, kind, lang, sentence_id, reader_id) DO UPDATE SET state = excluded.state, why = '', "+
		"what = '', tries = 0, next_at = 0, message = '', holder = '', held_until = 0, user_id = excluded.user_id, "+
		"via = excluded.via, request = excluded.request, token = excluded.token, added_at = excluded.added_at, "+
		"changed_at = excluded.changed_at", w.ClaimID, w.CollectionID, w.Kind, w.Lang, w.SentenceID, w.RevisionID,
		w.ReaderID, w.UserID, w.Via, w.Request, w.State, w.AddedAt, w.ChangedAt, w.Token).Error
	return w, err
}

// opened asks for the order of the passages of a claim that is opened, in the Write that opens it.
func (s *Service) opened(tx *store.Tx, who history.Who, before, after claims.Claim, _ string) error {
	if s.model == nil || after.State != claims.Open || before.State != "" && before.State != claims.Candidate {
		return nil
	}
	set, err := breakdowns.SendingOf(&tx.Rx, after.CollectionID)
	if err != nil || !set.Allowed || who.UserID == 0 {
		return err
	}
	s.wakeAfter(tx)
	_, err = put(tx, Wish{ClaimID: after.ID, CollectionID: after.CollectionID, Kind: Order,
		UserID: auth.UserID(who.UserID), Via: who.Via, Request: who.Request, Token: who.Token})
	return err
}

// Stir says that texts of a collection came, changed or went: the orders of its claims are looked at again. It does not
// wait.
func (s *Service) Stir(in auth.CollectionID) {
	if s.model == nil {
		return
	}
	s.mu.Lock()
	s.stirred[in] = true
	s.mu.Unlock()
	s.stir()
}

// again lets the orders of collections into which texts came be looked at again, also those that failed: of an outage,
// or of a person who could not act then. One of which nothing changed is not asked for. A collection that could not be
// written stays to be looked at.
func (s *Service) again(ctx context.Context) error {
	s.mu.Lock()
	all := slices.Sorted(maps.Keys(s.stirred))
	clear(s.stirred)
	s.mu.Unlock()
	for i, in := range all {
		if err := s.db.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE wishes SET state = ?, tries = 0, next_at = ?, why = '', what = '', "+
				"message = '' WHERE id IN (SELECT id FROM wishes WHERE collection_id = ? AND kind = ? AND state IN "+
				"(?, ?) ORDER BY changed_at LIMIT ?)", Waiting, tx.Now()+store.Micros(settling.Microseconds()), in,
				Order, Done, Failed, mostStirred).Error
		}); err != nil {
			s.mu.Lock()
			for _, left := range all[i:] {
				s.stirred[left] = true
			}
			s.mu.Unlock()
			return err
		}
	}
	return nil
}

// primary is the language of a tag without its script and region: ja of ja-JP.
func primary(tag string) string {
	lang, _, _ := strings.Cut(tag, "-")
	return lang
}
