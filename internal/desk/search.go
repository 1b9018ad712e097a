package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/search"
)

// claimsFound is how many claims stand above the sentences that a search found.
const claimsFound = 50

// Search is one page of what a search found in a collection.
type Search struct {
	Frame   Frame
	Claims  Rows // on the first page of a search that is not narrowed: the filters are about articles
	Count   int  // of all the claims that were found, at most claims.CountCap+1
	More    claims.ID
	Found   search.Page
	Choices []articles.Choice // what a search can be narrowed to
}

// Search answers for the page on which words are looked for. No words find nothing. menu: with articles to choose from,
// which only people want.
func (d *Desk) Search(ctx context.Context, actor auth.Actor, q search.Query, menu bool) (out Search, err error) {
	defer fault.In(&err, "desk.Search(%d)", q.Collection)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Search{}
		if err := l.must(auth.ThingSearch, auth.Read, q.Collection); err != nil {
			return err
		}
		if out.Frame, err = l.frame(q.Collection); err != nil {
			return err
		}
		if menu {
			if out.Choices, err = articles.Choices(l.rx, q.Collection, q.Article); err != nil {
				return err
			}
		}
		if q.Words == "" {
			return nil
		}
		if out.Found, err = search.Find(l.rx, q); err != nil {
			return err
		}
		return l.claimsFound(&out, q)
	})
	return out, err
}

func (l *look) claimsFound(out *Search, q search.Query) error {
	if q.After != 0 || q.Narrowed() || !l.may(auth.ThingClaim, auth.Read, q.Collection) {
		return nil
	}
	page, err := claims.ListOf(l.rx, claims.Filter{Collection: q.Collection, Text: q.Words, Limit: claimsFound},
		l.actor.UserID)
	if err != nil {
		return err
	}
	out.Count, out.More = page.Count, page.Next
	out.Claims, err = l.rows(page.Claims)
	return err
}

// Next is the sentence after which the next page begins, 0 at the end.
func (s Search) Next() articles.SentenceID {
	if n := len(s.Found.Hits); s.Found.More && n > 0 {
		return s.Found.Hits[n-1].Sentence.ID
	}
	return 0
}

// SearchJSON is what a search found, as programs read it. Claims are on the first page only, and go on in the list of
// claims with the same text.
type SearchJSON struct {
	Claims    ClaimsJSON    `json:"claims"`
	Sentences List[HitJSON] `json:"sentences"`
	Building  bool          `json:"building"` // the index is being made anew: some may be missing
}

// JSON is the answer for programs.
func (s Search) JSON() SearchJSON {
	out := SearchJSON{Claims: Claims{Rows: s.Claims, Count: s.Count, Next: s.More}.JSON(), Building: s.Found.Building}
	for _, h := range s.Found.Hits {
		out.Sentences.Items = append(out.Sentences.Items, hitOf(h))
	}
	if next := s.Next(); next != 0 {
		out.Sentences.Next = decimal(next)
	}
	return out
}
