package httpd

import (
	"context"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// pickKeys are the keys of suggested passages.
var pickKeys = []view.Key{
	{Caps: []string{"1", "2", "3"}, Word: "supports, refutes, context", Bar: true}, {Caps: []string{"↵"}, Word: "link",
		Bar: true}, {Caps: []string{"⇧", "↵"}, Word: "link and return"},
	{Caps: []string{"j", "k"}, Word: "next and previous passage"}, {Caps: []string{"s"}, Word: "same origin as …"},
}

// mostSuggested is how many passages a page proposes.
const mostSuggested = 8

// suggest proposes passages for a claim, with the reason for each. Linking one comes back to here. keyed says that 1, 2
// and 3 are free on the page. A page is never refused for want of a proposal: what goes wrong goes into the log.
func (s *Server) suggest(ctx context.Context, actor auth.Actor, c claims.Claim, linked []evidence.Shown, here string,
	keyed bool) view.Suggestions {
	out := view.Suggestions{Keyed: keyed, Return: claimURL(c.ID)}
	got, err := s.Evidence.Passages(ctx, actor, c.ID, mostSuggested)
	if err != nil {
		s.log.Warn("no passages proposed", "claim", int64(c.ID), "err", err)
		return out
	}
	if got.Pending > 0 {
		out.Note = many(got.Pending, "article is", "articles are") +
			" not indexed yet. Reload the page in a moment to see passages of all."
	}
	var twins []sameAs
	if len(got.Passages) > 0 && s.Policy.Allows(actor, auth.ThingOrigin, auth.Confirm, c.CollectionID) {
		if twins, err = s.sameOrigins(ctx, actor, c, linked); err != nil {
			s.log.Warn("no origins offered", "claim", int64(c.ID), "err", err)
		}
	}
	for _, p := range got.Passages {
		out.Passages = append(out.Passages, showPassage(c, p, twins, here))
	}
	return out
}

func showPassage(c claims.Claim, p evidence.Passage, twins []sameAs, here string) view.Evidence {
	e := view.Evidence{
		Words: foreign(p.Words, p.Sentence.Lang, p.Sentence.Dir), Where: articleLink(p.Article, sourceName(p.Source),
			p.Sentence.N, 0), Against: p.Against,
		ArticleID: int64(p.Article.ID), Revision: int64(p.Sentence.RevisionID), Sentence: p.Sentence.N,
		Start: p.Sentence.Start, End: p.Sentence.End,
		LinkURL: claimURL(c.ID) + "/evidence", Back: here, Differs: differs(p.Differences, c.Lang, p.Sentence.Lang),
		SameURL: "/articles/" + itoa(p.Article.ID) + "/same-origin", OriginVersion: p.OriginVersion,
	}
	if p.Origin != nil {
		e.Origin = named(p.Origin.Name)
	}
	switch p.Twin {
	case evidence.TwinOfClaim:
		e.Warning = "Same origin as the claim’s own article: would not count."
	case evidence.TwinOfEvidence:
		e.Warning = "Same origin as evidence linked already: would not count twice."
	}
	for _, key := range p.Keys {
		e.Shared = append(e.Shared, view.SharedKey{Claim: inClaim(key.Query, c.Lang, c.Dir), Passage: inClaim(key.Hit,
			p.Sentence.Lang, p.Sentence.Dir), Meaning: key.Kind})
	}
	for _, x := range twins {
		if x.article != p.Article.ID && (p.Origin == nil || p.Origin.ID != x.origin) {
			e.SameAs = append(e.SameAs, x.SameOrigin)
		}
	}
	return e
}

// sameAs is an article that a passage's article may share its origin with.
type sameAs struct {
	view.SameOrigin
	article articles.ID
	origin  evidence.OriginID // 0: not stated
}

// mostTwins bounds the articles offered beside each passage.
const mostTwins = 4

// sameOrigins are the claim's own article and those of its evidence.
func (s *Server) sameOrigins(ctx context.Context, actor auth.Actor, c claims.Claim, linked []evidence.Shown) ([]sameAs,
	error) {
	own, err := s.Articles.Read(ctx, actor, c.ArticleID)
	if err != nil {
		return nil, err
	}
	var out []sameAs
	add := func(a articles.Article, source, what string) error {
		for _, x := range out {
			if x.article == a.ID {
				return nil
			}
		}
		ao, _, err := s.Evidence.ArticleOriginOf(ctx, actor, a.ID)
		out = append(out, sameAs{view.SameOrigin{Value: itoa(a.ID) + ":" + itoa(ao.Version), Word: titleOf(a, source),
			What: what}, a.ID, ao.OriginID})
		return err
	}
	if err := add(own.Article, sourceText(own), "the claim’s article"); err != nil {
		return nil, err
	}
	for _, it := range linked {
		if it.Article != nil && !it.Withheld && len(out) < mostTwins {
			if err := add(*it.Article, it.Source, "linked evidence"); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
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
