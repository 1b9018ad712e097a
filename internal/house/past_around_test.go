package house_test

import (
	"fmt"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/guidelines"
	"claimbench/internal/methods"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
)

// aroundIt are the steps of a player around claims: people, sources, rules, what a collection agreed on, the shelf.
var aroundIt = []string{"person", "role", "source", "rate", "rules", "guideline", "method", "assign", "unassign",
	"question", "answer", "gap", "shelf", "match", "off"}

// row reads one value, 0 or "" for none.
func row[T any](p *player, query string, args ...any) (v T) {
	p.T.Helper()
	if err := p.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		v, _, err = store.One[T](r, query, args...)
		return err
	}); err != nil {
		p.T.Fatal(err)
	}
	return v
}

// around does one of aroundIt.
func (p *player) around(what string) (err error) {
	ctx, admin, in := roomtest.Ctx(), p.As("admin-1"), p.Collection.ID
	some := auth.UserID(row[int64](p, "SELECT id FROM users WHERE demo = ? ORDER BY id DESC LIMIT 1", false))
	switch what {
	case "person":
		if some == 0 || p.r.IntN(3) == 0 {
			_, err = p.Auth.CreateUser(ctx, admin, auth.NewUser{Name: fmt.Sprint("person-", p.r.IntN(1e6))})
			return err
		}
		if p.r.IntN(2) == 0 {
			return p.Auth.DisableUser(ctx, admin, some, "Left.")
		}
		return p.Auth.EnableUser(ctx, admin, some, "Back.")
	case "role":
		if some == 0 {
			return fault.New(fault.NotFound, "nobody")
		}
		if p.r.IntN(2) == 0 {
			return p.Auth.RevokeRole(ctx, admin, some, auth.Reviewer, in, "No more.")
		}
		return p.Auth.GrantRole(ctx, admin, some, auth.Reviewer, in)
	case "source":
		id := row[int64](p, "SELECT MAX(id) FROM sources")
		if id == 0 || p.r.IntN(3) == 0 {
			_, err = p.Articles.CreateSource(ctx, admin, articles.SourceNew{
				Name: fmt.Sprint("Gazette ", p.r.IntN(1e6))})
			return err
		}
		_, err = p.Articles.UpdateSource(ctx, admin, articles.Source{ID: articles.SourceID(id), Country: "FR",
			Name: fmt.Sprint("Herald ", p.r.IntN(1e6)), Kind: p.some("newspaper", "agency"),
			Version: row[int64](p, "SELECT version FROM sources WHERE id = ?", id)})
	case "rate":
		id := row[int64](p, "SELECT MIN(source_id) FROM articles")
		_, err = p.Articles.RateSource(ctx, p.As("editor-1"), articles.Rating{CollectionID: in,
			SourceID: articles.SourceID(id), Reliability: p.some("A", "B", "C"),
			Version: row[int64](p, "SELECT version FROM source_ratings WHERE source_id = ?", id)})
	case "rules":
		_, err = p.Articles.SetRules(ctx, admin, articles.Collection{ID: in, Name: p.some("Floods", "Fires"), Quorum: 2,
			Rule: articles.Unanimous, Advice: articles.Guards.Names(),
			Version: row[int64](p, "SELECT version FROM collections WHERE id = ?", in)})
	case "guideline":
		n := row[int64](p, "SELECT COALESCE(MAX(n), 0) FROM guidelines")
		_, err = p.Guide.Set(ctx, p.As("editor-1"), in, guidelines.Draft{Words: fmt.Sprint("Read twice. ", n),
			Lang: "en", Opened: int(n)})
	case "method":
		n := row[int64](p, "SELECT COALESCE(MAX(n), 0) FROM methods")
		_, err = p.Methods.Set(ctx, p.As("editor-1"), in, methods.Draft{Words: fmt.Sprint("We ask. ", n), Lang: "en",
			Opened: int(n)})
	default:
		err = p.work(what)
	}
	return err
}

func (p *player) work(what string) (err error) {
	ctx, editor, in := roomtest.Ctx(), p.As("editor-1"), p.Collection.ID
	if len(p.all) == 0 {
		return fault.New(fault.NotFound, "no claim")
	}
	id, to := p.all[p.r.IntN(len(p.all))], p.As(p.some("reviewer-1", "reviewer-2")).UserID
	done := func(n int, err error) error {
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "nothing")
		}
		return err
	}
	switch what {
	case "assign":
		return done(p.Review.Assign(ctx, editor, in, to, []claims.ID{id}))
	case "unassign":
		id = claims.ID(row[int64](p, "SELECT claim_id FROM assignments WHERE user_id = ?", to))
		return done(p.Review.Unassign(ctx, editor, in, to, []claims.ID{id}))
	case "question":
		if row[int64](p, "SELECT COUNT(*) FROM review_questions WHERE answered_at IS NULL") > 0 {
			return p.work("answer")
		}
		id = claims.ID(row[int64](p, "SELECT MAX(id) FROM claims WHERE state = ?", claims.InConflict))
		round := row[int64](p, "SELECT round FROM claims WHERE id = ?", id)
		_, err = p.Review.SendBack(ctx, p.As("editor-2"), review.Asking{ClaimID: id, Round: int(round), Letter: "A",
			Question: "What of the minutes?"})
		if err == nil && p.work("answer") == nil {
			p.did["answer"]++
		}
	case "answer":
		q := row[string](p, "SELECT public FROM review_questions WHERE answered_at IS NULL "+
			"ORDER BY id DESC LIMIT 1")
		id = claims.ID(row[int64](p, "SELECT claim_id FROM review_questions WHERE public = ?", q))
		for _, name := range []string{"reviewer-1", "reviewer-2", "editor-1"} {
			if _, err = p.Review.Answer(ctx, p.As(name), id, review.Public(q), "They say so."); err == nil {
				return nil
			}
		}
	case "gap":
		g := row[int64](p, "SELECT MAX(id) FROM guideline_gaps")
		_, err = p.Review.AnswerGap(ctx, editor, in, review.GapID(g), int(row[int64](p,
			"SELECT COALESCE(MAX(n), 0) FROM guidelines"))*p.r.IntN(2),
			row[int64](p, "SELECT version FROM guideline_gaps WHERE id = ?", g))
	case "shelf":
		f, _, err := p.Shelf.Bring(ctx, editor, in, "facts.csv", strings.NewReader(fmt.Sprintf(
			"claim,rating\nNine ships left %d,True\nThe mayor left %d,False\n", p.r.IntN(1e6), p.r.IntN(1e6))))
		if err != nil || p.r.IntN(4) == 0 {
			return err
		}
		j, err := p.Shelf.Import(ctx, editor, f.ID, f.Version)
		if err == nil {
			_, err = p.Jobs.Finish(ctx, j.ID)
		}
		return err
	case "match":
		e := row[int64](p, "SELECT MAX(id) FROM shelf_entries WHERE state = 'kept'")
		m := shelf.Match{CollectionID: in, ClaimID: id, EntryID: shelf.EntryID(e), Score: 900, State: shelf.Proposed,
			Version: 1}
		if e == 0 || row[int64](p, "SELECT COUNT(*) FROM shelf_matches WHERE claim_id = ? AND entry_id = ?",
			id, e) > 0 {
			return fault.New(fault.NotFound, "no entry")
		}
		if err := p.DB.Write(ctx, func(tx *store.Tx) error { return tx.Gorm().Create(&m).Error }); err != nil {
			return err
		}
		_, err = p.House.Shelf.Decide(ctx, editor, id, m.ID, 1, shelf.MatchState(p.some("confirmed", "refused")))
	case "off":
		e := row[int64](p, "SELECT MIN(id) FROM shelf_entries WHERE state = 'kept'")
		_, err = p.Shelf.Remove(ctx, editor, shelf.EntryID(e),
			row[int64](p, "SELECT version FROM shelf_entries WHERE id = ?", e), "Not one of ours.")
	}
	return err
}

// isAround says whether a step is one of those.
func isAround(what string) bool { return slices.Contains(aroundIt, what) }
