package claims

import (
	"claimbench/internal/match"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// around is how many code points on either side of a claim's words may hold what its statement says: the sentence that
// it was cut from, and the one before. It bounds the work on a sentence without end.
const around = 2000

// mostLooked is how many code points a claim's words may have for its statement to be compared with them.
const mostLooked = 4 * around

// Unsupported names each number, date, name and negation of a claim's statement that its words in the article do not
// hold, at whichever stretch, and a negation of them that it lost. brackets are those that a person accepted, slice
// gives the article's text around each stretch, as far as it was read. It warns and refuses
// nothing. Of a claim that is withheld, or whose words are very long, it says nothing. Never nil.
func Unsupported(c Claim, brackets []Filling, slice func(text.Span) string) []value.Lack {
	out := []value.Lack{}
	if c.Withheld || c.Exact == "" { // or its words are those of a protected article
		return out
	}
	var words, windows []string
	long := 0
	for _, s := range c.Stretches() {
		if long += s.Len(); long > mostLooked {
			return out
		}
		words = append(words, s.Exact)
		windows = append(windows, slice(text.Span{Start: max(s.Start-around, 0), End: s.End + around}))
	}
	taken := make([]value.Bracket, len(brackets))
	for i, f := range brackets { // a person looked at each and where it came from
		taken[i] = value.Bracket{Text: f.Words, From: f.Words}
	}
	return append(out, value.UnsupportedBy(c.Lang, c.Statement, words, windows, taken, match.NamedIn)...)
}
