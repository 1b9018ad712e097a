package httpd

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// passagesLater is where a claim's page, or another that comes back to here, has the suggested passages from.
func passagesLater(n claims.ID, here string) view.Later {
	url := claimURL(n) + "/passages"
	if here != claimURL(n) {
		url = withQuery(url, "back", here)
	}
	return view.Later{ID: "passages-" + itoa(n), URL: url, Title: "Suggested passages"}
}

// claimPassages shows the passages that are proposed for a claim: in the panel of a page, which asks for it by itself,
// or as a page of its own. What is linked there comes back to the page that showed the panel.
func (s *Server) claimPassages(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	seen, err := s.desk.Suggesting(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	back := s.ownPath(c.QueryParam("back"), claimURL(n))
	page := &view.ClaimPassages{Shell: s.framed(c, "Passages for claim "+itoa(n), "Claims", seen.Frame),
		Claim:     showHead(seen.Head),
		Suggested: showSuggested(seen.Claim, seen.Suggested, back)}
	key := s.keywording(c)
	key.claim(&page.Claim)
	key.evidence(page.Suggested.Passages)
	key.glossing(&page.Suggested, seen.Claim, seen.Suggested, back)
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

// hasWork says whether the page at an address of ours has a #work, which changes in its own place.
func hasWork(address string) bool {
	u, err := parseOwnPath(address)
	return err == nil && (matches((*view.Queue)(nil).Work(), u.Path) || matches((*view.ClaimPage)(nil).Work(), u.Path))
}

// showSuggested is what the machine proposes for a claim, with the reason for each. Linking one comes back to here.
func showSuggested(c claims.Claim, got desk.Suggested, here string) view.Suggestions {
	out := view.Suggestions{Later: passagesLater(c.ID, here), InPlace: hasWork(here)}
	if got.Searched > 0 {
		out.Looked = "The workbench looked through " + many(got.Searched, "other article", "other articles") +
			" of this collection for passages and proposed " + grouped(len(got.Passages)) + "."
	}
	if got.Pending > 0 {
		out.Note = many(got.Pending, "article is", "articles are") +
			" not searched yet. Reload the page in a moment to see passages from all of them."
	} else if len(got.Passages) == 0 {
		out.Note = "Nothing close enough was found in the other articles, so nothing is proposed. " +
			"Search for a name, a number or a word of the claim, or link an outside document."
	}
	var above []string
	for _, p := range got.Passages {
		v := showPassage(c, p, got.Twins, here)
		v.Above, v.Proposed = strings.Join(above, ","), true
		v.By = byMachines(got.Names, p.By)
		if p.Ordered != nil {
			out.Ordered = machineName("", p.Ordered.Model)
			v.Ordered = &view.Ordered{By: machineName("", p.Ordered.Model), Why: foreign(p.Ordered.Why,
				text.Detect(p.Ordered.Why), "")}
		}
		above = append(above, itoa(p.Sentence.ID))
		out.Passages = append(out.Passages, v)
	}
	return out
}

func showPassage(c claims.Claim, p evidence.Passage, twins []desk.Twin, here string) view.Evidence {
	e := view.Evidence{
		Words: foreign(p.Words, p.Sentence.Lang, p.Sentence.Dir), Where: articleLink(p.Article, sourceName(p.Source),
			p.Sentence.N, 0), Against: p.Against,
		ArticleID: int64(p.Article.ID), Revision: int64(p.Sentence.RevisionID), Sentence: p.Sentence.N,
		Span:    p.Sentence.Span,
		LinkURL: claimURL(c.ID) + "/evidence", Back: here, Differs: differs(p.Differences, c.Lang, p.Sentence.Lang),
		SameURL: "/articles/" + itoa(p.Article.ID) + "/same-origin", OriginVersion: p.OriginVersion,
		Kinds: view.Options(evidence.Chosen, evidence.Report), InPlace: hasWork(here), Refused: p.Refused,
		SentenceID: int64(p.Sentence.ID), RefuseURL: claimURL(c.ID) + "/passages/refuse",
	}
	e.Label = short(p.Words)
	if p.Near > 0 {
		e.Near = fmt.Sprintf("%.2f", p.Near)
	}
	if p.Origin != nil {
		e.Origin = named(p.Origin.Name)
	}
	switch p.Twin {
	case evidence.TwinOfClaim:
		e.Warning = "Same origin as the claim’s own article: it would not count."
	case evidence.TwinOfEvidence:
		e.Warning = "Same origin as evidence that is linked already: it would not count twice."
	}
	for _, key := range p.Keys {
		e.Shared = append(e.Shared, view.SharedKey{Claim: inClaim(key.Query, c.Lang, c.Dir), Passage: inClaim(key.Hit,
			p.Sentence.Lang, p.Sentence.Dir), Meaning: key.Kind})
	}
	for _, x := range twins {
		if x.Article.ID != p.Article.ID && (p.Origin == nil || p.Origin.ID != x.Origin) {
			e.SameAs = append(e.SameAs, twinOf(x))
		}
	}
	return e
}

func twinOf(x desk.Twin) view.SameOrigin {
	what := "linked evidence"
	if x.Own {
		what = "the claim’s article"
	}
	return view.SameOrigin{Value: itoa(x.Article.ID) + ":" + itoa(x.Version), Word: titleOf(x.Article, x.Source),
		What: what}
}

// differs cuts remarks on a claim and a passage into English and the words of each: what a remark quotes after
// “passage” is of the passage, all else of the claim. claimLang may be "": then the language is found.
func differs(remarks []string, claimLang, passageLang string) [][]view.Piece {
	var out [][]view.Piece
	for _, remark := range remarks {
		var pieces []view.Piece
		lang := claimLang
		for remark != "" {
			plain, rest, quoted := strings.Cut(remark, "“")
			if plain != "" {
				pieces = append(pieces, view.Piece{Foreign: foreign(plain, "en", ""), Plain: true})
			}
			if at, other := strings.LastIndex(plain, "passage"), strings.LastIndex(plain, "claim"); at > other {
				lang = passageLang
			} else if other >= 0 {
				lang = claimLang
			}
			if remark = rest; !quoted {
				break
			}
			words, after, _ := strings.Cut(rest, "”")
			of := lang
			if of == "" {
				of = text.Detect(words)
			}
			pieces = append(pieces, view.Piece{Foreign: inClaim(words, of, string(text.DirOf(of)))})
			remark = after
		}
		out = append(out, pieces)
	}
	return out
}
