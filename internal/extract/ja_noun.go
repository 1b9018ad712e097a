package extract

// jaTrades are nouns of office or trade that の joins to a name after them.
var jaTrades = newWordSet(`キャスター スポークスマン 広報担当 専門家 学者 研究者 記者 作家 創業者 創設者 幹部 司令官 大使 候補 首脳 主席
	会頭 頭取 理事長 所長 院長 学長 校長 局長 部長 課長 町長 村長 主将 店主 住職 組合長 事務局長 政治学者 弁護人 親族 母親 父親 息子 社員`,
	jaRole)

// titles notes an office with its name as background: クリントン陣営のジョン・
// ポデスタ選対委員長, 上院議員のエリザベス・ウォーレン.
func (j *jaParse) titles() {
	for i := 1; i+1 < j.end; i++ {
		if j.r[i] != '・' || !isKatakana(j.r[i-1]) || !isKatakana(j.r[i+1]) {
			continue
		}
		a, b := i, i
		for a > 0 && isKatakana(j.r[a-1]) {
			a--
		}
		for b < j.end && (isKatakana(j.r[b]) || isKanji(j.r[b])) {
			b++
		}
		titled := anyEnds(j.r, b, jaRole)
		start := a
		if start > 1 && j.r[start-1] == '、' && anyEnds(j.r, start-1, jaTrades) { // 会長、ディーター・ケンプ
			start--
		}
		start = j.nounStart(start)
		if a-start >= 4 && j.office(start, a, titled) {
			j.put(start, b, piece{role: asApposition})
		}
		i = b
	}
}

// office says whether [start,a) before a name says who it is: an organisation
// with の, and an office on one side of the name.
func (j *jaParse) office(start, a int, titled bool) bool {
	no := find(start, a, func(k int) bool { return j.r[k] == 'の' })
	if no == a {
		return false
	}
	return titled || a-start >= 6 && isKanji(j.r[a-1]) || j.r[a-1] == 'の' && anyEnds(j.r, a-1, jaTrades) ||
		j.r[a-1] == '、'
}

// nounStart gives the start of the noun phrase (noun letters, の, brackets)
// that ends at e.
func (j *jaParse) nounStart(e int) int {
	s := e
	for s > 0 && e-s < 30 && (isNounLetter(j.r[s-1]) || j.r[s-1] == 'の' || j.in[s-1] && j.r[s-1] != '」') {
		s--
	}
	for s < e && (j.r[s] == 'の' || j.r[s] == '）' || j.r[s] == ')') {
		s++
	}
	return s
}

// nounEndFrom gives the end of the noun phrase that begins at s: noun letters,
// brackets, and の before more of them.
func (j *jaParse) nounEndFrom(s int) int {
	e := s
	for e < j.end {
		r := j.r[e]
		if isNounLetter(r) || r == '（' || r == '(' || j.in[e] && e > s && r != '「' {
			e++
			continue
		}
		if (r == 'の' || r == ' ' && e > s && j.r[e-1] < 0x250) && e+1 < j.end && isNounLetter(j.r[e+1]) {
			e++
			continue
		}
		break
	}
	return e
}

// copulas notes "NであるM" as background: ドイツの産業団体であるドイツ産業連盟.
func (j *jaParse) copulas() {
	for i := 2; i+3 < j.end; i++ {
		after := i + 3
		if letter(j.r, after) == ' ' {
			after++
		}
		if !hasAt(j.r, i, "である") || !isNounLetter(j.r[i-1]) || !isNounLetter(letter(j.r, after)) {
			continue
		}
		start, end := j.nounStart(i), j.nounEndFrom(after)
		if i-start >= 4 && !formalNoun(j.r, after) {
			j.put(start, end, piece{role: asApposition})
		}
		i = end
	}
}

// formalNoun says whether a noun at i only makes a clause a phrase: こと, ため.
func formalNoun(r []rune, i int) bool { return anyAt(r, i, jaFormal) }

// jaFormal are nouns that a clause before them does not describe.
var jaFormal = newWordSet(
	`事 為 所 時 際 場合 中 後 前 方 必要 可能 予定 疑い 恐れ 見通 方針 見込 意向 上 以上 以来 一方 限 事実 様子 状態 段階 理由 目的 結果 点 主張 見方 見解 考え 声 計画 傾向 能力 権利 機会
	仕組 狙`)

// adnominals notes the relative clauses "… verb N" with their noun: 予定されて
// いる集会. The clause must have an argument of its own.
func (j *jaParse) adnominals() {
	whole := len(j.out)
	for i := 6; i+2 < j.end; i++ {
		if j.in[i] || !isNounLetter(j.r[i]) || isNounLetter(j.r[i-1]) || !j.attributive(i) || formalNoun(j.r, i) {
			continue
		}
		start := j.modifierStart(i)
		end := j.nounEndFrom(i)
		if j.verbal(end) { // 流出した: no noun but a verb
			i = end
			continue
		}
		if ga := find(start+1, i, func(k int) bool { return j.r[k] == 'が' && !j.in[k] }); ga < i-6 &&
			(!j.subject(start-1) || hasAt(j.r, end, "によって") || hasAt(j.r, end, "により")) &&
			!j.happened(end, j.comma(end, j.end)) {
			start = ga + 1 // what stands before が is the subject of the verb after the noun
		}
		if i-start < 10 || end-start < 18 || !j.cased(start, i) || end >= j.end-1 {
			i = end
			continue
		}
		source, most := "", false
		for _, q := range j.out[:whole] {
			if q.start <= start && end <= q.end {
				most = most || 4*(end-start) > 3*(q.end-q.start)
				if q.role == asContent {
					source = q.source
				}
			}
		}
		if !most { // else the clause around it says little more
			j.put(start, end, piece{role: asRelative, source: source})
		}
		i = end
	}
}

// verbal says whether the noun that ends at e is a verb: する follows.
func (j *jaParse) verbal(e int) bool {
	return hasAt(j.r, e, "した") || hasAt(j.r, e, "する") || hasAt(j.r, e, "され") || hasAt(j.r, e, "して")
}

// subject says whether the letter at i marks a topic: は or は、 ends there.
func (j *jaParse) subject(i int) bool {
	return letter(j.r, i) == 'は' || letter(j.r, i) == '、' && letter(j.r, i-1) == 'は'
}

// attributive says whether a verb ends before i in the form that stands before
// a noun.
func (j *jaParse) attributive(i int) bool {
	for _, w := range []string{"ている", "ていた", "された", "した", "った", "げた", "けた", "いた", "れた", "せた", "えた", "する", "される", "からなる",
		"れる", "える", "める", "いる"} {
		if endsAt(j.r, i, w) {
			return !endsAt(j.r, i, "という") && !endsAt(j.r, i, "呼ばれる") && !endsAt(j.r, i, "知られる") &&
				!endsAt(j.r, i, "知られている") &&
				!endsAt(j.r, i, "目的とした") &&
				!endsAt(j.r, i, "関する") && !endsAt(j.r, i, "関連する") && !endsAt(j.r, i, "に対する") &&
				!endsAt(j.r, i, "における") && !endsAt(j.r, i, "による")
		}
	}
	return false
}

// modifierStart gives where the relative clause before i begins: after the
// last comma or topic.
func (j *jaParse) modifierStart(i int) int {
	s := i
	for s > 0 && i-s < 60 {
		r := j.r[s-1]
		if (r == '、' || r == '。' || r == '「') && !j.in[s-1] || r == '「' && !j.in[i] {
			break
		}
		if r == 'は' && !j.in[s-1] {
			break
		}
		s--
	}
	return s
}
