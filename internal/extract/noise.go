package extract

import (
	"strings"
	"unicode"
)

// The lines of a page that state nothing: credits, bylines, heads of mails,
// notices on cookies, pointers to other pages, marks left by a program.
var (
	credit = patternOf(
		`(?i)^[(（\[]?\s*(?:(?:AP|AFP|EPA|Reuters|Getty(?: Images)?|Photo|Image|File photo|Picture|Foto|عکس|تصویر|` +
			`صورة|写真)\b?[^.!?]{0,60}[/:：|][^.!?]{0,60}|[^.!?]{0,50}/(?:AP|AFP|EPA|Reuters|` +
			`Getty(?: Images)?))\s*[)）\]]?\.?$`)
	nameCredit = patternOf(`^[(（]\p{Lu}[\p{L} .'-]{2,40}/\s?\p{Lu}[\p{L} .'-]{1,40}[)）]\.?$`)
	byline     = patternOf(
		`^(?:By|BY|Von|Par|Por)\s+\p{Lu}[\p{L}.'-]+(?:\s+\p{L}[\p{L}.'-]+){0,4}(?:\s*(?:,|and|in|\|` +
			`)\s*[\p{L} .'-]+){0,2}$`)
	mailHead = patternOf(
		`^(?:From|To|Cc|Bcc|Sent|Subject|Date|Reply-To|Message-ID|از|به|موضوع|من|إلى|الموضوع|差出人|宛先|件名):\s`)
	program = patternOf(`^\[/?[a-z]+_?[a-z0-9]*(?:\s[^\]]*)?\]$`)
	pointer = patternOf(
		`(?i)^(?:read more|see also|related|watch|more on this|also read|click here|sign up|subscribe|log in|` +
			`follow us|share this|advertisement|all rights reserved|اقرأ المزيد|اقرأ أيضا|شاهد أيضا|بیشتر بخوانید|` +
			`همچنین بخوانید|مطالب مرتبط|続きを読む|関連記事|あわせて読みたい)\b?\s*(?:[:：|»>…-]|$)`)
	notice = patternOf(
		`(?i)\b(?:(?:we|this (?:web)?site|our site) uses? cookies|accept (?:all )?cookies|cookie (?:policy|settings|` +
			`preferences)|terms of (?:service|use)|privacy policy|all rights reserved|sign up (?:for|to) (?:our|the)|` +
			`subscribe (?:to|now|today)|enable javascript|ad ?blocker)\b|©|ملفات تعريف الارتباط|جميع الحقوق محفوظة|` +
			`کلیهٔ? حقوق|تمامی حقوق|クッキーを使用|無断転載`)
)

// noise says whether a line is none of the text: nothing is proposed of it. White space alone is none.
func noise(raw string) bool {
	s := strings.TrimSpace(raw)
	if s == "" || len(s) > 400 {
		return s == ""
	}
	start := s[:min(len(s), 24)]
	return menu(s) || s[0] == '[' && program.MatchString(s) ||
		strings.ContainsRune(start, ':') && mailHead.MatchString(s) ||
		len(s) < 90 && pointer.MatchString(s) ||
		len(s) < 120 && (start[0] == 'B' || start[0] == 'V' || start[0] == 'P') && byline.MatchString(s) ||
		containsAny(s, noticed) && notice.MatchString(s) ||
		strings.HasPrefix(s, "(") && nameCredit.MatchString(s) || strings.ContainsAny(s, "/:|：") && len(s) < 150 &&
		containsAny(s, credited) && credit.MatchString(s) || tags(s)
}

// menu says whether a line is the short words of a menu with wide spaces between them.
func menu(s string) bool {
	parts := strings.Split(s, "　")
	if len(parts) < 4 {
		return false
	}
	for _, p := range parts {
		if n := len([]rune(p)); n == 0 || n > 8 || strings.ContainsAny(p, "。、「") {
			return false
		}
	}
	return true
}

// noticed and credited are what a notice and a credit contain: looked for
// first, because it is quick.
var (
	noticed  = strings.Fields("ookie olicy erms eserved ubscribe ign script locker © ملفات محفوظة حقوق クッキー 無断")
	credited = strings.Fields("AP AFP EPA Reuters Getty hoto HOTO mage icture Foto عکس تصویر صورة 写真")
)

func containsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// tags says whether a line is made of hashtags or handles.
func tags(s string) bool {
	if !strings.ContainsAny(s, "#@＃") {
		return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0
	}
	fields := strings.Fields(s)
	n := 0
	for _, f := range fields {
		if strings.HasPrefix(f, "#") || strings.HasPrefix(f, "@") || strings.HasPrefix(f, "＃") {
			n++
		}
	}
	if n > 0 && n == len(fields) {
		return true
	}
	return len(fields) > 0 && strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) ||
			unicode.IsDigit(r)
	}) < 0
}
