package httpd

import (
	"context"
	"strings"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
)

const (
	suggested       = 5           // passages proposed on a page
	suggestPatience = time.Second // how long a page waits for them; without them it is whole all the same
)

// suggest proposes passages for a claim, with the keys they share; linking one comes back to back. A page is never
// refused for want of a proposal: what goes wrong goes into the log.
func (s *Server) suggest(ctx context.Context, actor auth.Actor, c claims.Claim, back string) []view.Evidence {
	soon, cancel := context.WithTimeout(ctx, suggestPatience)
	defer cancel()
	found, err := s.Evidence.Passages(soon, actor, c.ID, suggested)
	if err != nil {
		s.log.Debug("no passages proposed", "claim", int64(c.ID), "err", err)
		return nil
	}
	out := make([]view.Evidence, len(found.Passages))
	for i, p := range found.Passages {
		out[i] = showPassage(p, c)
		out[i].LinkURL, out[i].Back = claimURL(c.ID)+"/evidence", back
	}
	return out
}

func showPassage(p evidence.Passage, c claims.Claim) view.Evidence {
	v := view.Evidence{
		Kind: evidence.Report, Words: foreign(p.Words, p.Sentence.Lang, p.Sentence.Dir), Where: articleLink(p.Article, sourceName(p.Source), p.Sentence.N, 0),
		ArticleID: int64(p.Article.ID), Revision: int64(p.Sentence.RevisionID), Sentence: p.Sentence.N, Start: p.Sentence.Start, End: p.Sentence.End,
	}
	if p.Origin != nil {
		v.Origin = named(p.Origin.Name)
	}
	for _, k := range p.Keys {
		v.Shared = append(v.Shared, view.SharedKey{Claim: inClaim(k.Query, c.Lang, c.Dir), Passage: inClaim(k.Hit, p.Sentence.Lang, p.Sentence.Dir), Meaning: k.Kind})
	}
	var warn []string
	switch p.Twin {
	case evidence.TwinOfClaim:
		warn = append(warn, "Same origin as the claim’s own article: proves nothing by itself.")
	case evidence.TwinOfEvidence:
		warn = append(warn, "Same origin as evidence that is linked: would not count twice.")
	}
	if p.Against {
		warn = append(warn, "It speaks of another incident, number or date.")
	}
	v.Warning = strings.Join(append(warn, p.Differences...), " ")
	return v
}
