package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A dateline stands in front of a report: "SPRINGFIELD, Ill. (Reuters) -",
// "تهران (ایرنا) –". A label names who speaks in a transcript: "ROE:".
var (
	dateline = patternOf(`^(?:[^()（）:.!?"“«]|\.\s?\d|\.,|\p{Lu}\.|St\.|Mt\.|Ft\.){0,50}` +
		`\.?\s?[(（]\p{L}[\p{L} .]{1,24}` +
		`[)）]\.?\s*[-–—―]+\s+`)
	cityLine = patternOf(`^\p{Lu}[\p{Lu} .,'-]{2,40}(?:, \p{Lu}\p{Ll}{2,8}\.? \d{1,2})?\s+[-–—]+\s+`)
	// "کهن‌دژ – ایرنا نو –", "تهران-ایرنا-"
	arabicLine = patternOf(`^[\p{Arabic}\x{200c} ،]{2,30}\s?[-–—]\s?[\p{Arabic}\x{200c} ]{2,28}\s?[-–—]\s*`)
	// "[ロンドン 5日 ロイター] -", "【東京共同】", "（ソウル時事）"
	japaneseLine = patternOf(`^(?:[\[［][^\]］]{1,30}(?:ロイター|共同|時事|ＡＦＰ|AFP|ＡＰ|AP)[\]］]|` +
		`【[^】]{1,24}(?:共同|時事|ロイター|ＡＦＰ|AFP|ＡＰ|AP|[=＝][^】]{1,16}|\d+日)】|` +
		`[(（][^)）]{1,12}(?:共同|時事|ロイター)[)）])\s*[-–—―]?\s*`)
	label = patternOf(
		`^(?:>+\s*)?(\p{Lu}[\p{Lu}\d .'-]{1,30}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lord|Lady|Sir|` +
			`Prof|Mayor|President|Senator|Governor|Minister|Judge)\.? \p{Lu}[\p{L} .'-]{1,30})` +
			`(?:\s?\([\p{L} -]{2,24}\)|, \p{Lu}{2,6})?:\s+`)
)

// hostLabel is the office of who speaks in an interview: "مجری:", "المذيع:", "司会：".
var hostLabel = patternOf(`^(مجری|گزارشگر|خبرنگار|مصاحبه‌گر|مصاحبه‌کننده|پرسشگر|میزبان|` +
	`مهمان|المذيعة?|مذيعة?|المحاورة?|المقدمة?|الصحفية?|المراسلة?|الضيفة?|司会者?|記者|聞き手|アナウンサー|インタビュアー|キャスター)\s*[:：]\s*`)

// noLabel are the words in capitals before a colon that are nobody's name.
var noLabel = newWordList(`note update updated warning photo video watch read more breaking exclusive analysis
	opinion fact check q a ps nb edit source sources tl dr faq`)

// openingOf gives how many code points of a sentence are a dateline or a label,
// and who speaks by the label.
func openingOf(s string) (skip int, speaker string) {
	if at := japaneseLine.FindString(s[:min(len(s), 160)]); at != "" {
		return utf8.RuneCountInString(at), ""
	}
	start := s[:min(len(s), 80)]
	if !strings.ContainsAny(start, "-–—―:：") {
		return 0, ""
	}
	if at := hostLabel.FindStringSubmatch(s); at != nil {
		return utf8.RuneCountInString(at[0]), at[1]
	}
	first, _ := utf8.DecodeRuneInString(s)
	forms := []*pattern{}
	if strings.ContainsAny(start, "(（") {
		forms = append(forms, dateline)
	}
	if unicode.IsUpper(first) && strings.ContainsAny(start, "-–—") {
		forms = append(forms, cityLine)
	}
	if first >= 0x620 && first < 0x700 {
		forms = append(forms, arabicLine)
	}
	for _, form := range forms {
		if at := form.FindString(s); at != "" {
			return utf8.RuneCountInString(at), ""
		}
	}
	if first != '>' && !unicode.IsUpper(first) || !strings.Contains(start, ":") {
		return 0, ""
	}
	at := label.FindStringSubmatch(s)
	if at == nil || noLabel.has(foldAll(strings.Fields(at[1])[0])) {
		return 0, ""
	}
	return utf8.RuneCountInString(at[0]), strings.TrimSpace(at[1])
}

// carries says who speaks in a sentence that is nothing but a quotation, or
// that goes on in a transcript: whoever spoke in the sentence just before, in
// the same paragraph. Elsewhere it is not certain and nobody does.
func (r *reader) carries(raw string, gap string) string {
	if r.spoke == "" || r.now-r.spokeIn != 1 || strings.Contains(gap, "\n\n") {
		return ""
	}
	if r.transcript {
		if strings.Contains(gap, "\n") {
			return ""
		}
		return r.spoke
	}
	if quotedWhole(raw) {
		return r.spoke
	}
	return ""
}

// quotedWhole says whether a text begins with a quotation mark and ends with
// the one that closes it.
func quotedWhole(s string) bool {
	runes := []rune(strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '.' || r == '。' }))
	if len(runes) < 3 {
		return false
	}
	partner := closing[runes[0]]
	last := len(runes) - 1
	if partner == "" || !strings.ContainsRune(partner, runes[last]) {
		return false
	}
	for _, c := range runes[1:last] {
		if strings.ContainsRune(partner, c) {
			return false
		}
	}
	return true
}

// closing are the marks that close each opening mark of a whole quotation.
var closing = map[rune]string{'"': "\"", '“': "”″\"", '«': "»", '「': "」", '„': "“”"}
