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
	// "دبي، 3 مايو / وام /"
	slashLine  = patternOf(`^[\p{Arabic}\x{200c}\d ،]{2,30}\s?/\s?[\p{Arabic} ]{2,12}\s?/\s*[-–—]?\s*`)
	arabicLine = patternOf(`^[\p{Arabic}\x{200c} ،]{2,30}\s?[-–—]\s?[\p{Arabic}\x{200c} ]{2,28}\s?[-–—]\s*`)
	// "[ロンドン 5日 ロイター] -", "【東京共同】", "（ソウル時事）"
	japaneseLine = patternOf(`^(?:[\[［][^\]］]{1,30}(?:ロイター|共同|時事|ＡＦＰ|AFP|ＡＰ|AP)[\]］]|` +
		`【[^】]{1,24}(?:共同|時事|ロイター|ＡＦＰ|AFP|ＡＰ|AP|[=＝][^】]{1,16}|\d+日)】|` +
		`[(（][^)）]{1,12}(?:共同|時事|ロイター)[)）])\s*[-–—―]?\s*`)
	// "新华社北京5月3日电", "（中央社台北3日電）", "（中央社華盛頓3日綜合外電報導）". A report that begins with the agency's name
	// has a verb, or no day, before its 电: "中新网称不存在电力短缺".
	chineseLine = patternOf(`^(?:[(（](?:中央社|新华社|新華社|中新社|美联社|美聯社|法新社|路透社)[^)）称稱说說报報导導否没沒]{0,20}` +
		`(?:[报報][道导導])?[)）]|` +
		`(?:中央社|新华社|新華社|中新社|中新网|人民网|央视网)[^，。：称稱说說报報导導否没沒\d]{0,14}` + chineseDay +
		`(?:[综綜]合外|新媒体)?[专專]?[电電])` +
		`\s*(?:[(（][^)）]{1,16}[)）])?\s*[-–—―]?\s*`)
	// "(CNN) The dam broke"
	agencyLine = patternOf(`^\((?:CNN|AP|AFP|UPI|ANI|PTI|Reuters|Bloomberg|Xinhua|TASS|IANS)\)\s*[-–—]*\s+`)
	label      = patternOf(
		`^(?:>+\s*|[-–—]\s+|[\[(]\d{1,2}(?::\d{2}){1,2}[\])]\s+)?(` +
			`\p{Lu}[\p{Lu}\d .'-]{1,30}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lord|Lady|Sir|` +
			`Prof|Mayor|President|Senator|Governor|Minister|Judge|M|Mme|Mlle|Me|Pr|Herr|` +
			`Frau)\.?(?: (?:(?:de|du|des|del|della|di|da|dos|la|le|von|vom|van|der|den|zu|ter|of|bin|ibn) ){0,3}` +
			`(?:(?:al|el|ul)-|[dl]['’])?\p{Lu}[\p{L}.'’-]{0,24}){1,5})` +
			`(?:\s?\([\p{L} -]{2,24}\)|, \p{Lu}{2,6})?\s?:\s+`)
	// "岸田首相：", "记者："
	hanLabel = patternOf(`^((?:[\p{Han}ァ-ヶー]{1,8}(?:首相|大統領|知事|市長|大臣|長官|氏|议员|议长|总统|总理|發言人|发言人)|` +
		`记者|主持人|嘉宾|主持|採訪者))\s*[:：]\s*`)
)

// chineseDay is the day in a dateline: 5月3日, 五月三日, 2024年5月3日, 3日.
const chineseDay = `(?:\d{4}年)?(?:[\d０-９一二三四五六七八九十]{1,3}月)?[\d０-９一二三四五六七八九十]{1,3}日`

// electric are the signs that make 电 the first of another word: 3日电力中断.
const electric = `力网網影视視话話台臺站动動价價费費池厂廠缆纜信源器压壓流子脑腦商梯车車文气氣器能线線邮郵工灯燈击擊扇荷量报報机機磁热熱路极極讯訊`

// noHanSpeaker are signs of a sentence that tells what was said or not said to somebody, and names no speaker:
// 他从未告诉市长：, 尊敬的市长：.
const noHanSpeaker = `说說告诉訴问問对對向称稱未没沒不否给給让讓请請据據敬`

// hostLabel is the office of who speaks in an interview: "مجری:", "المذيع:", "司会：".
var hostLabel = patternOf(`^(مجری|گزارشگر|خبرنگار|مصاحبه‌گر|مصاحبه‌کننده|پرسشگر|میزبان|` +
	`مهمان|المذيعة?|مذيعة?|المحاورة?|المقدمة?|الصحفية?|المراسلة?|الضيفة?|司会者?|記者|聞き手|アナウンサー|インタビュアー|キャスター)\s*[:：]\s*`)

// noLabel are the words in capitals before a colon that are nobody's name.
var noLabel = newWordList(`note update updated warning photo video watch read more breaking exclusive analysis
	opinion fact check q a ps nb edit source sources tl dr faq`)

// openingOf gives how many code points of a sentence are a dateline or a label,
// and who speaks by the label.
func openingOf(s string) (skip int, speaker string) {
	head := s[:min(len(s), 160)]
	if at := japaneseLine.FindString(head); at != "" {
		return utf8.RuneCountInString(at), ""
	}
	first, _ := utf8.DecodeRuneInString(s)
	bracket := first == '（' || first == '('
	if unicode.Is(unicode.Han, first) || bracket {
		if bracket || strings.ContainsAny(head, "电電") {
			for _, form := range []*pattern{chineseLine, agencyLine} {
				if at := form.FindString(head); at != "" && !powers(at, head[len(at):]) {
					return utf8.RuneCountInString(at), ""
				}
			}
		}
		if strings.ContainsAny(head[:min(len(head), 60)], ":：") {
			if at := hanLabel.FindStringSubmatch(head); at != nil && !strings.ContainsAny(at[1], noHanSpeaker) &&
				!strings.HasPrefix(at[1], "致") {
				return utf8.RuneCountInString(at[0]), at[1]
			}
		}
	}
	start := s[:min(len(s), 80)]
	if first >= 0x620 && first < 0x700 && strings.Contains(start, "/") {
		if at := slashLine.FindString(s); at != "" {
			return utf8.RuneCountInString(at), ""
		}
	}
	if !strings.ContainsAny(start, "-–—―:：") {
		return 0, ""
	}
	if at := hostLabel.FindStringSubmatch(s); at != nil {
		return utf8.RuneCountInString(at[0]), at[1]
	}
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
	if !strings.ContainsRune(">[(-–—", first) && !unicode.IsUpper(first) || !strings.Contains(start, ":") {
		return 0, ""
	}
	at := label.FindStringSubmatch(s)
	if at == nil || noLabel.has(foldAll(strings.Fields(at[1])[0])) {
		return 0, ""
	}
	return utf8.RuneCountInString(at[0]), strings.TrimSpace(at[1])
}

// powers says whether the 电 at the end of what looks like a dateline belongs to the word that goes on behind it.
func powers(line, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	return (strings.HasSuffix(line, "电") || strings.HasSuffix(line, "電")) && strings.ContainsRune(electric, next)
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
