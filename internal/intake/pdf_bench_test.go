package intake

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestMain keeps the compiled PDFium where the program does, so that the tests compile it once on a machine.
func TestMain(m *testing.M) {
	if dir, err := os.UserCacheDir(); err == nil {
		KeepPDFium(filepath.Join(dir, "claimbench", "pdfium"))
	}
	code := m.Run()
	StopPDFium()
	os.Exit(code)
}

// pdfTruth are the paragraphs of a text in bench/intake/pdf, by page.
func pdfTruth(t *testing.T, lang string) (paragraphs []string, pages []int) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../../bench/intake/pdf", lang+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	page := 1
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "#"))
		switch {
		case line == "---":
			page++
		case line != "":
			paragraphs, pages = append(paragraphs, strings.TrimPrefix(line, "- ")), append(pages, page)
		}
	}
	return paragraphs, pages
}

// TestPDFBench reads the PDFs that Chromium and LibreOffice made of the texts in bench/intake/pdf: how many paragraphs
// are whole after folding, or else marked as not certain, and whether their quotations are found on their page.
func TestPDFBench(t *testing.T) {
	goals := map[string]int{"en": 100, "ja": 100, "ar": 90, "fa": 80}
	whole, all := map[string]int{}, map[string]int{}
	files, err := filepath.Glob("../../bench/intake/pdf/*.pdf")
	if err != nil || len(files) < 12 {
		t.Fatal(err, files)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.Base(name)
		lang := name[:2]
		d := taken(t, name, raw)
		var have, doubted []string
		for _, p := range d.Parts {
			words := foldQuote(d.Text[p.Start:p.End])
			if have = append(have, words); p.Uncertain {
				doubted = append(doubted, words)
			}
		}
		paragraphs, pages := pdfTruth(t, lang)
		right, marked, found := 0, 0, 0
		for i, p := range paragraphs {
			switch want := foldQuote(p); {
			case slices.Contains(have, want):
				right++
			case lang == "fa" && slices.ContainsFunc(doubted, func(s string) bool { return near(s, want) }):
				marked++
			default:
				t.Logf("%s: not whole: %s", name, p)
			}
			half := string([]rune(p)[:len([]rune(p))/2])
			for _, q := range []string{p, half, strings.TrimPrefix(p, half)} {
				if len([]rune(foldQuote(q))) < 4 { // too little to tell
					found++
					continue
				}
				page, _, ok := PageOf(d, q)
				if ok && page != pages[i] {
					t.Errorf("%s: %q is on page %d, found on %d", name, q, pages[i], page)
				}
				if ok {
					found++
				}
			}
		}
		whole[lang], all[lang] = whole[lang]+right+marked, all[lang]+len(paragraphs)
		t.Logf("%-42s %2d of %d whole, %d marked, %d of %d quotations found, %d paragraphs read", name, right,
			len(paragraphs),
			marked, found, 3*len(paragraphs), len(d.Parts))
		if lang == "en" || lang == "ja" {
			if found != 3*len(paragraphs) || len(d.Parts) != len(paragraphs) {
				t.Errorf("%s: %d of %d quotations, %d paragraphs", name, found, 3*len(paragraphs), len(d.Parts))
			}
		}
	}
	for lang, goal := range goals {
		t.Logf("%s: %d of %d paragraphs", lang, whole[lang], all[lang])
		if whole[lang]*100 < goal*all[lang] {
			t.Errorf("%s: %d of %d paragraphs are whole or marked, want %d %%", lang, whole[lang], all[lang], goal)
		}
	}
}

// near says whether two folded texts have most of their letters in common.
func near(a, b string) bool {
	count := map[rune]int{}
	for _, r := range a {
		count[r]++
	}
	common := 0
	for _, r := range b {
		if count[r] > 0 {
			count[r]--
			common++
		}
	}
	return common*10 > 9*max(len([]rune(a)), len([]rune(b)))
}
