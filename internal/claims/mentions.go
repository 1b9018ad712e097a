package claims

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/auth"
	"claimbench/internal/text"
)

const (
	mostMentions = 50 // people whom one comment names
	longestName  = 160
)

// mentioned finds whom a text names by an @: by the name they sign in with, or by their full name in any script and
// spelling, the longest that fits. What an @ stands before and names nobody, or more than one person, is in unknown.
func mentioned(words string, people []auth.Person) (ids []auth.UserID, unknown []string) {
	named := names(people)
	for i, r := range words {
		if r != '@' && r != '＠' || i > 0 && inAddress(words[i-1]) {
			continue
		}
		rest := words[i+utf8.RuneLen(r):]
		if first, _ := utf8.DecodeRuneInString(rest); !unicode.IsLetter(first) && !unicode.IsDigit(first) {
			continue // an @ of its own
		}
		if id := named.first(rest); id != 0 {
			ids = append(ids, id)
		} else if word := upToSpace(rest); !slices.Contains(unknown, word) {
			unknown = append(unknown, word)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), unknown
}

// inAddress says whether an @ after this byte belongs to an address of electronic mail.
func inAddress(b byte) bool {
	return b < utf8.RuneSelf && (unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b)) ||
		strings.IndexByte("._-+", b) >= 0)
}

// nameTable is who goes by which folded name; 0 for a full name that two people have.
type nameTable struct {
	of      map[string]auth.UserID
	longest []string // the names, the longest first
}

func names(people []auth.Person) nameTable {
	t := nameTable{of: map[string]auth.UserID{}}
	for _, p := range people {
		full := text.Fold(strings.TrimSpace(p.Display))
		if other, taken := t.of[full]; taken && other != p.ID {
			t.of[full] = 0
		} else if full != "" {
			t.of[full] = p.ID
		}
	}
	for _, p := range people { // what somebody signs in with is theirs alone
		t.of[text.Fold(p.Name)] = p.ID
	}
	for name := range t.of {
		t.longest = append(t.longest, name)
	}
	slices.SortFunc(t.longest, func(a, b string) int { return len(b) - len(a) })
	return t
}

// first is who is named at the beginning of a text, 0 for nobody.
func (t nameTable) first(rest string) auth.UserID {
	if end := strings.IndexByte(rest, '\n'); end >= 0 {
		rest = rest[:end]
	}
	if runes := []rune(rest); len(runes) > longestName {
		rest = string(runes[:longestName])
	}
	folded := text.Fold(rest)
	for _, name := range t.longest {
		if after, ok := strings.CutPrefix(folded, name); ok && endsThere(name, after) {
			return t.of[name]
		}
	}
	return 0
}

// endsThere says whether a name that a text begins with is whole: no letter goes on with it, but where the script
// writes words without spaces. A full stop may end the sentence; one inside a longer name does not.
func endsThere(name, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(name)
	next, size := utf8.DecodeRuneInString(after)
	if size == 0 {
		return true
	}
	if next < utf8.RuneSelf {
		if strings.ContainsRune("._-@", next) {
			second, _ := utf8.DecodeRuneInString(after[size:])
			return !unicode.IsLetter(second) && !unicode.IsDigit(second)
		}
		return !unicode.IsLetter(next) && !unicode.IsDigit(next)
	}
	goesOn := unicode.IsLetter(next) || unicode.IsDigit(next)
	return !goesOn || last < utf8.RuneSelf || text.Dense(last) || text.Dense(next)
}

func upToSpace(s string) string {
	if end := strings.IndexFunc(s, unicode.IsSpace); end >= 0 {
		s = s[:end]
	}
	runes := []rune(s)
	return strings.TrimRight(string(runes[:min(len(runes), 40)]), ".,:;!?،؛؟。、)]»”\"'")
}
