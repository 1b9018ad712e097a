package desk

import (
	"context"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Rows are claims with what a list shows of each.
type Rows struct {
	Claims   []claims.Claim
	Sources  map[articles.ID]string // where stated
	Evidence map[claims.ID]map[evidence.Stance]int
	Mine     map[claims.ID]claims.Verdict // the reader's own, in rounds that are open; only where it is looked for
	// what each statement says and its words do not; only where it is looked for
	Lacks map[claims.ID][]value.Lack
	// of candidates: the models and machines that wrote them, besides the rules
	Made  map[claims.ID][]claims.Made
	Names Names // of the machines
}

// Claims is one page of the claims of a collection, by filter.
type Claims struct {
	Frame
	Rows
	Count   int               // at most claims.CountCap+1
	Folded  int               // candidates folded away, at most claims.CountCap+1
	Next    claims.ID         // After of the next page, 0 at the end
	Choices []articles.Choice // none when no menu is wanted
}

// Claims answers for the list of a collection's claims. menu: with articles to choose from, which only people want.
func (d *Desk) Claims(ctx context.Context, actor auth.Actor, f claims.Filter, menu bool) (out Claims, err error) {
	defer fault.In(&err, "desk.Claims(%d)", f.Collection)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Claims{}
		if err := l.must(auth.ThingClaim, auth.Read, f.Collection); err != nil {
			return err
		}
		if out.Frame, err = l.frame(f.Collection); err != nil {
			return err
		}
		page, err := claims.ListOf(l.rx, f, actor.UserID)
		if err != nil {
			return err
		}
		out.Count, out.Folded, out.Next = page.Count, page.Folded, page.Next
		if out.Rows, err = l.rows(page.Claims); err != nil {
			return err
		}
		if out.Mine, err = review.OwnVerdicts(l.rx, actor.UserID, page.Claims); err != nil {
			return err
		}
		if menu {
			out.Choices, err = articles.Choices(l.rx, f.Collection, f.Article)
		}
		return err
	})
	return out, err
}

// rows reads sources and evidence of claims in two queries.
func (l *look) rows(list []claims.Claim) (Rows, error) {
	out := Rows{Claims: list}
	ids, of := make([]claims.ID, len(list)), make([]articles.ID, len(list))
	for i, c := range list {
		ids[i], of[i] = c.ID, c.ArticleID
	}
	var err error
	if out.Sources, err = articles.SourceNames(l.rx, of); err != nil {
		return out, err
	}
	if out.Evidence, err = evidence.Counts(l.rx, ids); err != nil {
		return out, err
	}
	out.Names = l.names
	out.Made, err = l.madeBy(list)
	return out, err
}

// madeBy says of candidates which models and machines wrote them, in one query, and none where no candidate is.
func (l *look) madeBy(list []claims.Claim) (map[claims.ID][]claims.Made, error) {
	var ids []claims.ID
	for _, c := range list {
		if c.State == claims.Candidate && !c.ByHand && l.past() == nil {
			ids = append(ids, c.ID)
		}
	}
	all, err := claims.ProposalsOf(l.rx, ids)
	for id, made := range all {
		made = slices.DeleteFunc(made, func(m claims.Made) bool { return m.Maker == extract.Maker })
		if all[id] = made; len(made) == 0 {
			delete(all, id)
		}
		for _, m := range made {
			l.name(m.Machine)
		}
	}
	for _, c := range list {
		if made, there := all[c.ID]; there {
			all[c.ID] = unsaid(made, c)
		}
	}
	return all, err
}

// unsaid leaves out what machines say of a claim whose words may not be read here.
func unsaid(made []claims.Made, c claims.Claim) []claims.Made {
	if c.Withheld || c.Protected != "" && !c.Opened {
		for i := range made {
			made[i].Said = nil
		}
	}
	return made
}

// lacks looks what the statement of each claim says and its words do not.
func (l *look) lacks(list []claims.Claim) (map[claims.ID][]value.Lack, error) {
	var there []claims.Claim
	var spots []articles.Spot
	for _, c := range list {
		if !c.Withheld {
			there, spots = append(there, c), append(spots, c.Spots()...)
		}
	}
	filled, err := claims.BracketsInAll(l.rx, there)
	if err != nil {
		return nil, err
	}
	around, err := articles.NearAll(l.rx, spots)
	if err != nil {
		return nil, err
	}
	out := map[claims.ID][]value.Lack{}
	for _, c := range there {
		own := around[:len(c.More)+1]
		out[c.ID] = claims.Unsupported(c, filled[c.ID], sliceOf(own))
		around = around[len(own):]
	}
	return out, nil
}

// sliceOf gives the text of a span out of several parts of a text, with a line feed between two.
func sliceOf(parts []articles.Stretch) func(text.Span) string {
	return func(span text.Span) string {
		words := make([]string, len(parts))
		for i, p := range parts {
			words[i] = p.Slice(span)
		}
		return strings.Join(words, "\n")
	}
}

// ClaimsJSON is one page of a list of claims.
type ClaimsJSON struct {
	Items []ClaimJSON `json:"items"`
	Next  string      `json:"next,omitempty"`
	Count int         `json:"count"` // at most claims.CountCap+1
	// candidates of background and sayings that were left out, at most claims.CountCap+1; all=1 lists them too
	Folded int `json:"folded"`
}

// JSON is the answer for programs.
func (c Claims) JSON() ClaimsJSON {
	out := ClaimsJSON{Items: some(JSONOfAll(c.Rows.Claims).Items), Count: c.Count, Folded: c.Folded}
	for i, x := range out.Items {
		out.Items[i].ProposedBy.Items = makersOf(c.Made[x.ID], c.Rows.Names)
	}
	if c.Next != 0 {
		out.Next = decimal(c.Next)
	}
	return out
}
