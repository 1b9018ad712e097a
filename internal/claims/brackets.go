package claims

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// ProposedBracket is the kind of words that would be filled into a statement, so that it can be read without its
// article. A person accepts or strikes each; what is accepted stands in [ ].
const ProposedBracket = "bracket"

// mostBrackets is how many brackets of one claim are kept and shown.
const mostBrackets = 20

// placeRoom is how many code points of the statement before a bracket say where it goes.
const placeRoom = 40

// nearRoom is how many of them do, once, where the statement was edited since.
const nearRoom = 12

// Filling is one bracket of a claim. At is the code point of the statement behind which it goes, with a space; of one
// that was accepted it is where it stands. Revision and Span say where its words came from; an empty span is the day of
// publication.
type Filling struct {
	ID       ProposalID
	Words    string `words:"article"`
	At       int
	Revision articles.RevisionID
	Span     text.Span
}

// fillings are the brackets of a candidate on their way into the table.
func fillings(c extract.Candidate) []Proposal {
	var out []Proposal
	left := slices.Clone(c.Brackets)
	stand, bare := c.Standalone, c.Statement
	for stand != "" && len(left) > 0 && len(out) < mostBrackets {
		i := slices.IndexFunc(left, func(b extract.Bracket) bool {
			return strings.HasPrefix(stand, inBrackets(b.Text)) && !strings.HasPrefix(bare, inBrackets(b.Text))
		})
		if i < 0 {
			n := len(string([]rune(stand)[:1]))
			if !strings.HasPrefix(bare, stand[:n]) {
				return nil // no statement with brackets: nothing is proposed rather than something misplaced
			}
			stand, bare = stand[n:], bare[n:]
			continue
		}
		b := left[i]
		before := []rune(c.Statement[:len(c.Statement)-len(bare)])
		out = append(out, Proposal{Kind: ProposedBracket, Words: b.Text, Span: b.From,
			After: string(before[max(0, len(before)-placeRoom):])})
		stand, left = stand[len(inBrackets(b.Text)):], slices.Delete(left, i, i+1)
	}
	return out
}

// inBrackets is what is put behind the words that leave something open.
func inBrackets(words string) string { return " [" + words + "]" }

// placeIn finds where a bracket goes in a statement that may have been edited since; -1 when that is not certain.
func placeIn(statement, after string) int {
	near := []rune(after)
	near = near[max(0, len(near)-nearRoom):]
	at := -1
	for _, words := range []string{after, string(near)} {
		switch {
		case at >= 0 || words == "":
		case strings.HasPrefix(statement, words):
			at = len(words)
		case strings.Count(statement, words) == 1:
			at = strings.Index(statement, words) + len(words)
		}
	}
	if at < 0 || strings.HasPrefix(statement[at:], " [") {
		return -1
	}
	return at
}

// BracketsProposed lists the brackets of a claim that wait for a person and whose place is certain, in the order of
// the statement. A claim that is withheld has none.
func BracketsProposed(r *store.Rx, c Claim) ([]Filling, error) { return bracketsOf(r, c, "") }

// BracketsIn lists the brackets that a person accepted and that still stand in the statement, in its order.
func BracketsIn(r *store.Rx, c Claim) ([]Filling, error) {
	all, err := BracketsInAll(r, []Claim{c})
	return all[c.ID], err
}

// BracketsInAll is BracketsIn for several claims in one query at most. A claim that has none is left out.
func BracketsInAll(r *store.Rx, all []Claim) (map[ID][]Filling, error) {
	var ids []ID
	for _, c := range all {
		if !c.Withheld && strings.Contains(c.Statement, "[") {
			ids = append(ids, c.ID)
		}
	}
	out := map[ID][]Filling{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []Proposal
	if err := r.Gorm().Where("claim_id IN ? AND kind = ? AND fate = ?", ids, ProposedBracket, Accepted).
		Order("claim_id, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	by := map[ID][]Proposal{}
	for _, p := range rows {
		if len(by[p.ClaimID]) < mostBrackets {
			by[p.ClaimID] = append(by[p.ClaimID], p)
		}
	}
	for _, c := range all {
		if f := placed(c.Statement, by[c.ID], Accepted); f != nil {
			out[c.ID] = f
		}
	}
	return out, nil
}

func bracketsOf(r *store.Rx, c Claim, fate Fate) (out []Filling, err error) {
	if c.Withheld {
		return nil, nil
	}
	var rows []Proposal
	if err := r.Gorm().Where("claim_id = ? AND kind = ? AND fate = ?", c.ID, ProposedBracket, fate).Order("id").
		Limit(mostBrackets).Find(&rows).Error; err != nil {
		return nil, err
	}
	return placed(c.Statement, rows, fate), nil
}

// placed finds where brackets of a fate go in a statement, or stand in it.
func placed(statement string, rows []Proposal, fate Fate) (out []Filling) {
	for _, p := range rows {
		at := placeIn(statement, p.After)
		if fate == Accepted {
			at = strings.Index(statement, "["+p.Words+"]")
		}
		if at < 0 {
			continue
		}
		out = append(out, Filling{ID: p.ID, Words: p.Words, At: len([]rune(statement[:at])), Revision: p.RevisionID,
			Span: p.Span})
	}
	slices.SortStableFunc(out, func(a, b Filling) int { return a.At - b.At })
	return out
}

// StatementWith is a statement with brackets put in, which are in its order.
func StatementWith(statement string, with []Filling) string {
	words, from := []rune(statement), 0
	var out strings.Builder
	for _, f := range with {
		out.WriteString(string(words[from:f.At]) + inBrackets(f.Words))
		from = f.At
	}
	return out.String() + string(words[from:])
}

// Bracket puts brackets that were proposed for a claim into its statement, and strikes the others that wait. It is an
// edit as any other: the words get a new version, and the history says from where each bracket came. wordsVersion is
// the one that the person opened. To accept none strikes all, which changes no word.
func (s *Service) Bracket(ctx context.Context, actor auth.Actor, id ID, wordsVersion int64, accept []ProposalID) (
	_ Claim, err error) {
	defer fault.In(&err, "claims.Bracket(%d, %d accepted)", id, len(accept))
	typed := func() error { return nil }
	return one(s.reword(ctx, actor, id, wordsVersion, typed, Editable,
		func(tx *store.Tx, who history.Who, c Claim) ([]Claim, error) {
			waiting, err := BracketsProposed(&tx.Rx, c)
			if err != nil {
				return nil, err
			}
			taken, struck, err := parted(c, waiting, accept)
			if err != nil {
				return nil, err
			}
			if err := settleBrackets(tx, who, taken, Accepted); err != nil {
				return nil, err
			}
			if err := settleBrackets(tx, who, struck, Refused); err != nil {
				return nil, err
			}
			if len(taken) == 0 {
				return []Claim{c}, noteBrackets(tx, who, bracketsStruck, c, c, struck)
			}
			after := c
			w := Words{Statement: StatementWith(c.Statement, taken), Attribution: c.Attribution, Hedge: c.Hedge,
				Kind: c.Kind}
			if err := checkWords(&w); err != nil {
				return nil, err
			}
			if err := apply(&tx.Rx, &after, w); err != nil {
				return nil, err
			}
			action := "claim.edited"
			if c.State == Candidate {
				action = "candidate.edited"
			}
			if err = s.update(tx, who, c, &after, action, whence(taken), ""); err != nil {
				return nil, err
			}
			return []Claim{after}, noteBrackets(tx, who, action, c, after, slices.Concat(taken, struck))
		}))
}

// parted says which of the waiting brackets a person accepts, and which not.
func parted(c Claim, waiting []Filling, accept []ProposalID) (taken, struck []Filling, err error) {
	for _, f := range waiting {
		if slices.Contains(accept, f.ID) {
			taken = append(taken, f)
		} else {
			struck = append(struck, f)
		}
	}
	if len(waiting) == 0 || len(taken) != len(accept) {
		return nil, nil, fault.Stale(
			"The brackets proposed for claim %d are others now. Look at them again; nothing was changed.", c.ID).With(
			"accept", "These brackets do not wait any more.")
	}
	return taken, struck, nil
}

// whence says where brackets came from, in numbers: the history keeps it after the article was taken down.
func whence(taken []Filling) string {
	parts := make([]string, len(taken))
	for i, f := range taken {
		parts[i] = fmt.Sprintf("%d from characters %d to %d", i+1, f.Span.Start, f.Span.End)
		if f.Span == (text.Span{}) {
			parts[i] = fmt.Sprintf("%d from the day of publication", i+1)
		}
	}
	return "brackets put in: " + strings.Join(parts, ", ")
}

func settleBrackets(tx *store.Tx, who history.Who, all []Filling, fate Fate) error {
	if len(all) == 0 {
		return nil
	}
	ids := make([]ProposalID, len(all))
	for i, f := range all {
		ids[i] = f.ID
	}
	return tx.Gorm().Model(&Proposal{}).Where("id IN ?", ids).Updates(map[string]any{"fate": fate,
		"settled_at": tx.Now(), "settled_by": auth.UserID(who.UserID)}).Error
}
