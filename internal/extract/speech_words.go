package extract

import (
	"strings"
	"sync"
	"unicode"

	"claimbench/internal/lang"
)

// speechSense is what a word is to the reader of speech; the rows of speech.tsv give it.
type speechSense uint16

const (
	speechSay       speechSense = 1 << iota // says, said
	speechThat                              // that, dass, что
	speechAccording                         // selon, laut
	speechPost                              // göre, after the name
	speechNeg                               // not, no
	speechDeny                              // denies, refuses
	speechCond                              // if, so that, doubts, rumour
	speechJoin                              // and, but
	speechLead                              // however, at the head
	speechEnd                               // ends a name: a preposition, a day
	speechRel                               // which, who
	speechAs                                // as, before who says it
	speechAux                               // stands between a subject and its verb
	speechMark                              // no word, but a mark
)

var speechKinds = map[string]speechSense{"say": speechSay, "that": speechThat, "according": speechAccording,
	"post": speechPost, "neg": speechNeg,
	"deny": speechDeny, "cond": speechCond, "join": speechJoin, "lead": speechLead,
	"end": speechEnd, "rel": speechRel, "as": speechAs, "aux": speechAux}

// speechWords are the words of speech of one language.
type speechWords struct {
	single  map[string]speechSense
	phrases map[string][]speechPhrase // by first word
	signs   []speechPhrase            // of a language without spaces, longest first
	opens   []string                  // what a word wears that opens the content: שהחברה
	wears   []string                  // what a name wears that is none of it: 장관은
}

type speechPhrase struct {
	words []string
	sense speechSense
}

var speechTables sync.Map // language → func() *speechWords

func speechOf(p *lang.Pack) *speechWords {
	load, ok := speechTables.Load(p.Code)
	if !ok {
		load, _ = speechTables.LoadOrStore(p.Code, sync.OnceValue(func() *speechWords { return loadSpeech(p) }))
	}
	return load.(func() *speechWords)()
}

func loadSpeech(p *lang.Pack) *speechWords {
	s := &speechWords{single: map[string]speechSense{}, phrases: map[string][]speechPhrase{}}
	for _, row := range p.Rows("speech") {
		switch row.Kind {
		case "thatprefix":
			s.opens = append(s.opens, row.Forms...)
			continue
		case "wears":
			s.wears = append(s.wears, row.Forms...)
			continue
		}
		for _, form := range row.Forms {
			words := strings.FieldsFunc(form, func(r rune) bool { return r == ' ' || r == '\'' || r == '’' })
			switch {
			case p.Is(lang.Unspaced):
				s.signs = append(s.signs, speechPhrase{[]string{form}, speechKinds[row.Kind]})
			case len(words) == 1:
				s.single[words[0]] |= speechKinds[row.Kind]
			case len(words) > 1:
				s.phrases[words[0]] = append(s.phrases[words[0]], speechPhrase{words, speechKinds[row.Kind]})
			}
		}
	}
	if p.Code == "zh" {
		for _, w := range strings.Fields(noSpeech) {
			s.signs = append(s.signs, speechPhrase{words: []string{w}})
		}
	}
	return s
}

// noSpeech are Chinese words that end in 据 or begin with 说, and neither name a source nor say anything.
const noSpeech = `数据 证据 收据 票据 单据 论据 凭据 占据 割据 盘据 契据 借据 拮据 笔据 考据 窃据 说明`

// read cuts a line into words and marks and says what each is. Signs of a language without spaces are words by
// themselves, but for those listed together.
func (s *speechWords) read(line []rune) []taggedWord {
	var out []taggedWord
	var forms []string
	for i := 0; i < len(line); {
		if unicode.IsSpace(line[i]) {
			i++
			continue
		}
		start := i
		w := taggedWord{start: start}
		switch r := line[i]; {
		case len(s.signs) > 0 && r >= 0x2E80 && unicode.IsLetter(r):
			n, sense := s.sign(line[i:])
			i, w.is = i+n, sense
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			for i++; i < len(line) && (unicode.IsLetter(line[i]) || unicode.IsDigit(line[i]) ||
				unicode.IsMark(line[i])) &&
				!(len(s.signs) > 0 && line[i] >= 0x2E80); {
				i++
			}
		default:
			i++
			w.is = speechMark
		}
		w.end = i
		out = append(out, w)
		forms = append(forms, strings.ToLower(string(line[start:i])))
	}
	for i := range out {
		out[i].is |= s.single[forms[i]]
		s.markPhrases(out, forms, i)
	}
	for i := range out {
		if out[i].is&speechLead != 0 { // sin embargo denies nothing
			out[i].is &^= speechNeg
		}
	}
	return out
}

// sign gives the longest listed word that the line begins with, or one sign.
func (s *speechWords) sign(line []rune) (int, speechSense) {
	n, sense := 1, speechSense(0)
	for _, p := range s.signs {
		w := []rune(p.words[0])
		if len(w) <= len(line) && len(w) >= n && string(line[:len(w)]) == p.words[0] && !tomorrow(p.words[0], line) {
			n, sense = len(w), p.sense
		}
	}
	return n, sense
}

// tomorrow says whether 说明 at the head of a line is 说 and a day: 说明天, 说明年.
func tomorrow(w string, line []rune) bool {
	return w == "说明" && len(line) > 2 && strings.ContainsRune("天日年晚早", line[2])
}

// markPhrases gives the words of a listed phrase that begins at word i its sense; apostrophes stand between them.
func (s *speechWords) markPhrases(out []taggedWord, forms []string, i int) {
	for _, p := range s.phrases[forms[i]] {
		k, at := 1, i+1
		for k < len(p.words) && at < len(out) {
			if forms[at] == "'" || forms[at] == "’" {
				at++
				continue
			}
			if forms[at] != p.words[k] {
				break
			}
			k, at = k+1, at+1
		}
		if k == len(p.words) {
			for j := i; j < at; j++ {
				out[j].is |= p.sense
			}
		}
	}
}

// bare takes what a name wears off it.
func (s *speechWords) bare(name string) string {
	for _, w := range s.wears {
		if rest, ok := strings.CutSuffix(name, w); ok && rest != "" {
			return rest
		}
	}
	return name
}

// opened is how many code points of a word open the content that it begins, 0 when it does not.
func (s *speechWords) opened(word string) int {
	for _, o := range s.opens {
		if n := len([]rune(o)); strings.HasPrefix(word, o) && len([]rune(word)) >= n+2 {
			return n
		}
	}
	return 0
}

// known says whether the language has words of speech at all.
func (s *speechWords) known() bool { return len(s.single)+len(s.signs) > 0 }
