package extract

import (
	"strings"

	"claimbench/internal/text"
)

// pastAsides gives where what was said begins after the day, the place and the hearers of the saying: "市は5日、…と発表",
// "市長は記者会見で「…」と述べた", "取材に対し、…".
func (j *jaParse) pastAsides(from, content int) int {
	for {
		from = j.opening(from)
		c := j.comma(from, content)
		if q := find(from, c, func(i int) bool { return j.r[i] == '「' && content-i > 6 && j.in[content-1] }); q < c &&
			q > from && j.aside(from, q) && j.r[content-1] == '」' {
			return q
		}
		if c >= content || content-c < 6 || !j.aside(from, c) && !j.beforeQuote(from, c, content) {
			return from
		}
		from = c + 1
	}
}

// saysWhere says whether [from,to) ends with where or to whom something was said: 記者会見で, 取材に対し, 法廷で.
func (j *jaParse) saysWhere(to int) bool {
	for _, w := range jaWhere {
		if endsAt(j.r, to, w.ending) && anyEnds(j.r, to-runeLen(w.ending), w.nouns) {
			return true
		}
	}
	return false
}

// jaWhere are the endings of such phrases, with the nouns that they follow.
var jaWhere = func() []struct {
	ending string
	nouns  wordSet
} {
	venues := newWordSet(`会見 声明 談話 コメント サイト ホームページ SNS ブログ ツイッター X Ｘ フェイスブック インスタグラム インタビュー 演説 講演 議会 委員会 予算委 本会議 調査会
	国会 審議会
		法廷 公判 裁判 判決 陳述 論告 弁論 答弁 答弁書 会合 会議 総会 討論会 質疑 番組 報告書 文書 書面 意見書 論文 記事 手記 著書 書簡 手紙 メール 電話 集会 式典 説明会 シンポジウム
		ラジオ テレビ 放送 動画 調べ 聴取 証人尋問 尋問 審理 演台 記者団 取材 談話室 対談 投稿 発表文`)
	hearers := newWordSet(`取材 記者団 記者ら 報道陣 質問 本紙 通信 新聞 紙 テレビ 放送 記者 調べ 質疑 問い 議会 国会 委員会 X Ｘ ツイッター SNS ブログ )`)
	held := newWordSet(`会見 会合 集会 総会 説明会`)
	return []struct {
		ending string
		nouns  wordSet
	}{{"で", venues}, {"にて", venues}, {"の中で", venues}, {"の席で", venues}, {"の席上", venues}, {"などで", venues},
		{"を通じ", venues}, {"を通じて", venues}, {"を発表し", venues}, {"に対し", hearers}, {"に対して", hearers}, {"に", hearers},
		{"に応じ", hearers}, {"に応じて", hearers}, {"に答え", hearers}, {"に答えて", hearers}, {"し", held}, {"を開き", held},
		{"に応じ", newWordSet("インタビュー")}, {"の取材に", newWordSet("本紙 通信 新聞 紙 テレビ 放送")}, {"は", newWordSet("当初")},
		{"", newWordSet("当初 その上で")}}
}()

// aside says whether [from,to) only says when, where or to whom something was said.
func (j *jaParse) aside(from, to int) bool {
	if to-from < 2 || to-from > 30 {
		return false
	}
	if j.saysWhere(to) && find(from, to-3, func(i int) bool {
		return (j.r[i] == 'が' || j.r[i] == 'は' ||
			j.r[i] == 'を') && !j.in[i]
	}) >= to-3 {
		return true
	}
	if find(from, to, func(i int) bool { return j.r[i] == 'が' || j.r[i] == 'は' || j.r[i] == 'を' }) < to {
		return false
	}
	digit := func(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }
	if !digit(j.r[from]) && !anyAt(j.r, from, jaTime) && !hasAt(j.r, from, "同日") {
		return false
	}
	return find(from, to, func(i int) bool {
		return !digit(j.r[i]) && !hasAt(j.r, i, "日") && !hasAt(j.r, i, "月") && !hasAt(j.r, i, "年") &&
			!anyIn(j.r, i, i+1, jaDayParts)
	}) == to
}

// daySaid says whether a day and a comma stand at i: "環境省が8日、…と発表した".
func (j *jaParse) daySaid(i int) bool {
	end := min(i+13, j.end)
	c := j.comma(i, end)
	return c < end && j.aside(i, c)
}

// beforeQuote says whether [from,c) only says on what occasion somebody said what stands in quotation marks to the end
// of the content: "採決後、記者団に「…」".
func (j *jaParse) beforeQuote(from, c, content int) bool {
	if c-from > 16 || j.r[content-1] != '」' || !anyEnds(j.r, c, jaOccasions) || anyIn(j.r, from, c, jaSubjects) {
		return false
	}
	q := find(c+1, content, func(i int) bool { return j.r[i] == '「' })
	return q < content && (q == c+1 || j.aside(c+1, q))
}

var (
	// jaOccasions end a phrase that says on what occasion something was said.
	jaOccasions = newWordSet(`後 前 際 中 終了後 席上 上で`)
	// jaSubjects mark a clause with a subject or an object of its own.
	jaSubjects = newWordSet(`は が を`)
)

// jaDayParts are the letters of the words of a day.
var jaDayParts = newWordSet(`午 前 後 夜 朝 夕 方 未 明 深 昨 今 本 同 曜 月 火 水 木 金 土 （ ） ( ) 先 週`)

// headline reads "出来事　誰「言葉」" or "誰「言葉」　出来事", a headline of two parts: each is a claim, the quotation by whom it
// names.
func (j *jaParse) headline() bool {
	if j.sent.Kind == text.KindBody && j.end < len(j.r) || !j.on(ruleSpeech) {
		return false
	}
	gap := find(0, j.end, func(i int) bool { return (j.r[i] == '　' || j.r[i] == ' ') && !j.in[i] })
	if gap < 6 || gap >= j.end-4 {
		return false
	}
	switch {
	case j.quotedBy(gap):
	case j.spokenPart(gap+1, j.end):
		j.put(0, gap, piece{role: asClause})
	case j.spokenPart(0, gap):
		j.put(gap+1, j.end, piece{role: asClause})
	default:
		return false
	}
	return true
}

// quotedBy reads "「言葉」　誰が会見で": the quotation in front of the gap is theirs.
func (j *jaParse) quotedBy(gap int) bool {
	end := find(gap+1, j.end, func(i int) bool { return strings.ContainsRune("がは、", j.r[i]) })
	name := string(j.r[gap+1 : end])
	if j.r[0] != '「' || j.r[gap-1] != '」' || end-gap > 16 || !j.speaks(name) ||
		find(1, gap-1, func(i int) bool { return j.r[i] == '」' }) < gap-1 {
		return false
	}
	j.put(1, gap-1, piece{role: asContent, source: j.before.resolve(name, false)})
	return true
}

// spokenLine reads a sentence that is nothing but a speaker with an office and a quotation: "山田太郎監督「…」".
func (j *jaParse) spokenLine() bool {
	open := find(0, j.end, func(i int) bool { return j.r[i] == '「' })
	return j.on(ruleSpeech) && j.sent.Kind == text.KindBody && open < j.end && anyEnds(j.r, open, jaRole) &&
		j.end-open >= 8 && j.spokenPart(0, j.end)
}

// spokenPart notes "誰「言葉」" in [from,to) as what somebody said.
func (j *jaParse) spokenPart(from, to int) bool {
	open := find(from, to, func(i int) bool { return j.r[i] == '「' })
	if open-from < 2 || open-from > 12 || open >= to-4 || j.r[to-1] != '」' ||
		find(from, open, func(i int) bool { return !isNounLetter(j.r[i]) && j.r[i] != 'の' }) < open ||
		find(open, to-1, func(i int) bool { return j.r[i] == '」' }) < to-1 {
		return false
	}
	name := j.before.resolve(string(j.r[from:open]), false)
	j.put(open+1, to-1, piece{role: asContent, source: name})
	return true
}
