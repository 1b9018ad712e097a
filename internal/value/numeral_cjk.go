package value

// cjkNumeral is a number in a Japanese sentence: digits, kanji or both (3億5000万, 二千, 数十万).
type cjkNumeral struct {
	value   float64
	end     int
	digits  bool // starts with digits
	kanji   bool // has kanji numerals of one digit or 十百千
	scaled  bool // has 万 or above
	vague   bool // 数千: value is the lower power
	grouped bool
	decimal bool
	dotted  bool
	whole   int8 // digits of the whole part when written in digits alone
	length  int  // signs read
}

func kanjiDigit(r rune) int {
	switch r {
	case '〇', '零':
		return 0
	case '一', '壱':
		return 1
	case '二', '弐', '两', '兩':
		return 2
	case '三', '参':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}

func kanjiTens(r rune) float64 {
	switch r {
	case '十', '拾':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	}
	return 0
}

func kanjiScale(r rune) float64 {
	switch r {
	case '万', '萬':
		return 1e4
	case '億', '亿':
		return 1e8
	case '兆':
		return 1e12
	case '京':
		return 1e16
	}
	return 0
}

// isKanjiNumeral is a cheap filter.
func isKanjiNumeral(r rune) bool {
	return kanjiDigit(r) >= 0 || kanjiTens(r) > 0 || r == '数' || r == '何' || r == '幾' || r == '几' ||
		r == '數'
}

// cjkNumeral reads the number that starts at rune i.
func (sc *Scan) cjkNumeral(i int) (cjkNumeral, bool) {
	r := sc.runes
	n := cjkNumeral{digits: isDigit(r[i])}
	var total, section, cur float64
	hasCur, positional, some := false, false, false
	start := i
	if isSome(r, i) {
		if i+1 >= len(r) || kanjiTens(r[i+1]) == 0 && kanjiScale(r[i+1]) == 0 || r[i+1] == '京' {
			return n, false
		}
		some = true
		i++
	}
	lastScale := 1e20
	lastTens := 1e5
	for i < len(r) {
		c := r[i]
		if isDigit(c) {
			if hasCur {
				break
			}
			t, end := scanNumber(r, i, sc.pack)
			if after, mixed := mixedEnd(r, i, end); mixed {
				t.dotted, end = true, after // nobody knows what it says
			}
			n.dotted = n.dotted || t.dotted
			if end < len(r) && fractionSign(r[end]) > 0 && !t.decimal { // 14½
				t.value, end = t.value+fractionSign(r[end]), end+1
			}
			n.grouped, n.decimal, n.whole = n.grouped || t.grouped, n.decimal || t.decimal, t.digits
			cur, hasCur, positional = t.value, true, false
			i = end
			if blankBeforeHan(r, i) && kanjiScale(r[i+1]) > 0 { // 38 万
				i++
			}
			continue
		}
		if d := kanjiDigit(c); d >= 0 {
			if hasCur && !positional {
				break
			}
			if !hasCur && n.digits && section == 0 && total == 0 {
				break
			}
			cur, hasCur, positional = cur*10+float64(d), true, true
			n.kanji = true
			i++
			continue
		}
		if t := kanjiTens(c); t > 0 && t < lastTens {
			if !hasCur {
				cur = 1
			}
			section, cur, hasCur, lastTens = section+cur*t, 0, false, t
			n.kanji = true
			i++
			continue
		}
		s := kanjiScale(c)
		if s == 0 || s >= lastScale || c == '京' && !hasCur {
			break
		}
		if !hasCur && section == 0 {
			if !some || total > 0 {
				break
			}
			cur = 1
		}
		total += (section + cur) * s
		section, cur, hasCur, lastScale, lastTens = 0, 0, false, s, 1e5
		n.scaled = true
		i++
	}
	n.value, n.end, n.vague, n.length = total+section+cur, i, some, i-start
	if (n.digits || n.scaled) && blankBeforeHan(r, i) { // 2018 年, 3 名
		n.end++
	}
	if n.length > 1 && (n.kanji || n.scaled) && !positional {
		n.whole = 0
	}
	ten := n.value == 10 && !n.decimal && !some && (n.length == 1 || n.digits && n.whole == 2)
	if ten && i < len(r) && r[i] == '数' { // 十数人
		n.end, n.vague, n.length = i+1, true, 2
	}
	return n, n.length > 0 && n.end > start && (n.length > 1 || !some)
}

// isSome says that what stands at r[i] makes a vague amount of the power of ten after it: 数百, 几千, 上万.
func isSome(r []rune, i int) bool {
	switch r[i] {
	case '数', '數', '何', '幾', '几':
		return true
	case '上':
		return i+1 < len(r) && (kanjiTens(r[i+1]) > 10 || kanjiScale(r[i+1]) == 1e4)
	}
	return false
}

// blankBeforeHan says that one space at r[i] parts figures from the sign they belong to, as many Chinese writers do.
func blankBeforeHan(r []rune, i int) bool {
	return i+1 < len(r) && r[i] == ' ' && writingOf(r[i+1]) == writingHan
}
