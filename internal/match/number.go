package match

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/text"
)

var numberMarks = strings.NewReplacer("٬", ",", "،", ",", "’", ",", "٫", ".")

// parseNumber reads folded digits with points and commas. A mark with three digits after it parts thousands, any
// other is a decimal point.
func parseNumber(folded string) (float64, bool) {
	folded = numberMarks.Replace(folded)
	var b strings.Builder
	parts := strings.FieldsFunc(folded, func(r rune) bool { return r == ',' || r == '.' })
	if len(parts) == 0 {
		return 0, false
	}
	b.WriteString(parts[0])
	for i, p := range parts[1:] {
		if len(p) != 3 || len(parts[0]) > 3 || parts[0] == "0" || i == len(parts)-2 && mixedMarks(folded) {
			b.WriteByte('.')
		}
		b.WriteString(p)
	}
	v, err := strconv.ParseFloat(b.String(), 64)
	return v, err == nil
}

// mixedMarks says whether the last mark differs from the one before, as in 1,234.567.
func mixedMarks(folded string) bool {
	last := strings.LastIndexAny(folded, ",.")
	before := strings.LastIndexAny(folded[:max(last, 0)], ",.")
	return before >= 0 && folded[before] != folded[last]
}

// formatNumber writes a value so that equal values are equal strings.
func formatNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// digitBytes counts the bytes of the digits at the start of s.
func digitBytes(s string) int {
	for i, r := range s {
		if !unicode.IsDigit(r) {
			return i
		}
	}
	return len(s)
}

// japaneseScale multiplies a value by the kanji of magnitude that follow it, and reads on through 3万5000.
func japaneseScale(s string, value float64, end int) (float64, int) {
	total, scaled := 0.0, false
	for {
		r, size := utf8.DecodeRuneInString(s[end:])
		power, ok := kanjiPowers[r]
		if !ok {
			break
		}
		scaled = true
		value *= power
		end += size
		if power >= 1e4 {
			total, value = total+value, 0
			n := digitBytes(s[end:])
			for n > 0 && end+n+3 < len(s) && s[end+n] == ',' && digitBytes(s[end+n+1:]) == 3 {
				n += 4
			}
			v, ok := parseNumber(text.Fold(s[end : end+n]))
			if !ok {
				break
			}
			value, end = v, end+n
		}
	}
	if !scaled {
		return value, end
	}
	return total + value, end
}

var kanjiPowers = map[rune]float64{'百': 1e2, '千': 1e3, '万': 1e4, '萬': 1e4, '億': 1e8, '亿': 1e8, '兆': 1e12}

// letterPowers are the magnitudes that English newspapers write onto a number: £125m.
var letterPowers = map[string]int{"k": 3, "m": 6, "mn": 6, "bn": 9, "b": 9, "tn": 12}

var tens = [...]float64{2: 1e2, 3: 1e3, 6: 1e6, 9: 1e9, 12: 1e12}

// joinNumbers puts numbers and the scale word after them together (5 million), and a day with its month.
func (rd *reader) joinNumbers(s string) {
	out := rd.units[:0]
	for _, u := range rd.units {
		if n := len(out); n > 0 && u.start-out[n-1].end <= 5 {
			p := &out[n-1]
			switch {
			case u.scale > 0 && p.kind == KindNumber && p.number > 0:
				p.number *= tens[u.scale]
				p.value, p.end, p.concepts, p.word, p.measure = "n:"+formatNumber(p.number), u.end, nil, nil, ""
				continue
			// fifty-eight
			case p.word != nil && u.word != nil && isTens(p.number) && u.number >= 1 && u.number < 10 &&
				u.start-p.end == 1:
				p.number += u.number
				p.value, p.end, p.concepts, p.word = "n:"+formatNumber(p.number), u.end, nil, nil
				continue
			case isMonth(p) && isDay(&u) || isMonth(&u) && isDay(p):
				m, d := p, &u
				if isMonth(&u) {
					m, d = &u, p
				}
				u = unit{start: p.start, end: u.end, kind: KindDate, value: m.value + "-" + formatNumber(d.number)}
				out[n-1] = u
				continue
			}
		}
		out = append(out, u)
	}
	rd.units = out
	rd.measure(s)
}

// currencySigns are written before or after an amount.
var currencySigns = map[rune]string{'$': "dollar", '€': "euro", '£': "pound", '¥': "yen", '％': "percent",
	'%': "percent", '٪': "percent"}

// measure gives every number the unit that stands beside it.
func (rd *reader) measure(s string) {
	for i := range rd.units {
		u := &rd.units[i]
		if u.kind != KindNumber || u.scale > 0 {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[u.end:], " ")); currencySigns[r] != "" {
			u.measure = currencySigns[r]
		} else if r, _ := utf8.DecodeLastRuneInString(s[:u.start]); currencySigns[r] != "" {
			u.measure = currencySigns[r]
		} else if i+1 < len(rd.units) && rd.units[i+1].kind == KindWord && rd.units[i+1].start-u.end <= 2 {
			u.measure = rd.units[i+1].measure
		}
		if u.measure != "" {
			u.value += " " + u.measure
		}
	}
}

func isTens(v float64) bool { return v >= 20 && v < 100 && math.Mod(v, 10) == 0 }

func isMonth(u *unit) bool {
	return strings.HasPrefix(u.value, "month:") && !strings.Contains(u.value, "-")
}

func isDay(u *unit) bool {
	return (u.kind == KindNumber || strings.HasPrefix(u.value, "day:")) && u.scale == 0 && u.number >= 1 &&
		u.number <= 31 && u.number == float64(int(u.number))
}
