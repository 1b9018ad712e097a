package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/proposals"
)

// What a machine proposes, and what it reads of that: its own proposals with their fate, and nobody's name.

// OfferedJSON answers a machine that proposed: an answer for each item, in their order.
type OfferedJSON struct {
	Items []OfferedItemJSON `json:"items"`
}

// OfferedItemJSON is what became of one item.
type OfferedItemJSON struct {
	Outcome  proposals.Outcome `json:"outcome"`
	Why      proposals.Why     `json:"why,omitempty"`  // left out of one that is not refused
	What     string            `json:"what,omitempty"` // the words that it is refused for, where there are some
	Proposal claims.OwnNumber  `json:"proposal"`       // 0: none is kept
	Claim    claims.ID         `json:"claim"`          // 0: of no claim, or of one that has ended
}

func (OfferedJSON) answer() {}
func (OfferedJSON) plain()  {}

// OfferedOf is an answer for the machine that proposed.
func OfferedOf(all []proposals.Answer) OfferedJSON {
	out := OfferedJSON{Items: make([]OfferedItemJSON, len(all))}
	for i, a := range all {
		out.Items[i] = OfferedItemJSON(a)
	}
	return out
}

// Became is what became of a proposal, as its machine is told.
type Became string

// What became of a proposal.
const (
	StillWaits   Became = "waiting"
	WasAccepted  Became = "accepted"
	WasChanged   Became = "changed"
	WasRefused   Became = "refused"
	NotDecidedOn Became = "closed" // the claim ended, and nobody decided on it
)

// MachineProposalJSON is a proposal as its own machine reads it. Who decided on it is not said, nor when.
type MachineProposalJSON struct {
	ID           claims.OwnNumber    `json:"id"` // counts the proposals of this machine
	Kind         proposals.Kind      `json:"kind"`
	Claim        *claims.ID          `json:"claim,omitempty"`
	OtherClaim   *claims.ID          `json:"other_claim,omitempty"`
	Article      *articles.ID        `json:"article,omitempty"` // of an origin
	OtherArticle *articles.ID        `json:"other_article,omitempty"`
	Revision     articles.RevisionID `json:"revision"` // of the text that it quotes; 0: none
	Lang         string              `json:"lang"`
	Words        string              `json:"words"` // as they were kept; "" where its text may not be read any more
	Reasons      []string            `json:"reasons"`
	Model        string              `json:"model"`
	Prompt       string              `json:"prompt"` // SHA-256, or ""
	Parameters   string              `json:"parameters"`
	Input        string              `json:"input"` // SHA-256 of the text or the words that it is of
	Token        int64               `json:"token"` // the number of the token that proposed it
	MadeAt       Time                `json:"made_at"`
	Became       Became              `json:"became"`
	ChangedTo    string              `json:"changed_to"` // by a person; "" where it was not
	Letters      int                 `json:"letters"`    // between the two; -1 where they were not counted
}

// ownProposals is how many proposals a machine is given at once.
const ownProposals = 100

// MachineProposals answers for what a machine proposed itself in a collection, in that order, after one of them; at
// most 100.
func (d *Desk) MachineProposals(ctx context.Context, actor auth.Actor, c auth.CollectionID,
	after claims.OwnNumber) (out List[MachineProposalJSON], err error) {
	defer fault.In(&err, "desk.MachineProposals(%d, %d)", c, after)
	err = d.look(ctx, actor, func(l *look) error {
		out = List[MachineProposalJSON]{}
		if err := l.reads(auth.ThingMachine, c, "collection"); err != nil {
			return err
		}
		all, err := claims.OffersOf(l.rx, actor.UserID, c, after, ownProposals)
		if err != nil || len(all) == 0 {
			return err
		}
		if len(all) == ownProposals {
			out.Next = decimal(all[len(all)-1].Own)
		}
		out.Items, err = l.ownProposals(all)
		return err
	})
	return out, err
}

// ownProposals takes away the words of what may not be read any more, and holds back what is not to be told yet.
func (l *look) ownProposals(all []claims.Proposal) ([]MachineProposalJSON, error) {
	ids := make([]claims.ID, 0, len(all))
	of := make([]articles.ID, 0, len(all))
	for _, p := range all {
		ids, of = append(ids, p.ClaimID), append(of, p.ArticleID, p.OtherArticleID)
		if p.OtherID != nil {
			ids = append(ids, *p.OtherID)
		}
	}
	about, err := claims.ByIDs(l.rx, ids)
	if err != nil {
		return nil, err
	}
	for _, c := range about {
		of = append(of, c.ArticleID)
	}
	open := map[articles.ID]bool{}
	if err := articles.EachOf(l.rx, of, func(a articles.Article) error {
		open[a.ID] = readable(a)
		return nil
	}); err != nil {
		return nil, err
	}
	out := make([]MachineProposalJSON, len(all))
	for i, p := range all {
		c := about[p.ClaimID]
		out[i] = machineProposal(p, heldBack(p, about))
		if !open[c.ArticleID] && p.ClaimID != 0 || p.ArticleID != 0 && !(open[p.ArticleID] && open[p.OtherArticleID]) {
			out[i].Words, out[i].ChangedTo, out[i].Reasons = "", "", []string{}
		}
	}
	return out, nil
}

// machineProposal is a proposal as its machine is told of it; held says that what became of it is not told yet.
func machineProposal(p claims.Proposal, held bool) MachineProposalJSON {
	if held {
		p.Fate, p.ChangedTo, p.Distance = "", "", -1
	}
	out := MachineProposalJSON{ID: p.Own, Kind: proposals.Kind(p.Kind), OtherClaim: p.OtherID, Revision: p.RevisionID,
		Lang: p.Lang, Words: p.Words, Reasons: some([]string(p.Reasons)), Model: p.Model, Prompt: p.Prompt,
		Parameters: p.Parameters, Input: p.Input, MadeAt: Time(p.MadeAt), Became: became(p.Fate),
		ChangedTo: p.ChangedTo, Letters: p.Distance}
	if p.ClaimID != 0 {
		out.Claim = &p.ClaimID
	}
	if p.ArticleID != 0 {
		out.Article, out.OtherArticle = &p.ArticleID, &p.OtherArticleID
	}
	if p.Token != nil {
		out.Token = *p.Token
	}
	return out
}

// heldBack says that what people did with a proposal is not told to its machine yet, for a round of its claim, or of
// the other one of a duplicate, may be under way: it would tell that somebody is at work on it. Told at once is what
// the machine reads at the claim anyway: that a candidate was accepted, changed or rejected, which ends before a round
// begins, and that a claim has other words now; and what was said of two articles, which everybody reads at these.
func heldBack(p claims.Proposal, about map[claims.ID]claims.Claim) bool {
	underWay := func(id claims.ID) bool {
		c := about[id]
		return c.State == claims.Open || c.State == claims.InConflict
	}
	switch p.Kind {
	case claims.ProposedCandidate, claims.ProposedOrigin:
		return false
	case claims.ProposedStatement:
		return p.Fate == claims.Refused && underWay(p.ClaimID)
	}
	return underWay(p.ClaimID) || p.OtherID != nil && underWay(*p.OtherID)
}

func became(fate claims.Fate) Became {
	switch fate {
	case claims.Accepted:
		return WasAccepted
	case claims.Edited:
		return WasChanged
	case claims.Refused:
		return WasRefused
	case claims.Left:
		return NotDecidedOn
	}
	return StillWaits
}
