package extract

import (
	"strings"
	"sync"
)

// verbForms are the finite forms of the verbs in tables/verbs.LANG.tsv: rows of
// "past", from whose words derive makes the others, and of "form", as they stand.
func verbForms(lang string, derive func(string) []string) []table {
	raw, err := operatorFiles.ReadFile("tables/verbs." + lang + ".tsv")
	if err != nil {
		panic(err) // the file is part of the program
	}
	var out strings.Builder
	for row := range strings.SplitSeq(string(raw), "\n") {
		kind, words, ok := strings.Cut(row, "\t")
		if !ok || strings.HasPrefix(row, "#") {
			continue
		}
		for _, w := range strings.Fields(words) {
			out.WriteString(w + " ")
			if kind == "past" {
				out.WriteString(strings.Join(derive(w), " ") + " ")
			}
		}
	}
	return []table{{cVerb, out.String()}}
}

// persianPast gives the other past forms of a Persian verb: ریختند, نریخت, نریختند.
func persianPast(w string) []string { return []string{w + "ند", "ن" + w, "ن" + w + "ند"} }

// arPerfects are the perfects of Arabic that the table has: after قد they say that something has happened.
var arPerfects = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, t := range verbForms("ar", arabicPerfect) {
		for _, w := range strings.Fields(t.words) {
			out[foldAll(w)] = true
		}
	}
	return out
})

// arabicPerfect gives the other forms of an Arabic perfect: هطلت, هطلوا.
func arabicPerfect(w string) []string {
	if strings.HasSuffix(w, "ت") || strings.HasSuffix(w, "ى") || strings.HasSuffix(w, "ا") {
		return nil
	}
	return []string{w + "ت", w + "وا"}
}
