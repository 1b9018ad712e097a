package httpd

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

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

// TestArticleImportOfAFile: a program's file comes in at once, with what it says of itself; rows become an article
// each.
func TestArticleImportOfAFile(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path := under(d.Collection.ID, "articles")
	done := d.upload("editor-1", path, "bread.html", []byte(breadPage)).want(t, http.StatusSeeOther)
	d.get("editor-1", done.location).want(t, http.StatusOK, "Bread dearer by a tenth", "The Sample",
		"The price of bread rose")
	raw := []byte("Le minist\xe8re a d\xe9clar\xe9 mardi que le prix du pain avait augment\xe9 de 12 % en un an.")
	d.upload("editor-1", path, "pain.txt", raw).want(t, http.StatusUnprocessableEntity, "windows-1252")
	d.upload("editor-1", path, "pain.txt", raw, "charset", "windows-1252").want(t, http.StatusSeeOther)
	d.upload("editor-1", path, "rows.csv",
		[]byte("title,text\nOne,The first text of all.\nTwo,The second text of all.\n")).
		want(t, http.StatusSeeOther)
	d.get("editor-1", path).want(t, http.StatusOK, "One", "Two")
}
