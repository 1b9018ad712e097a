package extract

import "strings"

// Who is named without a verb of saying: "Xによると、…", "Xの調査では、…", "…ことがXへの取材で分かった"; and who goes on
// speaking where nobody is named.

// source gives who is named in front of what the sentence tells, and where that begins. A clause of the article's own
// before it is noted.
func (j *jaParse) source(start int) (string, int) {
	if !j.on(ruleSpeech) {
		return "", start
	}
	name, from := j.according(start)
	if name == "" {
		name = j.goesOnTelling()
	}
	if name != "" {
		if w := j.hearsay(); w != "" {
			j.end -= runeLen(w)
		}
	}
	if name == "" {
		name = j.before.label
	}
	return name, from
}

// hearsay gives the words at the end that say only that somebody told it, "" for none.
func (j *jaParse) hearsay() string {
	for _, w := range []string{"という", "とのことだ", "とのこと", "とのことです", "ということです", "ということだ", "そうだ", "そうです"} {
		e := j.end - runeLen(w)
		if endsAt(j.r, j.end, w) && finiteEnd(j.r, e) && (w[:3] != "そ" || anyEnds(j.r, e, jaFinite)) { // not 使いそうだ
			return w
		}
	}
	return ""
}

// according reads "Xによると、" in front, between the topic and its predicate, or after a clause of the article's own,
// and gives X and where what X says begins.
func (j *jaParse) according(start int) (string, int) {
	at := start
	for n := 0; n < 3; n++ {
		c := j.comma(at, j.end)
		if name := j.sourceIn(at, c); name != "" && c < j.end {
			switch {
			case at == start:
				return j.named(name), c + 1
			case j.clauseEnd(start, at-1):
				j.region(start, at-1, "", "")
				return j.named(name), c + 1
			case j.subject(at - 1):
				return j.named(name), start
			}
			return "", start
		}
		if n == 0 {
			if e := j.sourceWithoutComma(at, c); e > 0 {
				return j.named(string(j.r[at:e])), e + runeLen("によると")
			}
		}
		if c >= j.end {
			break
		}
		at = c + 1
	}
	return "", start
}

// jaAccording end a phrase that names a source; what stands before is the source.
var jaAccording = []string{"によると", "によれば", "によりますと", "の話では", "の発表では", "の見方では", "の見立てでは", "の見解では", "の考えでは", "の意見では",
	"の説明では", "の証言では", "の調査で", "の検査で", "の分析で", "の調べで", "の集計で", "のまとめで", "への取材で", "から見れば", "から見ると",
	"に言わせれば"}

// jaFigures are papers and counts that say what follows: "本社の世論調査では".
var jaFigures = newWordSet(`調査 統計 試算 推計 分析 集計 報告 まとめ 資料 記録 データ 報告書 白書 アンケート 解析 起訴状 訴状 判決 聞き取り 検証`)

// sourceIn gives the source that [from,c) names, "" for none.
func (j *jaParse) sourceIn(from, c int) string {
	if c-from > 60 {
		return ""
	}
	for _, w := range jaAccording {
		if endsAt(j.r, c, w) && c-runeLen(w) > from {
			return string(j.r[from : c-runeLen(w)])
		}
	}
	if endsAt(j.r, c, "ところでは") && anyIn(j.r, max(from, c-13), c, jaSay) && j.happened(from, c) {
		return string(j.r[from : c-2]) // 地元紙が伝えたところでは
	}
	if endsAt(j.r, c, "では") && anyEnds(j.r, c-2, jaFigures) &&
		find(from, c-2, func(i int) bool { return j.r[i] == 'は' || j.r[i] == 'が' }) == c-2 {
		return string(j.r[from : c-2])
	}
	return ""
}

// sourceWithoutComma gives where the name in "Xによると" ends, which no comma parts from what X says; 0 for none.
func (j *jaParse) sourceWithoutComma(from, c int) int {
	for i := from + 1; i < c-4 && i < from+24; i++ {
		if strings.ContainsRune("はがを", j.r[i]) || j.in[i] && j.r[i] == '」' {
			return 0
		}
		if (hasAt(j.r, i, "によると") || hasAt(j.r, i, "によれば")) && !strings.ContainsRune("みる見思考言いさのも", j.r[i+4]) &&
			j.nounEnd(i) {
			return i
		}
	}
	return 0
}

// named is a source as the sentence names it: "Xが伝えたところ" is X, "Yへの取材" is Y.
func (j *jaParse) named(name string) string {
	cited := ""
	if who, told, ok := strings.Cut(name, "が"); ok && strings.HasSuffix(told, "ところ") {
		name = who
		cited, _, ok = strings.Cut(told, "の話として")
		if !ok {
			cited = ""
		}
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, "への取材"), "の取材")
	name = strings.TrimSuffix(name, "など")
	return j.before.resolve(chainedTo(name, cited), false)
}

// goesOnTelling names who spoke in the sentence before, where this one only says that it is told: "修理には2週間かかるという。"
func (j *jaParse) goesOnTelling() string {
	if j.hearsay() == "" || j.before.source == "" || j.before.now-j.before.sourced > 1 {
		return ""
	}
	return j.before.resolve("同氏", true)
}

// revealed gives where the verb that reveals what stands before こと begins: at i, or after who found it out; else -1.
func (j *jaParse) revealed(i int) int {
	if anyAt(j.r, i, jaReveal) {
		return i
	}
	for k := i + 3; k < j.end && k < i+50; k++ {
		if anyAt(j.r, k, jaFound) && endsInAny(j.r, k, jaFoundBy) {
			return k
		}
		if j.r[k] == 'を' || j.r[k] == 'は' {
			return -1
		}
	}
	return -1
}

// jaFound are the verbs of finding out.
var jaFound = newWordSet(`分か わか 判明 明らか`)

// foundBy names who found out what the sentence reveals: "…ことが捜査関係者への取材で分かった".
func (j *jaParse) foundBy(s speech) string {
	if !hasAt(j.r, s.content, "こと") {
		return ""
	}
	from := j.pastAsides(s.content+3, s.stem)
	for _, w := range jaFoundBy {
		if e := s.stem - runeLen(w); e > from+1 && endsAt(j.r, s.stem, w) {
			return string(j.r[from:e])
		}
	}
	return ""
}

// jaFoundBy end the words of who found it out.
var jaFoundBy = []string{"への取材で", "の調べで", "の調査で", "の捜査で", "のまとめで", "の集計で", "の分析で", "の発表で", "の話で", "の証言で", "の検査で"}

// jaConfesses are verbs of what a suspect says.
var jaConfesses = newWordSet(`供述 自供`)

// confessor gives the person whom the sentence before is about, from whom source has what the suspect says.
func (j *jaParse) confessor(source string) string {
	if !anyEnds([]rune(j.before.topic), runeLen(j.before.topic), jaAccused) || j.before.now-j.before.topicIn > 1 ||
		source == j.before.topic {
		return source
	}
	return chained(source, j.before.topic)
}

// rememberTopic keeps the person or body whom the sentence is about, for the next.
func (j *jaParse) rememberTopic() {
	t, name := j.topic(0, j.end)
	if t == 0 || letter(j.r, t-1) == 'も' || !j.speaks(name) {
		return
	}
	if anyIn(j.r, max(t, j.end-8), j.end, jaFeels) || anyEnds(j.r, j.end, jaNowFrames) {
		j.parse.speaks = j.before.resolve(name, false) // 店主は肩を落とす。「…」
	}
	if runeLen(name) > 3 || !anyAt([]rune(name), 0, jaPronouns) {
		j.before.topic, j.before.topicIn = name, j.before.now
	}
}

// jaAccused end the names of those who stand accused.
var jaAccused = newWordSet(`男 女 容疑者 被告 少年 少女 男性 女性 社員 夫 妻 父 母`)

// sourceNamed is who said it: the name, chained with the source named in front
// of the sentence; without a name whoever spoke last, in this sentence or the
// one before.
func (j *jaParse) sourceNamed(name, outer string) string {
	switch {
	case name != "":
		pronoun := anyAt([]rune(name), 0, jaPronouns) && runeLen(name) <= 3
		if pronoun && j.before.topic != "" && j.before.now-j.before.topicIn <= 1 &&
			j.before.sourced < j.before.topicIn {
			name, pronoun = j.before.topic, false
		}
		return chained(outer, j.before.resolve(name, pronoun))
	case j.said != "":
		return j.said
	case outer != "":
		return outer
	case j.before.source != "" && j.before.now-j.before.sourced <= 2 &&
		(j.before.sourced >= j.before.topicIn || j.before.now-j.before.topicIn != 1):
		return j.before.source
	case j.before.topic != "" && j.before.now-j.before.topicIn == 1:
		return j.before.resolve(j.before.topic, false)
	}
	return ""
}
