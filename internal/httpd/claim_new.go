package httpd

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// newClaimForm is the form for a claim made from a span of a sentence.
func newClaimForm(a articles.Article, sn articles.Sentence, span text.Span, words string) view.NewClaim {
	began := desk.Began(span)
	return view.NewClaim{
		Began: began, Typed: view.KeptForm{URL: newDraftURL(a.ID, began)},
		Action: "/articles/" + itoa(a.ID) + "/claims", Revision: int64(sn.RevisionID), Sentence: sn.N,
		Span: span, Within: sn.Span, Chosen: []view.Foreign{foreign(words, sn.Lang, sn.Dir)},
		Words: foreign(words, sn.Lang, sn.Dir), Statement: words, Kind: view.Options(claims.Kinds, claims.Fact),
		Lang: sn.Lang, Dir: sn.Dir,
		Back: withQuery("/articles/"+itoa(a.ID), "sentence", itoa(sn.N)) + "#s" + itoa(sn.N),
	}
}

// claimNew shows the form for a claim from a sentence, or from a span of it.
func (s *Server) claimNew(c echo.Context) error {
	start, err := queryID[int](c, "start")
	if err != nil {
		return err
	}
	end, err := queryID[int](c, "end")
	if err != nil {
		return err
	}
	sentence, err := queryID[int](c, "sentence")
	if err != nil {
		return err
	}
	page, seen, err := s.claimNewPage(c, sentence, text.Span{Start: start, End: end})
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) claimNewPage(c echo.Context, sentence int, span text.Span) (*view.ClaimNew, desk.Making, error) {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return nil, desk.Making{}, err
	}
	seen, err := s.desk.New(c.Request().Context(), actorOf(c), n, sentence, span)
	if err != nil {
		return nil, seen, err
	}
	p := &view.ClaimNew{Shell: s.framed(c, "New claim", "Articles", seen.Frame),
		Article: showArticle(seen.Place.Article, seen.Place.Revision, seen.Place.Source, seen.Place.Of),
		Form:    newClaimForm(seen.Place.Article, seen.Sentence, seen.Span, seen.Place.Slice(seen.Span))}
	p.Form.Text = chooseText(seen.Place.Sentences, seen.Place.Slice)
	restoreNew(&p.Form, seen.Typed, seen.Place.Slice)
	return p, seen, nil
}

func newDraftURL(n articles.ID, began string) string {
	return "/articles/" + itoa(n) + "/drafts/claims/" + began
}

// restoreNew puts what was typed before into the form of a new claim. Its numbers are those of its text, and of no
// other.
func restoreNew(form *view.NewClaim, t *claims.TypedNew, slice func(text.Span) string) {
	if t == nil {
		return
	}
	form.Typed.Version = t.Version
	if t.SentAt != nil {
		return
	}
	form.Typed.Back = "What you typed, saved " + moment(t.SavedAt) + ", is in the form."
	f := t.Fields
	form.Statement, form.Attribution, form.Hedge = f.One("statement"), f.One("attribution"), f.One("hedge")
	if k := claims.Kind(f.One("kind")); claims.Kinds.Has(k) {
		form.Kind = view.Options(claims.Kinds, k)
	}
	at := numbersOf([]string{f.One("start"), f.One("end")})
	if at == nil || f.One("revision") != itoa(form.Revision) {
		return
	}
	form.Span, form.Stretches = text.Span{Start: at[0], End: at[1]}, f.One("stretches")
	form.Chosen = chosenWords(slice, form.Span, form.Stretches, form.Lang, form.Dir)
}

// typedNewKeep keeps what somebody has typed as a new claim.
func (s *Server) typedNewKeep(c echo.Context) error {
	began := c.Param("began")
	n, _, kept, err := carryOut(c, "id", func(n articles.ID, f *typedForm) (claims.TypedNew, error) {
		return s.Review.KeepTypedNew(c.Request().Context(), actorOf(c), claims.TypedNew{ArticleID: n, Began: began,
			Version: f.Version, Fields: f.Fields})
	})
	if err != nil {
		return err
	}
	return s.done(c, "/articles/"+itoa(n), "Kept as a draft", desk.TypedNewJSON(kept))
}

// claimWords are the fields in which a person words a claim.
type claimWords struct {
	text.Span `of:"span"`
	Exact     string `form:"exact" json:"exact"`
	moreWords
	Statement   string      `form:"statement" json:"statement"`
	Attribution string      `form:"attribution" json:"attribution"`
	Hedge       string      `form:"hedge" json:"hedge"` // several, with semicolons between
	Kind        claims.Kind `form:"kind" json:"kind"`
}

func (w claimWords) words() claims.Words {
	out := claims.Words{Span: w.Span, Exact: w.Exact, More: w.more(), Statement: w.Statement,
		Attribution: w.Attribution, Kind: w.Kind}
	for _, h := range strings.FieldsFunc(w.Hedge, func(r rune) bool {
		return r == ';' || r == '؛' || r == '；' ||
			r == '\n'
	}) {
		if h = strings.TrimSpace(h); h != "" {
			out.Hedge = append(out.Hedge, h)
		}
	}
	return out
}

// newClaimSent is a claim made by hand, as it was sent.
type newClaimSent struct {
	Revision articles.RevisionID `form:"revision" json:"revision"`
	Sentence int                 `form:"sentence" json:"sentence"`
	Began    string              `form:"began" json:"-"` // the words with which the form was begun: its draft is erased
	claimWords
}

func (f newClaimSent) fill(to *view.NewClaim, slice func(text.Span) string, w view.Wrong) {
	to.Stretches = f.typedAgain()
	to.Chosen = chosenWords(slice, f.Span, to.Stretches, to.Lang, to.Dir)
	to.Span, to.Statement, to.Attribution, to.Hedge, to.Kind, to.Wrong = f.Span, f.Statement, f.Attribution, f.Hedge,
		view.Options(claims.Kinds, f.Kind), w
}

// beganOr are the words with which a form was begun, else those that were sent.
func beganOr(began string, sent text.Span) text.Span {
	if at := numbersOf(strings.SplitN(began, "-", 2)); len(at) == 2 {
		return text.Span{Start: at[0], End: at[1]}
	}
	return sent
}

// claimCreate makes a claim by hand.
func (s *Server) claimCreate(c echo.Context) error {
	n, form, cl, err := carryOut(c, "id", func(n articles.ID, f *newClaimSent) (claims.Claim, error) {
		return s.Claims.CreateTyped(c.Request().Context(), actorOf(c), n, f.Revision, f.words(), f.Began)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, seen, err := s.claimNewPage(c, form.Sentence, beganOr(form.Began, form.Span))
			return filled(page, err, func(p *view.ClaimNew) { form.fill(&p.Form, seen.Place.Slice, w) })
		})
	}
	return s.done(c, withQuery("/articles/"+itoa(n), "claim", itoa(cl.ID))+"#s"+itoa(cl.Sentence), "Claim "+itoa(cl.ID)+
		" added and open for review", desk.JSONOf(cl))
}
