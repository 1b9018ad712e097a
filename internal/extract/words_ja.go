package extract

import (
	"strings"
	"sync"
)

// Tables of Japanese, by what they open or close. Japanese is read on letters,
// not on words: particles and verb endings part its clauses.
var (
	// jaSay are the stems of the verbs that take と: saying, judging, reporting.
	jaSay = newWordSet(`確認し 明かし
述べ 語っ 語り 語る 主張 指摘 報じ 報道 発表 非難 評価 確信 明らか 伝え 説明 強調 批判 話し 話す みられ 見られ
 言っ 言い 言う 警告 否定 認め 訴え 名乗 見て みて みる 判断 推定 推計 予測 予想 発言 コメント 反論 答え 表明 断言 結論 疑っ 考え 思 記し 書い 書き
 証言 分析 見込 見通 示唆 約束 宣言 公表 投稿 ツイート 回答 弁明 釈明 告発 告白 通告 報告 懸念 期待 主張し 強調し 信じ 誓っ 認識 称し 謝罪 供述 付け加え つけ加え 付言 補足
 振り返 打ち明け 嘆い 嘆く 漏らし 胸を張 悔や 喜ん
 力説 明言 言明 断っ 認定 指弾
 抗議 公約 つぶやい 反発 試算 見積も 算定 算出 憤 危惧 憂慮 皮肉 論じ 説い 説く 唱え 評し 評する 断じ 言い切 言い張 強弁 言及 総括 自賛 吐露 書き込
 ぼやい ぼやく 叫ん 叫ぶ 呼びかけ 呼び掛け 自認 豪語 弁解 述懐 回想 明記 記載 認定 裁定 結論 判示 言い渡 危機感 念を押 くぎを刺 釘を刺 けん制 牽制 こぼし 不満を 答弁 陳述 弁明 申し立て 申告 通知 連絡
	請け合 保証 予告 宣告 説示 教え 触れ回 抗弁 告げ 紹介 説明 語気 苦言 忠告 助言 異議 抗議し 力を込 訂正 自白 発信 明かす 漏らす 書き残 悔やむ 悔やん 喜ぶ 誓う 誓い 記す 書く 疑う 称す`)
	// jaReveal take こと or の with を, が: P is what was revealed.
	jaReveal = newWordSet(`明らか 示唆 発表 認め 確認 公表 報じ 指摘 示し 示す 示さ 裏付け 否定 伝え 分か わか 判明 証言 報告 発見 突き止め 意味`)
	// jaOpinion nouns take という: the claim that P.
	jaNounSay = newWordSet(
		`主張 見方 見解 認識 報道 疑い 情報 指摘 証言 結論 発表 声明 疑惑
 考え 批判 懸念 警告 噂 うわさ 説明 証拠 事実 報告 見通し 予測 意向 見込み
 方針 分析 期待 立場 姿勢 告発 非難 訴え コメント 談話 発言 声 意見 感想 回答 反論 試算 推計 観測 認識 考え方 抗議 釈明`)
	// jaStates are the verbs that make a noun of saying a statement.
	jaStates = newWordSet(`示 発表 明らか 述べ 表明 伝え 出し 公表 強調 繰り返 表し 下し まとめ 報告 展開 語
 打ち出 認め 受け 得た 得て 寄せ 示唆 強め 広が 根強 掲載 提出 したた 持っ 抱い 公に`)
	// jaAct are stems whose saying is news with what was said.
	jaAct = newWordSet(`非難 批判 告発 否定 反論 名乗 警告 約束 謝罪 抗議 公約`)
	// jaPassive are stems of saying without anybody who says.
	jaPassive = newWordSet(`みられ 見られ され 考えられ 伝えられ 言われ いわれ 思われ`)
	// jaDispute end a clause whose topic denies or accuses.
	jaDispute = newWordSet(`否定 否認 反論 批判 非難 主張し 主張す 抗議 告発`)
	// jaNotClause end in て or り but are particles of several letters or adverbs.
	jaNotClause = newWordSet(`だけ わけ だれ それ これ おかげ ゆえ まで について において によって に対して に関して をめぐって にとって にわたって を通じて 初めて 改めて 加えて
 合わせて 続いて 先立って にあたって したがって 従って によって かえって 極めて せめて により および または あるいは つまり あまり やはり 特に さらに すでに
 を受け を受けて に伴い に伴って を機に を踏まえ を踏まえて に備え に備えて に向け に向けて に合わせ に応じ に続き にかけ
 に対し に関し に際し をはじめとし に反し にわたり を通し に基づき を含め を除き にかけて 主として 結果として 今年に入り と並び 通り とおり`)
	// jaLink end a clause after a finite verb.
	jaLink = newWordSet(`ので ことから 一方 一方で ものの とともに と同時に けれど けれども なか 中で 際 後 のち うえ 上で ほか ところ ば たら なら ことで 以来 し まで からは`)
	// jaRole follow or precede a name.
	jaRole = newWordSet(
		`氏 さん 大統領 首相 議員 長官 委員長 大臣 知事 市長 会長 社長 教授 代表 報道官 選手 監督 容疑者 被告 総裁 総長 書記長 党首 弁護士 医師 議長 外相 国防相 財務相 候補 博士`)
	// jaTime are words of time.
	jaTime = newWordSet(`本日 今日 昨日 一昨日 明日 今年 昨年 来年 先週 今週 先月 今月`)
	// jaReportNoun are nouns of saying.
	jaReportNoun = newWordSet(`声明 会見 発表 報告書 記事 インタビュー 演説 書簡 調査 取材 発言 文書`)
	// jaSayHow and jaSayWhere end a clause that says how or where something was said.
	jaSayHow   = newWordSet(`これを否定し これを否認し それを否定し これに反論し これを認め を引用し に応じ に答え を開き を引用して に応じて に答えて を開いて`)
	jaSayWhere = newWordSet(`で の中で を発表し を出し を発表して を出して`)
)

// hasAt says whether the letters of w stand at i.
func hasAt(r []rune, i int, w string) bool {
	for _, c := range w {
		if i < 0 || i >= len(r) || r[i] != c {
			return false
		}
		i++
	}
	return true
}

// endsAt says whether the letters of w end at e (exclusive).
func endsAt(r []rune, e int, w string) bool { return hasAt(r, e-runeLen(w), w) }

func runeLen(w string) int {
	n := 0
	for range w {
		n++
	}
	return n
}

// letter is the letter at i, 0 outside.
func letter(r []rune, i int) rune {
	if i < 0 || i >= len(r) {
		return 0
	}
	return r[i]
}

// wordSet is a set of words that can be sought by first and by last letter.
// It is made when it is first asked.
type wordSet struct{ made func() lettered }

type lettered struct {
	first, last map[rune][]string
	words       []string
}

// newWordSet makes a set of space-separated words, and of those of other sets.
func newWordSet(words string, more ...wordSet) wordSet {
	return wordSet{sync.OnceValue(func() lettered {
		s := lettered{map[rune][]string{}, map[rune][]string{}, strings.Fields(words)}
		for _, other := range more {
			s.words = append(s.words, other.made().words...)
		}
		for _, w := range s.words {
			letters := []rune(w)
			first, last := letters[0], letters[len(letters)-1]
			s.first[first] = append(s.first[first], w)
			s.last[last] = append(s.last[last], w)
		}
		return s
	})}
}

// anyAt says whether one of the words stands at i.
func anyAt(r []rune, i int, words wordSet) bool {
	if i < 0 || i >= len(r) {
		return false
	}
	for _, w := range words.made().first[r[i]] {
		if hasAt(r, i, w) {
			return true
		}
	}
	return false
}

// anyEnds says whether one of the words ends at e.
func anyEnds(r []rune, e int, words wordSet) bool {
	if e <= 0 || e > len(r) {
		return false
	}
	for _, w := range words.made().last[r[e-1]] {
		if endsAt(r, e, w) {
			return true
		}
	}
	return false
}

// anyIn says whether one of the words stands within [from,to).
func anyIn(r []rune, from, to int, words wordSet) bool {
	for i := from; i < to && i < len(r); i++ {
		if anyAt(r, i, words) {
			return true
		}
	}
	return false
}

func isHiragana(r rune) bool { return r >= 0x3041 && r <= 0x309f }

func isKatakana(r rune) bool { return r >= 0x30a0 && r <= 0x30ff }

func isKanji(r rune) bool { return r >= 0x4e00 && r <= 0x9fff || r == '々' || r == '〇' }

// isNounLetter says whether a noun or name may be written with the letter.
func isNounLetter(r rune) bool {
	return isKanji(r) || isKatakana(r) || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' ||
		r >= 0xff10 && r <= 0xff5a
}
