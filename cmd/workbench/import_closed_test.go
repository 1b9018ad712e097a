package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/store/storetest"
)

// TestImportOfWhatIsClosed: the command takes the document of a protected article in no more than the pages do, alone
// or among others, which come in.
func TestImportOfWhatIsClosed(t *testing.T) {
	t.Parallel()
	const raw = "On 3 March 2021 the council of Ghent approved 40 grants, the mayor said."
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	editor, dir := w.As("editor-1"), t.TempDir()
	a := w.Article(articles.Import{Lang: "en", URL: "https://paper.example/leak", Raw: raw})
	if _, err := w.Articles.Protect(roomtest.Ctx(), editor, a.Article.ID, a.Article.Version, "at risk"); err != nil {
		t.Fatal(err)
	}
	var files []string
	for name, body := range map[string]string{"1.txt": strings.ReplaceAll(raw, " ", "\n"), "2.txt": "Nobody came.",
		"3.jsonl": `{"text":"Another text is here.","url":"http://www.paper.example/leak/"}` + "\n" +
			`{"text":"Six ships left."}` + "\n"} {
		files = append(files, filepath.Join(dir, name))
		if err := os.WriteFile(files[len(files)-1], []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	cmd := &cobra.Command{}
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	err := importAll(cmd, w.House, editor, articles.Import{Collection: w.Collection.ID, Lang: "auto"}, files, reading{})
	if err == nil || !strings.Contains(err.Error(), "2 of 4 files failed") ||
		strings.Count(out.String(), "article 1, whose source is protected") != 2 {
		t.Errorf("%v\n%s", err, &out)
	}
	if n := w.Count("articles"); n != 3 {
		t.Errorf("%d articles, want 3", n)
	}
}
