package httpd

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"claimbench/internal/intake"
)

// TestArticleImportReaders: the forms and the API tell of every reader that the table has, and of nothing else.
func TestArticleImportReaders(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	path := under(d.Collection.ID, "articles")
	for _, page := range []string{path + "/import", fmt.Sprintf("/articles/%d/revisions", fa.Article.ID)} {
		r := d.get("editor-1", page).want(t, http.StatusOK, `accept="`+intake.Accept()+`"`)
		if !strings.Contains(visible(r.body), intake.Words()) {
			t.Errorf("%s does not say what is read:\n%s", page, visible(r.body))
		}
	}
	r := d.do("editor-1", get, path+"/import", "", "", "Accept", "application/json").want(t, http.StatusOK)
	for _, x := range intake.Readers() {
		if !strings.Contains(r.body, `"name":"`+x.Name+`"`) || !strings.Contains(r.body,
			fmt.Sprintf(`"max_bytes":%d`, x.Most)) {
			t.Errorf("programs do not learn of %s: %s", x.Name, r.body)
		}
	}
	// A file is read whatever its name, and a file that is too large is refused with what is taken.
	d.upload("editor-1", path, "notes", []byte("A text of a file without an ending.")).want(t, http.StatusSeeOther)
	d.upload("editor-1", fmt.Sprintf("/articles/%d/revisions", fa.Article.ID), "empty.txt", nil, "version",
		itoa(fa.Article.Version)).want(t, http.StatusUnprocessableEntity, "empty.txt", "is empty")
}

// TestArticleImportOfAPage: a page comes in with what it says of itself; looked at first, it fills the form, says what
// it
// leaves out, and takes in nothing.
func TestArticleImportOfAPage(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path := under(d.Collection.ID, "articles")
	page := `<!doctype html><html lang="en"><head><title>Bread dearer</title><meta property="og:site_name" ` +
		`content="The Sample">` +
		`<meta property="article:published_time" content="2024-05-10T18:04:00Z"><meta name="author" content="Ann ` +
		`Reed">` +
		`<link rel="canonical" href="https://sample.example/bread"></head><body><nav><a href="/">Home of ` +
		`nobody</a></nav><article>` +
		`<h1>Bread dearer by a tenth</h1><p>The price of bread rose by a tenth in a year, the ministry said on ` +
		`Tuesday.</p>` +
		`<p>Bakers do not know why it rose, a spokeswoman of theirs said on the same day.</p></article></body></html>`
	r := d.upload("editor-1", path, "bread.html", []byte(page), "look", "1").want(t, http.StatusOK,
		`value="Bread dearer by a tenth"`, `value="Ann Reed"`, `value="The Sample"`, `value="2024-05-10"`, `value="en"`,
		"Home of nobody", "The price of bread rose")
	if strings.Contains(r.body, "Imported") {
		t.Error("a look took it in")
	}
	d.get("editor-1", path).want(t, http.StatusOK)
	done := d.upload("editor-1", path, "bread.html", []byte(page)).want(t, http.StatusSeeOther)
	d.get("editor-1", done.location).want(t, http.StatusOK, "Bread dearer by a tenth", "The Sample",
		"The price of bread rose")
	// Letters that are not certain are asked about; the answer takes in the file that the page held.
	raw := []byte("Le minist\xe8re a d\xe9clar\xe9 mardi que le prix du pain avait augment\xe9 de 12 % en un an.")
	asked := d.upload("editor-1", path, "pain.txt", raw).want(t, http.StatusUnprocessableEntity, `name="charset"`,
		`value="windows-1252"`, "Le ministère a déclaré", `name="held"`)
	_, held, _ := strings.Cut(asked.body, `name="held" value="`)
	held, _, _ = strings.Cut(held, `"`)
	d.upload("editor-1", path, "", nil, "charset", "windows-1252", "held", held, "held_name",
		"pain.txt").want(t, http.StatusSeeOther)
	// Rows become an article each.
	d.upload("editor-1", path, "rows.csv",
		[]byte("title,text\nOne,The first text of all.\nTwo,The second text of all.\n")).
		want(t, http.StatusSeeOther)
	d.get("editor-1", path).want(t, http.StatusOK, "One", "Two")
}

// TestArticleImportSaysItsCharset: whoever looks at a file first is told as what its letters were read, where that is
// not UTF-8: a person sees at once whether that was right.
func TestArticleImportSaysItsCharset(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	raw, err := charmap.Windows1256.NewEncoder().Bytes([]byte("قال وزير المالية إن الوزارة خسرت 40 مليون يورو. " +
		"ونفى رئيس الوزراء هذه الاتهامات يوم الثلاثاء. وطالبت المعارضة بفتح الحسابات قبل الانتخابات المقبلة."))
	if err != nil {
		t.Fatal(err)
	}
	d.upload("editor-1", under(1, "articles"), "news.txt", raw, "look", "1").want(t, http.StatusOK,
		"Its letters were read as windows-1256.", "قال وزير المالية")
	body := d.upload("editor-1", under(1, "articles"), "news.txt", []byte("The ministry lost it."), "look", "1").body
	if strings.Contains(body, "Its letters") {
		t.Error("a file in UTF-8 is said to be of another charset")
	}
}
