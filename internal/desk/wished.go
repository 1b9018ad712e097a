package desk

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/model"
	"claimbench/internal/wishes"
)

// Wished is what the language model may be asked of a claim, and what it was asked.
type Wished struct {
	Model, Host string // that it may be asked now; "" it may not
	All         []wishes.Wish
}

// wished reads what the model may be asked of a claim by whoever may write its glosses.
func (l *look) wished(c claims.Claim) (out Wished, err error) {
	if l.past() != nil || c.Withheld || c.Protected != "" || claims.GlossEditable(c) != nil ||
		!l.may(auth.ThingClaim, auth.Write, c.CollectionID) {
		return out, nil
	}
	if out.Model, out.Host, err = l.sends(c.CollectionID); err != nil || out.Model == "" {
		return out, err
	}
	out.All, err = wishes.GlossesOf(l.rx, c.ID)
	return out, err
}

// WishJSON is a gloss that the language model is asked for. It comes as a proposal beside the claim.
type WishJSON struct {
	Claim   claims.ID    `json:"claim"`
	Lang    string       `json:"lang"`
	State   wishes.State `json:"state"`
	Why     model.Why    `json:"why,omitempty"`     // its answer was refused; left out while there is none
	What    string       `json:"what,omitempty"`    // the part of it that is wrong
	Message string       `json:"message,omitempty"` // why it waits or failed
}

// GlossAskedJSON says that the language model is asked for a gloss, of a claim or of a passage beside it.
type GlossAskedJSON struct {
	Claim    claims.ID           `json:"claim"`
	Sentence articles.SentenceID `json:"sentence"` // 0: of the claim
	State    wishes.State        `json:"state"`
}

func (GlossAskedJSON) answer() {}
func (GlossAskedJSON) plain()  {}

// GlossAskedOf is a wish for the program that asked.
func GlossAskedOf(w wishes.Wish) GlossAskedJSON {
	return GlossAskedJSON{Claim: w.ClaimID, Sentence: w.SentenceID, State: w.State}
}

// WishOf is a wish for programs.
func WishOf(w wishes.Wish) WishJSON {
	return WishJSON{Claim: w.ClaimID, Lang: w.Lang, State: w.State, Why: w.Why, What: w.What, Message: w.Message}
}
