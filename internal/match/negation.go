package match

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

//go:embed tables/denials.tsv
var denialsTSV string

// denying are the words that deny in one language: those of scripts with spaces by their folded form, those that stand
// anywhere as they are, and which of them deny what stands before them.
type denying struct {
	words  map[string]bool
	signs  []string
	behind map[string]bool
}

// allLanguages is the key of the words of all languages together, for texts of a language that has none of its own.
const allLanguages = ""

var denyingWords = sync.OnceValue(func() map[string]*denying {
	out := map[string]*denying{}
	for line := range strings.Lines(denialsTSV) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) != 3 || line[0] == '#' || cells[0] == "lang" {
			continue
		}
		for _, lang := range []string{cells[0], allLanguages} {
			d := out[lang]
			if d == nil {
				d = &denying{words: map[string]bool{}, behind: map[string]bool{}}
				out[lang] = d
			}
			for _, w := range strings.Split(cells[1], "|") {
				d.add(w, cells[2] == "after", lang == allLanguages)
			}
		}
	}
	return out
})

// add notes a word. The words of all languages together have none in Arabic letters: there, one language's "denied" is
// another's "oil".
func (d *denying) add(w string, behind, forAll bool) {
	if first, _ := utf8.DecodeRuneInString(w); isSign(first) {
		d.signs = append(d.signs, w)
	} else if w = text.Fold(w); forAll && arabicWord(w) {
		return
	} else {
		d.words[w] = true
	}
	d.behind[w] = behind
}

// denyingOf gives the words that deny in a language, which may have a region or a script behind it (zh-Hant).
func denyingOf(lang string) (base string, d *denying) {
	base, _, _ = strings.Cut(lang, "-")
	if d = denyingWords()[base]; d == nil {
		d = denyingWords()[allLanguages]
	}
	return base, d
}

// findNegation gives the first word of a text that denies, "" when none does.
func findNegation(it Item) string {
	if all := denials(it); len(all) > 0 {
		return it.Text[all[0][0]:all[0][1]]
	}
	return ""
}

// denials gives the bytes of the words of a text that deny, start and end: those of scripts with spaces in order, then
// the endings of Japanese.
func denials(it Item) [][2]int {
	var out [][2]int
	s := it.Text
	lang, d := denyingOf(it.language())
	for _, t := range scan(s, nil) {
		raw := s[t.start:t.end]
		switch t.script {
		case scriptHan, scriptKatakana, scriptHangul, scriptDigits:
		default:
			if d.denies(raw, lang) && !countsNine(it, t.start) {
				out = append(out, [2]int{t.start, t.end})
			}
		}
	}
	words := len(out)
	for _, e := range d.signs {
		if i := strings.Index(s, e); i >= 0 {
			out = append(out, [2]int{i, i + len(e)})
		}
	}
	slices.SortFunc(out[words:], func(a, b [2]int) int { return a[0] - b[0] })
	return out
}

// denies says whether a word of a text of a language denies. In Arabic "and" and "so" are written onto it.
func (d *denying) denies(raw, lang string) bool {
	folded := text.Fold(raw)
	if d.words[folded] {
		return true
	}
	switch lang {
	case "ar":
		rest, ok := strings.CutPrefix(folded, "و")
		if !ok {
			rest, ok = strings.CutPrefix(folded, "ف")
		}
		return ok && d.words[rest]
	case "fa":
		return negatedVerb(raw, folded) || negatedPast(folded)
	case "tr":
		return turkishDenial(folded)
	}
	return false
}

// countsNine says whether the Persian word at a byte of a text is the number nine, which is written as "no" is: نه نفر.
func countsNine(it Item, at int) bool {
	if rest, ok := strings.CutPrefix(it.Text[at:], "نه"); !ok || !strings.HasPrefix(rest, " ") {
		return false
	}
	d, err := text.NewDoc(it.Text)
	if err != nil {
		return false
	}
	lang := it.language()
	for _, q := range value.Quantities(d, text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: lang,
		Dir: text.DirOf(lang)}) {
		if start, end := d.ByteSpan(q.Span); start <= at && at < end {
			return true
		}
	}
	return false
}

// turkishEndings are those of Turkish verbs in the past that deny.
var turkishEndings = []string{"madi", "medi", "madilar", "mediler", "mamis", "memis", "mayacak", "meyecek", "miyor"}

// turkishDenial knows Turkish verbs that deny by their ending: imzalamadı. Short words are names and nouns (Hamadi).
func turkishDenial(folded string) bool {
	return len(folded) >= 8 && slices.ContainsFunc(turkishEndings, func(e string) bool {
		return strings.HasSuffix(folded, e)
	})
}

// negatedVerb knows Persian verbs by their prefix and ending: نمی‌دانند.
func negatedVerb(raw, folded string) bool {
	rest, ok := strings.CutPrefix(folded, "نمی")
	return ok && (strings.ContainsRune(raw, zwnj) || rest == "" || utf8.RuneCountInString(rest) >= 3)
}

// noDenial are Persian words that begin as a denied verb does and deny nothing: battle, meeting, showed.
var noDenial = wordSet("نبرد نشست نمود نهاد نژاد نقد نمد نوشت نواخت")

// negatedPast knows Persian verbs of the past by the ن before them (نفروخت, did not sell): what stands behind it is a
// word that the lexicon has, and the whole is none.
func negatedPast(folded string) bool {
	rest, ok := strings.CutPrefix(folded, "ن")
	if !ok || noDenial[folded] || utf8.RuneCountInString(rest) < 3 {
		return false
	}
	lex := Builtin()
	for _, person := range []string{"", "ند", "م", "یم", "ید", "ه", "هاند"} {
		verb, ends := strings.CutSuffix(rest, text.Fold(person))
		if ends && (strings.HasSuffix(verb, "ت") || strings.HasSuffix(verb, "د")) && lex.formed(verb) != nil {
			return lex.formed(folded) == nil && lex.formed(verb) != nil
		}
	}
	return false
}
