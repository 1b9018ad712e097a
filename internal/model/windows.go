package model

import (
	"unicode/utf8"

	"claimbench/internal/text"
)

// Limits of one window.
const (
	mostSentences = 12
	mostPoints    = 2400 // code points of its own sentences
	mostContext   = 800  // of those before it
	// a longer one is not sent: the rules read it in stretches of this size (extract.windowSize), and what its head
	// says would not govern its end
	mostSentence = 1600
	beside       = 2 // how many sentences before it are sent
)

// window is a stretch of sentences that is sent at once, with some before it to be read beside.
type window struct {
	context, own []text.Sentence
}

// windowsOf cuts a text into windows. Sentences that are too long, are no text or are in parts that nobody checks are
// in none; of those that are too long the numbers are given.
func windowsOf(all []text.Sentence) (out []window, long []int) {
	var now window
	points := 0
	end := func() {
		if len(now.own) > 0 {
			out = append(out, now)
		}
		now, points = window{}, 0
	}
	for i, s := range all {
		switch {
		case s.Span.Len() > mostSentence:
			long = append(long, s.N)
			end()
			continue
		case len(now.own) == mostSentences || points+s.Span.Len() > mostPoints:
			end()
		}
		if len(now.own) == 0 {
			now.context = contextOf(all, i)
		}
		now.own = append(now.own, s)
		points += s.Span.Len()
	}
	end()
	return out, long
}

// contextOf are the sentences before number i that are sent beside it; those follow on each other.
func contextOf(all []text.Sentence, i int) []text.Sentence {
	from, points := i, 0
	for from > 0 && i-from < beside {
		if points += all[from-1].Span.Len(); points > mostContext {
			break
		}
		from--
	}
	return all[from:i]
}

// sentence finds a sentence of its own by its number.
func (w window) sentence(n int) (text.Sentence, bool) {
	for _, s := range w.own {
		if s.N == n {
			return s, true
		}
	}
	return text.Sentence{}, false
}

func (w window) start() int {
	if len(w.context) > 0 {
		return w.context[0].Span.Start
	}
	return w.own[0].Span.Start
}

// words is the text of the window, with what is read beside it.
func (w window) words(d *text.Doc) string {
	return d.Slice(text.Span{Start: w.start(), End: w.own[len(w.own)-1].Span.End})
}

// numbered is a sentence as it is sent.
type numbered struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

func numberedOf(d *text.Doc, all []text.Sentence) []numbered {
	out := make([]numbered, len(all))
	for i, s := range all {
		out[i] = numbered{s.N, d.Slice(s.Span)}
	}
	return out
}

// tokensFor is how long an answer about so many code points may be.
func tokensFor(words string) int { return min(1024+3*utf8.RuneCountInString(words), 8192) }
