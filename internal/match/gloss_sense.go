package match

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// What a gloss says otherwise with the same names and numbers: who does it to whom, and in whose money.

// crowned are the words for crowns, which are of several countries: what follows a number is compared with the money of
// the other side.
var crowned = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:kron(?:er|e|en|or|a|ur)|crowns?|couronnes?|` +
	`coronas?|corone|крон[аы]?|کرون|كرونة|كرونات|كرون)(?:$|[^\p{L}])|クローネ|クローナ|克朗`)

// ofCrowns are the currencies that are called crown, money is how units of money are named (ISO 4217).
var (
	ofCrowns = map[string]bool{"NOK": true, "SEK": true, "DKK": true, "ISK": true, "CZK": true}
	money    = regexp.MustCompile(`^[A-Z]{3}$`)
)

// behindNumber is how far behind a number its money is looked for, in code points.
const behindNumber = 24

// otherMoney says whether one side counts crowns and the other a currency that is called otherwise.
func (g glossed) otherMoney(q, o value.Quantity) bool {
	crowns := func(s statement, q value.Quantity) bool {
		return !money.MatchString(q.Unit) && crowned.MatchString(s.doc.Slice(text.Span{Start: q.Span.Start,
			End: min(q.Span.End+behindNumber, s.doc.Len())}))
	}
	other := func(unit string) bool { return money.MatchString(unit) && !ofCrowns[unit] }
	return other(o.Unit) && crowns(g.a, q) || other(q.Unit) && crowns(g.b, o)
}

// turned tells where two names stand in the other order: “A sued B” against “B sued A”. Languages order them otherwise,
// too, so it is not sure; a person and a place are not compared.
func (g glossed) turned() []Differ {
	mine := namesOf(g.a)
	mine = mine[:min(len(mine), mostDiffers)] // each is looked for in every unit of the gloss
	units := NewTerms().rd.read(g.gloss.Text)
	for i := range mine {
		for k := i + 1; k < min(len(mine), i+3); k++ {
			a, b := mine[i], mine[k]
			if a.Type != b.Type && a.Type != value.NameOther && b.Type != value.NameOther {
				continue
			}
			x, y := g.placeOf(a, units), g.placeOf(b, units)
			if x < 0 || y < 0 || x <= y {
				continue
			}
			return []Differ{{Kind: DiffersName, Source: a.Text + " … " + b.Text,
				Gloss: g.gloss.Text[units[y].start:units[y].end] + " … " + g.gloss.Text[units[x].start:units[x].end],
				Message: fmt.Sprintf("The claim names “%s” before “%s”, the gloss after: see who does what to whom.",
					a.Text, b.Text)}}
		}
	}
	return nil
}

// placeOf gives at which unit of the gloss the last word of a name of the source stands first; -1 for nowhere.
func (g glossed) placeOf(n value.Name, units []unit) int {
	words := strings.Fields(n.Text)
	if len(words) == 0 {
		return -1
	}
	return slices.IndexFunc(units, func(u unit) bool {
		return g.named(words[len(words)-1], g.gloss.Text[u.start:u.end])
	})
}

// surnamed is what stands behind a given name that is written as a month: Jan Holm.
var surnamed = regexp.MustCompile(`^ \p{Lu}\p{Ll}`)

// unyet is the Chinese sign that denies what has been, but in words of its own: 未来, the future.
var unyet = regexp.MustCompile(`未[^来來必免婚成知名央曾满滿遂\pP\s]`)

// glossNegation is the first word of a text that denies, "" when none does.
func glossNegation(it Item) string {
	if w := findNegation(it); w != "" {
		return w
	}
	if lang, _, _ := strings.Cut(it.language(), "-"); lang == "zh" {
		if unyet.MatchString(it.Text) {
			return "未"
		}
	}
	return ""
}
