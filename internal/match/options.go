package match

import (
	"errors"
	"time"

	"claimbench/internal/text"
)

// Keys is a set of kinds of key, for measuring what each of them buys.
type Keys uint

// The kinds of key that an index can do without.
const (
	KeySound   Keys = 1 << iota // names by how they sound
	KeyStem                     // stems of one script, Latin tokens among them
	KeyNumber                   // numbers and dates
	KeyPlace                    // names of places, peoples and languages
	KeySign                     // the words of signs, from CLDR
	KeyConcept                  // our concept lexicon, and dictionaries that a user added
	KeyGram                     // letters in a row, inside one script
	AllKeys    = KeyGram | KeySound | KeyStem | KeyNumber | KeyPlace | KeySign | KeyConcept
)

// Option changes how an index is made.
type Option func(*Index)

// Only makes an index use some kinds of key and no others.
func Only(keys Keys) Option { return func(ix *Index) { ix.keys = keys } }

// BareTexts makes an index that keeps no texts: queries ask for the few that they need (ProposeFrom).
func BareTexts() Option { return func(ix *Index) { ix.items.bare = true } }

// Patience makes queries wait no longer than so while items are added: then they fail with ErrBusy. One item may be a
// line of megabytes, and take seconds.
func Patience(most time.Duration) Option { return func(ix *Index) { ix.patience = most } }

// ErrBusy is what a query of an index with patience fails with when items were being added all the while.
var ErrBusy = errors.New("items are being added to the index")

// toRead takes the lock of a query; whoever gets it gives it back.
func (ix *Index) toRead() error {
	if ix.patience == 0 {
		ix.mu.RLock()
		return nil
	}
	for until := time.Now().Add(ix.patience); !ix.mu.TryRLock(); time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			return ErrBusy
		}
	}
	return nil
}

// ShareSound says whether two words, of any of the scripts that the sound tables know, share a key by their sound.
func ShareSound(a, b string) bool {
	var keys [2][]string
	for i, w := range []string{a, b} {
		if toks := scan(w, nil); len(toks) > 0 {
			t := toks[0]
			for _, next := range toks[1:] { // a name of several parts is one name
				t.end = next.end
			}
			keys[i] = soundKeys(sounds(text.Fold(w[t.start:t.end]), t.script))
		}
	}
	for _, x := range keys[0] {
		for _, y := range keys[1] {
			if x == y {
				return true
			}
		}
	}
	return false
}
