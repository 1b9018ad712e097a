package httpd

import (
	"fmt"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
)

// olderNotes says above a text that it is an older one, or that claims stand in older ones.
func olderNotes(seen desk.Reading) []view.Older {
	if seen.NewestN < 2 {
		return nil
	}
	url := "/articles/" + itoa(seen.Article.ID)
	if !seen.Newest() {
		note := fmt.Sprintf("This is revision %d of %d. New claims are made of the newest one.", seen.Revision.N,
			seen.NewestN)
		return []view.Older{{Note: note, Link: view.Link{URL: url, Word: "Read the newest"}}}
	}
	if seen.Behind == 0 {
		return nil
	}
	note := many(seen.Behind, "claim or candidate stands", "claims and candidates stand") + " in an older revision"
	if seen.Asking > 0 {
		note += ", and " + many(seen.Asking, "asks", "ask") + " a person"
	}
	return []view.Older{{Note: note + ".", Link: view.Link{URL: url + "/revisions", Word: "Show the revisions"}}}
}

// within adds a query to a path that may have one.
func within(path string, pairs ...string) string {
	base, query, has := strings.Cut(path, "?")
	out := withQuery(base, pairs...)
	switch {
	case !has:
		return out
	case out == base:
		return path
	}
	return out + "&" + query
}

// inRevision is where a sentence of an older revision is read.
func inRevision(n articles.ID, sentence, revision int) string {
	return withQuery("/articles/"+itoa(n), "revision", itoa(revision), "sentence", itoa(sentence)) + "#s" +
		itoa(sentence)
}

// passageStands says that a linked passage is of an older text. Its words never change: a person links it anew.
func passageStands(st evidence.Standing, mayUnlink bool) string {
	out := fmt.Sprintf("It stands in revision %d of %d; the newest does not have these words as they are.", st.N, st.Of)
	if mayUnlink {
		out += " Unlink it, and link what stands there now."
	}
	return out
}
