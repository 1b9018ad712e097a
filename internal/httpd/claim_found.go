package httpd

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
	"claimbench/internal/search"
	"claimbench/internal/text"
)

// findEvidence is the search for evidence as a claim's page shows it before anything is looked for; here is the page.
func findEvidence(n claims.ID, here string) view.Find {
	return view.Find{ID: "find-" + itoa(n), Action: claimURL(n) + "/searches", Back: here,
		Outside: claimURL(n) + "/evidence#out-h", InPlace: hasWork(here)}
}

// claimFound shows the passages of other articles that hold the words looked for: in the panel of a page, or as a page
// of its own. Looking leaves no trace.
func (s *Server) claimFound(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	q, err := searchQuery(c)
	if err != nil {
		return err
	}
	q.Words = strings.TrimSpace(c.QueryParam("q"))
	seen, err := s.desk.Find(c.Request().Context(), actorOf(c), n, q)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.foundPage(c, seen, c.QueryParam("back")), seen.JSON())
}

// findForm is a search for evidence.
type findForm struct {
	Words   string            `form:"q" json:"q"`
	Lang    string            `form:"lang" json:"lang"`
	Article articles.ID       `form:"article" json:"article"`
	Source  articles.SourceID `form:"source" json:"source"`
	From    string            `form:"from" json:"from"`
	To      string            `form:"to" json:"to"`
	Back    string            `form:"back" json:"-"`
}

func (f findForm) query() search.Query {
	return search.Query{Words: strings.TrimSpace(f.Words), Lang: f.Lang, Article: f.Article, Source: f.Source,
		From: f.From, To: f.To}
}

// claimSearch looks for evidence for a claim, and keeps in the person's own trail what they looked for.
func (s *Server) claimSearch(c echo.Context) error {
	n, form, seen, err := carryOut(c, "id", func(n claims.ID, f *findForm) (seen desk.Finding, err error) {
		if err := checkDays(f.query()); err != nil {
			return seen, err
		}
		ctx, actor := c.Request().Context(), actorOf(c)
		if seen, err = s.desk.Find(ctx, actor, n, f.query()); err != nil || seen.Query.Words == "" {
			return seen, err
		}
		step := stepOf(seen)
		seen.Trail = append(seen.Trail, step)
		return seen, s.Review.Note(ctx, actor, n, step)
	})
	if err != nil {
		return err
	}
	if c.Request().Header.Get("HX-Request") == "true" {
		return s.respond(c, http.StatusOK, s.foundPage(c, seen, form.Back), seen.JSON())
	}
	return s.done(c, withQuery(claimURL(n)+"/found", append(filterPairs(seen.Query), "q", seen.Query.Words, "back",
		form.Back)...), "", seen.JSON())
}

// stepOf is a search as a trail keeps it.
func stepOf(f desk.Finding) review.Step {
	q := f.Query
	return review.Step{Words: q.Words, Lang: q.Lang, Article: q.Article, Source: q.Source, From: q.From, To: q.To,
		Hits: f.Held, More: f.More}
}

// lookedForm is the note of what somebody looked at.
type lookedForm struct {
	Sentence articles.SentenceID `form:"sentence" json:"sentence"`
}

// claimLooked keeps in the person's own trail that they looked at a passage.
func (s *Server) claimLooked(c echo.Context) error {
	n, _, _, err := carryOut(c, "id", func(n claims.ID, f *lookedForm) (struct{}, error) {
		return struct{}{}, s.Review.Note(c.Request().Context(), actorOf(c), n,
			review.Step{Sentence: f.Sentence})
	})
	if err != nil {
		return err
	}
	return s.done(c, claimURL(n), "", desk.DoneJSON{Done: "looked"})
}

func (s *Server) foundPage(c echo.Context, seen desk.Finding, asked string) *view.ClaimFound {
	n, q := seen.Claim.ID, seen.Query
	back := s.ownPath(asked, claimURL(n))
	p := &view.ClaimFound{Shell: s.framed(c, "Evidence for claim "+itoa(n), "Claims", seen.Frame),
		Claim: showHead(seen.Head), Find: findEvidence(n, back)}
	f := &p.Find
	f.Looked, f.Filters, f.Proposed = q.Words, showFilters(q, seen.Choices), searchedNote(seen.Trail)
	if q.Words == "" {
		f.Note = "Nothing is looked for yet. Type a name, a number or a word of the claim, in any script."
		return p
	}
	f.URL = withQuery(claimURL(n)+"/found", append(filterPairs(q), "q", q.Words, "back", back)...)
	f.Note = foundNote(seen)
	for _, x := range seen.Passages {
		v := showPassage(seen.Claim, x, seen.Twins, back)
		v.Segments = markedIn(x, seen.Marks)
		if at, is := seen.Stood[x.Sentence.ID]; is {
			v.Stood, v.StoodURL = at.Words(), leafURL(x.Article, at, 0)
		}
		f.Passages = append(f.Passages, v)
	}
	key := s.keywording(c)
	key.claim(&p.Claim)
	key.evidence(f.Passages)
	return p
}

func foundNote(seen desk.Finding) string {
	held := many(seen.Held, "sentence holds", "sentences hold") + " these words"
	switch {
	case seen.Held == 0:
		held = "No sentence of another article holds these words. Try fewer words, or the same name in another script"
	case seen.More:
		held = "More than " + many(seen.Held, "sentence holds", "sentences hold") + " these words; the first were " +
			"ranked, and the best are here"
	case len(seen.Passages) == 0:
		held += ", and all of them are linked"
	case len(seen.Passages) < seen.Held:
		held += "; the best " + grouped(len(seen.Passages)) + " that are not linked are here"
	}
	if seen.Building {
		held += ". The index is still being built: what is not found now may be found in a moment"
	}
	return held + "."
}

// markedIn is a passage with the words that were looked for marked.
func markedIn(p evidence.Passage, marks map[articles.SentenceID][]text.Span) []view.Segment {
	var found []view.MarkedSpan
	for _, m := range marks[p.Sentence.ID] {
		found = append(found, view.MarkedSpan{Span: m, Found: true})
	}
	runes := []rune(p.Words)
	return view.Segments(func(start, end int) string { return string(runes[start:end]) }, 0, len(runes), found)
}
