package desk

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/match"
	"claimbench/internal/model"
	"claimbench/internal/text"
	"claimbench/internal/wishes"
)

// Beside is what machines propose of a claim and nobody has decided on, for its page.
type Beside struct {
	Words  string // other words for it, or a gloss
	Lang   string
	Dir    string
	Gloss  bool
	Made   claims.Made
	Said   []string       // why, in the machine's words
	Differ []match.Differ // of a gloss: where it differs from the claim
	Wanted bool           // the reader may take it
}

// beside reads the other words and the glosses that machines and the model propose for a claim.
func (l *look) beside(c claims.Claim) ([]Beside, error) {
	if l.past() != nil || c.Withheld {
		return nil, nil
	}
	all, err := claims.Beside(l.rx, c.ID)
	if err != nil {
		return nil, err
	}
	var out []Beside
	for _, p := range all {
		if p.Kind != claims.ProposedStatement && p.Kind != claims.ProposedGloss {
			continue
		}
		l.name(p.Machine)
		b := Beside{Words: p.Words, Lang: p.Lang, Dir: string(text.DirOf(p.Lang)),
			Gloss: p.Kind == claims.ProposedGloss, Made: p.Made, Said: p.Reasons}
		if b.Gloss {
			b.Differ = glossDiffers(c, p.Lang, p.Words)
			b.Wanted = claims.GlossEditable(c) == nil && l.may(auth.ThingClaim, auth.Write, c.CollectionID)
		} else {
			b.Dir = c.Dir
			b.Wanted = l.acts(c).Has(Edit)
		}
		out = append(out, b)
	}
	return out, nil
}

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

// BesideJSON is what machines and the model propose of a claim's words, and nobody has taken.
type BesideJSON struct {
	Kind  string    `json:"kind"` // "statement" or "gloss"
	Lang  string    `json:"lang"`
	Words string    `json:"words"`
	Why   []string  `json:"why"`
	By    MakerJSON `json:"by"`
}

func besideOf(all []Beside, names Names) (out List[BesideJSON]) {
	for _, b := range all {
		x := BesideJSON{Kind: claims.ProposedStatement, Lang: b.Lang, Words: b.Words, Why: some(some(b.Said)),
			By: makersOf([]claims.Made{b.Made}, names)[0]}
		if b.Gloss {
			x.Kind = claims.ProposedGloss
		}
		out.Items = append(out.Items, x)
	}
	return out
}
