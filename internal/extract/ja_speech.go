package extract

import "strings"

// speech is a verb of saying found in a sentence.
type speech struct {
	content int // where what was said ends
	stem    int // where the verb begins
	after   int // where its clause ends
}

// nextSpeech finds the first verb of saying after start, with what it takes.
func (j *jaParse) nextSpeech(start int) (speech, bool) {
	if !j.on(ruleSpeech) {
		return speech{}, false
	}
	for i := start + 4; i < j.end; i++ {
		if j.in[i] {
			continue
		}
		stem := -1
		content := i
		switch {
		case j.grounds(start, i):
			stem = i + 1
		case j.afterQuote(i, start):
			if stem = j.saidAfterQuote(start, i); stem < 0 && j.r[i] == 'と' {
				stem = j.sayAfter(i)
			}
		case j.r[i] == 'と':
			stem = j.sayAfter(i)
		case hasAt(j.r, i, "こと") && (hasAt(j.r, i+2, "を") || hasAt(j.r, i+2, "が")):
			stem = j.revealed(i + 3)
		}
		if stem < 0 || j.handedOn(stem) {
			continue
		}
		if j.grounds(start, i) { // "として" closes what was said, and what was done for it follows
			return speech{content, stem, i + 3}, !j.governed(speech{content: content, stem: stem})
		}
		last := stem // the verb, which may stand after who states the noun at stem
		if _, at := j.stater(j.objectOf(stem)); at > 0 {
			last = at
		}
		after := j.comma(last, j.end)
		if after < j.end && !j.clauseEnd(stem, after) && !isHiragana(j.r[after-1]) {
			after = j.end
		}
		// adnominal: the verb does not close the clause
		if after-stem > 24 && !j.afterQuote(i, start) && j.r[i] == 'と' && !hasAt(j.r, i+1, "いう") &&
			!hasAt(j.r, i+1, "の") {
			continue
		}
		if s := (speech{content: content, stem: stem, after: after}); !j.governed(s) && !j.voices(start, s) {
			return s, true
		}
	}
	return speech{}, false
}

// handedOn says whether the passive verb at stem is itself part of what somebody says: "原因とみられるとする報告をまとめた".
func (j *jaParse) handedOn(stem int) bool {
	if !anyAt(j.r, stem, jaPassive) {
		return false
	}
	end := find(stem+2, min(stem+6, j.end), func(i int) bool { return j.r[i] == 'と' })
	return end < min(stem+6, j.end) && finiteEnd(j.r, end) && (j.sayAfter(end) >= 0 || j.grounds(0, end))
}

// sayAfter gives where the verb of saying that と at i belongs to begins, or -1.
func (j *jaParse) sayAfter(i int) int {
	if hasAt(j.r, i, "として") || hasAt(j.r, i, "ともに") || hasAt(j.r, i-1, "こと") || hasAt(j.r, i, "との") &&
		!anyAt(j.r, i+2, jaNounSay) && !j.asserted(i+2) {
		if hasAt(j.r, i, "としてい") || hasAt(j.r, i, "としており") {
			if finiteEnd(j.r, i) && !endsAt(j.r, i, "よう") && !endsAt(j.r, i, "そう") || letter(j.r, i-1) == '」' {
				return i + 1
			}
		}
		return -1
	}
	if hasAt(j.r, i, "とし、") && finiteEnd(j.r, i) && anyEnds(j.r, i, jaFinite) {
		return i + 1
	}
	for _, w := range []string{"という", "とする", "とした", "との"} { // "との見方を示した", "とする論文を発表した"
		if k := i + runeLen(w); hasAt(j.r, i, w) && (finiteEnd(j.r, i) || letter(j.r, i-1) == '」') {
			if j.asserted(k) {
				return k
			}
			if w == "という" || w == "との" {
				return -1
			}
		}
	}
	if hasAt(j.r, i, "とした") && i+3 >= j.end || hasAt(j.r, i, "とされ") && !isNounLetter(letter(j.r, i+4)) {
		return i + 1
	}
	if at := j.laterSubject(i); at > 0 {
		return at
	}
	for k := i + 1; k < j.end && k <= i+16; k++ {
		if j.r[k] == '、' && k > i+1 || j.r[k] == 'を' || j.r[k] == 'と' && finiteEnd(j.r, k) {
			return -1
		}
		if anyAt(j.r, k, jaSay) {
			if k == i+1 || isJoint(j.r[k-1]) {
				if j.together(i, k) {
					return -1
				}
				return k
			}
		}
	}
	return -1
}

// together says whether と at i after a noun tells with whom what the stem at k names was done, and not what was said:
// "ハッカーと連絡を取った", "記者と話したことはない".
func (j *jaParse) together(i, k int) bool {
	if !j.nounEnd(i) || letter(j.r, i-1) == '」' || k != i+1 {
		return false
	}
	if anyAt(j.r, k, jaTogether) {
		return true
	}
	end := k
	for end < j.end && end < k+5 && isKanji(j.r[end]) {
		end++
	}
	return end > k && letter(j.r, end) == 'を' || anyIn(j.r, k+2, min(k+8, j.end), jaEver)
}

var (
	// jaTogether are stems of what people do with each other.
	jaTogether = newWordSet(`連絡 話し合 話しあ 語り合 語りあ 言い合 言い争 約束し 約束を`)
	// jaEver say after a verb whether it was ever done.
	jaEver = newWordSet(`たことは たことが たことも`)
)

// jaFinite end a clause that とし hands to its speaker.
var jaFinite = newWordSet(`った した いた れた えた んだ いだ きた ない なかった である いる れる される する だった だ`)

// asserted says whether a noun of saying at i is what somebody states: "との見方
// を示した". What becomes of it otherwise nobody knows: "との説を退けた".
func (j *jaParse) asserted(i int) bool {
	if !j.on(ruleFaithful) {
		return anyAt(j.r, i, jaNounSay)
	}
	if hasAt(j.r, i, "ことだ") || hasAt(j.r, i, "ことで") {
		return true
	}
	of := find(i+1, min(i+10, j.end), func(k int) bool { return j.r[k] == 'を' || j.r[k] == 'が' })
	if of == min(i+10, j.end) || !anyAt(j.r, i, jaNounSay) && !(anyEnds(j.r, of, jaPapers) && j.r[of] == 'を') {
		return false
	}
	if anyIn(j.r, of+1, min(of+7, j.end), jaStates) {
		return true
	}
	if _, at := j.stater(of); at > 0 {
		return true
	}
	return j.r[of] == 'が' && anyAt(j.r, of+1, jaHeldBy) && j.amongBefore(i)
}

// jaPapers end the nouns of what somebody publishes.
var jaPapers = newWordSet(`論文 結果 報告 報告書 声明 文書 談話 コメント 書簡 見解 試算 推計 分析 統計 資料 データ 証拠 書面 意見書 手記 記事
	判決 勧告 提言`)

// isJoint says whether the letter may stand between と and its verb's stem: a
// particle or the end of an adverb.
func isJoint(r rune) bool {
	switch r {
	case 'に', 'は', 'が', 'も', 'く', 'て', '、', 'で', 'り', 'し', 'ず':
		return true
	}
	return false
}

// reported notes the clauses before a verb of saying as its subject's claims,
// and the saying where it is news.
func (j *jaParse) reported(start int, s speech, outer string) {
	if c := j.ownClause(start, s.content); c > start {
		j.region(start, c, outer, "")
		start = j.opening(c)
	}
	topic, name := j.topic(start, s.content)
	behind := false // who speaks stands behind what was said
	// "is not binding, but …": no speaker
	if c := j.comma(topic, s.content); topic > 0 && c < s.content && c-topic <= 5 && j.clauseEnd(start, c) &&
		!j.aside(topic, c) && j.opening(topic) <= c {
		topic, name = 0, ""
	}
	if n := j.foundBy(s); n != "" {
		topic, name = 0, n
	} else if n := j.between(s); n != "" {
		topic, name, behind = 0, n, true // what stands before belongs to what was said
	} else if topic > 0 && jaExists[string(j.r[topic:s.content])] && !j.speaks(name) {
		if j.sourceNamed("", outer) == "" { // nobody knows who said it: it stays with its verb
			j.region(start, s.after, outer, "")
			return
		}
		topic, name = 0, "" // "there was no breach": the topic is within what was said
	} else if topic > 0 && j.adds(topic, name) && j.sourceNamed("", outer) != "" || anyAt(j.r, s.stem, jaPassive) ||
		outer != "" && hasAt(j.r, s.stem, "して") {
		topic, name = 0, "" // "the pump failed, too": whoever spoke before says so
	} else if j.said != "" && topic > 0 && !j.speaks(name) && !j.ownSubject(topic, s.content) &&
		find(start, topic, func(i int) bool { return j.r[i] == 'も' }) == topic {
		topic, name = 0, "" // the topic is what the same speaker speaks of
	}
	from := start
	if topic > 0 && topic < s.content {
		if j.ownSubject(topic, s.content) || j.among(topic) > 0 {
			from = topic
			// "at the town hall, X": X begins what was said
		} else if at := topic - runeLen(name) - 2; at-start >= 10 && j.placed(start, at+1) {
			from = at + 1
		}
	}
	if topic > 0 && topic < s.content {
		if past := j.pastAsides(topic, s.content); past > topic {
			from = past
		}
	}
	from = j.pastAsides(from, s.content)
	if j.r[from] == '「' || j.r[from] == '『' || j.r[from] == '“' {
		from++
	}
	source := ""
	if behind && outer != "" { // 警察によると…と地元紙は報じた: the paper has it from the police
		source = chained(j.sourceNamed(name, ""), outer)
	} else {
		source = j.sourceNamed(name, outer)
	}
	if name == "" && anyAt(j.r, s.stem, jaConfesses) {
		source = j.confessor(source)
	}
	j.goesOn = ""
	if topic > 0 && name != "" {
		j.goesOn = name + "は"
	}
	if anyAt(j.r, s.stem, jaPassive) { // "is believed to": nobody says who
		source = outer
	} else {
		j.said = source
	}
	to := s.content
	if s.content > 0 && j.r[s.content-1] == '」' { // inside the quotation commas part clauses again
		for k := from; k < s.content; k++ {
			j.in[k] = false
		}
	}
	for to > from && (j.r[to-1] == '」' || j.r[to-1] == '』' || j.r[to-1] == '。') {
		to--
	}
	if c := j.comma(from, to); c < to {
		for _, w := range jaCited {
			if endsAt(j.r, c, w) && source != "" {
				cited := find(from, c, func(i int) bool { return j.r[i] == 'は' && j.nounEnd(i) }) // after the topic
				if cited == c {
					cited = from - 1
				}
				source = chainedTo(source, strings.TrimLeft(string(j.r[cited+1:c-runeLen(w)]), "、"))
				from = c + 1
				break
			}
		}
	}
	if c := j.comma(from, to); c < to && j.saying(from, c) { // "quoting experts," belongs to the saying
		from = c + 1
	}
	j.frame = [2]int{min(s.stem, s.content), s.after}
	j.region(from, to, source, "")
	j.frame = [2]int{}
	if !j.on(ruleSpeechAct) {
		return
	}
	if anyAt(j.r, s.stem, jaAct) && from > start {
		j.put(start, s.after, piece{role: asSpeech})
	} else if from > start && from-start >= 8 && (anyIn(j.r, start, from, jaTime) || j.dated(start, from)) {
		j.put(start, from, piece{role: asSpeech})
	}
}

// ownClause gives where the speaker's clause begins when a contrast parts it from a clause of the article's own:
// "Aは…したが、BはCが…したと述べた". It gives start where there is none or it is not certain.
func (j *jaParse) ownClause(start, content int) int {
	at := start
	for c := j.comma(start, content); c < content; c = j.comma(c+1, content) {
		beside := anyEnds(j.r, c, jaBeside)
		if !beside && !(letter(j.r, c-1) == 'が' && finiteEnd(j.r, c-1) || endsAt(j.r, c, "ものの")) || c-start < 5 ||
			j.binds(c) {
			continue
		}
		t, name := j.topic(c+1, content)
		if t > 0 && name != "" && t-c <= 24 && (j.ownSubject(t, content) || beside && j.speaks(name)) {
			at = c + 1
		}
	}
	if at == start {
		return j.otherSpeaker(start, content)
	}
	return at
}

// jaBeside end a clause beside which another stands.
var jaBeside = newWordSet(`一方 一方で のに対し のに対して`)

// otherSpeaker gives where, after a clause with a topic of its own, another begins whose topic is the one who speaks:
// "裁判所は懲役7年を言い渡し、弁護人は控訴すると述べた". It gives start where there is none.
func (j *jaParse) otherSpeaker(start, content int) int {
	for c := j.comma(start, content); c < content; c = j.comma(c+1, content) {
		if c-start < 9 || j.binds(c) || !j.clauseEnd(start, c) {
			continue
		}
		first, who := j.topic(start, c)
		t, name := j.topic(c+1, content)
		if first > 0 && t > 0 && t-c <= 16 && j.r[t-1] == 'は' && j.r[first-1] == 'は' && who != name &&
			j.comma(c+1, t) == t && j.speaks(name) {
			return c + 1
		}
	}
	return start
}

// adds says whether the topic with も before t belongs to what the same speaker says: "the mayor was there, too". Before
// a comma or a quotation it is another who speaks.
func (j *jaParse) adds(t int, name string) bool {
	return letter(j.r, t-1) == 'も' && (!j.speaks(name) || j.said != "" && letter(j.r, t) != '「')
}

// speaks says whether a name is that of a person or a body, who may say something. An age may stand behind it.
func (j *jaParse) speaks(name string) bool {
	r := []rune(name)
	n := len(r)
	if n > 3 && (r[n-1] == ')' || r[n-1] == '）') {
		n = find(0, n, func(i int) bool { return r[i] == '(' || r[i] == '（' })
	}
	return (anyEnds(r, n, jaPersons) || anyEnds(r, n, jaSpeakers) || anyEnds(r, n, jaRole)) && !anyEnds(r, n, jaCounted)
}

var (
	// jaSpeakers end the names of those who speak, besides jaPersons and jaRole.
	jaSpeakers = newWordSet(`女性 男性 住民 側 警察 県警 府警 道警 警視庁 地検 地裁 高裁 最高裁 裁判所 病院 政府 当局 検察 消防 家族 遺族 隊 局 所長 首脳 ら 支配人 店主
		団体 組合 労組 弁護人 弁護団 親方 横綱 関脇 大関 コーチ 主将 校長 園長 院長 店長 部長 課長 次長 室長 隊長 住職 学生 大学生 母親 父親 息子 娘 妻 夫 兄 姉 弟 妹 祖母
		祖父 両親 相 官 家 師 士 手 役 長男 次男 長女 次女 俳優 教諭 理事 専務 常務 取締役 CEO スポークスマン 広報 担当者 関係者 当局者 筋 チーム グループ 連盟 連合 協会 学会 機構 機関
		財団 基金 銀行 企業 大学 研究所 センター 新聞 通信 テレビ 放送 紙 誌 政権 与党 野党 陣営 派 国連 課 原告 委 委員会 議会 軍 内閣 大使館 町 村 州 自治体 国 君 ちゃん
		判決 報告書 声明 白書 論文 記事 社説 答申 起訴状 訴状 要請文 代表 主婦 船長 機長 司令部 司令官 検事 判事 議員団 東電 日銀`)
	// jaCounted are people whom somebody counts or names, not those who speak.
	jaCounted = newWordSet(`死者 負傷者 死傷者 被害者 犠牲者 不明者 感染者 利用者 来場者 参加者 入場者 該当者 失業者 これら それら`)
	// jaExists are all that is said of a topic which is there or not.
	jaExists = map[string]bool{"なかった": true, "ない": true, "ある": true, "あった": true, "ありません": true,
		"ありませんでした": true, "いない": true, "いなかった": true, "認められなかった": true, "確認されなかった": true,
		"確認されていない": true, "見つからなかった": true}
)

// jaAmong are the words after those some of whom say something: "専門家の中には…と指摘する声もある".
var jaAmong = []string{"の中に", "の中から", "の間で", "の間に", "から"}

// among gives how many letters of jaAmong end before the particle that closes the topic at i, 0 for none.
func (j *jaParse) among(i int) int {
	for i > 0 && j.r[i-1] == '、' {
		i--
	}
	for _, w := range jaAmong {
		if i > 0 && (j.r[i-1] == 'は' || j.r[i-1] == 'も') && endsAt(j.r, i-1, w) {
			return runeLen(w)
		}
	}
	return 0
}

// voices says whether the verb of saying only tells of voices that the clause gives to nobody: "と指摘する声もある".
func (j *jaParse) voices(start int, s speech) bool {
	end := min(s.stem+8, s.after)
	if find(s.stem, end, func(i int) bool { return hasAt(j.r, i, "声") }) == end {
		return false
	}
	t, name := j.topic(start, s.content)
	return t == 0 || name == "" || j.among(t) == 0
}

// jaCited end the phrase that names whom a speaker quotes.
var jaCited = []string{"の話として", "の証言として", "の情報として", "の内容として", "の話を引用し", "を引用して", "を引用し"}

// jaPronouns are the personal pronouns.
var jaPronouns = newWordSet("彼 彼女 同氏")

// placed says whether the words of [from,to) only say where or when.
func (j *jaParse) placed(from, to int) bool {
	for to > from && j.r[to-1] == '、' {
		to--
	}
	return endsAt(j.r, to, "で") || endsAt(j.r, to, "日") || endsAt(j.r, to, "後") || endsAt(j.r, to, "に")
}

// saying says whether [from,to) only says how or where it was said: a noun of
// saying with its verb.
func (j *jaParse) saying(from, to int) bool {
	return anyEnds(j.r, to, jaSayHow) || anyEnds(j.r, to, jaSayWhere) && anyIn(j.r, from, to, jaReportNoun)
}

// dated says whether a digit with 年, 月 or 日 stands within [from,to).
func (j *jaParse) dated(from, to int) bool {
	for i := from + 1; i < to; i++ {
		if (j.r[i] == '年' || j.r[i] == '月' || j.r[i] == '日') && (j.r[i-1] >= '0' && j.r[i-1] <= '9' ||
			j.r[i-1] >= '０' && j.r[i-1] <= '９') {
			return true
		}
	}
	return false
}

// between names the subject that stands between と, or the quotation, and its verb.
func (j *jaParse) between(s speech) string {
	if name, at := j.stater(j.objectOf(s.stem)); s.stem > s.content+1 && at > 0 {
		return name
	}
	k := s.content
	if letter(j.r, k) == 'と' {
		k++
	}
	for k < s.stem && j.r[k] == '、' {
		k++
	}
	for i := k + 1; i < s.stem; i++ {
		if (j.r[i] == 'は' || j.r[i] == 'が') && j.nounEnd(i) && !j.in[i] {
			return string(j.r[k:i])
		}
	}
	return ""
}
