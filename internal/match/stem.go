package match

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// stem gives the light stem of a folded word: the form that inflections of one word share. It is rough on purpose,
// and the same for Arabic and Persian, so that the words they have in common meet.
func stem(folded string, s script) string {
	switch s {
	case scriptLatin:
		return stemLatin(folded)
	case scriptArabic:
		return stemArabic(folded)
	case scriptCyrillic, scriptGreek, scriptHebrew, scriptDevanagari, scriptHangul:
		return bare(folded, s)
	}
	return folded
}

func stemLatin(w string) string {
	if len(w) < 4 {
		return w
	}
	w = strings.TrimSuffix(w, "'s")
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"):
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") &&
		!strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	}
	for _, suffix := range []string{"ing", "ied", "ed", "ly"} {
		if !strings.HasSuffix(w, suffix) || len(w)-len(suffix) < 3 || !strings.ContainsAny(w[:len(w)-len(suffix)],
			"aeiouy") {
			continue
		}
		w = w[:len(w)-len(suffix)]
		if suffix == "ied" {
			return w + "y"
		}
		if n := len(w); suffix != "ly" && n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("lsz", rune(w[n-1])) {
			w = w[:n-1]
		}
		break
	}
	return strings.TrimSuffix(w, "e")
}

var (
	arabicArticles = []string{"وال", "فال", "بال", "کال", "ال", "لل"}
	arabicEndings  = []string{"هایشان", "هایش", "هایی", "های", "ها", "یات", "ات", "تین", "ین", "ون", "ان", "یه", "یی",
		"ای", "ی", "ه"}
)

func stemArabic(w string) string {
	w = trimArticle(w)
	for range 2 {
		for _, e := range arabicEndings {
			if rest, ok := strings.CutSuffix(w, e); ok && utf8.RuneCountInString(rest) >= leastBase(e) {
				w = rest
				if e == "یه" && strings.HasSuffix(w, "ات") { // معلوماتیه is computing, معلوم is known
					return w
				}
				break
			}
		}
	}
	return w
}

// leastBase is how many letters must stay when a word loses an ending: Macron is no plural.
func leastBase(ending string) int {
	switch ending {
	case "ون", "ین", "وا", "ند":
		return 4
	}
	return 3
}

func trimArticle(w string) string {
	for _, p := range arabicArticles {
		if rest, ok := strings.CutPrefix(w, p); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return w
}

var (
	arabicPrefixes = []string{"", "ال", "و", "ب", "ل", "ف", "ک", "وال", "بال", "لل", "فال", "کال", "ول", "وب", "س",
		"وس", "ولل", "می", "نمی", "ن", "وی", "ی", "ت", "وت", "سی", "ست", "ا"}
	arabicSuffixes = []string{"", "ها", "های", "هایی", "هایش", "هایشان", "هایم", "ی", "ای", "یی", "ان", "ات", "اتی",
		"اش", "ش", "شان", "م", "مان", "ام", "تر", "ترین", "تری", "ند", "اند", "د", "ید", "یم", "ه", "ین", "ون", "وا",
		"ت", "نا", "هم", "هما", "یه", "یات", "ته", "تها", "تهم", "تی", "تان", "تین", "را", "اً", "ا", "ست", "است",
		"شده", "شدن", "کننده", "کردن", "هاست"}
)

// shorter gives what a folded word may be an inflection of, the likeliest first.
func shorter(w string, s script) []string {
	switch s {
	case scriptLatin:
		return shorterLatin(w)
	case scriptArabic:
		return shorterArabic(w)
	case scriptCyrillic, scriptGreek, scriptHebrew, scriptDevanagari, scriptHangul:
		return barer(w, s)
	}
	return nil
}

func shorterLatin(w string) []string {
	var out []string
	cut := func(suffix string, endings ...string) {
		rest, ok := strings.CutSuffix(w, suffix)
		if !ok || len(rest) < 2 {
			return
		}
		for _, e := range endings {
			out = append(out, rest+e)
		}
	}
	cut("'s", "")
	cut("ies", "y")
	cut("s", "")
	cut("es", "", "e")
	cut("ied", "y")
	cut("ed", "", "e")
	cut("ing", "", "e")
	for _, suffix := range []string{"ed", "ing", "er"} {
		if rest, ok := strings.CutSuffix(w, suffix); ok && len(rest) > 3 && rest[len(rest)-1] == rest[len(rest)-2] {
			out = append(out, rest[:len(rest)-1])
		}
	}
	cut("ly", "", "le")
	cut("er", "")
	if len(w) > 5 { // later is late, but a goner is not gone
		cut("er", "e")
	}
	cut("est", "", "e")
	cut("ers", "", "e")
	cut("ness", "")
	cut("n", "")
	return out
}

func shorterArabic(w string) []string {
	var out []string
	type cut struct {
		word string
		lost int
	}
	var cuts []cut
	for pi, p := range arabicPrefixes {
		rest, ok := strings.CutPrefix(w, p)
		if !ok {
			continue
		}
		for si, e := range arabicSuffixes {
			base, ok := strings.CutSuffix(rest, e)
			if !ok || pi == 0 && si == 0 || utf8.RuneCountInString(base) < 2 {
				continue
			}
			if leastBase(e) == 4 && utf8.RuneCountInString(base) < 4 {
				continue
			}
			lost := utf8.RuneCountInString(p) + utf8.RuneCountInString(e)
			if pi >= 17 { // a verb's prefix is the weaker guess
				lost += 3
			}
			if utf8.RuneCountInString(base) == 2 {
				lost += 4
			}
			cuts = append(cuts, cut{base, lost})
			switch e {
			case "تها", "تهم", "ته", "تی", "ات", "یات", "تین", "تان":
				cuts = append(cuts, cut{base + "ه", lost})
			}
			if p == "ی" || p == "ت" || p == "سی" || p == "وی" {
				cuts = append(cuts, cut{"ا" + base, lost + 1})
			}
		}
	}
	slices.SortStableFunc(cuts, func(a, b cut) int { return a.lost - b.lost })
	for _, c := range cuts {
		out = append(out, c.word)
	}
	return out
}

// safeCut says whether the word loses no more than an article, "and", or a plural or possessive ending of Persian.
func safeCut(w, candidate string) bool {
	before, after, ok := strings.Cut(w, candidate)
	if !ok {
		return false
	}
	switch before {
	case "", "ال", "و", "وال", "بال", "لل", "ب", "ل":
	default:
		return false
	}
	switch after {
	case "", "ها", "های", "هایی", "ی", "ه":
		return true
	}
	return false
}

// boldCut says whether the word loses an ending that many foreign names have too: Macron, Clinton, Putin.
func boldCut(w, candidate string) bool {
	_, after, _ := strings.Cut(w, candidate)
	return leastBase(after) == 4
}
