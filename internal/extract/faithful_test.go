package extract

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// The generator makes sentences of frame × operator × clause, in which the
// scope is known from the making: whatever a candidate has of the clause, it
// must have the operator's words as well, or a hedge that says them.

// making has the parts of one language: subjects, clauses, frames.
type making map[string][]string

func readMaking(t testing.TB, lang string) making {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "faithful", lang+".tsv"))
	if err != nil {
		t.Fatal(err)
	}
	m := making{}
	for row := range strings.SplitSeq(string(raw), "\n") {
		if kind, text, ok := strings.Cut(row, "\t"); ok && !strings.HasPrefix(row, "#") {
			m[kind] = append(m[kind], text)
		}
	}
	return m
}

// made is one sentence with what is known of it.
type made struct {
	text, clause, frame string
	operator            []string
}

var operatorWords = regexp.MustCompile(`\[([^\]]*)\]`)

// make puts the frames of a kind into their wraps, with every clause.
func (m making) make(kind string) []made {
	var out []made
	n := 0
	for f, frame := range m[kind] {
		slot, clauses := "{p}", m["p"]
		for _, s := range []string{"{v}", "{q}"} {
			if strings.Contains(frame, s) {
				slot, clauses = s, m[strings.Trim(s, "{}")]
			}
		}
		var words []string
		for _, found := range operatorWords.FindAllStringSubmatch(frame, -1) {
			words = append(words, found[1])
		}
		for c, clause := range clauses {
			for w, wrap := range m["wrap"] {
				if (f+c+w)%2 == 1 { // half of them: the others say the same of the rules
					continue
				}
				n++
				s := strings.NewReplacer("[", "", "]", "", slot, clause, "{who}",
					m["who"][n%len(m["who"])]).Replace(frame)
				s = sentenceCase(strings.Replace(wrap, "{s}", s, 1))
				out = append(out, made{text: s, clause: clause, frame: frame, operator: words})
			}
		}
	}
	return out
}

func sentenceCase(s string) string {
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// carrying are the hedges that say what the operator says.
var carrying = map[string]bool{"denied": true, "negated": true, "not confirmed": true, "unknown": true,
	"conditional": true, "counterfactual": true, "false": true, "doubted": true, "rumoured": true, "planned": true,
	"threatened": true, "hoped": true, "demanded": true, "attempted": true, "failed": true, "prevented": true,
	"almost": true, "asked": true, "satire": true, "as if": true, "no evidence": true, "except": true,
	"promised": true, "likely": true, "possible": true}

// reverses says whether a candidate has the clause, or a good part of it,
// without the operator.
func reverses(c Candidate, exact string, m made) bool {
	if !shares(exact, m.clause) && !shares(c.Statement, m.clause) {
		return false
	}
	for _, w := range m.operator {
		if strings.Contains(strings.ToLower(c.Statement), strings.ToLower(w)) ||
			strings.Contains(strings.ToLower(exact), strings.ToLower(w)) {
			return false
		}
	}
	for _, h := range c.Hedge {
		if carrying[h] {
			return false
		}
	}
	return true
}

// shares says whether s has the clause, or is at least a third of it.
func shares(s, clause string) bool {
	s, clause = strings.ToLower(s), strings.ToLower(clause)
	return strings.Contains(s, clause) || strings.Contains(clause, s) && 3*len(s) >= len(clause)
}

// TestFaithful: no candidate of a made sentence says what its operator denies,
// doubts, asks, conditions or plans.
func TestFaithful(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "fa", "ar", "ja"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			all, bad := 0, map[string]int{}
			for _, m := range readMaking(t, lang).make("op") {
				all++
				doc, _, found := extractAll(t, m.text)
				for _, c := range found {
					exact := doc.Slice(c.Span)
					for _, l := range value.Unsupported(lang, c.Statement, []string{exact}, []string{m.text}, nil) {
						if l.Kind != value.LostNegation {
							t.Errorf("%s\n  says «%s»: %s %q is not in its words", m.text, c.Statement, l.Kind, l.Text)
						}
					}
					if reverses(c, exact, m) {
						if bad[m.frame]++; bad[m.frame] == 1 {
							t.Errorf("%s\n  says «%s» by %s %v", m.text, c.Statement, c.Attribution, c.Hedge)
						}
						break
					}
				}
			}
			n := 0
			for _, k := range bad {
				n += k
			}
			t.Logf("%s: %d sentences, %d unfaithful, of %d frames", lang, all, n, len(bad))
		})
	}
}

// TestFaithfulControls: where nothing takes the clause back, a candidate has
// it, and no hedge denies it.
func TestFaithfulControls(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "fa", "ar", "ja"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			all, lost := 0, map[string]int{}
			for _, m := range readMaking(t, lang).make("keep") {
				all++
				doc, _, found := extractAll(t, m.text)
				if !keeps(doc, found, m.clause) {
					if lost[m.frame]++; lost[m.frame] <= 2 {
						t.Errorf("%s\n  gives %s", m.text, statements(found))
					}
				}
			}
			t.Logf("%s: %d sentences, %d frames lost", lang, all, len(lost))
		})
	}
}

// keeps says whether the candidates together have the clause's words, none of
// them denied.
func keeps(doc *text.Doc, found []Candidate, clause string) bool {
	at := strings.Index(doc.Raw(), clause)
	if at < 0 {
		at = strings.Index(doc.Raw(), sentenceCase(clause))
	}
	start := utf8.RuneCountInString(doc.Raw()[:at])
	have := make([]bool, utf8.RuneCountInString(clause))
	for _, c := range found {
		for _, h := range []string{"denied", "negated", "not confirmed", "false", "doubted"} {
			if hasHedge(c.Hedge, h) {
				return false
			}
		}
		for i := max(c.Span.Start, start); i < min(c.Span.End, start+len(have)); i++ {
			have[i-start] = true
		}
	}
	n := 0
	for _, h := range have {
		if h {
			n++
		}
	}
	return 10*n >= 8*len(have)
}

func statements(found []Candidate) string {
	var out []string
	for _, c := range found {
		out = append(out, "«"+c.Statement+"» by "+c.Attribution+" "+strings.Join(c.Hedge, ", "))
	}
	return strings.Join(out, " | ")
}

// TestFaithfulCanFail: without the rule the same sentences are reversed, so the test above tests something.
func TestFaithfulCanFail(t *testing.T) {
	t.Parallel()
	without, err := RulesWithout("faithful")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "fa", "ar", "ja"} {
		all, bad := 0, 0
		for _, m := range readMaking(t, lang).make("op") {
			all++
			doc, err := text.NewDoc(m.text)
			if err != nil {
				t.Fatal(err)
			}
			found, err := without.Extract(context.Background(), Document{Text: doc})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range found {
				if reverses(c, doc.Slice(c.Span), m) {
					bad++
					break
				}
			}
		}
		t.Logf("%s: %d of %d sentences are reversed without the rule", lang, bad, all)
		if bad == 0 {
			t.Errorf("%s: nothing is reversed without the rule", lang)
		}
	}
}
