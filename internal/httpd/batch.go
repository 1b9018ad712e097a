package httpd

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

func batchURL(n claims.BatchID) string { return "/batches/" + itoa(n) }

// batchForm are the claims that a person selected, one by one.
type batchForm struct {
	Claims []claims.ID     `form:"claim" json:"claims" of:"claim"`
	Act    claims.BatchAct `form:"act" json:"act"` // what is looked at first; "": the first that would do anything
	To     string          `form:"to" json:"to"`   // to whom, until when, to which set
}

// batchLook keeps which claims were selected, and shows what could be done with them. Nothing is done yet.
func (s *Server) batchLook(c echo.Context) error {
	_, form, b, err := carryOut(c, "collection", func(n auth.CollectionID, f *batchForm) (claims.Batch, error) {
		return s.Claims.LookAtBatchFor(c.Request().Context(), actorOf(c), n, f.Claims, f.Act, f.To)
	})
	if err != nil {
		return err
	}
	return s.batchDone(c, b, form.Act, form.To, "")
}

// matchForm says what is looked at first of claims that fit the list's conditions, which stand in the address.
type matchForm struct {
	Act claims.BatchAct `form:"act" json:"act"` // as batchForm's
	To  string          `form:"to" json:"to"`
}

// batchOfClaims keeps all claims that fit the conditions of the list of claims, and shows what could be done with them.
func (s *Server) batchOfClaims(c echo.Context) error {
	return s.batchMatching(c, func(n auth.CollectionID) ([]claims.ID, error) {
		f, err := claimFilter(c, n)
		if err != nil {
			return nil, err
		}
		f.Fold = c.QueryParam("all") != "1"
		return s.desk.ClaimsMatching(c.Request().Context(), actorOf(c), f)
	})
}

// batchOfQueue is batchOfClaims of a tab of the queue.
func (s *Server) batchOfQueue(c echo.Context) error {
	return s.batchMatching(c, func(n auth.CollectionID) ([]claims.ID, error) {
		ask := desk.QueueAsk{QueueFilter: review.QueueFilter{Collection: n, Tab: review.Tab(c.QueryParam("tab"))}}
		if err := queueAsk(c, &ask); err != nil {
			return nil, err
		}
		return s.desk.QueueMatching(c.Request().Context(), actorOf(c), ask)
	})
}

func (s *Server) batchMatching(c echo.Context, fit func(auth.CollectionID) ([]claims.ID, error)) error {
	_, form, b, err := carryOut(c, "collection", func(n auth.CollectionID, f *matchForm) (claims.Batch, error) {
		ids, err := fit(n)
		if err != nil {
			return claims.Batch{}, err
		}
		return s.Claims.LookAtBatchFor(c.Request().Context(), actorOf(c), n, ids, f.Act, f.To)
	})
	if err != nil {
		return err
	}
	return s.batchDone(c, b, form.Act, form.To, "")
}

// batch shows a batch of the person's own: which claims, which are refused and why, how far it is.
func (s *Server) batch(c echo.Context) error {
	page, seen, err := s.batchPage(c, desk.BatchAsk{Act: claims.BatchAct(c.QueryParam("act")), To: c.QueryParam("to")})
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) batchPage(c echo.Context, ask desk.BatchAsk) (*view.Batch, desk.Batch, error) {
	n, err := pathID[claims.BatchID](c, "id")
	if err != nil {
		return nil, desk.Batch{}, err
	}
	if ask.After, err = queryID[claims.ID](c, "after"); err != nil {
		return nil, desk.Batch{}, err
	}
	seen, err := s.desk.Batch(c.Request().Context(), actorOf(c), n, ask)
	if err != nil {
		return nil, seen, err
	}
	return s.showBatch(c, seen), seen, nil
}

// fateWords say what became of a claim of a batch; "" is one to which nothing is done yet.
var fateWords = map[claims.BatchFate]string{"": "will be done", claims.FateDone: "done", claims.FateRefused: "refused",
	claims.FateBack: "taken back", claims.FateKept: "not taken back"}

// batchWords say how an act is called before the number of claims, and what it was done to after it.
var batchWords = map[claims.BatchAct]struct{ does, to string }{claims.BatchGive: {"give", " to "},
	claims.BatchSnooze: {"snooze", " until "}, claims.BatchAdd: {"add", " to the set "}}

const goesOn = "It goes on by itself, also when you leave this page."

// batchStands says in a sentence how far a batch is.
var batchStands = map[claims.BatchState]string{
	claims.BatchPreview: "Nothing is done yet.",
	claims.BatchDoing:   "It is being done to the claims one after the other: %s so far. " + goesOn,
	claims.BatchUndoing: "It is being taken back, claim after claim: %s so far. " + goesOn,
	claims.BatchRedoing: "It is being done again, claim after claim: %s so far. " + goesOn,
	claims.BatchDone:    "It is done, and can be taken back as one: press z, or use Undo below.",
	claims.BatchUndone:  "It was taken back. To do it again press Z, or use Redo below.",
}

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
	p.None = b.Counts[""] == 0
	s.batchTarget(c, p, b)
	p.Stands = batchStands[b.State]
	if j := b.Job; j != nil {
		p.Works, p.Failed = !j.Ended(), j.Message
		if strings.Contains(p.Stands, "%s") {
			p.Stands = fmt.Sprintf(p.Stands, grouped(j.Done)+" of "+grouped(j.Total))
		}
	}
	key := s.keywording(c)
	for _, x := range b.Rows {
		row := view.BatchRow{ID: int64(x.ID), Fate: fateWords[x.Fate], Why: x.Why}
		if x.Claim.ID != 0 {
			row.URL, row.Words = claimURL(x.ID), statementOf(x.Claim)
			row.Verdict, row.Keywords = view.VerdictOf(x.Claim.State, x.Claim.Verdict), key.of(row.Words)
		}
		p.Rows = append(p.Rows, row)
	}
	if b.Next != 0 {
		p.More = withQuery(batchURL(b.ID), "act", string(b.Act), "to", p.To, "after", itoa(b.Next))
	}
	p.Back = under(b.In(), "queue")
	return p
}

// batchTarget says what the act is done to, and what it could be done to instead.
func (s *Server) batchTarget(c echo.Context, p *view.Batch, b desk.Batch) {
	words, has := batchWords[b.Act]
	if !has {
		return
	}
	p.Act, p.ToWord, p.To = words.does, words.to, itoa(b.Target)
	switch b.Act {
	case claims.BatchGive:
		for _, u := range b.People {
			name := b.Names.Of(u)
			if u == actorOf(c).UserID {
				name += " (you)"
			}
			p.Targets = append(p.Targets, view.Option{Value: itoa(u), Word: name, Chosen: int64(u) == b.Target})
		}
		p.ToLabel = "To whom"
	case claims.BatchAdd:
		for _, set := range b.Sets {
			p.Targets = append(p.Targets, view.Option{Value: itoa(set.ID), Word: set.Title,
				Chosen: int64(set.ID) == b.Target})
		}
		p.ToLabel = "To which draft set"
	case claims.BatchSnooze:
		p.ToLabel, p.ToName = "Until when", day(b.Until())
		if p.To = c.QueryParam("to"); p.To == "" {
			p.To = laterBy[0].Value
		}
		p.Targets = slices.Clone(laterBy)
		if !slices.ContainsFunc(p.Targets, func(o view.Option) bool { return o.Value == p.To }) {
			p.Targets = append(p.Targets, view.Option{Value: p.To, Word: "until " + p.ToName})
		}
		choose(p.Targets, p.To)
	}
	for _, o := range p.Targets {
		if o.Chosen && p.ToName == "" {
			p.ToName = o.Word
		}
	}
}

type batchDoForm struct {
	Act    claims.BatchAct `form:"act" json:"act"`
	Reason string          `form:"reason" json:"reason"`
	To     string          `form:"to" json:"to"` // as batchForm's
}

// with is what the act asks for.
func (f batchDoForm) with() string {
	if _, has := batchWords[f.Act]; has {
		return f.To
	}
	return f.Reason
}

// batchDo does the act to the claims that were looked at; a job goes on with it.
func (s *Server) batchDo(c echo.Context) error {
	_, form, b, err := carryOut(c, "id", func(n claims.BatchID, f *batchDoForm) (claims.Batch, error) {
		return s.Claims.DoBatch(c.Request().Context(), actorOf(c), n, f.Act, f.with())
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			ask := desk.BatchAsk{}
			if claims.BatchActs.Has(form.Act) {
				ask.Act = form.Act
			}
			page, _, second := s.batchPage(c, ask)
			return filled(page, second, func(p *view.Batch) { p.Wrong = w })
		})
	}
	return s.batchDone(c, b, b.Act, "", "Begun, and goes on by itself")
}

func (s *Server) batchDone(c echo.Context, b claims.Batch, act claims.BatchAct, to, notice string) error {
	if !wantsJSON(c) {
		return s.done(c, withQuery(batchURL(b.ID), "act", string(act), "to", to), notice, nil)
	}
	seen, err := s.desk.Batch(c.Request().Context(), actorOf(c), b.ID, desk.BatchAsk{Act: act, To: to})
	if err != nil {
		return err
	}
	return s.done(c, batchURL(b.ID), "", seen.JSON())
}
