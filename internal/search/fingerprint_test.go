package search

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the fingerprint of the term maker as it is now")

// layout is raised when the rows of the index change their meaning.
const layout = "3"

// TestFingerprint: the fingerprint that the program carries is that of its term maker: a hash over the terms of every
// letter, digit and mark of the basic plane, between letters and alone, and of some phrases. When the term maker has
// changed on purpose, run go test ./internal/search -run TestFingerprint -update: indexes are then made anew.
func TestFingerprint(t *testing.T) {
	t.Parallel()
	h := sha256.New()
	h.Write([]byte(layout))
	var b strings.Builder
	for r := rune(0x20); r < 0xFFFE; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		b.WriteString("a" + string(r) + "b " + string(r) + "\n")
	}
	b.WriteString("news וממשלה новости चुनावों ")
	b.WriteString("ایمیل\u200cهای مکرون المدرسة DCLeaks.com don't 諜報機関はロシア 3,000 ٢٥٫٥ été ﬁn Ⅳ ｶﾞ")
	terms := indexTerms(b.String())
	for _, t := range append(terms, stemsOf(terms)...) {
		h.Write([]byte(t))
		h.Write([]byte{0})
	}
	now := hex.EncodeToString(h.Sum(nil)[:16])
	if *update {
		if err := os.WriteFile("fingerprint.txt", []byte(now+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if fingerprint() != now {
		t.Errorf("the program carries %s, but its term maker is %s", fingerprint(), now)
	}
}
