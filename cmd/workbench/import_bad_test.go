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

// TestImportOfBadFiles: the command says of each of many files what became of it, goes on after a bad one, and fails in
// the end.
func TestImportOfBadFiles(t *testing.T) {
	t.Parallel()
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	dir := t.TempDir()
	var files []string
	refused := 0
	for _, f := range roomtest.BadFiles() {
		name := filepath.Join(dir, f.Name)
		if err := os.WriteFile(name, f.Raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if files = append(files, name); f.Refused != "" {
			refused++
		}
	}
	letter, feed := filepath.Join(dir, "letter.eml"), filepath.Join(dir, "news.rss")
	for name, raw := range map[string][]byte{letter: roomtest.MailInMail(), feed: roomtest.EndlessFeed(1001)} {
		if err := os.WriteFile(name, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	cmd := &cobra.Command{}
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	err := importAll(cmd, w.House, w.As("editor-1"), articles.Import{Collection: w.Collection.ID, Lang: "auto"},
		append(files, letter, feed), reading{})
	if err == nil || !strings.Contains(err.Error(), "files failed, as said above") {
		t.Errorf("%v", err)
	}
	for _, f := range roomtest.BadFiles() {
		if f.Refused != "" && !strings.Contains(out.String(), f.Refused) {
			t.Errorf("%s: %q is not said", f.What, f.Refused)
		}
	}
	for _, says := range []string{"which has not come yet", "macros. They were not run", "It is in two languages",
		"the first 1000 were read"} {
		if !strings.Contains(out.String(), says) {
			t.Errorf("%q is not said", says)
		}
	}
	if n, want := w.Count("articles"), len(files)-refused+3+1000; n != want {
		t.Errorf("%d articles, want %d\n%s", n, want, out.String()[:min(out.Len(), 4000)])
	}
}
