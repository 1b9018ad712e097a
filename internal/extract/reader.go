package extract

import (
	"strings"

	"claimbench/internal/lang"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// reader walks the sentences of one document and remembers what later ones
// lean on: the last source, the source of a section that quotes a text in
// full, the titles already seen.
type reader struct {
	doc     Document
	page    page
	off     ruleSet
	seen    map[string]bool
	section string
	opened  int    // the sentence that announced the section
	now     int    // the sentence being read
	sourced int    // the sentence that named source
	quoting string // who speaks in a quotation that runs over several sentences
	closing int    // the code point at which that quotation closes
	runsOn  bool   // its closing mark was not found: the next paragraph may go on with it
	source  string
	person  person // whom the sentence before is about
	topic   string // the accused whom a Japanese sentence is about
	topicIn int    // and which
	label   string // who speaks in this sentence, by a label or carried over

	lang     string            // of the sentence being read
	mentions []mention         // the persons that it names
	full     map[string]string // the full name by surname

	spoke      string // who was quoted last
	spokeIn    int    // and in which sentence
	spokeEnd   int    // the code point where that sentence ended
	transcript bool   // by a transcript's label

	whole int    // the last sentence that is nothing but a quotation
	back  string // who spoke it, when the sentence after it says so
}

func newReader(doc Document, off ruleSet) *reader {
	return &reader{doc: doc, off: off, seen: map[string]bool{}}
}

// HasGrammar says whether the sentences of a language are parted by a grammar of ours, not by its words of speech and
// its marks alone.
func HasGrammar(code string) bool {
	switch primary(code) {
	case "ar", "ja", "en", "fa":
		return true
	}
	return false
}

// grammars by the primary language of a sentence. Others are read by unlisted,
// which keeps a sentence whole but for its quotation.
func grammarOf(code string) grammar {
	base, _, _ := strings.Cut(code, "-")
	switch base {
	case "ar":
		return arabic
	case "ja":
		return japanese
	case "en":
		return english
	case "fa":
		return persian
	}
	if speechOf(lang.Of(base)).known() {
		return tagged
	}
	return unlisted
}

// plainLeast is how many words each side of a semicolon must have.
const plainLeast = 4

// parsePlain reads the languages without a grammar: a sentence is one piece, parted
// only where a semicolon joins two of some length.
func parsePlain(p *parse) {
	start := 0
	for i := range p.toks {
		if p.on(ruleCoordination) && p.isMark(i, ";؛；") && p.toks[i].depth == 0 && p.count(start, i) >= plainLeast &&
			p.count(i, len(p.toks)) >= plainLeast {
			p.add(start, i, piece{})
			start = i + 1
		}
	}
	p.add(start, len(p.toks), piece{})
}

// windowSize is the most code points that are parsed as one. Sentences of prose
// are far shorter; a longer one is a list or a text without stops, and cutting
// it keeps the work linear.
const windowSize = 1600

// read gives the candidates of one sentence.
func (r *reader) read(s text.Sentence) []Candidate {
	text.Yield()
	raw := r.doc.Text.Slice(s.Span)
	r.now, r.lang, r.mentions = s.N, s.Lang, nil
	r.heralds(raw)
	if r.off.on(ruleSelect) && !r.states(s, raw) {
		return nil
	}
	if s.Kind == text.KindHeading || s.Kind == text.KindTitle {
		r.section = ""
	}
	if noise(raw) || pageFurniture().is(raw) {
		return nil
	}
	runes := []rune(raw)
	skip, speaker := 0, ""
	if r.off.on(ruleSpeech) {
		skip, speaker = openingOf(raw)
	}
	r.begin(raw, speaker, s.Span)
	scan := value.NewScan(r.doc.Text, s)
	facts := factsOf(scan, r.doc.Published)
	r.back = ""
	out := []Candidate{}
	for start := skip; start < len(runes); {
		end := windowEnd(runes, start)
		out = append(out, r.window(s, runes[start:end], s.Span.Start+start, &facts)...)
		start = end
	}
	if quotedWhole(raw) && r.label == "" {
		r.whole = s.N
	}
	r.meet(s, facts.names)
	return inOrder(out)
}

// begin notes who speaks in the sentence that is about to be read: the label in
// front of it, or whoever spoke just before.
func (r *reader) begin(raw, speaker string, span text.Span) {
	r.label = speaker
	switch {
	case speaker != "":
		r.spoke, r.spokeIn, r.transcript = speaker, r.now, true
	case r.spoke != "" && span.Start >= r.spokeEnd:
		r.label = r.carries(raw, r.doc.Text.Slice(text.Span{Start: r.spokeEnd, End: span.Start}))
		if r.label != "" {
			r.spokeIn = r.now
		} else {
			r.transcript = false
		}
	}
	r.spokeEnd = span.End
}

// quoted remembers who was quoted in the sentence, for a quotation after it.
func (r *reader) quoted(p *parse) {
	if r.label != "" {
		return
	}
	if p.speaksOf == "" && p.speaks != "" && (p.speaksBack() || r.whole > 0 && r.now-r.whole == 1 && !r.quoteAhead(p)) {
		p.speaksOf = p.speaks
	}
	if p.speaksOf != "" && r.whole > 0 && r.now-r.whole == 1 {
		r.back = strings.Trim(p.speaksOf, " .。،")
		return
	}
	if p.speaks != "" { // "The premier spoke as follows."
		r.spoke, r.spokeIn = p.speaks, r.now
		return
	}
	last := ""
	for _, q := range p.out {
		if q.source != "" && q.role == asContent {
			last = q.source
		}
	}
	if last != "" && strings.ContainsAny(string(p.runes), "\"“”«»「」") {
		r.spoke, r.spokeIn = last, r.now
	}
}

// quoteAhead says whether a quotation opens just after the sentence: "X said this" then means it, not the one before.
func (r *reader) quoteAhead(p *parse) bool {
	end := p.base + len(p.runes)
	after := r.doc.Text.Slice(text.Span{Start: end, End: min(end+4, r.doc.Text.Len())})
	return strings.ContainsAny(after, "「『“«\"")
}

// windowEnd gives where the window that begins at start ends: at the end of the
// sentence, or after the last comma or space that fits.
func windowEnd(runes []rune, start int) int {
	end := start + windowSize
	if end >= len(runes) {
		return len(runes)
	}
	space := -1
	for i := end - 1; i > start+windowSize/2; i-- {
		switch r := runes[i]; {
		case strings.ContainsRune(",،、;؛；", r):
			return i + 1
		case r == ' ' && space < 0:
			space = i + 1
		}
	}
	if space > 0 {
		return space
	}
	return end
}

// window gives the candidates of a stretch of sentence s that begins at code
// point base of the document.
func (r *reader) window(s text.Sentence, runes []rune, base int, facts *facts) []Candidate {
	g := grammarOf(s.Lang)
	p := &parse{line: newLine(runes, s, base, g.words), off: r.off, before: r}
	p.facts = facts.within(text.Span{Start: base, End: base + len(runes)})
	g.parse(p)
	p.faithful()
	p.refuted()
	p.sentences()
	p.sayings()
	if s.Kind == text.KindTitle || s.Kind == text.KindHeading {
		p.whole()
	}
	if len(p.out) == 0 {
		r.quoted(p)
		return nil
	}
	p.found = p.unsaid(p.hedges())
	p.sayingDays()
	r.openSection(p.line)
	r.follow(p)
	r.quoted(p)
	out := make([]Candidate, 0, len(p.out))
	for _, q := range p.out {
		if c, ok := r.candidate(p.line, q); ok {
			out = append(out, c)
		}
	}
	return out
}

// barePronoun are the pronouns that name nobody.
var barePronoun = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`he she it they we i you both he's she's هو هي هم هما هن كلاهما كلتاهما كليهما
		او وی وي آنها آن‌ها آنان ایشان هردو 彼 彼女 彼ら それ これ 他 她 它 他们 她们 他們 她們
		il elle ils elles él ella ellos ellas er sie он она они ele ela eles elas lui lei dia mereka він вона вони`) {
		out[foldAll(w)] = true
	}
	return out
}()

// resolve names a source. A pronoun, or a verb that carries its subject, is the
// last source where that was named in this sentence or the one before;
// elsewhere it is not certain: nobody is named, "" for a bare pronoun.
func (r *reader) resolve(name string, pronoun bool) string {
	name = strings.Trim(name, " .،,؛;:、。«»“”\"「」-–—")
	if strings.Count(name, "«") > strings.Count(name, "»") {
		name += "»" // صحيفة «الأفق»
	}
	if strings.Count(name, "「") > strings.Count(name, "」") {
		name += "」" // 環境団体「水の目」
	}
	if strings.Count(name, "“") > strings.Count(name, "”") {
		name += "”"
	} else if strings.Count(name, "\"")%2 == 1 && r.lang == "ar" {
		name += "\"" // منظمة "أطباء بلا قيود"
	}
	if name == "" {
		return ""
	}
	if pronoun || barePronoun[foldAll(name)] {
		certain := r.source != "" && r.now-r.sourced <= 1 && !strings.HasPrefix(r.source, "The ") &&
			!strings.HasPrefix(r.source, "the ")
		if certain {
			r.sourced = r.now
			return r.source
		}
		if r.meant(r.lang) && personal[foldAll(name)] && r.person.in > r.sourced {
			r.source, r.sourced = r.person.name, r.now
			return r.source
		}
		if barePronoun[foldAll(name)] {
			return ""
		}
		return name
	}
	r.source, r.sourced = name, r.now
	return name
}

// states says whether there is anything to check in a sentence of this kind.
// A title that came before (pages repeat their headline) says nothing new.
func (r *reader) states(s text.Sentence, raw string) bool {
	switch s.Kind {
	case text.KindBoilerplate, text.KindQuestion:
		return false
	case text.KindBody:
		return !r.page.copied || endsSentence(strings.TrimSpace(raw)) || !r.alone(s)
	case text.KindTitle, text.KindHeading, text.KindCaption, text.KindLink:
		if asks(raw) {
			return false
		}
		if s.Kind == text.KindCaption && labelled(raw) || s.Kind != text.KindCaption && !r.page.keeps(s, raw) {
			return false
		}
		key := strings.TrimSpace(raw)
		if r.seen[key] {
			return false
		}
		r.seen[key] = true
	}
	return true
}

// alone says whether a sentence ends its line.
func (r *reader) alone(s text.Sentence) bool {
	end := min(s.Span.End+1, r.doc.Text.Len())
	next := r.doc.Text.Slice(text.Span{Start: s.Span.End, End: end})
	return next == "" || next == "\n"
}

// labelled says whether a caption is "Photo: what it shows" and no more.
func labelled(raw string) bool {
	label, rest, ok := strings.Cut(raw, ":")
	if !ok {
		label, rest, ok = strings.Cut(raw, "：")
	}
	return ok && len([]rune(label)) <= 8 && !strings.Contains(strings.TrimSpace(label), " ") &&
		!strings.ContainsAny(strings.TrimSpace(rest), ".。!")
}
