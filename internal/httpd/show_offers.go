package httpd

import (
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// showOffers is what machines propose of a claim's words, each with what takes it and what refuses it, and what became
// of those that somebody decided on. back is the page to which refusing one leads.
func showOffers(c claims.Claim, all []desk.Offer, names desk.Names, back string) (out []view.Offer) {
	refusable := false
	for _, o := range all {
		by := machineCalled(o.Made, names)
		v := view.Offer{Words: foreign(o.Words, o.Lang, o.Dir), Said: machineSays(by, o.Said),
			By: "Other words, by " + by + ". Nobody has accepted them.", Differs: showDiffers(c.Lang, o.Lang, o.Differ)}
		if o.Gloss {
			v.By = "A gloss in " + languageName(o.Lang) + ", by " + by + ". Nobody has accepted it."
		}
		if o.Became != desk.StillWaits {
			v.By, _, _ = strings.Cut(v.By, ". Nobody has ")
			v.By += ": " + offerBecame(o, names) + "."
			if o.ChangedTo != "" {
				v.ChangedTo = foreign(o.ChangedTo, o.Lang, o.Dir)
			}
		}
		if o.Wanted {
			v.Take, v.Fields = offerTaken(c, o)
		}
		if o.Refusable {
			v.Refuse = claimURL(c.ID) + "/proposals/refuse"
			v.Refused = []view.Field{{Name: "machine", Value: itoa(o.Made.Machine)}, {Name: "n", Value: itoa(o.N)},
				{Name: "back", Value: back}}
			v.First, refusable = !refusable, true
		}
		out = append(out, v)
	}
	return out
}

// offerBecame says what became of words that a machine proposed, and by whom where that is told.
func offerBecame(o desk.Offer, names desk.Names) string {
	by := " by an editor or a reviewer"
	if o.By != 0 {
		by = " by " + names.Of(o.By)
	}
	switch o.Became {
	case desk.WasAccepted:
		return "accepted" + by
	case desk.WasChanged:
		if o.Letters >= 0 {
			return "changed" + by + ", " + many(o.Letters, "letter", "letters")
		}
		return "changed" + by
	case desk.WasRefused:
		return "refused" + by
	}
	return "nobody has decided on it"
}

// offerTaken is the form that takes what a machine proposes as it stands.
func offerTaken(c claims.Claim, o desk.Offer) (url string, fields []view.Field) {
	if !o.Gloss {
		return claimURL(c.ID) + "/edit", []view.Field{{Name: "statement", Value: o.Words},
			{Name: "attribution", Value: attributionOf(c)}, {Name: "hedge", Value: strings.Join(c.Hedge, "; ")},
			{Name: "kind", Value: string(c.Kind)}, {Name: "start", Value: itoa(c.Start)},
			{Name: "end", Value: itoa(c.End)}, {Name: "words_version", Value: itoa(c.WordsVersion)},
			{Name: "revision", Value: itoa(c.RevisionID)}}
	}
	version := int64(0)
	for _, g := range c.Glosses {
		if g.Lang == o.Lang {
			version = g.Version
		}
	}
	return claimURL(c.ID) + "/glosses", []view.Field{{Name: "lang", Value: o.Lang}, {Name: "gloss", Value: o.Words},
		{Name: "version", Value: itoa(version)}}
}
