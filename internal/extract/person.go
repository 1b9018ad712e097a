package extract

import (
	"strings"
	"unicode"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// personReach is for how many sentences a person may be meant by a pronoun, while nobody else is named: in languages
// where the sentence itself shows who is a person.
const personReach = 2

// mention is a person named in a sentence: the words as written, and where.
type mention struct {
	name string
	span text.Span
}

// meet remembers the one person that the sentence is about, for the pronouns of those that follow. Two persons leave
// nobody: which of them "she" is cannot be told.
func (r *reader) meet(s text.Sentence, names []value.Name) {
	if lang := primary(s.Lang); lang == "en" || lang == "fa" || lang == "ja" {
		r.meetMentions(s, names)
		return
	}
	r.person = person{}
	for _, n := range names {
		if n.Type != value.NamePerson {
			continue
		}
		if r.person.name != "" && r.person.name != n.Text || n.Span.Start > s.Span.Start+leadRoom {
			r.person = person{}
			return
		}
		r.person = person{name: n.Text, span: n.Span, in: s.N}
	}
}

// meetMentions is meet for a language whose grammar finds the persons that a sentence names.
func (r *reader) meetMentions(s text.Sentence, names []value.Name) {
	found := r.mentions
	r.mentions = nil
	for _, n := range names {
		alone := primary(s.Lang) == "en" && !strings.Contains(n.Text, " ") && r.full[n.Text] == "" // "the Belgian"
		if n.Type == value.NamePerson && !alone && !enNoPersons.has(foldAll(surnameOf(n.Text))) {
			found = append(found, mention{n.Text, n.Span})
		}
	}
	if len(found) == 0 {
		return // whoever was meant may still be meant
	}
	one := found[0]
	for _, m := range found[1:] {
		switch {
		case m.span.Start < one.span.End && one.span.Start < m.span.End:
			if m.span.Len() > one.span.Len() {
				one = m
			}
		case surnameOf(m.name) != surnameOf(one.name):
			r.person = person{in: s.N}
			return
		}
	}
	if full := r.full[surnameOf(one.name)]; strings.Contains(one.name, " ") || full == "" {
		if r.full == nil {
			r.full = map[string]string{}
		}
		r.full[surnameOf(one.name)] = one.name
	}
	r.person = person{name: one.name, span: one.span, in: s.N}
}

// meant says whether a pronoun of this sentence can only stand for the person met last.
func (r *reader) meant(lang string) bool {
	reach := 1
	if base := primary(lang); base == "en" || base == "fa" || base == "ja" {
		reach = personReach
	}
	return r.person.name != "" && r.now-r.person.in >= 1 && r.now-r.person.in <= reach
}

// surnameOf is the last word of a name.
func surnameOf(name string) string { return name[strings.LastIndex(name, " ")+1:] }

// mentions gives the persons that an English line names: a row of words with capitals that an office, an age or "who"
// shows to be one, or that speaks.
func (e *enParse) mentions() []mention {
	var out []mention
	for i := 0; i < e.n; i++ {
		if !e.nameWord(i) {
			continue
		}
		end := i + 1
		for end < e.n && (e.nameWord(end) || e.isMark(end, ".") && e.titleStop(end) && e.nameWord(end+1)) {
			end++
		}
		from := i
		titled := false
		for from < end && (e.personRole(from, from+1) || enTitles.has(e.form(from)) || e.isMark(from, ".")) {
			from, titled = from+1, true
		}
		for k := from; k < end; k++ { // "Transport Minister Olga Brandt": the office ends where the name begins
			if e.personRole(k, k+1) || enTitles.has(e.form(k)) {
				from, titled = k+1, true
			}
		}
		if from < end && e.isPerson(from, end, titled || from > 0 && from == i && e.personRole(from-1, from)) {
			out = append(out, mention{e.words(from, end), text.Span{Start: e.base + e.toks[from].start,
				End: e.base + e.toks[end-1].end}})
		}
		i = end
	}
	return out
}

// nameWord says whether the word at i may be one of a name: a capital, and no small word that only opens the sentence.
func (e *enParse) nameWord(i int) bool {
	if i >= e.n || e.toks[i].kind != word || !unicode.IsUpper(e.runes[e.toks[i].start]) {
		return false
	}
	const small = cDet | cPrep | cPron | cAnd | cBut | cWhen | cIf | cThat | cRel | cCause | cSource | cTime | cNot
	return e.toks[i].class&small == 0 && (i > 0 && !e.isMark(i-1, "“\".") || !e.has(i, cVerb|cAdv) && !e.has(i+1, cDet))
}

// isPerson says whether the name [from,to) is shown to be a person's: by an office before or after it, an age, "who",
// or by a verb of saying beside a given name and a surname. A surname alone counts once its full name was read.
func (e *enParse) isPerson(from, to int, titled bool) bool {
	for k := from; k < to; k++ {
		if enNoPersons.has(e.form(k)) || e.has(k, cRole) {
			return false
		}
	}
	if to-from > 3 || e.toks[to-1].end-e.toks[to-1].start < 3 {
		return false
	}
	if titled || to-from == 1 && e.before.full[e.words(from, to)] != "" {
		return true
	}
	if to-from == 1 && from > 0 && e.toks[from-1].kind != mark {
		return false // "the Belgian, who"
	}
	if e.comma(to) && (e.is(to+1, "who", "whose") || e.toks[min(to+1, e.n-1)].kind == number && e.comma(to+2)) {
		return true
	}
	if to-from < 2 {
		return false
	}
	after := e.nextComma(to+1, min(e.n, to+9))
	office := e.comma(to) && e.personRole(to+1, after) && e.verb(to+1, after) == after
	before := e.comma(from-1) && e.personRole(max(0, from-7), from-1) && e.verb(max(0, from-7), from) == from
	says := e.has(to, cSay) && e.has(to, cVerb) || e.has(from-1, cSay) && e.has(from-1, cVerb)
	return office || before || says
}

// personRole says whether [from,to) has an office or a trade of one person.
func (e *enParse) personRole(from, to int) bool {
	return find(from, to, func(i int) bool {
		return e.has(i, cRole) && !enBodies.has(e.form(i)) && !enThings.has(e.form(i))
	}) < to
}

// enThings are nouns of the class of offices that are no person's.
var enThings = newWordList(`organization organisation network city town province state capital website
	newspaper magazine 	team subsidiary maker virus disease village region island river alliance coalition bank`)

// enTitles stand before a person's name.
var enTitles = newWordList(`mr mrs ms miss dr prof professor sir lady lord dame sen senator rep gov gen lt col maj capt
	sgt brigadier colonel major sergeant inspector councillor cllr sheikh father pastor bishop archbishop
	cardinal imam 	rabbi justice councilman councilwoman congressman congresswoman premier chancellor
	engineer geologist ranger`)

// enNoPersons are words of names that are no person's.
var enNoPersons = newWordList(`times post ledger herald news radio television tv channel press gazette journal weekly
	daily street road avenue square bridge river lake mount sea bay island islands park valley county district states
	union council ministry department court church school institute centre center college bank fund trust foundation
	airlines airways rail railway energy motors holdings gold oil gas steel industries technologies systems media gmbh
	inc ltd plc corp co telegram facebook twitter parliament congress senate house league cup fc united alliance
	association federation committee commission board office force forces army navy police guard service services
	north south east west new upper lower saint san santa port fort great grand act law bill treaty accord agreement
	games olympics conference summit festival prize award war green red white black liberals conservatives democrats
	socialists republicans labour greens reform national international royal public general central federal social`)

// mentions gives the persons that a Persian line names: before or after an office between commas, or after a title.
func (f *faParse) mentions() []mention {
	var out []mention
	add := func(from, to int) {
		for from < to && (f.has(from, cRole) || faTitles.has(f.form(from))) {
			from++
		}
		plain := find(from, to, func(i int) bool {
			return f.toks[i].kind != word || f.toks[i].class&^(cNoun|cTime) != 0
		}) == to
		if from < to && to-from <= 3 && plain {
			out = append(out, mention{f.words(from, to), text.Span{Start: f.base + f.toks[from].start,
				End: f.base + f.toks[to-1].end}})
		}
	}
	for _, a := range f.apps { // "بنفشه کریمی، رئیس اداره آب،"
		from := a[0]
		for from > 0 && f.toks[from-1].kind == word && a[0]-from < 4 {
			from--
		}
		add(from, a[0])
	}
	for i := 0; i < len(f.toks); i++ {
		switch {
		case faTitles.has(f.form(i)) && f.toks[i].kind == word:
			end := find(i+1, min(len(f.toks), i+4), func(k int) bool {
				return f.toks[k].kind != word || f.toks[k].class&^cNoun != 0
			})
			if end > i+1 && end <= i+3 {
				add(i+1, end)
			}
		case f.comma(i) && i >= 2: // "وزیر راه، مهناز راد،"
			end := find(i+1, min(len(f.toks), i+5), func(k int) bool { return f.toks[k].kind != word })
			role := find(max(0, i-6), i, func(k int) bool { return f.has(k, cRole) })
			if end < min(len(f.toks), i+5) && f.comma(end) && end-i >= 3 && role < i && !f.anyOf(role, i, cVerb) &&
				find(role, i, func(k int) bool { return f.toks[k].kind == mark }) == i {
				add(i+1, end)
			}
		}
	}
	return out
}

// faTitles stand before a person's name.
var faTitles = newWordList(`آقای خانم دکتر مهندس سرهنگ سرتیپ سردار ژنرال سرلشکر ستوان سروان پروفسور شیخ آیت‌الله
	حجت‌الاسلام سناتور قاضی`)
