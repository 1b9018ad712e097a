package model_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"claimbench/internal/extract"
	"claimbench/internal/model"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/text"
	"claimbench/seeds"
)

// What denies in the three languages of the samples, kept apart from the tables of the program.
var (
	denying = map[string][]string{"ar": {"لا", "لم", "لن", "ليس", "ليست", "غير", "ما", "بدون", "عدم"},
		"fa": {"نه", "هرگز", "هیچ", "نیست", "نشده", "بدون"}}
	denyingLetters = []string{"ない", "なかった", "ません", "ず", "ぬ"}
)

// attack makes a claim that says other than its sentence, or quotes what is not there. what names the attack; "" says
// that the sentence has no room for it.
type attack func(r *rand.Rand, lang, sentence, other string) (s string, first, last string)

var attacks = map[string]attack{
	"a digit changed": func(r *rand.Rand, _, s, _ string) (string, string, string) {
		first, last := ends(s)
		return withDigit(r, s), first, last
	},
	"a digit changed in the anchors": func(r *rand.Rand, _, s, _ string) (string, string, string) {
		if w := withDigit(r, s); w != "" {
			return s, w, w
		}
		return "", "", ""
	},
	"a number added": func(r *rand.Rand, _, s, _ string) (string, string, string) {
		first, last := ends(s)
		return insert(r, s, pick(r, "7", "۱۲", "٣", "300", "13%")), first, last
	},
	"two numbers swapped": func(r *rand.Rand, _, s, _ string) (string, string, string) {
		first, last := ends(s)
		return swapped(s), first, last
	},
	"a negation added": func(r *rand.Rand, lang, s, _ string) (string, string, string) {
		first, last := ends(s)
		return denied(r, lang, s), first, last
	},
	"a negation added, few words": func(r *rand.Rand, lang, s, _ string) (string, string, string) {
		part := stretch(r, s)
		return denied(r, lang, part), part, part
	},
	"a negation lost": func(r *rand.Rand, lang, s, _ string) (string, string, string) {
		first, last := ends(s)
		return undenied(lang, s), first, last
	},
	"a negation cut away": func(r *rand.Rand, lang, s, _ string) (string, string, string) {
		part := beyond(r, lang, s)
		return part, part, part
	},
	"a quotation invented": func(r *rand.Rand, _, s, other string) (string, string, string) {
		return s, other, other
	},
	"a quotation of other people’s text": func(r *rand.Rand, _, s, other string) (string, string, string) {
		return other, other, other
	},
	"the words of another text": func(r *rand.Rand, _, s, other string) (string, string, string) {
		first, last := ends(s)
		return other, first, last
	},
	"letters in other forms": func(r *rand.Rand, _, s, _ string) (string, string, string) {
		w := strings.NewReplacer("ی", "ي", "ک", "ك", "ي", "ی", "ك", "ک", "ة", "ه", "ー", "—", "ウ", "ゥ").Replace(s)
		if w == s {
			return "", "", ""
		}
		return s, w, w
	},
	"a name": func(r *rand.Rand, lang, s, _ string) (string, string, string) {
		first, last := ends(s)
		return insert(r, s, map[string]string{"ar": "أنغيلا ميركل", "fa": "آنگلا مرکل", "ja": "アンゲラ・メルケル"}[lang]),
			first, last
	},
	"a quotation around": func(r *rand.Rand, _, s, _ string) (string, string, string) {
		part := stretch(r, s)
		return strings.Replace(s, part, "“"+part+"”", 1), s, s
	},
	"English": func(r *rand.Rand, _, s, _ string) (string, string, string) {
		first, last := ends(s)
		return "The government denied everything", first, last
	},
	"HTML": func(r *rand.Rand, _, s, _ string) (string, string, string) {
		first, last := ends(s)
		return "<script>" + s + "</script>", first, last
	},
	"a stretch that ends inside a number": func(r *rand.Rand, _, s, _ string) (string, string, string) {
		i := strings.IndexFunc(s, unicode.IsDigit)
		if i < 0 {
			return "", "", ""
		}
		_, size := nextRune(s[i:])
		return s[:i+size], s[:i+size], s[:i+size]
	},
	"a bracket with what is not there": func(r *rand.Rand, lang, s, other string) (string, string, string) {
		first, last := ends(s)
		return insert(r, s, "["+stretch(r, other)+"]"), first, last
	},
}

func nextRune(s string) (rune, int) {
	for i, r := range s {
		if i > 0 {
			return r, i
		}
	}
	return 0, len(s)
}

func pick(r *rand.Rand, all ...string) string { return all[r.IntN(len(all))] }

// withDigit changes one digit; "" where there is none.
func withDigit(r *rand.Rand, s string) string {
	letters := []rune(s)
	var at []int
	for i, x := range letters {
		if unicode.IsDigit(x) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return ""
	}
	i := at[r.IntN(len(at))]
	zero := letters[i] - rune(digitOf(letters[i]))
	letters[i] = zero + rune((digitOf(letters[i])+1+r.IntN(9))%10)
	return string(letters)
}

func digitOf(r rune) int {
	for d := rune(0); d < 10; d++ {
		if text.Fold(string(r)) == string('0'+d) {
			return int(d)
		}
	}
	return 0
}

// swapped has its first two numbers in each other's place; "" where there are not two different ones.
func swapped(s string) string {
	all := digits(s)
	if len(all) < 2 || all[0] == all[1] {
		return ""
	}
	i := strings.Index(s, all[0])
	j := strings.LastIndex(s, all[1])
	if i < 0 || j < i+len(all[0]) {
		return ""
	}
	return s[:i] + all[1] + s[i+len(all[0]):j] + all[0] + s[j+len(all[1]):]
}

// digits lists the runs of digits of a text.
func digits(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
}

// insert puts a word between two others.
func insert(r *rand.Rand, s, word string) string {
	if words := strings.Fields(s); len(words) > 3 {
		return strings.Join(slices.Insert(words, 1+r.IntN(len(words)-1), word), " ")
	}
	letters := []rune(s)
	return string(slices.Insert(letters, 1+r.IntN(len(letters)-1), []rune(word)...))
}

// stretch is some words of a sentence.
func stretch(r *rand.Rand, s string) string {
	if words := strings.Fields(s); len(words) > 5 {
		from := r.IntN(len(words) - 4)
		return strings.Join(words[from:from+2+r.IntN(min(8, len(words)-from-2))], " ")
	}
	letters := []rune(s)
	from := r.IntN(max(1, len(letters)-12))
	return string(letters[from : from+min(len(letters)-from, 8+r.IntN(20))])
}

func denied(r *rand.Rand, lang, s string) string {
	if lang == "ja" {
		for _, pair := range [][2]string{{"た。", "なかった。"}, {"いる", "いない"}, {"ます", "ません"}, {"する", "しない"}, {"した", "しなかった"},
			{"された", "されず"}, {"である", "ではない"}} {
			if strings.Contains(s, pair[0]) && r.IntN(2) == 0 {
				return strings.Replace(s, pair[0], pair[1], 1)
			}
		}
		return s + "ではない"
	}
	if words := strings.Fields(s); lang == "fa" && r.IntN(2) == 0 {
		i := r.IntN(len(words))
		words[i] = "ن" + words[i]
		return strings.Join(words, " ")
	}
	return insert(r, s, pick(r, denying[lang]...))
}

// undenied leaves a negation out; "" where there is none.
func undenied(lang, s string) string {
	if lang == "ja" {
		for _, pair := range [][2]string{{"ていない", "ている"}, {"ではない", "である"}, {"なかった", "た"}, {"ありません", "あります"},
			{"はない", "はある"}, {"ない", "る"}} {
			if strings.Contains(s, pair[0]) {
				return strings.Replace(s, pair[0], pair[1], 1)
			}
		}
		return ""
	}
	words := strings.Fields(s)
	for i, w := range words {
		if slices.Contains(denying[lang], w) {
			return strings.Join(slices.Delete(words, i, i+1), " ")
		}
		if bare, ok := strings.CutPrefix(w, "ن"); ok && lang == "fa" && (strings.HasPrefix(bare, "می") ||
			slices.Contains([]string{"شده", "شدهاند", "گرفته", "خواهد"}, bare)) {
			words[i] = bare
			return strings.Join(words, " ")
		}
	}
	return ""
}

// beyond is what stands before or behind a negation of a sentence, without it and up to the next sign; "" where there
// is none.
func beyond(r *rand.Rand, lang, s string) string {
	if lang == "ja" {
		for _, w := range denyingLetters[:3] {
			if i := strings.Index(s, w); i > 0 {
				part := s[:i]
				if k := strings.LastIndexAny(part, "、。「"); k >= 0 {
					_, size := nextRune(part[k:])
					part = part[k+size:]
				}
				if len([]rune(part)) > 4 {
					return part
				}
			}
		}
		return ""
	}
	words := strings.Fields(s)
	for i, w := range words {
		if !slices.Contains(denying[lang], w) || w == "ما" {
			continue
		}
		to := i + 1
		for to < len(words) && to < i+6 && !strings.ContainsAny(words[to-1], "،,.؛”»") {
			to++
		}
		if to > i+2 {
			return strings.Trim(strings.Join(words[i+1:to], " "), "،,.؛")
		}
	}
	return ""
}

// hostile is one claim of an attack.
type hostile struct {
	what string
	said said
	at   placed
}

// TestHostileModel: of 500 answers that lie, over the four samples, no quotation that is not in the text gets through,
// no changed digit and no changed negation.
func TestHostileModel(t *testing.T) {
	all, err := seeds.Articles()
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, 0, len(attacks))
	for name := range attacks {
		names = append(names, name)
	}
	slices.Sort(names)
	answers, tried, taken := 0, map[string]int{}, map[string]int{}
	for run := uint64(0); answers < 500; run++ {
		a, foreign := all[run%uint64(len(all))], all[(run+1)%uint64(len(all))]
		r := rand.New(rand.NewPCG(run, 13))
		d, err := text.NewDoc(a.Raw)
		if err != nil {
			t.Fatal(err)
		}
		other, err := text.NewDoc(foreign.Raw)
		if err != nil {
			t.Fatal(err)
		}
		elsewhere := text.Sentences(other, foreign.Lang)
		var now []hostile
		var made []hostile
		b, err := model.NewBreakdown(client(t, modeltest.New(t, func(asked modeltest.Asked) modeltest.Reply {
			s := sentIn(t, asked)
			if asked.Schema == "anchors" {
				var out []placed
				for _, h := range now {
					out = append(out, h.at)
				}
				return claimsOf(out...)
			}
			answers++
			now = nil
			var out []said
			for n := 0; n < 40 && len(now) < 6; n++ {
				p := s.Sentences[r.IntN(len(s.Sentences))]
				o := elsewhere[r.IntN(len(elsewhere))]
				if len([]rune(p.Text)) < 20 {
					continue
				}
				what := names[r.IntN(len(names))]
				words, first, last := attacks[what](r, a.Lang, p.Text, other.Slice(o.Span))
				if words == "" || words == p.Text && first == p.Text {
					continue
				}
				h := hostile{what, said{p.N, words}, placed{Claim: len(now) + 1, First: first, Last: last,
					Hedge:    []string{},
					Brackets: []inside{}}}
				if strings.Contains(words, "[") {
					h.at.Brackets = append(h.at.Brackets, inside{words[strings.Index(words,
						"[")+1 : strings.Index(words, "]")],
						first, last})
				}
				now = append(now, h)
				out = append(out, h.said)
			}
			made = append(made, now...)
			return claimsOf(out...)
		})))
		if err != nil {
			t.Fatal(err)
		}
		sentences := text.Sentences(d, a.Lang)
		got, err := b.Break(t.Context(), extract.Document{Text: d, Lang: a.Lang, Sentences: sentences})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range made {
			tried[h.what]++
		}
		for _, c := range got.Candidates {
			what := looked(t, d, sentences[c.Sentence-1], a.Lang, c, made)
			taken[what]++
		}
	}
	for _, name := range names {
		if tried[name] == 0 {
			t.Errorf("%s was never tried", name)
		}
		t.Logf("%-40s tried %4d, taken in the article’s own words %d", name, tried[name], taken[name])
	}
	t.Logf("%d answers", answers)
}

// looked checks one candidate that got through, without the program's own rules, and gives the attack that it was of.
func looked(t *testing.T, d *text.Doc, s text.Sentence, lang string, c model.Proposed, made []hostile) string {
	t.Helper()
	exact, sentence := d.Slice(c.Span), d.Slice(s.Span)
	bad := func(format string, a ...any) {
		t.Errorf(format+"\n statement %s\n exact     %s\n sentence  %s", append(a, c.Statement, exact, sentence)...)
	}
	if exact == "" || !s.Span.Contains(c.Span) {
		bad("the words lie outside of their sentence")
	}
	what := ""
	for _, h := range made {
		// what was named may be a part of the clause that stands, and has the stop behind it
		if h.said.Sentence == c.Sentence && strings.Contains(bare(exact), unstopped(h.at.First)) &&
			strings.Contains(bare(exact), unstopped(h.at.Last)) {
			what = h.what
			if bare(h.said.Statement) == bare(c.Statement) {
				break
			}
		}
	}
	if what == "" {
		bad("nobody named these words")
	}
	if !inTurn(strings.FieldsFunc(text.Fold(c.Statement), isSpaceOrSign), strings.FieldsFunc(text.Fold(exact),
		isSpaceOrSign)) && lang != "ja" {
		bad("%s: the statement has words that its words in the text do not have", what)
	}
	if !inTurn(digits(text.Fold(c.Statement)), digits(text.Fold(exact))) {
		bad("%s: a digit got through", what)
	}
	if n, m := denials(lang, c.Statement), denials(lang, exact); n != m {
		bad("%s: a negation got through, %d for %d", what, n, m)
	}
	if denials(lang, exact) != denials(lang, sentence) && what == "a negation cut away" {
		bad("a negation was cut away")
	}
	return what
}

func isSpaceOrSign(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
}

// unstopped is a text as bare gives it, without the stop at its end.
func unstopped(s string) string { return strings.TrimRight(bare(s), ".。") }

// bare is a text without spaces and quotation marks.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune(`"'“”„«»‘’「」`, r) {
			return -1
		}
		return r
	}, norm.NFC.String(s))
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

// denials counts what denies in a text.
func denials(lang, s string) (n int) {
	if lang == "ja" {
		for _, w := range denyingLetters {
			n += strings.Count(s, w)
		}
		return n
	}
	for _, w := range strings.FieldsFunc(s, isSpaceOrSign) {
		if slices.Contains(denying[lang], w) || lang == "fa" && strings.HasPrefix(w, "ن") {
			n++
		}
	}
	return n
}
