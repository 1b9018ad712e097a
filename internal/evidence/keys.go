package evidence

import (
	"slices"
	"strings"

	"claimbench/internal/match"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// nameWords are the words of the names in a text: sure ones of a person, place or thing, and those that only stand in
// the name of an organisation, which has ordinary words too.
type nameWords struct{ sure, perhaps map[string]bool }

func namesIn(words, lang string) nameWords {
	out := nameWords{map[string]bool{}, map[string]bool{}}
	d, err := text.NewDoc(words)
	if err != nil || d.Len() == 0 || d.Len() > longestCompared {
		return out
	}
	if lang == "" {
		lang = text.Detect(words)
	}
	for _, n := range value.Names(d, text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: lang,
		Dir: text.DirOf(lang)}) {
		into := out.sure
		if n.Type == "org" {
			into = out.perhaps
		}
		for _, w := range append(strings.Fields(n.Text), n.Text) {
			into[text.Fold(w)] = true
		}
	}
	return out
}

// reasons makes the keys of a hit ready to be shown: each once, and a word that stands in a name of either text is
// called a name, for only the text room knows names where letters have no case.
func reasons(keys []match.Key, claim, passage nameWords) []match.Key {
	out := make([]match.Key, 0, len(keys))
	for _, key := range keys {
		if key.Kind == match.KindWord {
			q, h := text.Fold(key.Query), text.Fold(key.Hit)
			if claim.sure[q] || passage.sure[h] || claim.perhaps[q] && passage.perhaps[h] {
				key.Kind = match.KindName
			}
		}
		if !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}
