package httpd

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// claim shows one claim with everything this person may know of it.
func (s *Server) claim(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	p, data, err := s.claimPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, p, data)
}

// claimData is the same for programs.
type claimData struct {
	Claim    claims.Claim       `json:"claim"`
	Evidence []evidence.Shown   `json:"evidence"`
	Rounds   []review.SeenRound `json:"rounds"`
	Mine     *review.SeenReview `json:"mine,omitempty"`
	Comments []claims.Comment   `json:"comments"`
}

func (s *Server) claimPage(c echo.Context, n claims.ID) (*view.ClaimPage, claimData, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	cl, err := s.Claims.Get(ctx, actor, n)
	if err != nil {
		return nil, claimData{}, err
	}
	col, err := s.collection(c, cl.CollectionID)
	if err != nil {
		return nil, claimData{}, err
	}
	data := claimData{Claim: cl}
	if data.Evidence, err = s.Evidence.ForClaim(ctx, actor, n); err != nil {
		return nil, data, err
	}
	if data.Comments, err = s.Claims.Comments(ctx, actor, n); err != nil {
		return nil, data, err
	}
	p := &view.ClaimPage{Shell: s.shell(c, "Claim "+itoa(n), "Claims", col), GlossForm: view.GlossForm{Lang: "en"}}
	p.Fixed = true
	p.Keys = []view.Key{{Caps: []string{"r"}, Word: "review", Bar: true}, {Caps: []string{"e"}, Word: "find evidence",
		Bar: true}, {Caps: []string{"w"}, Word: "change the words", Bar: true}, {Caps: []string{"c"}, Word: "comment",
		Bar: true}}
	if p.Claim, err = s.showClaim(ctx, actor, cl); err != nil {
		return nil, data, err
	}
	may := func(t auth.Thing, a auth.Action) bool { return s.Policy.Allows(actor, t, a, cl.CollectionID) }
	mayLink := may(auth.ThingEvidence, auth.Link) && takesEvidence(cl)
	if p.Evidence, err = s.showEvidence(ctx, data.Evidence, mayLink); err != nil {
		return nil, data, err
	}
	if mayLink {
		p.FindURL = claimURL(n) + "/evidence"
		p.Suggested = s.suggest(ctx, actor, cl, data.Evidence, claimURL(n), true)
		p.Keys = append(p.Keys, pickKeys...)
	}
	if may(auth.ThingClaim, auth.Comment) {
		p.CommentURL = claimURL(n) + "/comments"
	}
	if may(auth.ThingClaim, auth.Write) && !ended(cl) {
		p.GlossURL = claimURL(n) + "/glosses"
	}
	if err := s.fillRounds(ctx, actor, p, &data); err != nil {
		return nil, data, err
	}
	if p.EvidenceOf, err = s.servesOf(ctx, actor, cl); err != nil {
		return nil, data, err
	}
	who, err := s.names(ctx, commenters(data.Comments)...)
	if err != nil {
		return nil, data, err
	}
	for _, cm := range data.Comments {
		p.Comments = append(p.Comments, view.Comment{Author: who(cm.AuthorID), At: moment(cm.AddedAt),
			Text: detected(cm.Words)})
	}
	p.Actions = s.claimActions(actor, cl, data.Mine != nil)
	if cl.State == claims.Rejected && may(auth.ThingCandidate, auth.Write) {
		p.Restore = claimURL(n) + "/restore"
	}
	return p, data, nil
}

// fillRounds adds what the reader may see of the reviewing.
func (s *Server) fillRounds(ctx context.Context, actor auth.Actor, p *view.ClaimPage, data *claimData) error {
	if data.Claim.Round == 0 || !s.Policy.Allows(actor, auth.ThingReview, auth.Read, data.Claim.CollectionID) {
		return nil
	}
	v, err := s.Review.View(ctx, actor, data.Claim.ID)
	if err != nil {
		return err
	}
	data.Rounds, data.Mine = v.Rounds, v.Mine
	if p.Rounds, err = s.showRounds(ctx, actor, v); err != nil {
		return err
	}
	if data.Claim.State == claims.Open && (len(p.Rounds) == 0 || p.Rounds[0].N != data.Claim.Round) {
		present := view.RoundSeen{N: data.Claim.Round, Open: true,
			Note: "Whether anybody has reviewed it in this round is not shown until the round closes."}
		p.Rounds = append([]view.RoundSeen{present}, p.Rounds...)
	}
	for _, rd := range p.Rounds {
		if d := rd.Decision; d != nil && rd.N == data.Claim.Round {
			p.Claim.Decided = d.How + ", " + d.At
			if d.Explanation.Text != "" {
				explanation := d.Explanation
				p.Claim.Explanation = &explanation
			}
		}
	}
	return nil
}

func commenters(all []claims.Comment) []auth.UserID {
	var out []auth.UserID
	for _, c := range all {
		out = append(out, c.AuthorID)
	}
	return out
}

// takesEvidence says whether evidence may still be linked and unlinked.
func takesEvidence(c claims.Claim) bool {
	return c.State == claims.Open || c.State == claims.InConflict
}

func ended(c claims.Claim) bool {
	return c.State == claims.Rejected || c.State == claims.Withdrawn || c.State == claims.Merged
}

// claimActions are the steps that a claim's state and this person's role allow, the next one first.
func (s *Server) claimActions(actor auth.Actor, c claims.Claim, reviewed bool) []view.Action {
	may := func(t auth.Thing, a auth.Action) bool { return s.Policy.Allows(actor, t, a, c.CollectionID) }
	url := claimURL(c.ID)
	var out []view.Action
	add := func(ok bool, a view.Action) {
		if ok {
			a.Main = len(out) == 0
			out = append(out, a)
		}
	}
	if c.Standing != nil && c.Standing.Asks && c.State != claims.InConflict {
		add(may(anchorThing(c), auth.Write), view.Action{URL: url + "/anchor", Word: "Settle the moved passage",
			Key: "m"})
	}
	switch c.State {
	case claims.Candidate:
		add(may(auth.ThingCandidate, auth.Write), view.Action{URL: url + "/edit",
			Word: "Accept, edit, split, merge or reject", Key: "w"})
	case claims.Open:
		word := "Review"
		if reviewed {
			word = "Change your review"
		}
		add(may(auth.ThingReview, auth.Submit), view.Action{URL: url + "/review", Word: word, Key: "r"})
		add(may(auth.ThingClaim, auth.Write), view.Action{URL: url + "/edit", Word: "Change the words", Key: "w"})
	case claims.InConflict:
		add(may(auth.ThingRound, auth.Adjudicate), view.Action{URL: url + "/adjudicate", Word: "Adjudicate", Key: "r"})
		add(may(auth.ThingRound, auth.Reopen), view.Action{URL: url + "/reopen", Word: "Start a new round"})
	case claims.Decided:
		add(may(auth.ThingRound, auth.Approve), view.Action{URL: url + "/approve", Word: "Approve", Key: "r"})
		add(may(auth.ThingRound, auth.Reopen), view.Action{URL: url + "/reopen", Word: "Reopen"})
	case claims.Approved:
		add(may(auth.ThingRound, auth.Reopen), view.Action{URL: url + "/reopen", Word: "Reopen"})
	}
	return out
}

// servesOf lists the claims whose evidence stands in this claim's own words: the other direction.
func (s *Server) servesOf(ctx context.Context, actor auth.Actor, c claims.Claim) ([]view.Evidence, error) {
	all, err := s.Evidence.ForArticle(ctx, actor, c.ArticleID)
	if err != nil {
		return nil, err
	}
	return s.servesIn(ctx, all, c)
}

// servesIn is the same from links already read.
func (s *Server) servesIn(ctx context.Context, all []evidence.Shown, c claims.Claim) ([]view.Evidence, error) {
	var mine []evidence.Shown
	for _, it := range all {
		if it.ClaimID != c.ID && it.RevisionID != nil && *it.RevisionID == c.RevisionID && it.Start < c.End &&
			c.Start < it.End {
			mine = append(mine, it)
		}
	}
	out, err := s.showEvidence(ctx, mine, false)
	for i := range out {
		out[i].Claim = &view.Link{URL: claimURL(mine[i].ClaimID), Word: "Claim " + itoa(mine[i].ClaimID)}
	}
	return out, err
}
