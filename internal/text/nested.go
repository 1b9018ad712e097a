package text

import (
	"fmt"
	"strings"
)

// MostNested is how deep quotes, lists and brackets of Markdown may stand in each other: what is made of them takes
// time by the square of the depth.
const MostNested = 20

// CheckNested refuses Markdown whose quotes, lists or brackets stand deeper in each other than MostNested. It looks at
// each character once, and makes nothing of the text.
func CheckNested(words string) error {
	brackets, n := 0, 0
	for line := range strings.Lines(words) {
		n++
		if marks := marksOf(line); marks > MostNested {
			return fmt.Errorf("line %d begins with %d quotes or lists in each other; use at most %d", n, marks,
				MostNested)
		}
		if strings.TrimSpace(line) == "" {
			brackets = 0 // a link ends with its paragraph
		}
		escaped := false
		for i := range len(line) {
			switch c := line[i]; {
			case escaped:
				escaped = false
			case c == '\\':
				escaped = true
			case c == '[':
				brackets++
			case c == ']':
				brackets = max(0, brackets-1)
			}
			if brackets > MostNested {
				return fmt.Errorf("line %d opens a bracket [ in more than %d others; close some first, or write \\[", n,
					MostNested)
			}
		}
	}
	return nil
}

// marksOf counts the marks of quotes and lists at the beginning of a line, and, before a mark of a list, what it is
// indented by: two columns may be a list more.
func marksOf(line string) (n int) {
	deepest, indent := 0, 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			indent++
		case c == '\t':
			indent += 4
		case c == '>':
			n++
			deepest = max(deepest, n)
		case isRule(line[i:]):
			return deepest
		case isListMark(line[i:]) > 0:
			i += isListMark(line[i:]) - 1
			n++
			deepest = max(deepest, n, indent/2)
		default:
			return deepest
		}
	}
	return deepest
}

// isListMark gives the length of the mark of a list at the beginning of s, without the space behind it; 0: there is
// none.
func isListMark(s string) int {
	n := 0
	for n < len(s) && n < 9 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	marks := "-+*"
	if n > 0 {
		marks = ".)"
	}
	if n >= len(s) || !strings.ContainsRune(marks, rune(s[n])) {
		return 0
	}
	if n++; n < len(s) && !strings.ContainsRune(" \t\r\n", rune(s[n])) {
		return 0
	}
	return n
}

// isRule says whether a rest of a line is a line across the page: *, - or _ three times or more, and nothing else.
func isRule(s string) bool {
	if !strings.ContainsRune("*-_", rune(s[0])) {
		return false
	}
	return strings.Count(s, s[:1]) >= 3 && strings.Trim(s, s[:1]+" \t\r\n") == ""
}
