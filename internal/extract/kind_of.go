package extract

import (
	"strings"

	"claimbench/internal/text"
)

// The kinds of claims.
const (
	kindFact       = "fact"
	kindBackground = "background"
	kindPrediction = "prediction"
	kindOpinion    = "opinion"
	kindPledge     = "pledge"
	kindMeta       = "meta"
	kindSpeech     = Speech
)

// Speech is the kind of the saying itself, with its day.
const Speech = "speech"

// signs is what the words of a piece say about its kind.
type signs struct {
	future, first, rate, must, number, dated, verb, possible bool
}

// kindOfPiece tells the kind of a claim from its role and its words.
func (l *line) kindOfPiece(p piece, s signs, hedge []string) string {
	switch p.role {
	case asApposition, asParenthesis:
		return kindBackground
	case asSpeech:
		return kindSpeech
	case asAdjunct:
		return kindFact
	}
	if l.sent.Kind == text.KindCaption && !s.verb && primary(l.lang) != "ja" {
		return kindBackground // who or what a picture shows
	}
	switch {
	case l.meta(p):
		return kindMeta
	case s.first && s.future || hasHedge(hedge, hedgePromised):
		return kindPledge
	case s.rate && !s.number && !s.dated:
		return kindOpinion
	case s.must && !s.number:
		return kindOpinion
	case s.future && !s.dated && !hasHedge(hedge, hedgePlanned):
		return kindPrediction
	case s.possible && !s.number && !s.dated && p.role != asRelative:
		return kindPrediction
	}
	return kindFact
}

func hasHedge(hedge []string, name string) bool {
	for _, h := range hedge {
		if h == name {
			return true
		}
	}
	return false
}

// signs reads the words of a piece.
func (l *line) signs(p piece) signs {
	if strings.HasPrefix(l.lang, "ja") {
		return l.jaSigns(p)
	}
	var s signs
	for i := range l.toks {
		t := &l.toks[i]
		if t.start < p.start || t.end > p.end {
			continue
		}
		s.number = s.number || t.kind == number
		s.future = s.future || t.class&cWill != 0 && l.foretold(t.start, t.end)
		s.first = s.first || t.class&cFirst != 0 && (t.quoted || p.source != "")
		s.rate = s.rate || t.class&cRate != 0
		s.must = s.must || t.class&cMust != 0
		s.dated = s.dated || t.class&cTime != 0
		s.verb = s.verb || t.class&cVerb != 0
		s.possible = s.possible || l.is(i, "might", "ممکن", "شاید", "ربما", "قد") && !(t.form == "قد" &&
			!strings.HasPrefix(l.form(i+1), "ی") && !strings.HasPrefix(l.form(i+1), "ت"))
	}
	return s
}

// form is the folded spelling of token i, "" outside.
func (l *line) form(i int) string {
	if i < 0 || i >= len(l.toks) {
		return ""
	}
	return l.toks[i].form
}

// The signs that Japanese words give, as bits.
const (
	jaFuture = 1 << iota
	jaFirst
	jaRate
	jaMust
	jaDated
	jaPossible
)

// jaSignOf has the words of the signs by their first letter.
var jaSignOf = compileLetters([]hedgeRow{
	{"future", "だろう|でしょう|見通し|見込み|予測され|なりそう"},
	{"first", "我々は|私たちは|私は|われわれは|届ける|約束する"},
	{"rate", "素晴らし|ひどい|最悪|最高の|見事|恥ずべき|影を潜め|残念|疑問を|異例|嘘|大きな問題|良い兆候"},
	{"must", "べきだ|べきで|なければならない|必要がある|てはならない"},
	{"dated", "年|月|曜日|本日|昨日|今日"},
	{"possible", "可能性|かもしれ|恐れがある"},
})

// jaSignBits gives the bit of each sign.
var jaSignBits = map[string]uint8{"future": jaFuture, "first": jaFirst, "rate": jaRate, "must": jaMust,
	"dated": jaDated, "possible": jaPossible}

// letterSigns marks each letter of a Japanese line with the signs of the words
// that begin there.
func (l *line) letterSigns() []uint8 {
	if l.marks == nil {
		l.marks = make([]uint8, len(l.runes))
		for i, r := range l.runes {
			for _, w := range jaSignOf[r] {
				if hasAt(l.runes, i, w.letters) {
					l.marks[i] |= jaSignBits[w.name]
				}
			}
		}
	}
	return l.marks
}

// jaSigns reads the letters of a Japanese piece.
func (l *line) jaSigns(p piece) signs {
	marks, bits, digits := l.letterSigns(), uint8(0), false
	for i := p.start; i < p.end && i < len(marks); i++ {
		bits |= marks[i]
		digits = digits || kindOf(l.runes[i]) == number
	}
	return signs{
		future: bits&jaFuture != 0, first: bits&jaFirst != 0, rate: bits&jaRate != 0, must: bits&jaMust != 0,
		dated: bits&jaDated != 0, possible: bits&jaPossible != 0, number: digits,
	}
}

// meta says whether the piece speaks of the text itself: "the following is the
// full statement".
func (l *line) meta(p piece) bool {
	if strings.HasPrefix(l.lang, "ja") {
		return hasAt(l.runes, p.start, "以下は") || hasAt(l.runes, p.start, "次は")
	}
	first := 0
	for first < len(l.toks) && l.toks[first].start < p.start {
		first++
	}
	switch {
	case l.is(first, "following", "below") || l.is(first, "the") && l.is(first+1, "following") && l.is(first+2, "is",
		"are"):
		return true
	case l.is(first, "فیما") && l.is(first+1, "یلی"), l.is(first, "ادناه"):
		return true
	case l.is(first, "متن") && l.is(first+1, "کامل"), l.is(first, "در") && l.is(first+1, "ادامه", "زیر"):
		return true
	}
	return false
}
