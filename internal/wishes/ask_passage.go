package wishes

import (
	"context"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// MostPassages is how many glosses of passages one person asks for beside one claim, and may have waiting in all.
const MostPassages = 50

// AskPassage lets the model be asked for a gloss of a passage beside a claim. Only who asked reads it, and it is asked
// for anew for everybody else: that it is there would tell that somebody looks at the passage.
func (s *Service) AskPassage(ctx context.Context, actor auth.Actor, id claims.ID, at articles.SentenceID,
	lang string) (out Wish, err error) {
	defer fault.In(&err, "wishes.AskPassage(%d, %d, %q)", id, at, lang)
	c, _, err := claims.Allowed(ctx, s.db, s.policy, actor, id, auth.ThingEvidence, auth.Link)
	if err != nil {
		return Wish{}, err
	}
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Read, c.CollectionID); err != nil {
		return Wish{}, err
	}
	if lang, err = s.asks(lang); err != nil {
		return Wish{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := sends(tx, c.CollectionID); err != nil {
			return err
		}
		p, there, err := evidence.PassageOf(&tx.Rx, c, at)
		switch {
		case err != nil:
			return err
		case !there:
			return fault.New(fault.NotFound, "There is no such passage in the newest texts of the claim's "+
				"collection. Search again.")
		case primary(p.Lang) == primary(lang):
			return fault.New(fault.Invalid, "The passage is in this language already.").With("lang",
				"Choose another language.")
		}
		n, err := store.Select[int64](&tx.Rx, "SELECT COUNT(*) FROM (SELECT 1 AS one FROM wishes WHERE reader_id = ? "+
			"AND (state = ? OR claim_id = ?) LIMIT ?) w", actor.UserID, Waiting, id, MostPassages)
		if err != nil {
			return err
		}
		if n[0] >= MostPassages {
			return fault.New(fault.Limited, "You asked for %d glosses of passages here, and there are not more.",
				n[0]).WithDetail(auth.RetryAfter(time.Minute))
		}
		out, err = put(tx, Wish{ClaimID: c.ID, CollectionID: c.CollectionID, Kind: Gloss, Lang: lang, SentenceID: at,
			RevisionID: p.RevisionID, ReaderID: actor.UserID, UserID: actor.UserID, Via: actor.Via,
			Request: actor.Request, Token: actor.ByToken()})
		s.wakeAfter(tx)
		return err
	})
	return out, err
}
