package worth

import (
	"slices"
	"unicode"

	"claimbench/internal/extract"
)

// Profile is what a candidate shows, packed: its kind, its signs, its length, whether it stands near the beginning, and
// how check-worthy the extractor found it, in steps of five points. 0 is a candidate that nobody has looked at yet.
type Profile int64

// Shown is what a profile is made of.
type Shown struct {
	Kind        string   // as the extractor says it: fact, opinion and so on
	Reasons     []string // the extractor's, in its words
	Hedged      bool     // words of doubt stand over it
	Reported    bool     // somebody other than the article says it
	Words       string   // the stretch of the text, for its length
	Sentence    int      // number of its sentence, from 1
	CheckWorthy int      // 0–100
}

// The layout of a profile, from the lowest bit: check-worthiness, place, length, signs, kind, and a bit that is always
// set.
const (
	worthBits, leadBits, sizeBits, signBits, kindBits = 5, 1, 2, 7, 3

	leadAt = worthBits
	sizeAt = leadAt + leadBits
	signAt = sizeAt + sizeBits
	kindAt = signAt + signBits
	madeAt = kindAt + kindBits

	worthStep = 5
	leadLines = 3
)

// Where a short stretch ends and a long one begins, in letters; a letter of a script without spaces counts two.
const (
	shortWords = 40
	longWords  = 110
)

// sign is a thing that a candidate shows or not, with the reasons of the extractor that say so.
type sign struct {
	word    string
	reasons []string
}

// The signs by their bits. The first two are not reasons of the extractor.
const (
	signHedged = iota
	signReported
)

var signs = [signBits]sign{
	{"words of doubt", nil},
	{"reported", nil},
	{"number", []string{"number"}},
	{"named actor", []string{"named actor"}},
	{"date", []string{"date"}},
	{"public matter", []string{"public matter", "comparison"}},
	{"outside the body", []string{"outside the body"}},
}

// kinds by their numbers; 0 is any other.
var kinds = [1 << kindBits]string{"", "fact", "background", "prediction", "opinion", "pledge", "meta", extract.Speech}

// kindWords say a kind as a reason.
var kindWords = [1 << kindBits]string{"", "", "background", "prediction", "opinion", "pledge",
	"about the text itself", "the saying itself"}

var sizeWords = [3]string{"short", "", "long"}

// Of packs what a candidate shows.
func Of(s Shown) Profile {
	p := Profile(max(0, min(100, s.CheckWorthy)) / worthStep)
	if s.Sentence <= leadLines {
		p |= 1 << leadAt
	}
	p |= Profile(sizeOf(s.Words)) << sizeAt
	for i, g := range signs {
		if i == signHedged && s.Hedged || i == signReported && s.Reported ||
			slices.ContainsFunc(g.reasons, func(r string) bool { return slices.Contains(s.Reasons, r) }) {
			p |= 1 << (signAt + i)
		}
	}
	p |= Profile(max(0, slices.Index(kinds[:], s.Kind))) << kindAt
	return p | 1<<madeAt
}

func sizeOf(words string) int {
	n := 0
	for _, r := range words {
		n++
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			n++
		}
	}
	switch {
	case n < shortWords:
		return 0
	case n < longWords:
		return 1
	}
	return 2
}

// part reads a field of a profile.
func (p Profile) part(at, bits int) int { return int(p>>at) & (1<<bits - 1) }

// made says that p was made by Of; 0 was not.
func (p Profile) made() bool { return p>>madeAt&1 == 1 }

// Valid says that p can be the profile of a candidate.
func (p Profile) Valid() bool {
	return p == 0 || p>>madeAt == 1 && p.part(0, worthBits) <= 100/worthStep &&
		p.part(sizeAt, sizeBits) < len(sizeWords)
}

// features of a model by their places in its weights: check-worthiness, signs, kinds, lengths, place, the constant.
const (
	featureWorth = 0
	featureSigns = 1
	featureKinds = featureSigns + signBits
	featureSizes = featureKinds + 1<<kindBits
	featureLead  = featureSizes + 3
	featureAll   = featureLead + 1
	// Features is how many weights a model has.
	Features = featureAll + 1
)

// featureWords say the features as reasons; "" is none that would help a reader.
func featureWord(f int) string {
	switch {
	case f >= featureSigns && f < featureKinds:
		return signs[f-featureSigns].word
	case f >= featureKinds && f < featureSizes:
		return kindWords[f-featureKinds]
	case f >= featureSizes && f < featureLead:
		return sizeWords[f-featureSizes]
	case f == featureLead:
		return "near the beginning"
	}
	return ""
}

// each calls f with the features that p has and their values: the check-worthiness from −10 (none) to 10, the others 1.
func (p Profile) each(f func(feature, value int)) {
	f(featureAll, 1)
	if !p.made() {
		return // as worthy as any: in the middle
	}
	f(featureWorth, p.part(0, worthBits)-100/worthStep/2)
	for i := range signBits {
		if p.part(signAt+i, 1) == 1 {
			f(featureSigns+i, 1)
		}
	}
	f(featureKinds+p.part(kindAt, kindBits), 1)
	f(featureSizes+p.part(sizeAt, sizeBits), 1)
	if p.part(leadAt, leadBits) == 1 {
		f(featureLead, 1)
	}
}

// has says whether p has a feature that is there or not.
func (p Profile) has(feature int) (there bool) {
	p.each(func(f, _ int) { there = there || f == feature })
	return there
}
