package match

import (
	"slices"
	"strings"
	"unicode/utf8"

	"claimbench/internal/text"
)

// negationWords are the words that deny, folded; those of four letters or more are also found with what is written
// onto them.
var negationWords = wordSet(`
not no never none nobody nothing neither nor cannot without denied denies deny denying didn doesn don isn wasn weren won wouldn couldn shouldn hasn haven hadn
لا لم لن لیس لیست لیسوا لیسا غیر بدون دون نفی نفت ینفی تنفی نافیا نفوا کلا
نه نیست نیستند نبود نبودند نبوده نشد نشدند نشده نکرد نکردند نکرده نکند نکنند ندارد ندارند نداشت نداشتند نداشته نخواهد نخواهند نمیشود نمیشوند نمیکند نمیکنند نمیتواند
نمیتوانند نباید هرگز هیچ هیچگاه تکذیب نیامده ندهد ندادند نداد نگرفت نگرفته نگفت`)

// negationEndings are what denies in Japanese, where words are not parted.
var negationEndings = []string{"ではない", "ではありません", "じゃない", "ていない", "でいない", "ていません", "なかった", "ませんでした", "できない", "できません",
	"しない", "しません", "されない", "されなかった", "はない", "がない", "はありません", "がありません", "もない", "わけではな", "を否定", "否定し", "否認"}

// findNegation gives the first word of a text that denies, "" when none does.
func findNegation(s string) string {
	if all := denials(s); len(all) > 0 {
		return s[all[0][0]:all[0][1]]
	}
	return ""
}

// denials gives the bytes of the words of a text that deny, start and end: those of scripts with spaces in order, then
// the endings of Japanese.
func denials(s string) [][2]int {
	var out [][2]int
	for _, t := range scan(s, nil) {
		raw := s[t.start:t.end]
		switch t.script {
		case scriptLatin, scriptArabic:
			folded := text.Fold(raw)
			if negationWords[folded] || t.script == scriptArabic && negatedVerb(raw, folded) {
				out = append(out, [2]int{t.start, t.end})
			}
		}
	}
	words := len(out)
	for _, e := range negationEndings {
		if i := strings.Index(s, e); i >= 0 {
			out = append(out, [2]int{i, i + len(e)})
		}
	}
	slices.SortFunc(out[words:], func(a, b [2]int) int { return a[0] - b[0] })
	return out
}

// negatedVerb knows Persian verbs by their prefix and ending: نمی‌دانند.
func negatedVerb(raw, folded string) bool {
	rest, ok := strings.CutPrefix(folded, "نمی")
	if !ok {
		if rest, ok = strings.CutPrefix(folded, "ولا"); ok {
			return rest == ""
		}
		return false
	}
	return strings.ContainsRune(raw, zwnj) || rest == "" || utf8.RuneCountInString(rest) >= 3
}
