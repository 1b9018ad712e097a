package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"claimbench/internal/claimset"
	"claimbench/internal/history"
	"claimbench/internal/proof"
)

// TestVerifyRefusals: what cannot be read, and a page that is no report, is said with 2, and what is no bundle with 1,
// as is a report whose proof was taken out; none asks for a database.
func TestVerifyRefusals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, data string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	words := write("words.zip", "no zip at all")
	page := write("page.html", "<!doctype html>\n<p>No report.</p>\n")
	stripped := write("stripped.html", "<!doctype html>\n<article class=\"claim\" id=\"claim-1\">\n<p>True.</p>\n"+
		"</article>\n")
	other := filepath.Join(dir, "other.zip")
	f, err := os.Create(other)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	if _, err := z.Create("more"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{proof.ExitNotChecked, "cannot be read", []string{filepath.Join(dir, "none.zip")}},
		{proof.ExitNotChecked, "neither a public key", []string{words, "--key", "x"}},
		{proof.ExitNotChecked, "neither the public key of a witness", []string{words, "--witness", "x"}},
		{proof.ExitNotChecked, "not a checkpoint", []string{words, "--checkpoint", words}},
		{proof.ExitTampered, "the file: it is no whole zip file", []string{words}},
		{proof.ExitNotChecked, "it is not a report", []string{page}},
		{proof.ExitTampered, "it is no report that carries a proof", []string{stripped}},
		{exitUsage, "name that by --key", []string{words, "--status", words}},
		{exitUsage, "name that by --status", []string{words, "--known", words}},
		{proof.ExitNotChecked, "neither a public key", []string{words, "--key", "x", "--status", words}},
		{proof.ExitTampered, "it holds 1 files, and a bundle 8", []string{other}},
	} {
		code, out := workbench(append([]string{"verify"}, c.args...)...)
		if code != c.code || !strings.Contains(out, c.says) {
			t.Errorf("verify %v: exit %d, want %d saying %q\n%s", c.args, code, c.code, c.says, out)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 4 {
		t.Errorf("verify left %v, %v", files, err)
	}
}

// TestVerifySaysWhatBecame: of each claim of a bundle the list says what became of it; a list that cannot be believed,
// or is of something else, is refused with 1, and of one that does not say nothing was checked.
func TestVerifySaysWhatBecame(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key, err := history.OpenKey(filepath.Join(dir, "log.key"))
	if err != nil {
		t.Fatal(err)
	}
	verifiers, err := publicKeys([]string{key.Public()})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC().Truncate(time.Second)
	for name, text := range map[string]string{"first": signedList(t, key, 1, now), "second": signedList(t, key, 2, now),
		"old":    signedList(t, key, 3, now.Add(-8*24*time.Hour)),
		"forged": strings.Replace(signedList(t, key, 2, now), "withdrawn", "valid", 1)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	hash := strings.Repeat("ab", 32)
	bundle := func(set claimset.ID, sha256, origin string, printed ...int64) proof.Result {
		return proof.Result{Set: int64(set), SHA256: sha256, Origin: origin, Printed: printed}
	}
	whole := bundle(7, hash, key.Origin(), 41, 42)
	for _, c := range []struct {
		list string
		of   proof.Result
		code int
		says string
	}{
		{"second", whole, 0, "  claim 41: valid\n  claim 42: withdrawn\n"},
		{"first", whole, 1, "somebody shows an old one"},
		{"old", whole, 1, "Ask for the newest"},
		{"forged", whole, 1, "changed after it was signed"},
		{"none", whole, 2, "There is no file"},
		{"second", bundle(8, hash, key.Origin(), 41), 2, "does not have set 8"},
		{"second", bundle(7, strings.Repeat("cd", 32), key.Origin(), 41), 1, "another set 7"},
		{"second", bundle(7, hash, "claimbench/history/00000000", 41), 1, "of the log"},
		{"second", bundle(7, hash, key.Origin(), 41, 43), 2, "claim 43: the list does not say"},
	} {
		var out strings.Builder
		cmd := &cobra.Command{}
		cmd.SetOut(&out)
		err := sayBecame(cmd, &c.of, statusAsked{filepath.Join(dir, c.list), verifiers, filepath.Join(dir, "known")})
		code := 0
		if err != nil {
			code = exitCode(err)
			out.WriteString(err.Error())
		}
		if code != c.code || !strings.Contains(out.String(), c.says) {
			t.Errorf("%s: exit %d, want %d with %q\n%s", c.list, code, c.code, c.says, out.String())
		}
	}
}
