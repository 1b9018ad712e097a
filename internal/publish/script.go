package publish

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"claimbench/internal/text"
)

// The script of a report is its own check: what the page has to be, and whether it is that.
//
//go:embed check_page.js
var checkPageJS string

//go:embed check_proof.js
var checkProofJS string

//go:embed check.js
var checkJS string

// script is the script of every report of this program.
type script struct {
	text   string
	policy string // the content policy that a report carries in itself: it loads nothing, and runs this alone
	form   string // names what the reports of this program look like
}

// bound is what the script knows of every report, so that it takes nothing of it from the file: hashes of the words and
// of the style sheet in each language, of the fonts, and the languages that are written from right to left.
type bound struct {
	Form   string            `json:"form"`
	Words  map[string]string `json:"words"`
	Styles map[string]string `json:"styles"`
	// of the licences and of the rule of each font, in their order, 12 bytes in base64
	Fonts []string `json:"fonts"`
	RTL   []string `json:"rtl"`  // languages
	Base  []string `json:"base"` // languages, whatever stands behind a hyphen
}

// checkScript makes the script. Where the fonts cannot be read it has none, as the reports.
var checkScript = sync.OnceValue(func() script {
	b := bound{Words: map[string]string{}, Styles: map[string]string{}, Fonts: []string{}}
	for _, lang := range Langs() {
		w := wordsIn(lang)
		b.Words[lang], b.Styles[lang] = hashOfWords(w), hashOf(plainStyle(w))
	}
	faces, _ := fontFaces()
	b.Fonts = append(b.Fonts, shortHash(fontLicences))
	for _, f := range faces {
		rule, err := f.css()
		if err != nil {
			continue // which the writer of a report tells
		}
		b.Fonts = append(b.Fonts, shortHash(rule))
	}
	b.RTL, b.Base = fromTheRight()
	known, err := json.Marshal(b)
	if err != nil {
		panic("publish: a list of hashes is JSON: " + err.Error())
	}
	of := sha256.Sum256([]byte(ReportForm() + checkPageJS + checkProofJS + checkJS + string(known)))
	b.Form = hex.EncodeToString(of[:8])
	known, _ = json.Marshal(b) // as before
	s := script{form: b.Form, text: strings.Replace(checkPageJS+checkProofJS+checkJS, "BOUND", string(known), 1)}
	h := sha256.Sum256([]byte(s.text))
	s.policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src 'sha256-" +
		base64.StdEncoding.EncodeToString(h[:]) + "'; base-uri 'none'; form-action 'none'"
	return s
})

func hashOf(s string) string {
	h := sha256.Sum256([]byte(s))
	return base64.StdEncoding.EncodeToString(h[:])
}

// shortHash is of those of which there are hundreds.
func shortHash(s string) string {
	h := sha256.Sum256([]byte(s))
	return base64.StdEncoding.EncodeToString(h[:12])
}

// hashOfWords is of a line for each key, in the order of JSON.
func hashOfWords(w wording) string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(w.by)) {
		b.WriteString(key + "\t" + w.by[key] + "\n")
	}
	return hashOf(b.String())
}

// plainStyle is the style sheet of a report in a language, without its running heads and its fonts.
func plainStyle(w wording) string {
	s := sheet{Print: &Print{}, places: newPlaces(false), W: w, Running: "1", RunningSet: "2"}
	var b bytes.Buffer
	if err := reportPage.ExecuteTemplate(&b, "head", s); err != nil {
		panic("publish: the head of a report: " + err.Error())
	}
	_, style, _ := strings.Cut(b.String(), "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	for _, head := range []string{s.Running, s.RunningSet} {
		rule := fmt.Sprintf("content: %s; direction: %s;", cssString(head), firstDir(head))
		style = strings.Replace(style, rule, "", 1)
	}
	return style
}

// fromTheRight are the languages that are written from right to left: those of which no other is known by what stands
// behind a hyphen, and those that are so whatever stands there.
func fromTheRight() (exact, base []string) {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	try := func(code string) {
		if text.DirOf(code+"-x") == text.RTL {
			base = append(base, code)
		} else if text.DirOf(code) == text.RTL {
			exact = append(exact, code)
		}
	}
	for _, a := range letters {
		for _, b := range letters {
			try(string(a) + string(b))
			for _, c := range letters {
				try(string(a) + string(b) + string(c))
			}
		}
	}
	return exact, base
}
