package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
)

// TestTheReaderWarnsOfWrappedLines: whoever may add a text sees that lines end in the middle of sentences, and joins
// them by one button; after that nothing is warned of.
func TestTheReaderWarnsOfWrappedLines(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	in := d.Article(articles.Import{Lang: "en", Raw: "The river rose by two metres on Sunday night and the\n" +
		"mayor closed every school in the valley until the\nwater has gone back and the bridges are\nopen again."})
	url, warning := "/articles/"+itoa(in.Article.ID), "lines that end in the middle of a sentence"
	d.get("editor-1", url).want(t, http.StatusOK, warning, `name="join"`)
	if page := d.get("reviewer-1", url).want(t, http.StatusOK); strings.Contains(page.body, warning) {
		t.Error("a reviewer, who cannot join the lines, is told to")
	}
	d.form("editor-1", url+"/revisions", "version", "1", "join", "1").want(t, http.StatusSeeOther)
	if page := d.get("editor-1", url).want(t, http.StatusOK); strings.Contains(page.body, warning) {
		t.Error("the joined text is warned of")
	}
}

// TestTheLanguageIsCorrected by its form, and a wrong tag comes back with what was typed.
func TestTheLanguageIsCorrected(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	in := d.Article(articles.Import{Lang: "ar", Raw: "پل دهم تا شب باز ماند."})
	url := "/articles/" + itoa(in.Article.ID)
	d.get("editor-1", url).want(t, http.StatusOK, "Arabic, right to left", "Correct the language")
	d.form("editor-1", url+"/revisions", "version", "1", "lang", "Persian!").want(t, http.StatusUnprocessableEntity,
		"“Persian!” is no language tag")
	d.form("editor-1", url+"/revisions", "version", "1", "lang", "fa", "text", "Another text.").want(t,
		http.StatusUnprocessableEntity, "one of the three at a time", "Another text.")
	d.form("editor-1", url+"/revisions", "version", "1", "lang", "fa").want(t, http.StatusSeeOther)
	d.get("editor-1", url).want(t, http.StatusOK, "Persian, right to left")
}
