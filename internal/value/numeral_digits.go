package value

import (
	"strconv"

	"claimbench/internal/lang"
)

// numberToken is a number written in digits.
type numberToken struct {
	value   float64
	digits  int8 // of the whole part
	grouped bool // with marks between thousands
	decimal bool
	// Three digits after a full stop, and a whole part that a mark of thousands could follow: 1.200.
	thousandths bool
	stop        bool // a full stop before two decimals, as in a time of day: 17.45
	dotted      bool // several parts that are not one number: a version, an address, a date (12.03.2024), or too long
}

// scanNumber reads the number whose first digit is r[i], and gives the index after it. Marks count as part of it
// when what follows them can only be read so: three digits after a mark of thousands, digits after a decimal mark.
func scanNumber(r []rune, i int, p *lang.Pack) (numberToken, int) {
	var buf [40]byte
	b := buf[:0]
	var n numberToken
	run := func() int {
		from := i
		for i < len(r) && isDigit(r[i]) {
			if len(b) < cap(buf) {
				b = append(b, '0'+byte(digitOf(r[i])))
			}
			i++
		}
		return i - from
	}
	whole := run()
	first := whole
	if end := indianEnd(r, i, whole); end > 0 {
		for i < end {
			i++
			whole += run()
		}
		n.grouped = true
	}
	if end := dottedEnd(r, i, whole); end > 0 {
		for i < end {
			i++
			whole += run()
		}
		n.grouped = true
		if i+1 < len(r) && r[i] == ',' && isDigit(r[i+1]) {
			n.decimal, i = true, i+1
			b = append(b, '.')
			run()
		}
	}
	if end := dotGroupsEnd(r, i, whole); end > 0 && p.Is(lang.DotGroups) && !n.grouped {
		for i < end {
			i++
			whole += run()
		}
		n.grouped = true
	}
	for i+1 < len(r) && isDigit(r[i+1]) && !n.decimal {
		ahead := digitsAt(r, i+1)
		mark := separatorOf(r, i, ahead, p)
		if mark == separatorGroup && (first > 3 || n.dotted || whole == first && digitOf(r[i-first]) == 0) {
			break
		}
		if mark == separatorNone {
			break
		}
		i++
		if mark == separatorGroup {
			n.grouped = true
			whole += run()
			continue
		}
		if mark == separatorDot && moreDots(r, i) {
			n.dotted = true
			for i < len(r) && (isDigit(r[i]) || r[i] == '.' && i+1 < len(r) && isDigit(r[i+1])) {
				i++
			}
			break
		}
		n.decimal = true
		b = append(b, '.')
		decimals := run()
		n.thousandths = decimals == 3 && mark == separatorDot && first <= 3 && !n.grouped && b[0] != '0'
		n.stop = decimals == 2 && mark == separatorDot
	}
	n.digits = int8(min(whole, 99))
	if whole > 3 && !n.decimal && len(b) > 0 && b[0] == '0' {
		n.dotted = true // a telephone number
	}
	if whole > 15 || len(b) >= cap(buf) {
		n.dotted = true
	}
	n.value, _ = strconv.ParseFloat(string(b), 64)
	return n, i
}

type numberSeparator uint8

const (
	separatorNone numberSeparator = iota
	separatorGroup
	separatorDecimal
	separatorDot // a full stop used as decimal mark
)

// separatorOf says what the mark at r[i] is, ahead digits following it.
func separatorOf(r []rune, i, ahead int, p *lang.Pack) numberSeparator {
	switch c := r[i]; c {
	case '٬':
		if ahead < 3 {
			return separatorDecimal // the wrong mark, but it can mean nothing else
		}
		return separatorGroup
	case '٫':
		return separatorDecimal
	case ',', '،', '，':
		if ahead == 3 && p.Decimal != ',' {
			return separatorGroup
		}
		if c == ',' && p.Decimal == ',' || ahead < 3 && (p.Is(lang.CommaDecimals) || !p.Known) &&
			(c == ',' || p.Is(lang.Clitics)) {
			return separatorDecimal
		}
	case '、', '’', '\'', 0xA0, 0x202F, 0x2009:
		if ahead == 3 && (c != '、' || r[i+1] == r[i+2] && r[i+2] == r[i+3] && digitOf(r[i+1]) == 0) {
			return separatorGroup
		}
	case '/':
		if p.Is(lang.SlashDecimals) && persianDecimal(r, i+1+ahead) {
			return separatorDecimal
		}
	case ' ':
		if ahead == 3 && (p.Is(lang.SpaceGroups) || p.Is(lang.CommaDecimals) && i > 0 &&
			!(i+5 < len(r) && r[i+4] == ' ' && isDigit(r[i+5]))) {
			return separatorGroup
		}
	case '.', '．':
		if ahead == 3 && p.Decimal == ',' {
			return separatorGroup
		}
		return separatorDot
	}
	return separatorNone
}

// persianDecimal says whether a slash before the digits that end at r[i] is a decimal mark: ۴۵/۳ درصد, ۱/۵ میلیون.
func persianDecimal(r []rune, i int) bool {
	if i < len(r) && (r[i] == ' ' || r[i] == zwnj) {
		i++
	}
	for _, after := range [...]string{"درصد", "٪", "%", "میلیون", "میلیارد", "هزار", "تریلیون", "دلار", "یورو", "تومان",
		"متر", "کیلو", "ریشتر", "درجه", "تن "} {
		if hasRunes(r, i, []rune(after)) {
			return true
		}
	}
	return false
}

func digitsAt(r []rune, i int) int {
	n := 0
	for ; i < len(r) && isDigit(r[i]) && n < 5; i++ {
		n++
	}
	return n
}

// moreDots says whether the digits at r[i] end at a full stop with digits after it.
func moreDots(r []rune, i int) bool {
	for i < len(r) && isDigit(r[i]) {
		i++
	}
	return i+1 < len(r) && r[i] == '.' && isDigit(r[i+1])
}

// indianEnd says where a number grouped as in India ends whose first group of n digits ends at r[i]: 1,50,000; 0 for
// any other. Groups of two digits, the last of three, can be read in no other way.
func indianEnd(r []rune, i, n int) int {
	if n > 2 {
		return 0
	}
	for k, twos := i, 0; k+1 < len(r) && r[k] == ',' && twos < 9; twos++ {
		d := digitsAt(r, k+1)
		switch {
		case d == 3 && twos > 0:
			return k + 4
		case d != 2:
			return 0
		}
		k += 3
	}
	return 0
}

// dottedEnd says where a number ends that is grouped by full stops and has decimals after a comma, 1.234.567,89 or
// 1.234,56, which is no version and no address in any language; 0 for any other.
func dottedEnd(r []rune, i, n int) int {
	k, groups := i, 0
	for n > 0 && n < 4 && groups < 9 && k+1 < len(r) && r[k] == '.' && digitsAt(r, k+1) == 3 {
		k, groups = k+4, groups+1
	}
	if groups < 1 || k+1 >= len(r) || r[k] != ',' || !isDigit(r[k+1]) || digitsAt(r, k+1) > 2 ||
		groups == 1 && digitsAt(r, k+1) != 2 {
		return 0
	}
	return k
}

// dotGroupsEnd says where a whole number ends that is grouped by full stops twice or more, and ends in a zero:
// 1.200.000; 0 for any other. It is read in languages that write so beside a full stop for decimals.
func dotGroupsEnd(r []rune, i, n int) int {
	k, groups := i, 0
	for n > 0 && n < 4 && groups < 5 && k+1 < len(r) && r[k] == '.' && digitsAt(r, k+1) == 3 {
		k, groups = k+4, groups+1
	}
	if groups < 2 || digitOf(r[k-1]) != 0 || digitOf(r[i-n]) == 0 || k+1 < len(r) && r[k] == '.' && isDigit(r[k+1]) {
		return 0
	}
	return k
}

// longestNumber is how far behind a number's end its like is looked for, so that a line of figures takes time by its
// length.
const longestNumber = 64

// mixedEnd says where a number ends that is written in digits of several scripts, or with invisible marks inside, when
// the figures from a to b belong to one: what it says is not certain. false for any other.
func mixedEnd(r []rune, a, b int) (int, bool) {
	block, mixed, end := rune(-1), false, b
	for k := a; k < min(len(r), b+longestNumber); k++ {
		c := r[k]
		switch {
		case isDigit(c):
			if base := c - rune(digitOf(c)); block < 0 {
				block = base
			} else if base != block {
				mixed = true
			}
			end = k + 1
		case isControl(c) && c != 0x200B && k > a:
			if next := k + 1; next < len(r) && (isDigit(r[next]) || (r[next] == ',' || r[next] == '.' ||
				isControl(r[next])) &&
				digitAhead(r, next)) {
				mixed = true
				continue
			}
			return max(end, b), mixed
		case (c == ',' || c == '.' || c == '٫' || c == '٬') && digitAhead(r, k):
		default:
			return max(end, b), mixed
		}
	}
	return max(end, b), mixed
}

// digitAhead says that a digit follows the mark at r[k], with at most two invisible marks between.
func digitAhead(r []rune, k int) bool {
	for n := 1; n < 4 && k+n < len(r); n++ {
		if isDigit(r[k+n]) {
			return true
		}
		if !isControl(r[k+n]) {
			return false
		}
	}
	return false
}
