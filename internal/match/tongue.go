package match

import (
	"slices"
	"strings"
)

// French, German and Spanish are written in the letters of English, and many of their words are English words that say
// something else: die, war, son, pour. What the lexicon knows of them counts in their own texts only, which are known
// by their small words.

// tongue is a language of Latin letters whose words are guests among the English ones; noTongue is any other.
type tongue byte

const (
	noTongue tongue = iota
	french
	german
	spanish
	ownTongues // those before have words; the rest are told apart so that they are not taken for one of them
)

// tongueLangs are the columns of their words in joined/, and the languages of the sets of small words below.
var tongueLangs = [...]string{french: "fr", german: "de", spanish: "es"}

// smallWords are the words by which a text is known, and which say nothing in it.
var smallWords = [...]string{
	french: "le la les l un une des du de d et ou mais à au aux en dans par pour sur sous avec sans chez " +
		"vers entre contre depuis pendant lors selon que qui dont où ce cet cette ces son sa ses leur " +
		"leurs il elle ils elles on nous vous je tu se s ne n pas plus moins très tout tous toute toutes " +
		"même aussi comme est sont était étaient été être sera seront a ont avait avaient avoir aura " +
		"fait faire faisant y ainsi après avant lui eux autre autres qu jusqu afin",
	german: "der die das den dem des ein eine einen einem einer eines und oder aber sondern in im an am " +
		"auf aus bei beim mit nach von vom vor zu zum zur für über unter um durch gegen ohne bis " +
		"seit während wegen ist sind war waren wird werden wurde wurden worden hat haben hatte hatten " +
		"sein kann können soll sollen will wollen muss müssen darf als wie wenn dass ob weil auch nur " +
		"noch schon nicht kein keine keinen keinem keiner er sie es wir ihr ihn ihm ihnen sich man dies " +
		"diese dieser dieses welche was wer wo da hier dort dann mehr sehr so ab laut etwa rund drei zwei " +
		"aller alle",
	spanish: "el la los las un una unos unas de del al a ante con contra en entre hacia hasta para por según " +
		"sin sobre tras y e o u pero sino que quien cual cuyo donde cuando como si no ni se su sus lo " +
		"mi es son era eran fue fueron ser será está están estaba ha han había haber más " +
		"menos muy ya también todo todos toda todas este esta estos estas ese esa esos esas otro otra " +
		"otros otras",
	ownTongues: "the of and to in is are was were for that with on at by from has have had be been it its an a as " +
		"not this will would their they he his she her who which after more than said about into over", // English
	ownTongues + 1: "o os do da dos das no na nos nas em um uma é ao aos à às foi com para pelo pela não mais que " +
		"de e são ser tem se por", // Portuguese
	ownTongues + 2: "il lo gli di del della dei delle dell al alla che non è per con sono un una nel nella da ha si " +
		"le la in e più dal dalla", // Italian
	ownTongues + 3: "de het een van en in is dat op te zijn voor met niet aan er maar om ook als dan " +
		"werd door", // Dutch
	ownTongues + 4: "och att det som en på är av för med den till inte har de ett om og af ikke et er fra han var",
	ownTongues + 5: "yang dan di dari ke dengan untuk pada ini itu tidak akan dalam oleh bir ve bu için ile da de",
	ownTongues + 6: "w z na i do nie się jest że o od po za przez dla oraz a și în la pe cu din este că de o",
}

// foreignWord is what a small word weighs for each language: two when no other has it.
type foreignWord [len(smallWords)]uint8

// longestSmall is the bytes of the longest word by which a text is known.
const longestSmall = 9

var knownBy, silentIn = func() (map[string]foreignWord, [ownTongues]map[string]bool) {
	all, silent := map[string]foreignWord{}, [ownTongues]map[string]bool{}
	for t, list := range smallWords {
		if t < int(ownTongues) {
			silent[t] = map[string]bool{}
		}
		for _, w := range strings.Fields(list) {
			if t < int(ownTongues) {
				silent[t][foldLatin(w)] = true
			}
			known := all[w]
			known[t] = 1
			all[w] = known
		}
	}
	for w, known := range all {
		if i := slices.Index(known[:], 1); !slices.Contains(known[i+1:], 1) {
			known[i] = 2 // only this language has it
			all[w] = known
		}
	}
	return all, silent
}()

// tongueOf knows a text by its small words: two at least, or one that only one language has, and more than any other
// language has there.
func tongueOf(s string, toks []token) tongue {
	var sums foreignWord
	var small [longestSmall]byte
	for _, t := range toks {
		if t.script != scriptLatin || t.end-t.start > longestSmall {
			continue
		}
		word := small[:copy(small[:], s[t.start:t.end])]
		for i, c := range word {
			if c >= 'A' && c <= 'Z' {
				word[i] = c + 'a' - 'A'
			}
		}
		if weights, there := knownBy[string(word)]; there {
			for i, w := range weights {
				sums[i] = min(sums[i]+w, 100)
			}
		}
	}
	best, tie := 0, false
	for i, sum := range sums {
		switch {
		case sum > sums[best]:
			best, tie = i, false
		case sum == sums[best] && i != best:
			tie = true
		}
	}
	if best >= int(ownTongues) || tie || sums[best] < 2 {
		return noTongue
	}
	return tongue(best)
}

// in marks a word as one of a tongue, for what remembers words by how they are written.
func (t tongue) in(raw string) string { return string(rune(t)) + raw }

// tongueIn takes the mark off.
func tongueIn(raw string) (tongue, string) {
	if raw != "" && raw[0] < byte(ownTongues) {
		return tongue(raw[0]), raw[1:]
	}
	return noTongue, raw
}
