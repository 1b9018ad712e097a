package fetch

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rules are what a robots.txt says to this program.
type rules struct {
	lines []line
	delay time.Duration // Crawl-delay, which RFC 9309 does not know and sites use all the same; 0 none
}

// line is one Allow or Disallow. Its pattern is normal (see normalPath).
type line struct {
	allow   bool
	pattern string
}

// parseRobots reads a robots.txt as RFC 9309 says: the groups that name the program, joined, or else those of “*”. What
// cannot be read is passed over, line by line; nothing in a file makes all of it void.
func parseRobots(raw []byte) rules {
	text := strings.TrimPrefix(string(raw), "\ufeff")
	var named, any group
	var mine, all, inRules bool
	for l := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		l, _, _ = strings.Cut(l, "#")
		key, value, ok := strings.Cut(l, ":")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if !ok {
			continue
		}
		switch key {
		case "user-agent", "useragent":
			if inRules {
				mine, all, inRules = false, false, false
			}
			token := productToken(value)
			mine, all = mine || token == Token, all || value == "*"
			named.there = named.there || token == Token
			continue
		case "allow", "disallow", "crawl-delay":
			inRules = true
		}
		if mine {
			named.add(key, value)
		}
		if all {
			any.add(key, value)
		}
	}
	if named.there {
		return named.rules
	}
	return any.rules
}

// group is what stands under the names of one program.
type group struct {
	rules
	there bool
}

func (g *group) add(key, value string) {
	switch key {
	case "allow", "disallow":
		if value != "" {
			g.lines = append(g.lines, line{key == "allow", normalPath(value)})
		}
	case "crawl-delay":
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && !math.IsInf(s, 0) {
			g.delay = max(g.delay, time.Duration(min(s, longestWait.Seconds())*float64(time.Second)))
		}
	}
}

// productToken is the name of a program in a line: letters, “_” and “-”, in small letters.
func productToken(value string) string {
	end := strings.IndexFunc(value, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '-')
	})
	if end >= 0 {
		value = value[:end]
	}
	return strings.ToLower(value)
}

// allows says whether a path with its query may be asked for: the longest pattern that fits decides, and Allow before
// Disallow where two are as long. What no line names is allowed.
func (r rules) allows(path string) bool {
	path = normalPath(path)
	longest, may := -1, true
	for _, l := range r.lines {
		if n := len(l.pattern); (n > longest || n == longest && l.allow) && fits(l.pattern, path) {
			longest, may = n, l.allow
		}
	}
	return may
}

// fits says whether a path begins with a pattern, in which “*” stands for anything and “$” at its end for the end of
// the path. It takes time by the product of both at most.
func fits(pattern, path string) bool {
	anchored := strings.HasSuffix(pattern, "$")
	parts := strings.Split(strings.TrimSuffix(pattern, "$"), "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	rest := path[len(parts[0]):]
	for i, p := range parts[1:] {
		if anchored && i == len(parts)-2 {
			return strings.HasSuffix(rest, p)
		}
		at := strings.Index(rest, p)
		if at < 0 {
			return false
		}
		rest = rest[at+len(p):]
	}
	return !anchored || rest == ""
}

// normalPath writes a path so that two that mean the same are the same: letters outside ASCII escaped, escapes of plain
// letters undone, the others in capitals.
func normalPath(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			n, _ := strconv.ParseUint(s[i+1:i+3], 16, 8)
			if plain(byte(n)) {
				b.WriteByte(byte(n))
			} else {
				b.WriteString("%" + strings.ToUpper(s[i+1:i+3]))
			}
			i += 2
		case c <= ' ' || c >= 0x7f:
			b.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(c)|0x100, 16)[1:]))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// plain are the letters that never need an escape (RFC 3986, unreserved).
func plain(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || slices.Contains([]byte("-._~"), c)
}
