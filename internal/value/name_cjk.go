package value

// cjk reads names in the run of kanji or kana at token i.
func (rd *nameReader) cjk(i int) int {
	sc := rd.sc
	t := &sc.tokens[i]
	if t.end <= rd.from || t.writing == writingHiragana {
		return 0
	}
	from := max(t.start, rd.from)
	if t.writing == writingKatakana {
		rd.katakana(i, from, t.end)
		return 0
	}
	rd.kanji(from, t.end)
	return 0
}

func (rd *nameReader) nameAt(words map[rune][]cjkName, r []rune, i int32) *cjkName {
	if int(i) >= len(r) || !rd.own.first.has(r[i]) {
		return nil
	}
	for k := range words[r[i]] {
		if w := &words[r[i]][k]; hasRunes(r, int(i), w.word) {
			return w
		}
	}
	return nil
}

// katakana reads a run of katakana: known, or a name by what follows it or by its middle dots.
func (rd *nameReader) katakana(i int, from, end int32) {
	sc, r := rd.sc, rd.sc.runes
	if end < int32(len(r)) && (r[end] == '=' || r[end] == '＝') && i+2 < len(sc.tokens) &&
		sc.tokens[i+2].writing == writingKatakana {
		end = sc.tokens[i+2].end // ジャン＝クロード
	}
	kind := ""
	if w := rd.nameAt(rd.own.cjk, r, from); w != nil && from+int32(len(w.word)) >= end {
		kind, end = w.kind, max(end, from+int32(len(w.word)))
	}
	tail := rd.nameAt(rd.own.tails, r, end)
	dots := 0
	for _, c := range r[from:end] {
		if c == '・' || c == '･' {
			dots++
		}
	}
	switch {
	case tail != nil && tail.cue == cueTitle:
		kind = NamePerson
	case tail != nil && tail.cue == cueOrg && len(tail.word) > 0 && !(kind == NamePerson && len(tail.word) == 1):
		kind, end = NameOrg, rd.kanjiTail(end)
	case tail != nil && tail.cue == cuePlaceTail && kind != NamePerson && kind != NameOrg && dots == 0:
		if end-from < 2 || tail.word[0] == '海' && end-from < 3 {
			return
		}
		kind, end = NamePlace, end+int32(len(tail.word))
	case kind != "":
	case dots > 0 && dots < 4 && end-from > 4:
		kind = NamePerson
	// not マグニチュード7.5
	case end < int32(len(r)) && isDigit(r[end]) && int(end)+1 < len(r) && r[end+1] == '.' && r[end-1] != 'ド':
		kind = NameOther // グッチファー2.0
	default:
		return
	}
	if end < int32(len(r)) && isDigit(r[end]) && kind != NamePerson && i+1 < len(sc.tokens) &&
		sc.tokens[i+1].number.decimal {
		end = sc.tokens[i+1].end
	}
	rd.add(from, end, kind)
	rd.from = end
}

// kanjiTail gives the end of the kanji that close an organisation's name: 政府, 中央銀行.
func (rd *nameReader) kanjiTail(end int32) int32 {
	r := rd.sc.runes
	w := rd.nameAt(rd.own.tails, r, end)
	if w == nil {
		return end
	}
	end += int32(len(w.word))
	if next := rd.nameAt(rd.own.tails, r, end); next != nil && next.cue == cueOrg && len(next.word) > 1 {
		end += int32(len(next.word))
	}
	return end
}

// kanji reads a run of kanji: known places, a name of two to four before a title, an organisation by its last signs.
func (rd *nameReader) kanji(from, end int32) {
	r := rd.sc.runes
	for k := from; k < end; {
		if stop := rd.organisation(k, end); stop > 0 {
			rd.add(k, stop, NameOrg)
			k, rd.from = stop, stop
			continue
		}
		if w := rd.nameAt(rd.own.cjk, r, k); w != nil {
			stop := k + int32(len(w.word))
			rd.add(k, stop, w.kind)
			k, rd.from = stop, stop
			continue
		}
		if k == from {
			if stop := rd.kanjiPerson(k, end); stop > 0 {
				rd.add(k, stop, NamePerson)
				k, rd.from = stop, stop
				continue
			}
			if stop := rd.kanjiPlace(k, end); stop > 0 {
				rd.add(k, stop, NamePlace)
				k, rd.from = stop, stop
				continue
			}
		}
		k++
	}
}

// organisation finds the last ending of an organisation in the run that starts at k and is not only that ending.
func (rd *nameReader) organisation(k, end int32) int32 {
	r := rd.sc.runes
	switch r[k] {
	case '同', '両', '各', '当', '諸', '他', '全', '本', '何', '数', '約', '計', '現', '前', '元', '新':
		return 0
	}
	if d := kanjiDigit(r[k]); d >= 0 {
		return 0
	}
	best := int32(0)
	for p := k + 1; p < end && p < k+20; p++ { // no name of an organisation is longer
		w := rd.nameAt(rd.own.tails, r, p)
		if w == nil || w.cue != cueOrg {
			continue
		}
		stop := p + int32(len(w.word))
		least := int32(3)
		if len(w.word) == 1 && (w.word[0] == '局' || w.word[0] == '隊' || w.word[0] == '軍' || w.word[0] == '誌') {
			least = 4
		}
		if len(w.word) == 1 && w.word[0] == '軍' {
			least = 2
		}
		if stop-k >= least && stop <= end+1 && (stop >= end || !rd.titleAt(stop) || len(w.word) > 1) && stop > best {
			if stop < end && len(w.word) == 1 && rd.nameAt(rd.own.tails, r, stop) == nil {
				continue // 社 and 党 inside a longer word
			}
			best = stop
		}
	}
	return best
}

func (rd *nameReader) titleAt(p int32) bool {
	w := rd.nameAt(rd.own.tails, rd.sc.runes, p)
	return w != nil && w.cue == cueTitle
}

// kanjiPerson finds two to four kanji before a title: 安倍首相, 岸田文雄首相.
func (rd *nameReader) kanjiPerson(k, end int32) int32 {
	r := rd.sc.runes
	if rd.titleAt(k) {
		return 0
	}
	for n := int32(2); n <= 4 && k+n <= end; n++ {
		w := rd.nameAt(rd.own.tails, r, k+n)
		if w == nil || w.cue != cueTitle {
			continue
		}
		if k+n == end && writingOf(w.word[0]) == writingHan || w.word[0] == '師' || w.word[0] == '相' ||
			w.word[0] == '君' || w.word[0] == '様' {
			continue
		}
		switch string(r[k : k+n]) {
		case "国防", "国務", "財務", "司法", "情報", "防衛", "連邦", "上院", "下院", "衆院", "参院", "外務", "国家", "国土", "中央", "法務",
			"総務", "厚生", "経済", "環境", "文部", "農林", "内閣", "官房", "副大", "首席", "選対", "候補", "次期", "両国", "同国", "米国",
			"地方", "最高", "最大", "暫定", "大統", "現職", "歴代", "女性", "共同", "専門", "警察", "検察", "参加", "関係", "日本", "韓国", "中国", "英国",
			"民主", "共和", "野党", "与党", "有力", "国会", "皆":
			return 0
		}
		return k + n
	}
	return 0
}

// wideTail is true for the endings of places that kanji words seldom have by chance.
func wideTail(w []rune) bool {
	switch w[0] {
	case '州', '市', '県', '府', '都', '島', '郡', '半', '共', '王', '連', '諸', '空':
		return true
	}
	return false
}

func (rd *nameReader) kanjiPlace(k, end int32) int32 {
	r := rd.sc.runes
	for n := int32(2); n <= 3 && k+n < end; n++ {
		w := rd.nameAt(rd.own.tails, r, k+n)
		if w == nil || w.cue != cuePlaceTail || !wideTail(w.word) || k+n+int32(len(w.word)) != end {
			continue
		}
		switch string(r[k : k+n]) {
		case "選挙", "同じ", "両地", "全国", "地方", "同地", "住宅", "工業", "経済", "最大", "国際", "世界", "近隣", "北部", "南部", "東部", "西部", "中心",
			"被災", "支配", "占領", "主要":
			return 0
		}
		return end
	}
	return 0
}
