package model

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"claimbench/internal/text"
)

// leastPiece is how many signs stand together at least where a statement of a script without spaces takes some of its
// sentence and leaves others; mostPieces how many such pieces it has at most.
const (
	leastPiece = 3
	mostPieces = 8
)

// ownWords writes a statement in the words of its sentence: each of its words stands there, in this order, and is
// written as there. false where one does not: then the model wrote other words. What is left out of the sentence is for
// others to judge.
func ownWords(sentence, statement string) (string, bool) {
	if strings.ContainsFunc(statement, unspaced) {
		return piecesOf(norm.NFC.String(sentence), norm.NFC.String(statement))
	}
	there := wordsIn(sentence)
	mine := wordsIn(statement)
	var out strings.Builder
	at, from := 0, 0
	for _, w := range mine {
		for at < len(there) && there[at].folded != w.folded {
			at++
		}
		if at == len(there) || !lightly(sentence, statement[from:w.from]) {
			return "", false
		}
		out.WriteString(statement[from:w.from])
		out.WriteString(sentence[there[at].from:there[at].to])
		from, at = w.to, at+1
	}
	if len(mine) == 0 || !lightly(sentence, statement[from:]) {
		return "", false
	}
	out.WriteString(statement[from:])
	if !quotesHeld(sentence, out.String()) {
		return "", false
	}
	return out.String(), true
}

// lightly says whether what stands between two words of a statement is a space or a sign that its sentence has, too, or
// one that ends or parts a clause.
func lightly(sentence, between string) bool {
	for _, r := range between {
		if !unicode.IsSpace(r) && !strings.ContainsRune(".,،。、·", r) && !strings.ContainsRune(sentence, r) {
			return false
		}
	}
	return true
}

// wordIn is a word or number of a text: where it stands, in bytes, and its folded form.
type wordIn struct {
	from, to int
	folded   string
}

// wordsIn cuts a text into words and numbers. A number keeps its sign, its points and what it is of: −1.5%, $3.
func wordsIn(s string) []wordIn {
	var out []wordIn
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isWordly(r) && !isSigning(s, i) {
			i += size
			continue
		}
		j := i + size
		for j < len(s) {
			r, size := utf8.DecodeRuneInString(s[j:])
			if !isWordly(r) && !unicode.IsMark(r) && !strings.ContainsRune("%٪‰\u200c\u200d", r) && !isJoining(s,
				j, size) {
				break
			}
			j += size
		}
		out = append(out, wordIn{i, j, text.Fold(s[i:j])})
		i = j
	}
	return out
}

// isSigning says whether at i a sign of a number stands before it: a currency, a plus or a minus.
func isSigning(s string, i int) bool {
	r, size := utf8.DecodeRuneInString(s[i:])
	next, _ := utf8.DecodeRuneInString(s[i+size:])
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsDigit(next) && (unicode.Is(unicode.Sc, r) || strings.ContainsRune("+-−", r) && (i == 0 ||
		unicode.IsSpace(before) || before == '('))
}

// isJoining says whether a sign at j, of some bytes, joins what stands around it: the point of a number, an apostrophe
// or hyphen in a word.
func isJoining(s string, j, size int) bool {
	r, _ := utf8.DecodeRuneInString(s[j:])
	before, _ := utf8.DecodeLastRuneInString(s[:j])
	after, _ := utf8.DecodeRuneInString(s[j+size:])
	switch {
	case strings.ContainsRune(".,٫٬/:", r):
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	case strings.ContainsRune("'’-‑", r):
		return isWordly(before) && isWordly(after)
	}
	return false
}

// unspaced says whether a letter is of a script that writes words without spaces.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer,
		unicode.Myanmar)
}

// piecesOf is ownWords where words are not parted: the statement is some pieces of its sentence, in their order.
func piecesOf(sentence, statement string) (string, bool) {
	signs := []rune(strings.TrimRight(statement, "。．. 、,"))
	rest := sentence
	for n := 0; len(signs) > 0; n++ {
		length, at := 0, 0
		for try := len(signs); try > 0; try-- {
			if i := strings.Index(rest, string(signs[:try])); i >= 0 && !cutsNumber(rest, i, string(signs[:try])) {
				length, at = try, i
				break
			}
		}
		if n == mostPieces || length == 0 || length < leastPiece && length < len([]rune(statement)) {
			return "", false
		}
		rest = rest[at+len(string(signs[:length])):]
		signs = signs[length:]
		if len(signs) == 1 && strings.ContainsRune("、。,", signs[0]) {
			break
		}
	}
	if strings.TrimSpace(statement) == "" || !quotesHeld(sentence, statement) {
		return "", false
	}
	return statement, true
}

// cutsNumber says whether a piece at i of a text begins or ends inside a number.
func cutsNumber(s string, i int, piece string) bool {
	return text.Cuts(s[:i], piece) || text.Cuts(piece, s[i+len(piece):])
}

// quotesHeld says whether each quotation of a statement stands in its sentence as a whole, between its marks.
func quotesHeld(sentence, statement string) bool {
	mark := func(r rune) rune {
		if isQuote(r) && r != '\'' && r != '’' {
			return '"'
		}
		return r
	}
	there := strings.Join(strings.Fields(strings.Map(mark, sentence)), " ")
	parts := strings.Split(strings.Map(mark, statement), `"`)
	for i := 1; i < len(parts); i += 2 {
		if i == len(parts)-1 || !strings.Contains(there, `"`+strings.Join(strings.Fields(parts[i]), " ")+`"`) {
			return false
		}
	}
	return true
}
