package desk

import (
	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/model"
	"claimbench/internal/wishes"
)

// PassageGloss is a gloss of a passage that this person asked the language model for, or what became of it.
type PassageGloss struct {
	wishes.Wish
	Words string // "" while there is none
	Model string // that wrote it
	Notes []string
}

// PassageGlossJSON is a gloss of a passage that this person asked the language model for. Nobody else reads it.
type PassageGlossJSON struct {
	Lang    string       `json:"lang"`
	State   wishes.State `json:"state"`
	Words   string       `json:"words"` // "" while there is none
	Model   string       `json:"model,omitempty"`
	Notes   []string     `json:"notes"` // what it and the passage do not say alike
	Why     model.Why    `json:"why,omitempty"`
	What    string       `json:"what,omitempty"`
	Message string       `json:"message,omitempty"`
}

// passageGlosses reads the glosses of passages beside a claim that this person asked for, the newest of each passage.
func (l *look) passageGlosses(id claims.ID) (map[articles.SentenceID]PassageGloss, error) {
	all, err := wishes.PassagesOf(l.rx, id, l.actor.UserID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ids := make([]claims.ProposalID, len(all))
	for i, w := range all {
		ids[i] = w.ProposalID
	}
	words, err := claims.PassageGlosses(l.rx, ids)
	out := map[articles.SentenceID]PassageGloss{}
	for _, w := range all {
		if _, there := out[w.SentenceID]; !there {
			p := words[w.ProposalID]
			out[w.SentenceID] = PassageGloss{Wish: w, Words: p.Words, Model: p.Model, Notes: some([]string(p.Reasons))}
		}
	}
	return out, err
}

func (g PassageGloss) json() *PassageGlossJSON {
	return &PassageGlossJSON{Lang: g.Lang, State: g.State, Words: g.Words, Model: g.Model, Notes: some(g.Notes),
		Why: g.Why, What: g.What, Message: g.Message}
}
