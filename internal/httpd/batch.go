package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

func batchURL(n claims.BatchID) string { return "/batches/" + itoa(n) }

// batchForm are the claims that a person selected, one by one.
type batchForm struct {
	Claims []claims.ID     `form:"claim" json:"claims" of:"claim"`
	Act    claims.BatchAct `form:"act" json:"act"` // what is looked at first; "" for accepting
}

// batchLook keeps which claims were selected, and shows what could be done with them. Nothing is done yet.
func (s *Server) batchLook(c echo.Context) error {
	_, form, b, err := carryOut(c, "collection", func(n auth.CollectionID, f *batchForm) (claims.Batch, error) {
		if f.Act != "" {
			if err := claims.BatchActs.Check("act", f.Act); err != nil {
				return claims.Batch{}, err
			}
		}
		return s.Claims.LookAtBatch(c.Request().Context(), actorOf(c), n, f.Claims)
	})
	if err != nil {
		return err
	}
	return s.batchDone(c, b, form.Act, "")
}

// batch shows a batch of the person's own: which claims, which are refused and why, how far it is.
func (s *Server) batch(c echo.Context) error {
	page, seen, err := s.batchPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) batchPage(c echo.Context) (*view.Batch, desk.Batch, error) {
	n, err := pathID[claims.BatchID](c, "id")
	if err != nil {
		return nil, desk.Batch{}, err
	}
	after, err := queryID[claims.ID](c, "after")
	if err != nil {
		return nil, desk.Batch{}, err
	}
	seen, err := s.desk.Batch(c.Request().Context(), actorOf(c), n, claims.BatchAct(c.QueryParam("act")), after)
	if err != nil {
		return nil, seen, err
	}
	return s.showBatch(c, seen), seen, nil
}

// fateWords say what became of a claim of a batch; "" is one to which nothing is done yet.
var fateWords = map[claims.BatchFate]string{"": "will be done", claims.FateDone: "done", claims.FateRefused: "refused",
	claims.FateBack: "taken back", claims.FateKept: "not taken back"}

func (s *Server) showBatch(c echo.Context, b desk.Batch) *view.Batch {
	p := &view.Batch{Shell: s.framed(c, "Batch "+itoa(b.ID), "Queue", b.Frame), ID: int64(b.ID),
		Action: batchURL(b.ID), Act: claims.BatchActs.Word(b.Act), Total: many(len(b.Chosen), "claim", "claims"),
		WhyNot: view.Options(claims.WhyNots, ""), Reason: b.Reason, State: string(b.State)}
	for _, fate := range []claims.BatchFate{"", claims.FateDone, claims.FateRefused, claims.FateBack, claims.FateKept} {
		if n := b.Counts[fate]; n > 0 {
			p.Counts = append(p.Counts, view.BatchCount{Word: fateWords[fate], N: grouped(n)})
		}
	}
	if b.Batch.Act == "" {
		for _, a := range b.Acts {
			p.Acts = append(p.Acts, view.BatchAct{Act: string(a), Word: view.Phrase(claims.BatchActs.Word(a)),
				URL: withQuery(batchURL(b.ID), "act", string(a)), Here: a == b.Act})
		}
	}
	p.Would, p.Rejects, p.Withdraws = grouped(b.Counts[""]), b.Act == claims.BatchReject, b.Act == claims.BatchWithdraw
	if j := b.Job; j != nil {
		p.Job = grouped(j.Done) + " of " + grouped(j.Total)
		p.Works, p.Failed = !j.Ended(), j.Message
	}
	for _, x := range b.Rows {
		row := view.BatchRow{ID: int64(x.ID), Fate: fateWords[x.Fate], Why: x.Why}
		if x.Claim.ID != 0 {
			row.URL, row.Words = claimURL(x.ID), foreign(x.Claim.Statement, x.Claim.Lang, x.Claim.Dir)
			row.Verdict = view.VerdictOf(x.Claim.State, x.Claim.Verdict)
		}
		p.Rows = append(p.Rows, row)
	}
	if b.Next != 0 {
		p.More = withQuery(batchURL(b.ID), "act", string(b.Act), "after", itoa(b.Next))
	}
	p.Back = under(b.In(), "queue")
	return p
}

type batchDoForm struct {
	Act    claims.BatchAct `form:"act" json:"act"`
	Reason string          `form:"reason" json:"reason"`
}

// batchDo does the act to the claims that were looked at; a job goes on with it.
func (s *Server) batchDo(c echo.Context) error {
	_, _, b, err := carryOut(c, "id", func(n claims.BatchID, f *batchDoForm) (claims.Batch, error) {
		return s.Claims.DoBatch(c.Request().Context(), actorOf(c), n, f.Act, f.Reason)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, second := s.batchPage(c)
			return filled(page, second, func(p *view.Batch) { p.Wrong = w })
		})
	}
	return s.batchDone(c, b, b.Act, "Begun, and goes on by itself")
}

func (s *Server) batchDone(c echo.Context, b claims.Batch, act claims.BatchAct, notice string) error {
	if !wantsJSON(c) {
		return s.done(c, withQuery(batchURL(b.ID), "act", string(act)), notice, nil)
	}
	seen, err := s.desk.Batch(c.Request().Context(), actorOf(c), b.ID, act, 0)
	if err != nil {
		return err
	}
	return s.done(c, batchURL(b.ID), "", seen.JSON())
}
