package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/text"
)

// quotationReach is how many code points after its sentence an open quotation
// may close: marks are forgotten too often to trust one that runs on longer.
const quotationReach = 2000

// closers are the marks that close each opening one.
var closers = map[rune]string{'«': "»", '“': "”″", '「': "」", '"': "\"", '‘': "’", '『': "』"}

// follow keeps who speaks while a quotation runs over several sentences, or lines, until its closing mark. One that is
// never closed ends with its paragraph.
func (r *reader) follow(p *parse) {
	if !r.off.on(ruleSpeech) {
		return
	}
	running := ""
	if p.base >= r.closing {
		if r.runsOn && p.base-r.closing <= 2 {
			running = r.quoting
		}
		r.quoting, r.runsOn = "", false
	}
	r.tellsAfter(p)
	last := ""
	for _, q := range p.out {
		if q.source != "" {
			last = q.source
		}
	}
	rest := p.runes
	if at := r.closing - p.base; r.quoting != "" && at > 0 && at <= len(rest) {
		rest = rest[at:] // a straight mark that closes the quotation opens none
	}
	open := unclosed(rest)
	if running != "" && last == "" && closers[letter(p.runes, 0)] != "" {
		last = running
		if open == 0 { // the last paragraph
			r.quoting, r.closing = last, p.base+len(p.runes)
		}
	}
	if open == 0 {
		return
	}
	if last == "" && r.source != "" && r.now-r.sourced <= 1 {
		last = r.source
	}
	if last == "" && r.spoke != "" && r.now-r.spokeIn <= 1 && letter(p.runes, 0) == open {
		last = r.spoke // "The premier spoke as follows."
	}
	end := p.base + len(p.runes)
	following := r.doc.Text.Slice(text.Span{Start: end, End: min(end+quotationReach, r.doc.Text.Len())})
	n, closed := closesAfter(following, open)
	if closed && last == "" {
		last = p.toldAfter(open, r.doc.Text.Slice(text.Span{Start: end + n, End: min(end+n+24, r.doc.Text.Len())}))
	}
	if n > 0 {
		r.quoting, r.closing, r.runsOn = last, end+n, !closed
	}
}

// saysBefore is a line that only says who speaks in the quotation under it.
var saysBefore = patternOf(`^(\p{Lu}[^,:;.!?"“”]{1,60}?) (?:said|says|added|wrote|writes|replied|declared|` +
	`stated|told reporters):$|^(.{2,60}) (?:گفت|نوشت|افزود|اظهار داشت):$|^(?:قال|قالت|وقال|وقالت|كتب|كتبت) (.{2,60}):$`)

// heralds notes who speaks in the quotation that opens on the next line.
func (r *reader) heralds(raw string) {
	if at := saysBefore.FindStringSubmatch(strings.TrimSpace(raw)); at != nil && r.off.on(ruleSpeech) {
		r.spoke, r.spokeIn = at[1]+at[2]+at[3], r.now
	}
}

// unclosed is the opening mark that the letters leave open, 0 for none.
func unclosed(letters []rune) rune {
	var open []rune
	for i, c := range letters {
		if c == '’' && i+1 < len(letters) && unicode.IsLetter(letters[i+1]) {
			continue // an apostrophe
		}
		if n := len(open); n > 0 && strings.ContainsRune(closers[open[n-1]], c) {
			open = open[:n-1]
		} else if closers[c] != "" {
			open = append(open, c)
		}
	}
	if len(open) == 0 {
		return 0
	}
	return open[0]
}

// closesAfter gives how many code points of what follows belong to a quotation that open began, and whether its closing
// mark is among them. Without one it ends with its paragraph: before an empty line, else with its line; another
// quotation that opens first says that the mark was forgotten.
func closesAfter(following string, open rune) (int, bool) {
	n, line, last := 0, 0, ' '
	for i, c := range following {
		n++
		if next, _ := utf8.DecodeRuneInString(following[i+utf8.RuneLen(c):]); c == '’' && unicode.IsLetter(next) {
			last = c
			continue // an apostrophe
		}
		opens := c == open && (open != '"' || unicode.IsSpace(last))
		switch {
		case opens:
			return line, false
		case strings.ContainsRune(closers[open], c):
			return n, true
		case c == '\n' && last == '\n':
			return n, false
		case c == '\n' && line == 0:
			line = n
		}
		last = c
	}
	if line == 0 {
		line = n
	}
	return line, false
}

// toldAfter is the topic before a Japanese quotation that open begins, where the verb of saying stands after its end:
// 首相は「…。…。」と述べた. What was said begins after the mark.
func (p *parse) toldAfter(open rune, after string) string {
	if primary(p.lang) != "ja" || !strings.HasPrefix(after, "と") || !says(after) {
		return ""
	}
	at := find(0, len(p.runes), func(i int) bool { return p.runes[i] == open })
	end := at
	for end > 0 && p.runes[end-1] == '、' {
		end--
	}
	if end < 2 || p.runes[end-1] != 'は' {
		return ""
	}
	for i := range p.out {
		if q := &p.out[i]; q.start <= at && q.end > at+1 && q.source == "" {
			q.start, q.lead, q.role = at+1, "", asContent
		}
	}
	return string(p.runes[:end-1])
}

// says reports whether a verb of saying ends the words before the first stop.
func says(after string) bool {
	clause, _, _ := strings.Cut(after, "。")
	return anyIn([]rune(clause), 0, len([]rune(clause)), jaTold)
}

// jaTold are the verbs that report what stands before them.
var jaTold = newWordSet(`述べ 語っ 話し 語る 話す 述べる 説明し 強調し 訴え 明かし 発言し コメントし 答え 言っ 主張し 発表し 指摘し`)

// tellsAfter gives the pieces of the last sentence of a Japanese quotation to who speaks in it: the verb of saying
// after the closing mark is theirs, whatever the quotation's own topic.
func (r *reader) tellsAfter(p *parse) {
	if r.quoting == "" || primary(p.lang) != "ja" {
		return
	}
	at := r.closing - p.base
	for i := range p.out {
		if q := &p.out[i]; q.start < at && at <= len(p.runes) && q.role != asApposition {
			q.source, q.end = r.quoting, min(q.end, at)
		}
	}
}

// sentences parts what somebody said into its sentences where a quotation runs over several of them: each is a claim of
// the same speaker. It stays whole where an operator outside the quotation governs all of it.
func (p *parse) sentences() {
	var out []piece
	for _, q := range p.out {
		from := q.start
		if (q.source != "" || p.before.label != "") && (q.role == asContent || q.role == asClause) {
			for _, at := range p.sentenceEnds(q) {
				part := q
				part.start, part.end = from, at
				out = append(out, part)
				q.lead, from = "", at
			}
		}
		q.start = from
		out = append(out, q)
	}
	p.out = out
}

// sentenceEnds gives where, in code points, the sentences of a piece end but the last.
func (p *parse) sentenceEnds(q piece) []int {
	var out []int
	ja := primary(p.lang) == "ja"
	least, from := 8, q.start
	if ja {
		least = 5
	}
	for i := q.start + least; i < q.end-least; i++ {
		if i-from < least || !p.endsAt(i, ja) || p.governs(q, i) || unclosed(p.runes[q.start:i]) == 0 &&
			unclosed(p.runes[:i]) == 0 {
			continue
		}
		out = append(out, i+1)
		from = i + 1
	}
	return out
}

// endsAt says whether the letter at i ends a sentence: a stop after a word of some length, before a space and a word
// that may begin a sentence.
func (p *parse) endsAt(i int, ja bool) bool {
	r := p.runes[i]
	if ja {
		return r == '。'
	}
	if !strings.ContainsRune(".!؟", r) || i+2 >= len(p.runes) || !unicode.IsSpace(p.runes[i+1]) {
		return false
	}
	first := p.runes[i+2]
	if first == '"' || !unicode.IsLetter(first) && !unicode.IsDigit(first) || unicode.IsLower(first) {
		return false
	}
	word := 0
	for k := i - 1; k >= 0 && (unicode.IsLetter(p.runes[k]) || unicode.IsDigit(p.runes[k])); k-- {
		word++
	}
	return (word >= 3 || word == 2 && unicode.IsLower(p.runes[i-2])) &&
		!shortened[strings.ToLower(string(p.runes[i-word:i]))]
}

// shortened are words of three letters and more whose stop ends no sentence.
var shortened = map[string]bool{"vs": true, "pp": true, "cf": true, "al": true, "ca": true, "sen": true, "rep": true,
	"gov": true, "gen": true, "prof": true, "mrs": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true,
	"sept": true,
	"oct":  true, "nov": true, "dec": true, "col": true, "capt": true, "lieut": true, "inc": true, "ltd": true,
	"corp": true}

// governs says whether an operator whose words lie outside the piece reaches over code point i of it.
func (p *parse) governs(q piece, i int) bool {
	for _, r := range p.regions {
		if r.op.reach == reachHedge {
			continue
		}
		scope, words := p.points(r.from, r.to), p.points(r.hit.from, r.hit.to)
		if scope[0] < i && i < scope[1] && (words[0] < q.start || words[1] > q.end) {
			return true
		}
	}
	return false
}
