package model

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"claimbench/internal/fault"
	"claimbench/internal/lang"
	"claimbench/internal/match"
	"claimbench/internal/text"
)

// Glossing is the version of what is taken as a gloss, kept with each.
const Glossing = "1"

// Limits of glosses, in code points.
const (
	MostGlossed = 2000 // of what is sent, and of a gloss
	mostLonger  = 6    // so many times longer than its source a gloss is at most,
	mostBeside  = 200  // and this
	fewLetters  = 40   // with fewer letters, languages of one script are not told apart
)

// Glossed is a gloss, or why there is none.
type Glossed struct {
	Words   string
	Notes   []string // what it and its source do not say alike
	Made    Made
	Refused *Refusal
}

// Gloss asks for some words in another language. What is no gloss of them is refused; a server that fails is an error.
func (v *Voices) Gloss(ctx context.Context, of Worded, to string, spend Spend) (out Glossed, err error) {
	defer fault.In(&err, "model.Gloss(%s to %s)", of.Lang, to)
	if n := len([]rune(of.Words)); n > MostGlossed || text.Blank(of.Words) {
		out.Refused = &Refusal{Why: Long, What: fmt.Sprintf("%d characters", n)}
		return out, nil
	}
	type one struct {
		Claim int    `json:"claim"`
		Words string `json:"words"`
	}
	var got struct {
		Claims []one `json:"claims"`
	}
	data := map[string]any{"from": of.Lang, "to": to, "claims": []one{{1, of.Words}}}
	out.Made, out.Refused, err = v.put(ctx, gloss, "gloss "+Glossing, data, Ask{Name: "gloss", Schema: glossSchema,
		Tokens: tokensFor(of.Words)}, &got, spend)
	if err != nil || out.Refused != nil {
		return out, err
	}
	if len(got.Claims) != 1 || got.Claims[0].Claim != 1 {
		out.Refused = &Refusal{Why: Unreadable, What: "It is not one gloss of the one text that was sent."}
		return out, nil
	}
	words := strings.TrimSpace(got.Claims[0].Words)
	why, what := NoGloss(of, words, to)
	if why == "" {
		why, what, out.Notes = GlossDiffers(match.Item{Lang: of.Lang, Text: of.Words}, match.Item{Lang: to,
			Text: words})
	}
	if why != "" {
		out.Notes, out.Refused = nil, &Refusal{Statement: shown(words), Why: why, What: shown(what)}
		return out, nil
	}
	out.Words = words
	return out, nil
}

var glossSchema = object(`"claims":` + list(object(`"claim":{"type":"integer"},"words":{"type":"string"}`)))

// NoGloss says why some words of a model or a machine are no gloss of others, whatever they say; "" they may be one.
func NoGloss(of Worded, words, to string) (Why, string) {
	n := len([]rune(words))
	switch {
	case text.Blank(words):
		return NoWords, ""
	case n > MostGlossed || n > mostLonger*len([]rune(of.Words))+mostBeside:
		return NoWords, fmt.Sprintf("It has %d characters, its source %d.", n, len([]rune(of.Words)))
	case strings.ContainsFunc(words, broken):
		return NoWords, "It is not one line."
	}
	if err := text.CheckTyped("gloss", words); err != nil {
		return NoWords, err.Error()
	}
	for _, m := range page.FindAllString(words, -1) {
		if !strings.Contains(of.Words, m) {
			return Language, m
		}
	}
	switch {
	case repeats(of.Words, words):
		return Language, "It repeats what was sent."
	case !isIn(words, to):
		return Language, "It reads as " + text.Detect(words) + "."
	}
	return "", ""
}

// leastRepeated is how many words a gloss has at least that is taken for its source where some differ: names are the
// same in many languages.
const leastRepeated = 5

// repeats says whether a gloss is its source once more: its words, or four of five of them in their order.
func repeats(source, gloss string) bool {
	own, theirs := letterWords(source), letterWords(gloss)
	if strings.Join(own, " ") == strings.Join(theirs, " ") {
		return true
	}
	same, at := 0, 0
	for _, w := range theirs {
		if i := slices.Index(own[at:], w); i >= 0 {
			same, at = same+1, at+i+1
		}
	}
	return len(theirs) >= leastRepeated && 5*same >= 4*len(theirs)
}

// broken says whether a letter ends a line.
func broken(r rune) bool { return strings.ContainsRune("\n\r\t\v\f\u0085\u2028\u2029", r) }

// isIn says whether some words are in a language, as far as so many words tell.
func isIn(words, tag string) bool {
	got, _, _ := strings.Cut(text.Detect(words), "-")
	want, _, _ := strings.Cut(tag, "-")
	if got == want {
		return true
	}
	letters := 0
	for _, r := range words {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	here, there := lang.Of(got), lang.Of(want)
	if !there.Known { // what nobody can tell is for people to see
		return true
	}
	return letters > 0 && letters < fewLetters && here.Known && there.Known && here.Script == there.Script
}
