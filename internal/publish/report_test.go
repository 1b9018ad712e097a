package publish_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/publish"
)

// TestWordsAreThereInEveryLanguage: no cell of the table is empty, and each says the same names and values.
func TestWordsAreThereInEveryLanguage(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("words.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) != 1+len(publish.Langs()) {
			t.Errorf("line %d has %d cells", i+1, len(cells))
			continue
		}
		for _, cell := range cells[1:] {
			if cell == "" {
				t.Errorf("%s has no words in a language", cells[0])
			}
			if cells[0] != "date" && strings.Count(cell, "{") != strings.Count(cells[1], "{") {
				t.Errorf("%s: %q and %q name other values", cells[0], cells[1], cell)
			}
		}
	}
	for _, r := range rulings() {
		if !strings.Contains(string(b), "\n"+string(r.Reason)+"\t") ||
			!strings.Contains(string(b), "\n"+string(r.Verdict)+"\t") {
			t.Errorf("%s, %s has no words", r.Verdict, r.Reason)
		}
	}
}

// inert refuses what a page of ours must not hold: elements and attributes that run or load something.
func inert(t *testing.T, name string, b []byte) (scripts []string) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script":
			if len(n.Attr) == 0 || n.Attr[0].Val != "application/ld+json" && n.Attr[0].Val != "application/json" {
				t.Errorf("%s: a script: %v", name, n.Attr)
			}
			scripts = append(scripts, n.FirstChild.Data)
		case "img", "iframe", "object", "embed", "link", "form", "base", "svg":
			t.Errorf("%s holds <%s>", name, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" ||
				a.Key == "href" && !strings.HasPrefix(a.Val, "https://") {
				t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
			}
		}
	}
	return scripts
}

// TestReportHoldsEveryWordAndRunsNone, in every language.
func TestReportHoldsEveryWordAndRunsNone(t *testing.T) {
	t.Parallel()
	p := made(t, 40)
	p.Older = []claimset.Set{{ID: 6, N: 1, FrozenAt: p.Set.FrozenAt}}
	p.Was = map[claims.ID]claimset.Ruling{1: {Verdict: claims.Unverified, Reason: "single_origin"}, 99: {}}
	for _, lang := range publish.Langs() {
		b := written(t, p, publish.Options{Format: publish.Report, Lang: lang})
		if scripts := inert(t, lang, b); len(scripts) != 0 {
			t.Errorf("the report has scripts: %q", scripts)
		}
		page := plain(t, b)
		for i := range 40 {
			e := entry(i)
			for _, words := range []string{e.Statement, e.Explanation, e.Quotation.Exact, e.Around.After,
				e.Article.Source} {
				if want := collapsed(words); !strings.Contains(page, want) {
					t.Errorf("%s: %q is not printed", lang, want)
				}
			}
		}
		if !strings.Contains(page, "Editor One") || !strings.Contains(page, p.Set.SHA256) ||
			!strings.Contains(page, "Desk <Nord>") || strings.Contains(page, "ZgotmplZ") {
			t.Errorf("%s lacks who and what", lang)
		}
		if strings.Count(page, map[string]string{"en": "printed this claim as Unverified", "fa": "چاپ کرده بود",
			"ar": "نشر الإصدار", "ja": "としていました"}[lang]) != 1 {
			t.Errorf("%s: the correction is not printed once", lang)
		}
		if out := os.Getenv("CLAIMBENCH_KEEP_REPORTS"); out != "" {
			if err := os.WriteFile(filepath.Join(out, lang+".html"), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	p.Set.People = claimset.Roles
	if b := written(t, p, publish.Options{Format: publish.Report}); bytes.Contains(b, []byte("Editor One")) ||
		!bytes.Contains(b, []byte("Approved by an editor")) {
		t.Error("a set that prints roles names a person")
	}
	p.Set.People = claimset.Nobody
	if b := written(t, p, publish.Options{Format: publish.Report}); bytes.Contains(b, []byte("Approved by")) {
		t.Error("a set that prints nobody says who approved")
	}
}

func TestFragmentCarriesItsJSONLD(t *testing.T) {
	t.Parallel()
	b := written(t, made(t, 40), publish.Options{Format: publish.Fragment})
	scripts := inert(t, "fragment", b)
	if len(scripts) != 40 {
		t.Fatalf("%d scripts", len(scripts))
	}
	for i, s := range scripts {
		if got := parsed[object](t, []byte(s)); got.text("claimReviewed") != entry(i).Statement {
			t.Errorf("%d reviews %q", i, got.text("claimReviewed"))
		}
	}
	one := written(t, made(t, 40), publish.Options{Format: publish.Fragment, Claim: 3, Lang: "fa"})
	if scripts := inert(t, "one", one); len(scripts) != 1 {
		t.Errorf("%d scripts of one claim", len(scripts))
	}
}

// TestWhatAReaderStumblesOn: a rationale that was adopted stands once, a month is said in words, and a text without a
// stated source has the host of its address, which breaks within a line.
func TestWhatAReaderStumblesOn(t *testing.T) {
	t.Parallel()
	p := made(t, 1)
	p.Each = func(do func(claimset.Kept) error) error {
		e := entry(0)
		e.Decision.Rationale = "Seven were charged."
		e.Reviews = []claimset.EntryReview{{Rationale: e.Decision.Rationale}, {Rationale: e.Decision.Rationale}}
		e.Article.Source, e.Article.Byline, e.Article.Published = "", "", "2024-05"
		e.Article.URL = "https://www.example.org/" + strings.Repeat("a", 90)
		k, err := claimset.Keep(e)
		if err != nil {
			return err
		}
		return do(k)
	}
	b := written(t, p, publish.Options{Format: publish.Report, Lang: "en"})
	page := plain(t, b)
	if n := strings.Count(page, "Seven were charged."); n != 1 {
		t.Errorf("the rationale stands %d times", n)
	}
	if !strings.Contains(page, "May 2024") || !strings.Contains(page, "example.org, ") {
		t.Errorf("month or host is missing: %.900s", page)
	}
	if regexp.MustCompile(">[^<>]*a{17}").Match(b) {
		t.Error("an address has no place to break")
	}
}

// plain is the text of a page, its space collapsed.
func plain(t *testing.T, b []byte) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			out.WriteString(n.Data)
		}
	}
	return collapsed(out.String())
}

func collapsed(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u2028", " ", "\u2029", " ").Replace(s)), " ")
}

func TestWorkbookIsReadAgain(t *testing.T) {
	t.Parallel()
	b := written(t, made(t, 60), publish.Options{Format: publish.XLSX})
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for sheet, n := range map[string]int{"Claims": 61, "Evidence": 97} {
		rows, err := f.GetRows(sheet)
		if err != nil || len(rows) != n {
			t.Errorf("%s has %d rows, %v", sheet, len(rows), err)
		}
		if v, err := f.GetSheetView(sheet, 0); err != nil || v.RightToLeft == nil || !*v.RightToLeft {
			t.Errorf("%s does not read from right to left: %v", sheet, err)
		}
		for _, at := range []string{"D9", "B9", "D10"} {
			if formula, err := f.GetCellFormula(sheet, at); err != nil || formula != "" {
				t.Errorf("%s!%s is the formula %q", sheet, at, formula)
			}
		}
	}
	if got, err := f.GetCellValue("Claims", "D8"); err != nil || got != entry(6).Statement {
		t.Errorf("D8 is %q, %v", got, err)
	}
}

// cssEscape is a character of a string of CSS that is written by its number.
var cssEscape = regexp.MustCompile(`\\([0-9a-f]+) `)

// TestRunningHeads: they print the title and the publisher as they are, whatever these hold, and end no style.
func TestRunningHeads(t *testing.T) {
	t.Parallel()
	p := made(t, 1)
	for _, title := range []string{"Budget: what is \"true\"; javascript:x", "</style><script>alert(1)</script>",
		"بودجهٔ ۱۴۰۵: چه می\u200cدانیم؟", `back\slash 'n' }*{ a:url(x) /* -->`, "a\nb"} {
		p.Set.Title, p.Set.Publisher = title, title
		for _, lang := range publish.Langs() {
			page := string(written(t, p, publish.Options{Format: publish.Report, Lang: lang}))
			inert(t, title, []byte(page))
			if strings.Contains(page, "ZgotmplZ") || strings.Count(page, "</style>") != 1 {
				t.Errorf("%q, %s: the style is broken", title, lang)
			}
			style, _, _ := strings.Cut(page, "</style>")
			style = cssEscape.ReplaceAllStringFunc(style, func(s string) string {
				n, _ := strconv.ParseUint(strings.Trim(s, `\ `), 16, 32)
				return string(rune(n))
			})
			if !strings.Contains(style, `content: "`+title+`";`) || !strings.Contains(style, `content: "`+title+" · ") {
				t.Errorf("%q, %s: the running heads are\n%s", title, lang, style[strings.LastIndex(style, "@page"):])
			}
		}
	}
}
