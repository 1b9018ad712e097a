package extract

import "strings"

// A quotation and who speaks it: 「…」と話した, 「…」と憤る, 「…」とXは言う.

// afterQuote says whether a quotation of some length ends just before i, and
// と or the words of the speaker follow.
func (j *jaParse) afterQuote(i, start int) bool {
	if i <= start || j.r[i-1] != '」' {
		return false
	}
	open := i - 1
	for open > start && j.r[open] != '「' {
		open--
	}
	if i-open < 10 && !(i-open >= 6 && j.r[i] == 'と' && finiteEnd(j.r, i-1)) {
		return false
	}
	return j.r[i] == 'と' && !hasAt(j.r, i, "という") && !hasAt(j.r, i, "との") || open == start && isNounLetter(j.r[i])
}

// saidAfterQuote gives where the verb begins that says who speaks the quotation before i, or -1. It stands in the same
// clause: another clause may have another quotation.
func (j *jaParse) saidAfterQuote(start, i int) int {
	if anyAt(j.r, i, jaHeld) {
		return i + 1
	}
	for from := i; from < j.end; {
		c := j.comma(from, j.end)
		for k := max(from, i+1); k < c; k++ {
			if !j.in[k] && (anyAt(j.r, k, jaSay) || j.r[i] == 'と' && anyAt(j.r, k, jaFeels)) {
				return k
			}
		}
		if c-i > 3 && j.clauseEnd(i-4, c) {
			return -1
		}
		from = c + 1
	}
	return j.manner(start, i)
}

// manner gives i+1 where a person is the topic of the quotation before i and whatever follows at the end of the
// sentence says how they spoke: 親方は「稽古が足りない」と辛口だった. A name or a title in quotation marks is none.
func (j *jaParse) manner(start, i int) int {
	t, name := j.topic(start, i)
	if t == 0 || letter(j.r, t-1) != 'は' || j.r[i] != 'と' || !j.speaks(name) || !finiteEnd(j.r, i-1) ||
		letter(j.r, t) != '「' && !j.aside(t, find(t, i, func(k int) bool { return j.r[k] == '「' })) ||
		anyIn(j.r, i+1, min(i+14, j.end), jaNames) {
		return -1
	}
	if c := j.comma(i, j.end); c < j.end && !(c-i <= 14 && anyEnds(j.r, c, jaMeanwhile)) {
		return -1
	}
	return i + 1
}

// jaMeanwhile end the words of how somebody spoke, before they go on: 「…」と涙を見せながら.
var jaMeanwhile = newWordSet(`うえで 上で ながら つつ 後 のち`)

// jaNames follow the name or the title of something.
var jaNames = newWordSet(`いう の 呼 題 名付 名づけ 記され 書かれ 刻 銘打 掲げ 訳 読め 表示 判定 知られ 言われ される され した する みら 見ら 思わ`)

// jaHeld are "と" with "holds that", after which the sentence goes on.
var jaHeld = newWordSet(`とした上で としたうえで とし、 としながら としつつ とする一方 としている としていた としており としたが`)

// jaFeels say after a quotation how somebody spoke.
var jaFeels = newWordSet(`憤 驚 笑顔 笑っ 笑う 喜 悔し 肩を落と 涙 首をかしげ 目を細め 目を輝 声を 不安 怒 意気込 ため息 うなだれ はにか 感謝 苦笑 気を引き締
	手応え 口をそろえ 皮肉 切り捨て 突き放 けん制 牽制 くぎを刺 釘を刺 念を押 力を込め 期待を 自信 語気 眉をひそめ 戸惑 頭を下げ 嘆 悩 懇願 叫 ぼや こぼ 呼びかけ
	呼び掛け 反発 歓迎 たたえ 称え 称賛 絶賛 ねぎら 絶句 心配 誇 胸をなで 安堵 真剣 悲し 寂し わび 詫び 返し 続け 求め 迫 警鐘 疑問 不満 危機感 決意 覚悟 抱負 淡々
	表情 評し 評する 説い 説く 諭 励 いぶか 案じ おびえ 祈 願 解説 前置き 言葉 陳謝 平謝り 謝 弁明 釈明 述懐 明か 呼吸 宣誓 応じ 請け合 強気 楽観 悲観 断り`)

// grounds says whether what was said ends at i before として, and the topic of the clause, who says it, acts for it:
// 市は、足りているとして、増設しない.
func (j *jaParse) grounds(start, i int) bool {
	e := i
	if i > 0 && j.r[i-1] == '」' {
		e--
	}
	if !hasAt(j.r, i, "として") || anyAt(j.r, i+3, jaNoGrounds) || !finiteEnd(j.r, e) || !anyEnds(j.r, e, jaFinite) &&
		!anyEnds(j.r, e, jaAdjectives) {
		return false
	}
	t, name := j.topic(start, i)
	carried := t == 0 && j.before.source != "" && j.before.now-j.before.sourced <= 1 && !j.ownSubject(i+3, j.end)
	if !carried && (t == 0 || letter(j.r, t-1) == 'も' || !j.speaks(name)) {
		return false
	}
	end := j.comma(i+4, j.end)
	return !anyIn(j.r, i+3, end, jaSuffers)
}

var (
	// jaNoGrounds follow として where it is no "on the ground that".
	jaNoGrounds = newWordSet(`い お は も の か`)
	// jaAdjectives end a clause whose predicate is an adjective, or the copula.
	jaAdjectives = newWordSet(`ない しい がある もある 高い 低い 多い 少ない 悪い 近い 遠い だ`)
	// jaSuffers end a clause whose subject is the one it was done to.
	jaSuffers = newWordSet(`逮捕され 起訴され 提訴され 訴えられ 批判され 非難され 処分され 解雇され 摘発され 追放され 告発され 書類送検され 除名され 罰せられ 問われ 追われ`)
)

// dashed reads "P——Xはそうみている" from start: X says P. It gives where P ends, and X.
func (j *jaParse) dashed(start int) (int, string) {
	dash := find(start+4, j.end-6, func(i int) bool { return strings.ContainsRune("—―─", j.r[i]) && !j.in[i] })
	if dash >= j.end-6 || !j.on(ruleSpeech) {
		return 0, ""
	}
	from := find(dash, j.end, func(i int) bool { return !strings.ContainsRune("—―─", j.r[i]) })
	for _, w := range []string{"はそう", "はこう", "もそう", "がそう"} {
		for i := from + 2; i < min(from+30, j.end); i++ {
			if hasAt(j.r, i, w) && !j.in[i] && j.nounEnd(i) && anyIn(j.r, i+3, min(i+9, j.end), jaSay) &&
				j.comma(from, j.end) == j.end {
				return dash, j.before.resolve(string(j.r[from:i]), false)
			}
		}
	}
	return 0, ""
}

// remarks notes what somebody said where a noun says so: 知事の「移転は白紙に戻す」との発言に、議会は反発した.
func (j *jaParse) remarks() {
	for i := 4; i+2 < j.end; i++ {
		if j.r[i-1] != '」' || !hasAt(j.r, i, "との") && !hasAt(j.r, i, "という") || j.binds(i) {
			continue
		}
		noun := i + 2
		if j.r[i+1] == 'い' {
			noun++
		}
		open := i - 1
		for open > 0 && j.r[open] != '「' {
			open--
		}
		if i-open < 8 || !anyAt(j.r, noun, jaRemarks) || letter(j.r, open-1) != 'の' {
			continue
		}
		start := j.nounStart(open - 1)
		if name := string(j.r[start : open-1]); start < open-1 && j.speaks(name) {
			j.put(open+1, i-1, piece{role: asContent, source: j.before.resolve(name, false)})
		}
	}
}

// jaRemarks are nouns of what somebody said in public.
var jaRemarks = newWordSet(`発言 コメント 主張 説明 言葉 指摘 証言 談話 声明 投稿`)

// calls says whether [from,to) says what its topic calls something: 判決を「軽すぎる」と受け止めた.
func (j *jaParse) calls(from, to int) bool {
	for i := from + 2; i < to; i++ {
		if j.r[i] == '「' && j.r[i-1] == 'を' {
			end := find(i, to, func(k int) bool { return j.r[k] == '」' })
			return hasAt(j.r, end+1, "と") && anyIn(j.r, end+2, min(end+12, to), jaCalls)
		}
	}
	return false
}

// jaCalls are verbs of calling something by what one thinks of it.
var jaCalls = newWordSet(`受け止め 評 批判 非難 表現 称賛 たたえ 断じ 切り捨て 呼ん 呼び 位置付け 位置づけ 皮肉 糾弾`)
