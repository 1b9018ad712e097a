package extract

import "claimbench/internal/text"

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

// jaWhereSaid end the phrase that says where or to whom something was said.
var jaWhereSaid = newWordSet(`取材に対し 取材に対して 取材に 取材で 会見で 声明で 談話で コメントで サイトで ホームページで SNSで ブログで ツイッターで インタビューで 演説で
	議会で 委員会で 国会で 法廷で 公判で 番組で 報告書で 文書で 記者団に 記者団に対し 記者らに 電話で 書簡で 当初 会見し 記者会見し 会見を開き 集会で 総会で 説明会で ラジオで テレビで 放送で`)

// aside says whether [from,to) only says when, where or to whom something was said.
func (j *jaParse) aside(from, to int) bool {
	if to-from < 2 || to-from > 30 {
		return false
	}
	if find(from, to, func(i int) bool { return j.r[i] == 'が' || j.r[i] == 'は' || j.r[i] == 'を' }) < to {
		return false
	}
	if anyEnds(j.r, to, jaWhereSaid) {
		return true
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
	if j.sent.Kind == text.KindBody || !j.on(ruleSpeech) {
		return false
	}
	gap := find(0, j.end, func(i int) bool { return j.r[i] == '　' && !j.in[i] })
	if gap < 6 || gap >= j.end-4 {
		return false
	}
	switch {
	case j.spokenPart(gap+1, j.end):
		j.put(0, gap, piece{role: asClause})
	case j.spokenPart(0, gap):
		j.put(gap+1, j.end, piece{role: asClause})
	default:
		return false
	}
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
