package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// everyCommand gives all commands and groups but the root.
func everyCommand() []*cobra.Command {
	var out []*cobra.Command
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			out = append(out, sub)
			walk(sub)
		}
	}
	walk(newRootCommand())
	return out
}

// placeholder is how the value of a flag is named in a help text.
var placeholder = regexp.MustCompile(`^[A-Z]+([:,][A-Z]+)*$`)

// TestHelp renders the help of every command: it can be read on a screen of 100 columns, each flag says what it takes
// and what for, and nothing of this machine or of a secret stands in it.
func TestHelp(t *testing.T) {
	t.Setenv("WORKBENCH_DATABASE", "postgres://editor:secret@db.example/claims")
	for _, cmd := range everyCommand() {
		args := append(strings.Fields(cmd.CommandPath())[1:], "--help")
		code, out := workbench(args...)
		if code != 0 || !strings.Contains(out, "workbench "+strings.Fields(cmd.CommandPath())[1]) {
			t.Errorf("%v: exit %d\n%s", args, code, out)
		}
		for line := range strings.Lines(out) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > helpWidth {
				t.Errorf("%v has a line of %d columns: %s", args, n, line)
			}
		}
		home, _ := os.UserConfigDir()
		if strings.Contains(out, "secret") || home != "" && strings.Contains(out, home) || strings.Contains(out, "`") {
			t.Errorf("%v tells what it should not:\n%s", args, out)
		}
		if strings.HasPrefix(cmd.CommandPath(), "workbench completion") {
			continue // its words are cobra's
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			name, usage := pflag.UnquoteUsage(f)
			if bool := f.Value.Type() == "bool"; bool && name != "" || !bool && !placeholder.MatchString(name) {
				t.Errorf("%v --%s takes %q", args, f.Name, name)
			}
			if len(usage) < 8 && f.Name != "help" && f.Name != "reason" || strings.HasSuffix(usage, ".") {
				t.Errorf("%v --%s says %q", args, f.Name, usage)
			}
			_, must := f.Annotations[cobra.BashCompOneRequiredFlag]
			if must && !strings.Contains(cmd.UseLine(), "--"+f.Name+" ") {
				t.Errorf("%v needs --%s, and its use line is %s", args, f.Name, cmd.UseLine())
			}
		})
	}
}

// readmeRow is a row of the README's table of commands; readmeFlag a flag in it.
var (
	readmeRow  = regexp.MustCompile("(?m)^\\| (`.+) \\| .+ \\|$")
	readmeCode = regexp.MustCompile("`([^`]+)`")
	readmeFlag = regexp.MustCompile(`--([a-z-]+)`)
)

// TestReadmeTellsOfEveryCommand: the README's table has every command; a command's row names the flags that it cannot
// do without, --as among them, and none that it has not. The command lines between the paragraphs are ones.
func TestReadmeTellsOfEveryCommand(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	root, told := newRootCommand(), map[string]bool{}
	for _, row := range readmeRow.FindAllStringSubmatch(string(raw), -1) {
		group := ""
		for _, code := range readmeCode.FindAllStringSubmatch(row[1], -1) {
			line := strings.ReplaceAll(code[1], `\|`, "|")
			words := strings.Fields(line)
			if root.Name() == words[0] {
				words = words[1:]
			}
			cmd, _, err := root.Find(words)
			if err != nil || cmd == root {
				if cmd, _, err = root.Find(append([]string{group}, words...)); err != nil || cmd == root {
					continue // a row of another table
				}
			}
			group = strings.Fields(cmd.CommandPath())[1]
			told[cmd.CommandPath()] = true
			checkReadmeRow(t, cmd, line)
		}
	}
	for _, cmd := range everyCommand() {
		if !cmd.HasSubCommands() && !told[cmd.CommandPath()] && !slices.Contains([]string{"completion", "help"},
			strings.Fields(cmd.CommandPath())[1]) {
			t.Errorf("the README's table does not tell of %q", cmd.CommandPath())
		}
	}
}

func checkReadmeRow(t *testing.T, cmd *cobra.Command, line string) {
	t.Helper()
	var named []string
	for _, m := range readmeFlag.FindAllStringSubmatch(line, -1) {
		named = append(named, m[1])
		if cmd.Flags().Lookup(m[1]) == nil {
			t.Errorf("the README gives %q a flag --%s, which it has not", cmd.CommandPath(), m[1])
		}
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if _, must := f.Annotations[cobra.BashCompOneRequiredFlag]; must && !slices.Contains(named, f.Name) {
			t.Errorf("the README's row of %q lacks --%s, without which it is refused", cmd.CommandPath(), f.Name)
		}
	})
}
