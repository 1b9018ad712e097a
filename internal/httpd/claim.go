package httpd

import (
	"github.com/labstack/echo/v4"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// claim shows one claim with everything this person may know of it.
func (s *Server) claim(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	round, err := queryID[int](c, "round")
	if err != nil {
		return err
	}
	before, err := queryName[claims.CommentName](c, "before")
	if err != nil {
		return err
	}
	seen, err := s.desk.Claim(c.Request().Context(), actorOf(c), desk.ClaimAsk{ID: n, Round: round, Before: before})
	if err != nil {
		return err
	}
	return s.either(c, func() view.Page { return s.claimPage(c, seen) }, func() desk.Answer { return seen.JSON() })
}

// claimAgain is the page of a claim for a form on it that was refused.
func (s *Server) claimAgain(c echo.Context, n claims.ID) (*view.ClaimPage, error) {
	seen, err := s.desk.Claim(c.Request().Context(), actorOf(c), desk.ClaimAsk{ID: n})
	if err != nil {
		return nil, err
	}
	return s.claimPage(c, seen), nil
}

// claimRefused shows a claim's page again for a form on it that was refused; fill puts back what was typed, nil when
// there is nothing.
func (s *Server) claimRefused(c echo.Context, n claims.ID, err error, fill func(*view.ClaimPage)) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		page, err := s.claimAgain(c, n)
		return filled(page, err, func(p *view.ClaimPage) {
			if p.Wrong = w; fill != nil {
				fill(p)
			}
		})
	})
}

func (s *Server) claimPage(c echo.Context, seen desk.Claim) *view.ClaimPage {
	url := claimURL(seen.Claim.ID)
	p := &view.ClaimPage{Shell: s.framed(c, "Claim "+itoa(seen.Claim.ID), "Claims", seen.Frame),
		GlossForm: view.GlossForm{Lang: "en"}, Claim: showHead(seen.Head),
		Evidence:   showEvidence(seen.Evidence, seen.Names, seen.Acts.Has(desk.Link)),
		EvidenceOf: showServes(seen.Serves, seen.Names), Rounds: showRounds(seen.Reviewing, seen.Names),
		Actions: actions(seen.Head, seen.Reviewing.Mine != nil)}
	p.Claim.Mine = ownVerdict(seen.Reviewing)
	inPlace(p.Evidence, seen.Evidence, actorOf(c).UserID, url)
	key := s.keywording(c)
	key.claim(&p.Claim)
	key.evidence(p.Evidence)
	key.evidence(p.EvidenceOf)
	p.Fixed, p.ToMe = true, showToMe(seen.Reviewing, url, seen.Typed[claims.AnswerForm])
	p.Checked = s.checkedLater(c, seen.Claim, url)
	p.Tells = strings.Join(seen.Tells, ", ")
	if seen.Acts.Has(desk.Edit) {
		p.Same = sameLater(seen.Claim.ID)
	}
	if seen.Acts.Has(desk.Link) {
		p.Find = findEvidence(seen.Claim.ID, url)
		p.Suggested = passagesLater(seen.Claim.ID, url)
	}
	if seen.Acts.Has(desk.Comment) {
		p.CommentURL, p.MembersURL = url+"/comments", under(seen.Claim.CollectionID, "members")
		restoreComment(p, seen.Claim.ID, seen.Typed[claims.CommentForm])
	}
	if seen.Acts.Has(desk.Gloss) {
		p.GlossURL = url + "/glosses"
		restoreGloss(&p.GlossForm, seen.Claim.ID, seen.Typed[claims.GlossForm])
		restoreGlosses(p.Claim.Glosses, seen.Claim.ID, seen.Typed)
	}
	if seen.Acts.Has(desk.Restore) {
		p.Restore = url + "/restore"
	}
	p.Offers = showOffers(seen.Claim, seen.Offers, seen.Names, url)
	p.Ask = showAsk(seen, keywordLang(c))
	p.InPrint = showInPrint(seen, readersZone(c))
	showReplies(p, seen)
	p.Comments, p.RoundOpen = showComments(seen, actorOf(c).UserID), seen.Hides
	if v := seen.Reviewing; v.Earlier {
		p.RoundsURL = withQuery(url, "round", itoa(v.Rounds[len(v.Rounds)-1].N)) + "#ro-h"
	}
	if seen.Earlier {
		p.EarlierURL = withQuery(url, "before", string(seen.Comments[0].Public)) + "#co-h"
	}
	if rd := seen.Reviewing.Present(); rd != nil && rd.Decision != nil {
		d := showDecision(*rd.Decision, seen.Names)
		p.Claim.Decided = d.How + ", " + d.At
		if d.Explanation.Text != "" {
			p.Claim.Explanation = &d.Explanation
		}
	}
	return p
}

// act is how an act is offered: where, under which word, with which key.
type act struct {
	path, word, key string
}

var actWords = map[desk.Act]act{
	desk.Settle:     {"/anchor", "Settle the moved passage", "step"},
	desk.Review:     {"/review", "Review", "step"},
	desk.Adjudicate: {"/adjudicate", "Adjudicate", "step"},
	desk.Approve:    {"/approve", "Approve", "step"},
	desk.Edit:       {"/edit", "Change the words", "words"},
	desk.Reopen:     {"/reopen", "Reopen", "reopen"},
}

// actions are the steps that a person may take with a claim, the next one first.
func actions(h desk.Head, reviewed bool) []view.Action {
	words := map[desk.Act]string{}
	if reviewed {
		words[desk.Review] = "Change your review"
	}
	if h.Acts.Has(desk.Accept) {
		words[desk.Edit] = "Accept, edit, split, merge or reject"
	}
	if h.Acts.Has(desk.Adjudicate) {
		words[desk.Reopen] = "Start a new round"
	}
	var out []view.Action
	for _, name := range h.Acts {
		a := actWords[name]
		if a.path == "" {
			continue
		}
		if w := words[name]; w != "" {
			a.word = w
		}
		out = append(out, view.Action{URL: claimURL(h.Claim.ID) + a.path, Word: a.word, Act: a.key,
			Main: len(out) == 0})
	}
	return out
}
