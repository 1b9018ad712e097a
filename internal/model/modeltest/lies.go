package modeltest

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"claimbench/internal/text"
)

//go:embed governed.tsv
var governedTSV string

// Governed is a sentence with an operator. Clause is what the sentence does not state, Words are those that say so,
// Right are words that it does state, "" for none.
type Governed struct{ Lang, Kind, Sentence, Clause, Words, Right string }

// Sentences gives the sentences with operators, of seven languages.
func Sentences(t testing.TB) (out []Governed) {
	t.Helper()
	for line := range strings.Lines(governedTSV) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) != 6 || !strings.Contains(cells[2], cells[3]) || !strings.Contains(cells[2], cells[5]) {
			t.Fatalf("this is no row of six cells whose words stand in the sentence: %q", line)
		}
		out = append(out, Governed{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]})
	}
	return out
}

// Text is a text of all sentences of a language.
func Text(all []Governed, lang string) string {
	var out []string
	for _, g := range all {
		if g.Lang == lang {
			out = append(out, g.Sentence)
		}
	}
	return strings.Join(out, "\n\n")
}

// Lie is an answer that says other than a sentence. What names how.
type Lie struct {
	Of                     Governed
	What, Statement, Quote string
}

// swaps are words of the sentences and what a liar writes in their place, by language and what they are.
var swaps = map[string][][3]string{
	"en": {{"a name", "Corin", "Harrow"}, {"a unit", "litres", "tonnes"}, {"a month", "April", "May"},
		{"a weekday", "Monday", "Friday"}, {"a year", "2027", "2028"}, {"a percentage", "percent",
			"percentage points"},
		{"a number word", "3 castles", "four castles"}, {"a number word", "40", "fifty"}, {"a name", "Ada Voss",
			"Ida Foss"}},
	"fa": {{"a name", "کورین", "هامون"}, {"a unit", "لیتر", "تن"}, {"a month", "فروردین", "اردیبهشت"},
		{"a weekday", "دوشنبه", "جمعه"}, {"a number word", "۱۲", "سیزده"}, {"a digit of another script", "۳۰۰",
			"٤٠٠"}},
	"ar": {{"a name", "كورين", "هامون"}, {"a unit", "لتر", "طن"}, {"a month", "نيسان", "أيار"},
		{"a weekday", "الاثنين", "الجمعة"}, {"a number word", "12", "ثلاثة عشر"}, {"a digit of another script", "300",
			"٤٠٠"},
		{"a percentage", "2 في المئة", "2 في الألف"}},
	"ja": {{"a unit", "リットル", "トン"}, {"a month", "4月", "5月"}, {"a weekday", "日曜", "金曜"}, {"a year", "2027", "2028"},
		{"a number word", "3つ", "四つ"}, {"a digit of another script", "12", "１３"}},
	"fr": {{"a name", "Corin", "Harrow"}, {"a unit", "litres", "tonnes"}, {"a month", "avril", "mai"},
		{"a weekday", "lundi", "vendredi"}, {"a year", "2027", "2028"}, {"a percentage", "2 pour cent",
			"2 pour mille"},
		{"a number word", "3 châteaux", "quatre châteaux"}},
	"de": {{"a name", "Corin", "Harrow"}, {"a unit", "Liter", "Tonnen"}, {"a month", "April", "Mai"},
		{"a weekday", "Montag", "Freitag"}, {"a percentage", "Prozent", "Promille"}, {"a number word", "3 Schlösser",
			"vier Schlösser"}},
	"zh": {{"a name", "科林", "哈罗"}, {"a unit", "升", "吨"}, {"a month", "四月", "五月"}, {"a weekday", "周五", "周一"},
		{"a year", "2027", "2028"}, {"a percentage", "2%", "2‰"}, {"a number word", "3座", "四座"}},
}

// Lies gives n different lies or more about the sentences, the same for a seed.
func Lies(t testing.TB, seed uint64, n int) (out []Lie) {
	t.Helper()
	all := Sentences(t)
	r := rand.New(rand.NewPCG(seed, 13))
	known := map[Lie]bool{}
	for round := 0; len(out) < n && round < 60; round++ {
		for i, g := range all {
			for _, l := range lies(r, g, all[(i+1+r.IntN(len(all)-1))%len(all)]) {
				if l.Statement != "" && l.Quote != "" && !(l.Statement == g.Sentence && l.Quote == g.Sentence) &&
					!known[l] {
					known[l] = true
					out = append(out, l)
				}
			}
		}
	}
	if len(out) < n {
		t.Fatalf("there are %d lies only, for %d", len(out), n)
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func lies(r *rand.Rand, g, other Governed) []Lie {
	whole := strings.TrimRight(g.Sentence, ".。")
	out := []Lie{
		{g, "the operator cut from the quotation", g.Clause, g.Clause},
		{g, "the operator dropped from the statement", g.Clause, whole},
		{g, "the operator cut, and some of the clause", part(r, g.Clause), part(r, g.Clause)},
		{g, "what stands behind the operator", behind(whole, g.Words), behind(whole, g.Words)},
		{g, "what stands before the operator", before(whole, g.Words), before(whole, g.Words)},
		{g, "the words of the operator left out", strings.Join(strings.Fields(strings.Replace(whole, g.Words, "", 1)),
			" "), whole},
		{g, "an invented quotation", other.Clause, other.Clause + " " + g.Clause},
		{g, "the words of another sentence", other.Clause, whole},
		{g, "a digit changed", digitChanged(r, whole), whole},
		{g, "a digit changed in the quotation", digitChanged(r, whole), digitChanged(r, whole)},
		{g, "a number added", whole + " " + fmt.Sprint(2+r.IntN(900)), whole},
		{g, "a word doubled in the quotation", g.Clause, doubled(r, g.Clause)},
	}
	for _, s := range swaps[g.Lang] {
		if strings.Contains(whole, s[1]) {
			told := strings.Replace(whole, s[1], s[2], 1)
			out = append(out, Lie{g, s[0] + " swapped", told, whole}, Lie{g, s[0] + " swapped in the quotation", told,
				told},
				Lie{g, s[0] + " swapped in the clause", strings.Replace(g.Clause, s[1], s[2], 1), g.Clause})
		}
	}
	return out
}

// part is a stretch of some words, or of some signs where words are not parted.
func part(r *rand.Rand, s string) string {
	if words := strings.Fields(s); len(words) > 4 {
		from := r.IntN(len(words) - 3)
		return strings.Join(words[from:from+3+r.IntN(len(words)-from-2)], " ")
	}
	signs := []rune(s)
	from := r.IntN(max(1, len(signs)-7))
	return string(signs[from:min(len(signs), from+7+r.IntN(6))])
}

func behind(s, words string) string {
	_, rest, _ := strings.Cut(s, words)
	return strings.TrimLeft(rest, " ,،、，")
}

func before(s, words string) string {
	rest, _, _ := strings.Cut(s, words)
	return strings.TrimRight(rest, " ,،、，")
}

func doubled(r *rand.Rand, s string) string {
	words := strings.Fields(s)
	i := r.IntN(len(words))
	return strings.Join(slices.Insert(words, i, words[i]), " ")
}

// digitChanged has another digit of the same script, or the first digit in another script and raised.
func digitChanged(r *rand.Rand, s string) string {
	signs := []rune(s)
	var at []int
	for i, x := range signs {
		if unicode.IsDigit(x) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return ""
	}
	i := at[r.IntN(len(at))]
	value := rune(text.Fold(string(signs[i]))[0] - '0')
	zeros := []rune{signs[i] - value, '0', '٠', '۰', '０', '०'}
	signs[i] = zeros[r.IntN(len(zeros))] + (value+1+rune(r.IntN(8)))%10
	return string(signs)
}

// Through says what a claim with these words of the text and this statement says that its text does not; "" for
// nothing. It knows the sentence, and none of the program's rules.
func Through(all []Governed, lang, whole, exact, statement string) string {
	if exact == "" || !strings.Contains(whole, exact) {
		return "its words do not stand in the text"
	}
	within := false
	for line := range strings.Lines(whole) {
		within = within || strings.Contains(line, exact) && inTurn(signsOf(statement), signsOf(line))
	}
	if !within {
		return "the statement has letters or digits that its sentence does not have in this order"
	}
	if !inTurn(runs(statement), runs(exact)) {
		return "the statement has another number"
	}
	for _, g := range all {
		if g.Lang == lang && strings.Contains(g.Sentence, exact) && !strings.Contains(text.Fold(statement),
			text.Fold(g.Words)) && much(statement, g.Clause) && !withinOf(statement, g.Right) {
			return fmt.Sprintf("the operator “%s” is lost", g.Words)
		}
	}
	return ""
}

// much says whether a statement has half of the words of a clause, or is half of it.
func much(statement, clause string) bool {
	a, b := text.Fold(statement), text.Fold(clause)
	if strings.Contains(a, b) || strings.Contains(b, a) && 2*len(a) >= len(b) {
		return true
	}
	n, words := 0, strings.Fields(b)
	for _, w := range words {
		if slices.Contains(strings.Fields(a), w) {
			n++
		}
	}
	return len(words) > 3 && 2*n > len(words)
}

func withinOf(statement, right string) bool {
	return right != "" && strings.Contains(text.Fold(right), text.Fold(statement))
}

// signsOf are the letters and digits of a text, folded.
func signsOf(s string) (out []string) {
	for _, r := range text.Fold(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, string(r))
		}
	}
	return out
}

// runs are the runs of digits of a text.
func runs(s string) []string {
	return strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsDigit(r) })
}

func inTurn(some, all []string) bool {
	at := 0
	for _, w := range some {
		for at < len(all) && all[at] != w {
			at++
		}
		if at == len(all) {
			return false
		}
		at++
	}
	return true
}
