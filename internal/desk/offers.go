package desk

import (
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/match"
	"claimbench/internal/proposals"
	"claimbench/internal/text"
)

// Other words and glosses that machines and the language model propose for a claim, as the people of its collection see
// them.

// Offer is other words for a claim, or a gloss, that a machine proposes, and what became of it.
type Offer struct {
	N         claims.OwnNumber // among those of its machine; of the language model its id
	Words     string
	Lang, Dir string
	Gloss     bool
	Made      claims.Made
	Said      []string       // why, in the machine's words
	Differ    []match.Differ // of a gloss: where it differs from the claim
	Became    Became
	By        auth.UserID // who decided; 0: nobody, or it is not told while a round is under way
	ChangedTo string
	Letters   int  // between the two; -1 where they were not counted
	Wanted    bool // the reader may take it
	Refusable bool // the reader may refuse it
}

// offers reads the other words and the glosses that machines propose for a claim; v hides who decided on them.
func (l *look) offers(c claims.Claim, v veil) ([]Offer, error) {
	if l.past() != nil || c.Withheld || c.Protected != "" && !c.Opened {
		return nil, nil
	}
	all, err := claims.OffersFor(l.rx, c.ID)
	if err != nil {
		return nil, err
	}
	var out []Offer
	acts := l.acts(c)
	for _, p := range all {
		o := Offer{N: p.Number(), Words: p.Words, Lang: p.Lang, Dir: string(text.DirOf(p.Lang)),
			Gloss: p.Kind == claims.ProposedGloss, Made: p.Made, Said: p.Reasons,
			Became: became(p.Fate), ChangedTo: p.ChangedTo, Letters: p.Distance}
		if o.Became == NotDecidedOn || o.Words == "" { // nobody said anything of it, or its words are erased
			continue
		}
		if o.Gloss {
			o.Differ = glossDiffers(c, p.Lang, p.Words)
		} else {
			o.Dir = c.Dir
		}
		if o.Became == StillWaits {
			o.Wanted = o.Gloss && acts.Has(Gloss) || !o.Gloss && acts.Has(Edit)
			o.Refusable = claims.OfferRefusable(c) == nil &&
				l.may(claims.ThingOf(c), auth.Write, c.CollectionID)
		} else if p.SettledBy != nil && p.SettledAt != nil {
			o.By = v.author(*p.SettledBy, *p.SettledAt)
		}
		l.name(p.Machine, o.By)
		out = append(out, o)
	}
	return out, nil
}

// OfferJSON is other words for a claim, or a gloss, that a machine proposes, for programs of people.
type OfferJSON struct {
	Machine     auth.UserID `json:"machine"` // 0: the language model of the workbench
	MachineName string      `json:"machine_name"`
	// among the proposals of the machine, of the model its id; with it, what refuses it
	N         claims.OwnNumber `json:"n"`
	Model     string           `json:"model"`
	Kind      proposals.Kind   `json:"kind"` // statement or gloss
	Lang      string           `json:"lang"`
	Dir       string           `json:"dir"`
	Words     string           `json:"words"`
	Reasons   []string         `json:"reasons"` // why, in the machine's words
	Differs   []DifferJSON     `json:"differs"` // of a gloss: where it differs from the claim
	Became    Became           `json:"became"`
	By        auth.UserID      `json:"by"` // who decided; 0: nobody, or it is not told while a round is under way
	ChangedTo string           `json:"changed_to"`
	Letters   int              `json:"letters"` // between the two; -1 where they were not counted
	MayTake   bool             `json:"may_take"`
	MayRefuse bool             `json:"may_refuse"`
}

func offersJSON(all []Offer, names Names) (out List[OfferJSON]) {
	for _, o := range all {
		x := OfferJSON{Machine: o.Made.Machine, N: o.N, Model: o.Made.Model, Kind: proposals.Statement, Lang: o.Lang,
			Dir: o.Dir, Words: o.Words, Reasons: some(o.Said), Differs: some(differencesOf(o.Differ)), Became: o.Became,
			By: o.By, ChangedTo: o.ChangedTo, Letters: o.Letters, MayTake: o.Wanted, MayRefuse: o.Refusable}
		if o.Gloss {
			x.Kind = proposals.Gloss
		}
		if o.Made.Machine != 0 {
			x.MachineName = names.Of(o.Made.Machine)
		}
		out.Items = append(out.Items, x)
	}
	return out
}

// OfferRefusedJSON says that other words or a gloss of a machine were refused.
type OfferRefusedJSON struct {
	Claim   claims.ID        `json:"claim"`
	Machine auth.UserID      `json:"machine"`
	N       claims.OwnNumber `json:"n"`
}
