package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/proposals"
)

// machineProposeForm is what a machine proposes, at most 100 things at once, and what stands behind it.
type machineProposeForm struct {
	// the name of a model, if there is one
	Model string `json:"model"`
	// SHA-256 of what it was asked, 64 hexadecimal digits, or ""
	Prompt     string        `json:"prompt"`
	Parameters string        `json:"parameters"`
	Items      []proposeItem `json:"items"` // at most 100, of at most 10 articles
}

// proposeItem is one thing that a machine proposes. Which members it needs, its kind says.
type proposeItem struct {
	Kind         proposals.Kind      `json:"kind" validate:"required"`
	Article      articles.ID         `json:"article"`
	OtherArticle articles.ID         `json:"other_article"`
	Revision     articles.RevisionID `json:"revision"` // of the text that was read; 0: whichever is the newest
	Sentence     int                 `json:"sentence"` // number in the text, from 1; 0: the whole text
	// words of the text, as they stand there, of one sentence
	Quote string `json:"quote"`
	// where the quotation stands, in code points: for one that stands in several places, or instead of it
	Start       int       `json:"start"`
	End         int       `json:"end"`
	Claim       claims.ID `json:"claim"`
	OtherClaim  claims.ID `json:"other_claim"`
	Statement   string    `json:"statement"`   // of a candidate, other words of a claim, or a gloss
	Attribution string    `json:"attribution"` // who says it, as the text writes it; "": the article
	Hedge       []string  `json:"hedge"`
	Lang        string    `json:"lang"`    // of a gloss: a BCP 47 tag
	URL         string    `json:"url"`     // of a fact-check
	Reasons     []string  `json:"reasons"` // at most 5, of at most 200 characters, for people
}

func (p proposeItem) item() proposals.Item {
	it := proposals.Item{Kind: p.Kind, Article: p.Article, OtherArticle: p.OtherArticle, Revision: p.Revision,
		Sentence: p.Sentence, Quote: p.Quote, Claim: p.Claim, OtherClaim: p.OtherClaim, Statement: p.Statement,
		Attribution: p.Attribution, Hedge: p.Hedge, Lang: p.Lang, URL: p.URL, Reasons: p.Reasons}
	it.Span.Start, it.Span.End = p.Start, p.End
	return it
}

// machinePropose takes in what a machine proposes, with an answer for each item. People decide on it.
func (s *Server) machinePropose(c echo.Context) error {
	var form machineProposeForm
	in, err := pathID[auth.CollectionID](c, "collection")
	if err == nil {
		err = bind(c, &form)
	}
	if err == nil {
		err = s.paced(c, len(form.Items))
	}
	if err != nil {
		return err
	}
	got, err := s.Proposals.Propose(c.Request().Context(), actorOf(c), in, proposals.Maker{Model: form.Model,
		Prompt: form.Prompt, Parameters: form.Parameters}, form.items())
	if err != nil {
		return err
	}
	return s.did(c, http.StatusOK, "", desk.OfferedOf(got))
}

func (f machineProposeForm) items() []proposals.Item {
	items := make([]proposals.Item, len(f.Items))
	for i, p := range f.Items {
		items[i] = p.item()
	}
	return items
}

// paced counts each item of a request as a request of its token; the request itself was counted.
func (s *Server) paced(c echo.Context, items int) error {
	t := actorOf(c).Token
	if t == nil || items < 2 || items > proposals.MostItems { // too many are refused for that
		return nil
	}
	if wait := s.paces.takeAll(t.ID, items-1); wait > 0 {
		return tooFast(wait)
	}
	return nil
}

// machineProposals lists for a machine what it proposed itself in a collection, a page at a time.
func (s *Server) machineProposals(c echo.Context) error {
	in, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	after, err := queryID[claims.OwnNumber](c, "after")
	if err != nil {
		return err
	}
	out, err := s.desk.MachineProposals(c.Request().Context(), actorOf(c), in, after)
	return s.tell(c, out, err)
}
