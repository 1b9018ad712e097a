package publish

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// token is a tag or a text of a page, as it is written, and where it stands: the mark of the element that it is in.
type token struct{ raw, place string }

// tokensOf reads a part of a page.
func tokensOf(part []byte) (all []token) {
	z := html.NewTokenizer(bytes.NewReader(part))
	var open []string
	place := func() string {
		for i := len(open) - 1; i >= 0; i-- {
			if open[i] != "" {
				return open[i]
			}
		}
		return "the page"
	}
	for {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case html.ErrorToken:
			if raw != "" {
				all = append(all, token{raw, place()})
			}
			return all
		case html.StartTagToken:
			t := z.Token()
			if isVoid(t.Data) {
				all = append(all, token{raw, place()})
				continue
			}
			open = append(open, markOf(t))
			all = append(all, token{raw, place()})
		case html.EndTagToken:
			all = append(all, token{raw, place()})
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		default:
			all = append(all, token{raw, place()})
		}
	}
}

// markOf names an element by what it prints; "" it says nothing.
func markOf(t html.Token) string {
	var mark, of string
	for _, a := range t.Attr {
		switch a.Key {
		case "data-f", "data-l", "data-m", "data-x", "data-k":
			mark = a.Val
		case "data-of":
			of = a.Val
		case "data-free":
			mark = "other versions"
		case "id":
			if mark == "" {
				mark = map[string]string{"proof": "its proof", "check": "how to check it"}[a.Val]
			}
		}
	}
	switch {
	case mark != "":
		return of + mark
	case t.Data == "style":
		return "the style sheet"
	case t.Data == "script" && len(t.Attr) == 0:
		return "the script"
	case t.Data == "script":
		return "its proof"
	case t.Data == "title", t.Data == "head", t.Data == "html", t.Data == "body":
		return t.Data
	}
	return ""
}

// Bounds of a comparison.
const (
	mostDiffers = 10  // that are named in one part
	farthest    = 200 // tokens that are looked through for where two parts go on alike
)

// differ names where a part of a page is not what it has to be.
func differ(found, want []byte, say func(place, says string)) {
	a, b := tokensOf(found), tokensOf(want)
	i, j, n := 0, 0, 0
	for i < len(a) || j < len(b) {
		if i < len(a) && j < len(b) && a[i].raw == b[j].raw {
			i, j = i+1, j+1
			continue
		}
		if n++; n > mostDiffers {
			say("the page", "and more")
			return
		}
		di, dj := together(a[i:], b[j:])
		is, has := joined(a[i:i+di]), joined(b[j:j+dj])
		var at string
		switch {
		case dj > 0:
			at = b[j].place
		case j > 0:
			at = b[j-1].place
		default:
			at = "the page"
		}
		say(at, apart(is, has))
		i, j = i+di, j+dj
	}
}

// together is after how many tokens two rows go on alike.
func together(a, b []token) (int, int) {
	alike := func(i, j int) bool {
		for k := range 2 {
			if i+k == len(a) && j+k == len(b) {
				return true
			}
			if i+k >= len(a) || j+k >= len(b) || a[i+k].raw != b[j+k].raw {
				return false
			}
		}
		return true
	}
	for d := 1; d <= farthest; d++ {
		for i := 0; i <= d; i++ {
			if i <= len(a) && d-i <= len(b) && alike(i, d-i) {
				return i, d - i
			}
		}
	}
	return len(a), len(b)
}

func joined(all []token) string {
	var b strings.Builder
	for _, t := range all {
		b.WriteString(t.raw)
	}
	return b.String()
}

// apart says how two stretches of a page differ.
func apart(is, has string) string {
	switch {
	case has == "":
		return fmt.Sprintf("%q was added", clip(is, 0))
	case is == "":
		return fmt.Sprintf("%q is missing", clip(has, 0))
	}
	at := 0
	for at < len(is) && at < len(has) && is[at] == has[at] {
		at++
	}
	return fmt.Sprintf("it is %q, and has to be %q", clip(is, at), clip(has, at))
}

// clip gives some characters of a text around a byte of it.
func clip(s string, at int) string {
	from := max(0, at-20)
	for from > 0 && from < len(s) && !utf8.RuneStart(s[from]) {
		from--
	}
	r := []rune(s[from:min(len(s), from+600)])
	out := string(r[:min(len(r), 90)])
	if from > 0 {
		out = "…" + out
	}
	if len(r) > 90 {
		out += "…"
	}
	return out
}
