package main

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/store"
)

// bench runs the program against one SQLite database in a folder of its own.
type bench struct {
	t    *testing.T
	path string
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, path: filepath.Join(t.TempDir(), "claimbench.db")}
	db, err := store.Open(context.Background(), "sqlite:"+b.path, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	policy, err := auth.LoadPolicy()
	if err != nil {
		t.Fatal(err)
	}
	if err := auth.New(db, policy, auth.Options{Demo: true}).EnsureDemoUsers(context.Background()); err != nil {
		t.Fatal(err)
	}
	return b
}

// run gives the exit code, what was printed, and what was said on stderr.
func (b *bench) run(args ...string) (code int, out, errs string) {
	b.t.Helper()
	var o, e bytes.Buffer
	code = run(append(args, "--database", "sqlite:"+b.path), strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

func (b *bench) want(code int, saying string, args ...string) string {
	b.t.Helper()
	got, out, errs := b.run(args...)
	if got != code || !strings.Contains(out+errs, saying) {
		b.t.Errorf("workbench %s: exit %d, want %d saying %q\n%s%s", strings.Join(args, " "), got, code, saying, out,
			errs)
	}
	return out
}

// sqlite is somebody with sqlite3 and the file.
func (b *bench) sqlite(statement string) {
	b.t.Helper()
	c, err := sql.Open("sqlite3", b.path)
	if err != nil {
		b.t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Exec(statement); err != nil {
		b.t.Fatal(err)
	}
}

func TestAuditVerify(t *testing.T) {
	b := newBench(t)
	b.want(0, "No checkpoint from elsewhere was given", "audit", "verify")
	note := b.want(0, "claimbench/history/", "audit", "checkpoint")
	kept := filepath.Join(t.TempDir(), "kept.txt")
	if err := os.WriteFile(kept, []byte(note), 0o600); err != nil {
		t.Fatal(err)
	}
	public := strings.TrimSuffix(b.path, ".db") + ".log.key.pub"
	b.want(0, "the history continues it", "audit", "verify", "--checkpoint", kept, "--key", public)
	b.want(0, "signature was not checked", "audit", "verify", "--checkpoint", kept)

	b.sqlite("UPDATE users SET display = 'Mallory' WHERE name = 'editor-1'")
	b.want(1, "user:3: its text “display” differs", "audit", "verify")
	b.sqlite("UPDATE users SET display = 'Editor One' WHERE name = 'editor-1'")
	b.want(0, "Verified", "audit", "verify")

	strange := filepath.Join(t.TempDir(), "another.key")
	b.want(1, "signed last by the key", "audit", "checkpoint", "--log-key", strange)
	if left, _ := filepath.Glob(strange + "*"); len(left) > 0 {
		t.Errorf("a refused checkpoint leaves %v behind", left)
	}
	b.want(2, "could not be checked", "audit", "verify", "--checkpoint", filepath.Join(t.TempDir(), "missing"))
	b.want(2, "neither a public key", "audit", "verify", "--key", "nonsense")
	b.want(2, "not a checkpoint", "audit", "verify", "--checkpoint", public)
	b.want(2, "unknown flag", "audit", "verify", "--nonsense")
	other := newBench(t)
	other.want(0, "claimbench/history/", "audit", "checkpoint")
	b.want(2, "not by the key given", "audit", "verify", "--checkpoint", kept, "--key", strings.TrimSuffix(other.path,
		".db")+".log.key.pub")
	other.want(1, "the history does not lead to the checkpoint given", "audit", "verify", "--checkpoint", kept)
	var out bytes.Buffer
	if code := run([]string{"audit", "verify", "--database", "sqlite:" + b.path + "x"}, nil, &out, &out); code != 2 {
		t.Errorf("a database that is not there: exit %d\n%s", code, &out)
	}
	if code := run([]string{"audit", "checkpoint", "--database", "postgres://nobody@127.0.0.1:1/x"}, nil, &out,
		&out); code != 2 {
		t.Errorf("a checkpoint on PostgreSQL without --log-key: exit %d\n%s", code, &out)
	}
}

func TestUserCommands(t *testing.T) {
	b := newBench(t)
	b.want(0, "admin-1", "user", "list")
	b.want(2, "who acts", "user", "add", "mina")
	b.want(1, "no user “nobody”", "user", "add", "mina", "--as", "nobody")
	b.want(1, "needs the role admin", "user", "add", "mina", "--as", "editor-1")
	b.want(1, "neither audit nor administer", "user", "add", "mina", "--role", "reviewer", "--role", "auditor", "--as",
		"admin-1")
	b.want(2, "no collection's number", "user", "add", "mina", "--role", "reviewer:x", "--as", "admin-1")
	b.want(1, "no collection 1", "user", "add", "mina", "--role", "reviewer:1", "--as", "admin-1")
	b.want(0, "Collection 1", "collection", "add", "Leaks", "--as", "admin-1")
	b.want(0, "https://desk.example/link/", "user", "add", "mina", "--role", "reviewer:1", "--role", "editor",
		"--display", "مینا", "--as", "admin-1", "--base-url", "https://desk.example/")
	b.want(1, "is taken", "user", "add", "mina", "--as", "admin-1")
	list := b.want(0, "invited", "user", "list")
	if !strings.Contains(list, "reviewer:1, editor") || strings.Count(list, "mina") != 1 {
		t.Errorf("the list is\n%s", list)
	}
	b.want(0, "invite", "user", "link", "mina", "--as", "admin-1")
	b.want(1, "no user “nobody”", "user", "link", "nobody", "--as", "admin-1")
	b.want(2, "--first-admin", "user", "link")
	b.want(2, "--first-admin", "user", "link", "mina", "--first-admin")
	b.want(0, "first_admin", "user", "link", "--first-admin") // the demo's admin cannot sign in here
	b.want(0, "is disabled", "user", "disable", "mina", "--reason", "left", "--as", "admin-1")
	b.want(1, "is disabled already", "user", "disable", "mina", "--as", "admin-1")
	b.want(1, "workbench user enable mina", "user", "link", "mina", "--as", "admin-1")
	b.want(0, "mina is enabled", "user", "enable", "mina", "--reason", "back", "--as", "admin-1")
	b.want(1, "is enabled already", "user", "enable", "mina", "--as", "admin-1")
	b.want(0, "/link/", "user", "link", "mina", "--as", "admin-1")
	b.want(1, "the last enabled admin", "user", "disable", "admin-1", "--as", "admin-1")
	b.want(0, "Verified", "audit", "verify")
}

// TestAuditVerifyNamesAClaim: with the rooms as they are wired, a claim changed by sqlite3 is named.
func TestAuditVerifyNamesAClaim(t *testing.T) {
	b := newBench(t)
	b.want(0, "Collection 1", "collection", "add", "Leaks", "--as", "admin-1")
	file := filepath.Join(t.TempDir(), "story.txt")
	if err := os.WriteFile(file,
		[]byte("The ministry said on Monday that 12 servers were seized. Nobody was arrested in the raid.\n"),
		0o600); err != nil {
		t.Fatal(err)
	}
	b.want(0, "", "import", "--collection", "Leaks", "--source", "Daily", "--lang", "en", "--published", "2026-03-02",
		file, "--as", "editor-1")
	out := b.want(0, "Verified", "audit", "verify")
	if strings.Contains(out, "NOT compared") || !strings.Contains(out, "of kind claim") || !strings.Contains(out,
		"of kind article") {
		t.Errorf("not every room is compared:\n%s", out)
	}
	b.sqlite("UPDATE claims SET state = 'approved' WHERE id = 1")
	b.want(1, "claim:1: the row differs from its events", "audit", "verify")
}

// TestAuditVerifyTheSchema: what somebody did to the schema is named, though no row was changed; a database of another
// program cannot be checked, and is not called tampered with.
func TestAuditVerifyTheSchema(t *testing.T) {
	for attack, want := range map[string]string{
		"DROP INDEX reviews_one":        "index:reviews_one: the index is gone",
		"CREATE VIEW v AS SELECT 1":     "view:v: this program makes no such view",
		"DROP TRIGGER events_no_update": "trigger:events_no_update: the trigger is gone",
		"DELETE FROM goose_db_version":  "goose_db_version: the list of migrations was changed",
		"DROP TABLE goose_db_version":   "table:goose_db_version: the table is gone",
		"DROP TABLE comments":           "the rest was not compared",
	} {
		b := newBench(t)
		b.sqlite(attack)
		b.want(1, want, "audit", "verify")
	}
	b := newBench(t)
	b.sqlite("DELETE FROM goose_db_version WHERE version_id = (SELECT MAX(version_id) FROM goose_db_version); " +
		"DROP INDEX reviews_one")
	b.want(2, "older Claimbench", "audit", "verify")
	b.sqlite("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	b.want(2, "newer Claimbench", "audit", "verify")
	b.want(1, "newer Claimbench", "user", "list")
}
