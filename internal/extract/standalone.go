package extract

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Bracket is what was filled into a statement, in square brackets, so that it can be read without its article. From is
// the span it was taken from; empty when it was worked out from the day of publication.
type Bracket struct {
	Text string
	From text.Span
}

// person is the one person that a sentence begins with.
type person struct {
	name string
	span text.Span
	in   int // the sentence
}

// standalone fills in, in brackets, the year of a date and the day of a weekday, and the name for a pronoun where the
// sentence before is about one person only. What is not certain stays open.
func (r *reader) standalone(l *line, c *Candidate, p piece) {
	c.Standalone, c.Brackets = c.Statement, []Bracket{}
	for i := 0; i < len(c.Dates) && r.doc.Published.String() != ""; i++ {
		span, fill := c.Dates[i].Span, missingOf(c.Dates[i])
		for ; i+1 < len(c.Dates) && r.stretch(c.Dates[i], c.Dates[i+1]); i++ {
			span.End = c.Dates[i+1].Span.End
			if missingOf(c.Dates[i+1]) != fill {
				fill = "" // over a year's end: nobody knows where a bracket would belong
			}
		}
		if fill != "" && !r.names(c.Dates[i]) && !r.everyYear(c, c.Dates[i]) && !l.calledAfter(c.Dates[i]) {
			r.fill(c, r.doc.Text.Slice(span), Bracket{Text: fill})
		}
	}
	first, _, _ := strings.Cut(c.Statement, " ")
	if b, ok := l.speakerOf(first, c.Attribution, p); ok {
		r.fill(c, first, b)
		return
	}
	if primary(l.lang) == "ja" {
		first = jaPronounAt(c.Statement)
	}
	own := c.Attribution == Article || strings.HasSuffix(c.Attribution, surnameOf(r.person.name))
	if own && personal[foldAll(first)] && r.meant(l.lang) &&
		l.sent.Span.Start+leadRoom >= c.Span.Start {
		r.fill(c, first, Bracket{Text: r.person.name, From: r.person.span})
	}
}

// stretch says whether two dates are the ends of one stretch of days or months, April 1–3, from 28 April to 2 May: only
// a sign or a short word lies between them, and both leave their year open.
func (r *reader) stretch(a, b value.Date) bool {
	if !strings.HasPrefix(a.Norm, "--") || !strings.HasPrefix(b.Norm, "--") || a.Span.End > b.Span.Start {
		return false
	}
	between := strings.TrimSpace(r.doc.Text.Slice(text.Span{Start: a.Span.End, End: b.Span.Start}))
	if strings.Trim(between, "日-–—~〜～") == "" {
		return between != ""
	}
	return slices.Contains([]string{"to", "until", "through", "تا", "إلى", "الى", "حتى", "から", "日から"}, between)
}

// names says whether a month is part of a name: 12月議会, 3月期.
func (r *reader) names(d value.Date) bool {
	next := []rune(r.doc.Text.Slice(text.Span{Start: d.Span.End, End: min(d.Span.End+2, r.doc.Text.Len())}))
	return anyAt(next, 0, jaAfterMonths)
}

// jaAfterMonths make a month part of a name.
var jaAfterMonths = newWordSet(`議会 定例 期 号 場所 入学 危機`)

// speakerOf gives the speaker as what a pronoun at the head of their own words stands for: "Rita Bose said she had
// warned them", "the ministry said it had paid". It is certain only for a person with a given name and a surname, or
// a title, and for a body that is named alone, where the sentence names nobody else before.
func (l *line) speakerOf(pronoun, speaker string, p piece) (Bracket, bool) {
	word := foldAll(pronoun)
	if primary(l.lang) != "en" || p.frame[1] <= p.frame[0] || p.frame[1] > p.start || speaker == Article ||
		l.slice(p.start, p.start+utf8.RuneCountInString(pronoun)) != pronoun || strings.Contains(speaker, ", citing") {
		return Bracket{}, false
	}
	frame := l.slice(p.frame[0], p.frame[1])
	at := strings.Index(frame, speaker)
	if at < 0 {
		return Bracket{}, false
	}
	from := l.base + p.frame[0] + utf8.RuneCountInString(frame[:at])
	b := Bracket{Text: speaker, From: text.Span{Start: from, End: from + utf8.RuneCountInString(speaker)}}
	persons, own := 0, false
	for _, n := range l.facts.names {
		if n.Type == value.NamePerson && n.Span.End <= l.base+p.start {
			persons++
			own = own || n.Span.Start >= b.From.Start && n.Span.End <= b.From.End
		}
	}
	switch word {
	case "he", "she":
		return b, persons == 1 && own && !strings.Contains(speaker, " and ")
	case "it":
		last := speaker[strings.LastIndex(speaker, " ")+1:]
		return b, persons == 0 && enBodies.has(foldAll(last)) && !strings.Contains(speaker, " of ") &&
			!strings.Contains(speaker, " for ") && !strings.Contains(speaker, " and ")
	}
	return Bracket{}, false
}

// enBodies are bodies that speak as "it".
var enBodies = newWordList(`campaign ministry company firm agency group party union bank office government authority
	army
	club university commission council committee charity institute museum hospital airline supplier regulator trust`)

// leadRoom is how far from its sentence's start a claim may begin whose pronoun is filled in.
const leadRoom = 24

// personal are the pronouns of one person that may be filled in.
var personal = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields("he she او وی وي هو هي 彼 彼女 同氏") {
		out[foldAll(w)] = true
	}
	return out
}()

func jaPronounAt(s string) string {
	for _, w := range []string{"彼女", "同氏", "彼"} {
		if strings.HasPrefix(s, w+"は") || strings.HasPrefix(s, w+"が") {
			return w
		}
	}
	return ""
}

// fill puts a bracket behind words that stand once in the statement.
func (r *reader) fill(c *Candidate, words string, b Bracket) {
	at := strings.Index(c.Standalone, words)
	if words == "" || at < 0 || strings.Contains(c.Standalone[at+len(words):], words) {
		return
	}
	end := at + len(words)
	c.Standalone = c.Standalone[:end] + " [" + b.Text + "]" + c.Standalone[end:]
	c.Brackets = append(c.Brackets, b)
}

// missingOf gives what a date leaves to the reader: its year, or the day of a weekday; "" where it says all or the day
// cannot be worked out.
func missingOf(d value.Date) string {
	if d.Resolved == "" || strings.Contains(d.Resolved, "/") {
		return ""
	}
	year, rest, _ := strings.Cut(d.Resolved, "-")
	if year = ownYear(d, year, rest); year == "" {
		return ""
	}
	switch {
	case strings.HasPrefix(d.Norm, "--") && !strings.HasPrefix(d.Norm, "---") && utf8.RuneCountInString(year) == 4:
		return year
	case d.Norm == "" && len(d.Resolved) == len("2006-01-02"):
		return d.Resolved
	}
	return ""
}

// ownYear is the year of a date in its own calendar, "" where that is not certain. The solar year begins on 20 or 21
// March, so its last two months and most of the tenth lie in the second Gregorian year that it touches.
func ownYear(d value.Date, year, rest string) string {
	n, err := strconv.Atoi(year)
	month, ok := strings.CutPrefix(d.Norm, "--")
	switch {
	case d.Calendar == value.Gregorian || !ok:
		return year
	case d.Calendar != value.Solar || err != nil || len(month) < 2:
		return ""
	}
	switch month[:2] {
	case "11", "12":
		return strconv.Itoa(n - 622)
	case "10":
		if !strings.HasPrefix(rest, "12") {
			return strconv.Itoa(n - 622)
		}
	}
	return strconv.Itoa(n - 621)
}

// everyYear says whether a month is what an average is taken of, and so that of no one year: "twice the average for
// October".
func (r *reader) everyYear(c *Candidate, d value.Date) bool {
	from := max(c.Span.Start, d.Span.Start-averageRoom)
	if len(d.Norm) != len("--01") || from >= d.Span.Start {
		return false
	}
	before := strings.Fields(foldAll(r.doc.Text.Slice(text.Span{Start: from, End: d.Span.Start})))
	return slices.ContainsFunc(before, averages.has)
}

// averageRoom is how many code points may lie between an average and its month.
const averageRoom = 40

// averages are words for what is usual.
var averages = newWordList(`average averages mean normal norm usual typical میانگین متوسط معمول
	المتوسط معدل المعدل بمتوسط`)

// calledAfter says whether a month is part of a name: Jan Roth, the April Movement.
func (l *line) calledAfter(d value.Date) bool {
	if primary(l.lang) != "en" || len(d.Norm) != len("--01") {
		return false
	}
	i := find(0, len(l.toks), func(i int) bool { return l.base+l.toks[i].start == d.Span.Start })
	return i+1 < len(l.toks) && l.toks[i+1].kind == word && l.capital(i+1) && !l.has(i+1, cTime) &&
		!l.has(i-1, cPrep|cTime) && (i == 0 || l.toks[i-1].kind != number)
}
