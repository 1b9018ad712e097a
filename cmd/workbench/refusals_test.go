package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// refusal is a command line that cannot be done: with which exit code it ends, and what it must say. The last of says
// is what a person can do about it.
type refusal struct {
	args string
	code int
	says []string
}

// shell is a folder with what the refusals name: DB a database with the demo's people and a collection “Leaks”, DIR the
// folder, GOOD, SAME, BAD and EMPTY articles.
type shell struct {
	t   *testing.T
	dir string
	b   *bench
}

func newShell(t *testing.T) shell {
	t.Helper()
	s := shell{t: t, dir: t.TempDir(), b: newBench(t)}
	for name, words := range map[string]string{"good.txt": "The ministry said on Monday that 12 servers were seized.",
		"bad.txt": "caf\xe9", "empty.txt": "", "no.pub": "nothing", "line.jsonl": "no json"} {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pipe := filepath.Join(s.dir, "pipe") // nobody writes to it: whoever opens it waits for ever
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Symlink(pipe, filepath.Join(s.dir, "to-pipe"))); err != nil {
		t.Fatal(err)
	}
	s.b.want(0, "Collection 1", "collection", "add", "Leaks", "--as", "admin-1")
	return s
}

// run gives the exit code and what was printed and said. DB and DIR stand for the database and the folder.
func (s shell) run(line string) (code int, out, errs string) {
	args := strings.Fields(line)
	for i, a := range args {
		a = strings.ReplaceAll(a, "DB", "sqlite:"+s.b.path)
		a = strings.ReplaceAll(a, "DIR", s.dir)
		args[i] = strings.ReplaceAll(strings.Trim(a, "'"), "_", " ")
	}
	var o, e bytes.Buffer
	code = run(args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

// trail is an operation as fault.In writes it: it belongs into the log, not before a person.
var trail = regexp.MustCompile(`\b[a-z]+\.[A-Z]\w*\(`)

// uncheckedWords are calls of which code 2 says that a file could not be checked, and not that the words were wrong.
var uncheckedWords = regexp.MustCompile(`^(audit verify|audit report --check|verify DIR|status check .* --key)`)

// TestRefusals walks every command with what it cannot do. Each refusal ends with a code of its own, says what was
// wrong and what to do next, nothing twice, and no trail of operations.
func TestRefusals(t *testing.T) {
	s := newShell(t)
	for _, c := range refusals {
		code, _, errs := s.run(c.args)
		if code != c.code || !strings.HasPrefix(errs, "workbench: ") {
			t.Errorf("workbench %s: exit %d, want %d\n%s", c.args, code, c.code, errs)
		}
		for _, want := range c.says {
			if !strings.Contains(errs, want) {
				t.Errorf("workbench %s does not say %q:\n%s", c.args, want, errs)
			}
		}
		if found := trail.FindString(errs); found != "" {
			t.Errorf("workbench %s shows the operation %s:\n%s", c.args, found, errs)
		}
		if twice := saidTwice(errs); twice != "" {
			t.Errorf("workbench %s says %q twice:\n%s", c.args, twice, errs)
		}
		if c.code == exitUsage && !uncheckedWords.MatchString(c.args) && !strings.Contains(errs, "--help”.") {
			t.Errorf("workbench %s does not say where its help is:\n%s", c.args, errs)
		}
	}
}

// saidTwice finds a stretch of five words that stands in a text twice.
func saidTwice(s string) string {
	words := strings.Fields(strings.Map(func(r rune) rune {
		if strings.ContainsRune(".,;:()", r) {
			return ' '
		}
		return r
	}, s))
	seen := map[string]bool{}
	for i := range len(words) - 4 {
		stretch := strings.Join(words[i:i+5], " ")
		if seen[stretch] {
			return stretch
		}
		seen[stretch] = true
	}
	return ""
}

// TestEveryCommandIsRefused: the table names every command, so that a new one is walked too.
func TestEveryCommandIsRefused(t *testing.T) {
	t.Parallel()
	for _, cmd := range everyCommand() {
		path := strings.TrimPrefix(cmd.CommandPath(), "workbench ")
		found := false
		for _, c := range refusals {
			found = found || strings.HasPrefix(c.args+" ", path+" ")
		}
		if !found && !strings.HasPrefix(path, "completion") {
			t.Errorf("no refusal of “workbench %s” is tested", path)
		}
	}
}

var refusals = []refusal{
	{"audit report --database DB --format pdf", 2, []string{"--format “pdf” is not known", "table or csv or json"}},
	{"audit report --check DIR/good.txt --key DIR/no.pub", 2, []string{"no.pub"}},
	{"audit report --check DIR/good.txt", 2, []string{"no saved report"}},
	{"audit proof --database DB", 2, []string{"--at ADDRESS", "--from SIZE"}},
	{"audit proof --database DB --at claim:99999", 1, []string{"There is no event at", "claim:42"}},
	{"audit rotate --database DB --log-key DIR/none.key", 1, []string{"There is no log key", "--new-key"}},
	{"audit erase --database DB --as admin-1", 2, []string{"--object, --text and --reason"}},
	{"audit erase --database DB --confirm abcdefgh2345 --as admin-1", 1, []string{"There is no such erasure"}},
	{"audit erase --database DB --object claim:9 --text statement --reason none --as admin-1", 1,
		[]string{"The history holds no text"}},
	{"shelf nothing", 2, []string{"nothing"}},
	{"shelf import --database DB --as admin-1 --collection Leaks DIR/none.json", 1,
		[]string{"There is no file", "none.json", "Check the name"}},
	{"shelf import --database DB --as admin-1 DIR/good.txt", 2, []string{"collection"}},
	{"shelf export --database DB --as admin-1 --collection Nowhere DIR/out.jsonl", 1,
		[]string{"--collection takes a name"}},
	{"schema nothing", 2, []string{"nothing"}},
	{"status make --database DB --set 0", 2, []string{"--set 0 is no claim set"}},
	{"status check DIR/good.txt", 2, []string{"--key"}},
	{"status check DIR/good.txt --key DIR/no.pub", 2, []string{"no.pub"}},
	{"status publish --database DB --set 0 --as admin-1", 2, []string{"--set 0 is no claim set"}},
	{"status publish --database DB --set 9 --as admin-1", 1, []string{"no published set 9"}},
	{"status withdraw --database DB --set 9 --as admin-1", 1, []string{"no published set 9"}},
	{"verify", 2, []string{"FILE"}},
	{"verify DIR/none.zip", 2, []string{"none.zip"}},
	{"verify DIR/good.txt", 1, []string{"not as it was signed"}},
	{"witness foo", 2, []string{"serve"}},
	{"witness serve --key DIR/w.key --state DIR/w", 2, []string{"--log"}},
	{"witness serve --key DIR/w.key --state DIR/w --log DIR/no.pub", 1, []string{"no.pub"}},
	// words that are no command
	{"usr", 2, []string{"unknown command “usr”", "did you mean “workbench user”?"}},
	{"zzzzzz", 2, []string{"unknown command “zzzzzz”", "serve, shelf, status, user, verify"}},
	{"zzzzzz --as x", 2, []string{"unknown command “zzzzzz”"}},
	{"user foo", 2, []string{"unknown command “foo”", "add, disable, enable, link, list"}},
	{"user ad mina --as admin-1", 2, []string{"unknown command “ad”", "did you mean “workbench user add”?"}},
	{"collection foo", 2, []string{"add, list"}},
	{"audit verif", 2, []string{"did you mean “workbench audit verify”?"}},
	{"index foo", 2, []string{"rebuild"}},
	{"lexicon foo", 2, []string{"add"}},
	{"eval foo", 2, []string{"evidence, model, text, worth"}},
	{"eval model --data DIR", 2, []string{"--model URL", "--model-name NAME"}},
	{"openapi foo", 2, []string{"takes no arguments"}},
	{"proposals", 2, []string{"--collection NAME --as USER FILE"}},
	{"model check", 2, []string{"--model URL"}},
	{"model prompts foo", 2, []string{"takes no arguments"}},
	{"model foo", 2, []string{"check, prompts"}},
	{"completion foo", 2, []string{"bash"}},
	{"completion bash foo", 2, []string{"got “foo”"}},
	{"help foo", 2, []string{"unknown command “foo”", "serve"}},
	{"help user foo", 2, []string{"unknown command “foo”", "add"}},
	// flags that there are not, or that lack a value
	{"--version", 2, []string{"unknown flag --version"}},
	{"audit verify --chekpoint x", 2, []string{"unknown flag --chekpoint", "did you mean --checkpoint?"}},
	{"user list -z", 2, []string{"unknown flag -z", "--database"}},
	{"user add mina --as", 2, []string{"--as USER (the USER who acts"}},
	{"match --corpus a --queries b -k x", 2, []string{"“x” is no whole number", "from 1 to 1000"}},
	{"export --set x --as editor-1", 2, []string{"“x” is no whole number", "--set NUMBER"}},
	// too many words, too few, a flag that must be there
	{"serve x", 2, []string{"takes no arguments", "“x”"}},
	{"migrate x", 2, []string{"takes no arguments", "“x”"}},
	{"version x", 2, []string{"takes no arguments"}},
	{"user list x", 2, []string{"takes no arguments"}},
	{"user add --as admin-1", 2, []string{"workbench user add NAME"}},
	{"user add a b --as admin-1", 2, []string{"“b” is too much", "workbench user add NAME"}},
	{"user disable --as admin-1", 2, []string{"workbench user disable NAME"}},
	{"user link --as admin-1", 2, []string{"--first-admin"}},
	{"collection add --as admin-1", 2, []string{"collection add NAME"}},
	{"collection list x", 2, []string{"takes no arguments"}},
	{"files move --database DB", 2, []string{"--files DIR"}},
	{"files move x --database DB", 2, []string{"takes no arguments"}},
	{"files move --database DB --files DIR/good.txt", 1, []string{"Files cannot be kept in", "it is no folder",
		"try again"}},
	{"serve --database DB --files DIR/good.txt", 1, []string{"Files cannot be kept in", "it is no folder"}},
	{"index rebuild x", 2, []string{"takes no arguments"}},
	{"audit checkpoint x", 2, []string{"takes no arguments"}},
	{"import --collection Leaks --as editor-1", 2, []string{"FILE|URL…"}},
	{"import --as editor-1 DIR/good.txt", 2, []string{"--collection NAME", "workbench collection list"}},
	{"extract", 2, []string{"FILE|-"}},
	{"match", 2, []string{"--corpus FILE", "--queries FILE"}},
	{"origins", 2, []string{"--corpus FILE"}},
	{"lexicon add", 2, []string{"FILE…"}},
	{"eval text", 2, []string{"--data DIR"}},
	{"eval evidence", 2, []string{"--data DIR"}},
	{"eval worth", 2, []string{"--data DIR"}},
	{"export --as editor-1", 2, []string{"--set NUMBER"}},
	// addresses
	{"serve --demo-bare", 2, []string{"--demo"}},
	{"serve --addr foo", 2, []string{"“foo”", "HOST:PORT"}},
	{"serve --addr 127.0.0.1", 2, []string{"HOST:PORT"}},
	{"serve --addr 127.0.0.1:http", 2, []string{"HOST:PORT"}},
	{"serve --addr 127.0.0.1:99999", 2, []string{"HOST:PORT"}},
	{"serve --metrics foo", 2, []string{"--metrics", "HOST:PORT"}},
	{"serve --demo --addr 0.0.0.0:8080", 2, []string{"this machine only"}},
	{"serve --trusted-proxy foo", 2, []string{"10.0.0.0/8"}},
	{"serve --public-url foo", 2, []string{"--public-url “foo”", "https://claims.example.org"}},
	{"user add mina --base-url foo --as admin-1 --database DB", 2,
		[]string{"--base-url “foo”", "http://127.0.0.1:8080"}},
	{"user link mina --base-url //x --as admin-1 --database DB", 2, []string{"http://127.0.0.1:8080"}},
	{"migrate --database mysql://x", 1, []string{"mysql://x", "sqlite:PATH"}},
	{"user list --database DBx", 1, []string{"There is no database at", "Check the path", "workbench migrate"}},
	{"audit verify --database DBx", 2, []string{"Check the path"}},
	{"user list --database sqlite:DIR", 1, []string{"cannot be opened", "Check that it is"}},
	{"audit checkpoint --database postgres://x@127.0.0.1:1/x", 2, []string{"--log-key FILE"}},
	// what costs nothing comes first
	{"export --set 9 --format xml --as nobody --database DB", 2, []string{"“xml”", "json or csv"}},
	{"export --set 9 --bom --as nobody --database DB", 2, []string{"JSON", "byte order mark"}},
	{"export --set 0 --as editor-1 --database DB", 2, []string{"/sets/NUMBER"}},
	{"export --set -1 --as editor-1 --database DB", 2, []string{"/sets/NUMBER"}},
	{"collection add X --quorum 0 --as nobody --database DB", 2, []string{"between 1 and 50"}},
	{"collection add X --quorum 51 --as nobody --database DB", 2, []string{"between 1 and 50"}},
	{"collection add X --rule most --as nobody --database DB", 2, []string{"unanimous", "majority"}},
	{"collection add X --rule= --as nobody --database DB", 2, []string{"unanimous", "majority"}},
	{"user add mina --role boss --as nobody --database DB", 2, []string{"boss", "reviewer", "editor"}},
	{"user add mina --role editor:0 --as nobody --database DB", 2, []string{"workbench collection list"}},
	{"import --collection Leaks --lang 12 --as nobody DIR/good.txt --database DB", 2, []string{"“12”", "fa, ar"}},
	{"import --collection Leaks --published soon --as nobody DIR/good.txt --database DB", 2, []string{"YYYY-MM-DD"}},
	{"import --collection Leaks --url x --as nobody DIR/good.txt --database DB", 2, []string{"https://"}},
	{"extract --format xml DIR/none", 2, []string{"jsonl or text"}},
	{"extract --lang 12 DIR/none", 2, []string{"or auto"}},
	{"extract --published soon DIR/none", 2, []string{"YYYY-MM-DD"}},
	{"match --corpus x --queries y -k 0", 2, []string{"from 1 to 1000"}},
	{"match --corpus x --queries y -k 1001", 2, []string{"from 1 to 1000"}},
	{"match --corpus x --queries y --lexicon DIR/none", 1, []string{"no folder", "--lexicon"}},
	{"eval text --data DIR --format xml", 2, []string{"table or json"}},
	{"eval evidence --data DIR --format xml", 2, []string{"table or json"}},
	{"eval evidence --data DIR --sentences -1", 2, []string{"from 0"}},
	// files and folders
	{"extract DIR/none", 1, []string{"There is no file", "Check the name"}},
	{"extract DIR", 1, []string{"is a folder", "Name a file"}},
	{"match --corpus DIR/none --queries y", 1, []string{"There is no file", "Check the name"}},
	{"match --corpus DIR/line.jsonl --queries y", 1, []string{"line 1"}},
	{"origins --corpus DIR/none", 1, []string{"Check the name"}},
	{"lexicon add DIR/none --dir DIR/d", 1, []string{"Check the name"}},
	{"lexicon add DIR/good.txt --dir DIR/good.txt", 1, []string{"good.txt"}},
	{"eval worth --data DIR --format xml", 2, []string{"table or json"}},
	{"eval worth --data DIR/none", 1, []string{"There is no folder", "--data"}},
	{"eval text --data DIR/none", 1, []string{"There is no folder", "--data"}},
	{"eval text --data DIR/good.txt", 1, []string{"is a file", "--data"}},
	{"eval evidence --data DIR/none", 1, []string{"--data"}},
	{"verify DIR/good.txt --status DIR/good.txt", 2, []string{"name that by --key"}},
	{"verify DIR/good.txt --known DIR/good.txt", 2, []string{"name that by --status"}},
	{"status foo", 2, []string{"unknown command “foo”", "check, make, publish, withdraw"}},
	{"status make --set x", 2, []string{"“x” is no whole number", "--set NUMBER"}},
	{"status publish --as admin-1 --database DB", 2, []string{"--set"}},
	{"status withdraw --set 0 --as admin-1 --database DB", 2, []string{"--set 0 is no claim set"}},
	{"witness serve x", 2, []string{"takes no arguments", "“x”"}},
	{"audit verify --key DIR/none.pub --database DB", 2, []string{"There is no file", ".pub"}},
	{"audit verify --key DIR/no.pub --database DB", 2, []string{"neither a public key", ".pub"}},
	{"audit verify --checkpoint DIR/none --database DB", 2, []string{"There is no file", "Check the name"}},
	{"audit verify --checkpoint DIR --database DB", 2, []string{"Name a file"}},
	{"import --collection Leaks --as editor-1 DIR/none --database DB", 1, []string{"Check the name"}},
	{"import --collection Leaks --as editor-1 DIR/bad.txt --database DB", 1, []string{"UTF-8"}},
	{"import --collection Leaks --as editor-1 DIR/pipe --database DB", 1, []string{"a pipe, not a file", "name that"}},
	{"import --collection Leaks --as editor-1 DIR/to-pipe --database DB", 1, []string{"a pipe, not a file"}},
	{"import --collection Leaks --as editor-1 /dev/zero --database DB", 1, []string{"a device, not a file"}},
	{"import --collection Leaks --as editor-1 DIR --database DB", 1, []string{"is a folder", "Name a file"}},
	{"shelf import --collection Leaks --as admin-1 DIR/pipe --database DB", 1, []string{"a pipe, not a file"}},
	{"import --collection Leaks --as editor-1 DIR/empty.txt --database DB", 1, []string{"empty"}},
	{"export --set 9 --output DIR/none/x --as editor-1 --database DB", 1, []string{"--output"}},
	{"export --set 9 --output DIR --as editor-1 --database DB", 1, []string{"--output"}},
	// people, and what is not there
	{"collection add X --as nobody --database DB", 1, []string{"no user “nobody”", "workbench user list"}},
	{"collection add Leaks --as admin-1 --database DB", 1, []string{"exists already", "Choose another"}},
	{"collection add X --as editor-1 --database DB", 1, []string{"needs the role admin"}},
	{"collection add '' --as admin-1 --database DB", 2, []string{"needs a name"}},
	{"collection list --as nobody --database DB", 1, []string{"workbench user list"}},
	{"user add editor-1 --as admin-1 --database DB", 1, []string{"taken"}},
	{"user add mina --role editor:7 --as admin-1 --database DB", 1, []string{"no collection 7"}},
	{"user enable editor-1 --as admin-1 --database DB", 1, []string{"enabled already"}},
	{"user enable nobody --as admin-1 --database DB", 1, []string{"workbench user list"}},
	{"user disable admin-1 --as admin-1 --database DB", 1, []string{"Make another person admin first"}},
	{"user link editor-1 --as admin-1 --database DB", 1, []string{"sign-in page"}},
	{"user link nobody --as admin-1 --database DB", 1, []string{"workbench user list"}},
	{"user link mina --database DB", 2, []string{"--as USER"}},
	{"import --collection 1 --as editor-1 DIR/good.txt --database DB", 1, []string{"“1”", "workbench collection list"}},
	{"import --collection Leaks --as reviewer-1 DIR/good.txt DIR/bad.txt --database DB", 1, []string{"role editor"}},
	{"export --set 9 --as editor-1 --database DB", 1, []string{"no such claim set", "/sets/NUMBER"}},
}

// TestImportOfSeveralFiles says of each file what became of it, and keeps what it says apart: what came in and what was
// there goes out, what was refused is an error.
func TestImportOfSeveralFiles(t *testing.T) {
	s := newShell(t)
	code, out, errs := s.run("import --collection Leaks --as editor-1 DIR/good.txt DIR/bad.txt DIR/good.txt DIR/none " +
		"DIR/empty.txt --database DB")
	for _, want := range []string{"good.txt: article 1, en", "good.txt: the same text is article 1 already"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not printed:\n%s", want, out)
		}
	}
	for _, want := range []string{"bad.txt", "There is no file", "empty.txt” is empty", "3 of 5 files failed",
		"1 came in; 1 were held already"} {
		if strings.Count(errs, want) != 1 {
			t.Errorf("%q is not said once:\n%s", want, errs)
		}
	}
	if code != 1 || trail.MatchString(errs) || strings.Contains(errs, "nothing of them was kept") {
		t.Errorf("exit %d\n%s", code, errs)
	}
	_, _, errs = s.run("import --collection Leaks --as reviewer-1 DIR/good.txt DIR/bad.txt DIR/none --database DB")
	if strings.Count(errs, "role editor") != 1 || !strings.Contains(errs, "2 were not tried") {
		t.Errorf("what nobody may is said for each file:\n%s", errs)
	}
}

// TestMigrateSaysThatTheDatabaseIsNew: somebody with a mistyped path learns that they made an empty database.
func TestMigrateSaysThatTheDatabaseIsNew(t *testing.T) {
	t.Parallel()
	url := "sqlite:" + filepath.Join(t.TempDir(), "new.db")
	if code, out := workbench("migrate", "--database", url); code != 0 || !strings.Contains(out, "Made a new, empty") {
		t.Errorf("%d %s", code, out)
	}
	if code, out := workbench("migrate", "--database", url); code != 0 || !strings.Contains(out, "up to date") {
		t.Errorf("%d %s", code, out)
	}
}
