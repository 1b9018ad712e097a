package value

import "unicode"

// cjkCase is one reason to take a number for a quantity or for none. The first of a table that holds decides.
type cjkCase struct {
	name  string // with an example
	holds func(a *cjkAround) bool
	none  func(a *cjkAround) bool
}

func nothing(*cjkAround) bool { return true }
func counts(*cjkAround) bool  { return false }

// countsNothing says that the number counts nothing: part of a name or word, a list's mark, a telephone number.
func (a *cjkAround) countsNothing() bool {
	if a.next == '両' && a.after(1) == '日' || a.next == '、' && a.after(2) == '両' && a.after(3) == '日' { // 1、2両日
		return true
	}
	cases := cjkBareCases
	switch {
	case a.n.vague:
		return false
	case !a.n.digits:
		cases = cjkKanjiCases
	case a.hasCounter() || a.money != "":
		cases = cjkCountedCases
	}
	for _, c := range cases {
		if c.holds(a) {
			return c.none(a)
		}
	}
	return false
}

func (a *cjkAround) hasCounter() bool { return a.w != nil && a.w.sense != cjkNone }

// follows says that the words stand right after the numeral.
func (a *cjkAround) follows(words ...string) bool {
	for _, w := range words {
		if hasRunes(a.r, a.n.end, []rune(w)) {
			return true
		}
	}
	return false
}

// precedes says that the word stands right before the numeral.
func (a *cjkAround) precedes(word string) bool {
	w := []rune(word)
	return hasRunes(a.r, a.i-len(w), w)
}

// cjkCountedCases are for figures with a counter or a sign of money.
var cjkCountedCases = []cjkCase{
	{"more than one", func(a *cjkAround) bool { return a.n.value != 1 }, counts},
	{"a rate: 1日5回, 1人あたり", func(a *cjkAround) bool {
		return a.follows("日") && (isDigit(a.after(1)) || a.after(1) == '約') ||
			a.follows("日あたり", "日当たり", "人あたり", "人当たり")
	}, nothing},
	{"another one: もう1人", func(a *cjkAround) bool { return a.precedes("もう") }, nothing},
	{"one of them: …の1人", func(a *cjkAround) bool {
		return a.prev == 'の' && a.w != nil && isOneOf(a.next, "人つ部")
	}, nothing},
}

// cjkBareCases are for figures alone.
var cjkBareCases = []cjkCase{
	{"an ordinal: 第5", func(a *cjkAround) bool { return a.prev == '第' }, counts},
	{"a tag or part of an address: #1", func(a *cjkAround) bool { return isOneOf(a.prev, "#＃@_&=") }, nothing},
	{"a part of a version: v.2", func(a *cjkAround) bool {
		return isOneOf(a.prev, ".．") && a.i > 1 && !isBlank(a.at(-2))
	}, nothing},
	{"the end of a code: A-5", func(a *cjkAround) bool {
		return isOneOf(a.prev, "-‐/－") && (isDigit(a.at(-2)) || unicode.IsLetter(a.at(-2)))
	}, nothing},
	{"a score: 2-1", func(a *cjkAround) bool {
		return a.next == '-' && isDigit(a.after(1)) && a.prev != '-'
	}, counts},
	{"the head of a code: 5-A, 5/7", func(a *cjkAround) bool { return isOneOf(a.next, "-/+＋_") }, nothing},
	{"a magnitude", func(a *cjkAround) bool { return a.precedes("マグニチュード") }, counts},
	{"a name in katakana: ゼロ7", func(a *cjkAround) bool {
		return a.prev != 0 && writingOf(a.prev) == writingKatakana
	}, func(a *cjkAround) bool { return !a.n.scaled && !a.n.grouped }},
	{"a name in Latin letters: 5G", func(a *cjkAround) bool {
		return a.next < 0x250 && unicode.IsLetter(a.next)
	}, nothing},
	{"two numbers next to each other: 2、3人", func(a *cjkAround) bool {
		return a.next == '、' && a.n.whole == 1 && isDigit(a.after(1)) && float64(digitOf(a.after(1))) == a.n.value+1
	}, counts},
	{"the mark of a list: 1.", func(a *cjkAround) bool { return a.i == 0 && isOneOf(a.next, ".．)）、") }, nothing},
	{"a note in brackets: (1)", func(a *cjkAround) bool { return isOneOf(a.prev, "(（[") },
		func(a *cjkAround) bool { return a.next == ')' && a.i == 1 || a.next == ']' }},
	{"a Latin name before it: Guccifer 2.0", func(a *cjkAround) bool {
		return isBlank(a.prev) && a.i > 1 && writingOf(a.at(-2)) == writingLatin && unicode.IsLetter(a.at(-2))
	}, nothing},
	{"the low end of a range: 3至5名", func(a *cjkAround) bool {
		k := a.rd.rangeMark(a.n, a.n.end)
		return k > 0 && k < len(a.r) && isDigit(a.r[k])
	}, counts},
	{"one figure glued to a word: 3色", func(a *cjkAround) bool {
		return a.n.whole == 1 && writingOf(a.next) == writingHan && !a.n.scaled && a.next != '対'
	}, nothing},
}

// plainCounter says that the counter makes a number of one numeral sign.
func (a *cjkAround) plainCounter() bool {
	if a.w == nil {
		return false
	}
	switch a.w.sense {
	case cjkCounter, cjkTime, cjkMoney, cjkUnit, cjkOrdinal:
		return true
	}
	return false
}

// cjkKanjiCases are for numbers in kanji, which are parts of words more often than not: they count only with a counter,
// or when they are long.
var cjkKanjiCases = []cjkCase{
	{"a listed word: 十分", func(a *cjkAround) bool { return cjkAt(a.rd.words.skip, a.r, a.i) != nil }, nothing},
	{"an ordinal: 第二", func(a *cjkAround) bool { return a.prev == '第' },
		func(a *cjkAround) bool { return a.n.value == 1 }},
	{"one sign without a counter, and one", func(a *cjkAround) bool {
		return a.n.length == 1 && (!a.plainCounter() || a.n.value == 1 || a.n.value == 0)
	}, nothing},
	{"one sign, where it counts before a counter: 有三人", func(a *cjkAround) bool {
		return a.n.length == 1 && a.rd.signsCount()
	}, counts},
	{"the end of a word: 第三者の二人", func(a *cjkAround) bool {
		return a.n.length == 1 && writingOf(a.prev) == writingHan && !a.rd.words.joins[a.prev]
	}, nothing},
	{"十 and 百 before a counter", func(a *cjkAround) bool { return a.n.length == 1 && a.n.value > 10 }, counts},
	{"a word of a sign and a counter: 二度, 三国", func(a *cjkAround) bool { return a.n.length == 1 },
		func(a *cjkAround) bool { return a.rd.words.wordy[string(a.w.word)] }},
	{"two signs inside a word", func(a *cjkAround) bool {
		return !a.plainCounter() && !a.n.scaled && a.n.length == 2 && writingOf(a.prev) == writingHan
	}, nothing},
	{"less than ten without a counter", func(a *cjkAround) bool {
		return !a.plainCounter() && a.n.value < 10
	}, nothing},
}
